@NullMarked
package io.faaskeeper.simulation;

import org.jspecify.annotations.NullMarked;
