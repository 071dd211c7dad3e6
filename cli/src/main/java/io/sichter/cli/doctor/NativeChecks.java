package io.sichter.cli.doctor;

import io.sichter.tensor.Device;
import io.sichter.tensor.Scope;
import io.sichter.tensor.Threads;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;

/** The native libraries: whether they load, and whether the settings that make them fast are in force. */
final class NativeChecks {
    private static final int PROBE_FLOATS = 16 << 20;
    private static final int PAGE = 4096;

    /** Whether the libraries load. */
    static final List<Supplier<Finding>> LOADING = List.of(
            () -> loads(
                    "libtorch",
                    () -> Finding.ok(
                            "libtorch",
                            version("pytorch"),
                            Loader.getPlatform(),
                            torch.get_cpu_capability().getString())),
            () -> loads("opencv", () -> {
                opencv_core.setNumThreads(1); // loads it
                return Finding.ok("opencv", version("opencv"));
            }));

    /** What is set only before the JVM starts is looked for where it works, not in the environment alone. */
    static final List<Supplier<Finding>> SETTINGS = List.of(
            NativeChecks::threads,
            NativeChecks::openBlas,
            NativeChecks::allocator,
            NativeChecks::javacpp,
            NativeChecks::nativeAccess,
            NativeChecks::gpu);

    private NativeChecks() {}

    private static Finding loads(String library, Supplier<Finding> use) {
        try {
            return use.get();
        } catch (LinkageError | RuntimeException e) {
            Throwable first = e;
            while (first.getCause() != null) {
                first = first.getCause();
            }
            return Finding.problem(library, "missing", first.toString(), Loader.getPlatform());
        }
    }

    private static Finding threads() {
        int processors = Runtime.getRuntime().availableProcessors();
        String variable = Optional.ofNullable(System.getenv("OMP_NUM_THREADS")).orElse("");
        Object[] facts = {Threads.get(), processors, variable};
        if (variable.isEmpty()) {
            return Finding.warning("threads", "unset", facts);
        }
        return Threads.get() > processors ? Finding.warning("threads", "many", facts) : Finding.ok("threads", facts);
    }

    private static Finding openBlas() {
        String variable =
                Optional.ofNullable(System.getenv("OPENBLAS_NUM_THREADS")).orElse("");
        return variable.equals("1") ? Finding.ok("openblas") : Finding.warning("openblas", "spins", variable);
    }

    /** Takes a big block twice: if the second costs page faults, freed memory goes back to the system each time. */
    private static Finding allocator() {
        if (!Files.isReadable(Path.of("/proc/self/stat"))) {
            return Finding.well("allocator", "unknown");
        }
        // The second is smaller: glibc before 2.38 finds no room for an aligned block in a hole of its own size.
        int floats = PROBE_FLOATS * 3 / 4;
        fill(PROBE_FLOATS);
        long before = pageFaults();
        fill(floats);
        long faults = pageFaults() - before;
        long pages = 4L * floats / PAGE;
        return faults < pages / 4 ? Finding.ok("allocator") : Finding.warning("allocator", "returns", faults);
    }

    private static void fill(int floats) {
        try (Scope scope = Scope.open();
                Scalar one = new Scalar(1)) {
            torch.empty(floats).fill_(one);
        }
    }

    /** Minor faults of this process: the tenth field of its status, of which the second may hold spaces. */
    private static long pageFaults() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"), StandardCharsets.ISO_8859_1);
            return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[7]);
        } catch (IOException e) {
            return 0;
        }
    }

    private static Finding javacpp() {
        long limit = Pointer.maxPhysicalBytes();
        return limit == 0 ? Finding.ok("javacpp") : Finding.warning("javacpp", "limit", limit >> 20);
    }

    private static Finding nativeAccess() {
        if (Runtime.version().feature() < 22) {
            return Finding.well("native_access", "old", Runtime.version().feature());
        }
        try {
            Method enabled = Module.class.getMethod("isNativeAccessEnabled"); // of Java 22
            return Boolean.TRUE.equals(enabled.invoke(Loader.class.getModule()))
                    ? Finding.ok("native_access")
                    : Finding.warning("native_access", "denied");
        } catch (ReflectiveOperationException e) {
            return Finding.warning("native_access", "denied");
        }
    }

    private static Finding gpu() {
        if (Device.CUDA.isAvailable() || Device.MPS.isAvailable()) {
            return Finding.ok("gpu", Device.CUDA.isAvailable() ? "cuda" : "mps");
        }
        if (Loader.getPlatform().startsWith("macosx")) {
            return Finding.well("gpu", "no_mps");
        }
        boolean driver = Files.exists(Path.of("/dev/nvidia0")) || Files.exists(Path.of("/dev/dxg"));
        if (!torch.hasCUDA()) {
            return driver ? Finding.warning("gpu", "unused") : Finding.well("gpu", "none");
        }
        return Finding.warning("gpu", driver ? "unusable" : "no_driver");
    }

    private static String version(String artifact) {
        try {
            return Loader.getVersion("org.bytedeco", artifact);
        } catch (IOException e) {
            return "?";
        }
    }
}
