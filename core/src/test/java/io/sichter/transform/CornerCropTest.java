package io.sichter.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.GoldenFile;
import io.sichter.config.TransformSpec;
import io.sichter.image.Image;
import io.sichter.random.SeedStream;
import io.sichter.transform.CornerCrop.Corner;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CornerCropTest {
    private static Image picture(int height, int width) {
        byte[] pixels = new byte[height * width * 3];
        for (int i = 0; i < pixels.length; i++) {
            int c = i % 3;
            int x = i / 3 % width;
            int y = i / 3 / width;
            pixels[i] = (byte) (7 * x + 13 * y + 31 * c);
        }
        return Image.ofBytes(height, width, 3, pixels);
    }

    private static Pipeline centre(int size) {
        return Pipeline.of(List.of(TransformSpec.of("center_crop", Map.of("size", size))), size, 3);
    }

    @Test
    void fiveAndTenCropsAreTorchvisions() throws Exception {
        for (JsonNode one : GoldenFile.json("tta/crops")) {
            Image picture = picture(one.get("height").asInt(), one.get("width").asInt());
            Pipeline centre = centre(one.get("size").asInt());
            List<Pipeline> views = new ArrayList<>();
            for (boolean mirrored : new boolean[] {false, true}) {
                for (Corner corner : Corner.values()) {
                    views.add(centre.withCrop(corner, mirrored));
                }
                views.add(mirrored ? centre.mirrored() : centre);
            }
            for (int view = 0; view < 10; view++) {
                byte[] bytes = views.get(view).apply(picture, SeedStream.of(0)).toBytes();
                String hash = HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
                assertThat(hash)
                        .as("view %d of %s", view, one)
                        .isEqualTo(one.get("sha256").get(view).asText());
            }
        }
    }

    @Test
    void aPictureThatIsTooSmallIsPaddedAsByTheCentreCrop() {
        Image small = picture(10, 40);
        byte[] corner = centre(20)
                .withCrop(Corner.TOP_LEFT, false)
                .apply(small, SeedStream.of(0))
                .toBytes();
        assertThat(corner).isEqualTo(centre(20).apply(small, SeedStream.of(0)).toBytes());
    }

    @Test
    void whatIsKeptAndTheWholePicture() {
        Pipeline usual = Pipeline.of(
                List.of(
                        TransformSpec.of("resize", Map.of("size", 20)),
                        TransformSpec.of("center_crop", Map.of("size", 20))),
                20,
                3);
        assertThat(usual.keptShare(30, 60)).isEqualTo(0.5);
        assertThat(usual.keptShare(60, 60)).isEqualTo(1);
        assertThat(usual.endsInCentreCrop()).isTrue();
        Image wide = picture(20, 60);
        byte[] whole = usual.whole().apply(wide, SeedStream.of(0)).toBytes();
        byte[] squashed = Pipeline.of(List.of(TransformSpec.of("resize", Map.of("size", List.of(20, 20)))), 20, 3)
                .apply(wide, SeedStream.of(0))
                .toBytes();
        assertThat(whole).isEqualTo(squashed);
    }
}
