package demoapp;

import java.time.Duration;

/**
 * How a recipe ended.
 *
 * @param detail what was found, in a sentence; the error if it did not pass
 */
public record Outcome(String recipe, boolean passed, String detail, Duration took) {}
