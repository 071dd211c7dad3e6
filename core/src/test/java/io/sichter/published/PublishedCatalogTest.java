package io.sichter.published;

import static org.assertj.core.api.Assertions.assertThat;

import io.sichter.model.ModelOptions;
import io.sichter.model.Models;
import io.sichter.nn.Skeleton;
import io.sichter.transform.Pipeline;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The table of what is published, beside the networks that are built; and where files and proxies are looked for. */
class PublishedCatalogTest {
    private final PublishedCatalog catalog = PublishedCatalog.builtIn();

    @Test
    void everyArchitectureIsInTheTableWithItsParameters() {
        assertThat(catalog.networks().keySet()).containsExactlyInAnyOrderElementsOf(Models.names());
        for (String name : Models.names()) {
            PublishedCatalog.NetworkSize size =
                    Objects.requireNonNull(catalog.networks().get(name));
            ModelOptions options = new ModelOptions(1000, 3, size.imageSize());
            try (var model = Skeleton.call(() -> Models.create(name, options))) {
                assertThat(model.state().parameterCount()).as(name).isEqualTo(size.parameters());
            }
            assertThat(size.macs()).as(name).isGreaterThan(10_000_000);
        }
    }

    @Test
    void everyPresetIsAPipelineThatEndsInItsSize() {
        assertThat(catalog.weights()).hasSizeGreaterThan(30);
        for (PublishedWeights weights : catalog.weights()) {
            PublishedWeights.Preset preset = weights.preset();
            for (int size : new int[] {preset.imageSize(), 128}) {
                Pipeline pipeline = Pipeline.of(preset.transforms(size), size, 3);
                assertThat(pipeline.outputSize().height()).as(weights.name()).isEqualTo(size);
            }
            assertThat(weights.top1()).as(weights.name()).isBetween(0.5, 0.9);
            weights.sha256Prefix()
                    .ifPresent(prefix -> assertThat(weights.file()).contains(prefix));
        }
    }

    @Test
    void aNameIsFoundByItselfAndByItsArchitecture() {
        assertThat(catalog.find("resnet50")).map(PublishedWeights::name).contains("resnet50.imagenet1k_v2");
        assertThat(catalog.find("resnet50.imagenet1k_v1"))
                .flatMap(PublishedWeights::sha256Prefix)
                .contains("0676ba61");
        assertThat(catalog.find("resnet5")).isEmpty();
        assertThat(catalog.of("simple_cnn")).isEmpty();
        assertThat(catalog.ofDigest("0676ba61" + "0".repeat(56)))
                .map(PublishedWeights::name)
                .contains("resnet50.imagenet1k_v1");
    }

    @Test
    void theEnvironmentSaysWhereTheCachesAre() {
        Path home = Path.of("home");
        WeightsFolders usual = WeightsFolders.of(Map.of(), home);
        assertThat(usual.own()).isEqualTo(home.resolve(".cache/sichter/weights"));
        assertThat(usual.torch()).isEqualTo(home.resolve(".cache/torch/hub/checkpoints"));
        assertThat(usual.hub()).isEqualTo(home.resolve(".cache/huggingface/hub"));
        WeightsFolders named = WeightsFolders.of(
                Map.of("SICHTER_CACHE", "mine", "TORCH_HOME", "t", "HF_HOME", "h", "XDG_CACHE_HOME", "x"), home);
        assertThat(named.own()).isEqualTo(Path.of("mine/weights"));
        assertThat(named.torch()).isEqualTo(Path.of("t/hub/checkpoints"));
        assertThat(named.hub()).isEqualTo(Path.of("h/hub"));
    }

    @Test
    void theEnvironmentSaysWhetherAndHowTheNetworkIsUsed() {
        assertThat(Network.offline(Map.of())).isFalse();
        assertThat(Network.offline(Map.of("SICHTER_OFFLINE", "0"))).isFalse();
        assertThat(Network.offline(Map.of("SICHTER_OFFLINE", "1"))).isTrue();
        assertThat(Network.offline(Map.of("HF_HUB_OFFLINE", "1"))).isTrue();

        EnvironmentProxy proxy = new EnvironmentProxy(
                Map.of("https_proxy", "http://proxy.example:3128", "NO_PROXY", "localhost,.example.org"));
        assertThat(proxy.select(URI.create("https://download.pytorch.org/x")))
                .singleElement()
                .asString()
                .contains("HTTP", "proxy.example", "3128");
        assertThat(proxy.select(URI.create("https://files.example.org/x"))).containsExactly(Proxy.NO_PROXY);
        assertThat(proxy.select(URI.create("https://localhost/x"))).containsExactly(Proxy.NO_PROXY);
    }
}
