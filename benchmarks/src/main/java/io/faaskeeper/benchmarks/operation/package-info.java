/** The measured operations, as JMH benchmarks that know nothing of what they run on. */
@NullMarked
package io.faaskeeper.benchmarks.operation;

import org.jspecify.annotations.NullMarked;
