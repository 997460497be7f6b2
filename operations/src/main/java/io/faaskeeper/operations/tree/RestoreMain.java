package io.faaskeeper.operations.tree;

import io.faaskeeper.operations.Program;
import io.faaskeeper.operations.Progress;
import io.faaskeeper.operations.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.zookeeper.common.PathUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fk restore}: writes the nodes of a dump into a tree. */
@Command(
    name = "fk restore",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes the nodes of a file that fk dump made into a tree: data, ACL and mode. Versions, times"
          + " and zxids begin anew, and so do the numbers of sequential nodes.",
      "The file is read to its end before anything is written. If a node of it exists, nothing is"
          + " written, unless an option says otherwise. Nodes that the file does not have stay.",
    })
public final class RestoreMain implements Callable<Integer> {
  @Mixin private Endpoint to;

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "Only this node of the file and what is below it.")
  private @Nullable String path;

  @ArgGroup(exclusive = true)
  private Choice choice = new Choice();

  private static final class Choice {
    @Option(
        names = "--overwrite",
        description = "A node that exists gets data and ACL of the file; its mode stays.")
    private boolean overwrite;

    @Option(
        names = "--skip-existing",
        description = "A node that exists stays as it is. So a restore that was cut off goes on.")
    private boolean skipExisting;
  }

  @Option(names = "--dry-run", description = "Only say what would be done.")
  private boolean dryRun;

  @Parameters(paramLabel = "FILE", description = "Made by fk dump.")
  private @Nullable Path file;

  @Spec private @Nullable CommandSpec spec;

  private RestoreMain(Scope scope) {
    this.to = new Endpoint(scope);
  }

  /** Exits with 0 if all was done, 1 if not, 2 if the arguments make no sense. */
  public static void main(String[] args) {
    System.exit(Program.run(new RestoreMain(Scope.OUTSIDE_THIS_JVM), args));
  }

  static RestoreMain command() {
    return command(Scope.ALL);
  }

  static RestoreMain command(Scope scope) {
    return new RestoreMain(scope);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    String named = path;
    if (named != null) {
      Program.check(() -> PathUtils.validatePath(named));
    }
    try (Tree tree = to.open()) {
      return restore(tree, Program.present(file), Program.of(spec));
    }
  }

  private int restore(Tree tree, Path dump, Program program)
      throws IOException, InterruptedException {
    Progress progress = program.progress();
    RestorePlan plan = new RestorePlan(tree.zooKeeper(), progress);
    String root = plan(plan, dump, progress);
    plan.warnings().forEach(program.err()::println);
    if (plan.existing() > 0 && existing() == Existing.REFUSE) {
      throw new IOException(
          "%,d of %,d nodes exist in %s, %s the first: nothing is written without --overwrite or --skip-existing"
              .formatted(plan.existing(), plan.nodes(), tree.name(), plan.firstExisting()));
    }
    if (dryRun) {
      program
          .out()
          .printf(
              "%s would get %,d nodes with %,d bytes; %s%n",
              tree.name(),
              plan.nodes(),
              plan.bytes(),
              switch (existing()) {
                case REFUSE -> "none of them exists";
                case SKIP -> "of %,d that exist each would stay".formatted(plan.existing());
                case OVERWRITE ->
                    "of %,d that exist each would be overwritten".formatted(plan.existing());
              });
      return 0;
    }
    RestoreCounts counts = write(tree, dump, root, plan.nodes(), progress);
    program
        .out()
        .printf(
            "%s: %,d nodes created, %,d overwritten, %,d skipped%n",
            tree.name(), counts.created(), counts.overwritten(), counts.skipped());
    return 0;
  }

  /** Looks at the whole dump; returns the node that it is restored from. */
  private String plan(RestorePlan plan, Path dump, Progress progress)
      throws IOException, InterruptedException {
    try (DumpReader reader = DumpReader.open(dump)) {
      String root = path == null ? reader.header().path() : path;
      plan.read(reader, root);
      return root;
    } catch (DumpFormatException e) {
      throw new IOException(dump + ": " + e.getMessage(), e);
    } finally {
      progress.end();
    }
  }

  private RestoreCounts write(Tree tree, Path dump, String root, long all, Progress progress)
      throws IOException, InterruptedException {
    Restoring restoring = new Restoring(tree.zooKeeper(), existing(), progress);
    try (DumpReader reader = DumpReader.open(dump)) {
      restoring.write(reader, root, all);
      return restoring.counts();
    } catch (IOException e) {
      throw new IOException(
          e.getMessage()
              + "; until then "
              + restoring.counts().created()
              + " nodes were created, and --skip-existing goes on from there",
          e);
    } finally {
      progress.end();
    }
  }

  private Existing existing() {
    return choice.overwrite
        ? Existing.OVERWRITE
        : choice.skipExisting ? Existing.SKIP : Existing.REFUSE;
  }
}
