package io.sichter.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.GoldenFile;
import io.sichter.search.Versus.Verdict;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether a difference is chance, against scipy. */
class VersusTest {
    private static final JsonNode GOLDEN = GoldenFile.json("search/student");

    @Test
    void pairedDifferencesAreJudgedLikeScipyDoes() {
        assertThat(GOLDEN.path("paired")).hasSize(5);
        for (JsonNode golden : GOLDEN.path("paired")) {
            double[] differences = GoldenFile.doubles(golden.path("differences"));
            Versus versus = Versus.paired(differences);

            assertThat(versus.probability()).isCloseTo(golden.path("p").asDouble(), within(1e-10));
            assertThat(versus.half()).isCloseTo(golden.path("half").asDouble(), within(1e-10));
            assertThat(versus.difference())
                    .isCloseTo(Arrays.stream(differences).average().orElseThrow(), within(1e-15));
        }
    }

    @Test
    void severalRivalsAreCorrectedByHolmsRule() {
        for (JsonNode golden : GOLDEN.path("holm")) {
            List<Versus> plain = Arrays.stream(GoldenFile.doubles(golden.path("p")))
                    .mapToObj(p -> new Versus(-0.1, 0.05, p, p < 0.05 ? Verdict.REAL : Verdict.NOISE))
                    .toList();
            double[] adjusted =
                    Versus.holm(plain).stream().mapToDouble(Versus::probability).toArray();

            assertThat(adjusted).containsExactly(GoldenFile.doubles(golden.path("adjusted")), within(1e-12));
        }
        Versus once = new Versus(-0.1, 0.05, 0.04, Verdict.REAL);
        assertThat(Versus.holm(List.of(once, once)).get(0).verdict())
                .as("0.04 counted twice is chance")
                .isEqualTo(Verdict.NOISE);
    }

    @Test
    void fewSeedsAreSaidToBeTooFew() {
        assertThat(Versus.paired(new double[] {0.3}).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(Versus.paired(new double[] {0.3, 0.1}).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(Versus.paired(new double[] {0.3, -0.1, 0.05}).verdict()).isEqualTo(Verdict.NOISE);
        assertThat(Versus.paired(new double[] {-0.3, -0.31, -0.32}).verdict()).isEqualTo(Verdict.REAL);
        assertThat(Versus.paired(new double[] {0, 0, 0}).verdict()).isEqualTo(Verdict.NOISE);
    }
}
