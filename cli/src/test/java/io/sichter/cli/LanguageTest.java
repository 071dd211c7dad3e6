package io.sichter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.evaluate.EvaluationResult;
import io.sichter.evaluate.EvaluationResult.ClassResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a person hears who speaks German. */
@DisabledOnOs(OS.WINDOWS)
class LanguageTest {
    @TempDir
    private Path folder = Path.of("");

    private Launcher german() {
        return new Launcher(folder).with("LC_ALL", "").with("LC_MESSAGES", "").with("LANG", "de_DE.UTF-8");
    }

    @Test
    void theOptionIsStrongerThanTheSystem() {
        assertThat(Language.of(List.of("train", "--lang", "de"), Locale.ENGLISH))
                .isEqualTo(Locale.GERMAN);
        assertThat(Language.of(List.of("--lang=en", "train"), Locale.GERMANY)).isEqualTo(Locale.ENGLISH);
        assertThat(Language.of(List.of("train"), Locale.GERMANY)).isEqualTo(Locale.GERMAN);
        assertThat(Language.of(List.of("train"), Locale.FRANCE)).isEqualTo(Locale.ENGLISH);
        assertThat(Language.of(List.of("train", "--lang", "fr"), Locale.GERMANY))
                .isEqualTo(Locale.ENGLISH);
    }

    @Test
    void anErrorIsGermanInASystemThatIs() {
        Launcher.Outcome outcome = german().run("train", "x", "--lr", "fast", "optimizer.momentun=1");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .startsWith("Fehler: 2 Fehler in der Konfiguration")
                .contains("1. --lr: fast (Der Wert des Schlüssels „optimizer.lr“ hat die falsche Art)")
                .contains("2. Kommandozeile: momentun: 1 (Unbekannter Schlüssel")
                .contains("1. eine Zahl, über 0")
                .contains("Abhilfe: ", "2. Meintest du „optimizer.momentum“?");
    }

    @Test
    void whereTwoSystemVariablesDisagreeTheStrongerDecides() {
        Launcher launcher = german().with("LC_ALL", "C");

        assertThat(launcher.run("resume").err()).startsWith("error: Something is missing");
        assertThat(launcher.run("resume", "--lang", "de").err())
                .startsWith("Fehler: Auf der Kommandozeile fehlt etwas");
    }

    @Test
    void jsonKeepsItsKeysAndSpeaksGerman() throws Exception {
        Launcher.Outcome outcome = new Launcher(folder).run("evaluate", "nowhere", "--json", "--lang", "de");

        var error = new ObjectMapper().readTree(outcome.out()).get("error");
        assertThat(error.get("problem").asText()).isEqualTo("Diesen Lauf gibt es nicht");
        assertThat(error.get("received").asText()).isEqualTo("nowhere, und keine Läufe in runs");
    }

    @Test
    void theHelpIsGermanToTheLastLine() {
        Launcher.Outcome help = german().run("train", "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .startsWith("Aufruf: sichter train DATA [OPTIONEN]")
                .contains("Optionen:", "Zeigt diese Hilfe", "Durchgänge durch die Trainingsbilder.", "Beispiel: ");
    }

    @Test
    void theConfigurationHasGermanCommentsAndReadsBack() throws Exception {
        Launcher.Outcome outcome = german().run("config", "--lr", "0.5", "optimizer.momentum=0.1");
        Path file = Files.writeString(folder.resolve("run.yaml"), outcome.out());

        assertThat(outcome.err()).isEqualToIgnoringNewLines("Hinweis: optimizer.momentum hat bei adamw keine Wirkung");
        assertThat(outcome.out())
                .contains("  # Lernrate; der Höchstwert, wenn der Plan einen hat (über 0)\n  lr: 0.5\n");
        RunConfig config = ConfigReader.read(file);
        assertThat(config.optimizer().lr()).isEqualTo(0.5);
    }

    @Test
    void whatTheLauncherSaysBeforeJavaIsGermanToo() {
        Launcher.Outcome outcome = german().with("JAVA_HOME", folder.toString()).run("--help");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .startsWith("Fehler: In JAVA_HOME steht kein Java")
                .contains("  Abhilfe: Setz JAVA_HOME");
        assertThat(new Launcher(folder)
                        .with("JAVA_HOME", folder.toString())
                        .run("--lang=de", "train")
                        .err())
                .startsWith("Fehler: ");
    }

    @Test
    void tablesKeepTheNamesOfMetrics() {
        EvaluationResult result = new EvaluationResult(
                "val",
                1,
                0.5,
                0.25,
                1.5,
                List.of(new ClassResult(
                        "Katze", 1, OptionalDouble.of(0.5), OptionalDouble.empty(), OptionalDouble.empty())),
                List.of(),
                Optional.empty(),
                PredictionOutputTest.NOTHING_FOUND);
        String epochs = EpochTable.format(
                List.of(new EpochTable.Row(1, Map.of("val_loss", 0.5), 1e-3, 5, true)), 100, Locale.GERMAN);

        Terminal terminal = new Terminal(System.out, System.err, false, false, StandardCharsets.UTF_8, 80);
        terminal.speak(Locale.GERMAN);
        assertThat(EvaluateOutput.text(result, terminal).lines())
                .contains("Klasse  Bilder  Precision  Recall   F1")
                .contains("Split val: 1 Bild, accuracy 0.5000, f1_macro 0.2500, loss 1.5000");
        assertThat(epochs.lines().toList().get(0))
                .isEqualTo(" Epoche  train_loss  val_loss  val_accuracy  val_f1_macro        lr      Zeit");
        assertThat(epochs).endsWith("* beste");
    }
}
