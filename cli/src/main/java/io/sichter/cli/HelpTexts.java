package io.sichter.cli;

import io.sichter.text.Catalog;
import io.sichter.text.Text;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The catalog as picocli reads it. Behind {@code cli.help.} its keys are picocli's own: {@code train.usage.description},
 * the name of an option or the {@code descriptionKey} of a parameter, with the command before it ({@code
 * sichter.resume.epochs}) where a name means different things. In them {@code %} is written {@code %%}.
 */
final class HelpTexts extends ResourceBundle {
    static final String PREFIX = "cli.help.";

    private final Locale language;
    private final Set<String> keys = Catalog.in(Locale.ENGLISH).keys().stream()
            .filter(key -> key.startsWith(PREFIX))
            .map(key -> key.substring(PREFIX.length()))
            .collect(Collectors.toUnmodifiableSet());

    HelpTexts(Locale language) {
        this.language = language;
    }

    @Override
    public Locale getLocale() {
        return language;
    }

    @Override
    protected @Nullable Object handleGetObject(String key) {
        return keys.contains(key) ? Text.of(PREFIX + key).in(language) : null;
    }

    @Override
    public Enumeration<String> getKeys() {
        return Collections.enumeration(keys);
    }

    @Override
    protected Set<String> handleKeySet() {
        return keys;
    }
}
