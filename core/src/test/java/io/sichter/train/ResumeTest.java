package io.sichter.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.error.RunInterruptedException;
import io.sichter.event.TrainEvent;
import io.sichter.model.Classifier;
import io.sichter.model.ModelOptions;
import io.sichter.model.Models;
import io.sichter.run.CheckpointStore;
import io.sichter.run.RunDirectory;
import io.sichter.storage.Digests;
import io.sichter.storage.Safetensors;
import io.sichter.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is switched on, a run that was stopped anywhere ends with the bits of one that never was. */
class ResumeTest {
    private static final int[] STOPS = {2, 3, 1};

    @TempDir
    static Path folder;

    private static Path pictures;
    private static int number;

    @BeforeAll
    static void drawPictures() throws IOException {
        pictures = TinyPictures.drawSplit(folder.resolve("pictures"), 6, 2);
        try (Classifier model = Models.create("light_cnn", new ModelOptions(3, 3, 16))) {
            Path file = folder.resolve("published.safetensors");
            Scope.run(
                    () -> Safetensors.write(file, Weights.sources(model.state().tensors()), Map.of()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "optimizer.name=muon schedule.momentums=[0.95,0.85,0.95]",
                "optimizer.name=lamb train.accumulate=2 train.clip=norm",
                "optimizer.name=lion optimizer.lr=1e-4 train.clip=value train.clip_at=0.01",
                "optimizer.name=rmsprop_tf schedule.name=cosine_restarts schedule.restart_epochs=1",
                "optimizer.name=radam optimizer.betas=[0.8,0.9] schedule.warmup_epochs=1.5 schedule.name=cosine",
                "optimizer.name=rmsprop schedule.name=plateau schedule.patience=0 schedule.min_delta=1",
                "train.ema=0.9 train.clip=adaptive",
                "train.average_last=2 mix.mixup=0.4",
                "mix.mixup=0.4 mix.cutmix=1 loss.label_smoothing=0.1 mix.per_sample=false",
                "loss.name=focal early_stop.patience=1 early_stop.min_delta=9",
                "model.name=resnet18 train.progressive=[32:1,40:2:batch=4:schedule=constant] model.image_size=40"
                        + " train.ema=0.5 train.non_finite=skip",
                "train.average_last=1 loss.name=gce schedule.name=step schedule.step_epochs=1",
                "model.name=light_cnn transfer.fine_tune=true transfer.head_epochs=2 train.epochs=1 model.weights=PUBLISHED"
                        + " transforms.normalize=half optimizer.weight_decay=0.1 train.ema=0.5",
                "model.name=light_cnn transfer.fine_tune=true train.epochs=2 model.weights=PUBLISHED optimizer.name=rmsprop_tf"
                        + " transforms.normalize=half optimizer.layer_decay=0.7 transfer.norms=frozen train.accumulate=2",
                "model.name=light_cnn transfer.freeze=backbone transfer.unfreeze=[1:1,2:0] transfer.norms=statistics"
                        + " optimizer.name=muon optimizer.lr_spread=10 train.ema=0.8",
                "optimizer.name=sgd optimizer.nesterov=true train.non_finite=rollback train.accumulate=3 mix.cutmix=1"
                        + " train.ema=0.8 train.clip=norm schedule.warmup_epochs=0.5 loss.name=bce checkpoint.every_steps=2"
            })
    void aStoppedRunEndsWithTheSameBits(String settings) throws IOException {
        String whole = "whole" + number;
        String parts = "parts" + number++;
        Training.start(config(whole, settings), new StopSignal(), List.of());
        Path run = folder.resolve("runs").resolve(parts);
        int interruptions = 0;
        for (int attempt = 0; ; attempt++) {
            StopSignal stop = new StopSignal();
            int last = attempt < STOPS.length ? STOPS[attempt] : Integer.MAX_VALUE;
            try {
                if (attempt == 0) {
                    Training.start(config(parts, settings), stop, List.of(after(last, stop)));
                } else {
                    Training.resume(run, ResumeOptions.none(), stop, List.of(after(last, stop)));
                }
                break;
            } catch (RunInterruptedException e) {
                interruptions++;
            }
        }
        assertThat(interruptions).isGreaterThan(1);
        assertThat(result(run)).isEqualTo(result(folder.resolve("runs").resolve(whole)));
    }

    private static io.sichter.event.TrainListener after(int steps, StopSignal stop) {
        int[] seen = {0};
        return event -> {
            if (event instanceof TrainEvent.StepDone && ++seen[0] == steps) {
                stop.request(130);
            }
        };
    }

    private static List<String> result(Path run) throws IOException {
        Path last = new CheckpointStore(new RunDirectory(run)).newest().path();
        List<String> found = new ArrayList<>(List.of(
                Files.readString(run.resolve("metrics.csv")), Digests.sha256(run.resolve("bundle/model.safetensors"))));
        for (String file : List.of("model", "optimizer", "averaged")) {
            Path tensors = last.resolve(file + ".safetensors");
            found.add(file + " " + (Files.exists(tensors) ? Digests.sha256(tensors) : "none"));
        }
        return found;
    }

    static RunConfig config(String name, String settings) {
        List<ConfigLayer> layers = new ArrayList<>(List.of(
                ConfigLayer.assignment("data.path=" + pictures),
                ConfigLayer.assignment("runs_dir=" + folder.resolve("runs")),
                ConfigLayer.assignment("run_name=" + name),
                ConfigLayer.assignment("runtime.threads=1"),
                ConfigLayer.assignment("loader.batch_size=6"),
                ConfigLayer.assignment("loader.workers=0"),
                ConfigLayer.assignment("runtime.precision=fp32")));
        for (String other : List.of("train.epochs=3", "model.name=simple_cnn", "model.image_size=16")) {
            if (!settings.contains(other.substring(0, other.indexOf('=') + 1))) {
                layers.add(ConfigLayer.assignment(other));
            }
        }
        for (String setting : settings.split(" ", -1)) {
            layers.add(ConfigLayer.assignment(setting.replace(
                    "PUBLISHED", folder.resolve("published.safetensors").toString())));
        }
        return ConfigReader.resolve(RunConfig.defaults(), layers);
    }
}
