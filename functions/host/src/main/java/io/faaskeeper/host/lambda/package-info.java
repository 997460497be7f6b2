/**
 * Functions in processes of their own, driven as AWS Lambda drives them: the runtime API that an
 * instance polls, a bounded pool of warm instances for each function, and the Invoke endpoint.
 */
@NullMarked
package io.faaskeeper.host.lambda;

import org.jspecify.annotations.NullMarked;
