package io.sichter.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.image.Image;
import io.sichter.image.UnreadableImageException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeometryTest {
    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "5", "9"})
    void channelsAreResampledAloneAndAlikeWhateverTheirNumber(int channels) {
        Image image = Pictures.noise(43, 31, channels, 7);
        for (Size size : List.of(new Size(20, 20), new Size(60, 31), new Size(43, 90))) {
            Image together = Geometry.resize(image, size);
            for (int c = 0; c < channels; c++) {
                Image alone = Resampling.bilinear(Pictures.channel(image, c), size);
                assertThat(Pictures.maxDifference(Pictures.channel(together, c), alone))
                        .isLessThanOrEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"UINT8, 3", "UINT8, 6", "UINT16, 3", "FLOAT32, 2"})
    void aViewIsTreatedAsItsCopy(Image.Depth depth, int channels) {
        Image image = Pictures.convert(Pictures.noise(40, 50, channels, 3), depth);
        Image view = Geometry.crop(image, 5, 7, 21, 33);
        Image copy = Image.of(view.mat().clone());
        assertThat(view.mat().isContinuous()).isFalse();
        Size size = new Size(16, 17);
        RandomRotation rotation = new RandomRotation(new Interval(9, 9), Interpolation.BILINEAR, List.of(0.0));
        assertThat(Pictures.values(Geometry.resize(view, size)))
                .isEqualTo(Pictures.values(Geometry.resize(copy, size)));
        assertThat(Pictures.values(rotation.apply(view, new RandomRotation.Angle(9))))
                .isEqualTo(Pictures.values(rotation.apply(copy, new RandomRotation.Angle(9))));
        assertThat(Pictures.values(new CenterCrop(size).apply(view, Transform.NoDraw.INSTANCE)))
                .isEqualTo(Pictures.values(new CenterCrop(size).apply(copy, Transform.NoDraw.INSTANCE)));
    }

    @Test
    void aCropSharesTheMemoryAndOutlivesThePicture() {
        Image image = Pictures.noise(30, 40, 3, 3);
        double[] expected = Pictures.values(Geometry.crop(image, 3, 4, 10, 11));
        Image view = Geometry.crop(image, 3, 4, 10, 11);
        assertThat(view.mat().data().address())
                .isBetween(image.mat().data().address(), image.mat().data().address() + 30 * 40 * 3);
        image.close();
        assertThat(Pictures.values(view)).isEqualTo(expected);
    }

    @Test
    void noPictureGrowsWithoutLimit() {
        Image line = Pictures.noise(1, 5000, 3, 3);
        assertThatThrownBy(() -> Resize.shorterSide(224).apply(line, Transform.NoDraw.INSTANCE))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessageContaining("224x1120000");
    }

    @Test
    void theGivenPictureComesBackWhereNothingIsToBeDone() {
        Image image = Pictures.noise(24, 24, 3, 3);
        assertThat(Resize.shorterSide(24).apply(image, Transform.NoDraw.INSTANCE))
                .isSameAs(image);
        assertThat(new CenterCrop(Size.square(24)).apply(image, Transform.NoDraw.INSTANCE))
                .isSameAs(image);
    }
}
