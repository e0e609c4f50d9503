// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// Targets that do I/O run on the main actor only: there is one loop and no second thread.
let impure: [SwiftSetting] = strict + [.defaultIsolation(MainActor.self)]

func pure(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil) -> Target {
  .target(
    name: name, dependencies: dependencies, resources: resources, swiftSettings: strict,
    linkerSettings: [.linkedLibrary("m")])
}

func impure(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: impure)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], resources: [Resource]? = nil
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.init(stringLiteral: name)] + dependencies, exclude: exclude,
    resources: resources, swiftSettings: strict)
}

let package = Package(
  name: "vigie",
  products: [.executable(name: "vigie", targets: ["vigie"])],
  targets: [
    pure("Surface"),
    pure("Fleet", resources: [.embedInCode("models"), .embedInCode("thresholds")]),
    pure("Telemetry", ["Fleet"], resources: [.embedInCode("sampler")]),
    pure("Incidents", ["Fleet", "Telemetry"]),
    pure("Operations", ["Fleet", "Telemetry"], resources: [.embedInCode("job"), .embedInCode("keep")]),
    pure(
      "Console", ["Surface", "Fleet", "Telemetry", "Incidents", "Operations"],
      resources: [.embedInCode("keymaps"), .embedInCode("themes")]),
    impure("Remote", ["CSystem", "Fleet"]),
    impure("Journal", ["CSystem"]),
    impure("Terminal", ["Surface", "CNcurses", "CRescue"]),
    .executableTarget(
      name: "vigie",
      dependencies: [
        "Console", "Fleet", "Incidents", "Journal", "Operations", "Remote", "Surface", "Telemetry", "Terminal",
      ],
      swiftSettings: impure),
    .target(name: "CNcurses", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(name: "CRescue"),
    .target(name: "CSystem"),
    tests("Surface", []),
    tests("Fleet", [], resources: [.copy("InvalidSettings")]),
    tests("Telemetry", ["Fleet"], resources: [.copy("Recordings"), .copy("Probes"), .copy("Inspections")]),
    tests("Incidents", ["Fleet", "Telemetry"], exclude: ["Recordings"]),
    tests("Operations", ["Fleet", "Telemetry"]),
    tests("Console", ["Surface", "Fleet", "Telemetry", "Incidents", "Operations"], exclude: ["Screens"]),
    tests("Remote", ["Fleet"]),
    tests("Journal", []),
    tests("Terminal", ["Surface"]),
    .testTarget(
      name: "vigieTests", dependencies: ["vigie", "Console", "Fleet", "Journal", "Operations", "Remote", "Telemetry"],
      exclude: ["visited.py"],
      swiftSettings: impure),
    .testTarget(name: "EndToEndTests", dependencies: ["Fleet"], swiftSettings: strict),
  ]
)
