package io.sichter.cli;

import io.sichter.dataset.DataFolder;
import io.sichter.dataset.RatioSplit;
import io.sichter.dataset.SplitFolder;
import io.sichter.dataset.SplitRecord;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Divides pictures into folders for training and testing. */
@Command(name = "split")
final class SplitCommand implements Callable<Integer> {
    private static final int MAX_THREADS = 8;
    private static final int SHOWN = 5;

    private final SichterCommand program;

    @Parameters(paramLabel = "DATA", descriptionKey = "data")
    private Path data = Path.of("");

    @Option(names = "--out", paramLabel = "DIR", required = true)
    private Path out = Path.of("");

    @Option(names = "--ratio", paramLabel = "X[,Y,Z]")
    private String ratio = "0.9";

    @Option(names = "--copy")
    private boolean copy;

    @Option(names = "--hardlink")
    private boolean hardlink;

    @Option(names = "--symlink")
    private boolean symlink;

    @Option(names = "--stratified")
    private boolean stratified;

    @Option(names = "--group-by", paramLabel = "REGEX|COLUMN")
    private String groupBy = "";

    @Option(names = "--keep-duplicates-together")
    private boolean keepDuplicatesTogether;

    @Option(names = "--seed", paramLabel = "N")
    private long seed = 42;

    @Option(names = "--json")
    private boolean json;

    SplitCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        Terminal terminal = program.terminal();
        RatioSplit split = new RatioSplit(RatioSplit.parse(ratio), stratified, groupBy, keepDuplicatesTogether, seed);
        SplitFolder.Mode mode = mode();
        int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
        DataFolder folder = DataFolder.open(data);
        DataNotes.of(folder).forEach(note -> note(terminal, note));
        CountProgress reading = new CountProgress(terminal, Text.of("cli.split.reading"), System::nanoTime);
        SplitRecord record = split.apply(folder, mode, threads, reading::update);
        conflicts(record).ifPresent(text -> note(terminal, text));
        record.absentClasses().forEach(text -> note(terminal, text));
        CountProgress progress = new CountProgress(terminal, Text.of("cli.split." + mode.label()), System::nanoTime);
        SplitFolder.Result result = new SplitFolder(folder, record, out, mode).make(threads, progress::update);
        terminal.result(json ? Json.write(json(record, result)) : text(record, result));
        return 0;
    }

    private SplitFolder.Mode mode() {
        if ((copy ? 1 : 0) + (hardlink ? 1 : 0) + (symlink ? 1 : 0) > 1) {
            throw new UsageException(Problem.of("cli.split.modes"));
        }
        return hardlink ? SplitFolder.Mode.HARDLINK : symlink ? SplitFolder.Mode.SYMLINK : SplitFolder.Mode.COPY;
    }

    private static Optional<Text> conflicts(SplitRecord record) {
        List<List<String>> conflicts = record.labelConflicts();
        return conflicts.isEmpty()
                ? Optional.empty()
                : Optional.of(Text.of(
                        "data.label_conflicts",
                        conflicts.size(),
                        conflicts.stream()
                                .limit(SHOWN)
                                .map(ids -> String.join(" = ", ids))
                                .collect(Collectors.joining("; "))));
    }

    private String text(SplitRecord record, SplitFolder.Result result) {
        Map<String, Map<String, Integer>> counts = record.counts();
        List<TextTable.Column> columns = new ArrayList<>();
        columns.add(TextTable.Column.words(say("cli.table.class"), 8, 0));
        counts.keySet().forEach(part -> columns.add(TextTable.Column.number(part, 0)));
        TextTable table = new TextTable(columns);
        for (String name : record.partition().classes().names()) {
            table.row(row(name, counts, part -> part.getOrDefault(name, 0)));
        }
        table.row(row(say("cli.table.all"), counts, part -> part.values().stream()
                .mapToInt(Integer::intValue)
                .sum()));
        return table.format(program.terminal().columns(), program.terminal().unicode()) + "\n\n"
                + say("cli.split.done", out, result.made(), result.present()) + "\n" + say("cli.split.next", out);
    }

    private static List<String> row(
            String name, Map<String, Map<String, Integer>> counts, ToIntFunction<Map<String, Integer>> number) {
        List<String> row = new ArrayList<>(List.of(name));
        counts.values().forEach(part -> row.add(Integer.toString(number.applyAsInt(part))));
        return row;
    }

    private Map<String, Object> json(SplitRecord record, SplitFolder.Result result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("out", out.toString());
        json.put("parameters", record.parameters());
        json.put("counts", record.counts());
        json.put("made", result.made());
        json.put("present", result.present());
        json.put("label_conflicts", record.labelConflicts());
        return json;
    }

    private String say(String key, Object... arguments) {
        return Text.of(key, arguments).in(program.terminal().language());
    }

    private static void note(Terminal terminal, Text text) {
        terminal.message(Text.of("cli.note", text));
    }
}
