package io.sichter.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.error.StorageException;
import io.sichter.error.UsageException;
import io.sichter.storage.RunLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunNamesTest {
    @TempDir
    private Path folder = Path.of("");

    private Path runs() {
        return folder.resolve("runs");
    }

    private RunDirectory make(String name, String status, String monitor, String started, String... epochs)
            throws IOException {
        Path path = Files.createDirectories(runs().resolve(name));
        Files.writeString(path.resolve("run.yaml"), """
                format: 1
                data: {path: /pictures}
                model: {name: resnet18}
                train: {epochs: 3, monitor: %s}
                a_key_of_another_version: 1
                """.formatted(monitor));
        Files.writeString(
                path.resolve("provenance.json"), "{\"started\":\"" + started + "\",\"data_fingerprint\":\"f\"}");
        Files.writeString(path.resolve("STATUS"), status + "\n");
        if (epochs.length > 0) {
            Files.writeString(
                    path.resolve("metrics.csv"), "epoch,val_loss,val_accuracy\n" + String.join("\n", epochs) + "\n");
        }
        return new RunDirectory(path);
    }

    private RunNames.Found find(String word) {
        return new RunNames(new RunFolder(runs())).find(word);
    }

    @Test
    void aRunIsFoundByPathNameAndUniqueBeginning() throws IOException {
        make("resnet18", "finished", "val_loss", "2026-01-01T00:00:00Z");
        make("resnet18-2", "finished", "val_loss", "2026-01-01T00:00:00Z");
        make("vgg", "finished", "val_loss", "2026-01-01T00:00:00Z");

        assertThat(find(runs().resolve("vgg").toString()).path()).isEqualTo(runs().resolve("vgg"));
        assertThat(find("resnet18").path()).as("a whole name is no beginning").isEqualTo(runs().resolve("resnet18"));
        assertThat(find("v").path()).isEqualTo(runs().resolve("vgg"));
        assertThat(find("v").why()).isPresent();
        assertThatThrownBy(() -> find("res"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("one of resnet18, resnet18-2");
        assertThatThrownBy(() -> find("vgf")).hasMessageContaining("Did you mean \"vgg\"?");
        assertThatThrownBy(() -> find("lsat")).hasMessageContaining("Did you mean \"last\"?");
        assertThatThrownBy(() -> find("")).isInstanceOf(UsageException.class);
    }

    @Test
    void withoutRunsNothingIsFound() {
        assertThatThrownBy(() -> find("last")).hasMessageContaining("no runs in");
        assertThatThrownBy(() -> find("best")).hasMessageContaining("No run is finished yet");
        assertThatThrownBy(() -> find("x")).hasMessageContaining("There is no such run");
    }

    @Test
    void lastIsTheOneStartedLastWhateverItsName() throws IOException {
        make("z", "finished", "val_loss", "2026-01-01T00:00:00Z");
        make("a", "interrupted", "val_loss", "2026-01-02T00:00:00Z");
        assertThat(find("last").path()).isEqualTo(runs().resolve("a"));

        make("a-9", "interrupted", "val_loss", "2026-01-02T00:00:00Z");
        make("a-10", "interrupted", "val_loss", "2026-01-02T00:00:00Z");
        assertThat(find("last").path()).as("made later in the same second").isEqualTo(runs().resolve("a-10"));
    }

    @Test
    void bestFollowsTheMetricAndItsDirectionAmongFinishedRuns() throws IOException {
        make("low-loss", "finished", "val_loss", "2026-01-01T00:00:00Z", "1,0.5,0.6", "2,0.2,0.7");
        make("high-loss", "finished", "val_loss", "2026-01-01T00:00:00Z", "1,0.9,0.8");
        make("unfinished", "interrupted", "val_loss", "2026-01-01T00:00:00Z", "1,0.1,0.9");
        assertThat(find("best").path()).isEqualTo(runs().resolve("low-loss"));

        make("other", "finished", "val_accuracy", "2026-01-02T00:00:00Z", "1,0.9,0.99");
        RunNames.Found best = find("best");
        assertThat(best.path()).as("two of three monitor the loss").isEqualTo(runs().resolve("low-loss"));
        assertThat(best.why().orElseThrow().toString()).contains("val_loss is 0.2000", "different metrics");
    }

    @Test
    void aRunWithoutAProcessIsKilledAndOneThatIsHeldIsNot() throws IOException {
        RunDirectory run = make("run", "running", "val_loss", "2026-01-01T00:00:00Z", "1,0.5,0.6");
        assertThat(RunSummary.of(run).status()).isEqualTo(RunSummary.KILLED);
        try (RunLock lock = run.lock()) {
            assertThat(RunSummary.of(run).status()).isEqualTo(RunDirectory.RUNNING);
            assertThat(RunSummary.of(run).status())
                    .as("looking did not release the lock")
                    .isEqualTo("running");
            assertThatThrownBy(run::delete).isInstanceOf(StorageException.class).hasMessageContaining("in use");
            assertThatThrownBy(run::lock).isInstanceOf(StorageException.class);
        }
        assertThat(RunSummary.of(run).status()).isEqualTo(RunSummary.KILLED);
        run.delete();
        assertThat(runs()).isEmptyDirectory();
    }

    @Test
    void aSummaryReadsWhatIsThereAndForgivesWhatIsNot() throws IOException {
        RunDirectory run = make("run", "finished", "val_accuracy", "2026-01-01T00:00:00Z", "1,0.5,0.6", "2,0.4,", "3");
        Files.writeString(
                run.timings(),
                "epoch,train_images,train_seconds,validation_seconds\n1,10,1.500,0.500\n2,10,2.000,1.000\n");
        run.note("  first try \n");
        RunSummary summary = RunSummary.of(run);

        assertThat(summary.model()).isEqualTo("resnet18");
        assertThat(summary.data()).isEqualTo("/pictures");
        assertThat(summary.epochsDone()).isEqualTo(3);
        assertThat(summary.epochsPlanned()).isEqualTo(3);
        assertThat(summary.value("val_accuracy")).isEqualTo(0.6);
        assertThat(summary.seconds()).isEqualTo(5.0);
        assertThat(summary.note()).isEqualTo("first try");

        run.note("");
        assertThat(run.path().resolve("note.txt")).doesNotExist();
        Files.writeString(run.config(), ": : :");
        Files.writeString(run.provenance(), "{");
        Files.delete(run.path().resolve("STATUS"));
        assertThat(RunSummary.of(run).model()).isEqualTo("?");
        assertThat(RunSummary.of(run).status()).isEqualTo("?");
    }
}
