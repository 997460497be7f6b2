/** Tests of the module as a whole. */
@NullMarked
package io.faaskeeper;

import org.jspecify.annotations.NullMarked;
