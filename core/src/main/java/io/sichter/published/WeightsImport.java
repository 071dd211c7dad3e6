package io.sichter.published;

import io.sichter.config.Normalization;
import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.storage.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** Takes files of weights into the cache that came another way than over the network. */
public final class WeightsImport {
    private static final int PREFIX = 8;

    private final WeightsStore store;
    private final FetchListener listener;

    /** Into this store. */
    public WeightsImport(WeightsStore store, FetchListener listener) {
        this.store = store;
        this.listener = listener;
    }

    /**
     * Takes a file that is said to be published.
     *
     * @throws StorageException if its checksum says that it is another
     */
    public FoundWeights published(Path file, PublishedWeights published) {
        String sha256 = WeightsStore.hash(file, listener);
        Optional<String> prefix = published.sha256Prefix();
        if (prefix.isPresent() && !sha256.startsWith(prefix.get())) {
            throw new StorageException(
                    Problem.of("published.other_file", file, sha256, published.name(), prefix.get()));
        }
        Path target = store.folders().target(published);
        copy(file, target);
        WeightsRecord.of(published, sha256).write(store.folders().own());
        return store.checked(published, target, WeightsStore.hash(target, listener));
    }

    /**
     * Takes weights that no package describes.
     *
     * @param imagenet whether {@code --weights imagenet} shall mean them for this architecture from now on
     * @param normalization what their pictures are normalised with, if it is known
     */
    public FoundWeights other(Path file, String architecture, boolean imagenet, Optional<Normalization> normalization) {
        Path folder = store.folders().own();
        String sha256 = WeightsStore.hash(file, listener);
        String name = architecture + ".imported-" + sha256.substring(0, PREFIX);
        WeightsRecord record = new WeightsRecord(
                name,
                architecture,
                name + ending(file),
                sha256,
                false,
                file.toAbsolutePath().normalize().toString(),
                imagenet,
                normalization.map(Normalization::mean).orElse(List.of()),
                normalization.map(Normalization::std).orElse(List.of()));
        copy(file, folder.resolve(record.file()));
        if (imagenet) {
            store.records().stream()
                    .filter(other -> other.imagenet() && other.architecture().equals(architecture))
                    .forEach(other -> other.withoutImagenet().write(folder));
        }
        record.write(folder);
        return store.ofRecord(record, listener);
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot);
    }

    private void copy(Path from, Path target) {
        DurableFiles.makeFolder(store.folders().own());
        Path temporary = target.resolveSibling(DurableFiles.TEMPORARY_PREFIX + target.getFileName());
        try {
            if (Files.exists(target) && Files.isSameFile(from, target)) {
                return;
            }
            write(from, temporary);
            DurableFiles.commit(temporary, target);
        } catch (IOException e) {
            DurableFiles.deleteTree(temporary);
            throw DurableFiles.failure("keep the weights", target, e);
        }
    }

    private void write(Path from, Path temporary) throws IOException {
        long total = Files.size(from);
        String name = from.getFileName().toString();
        byte[] bytes = new byte[1 << 20];
        try (InputStream in = Files.newInputStream(from);
                FileChannel out = FileChannel.open(
                        temporary,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                for (ByteBuffer some = ByteBuffer.wrap(bytes, 0, n); some.hasRemaining(); ) {
                    out.write(some);
                }
                listener.progress(FetchListener.Work.COPY, name, out.position(), total);
            }
            out.force(true);
        }
    }
}
