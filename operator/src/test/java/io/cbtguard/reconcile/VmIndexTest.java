package io.cbtguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.api.v1alpha1.ProtectedVMSpec.VmSelector;
import io.cbtguard.fake.FakeVcenter;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.inventory.VirtualMachine;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A VM is found by each of the names that a ProtectedVM may use, and two of one name are two. */
class VmIndexTest {
    private final FakeVcenter vcenter = new FakeVcenter();
    private final String web = vcenter.add("web", "5001f0aa-0000-1111-2222-333344445555", "/DC0/vm/shop/web");
    private final String twin = vcenter.add("web", "5001f0bb-0000-1111-2222-333344445555", "/DC0/vm/lab/web");
    private final VmIndex index = VmIndex.of(vcenter.picture());

    private List<String> named(
            @Nullable String uuid, @Nullable String moRef, @Nullable String path, @Nullable String name) {
        return index.named(new VmSelector(uuid, moRef, path, name)).stream()
                .map(VirtualMachine::moRef)
                .toList();
    }

    @Test
    void eachNameFindsItsVm() {
        assertThat(named("5001F0AA-0000-1111-2222-333344445555", null, null, null))
                .as("case does not tell UUIDs apart")
                .containsExactly(web);
        assertThat(named(null, twin, null, null)).containsExactly(twin);
        assertThat(named(null, null, "/DC0/vm/shop/web", null)).containsExactly(web);
    }

    @Test
    void allVmsOfOneNameAreFound() {
        assertThat(named(null, null, null, "web")).containsExactlyInAnyOrder(web, twin);
    }

    @Test
    void whatNobodyIsCalledFindsNothing() {
        assertThat(named("5001f0cc", null, null, null)).isEmpty();
        assertThat(named(null, "vm-99999", null, null)).isEmpty();
        assertThat(named(null, null, "/DC0/vm/web", null)).isEmpty();
        assertThat(named(null, null, null, "WEB")).isEmpty();
    }

    @Test
    void anotherViewHasAnotherIndex() {
        VcenterView next = vcenter.picture();

        assertThat(index.isOf(next)).isFalse();
        assertThat(VmIndex.of(next).isOf(next)).isTrue();
    }
}
