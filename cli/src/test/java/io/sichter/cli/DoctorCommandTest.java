package io.sichter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says follows from how Sichter was started. */
@DisabledOnOs(OS.WINDOWS)
class DoctorCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private static Map<String, String> levels(Launcher.Outcome outcome) throws Exception {
        Map<String, String> levels = new HashMap<>();
        for (JsonNode check : new ObjectMapper().readTree(outcome.out()).get("checks")) {
            levels.put(check.get("check").asText(), check.get("level").asText());
            assertThat(check.get("fix").asText().isEmpty())
                    .as("%s", check)
                    .isEqualTo(check.get("level").asText().equals("ok"));
        }
        return levels;
    }

    @Test
    void throughTheLauncherEverySettingIsInForceAndANetworkTrains() throws Exception {
        Launcher.Outcome outcome = new Launcher(folder).run("doctor", "--json");

        assertThat(outcome.exitCode()).as(outcome.out() + outcome.err()).isZero();
        assertThat(levels(outcome))
                .containsEntry("libtorch", "ok")
                .containsEntry("opencv", "ok")
                .containsEntry("threads", "ok")
                .containsEntry("openblas", "ok")
                .containsEntry("javacpp", "ok")
                .containsEntry("native_access", "ok")
                .containsEntry("runs_dir", "ok")
                .containsEntry("self_test", "ok");
        assertThat(folder).as("nothing is left behind").isEmptyDirectory();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatIsSetWrongIsFoundWhereItWorks() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Launcher.Outcome outcome = new Launcher(folder)
                .with("OMP_NUM_THREADS", "99")
                .with("OPENBLAS_NUM_THREADS", "4")
                .with("GLIBC_TUNABLES", "glibc.malloc.mmap_threshold=1048576")
                .with("SICHTER_JAVA_OPTS", "-Dorg.bytedeco.javacpp.maxphysicalbytes=8G -Xmx256m")
                .run("doctor", "--json", "--runs-dir", file.resolve("runs").toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
        assertThat(levels(outcome))
                .containsEntry("java", "warning")
                .containsEntry("threads", "warning")
                .containsEntry("openblas", "warning")
                .containsEntry("allocator", "warning")
                .containsEntry("javacpp", "warning")
                .containsEntry("runs_dir", "problem");
    }

    @Test
    void withoutNativesItSaysSoInsteadOfFailing() {
        Launcher.Outcome outcome = new Launcher(folder)
                .with("SICHTER_JAVA_OPTS", "-Dorg.bytedeco.javacpp.platform=plan9-mips")
                .run("doctor", "--lang", "de");

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.out()).contains("Problem ", "libtorch lädt nicht").doesNotContain("self_test");
    }
}
