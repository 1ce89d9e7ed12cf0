package io.cbtguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.MovableClock;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.Reasons;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.judge.Reason;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A VM that is being looked up says nothing at first, and no longer than somebody would wait for a word. */
class PatienceTest {
    private final MovableClock clock = new MovableClock();
    private final Patience patience = new Patience(clock);

    private static ProtectedVM vm(String status) {
        return Serialization.unmarshal("""
                apiVersion: cbtguard.io/v1alpha1
                kind: ProtectedVM
                metadata: {name: a, namespace: shop, uid: u1}
                spec: {vcenterRef: {name: lab}, policyRef: {name: daily}, vm: {name: a}}
                """ + status, ProtectedVM.class);
    }

    private static VCenter vcenter(String spec, String ready, String reason) {
        return Serialization.unmarshal("""
                apiVersion: cbtguard.io/v1alpha1
                kind: VCenter
                metadata: {name: lab, namespace: guard}
                spec: {server: vc.example%s}
                status:
                  conditions: [{type: %s, status: "%s", reason: %s, message: "", lastTransitionTime: "2026-01-01T00:00:00Z"}]
                """.formatted(spec, ConditionTypes.READY, ready, reason), VCenter.class);
    }

    private static Standing lookedUp(VCenter vcenter) {
        return new Standing(Reason.CatchingUp, "The VM is being looked up.", null, vcenter);
    }

    private static final VCenter WELL = vcenter("", "True", Reasons.CONNECTED);

    @Test
    void aVmThatIsFoundWithinSecondsHasNothingSaidOfItBefore() {
        assertThat(patience.left(vm(""), lookedUp(WELL))).isEqualTo(Patience.FIRST_WORD);
        clock.forward(Duration.ofSeconds(4));
        assertThat(patience.left(vm(""), lookedUp(WELL)))
                .isBetween(Patience.FIRST_WORD.minusSeconds(5), Patience.FIRST_WORD.minusSeconds(4));
    }

    @Test
    void aVmThatIsNotFoundSoonSaysThatItIsLookedUp() {
        patience.left(vm(""), lookedUp(WELL));
        clock.forward(Patience.FIRST_WORD);

        assertThat(patience.left(vm(""), lookedUp(WELL))).isLessThanOrEqualTo(Duration.ZERO);
    }

    @Test
    void aVmThatHasComeAStepFurtherIsGivenTimeForIt() {
        patience.left(vm(""), lookedUp(WELL).but(Reason.CatchingUp, "There is no view of VCenter lab yet."));
        clock.forward(Patience.FIRST_WORD);

        assertThat(patience.left(vm(""), lookedUp(WELL))).isPositive();
    }

    @Test
    void anObjectCreatedAnewIsWaitedForAnew() {
        patience.left(vm(""), lookedUp(WELL));
        clock.forward(Patience.FIRST_WORD);
        patience.forget("u1");

        assertThat(patience.left(vm(""), lookedUp(WELL))).isPositive();
    }

    @Test
    void whereSomethingWasSaidBeforeItIsCorrectedAtOnce() {
        assertThat(patience.left(vm("status: {conditions: []}"), lookedUp(WELL)))
                .isZero();
    }

    @Test
    void whatDoesNotPassByItselfIsSaidAtOnce() {
        assertThat(patience.left(vm(""), lookedUp(WELL).but(Reason.PolicyNotFound, "")))
                .isZero();
        assertThat(patience.left(vm(""), lookedUp(WELL).but(Reason.VCenterUnreachable, "")))
                .isZero();
    }

    @Test
    void aVcenterThatIsKnownToBeOutOfReachIsNotWaitedFor() {
        assertThat(patience.left(vm(""), lookedUp(vcenter("", "False", Reasons.SECRET_NOT_FOUND))))
                .isZero();
        assertThat(patience.left(vm(""), lookedUp(vcenter(", suspend: true", "False", Reasons.CATCHING_UP))))
                .isZero();
    }

    @Test
    void aVcenterThatIsBeingReadForTheFirstTimeIsWaitedFor() {
        assertThat(patience.left(vm(""), lookedUp(vcenter("", "False", Reasons.CATCHING_UP))))
                .isPositive();
    }
}
