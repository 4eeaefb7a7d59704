package io.apiservervip.e2e.load;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The system calls of the load tool, pointers as plain addresses, so that a call allocates nothing.
 * Results below 0 are the negative errno, as the kernel itself returns them. One owner thread.
 */
@SuppressWarnings("restricted") // the foreign linker: every program here runs with native access on
final class Native {
  static final int EAGAIN = 11;
  static final int EINPROGRESS = 115;

  private static final ValueLayout.OfInt I = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong L = ValueLayout.JAVA_LONG;
  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

  private static final MethodHandle SOCKET = handle("socket", FunctionDescriptor.of(I, I, I, I));
  private static final MethodHandle BIND = handle("bind", FunctionDescriptor.of(I, I, L, I));
  private static final MethodHandle LISTEN = handle("listen", FunctionDescriptor.of(I, I, I));
  private static final MethodHandle ACCEPT =
      handle("accept4", FunctionDescriptor.of(I, I, L, L, I));
  private static final MethodHandle CONNECT = handle("connect", FunctionDescriptor.of(I, I, L, I));
  private static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(I, I));
  private static final MethodHandle SEND = handle("send", FunctionDescriptor.of(L, I, L, L, I));
  private static final MethodHandle RECV = handle("recv", FunctionDescriptor.of(L, I, L, L, I));
  private static final MethodHandle OPTION =
      handle("setsockopt", FunctionDescriptor.of(I, I, I, I, L, I));
  private static final MethodHandle EPOLL_CREATE =
      handle("epoll_create1", FunctionDescriptor.of(I, I));
  private static final MethodHandle EPOLL_CTL =
      handle("epoll_ctl", FunctionDescriptor.of(I, I, I, I, L));
  private static final MethodHandle EPOLL_WAIT =
      handle("epoll_pwait2", FunctionDescriptor.of(I, I, L, I, L, L));
  private static final MethodHandle PRCTL =
      handle("prctl", FunctionDescriptor.of(I, I, L), Linker.Option.firstVariadicArg(1));

  private final MemorySegment state = Arena.global().allocate(STATE);

  int socket(int family, int type) {
    try {
      return result((int) SOCKET.invokeExact(state, family, type, 0));
    } catch (Throwable e) {
      throw bug(e);
    }
  }

  int bind(int fd, long address, int length) {
    try {
      return result((int) BIND.invokeExact(state, fd, address, length));
    } catch (Throwable e) {
      throw bug(e);
    }
  }

  int listen(int fd, int backlog) {
    try {
      return result((int) LISTEN.invokeExact(state, fd, backlog));
    } catch (Throwable e) {
      throw bug(e);
    }
  }

  int accept(int fd, int flags) {
    try {
      return result((int) ACCEPT.invokeExact(state, fd, 0L, 0L, flags));
    } catch (Throwable e) {
      throw bug(e);
    }
  }

  int connect(int fd, long address, int length) {
    try {
      return result((int) CONNECT.invokeExact(state, fd, address, length));
    } catch (Throwable e) {
      throw bug(e);
    }
  }

  int close(int fd) {
    try {
      return result((int) CLOSE.invokeExact(state, fd));
    } catch (Throwable e) {
      throw bug(e);
    }
  }

  long send(int fd, long buffer, long length, int flags) {
    try {
      return result((long) SEND.invokeExact(state, fd, buffer, length, flags));
    } catch (Throwable e) {
      throw bug(e);
    }
  }

  long recv(int fd, long buffer, long length, int flags) {
    try {
      return result((long) RECV.invokeExact(state, fd, buffer, length, flags));
    } catch (Throwable e) {
      throw bug(e);
    }
  }

  int setOption(int fd, int level, int name, long value, int length) {
    try {
      return result((int) OPTION.invokeExact(state, fd, level, name, value, length));
    } catch (Throwable e) {
      throw bug(e);
    }
  }

  int epollCreate() {
    try {
      return result((int) EPOLL_CREATE.invokeExact(state, 0));
    } catch (Throwable e) {
      throw bug(e);
    }
  }

  int epollControl(int epoll, int operation, int fd, long event) {
    try {
      return result((int) EPOLL_CTL.invokeExact(state, epoll, operation, fd, event));
    } catch (Throwable e) {
      throw bug(e);
    }
  }

  int epollWait(int epoll, long events, int limit, long timespec) {
    try {
      return result((int) EPOLL_WAIT.invokeExact(state, epoll, events, limit, timespec, 0L));
    } catch (Throwable e) {
      throw bug(e);
    }
  }

  int processControl(int option, long value) {
    try {
      return result((int) PRCTL.invokeExact(state, option, value));
    } catch (Throwable e) {
      throw bug(e);
    }
  }

  private int result(int value) {
    return value < 0 ? -(int) ERRNO.get(state, 0L) : value;
  }

  private long result(long value) {
    return value < 0 ? -(int) ERRNO.get(state, 0L) : value;
  }

  private static MethodHandle handle(
      String name, FunctionDescriptor descriptor, Linker.Option... more) {
    Linker.Option[] options = new Linker.Option[more.length + 1];
    options[0] = Linker.Option.captureCallState("errno");
    System.arraycopy(more, 0, options, 1, more.length);
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
  }

  private static IllegalStateException bug(Throwable e) {
    return new IllegalStateException(e);
  }
}
