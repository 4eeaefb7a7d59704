package io.apiservervip.e2e.probe;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Writes into the ledger how far a connection of a {@link TlsBackend} got. */
final class BackendWitness extends ChannelInboundHandlerAdapter {
  private final BackendLedger ledger;
  private boolean greeted;

  BackendWitness(BackendLedger ledger) {
    this.ledger = ledger;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    ledger.add(BackendLedger.Entry.ACCEPTED, 1);
    ledger.add(BackendLedger.Entry.OPEN, 1);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!greeted) {
      greeted = true;
      ledger.add(BackendLedger.Entry.GREETED, 1);
    }
    context.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ledger.add(BackendLedger.Entry.OPEN, -1);
    context.fireChannelInactive();
  }
}
