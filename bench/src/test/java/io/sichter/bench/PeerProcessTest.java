package io.sichter.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Both ends of the protocol, in two JVMs. */
class PeerProcessTest {
    /** A child that counts its steps. */
    static final class Counting {
        private static int steps;

        public static void main(String[] args) throws IOException {
            StepServer.serve("counting \"steps\"", 32, () -> args.length > 0 ? Double.NaN : ++steps);
        }
    }

    /** A child that ends at once. */
    static final class Failing {
        public static void main(String[] args) {
            System.err.println("this peer fails on purpose");
        }
    }

    @Test
    void aServingChildRunsTheStepsItIsAskedFor() throws IOException {
        try (PeerProcess peer = PeerProcess.serving("counting", child(Counting.class, List.of()))) {
            assertThat(peer.imagesPerSecond(3)).isPositive();
            assertThat(peer.secondsPerStep(2)).isPositive().isLessThan(1);
        }
    }

    @Test
    void aLossThatIsNotFiniteIsNoMeasurement() throws IOException {
        try (PeerProcess peer = PeerProcess.serving("counting", child(Counting.class, List.of("nan")))) {
            assertThatThrownBy(() -> peer.imagesPerSecond(1)).hasMessageContaining("not finite");
        }
    }

    @Test
    void aChildThatFailsIsNamed() {
        assertThatThrownBy(() -> PeerProcess.serving("failing", child(Failing.class, List.of())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("failing ended without an answer");
        assertThatThrownBy(() -> PeerProcess.whole("failing", child(Failing.class, List.of())))
                .hasMessageContaining("0 JSON lines");
    }

    private static List<String> child(Class<?> main, List<String> arguments) {
        return PeerProcess.java(System.getProperty("java.class.path"), main.getName(), List.of(), arguments);
    }
}
