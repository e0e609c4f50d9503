package import Fleet

/// What one look at a domain comes to, from what one or two `curl`s printed.
package enum ProbeVerdict {
  /// - Parameters:
  ///   - report: of the first look.
  ///   - errors: its standard error, which holds what `http://` answered.
  ///   - behind: of the second look, where the first one's certificate was refused.
  package static func reading(
    of target: ProbeTarget, _ report: CurlReport, errors: some Sequence<UInt8>, behind: CurlReport? = nil,
    at now: Moment
  ) -> ProbeReading {
    var reading = ProbeReading(domain: target.domain)
    guard !report.isTooOld else {
      reading.failure = tooOld
      reading.isOwnFailure = true
      return reading
    }
    let isRefused = report.exitCode == CurlReport.refusedCertificate
    let answer = isRefused ? behind ?? report : report
    reading.status = answer.status
    // A page that is too large, or is cut off, was answered all the same.
    if answer.status != nil {
      reading.timing = answer.timing
    } else {
      reading.failure = failure(answer)
      reading.isOwnFailure = [2, 4, 27, 77].contains(answer.exitCode)
    }
    if let certificate = answer.certificate {
      let problem = CertificateVerdict.problem(
        certificate, of: target.domain, isRefused: isRefused, verification: report.verification, error: report.error,
        at: now)
      // Those that count here first, so that none of them is left out.
      let names =
        certificate.names.filter { CertificateVerdict.matches($0, target.domain) }
        + certificate.names.filter { !CertificateVerdict.matches($0, target.domain) }
      reading.certificate = ProbeReading.Certificate(
        names: Array(names.prefix(mostNames)), issuer: certificate.issuer, notBefore: certificate.notBefore,
        notAfter: certificate.notAfter, problem: problem)
    }
    reading.redirectsToHTTPS = PlainReport.redirects(errors, isAnswering: answer.status != nil)
    return reading
  }

  /// A look that said nothing: curl could not be started, or was ended.
  package static func reading(of target: ProbeTarget, failure: String, isOwn: Bool) -> ProbeReading {
    var reading = ProbeReading(domain: target.domain)
    reading.failure = Clean.text(failure, limit: Bound.name)
    reading.isOwnFailure = isOwn
    return reading
  }

  private static let mostNames = 100

  package static let tooOld = "curl on this machine is too old to show certificates; vigie needs curl 7.88 or later"
  package static let missing = "curl is not installed on this machine; install it (apt install curl) to look at domains"

  /// By the exit codes of curl(1).
  private static func failure(_ report: CurlReport) -> String {
    let words = report.error.isEmpty ? "" : ": \(report.error)"
    switch report.exitCode {
    case 5: return "the name of the proxy leads nowhere\(words)"
    case 6: return "its name leads to no address, as far as this machine can tell"
    case 7: return "nothing answers at port 443"
    case 28:
      if report.connect == .zero { return "no connection within \(CurlCommand.longestConnecting) s" }
      if report.tls == .zero { return "connected, but TLS was not agreed on in time" }
      return "connected, but no answer within \(CurlCommand.longest.short)"
    case 35: return "TLS could not be agreed on\(words)"
    case 52: return "the server closed the connection without an answer"
    case 55, 56: return "the connection broke before the answer\(words)"
    case 60: return "the certificate is refused\(words)"
    case 77: return "the file of certificate authorities can't be read\(words)"
    default: return "curl gave up with code \(report.exitCode)\(words)"
    }
  }
}
