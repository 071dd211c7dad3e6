package io.sichter.published;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sichter.config.Normalization;
import io.sichter.published.PublishedWeights.Preset;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All published weights, and the sizes of the networks. The table is made from the packages of torchvision and timm by
 * {@code golden/weights_table.py}, never by hand.
 *
 * @param networks by the name of the architecture
 * @param weights the default of an architecture before its others
 */
public record PublishedCatalog(Map<String, NetworkSize> networks, List<PublishedWeights> weights) {
    private static final PublishedCatalog BUILT_IN = read();

    /**
     * How large a network is.
     *
     * @param imageSize side of the pictures that its default weights are judged on; 224 where there are none
     * @param parameters values in its parameters with 1,000 outputs
     * @param macs multiply-adds over one such picture: convolutions, linear layers and the products of attention
     */
    public record NetworkSize(int imageSize, long parameters, long macs) {}

    /** Copies the collections. */
    public PublishedCatalog {
        networks = Map.copyOf(networks);
        weights = List.copyOf(weights);
    }

    /** The one that comes with Sichter. */
    public static PublishedCatalog builtIn() {
        return BUILT_IN;
    }

    /** The weights of an architecture, the default first; none where nothing is published. */
    public List<PublishedWeights> of(String architecture) {
        return weights.stream()
                .filter(w -> w.architecture().equals(architecture))
                .toList();
    }

    /** Those of a name: {@code resnet50.imagenet1k_v1}, or an architecture, whose default is meant. */
    public Optional<PublishedWeights> find(String name) {
        return weights.stream()
                .filter(w -> w.name().equals(name) || w.architecture().equals(name))
                .findFirst();
    }

    /** Those whose file has this SHA-256, as far as the packages know it. */
    public Optional<PublishedWeights> ofDigest(String sha256) {
        return weights.stream()
                .filter(w -> w.sha256Prefix().filter(sha256::startsWith).isPresent())
                .findFirst();
    }

    private static PublishedCatalog read() {
        try (InputStream in = Objects.requireNonNull(PublishedCatalog.class.getResourceAsStream("weights.json"))) {
            JsonNode root = JsonMapper.builder().build().readTree(in);
            Map<String, NetworkSize> networks = new LinkedHashMap<>();
            root.get("networks").properties().forEach(entry -> {
                JsonNode n = entry.getValue();
                networks.put(
                        entry.getKey(),
                        new NetworkSize(
                                n.get("image_size").asInt(),
                                n.get("parameters").asLong(),
                                n.get("macs").asLong()));
            });
            List<PublishedWeights> weights = new ArrayList<>();
            root.get("weights").forEach(node -> weights.add(weights(node)));
            return new PublishedCatalog(networks, weights);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PublishedWeights weights(JsonNode node) {
        JsonNode megabytes = node.get("megabytes");
        return new PublishedWeights(
                node.get("name").asText(),
                node.get("architecture").asText(),
                node.get("source").asText(),
                URI.create(node.get("url").asText()),
                node.get("file").asText(),
                text(node.get("hub")),
                text(node.get("sha256_prefix")).map(digits -> digits.toLowerCase(Locale.ROOT)),
                megabytes.isNull() ? OptionalDouble.empty() : OptionalDouble.of(megabytes.asDouble()),
                node.get("licence").asText(),
                node.get("recipe").asText(),
                node.get("top1").asDouble() / 100,
                node.get("top5").asDouble() / 100,
                new Preset(
                        node.get("image_size").asInt(),
                        node.get("resize").asInt(),
                        node.get("interpolation").asText(),
                        new Normalization(numbers(node.get("mean")), numbers(node.get("std")))));
    }

    private static Optional<String> text(JsonNode node) {
        return node.isNull() ? Optional.empty() : Optional.of(node.asText());
    }

    private static List<Double> numbers(JsonNode list) {
        List<Double> numbers = new ArrayList<>();
        list.forEach(number -> numbers.add(number.asDouble()));
        return numbers;
    }
}
