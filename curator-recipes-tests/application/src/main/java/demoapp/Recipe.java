package demoapp;

/** One of Curator's recipes in use, with a check that it kept its promise. */
interface Recipe {
  String name();

  /**
   * Runs it to its end.
   *
   * @return what was found, in a sentence
   * @throws BrokenPromiseException if it did not behave
   */
  String run(Stage stage) throws Exception;
}
