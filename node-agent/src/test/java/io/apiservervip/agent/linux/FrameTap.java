package io.apiservervip.agent.linux;

import io.apiservervip.agent.router.OperatingException;
import java.util.HexFormat;

/** A packet socket that sees every frame of one Ethertype on an interface. */
final class FrameTap implements AutoCloseable {
  private static final int SOCK_RAW = 3;

  private final Kernel kernel;
  private final Descriptor descriptor;
  private final NativeMemory frame;

  private FrameTap(Kernel kernel, Descriptor descriptor) {
    this.kernel = kernel;
    this.descriptor = descriptor;
    this.frame = NativeMemory.allocate(kernel, 2048);
  }

  static FrameTap open(int etherType, int interfaceIndex) throws OperatingException {
    Kernel kernel = Kernel.load();
    Descriptor descriptor =
        Descriptor.socket(kernel, SocketAddressCodec.AF_PACKET, SOCK_RAW, 0, "socket", "of a tap");
    descriptor.option(SocketOption.SO_RCVTIMEO, SocketAddressCodec.seconds(1));
    descriptor.bind(SocketAddressCodec.packet(etherType, interfaceIndex), "tap");
    return new FrameTap(kernel, descriptor);
  }

  /** The next frame in hexadecimal, empty when there is none within a second. */
  String next() {
    long length = kernel.libc().read(descriptor.number(), frame.address, 2048);
    byte[] bytes = new byte[(int) Math.max(0, length)];
    frame.bytes.get(0, bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Waits for a frame of this length, since the segment carries others. */
  String next(int length) {
    String next = next();
    for (int i = 0; i < 20 && !next.isEmpty() && next.length() != 2 * length; i++) {
      next = next();
    }
    return next;
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
