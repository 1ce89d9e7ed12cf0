package io.cbtguard.testkit.proxy;

/**
 * A request that changes what the API server stores.
 *
 * @param ordinal from 1, in the order of arrival since the proxy started or was last armed
 * @param verb the HTTP method
 * @param path path and query
 * @param bodyHash the first 16 hex digits of SHA-256 of the body
 */
public record Write(int ordinal, String verb, String path, String bodyHash) {

    @Override
    public String toString() {
        return ordinal + " " + verb + " " + path + " " + bodyHash;
    }
}
