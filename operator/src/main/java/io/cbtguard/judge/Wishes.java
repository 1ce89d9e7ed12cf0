package io.cbtguard.judge;

import io.cbtguard.inventory.Position;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Demand;
import io.cbtguard.judge.record.VmRecord;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fulls that are wished for now, as demands on the chains. A demand that was met stays as long as its wish does, so that the
 * wish does not count twice. What a person asked for stands until it is met; an announced change that is withdrawn, or whose time
 * is over, asks for nothing any more.
 */
final class Wishes {
    private Wishes() {}

    static VmRecord of(VmRecord record, Position at, Protection protection, List<Wish> wishes) {
        List<Chain> own = record.chainsOf(protection.namespaceUid()).toList();
        Set<String> known = own.stream()
                .flatMap(c -> c.demands().stream())
                .map(Demand::token)
                .collect(Collectors.toSet());
        List<Demand> fresh = wishes.stream()
                .filter(w -> !known.contains(w.token()))
                .map(w -> new Demand(w.reason(), at, w.token(), w.message(), false))
                .toList();
        Set<String> standing = wishes.stream().map(Wish::token).collect(Collectors.toSet());
        boolean isAskedAgain = fresh.stream().anyMatch(d -> d.reason() == Reason.FullRequested);
        List<Chain> asked = own.isEmpty() && !fresh.isEmpty()
                ? List.of(Chain.empty(protection.namespaceUid(), protection.namespace(), Assessing.DEFAULT_CHAIN))
                : own;
        VmRecord next = record;
        for (Chain chain : asked) {
            List<Demand> demands = Stream.concat(
                            chain.demands().stream().filter(d -> stays(d, standing, isAskedAgain)), fresh.stream())
                    .toList();
            next = demands.equals(chain.demands()) ? next : next.withChain(chain.withDemands(demands));
        }
        return next;
    }

    /** A request that nothing met yet is met by whatever meets the next one. */
    private static boolean stays(Demand demand, Set<String> standing, boolean isAskedAgain) {
        return standing.contains(demand.token())
                || (!demand.met() && demand.reason() == Reason.FullRequested && !isAskedAgain);
    }
}
