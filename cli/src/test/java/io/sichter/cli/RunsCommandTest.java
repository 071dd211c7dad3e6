package io.sichter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sichter.storage.RunLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The list of runs as a person gets it. */
@DisabledOnOs(OS.WINDOWS)
class RunsCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void makeRuns() throws IOException {
        make("bad", "0.5", "2026-01-02T00:00:00Z");
        make("good", "0.75", "2026-01-01T00:00:00Z");
    }

    private void make(String name, String accuracy, String started) throws IOException {
        Path run = Files.createDirectories(folder.resolve("runs").resolve(name));
        Files.writeString(run.resolve("run.yaml"), "model: {name: resnet18}\ntrain: {epochs: 3}\n");
        Files.writeString(run.resolve("provenance.json"), "{\"started\":\"" + started + "\"}");
        Files.writeString(run.resolve("STATUS"), "running\n");
        Files.writeString(run.resolve("metrics.csv"), "epoch,val_loss,val_accuracy\n1,0.5," + accuracy + "\n");
    }

    @Test
    void theyAreListedInTheOrderAskedFor() throws Exception {
        Launcher launcher = new Launcher(folder);
        Launcher.Outcome table = launcher.run("runs");
        JsonNode json = new ObjectMapper()
                .readTree(launcher.run("runs", "--sort", "metric", "--json").out());

        assertThat(table.exitCode()).as(table.err()).isZero();
        assertThat(table.out().lines())
                .satisfiesExactly(
                        head -> assertThat(head).startsWith("run "),
                        first -> assertThat(first).startsWith("bad ").contains("killed", "resnet18", "1/3", "0.5000"),
                        second -> assertThat(second).startsWith("good "));
        assertThat(json.at("/runs/0/name").asText()).isEqualTo("good");
        assertThat(json.at("/runs/0/best/val_accuracy").asDouble()).isEqualTo(0.75);
        assertThat(launcher.run("runs", "--sort", "metrik").err()).contains("Did you mean \"metric\"?");
        assertThat(launcher.run("runs", "--runs-dir", "none").err()).contains("There are no runs in none");
    }

    @Test
    void aNoteStaysWithTheRunAndIsShown() {
        Launcher launcher = new Launcher(folder);
        assertThat(launcher.run("runs", "note", "go", "erster Läufer").exitCode())
                .isZero();

        assertThat(launcher.run("runs").out()).contains("erster Läufer");
    }

    @Test
    void runsAreDeletedOnlyWhenThatIsAgreedAndNoneIsInUse() throws Exception {
        Launcher launcher = new Launcher(folder);
        Launcher.Outcome unasked = launcher.run("runs", "rm", "good");
        assertThat(unasked.exitCode()).isEqualTo(2);
        assertThat(unasked.err()).contains("fix: Add --yes");

        Path bad = folder.resolve("runs/bad");
        try (RunLock lock = RunLock.take(bad.resolve("run.lock"))) {
            Launcher.Outcome used = launcher.run("runs", "rm", "good", "bad", "--yes");
            assertThat(used.exitCode()).as(used.err()).isEqualTo(5);
            assertThat(used.err()).contains("in use");
            assertThat(folder.resolve("runs/good")).as("all or none").exists();
            assertThat(launcher.run("runs").out()).containsPattern("bad +running");
        }

        Launcher.Outcome removed = launcher.run("runs", "rm", "last", "good", "--yes");
        assertThat(removed.exitCode()).as(removed.err()).isZero();
        assertThat(folder.resolve("runs")).isEmptyDirectory();
    }
}
