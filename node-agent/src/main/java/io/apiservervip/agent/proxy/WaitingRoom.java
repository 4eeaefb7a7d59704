package io.apiservervip.agent.proxy;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Clients that wait for a place at a server, first come, first served; bounded. Owned by one event
 * loop.
 *
 * @param <T> whose equality is identity
 */
final class WaitingRoom<T> {
  private final int capacity;
  private final Set<T> waiting = new LinkedHashSet<>();

  WaitingRoom(int capacity) {
    this.capacity = capacity;
  }

  /** Goes to the end of the queue; false: there is no room. */
  boolean add(T client) {
    return waiting.size() < capacity && waiting.add(client);
  }

  /** Leaves the queue from wherever it stands; false: it was not there. */
  boolean remove(T client) {
    return waiting.remove(client);
  }

  /** Takes the first one out; null: nobody waits. */
  @Nullable T poll() {
    Iterator<T> all = waiting.iterator();
    if (!all.hasNext()) {
      return null;
    }
    T first = all.next();
    all.remove();
    return first;
  }

  int size() {
    return waiting.size();
  }
}
