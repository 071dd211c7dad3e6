package io.sichter.tensor;

import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;

/**
 * Owner of every native object made on this thread while it is open. Close it on the thread that opened it; scopes
 * nest, and the innermost one owns.
 */
public final class Scope implements AutoCloseable {
    private final @Nullable PointerScope outer = PointerScope.getInnerScope();
    private final PointerScope scope = new PointerScope();

    private Scope() {}

    /** Opens a scope on the calling thread. */
    public static Scope open() {
        return new Scope();
    }

    /** Runs something and frees all native objects that it made. */
    @SuppressWarnings("try") // the scope works by being open, not by being called
    public static void run(Runnable body) {
        try (Scope scope = open()) {
            body.run();
        }
    }

    /** Runs something, frees all native objects that it made and gives what it gave: data of Java, nothing native. */
    @SuppressWarnings("try") // the scope works by being open, not by being called
    public static <T> T call(Supplier<T> body) {
        try (Scope scope = open()) {
            return body.get();
        }
    }

    /** Runs something and frees all native objects that it made except the one it gives: see {@link #keep}. */
    public static <P extends Pointer> P keeping(Supplier<P> body) {
        try (Scope scope = open()) {
            return scope.keep(body.get());
        }
    }

    /**
     * Lets an object outlive this scope: it belongs to the enclosing one, or, where there is none, to the caller, who
     * frees it with {@code close()}. Only for objects that own themselves: a reference into another object, such as the
     * element of a vector, dies with that object; copy it first ({@code new Tensor(reference)}).
     *
     * @return the object
     */
    public <P extends Pointer> P keep(P pointer) {
        if (outer == null) {
            return release(pointer, scope);
        }
        outer.attach(pointer);
        scope.detach(pointer);
        return pointer;
    }

    /**
     * Takes an object out of the innermost scope of the calling thread: from now on it belongs to the caller, who frees
     * it with {@code close()}. For what lives as long as an object of Java: modules, parameters, optimizer state.
     *
     * @return the object
     */
    public static <P extends Pointer> P release(P pointer) {
        return release(pointer, PointerScope.getInnerScope());
    }

    private static <P extends Pointer> P release(P pointer, @Nullable PointerScope owner) {
        pointer.retainReference(); // the caller's; detaching gives back the scope's own
        if (owner != null) {
            owner.detach(pointer);
        }
        return pointer;
    }

    @Override
    public void close() {
        scope.close();
    }
}
