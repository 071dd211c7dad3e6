package io.sichter.bench;

import io.sichter.bench.Comparison.Better;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Training step on data in memory beside PyTorch's own, with the same environment and threads. */
@Command(name = "PyTorchBench", mixinStandardHelpOptions = true, description = "Training step beside PyTorch's.")
public final class PyTorchBench implements Callable<Integer> {
    @Mixin
    private BenchOptions options = new BenchOptions();

    @Mixin
    private StepOptions step = new StepOptions();

    @Option(
            names = "--mode",
            split = ",",
            description = "PyTorch's ways: default, channels_last, bf16 (default: ${DEFAULT-VALUE})")
    private List<String> modes = List.of("bf16");

    @Option(names = "--steps", description = "steps in a round (default: ${DEFAULT-VALUE})")
    private int steps = 4;

    @Override
    public Integer call() throws Exception {
        List<PeerProcess> processes = new ArrayList<>();
        try {
            PeerProcess ours = PeerProcess.serving("sichter", step.ours());
            processes.add(ours);
            Interleaved interleaved = Interleaved.of(step.title(), "s/step", Better.LOWER)
                    .side("sichter " + step.precision(), () -> ours.secondsPerStep(steps));
            for (String mode : modes) {
                List<String> arguments = new ArrayList<>(step.arguments());
                arguments.addAll(List.of("--mode", mode));
                PeerProcess peer = PeerProcess.serving(
                        "pytorch", PeerProcess.python(BenchOptions.ownPeers().resolve("pytorch_step.py"), arguments));
                processes.add(peer);
                interleaved
                        .side("pytorch " + mode, () -> peer.secondsPerStep(steps))
                        .target("pytorch " + mode, 1.0);
            }
            options.run(interleaved);
        } finally {
            processes.forEach(PeerProcess::close);
        }
        return 0;
    }

    /** Starts the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new PyTorchBench()).execute(args));
    }
}
