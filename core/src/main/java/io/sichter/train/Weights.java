package io.sichter.train;

import io.sichter.storage.TensorBytes;
import io.sichter.tensor.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Named tensors on their way to a file and back. */
public final class Weights {
    private Weights() {}

    /** The contents of tensors, in order; valid as long as the tensors and the caller's scope. */
    public static List<TensorBytes> toBytes(Map<String, Tensor> tensors) {
        List<TensorBytes> bytes = new ArrayList<>();
        tensors.forEach((name, tensor) -> {
            TensorData data = TensorData.of(tensor);
            bytes.add(new TensorBytes(
                    name, data.dtype(), Arrays.stream(data.shape()).boxed().toList(), data.data()));
        });
        return bytes;
    }

    /** What was read from a file, by name. */
    public static Map<String, TensorData> toData(List<TensorBytes> tensors) {
        Map<String, TensorData> data = new LinkedHashMap<>();
        for (TensorBytes tensor : tensors) {
            long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
            data.put(tensor.name(), new TensorData(tensor.dtype(), shape, tensor.bytes()));
        }
        return data;
    }
}
