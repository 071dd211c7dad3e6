package io.sichter.published;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The proxy that the environment names ({@code https_proxy}, {@code http_proxy}, {@code all_proxy}, {@code no_proxy}, in
 * small or capital letters), as other programs of the command line read it; where it names none, that of the Java
 * system properties. Proxies that ask for a password are not supported.
 */
final class EnvironmentProxy extends ProxySelector {
    private final Map<String, String> environment;

    EnvironmentProxy(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public List<Proxy> select(URI uri) {
        String named = variable(uri.getScheme() + "_proxy");
        String proxy = named.isEmpty() ? variable("all_proxy") : named;
        if (proxy.isEmpty()) {
            ProxySelector system = ProxySelector.getDefault();
            return system == null ? List.of(Proxy.NO_PROXY) : system.select(uri);
        }
        if (excepted(Objects.requireNonNullElse(uri.getHost(), ""))) {
            return List.of(Proxy.NO_PROXY);
        }
        URI address = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
        int port = address.getPort() < 0 ? 80 : address.getPort();
        return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(address.getHost(), port)));
    }

    private boolean excepted(String host) {
        for (String entry : variable("no_proxy").split(",", -1)) {
            String suffix = entry.strip().replaceFirst("^\\*?\\.", "");
            if (suffix.equals("*") || (!suffix.isEmpty() && (host.equals(suffix) || host.endsWith("." + suffix)))) {
                return true;
            }
        }
        return false;
    }

    private String variable(String name) {
        String small = environment.getOrDefault(name, "");
        return small.isEmpty() ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "") : small;
    }

    /** Another try goes the same way. */
    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
}
