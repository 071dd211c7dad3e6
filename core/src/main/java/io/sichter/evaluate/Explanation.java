package io.sichter.evaluate;

import java.util.Optional;

/**
 * Why a network says what it says of a picture.
 *
 * @param prediction what it says
 * @param explained name of the class that the map is for
 * @param method how the map was made
 * @param map over the picture as the network sees it
 * @param pixels that picture, 8 bit, interleaved, {@code channels} values each
 * @param channels of the picture
 * @param score how true the map is, where that was asked for
 */
@SuppressWarnings("ArrayRecordComponent") // handed over to be drawn; never compared
public record Explanation(
        Prediction prediction,
        String explained,
        ExplainMethod method,
        Saliency map,
        byte[] pixels,
        int channels,
        Optional<Faithfulness> score) {}
