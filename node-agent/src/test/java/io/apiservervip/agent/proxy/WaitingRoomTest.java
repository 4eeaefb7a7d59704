package io.apiservervip.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitingRoomTest {
  private final WaitingRoom<Object> room = new WaitingRoom<>(3);

  @Test
  void firstComeFirstServed() {
    assertThat(room.add("a")).isTrue();
    assertThat(room.add("b")).isTrue();
    assertThat(room.poll()).isEqualTo("a");
    assertThat(room.add("c")).isTrue();
    assertThat(room.poll()).isEqualTo("b");
    assertThat(room.poll()).isEqualTo("c");
    assertThat(room.poll()).isNull();
  }

  @Test
  void fullRoomTakesNobody() {
    assertThat(room.add("a")).isTrue();
    assertThat(room.add("b")).isTrue();
    assertThat(room.add("c")).isTrue();
    assertThat(room.add("d")).isFalse();
    assertThat(room.size()).isEqualTo(3);
    assertThat(room.remove("b")).isTrue();
    assertThat(room.remove("b")).isFalse();
    assertThat(room.add("d")).isTrue();
    assertThat(room.poll()).isEqualTo("a");
    assertThat(room.poll()).isEqualTo("c");
    assertThat(room.poll()).isEqualTo("d");
  }

  @Test
  void nobodyWaitsTwice() {
    assertThat(room.add("a")).isTrue();
    assertThat(room.add("a")).isFalse();
    assertThat(room.size()).isEqualTo(1);
  }
}
