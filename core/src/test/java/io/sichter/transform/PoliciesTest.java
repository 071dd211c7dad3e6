package io.sichter.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.GoldenFile;
import io.sichter.config.TransformSpec;
import io.sichter.error.UsageException;
import io.sichter.image.Image;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Automatic policies beside torchvision's, from golden/golden_policies.py. */
class PoliciesTest {
    private static final Size SIZE = new Size(41, 57);
    private static final List<Double> BLACK = List.of(0.0);
    private static final int DRAWS = 28_000;

    @TestFactory
    Stream<DynamicTest> everyOperation() {
        JsonNode cases = GoldenFile.json("policies/cases");
        assertThat(cases).hasSize(14 * 3 + 3);
        return StreamSupport.stream(cases.spliterator(), false)
                .map(c -> DynamicTest.dynamicTest(c.get("output").asText(), () -> check(c)));
    }

    private static void check(JsonNode c) throws IOException {
        Image input = Pictures.golden("policies", c.get("input").asText());
        Image expected = Pictures.golden("policies", c.get("output").asText());
        boolean mix = c.has("chains");
        Image result = mix ? mix(c, input) : operation(c, input);
        // three versions, each within 1 level, are mixed, and the sum drops its fraction
        assertThat(Pictures.maxDifference(result, expected)).isLessThanOrEqualTo(1);
    }

    private static Image operation(JsonNode c, Image input) {
        Interpolation mode = Interpolation.valueOf(c.get("mode").asText().toUpperCase(Locale.ROOT));
        PolicyChain.Step step = new PolicyChain.Step(
                PolicyOperation.valueOf(c.get("operation").asText().toUpperCase(Locale.ROOT)),
                c.get("magnitude").asDouble());
        return new PolicyChain(List.of(step)).apply(input, mode, BLACK);
    }

    private static Image mix(JsonNode c, Image input) {
        List<PolicyChain> chains = new ArrayList<>();
        for (JsonNode chain : c.get("chains")) {
            List<PolicyChain.Step> steps = new ArrayList<>();
            for (JsonNode step : chain) {
                steps.add(new PolicyChain.Step(
                        PolicyOperation.valueOf(step.get(0).asText().toUpperCase(Locale.ROOT)),
                        step.get(1).asDouble()));
            }
            chains.add(new PolicyChain(steps));
        }
        List<Double> weights =
                Arrays.stream(GoldenFile.doubles(c.get("weights"))).boxed().toList();
        return mixer().apply(input, new AugMix.Mixture(c.get("original").asDouble(), weights, chains));
    }

    private static AugMix mixer() {
        return new AugMix(3, 3, -1, 1, true, Interpolation.BILINEAR, BLACK);
    }

    @Test
    void strengthsLieOnTorchvisionsGrid() {
        Map<String, PolicySpace> spaces = Map.of(
                "rand_augment", PolicySpace.RAND_AUGMENT,
                "trivial_augment_wide", PolicySpace.TRIVIAL_AUGMENT_WIDE,
                "aug_mix", PolicySpace.AUG_MIX,
                "auto_augment", PolicySpace.RAND_AUGMENT);
        JsonNode grids = GoldenFile.json("policies/tables").get("grids");
        assertThat(grids).hasSize(4);
        spaces.forEach((name, space) -> {
            JsonNode grid = grids.get(name);
            if (!name.equals("auto_augment")) {
                assertThat(grid).hasSize(space.operations().size());
            }
            grid.properties().forEach(entry -> {
                PolicyOperation operation =
                        PolicyOperation.valueOf(entry.getKey().toUpperCase(Locale.ROOT));
                assertThat(name.equals("auto_augment") || space.operations().contains(operation))
                        .isTrue();
                double[] expected = GoldenFile.doubles(entry.getValue());
                for (int bin = 0; bin < expected.length; bin++) {
                    assertThat(space.magnitude(operation, bin, expected.length, SIZE))
                            .as(name + " " + operation + " " + bin)
                            .isCloseTo(expected[bin], within(1e-6 * Math.max(1, expected[bin])));
                }
            });
        });
    }

    @Test
    void theLearnedPoliciesAreTorchvisions() {
        JsonNode golden = GoldenFile.json("policies/tables").get("policies");
        for (LearnedPolicy policy : LearnedPolicy.values()) {
            List<String> expected = new ArrayList<>();
            for (JsonNode pair : golden.get(policy.name().toLowerCase(Locale.ROOT))) {
                pair.forEach(e -> expected.add(
                        e.get(0).asText() + e.get(1).asDouble() + e.get(2).asInt()));
            }
            List<String> actual = policy.pairs().stream()
                    .flatMap(pair -> Stream.of(pair.first(), pair.second()))
                    .map(e -> e.operation().name().toLowerCase(Locale.ROOT) + e.p() + e.bin())
                    .toList();
            assertThat(actual).isEqualTo(expected).hasSize(50);
        }
    }

    private static <T> Map<T, Double> shares(List<PolicyChain.Step> steps, Function<PolicyChain.Step, T> key) {
        return steps.stream()
                .collect(Collectors.groupingBy(
                        key, Collectors.collectingAndThen(Collectors.counting(), n -> n / (double) steps.size())));
    }

    private static List<PolicyChain.Step> steps(Transform<PolicyChain> policy) {
        SplittableRandom random = new SplittableRandom(3);
        return Stream.generate(() -> policy.draw(random, 200, 300))
                .limit(DRAWS)
                .flatMap(chain -> chain.steps().stream())
                .toList();
    }

