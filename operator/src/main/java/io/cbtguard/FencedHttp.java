package io.cbtguard;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * Asks the fence right before a request goes to the wire. It lies beneath the Kubernetes client's own further tries, so each of
 * them is asked for; and it answers with a failed future, as what is thrown at those is lost and the caller would wait for ever
 * (<a href="https://github.com/fabric8io/kubernetes-client/issues/8105">fabric8 #8105</a>).
 */
final class FencedHttp extends HttpClient {
    private final HttpClient http;
    private final WriteFence fence;

    FencedHttp(HttpClient http, WriteFence fence) {
        this.http = http;
        this.fence = fence;
    }

    private <T> Optional<CompletableFuture<T>> refusal(HttpRequest request) {
        return fence.refusal(request.method(), request.uri().getPath()).map(CompletableFuture::failedFuture);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, HttpResponse.BodyHandler<T> bodyHandler) {
        return this.<HttpResponse<T>>refusal(request).orElseGet(() -> http.sendAsync(request, bodyHandler));
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request,
            HttpResponse.BodyHandler<T> bodyHandler,
            HttpResponse.PushPromiseHandler<T> pushPromiseHandler) {
        return this.<HttpResponse<T>>refusal(request)
                .orElseGet(() -> http.sendAsync(request, bodyHandler, pushPromiseHandler));
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> bodyHandler)
            throws IOException, InterruptedException {
        var refusal = fence.refusal(request.method(), request.uri().getPath());
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        return http.send(request, bodyHandler);
    }

    /** For watches: they only read. */
    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        return http.newWebSocketBuilder();
    }

    @Override
    public void shutdown() {
        http.shutdown();
    }

    @Override
    public void shutdownNow() {
        http.shutdownNow();
    }

    @Override
    public boolean isTerminated() {
        return http.isTerminated();
    }

    @Override
    public boolean awaitTermination(Duration atMost) throws InterruptedException {
        return http.awaitTermination(atMost);
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return http.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return http.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return http.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return http.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return http.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return http.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return http.authenticator();
    }

    @Override
    public Version version() {
        return http.version();
    }

    @Override
    public Optional<Executor> executor() {
        return http.executor();
    }
}
