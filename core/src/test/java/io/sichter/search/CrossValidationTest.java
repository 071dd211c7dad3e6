package io.sichter.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sichter.GoldenFile;
import io.sichter.config.RunConfig;
import io.sichter.dataset.Part;
import io.sichter.dataset.Partition;
import io.sichter.dataset.Sample;
import io.sichter.error.DataException;
import io.sichter.error.RunInterruptedException;
import io.sichter.error.StorageException;
import io.sichter.error.UsageException;
import io.sichter.evaluate.Evaluation;
import io.sichter.evaluate.EvaluationListener;
import io.sichter.evaluate.EvaluationResult;
import io.sichter.evaluate.ExplainMethod;
import io.sichter.evaluate.Explainer;
import io.sichter.evaluate.Prediction;
import io.sichter.evaluate.Predictor;
import io.sichter.event.TrainEvent;
import io.sichter.run.Epilogue;
import io.sichter.train.StopSignal;
import io.sichter.train.TinyPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every picture is judged by a network that has not seen it, and all of them together are a classifier. */
class CrossValidationTest {
    @TempDir
    static Path folder;

    private static Path pictures;

    @BeforeAll
    static void draw() throws IOException {
        pictures = TinyPictures.draw(folder.resolve("pictures"), 10, 1);
        TinyPictures.draw(folder.resolve("with-test/train"), 6, 2);
        TinyPictures.draw(folder.resolve("with-test/test"), 3, 3);
    }

    private static CrossValidationPlan plan(Path data, String name, int folds, int repeats, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("run_name=" + name);
        RunConfig config = Runs.config(data, folder, all.toArray(String[]::new));
        return new CrossValidationPlan(config, folds, repeats, true);
    }

    private static CrossValidationResult run(CrossValidationPlan plan) {
        return new CrossValidation(plan, new StopSignal(), SearchListener.of(List.of()), Epilogue.none()).run();
    }

