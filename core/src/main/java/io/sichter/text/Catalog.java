package io.sichter.text;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.text.FieldPosition;
import java.text.Format;
import java.text.MessageFormat;
import java.text.ParsePosition;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words of one language. Every module may bring {@code io/sichter/text/messages.properties} and
 * {@code messages_de.properties}, UTF-8, in the syntax of {@link MessageFormat}; together they are the catalog. What a
 * language lacks is said in English.
 */
public final class Catalog {
    /** Languages beside English, by their codes. */
    public static final List<String> LANGUAGES = List.of("en", "de");

    private static final String FOLDER = "io/sichter/text/";
    private static final Pattern QUOTE = Pattern.compile("'('?)");
    private static final Map<String, Catalog> LOADED = new ConcurrentHashMap<>();

    private final Locale language;
    private final Properties own;
    private final @Nullable Catalog english;

    private Catalog(Locale language, Properties own, @Nullable Catalog english) {
        this.language = language;
        this.own = own;
        this.english = english;
    }

    /** The catalog of a language, or the English one. */
    public static Catalog in(Locale language) {
        String code = LANGUAGES.contains(language.getLanguage()) ? language.getLanguage() : "en";
        Catalog known = LOADED.get(code);
        if (known != null) {
            return known;
        }
        Catalog made = code.equals("en")
                ? new Catalog(Locale.ENGLISH, load("messages.properties"), null)
                : new Catalog(
                        Locale.forLanguageTag(code), load("messages_" + code + ".properties"), in(Locale.ENGLISH));
        LOADED.put(code, made);
        return made;
    }

    /** Whether this language itself has words for a key. */
    public boolean has(String key) {
        return own.containsKey(key);
    }

    /** All keys for which this language itself has words. */
    public Set<String> keys() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(own.stringPropertyNames()));
    }

    /** The words as they stand in the catalog, with their places for arguments. */
    public String pattern(String key) {
        String words = own.getProperty(key);
        if (words != null) {
            return words;
        }
        if (english == null) {
            throw new IllegalArgumentException("The catalog of texts has no \"" + key + "\"");
        }
        return english.pattern(key);
    }

    String say(String key, List<?> arguments) {
        if (arguments.isEmpty()) {
            return unquoted(pattern(key)); // the help is made of such, and is to start fast
        }
        MessageFormat format = new MessageFormat(pattern(key), language);
        Format[] formats = format.getFormats(); // by place, for {0} may stand beside {0,choice,...}
        for (int i = 0; i < formats.length; i++) {
            if (formats[i] == null) {
                format.setFormat(i, new Plain(language));
            }
        }
        return format.format(arguments.toArray());
    }

    /** What MessageFormat makes of words without arguments. */
    private static String unquoted(String words) {
        return words.indexOf('\'') < 0 ? words : QUOTE.matcher(words).replaceAll("$1");
    }

    static void requireKey(String key) {
        if (!in(Locale.ENGLISH).has(key)) {
            throw new IllegalArgumentException("The catalog of texts has no \"" + key + "\"");
        }
    }

    private static Properties load(String name) {
        Properties words = new Properties();
        ClassLoader loader = Catalog.class.getClassLoader();
        try {
            for (URL url : Collections.list(loader.getResources(FOLDER + name))) {
                try (Reader reader = new InputStreamReader(url.openStream(), StandardCharsets.UTF_8)) {
                    words.load(reader);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the texts " + name, e);
        }
        return words;
    }

    /** Says an argument as it is: numbers are not grouped, texts come in the same language. */
    private static final class Plain extends Format {
        private static final long serialVersionUID = 1L;

        private final Locale language;

        Plain(Locale language) {
            this.language = language;
        }

        @Override
        public StringBuffer format(Object argument, StringBuffer out, FieldPosition position) {
            return out.append(argument instanceof Text text ? text.in(language) : String.valueOf(argument));
        }

        @Override
        public Object parseObject(String source, ParsePosition position) {
            throw new UnsupportedOperationException("Texts are only said, never read");
        }
    }
}
