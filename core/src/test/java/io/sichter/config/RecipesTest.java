package io.sichter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.error.UsageException;
import io.sichter.transform.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Recipes are valid, lie between the defaults and what a person says, and whoever decides is named. */
class RecipesTest {
    private static final ConfigLayer FILE =
            new ConfigLayer.Document("my.yaml", "train: {epochs: 7}\noptimizer: {lr: 0.1}\n");

    @Test
    void everyRecipeIsACompleteTrainingWithoutContradictionAndIsNotTheDefaults() {
        List<RunConfig> all = new ArrayList<>();
        for (String name : Recipes.names()) {
            RunConfig config = ConfigReader.resolve(RunConfig.defaults(), List.of(Recipes.layer(name)));
            assertThat(Recipes.yaml(name)).startsWith("# ");
            assertThat(Recipes.purpose(name).toString()).isNotEmpty();
            assertThat(ConfigRules.advice(config).stream()
                            .filter(text -> text.toString().contains("no effect")))
                    .as(name)
                    .isEmpty();
            Pipeline.of(config.transforms().train(), 64, 3); // its transforms exist
            all.add(config);
        }
        all.add(RunConfig.defaults());
        assertThat(all).doesNotHaveDuplicates();
        assertThatThrownBy(() -> Recipes.layer("standart"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("Did you mean \"standard\"?");
    }

    @Test
    void aFileGoesBeforeARecipeAndTheCommandLineBeforeBoth() {
        List<ConfigLayer> layers =
                List.of(Recipes.layer("accurate"), FILE, new ConfigLayer.Setting("--lr", "optimizer.lr", "0.5"));
        Decisions decisions = Decisions.of(layers);

        RunConfig config = decisions.config();
        assertThat(config).isEqualTo(ConfigReader.resolve(RunConfig.defaults(), layers));
        assertThat(config.train().epochs()).isEqualTo(7);
        assertThat(config.optimizer().lr()).isEqualTo(0.5);
        assertThat(config.loss().labelSmoothing()).isEqualTo(0.1);
        Map<String, String> by =
                decisions.shown().stream().collect(Collectors.toMap(Decisions.Decision::key, d -> d.by().toString()));
        assertThat(by)
                .containsEntry("train.epochs", "my.yaml:1:17")
                .containsEntry("optimizer.lr", "--lr")
                .containsEntry("loader.batch_size", "");
        assertThat(by.get("loss.label_smoothing")).startsWith("recipe accurate:");
        assertThat(by).doesNotContainKey("optimizer.eps");
    }

    @Test
    void aWordForAWholeSectionDecidesAllOfIt() {
        Decisions decisions = Decisions.of(List.of(new ConfigLayer.Setting("command line", "transforms", "seed000")));

        assertThat(decisions.shown())
                .filteredOn(d -> d.key().equals("transforms.train"))
                .singleElement()
                .satisfies(d -> assertThat(d.by().toString()).isEqualTo("command line"));
    }
}
