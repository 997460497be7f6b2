package io.faaskeeper.benchmarks;

/**
 * One operation on one target, in microseconds.
 *
 * @param samples how many calls the percentiles are of
 * @param medianMicros the median of all of them
 * @param p99Micros their 99th percentile
 * @param lowestMicros the median of the iteration with the lowest one
 * @param highestMicros the median of the iteration with the highest one
 */
record Measurement(
    Operation operation,
    TargetKind target,
    long samples,
    double medianMicros,
    double p99Micros,
    double lowestMicros,
    double highestMicros) {}
