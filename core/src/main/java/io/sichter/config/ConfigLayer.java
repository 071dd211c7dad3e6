package io.sichter.config;

import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.error.UsageException;
import io.sichter.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One source of values. Layers are stacked from the least to the most specific (defaults, recipe, file, command line);
 * a layer says only what it changes.
 */
public sealed interface ConfigLayer {
    /**
     * A YAML document that names some keys or all of them.
     *
     * @param source what it is called in messages, usually its file
     * @param yaml its text
     */
    record Document(String source, String yaml) implements ConfigLayer {}

    /**
     * One key on the command line.
     *
     * @param origin what it is called in messages: the option, or the words for the command line
     * @param key dotted path, such as {@code optimizer.lr}
     * @param value a YAML scalar or flow list; taken verbatim where the key holds text
     */
    record Setting(Text origin, String key, String value) implements ConfigLayer {
        /** One whose origin is called the same in every language, such as {@code --lr}. */
        public Setting(String origin, String key, String value) {
            this(Text.verbatim(origin), key, value);
        }
    }

    /**
     * Reads a configuration file.
     *
     * @throws UsageException if there is no such file, or it is no UTF-8 text of a sane size
     * @throws StorageException if it exists but cannot be read
     */
    static ConfigLayer file(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UsageException(Problem.of("config.file.missing", file));
        }
        try {
            if (Files.size(file) > YamlDocument.MAX_CHARACTERS) {
                throw notText(file, Text.of("config.file.large", YamlDocument.MAX_CHARACTERS));
            }
            byte[] bytes = Files.readAllBytes(file);
            return new Document(
                    file.toString(),
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            throw notText(file, Text.of("config.file.not_utf8"));
        } catch (IOException e) {
            throw new StorageException(Problem.of("config.file.unreadable", file, String.valueOf(e.getMessage())), e);
        }
    }

    /**
     * Reads {@code key=value} as it stands on the command line.
     *
     * @throws UsageException if there is no {@code =} after a key
     */
    static ConfigLayer assignment(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new UsageException(Problem.of("config.no_setting", text));
        }
        return new Setting(Text.of("config.command_line"), text.substring(0, equals), text.substring(equals + 1));
    }

    private static UsageException notText(Path file, Text why) {
        return new UsageException(Problem.of("config.file.no_text", file, why));
    }
}
