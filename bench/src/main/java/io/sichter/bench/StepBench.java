package io.sichter.bench;

import io.sichter.bench.Comparison.Better;
import io.sichter.tensor.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Pictures per second of a training step on data in memory, one precision beside another, or with {@code --fold}
 * inference with batch norms worked into the convolutions beside inference without; with {@code --serve} the child
 * that the comparisons with other engines ask for steps.
 */
@Command(name = "StepBench", mixinStandardHelpOptions = true, description = "Training step, bf16 beside fp32.")
public final class StepBench implements Callable<Integer> {
    @Mixin
    private BenchOptions options = new BenchOptions();

    @Mixin
    private StepOptions step = new StepOptions();

    @Option(names = "--beside", description = "the other precision (default: ${DEFAULT-VALUE})")
    private String beside = "fp32";

    @Option(names = "--steps", description = "steps in a round (default: ${DEFAULT-VALUE})")
    private int steps = 5;

    @Option(names = "--serve", description = "answer the protocol of StepServer with --precision")
    private boolean serve;

    @Override
    public Integer call() throws Exception {
        if (serve) {
            try (InMemoryStep own = new InMemoryStep(step, step.precision())) {
                StepServer.serve(
                        "sichter " + step.model() + " " + own.precision() + ", " + Threads.get() + " threads",
                        step.batchSize(),
                        own::run);
            }
            return 0;
        }
        List<InMemoryStep> sides = new ArrayList<>();
        try {
            Interleaved interleaved = Interleaved.of(step.title(), "img/s", Better.HIGHER);
            if (step.fold()) {
                add(interleaved, sides, "folded", new InMemoryStep(step, step.precision(), true));
                add(interleaved, sides, "not folded", new InMemoryStep(step, step.precision(), false));
            } else {
                for (String precision : List.of(step.precision(), beside)) {
                    add(interleaved, sides, precision, new InMemoryStep(step, precision));
                }
            }
            options.run(interleaved);
        } finally {
            sides.forEach(InMemoryStep::close);
        }
        return 0;
    }

    private void add(Interleaved interleaved, List<InMemoryStep> sides, String name, InMemoryStep side) {
        sides.add(side);
        interleaved.side("sichter " + name, () -> imagesPerSecond(side));
    }

    private double imagesPerSecond(InMemoryStep side) {
        long start = System.nanoTime();
        for (int i = 0; i < steps; i++) {
            side.run();
        }
        return steps * step.batchSize() / ((System.nanoTime() - start) / 1e9);
    }

    /** Starts the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new StepBench()).execute(args));
    }
}
