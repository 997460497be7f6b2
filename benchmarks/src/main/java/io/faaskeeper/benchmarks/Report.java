package io.faaskeeper.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.faaskeeper.benchmarks.targets.Disk;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A whole run: what, where, how it compares, and which bars it clears. Its JSON form is its fields.
 */
record Report(
    Machine machine, Disk disk, boolean quick, List<Measurement> measurements, List<Bar> bars) {

  static Report of(Machine machine, Disk disk, boolean quick, Comparison comparison) {
    return new Report(machine, disk, quick, comparison.measurements(), Bar.of(comparison));
  }

  boolean passed() {
    return bars.stream().allMatch(Bar::passed);
  }

  void print(PrintStream out) {
    out.println();
    out.print(Table.of(new Comparison(measurements)));
    out.println();
    out.printf(
        Locale.ROOT,
        "The real servers sync each write to %s (%s) under %s; a sync of 1 KiB there takes %s.%n",
        disk.device(),
        disk.fileSystem(),
        disk.folder(),
        Table.duration(disk.syncMicros()));
    out.printf(
        Locale.ROOT,
        "Client, servers and emulators shared %d cores (load at the start: %.1f), over loopback.%n",
        machine.cores(),
        machine.load());
    out.println(
        "Absolute times on a shared machine mean little: compare targets within one operation of"
            + " one run.");
    bars.forEach(bar -> out.print(Table.of(bar)));
  }

  void write(Path file) throws IOException {
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
  }
}
