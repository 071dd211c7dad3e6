package io.sichter.storage;

import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.storage.PickleMachine.PickleDict;
import io.sichter.storage.PickleMachine.Refused;
import io.sichter.storage.PickleMachine.Storage;
import io.sichter.storage.PickleMachine.StoredTensor;
import io.sichter.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the state dicts that {@code torch.save} writes, as zip archives and in the format before version 1.6. Nothing
 * in the file is executed; what is more than a state dict of dense tensors is refused by name.
 */
final class TorchFile {
    private static final long MAX_EXPANSION = 4;
    private static final int MAX_TENSORS = 50_000;
    private static final List<String> WRAPPERS = List.of("state_dict", "model_state_dict", "model");

    private final long fileSize;
    private final Map<String, ByteBuffer> opened = new HashMap<>();
    private final StorageBytes storages;
    private long total;

    /** Where the numbers lie. */
    @FunctionalInterface
    interface StorageBytes {
        ByteBuffer of(Storage storage) throws Refused, IOException;
    }

    private TorchFile(long fileSize, StorageBytes storages) {
        this.fileSize = fileSize;
        this.storages = storages;
    }

    /**
     * Reads all tensors.
     *
     * @throws StorageException if the file is damaged, or holds more than a state dict
     */
    static List<TensorBytes> read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer start = ByteBuffer.allocate(2);
            channel.read(start, 0);
            if (start.get(0) == 'P' && start.get(1) == 'K') {
                try (TorchArchive archive = TorchArchive.open(file)) {
                    Object root = new PickleMachine(archive.pickle()).read();
                    return new TorchFile(channel.size(), archive::storage).tensors(root);
                }
            }
            TorchStream stream = TorchStream.read(channel);
            return new TorchFile(channel.size(), stream::storage).tensors(stream.root());
        } catch (Refused e) {
            throw new StorageException(Problem.of("weights.refused", file, e.what()), e);
        } catch (IOException e) {
            throw DurableFiles.failure("read", file, e);
        }
    }

    private List<TensorBytes> tensors(Object root) throws Refused, IOException {
        List<TensorBytes> tensors = new ArrayList<>();
        for (Map.Entry<Object, Object> entry : stateDict(root).entries().entrySet()) {
            if (!(entry.getKey() instanceof String name) || !(entry.getValue() instanceof StoredTensor tensor)) {
                throw new Refused(Text.of("storage.pickle.no_tensor", entry.getKey()));
            }
            tensors.add(tensor(name, tensor));
        }
        return tensors;
    }

    /** The dict itself, or the one it holds under a usual name. */
    private PickleDict stateDict(Object root) throws Refused {
        if (!(root instanceof PickleDict dict)) {
            throw new Refused(Text.of("storage.pickle.no_dict"));
        }
        for (String wrapper : WRAPPERS) {
            if (dict.entries().get(wrapper) instanceof PickleDict inner) {
                return inner;
            }
        }
        if (dict.entries().size() > MAX_TENSORS) {
            throw new Refused(Text.of("storage.pickle.many", dict.entries().size()));
        }
        return dict;
    }

    private TensorBytes tensor(String name, StoredTensor tensor) throws Refused, IOException {
        int element = (int) TensorBytes.byteSize(tensor.storage().dtype(), List.of());
        try {
            ByteBuffer bytes = bytes(tensor.storage(), element);
            long count = tensor.shape().stream().reduce(1L, Math::multiplyExact);
            total = Math.addExact(total, Math.multiplyExact(count, (long) element));
            if (total > MAX_EXPANSION * fileSize) {
                throw new Refused(Text.of("storage.pickle.expansion", MAX_EXPANSION));
            }
            requireInside(name, tensor, count);
            ByteBuffer content = Strides.rowMajor(
                    bytes,
                    element,
                    Math.multiplyExact(tensor.offset(), (long) element),
                    tensor.shape(),
                    tensor.strides());
            return new TensorBytes(name, tensor.storage().dtype(), tensor.shape(), content);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new Refused(Text.of("storage.pickle.size", name));
        }
    }

    private ByteBuffer bytes(Storage storage, int element) throws Refused, IOException {
        ByteBuffer known = opened.get(storage.key());
        ByteBuffer bytes = known == null ? storages.of(storage) : known;
        if (bytes.remaining() != Math.multiplyExact(storage.count(), (long) element)) {
            throw new Refused(
                    Text.of("storage.pickle.storage_size", storage.key(), bytes.remaining(), storage.count(), element));
        }
        opened.put(storage.key(), bytes);
        return bytes;
    }

    private static void requireInside(String name, StoredTensor tensor, long count) throws Refused {
        if (tensor.shape().size() != tensor.strides().size() || tensor.offset() < 0) {
            throw new Refused(Text.of("storage.pickle.strides", name));
        }
        long last = tensor.offset();
        for (int i = 0; i < tensor.shape().size(); i++) {
            long steps = Math.max(0, tensor.shape().get(i) - 1);
            last = Math.addExact(
                    last, Math.multiplyExact(steps, tensor.strides().get(i)));
        }
        if (count > 0 && last >= tensor.storage().count()) {
            throw new Refused(Text.of("storage.pickle.beyond", name));
        }
    }
}
