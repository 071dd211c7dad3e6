package io.sichter.evaluate;

import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.random.SeedStream;
import io.sichter.run.ModelBundle;
import io.sichter.run.RunDirectory;
import io.sichter.transform.CornerCrop.Corner;
import io.sichter.transform.Pipeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One way to look at a picture.
 *
 * @param pipeline from decoded picture to the network's size
 * @param stream what its random steps draw from, by epoch 0 and the id of the sample
 */
record View(Pipeline pipeline, SeedStream stream) {
    /**
     * The views of a classifier, that of validation first.
     *
     * @param source the run or bundle that it was loaded from
     * @throws UsageException if there are no training transforms to augment with, or they draw nothing, or nothing is
     *     cropped
     */
    static List<View> of(TestTimeAugmentation tta, LoadedModel loaded, Path source) {
        List<View> views = new ArrayList<>(List.of(new View(loaded.pipeline(), SeedStream.of(0))));
        switch (tta.kind()) {
            case NONE -> {}
            case AUGMENTED -> addAugmented(views, tta.augmented(), loaded, source);
            case FIVE, TEN -> addCrops(views, tta.kind() == TestTimeAugmentation.Kind.TEN, loaded, source);
        }
        return views;
    }

    /**
     * The views of published weights, which bring no training transforms.
     *
     * @throws UsageException if it is to augment, or nothing is cropped
     */
    static List<View> ofPublished(TestTimeAugmentation tta, LoadedModel loaded) {
        String name = loaded.bundle().architecture();
        List<View> views = new ArrayList<>(List.of(new View(loaded.pipeline(), SeedStream.of(0))));
        switch (tta.kind()) {
            case NONE -> {}
            case AUGMENTED -> throw new UsageException(Problem.of("evaluate.tta.bundle", name));
            case FIVE, TEN -> addCrops(views, tta.kind() == TestTimeAugmentation.Kind.TEN, loaded, name);
        }
        return views;
    }

    private static void addAugmented(List<View> views, int count, LoadedModel loaded, Path source) {
        if (ModelBundle.isBundle(source)) {
            throw new UsageException(Problem.of("evaluate.tta.bundle", source));
        }
        RunConfig config = ConfigReader.read(RunDirectory.open(source).config());
        Pipeline training = Pipeline.of(
                config.transforms().train(),
                config.model().imageSize(),
                loaded.bundle().preprocessing().channels());
        if (!training.isRandom()) {
            throw new UsageException(Problem.of("evaluate.tta.not_random", source));
        }
        SeedStream stream = SeedStream.of(config.seed()).derive("tta");
        for (int view = 0; view < count; view++) {
            views.add(new View(training, stream.derive(view)));
        }
    }

    private static void addCrops(List<View> views, boolean mirrored, LoadedModel loaded, Object source) {
        Pipeline centre = loaded.pipeline();
        if (!centre.endsInCentreCrop()) {
            throw new UsageException(Problem.of("evaluate.tta.no_crop", source));
        }
        for (Corner corner : Corner.values()) {
            views.add(new View(centre.withCrop(corner, false), SeedStream.of(0)));
        }
        if (mirrored) {
            for (Corner corner : Corner.values()) {
                views.add(new View(centre.withCrop(corner, true), SeedStream.of(0)));
            }
            views.add(new View(centre.mirrored(), SeedStream.of(0)));
        }
    }
}
