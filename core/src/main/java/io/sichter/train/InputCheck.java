package io.sichter.train;

import io.sichter.dataset.ClassIndex;
import io.sichter.event.TrainEvent;
import io.sichter.event.TrainListener;
import io.sichter.loader.Batch;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import io.sichter.tensor.TensorData;
import io.sichter.text.Text;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Measures what the network really gets, once, so that a wrong normalisation is seen in the first second of a run. */
final class InputCheck {
    private static final double MAX_MEAN = 0.5;
    private static final double MIN_STD = 0.5;
    private static final double MAX_STD = 2;

    private InputCheck() {}

    /** Reports mean and standard deviation of each channel of a batch as it enters the network, and its classes. */
    static void report(Tensor images, Batch batch, ClassIndex classes, TrainListener listener) {
        List<Double> mean = new ArrayList<>();
        List<Double> std = new ArrayList<>();
        NoGrad.run(() -> Scope.run(() -> {
            long[] allButChannels = {0, 2, 3};
            mean.addAll(numbers(torch.mean(images, allButChannels, false, new ScalarTypeOptional())));
            std.addAll(numbers(torch.std(images, allButChannels, false, false)));
        }));
        Map<String, Integer> counts = new LinkedHashMap<>();
        classes.names().forEach(name -> counts.put(name, 0));
        for (long target : batch.targets()) {
            counts.merge(classes.name((int) target), 1, Integer::sum);
        }
        listener.on(new TrainEvent.FirstBatch(mean, std, counts));
        advise(mean, std, listener);
    }

    private static void advise(List<Double> mean, List<Double> std, TrainListener listener) {
        for (int c = 0; c < mean.size(); c++) {
            double m = mean.get(c);
            double s = std.get(c);
            if (s == 0) {
                listener.on(new TrainEvent.Advice(Text.of("normalize.flat_channel", c)));
            } else if (Math.abs(m) > MAX_MEAN || s < MIN_STD || s > MAX_STD) {
                listener.on(new TrainEvent.Advice(Text.of("normalize.off", c, rounded(m), rounded(s))));
                return; // the others are off for the same reason
            }
        }
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static List<Double> numbers(Tensor perChannel) {
        FloatBuffer values =
                TensorData.of(perChannel).data().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        List<Double> numbers = new ArrayList<>();
        while (values.hasRemaining()) {
            numbers.add((double) values.get());
        }
        return numbers;
    }
}
