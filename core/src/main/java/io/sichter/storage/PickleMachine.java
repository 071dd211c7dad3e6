package io.sichter.storage;

import io.sichter.text.Text;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads Python's pickle format as far as a state dict of PyTorch needs it, and refuses everything else by name. Nothing
 * is looked up, imported or called: the few names a state dict may mention ({@link PickleName}) stand for records of
 * data. Memory is bounded by the length of the input.
 *
 * @see <a href="https://github.com/python/cpython/blob/main/Lib/pickletools.py">the opcodes</a>
 */
final class PickleMachine {
    private static final int MAX_STACK = 1 << 20;
    private static final int MAX_MEMO = 1 << 20;
    private static final int MAX_PROTOCOL = 5;
    private static final int MAX_LONG_BYTES = 16;
    private static final Object MARK = new Object();

    private final ByteBuffer in;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();
    private final Map<String, Storage> storages = new HashMap<>();

    /** Python's None. */
    enum None {
        /** The only one. */
        NONE
    }

    /** Python's tuple. */
    record Tuple(List<Object> items) {
        Tuple {
            items = List.copyOf(items);
        }
    }

    /** Python's dict, ordered or not. Not a map itself: it may hold itself, and equality would never end. */
    record PickleDict(Map<Object, Object> entries) {
        PickleDict() {
            this(new LinkedHashMap<>());
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** A tensor as it is described; its numbers lie elsewhere. */
    record StoredTensor(Storage storage, long offset, List<Long> shape, List<Long> strides) {}

    /** A row of numbers that tensors are views of. */
    record Storage(String dtype, String key, long count) {}

    /** The input is no pickle of a state dict. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Text what;

        Refused(Text what) {
            super(what.toString());
            this.what = what;
        }

        /** What was found. */
        Text what() {
            return what;
        }
    }

