/** The AWS ports on the emulators. */
@NullMarked
package io.faaskeeper.emulators;

import org.jspecify.annotations.NullMarked;
