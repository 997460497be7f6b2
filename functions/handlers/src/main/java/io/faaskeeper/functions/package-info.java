/**
 * The service as four functions of AWS Lambda: writer, distributor, heartbeat and watch. Each turns
 * Lambda's event into a call of its stage, and tells what the call cost.
 */
@NullMarked
package io.faaskeeper.functions;

import org.jspecify.annotations.NullMarked;
