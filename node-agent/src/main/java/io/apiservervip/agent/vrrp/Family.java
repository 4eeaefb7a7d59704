package io.apiservervip.agent.vrrp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Address family of a virtual router; each has its own multicast group (RFC 9568 §5.1). */
public enum Family {
  IPV4(4, new byte[] {(byte) 224, 0, 0, 18}),
  IPV6(16, new byte[] {(byte) 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x12});

  private final int addressBytes;
  private final InetAddress multicastGroup;

  Family(int addressBytes, byte[] group) {
    this.addressBytes = addressBytes;
    try {
      this.multicastGroup = InetAddress.getByAddress(group);
    } catch (UnknownHostException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Family of an address. */
  public static Family of(InetAddress address) {
    return address instanceof Inet4Address ? IPV4 : IPV6;
  }

  /** Bytes of one address: 4 or 16. */
  public int addressBytes() {
    return addressBytes;
  }

  /** 224.0.0.18 or ff02::12. */
  public InetAddress multicastGroup() {
    return multicastGroup;
  }
}
