package io.sichter.cli;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.report.PreviewDrawing;
import io.sichter.train.AugmentationPreview;
import io.sichter.train.AugmentationPreview.Amount;
import io.sichter.train.Preview;
import io.sichter.train.Sweep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the augmentation makes of the pictures, before anything is trained. */
@Command(name = "preview")
final class PreviewCommand implements Callable<Integer> {
    private static final int PICTURES = 6;
    private static final int DRAWS = 5;

    private final SichterCommand program;
    private final Map<String, ConfigLayer.Setting> settings = new LinkedHashMap<>();

    @Option(names = "--out", paramLabel = "FILE", order = -99)
    private Path out = Path.of("preview.png");

    @Option(names = "--count", paramLabel = "N", order = -98)
    private int count = PICTURES;

    @Option(names = "--draws", paramLabel = "N", order = -97)
    private @Nullable Integer draws;

    @Option(names = "--sweep", paramLabel = "TRANSFORM.PARAMETER=V,...", order = -96)
    private @Nullable String sweep;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            order = -90)
    private @Nullable Path file;

    @Option(names = "--json", order = -80)
    private boolean json;

    @Parameters(arity = "0..*", paramLabel = "DATA|key=value", descriptionKey = "data")
    private List<String> arguments = List.of();

    PreviewCommand(SichterCommand program) {
        this.program = program;
    }

    @Option(names = "--transforms", paramLabel = "NAME", order = -95)
    void transforms(String value) {
        set("--transforms", "transforms", value);
    }

    @Option(names = "--image-size", paramLabel = "N", order = -94)
    void imageSize(String value) {
        set("--image-size", "model.image_size", value);
    }

    @Option(names = "--mixup", paramLabel = "ALPHA", order = -93)
    void mixup(String value) {
        set("--mixup", "mix.mixup", value);
    }

    @Option(names = "--cutmix", paramLabel = "ALPHA", order = -92)
    void cutmix(String value) {
        set("--cutmix", "mix.cutmix", value);
    }

    @Option(names = "--seed", paramLabel = "N", order = -91)
    void seed(String value) {
        set("--seed", "seed", value);
    }

    private void set(String option, String key, String value) {
        settings.put(key, new ConfigLayer.Setting(option, key, value));
    }

    @Override
    public Integer call() {
        PreviewDrawing.name(out); // a wrong name is said before the pictures are read
        RunConfig config = config();
        if (config.data().path().isEmpty()) {
            throw new UsageException(Problem.of("cli.train.no_data"));
        }
        Terminal terminal = program.terminal();
        TrainProgress events = new TrainProgress(terminal, program.verbose(), System::nanoTime);
        Preview preview = sweep == null
                ? AugmentationPreview.of(config, new Amount(count, draws == null ? DRAWS : draws), events)
                : AugmentationPreview.sweep(
                        config, Sweep.parse(sweep), new Amount(count, draws == null ? 1 : draws), events);
        List<String> files = new PreviewDrawing(terminal.language())
                .write(out, preview).stream().map(Path::toString).toList();
        terminal.result(json ? Json.write(json(preview, files)) : String.join("\n", files));
        return 0;
    }

    private RunConfig config() {
        List<ConfigLayer> layers = new ArrayList<>();
        if (file != null) {
            layers.add(ConfigLayer.file(file));
        }
        layers.addAll(settings.values());
        layers.addAll(TrainCommand.layers(arguments));
        return ConfigReader.resolve(RunConfig.defaults(), layers);
    }

    private static Map<String, Object> json(Preview preview, List<String> files) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("files", files);
        json.put("seed", preview.seed());
        json.put("rows", preview.rows().stream().map(PreviewCommand::row).toList());
        return json;
    }

    private static Map<String, Object> row(Preview.Row row) {
        List<Map<String, Object>> pictures = new ArrayList<>();
        for (Preview.Shot shot : row.shots()) {
            Map<String, Object> picture = new LinkedHashMap<>();
            picture.put("kind", shot.kind().name().toLowerCase(java.util.Locale.ROOT));
            picture.put("file", shot.sample().id());
            picture.put("epoch", shot.epoch());
            Map<String, Double> classes = new LinkedHashMap<>();
            shot.classes().forEach(share -> classes.put(share.name(), share.share()));
            picture.put("classes", classes);
            pictures.add(picture);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("heading", row.heading());
        json.put("pictures", pictures);
        return json;
    }
}
