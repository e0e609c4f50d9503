/// Turns the lines of one stream into events; keeps no more than the frame being read.
package struct StreamDecoder: Sendable {
  package init() {}

  /// Decodes one line, without its newline. Lines before the stream's first (banners, a noisy profile) give nothing.
  package mutating func decode(_ line: [UInt8]) -> [StreamEvent] { [] }
}
