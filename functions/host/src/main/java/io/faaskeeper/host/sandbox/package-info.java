/** What runs inside an instance's own process, beside the handler. */
@NullMarked
package io.faaskeeper.host.sandbox;

import org.jspecify.annotations.NullMarked;
