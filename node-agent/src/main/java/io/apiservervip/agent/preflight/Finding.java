package io.apiservervip.agent.preflight;

/**
 * What one check found: a line of the table.
 *
 * @param check what was checked
 * @param seen what was seen, a phrase
 * @param remedy what to do; empty where it is ok
 */
public record Finding(String check, Result result, String seen, String remedy) {

  static Finding ok(String check, String seen) {
    return new Finding(check, Result.OK, seen, "");
  }

  static Finding warn(String check, String seen, String remedy) {
    return new Finding(check, Result.WARN, seen, remedy);
  }

  static Finding fail(String check, String seen, String remedy) {
    return new Finding(check, Result.FAIL, seen, remedy);
  }

  static Finding notChecked(String check, String seen, String remedy) {
    return new Finding(check, Result.NOT_CHECKED, seen, remedy);
  }
}
