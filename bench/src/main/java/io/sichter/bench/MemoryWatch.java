package io.sichter.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Watches a training run from outside: resident memory from {@code /proc}, heap after a full collection from {@code jcmd},
 * epochs from the lines of the run's {@code metrics.csv}. Linux only.
 */
final class MemoryWatch {
    private static final long SAMPLE_MILLIS = 100;

    /** Otherwise the serial collector leaves up to a twentieth of dead objects where they are, three times out of four. */
    private static final String COMPACT_ALWAYS = "-XX:MarkSweepAlwaysCompactCount=1";

    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern LIVE_BYTES = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    /**
     * One epoch's memory, in MiB.
     *
     * @param epoch counted from 1
     * @param resident median resident memory while it trained and validated
     * @param peak largest resident memory seen
     * @param heap heap in use after a full collection at its end
     */
    record Epoch(int epoch, double resident, double peak, double heap) {}

    private final Path runs;
    private final List<Double> samples = new ArrayList<>();
    private final List<Epoch> epochs = new ArrayList<>();

    private MemoryWatch(Path runs) {
        this.runs = runs;
    }

    /**
     * Runs a training command to its end.
     *
     * @param command the launcher's command line, whose run directories go below {@code runs}
     * @param runs a folder without run directories
     */
    static List<Epoch> over(List<String> command, Path runs) throws IOException, InterruptedException {
        MemoryWatch watch = new MemoryWatch(runs);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().merge("SICHTER_JAVA_OPTS", COMPACT_ALWAYS, (given, ours) -> given + " " + ours);
        Process process = builder.start();
        try {
            while (process.isAlive()) {
                watch.sample(process.toHandle());
                Thread.sleep(SAMPLE_MILLIS);
            }
        } finally {
            process.destroy();
        }
        if (process.waitFor() != 0) {
            throw new IOException("Exit code " + process.exitValue() + " of " + String.join(" ", command));
        }
        while (epochsDone(runs) > watch.epochs.size()) {
            // The last line appeared after the last look at a process that is gone now: no heap to ask for.
            watch.endEpoch(Double.NaN);
        }
        return watch.epochs;
    }

    private void sample(ProcessHandle launcher) throws IOException, InterruptedException {
        ProcessHandle jvm = jvm(launcher);
        double resident = resident(jvm.pid());
        if (Double.isNaN(resident)) {
            return;
        }
        samples.add(resident);
        if (epochsDone(runs) > epochs.size()) {
            endEpoch(heapAfterCollection(jvm.pid()));
        }
    }

    private void endEpoch(double heap) {
        Comparison.Spread spread = Comparison.Spread.of(samples.isEmpty() ? List.of(Double.NaN) : samples);
        epochs.add(new Epoch(epochs.size() + 1, spread.median(), spread.max(), heap));
        samples.clear();
    }

    /** The launcher becomes the JVM, or starts it. */
    private static ProcessHandle jvm(ProcessHandle launcher) {
        return Stream.concat(Stream.of(launcher), launcher.descendants())
                .filter(handle -> handle.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElse(launcher);
    }

    private static double resident(long pid) {
        try {
            Matcher matcher = RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
            return matcher.find() ? Double.parseDouble(matcher.group(1)) / 1024 : Double.NaN;
        } catch (IOException e) {
            return Double.NaN; // it has just ended
        }
    }

    /** Lines of {@code metrics.csv} below its header. */
    private static int epochsDone(Path runs) throws IOException {
        try (Stream<Path> directories = Files.list(runs)) {
            for (Path run : directories.toList()) {
                Path metrics = run.resolve("metrics.csv");
                if (Files.exists(metrics)) {
                    return Math.max(0, Files.readAllLines(metrics).size() - 1);
                }
            }
        }
        return 0;
    }

    /** One question that collects and counts: between two, on a busy machine, the process may be gone. */
    private static double heapAfterCollection(long pid) throws IOException, InterruptedException {
        String answer = jcmd(pid, "GC.class_histogram");
        Matcher matcher = LIVE_BYTES.matcher(answer);
        if (matcher.find()) {
            return Double.parseDouble(matcher.group(1)) / (1 << 20);
        }
        if (ProcessHandle.of(pid).isEmpty()) {
            return Double.NaN; // it has just ended
        }
        throw new IOException("jcmd " + pid + " GC.class_histogram gave no total: " + answer.strip());
    }

    private static String jcmd(long pid, String question) throws IOException, InterruptedException {
        String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(tool, Long.toString(pid), question)
                .redirectErrorStream(true)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return answer;
    }
}
