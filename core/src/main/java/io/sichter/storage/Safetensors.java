package io.sichter.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reader and writer of the safetensors format: eight bytes header length, a JSON header, then the tensors without gaps.
 * The reader is strict: anything that does not add up exactly is refused, and nothing is executed.
 *
 * @see <a href="https://github.com/huggingface/safetensors">the format</a>
 */
public final class Safetensors {
    private static final int MAX_HEADER_BYTES = 16 << 20;
    private static final int MAX_TENSORS = 50_000;
    private static final int MAX_NAME = 512;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Safetensors() {}

    /**
     * Writes tensors to a file, forces it to disk and returns the SHA-256 of its bytes in hex. The caller renames.
     *
     * @param metadata texts for the header's {@code __metadata__}
     */
    public static String write(Path file, List<? extends TensorSource> tensors, Map<String, String> metadata) {
        MessageDigest digest = Digests.sha256();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeFully(channel, digest, header(tensors, metadata));
            for (TensorSource tensor : tensors) {
                tensor.lend(bytes -> writeFully(channel, digest, sized(tensor, bytes)));
            }
            channel.force(true);
        } catch (IOException e) {
            throw DurableFiles.failure("write", file, e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * What a file holds.
     *
     * @param tensors in the order of their bytes
     * @param metadata texts of the header's {@code __metadata__}
     */
    public record Contents(List<TensorBytes> tensors, Map<String, String> metadata) {
        /** Copies both. */
        public Contents {
            tensors = List.copyOf(tensors);
            metadata = Map.copyOf(metadata);
        }
    }

    /** Like {@link #readAll}, the tensors alone. */
    public static List<TensorBytes> read(Path file) {
        return readAll(file).tensors();
    }

    /**
     * Reads all tensors of a file. Their bytes are views of the mapped file and stay valid while they are referenced.
     *
     * @throws StorageException if the file is damaged or not of this format
     */
    public static Contents readAll(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < 8) {
                throw damaged(file, Text.of("storage.safetensors.short", size));
            }
            ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            readFully(channel, length, 0);
            long headerLength = length.flip().getLong();
            if (headerLength < 2 || headerLength > MAX_HEADER_BYTES || headerLength > size - 8) {
                throw damaged(file, Text.of("storage.safetensors.header", headerLength, size));
            }
            ByteBuffer header = ByteBuffer.allocate((int) headerLength);
            readFully(channel, header, 8);
            JsonNode root = parse(file, header.array());
            return new Contents(
                    tensors(file, channel, entries(file, root), 8 + headerLength, size), metadata(file, root));
        } catch (IOException e) {
            throw DurableFiles.failure("read", file, e);
        }
    }

    private static ByteBuffer sized(TensorSource tensor, ByteBuffer bytes) {
        long expected = TensorBytes.byteSize(tensor.dtype(), tensor.shape());
        if (bytes.remaining() != expected) {
            throw new IllegalStateException(
                    tensor.name() + " has " + bytes.remaining() + " bytes, its header says " + expected);
        }
        return bytes;
    }

