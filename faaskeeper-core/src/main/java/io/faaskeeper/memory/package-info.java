/** The ports in the memory of one JVM. Knows neither service nor client. */
@NullMarked
package io.faaskeeper.memory;

import org.jspecify.annotations.NullMarked;
