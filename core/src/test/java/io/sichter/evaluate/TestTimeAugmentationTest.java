package io.sichter.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.GoldenFile;
import io.sichter.error.UsageException;
import io.sichter.run.PredictionRow;
import io.sichter.text.Text;
import io.sichter.train.TinyPictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTimeAugmentationTest {
    private static final List<String> CLASSES = List.of("disc", "square", "stripes");

    @TempDir
    static Path folder;

    private static Path pictures;
    private static Path run;

    @BeforeAll
    static void train() throws IOException {
        pictures = TinyPictures.drawSplit(folder.resolve("pictures"), 9, 5);
        run = TinyRuns.train(folder, pictures, "one");
    }

    @Test
    void viewsAreBlendedAsFastaiBlendsThem() {
        JsonNode golden = GoldenFile.json("tta/blends");
        assertThat(golden).hasSize(7);
        for (JsonNode one : golden) {
            int augmented = one.get("augmented").size();
            TestTimeAugmentation mean =
                    TestTimeAugmentation.augmented(augmented, one.get("beta").asDouble());
            boolean maximum = one.get("maximum").asBoolean();
            Blend blend = new Blend(maximum ? mean.withMaximum() : mean);
            for (int i = 0; i < one.get("result").size(); i++) {
                double[] found = new double[one.get("result").get(i).size()];
                blend.add(found, 0, GoldenFile.doubles(one.get("centre").get(i)));
                for (int view = 0; view < augmented; view++) {
                    blend.add(
                            found,
                            view + 1,
                            GoldenFile.doubles(one.get("augmented").get(view).get(i)));
                }
                double[] expected = GoldenFile.doubles(one.get("result").get(i));
                assertThat(found).containsExactly(expected, within(1e-6));
                blend.finish(found);
                double sum = maximum ? Arrays.stream(expected).sum() : 1;
                double[] scaled = Arrays.stream(expected).map(p -> p / sum).toArray();
                assertThat(found).containsExactly(scaled, within(1e-6));
            }
        }
    }

    private static List<float[]> predicted(TestTimeAugmentation tta) {
        EvaluationResult result = Evaluation.of(
                run, Optional.empty(), EvaluationOptions.defaults().tta(tta), EvaluationListener.none());
        List<float[]> rows = new ArrayList<>();
        PredictionRow.read(result.predictions().orElseThrow(), CLASSES, (row, p) -> rows.add(p));
        return rows;
    }

    @Test
    void viewsAreAlwaysTheSameAndDiffer() {
        TestTimeAugmentation four = TestTimeAugmentation.augmented(4, 0.25);
        List<float[]> first = predicted(four);
        assertThat(predicted(four)).usingRecursiveComparison().isEqualTo(first);
        List<float[]> plain = predicted(TestTimeAugmentation.none());
        List<float[]> three = predicted(TestTimeAugmentation.augmented(3, 0.25));
        List<float[]> highest = predicted(four.withMaximum());
        List<float[]> centre = predicted(TestTimeAugmentation.augmented(4, 1));
        int different = 0;
        for (int i = 0; i < first.size(); i++) {
            assertThat(centre.get(i)).containsExactly(plain.get(i), within(1e-6f));
            boolean unlike = !Arrays.equals(first.get(i), plain.get(i))
                    && !Arrays.equals(first.get(i), three.get(i))
                    && !Arrays.equals(first.get(i), highest.get(i));
            different += unlike ? 1 : 0;
            assertThat(sum(first.get(i))).isCloseTo(1, within(1e-5));
            assertThat(sum(highest.get(i))).isCloseTo(1, within(1e-5));
        }
        assertThat(different).isEqualTo(15);
    }

    private static double sum(float[] row) {
        double sum = 0;
        for (float p : row) {
            sum += p;
        }
        return sum;
    }

    @Test
    void cropsAreTheMeanOfTheirViews() {
        // seen whole, what predict says of each crop alone is what it says of the five together
        List<float[]> five = predicted(TestTimeAugmentation.fiveCrops());
        List<float[]> ten = predicted(TestTimeAugmentation.tenCrops());
        List<float[]> plain = predicted(TestTimeAugmentation.none());
        int different = 0;
        for (int i = 0; i < five.size(); i++) {
            different += Arrays.equals(five.get(i), plain.get(i)) || Arrays.equals(ten.get(i), five.get(i)) ? 0 : 1;
        }
        assertThat(different).isGreaterThan(10); // of a square picture all five crops are one
    }

    @Test
    void predictingOneFileSaysWhatEvaluatingSays() {
        for (TestTimeAugmentation tta : List.of(
                TestTimeAugmentation.none(),
                TestTimeAugmentation.fiveCrops(),
                TestTimeAugmentation.tenCrops().withMaximum())) {
            EvaluationResult result = Evaluation.of(
                    run, Optional.empty(), EvaluationOptions.defaults().tta(tta), EvaluationListener.none());
            try (Predictor predictor = Predictor.open(run, tta)) {
                PredictionRow.read(result.predictions().orElseThrow(), CLASSES, (row, p) -> {
                    Map<String, Double> found = new java.util.HashMap<>();
                    predictor
                            .predict(pictures.resolve(row.file()))
                            .top()
                            .forEach(c -> found.put(c.name(), c.probability()));
                    for (int k = 0; k < p.length; k++) {
                        assertThat(found.get(CLASSES.get(k))).isCloseTo((double) p[k], within(1e-5));
                    }
                });
            }
        }
        TestTimeAugmentation four = TestTimeAugmentation.augmented(4, 0.25);
        Path picture = pictures.resolve("val/disc/disc0.png");
        try (Predictor predictor = Predictor.open(run, four);
                Predictor plain = Predictor.open(run)) {
            assertThat(predictor.predict(picture)).isEqualTo(predictor.predict(picture));
            assertThat(predictor.predict(picture)).isNotEqualTo(plain.predict(picture));
        }
    }

    @Test
    void whatHasNoMeaningIsRefused() {
        Optional<Double> none = Optional.empty();
        assertThat(TestTimeAugmentation.parse("4", none, false)).isEqualTo(TestTimeAugmentation.augmented(4, 0.25));
        assertThat(TestTimeAugmentation.parse("ten", none, true).views()).isEqualTo(10);
        for (String views : List.of("0", "65", "six", "")) {
            assertThatThrownBy(() -> TestTimeAugmentation.parse(views, none, false))
                    .isInstanceOf(UsageException.class);
        }
        assertThatThrownBy(() -> TestTimeAugmentation.parse("five", Optional.of(0.5), false))
                .hasMessageContaining("five");
        assertThatThrownBy(() -> TestTimeAugmentation.parse("4", Optional.of(0.5), true))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> TestTimeAugmentation.parse("4", Optional.of(1.5), false))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> Predictor.open(run.resolve("bundle"), TestTimeAugmentation.augmented(4, 0.25)))
                .isInstanceOf(UsageException.class);
        Path squashed = TinyRuns.train(
                folder,
                pictures,
                "squashed",
                "transforms.train=[{resize: {size: [16, 16]}}]",
                "transforms.eval=[{resize: {size: [16, 16]}}]");
        assertThatThrownBy(() -> Predictor.open(squashed, TestTimeAugmentation.fiveCrops()))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> Predictor.open(squashed, TestTimeAugmentation.augmented(2, 0.5)))
                .isInstanceOf(UsageException.class);
    }

    /** The network was taught on whole pictures; validation cuts all but the middle, where there is nothing. */
    @Test
    void aGainFromWhatTheCentreCropHidesIsSaidToBeOne() throws IOException {
        Path wide = WidePictures.draw(folder.resolve("wide"));
        Path trained = TinyRuns.train(
                folder,
                wide,
                "wide",
                "train.epochs=12",
                "optimizer.lr=3e-3",
                "transforms.train=[{random_resized_crop: {size: image_size, scale: [0.9, 1.0], ratio: [2.8, 3.0]}}]");
        List<Text> advice = new ArrayList<>();
        EvaluationListener listener = new EvaluationListener() {
            @Override
            public void progress(int done, int total) {}

            @Override
            public void advice(Text text) {
                advice.add(text);
            }
        };
        TestTimeAugmentation four = TestTimeAugmentation.augmented(4, 0);
        EvaluationResult result = Evaluation.of(
                trained, Optional.empty(), EvaluationOptions.defaults().tta(four), listener);
        ViewGain gain = result.findings().tta().orElseThrow();
        assertThat(gain.after()).isGreaterThan(gain.before());
        assertThat(gain.isFromCropping()).isTrue();
        assertThat(advice.toString()).contains("whole");
    }

    @Test
    void aGainFromElsewhereIsNot() {
        assertThat(new ViewGain(5, 100, 80, 90, 12, 2).advice()).isEmpty();
        assertThat(new ViewGain(5, 100, 90, 80, 4, 4).advice()).isEmpty();
        assertThat(new ViewGain(5, 100, 80, 90, 12, 9).advice()).isPresent();
    }
}
