package io.sichter.config;

import io.sichter.error.StorageException;
import io.sichter.error.UsageException;
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
     * @param origin what it is called in messages: the option, or {@code command line}
     * @param key dotted path, such as {@code optimizer.lr}
     * @param value a YAML scalar or flow list; taken verbatim where the key holds text
     */
    record Setting(String origin, String key, String value) implements ConfigLayer {}

    /**
     * Reads a configuration file.
     *
     * @throws UsageException if there is no such file, or it is no UTF-8 text of a sane size
     * @throws StorageException if it exists but cannot be read
     */
    static ConfigLayer file(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UsageException(
                    "The configuration file was not found",
                    file.toString(),
                    "a YAML file, such as a run.yaml",
                    "Check the path, or write one with: sichter config > run.yaml");
        }
        try {
            if (Files.size(file) > YamlDocument.MAX_CHARACTERS) {
                throw notText(file, "more than " + YamlDocument.MAX_CHARACTERS + " bytes");
            }
            byte[] bytes = Files.readAllBytes(file);
            return new Document(
                    file.toString(),
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            throw notText(file, "bytes that are not UTF-8");
        } catch (IOException e) {
            throw new StorageException(
                    "The configuration file cannot be read",
                    file + ": " + e.getMessage(),
                    "a readable file",
                    "Check its permissions",
                    e);
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
            throw new UsageException(
                    "Not a setting", text, "key=value with a dotted key", "Write it like optimizer.lr=3e-4");
        }
        return new Setting("command line", text.substring(0, equals), text.substring(equals + 1));
    }

    private static UsageException notText(Path file, String why) {
        return new UsageException(
                "The file is not a configuration",
                file + ": " + why,
                "YAML text in UTF-8",
                "Check the path; sichter config prints what such a file looks like");
    }
}
