package io.cbtguard.record;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** One lock per record, held through a write: a slow answer for one record holds up no other. */
final class RecordLocks {
    private final Map<RecordRef, Counted> locks = new ConcurrentHashMap<>();

    private static final class Counted {
        final ReentrantLock lock = new ReentrantLock();
        volatile int users;

        Counted less() {
            users = users - 1;
            return this;
        }
    }

    /** Held until it is closed. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    Held lock(RecordRef ref) {
        Counted mine = locks.compute(ref, (r, known) -> {
            Counted counted = known == null ? new Counted() : known;
            counted.users = counted.users + 1;
            return counted;
        });
        mine.lock.lock();
        return () -> {
            mine.lock.unlock();
            locks.computeIfPresent(ref, (r, counted) -> counted.users == 1 ? null : counted.less());
        };
    }

    /** How many write this record or wait to. */
    int users(RecordRef ref) {
        Counted known = locks.get(ref);
        return known == null ? 0 : known.users;
    }
}
