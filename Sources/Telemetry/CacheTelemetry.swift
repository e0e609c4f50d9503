package import Fleet

/// One Redis: its figures and the past of its hit rate (over a minute each, in ratios), one value per frame.
package struct CacheTelemetry: Sendable {
  package var figures: CacheFigures
  package var hitHistory: Series
  package var lastReading: Moment?

  package init(containerID: String, capacity: Int) {
    figures = CacheFigures(containerID: containerID)
    hitHistory = Series(capacity: capacity)
  }

  /// An answer older than the window says nothing of now.
  mutating func endFrame(at: Moment, missed: Int) {
    let isFresh = lastReading.map { at - $0 <= CacheWindow.length } ?? false
    hitHistory.append(isFresh ? figures.hitRatio?.value : nil, afterMissing: missed)
  }
}
