package io.cbtguard.testkit.demo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Does one thing to many, by several hands at once; the first that fails ends it. */
final class Hands {
    private Hands() {}

    static <T> void each(int hands, Collection<T> all, Consumer<T> work) {
        each(hands, all, () -> () -> {}, (tool, one) -> work.accept(one));
    }

    /** @param tool what each hand has for itself, closed at its end */
    static <T, S extends AutoCloseable> void each(
            int hands, Collection<T> all, Supplier<S> tool, BiConsumer<S, T> work) {
        var left = new ConcurrentLinkedQueue<>(all);
        List<Future<?>> busy = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(hands)) {
            for (int i = 0; i < hands; i++) {
                busy.add(pool.submit(() -> {
                    try (S own = tool.get()) {
                        for (T next = left.poll(); next != null; next = left.poll()) {
                            work.accept(own, next);
                        }
                    } catch (Exception e) {
                        left.clear();
                        throw e;
                    }
                    return true;
                }));
            }
            for (Future<?> one : busy) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
