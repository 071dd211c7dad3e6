package io.sichter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.error.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalizationTest {
    private static RunConfig config(String... assignments) {
        return ConfigReader.resolve(
                RunConfig.defaults(),
                java.util.Arrays.stream(assignments)
                        .map(ConfigLayer::assignment)
                        .toList());
    }

    @Test
    void wordsAndNumbers() {
        assertThat(Normalization.fixed("imagenet", 3)).contains(Normalization.IMAGENET);
        assertThat(Normalization.fixed("half", 2)).contains(new Normalization(List.of(0.5, 0.5), List.of(0.5, 0.5)));
        assertThat(Normalization.fixed("none", 1)).contains(new Normalization(List.of(0.0), List.of(1.0)));
        assertThat(Normalization.fixed("0.1, 0.2,0.3/0.25", 3))
                .contains(new Normalization(List.of(0.1, 0.2, 0.3), List.of(0.25, 0.25, 0.25)));
        assertThat(Normalization.fixed("auto", 3)).isEmpty();
        Normalization odd = new Normalization(List.of(1.0 / 3, -1e-9), List.of(Math.PI, 1e-12));
        assertThat(Normalization.fixed(odd.text(), 2)).contains(odd);
        assertThat(config().transforms().normalize()).isEqualTo("auto");
        assertThatThrownBy(() -> config().transforms().normalization(3)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"imagnet", "0.5", "0.5,0.5/0.5", "0.5/0", "0.5/-1", "a/b", "1/2/3", "", "NaN/1"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> config("transforms.normalize=" + text))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("transforms.normalize");
    }

    @Test
    void theWordForColourNeedsThreeChannels() {
        assertThatThrownBy(() -> config("transforms.normalize=imagenet", "model.channels=1"))
                .hasMessageContaining("imagenet has three");
    }

    @ParameterizedTest
    @ValueSource(strings = {"weights,sampler", "sampler+weights", "batches weights"})
    void twoWaysToBalanceAreRefusedWithTheReason(String mode) {
        assertThatThrownBy(() -> config("balance.mode=" + mode))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("two would favour the rare ones");
        assertThatThrownBy(() -> config("balance.mode=sampler", "balance.mode=weights"))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> config("balance.mode=wights")).hasMessageContaining("one of none, weights");
    }

    @Test
    void keysWithoutEffectAreSaid() {
        assertThat(ConfigRules.advice(config("balance.beta=0.9", "balance.mode=sampler"))
                        .toString())
                .contains("balance.beta has no effect with balance.weighting=balanced");
        assertThat(ConfigRules.advice(config("balance.weighting=effective_number"))
                        .toString())
                .contains("balance.weighting has no effect with balance.mode=none");
        assertThat(ConfigRules.advice(config("data.fold=1")).toString())
                .contains("data.fold has no effect with data.split=stratified");
    }

    @Test
    void aClassHasOnePlaceInTheSectionClasses() {
        assertThatThrownBy(() -> config("classes={names: {car: auto}, merge: {vehicle: [car, truck]}}"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("car more than once");
    }
}
