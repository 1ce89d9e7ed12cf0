package io.cbtguard.page;

import java.util.Objects;

/** A question that has no answer; the message says what to ask instead. */
final class UnanswerableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    UnanswerableException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }
}
