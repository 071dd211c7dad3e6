package io.sichter.cli;

import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.evaluate.ExplainMethod;
import io.sichter.evaluate.Explainer;
import io.sichter.evaluate.Explanation;
import io.sichter.report.ExplanationPicture;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows where in pictures a network sees what it says. */
@Command(name = "explain")
final class ExplainCommand implements Callable<Integer> {
    private final SichterCommand program;

    @Parameters(index = "0", paramLabel = "RUN", descriptionKey = "run")
    private String run = "";

    @Mixin
    private RunsDirOption runsDir = new RunsDirOption();

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE|DIR", descriptionKey = "files")
    private List<Path> paths = List.of();

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "DIR")
    private Path out = Path.of("");

    @Option(names = "--method", paramLabel = "NAME")
    private String method = "auto";

    @Option(names = "--class", paramLabel = "NAME")
    private @Nullable String name;

    @Option(names = "--score")
    private boolean score;

    @Option(names = "--recursive")
    private boolean recursive;

    @Option(names = "--json")
    private boolean json;

    ExplainCommand(SichterCommand program) {
        this.program = program;
    }

    /**
     * What became of one file.
     *
     * @param picture what was drawn, empty with an error
     */
    private record Result(Path file, Optional<Explanation> explanation, Optional<Path> picture, Optional<Text> error) {}

    @Override
    public Integer call() {
        Terminal terminal = program.terminal();
        ExplainMethod how = ExplainMethod.parse(method);
        List<Path> files = PictureFiles.of(paths, recursive);
        List<Result> results = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        CountProgress progress = new CountProgress(terminal, Text.of("cli.explain.progress"), System::nanoTime);
        try (Explainer explainer = Explainer.open(runsDir.find(run, terminal))) {
            for (Path file : files) {
                results.add(explain(explainer, how, file, taken));
                if (files.size() > 1) {
                    progress.update(results.size(), files.size());
                }
            }
        }
        print(terminal, results);
        long failed = results.stream().filter(r -> r.error().isPresent()).count();
        if (failed == 0) {
            return 0;
        }
        terminal.error(Problem.of("cli.explain.unreadable", failed, results.size()));
        return Failures.DATA;
    }

    private Result explain(Explainer explainer, ExplainMethod how, Path file, Set<String> taken) {
        try {
            Explanation explanation = explainer.explain(file, how, Optional.ofNullable(name), score);
            String title = String.valueOf(file.getFileName());
            List<Path> drawn = new ExplanationPicture(program.terminal().language())
                    .write(out, free(title, taken), title, explanation);
            return new Result(file, Optional.of(explanation), Optional.of(drawn.get(0)), Optional.empty());
        } catch (DataException e) {
            return new Result(
                    file,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(e.problem().received()));
        }
    }

    /** A name for the picture that no other one of this call has. */
    private static String free(String file, Set<String> taken) {
        int dot = file.lastIndexOf('.');
        String base = dot > 0 ? file.substring(0, dot) : file;
        String free = base;
        for (int n = 2; !taken.add(free); n++) {
            free = base + "-" + n;
        }
        return free;
    }

    private void print(Terminal terminal, List<Result> results) {
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put(
                    "explanations", results.stream().map(r -> json(r, terminal)).toList());
            terminal.result(Json.write(object));
            return;
        }
        for (Result result : results) {
            terminal.result(line(result).in(terminal.language()));
        }
    }

    private static Text line(Result result) {
        if (result.explanation().isEmpty()) {
            return Text.of(
                    "about",
                    result.file(),
                    Text.of("cli.predict.not_read", result.error().orElse(Text.empty())));
        }
        Explanation explanation = result.explanation().get();
        String label = explanation.prediction().label();
        String picture = result.picture().map(Path::toString).orElse("");
        return explanation
                .score()
                .map(s -> Text.of(
                        "cli.explain.scored",
                        result.file(),
                        label,
                        picture,
                        EvaluateOutput.number(s.deletion()),
                        EvaluateOutput.number(s.insertion())))
                .orElseGet(() -> Text.of("cli.explain.line", result.file(), label, picture));
    }

    private static Map<String, Object> json(Result result, Terminal terminal) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", result.file().toString());
        result.error().ifPresent(error -> json.put("error", error.in(terminal.language())));
        result.explanation().ifPresent(explanation -> {
            json.put("prediction", explanation.prediction().label());
            json.put("probability", explanation.prediction().probability());
            json.put("explained", explanation.explained());
            json.put("method", explanation.method().word());
            json.put("picture", Objects.toString(result.picture().orElse(null), null));
            explanation.score().ifPresent(s -> {
                json.put("deletion", s.deletion());
                json.put("insertion", s.insertion());
            });
        });
        return json;
    }
}
