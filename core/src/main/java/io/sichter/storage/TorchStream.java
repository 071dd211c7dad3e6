package io.sichter.storage;

import io.sichter.storage.PickleMachine.Refused;
import io.sichter.storage.PickleMachine.Storage;
import io.sichter.text.Text;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The format of {@code torch.save} before version 1.6: five pickles one after the other (a magic number, a version, the
 * system, the object, the keys of its storages), then each storage as its length and its numbers.
 */
final class TorchStream {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long VERSION = 1001;

    private final Object root;
    private final Map<String, ByteBuffer> storages;

    private TorchStream(Object root, Map<String, ByteBuffer> storages) {
        this.root = root;
        this.storages = storages;
    }

    static TorchStream read(FileChannel channel) throws IOException, Refused {
        if (channel.size() > Integer.MAX_VALUE) {
            throw new Refused(Text.of("storage.pickle.legacy_size"));
        }
        ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        PickleMachine machine = new PickleMachine(bytes);
        if (!machine.read().equals(MAGIC)) {
            throw new Refused(Text.of("storage.pickle.magic"));
        }
        if (!machine.read().equals(VERSION)) {
            throw new Refused(Text.of("storage.pickle.version"));
        }
        machine.read(); // the system it was written on; lengths with the big end first would not fit below
        Object root = machine.read();
        Map<String, Storage> mentioned = machine.storages();
        if (!(machine.read() instanceof List<?> keys)) {
            throw new Refused(Text.of("storage.pickle.no_keys"));
        }
        return new TorchStream(root, storages(bytes, keys, mentioned));
    }

    private static Map<String, ByteBuffer> storages(ByteBuffer bytes, List<?> keys, Map<String, Storage> mentioned)
            throws Refused {
        Map<String, ByteBuffer> storages = new HashMap<>();
        for (Object key : keys) {
            Storage storage = mentioned.get(String.valueOf(key));
            if (storage == null || bytes.remaining() < Long.BYTES || bytes.getLong() != storage.count()) {
                throw new Refused(Text.of("storage.pickle.legacy_length", key));
            }
            long length = storage.count() * TensorBytes.byteSize(storage.dtype(), List.of());
            if (length > bytes.remaining()) {
                throw new Refused(Text.of("storage.pickle.storage_cut_off", key));
            }
            storages.put(storage.key(), bytes.slice(bytes.position(), (int) length));
            bytes.position(bytes.position() + (int) length);
        }
        if (bytes.hasRemaining()) {
            throw new Refused(Text.of("storage.pickle.rest", bytes.remaining()));
        }
        return storages;
    }

    Object root() {
        return root;
    }

    /** The numbers of a storage. */
    ByteBuffer storage(Storage storage) throws Refused {
        ByteBuffer bytes = storages.get(storage.key());
        if (bytes == null) {
            throw new Refused(Text.of("storage.pickle.no_such_storage", storage.key()));
        }
        return bytes.duplicate();
    }
}
