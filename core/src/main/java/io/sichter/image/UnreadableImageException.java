package io.sichter.image;

import io.sichter.text.Text;

/**
 * A file that is not a usable picture. It is not a {@link io.sichter.error.SichterException}: whoever reads many files
 * decides whether one broken file is an error, or is counted, listed and left out.
 */
public final class UnreadableImageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a file cannot be used; the name in lower case stands in {@code bad-images.csv}. */
    public enum Reason {
        /** The file has no bytes. */
        EMPTY,
        /** The content is no picture format that Sichter reads. */
        NOT_AN_IMAGE,
        /** The data ends before the picture does. */
        TRUNCATED,
        /** The format is known but the data is damaged. */
        DAMAGED,
        /** More pixels or bytes than the limits allow. */
        TOO_LARGE,
        /** A known format in a variant that is not read. */
        UNSUPPORTED,
        /** The file could not be read from disk. */
        UNREADABLE
    }

    private final Reason reason;
    private final String file;
    private final transient Text detail;

    /**
     * Makes one. Its message is English.
     *
     * @param file the file's path or another name for it
     * @param detail what exactly is wrong, for people
     */
    public UnreadableImageException(Reason reason, String file, Text detail) {
        super(file + ": " + detail);
        this.reason = reason;
        this.file = file;
        this.detail = detail;
    }

    /** The kind of fault. */
    public Reason reason() {
        return reason;
    }

    /** The file's path or another name for it. */
    public String file() {
        return file;
    }

    /** What exactly is wrong, without the file's name. */
    public Text detail() {
        return detail;
    }
}
