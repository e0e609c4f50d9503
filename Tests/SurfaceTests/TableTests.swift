import Surface
import Testing

struct TableTests {
  static let columns = [
    Table.Column("NAME", .flexible(min: 6)),
    Table.Column("CPU", .fixed(8), priority: 1),
    Table.Column("MEM", .fixed(5), .right, priority: 2, order: .descending),
    Table.Column("AGE", .fixed(4), .right, priority: 3),
  ]

  static func row(_ index: Int) -> [Table.Content] {
    [
      .text("web\(index)"), .measure(Gauge(Double(index) / 10, .cpu), Span("\(index * 10)%")),
      .spans([Span("\(index)", .memory), Span("G", .muted)]), .text("3d"),
    ]
  }

  private func table(count: Int, selected: Int? = nil, offset: Int = 0) -> Table {
    Table(Self.columns, count: count, selected: selected, offset: offset, emptyText: "No host", row: Self.row)
  }

  @Test func `headings, alignment and the sort marker`() {
    let lines = drawn(30, 4) { frame in table(count: 3).draw(on: &frame, in: frame.bounds) }
    #expect(
      lines == [
        "NAME       CPU       MEM▼  AGE",
        "web0       ···   0%    0G   3d",
        "web1       ▎··  10%    1G   3d",
        "web2       ▌··  20%    2G   3d",
      ])
    #expect(drawn(30, 1, .ascii) { table(count: 0).draw(on: &$0, in: $0.bounds) } == ["NAME       CPU       MEMv  AGE"])
  }

  @Test func `the least important columns disappear first`() {
    let headings = [30, 24, 20, 15, 10, 4].map { width in
      drawn(width, 1) { table(count: 0).draw(on: &$0, in: $0.bounds) }[0]
    }
    #expect(
      headings == [
        "NAME       CPU       MEM▼  AGE", "NAME      CPU       MEM▼", "NAME        CPU",
        "NAME   CPU", "NAME", "NAME",
      ])
  }

  @Test func `what is left over is shared by weight, up to the most that a column takes`() {
    let columns = [
      Table.Column("A", .flexible(min: 2, weight: 1)), Table.Column("B", .flexible(min: 2, weight: 3, max: 6)),
      Table.Column("C", .fixed(1)),
    ]
    let lines = drawn(20, 2) { frame in
      Table(columns, count: 1) { _ in [.text("aaaaaaaaaaaaaaa"), .text("bbbbbbbbb"), .text("c")] }
        .draw(on: &frame, in: frame.bounds)
    }
    #expect(lines == ["A           B      C", "aaaaaaaaaa… bbbbb… c"])
  }

  @Test func `only the rows that are visible are asked for`() {
    var asked: [Int] = []
    var table = table(count: 1000, selected: 500)
    table.row = { index in
      asked.append(index)
      return Self.row(index)
    }
    let offset = drawOffset(table, height: 5)
    #expect(asked == [497, 498, 499, 500])
    #expect(offset == 497)
  }

  private func drawOffset(_ table: Table, height: Int) -> Int {
    var frame = Frame(size: Size(width: 30, height: height))
    return table.draw(on: &frame, in: frame.bounds)
  }

  @Test(
    arguments: [
      (0, nil, 5, 100, 0), (0, 4, 5, 100, 0), (0, 5, 5, 100, 1), (10, 3, 5, 100, 3), (10, 12, 5, 100, 10),
      (98, 99, 5, 100, 95), (3, 0, 5, 2, 0), (7, nil, 5, 0, 0), (7, 20, 5, 10, 5), (2, 1, 0, 9, 0), (-3, nil, 5, 9, 0),
    ] as [(Int, Int?, Int, Int, Int)])
  func `scrolling moves no further than it must`(
    _ offset: Int, _ selected: Int?, _ visible: Int, _ count: Int, _ expected: Int
  ) {
    #expect(scrolled(offset: offset, selected: selected, visible: visible, count: count) == expected)
  }

  @Test func `the selected row keeps the colours that mean something`() {
    let draw: (inout Frame) -> Void = { frame in
      let table = Table([Table.Column("S", .fixed(8))], count: 2, selected: 1) { _ in
        [.spans([Span("down", .critical), Span(" 3m")])]
      }
      table.draw(on: &frame, in: frame.bounds)
    }
    #expect(roles(10, 3, draw) == ["h", "cccc", "ccccssssss"])
  }

  @Test func `rows that overflow show a thumb on the border`() {
    let lines = drawn(12, 7) { frame in
      let inner = Pane("Hosts", count: "9", isFocused: true).draw(on: &frame, in: frame.bounds)
      table(count: 9, selected: 8).draw(on: &frame, in: inner)
    }
    #expect(
      lines == [
        "┌ Hosts 9 ─┐", "│NAME      │", "│web5      │", "│web6      │", "│web7      │", "│web8      ┃", "└──────────┘",
      ])
  }

  @Test func `no rows is said, not shown as nothing`() {
    #expect(drawn(20, 3) { table(count: 0).draw(on: &$0, in: $0.bounds) }[1] == " No host")
  }

  @Test func `an area too small is survived`() {
    for width in 0...8 {
      for height in 0...3 {
        _ = drawn(width, height) { table(count: 3, selected: 2).draw(on: &$0, in: $0.bounds) }
      }
    }
  }
}
