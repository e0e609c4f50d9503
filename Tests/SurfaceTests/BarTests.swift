import Surface
import Testing

struct BarTests {
  private func gauge(_ ratio: Double?, mark: Double? = nil, _ glyphs: Glyphs = .unicode) -> String {
    drawn(8, 1, glyphs) { Gauge(ratio, .cpu, mark: mark).draw(on: &$0, in: $0.bounds) }[0]
  }

  @Test func `a gauge is drawn in eighths, rounded down, but anything above nothing shows`() {
    #expect(gauge(0) == "········")
    #expect(gauge(0.0001) == "▏·······")
    #expect(gauge(0.5) == "████····")
    #expect(gauge(0.55) == "████▍···")
    #expect(gauge(0.999) == "███████▉")
    #expect(gauge(1) == "████████")
    #expect(gauge(1.7) == "████████")
    #expect(gauge(-1) == "········")
  }

  @Test func `an unknown gauge can't be taken for an empty one`() {
    #expect(gauge(nil) == "╌╌╌╌╌╌╌╌")
    #expect(gauge(.nan) == "╌╌╌╌╌╌╌╌")
    #expect(gauge(nil, .ascii) == "????????")
    #expect(roles(3, 1) { Gauge(nil, .cpu).draw(on: &$0, in: $0.bounds) } == ["nnn"])
  }

  @Test func `a gauge in ASCII`() {
    #expect(gauge(0.5, .ascii) == "####----")
    #expect(gauge(0.01, .ascii) == "#-------")
  }

  @Test func `a limit is marked in the track and in the bar`() {
    #expect(gauge(0.25, mark: 0.75) == "██····│·")
    #expect(gauge(0.75, mark: 0.25) == "██│███··")
    #expect(roles(8, 1) { Gauge(0.75, .cpu, mark: 0.25).draw(on: &$0, in: $0.bounds) } == ["ppPppp__"])
  }

  private func sparkline(_ values: [Double?], _ kind: Sparkline.Kind = .braille, _ glyphs: Glyphs = .unicode) -> String
  {
    drawn(4, 1, glyphs) { Sparkline(values, top: 1, .cpu, kind: kind).draw(on: &$0, in: $0.bounds) }[0]
  }

  @Test func `the newest value stands at the right, and zero is not a gap`() {
    #expect(sparkline([0, 0.25, 0.5, 0.75, 1, 1, 1, 1]) == "⣠⣾⣿⣿")
    #expect(sparkline([1]) == "   ⢸")
    #expect(sparkline([0, 0]) == "   ⣀")
    #expect(sparkline([nil, 0]) == "   ⢀")
    #expect(sparkline([1, 1, nil, nil, 1, 1]) == " ⣿ ⣿")
  }

  @Test func `only as many values as fit are drawn`() {
    #expect(sparkline(Array(repeating: 0, count: 100) + [1]) == "⣀⣀⣀⣸")
    #expect(Sparkline.capacity(width: 4) == 8)
    #expect(Sparkline.capacity(width: 4, glyphs: .ascii) == 4)
  }

  @Test func `as blocks and in ASCII a cell is one value`() {
    #expect(sparkline([0, nil, 0.5, 1], .block) == "▁ ▅█")
    #expect(sparkline([0, nil, 0.5, 1], .braille, .ascii) == "_ =#")
  }

  @Test func `without a top the highest value shown reaches it`() {
    #expect(
      drawn(2, 1) { Sparkline([1000, 1, 8], .cpu).draw(on: &$0, in: Rect(x: 1, y: 0, width: 1, height: 1)) } == [" ⣸"])
  }
}
