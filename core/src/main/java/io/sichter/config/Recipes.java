package io.sichter.config;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.registry.Suggestion;
import io.sichter.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Ways to train that have proved themselves, by name. Each is a configuration file like one of a person's own, which it
 * lies below: a file and the command line override it, and it overrides the defaults.
 */
public final class Recipes {
    private static final List<String> NAMES = List.of("quick", "standard", "accurate", "small-data", "imbalanced");

    private Recipes() {}

    /** Their names, the quickest first, then those for special data. */
    public static List<String> names() {
        return NAMES;
    }

    /** What a recipe is for, in a line. */
    public static Text purpose(String name) {
        return Text.of("config.recipe." + known(name));
    }

    /**
     * The text of a recipe: YAML with comments.
     *
     * @throws UsageException if there is none of that name
     */
    public static String yaml(String name) {
        String resource = "recipes/" + known(name) + ".yaml";
        try (InputStream in = Recipes.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("No resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A recipe as a layer, to be laid over the defaults.
     *
     * @throws UsageException if there is none of that name
     */
    public static ConfigLayer layer(String name) {
        return new ConfigLayer.Document("recipe " + name, yaml(name));
    }

    private static String known(String name) {
        if (!NAMES.contains(name)) {
            throw new UsageException(new Problem(
                    Text.of("config.recipe_unknown"),
                    Text.verbatim(name),
                    Text.of("one_of", String.join(", ", NAMES)),
                    Suggestion.orChoose(name, NAMES)));
        }
        return name;
    }
}
