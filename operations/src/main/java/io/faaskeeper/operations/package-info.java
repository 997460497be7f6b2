/** Programs for who runs a deployment. */
@NullMarked
package io.faaskeeper.operations;

import org.jspecify.annotations.NullMarked;
