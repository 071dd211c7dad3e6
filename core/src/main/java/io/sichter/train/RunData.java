package io.sichter.train;

import io.sichter.config.RunConfig;
import io.sichter.dataset.ClassIndex;
import io.sichter.dataset.DataFolder;
import io.sichter.dataset.Dataset;
import io.sichter.dataset.DatasetScan;
import io.sichter.dataset.Part;
import io.sichter.dataset.Partition;
import io.sichter.dataset.ScanResult;
import io.sichter.dataset.Split;
import io.sichter.dataset.SplitFile;
import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.event.TrainEvent;
import io.sichter.event.TrainListener;
import io.sichter.image.DecodeLimits;
import io.sichter.image.ImageDecoder;
import io.sichter.run.RunDirectory;
import io.sichter.storage.DurableFiles;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.List;

/**
 * The pictures of a run: every one was looked at, the bad ones are out, and each of the others has its part.
 *
 * @param partition what trains, validates and tests
 * @param badImages text of {@code bad-images.csv}, empty if there are none
 */
record RunData(Partition partition, String badImages) {
    private static final int SHOWN = 5;

    /** Scans a folder and splits it where it is not split. */
    static RunData scan(DataFolder folder, RunConfig config, ImageDecoder decoder, TrainListener listener) {
        DatasetScan scan = new DatasetScan(
                decoder,
                DecodeLimits.ofPixels(config.data().maxPixels()),
                config.runtime().threads());
        ScanResult result =
                scan.run(folder.samples(), (done, total) -> listener.on(new TrainEvent.ScanProgress(done, total)));
        enforce(result, config);
        DataFolder sound = folder.without(result.badIds());
        advise(sound, result, listener);
        Partition partition = sound.partition(new Split.Stratified(config.data().valFraction()), config.seed());
        return new RunData(partition, result.bad().isEmpty() ? "" : result.toCsv());
    }

    /** The pictures of a run that has begun; whether they are still there is found when they are read. */
    static RunData read(RunDirectory run, RunConfig config) {
        ClassIndex classes =
                new ClassIndex(DurableFiles.read(run.classes()).lines().toList());
        Path root = Path.of(config.data().path());
        return new RunData(SplitFile.read(DurableFiles.read(run.split()), classes, root), "");
    }

    /** Records the classes, the split and the pictures that were left out. */
    void write(RunDirectory run) {
        DurableFiles.write(run.classes(), String.join("\n", classes().names()) + "\n");
        DurableFiles.write(run.split(), SplitFile.write(partition));
        if (!badImages.isEmpty()) {
            DurableFiles.write(run.badImages(), badImages);
        }
    }

    ClassIndex classes() {
        return partition.classes();
    }

    Dataset train() {
        return partition.dataset(Part.TRAIN);
    }

    Dataset validation() {
        return partition.dataset(Part.VALIDATION);
    }

    /** Refuses to go on with too many bad pictures; they are then listed beside the runs, for there is no run yet. */
    private static void enforce(ScanResult result, RunConfig config) {
        try {
            result.enforce(
                    config.data().badImages().equals("fail"), config.data().maxBadFraction());
        } catch (DataException e) {
            Path runs = Path.of(config.runsDir());
            DurableFiles.makeFolder(runs);
            Path list = runs.resolve("bad-images.csv");
            DurableFiles.write(list, result.toCsv());
            Problem problem = e.problem();
            throw new DataException(
                    new Problem(
                            problem.problem(),
                            problem.received(),
                            problem.expected(),
                            Text.of("scan.listed", problem.fix(), list)),
                    e);
        }
    }

    private static void advise(DataFolder folder, ScanResult result, TrainListener listener) {
        folder.warnings().forEach(warning -> listener.on(new TrainEvent.Advice(warning)));
        list(
                "train.files_ignored",
                folder.ignored().stream()
                        .map(file -> Text.of("with_reason", file.path(), file.reason()))
                        .toList(),
                listener);
        list(
                "train.pictures_left_out",
                result.bad().stream()
                        .map(image -> Text.of("with_reason", image.id(), image.detail()))
                        .toList(),
                listener);
        list(
                "train.pictures_misnamed",
                result.misnamed().stream().map(Text::verbatim).toList(),
                listener);
    }

    private static void list(String key, List<Text> files, TrainListener listener) {
        if (!files.isEmpty()) {
            Text shown = Text.joined(", ", files.subList(0, Math.min(SHOWN, files.size())));
            Text all = files.size() > SHOWN ? Text.of("list_and_more", shown, files.size() - SHOWN) : shown;
            listener.on(new TrainEvent.Advice(Text.of(key, files.size(), all)));
        }
    }
}
