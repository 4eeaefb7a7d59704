package io.apiservervip.agent.proxy;

import org.jspecify.annotations.Nullable;

/** Timeouts in the order in which they came, linked through themselves. */
final class TimeoutList<T> {
  private @Nullable Timeout<T> first;
  private @Nullable Timeout<T> last;

  boolean isEmpty() {
    return first == null;
  }

  void add(Timeout<T> timeout) {
    Timeout<T> before = last;
    timeout.list = this;
    timeout.previous = before;
    timeout.next = null;
    last = timeout;
    if (before == null) {
      first = timeout;
    } else {
      before.next = timeout;
    }
  }

  void remove(Timeout<T> timeout) {
    Timeout<T> before = timeout.previous;
    Timeout<T> after = timeout.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    timeout.list = null;
    timeout.previous = null;
    timeout.next = null;
  }

  /** Takes the first one out; null: there is none. */
  @Nullable Timeout<T> poll() {
    Timeout<T> taken = first;
    if (taken != null) {
      remove(taken);
    }
    return taken;
  }

  /** Moves those that are due at a tick to the end of another list. */
  void moveDue(long tick, TimeoutList<T> due) {
    Timeout<T> timeout = first;
    while (timeout != null) {
      Timeout<T> after = timeout.next;
      if (timeout.tick <= tick) {
        remove(timeout);
        due.add(timeout);
      }
      timeout = after;
    }
  }
}
