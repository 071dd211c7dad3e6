package io.sichter.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.GoldenFile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LrSuggestionTest {
    @Test
    void ratesSmoothingAndSuggestionsAreFastais() {
        JsonNode golden = GoldenFile.json("schedule/lr_find");
        assertThat(golden).hasSize(3);
        for (JsonNode one : golden) {
            int steps = one.get("steps").asInt();
            double[] losses = GoldenFile.doubles(one.get("losses"));
            double[] smooth = GoldenFile.doubles(one.get("smooth"));
            double[] rates = GoldenFile.doubles(one.get("rates"));
            List<LrSuggestion.Point> points = new ArrayList<>();
            double smoothed = 0;
            for (int i = 0; i < steps; i++) {
                double lr = LrSuggestion.rate(
                        one.get("first").asDouble(), one.get("last").asDouble(), i, steps);
                smoothed = LrSuggestion.smooth(smoothed, losses[i], i + 1);
                assertThat(lr).isCloseTo(rates[i], within(1e-9 * lr));
                assertThat(smoothed).isCloseTo(smooth[i], within(1e-9));
                points.add(new LrSuggestion.Point(lr, losses[i], smoothed));
            }
            LrSuggestion found = LrSuggestion.of(points, steps);
            double valley = one.get("valley").asDouble();
            assertThat(found.valley().orElseThrow()).isCloseTo(valley, within(1e-6 * valley));
            double steep = one.get("steep").asDouble();
            assertThat(found.steepest().orElseThrow()).isCloseTo(steep, within(1e-6 * steep));
        }
    }

    @Test
    void tooFewPointsSuggestNothing() {
        List<LrSuggestion.Point> few = List.of(new LrSuggestion.Point(1, 1, 1), new LrSuggestion.Point(2, 1, 1));
        assertThat(LrSuggestion.of(few, 100).valley()).isEmpty();
        assertThat(LrSuggestion.of(few, 100).steepest()).isEmpty();
    }
}
