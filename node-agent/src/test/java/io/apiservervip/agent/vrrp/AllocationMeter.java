package io.apiservervip.agent.vrrp;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts bytes that the calling thread allocates. */
final class AllocationMeter {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocationMeter() {}

  static long allocatedBytes() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  /** Bytes of one call, after it was compiled. */
  static long bytesPerCall(Runnable call) {
    repeat(call, 30_000);
    int calls = 20_000;
    long before = allocatedBytes();
    repeat(call, calls);
    return (allocatedBytes() - before) / calls;
  }

  private static void repeat(Runnable call, int times) {
    for (int i = 0; i < times; i++) {
      call.run();
    }
  }
}
