package io.sichter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of bad input through the launcher: one clear message, its exit code, no stack trace. */
@DisabledOnOs(OS.WINDOWS)
class BadInputTest {
    /** Prepares the folder a command is started in. */
    @FunctionalInterface
    private interface Preparation {
        void in(Path folder) throws IOException;

        default Preparation and(Preparation next) {
            return folder -> {
                in(folder);
                next.in(folder);
            };
        }
    }

    /**
     * One bad input.
     *
     * @param fragments what the message must contain
     */
    private record Row(
            String name, int exitCode, Preparation preparation, List<String> arguments, List<String> fragments) {
        Row(String name, int exitCode, String arguments, String... fragments) {
            this(name, exitCode, folder -> {}, List.of(arguments.split(" ")), List.of(fragments));
        }

        Row after(Preparation first) {
            return new Row(name, exitCode, first, arguments, fragments);
        }
    }

    @TempDir
    private Path folder = Path.of("");

    @TestFactory
    Stream<DynamicTest> commandLineAndConfiguration() {
        return tests(
                new Row("unknown command", 2, "trian x", "Unknown command", "Did you mean \"train\"?"),
                new Row("unknown option", 2, "train x --learning-rat 1", "Unknown option", "--learning-rat"),
                new Row("misspelt option", 2, "train x --epoch 1", "Unknown option", "Did you mean \"--epochs\"?"),
                new Row("option without value", 2, "train x --epochs", "no value after --epochs"),
                new Row("missing argument", 2, "resume", "RUN", "sichter resume --help"),
                new Row("too many arguments", 2, "resume a b", "Unexpected argument", "b"),
                new Row("no pictures named", 2, "train --epochs 1", "No pictures were named"),
                new Row("two folders", 2, "train a b", "Two folders of pictures", "a and b"),
                new Row("unknown key", 2, "train x optimizer.momentun=1", "Did you mean \"optimizer.momentum\"?"),
                new Row("key without section", 2, "config lr=1", "Did you mean \"optimizer.lr\"?"),
                new Row("no setting", 2, "config nonsense", "key=value"),
                new Row("range of an option", 2, "train x --epochs 0", "--epochs: 0", "1 to 1000000"),
                new Row("range of a key", 2, "train x loader.batch_size=0", "1 to 65536"),
                new Row("wrong kind", 2, "train x --lr fast", "--lr: fast", "a number, above 0"),
                new Row("unknown optimizer", 2, "train x --optimizer adamm", "one of sgd, adam, adamw", "Did you mean"),
                new Row("unknown device", 2, "train x --device gpu", "one of auto, cpu, cuda, mps"),
                new Row("contradiction", 2, "train x --lr 1 optimizer.lr=2", "set twice"),
                new Row("missing file", 2, "config -c none.yaml", "The configuration file was not found", "none.yaml"),
                new Row("several problems", 2, "config -c bad.yaml", "2 problems", "bad.yaml:1:1", "bad.yaml:2:17")
                        .after(f -> Files.writeString(f.resolve("bad.yaml"), "sed: 1\ntrain: {epochs: x}\n")),
                new Row("not YAML", 2, "config -c bad.yaml", "bad.yaml:1:5", "not plain YAML")
                        .after(f -> Files.writeString(f.resolve("bad.yaml"), "a: b: c\n")),
                new Row("other format", 2, "config -c new.yaml", "new.yaml:1:9: 2", "a whole number, 1")
                        .after(f -> Files.writeString(f.resolve("new.yaml"), "format: 2\n")),
                new Row("top", 2, "predict runs/x a.jpg --top 0", "--top is out of range"),
                new Row("top of wrong kind", 2, "predict runs/x a.jpg --top x", "--top", "a whole number"),
                new Row("split", 2, "evaluate runs/x --split tets", "Did you mean \"test\"?"),
                new Row(
                        "model without weights",
                        2,
                        "evaluate x --model resnet18",
                        "--model NAME --weights imagenet|FILE"),
                new Row("gate without value", 2, "evaluate runs/x --min f1_macro", "--min f1_macro", "METRIC=VALUE"),
                new Row("gate of no figure", 2, "evaluate runs/x --min f1=0.5", "There is no such figure", "f1_macro"),
                new Row("gate on the wrong side", 2, "evaluate runs/x --min ece=0.1", "Write --max ece=0.1"),
                new Row("gate of wrong kind", 2, "evaluate runs/x --min-accuracy good", "--min-accuracy", "a number"),
                new Row("views out of range", 2, "evaluate runs/x --tta 0", "--tta 0", "five or ten"),
                new Row(
                        "share of the centre without views",
                        2,
                        "predict runs/x a.jpg --tta-beta 0.5",
                        "--tta-beta",
                        "--tta"),
                new Row("share of the centre of crops", 2, "evaluate runs/x --tta five --tta-beta 0.5", "--tta-beta"),
                new Row("one run to compare", 2, "compare-runs runs/x", "Two runs or more"),
                new Row("explanation without a folder", 2, "explain runs/x a.jpg", "--out"),
                new Row(
                        "unknown explanation",
                        2,
                        "explain runs/x a.jpg -o y --method gradcm",
                        "Did you mean \"gradcam\"?"),
                new Row("size without weights", 2, "evaluate runs/x --image-size 64", "an option that belongs to them"),
                new Row("classes", 2, "summary resnet18 --classes 0", "--classes is out of range"),
                new Row("graph without a file", 2, "graph resnet18", "-o"),
                new Row("graph as another file", 2, "graph simple_cnn -o graph.pdf", ".svg or .png"),
                new Row("depth", 2, "graph resnet18 -o a.svg --depth 99", "0 to 20"),
                new Row("unknown network", 2, "summary resnet81", "Did you mean"),
                new Row("class without a picture", 2, "filters resnet18 -o a.png --class x", "--gradients FILE"),
                new Row("normalisation without weights", 2, "filters x -o a.png --normalize half", "--weights"),
                new Row("several layers in a file", 2, "feature-maps x a.jpg -o a.png", "a folder, or a file with one"),
                new Row("no picture", 3, "feature-maps squeezenet1_1 none.jpg -o maps", "none.jpg"),
                new Row("own network of another size", 2, "summary net.yaml", "net.yaml:6:7", "Use 32 px")
                        .after(f -> Files.writeString(f.resolve("net.yaml"), """
                                model:
                                  name: layers
                                  image_size: 30
                                  layers:
                                    - flatten
                                    - linear: {in: 3072, out: classes}
                                """)),
                new Row(
                                "own network with a wrong layer",
                                2,
                                "train pictures -c net.yaml",
                                "net.yaml:1:32",
                                "Did you mean \"relu\"")
                        .after(f -> {
                            SmallPictures.draw(f, "red", "blue");
                            Files.writeString(f.resolve("net.yaml"), "model: {name: layers, layers: [rellu]}\n");
                        }),
                new Row("resume epochs", 2, "resume runs/x --epochs 0", "--epochs is out of range"),
                new Row("repro epochs", 2, "repro runs/x --epochs 0", "--epochs is out of range"),
                new Row("compare nothing", 2, "compare x", "--vary"),
                new Row("compare one value", 2, "compare x --vary lr=1", "at least two values"),
                new Row("compare a wrong value", 2, "compare x --vary optimizer=sgd,adamm", "--vary: adamm"),
                new Row("compare seeds", 2, "compare x --vary lr=1,2 --seeds 0", "1 to 1000"),
                new Row("warm start", 2, "compare x --vary lr=1,2 --warm-start sgd", "sgd:1"),
                new Row("other channels", 2, "train pictures model.channels=1", "other channels", "model.channels=3")
                        .after(f -> SmallPictures.draw(f, "red", "blue")),
                new Row("one fold", 2, "crossval x --folds 1", "2 to 1000"),
                new Row("crossval of nothing", 3, "crossval nowhere", "nowhere"),
                new Row("recipe", 2, "train x --recipe standart", "Unknown recipe", "Did you mean \"standard\"?"),
                new Row("two questions", 2, "train x --explain --dry-run", "--explain and --dry-run"),
                new Row("explain nothing", 3, "train nowhere --explain", "nowhere"),
                new Row("demo seed", 2, "demo --seed x", "--seed: x", "a whole number"),
                new Row("folder without pictures", 3, "predict runs/x empty", "The folder has no pictures", "empty")
                        .after(f -> Files.createDirectories(f.resolve("empty"))),
                new Row("comparison of nothing", 2, "preview x --sweep degrees=5", "cannot be read", "degrees=5"),
                new Row(
                        "comparison of what is unknown",
                        2,
                        "preview x --sweep RandomRotaton.degrees=5",
                        "random_rotation"),
                new Row("grid of another kind", 2, "preview x --out grid.jpg", "grid.jpg", ".png or .svg"),
                new Row("too many draws", 2, "preview x --draws 99", "99 draws", "--draws"),
                new Row("unknown preset", 2, "train x --transforms seed0", "seed000"),
                new Row("shares that are none", 2, "split x --out y --ratio 0.5,0.6", "0.5,0.6", "sum to 1"),
                new Row("split without a target", 2, "split x", "--out"),
                new Row("two ways to make files", 2, "split x --out y --copy --symlink", "one of them"),
                new Row("split of nothing", 3, "split nowhere --out y", "nowhere"),
                new Row("unknown normalisation", 2, "train x --normalize imagnet", "--normalize", "MEAN/STD"),
                new Row("two ways to balance", 2, "train x --balance weights,sampler", "two would favour"),
                new Row("table without header", 3, "train list.csv", "no column \"path\"")
                        .after(f -> Files.writeString(f.resolve("list.csv"), "a.jpg,cat\nb.jpg,dog\n")),
                new Row("table with a wrong line", 3, "stats list.csv", "line 2: there is no file \"a.jpg\"")
                        .after(f -> Files.writeString(f.resolve("list.csv"), "path,label\na.jpg,cat\n")),
                new Row("table that cannot be written", 5, "predict runs/x a.jpg --csv no/where.csv", "--csv"));
    }

