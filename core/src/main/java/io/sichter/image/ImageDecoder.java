package io.sichter.image;

/** Makes a picture from the bytes of a file. Implementations are stateless and safe to use from several threads. */
public interface ImageDecoder {
    /**
     * Decodes a picture.
     *
     * @param bytes the whole file
     * @param name what to call it in messages, usually its path
     * @throws UnreadableImageException if the bytes are not a complete picture within the limits
     */
    Image decode(byte[] bytes, String name);

    /**
     * Checks that a file is a whole picture, at least as strictly as {@link #decode} does. A decoder that can tell
     * without making pixels, or can look closer, overrides this.
     *
     * @param bytes the whole file
     * @param name what to call it in messages, usually its path
     * @throws UnreadableImageException if the bytes are not a complete picture within the limits
     */
    default void check(byte[] bytes, String name) {
        decode(bytes, name).close();
    }
}
