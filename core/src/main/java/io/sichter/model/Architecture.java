package io.sichter.model;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.model.ModelOptions.Head;
import io.sichter.model.ModelOptions.NormConstants;
import io.sichter.model.ModelOptions.Stem;
import io.sichter.tensor.Device;
import io.sichter.tensor.Precision;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An architecture as the registry knows it: how its network is built, and what can be said about that.
 *
 * @param family what it belongs to
 * @param factory builds it
 * @param takes options that have an effect; the others are refused
 * @param depthwise whether most of its time goes into convolutions of one channel each
 */
public record Architecture(Family family, ModelFactory factory, Set<Option> takes, boolean depthwise) {
    /** What may be said about a network besides its sizes. */
    public enum Option {
        /** {@link ModelOptions#dropout}. */
        DROPOUT("model.dropout"),
        /** {@link ModelOptions#dropPath}. */
        DROP_PATH("model.drop_path"),
        /** {@link Stem#SMALL}. */
        SMALL_STEM("model.stem=small"),
        /** {@link NormConstants#KERAS}. */
        KERAS_NORM("model.norm=keras"),
        /** {@link ModelOptions#layers}. */
        LAYERS("model.layers");

        private final String key;

        Option(String key) {
            this.key = key;
        }

        /** The key of the configuration that asks for it. */
        public String key() {
            return key;
        }
    }

    /** Copies the options. */
    public Architecture {
        takes = Set.copyOf(takes);
    }

    /** One of convolutions over many channels. */
    static Architecture dense(Family family, ModelFactory factory, Option... takes) {
        return new Architecture(family, factory, Set.of(takes), false);
    }

    /** One of depthwise convolutions. */
    static Architecture depthwise(Family family, ModelFactory factory, Option... takes) {
        return new Architecture(family, factory, Set.of(takes), true);
    }

    /**
     * Checks that every option has an effect.
     *
     * @throws UsageException naming the first that has none
     */
    void requireEffect(String name, ModelOptions options) {
        asked(options).filter(option -> !takes.contains(option)).findFirst().ifPresent(option -> {
            List<String> known = takes.stream().map(Option::key).sorted().toList();
            throw new UsageException(Problem.of(
                    known.isEmpty() ? "model.takes_nothing" : "model.no_effect",
                    name,
                    option.key(),
                    String.join(", ", known)));
        });
    }

    private static Stream<Option> asked(ModelOptions options) {
        return Stream.of(
                        options.dropout().isPresent() && options.head() == Head.LINEAR ? Option.DROPOUT : null,
                        options.dropPath().isPresent() ? Option.DROP_PATH : null,
                        options.stem() == Stem.SMALL ? Option.SMALL_STEM : null,
                        options.norm() == NormConstants.KERAS ? Option.KERAS_NORM : null,
                        options.layers().isEmpty() ? null : Option.LAYERS)
                .filter(java.util.Objects::nonNull);
    }

    /**
     * The precision that a configuration asks for; {@code auto} takes what is fastest for the family. oneDNN computes a
     * depthwise convolution in float32 faster than in bfloat16, which it widens first.
     */
    Precision precision(String requested, Device device) {
        boolean slowInBf16 = depthwise && device == Device.CPU;
        return requested.equals("auto") && slowInBf16 ? Precision.FP32 : Precision.resolve(requested, device);
    }

    /** The same for a forward pass alone. */
    Precision inferencePrecision(String requested, Device device) {
        return precision(requested, device);
    }
}
