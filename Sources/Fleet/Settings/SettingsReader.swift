/// A cursor over one object of a settings file, which collects what is wrong instead of stopping at it.
///
///     var reader = SettingsReader(document)
///     reader.only(["name", "roles"])
///     let name = reader.string("name")
///     let roles = reader.object("roles") { roles in … }
///     try reader.finish()
///
/// Every method that returns `nil` for a key that is there has noted why. A key that is not there is `nil` without a
/// problem; `required` notes it.
package struct SettingsReader {
  package let document: SettingsDocument
  package let path: SettingsPath
  package let value: SettingsValue
  package private(set) var problems: [Problem] = []

  /// A reader at the root, which has to be an object.
  package init(_ document: SettingsDocument) {
    self.init(document, SettingsPath(), document.root)
    if case .object = value { return }
    note(path, "expected an object in { }, found \(value.shown)")
  }

  private init(_ document: SettingsDocument, _ path: SettingsPath, _ value: SettingsValue) {
    self.document = document
    self.path = path
    self.value = value
  }

  /// The keys of this object, in the order of the file.
  package var keys: [String] { document.places.keys(of: path) }

  package func has(_ key: String) -> Bool { value[key] != nil }

  /// All that was found wrong, thrown; nothing where nothing was.
  package func finish() throws(Problems) {
    if !problems.isEmpty { throw Problems(problems) }
  }

  // MARK: Noting what is wrong

  /// Notes a problem at a key of this object (at its value), or at the object itself.
  package mutating func note(_ key: String? = nil, _ message: String) {
    note(key.map { path + .key($0) } ?? path, message)
  }

  /// Notes a problem at one element of the list that `key` holds.
  package mutating func note(_ key: String, _ index: Int, _ message: String) {
    note(path + .key(key) + .index(index), message)
  }

  /// Notes a problem at any path of the file.
  package mutating func note(_ path: SettingsPath, _ message: String) {
    let place = document.places.value(at: path)
    problems.append(Problem(file: document.file, place: place, path: path, message: message))
  }

  /// Notes each key that is not among `allowed`, with the nearest that is, and each key given twice.
  ///
  /// - Parameter twice: for keys of which there can be only one for a reason: that reason.
  package mutating func only(_ allowed: [String], twice: [String: String] = [:]) {
    for key in keys where !allowed.contains(key) {
      let hint =
        meant(by: key, among: allowed).map { "did you mean \($0)?" }
        ?? "expected \(allowed.sorted().joined(separator: ", "))"
      noteKey(key, "unknown key; \(hint)")
    }
    noteRepeats(twice)
  }

  /// Notes each key given twice, for objects whose keys are free.
  package mutating func noteRepeats(_ reasons: [String: String] = [:]) {
    for double in document.places.repeats(of: path) {
      let message = reasons[double.key].map { "\($0); " } ?? ""
      problems.append(
        Problem(
          file: document.file, place: double.again, path: path + .key(double.key),
          message: "\(message)the key is given twice, first on line \(double.first.line); keep one"))
    }
  }

  /// Notes a problem at a key itself rather than at its value.
  package mutating func noteKey(_ key: String, _ message: String) {
    let full = path + .key(key)
    problems.append(
      Problem(file: document.file, place: document.places.key(at: full), path: full, message: message))
  }

  /// Notes that `key` is missing, unless it is there.
  package mutating func require(_ key: String, _ expected: String) {
    if !has(key) { note(nil, "\(key) is missing; expected \(expected)") }
  }

  // MARK: Going down

  /// What `read` makes of the object that `key` holds.
  package mutating func object<T>(_ key: String, _ read: (inout SettingsReader) -> T?) -> T? {
    guard let value = value[key] else { return nil }
    return descend(path + .key(key), value, read)
  }

  /// What `read` makes of each object in the list that `key` holds; elements that come to nothing are left out.
  package mutating func objects<T>(_ key: String, _ read: (inout SettingsReader) -> T?) -> [T]? {
    guard let elements = array(key) else { return nil }
    let list = path + .key(key)
    return elements.enumerated().compactMap { descend(list + .index($0), $1, read) }
  }

  private mutating func descend<T>(
    _ path: SettingsPath, _ value: SettingsValue, _ read: (inout SettingsReader) -> T?
  ) -> T? {
    guard case .object = value else {
      note(path, "expected an object in { }, found \(value.shown)")
      return nil
    }
    var child = SettingsReader(document, path, value)
    defer { problems += child.problems }
    return read(&child)
  }
}
