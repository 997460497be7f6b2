/** Logs to standard output, one object of JSON a line, as the function's log wants it. */
@NullMarked
package io.faaskeeper.functions.log;

import org.jspecify.annotations.NullMarked;
