package io.sichter.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sichter.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code MANIFEST.json}: size and SHA-256 of every other file of a folder. Written last, so that a folder with a manifest
 * that verifies is complete.
 *
 * @param files name to size and checksum
 */
public record Manifest(Map<String, Entry> files) {
    /** Name of the file. */
    public static final String NAME = "MANIFEST.json";

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * One file.
     *
     * @param size in bytes
     * @param sha256 in hex
     */
    public record Entry(long size, String sha256) {}

    /** Copies and sorts the map. */
    public Manifest {
        files = java.util.Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /** Writes the manifest into its folder. */
    public void write(Path folder) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", 1);
        ObjectNode list = root.putObject("files");
        files.forEach(
                (name, entry) -> list.putObject(name).put("size", entry.size()).put("sha256", entry.sha256()));
        DurableFiles.write(folder.resolve(NAME), root.toPrettyString() + "\n");
    }

    /**
     * Checks every file of a folder against its manifest.
     *
     * @return what is wrong, or empty if all is well
     */
    public static Optional<Text> fault(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            JsonNode list = JSON.readTree(Files.readAllBytes(file)).path("files");
            if (list.isEmpty()) {
                return Optional.of(Text.of("storage.manifest.empty", file));
            }
            for (Map.Entry<String, JsonNode> entry : list.properties()) {
                Optional<Text> fault = fileFault(folder, entry.getKey(), entry.getValue());
                if (fault.isPresent()) {
                    return fault;
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(Text.of("storage.manifest.unreadable", file, String.valueOf(e.getMessage())));
        }
    }

    private static Optional<Text> fileFault(Path folder, String name, JsonNode expected) throws IOException {
        if (name.contains("/") || name.contains("\\")) {
            return Optional.of(Text.of("storage.manifest.elsewhere", folder.resolve(NAME)));
        }
        Path path = folder.resolve(name);
        if (!Files.isRegularFile(path)) {
            return Optional.of(Text.of("storage.manifest.missing", path));
        }
        long size = Files.size(path);
        if (size != expected.path("size").asLong(-1)) {
            return Optional.of(Text.of("storage.manifest.size", path, size, expected.path("size")));
        }
        if (!Digests.sha256(path).equals(expected.path("sha256").asText())) {
            return Optional.of(Text.of("storage.manifest.changed", path));
        }
        return Optional.empty();
    }
}
