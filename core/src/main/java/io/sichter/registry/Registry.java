package io.sichter.registry;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names to things: models, transforms, optimizers. Names are unique; an unknown one is answered with the nearest.
 *
 * @param <T> what a name stands for, usually a factory
 */
public final class Registry<T> {
    private final Text unknown;
    private final Map<String, T> entries = new LinkedHashMap<>();

    /**
     * Makes an empty registry.
     *
     * @param kind what its names stand for, such as {@code model}: what is said of a name that is not there stands in
     *     the catalog as {@code registry.unknown.KIND}
     */
    public Registry(String kind) {
        this.unknown = Text.of("registry.unknown." + kind);
    }

    /**
     * Adds an entry.
     *
     * @return this registry
     * @throws IllegalStateException if the name is taken: two things of one name are a mistake in the program
     */
    public Registry<T> register(String name, T value) {
        if (entries.putIfAbsent(name, value) != null) {
            throw new IllegalStateException("\"" + name + "\" is already registered");
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
            throw new UsageException(new Problem(
                    unknown,
                    Text.verbatim(name),
                    Text.of("one_of", String.join(", ", entries.keySet())),
                    Suggestion.orChoose(name, entries.keySet())));
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
