package io.sichter.evaluate;

import io.sichter.config.ConfigReader;
import io.sichter.model.Blueprint;
import io.sichter.run.ModelBundle;
import io.sichter.run.RunDirectory;
import io.sichter.storage.DurableFiles;
import java.nio.file.Path;

/** The networks of runs, without their weights. */
public final class Blueprints {
    private Blueprints() {}

    /**
     * The network of a run, whether or not an epoch of it is done, or of a bundle.
     *
     * @throws io.sichter.error.UsageException if it is neither
     */
    public static Blueprint of(Path runOrBundle) {
        if (ModelBundle.isBundle(runOrBundle)) {
            return LoadedModel.blueprint(ModelBundle.read(runOrBundle));
        }
        RunDirectory run = RunDirectory.open(runOrBundle);
        int classes = (int) DurableFiles.read(run.classes()).lines().count();
        return Blueprint.of(ConfigReader.read(run.config()).model(), classes);
    }
}
