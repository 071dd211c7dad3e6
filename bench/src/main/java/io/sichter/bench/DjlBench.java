package io.sichter.bench;

import io.sichter.bench.Comparison.Better;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Training step on data in memory beside DJL, each in a JVM of its own, with the same environment and threads. */
@Command(name = "DjlBench", mixinStandardHelpOptions = true, description = "Training step beside DJL's.")
public final class DjlBench implements Callable<Integer> {
    private static final double TARGET_BF16 = 4.0;
    private static final double TARGET_FP32 = 2.5;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Mixin
    private StepOptions step = new StepOptions();

    @Option(names = "--steps", description = "steps in a round (default: ${DEFAULT-VALUE})")
    private int steps = 4;

    @Option(names = "--alone", description = "measure DJL only, to see whether its side works")
    private boolean alone;

    @Override
    public Integer call() throws Exception {
        try (PeerProcess djl = PeerProcess.serving("djl", djlCommand())) {
            if (alone) {
                options.run(Interleaved.of(step.title(), "img/s", Better.HIGHER)
                        .side("djl", () -> djl.imagesPerSecond(steps)));
                return 0;
            }
            try (PeerProcess ours = PeerProcess.serving("sichter", step.ours())) {
                options.run(Interleaved.of(step.title(), "img/s", Better.HIGHER)
                        .side("sichter " + step.precision(), () -> ours.imagesPerSecond(steps))
                        .side("djl fp32", () -> djl.imagesPerSecond(steps))
                        .target("djl fp32", step.precision().equals("bf16") ? TARGET_BF16 : TARGET_FP32));
            }
        }
        return 0;
    }

    private List<String> djlCommand() {
        String classPath = System.getenv("SICHTER_DJL_CLASSPATH");
        if (classPath == null) {
            throw new IllegalStateException("SICHTER_DJL_CLASSPATH is not set: start this through bench/run");
        }
        Path cache = BenchOptions.root().resolve("bench/target/djl");
        List<String> flags = List.of(
                "-Dai.djl.offline=true",
                "-DDJL_CACHE_DIR=" + cache,
                "-Dai.djl.pytorch.num_threads=" + System.getenv().getOrDefault("OMP_NUM_THREADS", "2"));
        List<String> arguments = new ArrayList<>(step.arguments());
        return PeerProcess.java(classPath, "io.sichter.bench.djl.DjlStep", flags, arguments);
    }

    /** Starts the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new DjlBench()).execute(args));
    }
}
