package io.cbtguard.judge;

import io.cbtguard.judge.record.VmRecord;
import java.lang.reflect.RecordComponent;
import java.util.Objects;

/** Says in which part two records differ, since a whole record fills a screen. */
final class Differences {
    private Differences() {}

    static String between(VmRecord before, VmRecord after) {
        StringBuilder text = new StringBuilder();
        for (RecordComponent part : VmRecord.class.getRecordComponents()) {
            Object a = value(part, before);
            Object b = value(part, after);
            if (!Objects.equals(a, b)) {
                text.append('\n')
                        .append(part.getName())
                        .append(": ")
                        .append(a)
                        .append("\n   now: ")
                        .append(b);
            }
        }
        return text.toString();
    }

    private static Object value(RecordComponent part, VmRecord record) {
        try {
            return Objects.requireNonNullElse(part.getAccessor().invoke(record), "null");
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
