package io.faaskeeper.operations.cost;

import io.faaskeeper.operations.cost.MeasuredUnits.Fixed;
import io.faaskeeper.operations.cost.MeasuredUnits.Sized;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A month's bill, in dollars by item. Free tiers, logs and traffic are left out.
 *
 * @param items what is paid for, in order
 */
record Bill(Map<String, Double> items) {
  /** A month, as Amazon reckons. */
  static final double HOURS = 730;

  private static final double DAYS = HOURS / 24;
  private static final double MINUTES = HOURS * 60;
  private static final double SECONDS = MINUTES * 60;

  /** A lease is renewed each third of the shortest timeout of its sessions. */
  private static final int RENEWALS_PER_TIMEOUT = 3;

  static Bill of(Workload work, MeasuredUnits measured, Prices prices) {
    Units requests =
        measured
            .of(Sized.GET_DATA, work.bytes())
            .times(work.reads())
            .plus(measured.of(Sized.SET_DATA, work.bytes()).times(work.writes()))
            .plus(measured.of(Sized.CREATE, work.bytes()).times(work.creations()))
            .plus(measured.of(Sized.DELETE, work.bytes()).times(work.creations()))
            .times(DAYS);
    double renewals = SECONDS / work.timeoutSeconds() * RENEWALS_PER_TIMEOUT * work.processes();
    double beats = work.processes() == 0 ? 0 : MINUTES;
    Units leases =
        measured.of(Fixed.RENEWAL).times(renewals).plus(measured.of(Fixed.HEARTBEAT).times(beats));
    double polls = MINUTES * prices.assumed("idle-polls-per-minute");
    double inBucket = work.storedGigabytes() * measured.shareInBucket(work.bytes());
    Map<String, Double> items = new LinkedHashMap<>();
    items.put("DynamoDB, requests", dynamo(requests, prices));
    items.put("DynamoDB, leases", dynamo(leases, prices));
    items.put("DynamoDB, stored", prices.of("dynamodb-storage", work.storedGigabytes() - inBucket));
    items.put(
        "S3, requests",
        prices.of("s3-put", requests.objectPuts()) + prices.of("s3-get", requests.objectGets()));
    items.put("S3, stored", prices.of("s3-storage", inBucket));
    items.put(
        "SQS, messages",
        prices.of(
            "sqs-fifo", requests.messageChunks() * prices.assumed("queue-requests-per-message")));
    items.put("SQS, polling, also while idle", prices.of("sqs-fifo", polls));
    items.put("Lambda, requests", prices.of("lambda-requests", requests.messages() + beats));
    items.put(
        "Lambda, compute",
        prices.of(
            "lambda-compute",
            (requests.trips() + measured.of(Fixed.HEARTBEAT).trips() * beats)
                * prices.assumed("milliseconds-per-trip")
                / 1_000
                * prices.assumed("function-gigabytes")));
    return new Bill(items);
  }

  private static double dynamo(Units units, Prices prices) {
    return prices.of("dynamodb-write", units.writeUnits())
        + prices.of("dynamodb-read", units.readUnits());
  }

  double total() {
    return items.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** How many times as many requests cost as much as something else; 0 if less than none do. */
  static double breakEven(Workload work, MeasuredUnits measured, Prices prices, double other) {
    double idle = of(work.times(0), measured, prices).total();
    double perRequests = of(work, measured, prices).total() - idle;
    return Math.max(0, (other - idle) / perRequests);
  }
}
