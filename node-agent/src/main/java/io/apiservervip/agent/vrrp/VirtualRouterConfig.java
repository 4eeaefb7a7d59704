package io.apiservervip.agent.vrrp;

/**
 * What the state machine of one virtual router needs to know; addresses, VRID and passwords are the
 * concern of those who build and check packets.
 *
 * @param startupDelayNanos no take-over for so long after the first listening
 */
public record VirtualRouterConfig(
    Version version,
    AdvertisementInterval interval,
    Standing standing,
    long startupDelayNanos,
    Announcements announcements) {}
