package io.cbtguard.vsphere;

import com.vmware.vim25.AboutInfo;
import com.vmware.vim25.HostSystemConnectionState;
import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Position;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads HostSystem properties. */
final class Hosts {
    private Hosts() {}

    /** One host as far as its properties have been told; touched by the watch's thread only. */
    static final class State {
        private String name = "";
        private @Nullable EsxBuild build;
        private boolean connected;

        void apply(String path, @Nullable Object value) {
            switch (path) {
                case "name" -> name = value instanceof String text ? Names.decoded(text) : "";
                case "summary.config.product" -> build = product(value);
                case "runtime.connectionState" -> connected = value == HostSystemConnectionState.CONNECTED;
                default -> {}
            }
        }

        /**
         * @param before as it was last shown, null if it was not
         * @param seen vCenter's time after this was received
         */
        Host toHost(String moRef, @Nullable Host before, Position seen) {
            Position since = before != null && Objects.equals(before.build(), build) ? before.buildSince() : seen;
            return new Host(moRef, name, build, connected, since);
        }
    }

    static @Nullable EsxBuild product(@Nullable Object value) {
        if (value instanceof AboutInfo about && about.getVersion() != null && about.getBuild() != null) {
            long build = build(about.getBuild());
            return build < 0 ? null : new EsxBuild(about.getVersion(), build);
        }
        return null;
    }

    /** @return the build number, -1 if it is none */
    static long build(@Nullable String build) {
        try {
            return build == null ? -1 : Long.parseLong(build.replaceFirst("^build-", ""));
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }
}
