package io.apiservervip.agent.preflight;

import io.apiservervip.agent.vrrp.Advertisement;
import io.apiservervip.agent.vrrp.Verdict;
import java.net.InetAddress;

/**
 * A VRRP advertisement that somebody sends on the segment.
 *
 * @param verdict what the virtual router of the manifest would make of it
 */
record HeardAdvert(InetAddress source, Advertisement advertisement, Verdict verdict) {}
