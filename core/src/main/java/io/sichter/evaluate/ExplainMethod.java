package io.sichter.evaluate;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.registry.Suggestion;
import java.util.Arrays;
import java.util.List;

/** How a network's answer is traced back to the picture. */
public enum ExplainMethod {
    /** Attention roll-out for transformers, Grad-CAM for all others. */
    AUTO("auto"),
    /**
     * The last feature maps, weighted by how much the score changes with them (Selvaraju et al., "Grad-CAM: Visual
     * Explanations from Deep Networks via Gradient-based Localization", 2017).
     */
    GRAD_CAM("gradcam"),
    /** The same with weights that do justice to several objects (Chattopadhay et al., "Grad-CAM++", 2018). */
    GRAD_CAM_PP("gradcam++"),
    /** Weights of each place of its own (Jiang et al., "LayerCAM", 2021). */
    LAYER_CAM("layercam"),
    /** Mean Grad-CAM of noisy copies (after Smilkov et al., "SmoothGrad", 2017). */
    SMOOTH("smooth"),
    /** What the class token hears of each patch, through all layers (Abnar and Zuidema, "Quantifying Attention Flow", 2020). */
    ATTENTION("attention"),
    /**
     * How much the probability drops when a place is covered: asks nothing of the network but answers (Zeiler and Fergus,
     * "Visualizing and Understanding Convolutional Networks", 2014).
     */
    OCCLUSION("occlusion");

    private final String word;

    ExplainMethod(String word) {
        this.word = word;
    }

    /** Its name for people. */
    public String word() {
        return word;
    }

    /**
     * The method of that name.
     *
     * @throws UsageException if there is none
     */
    public static ExplainMethod parse(String word) {
        List<String> words = Arrays.stream(values()).map(ExplainMethod::word).toList();
        return Arrays.stream(values())
                .filter(method -> method.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new UsageException(Problem.of(
                        "explain.method", word, String.join(", ", words), Suggestion.orChoose(word, words))));
    }
}
