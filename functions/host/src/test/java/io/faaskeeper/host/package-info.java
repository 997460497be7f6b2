@NullMarked
package io.faaskeeper.host;

import org.jspecify.annotations.NullMarked;
