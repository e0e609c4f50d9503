import Surface
import Testing

struct ChartTests {
  private func chart(_ lines: [Chart.Line], _ width: Int, _ height: Int, _ glyphs: Glyphs = .unicode) -> [String] {
    drawn(width, height, glyphs) { frame in
      Chart(lines, top: 100, start: "-1h", end: "now") { "\(Int($0))%" }.draw(on: &frame, in: frame.bounds)
    }
  }

  @Test func `a rising figure, with its axis and times`() {
    let values = (0..<24).map { Double($0) * 100 / 23 }
    #expect(
      chart([.init(values, .cpu)], 18, 4) == [
        " 100%         ⣀⠤⠒⠉", "          ⣀⠤⠒⠉", "   0% ⣀⠤⠒⠉", "      -1h      now",
      ])
  }

  @Test func `a filled figure, and a gap for what is unknown`() {
    let values: [Double?] = Array(repeating: 100, count: 4) + [nil, nil] + Array(repeating: 0, count: 4)
    #expect(chart([.init(values, .cpu, isFilled: true)], 12, 3) == [" 100%  ⣿⣿", "   0%  ⣿⣿ ⣀⣀", "      -1h"])
  }

  @Test func `a peak is joined to its neighbours`() {
    #expect(chart([.init([0, 0, 100, 0], .cpu)], 8, 3) == [" 100%  ⣷", "   0% ⣀⢿", ""])
  }

  @Test func `nothing known is said`() {
    #expect(chart([.init([nil, nil], .cpu)], 20, 4) == [" 100%", "         no data", "   0%", "      -1h        now"])
  }

  @Test func `two figures share a chart, the first in front`() {
    let lines = [Chart.Line([0, 0], .cpu), Chart.Line([100, 100, 0, 0], .memory)]
    #expect(chart(lines, 8, 3) == [" 100% ⠉⡆", "   0%  ⣇", ""])
    let letters = roles(8, 2) { Chart(lines, top: 100) { _ in "" }.draw(on: &$0, in: $0.bounds) }
    #expect(letters == ["......yy", ".......p"])
  }

  @Test func `in ASCII a column is one value`() {
    let lines = [Chart.Line([0, 50, 100], .cpu, isFilled: true), Chart.Line([100, nil, nil, nil], .memory)]
    #expect(chart(lines, 10, 4, .ascii) == [" 100% +  #", "        ##", "   0%  ###", "      -1h"])
  }

  @Test func `an area too small is survived`() {
    for width in 0...9 { for height in 0...3 { _ = chart([.init([1, 2, nil, 3], .cpu)], width, height) } }
  }

  @Test func `values are condensed to peaks, whose groups stay as values are added`() {
    let history = (0..<100).map { Double($0 % 10) }
    #expect(condensed(history, to: 200) == history)
    let now = condensed(Array(history[0..<60]), to: 7)
    let later = condensed(Array(history[1..<61]), to: 7, first: 1)
    #expect(now == [9, 9, 9, 9, 9, 9])
    #expect(later.count == 7)
    #expect(Array(later.prefix(6)) == now)
    #expect(condensed([nil, nil, nil, 1, nil, nil], to: 3) == [nil, 1])
  }
}
