@NullMarked
package io.faaskeeper.functions;

import org.jspecify.annotations.NullMarked;
