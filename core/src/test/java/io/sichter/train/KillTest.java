package io.sichter.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sichter.run.CheckpointStore;
import io.sichter.run.RunDirectory;
import io.sichter.storage.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills training processes without warning, again and again, and asks for the bits of a run that was left alone. */
class KillTest {
    private static final int KILLS = 20;

    @TempDir
    Path folder;

    @Test
    void aRunThatIsKilledTwentyTimesEndsWithTheSameBits() throws Exception {
        Path pictures = TinyPictures.drawSplit(folder.resolve("pictures"), 30, 4);
        assertThat(run("whole", pictures, 600).waitFor()).isZero();

        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int kills = 0;
        int killedWhileTraining = 0;
        for (int attempt = 0; kills < KILLS; attempt++) {
            assertThat(attempt).as("processes started, seed %d", seed).isLessThan(3 * KILLS);
            Path started = folder.resolve("started-" + attempt);
            Process process = run("killed", pictures, attempt);
            // One in four dies while it starts, the others some steps or checkpoints later.
            if (random.nextInt(4) > 0) {
                awaitFile(started, process);
            }
            boolean ended = process.waitFor(random.nextInt(600), TimeUnit.MILLISECONDS);
            if (ended) {
                assertThat(process.exitValue())
                        .as("a process that was not killed, seed %d", seed)
                        .isZero();
                deleteRun("killed"); // it finished before it could be killed: another run takes the other kills
                continue;
            }
            killedWhileTraining += Files.exists(started) ? 1 : 0;
            process.destroyForcibly().waitFor();
            kills++;
        }
        assertThat(run("killed", pictures, 500).waitFor())
                .as("the last resume, seed %d", seed)
                .isZero();
        assertThat(killedWhileTraining).isGreaterThan(KILLS / 2);
        assertThat(result("killed")).as("seed %d", seed).isEqualTo(result("whole"));
        assertNothingLeftBehind();
    }

    private List<String> result(String name) throws IOException {
        Path run = folder.resolve("runs").resolve(name);
        Path last = new CheckpointStore(new RunDirectory(run)).newest().path();
        return List.of(
                Files.readString(run.resolve("metrics.csv")),
                Digests.sha256(last.resolve("model.safetensors")),
                Digests.sha256(last.resolve("optimizer.safetensors")),
                Digests.sha256(last.resolve("averaged.safetensors")),
                Digests.sha256(run.resolve("bundle/model.safetensors")),
                Files.readString(run.resolve("STATUS")));
    }

    private void assertNothingLeftBehind() throws IOException {
        try (var walk = Files.walk(folder.resolve("runs/killed"))) {
            assertThat(walk.filter(p -> p.getFileName().toString().startsWith(".tmp-")))
                    .isEmpty();
        }
    }

    private void deleteRun(String name) {
        io.sichter.storage.DurableFiles.deleteTree(folder.resolve("runs").resolve(name));
    }

    private Process run(String name, Path pictures, int attempt) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                ChildRun.class.getName(),
                folder.resolve("runs").resolve(name).toString(),
                folder.resolve("started-" + attempt).toString(),
                "data.path=" + pictures,
                "runs_dir=" + folder.resolve("runs"),
                "run_name=" + name,
                "model.name=simple_cnn",
                "model.image_size=16",
                "train.epochs=8",
                "loader.batch_size=6",
                "checkpoint.every_steps=4",
                "optimizer.name=lamb",
                "schedule.momentums=[0.95,0.85,0.95]",
                "schedule.warmup_epochs=0.5",
                "loss.label_smoothing=0.1",
                "mix.mixup=0.4",
                "mix.cutmix=1",
                "train.accumulate=2",
                "train.clip=norm",
                "train.ema=0.9",
                "train.non_finite=rollback",
                "early_stop.patience=7",
                "runtime.threads=1",
                "runtime.precision=fp32"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + "-" + attempt + ".log").toFile())
                .start();
    }

    private static void awaitFile(Path file, Process process) throws InterruptedException {
        while (!Files.exists(file) && process.isAlive()) {
            Thread.sleep(5);
        }
    }
}
