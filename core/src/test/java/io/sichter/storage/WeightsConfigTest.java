package io.sichter.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.sichter.storage.WeightsFile.Statistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What timm and Hugging Face write beside weights. */
class WeightsConfigTest {
    @TempDir
    private Path folder = Path.of("");

    private WeightsConfig read(String json) throws IOException {
        Files.writeString(folder.resolve("config.json"), json);
        return WeightsConfig.beside(folder.resolve("model.safetensors"));
    }

    @Test
    void timmsFormIsUnderstood() throws IOException {
        WeightsConfig config = read(
                "{\"architecture\": \"resnetv2_50\", \"num_classes\": 2, \"label_names\": [\"cat\", \"dog\"],"
                        + "\"pretrained_cfg\": {\"input_size\": [3, 288, 288], \"mean\": [0.5, 0.4, 0.3], \"std\": [0.2, 0.2, 0.1]}}");
        assertThat(config.statistics()).contains(new Statistics(List.of(0.5, 0.4, 0.3), List.of(0.2, 0.2, 0.1)));
        assertThat(config.labels()).containsExactly("cat", "dog");
        assertThat(config.imageSize()).hasValue(288);
    }

    @Test
    void huggingFacesFormIsUnderstoodAndItsLabelsAreSortedByNumber() throws IOException {
        WeightsConfig config = read("{\"image_mean\": [0.5], \"image_std\": [0.25],"
                + "\"id2label\": {\"10\": \"k\", \"2\": \"c\", \"0\": \"a\"}}");
        assertThat(config.statistics()).contains(new Statistics(List.of(0.5), List.of(0.25)));
        assertThat(config.labels()).containsExactly("a", "c", "k");
        assertThat(config.imageSize()).isEmpty();
    }

    @Test
    void somebodyElsesFileSaysNothing() throws IOException {
        for (String json : List.of("not json", "[]", "{\"mean\": [0.5], \"std\": []}", "{\"id2label\": [1]}")) {
            WeightsConfig config = read(json);
            assertThat(config.statistics()).as(json).isEmpty();
            assertThat(config.labels()).as(json).isEmpty();
        }
        assertThat(WeightsConfig.beside(folder.resolve("nowhere/model.pth")).labels())
                .isEmpty();
    }
}
