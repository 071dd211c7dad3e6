package io.sichter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.search.SettingNames;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What {@code --vary} calls a key is what the option of training calls it. */
class SettingNamesTest {
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("model", "resnet34"),
            Map.entry("optimizer", "sgd"),
            Map.entry("schedule", "cosine"),
            Map.entry("loss", "focal"),
            Map.entry("normalize", "none"),
            Map.entry("balance", "sampler"),
            Map.entry("precision", "fp32"),
            Map.entry("weights", "file.pth"),
            Map.entry("augment", "seed000"),
            Map.entry("accumulate", "2"),
            Map.entry("ema", "0.9"),
            Map.entry("label-smoothing", "0.1"),
            Map.entry("dropout", "0.25"));

    @Test
    void everyShortNameMeansWhatTheOptionMeans() {
        int options = 0;
        for (Map.Entry<String, String> name : SettingNames.all().entrySet()) {
            String value = VALUES.getOrDefault(name.getKey(), "1");
            RunConfig varied = ConfigReader.resolve(
                    RunConfig.defaults(), List.of(new ConfigLayer.Setting("--vary", name.getValue(), value)));
            RunOptions mixin = new RunOptions();
            CommandLine line = new CommandLine(mixin);
            if (line.getCommandSpec().findOption("--" + name.getKey()) != null) {
                line.parseArgs("--" + name.getKey(), value);
                assertThat(mixin.resolve(List.of())).as(name.getKey()).isEqualTo(varied);
                options++;
            }
            assertThat(varied).as(name.getKey()).isNotEqualTo(RunConfig.defaults());
        }
        assertThat(options).isGreaterThan(15);
    }
}
