package io.sichter.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.Configs;
import io.sichter.config.RunConfig;
import io.sichter.error.RunInterruptedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LrFinderTest {
    private static final LrFinder.Range RANGE = new LrFinder.Range(1e-5, 100, 40);

    @TempDir
    Path folder;

    private RunConfig config() throws Exception {
        return Configs.of(
                "data.path=" + TinyPictures.drawSplit(folder.resolve("pictures"), 8, 2),
                "runs_dir=" + folder.resolve("runs"),
                "model.name=simple_cnn",
                "model.image_size=16",
                "loader.batch_size=6",
                "runtime.threads=1",
                "runtime.precision=fp32",
                "train.accumulate=2",
                "optimizer.name=sgd");
    }

    @Test
    void aRisingRateMakesTheLossExplodeTheSameWayEveryTimeAndLeavesNothingBehind() throws Exception {
        RunConfig config = config();
        List<Integer> done = new ArrayList<>();
        LrFinder.Found found =
                new LrFinder(config, RANGE).run(new StopSignal(), event -> {}, (now, all) -> done.add(now));
        assertThat(found.exploded()).isTrue();
        assertThat(found.points()).hasSizeGreaterThan(10).hasSizeLessThan(40);
        assertThat(found.points().get(0).lr()).isEqualTo(1e-5);
        assertThat(found.points()).allMatch(p -> Double.isFinite(p.smoothed()));
        assertThat(found.suggestion().valley().orElseThrow()).isBetween(1e-5, 10.0);
        assertThat(done).last().isEqualTo(40);
        assertThat(folder.resolve("runs")).doesNotExist();
        LrFinder.Found again = new LrFinder(config, RANGE).run(new StopSignal(), event -> {}, (now, all) -> {});
        assertThat(again).isEqualTo(found);
    }

    @Test
    void itCanBeStopped() throws Exception {
        StopSignal stop = new StopSignal();
        assertThatThrownBy(() -> new LrFinder(config(), RANGE).run(stop, event -> {}, (now, all) -> stop.request(130)))
                .isInstanceOf(RunInterruptedException.class);
        assertThat(folder.resolve("runs")).doesNotExist();
    }
}
