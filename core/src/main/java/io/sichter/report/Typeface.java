package io.sichter.report;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The typeface of all pictures, Inter, which Sichter brings along: pictures look the same everywhere, and have text on a
 * machine without any font.
 */
final class Typeface {
    private static final String SETTING = "sun.awt.fontconfig";

    private record Fonts(Font regular, Font semibold) {}

    private static @Nullable Fonts fonts;

    private Typeface() {}

    /** The normal weight. */
    static Font regular(float size) {
        return fonts().regular.deriveFont(size);
    }

    /** The weight of titles. */
    static Font semibold(float size) {
        return fonts().semibold.deriveFont(size);
    }

    /** A font that has all characters of a text: ours, else the system's of the same size, where it has one. */
    static Font able(Font font, String text) {
        if (font.canDisplayUpTo(text) < 0) {
            return font;
        }
        try {
            Font system = new Font(Font.SANS_SERIF, font.getStyle(), 1).deriveFont(font.getSize2D());
            return system.canDisplayUpTo(text) < 0 ? system : font;
        } catch (Error e) { // Java's way of saying that there is no font: the missing characters become boxes
            return font;
        }
    }

    private static synchronized Fonts fonts() {
        Fonts loaded = fonts;
        if (loaded == null) {
            loaded = load();
            fonts = loaded;
        }
        return loaded;
    }

    private static Fonts load() {
        try {
            return new Fonts(font("Inter-Regular.otf"), font("Inter-SemiBold.otf"));
        } catch (InternalError | RuntimeException e) {
            if (System.getProperty(SETTING) != null) {
                throw e;
            }
            return withoutSystemFonts();
        }
    }

    /**
     * Where no font is installed, Java gives up before it looks at a font that it is handed. Told by an empty
     * configuration that none is to be expected, it goes on.
     */
    private static Fonts withoutSystemFonts() {
        try {
            Path configuration = Files.createTempFile("sichter-fonts", ".properties");
            try {
                Files.writeString(configuration, "version=1\nsequence.allfonts=default\n", StandardCharsets.ISO_8859_1);
                System.setProperty(SETTING, configuration.toString());
                return new Fonts(font("Inter-Regular.otf"), font("Inter-SemiBold.otf"));
            } finally {
                System.clearProperty(SETTING);
                Files.delete(configuration);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Font font(String name) {
        try (InputStream in = Objects.requireNonNull(Typeface.class.getResourceAsStream(name), name)) {
            return Font.createFont(Font.TRUETYPE_FONT, in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FontFormatException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
