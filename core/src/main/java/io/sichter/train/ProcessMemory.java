package io.sichter.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;

/** Memory of this process as the operating system counts it. */
final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessMemory() {}

    /**
     * Gives free native memory back to the system, where the allocator can (glibc). It is told to keep what is freed,
     * because steps want it again at once; but what it keeps falls apart a little more with every validation and
     * checkpoint, and would grow from epoch to epoch.
     */
    static void trim() {
        Pointer.trimMemory();
    }

    /** Largest resident memory so far, MiB; where the system keeps no such mark, the resident memory now. */
    static double peakRssMb() {
        if (Files.isReadable(STATUS)) {
            try {
                for (String line : Files.readAllLines(STATUS, StandardCharsets.UTF_8)) {
                    if (line.startsWith("VmHWM:")) {
                        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                    }
                }
            } catch (IOException e) {
                return Double.NaN; // a figure for the record only
            }
        }
        return Pointer.physicalBytes() / (double) (1 << 20);
    }
}
