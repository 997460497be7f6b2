/**
 * {@code fk check}: reads what a deployment has stored, through its ports, and tells what does not
 * agree. Everything up to the watermark must agree; what lies beyond is not judged.
 */
@NullMarked
package io.faaskeeper.operations.check;

import org.jspecify.annotations.NullMarked;
