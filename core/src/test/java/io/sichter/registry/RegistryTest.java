package io.sichter.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.error.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistryTest {
    private final Registry<Integer> registry =
            new Registry<Integer>("model").register("resnet18", 1).register("simple_cnn", 2);

    @Test
    void knownNamesAreFound() {
        assertThat(registry.get("simple_cnn")).isEqualTo(2);
        assertThat(registry.names()).containsExactly("resnet18", "simple_cnn");
    }

    @Test
    void aMisspeltNameIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> registry.get("resent18"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("Unknown model")
                .hasMessageContaining("Did you mean \"resnet18\"?");
        assertThatThrownBy(() -> registry.get("zzzzzz")).hasMessageContaining("Choose one of the names above");
    }

    @Test
    void aNameIsGivenOnce() {
        assertThatThrownBy(() -> registry.register("resnet18", 3)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void distanceCountsASwapAsOne() {
        assertThat(Suggestion.distance("momentun", "momentum")).isEqualTo(1);
        assertThat(Suggestion.distance("recieve", "receive")).isEqualTo(1);
        assertThat(Suggestion.distance("", "abc")).isEqualTo(3);
        assertThat(Suggestion.nearest("lr", List.of("epochs", "seed"))).isEmpty();
    }
}
