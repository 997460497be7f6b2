/**
 * The template: whether it is sound, and whether its policies are what is needed. It is untyped
 * YAML, where what is missing fails a test, so that null is not checked for.
 */
@NullUnmarked
package io.faaskeeper.deploy.template;

import org.jspecify.annotations.NullUnmarked;
