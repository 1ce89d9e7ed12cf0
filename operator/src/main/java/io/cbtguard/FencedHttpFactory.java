package io.cbtguard;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Makes Kubernetes clients whose requests pass a fence, and whose renewals of the lease the fence notes. */
final class FencedHttpFactory extends JdkHttpClientFactory {
    private final WriteFence fence;

    FencedHttpFactory(WriteFence fence) {
        this.fence = fence;
    }

    @Override
    public HttpClient.Builder newBuilder(Config config) {
        return super.newBuilder(config).addOrReplaceInterceptor("renewals", fence);
    }

    /** The JDK's builder in every respect but what it builds. */
    @Override
    protected java.net.http.HttpClient.Builder createNewHttpClientBuilder() {
        java.net.http.HttpClient.Builder builder = super.createNewHttpClientBuilder();
        return (java.net.http.HttpClient.Builder) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {java.net.http.HttpClient.Builder.class},
                (self, method, arguments) -> {
                    try {
                        Object answer = method.invoke(builder, arguments);
                        return switch (answer) {
                            case java.net.http.HttpClient http -> new FencedHttp(http, fence);
                            case java.net.http.HttpClient.Builder same -> self;
                            default -> answer;
                        };
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
