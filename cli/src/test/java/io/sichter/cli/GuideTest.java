package io.sichter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sichter.cli.GuidePage.Block;
import io.sichter.cli.demo.DemoPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The guide says what is true: its commands run, its links lead somewhere, its languages tell the same. */
@DisabledOnOs(OS.WINDOWS)
class GuideTest {
    /** The pages by their English names, with the German ones. */
    private static final Map<String, String> PAGES = Map.ofEntries(
            Map.entry("en/first-classifier.md", "de/erster-klassifikator.md"),
            Map.entry("en/preparing-pictures.md", "de/bilder-vorbereiten.md"),
            Map.entry("en/first-hour.md", "de/erste-stunde.md"),
            Map.entry("en/transfer-learning.md", "de/transferlernen.md"),
            Map.entry("en/inside-a-network.md", "de/im-netz.md"),
            Map.entry("en/java.md", "de/java.md"),
            Map.entry("en/machines.md", "de/rechner.md"),
            Map.entry("en/weights.md", "de/gewichte.md"),
            Map.entry("en/glossary.md", "de/glossar.md"),
            Map.entry("en/reference/commands.md", "de/reference/commands.md"),
            Map.entry("en/reference/configuration.md", "de/reference/configuration.md"));

    /** Pictures of the classes that the first hour trains on, and of the others: enough to learn nothing quickly. */
    private static final int MANY = 35;

    private static final int FEW = 5;
    private static final List<String> WITH_MANY = List.of("heart", "ring", "star");

    /** A process started in the background ignores Ctrl-C, and with it all that it starts; GNU's env can undo that. */
    private static final String HEEDING =
            "! env --default-signal=INT true 2>/dev/null || heeding='env --default-signal=INT'; exec ${heeding:-} ";

    private static final long LIMIT_SECONDS = 300;
    private static final long IMAGES_BYTES = 2_000_000;

    @TempDir
    private static Path folder = Path.of("");

    @BeforeAll
    static void draw() throws IOException {
        Files.createSymbolicLink(folder.resolve("sichter"), Launcher.script());
        Path pictures = folder.resolve("runs/demo-pictures");
        DemoPictures.draw(pictures, DemoSettings.PICTURE_SEED, drawn -> {});
        for (String name : DemoPictures.classes()) {
            try (Stream<Path> files = Files.list(pictures.resolve(name))) {
                for (Path surplus : files.sorted()
                        .skip(WITH_MANY.contains(name) ? MANY : FEW)
                        .toList()) {
                    Files.delete(surplus);
                }
            }
        }
    }

    /** Or JUnit would warn that it leads out of its folder. */
    @AfterAll
    static void removeTheLink() throws IOException {
        Files.delete(folder.resolve("sichter"));
    }

