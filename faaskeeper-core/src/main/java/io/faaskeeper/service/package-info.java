/**
 * The four stages, writer, distributor, watch and heartbeat, over the ports. Knows neither Lambda
 * nor any storage product.
 */
@NullMarked
package io.faaskeeper.service;

import org.jspecify.annotations.NullMarked;
