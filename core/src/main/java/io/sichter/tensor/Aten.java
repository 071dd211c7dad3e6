package io.sichter.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Type;
import org.jspecify.annotations.Nullable;

/**
 * Any operator of ATen by its name, also those that the generated binding leaves out (names that begin with an
 * underscore). An operator is looked up once; arguments are given in the order of its schema, all of them.
 *
 * <p>Arguments may be: {@code null} (None), {@link Tensor}, {@link Double}, {@link Long}, {@link Integer},
 * {@link Boolean}, {@link String}, a {@link List} of tensors, or an {@link IValue} made before with
 * {@link #tensorList}.
 */
public final class Aten {
    private static final Map<String, Aten> KNOWN = new ConcurrentHashMap<>();

    private final OperatorHandle handle;

    private Aten(OperatorHandle handle) {
        this.handle = handle;
    }

    /**
     * The operator of that name.
     *
     * @param name such as {@code aten::_fused_adamw_}
     * @param overload such as {@code tensor_lr}, or empty
     * @throws RuntimeException from libtorch if there is no such operator
     */
    public static Aten operator(String name, String overload) {
        return KNOWN.computeIfAbsent(
                name + "." + overload,
                key -> Scope.call(() -> {
                    OperatorHandle found = Dispatcher.singleton().findSchemaOrThrow(name, overload);
                    return new Aten(Scope.release(found)); // stays for the life of the program, like the schema itself
                }));
    }

    /** Calls the operator for its effect on its arguments. */
    public void call(@Nullable Object... arguments) {
        Scope.run(() -> invoke(arguments));
    }

    /**
     * Calls the operator.
     *
     * @return its first result, owned by the caller's scope
     */
    public Tensor callForTensor(@Nullable Object... arguments) {
        // a copy of the handle: the one that the stack gives dies with the stack
        return Scope.keeping(() -> new Tensor(invoke(arguments).get(0).toTensor()));
    }

    /**
     * Calls an operator whose first result is a list.
     *
     * @return its tensors, owned by the caller's scope
     */
    public List<Tensor> callForTensors(@Nullable Object... arguments) {
        try (Scope scope = Scope.open()) {
            TensorVector found = invoke(arguments).get(0).toTensorVector();
            List<Tensor> tensors = new ArrayList<>();
            for (long i = 0; i < found.size(); i++) {
                tensors.add(scope.keep(new Tensor(found.get(i)))); // a copy of the handle, see above
            }
            return tensors;
        }
    }

    /**
     * A list of tensors as one argument, for lists that are passed again and again.
     *
     * @return the argument, owned by the caller's scope
     */
    public static IValue tensorList(List<Tensor> tensors) {
        return Scope.keeping(() -> {
            GenericList list = new GenericList(new Type.TypePtr(TensorType.get()));
            list.reserve(tensors.size());
            for (Tensor tensor : tensors) {
                list.push_back(new IValue(tensor));
            }
            return new IValue(list);
        });
    }

    private IValueVector invoke(@Nullable Object... arguments) {
        IValueVector stack = new IValueVector();
        for (Object argument : arguments) {
            stack.push_back(value(argument));
        }
        handle.callBoxed(stack);
        return stack;
    }

    private static IValue value(@Nullable Object argument) {
        if (argument == null) {
            return new IValue();
        } else if (argument instanceof IValue value) {
            return value;
        } else if (argument instanceof Tensor tensor) {
            return new IValue(tensor);
        } else if (argument instanceof Double number) {
            return new IValue(number.doubleValue());
        } else if (argument instanceof Long number) {
            return new IValue(number.longValue());
        } else if (argument instanceof Integer number) {
            return new IValue(number.longValue());
        } else if (argument instanceof Boolean flag) {
            return new IValue(flag.booleanValue());
        } else if (argument instanceof String text) {
            return new IValue(text);
        } else if (argument instanceof List<?> list) {
            return tensorList(list.stream().map(Tensor.class::cast).toList());
        }
        throw new IllegalArgumentException("An operator cannot take a " + argument.getClass());
    }
}
