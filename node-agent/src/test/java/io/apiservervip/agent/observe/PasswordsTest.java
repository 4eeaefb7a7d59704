package io.apiservervip.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
  private final Passwords passwords =
      Passwords.parse("# who may read\n\nada:secret:with colons\nzoë:pässword\r\n");

  @ParameterizedTest
  @ValueSource(strings = {"ada:secret:with colons", "zoë:pässword"})
  void userWithThePasswordIsKnown(String credentials) {
    assertThat(passwords.know("Basic " + base64(credentials))).isTrue();
    assertThat(passwords.know("bAsIc  " + base64(credentials))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada:",
        "ada:secret",
        "ada:secret:with colons ",
        "zoë:secret:with colons",
        ":",
        ""
      })
  void anybodyElseIsNot(String credentials) {
    assertThat(passwords.know("Basic " + base64(credentials))).isFalse();
  }

  @Test
  void headerThatIsNoBasicAuthenticationIsNobody() {
    assertThat(passwords.know(null)).isFalse();
    assertThat(passwords.know("")).isFalse();
    assertThat(passwords.know("Basic")).isFalse();
    assertThat(passwords.know("Basic %%%")).isFalse();
    assertThat(passwords.know("Bearer " + base64("ada:secret:with colons"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | no user",
        "# only a comment | no user",
        "ada | line 1 is not user:password",
        ":secret | line 1 is not user:password",
        "ada: | line 1 is not user:password"
      })
  void badFileIsAPhraseThatNamesTheLine(String text, String phrase) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Passwords.parse(text))
        .withMessage(phrase);
  }

  @Test
  void controlCharactersAndTooManyUsersAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Passwords.parse("ada:b\nada:\tc"))
        .withMessage("line 2 has a control character");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Passwords.parse("ada:b\n".repeat(65)))
        .withMessage("more than 64 users");
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
