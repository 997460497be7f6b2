@NullMarked
package io.faaskeeper.client;

import org.jspecify.annotations.NullMarked;
