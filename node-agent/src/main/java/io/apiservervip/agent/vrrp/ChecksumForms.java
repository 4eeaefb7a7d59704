package io.apiservervip.agent.vrrp;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which checksum form each sender uses, for the 64 heard last. A sender whose form is not ours
 * probably rejects what we send, and then both are Active. One loop thread owns it.
 */
public final class ChecksumForms {
  private static final int MAX_SENDERS = 64;

  private final ChecksumForm sent;
  private final Map<InetAddress, ChecksumForm> forms = new BySender();

  public ChecksumForms(Version version) {
    this.sent =
        switch (version) {
          case V2 -> ChecksumForm.MESSAGE_ONLY;
          case V3 -> ChecksumForm.PSEUDO_HEADER;
        };
  }

  /**
   * Remembers the form of an admitted advertisement.
   *
   * @return true when this is news and the form is not the one that we send
   */
  public boolean heard(InetAddress sender, ChecksumForm form) {
    return forms.put(sender, form) != form && form != sent;
  }

  /** A copy: the senders whose form is not the one that we send. */
  public Map<InetAddress, ChecksumForm> differing() {
    Map<InetAddress, ChecksumForm> differing = new LinkedHashMap<>(forms);
    differing.values().removeIf(form -> form == sent);
    return differing;
  }

  private static final class BySender extends LinkedHashMap<InetAddress, ChecksumForm> {
    private static final long serialVersionUID = 1L;

    BySender() {
      super(MAX_SENDERS * 2, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<InetAddress, ChecksumForm> eldest) {
      return size() > MAX_SENDERS;
    }
  }
}
