package io.sichter.tensor;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Arithmetic of the network. Weights, loss and optimizer stay in float32 in all. */
public enum Precision {
    /** float32 throughout. */
    FP32("fp32"),
    /** bfloat16 in convolutions and linear layers by autocast. */
    BF16("bf16"),
    /** float16 in convolutions and linear layers by autocast, on CUDA only; gradients need a scaled loss. */
    FP16("fp16");

    private final String word;

    Precision(String word) {
        this.word = word;
    }

    /**
     * The precision that a configuration asks for.
     *
     * @param requested {@code auto} (bf16 where the device multiplies bfloat16 in hardware, else fp32), {@code fp32},
     *     {@code bf16} or {@code fp16}
     * @throws UsageException if the word is another
     */
    public static Precision resolve(String requested, Device device) {
        return switch (requested) {
            case "fp32" -> FP32;
            case "bf16" -> BF16;
            case "fp16" -> onCuda(device);
            case "auto" -> isFast(device) ? BF16 : FP32;
            default -> throw new UsageException(Problem.of("tensor.precision", requested));
        };
    }

    private static Precision onCuda(Device device) {
        if (device != Device.CUDA) {
            throw new UsageException(Problem.of("training.fp16", device));
        }
        return FP16;
    }

    private static boolean isFast(Device device) {
        return switch (device) {
            case CPU -> processorHasBf16();
            case CUDA -> true; // in hardware from Ampere (2020) on; older GPUs compute it by way of float32
            case MPS -> false; // libtorch's autocast for mps is young: nobody here could measure it
        };
    }

    /**
     * Whether the processor multiplies bfloat16 in hardware: AVX512-BF16 or AMX on x86-64, FEAT_BF16 on Arm. libtorch
     * itself only tells whether it can compute bfloat16, which it also does by emulation, slower than float32. False
     * where the system does not tell, as Windows does not.
     */
    public static boolean processorHasBf16() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        try {
            if (system.contains("linux")) {
                return hasBf16(Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8));
            }
            return system.contains("mac") && "1".equals(sysctl("hw.optional.arm.FEAT_BF16"));
        } catch (IOException e) {
            return false;
        }
    }

    /** Reads the lines of /proc/cpuinfo: "flags" on x86-64, "Features" on Arm. */
    static boolean hasBf16(List<String> cpuinfo) {
        return cpuinfo.stream()
                .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                .flatMap(line -> Arrays.stream(line.split("\\s+")))
                .anyMatch(List.of("avx512_bf16", "amx_bf16", "bf16")::contains);
    }

    private static String sysctl(String key) throws IOException {
        Process process = new ProcessBuilder("/usr/sbin/sysctl", "-n", key).start();
        try (var out = process.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.US_ASCII).trim();
        }
    }

    /** The word of the configuration: {@code fp32}, {@code bf16}. */
    @Override
    public String toString() {
        return word;
    }
}
