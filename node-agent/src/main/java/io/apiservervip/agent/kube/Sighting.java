package io.apiservervip.agent.kube;

/** What a watch knows of the one object that it looks for. */
sealed interface Sighting {
  /** Nothing yet, and why. */
  record Unknown(String why) implements Sighting {}

  /** There is no such object. */
  record Absent() implements Sighting {}

  /** The object without the document's key. */
  record Empty() implements Sighting {}

  /** The document. */
  record Text(String text) implements Sighting {}
}
