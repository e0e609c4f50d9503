import Fleet
package import Surface
import Telemetry

/// Where each part of the screen is, for one size and one state.
package struct Layout: Hashable, Sendable {
  /// What all panes together need: a terminal of 80x24 without the status line of tmux.
  package static let whole = Size(width: 80, height: 23)
  /// What one pane alone needs; in less nothing could be read.
  package static let smallest = Size(width: 40, height: 8)
  /// What the limits need: figures that are cut would be worse than none.
  package static let limits = Size(width: 72, height: 15)

  /// Rows of the charts, borders too: one beside the other, or two by two.
  private static let leastCharts = 8
  private static let mostCharts = 18

  package var header: Rect
  package var footer: Rect
  package var body: Rect
  /// The panes that are seen; with one zoomed, only that one.
  package var panes: [PaneID: Rect]
  /// Where the host's charts are, where the containers leave room for them.
  package var charts: Rect?

  /// Whether the sites have a pane of their own; elsewhere they are a page.
  package var hasSites: Bool

  /// - Parameter containers: how many at most there are to list, whichever host is chosen: the panes stay where they are.
  package init(
    size: Size, hosts: Int, hint: Int = 0, sites: Int, containers: Int, caches: Int, focus: PaneID, isZoomed: Bool
  ) {
    let (header, under) = Rect(size).split(top: 1)
    let (footer, body) = under.split(bottom: 1)
    self.header = header
    self.footer = footer
    self.body = body
    hasSites = size.width >= 110 && size.height >= 42
    let isSmall = size.width < Self.whole.width || size.height < Self.whole.height
    if isZoomed || isSmall || focus == .history || focus == .sites && !hasSites {
      panes = [focus: body]
      return
    }
    let (top, rest) = body.split(top: min(hosts + 3 + hint, max(5, body.height / 3) + hint, body.height / 2))
    panes = [.hosts: top]
    var below = rest
    if hasSites {
      let (middle, bottom) = below.split(top: min(max(sites, 2) + 3, max(5, below.height / 3)))
      panes[.sites] = middle
      below = bottom
    }
    if size.width >= 150 {
      let (left, right) = below.split(left: below.width * 6 / 10)
      let (cacheArea, incidentArea) = right.split(top: min(max(caches, 2) + 3, below.height / 2))
      let room = left.height - max(containers, 5) - 3
      let (charts, list) = left.split(bottom: room < Self.leastCharts ? 0 : min(room, Self.mostCharts))
      self.charts = charts.isEmpty ? nil : charts
      panes[.containers] = list
      panes[.caches] = cacheArea
      panes[.incidents] = incidentArea
    } else {
      let (bottom, middle) = below.split(bottom: max(7, below.height * 2 / 5))
      let (left, right) = bottom.split(left: bottom.width * 45 / 100)
      panes[.containers] = middle
      panes[.caches] = left
      panes[.incidents] = right
    }
  }
}

extension Model {
  package var layout: Layout {
    Layout(
      size: size, hosts: fleet.hosts.count, hint: hintLines.count,
      sites: rows(.sites).count, containers: mostContainers, caches: rows(.caches).count, focus: focus,
      isZoomed: isZoomed)
  }

  private var mostContainers: Int {
    // A layout is asked for many times a key, and only a wide one depends on this.
    guard size.width >= 150 else { return 0 }
    var (most, all) = (0, 0)
    for host in fleet.hosts {
      // Read in place: a copy of all that is known of a host costs more than the rest.
      let count = telemetry[host.name]?.containers.count ?? 0
      (most, all) = (max(most, count), all + count)
    }
    return showsAllHosts ? all : most
  }

  /// The hint as the Hosts pane shows it: whole, because its command is to be copied.
  var hintLines: [String] { hint.flatMap { wrap($0, width: max(20, size.width - 4)) } }

  /// Rows of each visible list: its pane without borders and headings.
  var listHeights: [(PaneID, Int)] {
    layout.panes.map { ($0.key, max(1, $0.value.height - 3)) }
  }

  /// Rows that a page key moves by.
  var pageHeight: Int {
    if case .help? = overlay { return layout.body.height - 2 }
    return max(1, (layout.panes[focus]?.height ?? 4) - 3)
  }
}