    PickleMachine(ByteBuffer in) {
        this.in = in.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads one object; the input then stands behind it. */
    Object read() throws Refused {
        stack.clear();
        memo.clear();
        try {
            while (true) {
                int opcode = in.get() & 0xFF;
                if (opcode == '.') {
                    Object result = pop();
                    require(stack.isEmpty(), Text.of("storage.pickle.left_over"));
                    return result;
                }
                step(opcode);
                require(stack.size() <= MAX_STACK && memo.size() <= MAX_MEMO, Text.of("storage.pickle.too_large"));
            }
        } catch (java.nio.BufferUnderflowException e) {
            throw new Refused(Text.of("storage.pickle.cut_off"));
        }
    }

    private void step(int opcode) throws Refused {
        switch (opcode) {
            case 0x80 -> require((in.get() & 0xFF) <= MAX_PROTOCOL, Text.of("storage.pickle.protocol"));
            case 0x95 -> require(in.getLong() >= 0, Text.of("storage.pickle.frame"));
            case '(' -> push(MARK);
            case 'N' -> push(None.NONE);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'J' -> push((long) in.getInt());
            case 'K' -> push((long) (in.get() & 0xFF));
            case 'M' -> push((long) (in.getShort() & 0xFFFF));
            case 0x8A -> push(whole(in.get() & 0xFF));
            case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
            case 'X' -> push(text(in.getInt()));
            case 0x8C, 'U' -> push(text(in.get() & 0xFF));
            case ')' -> push(new Tuple(List.of()));
            case ']' -> push(new ArrayList<>());
            case '}' -> push(new PickleDict());
            case 't' -> push(new Tuple(popToMark()));
            case 0x85 -> push(new Tuple(popLast(1)));
            case 0x86 -> push(new Tuple(popLast(2)));
            case 0x87 -> push(new Tuple(popLast(3)));
            case 'a' -> append(popLast(1));
            case 'e' -> append(popToMark());
            case 's' -> put(popLast(2));
            case 'u' -> put(popToMark());
            case 'q' -> remember(in.get() & 0xFF);
            case 'r' -> remember(in.getInt());
            case 0x94 -> remember(memo.size());
            case 'h' -> push(recall(in.get() & 0xFF));
            case 'j' -> push(recall(in.getInt()));
            case 'c' -> push(PickleName.of(line(), line()));
            case 0x93 -> stackGlobal();
            case 'R' -> reduce();
            case 'b' -> build();
            case 'Q' -> push(known(storage(pop())));
            default -> throw new Refused(Text.of("storage.pickle.opcode", PickleName.opcode(opcode)));
        }
    }

    private void stackGlobal() throws Refused {
        List<Object> names = popLast(2);
        require(
                names.get(0) instanceof String && names.get(1) instanceof String,
                Text.of("storage.pickle.stack_global"));
        push(PickleName.of((String) names.get(0), (String) names.get(1)));
    }

    /** What a call stands for: of the names that may be called each makes one kind of data. */
    private void reduce() throws Refused {
        List<Object> call = popLast(2);
        if (!(call.get(0) instanceof PickleName name) || !(call.get(1) instanceof Tuple arguments)) {
            throw new Refused(Text.of("storage.pickle.reduce"));
        }
        push(name.make(arguments.items()));
    }

    /** The attributes of an ordered dict ({@code _metadata}) are passed over; nothing else may have any. */
    private void build() throws Refused {
        List<Object> both = popLast(2);
        require(
                both.get(0) instanceof PickleDict && both.get(1) instanceof PickleDict,
                Text.of("storage.pickle.build"));
        push(both.get(0));
    }

    private static Storage storage(Object id) throws Refused {
        if (id instanceof Tuple tuple
                && tuple.items().size() >= 5
                && tuple.items().get(0).equals("storage")
                && tuple.items().get(1) instanceof PickleName name
                && tuple.items().get(2) instanceof String key
                && tuple.items().get(4) instanceof Long count) {
            Optional<String> dtype = name.dtype();
            boolean view = tuple.items().size() > 5 && tuple.items().get(5) != None.NONE;
            if (dtype.isPresent() && count >= 0 && !view) {
                return new Storage(dtype.get(), key, count);
            }
        }
        throw new Refused(Text.of("storage.pickle.no_storage"));
    }

    /** A storage is always of the same type and length. */
    private Storage known(Storage storage) throws Refused {
        Storage before = storages.putIfAbsent(storage.key(), storage);
        require(before == null || before.equals(storage), Text.of("storage.pickle.two_kinds"));
        return storage;
    }

    /** The storages that were mentioned so far, by key. */
    Map<String, Storage> storages() {
        return Map.copyOf(storages);
    }

    private void append(List<Object> items) throws Refused {
        if (!(top() instanceof List<?>)) {
            throw new Refused(Text.of("storage.pickle.append"));
        }
        @SuppressWarnings("unchecked") // lists are made here only
        List<Object> list = (List<Object>) top();
        list.addAll(items);
    }

    private void put(List<Object> pairs) throws Refused {
        if (!(top() instanceof PickleDict dict)) {
            throw new Refused(Text.of("storage.pickle.setitem"));
        }
        require(pairs.size() % 2 == 0, Text.of("storage.pickle.no_value"));
        for (int i = 0; i < pairs.size(); i += 2) {
            Object key = pairs.get(i);
            require(key instanceof String || key instanceof Long, Text.of("storage.pickle.key"));
            dict.entries().put(key, pairs.get(i + 1));
        }
    }

    private void remember(int index) throws Refused {
        require(index >= 0, Text.of("storage.pickle.memo"));
        memo.put(index, top());
    }

    private Object recall(int index) throws Refused {
        Object known = memo.get(index);
        require(known != null, Text.of("storage.pickle.memo"));
        return Objects.requireNonNull(known);
    }

    private Object whole(int bytes) throws Refused {
        require(bytes <= MAX_LONG_BYTES, Text.of("storage.pickle.number", bytes));
        byte[] little = new byte[bytes];
        in.get(little);
        byte[] big = new byte[bytes + 1];
        for (int i = 0; i < bytes; i++) {
            big[bytes - i] = little[i];
        }
        big[0] = (byte) (bytes > 0 && little[bytes - 1] < 0 ? -1 : 0);
        BigInteger value = new BigInteger(big);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private String text(int length) throws Refused {
        require(length >= 0 && length <= in.remaining(), Text.of("storage.pickle.text", length));
        ByteBuffer bytes = in.slice(in.position(), length);
        in.position(in.position() + length);
        try {
            CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(bytes);
            return decoded.toString();
        } catch (CharacterCodingException e) {
            throw new Refused(Text.of("storage.pickle.utf8"));
        }
    }

    private String line() throws Refused {
        int start = in.position();
        while (in.get() != '\n') {
            require(in.position() - start < 512, Text.of("storage.pickle.endless_name"));
        }
        int end = in.position() - 1;
        byte[] bytes = new byte[end - start];
        in.get(start, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object top() throws Refused {
        require(!stack.isEmpty() && stack.get(stack.size() - 1) != MARK, Text.of("storage.pickle.stack"));
        return stack.get(stack.size() - 1);
    }

    private Object pop() throws Refused {
        Object value = top();
        stack.remove(stack.size() - 1);
        return value;
    }

    private List<Object> popLast(int count) throws Refused {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(0, pop());
        }
        return items;
    }

    private List<Object> popToMark() throws Refused {
        int mark = stack.size() - 1;
        while (mark >= 0 && stack.get(mark) != MARK) { // by identity: lists may hold themselves
            mark--;
        }
        require(mark >= 0, Text.of("storage.pickle.mark"));
        List<Object> above = stack.subList(mark + 1, stack.size());
        List<Object> items = new ArrayList<>(above);
        above.clear();
        stack.remove(mark);
        return items;
    }

    private static void require(boolean good, Text what) throws Refused {
        if (!good) {
            throw new Refused(what);
        }
    }
}
