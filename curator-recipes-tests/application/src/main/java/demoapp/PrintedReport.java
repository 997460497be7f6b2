package demoapp;

import java.io.PrintStream;

/** Reports in lines of text, each with the seconds since the start. */
public final class PrintedReport implements Reporter {
  private final PrintStream out;
  private final long start = System.nanoTime();

  public PrintedReport(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begins(String recipe) {
    line(recipe, "begins");
  }

  @Override
  public void says(String recipe, String line) {
    line(recipe, line);
  }

  @Override
  public void ends(Outcome outcome) {
    line(outcome.recipe(), (outcome.passed() ? "passed: " : "FAILED: ") + outcome.detail());
  }

  private void line(String recipe, String text) {
    double seconds = (System.nanoTime() - start) / 1e9;
    out.printf("%7.2f s  %-12s %s%n", seconds, recipe, text);
  }
}