    private static final String TRAIN =
            "train pictures --model simple_cnn --image-size 32 --epochs 1 --batch-size 8 --workers 0 --name run";

    @TestFactory
    @Tag("training")
    Stream<DynamicTest> picturesAndModels() {
        return tests(
                new Row("missing folder", 3, "train nowhere", "nowhere"),
                new Row("empty folder", 3, "train pictures", "pictures")
                        .after(f -> Files.createDirectories(f.resolve("pictures"))),
                new Row("one class only", 3, TRAIN, "class").after(f -> SmallPictures.draw(f, "red")),
                new Row("class without pictures", 3, TRAIN, "empty-class").after(f -> {
                    SmallPictures.draw(f, "red", "blue");
                    Files.createDirectories(f.resolve("pictures/empty-class"));
                }),
                new Row("class only in val", 3, TRAIN, "green")
                        .after(f ->
                                SmallPictures.drawSplit(f, List.of("red", "blue"), List.of("red", "blue", "green"))),
                bad("truncated picture", SmallPictures::truncated),
                bad("empty picture", png -> new byte[0]),
                bad("mis-named picture", png -> "no picture at all".getBytes(StandardCharsets.UTF_8)),
                bad("enormous picture", SmallPictures::enormous),
                new Row("unknown model", 2, "train pictures --model resnet81", "Did you mean \"resnet18\"?")
                        .after(f -> SmallPictures.draw(f, "red", "blue")),
                new Row("unknown model of summary", 2, "summary resnet81", "Did you mean \"resnet18\"?"),
                new Row(
                                "option without effect",
                                2,
                                TRAIN + " model.dropout=0.5",
                                "model.dropout has no effect on simple_cnn")
                        .after(f -> SmallPictures.draw(f, "red", "blue")),
                new Row("no such weights", 2, TRAIN + " --weights none.pth", "The weights were not found", "none.pth")
                        .after(f -> SmallPictures.draw(f, "red", "blue")),
                new Row("weights that are a program", 5, TRAIN + " --weights evil.pth", "os.system", "nothing in it")
                        .after(f -> {
                            SmallPictures.draw(f, "red", "blue");
                            Files.writeString(f.resolve("evil.pth"), "cos\nsystem\n(S'touch x'\ntR.");
                        }),
                new Row("picture too small for the network", 2, TRAIN.replace("32", "2"), "2")
                        .after(f -> SmallPictures.draw(f, "red", "blue")),
                new Row("no such GPU", 2, TRAIN + " --device cuda", "cuda")
                        .after(f -> SmallPictures.draw(f, "red", "blue")),
                new Row("loss not finite", 1, TRAIN + " --optimizer sgd --lr 1e30", "finite")
                        .after(f -> SmallPictures.draw(f, "red", "blue")),
                new Row("runs where none can be", 5, TRAIN + " --runs-dir file", "file").after(f -> {
                    SmallPictures.draw(f, "red", "blue");
                    Files.writeString(f.resolve("file"), "");
                }));
    }

