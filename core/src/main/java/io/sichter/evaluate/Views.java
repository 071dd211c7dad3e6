package io.sichter.evaluate;

import io.sichter.random.SeedStream;
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

    /** A classifier that looks once. */
    static Views once(LoadedModel loaded) {
        View centre = new View(loaded.pipeline(), SeedStream.of(0));
        return new Views(loaded, List.of(centre), TestTimeAugmentation.none());
    }

    @Override
    public void close() {
        loaded.close();
    }
}
