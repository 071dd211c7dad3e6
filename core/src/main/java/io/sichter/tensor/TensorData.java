package io.sichter.tensor;

import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.text.Text;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The numbers of a tensor outside libtorch: what a weights file holds. Row-major, little-endian, dtypes named as
 * safetensors names them (F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL).
 *
 * @param dtype name of the element type
 * @param shape lengths of the dimensions; empty for a single number
 * @param data the elements, a direct buffer from its position to its limit
 */
@SuppressWarnings("ArrayRecordComponent") // shapes go to libtorch as they are; equality is not asked for
public record TensorData(String dtype, long[] shape, ByteBuffer data) {
    /**
     * The contents of a tensor, without a copy where it lies on the processor in row-major order; otherwise of a copy
     * that belongs to the caller's scope. The buffer is valid as long as the tensor and that scope.
     *
     * @throws IllegalArgumentException if it takes more than 2 GiB, or has an element type that has no name here
     */
    public static TensorData of(Tensor tensor) {
        Tensor plain = tensor.detach().cpu().contiguous();
        long bytes = plain.nbytes();
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("A tensor of " + bytes + " bytes does not fit into one buffer");
        }
        String dtype = dtype(plain.scalar_type());
        if (bytes == 0) {
            return new TensorData(dtype, plain.shape(), ByteBuffer.allocateDirect(0));
        }
        Pointer pointer = plain.data_ptr();
        ByteBuffer data =
                new BytePointer(pointer).capacity(bytes).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        return new TensorData(dtype, plain.shape(), data);
    }

    /**
     * A new tensor on the processor with a copy of these numbers, owned by the caller's scope.
     *
     * @throws StorageException if the dtype is unknown or the number of bytes does not fit the shape
     */
    public Tensor toTensor() {
        return view().clone();
    }

    /**
     * Writes these numbers over those of a tensor on any device and in any memory format, converting the element type
     * where it differs. To be called without gradients being recorded.
     *
     * @throws StorageException if the dtype is unknown or the shape differs
     */
    public void copyTo(Tensor target) {
        if (!Arrays.equals(shape, target.shape())) {
            throw damaged(
                    Text.of("tensor.shape", Arrays.toString(shape)),
                    Text.of("tensor.shape", Arrays.toString(target.shape())));
        }
        Scope.run(() -> target.copy_(view()));
    }

    private Tensor view() {
        torch.ScalarType type = scalarType(dtype);
        long expected = torch.elementSize(type);
        for (long length : shape) {
            expected = Math.multiplyExact(expected, length);
        }
        if (expected != data.remaining()) {
            throw damaged(
                    Text.of("bytes", data.remaining()),
                    Text.of("tensor.bytes_for", expected, Arrays.toString(shape), dtype));
        }
        if (expected == 0) {
            return torch.empty(shape).to(type);
        }
        ByteBuffer direct = data.isDirect() ? data.slice() : directCopy(data);
        try (Scope scope = Scope.open()) {
            Tensor view = torch.from_blob(new BytePointer(direct), shape, torch.dtype(type));
            return scope.keep(data.isDirect() ? view : view.clone());
        }
    }

    private static ByteBuffer directCopy(ByteBuffer heap) {
        return ByteBuffer.allocateDirect(heap.remaining()).put(heap.duplicate()).flip();
    }

    /**
     * The safetensors name of an element type.
     *
     * @throws IllegalArgumentException if it has none here
     */
    public static String dtype(torch.ScalarType type) {
        return switch (type.intern()) { // what native code gives is equal to a constant, but not the same
            case Double -> "F64";
            case Float -> "F32";
            case Half -> "F16";
            case BFloat16 -> "BF16";
            case Long -> "I64";
            case Int -> "I32";
            case Short -> "I16";
            case Char -> "I8";
            case Byte -> "U8";
            case Bool -> "BOOL";
            default -> throw new IllegalArgumentException("No name for elements of type " + type);
        };
    }

    /**
     * The element type of a safetensors name.
     *
     * @throws StorageException if no such name is known
     */
    public static torch.ScalarType scalarType(String dtype) {
        return switch (dtype) {
            case "F64" -> torch.ScalarType.Double;
            case "F32" -> torch.ScalarType.Float;
            case "F16" -> torch.ScalarType.Half;
            case "BF16" -> torch.ScalarType.BFloat16;
            case "I64" -> torch.ScalarType.Long;
            case "I32" -> torch.ScalarType.Int;
            case "I16" -> torch.ScalarType.Short;
            case "I8" -> torch.ScalarType.Char;
            case "U8" -> torch.ScalarType.Byte;
            case "BOOL" -> torch.ScalarType.Bool;
            default ->
                throw damaged(
                        Text.of("tensor.dtype", dtype),
                        Text.of("one_of", "F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL"));
        };
    }

    private static StorageException damaged(Text received, Text expected) {
        return new StorageException(
                new Problem(Text.of("tensor.does_not_fit"), received, expected, Text.of("tensor.other_copy")));
    }
}
