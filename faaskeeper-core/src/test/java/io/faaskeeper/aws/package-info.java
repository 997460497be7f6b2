/** Tests of what needs no emulator. */
@NullMarked
package io.faaskeeper.aws;

import org.jspecify.annotations.NullMarked;
