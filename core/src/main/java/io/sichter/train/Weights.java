package io.sichter.train;

import io.sichter.storage.TensorBytes;
import io.sichter.storage.TensorSource;
import io.sichter.tensor.Scope;
import io.sichter.tensor.TensorData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Named tensors on their way to a file and back. */
public final class Weights {
    private Weights() {}

    /** Tensors for a file, in order; each is copied, where it must be, only while it is written. */
    public static List<TensorSource> sources(Map<String, Tensor> tensors) {
        List<TensorSource> sources = new ArrayList<>();
        tensors.forEach((name, tensor) -> sources.add(new Source(
                name,
                TensorData.dtype(tensor.scalar_type()),
                Arrays.stream(tensor.shape()).boxed().toList(),
                tensor)));
        return sources;
    }

    /** One tensor of libtorch; it stays the owner's. */
    private record Source(String name, String dtype, List<Long> shape, Tensor tensor) implements TensorSource {
        @Override
        public void lend(Borrower borrower) throws IOException {
            try (Scope scope = Scope.open()) {
                borrower.accept(TensorData.of(tensor).data());
            }
        }
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
