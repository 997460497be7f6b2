package io.faaskeeper.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How often what goes wrong; in a history each fault of the functions is either as frequent as this
 * or absent.
 *
 * @param name how it is asked for
 * @param shares from 0 to 1; what is not named does not happen
 */
record Profile(String name, Map<Fault, Double> shares) {
  /** Calls take their time and overtake each other, clocks differ; nothing fails. */
  static final Profile CALM =
      of("calm").with(Fault.SLOW, 0.0015).with(Fault.PUSH, 0.02).with(Fault.DRIFT, 0.03);

  /** Functions die, stand still, and run beside themselves; batches come twice, and in parts. */
  static final Profile CRASHES =
      of("crashes")
          .with(Fault.FAILURE, 0.001)
          .with(Fault.SLOW, 0.0015)
          .with(Fault.CRASH, 0.004)
          .with(Fault.FREEZE, 0.002)
          .with(Fault.DOUBLE, 0.05)
          .with(Fault.LAG, 0.02)
          .with(Fault.PART, 0.1)
          .with(Fault.AGAIN, 0.03)
          .with(Fault.PUSH, 0.05)
          .with(Fault.DRIFT, 0.03);

  /** Calls fail, stores are throttled, pushes vanish, clients are cut off. */
  static final Profile NETWORK =
      of("network")
          .with(Fault.FAILURE, 0.004)
          .with(Fault.THROTTLE, 0.0005)
          .with(Fault.SLOW, 0.003)
          .with(Fault.DOUBLE, 0.02)
          .with(Fault.LAG, 0.03)
          .with(Fault.AGAIN, 0.02)
          .with(Fault.PUSH, 0.2)
          .with(Fault.CUT, 0.004)
          .with(Fault.DRIFT, 0.03);

  /** Client processes die, stand still and are cut off; their sessions move, or expire. */
  static final Profile CLIENTS =
      of("clients")
          .with(Fault.FAILURE, 0.001)
          .with(Fault.SLOW, 0.0015)
          .with(Fault.PUSH, 0.05)
          .with(Fault.DEATH, 0.004)
          .with(Fault.STALL, 0.004)
          .with(Fault.CUT, 0.004)
          .with(Fault.MOVE, 0.01)
          .with(Fault.DRIFT, 0.03);

  /** All of it, less of each. */
  static final Profile ALL =
      of("all")
          .with(Fault.FAILURE, 0.002)
          .with(Fault.THROTTLE, 0.0002)
          .with(Fault.SLOW, 0.0015)
          .with(Fault.CRASH, 0.002)
          .with(Fault.FREEZE, 0.001)
          .with(Fault.DOUBLE, 0.02)
          .with(Fault.LAG, 0.01)
          .with(Fault.PART, 0.05)
          .with(Fault.AGAIN, 0.02)
          .with(Fault.PUSH, 0.1)
          .with(Fault.DEATH, 0.002)
          .with(Fault.STALL, 0.002)
          .with(Fault.CUT, 0.002)
          .with(Fault.MOVE, 0.004)
          .with(Fault.DRIFT, 0.03);

  /** Every profile there is. */
  static final List<Profile> PROFILES = List.of(CALM, CRASHES, NETWORK, CLIENTS, ALL);

  private static Profile of(String name) {
    return new Profile(name, Map.of());
  }

  /** This profile with one share set. */
  Profile with(Fault fault, double share) {
    EnumMap<Fault, Double> more = new EnumMap<>(Fault.class);
    more.putAll(shares);
    more.put(fault, share);
    return new Profile(name, more);
  }

  double share(Fault fault) {
    return shares.getOrDefault(fault, 0.0);
  }

  /** The profile of this name; an IllegalArgumentException that lists them if there is none. */
  static Profile named(String name) {
    List<String> names = PROFILES.stream().map(Profile::name).toList();
    int place = names.indexOf(name);
    if (place < 0) {
      throw new IllegalArgumentException("no profile " + name + ", but " + names);
    }
    return PROFILES.get(place);
  }
}
