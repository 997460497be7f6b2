/**
 * What makes functions run: queues, as Lambda's event source mappings read them, and schedules, as
 * EventBridge's rules fire.
 */
@NullMarked
package io.faaskeeper.host.source;

import org.jspecify.annotations.NullMarked;
