/**
 * Deploys to AWS: what is to be done is decided from values (parameters, the stack as it is, a
 * change set), and done behind ports.
 */
@NullMarked
package io.faaskeeper.deploy;

import org.jspecify.annotations.NullMarked;
