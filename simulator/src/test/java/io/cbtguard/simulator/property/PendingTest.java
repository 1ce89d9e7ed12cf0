package io.cbtguard.simulator.property;

import static org.assertj.core.api.Assertions.assertThat;

import com.vmware.vim25.ObjectUpdateKind;
import io.cbtguard.simulator.core.PropertyPath;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Several changes of one object become one that tells the same. */
class PendingTest {
    private static final Pending NAME = Pending.modify(List.of(PropertyPath.of("name")));
    private static final Pending PARENT = Pending.modify(List.of(PropertyPath.of("parent")));

    @Test
    void modificationsUnite() {
        assertThat(Objects.requireNonNull(NAME.then(PARENT)).paths())
                .containsExactly(PropertyPath.of("name"), PropertyPath.of("parent"));
    }

    @Test
    void whatEnteredAndLeftUntoldIsNotTold() {
        assertThat(Pending.enter().then(Pending.leave())).isNull();
    }

    @Test
    void whatWasKnownIsToldToLeaveEvenIfItCameBackBetween() {
        Pending back = Objects.requireNonNull(Pending.leave().then(Pending.enter()));
        assertThat(back.kind()).isEqualTo(ObjectUpdateKind.ENTER);
        assertThat(Objects.requireNonNull(back.then(Pending.leave())).kind()).isEqualTo(ObjectUpdateKind.LEAVE);
    }

    @Test
    void anEntryTellsAllAnyway() {
        assertThat(Pending.enter().then(NAME)).isEqualTo(Pending.enter());
    }
}
