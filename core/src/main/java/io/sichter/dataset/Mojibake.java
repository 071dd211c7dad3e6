package io.sichter.dataset;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;

/**
 * Finds names that are UTF-8 read in another encoding: "Ger√§t" or "GerÃ¤t" for "Gerät". A name is one if its bytes in
 * that encoding are valid UTF-8 of fewer characters, which ordinary words practically never are.
 */
final class Mojibake {
    private static final List<String> ENCODINGS = List.of("x-MacRoman", "windows-1252", "ISO-8859-1", "IBM850");

    /**
     * A name that was read wrongly.
     *
     * @param name as it stands there
     * @param meant as it was meant
     * @param encoding in which it was read
     */
    record Finding(String name, String meant, String encoding) {}

    private Mojibake() {}

    static Optional<Finding> find(String name) {
        if (name.chars().allMatch(c -> c < 0x80)) {
            return Optional.empty();
        }
        String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        for (String encoding : ENCODINGS) {
            if (!Charset.isSupported(encoding)) {
                continue; // a small Java runtime may lack it
            }
            Optional<String> meant = reread(composed, Charset.forName(encoding));
            if (meant.isPresent()) {
                return Optional.of(new Finding(name, meant.get(), encoding.replace("x-", "")));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> reread(String name, Charset encoding) {
        try {
            ByteBuffer bytes = encoding.newEncoder().encode(CharBuffer.wrap(name));
            String meant = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            boolean words = meant.codePoints().allMatch(c -> c >= 0x20 && Character.isDefined(c));
            return meant.length() < name.length() && words ? Optional.of(meant) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty(); // not of that encoding, or not UTF-8: an ordinary name
        }
    }
}
