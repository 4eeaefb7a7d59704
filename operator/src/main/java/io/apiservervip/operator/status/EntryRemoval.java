package io.apiservervip.operator.status;

/**
 * An entry of status.nodes whose node belongs no longer: a JSON patch of {@code test} on the name
 * at this index, then {@code remove}.
 *
 * @param index in the status as it was read
 */
public record EntryRemoval(int index, String node) {}
