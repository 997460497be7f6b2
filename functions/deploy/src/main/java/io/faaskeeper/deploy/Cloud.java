package io.faaskeeper.deploy;

import java.util.function.Supplier;

/**
 * An account in a region.
 *
 * @param account asks for its number
 */
record Cloud(
    String region,
    Supplier<String> account,
    Stacks stacks,
    DataStores data,
    Functions functions,
    Runnable pause) {}
