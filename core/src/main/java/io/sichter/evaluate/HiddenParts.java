package io.sichter.evaluate;

import io.sichter.dataset.Dataset;
import io.sichter.dataset.Sample;
import io.sichter.image.DecodeLimits;
import io.sichter.image.OpenCvDecoder;
import io.sichter.loader.DataLoader;
import io.sichter.train.ValidationPass;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds out whether pictures were put right by further views only because the centre view hides a part of them: shows the
 * network these few pictures whole, once.
 */
final class HiddenParts {
    private HiddenParts() {}

    /**
     * Counts pictures that the centre view cuts and that are right when they are seen whole.
     *
     * @param rescued ids of pictures that further views put right
     */
    static int count(LoadedModel loaded, Dataset dataset, Set<String> rescued) {
        if (rescued.isEmpty() || !loaded.pipeline().endsInCentreCrop()) {
            return 0;
        }
        List<Sample> few = dataset.samples().stream()
                .filter(sample -> rescued.contains(sample.id()))
                .toList();
        Map<String, String> places = new HashMap<>();
        few.forEach(sample -> places.put(sample.id(), sample.source().location()));
        PictureTraits.Observer observer = new PictureTraits.Observer(new OpenCvDecoder(DecodeLimits.defaults()));
        Set<String> right = new HashSet<>();
        try (DataLoader loader = DataLoader.builder(
                        new Dataset(dataset.classes(), few),
                        observer,
                        loaded.pipeline().whole())
                .batchSize(Evaluation.BATCH_SIZE)
                .build()) {
            new ValidationPass(loaded.engine(), loaded.model())
                    .over(loader, done -> true, (picture, truth, prediction, probabilities) -> {
                        if (truth == prediction) {
                            right.add(picture);
                        }
                    });
        }
        return (int) right.stream()
                .filter(id -> observer.traits(places.getOrDefault(id, ""))
                        .filter(t -> loaded.pipeline().keptShare(t.height(), t.width()) < ViewGain.WHOLE)
                        .isPresent())
                .count();
    }
}
