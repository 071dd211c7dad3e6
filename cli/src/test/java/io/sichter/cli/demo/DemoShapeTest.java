package io.sichter.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sichter.random.SeedStream;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The outlines are distance functions: edges are as soft in every class, and lie where the area is measured. */
class DemoShapeTest {
    private static final double STEP = 1e-4;

    @ParameterizedTest
    @EnumSource
    void theDistanceGrowsByAboutOneForOneAcrossTheEdge(DemoShape shape) {
        SplittableRandom random = SeedStream.of(1).derive(shape.folder()).generator();
        DemoShape.Outline outline = shape.draw(random);
        int edges = 0;
        int steep = 0;
        for (int i = 0; i < 20_000; i++) {
            double x = DemoShape.between(random, -1.5, 1.5);
            double y = DemoShape.between(random, -1.5, 1.5);
            if (Math.abs(outline.distance(x, y)) < 0.05) {
                double dx = (outline.distance(x + STEP, y) - outline.distance(x - STEP, y)) / (2 * STEP);
                double dy = (outline.distance(x, y + STEP) - outline.distance(x, y - STEP)) / (2 * STEP);
                edges++;
                steep += Math.abs(DemoShape.length(dx, dy) - 1) < 0.15 ? 1 : 0;
            }
        }
        assertThat(edges).isGreaterThan(300);
        assertThat(steep / (double) edges).isGreaterThan(0.9);
    }

    @ParameterizedTest
    @EnumSource
    void liesWithinReach(DemoShape shape) {
        SplittableRandom random = SeedStream.of(2).derive(shape.folder()).generator();
        for (int i = 0; i < 50; i++) {
            DemoShape.Outline outline = shape.draw(random);
            double turn = DemoShape.between(random, 0, 2 * Math.PI);
            assertThat(outline.distance(1.6 * Math.cos(turn), 1.6 * Math.sin(turn)))
                    .isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void noTwoDrawsAreAlike(DemoShape shape) {
        SplittableRandom random = SeedStream.of(3).derive(shape.folder()).generator();
        DemoShape.Outline first = shape.draw(random);
        DemoShape.Outline second = shape.draw(random);
        double difference = 0;
        for (double x = -1.05; x < 1.2; x += 0.1) {
            for (double y = -1.05; y < 1.2; y += 0.1) {
                difference = Math.max(difference, Math.abs(first.distance(x, y) - second.distance(x, y)));
            }
        }
        assertThat(difference).isGreaterThan(1e-4);
    }

    @ParameterizedTest
    @EnumSource
    void theSameStreamDrawsTheSameOutline(DemoShape shape) {
        DemoShape.Outline one = shape.draw(SeedStream.of(4).generator());
        DemoShape.Outline two = shape.draw(SeedStream.of(4).generator());
        assertThat(one.distance(0.3, 0.4)).isCloseTo(two.distance(0.3, 0.4), within(0.0));
    }
}
