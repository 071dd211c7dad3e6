package io.sichter.storage;

import java.nio.file.Path;
import java.util.Map;

/**
 * The folder in which Sichter keeps what it would otherwise compute or fetch again: {@code $SICHTER_CACHE}, else {@code
 * $XDG_CACHE_HOME/sichter}, else {@code ~/.cache/sichter}. It may be deleted at any time.
 */
public final class UserCache {
    private UserCache() {}

    /** The folder of this user; it may not exist yet. */
    public static Path folder() {
        return folder(System.getenv(), home());
    }

    /** The folder that an environment names. */
    public static Path folder(Map<String, String> environment, Path home) {
        String own = environment.getOrDefault("SICHTER_CACHE", "");
        return own.isEmpty() ? general(environment, home).resolve("sichter") : Path.of(own);
    }

    /** The folder that programs share by convention: {@code $XDG_CACHE_HOME}, else {@code ~/.cache}. */
    public static Path general(Map<String, String> environment, Path home) {
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        return xdg.isEmpty() ? home.resolve(".cache") : Path.of(xdg);
    }

    /** The home of this user. */
    public static Path home() {
        return Path.of(System.getProperty("user.home", "."));
    }
}
