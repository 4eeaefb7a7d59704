package io.apiservervip.agent.proxy;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a session: bytes from a wire to another. What the sink does not take is put
 * aside, at most one read of it, and nothing more is read until it is gone: that is the
 * back-pressure. Steady full reads turn it to a pipe (splice(2)) while one is free. Owned by its
 * event loop.
 */
final class Flow {
  /** How a turn of moving ended. */
  enum Outcome {
    /** Nothing to read, or no room to write: an event goes on. */
    WAITING,
    /** There was more than one turn may take: to be continued soon. */
    YIELDED,
    /** The source has ended, all of its bytes and the end were passed on. */
    ENDED,
    SOURCE_BROKEN,
    SINK_BROKEN
  }

  private static final int TURNS = 16;
  private static final int FULL_READS = 3;
  private static final int FULL = 64 << 10;
  private static final int SPARSE = 16 << 10;

  private final Wire from;
  private final Wire to;
  private byte @Nullable [] aside;
  private int asideOffset;
  private @Nullable Pipe pipe;
  private int fullReads;
  private boolean ended;
  private boolean endSent;
  private boolean last;
  private long moved;

  Flow(Wire from, Wire to) {
    this.from = from;
    this.to = to;
  }

  /** Bytes that the sink has taken since the last call. */
  long takeMoved() {
    long count = moved;
    moved = 0;
    return count;
  }

  /** Bytes that go before whatever the source brings. */
  void first(byte[] bytes, FlowPlace place) {
    aside = bytes;
    asideOffset = 0;
    place.aside().add(bytes.length);
  }

  /**
   * Passes bytes on that were read into the scratch buffer; nothing may be held yet.
   *
   * @return null where the sink lives
   */
  @Nullable Outcome pass(FlowPlace place, int offset, int length) {
    try {
      int taken = to.writable() ? to.write(place.scratch(), offset, length) : 0;
      moved += taken;
      if (taken < length) {
        aside = place.scratch().copy(offset + taken, length - taken);
        asideOffset = 0;
        place.aside().add(length - taken);
      }
      return null;
    } catch (IOException e) {
      return Outcome.SINK_BROKEN;
    }
  }

  /** The source has ended already. */
  void sourceEnded() {
    ended = true;
  }

  /**
   * The other direction has ended: the sink is closed once this one has too, which sends FIN as
   * well.
   */
  void last() {
    last = true;
  }

  /** Moves what can be moved now. */
  Outcome move(FlowPlace place) {
    for (int turn = 0; turn < TURNS; turn++) {
      Outcome outcome = step(place);
      if (outcome != null) {
        return outcome;
      }
    }
    return Outcome.YIELDED;
  }

  /** Gives up what it holds. */
  void release(FlowPlace place) {
    if (aside != null) {
      place.aside().add(asideOffset - aside.length);
      aside = null;
    }
    releasePipe(place);
  }

  /** Null: go on. */
  private @Nullable Outcome step(FlowPlace place) {
    if (endSent) {
      return Outcome.ENDED;
    }
    if (!to.writable()) {
      return Outcome.WAITING;
    }
    if (aside != null) {
      return writeAside(aside, place);
    }
    if (pipe != null && pipe.held() > 0) {
      return drain(pipe);
    }
    if (ended) {
      return endSink();
    }
    if (!from.readable()) {
      releasePipe(place);
      return Outcome.WAITING;
    }
    try {
      return spliced(place) ? null : copy(place);
    } catch (IOException e) {
      return Outcome.SOURCE_BROKEN;
    }
  }

  private @Nullable Outcome writeAside(byte[] bytes, FlowPlace place) {
    int length = place.scratch().fill(bytes, asideOffset, bytes.length - asideOffset);
    int taken;
    try {
      taken = to.write(place.scratch(), 0, length);
    } catch (IOException e) {
      return Outcome.SINK_BROKEN;
    }
    asideOffset += taken;
    moved += taken;
    place.aside().add(-taken);
    if (asideOffset == bytes.length) {
      aside = null;
    }
    return taken < length ? Outcome.WAITING : null;
  }

  private @Nullable Outcome drain(Pipe held) {
    try {
      int taken = held.drain(to);
      moved += taken;
      if (taken == 0) {
        to.full();
      }
      return null;
    } catch (IOException e) {
      return Outcome.SINK_BROKEN;
    }
  }

  private Outcome endSink() {
    try {
      if (!last) {
        to.endOutput();
      }
      endSent = true;
      return Outcome.ENDED;
    } catch (IOException e) {
      return Outcome.SINK_BROKEN;
    }
  }

  /**
   * Whether a pipe took bytes of the source. A reset that it meets is told here or never: the
   * kernel reports the error of a socket once (SO_ERROR in socket(7)), the read that follows finds
   * an end.
   */
  private boolean spliced(FlowPlace place) throws IOException {
    if (fullReads < FULL_READS) {
      return false;
    }
    if (pipe == null) {
      pipe = place.takePipe();
      if (pipe == null) {
        fullReads = 0;
        return false;
      }
    }
    int count = pipe.fill(from);
    if (count > 0) {
      fullReads = count < SPARSE ? fullReads - 1 : FULL_READS;
      return true;
    }
    // Nothing there, or the end: the read that follows tells which.
    releasePipe(place);
    return false;
  }

  private @Nullable Outcome copy(FlowPlace place) throws IOException {
    Scratch scratch = place.scratch();
    int count = from.read(scratch, place.aside().readSize());
    if (count <= 0) {
      ended = count < 0;
      return null;
    }
    fullReads = count >= FULL ? fullReads + 1 : 0;
    return pass(place, 0, count);
  }

  private void releasePipe(FlowPlace place) {
    if (pipe != null) {
      place.givePipe(pipe);
      pipe = null;
    }
  }
}