    /** More than one picture in a hundred is bad, and the message says which and where they are listed. */
    private static Row bad(String name, UnaryOperator<byte[]> damage) {
        return new Row(name, 3, TRAIN, "red", "bad-images.csv", "data.max_bad_fraction").after(f -> {
            SmallPictures.draw(f, "red", "blue");
            Path picture = f.resolve("pictures/red/0.png");
            Files.write(picture, damage.apply(Files.readAllBytes(picture)));
        });
    }

    @TestFactory
    @Tag("training")
    Stream<DynamicTest> runs() throws IOException {
        Path trained = Files.createDirectories(folder.resolve("trained"));
        SmallPictures.draw(trained, "red", "blue");
        Launcher.Outcome outcome = new Launcher(trained).run(TRAIN.split(" "));
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        Preparation copied = f -> SmallPictures.copy(trained, f);
        return Stream.concat(
                tests(
                        new Row("resume what is no run", 2, "resume pictures", "pictures").after(copied),
                        new Row("evaluate what is no run", 2, "evaluate nowhere", "nowhere"),
                        new Row("predict with what is no run", 2, "predict pictures pictures/red/1.png", "pictures")
                                .after(copied),
                        new Row("damaged checkpoints", 5, "resume runs/run --epochs 2", "checkpoint")
                                .after(copied.and(f -> SmallPictures.damage(f.resolve("runs/run/checkpoints")))),
                        new Row("damaged bundle", 5, "evaluate runs/run", "bundle")
                                .after(copied.and(f -> SmallPictures.damage(f.resolve("runs/run/bundle"))))),
                Stream.of(
                        DynamicTest.dynamicTest("run in use", () -> runInUse(trained)),
                        DynamicTest.dynamicTest("full disk", () -> fullDisk(trained)),
                        DynamicTest.dynamicTest("some files cannot be read", () -> partlyRead(trained)),
                        DynamicTest.dynamicTest("in German", () -> inGerman(trained))));
    }

