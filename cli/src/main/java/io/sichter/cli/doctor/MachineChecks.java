package io.sichter.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import io.sichter.storage.DurableFiles;
import io.sichter.tensor.Precision;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Processor, memory and disk. */
final class MachineChecks {
    private static final double GIB = 1 << 30;
    private static final double LITTLE_MEMORY_GIB = 2;
    private static final double LITTLE_DISK_GIB = 2;
    private static final Set<String> TOLD =
            Set.of("avx2", "avx512f", "avx512_bf16", "avx512_vnni", "amx_bf16", "bf16", "asimd");

    private MachineChecks() {}

    static Finding processor() {
        Path cpuinfo = Path.of("/proc/cpuinfo");
        String arch = System.getProperty("os.arch");
        if (!Files.isReadable(cpuinfo)) {
            return Finding.ok("processor", arch, "?", Precision.processorHasBf16() ? "bf16" : "fp32");
        }
        Set<String> features = new TreeSet<>();
        String name = arch;
        try {
            for (String line : Files.readAllLines(cpuinfo, StandardCharsets.UTF_8)) {
                if (line.startsWith("flags") || line.startsWith("Features")) {
                    features.addAll(Arrays.asList(line.split("\\s+", -1)));
                } else if (line.startsWith("model name")) {
                    name = line.substring(line.indexOf(':') + 1).strip();
                }
            }
        } catch (IOException e) {
            return Finding.ok("processor", arch, "?", "?");
        }
        boolean slow = List.of("amd64", "x86_64").contains(arch) && !features.contains("avx2");
        features.retainAll(TOLD);
        Object[] facts = {name, String.join(", ", features), Precision.processorHasBf16() ? "bf16" : "fp32"};
        return slow ? Finding.warning("processor", "old", facts) : Finding.ok("processor", facts);
    }

    /** What this process may use: inside a container the container's memory. */
    static Finding memory() {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)) {
            return Finding.ok("memory", "?", "?");
        }
        double available = available((double) system.getFreeMemorySize()) / GIB;
        Object[] facts = {gib(system.getTotalMemorySize() / GIB), gib(available)};
        return available < LITTLE_MEMORY_GIB ? Finding.warning("memory", "little", facts) : Finding.ok("memory", facts);
    }

    /** Linux keeps files in memory that nothing else needs; they count as available, and not as free. */
    private static double available(double free) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/meminfo"), StandardCharsets.UTF_8)) {
                if (line.startsWith("MemAvailable:")) {
                    return Math.max(free, 1024.0 * Long.parseLong(line.replaceAll("\\D", "")));
                }
            }
        } catch (IOException e) {
            return free; // not Linux
        }
        return free;
    }

    static Finding runsDir(Path runsDir) {
        Path folder = runsDir.toAbsolutePath().normalize();
        Path existing = folder;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            Path probe = Files.createTempFile(existing, DurableFiles.TEMPORARY_PREFIX + "doctor-", "");
            Files.delete(probe);
            double free = Files.getFileStore(existing).getUsableSpace() / GIB;
            Object[] facts = {folder, gib(free)};
            return free < LITTLE_DISK_GIB
                    ? Finding.warning("runs_dir", "little", facts)
                    : Finding.ok("runs_dir", facts);
        } catch (IOException e) {
            return Finding.problem("runs_dir", "unwritable", folder, DurableFiles.reason(e));
        }
    }

    private static String gib(double value) {
        return String.format(Locale.ROOT, "%.1f GiB", value);
    }
}
