package io.sichter.cli;

import io.sichter.text.Text;
import io.sichter.train.StopSignal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * While it is open, Ctrl-C and SIGTERM ask the run to stop; a second one ends the process at once.
 *
 * <p>Not a shutdown hook: it cannot tell the two apart, and while it waits for the step to finish, a second signal does
 * nothing. {@code sun.misc.Signal} is part of every JDK (module jdk.unsupported) and the only way to learn which signal
 * came; it is called by reflection because javac warns about its name in a way that nothing can silence.
 */
final class StopOnSignal implements AutoCloseable {
    private static final Map<String, Integer> EXIT_CODES = Map.of("INT", 130, "TERM", 143);

    /** Handlers before this one, by the name of their signal. */
    private final Map<String, Object> previous = new LinkedHashMap<>();

    private final StopSignal stop = new StopSignal();
    private final Terminal terminal;

    StopOnSignal(Terminal terminal) {
        this.terminal = terminal;
        EXIT_CODES.forEach((name, exitCode) -> {
            Object handler = handler(exitCode);
            try {
                previous.put(name, handle(name, handler));
            } catch (IllegalArgumentException e) {
                // the system has no such signal, or the JVM was told with -Xrs to leave it alone
                terminal.message("Note: SIG" + name + " will end the run without saving: " + e.getMessage());
            }
        });
    }

    /** What the trainer asks after each step. */
    StopSignal stop() {
        return stop;
    }

    private void received(int exitCode) {
        if (stop.requested().isPresent()) {
            Runtime.getRuntime().halt(exitCode);
        }
        stop.request(exitCode);
        terminal.message(Text.of("cli.stopping"));
    }

    private Object handler(int exitCode) {
        return Proxy.newProxyInstance(
                StopOnSignal.class.getClassLoader(),
                new Class<?>[] {type("sun.misc.SignalHandler")},
                (self, method, args) -> {
                    switch (method.getName()) {
                        case "handle" -> received(exitCode);
                        case "hashCode" -> {
                            return System.identityHashCode(self);
                        }
                        case "equals" -> {
                            return self == args[0];
                        }
                        default -> {
                            return "StopOnSignal";
                        }
                    }
                    return null;
                });
    }

    /** {@code Signal.handle(new Signal(name), handler)}. */
    private static Object handle(String name, Object handler) {
        try {
            Class<?> signal = type("sun.misc.Signal");
            Method method = signal.getMethod("handle", signal, type("sun.misc.SignalHandler"));
            return method.invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new LinkageError("Cannot handle SIG" + name, e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Cannot handle SIG" + name, e);
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new LinkageError("This Java has no module jdk.unsupported", e);
        }
    }

    /** Gives the signals back to whom they belonged. */
    @Override
    public void close() {
        previous.forEach(StopOnSignal::handle);
    }
}
