package io.sichter.loader;

import io.sichter.dataset.Sample;
import io.sichter.image.Image;
import io.sichter.image.ImageDecoder;
import io.sichter.image.UnreadableImageException;
import io.sichter.random.SeedStream;
import io.sichter.tensor.Scope;
import io.sichter.text.Text;
import io.sichter.transform.Pipeline;
import java.io.IOException;

/** From a sample to its place in a batch: read, decode, transform, copy. What is made on the way is released here. */
record SampleReader(ImageDecoder decoder, Pipeline pipeline) {
    /**
     * Fills one place.
     *
     * @param epochStream randomness of the epoch; the sample's id is derived from it
     */
    @SuppressWarnings("try") // the scope is there to be closed; nothing else is asked of it
    void read(Sample sample, SeedStream epochStream, BatchBuffer buffer, int place) {
        try (Scope scope = Scope.open()) {
            byte[] bytes = sample.source().read();
            try (Image decoded = decoder.decode(bytes, sample.source().location());
                    Image image = pipeline.apply(decoded, epochStream.derive(sample.id()))) {
                buffer.put(place, sample, image);
            }
        } catch (IOException e) {
            buffer.skip(place, sample, Text.of("unreadable", e));
        } catch (UnreadableImageException e) {
            buffer.skip(place, sample, Text.of("about", e.file(), e.detail()));
        }
    }
}
