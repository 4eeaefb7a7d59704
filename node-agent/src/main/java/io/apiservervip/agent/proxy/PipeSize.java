package io.apiservervip.agent.proxy;

/** Port: fcntl(2) F_SETPIPE_SZ. */
@FunctionalInterface
public interface PipeSize {
  /** Asks for a capacity in bytes; where the kernel refuses, the pipe stays as it is. */
  void grow(int descriptor, int bytes);
}
