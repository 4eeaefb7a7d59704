package io.apiservervip.agent.linux;

import io.apiservervip.agent.router.OperatingException;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;

/**
 * The way into the kernel: the bound C library and the calling thread's errno.
 *
 * @param libc bound once a process
 * @param runtime jnr-ffi's, for errno and addresses
 */
record Kernel(LibC libc, Runtime runtime) {

  /**
   * Binds the C library. The first call of a process loads jnr-ffi and generates classes: 0.9 to
   * 1.5 s on a busy machine of two cores, without a class cache.
   */
  static Kernel load() {
    return Bound.KERNEL;
  }

  /** Loaded with its first use, and once: each binding generates a class. */
  private static final class Bound {
    static final Kernel KERNEL = bind();

    private static Kernel bind() {
      LibC libc = LibraryLoader.create(LibC.class).load("c");
      return new Kernel(libc, Runtime.getRuntime(libc));
    }
  }

  /** The errno of this thread's last call, to be read right after it. */
  int errno() {
    return LastError.getLastError(runtime);
  }

  /** The exception for the call that just failed. */
  OperatingException failure(String call, String object) {
    return failure(call, object, errno(), "CAP_NET_RAW");
  }

  /** The exception for an errno; names the capability when it is one of permission. */
  static OperatingException failure(String call, String object, int errno, String capability) {
    boolean permission = Errno.EPERM.is(errno) || Errno.EACCES.is(errno);
    String remedy = permission ? "; the agent needs " + capability : "";
    return new OperatingException(call, object, errno, Errno.text(errno), remedy);
  }
}
