package io.apiservervip.agent.linux;

/**
 * The functions of the C library that this package calls, bound by jnr-ffi.
 *
 * <p>Addresses and {@code size_t} are passed as {@code long}: no conversion, no allocation. Public
 * because the generated implementation lives in another class loader.
 */
@SuppressWarnings("MemberName") // the C library's names
public interface LibC {
  int socket(int domain, int type, int protocol);

  int bind(int fd, long address, int length);

  int setsockopt(int fd, int level, int name, long value, int length);

  long sendto(int fd, long data, long length, int flags, long address, int addressLength);

  long sendmsg(int fd, long header, int flags);

  long recvmsg(int fd, long header, int flags);

  int ppoll(long descriptors, long count, long timeout, long signalMask);

  int eventfd(int initial, int flags);

  long read(int fd, long data, long length);

  long write(int fd, long data, long length);

  int close(int fd);

  int fcntl(int fd, int command, int value);

  int clock_gettime(int clock, long timespec);

  int sched_setscheduler(int thread, int policy, long parameters);

  int setpriority(int which, int who, int nice);
}
