import Fleet
import Testing

@testable import vigie

struct RecorderTests {
  @Test func `a recording into a directory that is not there says that it is the directory`() {
    let words = "/nonexist/x: its directory is not there; make it first, or choose another"
    #expect(throws: Files.Failure(message: words)) {
      try Recorder(path: "/nonexist/x", start: Moment(milliseconds: 0))
    }
  }
}
