package io.sichter.bench;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The child's end of a side-by-side measurement: a process that keeps its network and data in memory and runs steps when
 * asked, so that rounds of several engines interleave although their native libraries cannot share one process.
 *
 * <p>The protocol: the child prints {@code {"ready": "<what it is>"}}; for each line {@code run N} it answers
 * {@code {"images": i, "seconds": s, "loss": l}}; it ends with its input.
 */
public final class StepServer {
    /** One unit of work. */
    @FunctionalInterface
    public interface Step {
        /** Runs one step on data in memory and gives its loss, so that nobody can skip the work unseen. */
        double run();
    }

    private StepServer() {}

    /**
     * Serves until the input ends. Standard output belongs to the protocol from here on; what else prints goes to
     * standard error.
     *
     * @param name what this side is: engine, version, precision
     * @param imagesPerStep pictures in one step
     * @param step the work
     */
    public static void serve(String name, int imagesPerStep, Step step) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        out.println("{\"ready\": \"" + name.replace('"', '\'') + "\"}");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            int steps = Integer.parseInt(line.replaceFirst("^run ", ""));
            long start = System.nanoTime();
            double loss = Double.NaN;
            for (int i = 0; i < steps; i++) {
                loss = step.run();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            out.printf(
                    Locale.ROOT,
                    "{\"images\": %d, \"seconds\": %.6f, \"loss\": %s}%n",
                    (long) steps * imagesPerStep,
                    seconds,
                    Double.isFinite(loss) ? Double.toString(loss) : "null");
        }
    }
}
