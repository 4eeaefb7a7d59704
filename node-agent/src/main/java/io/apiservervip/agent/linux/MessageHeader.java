package io.apiservervip.agent.linux;

import java.nio.ByteBuffer;

/**
 * The structure msghdr of recvmsg(2) and sendmsg(2) with its parts, in one block of native memory
 * that is reused for every call.
 *
 * <pre>
 *   0 msghdr:  name:ptr nameLength:32 pad:32 iov:ptr iovCount:64 control:ptr controlLength:64 flags:32
 *  56 iovec:   base:ptr length:64
 *  72 name:    sockaddr, 32 bytes
 * 104 control: 256 bytes
 * 360 data
 * </pre>
 */
final class MessageHeader {
  static final int CONTROL_CAPACITY = 256;
  private static final int IOVEC = 56;
  private static final int NAME = 72;
  private static final int NAME_CAPACITY = 32;
  private static final int CONTROL = 104;
  private static final int DATA = 360;

  private final NativeMemory memory;
  private final ByteBuffer name;
  private final ByteBuffer control;
  private final ByteBuffer data;

  MessageHeader(Kernel kernel, int dataCapacity) {
    memory = NativeMemory.allocate(kernel, DATA + dataCapacity);
    name = part(NAME, NAME_CAPACITY);
    control = part(CONTROL, CONTROL_CAPACITY);
    data = part(DATA, dataCapacity);
    memory.bytes.putLong(0, memory.address + NAME);
    memory.bytes.putLong(16, memory.address + IOVEC).putLong(24, 1);
    memory.bytes.putLong(IOVEC, memory.address + DATA);
  }

  private ByteBuffer part(int from, int length) {
    return memory.bytes.slice(from, length).order(memory.bytes.order());
  }

  /** Makes the whole of name, control and data available to the kernel. */
  void prepareReceive() {
    memory.bytes.putInt(8, NAME_CAPACITY);
    memory.bytes.putLong(32, memory.address + CONTROL).putLong(40, CONTROL_CAPACITY);
    memory.bytes.putInt(48, 0).putLong(IOVEC + 8, data.capacity());
    data.clear();
  }

  /** States how much of name, control and data is to be sent; 0 bytes of control are none. */
  void prepareSend(int nameLength, int controlLength, int dataLength) {
    memory.bytes.putInt(8, nameLength);
    memory.bytes.putLong(32, controlLength == 0 ? 0 : memory.address + CONTROL);
    memory.bytes.putLong(40, controlLength).putInt(48, 0).putLong(IOVEC + 8, dataLength);
  }

  long address() {
    return memory.address;
  }

  long nameAddress() {
    return memory.address + NAME;
  }

  long dataAddress() {
    return memory.address + DATA;
  }

  /** The peer's sockaddr. */
  ByteBuffer name() {
    return name;
  }

  /** The control messages. */
  ByteBuffer control() {
    return control;
  }

  /** How many bytes of control messages the kernel wrote. */
  int controlLength() {
    return (int) Math.min(memory.bytes.getLong(40), CONTROL_CAPACITY);
  }

  /** The payload. */
  ByteBuffer data() {
    return data;
  }
}
