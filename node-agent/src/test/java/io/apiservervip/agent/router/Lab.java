package io.apiservervip.agent.router;

import java.util.ArrayList;
import java.util.List;

/** Several loops on one wire and one clock, driven a millisecond at a time without threads. */
final class Lab {
  final FakeClock clock = new FakeClock();
  final Wire wire = new Wire();
  final List<Node> nodes = new ArrayList<>();

  /** One host and its loop. */
  static final class Node {
    final FakeHost host;
    final RecordingObserver observer = new RecordingObserver();
    final RouterLoop loop;
    boolean paused;
    boolean ended;

    Node(FakeHost host, AddressCompanion companion, RouterSettings settings) {
      this.host = host;
      this.loop = new RouterLoop(host, host.clock, host.clock, observer, companion, settings);
    }

    Role role() {
      return loop.status().role();
    }

    boolean holds() {
      return host.kernel.holds(Nets.VIP);
    }

    void turn() {
      if (paused || ended) {
        return;
      }
      if (loop.done()) {
        loop.keeper().close();
        loop.keeper().work();
        loop.end();
        ended = true;
        return;
      }
      loop.keeper().work();
      loop.turn();
      loop.keeper().work();
    }
  }

  Node add(Nets.Draft draft) {
    return add(new FakeHost(draft.number, clock, wire), draft);
  }

  Node add(FakeHost host, Nets.Draft draft) {
    return add(host, AddressCompanion.NONE, draft);
  }

  Node add(FakeHost host, AddressCompanion companion, Nets.Draft draft) {
    Node node = new Node(host, companion, draft.settings());
    node.loop.begin();
    nodes.add(node);
    return node;
  }

  void run(long millis) {
    for (long i = 0; i < millis; i++) {
      clock.advance(FakeClock.MILLI);
      for (Node node : nodes) {
        node.host.kernel.expire();
        node.turn();
      }
    }
  }

  /** Time goes by at once: everybody who is not paused by the test stands still as well. */
  void standStill(long millis) {
    clock.advance(millis * FakeClock.MILLI);
    nodes.forEach(node -> node.host.kernel.expire());
  }

  List<String> holders() {
    return nodes.stream().filter(Node::holds).map(n -> n.loop.status().role().text()).toList();
  }
}
