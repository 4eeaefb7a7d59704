package io.apiservervip.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TranslatorTest {
  private static final InetAddress VIP = InetAddress.ofLiteral("10.0.0.50");
  private static final InetAddress VIP6 = InetAddress.ofLiteral("fd00::50");
  private static final Translator.Ports API = new Translator.Ports(6443, 16443);
  private static final Translator.Ports RKE = new Translator.Ports(9345, 19345);
  private static final long SECOND = 1_000_000_000L;

  private final Kernel kernel = new Kernel();
  private final Translator translator = new Translator(kernel);

  private static final class Kernel implements Translation {
    final List<String> log = new ArrayList<>();
    @Nullable String fault;
    boolean there;

    @Override
    public @Nullable String clean() {
      log.add("clean");
      return fault;
    }

    @Override
    public @Nullable String apply(List<TranslationRule> rules) {
      log.add("apply " + rules.stream().map(r -> r.port() + " to " + r.target()).toList());
      there |= fault == null;
      return fault;
    }

    @Override
    public boolean intact() {
      return there;
    }

    @Override
    public void close() {
      log.add("close");
    }

    List<String> news() {
      List<String> news = List.copyOf(log);
      log.clear();
      return news;
    }
  }

  @Test
  void nothingIsMadeWhereNoPortDiffersButTheLeftOverGoesOnce() {
    translator.listeners(List.of());
    translator.arriving(Set.of(VIP));
    translator.tend(0);
    translator.gone(Set.of(VIP));
    translator.close();
    assertThat(kernel.news()).containsExactly("clean", "close");
  }

  @Test
  void tableIsThereBeforeTheAddressSoThatItsArrivalIsOneStep() {
    translator.listeners(List.of(API));
    translator.arriving(Set.of(VIP));
    translator.arriving(Set.of(VIP));
    assertThat(kernel.news()).containsExactly("apply []", "apply [6443 to 10.0.0.50:16443]");
    translator.gone(Set.of(VIP));
    assertThat(kernel.news()).containsExactly("apply []");
  }

  @Test
  void everyPortOfEveryAddressHasARule() {
    translator.listeners(List.of(API, RKE));
    translator.arriving(Set.of(VIP));
    kernel.news();
    translator.arriving(Set.of(VIP6));
    assertThat(kernel.news())
        .containsExactly(
            "apply [6443 to 10.0.0.50:16443, 9345 to 10.0.0.50:19345,"
                + " 6443 to [fd00:0:0:0:0:0:0:50]:16443, 9345 to [fd00:0:0:0:0:0:0:50]:19345]");
  }

  @Test
  void changedListenersAreTranslatedAtOnceAndTheLastOneLeavesTheTable() {
    translator.listeners(List.of(API));
    translator.arriving(Set.of(VIP));
    kernel.news();
    translator.listeners(List.of(RKE));
    translator.listeners(List.of());
    assertThat(kernel.news()).containsExactly("apply [9345 to 10.0.0.50:19345]", "apply []");
  }

  @Test
  void whatFailedIsTriedAgainEveryTenSecondsAndSaid() {
    kernel.fault = "nf_tables is not permitted: grant the capability CAP_NET_ADMIN";
    translator.listeners(List.of(API));
    translator.arriving(Set.of(VIP));
    translator.tend(0);
    kernel.news();
    assertThat(translator.problem())
        .isEqualTo(
            "nf_tables is not permitted: grant the capability CAP_NET_ADMIN;"
                + " until then clients use port 16443 instead of 6443");
    translator.tend(10 * SECOND - 1);
    assertThat(kernel.news()).isEmpty();
    kernel.fault = null;
    assertThat(translator.tend(10 * SECOND)).isFalse();
    assertThat(kernel.news()).containsExactly("apply [6443 to 10.0.0.50:16443]");
    assertThat(translator.problem()).isNull();
  }

  @Test
  void rulesThatSomebodyFlushedAreBackWithinTenSeconds() {
    translator.listeners(List.of(API));
    translator.arriving(Set.of(VIP));
    translator.tend(0);
    kernel.news();
    kernel.there = false;
    assertThat(translator.tend(9 * SECOND)).isFalse();
    assertThat(translator.tend(10 * SECOND)).isTrue();
    assertThat(kernel.news()).containsExactly("apply [6443 to 10.0.0.50:16443]");
    assertThat(translator.tend(20 * SECOND)).isFalse();
    assertThat(kernel.news()).isEmpty();
  }

  @Test
  void leftOverThatCouldNotBeRemovedIsTriedAgainInSilence() {
    kernel.fault = "nf_tables does not answer";
    translator.tend(0);
    translator.tend(10 * SECOND);
    assertThat(translator.problem()).isNull();
    kernel.fault = null;
    translator.tend(20 * SECOND);
    translator.tend(30 * SECOND);
    assertThat(kernel.news()).containsExactly("clean", "clean", "clean");
  }
}
