package io.apiservervip.agent.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class LeakWatchTest {
  @Test
  void lostBufferIsReported() {
    LeakWatch watch = new LeakWatch();
    watch.begin();

    lose();

    assertThat(watch.end()).singleElement().asString().contains("LEAK: ByteBuf.release()");
  }

  @Test
  void releasedBufferIsNot() {
    LeakWatch watch = new LeakWatch();
    watch.begin();

    UnpooledByteBufAllocator.DEFAULT.directBuffer(16).release();

    assertThat(watch.end()).isEmpty();
  }

  private static void lose() {
    ByteBuf lost = UnpooledByteBufAllocator.DEFAULT.directBuffer(16);
    lost.writeInt(1);
  }
}
