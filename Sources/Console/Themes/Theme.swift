package import Surface

/// How each role looks, by a name.
package struct Theme: Hashable, Sendable {
  package var name: String
  package var palette: Palette

  package init(name: String, palette: Palette) {
    self.name = name
    self.palette = palette
  }
}
