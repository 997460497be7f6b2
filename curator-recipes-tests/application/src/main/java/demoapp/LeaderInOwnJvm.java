package demoapp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A leader that is a process of its own, and dies of SIGKILL: nothing of it can say good-bye. */
public final class LeaderInOwnJvm implements DoomedLeader {
  private final Settings settings;
  private final List<String> jvmArguments;
  private @Nullable Process process;

  /**
   * A leader that was not started yet.
   *
   * @param jvmArguments beside the class path, which is this JVM's
   */
  public LeaderInOwnJvm(Settings settings, List<String> jvmArguments) {
    this.settings = settings;
    this.jvmArguments = List.copyOf(jvmArguments);
  }

  @Override
  public String name() {
    return "the leader in its own JVM";
  }

  @Override
  public void lead(String path) throws Exception {
    Process started =
        new ProcessBuilder(command(path)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process = started;
    FutureTask<Boolean> leads = new FutureTask<>(() -> saysThatItLeads(started));
    Thread reader = new Thread(leads, "leader-output");
    reader.setDaemon(true);
    reader.start();
    try {
      boolean said = leads.get(Settings.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      Stage.promise(said, "a candidate that is alone leads");
    } catch (ExecutionException e) {
      throw new IOException("lost the candidate's output", e);
    }
  }

  private List<String> command(String path) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArguments);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Candidate.class.getName(), settings.connectString(), path, name()));
    command.add(Long.toString(settings.sessionTimeout().toMillis()));
    return command;
  }

  private static boolean saysThatItLeads(Process process) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    return lines.lines().anyMatch(Candidate.LEADS::equals);
  }

  @Override
  public String die() throws InterruptedException {
    Process alive = process;
    if (alive == null) {
      throw new IllegalStateException("it never lived");
    }
    alive.destroyForcibly().waitFor();
    return "SIGKILL to process " + alive.pid();
  }

  @Override
  public boolean claimsToLead() {
    return process != null && process.isAlive();
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
