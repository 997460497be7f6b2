@NullMarked
package io.faaskeeper.functions.log;

import org.jspecify.annotations.NullMarked;
