package io.apiservervip.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.vrrp.SeededTest;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SourceTableTest {
  private static byte[] address(String text) {
    return InetAddress.ofLiteral(text).getAddress();
  }

  /** ::ffff:10.0.0.7, which InetAddress would turn into IPv4. */
  private static byte[] mapped() {
    return new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 7};
  }

  @Test
  void addressHasAsManyConnectionsAsItMayHave() {
    SourceTable table = new SourceTable(100, 1);
    byte[] client = address("10.0.0.7");
    assertThat(table.enter(client, 2)).isTrue();
    assertThat(table.enter(client, 2)).isTrue();
    assertThat(table.enter(client, 2)).isFalse();
    assertThat(table.enter(address("10.0.0.8"), 2)).isTrue();
    table.leave(client);
    assertThat(table.enter(client, 2)).isTrue();
    assertThat(table.enter(client, 2)).isFalse();
  }

  @Test
  void limitMayChangeWhileConnectionsLive() {
    SourceTable table = new SourceTable(100, 1);
    byte[] client = address("fd99::7");
    for (int i = 0; i < 5; i++) {
      assertThat(table.enter(client, 0)).isTrue();
    }
    assertThat(table.enter(client, 5)).isFalse();
    assertThat(table.enter(client, 6)).isTrue();
    assertThat(table.enter(client, 1)).isFalse();
  }

  @Test
  void ipv4InIpv6FormIsTheSameClient() {
    SourceTable table = new SourceTable(100, 1);
    assertThat(table.enter(address("10.0.0.7"), 1)).isTrue();
    assertThat(table.enter(mapped(), 1)).isFalse();
    table.leave(mapped());
    assertThat(table.enter(mapped(), 1)).isTrue();
  }

  @Test
  void leavingWithoutHavingEnteredDoesNoHarm() {
    SourceTable table = new SourceTable(100, 1);
    table.leave(address("10.0.0.7"));
    assertThat(table.enter(address("10.0.0.7"), 1)).isTrue();
  }

  @Test
  void loopsCountTogether() throws InterruptedException {
    SourceTable table = new SourceTable(100, 1);
    byte[] client = address("10.0.0.7");
    Thread[] loops = new Thread[4];
    for (int i = 0; i < loops.length; i++) {
      loops[i] =
          new Thread(
              () -> {
                for (int n = 0; n < 10_000; n++) {
                  if (table.enter(client, 3)) {
                    table.leave(client);
                  }
                }
              });
      loops[i].start();
    }
    for (Thread loop : loops) {
      loop.join();
    }
    for (int i = 0; i < 3; i++) {
      assertThat(table.enter(client, 3)).isTrue();
    }
    assertThat(table.enter(client, 3)).isFalse();
  }

  @SeededTest(runs = 200)
  void countsAreThoseOfAPlainMap(Random random) {
    SourceCounts counts = new SourceCounts(40);
    Map<Long, Integer> model = new HashMap<>();
    int hashes = 1 + random.nextInt(20);
    for (int i = 0; i < 2_000; i++) {
      long low = random.nextInt(60);
      int hash = (int) (low % hashes) - 5;
      if (random.nextInt(1000) < 520) {
        boolean room = model.containsKey(low) || model.size() < 40;
        boolean expected = room && model.getOrDefault(low, 0) < 3;
        assertThat(counts.add(7, low, hash, 3)).isEqualTo(expected);
        if (expected) {
          model.merge(low, 1, Integer::sum);
        }
      } else {
        counts.remove(7, low, hash);
        model.computeIfPresent(low, (key, count) -> count == 1 ? null : count - 1);
      }
      assertThat(counts.size()).isEqualTo(model.size());
    }
  }

  @Test
  void memoryShrinksWithTheNumberOfAddresses() {
    SourceCounts counts = new SourceCounts(10_000);
    for (int i = 0; i < 10_001; i++) {
      assertThat(counts.add(0, i, 31 * i, 1)).isEqualTo(i < 10_000);
    }
    assertThat(counts.slots()).isEqualTo(32_768);
    for (int i = 0; i < 10_000; i++) {
      counts.remove(0, i, 31 * i);
    }
    assertThat(counts.slots()).isEqualTo(16);
  }
}
