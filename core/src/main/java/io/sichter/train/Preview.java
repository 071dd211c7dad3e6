package io.sichter.train;

import io.sichter.dataset.Sample;
import java.util.List;
import java.util.Optional;

/**
 * Training pictures and what a training makes of them, to be looked at before anything is trained; see
 * {@link AugmentationPreview}.
 *
 * @param seed of the run that would make them
 * @param sweep what differs from row to row, if it is values that are compared
 * @param rows each as long as the others
 */
public record Preview(long seed, Optional<Sweep> sweep, List<Row> rows) {
    /** Copies the rows. */
    public Preview {
        rows = List.copyOf(rows);
    }

    /**
     * Pictures beside each other.
     *
     * @param heading value of the parameter that is compared; empty for the stored pictures and without a comparison
     * @param shots its pictures
     */
    public record Row(String heading, List<Shot> shots) {
        /** Copies the pictures. */
        public Row {
            shots = List.copyOf(shots);
        }
    }

    /** What a picture is shown as. */
    public enum Kind {
        /** As it is stored; its pixels are read when it is drawn. */
        STORED,
        /** As the loader makes it in an epoch. */
        AUGMENTED,
        /** As it enters the first step: augmented and mixed with another of its batch. */
        MIXED
    }

    /**
     * One picture.
     *
     * @param sample where it comes from
     * @param epoch in which training would make it, from 1; 0 for a stored one
     * @param classes what it is: its class, or where it is mixed the shares of both
     * @param pixels what is seen; empty for a stored one, and where it could not be read any more
     */
    public record Shot(Kind kind, Sample sample, int epoch, List<Share> classes, Optional<Pixels> pixels) {
        /** Copies the classes. */
        public Shot {
            classes = List.copyOf(classes);
        }
    }

    /** How much of a class, 0 to 1. */
    public record Share(String name, double share) {}

    /**
     * 8-bit pixels after augmentation, before normalisation.
     *
     * @param bytes height * width * channels, interleaved, in the order R, G, B for colour
     */
    @SuppressWarnings("ArrayRecordComponent") // drawn and thrown away
    public record Pixels(int height, int width, int channels, byte[] bytes) {}
}
