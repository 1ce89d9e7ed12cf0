package io.cbtguard.api.v1alpha1;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** The kinds of this API: what is generated, installed, watched and tested for each goes by this one list. */
public final class Kinds {
    /** Every kind, once. */
    public static final List<Class<? extends HasMetadata>> ALL = List.of(
            VCenter.class,
            BackupPolicy.class,
            ProtectedVM.class,
            VMBackup.class,
            VMRestore.class,
            CBTAdvisory.class,
            VMRecord.class);

    private Kinds() {}
}
