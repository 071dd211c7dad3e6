package io.sichter.registry;

import io.sichter.error.UsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names to things: models, transforms, optimizers. Names are unique; an unknown one is answered with the nearest.
 *
 * @param <T> what a name stands for, usually a factory
 */
public final class Registry<T> {
    private final String kind;
    private final Map<String, T> entries = new LinkedHashMap<>();

    /**
     * Makes an empty registry.
     *
     * @param kind what its names stand for, as a user would say it: "model", "transform"
     */
    public Registry(String kind) {
        this.kind = kind;
    }

    /**
     * Adds an entry.
     *
     * @return this registry
     * @throws IllegalStateException if the name is taken: two things of one name are a mistake in the program
     */
    public Registry<T> register(String name, T value) {
        if (entries.putIfAbsent(name, value) != null) {
            throw new IllegalStateException("A " + kind + " named \"" + name + "\" is already registered");
        }
        return this;
    }

    /**
     * The entry of that name.
     *
     * @throws UsageException if there is none, with the nearest name
     */
    public T get(String name) {
        T value = entries.get(name);
        if (value == null) {
            String suggestion = Suggestion.didYouMean(name, entries.keySet());
            throw new UsageException(
                    "Unknown " + kind,
                    name,
                    "one of " + String.join(", ", entries.keySet()),
                    suggestion.isEmpty() ? "Choose one of the names above" : suggestion);
        }
        return value;
    }

    /** Whether there is an entry of that name. */
    public boolean contains(String name) {
        return entries.containsKey(name);
    }

    /** All names, in the order of registration. */
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }
}
