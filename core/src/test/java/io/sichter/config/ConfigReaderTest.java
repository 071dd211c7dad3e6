package io.sichter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.text.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
    private static RunConfig yaml(String text, String... settings) {
        List<ConfigLayer> layers = new ArrayList<>();
        layers.add(new ConfigLayer.Document("run.yaml", text));
        for (String setting : settings) {
            layers.add(ConfigLayer.assignment(setting));
        }
        return ConfigReader.resolve(RunConfig.defaults(), layers);
    }

    private static Problem problem(String text, String... settings) {
        UsageException e = catchThrowableOfType(UsageException.class, () -> yaml(text, settings));
        assertThat(e).as("refused").isNotNull();
        return e.problem();
    }

    @Test
    void anEmptyFileIsTheDefaults() {
        assertThat(yaml("")).isEqualTo(RunConfig.defaults());
        assertThat(yaml("# only a comment\noptimizer:\n")).isEqualTo(RunConfig.defaults());
    }

    @Test
    void theCommandLineWinsOverTheFileAndTheFileOverTheDefaults() {
        RunConfig config =
                yaml("optimizer: {lr: 0.5, weight_decay: 0.25}\ntrain:\n  epochs: 7\n", "optimizer.lr=3e-4", "seed=-1");

        assertThat(config.optimizer().lr()).isEqualTo(3e-4);
        assertThat(config.optimizer().weightDecay()).isEqualTo(0.25);
        assertThat(config.optimizer().momentum())
                .isEqualTo(OptimizerConfig.defaults().momentum());
        assertThat(config.train().epochs()).isEqualTo(7);
        assertThat(config.seed()).isEqualTo(-1);
    }

    @Test
    void aLaterDocumentWinsOverAnEarlierOne() {
        RunConfig config = ConfigReader.resolve(
                RunConfig.defaults(),
                List.of(
                        new ConfigLayer.Document("recipe", "train: {epochs: 3}\nseed: 5\n"),
                        new ConfigLayer.Document("run.yaml", "train: {epochs: 4}\n")));

        assertThat(config.train().epochs()).isEqualTo(4);
        assertThat(config.seed()).isEqualTo(5);
    }

    @Test
    void transformsKeepOrderParametersAndPlace() {
        RunConfig config = yaml("""
                transforms:
                  train:
                    - random_apply: {p: 0.3, transforms: [{random_rotation: {degrees: 10}}]}
                    - center_crop
                    - resize: {size: image_size, antialias: true}
                """);

        List<TransformSpec> train = config.transforms().train();
        assertThat(train).extracting(TransformSpec::name).containsExactly("random_apply", "center_crop", "resize");
        assertThat(train.get(0).params())
                .isEqualTo(Map.of("p", 0.3, "transforms", List.of(Map.of("random_rotation", Map.of("degrees", 10)))));
        assertThat(train.get(1).params()).isEmpty();
        assertThat(train.get(2).params()).isEqualTo(Map.of("size", "image_size", "antialias", true));
        assertThat(train.get(2).location().toString()).isEqualTo("run.yaml:5:7");
    }

    @Test
    void anUnknownKeyNamesLineColumnAndTheNearestKey() {
        Problem problem = problem("seed: 1\noptimizer:\n  momentun: 0.5\n");

        assertThat(problem.problem().toString()).isEqualTo("Unknown key \"optimizer.momentun\"");
        assertThat(problem.received().toString()).isEqualTo("run.yaml:3:3: momentun: 0.5");
        assertThat(problem.expected().toString()).contains("a key of optimizer: name, lr, momentum");
        assertThat(problem.fix().toString()).isEqualTo("Did you mean \"optimizer.momentum\"?");
    }

    @ParameterizedTest
    @CsvSource({
        "lr, optimizer.lr",
        "epochs, train.epochs",
        "train.lr, optimizer.lr",
        "optimiser.lr, optimizer.lr",
        "optimizer.weight-decay, optimizer.weight_decay",
        "seeed, seed",
        "train.epoch, train.epochs"
    })
    void aMisplacedOrMisspeltSettingIsAnsweredWithTheRightOne(String wrong, String right) {
        Problem problem = problem("", wrong + "=1");

        assertThat(problem.problem().toString()).isEqualTo("Unknown key \"" + wrong + "\"");
        assertThat(problem.received().toString()).startsWith("command line: ");
        assertThat(problem.fix().toString()).contains("\"" + right + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train: {epochs: 0}|run.yaml:1:17: 0|a whole number, 1 to 1000000",
                "train: {epochs: 2.5}|run.yaml:1:17: 2.5|a whole number, 1 to 1000000",
                "train: {epochs: 3000000000}|run.yaml:1:17: 3000000000|a whole number, 1 to 1000000",
                "train: {epochs: }|run.yaml:1:16: nothing|a whole number, 1 to 1000000",
                "train: {epochs: [1]}|run.yaml:1:17: a list|a whole number, 1 to 1000000",
                "train: {epochs: '5'}|run.yaml:1:17: 5|a whole number, 1 to 1000000",
                "optimizer: {lr: 0}|run.yaml:1:17: 0|a number, above 0",
                "optimizer: {lr: .nan}|run.yaml:1:17: .nan|a number, above 0",
                "optimizer: {lr: 1e999}|run.yaml:1:17: 1e999|a number, above 0",
                "optimizer: {lr: fast}|run.yaml:1:17: fast|a number, above 0",
                "optimizer: {betas: [0.9, 1]}|run.yaml:1:26: 1|a list, each a number, at least 0 and below 1",
                "optimizer: {betas: 0.9}|run.yaml:1:20: 0.9|a list, each a number, at least 0 and below 1",
                "optimizer: {betas: [0.9]}|run.yaml:1:20: 1 numbers|two numbers",
                "optimizer: {name: adamm}|run.yaml:1:19: adamm|one of sgd, adam, adamw",
                "optimizer: 3|run.yaml:1:12: 3|keys with values: name, lr",
                "exist_ok: yes|run.yaml:1:11: yes|true or false",
                "format: 2|run.yaml:1:9: 2|a whole number, 1",
                "runs_dir: ~|run.yaml:1:11: nothing|text",
                "run_name: ../x|run.yaml:1:11: \"../x\"|letters, digits",
                "model: {channels: 1}|default: 3 numbers|one number per channel: 1",
                "transforms: {train: [{a: 1, b: 2}]}|run.yaml:1:22: a section|transforms like",
                "transforms: {train: [{a: {b: {c: 1, c: 2}}}]}|run.yaml:1:22: a section|transforms like",
                "{a: 1, a: 2}|run.yaml:1:2: a: 1|a key of the configuration",
                "[1, 2]|run.yaml:1:1: a list|keys with values: format",
                "{seed: 1, seed: 2}|run.yaml:1:11: 2|each key once",
                "seed: 1: 2|run.yaml:1:8: mapping values are not allowed here|keys with values",
                "!!java.net.URL [x]|run.yaml:1:1: a tag|keys with values",
                "seed: !!int 5|run.yaml:1:7: a tag|keys with values",
            })
    void aWrongValueIsRefusedWhereItStands(String text, String received, String expected) {
        Problem problem = problem(text);

        String all = problem.toString().replaceAll("\\s+", " ");
        assertThat(all).contains(received).contains(expected);
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        Problem problem =
                problem("sed: 1\ntrain: {epochs: -1}\noptimizer: {lr: x, nme: y}\n", "loader.workers=-2", "lr=1");

        assertThat(problem.problem().toString()).isEqualTo("6 problems in the configuration");
        assertThat(problem.received().toString())
                .contains(
                        "1. run.yaml:1:1: sed: 1 (unknown key \"sed\")",
                        "2. run.yaml:2:17: -1",
                        "3. run.yaml:3:17: x",
                        "4. run.yaml:3:20: nme: y",
                        "5. command line: -2",
                        "6. command line: lr: 1");
        assertThat(problem.fix().toString()).contains("1. Did you mean \"seed\"?", "6. Did you mean \"optimizer.lr\"?");
    }

    @Test
    void aKeySetTwiceOnTheCommandLineIsAMistakeUnlessItSaysTheSame() {
        assertThat(problem("", "seed=1", "seed=2").problem().toString()).contains("set twice");
        assertThat(yaml("", "seed=1", "seed=1").seed()).isEqualTo(1);
    }

    @Test
    void textOnTheCommandLineIsTakenVerbatim() {
        assertThat(yaml("", "data.path=a: b # c, [d]").data().path()).isEqualTo("a: b # c, [d]");
        assertThat(yaml("", "runs_dir=*x=y").runsDir()).isEqualTo("*x=y");
    }

    @Test
    void aSettingMayBeAListOrASection() {
        assertThat(yaml("", "transforms.mean=[0.5, 0.5, 0.25]").transforms().mean())
                .containsExactly(0.5, 0.5, 0.25);
        assertThat(yaml("", "optimizer={lr: 0.25}").optimizer().lr()).isEqualTo(0.25);
    }

    @Test
    void hostileTextCostsLittleAndIsRefused() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(problem(laughs.toString()).received().toString()).contains("more than 20 aliases");
        assertThat(problem("[".repeat(100_000)).received().toString()).contains("nesting deeper than 20");
        assertThat(problem("[" + "1,".repeat(30_000) + "1]").received().toString())
                .contains("more than 20000 elements");
        assertThat(problem("transforms: {train: [{x: &a {y: *a}}]}").expected().toString())
                .contains("transforms like");
        assertThat(problem("runs_dir: " + "x".repeat(1_000_001)).problem().toString())
                .contains("not plain YAML");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-equals", "=5", ""})
    void whatIsNoAssignmentIsSaidSo(String text) {
        assertThatThrownBy(() -> ConfigLayer.assignment(text))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("Write it like optimizer.lr=3e-4");
    }

    @Test
    void aFileThatIsMissingOrNoTextIsRefused(@TempDir Path folder) throws Exception {
        assertThatThrownBy(() -> ConfigReader.read(folder.resolve("none.yaml")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("was not found");
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1});
        assertThatThrownBy(() -> ConfigReader.read(binary))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void adviceNamesKeysWithoutEffect() {
        assertThat(ConfigRules.advice(RunConfig.defaults())).isEmpty();
        assertThat(ConfigRules.advice(yaml("", "optimizer.momentum=0.8", "schedule.min_lr=1e-5")))
                .extracting(Text::toString)
                .containsExactly(
                        "optimizer.momentum has no effect with adamw",
                        "schedule.min_lr has no effect with schedule one_cycle");
        assertThat(ConfigRules.advice(yaml("", "optimizer.name=sgd", "optimizer.momentum=0.8")))
                .isEmpty();
    }

    @Test
    void nesterovWithoutMomentumIsAContradiction() {
        assertThat(problem("", "optimizer.nesterov=true").problem().toString()).contains("optimizer.nesterov");
        assertThat(problem("", "optimizer={name: sgd, nesterov: true, momentum: 0}")
                        .expected()
                        .toString())
                .contains("momentum above 0");
        assertThat(yaml("", "optimizer={name: sgd, nesterov: true}").optimizer().nesterov())
                .isTrue();
    }
}
