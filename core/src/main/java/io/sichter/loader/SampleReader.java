package io.sichter.loader;

import io.sichter.dataset.Sample;
import io.sichter.image.Image;
import io.sichter.image.ImageDecoder;
import io.sichter.image.UnreadableImageException;
import io.sichter.random.SeedStream;
import io.sichter.tensor.Scope;
import io.sichter.text.Text;
import java.io.IOException;

/** From a sample to its place in a batch: read, decode, transform, copy. What is made on the way is released here. */
record SampleReader(ImageDecoder decoder, Pipelines pipelines) {
    /**
     * Fills one place.
     *
     * @param stream randomness of this sample in this epoch
     */
    @SuppressWarnings("try") // the scope is there to be closed; nothing else is asked of it
    void read(Sample sample, SeedStream stream, BatchBuffer buffer, int place) {
        try (Scope scope = Scope.open()) {
            byte[] bytes = sample.source().read();
            try (Image decoded = decoder.decode(bytes, sample.source().location());
                    Image image = pipelines.of(sample).apply(decoded, stream)) {
                buffer.put(place, sample, image);
            }
        } catch (IOException e) {
            buffer.skip(place, sample, Text.of("unreadable", e));
        } catch (UnreadableImageException e) {
            buffer.skip(place, sample, Text.of("about", e.file(), e.detail()));
        }
    }
}
