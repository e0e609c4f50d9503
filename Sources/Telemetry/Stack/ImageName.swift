/// An image's name in the pieces that say what is in it: `ghcr.io/acme/shop-php:8.3-fpm@sha256:…`.
struct ImageName: Sendable {
  /// The words of the last part of its path: `shop`, `php`.
  let words: [String]
  /// The words of its tag: `8`, `3`, `fpm`.
  let tag: [String]
  /// The part of its path before the last: `acme`; empty where there is none.
  let owner: String

  init(_ text: String) {
    let text = text.lowercased()
    let named = text.prefix { $0 != "@" }
    // An image without a name is only its digest.
    guard !named.hasPrefix("sha256:") else {
      (words, tag, owner) = ([], [], "")
      return
    }
    let path = named.split(separator: "/")
    let last = path.last ?? ""
    let name = last.prefix { $0 != ":" }
    words = Self.words(name)
    tag = Self.words(last.dropFirst(name.count))
    owner = path.dropLast().last.map(String.init) ?? ""
  }

  /// Whether any of the words begins so: `mysql8` and `postgresql` are what they begin with.
  func names(_ beginnings: String...) -> Bool {
    words.contains { word in beginnings.contains { word.hasPrefix($0) } }
  }

  func has(_ names: String...) -> Bool { words.contains { names.contains($0) } }

  /// `fpm` or `apache`, in the name or in the tag.
  func variant(_ name: String) -> Bool { words.contains(name) || tag.contains(name) }

  /// The words of a name such as `shop-php_1`.
  static func words(_ text: some StringProtocol) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}
