@NullMarked
package io.faaskeeper.host.source;

import org.jspecify.annotations.NullMarked;
