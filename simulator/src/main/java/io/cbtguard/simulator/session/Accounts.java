package io.cbtguard.simulator.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who may log in. */
public final class Accounts {
    private final Map<String, String> passwords = new ConcurrentHashMap<>();

    /** Adds an account, or changes the password of one. */
    public void set(String userName, String password) {
        passwords.put(userName, password);
    }

    public void remove(String userName) {
        passwords.remove(userName);
    }

    public boolean matches(String userName, String password) {
        return password.equals(passwords.get(userName));
    }
}
