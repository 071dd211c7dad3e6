package io.sichter.storage;

import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.error.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Published weights: a safetensors file or a state dict of {@code torch.save}, told apart by their content, and what is
 * recorded about the pictures they expect.
 *
 * @param file where they lie
 * @param tensors by name, in the order of the file
 * @param statistics mean and standard deviation they were trained with, if they are recorded: in a safetensors file's
 *     metadata, or in timm's or Hugging Face's {@code config.json} beside it
 * @param labels names of the outputs, if that {@code config.json} tells them; else empty
 * @param imageSize side of the pictures they were trained for, if it tells that
 */
public record WeightsFile(
        Path file,
        List<TensorBytes> tensors,
        Optional<Statistics> statistics,
        List<String> labels,
        OptionalInt imageSize) {
    private static final List<String> TORCH_NAMES = List.of(".pth", ".pt", ".bin", ".ckpt");
    private static final String NUMBERS = "\\[?((?:[0-9]*\\.?[0-9]+[ ,]*)+)\\]?";
    private static final Pattern IN_WORDS = Pattern.compile("mean " + NUMBERS + ".*?std " + NUMBERS);

    /**
     * What is subtracted from a channel, and what divides it, on a scale where black is 0 and white is 1.
     *
     * @param mean per channel
     * @param std per channel
     */
    public record Statistics(List<Double> mean, List<Double> std) {
        /** Copies the lists. */
        public Statistics {
            mean = List.copyOf(mean);
            std = List.copyOf(std);
        }
    }

    /** Copies the lists. */
    public WeightsFile {
        tensors = List.copyOf(tensors);
        labels = List.copyOf(labels);
    }

    /**
     * Reads a file. Nothing in it is executed.
     *
     * @throws UsageException if there is no such file
     * @throws StorageException if it is damaged, or holds more than named tensors
     */
    public static WeightsFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UsageException(Problem.of("weights.missing_file", file));
        }
        try {
            WeightsConfig config = WeightsConfig.beside(file);
            if (isTorch(file)) {
                return new WeightsFile(
                        file, TorchFile.read(file), config.statistics(), config.labels(), config.imageSize());
            }
            Safetensors.Contents contents = Safetensors.readAll(file);
            return new WeightsFile(
                    file,
                    contents.tensors(),
                    recorded(contents.metadata()).or(config::statistics),
                    config.labels(),
                    config.imageSize());
        } catch (IOException e) {
            throw DurableFiles.failure("read the weights", file, e);
        }
    }

    private static boolean isTorch(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (TORCH_NAMES.stream().anyMatch(name::endsWith)) {
            return true;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(Long.BYTES + 1);
            boolean zip = start.length > 1 && start[0] == 'P' && start[1] == 'K';
            // the length of a safetensors header may begin with the same byte as a pickle; behind it is a brace
            boolean safetensors = start.length > Long.BYTES && start[Long.BYTES] == '{';
            return zip || (!safetensors && start.length > 1 && start[0] == (byte) 0x80);
        }
    }

    /** {@code mean} and {@code std} as lists, or in words: {@code mean .485 .456 .406 std .229 .224 .225}. */
    private static Optional<Statistics> recorded(Map<String, String> metadata) {
        String all = "mean " + metadata.getOrDefault("mean", "") + " std " + metadata.getOrDefault("std", "") + " "
                + metadata.getOrDefault("input", "");
        Matcher matcher = IN_WORDS.matcher(all);
        return matcher.find()
                ? Optional.of(new Statistics(numbers(matcher.group(1)), numbers(matcher.group(2))))
                : Optional.empty();
    }

    private static List<Double> numbers(String text) {
        return Pattern.compile("[ ,]+")
                .splitAsStream(text.trim())
                .map(Double::valueOf)
                .toList();
    }
}
