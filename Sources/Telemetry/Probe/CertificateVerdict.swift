package import Fleet

/// Why a browser refuses a certificate, in a sentence.
package enum CertificateVerdict {
  /// - Parameters:
  ///   - isRefused: whether curl refused it.
  ///   - verification: OpenSSL's number for the reason: `X509_V_ERR_…` in openssl/x509_vfy.h.
  ///   - error: curl's words for it.
  /// - Returns: `nil` where a browser would take it.
  package static func problem(
    _ certificate: CertificateText, of domain: String, isRefused: Bool, verification: Int, error: String, at now: Moment
  ) -> String? {
    if certificate.notAfter <= now { return "the certificate expired on \(day(certificate.notAfter))" }
    if certificate.notBefore > now { return "the certificate is not valid before \(day(certificate.notBefore))" }
    if isRefused, let reason = reason(verification) { return reason }
    // Curl looks at the names, too; but it takes a certificate without any for its subject, and browsers don't.
    if isRefused || certificate.names.isEmpty, !certificate.names.contains(where: { matches($0, domain) }) {
      return "the certificate is for \(list(certificate.names)), not for \(domain)"
    }
    guard isRefused else { return nil }
    return "the certificate is refused" + (error.isEmpty ? "" : ": \(error)")
  }

  /// Whether a name of a certificate stands for the domain: a `*` stands for exactly one whole label, the first
  /// (RFC 6125, 6.4.3).
  package static func matches(_ name: String, _ domain: String) -> Bool {
    let (name, domain) = (name.lowercased(), domain.lowercased())
    guard name.hasPrefix("*.") else { return name == domain && !name.isEmpty }
    let parent = name.dropFirst(2)
    guard parent.contains("."), !parent.contains("*"), let dot = domain.firstIndex(of: "."), dot > domain.startIndex
    else { return false }
    return domain[domain.index(after: dot)...] == parent
  }

  private static func reason(_ verification: Int) -> String? {
    switch verification {
    case 9: "a certificate above this one is not valid yet"
    case 10: "a certificate above this one has expired"
    case 18: "the certificate is self-signed: no authority vouches for it"
    case 19: "the authority that signed the certificate is not known to this machine"
    case 2, 20, 21, 27:
      "no authority that this machine knows signed the certificate; a certificate in between may be missing"
    case 23: "the certificate was revoked"
    case 26: "the certificate is not made for servers"
    case 66, 67, 68: "the certificate's key or signature is too weak"
    default: nil
    }
  }

  private static func list(_ names: [String]) -> String {
    guard !names.isEmpty else { return "no domain" }
    let more = names.count > 3 ? " and \(names.count - 3) more" : ""
    return names.prefix(3).joined(separator: ", ") + more
  }

  private static func day(_ moment: Moment) -> String { String(Calendar.stamp(moment).prefix(10)) }
}
