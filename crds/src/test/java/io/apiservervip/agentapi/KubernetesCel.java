package io.apiservervip.agentapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.net.InetAddresses;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CEL with the IP and CIDR functions of Kubernetes 1.30, written here on Guava's parser so that the
 * reader is not compared with itself.
 */
final class KubernetesCel {
  private static final CelType IP = OpaqueType.create("net.IP");
  private static final CelType CIDR = OpaqueType.create("net.CIDR");

  /** Value of the CEL type net.CIDR. */
  record Cidr(InetAddress ip, int prefixLength) {
    Cidr masked() {
      byte[] bytes = ip.getAddress();
      BigInteger mask =
          BigInteger.ONE
              .shiftLeft(8 * bytes.length)
              .subtract(BigInteger.ONE.shiftLeft(8 * bytes.length - prefixLength));
      BigInteger network = new BigInteger(1, bytes).and(mask);
      InetAddress masked =
          bytes.length == 4
              ? InetAddresses.fromIPv4BigInteger(network)
              : InetAddresses.fromIPv6BigInteger(network);
      return new Cidr(masked, prefixLength);
    }
  }

  private final Cel cel;

  KubernetesCel() {
    cel =
        CelFactory.standardCelBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("self", SimpleType.DYN)
            .addFunctionDeclarations(
                function("isIP", global("is_ip", SimpleType.BOOL, SimpleType.STRING)),
                function("isCIDR", global("is_cidr", SimpleType.BOOL, SimpleType.STRING)),
                function("ip", global("ip", IP, SimpleType.STRING), member("cidr_ip", IP, CIDR)),
                function("cidr", global("cidr", CIDR, SimpleType.STRING)),
                function("family", member("ip_family", SimpleType.INT, IP)),
                function("isLoopback", member("ip_loopback", SimpleType.BOOL, IP)),
                function("isGlobalUnicast", member("ip_global", SimpleType.BOOL, IP)),
                function("isLinkLocalUnicast", member("ip_link_local", SimpleType.BOOL, IP)),
                function("masked", member("cidr_masked", CIDR, CIDR)),
                function("prefixLength", member("cidr_length", SimpleType.INT, CIDR)))
            .addFunctionBindings(
                CelFunctionBinding.from("is_ip", String.class, KubernetesCel::isIp),
                CelFunctionBinding.from("is_cidr", String.class, KubernetesCel::isCidr),
                CelFunctionBinding.from("ip", String.class, KubernetesCel::ip),
                CelFunctionBinding.from("cidr", String.class, KubernetesCel::cidr),
                CelFunctionBinding.from("cidr_ip", Cidr.class, Cidr::ip),
                CelFunctionBinding.from("cidr_masked", Cidr.class, Cidr::masked),
                CelFunctionBinding.from("cidr_length", Cidr.class, c -> (long) c.prefixLength()),
                CelFunctionBinding.from(
                    "ip_family", InetAddress.class, a -> a instanceof Inet4Address ? 4L : 6L),
                CelFunctionBinding.from(
                    "ip_loopback", InetAddress.class, InetAddress::isLoopbackAddress),
                CelFunctionBinding.from(
                    "ip_link_local", InetAddress.class, InetAddress::isLinkLocalAddress),
                CelFunctionBinding.from("ip_global", InetAddress.class, KubernetesCel::global))
            .build();
  }

  /** A rule, compiled. */
  CelRuntime.Program compile(String rule) {
    try {
      return cel.createProgram(cel.compile(rule).getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new AssertionError(rule, e);
    }
  }

  static boolean holds(CelRuntime.Program program, JsonNode self) {
    try {
      return (Boolean) program.eval(Map.of("self", value(self)));
    } catch (CelEvaluationException e) {
      throw new AssertionError(self.toString(), e);
    }
  }

  private static Object value(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      node.properties().forEach(e -> map.put(e.getKey(), value(e.getValue())));
      return map;
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(item -> list.add(value(item)));
      return list;
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    return node.isTextual() ? node.textValue() : (Object) node.longValue();
  }

  private static boolean isIp(String text) {
    return !text.contains("%")
        && InetAddresses.isInetAddress(text)
        && text.contains(":") != (InetAddresses.forString(text) instanceof Inet4Address);
  }

  private static boolean isCidr(String text) {
    String[] parts = text.split("/", -1);
    return parts.length == 2
        && isIp(parts[0])
        && parts[1].matches("0|[1-9][0-9]{0,2}")
        && Integer.parseInt(parts[1]) <= 8 * ip(parts[0]).getAddress().length;
  }

  private static InetAddress ip(String text) {
    if (!isIp(text)) {
      throw new IllegalArgumentException(text);
    }
    return InetAddresses.forString(text);
  }

  private static Cidr cidr(String text) {
    if (!isCidr(text)) {
      throw new IllegalArgumentException(text);
    }
    String[] parts = text.split("/", -1);
    return new Cidr(ip(parts[0]), Integer.parseInt(parts[1]));
  }

  private static boolean global(InetAddress a) {
    return !a.isAnyLocalAddress()
        && !a.isLoopbackAddress()
        && !a.isMulticastAddress()
        && !a.isLinkLocalAddress()
        && !a.equals(InetAddresses.forString("255.255.255.255"));
  }

  private static CelFunctionDecl function(String name, CelOverloadDecl... overloads) {
    return CelFunctionDecl.newFunctionDeclaration(name, overloads);
  }

  private static CelOverloadDecl global(String id, CelType result, CelType argument) {
    return CelOverloadDecl.newGlobalOverload(id, result, argument);
  }

  private static CelOverloadDecl member(String id, CelType result, CelType receiver) {
    return CelOverloadDecl.newMemberOverload(id, result, receiver);
  }
}
