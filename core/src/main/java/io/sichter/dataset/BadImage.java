package io.sichter.dataset;

import io.sichter.image.UnreadableImageException.Reason;
import io.sichter.text.Text;

/**
 * A picture that cannot be used.
 *
 * @param id id of the sample
 * @param reason the kind of fault
 * @param detail what exactly is wrong, for people
 */
public record BadImage(String id, Reason reason, Text detail) {}
