package io.sichter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sichter.cli.Launcher.Outcome;
import io.sichter.model.Classifier;
import io.sichter.model.ModelOptions;
import io.sichter.model.Models;
import io.sichter.storage.Digests;
import io.sichter.storage.Safetensors;
import io.sichter.tensor.Generators;
import io.sichter.tensor.Scope;
import io.sichter.train.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Architectures and weights as a person gets them, on a machine without a network. */
@DisabledOnOs(OS.WINDOWS)
class WeightsCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder = Path.of("");

    private Launcher launcher = new Launcher(Path.of(""));

    @BeforeEach
    void offline() {
        launcher = new Launcher(folder)
                .with("SICHTER_CACHE", folder.resolve("cache").toString())
                .with("TORCH_HOME", folder.resolve("torch").toString())
                .with("HF_HOME", folder.resolve("hub").toString())
                .with("SICHTER_OFFLINE", "1");
    }

    private JsonNode json(String... arguments) throws Exception {
        Outcome outcome = launcher.run(arguments);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return JSON.readTree(outcome.out());
    }

    @Test
    void theArchitecturesAreListedAndSorted() throws Exception {
        JsonNode all = json("models", "--json", "--sort", "accuracy").path("models");
        assertThat(all).hasSameSizeAs(Models.names());
        assertThat(all.at("/0/name").asText()).isEqualTo("efficientnet_v2_s");
        JsonNode one = json("models", "resnet18", "--json").at("/models/0");
        assertThat(one.path("parameters").asLong()).isEqualTo(11_689_512);
        assertThat(one.path("macs").asLong()).isBetween(1_800_000_000L, 1_830_000_000L);
        assertThat(one.path("accuracy").asDouble()).isEqualTo(0.69758);
        assertThat(one.at("/paper/year").asInt()).isEqualTo(2016);
        assertThat(launcher.run("models", "mobilenet").out().lines())
                .satisfiesExactly(
                        head -> assertThat(head).startsWith("name ").contains("macs"),
                        row -> assertThat(row).startsWith("mobilenet_v2 ").contains("0.7215", "Sandler et al. 2018"),
                        row -> assertThat(row).startsWith("mobilenet_v3_small "),
                        row -> assertThat(row).startsWith("mobilenet_v3_large "));
        assertThat(launcher.run("models", "--sort", "size").err()).contains("There is no such order");
    }

    @Test
    void whatIsPublishedIsShownAndHowToGetItOffline() throws Exception {
        Outcome shown = launcher.run("weights", "show", "resnet50");
        assertThat(shown.out())
                .contains("resnet50.imagenet1k_v2", "https://download.pytorch.org/models/resnet50-11ad3fa6.pth")
                .contains(
                        "BSD-3-Clause",
                        "shorter side to 232 px (bilinear), the middle 224 px",
                        "11ad3fa6 (as torchvision");
        JsonNode timm = json("weights", "show", "vit_tiny_patch16_224", "--json");
        assertThat(timm.path("verifiable").asBoolean()).isFalse();
        assertThat(timm.path("url").asText()).startsWith("https://huggingface.co/timm/");
        assertThat(launcher.run("weights").out()).contains("* ", "unverified", "* is what --weights imagenet means");
        Outcome fetch = launcher.run("weights", "fetch", "resnet50");
        assertThat(fetch.exitCode()).isEqualTo(5);
        assertThat(fetch.err())
                .contains("resnet50-11ad3fa6.pth", "sichter weights import FILE --as resnet50.imagenet1k_v2");
        assertThat(launcher.run("weights", "fetch", "resnet5o").err()).contains("Did you mean \"resnet50");
    }

    @Test
    void weightsOfOnesOwnAreImportedUsedAndRecorded() throws Exception {
        Path file = folder.resolve("light.safetensors");
        Generators.seed(11);
        try (Classifier model = Models.create("light_cnn", new ModelOptions(1000, 3, 32))) {
            Map<String, String> record = Map.of("mean", "[0.4, 0.5, 0.6]", "std", "[0.2, 0.3, 0.25]");
            Scope.run(
                    () -> Safetensors.write(file, Weights.sources(model.state().tensors()), record));
        }
        String sha256 = Digests.sha256(file);
        assertThat(launcher.run("weights", "import", file.toString()).err()).contains("--as resnet50");
        Outcome other = launcher.run("weights", "import", file.toString(), "--as", "simple_cnn");
        assertThat(other.exitCode()).isEqualTo(5);
        assertThat(other.err()).contains("The weights do not fit simple_cnn");
        JsonNode imported = json("weights", "import", file.toString(), "--as", "light_cnn", "--imagenet", "--json");
        assertThat(imported.at("/weights/0/sha256").asText()).isEqualTo(sha256);
        assertThat(launcher.run("weights", "list", "--here").out()).contains("light_cnn.imported-");

        SmallPictures.draw(folder, "red", "blue");
        JsonNode run = json(
                "train",
                "pictures",
                "--model",
                "light_cnn",
                "--weights",
                "imagenet",
                "--image-size",
                "32",
                "--epochs",
                "1",
                "--json");
        Path written = folder.resolve(run.path("run").asText()).resolve("provenance.json");
        JsonNode provenance = JSON.readTree(Files.readString(written)).path("weights");
        assertThat(provenance.path("sha256").asText()).isEqualTo(sha256);
        assertThat(provenance.path("normalization").asText()).isEqualTo("0.4,0.5,0.6/0.2,0.3,0.25");

        Outcome said = launcher.run(
                "predict", "--model", "light_cnn", "--weights", "imagenet", "pictures", "--recursive", "--json");
        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(said.err()).contains("not the published ones");
        assertThat(JSON.readTree(said.out()).at("/predictions/0/top")).hasSize(3);
    }
}
