package io.sichter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void helpNamesEveryCommandOnStandardOutput() {
        Launcher.Outcome help = new Launcher(folder).run("--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out())
                .contains("demo", "train", "resume", "evaluate", "predict", "plots", "summary", "config", "Exit codes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "train", "resume", "evaluate", "predict", "plots", "summary", "config"})
    void everyCommandExplainsEachOfItsOptions(String command) {
        Launcher.Outcome help = new Launcher(folder).run(command, "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).contains("sichter " + command);
        assertThat(help.out().lines().filter(line -> line.matches(" +(-., )?--[a-z-]+ *")))
                .as("options without a description")
                .isEmpty();
    }

    @Test
    void noCommandShowsTheHelpAndFails() {
        Launcher.Outcome nothing = new Launcher(folder).run();

        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.out()).isEmpty();
        assertThat(nothing.err()).contains("Usage: sichter");
    }

    @Test
    void versionSaysWhatABugReportNeeds() {
        Launcher.Outcome version = new Launcher(folder).run("--version");

        assertThat(version.exitCode()).isZero();
        assertThat(version.out())
                .matches("(?s)sichter \\d+\\.\\d+\\.\\d+.*")
                .contains("Java " + System.getProperty("java.version"));
    }

    @Test
    void theConfigurationItPrintsIsTheOneItReads() throws Exception {
        Launcher launcher = new Launcher(folder);
        Launcher.Outcome first =
                launcher.run("config", "--lr", "3e-4", "optimizer.weight_decay=0.5", "data.path=a: b # ä");
        Path file = Files.writeString(folder.resolve("run.yaml"), first.out());
        Launcher.Outcome second = launcher.run("config", "-c", "run.yaml");

        assertThat(first.exitCode()).isZero();
        assertThat(second.out()).isEqualTo(first.out());
        RunConfig config = ConfigReader.read(file);
        assertThat(config.optimizer().lr()).isEqualTo(3e-4);
        assertThat(config.data().path()).isEqualTo("a: b # ä");
    }

    @Test
    void adviceGoesToStandardError() {
        Launcher.Outcome outcome = new Launcher(folder).run("config", "optimizer.momentum=0.1");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEqualToIgnoringNewLines("Note: optimizer.momentum has no effect with adamw");
    }

    @Test
    void aFailureIsOneJsonObjectWhereThatWasAskedFor() throws Exception {
        Launcher.Outcome outcome = new Launcher(folder).run("train", "pictures", "--lr", "0", "--json");

        assertThat(outcome.exitCode()).isEqualTo(2);
        JsonNode error = new ObjectMapper().readTree(outcome.out()).get("error");
        assertThat(error.fieldNames()).toIterable().containsExactly("problem", "received", "expected", "fix");
        assertThat(error.get("received").asText()).isEqualTo("--lr: 0");
        assertThat(error.get("expected").asText()).isEqualTo("a number, above 0");
        assertThat(outcome.out().lines()).hasSize(1);
    }

    @Test
    void itStartsThroughALinkFromAnywhereAndKeepsSpaces() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("a b"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("my sichter"), Launcher.script());
        Path second = Files.createSymbolicLink(elsewhere.resolve("second"), Path.of("my sichter"));

        Launcher.Outcome outcome = new Launcher(elsewhere).run(second, "config", "--name", "x", "runs_dir=a b  c/*");

        assertThat(link).isSymbolicLink();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("runs_dir: \"a b  c/*\"");
    }

    @Test
    void aMissingJavaIsSaidClearly() throws Exception {
        Launcher.Outcome outcome =
                new Launcher(folder).with("JAVA_HOME", folder.toString()).run("config", "--json");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("JAVA_HOME names no Java", "fix: Set JAVA_HOME");
        assertThat(new ObjectMapper()
                        .readTree(outcome.out())
                        .at("/error/received")
                        .asText())
                .isEqualTo("JAVA_HOME=" + folder);
    }

    @Test
    void anOldJavaIsRefused() throws Exception {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexit 9\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"11.0.2\"\n");

        Launcher.Outcome outcome = new Launcher(folder)
                .with("JAVA_HOME", folder.resolve("jdk").toString())
                .run("--help");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("This Java is too old", "11.0.2");
    }

    @Test
    void theEnvironmentOfTheNativeLibrariesIsSetButNeverOverruled() throws Exception {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                echo "omp=$OMP_NUM_THREADS blas=$OPENBLAS_NUM_THREADS arena=${MALLOC_ARENA_MAX:-}"
                for a in "$@"; do echo "[$a]"; done
                """);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        Launcher launcher = new Launcher(folder)
                .with("JAVA_HOME", folder.resolve("jdk").toString())
                .with("OMP_NUM_THREADS", "")
                .with("OPENBLAS_NUM_THREADS", "")
                .with("SICHTER_THREADS", "7");

        assertThat(launcher.run("train").out())
                .contains("omp=7 blas=1")
                .contains("[-Dorg.bytedeco.javacpp.maxphysicalbytes=0]", "[-Xmx1g]")
                .contains("[--enable-native-access=ALL-UNNAMED]", "[io.sichter.cli.Main]\n[train]");
        launcher.with("OMP_NUM_THREADS", "3")
                .with("OPENBLAS_NUM_THREADS", "2")
                .with("SICHTER_JAVA_OPTS", "-Xmx4g -Dx=*");
        assertThat(launcher.run("train").out()).contains("omp=3 blas=2").contains("[-Xmx4g]\n[-Dx=*]");
    }
}
