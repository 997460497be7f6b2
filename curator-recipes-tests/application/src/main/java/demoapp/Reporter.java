package demoapp;

/** Is told what the application does. Thread-safe; recipes report from all their threads. */
public interface Reporter {
  void begins(String recipe);

  /** Something worth a line happened. */
  void says(String recipe, String line);

  void ends(Outcome outcome);
}
