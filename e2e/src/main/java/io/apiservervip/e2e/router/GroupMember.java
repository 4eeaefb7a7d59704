package io.apiservervip.e2e.router;

import io.apiservervip.e2e.lab.Host;

/** A host's place in a group. */
public record GroupMember(Host host, int priority) {}
