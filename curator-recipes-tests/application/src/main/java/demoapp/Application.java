package demoapp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The application: runs recipe after recipe, whatever became of the one before. */
public final class Application {
  private final Settings settings;
  private final Reporter reporter;

  public Application(Settings settings, Reporter reporter) {
    this.settings = settings;
    this.reporter = reporter;
  }

  /**
   * Runs on what the first argument connects to, with a leader in a JVM of its own, and exits with
   * 0 if every recipe behaved.
   */
  public static void main(String[] args) {
    Settings settings = new Settings(args[0], newBase(), Duration.ofSeconds(4));
    Application application = new Application(settings, new PrintedReport(System.out));
    List<Outcome> outcomes = application.run(new LeaderInOwnJvm(settings, List.of()));
    System.exit(outcomes.stream().allMatch(Outcome::passed) ? 0 : 1);
  }

  /** A path that no other run uses. */
  public static String newBase() {
    return "/demo-" + UUID.randomUUID();
  }

  /**
   * Runs every recipe.
   *
   * @param doomed who leads first; closed at the end
   * @return how each ended, in order
   */
  public List<Outcome> run(DoomedLeader doomed) {
    List<Recipe> recipes =
        List.of(
            new Mutex(),
            new Counter(),
            new Barrier(),
            new Cache(),
            new Transaction(),
            new Presence(),
            new Election(doomed));
    List<Outcome> outcomes = new ArrayList<>();
    try (doomed) {
      recipes.forEach(recipe -> outcomes.add(run(recipe)));
    }
    outcomes.add(run(new CleanUp(settings)));
    return outcomes;
  }

  private Outcome run(Recipe recipe) {
    reporter.begins(recipe.name());
    long start = System.nanoTime();
    boolean passed = false;
    String detail;
    try (Stage stage = new Stage(settings, reporter, recipe.name())) {
      detail = recipe.run(stage);
      passed = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      detail = "interrupted";
    } catch (Exception e) {
      detail = e.toString();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    Outcome outcome = new Outcome(recipe.name(), passed, detail, took);
    reporter.ends(outcome);
    return outcome;
  }
}
