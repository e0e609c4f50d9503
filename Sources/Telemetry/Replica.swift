/// The number that Compose gives each container of a service, at the end of its name.
package struct Replica: Hashable, Sendable {
  package var number: Int
  /// The name before the number, which all containers of the service have in common: `shop-php-`.
  package var stem: String

  /// `nil` where the container has a name of another form.
  package init?(ofContainer name: String, service: String) {
    guard let mark = name.lastIndex(where: { $0 == "-" || $0 == "_" }), name.contains(service),
      let number = Int(name[name.index(after: mark)...])
    else { return nil }
    self.number = number
    stem = String(name[...mark])
  }
}
