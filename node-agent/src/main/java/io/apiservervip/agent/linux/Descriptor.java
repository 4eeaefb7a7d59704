package io.apiservervip.agent.linux;

import io.apiservervip.agent.router.OperatingException;

/** One open socket; closing twice is harmless. Used by one thread. */
final class Descriptor implements AutoCloseable {
  static final int NONBLOCK = 0x800;
  static final int CLOEXEC = 0x80000;

  private final Kernel kernel;
  private final String object;
  private final NativeMemory scratch;
  private int fd;

  private Descriptor(Kernel kernel, String object, int fd) {
    this.kernel = kernel;
    this.object = object;
    this.scratch = NativeMemory.allocate(kernel, 64);
    this.fd = fd;
  }

  /**
   * Opens a socket.
   *
   * @param call how the error message names the call
   * @param object what the socket is for, for example {@code on eth0}
   */
  static Descriptor socket(
      Kernel kernel, int domain, int type, int protocol, String call, String object)
      throws OperatingException {
    int fd = kernel.libc().socket(domain, type | CLOEXEC, protocol);
    if (fd < 0) {
      throw kernel.failure(call, object);
    }
    return new Descriptor(kernel, object, fd);
  }

  int number() {
    return fd;
  }

  /** Sets an option whose value is an {@code int}. */
  void option(SocketOption option, int value) throws OperatingException {
    check(tryOption(option, value), option);
  }

  /** Sets an {@code int} option that some kernels lack; returns 0 or the errno. */
  int tryOption(SocketOption option, int value) {
    scratch.bytes.putInt(0, value);
    return set(option, scratch.address, Integer.BYTES);
  }

  /** Sets an option whose value is a structure or a string, at most 64 bytes. */
  void option(SocketOption option, byte[] value) throws OperatingException {
    scratch.bytes.put(0, value);
    check(set(option, scratch.address, value.length), option);
  }

  /** Attaches a classic BPF program (socket(7), SO_ATTACH_FILTER), in place of an earlier one. */
  void filter(BpfProgram program) throws OperatingException {
    check(tryFilter(program), SocketOption.SO_ATTACH_FILTER);
  }

  /** Does the same; returns 0 or the errno, with which an earlier program stays. */
  int tryFilter(BpfProgram program) {
    byte[] code = program.encoded();
    NativeMemory instructions = NativeMemory.allocate(kernel, code.length);
    instructions.bytes.put(0, code);
    scratch.bytes.putShort(0, (short) program.length());
    scratch.bytes.putLong(8, instructions.address);
    return set(SocketOption.SO_ATTACH_FILTER, scratch.address, 16);
  }

  void bind(byte[] socketAddress, String where) throws OperatingException {
    scratch.bytes.put(0, socketAddress);
    if (kernel.libc().bind(fd, scratch.address, socketAddress.length) < 0) {
      throw kernel.failure("bind(" + where + ")", object);
    }
  }

  private int set(SocketOption option, long address, int length) {
    int result = kernel.libc().setsockopt(fd, option.level(), option.number(), address, length);
    return result < 0 ? kernel.errno() : 0;
  }

  private void check(int errno, SocketOption option) throws OperatingException {
    if (errno != 0) {
      throw Kernel.failure("setsockopt(" + option + ")", object, errno, "CAP_NET_RAW");
    }
  }

  @Override
  public void close() {
    if (fd >= 0) {
      kernel.libc().close(fd);
      fd = -1;
    }
  }
}
