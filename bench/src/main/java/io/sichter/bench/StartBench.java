package io.sichter.bench;

import io.sichter.bench.Comparison.Better;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Wall time from the shell to the answer, beside a bare JVM that only prints its version. */
@Command(
        name = "StartBench",
        mixinStandardHelpOptions = true,
        description = "Start-up of --help and summary beside a bare JVM.")
public final class StartBench implements Callable<Integer> {
    private static final double HELP_SECONDS = 0.7;
    private static final double SUMMARY_SECONDS = 3.0;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Override
    public Integer call() throws Exception {
        List<String> bare =
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version");
        compare(List.of("--help"), HELP_SECONDS, bare);
        compare(List.of("summary", "resnet18"), SUMMARY_SECONDS, bare);
        return 0;
    }

    private void compare(List<String> arguments, double limit, List<String> bare) throws Exception {
        String name = "sichter " + String.join(" ", arguments);
        options.run(Interleaved.of("start: " + name, "s", Better.LOWER)
                .side(name, () -> seconds(Launcher.command(arguments)))
                .limit(name, limit)
                .side("bare JVM", () -> seconds(bare)));
    }

    private static double seconds(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        int code = process.waitFor();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (code != 0) {
            throw new IOException("Exit code " + code + " of " + String.join(" ", command));
        }
        return seconds;
    }

    /** Starts the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new StartBench()).execute(args));
    }
}
