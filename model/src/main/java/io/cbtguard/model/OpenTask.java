package io.cbtguard.model;

import io.cbtguard.inventory.TaskInFlight;
import java.util.function.Consumer;

/** A task of vCenter from its queueing to its end; what it does is done somewhere in between. */
final class OpenTask {
    private final TaskInFlight shown;
    private final Runnable effect;
    private final Consumer<OpenTask> end;
    private int beforeEffect;
    private int beforeEnd;
    private boolean effective;

    OpenTask(TaskInFlight shown, int beforeEffect, int beforeEnd, Runnable effect, Consumer<OpenTask> end) {
        this.shown = shown;
        this.beforeEffect = beforeEffect;
        this.beforeEnd = beforeEnd;
        this.effect = effect;
        this.end = end;
    }

    TaskInFlight shown() {
        return shown;
    }

    /**
     * One step passes.
     *
     * @return whether it has ended
     */
    boolean tick() {
        if (!effective) {
            if (beforeEffect-- > 0) {
                return false;
            }
            effective = true;
            effect.run();
        }
        if (beforeEnd-- > 0) {
            return false;
        }
        end.accept(this);
        return true;
    }

    void hurry() {
        beforeEffect = 0;
        beforeEnd = 0;
    }
}
