@NullMarked
package io.faaskeeper.processor;

import org.jspecify.annotations.NullMarked;
