package io.sichter.storage;

import io.sichter.storage.PickleMachine.PickleDict;
import io.sichter.storage.PickleMachine.Refused;
import io.sichter.storage.PickleMachine.Storage;
import io.sichter.storage.PickleMachine.StoredTensor;
import io.sichter.storage.PickleMachine.Tuple;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names of Python that a state dict may mention. Each stands for data; none is ever looked up. */
enum PickleName {
    /** An empty dict. */
    ORDERED_DICT("collections", "OrderedDict"),
    /** A tensor of a storage, an offset, a shape and strides. */
    REBUILD_TENSOR("torch._utils", "_rebuild_tensor_v2"),
    /** The tensor it wraps. */
    REBUILD_PARAMETER("torch._utils", "_rebuild_parameter"),
    /** Its items. */
    SIZE("torch", "Size"),
    /** float32. */
    FLOAT("torch", "FloatStorage"),
    /** float64. */
    DOUBLE("torch", "DoubleStorage"),
    /** float16. */
    HALF("torch", "HalfStorage"),
    /** bfloat16. */
    BFLOAT16("torch", "BFloat16Storage"),
    /** int64. */
    LONG("torch", "LongStorage"),
    /** int32. */
    INT("torch", "IntStorage"),
    /** int16. */
    SHORT("torch", "ShortStorage"),
    /** int8. */
    CHAR("torch", "CharStorage"),
    /** uint8. */
    BYTE("torch", "ByteStorage"),
    /** Booleans. */
    BOOL("torch", "BoolStorage");

    private static final int MAX_SHOWN = 80;

    /** Opcodes that load or call, for messages. */
    private static final Map<Integer, String> OPCODES = Map.ofEntries(
            Map.entry((int) 'i', "INST"),
            Map.entry((int) 'o', "OBJ"),
            Map.entry((int) 'P', "PERSID"),
            Map.entry(0x81, "NEWOBJ"),
            Map.entry(0x92, "NEWOBJ_EX"),
            Map.entry(0x82, "EXT1"),
            Map.entry(0x83, "EXT2"),
            Map.entry(0x84, "EXT4"),
            Map.entry(0x96, "BYTEARRAY8"),
            Map.entry(0x97, "NEXT_BUFFER"),
            Map.entry(0x98, "READONLY_BUFFER"));

    private final String module;
    private final String name;

    PickleName(String module, String name) {
        this.module = module;
        this.name = name;
    }

    /** The name, if a state dict may mention it. */
    static PickleName of(String module, String name) throws Refused {
        for (PickleName known : values()) {
            if (known.module.equals(module) && known.name.equals(name)) {
                return known;
            }
        }
        String full = (module + "." + name).replaceAll("\\p{Cntrl}", "?");
        throw new Refused(Text.of(
                "storage.pickle.name", full.length() > MAX_SHOWN ? full.substring(0, MAX_SHOWN) + "..." : full));
    }

    /** An opcode as Python calls it, where that matters; else its number. */
    static String opcode(int code) {
        return OPCODES.getOrDefault(code, String.format("0x%02X", code));
    }

    /** The element type of a storage; empty for other names. */
    Optional<String> dtype() {
        return Optional.ofNullable(
                switch (this) {
                    case FLOAT -> "F32";
                    case DOUBLE -> "F64";
                    case HALF -> "F16";
                    case BFLOAT16 -> "BF16";
                    case LONG -> "I64";
                    case INT -> "I32";
                    case SHORT -> "I16";
                    case CHAR -> "I8";
                    case BYTE -> "U8";
                    case BOOL -> "BOOL";
                    default -> null;
                });
    }

    /** The data that a call of the name stands for. */
    Object make(List<Object> arguments) throws Refused {
        if (this == ORDERED_DICT && arguments.isEmpty()) {
            return new PickleDict();
        }
        if (this == SIZE && arguments.size() == 1 && arguments.get(0) instanceof Tuple sizes) {
            return sizes;
        }
        if (this == REBUILD_PARAMETER && arguments.size() == 3 && arguments.get(0) instanceof StoredTensor tensor) {
            return tensor;
        }
        if (this == REBUILD_TENSOR
                && (arguments.size() == 6 || arguments.size() == 7)
                && arguments.get(0) instanceof Storage storage
                && arguments.get(1) instanceof Long offset) {
            return new StoredTensor(storage, offset, sizes(arguments.get(2)), sizes(arguments.get(3)));
        }
        throw new Refused(Text.of("storage.pickle.arguments", module + "." + name));
    }

    private static List<Long> sizes(Object value) throws Refused {
        List<Long> sizes = new ArrayList<>();
        if (value instanceof Tuple tuple) {
            for (Object item : tuple.items()) {
                if (item instanceof Long size && size >= 0) {
                    sizes.add(size);
                }
            }
            if (sizes.size() == tuple.items().size()) {
                return sizes;
            }
        }
        throw new Refused(Text.of("storage.pickle.shape"));
    }
}
