package io.apiservervip.api.v1alpha1;

import java.time.Duration;

/** Gratuitous ARP, and unsolicited neighbour advertisements for IPv6. */
public record GratuitousArpSpec(int count, Duration refresh) {}
