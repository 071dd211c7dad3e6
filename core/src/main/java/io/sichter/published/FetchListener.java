package io.sichter.published;

import io.sichter.text.Text;

/** Is told how far getting some weights is. */
public interface FetchListener {
    /** What takes time. */
    enum Work {
        /** The file is read to compute its checksum. */
        HASH,
        /** The file comes over the network. */
        DOWNLOAD,
        /** The file is copied into the cache. */
        COPY
    }

    /**
     * Some bytes more are done.
     *
     * @param file name of the file
     * @param total bytes in all; equal to {@code done} at the end, 0 while nobody knows
     */
    void progress(Work work, String file, long done, long total);

    /** Something a person should know. */
    default void said(Text text) {}

    /** Hears nothing. */
    static FetchListener none() {
        return (work, file, done, total) -> {};
    }
}
