import Fleet

/// One look at a domain as a command line: `https://` to standard output, and `http://` to standard error.
///
/// The two go at once, and to two streams, so that neither waits for the other or can be taken for it. The server gets
/// neither a cookie nor a credential, no redirect is followed, and its page is thrown away.
package enum CurlCommand {
  /// No look lasts longer, whatever the server does.
  package static let longest = Duration.seconds(10)
  /// Where no connection comes in this time, none does: two repeats of a lost packet fit in.
  static let longestConnecting = 4
  /// In seconds: a redirect needs no thought.
  static let longestPlain = 4
  /// In bytes, of what is said to be the page's size.
  static let largestPage = 1_048_576
  /// In bytes a second, for a page that does not say its size.
  static let fastest = 262_144

  /// What stands in front of everything that the second look says of certificates.
  static let answer =
    "answer status=%{http_code} exit=%{exitcode} verify=%{ssl_verify_result} certificates=%{num_certs} "
    + "name=%{time_namelookup} connect=%{time_connect} tls=%{time_appconnect} first=%{time_starttransfer}\\n"
    + "error %{errormsg}\\n%{certs}\\n"
  static let plainAnswer = "%{stderr}\\n%{redirect_url}\\nplain status=%{http_code} exit=%{exitcode}\\n"

  /// The first look: as a browser, which refuses a certificate that is wrong.
  /// - Parameter authorities: a file of certificates; `nil` is the system's.
  package static func look(at target: ProbeTarget, authorities: String?) -> [String] {
    var words = ["curl", "-q", "--parallel", "--no-progress-meter"] + secure(target, within: longest)
    if let authorities { words += ["--cacert", authorities] }
    words += ["--next"] + common + ["--max-time", "\(longestPlain)", "--write-out", plainAnswer]
    words += place(target, port: 80, there: target.plainPort)
    return words + ["--url", "http://\(target.domain)/"]
  }

  /// The second look, where the certificate was refused: what it says, and what lies behind it.
  package static func lookBehindCertificate(of target: ProbeTarget, within limit: Duration) -> [String] {
    ["curl", "-q", "--no-progress-meter", "--insecure"] + secure(target, within: limit)
  }

  private static func secure(_ target: ProbeTarget, within limit: Duration) -> [String] {
    let seconds = max(1, limit.milliseconds / 1000)
    return common + ["--max-time", "\(seconds)", "--write-out", answer]
      + place(target, port: 443, there: target.securePort) + ["--url", "https://\(target.domain)/"]
  }

  private static let common = [
    "--silent", "--globoff", "--proto", "=http,https", "--user-agent", "vigie", "--output", "/dev/null",
    "--connect-timeout", "\(longestConnecting)", "--max-filesize", "\(largestPage)", "--limit-rate", "\(fastest)",
  ]

  /// A proxy of the operator's would decide by itself where to ask.
  private static func place(_ target: ProbeTarget, port: Int, there: Int) -> [String] {
    guard let address = target.address else { return [] }
    let host = address.contains(":") && !address.hasPrefix("[") ? "[\(address)]" : address
    return ["--noproxy", "*", "--connect-to", "\(target.domain):\(port):\(host):\(there)"]
  }
}
