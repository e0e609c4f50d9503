import Fleet
import Telemetry
import Testing

@Suite struct `A look in a recording` {
  private static var full: ProbeReading {
    var reading = ProbeReading(domain: "boutique.example")
    reading.status = 200
    reading.timing = ProbeReading.Timing(
      name: .microseconds(31), connect: .milliseconds(2), tls: .milliseconds(10), wait: .microseconds(621_000),
      firstByte: .microseconds(1_633_031))
    reading.certificate = ProbeReading.Certificate(
      names: ["boutique.example", "*.shop.example"], issuer: "Vigie, Test \\ Authority",
      notBefore: Moment(milliseconds: 1_793_491_200_000), notAfter: Moment(milliseconds: 1_801_267_200_000),
      problem: "it is old, and small")
    reading.redirectsToHTTPS = false
    return reading
  }

  private static var failed: ProbeReading {
    var reading = ProbeReading(domain: "a.example")
    reading.failure = "nothing answers at port 443: é"
    reading.isOwnFailure = true
    return reading
  }

  @Test(arguments: [full, failed, ProbeReading(domain: "b.example")])
  func `comes back as it was`(_ reading: ProbeReading) throws {
    let line = ProbeLine.encode(reading)
    let entry = Recording.line(Recording.Entry(offset: .seconds(3), host: ProbeLine.host, line: line))
    #expect(try Recording.entry(entry).host == ProbeLine.host)
    #expect(ProbeLine.decode(try Recording.entry(entry).line) == reading)
  }

  @Test func `reads as the protocol says`() {
    #expect(
      String(decoding: ProbeLine.encode(Self.full), as: UTF8.self)
        == "probe boutique.example status=200 name=0.000031 connect=0.002000 tls=0.010000 wait=0.621000 "
        + "first-byte=1.633031 issuer=Vigie\\054\\040Test\\040\\134\\040Authority names=boutique.example,*.shop.example "
        + "not-before=1793491200 not-after=1801267200 certificate-problem=it\\040is\\040old\\054\\040and\\040small "
        + "redirect=no")
  }

  @Test(arguments: ["", "probe", "prob a.example", "= 1 2 3", " ", "probe \\1", "\u{FFFD}"])
  func `that is none, or torn, is nothing or harmless`(_ line: String) {
    let reading = ProbeLine.decode(Array(line.utf8))
    #expect(reading == nil || reading?.status == nil)
  }

  @Test(arguments: [
    "status=99", "status=1000", "status=-200", "status=99999999999999999999", "name=1 connect=1 tls=1 wait=1",
    "name=x connect=1 tls=1 wait=1 first-byte=1", "name=1e9 connect=1 tls=1 wait=1 first-byte=601",
    "not-before=1 not-after=99999999999999999999", "not-before=0 not-after=5", "not-after=5", "redirect=perhaps", "=",
    "x",
  ])
  func `with figures that can't be is unknown, not zero`(_ fields: String) {
    #expect(ProbeLine.decode(Array("probe a.example \(fields)".utf8)) == ProbeReading(domain: "a.example"))
  }

  @Test func `can't steer a terminal`() throws {
    let line = "probe a.example\\033[31m failure=\\033]0;x\\007\\012next names=a\\054b,c\\000 not-before=1 not-after=2"
    let reading = try #require(ProbeLine.decode(Array(line.utf8)))
    #expect(reading.domain == "a.example")
    #expect(reading.failure == "·]0;x· next")
    #expect(reading.certificate?.names == ["a,b", "c·"])
    let long = "probe a.example failure=" + String(repeating: "x", count: 60_000)
    #expect(try #require(ProbeLine.decode(Array(long.utf8))?.failure).count == 512)
    #expect(ProbeLine.decode(Array((long + long).utf8)) == nil)
  }
}
