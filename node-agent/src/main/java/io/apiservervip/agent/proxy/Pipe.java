package io.apiservervip.agent.proxy;

import io.netty.channel.epoll.Native;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;

/**
 * A pipe of the kernel through which bytes go from socket to socket without being copied
 * (splice(2)).
 */
final class Pipe {
  /** Asked of the kernel, which gives it to a process of 64 pipes at most (pipe(7)). */
  static final int BYTES = 1 << 20;

  private final FileDescriptor out;
  private final FileDescriptor in;
  private int held;

  private Pipe(FileDescriptor out, FileDescriptor in) {
    this.out = out;
    this.in = in;
  }

  static Pipe open(PipeSize size) throws IOException {
    FileDescriptor[] ends = FileDescriptor.pipe();
    size.grow(ends[0].intValue(), BYTES);
    return new Pipe(ends[0], ends[1]);
  }

  /** Bytes that are in it. */
  int held() {
    return held;
  }

  /** Takes what the wire has; 0: nothing now, or its end: a read tells which. */
  int fill(Wire from) throws IOException {
    int count = Native.splice(from.descriptor(), -1, in.intValue(), -1, BYTES);
    held += count;
    return count;
  }

  /** Gives what the wire takes. */
  int drain(Wire to) throws IOException {
    int count = Native.splice(out.intValue(), -1, to.descriptor(), -1, held);
    held -= count;
    return count;
  }

  void close() {
    try {
      out.close();
      in.close();
    } catch (IOException e) {
      // Linux frees the descriptor all the same (close(2)).
      held = 0;
    }
  }
}
