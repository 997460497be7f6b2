@NullMarked
package io.faaskeeper.host.coldstart;

import org.jspecify.annotations.NullMarked;
