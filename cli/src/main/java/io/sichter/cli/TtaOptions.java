package io.sichter.cli;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.evaluate.TestTimeAugmentation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How often a network looks at each picture. */
final class TtaOptions {
    @Option(names = "--tta", paramLabel = "N|five|ten")
    private @Nullable String views;

    @Option(names = "--tta-beta", paramLabel = "X")
    private @Nullable Double beta;

    @Option(names = "--tta-max")
    private boolean maximum;

    /**
     * What was asked for.
     *
     * @throws UsageException if it is out of range, or something was said about views that there are none of
     */
    TestTimeAugmentation get() {
        if (views != null) {
            return TestTimeAugmentation.parse(views, Optional.ofNullable(beta), maximum);
        }
        if (beta != null || maximum) {
            throw new UsageException(Problem.of("cli.tta.without", beta != null ? "--tta-beta" : "--tta-max"));
        }
        return TestTimeAugmentation.none();
    }
}
