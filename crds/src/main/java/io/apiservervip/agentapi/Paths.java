package io.apiservervip.agentapi;

/** Paths of fields as messages write them: {@code spec.members[0].node}. */
final class Paths {
  private Paths() {}

  static String child(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
