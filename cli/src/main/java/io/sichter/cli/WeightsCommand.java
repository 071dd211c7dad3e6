package io.sichter.cli;

import io.sichter.config.Normalization;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.model.Models;
import io.sichter.published.FoundWeights;
import io.sichter.published.PublishedWeights;
import io.sichter.published.WeightsImport;
import io.sichter.published.WeightsStore;
import io.sichter.registry.Suggestion;
import io.sichter.storage.WeightsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists published weights, fetches them, and takes files that came another way. */
@Command(name = "weights")
final class WeightsCommand implements Callable<Integer> {
    /** What nearly all weights were trained with. */
    private static final int IMAGE_SIZE = 224;

    private final SichterCommand program;

    @Option(names = "--json")
    private boolean json;

    WeightsCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        return list("", false, json);
    }

    @Command(name = "list")
    int list(
            @Parameters(arity = "0..1", paramLabel = "WORD", descriptionKey = "word", defaultValue = "") String word,
            @Option(names = "--here") boolean here,
            @Option(names = "--json") boolean asJson) {
        Terminal terminal = program.terminal();
        List<WeightsRow> rows = WeightsRow.all(WeightsStore.ofUser()).stream()
                .filter(row -> row.name().contains(word) && (!here || row.file().isPresent()))
                .toList();
        if (rows.isEmpty() && !asJson) {
            throw new UsageException(Problem.of(here ? "cli.weights.none_here" : "cli.weights.none", word));
        }
        terminal.result(asJson ? Json.write(WeightsOutput.rows(rows)) : WeightsOutput.table(rows, terminal));
        return 0;
    }

    @Command(name = "show")
    int show(
            @Parameters(paramLabel = "NAME", descriptionKey = "weights-name") String name,
            @Option(names = "--json") boolean asJson) {
        Terminal terminal = program.terminal();
        WeightsRow row = WeightsRow.all(WeightsStore.ofUser()).stream()
                .filter(r -> r.name().equals(name)
                        || (r.isDefault() && r.architecture().equals(name)))
                .findFirst()
                .orElseThrow(() -> unknown(name));
        terminal.result(asJson ? Json.write(WeightsOutput.json(row)) : WeightsOutput.text(row, terminal));
        return 0;
    }

    @Command(name = "fetch")
    int fetch(
            @Parameters(arity = "1..*", paramLabel = "NAME", descriptionKey = "weights-name") List<String> names,
            @Option(names = "--json") boolean asJson) {
        WeightsStore store = WeightsStore.ofUser();
        List<PublishedWeights> wanted = names.stream()
                .map(name -> store.catalog().find(name).orElseThrow(() -> unknown(name)))
                .toList(); // a misspelt name is said before anything is fetched
        List<FoundWeights> found = new ArrayList<>();
        for (PublishedWeights weights : wanted) {
            found.add(store.fetch(weights, new FetchProgress(program.terminal())));
        }
        print(found, asJson);
        return 0;
    }

    @Command(name = "import")
    int take(
            @Parameters(paramLabel = "FILE", descriptionKey = "weights-file") Path file,
            @Option(names = "--as", paramLabel = "NAME") @Nullable String as,
            @Option(names = "--imagenet") boolean imagenet,
            @Option(names = "--json") boolean asJson) {
        FetchProgress progress = new FetchProgress(program.terminal());
        WeightsStore store = WeightsStore.ofUser();
        WeightsFile read = WeightsFile.read(file); // what is no file of weights is refused before anything is copied
        Optional<PublishedWeights> published = published(store, file, as, progress);
        if (published.isPresent() && imagenet) {
            throw new UsageException(
                    Problem.of("cli.weights.imagenet_twice", published.get().name()));
        }
        WeightsImport importer = new WeightsImport(store, progress);
        FoundWeights found;
        if (published.isPresent()) {
            Models.requireFit(
                    published.get().architecture(),
                    read,
                    published.get().preset().imageSize());
            found = importer.published(file, published.get());
        } else {
            String architecture = architecture(as, file);
            Models.requireFit(architecture, read, read.imageSize().orElse(IMAGE_SIZE));
            Optional<Normalization> normalization =
                    read.statistics().map(numbers -> new Normalization(numbers.mean(), numbers.std()));
            found = importer.other(file, architecture, imagenet, normalization);
        }
        print(List.of(found), asJson);
        return 0;
    }

    /** What the file is: what it is said to be, else what its checksum says. */
    private static Optional<PublishedWeights> published(
            WeightsStore store, Path file, @Nullable String as, FetchProgress progress) {
        Optional<PublishedWeights> named = Optional.ofNullable(as)
                .flatMap(store.catalog()::find)
                .filter(weights -> weights.name().equals(as));
        return named.or(() -> store.catalog().ofDigest(WeightsStore.hash(file, progress)));
    }

    private static String architecture(@Nullable String as, Path file) {
        if (as == null) {
            throw new UsageException(Problem.of("cli.weights.as", file));
        }
        Models.family(as); // an unknown name is answered with the nearest
        return as;
    }

    private void print(List<FoundWeights> found, boolean asJson) {
        Terminal terminal = program.terminal();
        terminal.result(
                asJson ? Json.write(WeightsOutput.json(found)) : WeightsOutput.text(found, terminal.language()));
    }

    private static UsageException unknown(String name) {
        List<String> names = WeightsRow.all(WeightsStore.ofUser()).stream()
                .flatMap(row -> Stream.of(row.architecture(), row.name()))
                .distinct()
                .toList();
        return new UsageException(Problem.of("published.unknown", name, Suggestion.orChoose(name, names)));
    }
}
