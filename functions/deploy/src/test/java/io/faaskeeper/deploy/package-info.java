@NullMarked
package io.faaskeeper.deploy;

import org.jspecify.annotations.NullMarked;
