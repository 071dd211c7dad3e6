package io.sichter.published;

import java.util.Map;
import java.util.Set;

/** Whether Sichter may use the network at all. */
public final class Network {
    /** The system property that forbids it, as {@code --offline} sets it. */
    public static final String OFFLINE_PROPERTY = "sichter.offline";

    private static final Set<String> NO = Set.of("", "0", "false", "no", "off");

    private Network() {}

    /** Whether this process must stay off it: by the property, {@code SICHTER_OFFLINE} or {@code HF_HUB_OFFLINE}. */
    public static boolean offline() {
        return Boolean.getBoolean(OFFLINE_PROPERTY) || offline(System.getenv());
    }

    static boolean offline(Map<String, String> environment) {
        return says(environment, "SICHTER_OFFLINE") || says(environment, "HF_HUB_OFFLINE");
    }

    private static boolean says(Map<String, String> environment, String name) {
        return !NO.contains(environment.getOrDefault(name, "").toLowerCase(java.util.Locale.ROOT));
    }
}
