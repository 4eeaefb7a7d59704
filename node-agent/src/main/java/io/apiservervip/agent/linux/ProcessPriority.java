package io.apiservervip.agent.linux;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The nice values of this process's threads (setpriority(2)). A pause of the JVM waits for its own
 * threads to be scheduled: on a busy machine they must not queue behind everybody else, or the
 * router's thread stands still with them, however high its own priority is.
 */
public final class ProcessPriority {
  /** Nine times the weight of an ordinary thread (sched(7)). */
  private static final int RAISED = -10;

  private static final int ORDINARY = 0;
  private static final int PRIO_PROCESS = 0;
  private static final Path TASKS = Path.of("/proc/self/task");

  private final Kernel kernel;

  private ProcessPriority(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Of the calling process. */
  public static ProcessPriority open() {
    return new ProcessPriority(Kernel.load());
  }

  /**
   * Raises every thread that there is, those of the JVM too; later ones inherit it.
   *
   * @return 0, or an errno (EACCES without CAP_SYS_NICE): nothing has changed then
   */
  public int raise() {
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        int errno = set(Integer.parseInt(task.getFileName().toString()), RAISED);
        if (errno != 0 && !Errno.ESRCH.is(errno)) {
          return errno;
        }
      }
      return 0;
    } catch (IOException e) {
      return Errno.EACCES.number();
    }
  }

  /**
   * The calling thread is an ordinary one from now on: it carries traffic, and others must live.
   */
  public void ordinary() {
    int errno = set(0, ORDINARY);
    if (errno != 0) {
      throw new IllegalStateException("setpriority: " + Errno.text(errno));
    }
  }

  private int set(int thread, int nice) {
    return kernel.libc().setpriority(PRIO_PROCESS, thread, nice) < 0 ? kernel.errno() : 0;
  }
}
