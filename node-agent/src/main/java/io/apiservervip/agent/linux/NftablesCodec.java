package io.apiservervip.agent.linux;

import io.apiservervip.agent.proxy.TranslationRule;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes what nf_tables is told about one ApiServerVip: nft(8) scripts, and the netlink request
 * that asks for its table.
 *
 * <p>Destination translation and never {@code redirect}, which takes the first address of the
 * interface that a packet came in by and drops what comes in by one without any, as a pod's often
 * is. {@code fib daddr type local} makes a rule inert as soon as the kernel drops the address. The
 * chain {@code tracking} is never run: its rule keeps connection tracking on, which the kernel
 * otherwise ends with the last rule that needs it, and live sessions with it.
 *
 * <pre>
 * nlmsghdr  length:32 type:16 flags:16 sequence:32 port:32
 * nfgenmsg  family:8 version:8 resource:16
 * nlattr    length:16 type:16 value, padded to 4
 * </pre>
 */
final class NftablesCodec {
  /** Ahead of kube-proxy's and the CNI's port maps, which translate at -100. */
  private static final int HOOK_PRIORITY = -110;

  private static final List<String> CHAINS = List.of("prerouting", "output");
  private static final int NFT_MSG_GETTABLE = 10 << 8 | 1;
  private static final int NLM_F_REQUEST = 1;
  private static final int NLM_F_ACK = 4;
  private static final int NFPROTO_INET = 1;
  private static final int NFTA_TABLE_NAME = 1;

  private NftablesCodec() {}

  /**
   * The table of an ApiServerVip. Its name has at most 40 characters, {@code a} to {@code z},
   * digits and hyphens, so that the table's is legal as it stands and distinct.
   */
  static String table(String vip) {
    if (!vip.matches("[a-z0-9-]{1,40}")) {
      throw new IllegalArgumentException("not the name of an ApiServerVip: " + vip);
    }
    return "apiservervip_" + vip;
  }

  /** Makes the table anew with these rules, whatever it was before. */
  static String create(String vip, List<TranslationRule> rules) {
    String table = "table inet " + table(vip);
    StringBuilder script = new StringBuilder(512).append(remove(vip));
    script.append("add ").append(table);
    script.append(" { comment \"kept by the node-agent of ApiServerVip ").append(vip);
    script.append("\" ; }\n");
    for (String chain : CHAINS) {
      script.append("add chain inet ").append(table(vip)).append(' ').append(chain);
      script.append(" { type nat hook ").append(chain).append(" priority ").append(HOOK_PRIORITY);
      script.append(" ; policy accept ; }\n");
    }
    script.append("add chain inet ").append(table(vip)).append(" tracking\n");
    script.append("add rule inet ").append(table(vip)).append(" tracking ct status dnat accept\n");
    return appendRules(script, vip, rules).toString();
  }

  /** Replaces the rules of a table that is there; live sessions stay translated. */
  static String replace(String vip, List<TranslationRule> rules) {
    StringBuilder script = new StringBuilder(512);
    for (String chain : CHAINS) {
      script.append("flush chain inet ").append(table(vip)).append(' ').append(chain).append('\n');
    }
    return appendRules(script, vip, rules).toString();
  }

  /** Removes the table whether it is there or not. */
  static String remove(String vip) {
    String table = "table inet " + table(vip) + "\n";
    return "add " + table + "delete " + table;
  }

  private static StringBuilder appendRules(
      StringBuilder script, String vip, List<TranslationRule> rules) {
    for (String chain : CHAINS) {
      for (TranslationRule rule : rules) {
        String family = rule.virtual() instanceof Inet6Address ? "ip6" : "ip";
        script.append("add rule inet ").append(table(vip)).append(' ').append(chain);
        script.append(' ').append(family).append(" daddr ");
        script.append(rule.virtual().getHostAddress()).append(" tcp dport ").append(rule.port());
        script.append(" fib daddr type local dnat ").append(family).append(" to ");
        script.append(rule.target()).append('\n');
      }
    }
    return script;
  }

  /** Asks whether the table is there: acknowledged, or ENOENT. */
  static ByteBuffer lookUp(String vip, int sequence) {
    byte[] name = (table(vip) + '\0').getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out = ByteBuffer.allocate(128).order(ByteOrder.nativeOrder());
    out.putInt(0).putShort((short) NFT_MSG_GETTABLE).putShort((short) (NLM_F_REQUEST | NLM_F_ACK));
    out.putInt(sequence).putInt(0);
    out.put((byte) NFPROTO_INET).put((byte) 0).putShort((short) 0);
    out.putShort((short) (4 + name.length)).putShort((short) NFTA_TABLE_NAME).put(name);
    out.put(new byte[-name.length & 3]);
    return out.putInt(0, out.position()).flip();
  }
}
