package io.apiservervip.e2e.probe;

import java.security.Key;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;

/** Keys and certificates as text (RFC 7468). */
public final class Pem {
  private static final int LINE = 64;

  private Pem() {}

  static String certificate(Certificate certificate) throws CertificateEncodingException {
    return text("CERTIFICATE", certificate.getEncoded());
  }

  /** PKCS #8. */
  public static String privateKey(Key key) {
    return text("PRIVATE KEY", key.getEncoded());
  }

  private static String text(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