    @Test
    void everyPageIsThereInBothLanguages() {
        assertThat(Stream.of("en", "de")
                        .flatMap(language -> GuidePage.all(language).stream())
                        .map(page -> path(page.file())))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(PAGES.keySet().stream(), PAGES.values().stream())
                        .toList());
    }

    @Test
    void bothLanguagesHaveTheSameHeadingsAndBlocks() {
        PAGES.forEach((en, de) -> {
            GuidePage english = GuidePage.read(en);
            GuidePage german = GuidePage.read(de);
            assertThat(levels(german)).as(de).isEqualTo(levels(english));
            assertThat(german.blocks().stream().map(Block::info))
                    .as(de)
                    .containsExactlyElementsOf(
                            english.blocks().stream().map(Block::info).toList());
            assertThat(german.links()).as(de).hasSameSizeAs(english.links());
            assertThat(commands(german)).as(de).isEqualTo(commands(english));
        });
    }

    @Test
    void everyLinkLeadsSomewhere() {
        for (GuidePage page : GuidePage.all("")) {
            for (String link : page.links()) {
                if (!link.contains("://")) {
                    int hash = link.indexOf('#');
                    Path target = hash == 0
                            ? page.file()
                            : page.file()
                                    .resolveSibling(hash < 0 ? link : link.substring(0, hash))
                                    .normalize();
                    assertThat(target).as(page.file() + ": " + link).exists();
                    if (hash >= 0) {
                        assertThat(GuidePage.read(path(target)).anchors())
                                .as(page.file() + ": " + link)
                                .contains(link.substring(hash + 1));
                    }
                }
            }
        }
    }

    @Test
    void everyPictureIsShownAndTheyAreSmallTogether() throws IOException {
        List<String> shown = GuidePage.all("").stream()
                .flatMap(page -> page.links().stream()
                        .map(link ->
                                page.file().resolveSibling(link).normalize().toString()))
                .toList();
        long bytes = 0;
        try (Stream<Path> images = Files.list(GuidePage.root().resolve("images"))) {
            for (Path image : images.toList()) {
                assertThat(shown).contains(image.toString());
                bytes += Files.size(image);
            }
        }
        assertThat(bytes).isBetween(1L, IMAGES_BYTES);
    }

    @Test
    void theCommandsOfTheFirstClassifierRun() throws Exception {
        runs("en/first-classifier.md", "en");
    }

    @Test
    void theCommandsOfTheFirstHourRunInGerman() throws Exception {
        runs("de/erste-stunde.md", "de");
    }

    @Test
    void theCommandsOfTransferLearningRun() throws Exception {
        runs("en/transfer-learning.md", "en");
    }

    @Test
    void theCommandsOfPreparingPicturesRunInGerman() throws Exception {
        runs("de/bilder-vorbereiten.md", "de");
    }

    @Test
    void theCommandsInsideANetworkRun() throws Exception {
        runs("en/inside-a-network.md", "en");
    }

    /** The other language's page has the same commands: see above. */
    private void runs(String path, String language) throws Exception {
        GuidePage page = GuidePage.read(path);
        assertThat(commands(page)).hasSizeGreaterThan(4);
        for (Block block : page.blocks()) {
            if (block.info().startsWith("yaml ")) {
                Files.writeString(folder.resolve(block.info().substring(5)), hurried(block.text()));
            } else if (block.runs()) {
                run(block, language);
            }
        }
        for (Block block : GuidePage.read(counterpart(path)).blocks()) { // its comments differ
            if (block.info().startsWith("yaml ")) {
                Files.writeString(folder.resolve(block.info().substring(5)), block.text());
                run(new Block("sh run", "./sichter config -c " + block.info().substring(5)), language);
            }
        }
    }

    private void run(Block block, String language) throws IOException, InterruptedException {
        Path output = Files.createTempFile("guide", ".txt");
        String commands = block.interrupts() ? HEEDING + block.text() : hurried(block.text());
        ProcessBuilder builder = new ProcessBuilder("sh", "-e", "-c", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(Launcher.underTest());
        builder.environment().put("SICHTER_JAVA_OPTS", "-XX:TieredStopAtLevel=1"); // each is over in a moment
        builder.environment().put("LC_ALL", language + ".UTF-8");
        Process process = builder.start();
        if (block.interrupts()) {
            interrupt(process, output);
        }
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("Still running: " + block.text());
        }
        assertThat(process.exitValue())
                .as(block.text() + Files.readString(output))
                .isEqualTo(block.exitCode());
        Files.delete(output);
    }

    /** Ctrl-C in the second epoch. */
    private static void interrupt(Process process, Path output) throws IOException, InterruptedException {
        while (process.isAlive() && !Files.readString(output).contains("Epoch [1/")) {
            Thread.sleep(20);
        }
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** One epoch proves as much as ten. */
    private static String hurried(String text) {
        return text.replaceAll("(--epochs |epochs: )\\d+", "$11");
    }

    private static List<String> commands(GuidePage page) {
        List<String> commands = new ArrayList<>();
        page.blocks().stream().filter(Block::runs).forEach(block -> commands.add(block.text()));
        return commands;
    }

    private static List<String> levels(GuidePage page) {
        return page.headings().stream()
                .map(heading -> heading.substring(0, heading.indexOf(' ')))
                .toList();
    }

    private static String counterpart(String path) {
        return PAGES.entrySet().stream()
                .filter(pair -> pair.getKey().equals(path) || pair.getValue().equals(path))
                .map(pair -> pair.getKey().equals(path) ? pair.getValue() : pair.getKey())
                .findFirst()
                .orElseThrow();
    }

    private static String path(Path page) {
        return GuidePage.root().relativize(page).toString().replace('\\', '/');
    }
}
