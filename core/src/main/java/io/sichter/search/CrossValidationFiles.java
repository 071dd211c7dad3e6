package io.sichter.search;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.sichter.run.RunDirectory;
import io.sichter.search.CrossValidationResult.Fold;
import io.sichter.storage.DurableFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a cross-validation: {@code crossval.csv} with a row per fold, {@code crossval.json} with everything, and
 * {@code predictions.csv} with what the network that had not seen a picture said of it, once in each repeat.
 */
public final class CrossValidationFiles {
    private static final JsonMapper JSON = new JsonMapper();

    private CrossValidationFiles() {}

    static void write(CrossValidationResult result) {
        DurableFiles.write(result.folder().resolve("crossval.csv"), csv(result));
        DurableFiles.write(result.folder().resolve("predictions.csv"), predictions(result));
        DurableFiles.write(result.folder().resolve("crossval.json"), json(result));
    }

    /** The result as one JSON object; a figure that is not available is null. */
    public static String json(CrossValidationResult result) {
        ObjectNode root = JSON.createObjectNode();
        root.put("crossval", result.folder().toString());
        ComparisonFiles.number(root, "accuracy_mean", result.accuracy().mean());
        ComparisonFiles.number(root, "accuracy_std", result.accuracy().std());
        ComparisonFiles.number(root, "accuracy_ci95", result.accuracy().half());
        ComparisonFiles.number(root, "f1_macro_mean", result.f1Macro().mean());
        ComparisonFiles.number(root, "f1_macro_std", result.f1Macro().std());
        ComparisonFiles.number(root, "f1_macro_ci95", result.f1Macro().half());
        root.put("folds", result.plan().folds());
        root.put("repeats", result.plan().repeats());
        root.put("stratified", result.plan().stratified());
        root.put("unreadable", result.unreadable());
        ArrayNode scores = root.putArray("scores");
        result.folds().forEach(fold -> add(scores.addObject(), fold));
        root.put("bundle", result.bundle().toString());
        ComparisonFiles.number(
                root, "ensemble_test_accuracy", result.testAccuracy().orElse(Double.NaN));
        ComparisonFiles.number(
                root, "ensemble_test_f1_macro", result.testF1Macro().orElse(Double.NaN));
        ComparisonFiles.number(root, "seconds", result.seconds());
        ComparisonFiles.number(root, "peak_rss_mb", result.peakRssMb());
        return root.toPrettyString() + "\n";
    }

    private static void add(ObjectNode node, Fold fold) {
        node.put("repeat", fold.repeat()).put("fold", fold.number());
        node.put("train", fold.train()).put("val", fold.validation()).put("samples", fold.samples());
        ComparisonFiles.number(node, "accuracy", fold.accuracy());
        ComparisonFiles.number(node, "f1_macro", fold.f1Macro());
        node.put("best_epoch", fold.bestEpoch()).put("run", fold.run().toString());
    }

    private static String csv(CrossValidationResult result) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "repeat",
                "fold",
                "train",
                "val",
                "samples",
                "unreadable",
                "accuracy",
                "f1_macro",
                "best_epoch",
                "run"));
        for (Fold fold : result.folds()) {
            rows.add(List.of(
                    Integer.toString(fold.repeat()),
                    Integer.toString(fold.number()),
                    Integer.toString(fold.train()),
                    Integer.toString(fold.validation()),
                    Integer.toString(fold.samples()),
                    Integer.toString(fold.unreadable()),
                    Double.toString(fold.accuracy()),
                    Double.toString(fold.f1Macro()),
                    Integer.toString(fold.bestEpoch()),
                    result.folder().relativize(fold.run()).toString().replace('\\', '/')));
        }
        return ComparisonFiles.text(rows);
    }

    private static String predictions(CrossValidationResult result) {
        List<List<String>> rows = new ArrayList<>();
        for (Fold fold : result.folds()) {
            Path file = new RunDirectory(fold.run()).predictions("test");
            try (BufferedReader text = Files.newBufferedReader(file);
                    MappingIterator<String[]> lines = new CsvMapper()
                            .readerFor(String[].class)
                            .with(CsvParser.Feature.WRAP_AS_ARRAY)
                            .readValues(text)) {
                for (boolean head = true; lines.hasNext(); head = false) {
                    List<String> line = List.of(lines.next());
                    if (!head) {
                        rows.add(prefixed(Integer.toString(fold.repeat()), Integer.toString(fold.number()), line));
                    } else if (rows.isEmpty()) {
                        rows.add(prefixed("repeat", "fold", line));
                    }
                }
            } catch (IOException e) {
                throw DurableFiles.failure("read", file, e);
            }
        }
        return ComparisonFiles.text(rows);
    }

    private static List<String> prefixed(String repeat, String fold, List<String> line) {
        List<String> row = new ArrayList<>(List.of(repeat, fold));
        row.addAll(line);
        return row;
    }
}
