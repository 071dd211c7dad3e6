package io.sichter.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * An immutable list of samples that are files below one folder with one label each, kept outside the heap in about as
 * many bytes as their names have letters; a {@link Sample} is made when it is asked for. A million pictures take 50 MB
 * instead of 500, and the heap of a run does not depend on how many there are.
 */
final class SampleList extends AbstractList<Sample> implements RandomAccess {
    private static final int ROW = 2 * Integer.BYTES; // where the name ends, class

    private final Path root;
    private final int size;
    private final ByteBuffer rows;
    private final ByteBuffer names;

    private SampleList(Path root, int size, ByteBuffer rows, ByteBuffer names) {
        this.root = root;
        this.size = size;
        this.rows = rows;
        this.names = names;
    }

    /** The samples in a list that cannot change: compact where they are plain files below one folder. */
    static List<Sample> copyOf(List<Sample> samples) {
        if (samples instanceof SampleList) {
            return samples;
        }
        if (samples.isEmpty()) {
            return List.of();
        }
        Path root = rootOf(samples.get(0));
        if (root == null || !samples.stream().allMatch(sample -> isPlain(sample, root))) {
            return List.copyOf(samples);
        }
        List<byte[]> encoded = new ArrayList<>(samples.size());
        long length = 0;
        for (Sample sample : samples) {
            byte[] name = sample.id().getBytes(StandardCharsets.UTF_8);
            encoded.add(name);
            length += name.length;
        }
        if (Math.max(length, (long) ROW * samples.size()) > Integer.MAX_VALUE) {
            return List.copyOf(samples);
        }
        ByteBuffer rows = ByteBuffer.allocateDirect(ROW * samples.size());
        ByteBuffer names = ByteBuffer.allocateDirect((int) length);
        for (int i = 0; i < encoded.size(); i++) {
            names.put(encoded.get(i));
            rows.putInt(names.position()).putInt(samples.get(i).target());
        }
        return new SampleList(root, samples.size(), rows, names);
    }

    /** The folder that the sample's id starts from, or null if it is no plain file. */
    private static @Nullable Path rootOf(Sample sample) {
        if (!(sample.source() instanceof SampleSource.FileSource file)) {
            return null;
        }
        Path root = file.path();
        for (int i = Path.of(sample.id()).getNameCount(); i > 0 && root != null; i--) {
            root = root.getParent();
        }
        return root;
    }

    private static boolean isPlain(Sample sample, Path root) {
        return sample.targets().size() == 1
                && sample.attributes().isEmpty()
                && isEncodable(sample.id())
                && sample.source() instanceof SampleSource.FileSource file
                && file.path().equals(root.resolve(sample.id()));
    }

    /** A name of broken characters would come back as another one. */
    private static boolean isEncodable(String id) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(id);
    }

    @Override
    public Sample get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("Sample " + index + " of " + size);
        }
        int begin = index == 0 ? 0 : rows.getInt((index - 1) * ROW);
        byte[] name = new byte[rows.getInt(index * ROW) - begin];
        names.get(begin, name);
        String id = new String(name, StandardCharsets.UTF_8);
        return Sample.of(id, new SampleSource.FileSource(root.resolve(id)), rows.getInt(index * ROW + Integer.BYTES));
    }

    @Override
    public int size() {
        return size;
    }
}
