package io.apiservervip.agent.linux;

import io.apiservervip.agent.proxy.Translation;
import io.apiservervip.agent.proxy.TranslationRule;
import io.apiservervip.agent.router.OperatingException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Translation by one nf_tables table of the calling thread's network namespace. The kernel is asked
 * by netlink first: so libnftables, which ends the process where it gets no socket, is loaded only
 * where it can work, and not at all where there is nothing to do.
 */
public final class NftablesTranslation implements Translation {
  private static final int TIMEOUT_SECONDS = 5;

  private final String vip;
  private final NftablesProgram program;
  private @Nullable NetlinkSocket socket;
  private int sequence;

  /** Whether the table was made by this object, and so has the chains that are expected. */
  private boolean made;

  private NftablesTranslation(String vip, NftablesProgram program) {
    this.vip = vip;
    this.program = program;
  }

  /**
   * For the ApiServerVip of this name.
   *
   * @throws IllegalArgumentException if it cannot be the name of one
   */
  public static NftablesTranslation of(String vip) {
    NftablesCodec.table(vip);
    return new NftablesTranslation(vip, new NftablesProgram(NftablesProgram.LIBRARY));
  }

  /** For tests: as if the library had another name. */
  static NftablesTranslation with(String vip, String library) {
    return new NftablesTranslation(vip, new NftablesProgram(library));
  }

  /**
   * Makes and removes in one transaction a table with these rules, which no packet ever meets; for
   * a name under which no agent runs.
   *
   * @return null, or what lacks and the remedy
   */
  public synchronized @Nullable String rehearse(List<TranslationRule> rules) {
    int errno = lookUp();
    return Errno.ENOENT.is(errno)
        ? program.run(NftablesCodec.create(vip, rules) + NftablesCodec.remove(vip))
        : errno == 0 ? "the table of " + vip + " is there already" : refusal(errno);
  }

  @Override
  public synchronized @Nullable String clean() {
    return remove();
  }

  @Override
  public synchronized @Nullable String apply(List<TranslationRule> rules) {
    int errno = lookUp();
    String problem = refusal(errno);
    if (problem == null) {
      made &= errno == 0;
      String script = made ? NftablesCodec.replace(vip, rules) : NftablesCodec.create(vip, rules);
      problem = program.run(script);
      made |= problem == null;
    }
    return problem;
  }

  @Override
  public synchronized boolean intact() {
    return made && lookUp() == 0;
  }

  @Override
  public synchronized void close() {
    remove();
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }

  private @Nullable String remove() {
    int errno = lookUp();
    made = false;
    return errno == 0 ? program.run(NftablesCodec.remove(vip)) : refusal(errno);
  }

  /** 0 if the table is there, ENOENT if it is not, or the errno that says what lacks. */
  private int lookUp() {
    try {
      NetlinkSocket open = socket;
      if (open == null) {
        open = NetlinkSocket.requesting(Kernel.load(), NetlinkProtocol.NETFILTER, TIMEOUT_SECONDS);
        socket = open;
      }
      return open.ask(NftablesCodec.lookUp(vip, ++sequence), sequence);
    } catch (OperatingException e) {
      return e.errno();
    }
  }

  private static @Nullable String refusal(int errno) {
    if (errno == 0 || Errno.ENOENT.is(errno)) {
      return null;
    }
    if (Errno.EPERM.is(errno)) {
      return "nf_tables is not permitted: grant the capability CAP_NET_ADMIN";
    }
    boolean absent =
        Errno.EINVAL.is(errno) || Errno.EPROTONOSUPPORT.is(errno) || Errno.EOPNOTSUPP.is(errno);
    return absent
        ? "the kernel has no nf_tables: load the module nf_tables"
        : "nf_tables does not answer: " + Errno.text(errno) + " (errno " + errno + ")";
  }
}
