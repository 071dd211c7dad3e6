package io.sichter.storage;

import io.sichter.storage.PickleMachine.Refused;
import io.sichter.storage.PickleMachine.Storage;
import io.sichter.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The zip archive of {@code torch.save}: {@code NAME/data.pkl}, and each storage as it is in {@code NAME/data/KEY}.
 * Entries must be stored without compression and be named once.
 */
final class TorchArchive implements AutoCloseable {
    private static final int MAX_PICKLE = 64 << 20;

    private final ZipFile zip;
    private final String prefix;

    private TorchArchive(ZipFile zip, String prefix) {
        this.zip = zip;
        this.prefix = prefix;
    }

    static TorchArchive open(Path file) throws IOException, Refused {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new Refused(Text.of("storage.pickle.zip", String.valueOf(e.getMessage())));
        }
        try {
            return new TorchArchive(zip, prefix(zip));
        } catch (Refused | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static String prefix(ZipFile zip) throws Refused {
        Set<String> names = new HashSet<>();
        String found = null;
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
            ZipEntry entry = all.nextElement();
            String name = entry.getName();
            if (!names.add(name)) {
                throw new Refused(Text.of("storage.pickle.two_entries", name));
            }
            if (name.endsWith("/constants.pkl") || name.contains("/code/")) {
                throw new Refused(Text.of("storage.pickle.torchscript"));
            }
            if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
                throw new Refused(Text.of("storage.pickle.compressed", name));
            }
            if (name.endsWith("/data.pkl")) {
                if (found != null) {
                    throw new Refused(Text.of("storage.pickle.two_pickles"));
                }
                found = name.substring(0, name.length() - "data.pkl".length());
            }
        }
        if (found == null) {
            throw new Refused(Text.of("storage.pickle.no_pickle"));
        }
        return found;
    }

    /** The description of the state dict. */
    ByteBuffer pickle() throws IOException, Refused {
        ZipEntry order = zip.getEntry(prefix + "byteorder");
        if (order != null
                && !StandardCharsets.US_ASCII
                        .decode(bytes(order, 16))
                        .toString()
                        .equals("little")) {
            throw new Refused(Text.of("storage.pickle.big_endian"));
        }
        return bytes(zip.getEntry(prefix + "data.pkl"), MAX_PICKLE);
    }

    /** The numbers of a storage. */
    ByteBuffer storage(Storage storage) throws IOException, Refused {
        ZipEntry entry = zip.getEntry(prefix + "data/" + storage.key());
        if (entry == null) {
            throw new Refused(Text.of("storage.pickle.no_such_storage", storage.key()));
        }
        return bytes(entry, Integer.MAX_VALUE);
    }

    private ByteBuffer bytes(ZipEntry entry, int limit) throws IOException, Refused {
        if (entry.getSize() < 0 || entry.getSize() > limit) {
            throw new Refused(Text.of("storage.pickle.entry_size", entry.getName(), entry.getSize()));
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect((int) entry.getSize());
        try (InputStream in = zip.getInputStream(entry);
                ReadableByteChannel channel = Channels.newChannel(in)) {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer) < 0) {
                    throw new Refused(Text.of("storage.pickle.entry_cut_off", entry.getName()));
                }
            }
        } catch (ZipException e) {
            throw new Refused(Text.of("storage.pickle.zip", String.valueOf(e.getMessage())));
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
