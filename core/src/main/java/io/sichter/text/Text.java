package io.sichter.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Something to be said to a person: kept as what it means, and put into words when it is known in which language. The
 * words stand in {@code io/sichter/text/messages.properties} (English) and {@code messages_de.properties} (German).
 */
public sealed interface Text {
    /** The words in this language; English where it has none of its own. */
    String in(Locale language);

    /**
     * A message of the catalog.
     *
     * @param key its name, such as {@code run.not_a_run.fix}
     * @param arguments what stands for {@code {0}}, {@code {1}} ... in it; another {@link Text} is said in the same
     *     language, everything else as {@link String#valueOf} has it
     * @throws IllegalArgumentException if the catalog has no such key
     */
    static Text of(String key, Object... arguments) {
        Catalog.requireKey(key);
        // said when it is asked for, by then a picture or a tensor may be closed: only what cannot change is kept
        List<Object> kept = Arrays.stream(arguments)
                .map(argument ->
                        argument instanceof Text || argument instanceof Number ? argument : String.valueOf(argument))
                .toList();
        return new Message(key, kept);
    }

    /** Words that are the same in every language: a name, a number, a file, what somebody else said. */
    static Text verbatim(Object words) {
        return new Verbatim(String.valueOf(words));
    }

    /** Nothing. */
    static Text empty() {
        return new Verbatim("");
    }

    /** Several, one after the other, with something between them. */
    static Text joined(String separator, List<? extends Text> parts) {
        return new Joined(separator, List.copyOf(parts));
    }

    /** A name or a word of the person, in the quotation marks of the language. */
    static Text quoted(Object words) {
        return of("quoted", words);
    }

    /** The same words inside a sentence: English begins them with a small letter, German leaves its nouns alone. */
    default Text inSentence() {
        return new InSentence(this);
    }

    /** Whether it has no words. */
    default boolean isEmpty() {
        return in(Locale.ENGLISH).isEmpty();
    }

    /** A message of the catalog. */
    record Message(String key, List<Object> arguments) implements Text {
        /** Copies the arguments. */
        public Message {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String in(Locale language) {
            return Catalog.in(language).say(key, arguments);
        }

        @Override
        public String toString() {
            return in(Locale.ENGLISH);
        }
    }

    /** Words that are the same everywhere. */
    record Verbatim(String words) implements Text {
        @Override
        public String in(Locale language) {
            return words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** A sentence that became a part of another. */
    record InSentence(Text text) implements Text {
        @Override
        public String in(Locale language) {
            String words = text.in(language);
            boolean english = Catalog.in(language) == Catalog.in(Locale.ENGLISH);
            return english && !words.isEmpty() ? Character.toLowerCase(words.charAt(0)) + words.substring(1) : words;
        }

        @Override
        public String toString() {
            return in(Locale.ENGLISH);
        }
    }

    /** Several texts in a row. */
    record Joined(String separator, List<Text> parts) implements Text {
        /** Copies the parts. */
        public Joined {
            parts = List.copyOf(parts);
        }

        @Override
        public String in(Locale language) {
            return parts.stream().map(part -> part.in(language)).collect(Collectors.joining(separator));
        }

        @Override
        public String toString() {
            return in(Locale.ENGLISH);
        }
    }
}
