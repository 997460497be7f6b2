package demoapp;

/** A candidate for leadership that will die in office, without a word to the others. */
public interface DoomedLeader extends AutoCloseable {
  /** By which it is known in the election. */
  String name();

  /** Stands for election at a path, and returns when it leads. */
  void lead(String path) throws Exception;

  /**
   * Dies.
   *
   * @return of what, for a report
   */
  String die() throws Exception;

  /** Whether it thinks that it leads; a little longer than it does, if it has to learn of it. */
  boolean claimsToLead();

  /** Frees what is left of it. */
  @Override
  void close();
}
