/// What the name of a variable, label, option or field says about its value.
enum SecretName {
  /// Parts of names, in lower case, whose values nobody but their owner should read.
  private static let telling = [
    "pass", "pwd", "secret", "token", "key", "salt", "cred", "auth", "dsn", "private", "cookie", "webhook",
  ]

  /// Variables that everybody may read; of all others the value is masked, whatever their name.
  private static let harmless: Set<String> = [
    "PATH", "LANG", "LANGUAGE", "TZ", "HOME", "HOSTNAME", "USER", "SHELL", "PWD", "TERM", "DEBIAN_FRONTEND", "NODE_ENV",
    "APP_ENV", "PHP_INI_DIR",
  ]

  static func isSecret(_ name: some StringProtocol) -> Bool {
    let name = name.lowercased()
    // Who wrote an image is no secret; `authorization` is one.
    if name.hasSuffix("author") || name.hasSuffix("authors") { return false }
    return telling.contains { name.contains($0) }
  }

  static func isHarmlessVariable(_ name: some StringProtocol) -> Bool {
    if harmless.contains(String(name)) { return true }
    return (name.hasPrefix("LC_") || name.hasSuffix("_VERSION")) && !isSecret(name)
  }
}
