package io.sichter.cli;

import io.sichter.text.Catalog;
import java.util.List;
import java.util.Locale;

/**
 * In which language the person is spoken to: what {@code --lang} says, else the system's where Sichter speaks it, else
 * English. It is known before the command line is parsed, for mistakes in it are said in this language too.
 */
final class Language {
    private static final String OPTION = "--lang";

    private Language() {}

    /**
     * The language of the system. The launcher says what the environment asks for, because Java asks the C library,
     * which falls back to English where a locale is named but not installed.
     */
    static Locale system() {
        String named = System.getProperty("sichter.language", "");
        return named.isEmpty() ? Locale.getDefault(Locale.Category.DISPLAY) : Locale.forLanguageTag(named);
    }

    static Locale of(List<String> words, Locale system) {
        String chosen = system.getLanguage();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals(OPTION) && i + 1 < words.size()) {
                chosen = words.get(i + 1);
            } else if (word.startsWith(OPTION + "=")) {
                chosen = word.substring(OPTION.length() + 1);
            }
        }
        return Catalog.LANGUAGES.contains(chosen) ? Locale.forLanguageTag(chosen) : Locale.ENGLISH;
    }
}
