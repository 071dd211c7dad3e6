package io.sichter.cli;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps what C libraries write to the second standard stream themselves out of a person's sight where it is known to be
 * noise; everything else they write is shown as a message, which leaves a bar in one piece. libjpeg is the reason: it
 * reports each flaw of a picture there, without the name of the picture, and OpenCV has no setting for it.
 *
 * <p>The stream of the process (descriptor 2) becomes a pipe that a thread reads; Sichter's own words go to a copy of what
 * the descriptor was before, and so never through the filter. Java has no call for that before version 22: JNA brings it.
 * Where it does not load, and on Windows, nothing is changed.
 */
final class NativeNoise implements AutoCloseable {
    private static final int STDERR = 2;
    private static final long PATIENCE_MILLIS = 1000;

    /** libjpeg's warnings (jerror.h), libpng's, and libtiff's as OpenCV passes them on. */
    private static final Pattern NOISE = Pattern.compile("Corrupt JPEG data: .*|Premature end of JPEG file"
            + "|Inconsistent progression sequence for component .*|Warning: unknown JFIF revision number .*"
            + "|Unknown Adobe color transform code .*|Application transferred too many scanlines"
            + "|Invalid SOS parameters for sequential JPEG|libpng warning: .*|TIFF\\w*: Warning, .*");

    /** The calls of the C library that this takes; their names are its own. */
    interface LibC extends Library {
        int dup(int descriptor);

        int dup2(int from, int to);

        int pipe(int[] ends);

        int close(int descriptor);

        long read(int descriptor, Pointer buffer, long count);

        long write(int descriptor, Pointer buffer, long count);
    }

    private final LibC libc;
    private final int original;
    private final Thread reader;

    private NativeNoise(LibC libc, int original, Thread reader) {
        this.libc = libc;
        this.original = original;
        this.reader = reader;
    }

    /** Whether a line that a library wrote says nothing to a person. */
    static boolean isNoise(String line) {
        return NOISE.matcher(line).matches();
    }

    /**
     * Begins to filter.
     *
     * @param terminal from now on writes to the stream as it was, and shows what is no noise
     * @return nothing where it is not possible here; all is then as it was
     */
    static Optional<NativeNoise> filter(Terminal terminal, Charset charset) {
        if (Platform.isWindows()) {
            return Optional.empty();
        }
        try {
            LibC libc = Native.load("c", LibC.class);
            int[] ends = new int[2];
            int original = libc.dup(STDERR);
            if (original < 0 || libc.pipe(ends) < 0) {
                return Optional.empty();
            }
            Thread reader = new Thread(() -> read(new Descriptor(libc, ends[0]), terminal, charset), "stderr");
            reader.setDaemon(true);
            reader.start();
            terminal.errorsTo(new PrintStream(new DescriptorOut(libc, original), true, charset));
            libc.dup2(ends[1], STDERR);
            libc.close(ends[1]);
            return Optional.of(new NativeNoise(libc, original, reader));
        } catch (LinkageError e) { // no JNA for this platform, or no folder to unpack it into
            return Optional.empty();
        }
    }

    /** Gives the stream back, after what is still in the pipe was shown. */
    @Override
    public void close() {
        libc.dup2(original, STDERR); // closes the pipe's last end for writing
        try {
            reader.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void read(InputStream pipe, Terminal terminal, Charset charset) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(pipe, charset))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!isNoise(line)) {
                    terminal.message(line);
                }
            }
        } catch (IOException e) {
            terminal.message(String.valueOf(e.getMessage())); // nobody reads the pipe from here on
        }
    }

    /** What arrives at a descriptor. */
    private static final class Descriptor extends InputStream {
        private final LibC libc;
        private final int descriptor;
        private final Memory buffer = new Memory(4096);

        Descriptor(LibC libc, int descriptor) {
            this.libc = libc;
            this.descriptor = descriptor;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            long count = libc.read(descriptor, buffer, Math.min(length, buffer.size()));
            if (count <= 0) {
                return -1;
            }
            buffer.read(0, bytes, offset, (int) count);
            return (int) count;
        }

        @Override
        public void close() {
            libc.close(descriptor);
        }
    }

    /** What leaves through a descriptor. */
    private static final class DescriptorOut extends OutputStream {
        private final LibC libc;
        private final int descriptor;

        DescriptorOut(LibC libc, int descriptor) {
            this.libc = libc;
            this.descriptor = descriptor;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return;
            }
            try (Memory buffer = new Memory(length)) {
                buffer.write(0, bytes, offset, length);
                for (long done = 0; done < length; ) {
                    long count = libc.write(descriptor, buffer.share(done), length - done);
                    if (count <= 0) {
                        throw new IOException("descriptor " + descriptor + " cannot be written");
                    }
                    done += count;
                }
            }
        }
    }
}