    @Test
    void everyPictureIsJudgedOnceByANetworkThatHasNotSeenIt() throws IOException {
        StopSignal stop = new StopSignal();
        CrossValidationPlan plan = plan(pictures, "three", 3, 1);
        assertThatThrownBy(() -> new CrossValidation(
                                plan,
                                stop,
                                SearchListener.of(List.of(event -> {
                                    if (event instanceof TrainEvent.RunEnded) {
                                        stop.request(130);
                                    }
                                })),
                                Epilogue.none())
                        .run())
                .isInstanceOf(RunInterruptedException.class);
        String first = Files.readString(folder.resolve("three/runs/r1-f1/events.jsonl"));

        CrossValidationResult result = run(plan);

        assertThat(Files.readString(folder.resolve("three/runs/r1-f1/events.jsonl")))
                .as("a finished fold is not trained again")
                .isEqualTo(first);
        assertThat(result.folds())
                .extracting(CrossValidationResult.Fold::samples)
                .containsExactly(10, 10, 10);
        assertThat(result.folds()).extracting(CrossValidationResult.Fold::train).containsOnly(16);
        assertThat(result.folds())
                .extracting(CrossValidationResult.Fold::validation)
                .containsOnly(4);
        List<String> rows = Files.readAllLines(result.folder().resolve("predictions.csv"));
        assertThat(rows.get(0)).isEqualTo("repeat,fold,file,truth,prediction,probability,disc,square,stripes");
        assertThat(rows.stream().skip(1).map(row -> row.split(",", -1)[2]))
                .hasSize(30)
                .doesNotHaveDuplicates();
        for (CrossValidationResult.Fold fold : result.folds()) {
            Map<String, Set<String>> parts = parts(fold.run());
            Set<String> judged = new HashSet<>();
            rows.stream()
                    .map(row -> row.split(",", -1))
                    .filter(row -> row[1].equals(Integer.toString(fold.number())))
                    .forEach(row -> judged.add(row[2]));
            assertThat(judged).isEqualTo(parts.get("test"));
            assertThat(parts.get("train")).doesNotContainAnyElementsOf(judged);
            assertThat(parts.get("val")).doesNotContainAnyElementsOf(judged);
            EvaluationResult again = Evaluation.of(fold.run(), Optional.empty(), "test", EvaluationListener.none());
            assertThat(fold.accuracy()).isEqualTo(again.accuracy());
            assertThat(fold.f1Macro()).isEqualTo(again.f1Macro());
        }
        JsonNode json = new ObjectMapper()
                .readTree(result.folder().resolve("crossval.json").toFile());
        assertThat(json.path("folds").asInt()).isEqualTo(3);
        assertThat(json.path("accuracy_mean").asDouble())
                .isEqualTo(result.accuracy().mean());
        assertThat(List.of("accuracy_std", "f1_macro_mean", "seconds", "peak_rss_mb"))
                .allMatch(key -> json.path(key).isNumber());
        assertThatThrownBy(() -> run(plan(pictures, "three", 4, 1)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("holds something else");
    }

    private static Map<String, Set<String>> parts(Path run) throws IOException {
        Map<String, Set<String>> parts = new HashMap<>();
        for (String row : Files.readAllLines(run.resolve("split.csv"))) {
            String[] cells = row.split(",", -1);
            parts.computeIfAbsent(cells[2], p -> new HashSet<>()).add(cells[0]);
        }
        return parts;
    }

    @Test
    void theEnsembleSaysTheMeanOfItsMembersAndIsLoadedLikeAnyClassifier() throws IOException {
        CrossValidationResult result = run(plan(folder.resolve("with-test"), "ensemble", 2, 2, "runtime.threads=0"));

        assertThat(result.folds()).hasSize(4);
        assertThat(result.testAccuracy()).isPresent();
        EvaluationResult test = Evaluation.of(
                result.bundle(), Optional.of(folder.resolve("with-test")), "test", EvaluationListener.none());
        assertThat(test.samples()).isEqualTo(9);
        assertThat(test.accuracy()).isEqualTo(result.testAccuracy().getAsDouble());

        Path picture = folder.resolve("with-test/test/disc/disc0.png");
        Map<String, Double> mean = new HashMap<>();
        for (CrossValidationResult.Fold fold : result.folds()) {
            try (Predictor member = Predictor.open(fold.run())) {
                probabilities(member.predict(picture)).forEach((name, p) -> mean.merge(name, p / 4, Double::sum));
            }
        }
        try (Predictor ensemble = Predictor.open(result.bundle())) {
            Map<String, Double> said = probabilities(ensemble.predict(picture));
            mean.forEach((name, p) -> assertThat(said.get(name)).as(name).isCloseTo(p, within(1e-6)));
        }

        try (Explainer explainer = Explainer.open(result.bundle())) {
            assertThat(explainer
                            .explain(picture, ExplainMethod.AUTO, Optional.empty(), false)
                            .method())
                    .isEqualTo(ExplainMethod.OCCLUSION);
            assertThatThrownBy(() -> explainer.explain(picture, ExplainMethod.GRAD_CAM, Optional.empty(), false))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("no feature maps");
        }

        Path yaml = result.bundle().resolve("ensemble.yaml");
        Files.writeString(yaml, Files.readString(yaml).replaceFirst("sha256: ..", "sha256: 00"));
        assertThatThrownBy(() -> Predictor.open(result.bundle()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("member-1");
    }

    private static Map<String, Double> probabilities(Prediction prediction) {
        Map<String, Double> probabilities = new HashMap<>();
        prediction.top().forEach(c -> probabilities.put(c.name(), c.probability()));
        return probabilities;
    }

    @Test
    void aClassWithFewerPicturesOrGroupsThanFoldsIsRefusedWithTheNumbers() {
        assertThatThrownBy(() -> run(plan(pictures, "few", 11, 1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("\"disc\": 10")
                .hasMessageContaining("--folds 10");
        assertThatThrownBy(() -> run(plan(pictures, "few", 5, 1, "data.group_by=[a-z]+([0-3])")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no group");
        assertThatThrownBy(() -> run(plan(pictures, "few", 3, 1, "data.group_by=(disc|[02468].png|[13579].png)")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("\"disc\": 1");
        assertThatThrownBy(() -> plan(pictures, "few", 3, 1, "data.split=holdout"))
                .isInstanceOf(UsageException.class);
        assertThat(folder.resolve("few")).doesNotExist();
    }

    @Test
    void groupsStayInOneFoldAndInOneInnerPart() {
        CrossValidationPlan plan = plan(pictures, "groups", 3, 1, "data.group_by=([0-9]).png");
        Folds folds = Folds.of(plan, event -> {});
        Set<String> tested = new HashSet<>();
        for (int fold = 1; fold <= 3; fold++) {
            Partition partition = folds.partition(1, fold);
            Map<Part, Set<String>> groups = new HashMap<>();
            for (Part part : Part.values()) {
                for (Sample sample : partition.samples(part)) {
                    groups.computeIfAbsent(part, p -> new HashSet<>())
                            .add(sample.id().replaceAll(".*(\\d).png", "$1"));
                }
            }
            assertThat(groups.get(Part.TRAIN))
                    .doesNotContainAnyElementsOf(groups.get(Part.TEST))
                    .doesNotContainAnyElementsOf(groups.get(Part.VALIDATION));
            assertThat(groups.get(Part.VALIDATION)).doesNotContainAnyElementsOf(groups.get(Part.TEST));
            tested.addAll(groups.get(Part.TEST));
        }
        assertThat(tested).hasSize(10);
        assertThat(folds.partition(2, 1).test())
                .isNotEqualTo(folds.partition(1, 1).test());
    }

    @Test
    void foldsWithoutStratificationAreOfEqualSizeToo() {
        CrossValidationPlan usual = plan(pictures, "plain", 3, 1);
        Folds folds = Folds.of(new CrossValidationPlan(usual.config(), 3, 1, false), event -> {});
        List<Integer> sizes = new ArrayList<>();
        Set<String> tested = new HashSet<>();
        boolean even = true;
        for (int fold = 1; fold <= 3; fold++) {
            Partition partition = folds.partition(1, fold);
            sizes.add(partition.test().size());
            partition.test().forEach(s -> tested.add(s.id()));
            int[] counts = partition.dataset(Part.TEST).classCounts();
            even &= counts[0] >= 3 && counts[0] <= 4 && counts[1] >= 3 && counts[1] <= 4;
        }
        assertThat(sizes).containsExactly(10, 10, 10);
        assertThat(tested).hasSize(30);
        assertThat(even).as("classes fall as they fall").isFalse();
    }

    @Test
    void theIntervalIsThatOfTheCorrectedResampledTest() {
        for (JsonNode golden : GoldenFile.json("search/student").path("corrected")) {
            CrossValidationResult.Estimate estimate = CrossValidationResult.Estimate.of(
                    GoldenFile.doubles(golden.path("scores")),
                    golden.path("ratio").asDouble());

            assertThat(estimate.std()).isCloseTo(golden.path("std").asDouble(), within(1e-12));
            assertThat(estimate.half()).isCloseTo(golden.path("half").asDouble(), within(1e-10));
        }
    }
}
