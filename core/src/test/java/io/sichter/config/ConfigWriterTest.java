package io.sichter.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConfigWriterTest {
    private static final String ODD = "aZ09 _-./:#,[]{}\"'\\\n\t&*!|>%@`~?äß漢😀\u0085\u00A0\u2028\uFEFF=";

    private static RunConfig readBack(String yaml) {
        return ConfigReader.resolve(RunConfig.defaults(), List.of(new ConfigLayer.Document("run.yaml", yaml)));
    }

    @Test
    void theDefaultsReadBackEqual() {
        assertThat(readBack(ConfigWriter.write(RunConfig.defaults()))).isEqualTo(RunConfig.defaults());
    }

    @Test
    void everyKeyIsWrittenUnderItsMeaning() {
        List<String> lines = ConfigWriter.write(RunConfig.defaults()).lines().toList();

        for (String path : ConfigKey.leafPaths(RunConfig.class, "")) {
            String name = path.substring(path.lastIndexOf('.') + 1);
            assertThat(lines).anyMatch(line -> line.strip().startsWith(name + ":"));
        }
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).matches(" *[a-z_]+:.*")) {
                assertThat(lines.get(i - 1).strip()).as(lines.get(i)).startsWith("# ");
            }
        }
    }

    @Test
    void theFormatIsWhatTheReferenceSays() {
        assertThat(ConfigWriter.write(RunConfig.defaults()))
                .contains("\nformat: 1\n", "\nrun_name: auto\n", "\nseed: 42\n")
                .contains("\n  # learning rate; the peak where the schedule has one (above 0)\n  lr: 0.001\n")
                .contains("\n  eps: 1.0e-8\n", "\n  betas: [0.9, 0.999]\n", "\n  path: \"\"\n")
                .contains("\n    - random_resized_crop: {scale: [0.35, 1.0], size: image_size}\n");
    }

    @Test
    void randomConfigurationsReadBackEqualAndPrintTheSame() {
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            RunConfig config = valid((RunConfig) draw(RunConfig.class, random));
            String yaml = ConfigWriter.write(config);

            assertThat(readBack(yaml)).as(yaml).isEqualTo(config);
            assertThat(ConfigWriter.write(readBack(yaml))).isEqualTo(yaml);
        }
    }

    @Test
    void numbersAreTheShortestThatReadBackEqual() {
        assertThat(Numbers.shortest(0.1)).isEqualTo("0.1");
        assertThat(Numbers.shortest(2.0E-3)).isEqualTo("0.002");
        assertThat(Numbers.shortest(1e-8)).isEqualTo("1e-8");
        assertThat(Numbers.yaml(1e20)).isEqualTo("1.0e+20");
        assertThat(Numbers.yaml(25)).isEqualTo("25.0");
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(Numbers.yaml(value))).isEqualTo(value);
                assertThat(Numbers.yaml(value)).matches("-?[0-9]+\\.[0-9]+(e[-+][0-9]+)?");
            }
        }
    }

    /** Draws a record within its annotations. */
    private static Record draw(Class<?> type, Random random) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values =
                ConfigKey.of(type, "").stream().map(key -> value(key, random)).toArray();
        try {
            return (Record) type.getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new))
                    .newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Cannot make " + type, e);
        }
    }

    private static Object value(ConfigKey key, Random random) {
        Class<?> type = key.component().getType();
        if (key.isSection()) {
            return draw(type, random);
        }
        if (type == List.class) {
            List<Object> list = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                list.add(element(key, random));
            }
            return list;
        }
        if (type == Map.class) {
            return Map.of();
        }
        if (type == String.class) {
            return word(key, random);
        }
        if (type == boolean.class) {
            return random.nextBoolean();
        }
        double number = number(key, random);
        return type == int.class ? (Object) (int) number : type == long.class ? (Object) (long) number : number;
    }

    private static Object element(ConfigKey key, Random random) {
        if (key.elementType() == TransformSpec.class) {
            return spec(random);
        }
        if (key.elementType() == String.class) {
            return word(key, random);
        }
        double number = number(key, random);
        return key.elementType() == Integer.class ? (Object) (int) number : number;
    }

    private static String word(ConfigKey key, Random random) {
        OneOf words = key.component().getAnnotation(OneOf.class);
        return words == null ? text(random) : words.value()[random.nextInt(words.value().length)];
    }

    private static double number(ConfigKey key, Random random) {
        while (true) {
            double number = random.nextBoolean()
                    ? Math.scalb(random.nextDouble() - 0.3, random.nextInt(60) - 30)
                    : random.nextInt(100_000) - 10;
            boolean whole = key.component().getType() == int.class || key.elementType() == Integer.class;
            double candidate = whole ? Math.rint(number) : number;
            if (key.inRange(candidate) && (!whole || key.inRange((int) candidate))) {
                return candidate;
            }
            if (key.allowed().toString().equals("1")) {
                return 1;
            }
        }
    }

    private static String text(Random random) {
        int[] odd = ODD.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.appendCodePoint(odd[random.nextInt(odd.length)]);
        }
        List<String> traps = List.of("null", "true", "1", "1e3", "~", "0x1F", "2024-01-01", "- a", "yes", ".inf", "");
        return random.nextInt(4) == 0 ? traps.get(random.nextInt(traps.size())) : text.toString();
    }

    private static TransformSpec spec(Random random) {
        Map<String, Object> params = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            params.put("p" + i, parameter(random, 3));
        }
        return TransformSpec.of("transform_" + random.nextInt(9), params);
    }

    private static Object parameter(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextLong() | (1L << 40);
            case 2 -> Math.scalb(random.nextGaussian(), random.nextInt(40) - 20);
            case 3 -> random.nextBoolean();
            case 4 -> text(random);
            case 5 -> List.of(parameter(random, depth - 1), parameter(random, depth - 1));
            default -> Map.of("k1", parameter(random, depth - 1), "k 2", parameter(random, depth - 1));
        };
    }

    /** Keeps what was drawn but what stands in a rule between keys. */
    private static RunConfig valid(RunConfig c) {
        OptimizerConfig o = c.optimizer();
        TransformsConfig t = c.transforms();
        List<Double> three = List.of(0.1, 1.0 / 3, 1e-9);
        return new RunConfig(
                1,
                "runs" + c.runsDir(),
                "run-" + c.seed(),
                c.existOk(),
                c.seed(),
                new DataConfig(
                        c.data().path(),
                        "odd \" 漢.csv",
                        0.25,
                        0.125,
                        7,
                        6,
                        c.data().groupBy(),
                        c.data().keepDuplicatesTogether(),
                        c.data().badImages(),
                        c.data().maxBadFraction(),
                        c.data().maxPixels()),
                new ClassesConfig(
                        Map.of("n1", "töne", "yes", "1e3"), Map.of("x: y", List.of("a", "~")), List.of("null")),
                new ModelConfig(c.model().name(), c.model().imageSize(), 3),
                new TransformsConfig(
                        t.train(),
                        t.eval(),
                        Map.of("a b", t.train(), "true", List.of()),
                        new Normalization(three, three).text()),
                c.loader(),
                new BalanceConfig(
                        "sampler", c.balance().weighting(), c.balance().beta()),
                train(c.train()),
                transfer(c.transfer()),
                loss(c.loss()),
                c.mix(),
                new OptimizerConfig(
                        o.name(),
                        o.lr(),
                        o.momentum(),
                        false,
                        List.of(0.5, o.momentum()),
                        o.eps(),
                        o.alpha(),
                        o.weightDecay(),
                        o.noDecay(),
                        List.of(),
                        o.layerDecay(),
                        1),
                schedule(c.schedule()),
                c.earlyStop(),
                c.checkpoint(),
                c.runtime());
    }

    /** The drawn transfer without what a rule forbids beside no weights. */
    private static TransferConfig transfer(TransferConfig t) {
        return new TransferConfig(false, t.headEpochs(), "backbone", List.of(), t.norms(), false);
    }

    /** The drawn loss without what a rule forbids beside a balance. */
    private static LossConfig loss(LossConfig l) {
        return new LossConfig(
                l.name().equals("focal") ? "gce" : l.name(),
                l.labelSmoothing(),
                l.gamma(),
                l.alpha(),
                l.q(),
                l.gammaPos(),
                l.gammaNeg(),
                l.clip());
    }

    /** The drawn training without what a rule forbids. */
    private static TrainConfig train(TrainConfig t) {
        return new TrainConfig(
                t.epochs(),
                t.monitor(),
                t.accumulate(),
                t.clip(),
                t.clipAt(),
                t.ema(),
                t.emaWarmup(),
                0,
                t.nonFinite(),
                List.of(),
                TrainConfig.NO_START);
    }

    /** The drawn schedule without what a rule forbids. */
    private static ScheduleConfig schedule(ScheduleConfig s) {
        return new ScheduleConfig(
                s.name(),
                s.pctStart(),
                s.divFactor(),
                s.finalDivFactor(),
                0,
                s.shape(),
                List.of(0.5, s.pctStart(), 1.0 / 3),
                s.stepEpochs(),
                List.of(3, 7),
                s.gamma(),
                s.decay(),
                s.power(),
                s.restartEpochs(),
                s.restartFactor(),
                s.patience(),
                s.cooldown(),
                s.minDelta(),
                s.metric(),
                0,
                s.warmupStart());
    }
}
