package io.sichter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The bar of files that are fetched and hashed: only where there is something to wait for. */
class ByteProgressTest {
    private final AtomicLong clock = new AtomicLong();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    private ByteProgress progress(boolean interactive) {
        PrintStream stream = new PrintStream(shown, true, StandardCharsets.UTF_8);
        return new ByteProgress(
                new Terminal(stream, stream, interactive, false, StandardCharsets.UTF_8, 100), clock::get);
    }

    private void run(ByteProgress progress, long total, double seconds) {
        for (int i = 0; i <= 10; i++) {
            progress.update("hash", "net.pth", total * i / 10, total);
            clock.addAndGet((long) (seconds * 1e8));
        }
    }

    private String text() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aMomentShowsNothing() {
        run(progress(true), 40_000_000, 0.5);
        assertThat(text()).isEmpty();
    }

    @Test
    void aLongerWaitShowsHowFarItIs() {
        run(progress(true), 400_000_000, 4);
        assertThat(text()).contains("Checking net.pth:  50%|█████     | 200.0/400.0 MB [00:02<00:02, 100.0MB/s]");
        assertThat(text()).contains("100%").endsWith(System.lineSeparator());
    }

    @Test
    void inALogOnlyTheEndIsALine() {
        run(progress(false), 400_000_000, 4);
        assertThat(text().lines()).singleElement().asString().contains("100%", "400.0/400.0 MB");
    }

    @Test
    void aSizeThatNobodyKnowsIsCountedWithoutABar() {
        assertThat(ProgressLine.bytes("net.pth", 3_000_000, 0, 2, 80, true))
                .isEqualTo("net.pth: 3.0 MB [00:02, 1.5MB/s]");
        assertThat(ProgressLine.bytes("a-very-long-name-of-a-file.safetensors", 1_000_000, 2_000_000, 1, 60, true))
                .hasSizeLessThanOrEqualTo(60)
                .contains("50%");
    }
}
