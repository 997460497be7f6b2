/** DynamoDB and SQS on this machine, in one process of their own. */
@NullMarked
package io.faaskeeper.emulators;

import org.jspecify.annotations.NullMarked;
