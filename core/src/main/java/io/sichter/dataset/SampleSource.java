package io.sichter.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the bytes of a sample come from: a file, an entry of a shard, a frame. */
public interface SampleSource {
    /**
     * All bytes of the encoded picture.
     *
     * @throws IOException if they cannot be read
     */
    byte[] read() throws IOException;

    /**
     * Number of bytes, so that what is too large need not be read; -1 where it is not known beforehand.
     *
     * @throws IOException if it cannot be found out
     */
    default long size() throws IOException {
        return -1;
    }

    /** What to call it in messages: a path, or shard and entry. */
    String location();

    /** A picture in a file of its own. */
    record FileSource(Path path) implements SampleSource {
        @Override
        public byte[] read() throws IOException {
            return Files.readAllBytes(path);
        }

        @Override
        public long size() throws IOException {
            return Files.size(path);
        }

        @Override
        public String location() {
            return path.toString();
        }
    }
}
