/**
 * The ports on the AWS SDK for Java v2: DynamoDB, SQS and TCP. Knows neither service nor client.
 */
@NullMarked
package io.faaskeeper.aws;

import org.jspecify.annotations.NullMarked;
