import FoundationEssentials

/// The text of one settings file (fleet, keymap, theme), decoded, with the place of each value.
package struct SettingsDocument: Sendable {
  /// Larger files are refused unread: a fleet of 1,000 hosts takes about a quarter of it.
  package static let largest = ByteCount.kibibytes(1024)

  package let file: String
  package let root: SettingsValue
  package let places: SettingsPlaces

  /// Decodes JSON5 text.
  ///
  /// - Parameter file: the name of the file as messages say it.
  /// - Throws: the one reason why the text is not JSON5. What it means is not looked at.
  package init(_ bytes: [UInt8], file: String) throws(Problems) {
    self.file = file
    do throws(SettingsFault) {
      guard bytes.count <= Int(SettingsDocument.largest.bytes) else {
        throw SettingsFault(
          place: SettingsPlace(line: 1, column: 1),
          message: "the file is larger than 1 MiB, which no settings file of this program is")
      }
      let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
      try SettingsDocument.checkEncoding(text)
      let places = try SettingsPlaces(of: text)
      self.places = places
      root = try SettingsDocument.decode(text, places)
    } catch {
      throw Problems([Problem(file: file, place: error.place, message: error.message)])
    }
  }

  package init(_ text: String, file: String) throws(Problems) {
    try self.init(Array(text.utf8), file: file)
  }

  private static func checkEncoding(_ bytes: [UInt8]) throws(SettingsFault) {
    var scanner = SettingsScanner(bytes)
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw scanner.fault(at: 0, "the file is UTF-16; save it as UTF-8")
    }
    if String(validating: bytes, as: UTF8.self) == nil {
      var decoder = UTF8()
      var iterator = bytes.makeIterator()
      var offset = 0
      while case .scalarValue(let scalar) = decoder.decode(&iterator) { offset += UTF8.width(scalar) }
      let byte = String(bytes[min(offset, bytes.count - 1)], radix: 16, uppercase: true)
      throw scanner.fault(at: offset, "the byte 0x\(byte) is not UTF-8 text; save the file as UTF-8")
    }
    if let offset = bytes.firstIndex(of: 0) {
      throw scanner.fault(at: offset, "a NUL byte stands here; a settings file is plain UTF-8 text")
    }
  }

  private static func decode(_ bytes: [UInt8], _ places: SettingsPlaces) throws(SettingsFault) -> SettingsValue {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    do {
      return try decoder.decode(
        DecodedSettings.self, from: Data(bytes), configuration: DecodedSettings.Guide(places: places)
      ).value
    } catch {
      // The scanner refuses all that is not JSON5, so this is a difference between it and the decoder.
      let start = SettingsPlace(line: 1, column: 1)
      let path = (error as? DecodingError).map(SettingsDocument.path)
      let place = path.flatMap { places.value(at: $0) } ?? start
      throw SettingsFault(place: place, message: "this value can't be read; write it more plainly")
    }
  }

  private static func path(of error: DecodingError) -> SettingsPath {
    let context: DecodingError.Context? =
      switch error {
      case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
        .dataCorrupted(let context):
        context
      @unknown default: nil
      }
    return SettingsPath(
      (context?.codingPath ?? []).map { key in
        key.intValue.map { .index($0) } ?? .key(key.stringValue)
      })
  }
}
