package io.apiservervip.e2e.lab;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The few system calls of the C library that the lab needs beyond the JDK's. */
@SuppressWarnings("restricted") // the foreign linker: every program here runs with native access on
final class LibC {
  static final int SIGHUP = 1;
  static final int SIGKILL = 9;
  static final int SIGTERM = 15;
  static final int SIGCONT = 18;
  static final int SIGSTOP = 19;

  private static final int CLONE_NEWNET = 0x4000_0000;
  private static final int O_RDONLY = 0;
  private static final int O_CLOEXEC = 0x8_0000;
  private static final int AF_INET = 2;
  private static final int SOCK_RAW = 3;
  private static final int IPPROTO_RAW = 255;
  private static final int SOL_SOCKET = 1;
  private static final int SO_BINDTODEVICE = 25;
  private static final int SCHED_RR = 2;
  private static final int SCHED_RESET_ON_FORK = 0x4000_0000;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final AddressLayout POINTER = ValueLayout.ADDRESS;

  private static final MethodHandle SETNS = handle("setns", FunctionDescriptor.of(INT, INT, INT));
  private static final MethodHandle OPEN =
      handle("open", FunctionDescriptor.of(INT, POINTER, INT), Linker.Option.firstVariadicArg(2));
  private static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(INT, INT));
  private static final MethodHandle KILL = handle("kill", FunctionDescriptor.of(INT, INT, INT));
  private static final MethodHandle SCHEDULE =
      handle("sched_setscheduler", FunctionDescriptor.of(INT, INT, INT, POINTER));
  private static final MethodHandle SOCKET =
      handle("socket", FunctionDescriptor.of(INT, INT, INT, INT));
  private static final MethodHandle SENDTO =
      handle(
          "sendto",
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG, INT, POINTER, ValueLayout.JAVA_LONG, INT, POINTER, INT));

  private static final MethodHandle SETSOCKOPT =
      handle("setsockopt", FunctionDescriptor.of(INT, INT, INT, INT, POINTER, INT));

  private LibC() {}

  /** Moves the calling thread into the network namespace at {@code path}: setns(2). */
  static void enterNetworkNamespace(String path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int fd = call(arena, OPEN, "open " + path, arena.allocateFrom(path), O_RDONLY | O_CLOEXEC);
      try {
        call(arena, SETNS, "setns " + path, fd, CLONE_NEWNET);
      } finally {
        call(arena, CLOSE, "close " + path, fd);
      }
    }
  }

  /** Sends a signal to a process, or with a negative number to a process group: kill(2). */
  static void kill(long pid, int signal) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      call(arena, KILL, "kill " + pid, (int) pid, signal);
    }
  }

  /** Schedules the calling thread as SCHED_RR, and none that it starts: sched_setscheduler(2). */
  static void scheduleRealTime(int priority) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int policy = SCHED_RR | SCHED_RESET_ON_FORK;
      call(arena, SCHEDULE, "sched_setscheduler", 0, policy, arena.allocateFrom(INT, priority));
    }
  }

  /**
   * Sends one IPv4 datagram, its IP header included, through {@code eth0} of the calling thread's
   * namespace: raw(7). Naming the device spares a route for multicast.
   */
  static void sendIpv4(byte[] datagram) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int fd = call(arena, SOCKET, "socket", AF_INET, SOCK_RAW, IPPROTO_RAW);
      try {
        MemorySegment device = arena.allocateFrom("eth0");
        call(arena, SETSOCKOPT, "SO_BINDTODEVICE", fd, SOL_SOCKET, SO_BINDTODEVICE, device, 5);
        MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, datagram);
        MemorySegment to = arena.allocate(16);
        to.set(ValueLayout.JAVA_SHORT, 0, (short) AF_INET);
        MemorySegment.copy(datagram, 16, to, ValueLayout.JAVA_BYTE, 4, 4);
        call(arena, SENDTO, "sendto", fd, bytes, (long) datagram.length, 0, to, 16);
      } finally {
        call(arena, CLOSE, "close", fd);
      }
    }
  }

  private static MethodHandle handle(
      String name, FunctionDescriptor descriptor, Linker.Option... more) {
    Linker.Option[] options = new Linker.Option[more.length + 1];
    options[0] = Linker.Option.captureCallState("errno");
    System.arraycopy(more, 0, options, 1, more.length);
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
  }

  private static int call(Arena arena, MethodHandle function, String what, Object... arguments)
      throws IOException {
    MemorySegment state = arena.allocate(STATE);
    Object[] all = new Object[arguments.length + 1];
    all[0] = state;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    long result;
    try {
      result = ((Number) function.invokeWithArguments(all)).longValue();
    } catch (Throwable e) {
      throw new IllegalStateException(what, e);
    }
    if (result < 0) {
      throw new IOException(what + ": errno " + (int) ERRNO.get(state, 0L));
    }
    return (int) result;
  }
}