    private static void runInUse(Path trained) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        trained.resolve("runs/run/run.lock"), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            Launcher.Outcome outcome = new Launcher(trained).run("resume", "runs/run", "--epochs", "2");

            assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(5);
            assertThat(outcome.err()).contains("in use").doesNotContain("\tat ");
        }
    }

    /** A limit on the size of files fails a write in the middle, as a full disk does. */
    private static void fullDisk(Path trained) throws IOException {
        Path script = Files.writeString(
                trained.resolve("limited"), "#!/bin/sh\nulimit -f 1024\nexec '" + Launcher.script() + "' \"$@\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Launcher.Outcome outcome = new Launcher(trained)
                .run(script, TRAIN.replace("--name run", "--name full").split(" "));

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(5);
        assertThat(outcome.err()).containsPattern("(?m)^error: ").doesNotContain("\tat ");
    }

    private static void partlyRead(Path trained) throws IOException {
        Path broken = Files.writeString(trained.resolve("broken.png"), "no picture");
        Launcher.Outcome outcome = new Launcher(trained)
                .run("predict", "runs/run", "pictures/red/1.png", "broken.png", "missing.png", "--json");

        assertThat(broken).exists();
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(3);
        assertThat(outcome.out())
                .contains("{\"file\":\"pictures/red/1.png\",\"top\":[{\"class\":")
                .contains("{\"file\":\"broken.png\",\"error\":", "{\"file\":\"missing.png\",\"error\":");
    }

    /** What training, evaluation and prediction say; the files of the run stay English. */
    private static void inGerman(Path trained) throws IOException {
        Launcher launcher = new Launcher(trained).with("LC_ALL", "de_DE.UTF-8");
        Files.write(trained.resolve("empty.png"), new byte[0]);
        Launcher.Outcome train =
                launcher.run(TRAIN.replace("--name run", "--name lauf").split(" "));
        Launcher.Outcome evaluation = launcher.run("evaluate", "runs/lauf");
        Launcher.Outcome prediction = launcher.run("predict", "runs/lauf", "empty.png", "--json", "--csv", "out.csv");

        assertThat(train.exitCode()).as(train.err()).isZero();
        assertThat(train.err())
                .contains("Bilder prüfen: ", "Lauf runs/lauf: simple_cnn auf cpu", "1 Epoche zu ")
                .contains("Epoch [1/1], Loss: ", ", Acc: ", ", F1-Score: ", ", Val_Loss: ");
        assertThat(train.out()).contains(" Epoche  train_loss", "Zeit", "* beste", "Bilder/s im Training");
        assertThat(Files.readString(trained.resolve("runs/lauf/run.yaml"))).contains("# learning rate");
        assertThat(Files.readString(trained.resolve("runs/lauf/STATUS"))).isEqualTo("finished\n");
        assertThat(evaluation.out()).startsWith("Klasse").contains("Split val: ", " Bilder, accuracy ");
        assertThat(prediction.exitCode()).isEqualTo(3);
        assertThat(prediction.out()).contains("\"error\":\"die Datei hat keine Bytes\"");
        assertThat(prediction.err()).contains("Fehler: 1 von 1 Datei nicht lesbar", "Abhilfe: Der Grund steht");
        assertThat(Files.readString(trained.resolve("out.csv"))).contains("the file has no bytes");
    }

    private Stream<DynamicTest> tests(Row... rows) {
        return Stream.of(rows).map(row -> DynamicTest.dynamicTest(row.name(), () -> check(row)));
    }

    private void check(Row row) throws IOException {
        Path own = Files.createDirectories(folder.resolve(row.name().replace(' ', '-')));
        row.preparation().in(own);

        Launcher.Outcome outcome = new Launcher(own).run(row.arguments().toArray(String[]::new));

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(row.exitCode());
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .containsPattern("(?m)^error: ")
                .contains(row.fragments())
                .doesNotContain("\tat ");
        assertThat(outcome.err()).contains("fix: ");
    }
}
