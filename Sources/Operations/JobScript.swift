package enum JobScript {
  package static let script: [UInt8] = []
  package static func command(id: String) -> String { "" }
  package static func orders(running job: Job, who: String) -> [UInt8] { [] }
  package static func orders(attachingTo job: Job, from line: Int) -> [UInt8] { [] }
  package static let cancel: [UInt8] = []
}
extension JobLine {
  package static func decode(_ line: some Collection<UInt8>) -> JobLine? { nil }
}
