package io.sichter.bench;

import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The most that this machine's cores multiply: products of square matrices, what every training step is measured by. */
@Command(name = "GemmPeak", mixinStandardHelpOptions = true, description = "GFLOP/s of products of square matrices.")
public final class GemmPeak implements Callable<Integer> {
    private static final int[] SIZES = {2048, 4096};

    @Option(names = "--rounds", description = "products of each size; the best counts (default: ${DEFAULT-VALUE})")
    private int rounds = 5;

    /**
     * The best of some products of 2048 and 4096 square.
     *
     * @param bf16 whether the numbers are bfloat16, else float32
     * @return GFLOP/s, two operations for each multiply-add
     */
    public static double gflops(boolean bf16, int rounds) {
        double best = 0;
        for (int size : SIZES) {
            best = Math.max(best, gflops(bf16, rounds, size));
        }
        return best;
    }

    private static double gflops(boolean bf16, int rounds, int size) {
        return NoGrad.call(() -> Scope.call(() -> {
            torch.ScalarType type = bf16 ? torch.ScalarType.BFloat16 : torch.ScalarType.Float;
            Tensor a = torch.rand(size, size).to(type);
            Tensor b = torch.rand(size, size).to(type);
            double best = 0;
            for (int round = -1; round < rounds; round++) { // the first prepares the kernel
                long start = System.nanoTime();
                Scope.run(() -> torch.mm(a, b));
                double seconds = (System.nanoTime() - start) / 1e9;
                best = round < 0 ? 0 : Math.max(best, 2.0 * size * size * size / seconds / 1e9);
            }
            return best;
        }));
    }

    @Override
    public Integer call() {
        System.out.printf(
                Locale.ROOT, "fp32 %.0f GFLOP/s, bf16 %.0f GFLOP/s%n", gflops(false, rounds), gflops(true, rounds));
        return 0;
    }

    /** Starts the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new GemmPeak()).execute(args));
    }
}
