package io.sichter.model;

/**
 * What flows from one layer to the next, for one picture.
 *
 * @param channels number of maps, or of numbers in a row
 * @param side height and width of the maps; 0 for a row
 */
record Flow(long channels, long side) {
    static Flow row(long numbers) {
        return new Flow(numbers, 0);
    }

    boolean isRow() {
        return side == 0;
    }

    /** How many numbers there are. */
    long values() {
        return isRow() ? channels : channels * side * side;
    }

    /** As people write it: {@code 256 x 6 x 6}, or {@code 9216}. */
    @Override
    public String toString() {
        return isRow() ? Long.toString(channels) : channels + " x " + side + " x " + side;
    }
}