    /** Shares of 28,000 draws and more scatter by less than 0.003. */
    @Test
    void operationsAndDirectionsAreDrawnEvenly() {
        List<PolicyChain.Step> rand = steps(new RandAugment(2, 9, 31, Interpolation.NEAREST, BLACK));
        List<PolicyChain.Step> wide = steps(new TrivialAugmentWide(31, Interpolation.NEAREST, BLACK));
        assertThat(rand).hasSize(2 * DRAWS);
        for (List<PolicyChain.Step> steps : List.of(rand, wide)) {
            Map<PolicyOperation, Double> operations = shares(steps, PolicyChain.Step::operation);
            assertThat(operations).hasSize(14).doesNotContainKey(PolicyOperation.INVERT);
            operations.values().forEach(share -> assertThat(share).isCloseTo(1 / 14.0, within(0.01)));
        }
        List<PolicyChain.Step> turned = rand.stream()
                .filter(step -> step.operation() == PolicyOperation.ROTATE)
                .toList();
        assertThat(shares(turned, PolicyChain.Step::magnitude).keySet()).containsExactlyInAnyOrder(9.0, -9.0);
        assertThat(shares(turned, step -> step.magnitude() < 0).get(true)).isCloseTo(0.5, within(0.03));
        Map<Double, Double> strengths = shares(
                wide.stream()
                        .filter(step -> step.operation() == PolicyOperation.SOLARIZE)
                        .toList(),
                PolicyChain.Step::magnitude);
        assertThat(strengths).hasSize(31);
        strengths.values().forEach(share -> assertThat(share).isCloseTo(1 / 31.0, within(0.02)));
    }

    @Test
    void learnedPoliciesApplyAsOftenAsTheySay() {
        for (LearnedPolicy policy : LearnedPolicy.values()) {
            Map<PolicyOperation, Double> expected = policy.pairs().stream()
                    .flatMap(pair -> Stream.of(pair.first(), pair.second()))
                    .collect(Collectors.groupingBy(
                            LearnedPolicy.Entry::operation, Collectors.summingDouble(e -> e.p() / 25)));
            List<PolicyChain.Step> steps = steps(new AutoAugment(policy, Interpolation.NEAREST, BLACK));
            Map<PolicyOperation, Double> actual = steps.stream()
                    .collect(Collectors.groupingBy(
                            PolicyChain.Step::operation, Collectors.summingDouble(step -> 1.0 / DRAWS)));
            expected.forEach((operation, share) ->
                    assertThat(actual.getOrDefault(operation, 0.0)).isCloseTo(share, within(0.02)));
        }
    }

    @Test
    void mixturesAddUpAndFollowTheirDistribution() {
        SplittableRandom random = new SplittableRandom(4);
        double mean = 0;
        double[] lengths = new double[4];
        for (int i = 0; i < DRAWS; i++) {
            AugMix.Mixture mixture = mixer().draw(random, 20, 30);
            double sum = mixture.original()
                    + mixture.weights().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum();
            assertThat(sum).isCloseTo(1, within(1e-9));
            mean += mixture.original() / DRAWS;
            mixture.chains().forEach(chain -> lengths[chain.steps().size()] += 1 / (3.0 * DRAWS));
        }
        assertThat(mean).isCloseTo(0.5, within(0.01));
        assertThat(lengths[1]).isCloseTo(1 / 3.0, within(0.01));
        assertThat(lengths[3]).isCloseTo(1 / 3.0, within(0.01));
        for (double alpha : new double[] {0.3, 1, 7}) { // a share of Dirichlet(a, a) has the variance 1 / (4 (2 a + 1))
            double variance = 0;
            for (int i = 0; i < DRAWS; i++) {
                variance += Math.pow(Gamma.dirichlet(random, alpha, 2)[0] - 0.5, 2) / DRAWS;
            }
            assertThat(variance).isCloseTo(1 / (4 * (2 * alpha + 1)), within(0.003));
        }
    }

    @Test
    void theConfigurationMakesThem() {
        for (String name : List.of("rand_augment", "trivial_augment_wide", "auto_augment", "aug_mix")) {
            Transform<?> made = Transforms.create(TransformSpec.of(name, Map.of()), 32, 3);
            assertThat(changes(made)).as(name).isGreaterThan(0.6);
            assertThatThrownBy(() -> Transforms.create(TransformSpec.of(name, Map.of()), 32, 4))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("about colour");
        }
        assertThat(Transforms.create(TransformSpec.of("auto_augment", Map.of("policy", "svhn")), 32, 3))
                .isEqualTo(new AutoAugment(LearnedPolicy.SVHN, Interpolation.NEAREST, BLACK));
        assertThatThrownBy(() -> Transforms.create(TransformSpec.of("rand_augment", Map.of("magnitude", 31)), 32, 3))
                .hasMessageContaining("at most 30");
    }

    private static <D> double changes(Transform<D> transform) {
        Image image = Pictures.noise(30, 40, 3, 1);
        SplittableRandom random = new SplittableRandom(5);
        int changed = 0;
        for (int i = 0; i < 200; i++) {
            Image result = transform.apply(image, transform.draw(random, 30, 40));
            changed += Pictures.maxDifference(image, result) > 0 ? 1 : 0;
        }
        return changed / 200.0;
    }
}
