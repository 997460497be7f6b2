package io.faaskeeper.emulators;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param dynamoDbPort 0 for any that is free
 * @param sqsPort 0 for any that is free
 * @param s3Port 0 for any that is free
 * @param data the folder that keeps tables and objects, or null for memory
 * @param endWithStdin whether to end when standard input does, which tells that the parent is gone
 */
record Arguments(
    int dynamoDbPort, int sqsPort, int s3Port, @Nullable Path data, boolean endWithStdin) {
  static final String USAGE =
      "usage: [--dynamodb-port N] [--sqs-port N] [--s3-port N] [--data FOLDER] [--end-with-stdin]";

  /** An {@link IllegalArgumentException} with a message for the user if they make no sense. */
  static Arguments parse(List<String> args) {
    int dynamoDbPort = 0;
    int sqsPort = 0;
    int s3Port = 0;
    Path data = null;
    boolean endWithStdin = false;
    Iterator<String> rest = args.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--dynamodb-port" -> dynamoDbPort = port(option, rest);
        case "--sqs-port" -> sqsPort = port(option, rest);
        case "--s3-port" -> s3Port = port(option, rest);
        case "--data" -> data = Path.of(value(option, rest));
        case "--end-with-stdin" -> endWithStdin = true;
        default -> throw new IllegalArgumentException("unknown option " + option + "; " + USAGE);
      }
    }
    return new Arguments(dynamoDbPort, sqsPort, s3Port, data, endWithStdin);
  }

  private static int port(String option, Iterator<String> rest) {
    String value = value(option, rest);
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Told below, as for a number that is no port.
    }
    throw new IllegalArgumentException(option + " " + value + ": no port");
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " without a value; " + USAGE);
    }
    return rest.next();
  }
}
