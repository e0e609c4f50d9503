/// One model of a server as it is sold.
package struct ServerModel: Hashable, Sendable {
  package var name: String
  package var cores: Int
  package var memory: ByteCount
  package var disk: ByteCount

  package init(name: String, cores: Int, memory: ByteCount, disk: ByteCount) {
    self.name = name
    self.cores = cores
    self.memory = memory
    self.disk = disk
  }

  /// A system sees a little less than is sold, of memory what its kernel keeps, of a disk what its file system takes.
  private static let kept = 0.9

  /// Whether this is sold as no less, of anything, than a system sees.
  package func isAtLeast(cores: Int, memory: ByteCount, disk: ByteCount) -> Bool {
    self.cores >= cores && self.memory >= memory && self.disk >= disk
  }

  /// Whether this is more of something than a system of that size was sold as, and less of nothing.
  package func isLarger(thanSeen cores: Int, memory: ByteCount, disk: ByteCount) -> Bool {
    isAtLeast(cores: cores, memory: memory, disk: disk)
      && (self.cores > cores || Double(memory.bytes) < Double(self.memory.bytes) * Self.kept
        || Double(disk.bytes) < Double(self.disk.bytes) * Self.kept)
  }
}

/// What OVHcloud sells as VPS, and where a person orders it: `vps.json5`, read.
package struct ServerModels: Sendable {
  package private(set) var range = ""
  /// When the list was right: `October 2026`.
  package private(set) var asOf = ""
  /// The smallest first.
  package private(set) var models: [ServerModel] = []
  private var addresses: [HostKind: String] = [:]
  /// Empty for the file that is shipped, which a test sees to.
  package private(set) var problems: [Problem] = []

  package static let shipped = ServerModels(PackageResources.vps_json5, file: "vps.json5")

  /// The page of the OVHcloud Manager where a host of that kind is changed.
  package func address(of kind: HostKind) -> String { addresses[kind] ?? "" }

  package init(_ bytes: [UInt8], file: String) {
    do throws(Problems) {
      var root = SettingsReader(try SettingsDocument(bytes, file: file))
      let texts = ["range", "asOf"] + HostKind.allCases.map(\.rawValue)
      root.only(texts + ["models"])
      for key in texts { root.require(key, "a text") }
      root.require("models", "a list of objects")
      range = root.string("range") ?? ""
      asOf = root.string("asOf") ?? ""
      for kind in HostKind.allCases { addresses[kind] = root.string(kind.rawValue) }
      models = root.objects("models") { Self.model(&$0) } ?? []
      problems = root.problems
    } catch {
      problems = error.list
    }
  }

  private static func model(_ reader: inout SettingsReader) -> ServerModel? {
    reader.only(["name", "cores", "memory", "disk"])
    guard let name = reader.string("name"), let cores = reader.integer("cores", in: 1...512),
      let memory = reader.integer("memory", in: 1...4096), let disk = reader.integer("disk", in: 1...100_000)
    else { return nil }
    // Memory is sold in powers of 1024, disks in powers of 1000.
    return ServerModel(
      name: name, cores: cores, memory: ByteCount(UInt64(memory) << 30),
      disk: ByteCount(UInt64(disk) * 1_000_000_000))
  }
}