    private static ByteBuffer header(List<? extends TensorSource> tensors, Map<String, String> metadata) {
        ObjectNode root = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode node = root.putObject("__metadata__");
            metadata.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> node.put(entry.getKey(), entry.getValue()));
        }
        long offset = 0;
        for (TensorSource tensor : tensors) {
            ObjectNode node = root.putObject(tensor.name());
            node.put("dtype", tensor.dtype());
            ArrayNode shape = node.putArray("shape");
            tensor.shape().forEach(shape::add);
            long end = offset + TensorBytes.byteSize(tensor.dtype(), tensor.shape());
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + 7) / 8 * 8; // readers expect aligned data; blanks after the JSON are allowed
        ByteBuffer buffer = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(padded).put(json);
        while (buffer.hasRemaining()) {
            buffer.put((byte) ' ');
        }
        return buffer.flip();
    }

    private static List<TensorBytes> tensors(Path file, FileChannel channel, List<Entry> entries, long start, long size)
            throws IOException {
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        List<TensorBytes> tensors = new ArrayList<>();
        long expected = 0;
        for (Entry entry : entries) {
            if (entry.begin != expected) {
                throw damaged(file, Text.of("storage.safetensors.gap", entry.name));
            }
            expected = entry.end;
            if (start + entry.end > size) {
                throw damaged(file, Text.of("storage.safetensors.truncated", entry.name));
            }
            long length = entry.end - entry.begin;
            if (length > Integer.MAX_VALUE) {
                throw damaged(file, Text.of("storage.safetensors.large", entry.name));
            }
            ByteBuffer bytes = length == 0
                    ? ByteBuffer.allocate(0)
                    : channel.map(FileChannel.MapMode.READ_ONLY, start + entry.begin, length);
            tensors.add(tensor(file, entry, bytes.order(ByteOrder.LITTLE_ENDIAN)));
        }
        if (start + expected != size) {
            throw damaged(file, Text.of("storage.safetensors.rest", size - start - expected));
        }
        return tensors;
    }

    private static TensorBytes tensor(Path file, Entry entry, ByteBuffer bytes) {
        try {
            return new TensorBytes(entry.name, entry.dtype, entry.shape, bytes);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw damaged(
                    file,
                    Text.of("storage.safetensors.tensor", entry.name, entry.dtype, entry.shape, bytes.remaining()));
        }
    }

    private static JsonNode parse(Path file, byte[] header) {
        if (header[0] != '{') {
            throw damaged(file, Text.of("storage.safetensors.no_json"));
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header))
                    .toString();
            return JSON.readTree(text);
        } catch (CharacterCodingException e) {
            throw damaged(file, Text.of("storage.safetensors.no_utf8"));
        } catch (JsonProcessingException e) {
            throw damaged(file, Text.of("storage.safetensors.bad_json", String.valueOf(e.getOriginalMessage())));
        }
    }

    private static Map<String, String> metadata(Path file, JsonNode root) {
        JsonNode node = root.path("__metadata__");
        Map<String, String> metadata = new TreeMap<>();
        if (!node.isMissingNode() && !node.isObject()) {
            throw damaged(file, Text.of("storage.safetensors.metadata"));
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!field.getValue().isTextual()) {
                throw damaged(file, Text.of("storage.safetensors.metadata"));
            }
            metadata.put(field.getKey(), field.getValue().textValue());
        }
        return metadata;
    }

    private static List<Entry> entries(Path file, JsonNode root) {
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (!field.getKey().equals("__metadata__")) {
                entries.add(entry(file, field.getKey(), field.getValue()));
            }
        }
        if (entries.size() > MAX_TENSORS) {
            throw damaged(file, Text.of("storage.safetensors.many", entries.size()));
        }
        return entries;
    }

    private static Entry entry(Path file, String name, JsonNode node) {
        JsonNode offsets = node.path("data_offsets");
        boolean wellFormed = node.path("dtype").isTextual()
                && node.path("shape").isArray()
                && offsets.isArray()
                && offsets.size() == 2
                && offsets.get(0).canConvertToLong()
                && offsets.get(1).canConvertToLong();
        if (!wellFormed || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw damaged(file, Text.of("storage.safetensors.entry"));
        }
        List<Long> shape = new ArrayList<>();
        for (JsonNode n : node.path("shape")) {
            if (!n.canConvertToLong() || !n.isIntegralNumber()) {
                throw damaged(file, Text.of("storage.safetensors.shape", name));
            }
            shape.add(n.longValue());
        }
        long begin = offsets.get(0).longValue();
        long end = offsets.get(1).longValue();
        if (begin < 0 || end < begin) {
            throw damaged(file, Text.of("storage.safetensors.offsets", name));
        }
        return new Entry(name, node.path("dtype").textValue(), shape, begin, end);
    }

    private static void writeFully(FileChannel channel, MessageDigest digest, ByteBuffer buffer) throws IOException {
        digest.update(buffer.duplicate());
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static void readFully(FileChannel channel, ByteBuffer buffer, long position) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("unexpected end of file");
            }
        }
    }

    private static StorageException damaged(Path file, Text what) {
        return new StorageException(Problem.of("storage.safetensors", file, what));
    }

    private record Entry(String name, String dtype, List<Long> shape, long begin, long end) {}
}
