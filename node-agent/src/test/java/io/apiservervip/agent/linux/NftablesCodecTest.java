package io.apiservervip.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.apiservervip.agent.proxy.TranslationRule;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class NftablesCodecTest {
  private static final List<TranslationRule> RULES =
      List.of(
          new TranslationRule(InetAddress.ofLiteral("10.99.0.50"), 6443, 16443),
          new TranslationRule(InetAddress.ofLiteral("fd99::50"), 9345, 19345));

  private static final String BOTH_CHAINS =
      """
      add rule inet apiservervip_cp-1 prerouting ip daddr 10.99.0.50 tcp dport 6443 \
      fib daddr type local dnat ip to 10.99.0.50:16443
      add rule inet apiservervip_cp-1 prerouting ip6 daddr fd99:0:0:0:0:0:0:50 tcp dport 9345 \
      fib daddr type local dnat ip6 to [fd99:0:0:0:0:0:0:50]:19345
      add rule inet apiservervip_cp-1 output ip daddr 10.99.0.50 tcp dport 6443 \
      fib daddr type local dnat ip to 10.99.0.50:16443
      add rule inet apiservervip_cp-1 output ip6 daddr fd99:0:0:0:0:0:0:50 tcp dport 9345 \
      fib daddr type local dnat ip6 to [fd99:0:0:0:0:0:0:50]:19345
      """;

  @Test
  void tableIsMadeAnewWithOurMarkAndTheRulesInBothChains() {
    assertThat(NftablesCodec.create("cp-1", RULES))
        .isEqualTo(
            """
            add table inet apiservervip_cp-1
            delete table inet apiservervip_cp-1
            add table inet apiservervip_cp-1 \
            { comment "kept by the node-agent of ApiServerVip cp-1" ; }
            add chain inet apiservervip_cp-1 prerouting \
            { type nat hook prerouting priority -110 ; policy accept ; }
            add chain inet apiservervip_cp-1 output \
            { type nat hook output priority -110 ; policy accept ; }
            add chain inet apiservervip_cp-1 tracking
            add rule inet apiservervip_cp-1 tracking ct status dnat accept
            """
                + BOTH_CHAINS);
  }

  @Test
  void rulesAreReplacedByFlushingTheChainsAndNotTheTable() {
    assertThat(NftablesCodec.replace("cp-1", RULES))
        .isEqualTo(
            """
            flush chain inet apiservervip_cp-1 prerouting
            flush chain inet apiservervip_cp-1 output
            """
                + BOTH_CHAINS);
  }

  @Test
  void withoutRulesTheChainsAreFlushed() {
    assertThat(NftablesCodec.replace("cp-1", List.of()))
        .isEqualTo(
            """
            flush chain inet apiservervip_cp-1 prerouting
            flush chain inet apiservervip_cp-1 output
            """);
  }

  @Test
  void tableIsRemovedWhetherItIsThereOrNot() {
    assertThat(NftablesCodec.remove("cp-1"))
        .isEqualTo(
            """
            add table inet apiservervip_cp-1
            delete table inet apiservervip_cp-1
            """);
  }

  @Test
  void lookUpIsOneAcknowledgedGetTable() {
    ByteBuffer request = NftablesCodec.lookUp("cp-1", 7);
    byte[] bytes = new byte[request.remaining()];
    request.get(0, bytes);
    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "2c000000010a05000700000000000000"
                + "01000000"
                + "16000100"
                + "61706973657276657276697"
                + "05f63702d31000000");
  }

  @Test
  void longestNameFits() {
    assertThat(NftablesCodec.lookUp("a".repeat(40), 1).remaining()).isEqualTo(80);
  }

  @Test
  void nameThatNobodyMayHaveIsRefused() {
    for (String name : List.of("", "A", "a b", "a;flush ruleset", "a".repeat(41))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> NftablesTranslation.of(name))
          .withMessageContaining("not the name of an ApiServerVip");
    }
  }

  @Test
  void firstLineOfAComplaintIsKeptWithARemedy() {
    assertThat(
            NftablesProgram.complaint(
                "<cmd>:1:1-3: Error: Could not process rule: No such file or directory\nadd rule"))
        .isEqualTo(
            "nft: <cmd>:1:1-3: Error: Could not process rule: No such file or directory:"
                + " the kernel lacks a module, load nft_chain_nat, nft_nat and nft_fib_inet");
    assertThat(NftablesProgram.complaint("")).isEqualTo("nft: failed without a word");
  }
}
