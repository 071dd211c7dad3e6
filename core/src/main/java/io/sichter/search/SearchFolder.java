package io.sichter.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sichter.config.RunConfig;
import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.error.UsageException;
import io.sichter.event.TrainListener;
import io.sichter.run.Epilogue;
import io.sichter.run.RunDirectory;
import io.sichter.storage.Digests;
import io.sichter.storage.DurableFiles;
import io.sichter.storage.RunLock;
import io.sichter.train.ResumeOptions;
import io.sichter.train.StopSignal;
import io.sichter.train.Training;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The folder of many runs that belong together, with {@code plan.json} that says what they are for. Whoever asks the same
 * question again goes on in it: runs that are finished stay as they are, others are resumed, those that lack are made.
 */
final class SearchFolder implements AutoCloseable {
    private static final String PLAN = "plan.json";
    private static final JsonMapper JSON = new JsonMapper();

    private final Path path;
    private final RunLock lock;
    private final Map<String, String> digests = new TreeMap<>();
    private final ObjectNode plan;

    /**
     * What is asked.
     *
     * @param kind {@code comparison} or {@code crossval}
     * @param text everything that decides what the runs become, besides what their names say
     */
    record Question(String kind, String text) {
        String digest() {
            return Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private SearchFolder(Path path, RunLock lock, ObjectNode plan) {
        this.path = path;
        this.lock = lock;
        this.plan = plan;
        plan.path("runs")
                .properties()
                .forEach(e -> digests.put(e.getKey(), e.getValue().asText()));
    }

    /**
     * Opens the folder of a question, or makes it.
     *
     * @param asked name that the person gave, or {@code auto}
     * @param usual name where none was given; the first of NAME, NAME-2 ... that is free or has the same question
     * @throws UsageException if the folder that was named is for something else
     */
    static SearchFolder open(Path parent, String asked, String usual, Question question) {
        String name = asked.equals("auto") ? usual : asked;
        Path path = parent.resolve(name);
        for (int n = 2; Files.exists(path) && !isFor(path, question); n++) {
            if (!asked.equals("auto")) {
                throw new UsageException(Problem.of("search.other_question", path));
            }
            path = parent.resolve(name + "-" + n);
        }
        DurableFiles.makeFolder(path.resolve("runs"));
        RunLock lock = RunLock.take(path.resolve("run.lock"));
        Path file = path.resolve(PLAN);
        if (!Files.isRegularFile(file)) {
            ObjectNode plan = JSON.createObjectNode();
            plan.put("format", 1).put("kind", question.kind()).put("question", question.digest());
            plan.putObject("runs");
            DurableFiles.write(file, plan.toPrettyString() + "\n");
        }
        return new SearchFolder(path, lock, read(file));
    }

    private static boolean isFor(Path path, Question question) {
        Path file = path.resolve(PLAN);
        if (!Files.isRegularFile(file)) {
            return false;
        }
        JsonNode plan = read(file);
        return plan.path("kind").asText().equals(question.kind())
                && plan.path("question").asText().equals(question.digest());
    }

    private static ObjectNode read(Path file) {
        try {
            if (JSON.readTree(DurableFiles.read(file)) instanceof ObjectNode plan) {
                return plan;
            }
            throw new StorageException(Problem.of("search.plan", file, ""));
        } catch (JsonProcessingException e) {
            throw new StorageException(Problem.of("search.plan", file, String.valueOf(e.getOriginalMessage())), e);
        }
    }

    Path path() {
        return path;
    }

    /** Where its runs are made. */
    Path runs() {
        return path.resolve("runs");
    }

    RunDirectory run(String name) {
        return new RunDirectory(runs().resolve(name));
    }

    /** Whether a run did all that it was to do. */
    boolean isFinished(String name) {
        return Files.isRegularFile(run(name).config()) && run(name).status().equals(RunDirectory.FINISHED);
    }

    /** A number that was found once and holds from then on; NaN if it was not yet. */
    double known(String what) {
        return plan.path("known").path(what).asDouble(Double.NaN);
    }

    /** Keeps such a number. */
    void keep(String what, double value) {
        plan.withObject("known").put(what, value);
        write();
    }

    /**
     * Sees to it that a run is finished.
     *
     * @param name of the run
     * @param settings what sets it apart from the others; a run of the same name with others is refused
     * @param config of it; where it is made and what it is called are set here
     * @throws io.sichter.error.RunInterruptedException if it was asked to stop
     */
    void complete(
            String name,
            String settings,
            RunConfig config,
            StopSignal stop,
            List<TrainListener> listeners,
            Epilogue epilogue) {
        String digest = Digests.sha256(settings.getBytes(StandardCharsets.UTF_8));
        if (!digests.getOrDefault(name, digest).equals(digest)) {
            throw new UsageException(Problem.of("search.same_name", name, path));
        }
        if (isFinished(name)) {
            return;
        }
        if (digests.put(name, digest) == null) {
            plan.withObject("runs").put(name, digest);
            write();
        }
        if (Files.isRegularFile(run(name).config())) {
            Training.resume(run(name).path(), ResumeOptions.none(), stop, listeners, epilogue);
        } else {
            Training.start(placed(config, name), stop, listeners, epilogue);
        }
    }

    private RunConfig placed(RunConfig config, String name) {
        return io.sichter.config.ConfigReader.resolve(
                config,
                List.of(
                        new io.sichter.config.ConfigLayer.Setting("search", "runs_dir", runs().toString()),
                        new io.sichter.config.ConfigLayer.Setting("search", "run_name", name)));
    }

    private void write() {
        DurableFiles.write(path.resolve(PLAN), plan.toPrettyString() + "\n");
    }

    @Override
    public void close() {
        lock.close();
    }
}
