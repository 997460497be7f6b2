@NullMarked
package io.faaskeeper.host.lambda;

import org.jspecify.annotations.NullMarked;
