import Fleet
import Telemetry
import Testing

@Suite struct SamplerTests {
  @Test func `the script is within the program`() { #expect(!Sampler.script.isEmpty) }

  @Test func `one shell line starts it`() {
    let read = "'IFS= read -rN \(Sampler.script.count) s; eval \"$s\"'"
    #expect(
      Sampler.command(token: "t0", interval: .seconds(2))
        == "exec env VIGIE_SAMPLER=t0 VIGIE_INTERVAL=2000 LC_ALL=C bash --noprofile --norc -c \(read)")
    #expect(
      Sampler.command(token: "$(x)", interval: .milliseconds(500), reap: (pid: 812, token: "a'b"))
        == "exec env 'VIGIE_SAMPLER=$(x)' VIGIE_INTERVAL=500 VIGIE_REAP=812 'VIGIE_REAP_TOKEN=a'\\''b' LC_ALL=C "
        + "bash --noprofile --norc -c \(read)")
  }

  @Test func `orders are lines`() {
    let lines = [Sampler.Order.interval(.seconds(5)), .now, .end].map { String(decoding: $0.line, as: UTF8.self) }
    #expect(lines == ["interval 5000\n", "now\n", "end\n"])
  }
}
