/**
 * A deployment on this machine: emulators, function hosts and what feeds them, each in processes of
 * their own. Knows of the service only its configuration and its handlers' names.
 */
@NullMarked
package io.faaskeeper.host;

import org.jspecify.annotations.NullMarked;
