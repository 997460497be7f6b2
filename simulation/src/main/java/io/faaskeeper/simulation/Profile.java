package io.faaskeeper.simulation;

import java.util.Arrays;
import java.util.List;

/**
 * How often what goes wrong. Shares are of all calls, batches or pushes, from 0 to 1; in a history
 * each fault is either as frequent as this or absent.
 *
 * @param name how it is asked for
 * @param failures calls of a port that fail, each before or after its effect
 * @param slow calls that take up to five seconds
 * @param crashes calls at which the function that makes them dies, before or after the effect
 * @param freezes calls at which the function stands still for up to a minute, and then goes on
 * @param doubles batches that a second copy of the function gets at the same time
 * @param pushes pushes that are lost; as many come twice
 * @param deaths client processes that die, per request of one of their sessions
 * @param cuts how often a client process is cut off from storage and queue for a while, per request
 */
public record Profile(
    String name,
    double failures,
    double slow,
    double crashes,
    double freezes,
    double doubles,
    double pushes,
    double deaths,
    double cuts) {
  /** Calls take their time and overtake each other; nothing fails. */
  public static final Profile CALM = new Profile("calm", 0, 0.0015, 0, 0, 0, 0.02, 0, 0);

  /** Functions die, stand still, and run beside themselves. */
  public static final Profile CRASHES =
      new Profile("crashes", 0.001, 0.0015, 0.004, 0.002, 0.05, 0.05, 0, 0);

  /** Calls fail, pushes vanish, clients are cut off. */
  public static final Profile NETWORK =
      new Profile("network", 0.004, 0.003, 0, 0, 0.02, 0.2, 0, 0.004);

  /** Client processes die and are cut off; their sessions move, or expire. */
  public static final Profile CLIENTS =
      new Profile("clients", 0.001, 0.0015, 0, 0, 0, 0.05, 0.004, 0.004);

  /** All of it, less of each. */
  public static final Profile ALL =
      new Profile("all", 0.002, 0.0015, 0.002, 0.001, 0.02, 0.1, 0.002, 0.002);

  /** Every profile there is. */
  public static final List<Profile> PROFILES = List.of(CALM, CRASHES, NETWORK, CLIENTS, ALL);

  /** The profile of this name; an IllegalArgumentException that lists them if there is none. */
  public static Profile named(String name) {
    return PROFILES.stream()
        .filter(profile -> profile.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no profile "
                        + name
                        + ", but "
                        + Arrays.toString(PROFILES.stream().map(Profile::name).toArray())));
  }
}
