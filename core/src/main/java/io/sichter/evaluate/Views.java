package io.sichter.evaluate;

import java.nio.file.Path;
import java.util.List;

/**
 * A classifier and its ways to look at a picture.
 *
 * @param loaded the classifier
 * @param all its views, that of validation first
 * @param tta how what they say is taken together
 */
record Views(LoadedModel loaded, List<View> all, TestTimeAugmentation tta) implements AutoCloseable {
    Views {
        all = List.copyOf(all);
    }

    /**
     * Loads a run, or a bundle that was moved elsewhere.
     *
     * @throws io.sichter.error.UsageException if it has no such views
     */
    static Views open(Path source, TestTimeAugmentation tta) {
        LoadedModel loaded = LoadedModel.open(source);
        try {
            return new Views(loaded, View.of(tta, loaded, source), tta);
        } catch (RuntimeException e) {
            loaded.close();
            throw e;
        }
    }

    /**
     * Loads published weights.
     *
     * @param imageNet what the classes of ImageNet are to be called
     * @throws io.sichter.error.UsageException if they have no such views
     */
    static Views ofPublished(PublishedModel published, List<String> imageNet, TestTimeAugmentation tta) {
        LoadedModel loaded = LoadedModel.published(published, imageNet).folded();
        try {
            return new Views(loaded, View.ofPublished(tta, loaded), tta);
        } catch (RuntimeException e) {
            loaded.close();
            throw e;
        }
    }

    @Override
    public void close() {
        loaded.close();
    }
}
