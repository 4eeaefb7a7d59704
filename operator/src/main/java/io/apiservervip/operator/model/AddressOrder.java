package io.apiservervip.operator.model;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;

/** The order in which addresses are listed everywhere: IPv4 first, then by value. */
final class AddressOrder {
  static final Comparator<InetAddress> BY_VALUE =
      Comparator.<InetAddress>comparingInt(address -> address.getAddress().length)
          .thenComparing(InetAddress::getAddress, Arrays::compareUnsigned);

  static final Comparator<ApiServer> BY_ADDRESS =
      Comparator.comparing(ApiServer::address, BY_VALUE).thenComparingInt(ApiServer::port);

  private AddressOrder() {}
}
