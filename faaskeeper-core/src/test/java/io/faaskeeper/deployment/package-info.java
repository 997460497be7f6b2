/** The stages, over memory and over memory that fails on purpose, in virtual time. */
@NullMarked
package io.faaskeeper.deployment;

import org.jspecify.annotations.NullMarked;
