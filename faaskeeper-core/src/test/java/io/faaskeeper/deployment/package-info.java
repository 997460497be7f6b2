@NullMarked
package io.faaskeeper.deployment;

import org.jspecify.annotations.NullMarked;
