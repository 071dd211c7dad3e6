package io.sichter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(OS.WINDOWS)
class StopOnSignalTest {
    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalAsksTheRunToStopAndSaysSo(String name, int exitCode) throws Exception {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(stream, stream, false, false, StandardCharsets.UTF_8, 80);
        try (StopOnSignal signals = new StopOnSignal(terminal)) {
            assertThat(signals.stop().requested()).isEmpty();

            raise(name);
            for (int i = 0; i < 1000 && !err.toString(StandardCharsets.UTF_8).contains("Once more"); i++) {
                Thread.sleep(10); // handlers run on a thread of the JVM
            }

            assertThat(signals.stop().requested()).hasValue(exitCode);
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("Once more stops at once");
        }
    }

    private static void raise(String name) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        signal.getMethod("raise", signal)
                .invoke(null, signal.getConstructor(String.class).newInstance(name));
    }
}
