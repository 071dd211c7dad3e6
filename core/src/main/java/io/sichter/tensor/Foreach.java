package io.sichter.tensor;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * One operation over many tensors at once: libtorch's {@code _foreach_*} operators, one call (and on a GPU few kernels)
 * for a whole network. Lists are paired by position and must be equally long. Nothing is recorded for a backward pass
 * unless the caller records.
 */
public final class Foreach {
    private static final Aten MUL = Aten.operator("aten::_foreach_mul_", "Scalar");
    private static final Aten MUL_LIST = Aten.operator("aten::_foreach_mul_", "List");
    private static final Aten DIV_LIST = Aten.operator("aten::_foreach_div_", "List");
    private static final Aten ADD = Aten.operator("aten::_foreach_add_", "Scalar");
    private static final Aten ADD_LIST = Aten.operator("aten::_foreach_add_", "List");
    private static final Aten SUM = Aten.operator("aten::_foreach_add", "List");
    private static final Aten PRODUCT = Aten.operator("aten::_foreach_mul", "Scalar");
    private static final Aten LERP = Aten.operator("aten::_foreach_lerp_", "Scalar");
    private static final Aten BETWEEN = Aten.operator("aten::_foreach_lerp", "Scalar");
    private static final Aten ADDCMUL = Aten.operator("aten::_foreach_addcmul_", "Scalar");
    private static final Aten ADDCDIV = Aten.operator("aten::_foreach_addcdiv_", "Scalar");
    private static final Aten SQRT = Aten.operator("aten::_foreach_sqrt", "");
    private static final Aten SIGN = Aten.operator("aten::_foreach_sign_", "");
    private static final Aten NORM = Aten.operator("aten::_foreach_norm", "Scalar");
    private static final Aten COPY = Aten.operator("aten::_foreach_copy_", "");
    private static final Aten CLAMP_MIN = Aten.operator("aten::_foreach_clamp_min_", "Scalar");
    private static final Aten CLAMP_MAX = Aten.operator("aten::_foreach_clamp_max_", "Scalar");

    private Foreach() {}

    /** {@code a *= factor}. */
    public static void mul(List<Tensor> a, double factor) {
        MUL.call(a, factor);
    }

    /** {@code a *= b}, element by element. */
    public static void mul(List<Tensor> a, List<Tensor> b) {
        MUL_LIST.call(a, b);
    }

    /** {@code a /= b}, element by element. */
    public static void div(List<Tensor> a, List<Tensor> b) {
        DIV_LIST.call(a, b);
    }

    /** {@code a += summand}. */
    public static void add(List<Tensor> a, double summand) {
        ADD.call(a, summand);
    }

    /** {@code a += factor * b}. */
    public static void add(List<Tensor> a, List<Tensor> b, double factor) {
        ADD_LIST.call(a, b, factor);
    }

    /** {@code a + factor * b} as new tensors, owned by the caller's scope. */
    public static List<Tensor> sum(List<Tensor> a, List<Tensor> b, double factor) {
        return SUM.callForTensors(a, b, factor);
    }

    /** {@code a * factor} as new tensors, owned by the caller's scope. */
    public static List<Tensor> product(List<Tensor> a, double factor) {
        return PRODUCT.callForTensors(a, factor);
    }

    /** {@code a += weight * (b - a)}. */
    public static void lerp(List<Tensor> a, List<Tensor> b, double weight) {
        LERP.call(a, b, weight);
    }

    /** {@code a + weight * (b - a)} as new tensors, owned by the caller's scope. */
    public static List<Tensor> between(List<Tensor> a, List<Tensor> b, double weight) {
        return BETWEEN.callForTensors(a, b, weight);
    }

    /** {@code a += factor * b * c}. */
    public static void addcmul(List<Tensor> a, List<Tensor> b, List<Tensor> c, double factor) {
        ADDCMUL.call(a, b, c, factor);
    }

    /** {@code a += factor * b / c}. */
    public static void addcdiv(List<Tensor> a, List<Tensor> b, List<Tensor> c, double factor) {
        ADDCDIV.call(a, b, c, factor);
    }

    /** Square roots as new tensors, owned by the caller's scope. */
    public static List<Tensor> sqrt(List<Tensor> a) {
        return SQRT.callForTensors(a);
    }

    /** {@code a = sign(a)}. */
    public static void sign(List<Tensor> a) {
        SIGN.call(a);
    }

    /** Euclidean norms, one number each, owned by the caller's scope. */
    public static List<Tensor> norm(List<Tensor> a) {
        return NORM.callForTensors(a, 2.0, null);
    }

    /** {@code a = b}. */
    public static void copy(List<Tensor> a, List<Tensor> b) {
        COPY.call(a, b, false);
    }

    /** Moves every element into {@code [-limit, limit]}. */
    public static void clamp(List<Tensor> a, double limit) {
        CLAMP_MIN.call(a, -limit);
        CLAMP_MAX.call(a, limit);
    }
}
