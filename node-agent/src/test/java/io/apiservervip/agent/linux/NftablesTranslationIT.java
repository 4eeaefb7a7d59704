package io.apiservervip.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.proxy.TranslationRule;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What lacks is named; needs root and a kernel with nf_tables. */
@Tag("netns")
class NftablesTranslationIT {
  private static final int CAP_NET_ADMIN = 12;
  private static final List<TranslationRule> RULES =
      List.of(new TranslationRule(InetAddress.ofLiteral("10.99.0.50"), 6443, 16443));

  private static NftablesTranslation withLibrary(String library) {
    return NftablesTranslation.with("control-plane", library);
  }

  @Test
  void missingCapabilityIsNamedAndNoLibraryLoaded() throws Exception {
    try (Namespaces namespaces = new Namespaces("lt")) {
      Namespaces.inside(
          namespaces.a(),
          () -> {
            Namespaces.giveUpCapabilities();
            NftablesTranslation translation = withLibrary("libabsent.so.1");
            assertThat(translation.apply(RULES))
                .isEqualTo("nf_tables is not permitted: grant the capability CAP_NET_ADMIN");
            assertThat(translation.intact()).isFalse();
            translation.close();
            return true;
          });
    }
  }

  @Test
  void missingLibraryIsNamedButNotMissedWhereThereIsNothingToDo() throws Exception {
    try (Namespaces namespaces = new Namespaces("lt")) {
      Namespaces.inside(
          namespaces.a(),
          () -> {
            NftablesTranslation translation = withLibrary("libabsent.so.1");
            assertThat(translation.clean()).isNull();
            assertThat(translation.apply(RULES))
                .isEqualTo(
                    "libabsent.so.1 cannot be loaded: install libnftables1 (Debian) or nftables");
            translation.close();
            return true;
          });
    }
  }

  @Test
  void oneCapabilityIsEnough() throws Exception {
    try (Namespaces namespaces = new Namespaces("lt")) {
      Namespaces.inside(
          namespaces.a(),
          () -> {
            Namespaces.keepCapability(CAP_NET_ADMIN);
            NftablesTranslation translation = withLibrary(NftablesProgram.LIBRARY);
            assertThat(translation.apply(RULES)).isNull();
            assertThat(translation.intact()).isTrue();
            translation.close();
            assertThat(translation.intact()).isFalse();
            return true;
          });
    }
  }

  @Test
  void scriptThatIsRefusedIsAcomplaintInOneLine() throws Exception {
    try (Namespaces namespaces = new Namespaces("lt")) {
      String complaint =
          Namespaces.inside(
              namespaces.a(),
              () ->
                  String.valueOf(
                      new NftablesProgram(NftablesProgram.LIBRARY)
                          .run("add rule inet absent input accept")));
      assertThat(complaint)
          .startsWith("nft: ")
          .contains("No such file or directory: the kernel lacks a module")
          .hasLineCount(1);
    }
  }
}
