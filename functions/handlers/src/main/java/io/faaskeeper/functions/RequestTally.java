package io.faaskeeper.functions;

import io.faaskeeper.model.Codec;
import io.faaskeeper.model.MalformedDataException;
import io.faaskeeper.model.Request;
import io.faaskeeper.model.Seal;
import java.util.Map;
import java.util.TreeMap;

/** Counts the requests of a batch by what they ask, believing whoever sent them. */
final class RequestTally {
  private final Map<String, Integer> counts = new TreeMap<>();

  /** Counts those of one sealed message; none if it can't be read. */
  void add(byte[] sealed) {
    try {
      for (Request request : Codec.decodeMessage(Seal.peek(sealed)).requests()) {
        counts.merge(kind(request), 1, Integer::sum);
      }
    } catch (MalformedDataException e) {
      counts.merge("malformed", 1, Integer::sum);
    }
  }

  Map<String, Integer> counts() {
    return counts;
  }

  /** The name of the request's type, or its operation's: {@code setData}, {@code sync}. */
  private static String kind(Request request) {
    Object named = request instanceof Request.OfSession s ? s.operation() : request;
    String name = named.getClass().getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
