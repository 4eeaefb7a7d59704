package io.apiservervip.agent.linux;

import io.apiservervip.agent.proxy.PipeSize;

/**
 * The size of pipes: fcntl(2). Refused with EPERM beyond /proc/sys/fs/pipe-max-size, and once all
 * pipes of the user exceed pipe-user-pages-soft. Any thread.
 */
public final class PipeCapacity implements PipeSize {
  private static final int F_SETPIPE_SZ = 1031;

  private final Kernel kernel;

  private PipeCapacity(Kernel kernel) {
    this.kernel = kernel;
  }

  public static PipeCapacity open() {
    return new PipeCapacity(Kernel.load());
  }

  @Override
  public void grow(int descriptor, int bytes) {
    kernel.libc().fcntl(descriptor, F_SETPIPE_SZ, bytes);
  }
}
