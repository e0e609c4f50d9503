import Fleet
import Surface
import Telemetry
import Testing

@testable import Console

/// The page that says what a host is short of, and which model would be enough.
struct HostModelTests {
  @Test func `with little history it says how little, and marks nothing`() {
    var desk = Desk(width: 120, height: 40)
    desk.report(["web-1"])
    desk.press("m")
    #expect(desk.text.contains("Model of web-1"))
    #expect(desk.text.contains("too little to choose a model by, which takes 30m"))
    #expect(desk.text.contains("VPS 2027, as of October 2026"))
    #expect(!desk.text.contains("the first that is enough"))
  }

  @Test func `a host that is short of processors gets the first model with enough, and the reason`() {
    var desk = Desk(width: 120, height: 50)
    busy(&desk, samples: 1000)
    desk.press("m")
    #expect(desk.text.contains("VPS-2     4 cores, 8.0G of memory, 75GB of disk  ← the first that is enough"))
    #expect(!desk.text.contains("VPS-1 "))
    #expect(desk.text.contains("Enough would be 4 cores, 3.8G of memory, 40GB of disk"))
    #expect(desk.text.contains("for 33m of 33m, for 33m until now"))
  }

  @Test func `the address is copied, the page scrolls, and Esc goes back to where it was opened`() {
    var desk = Desk()
    desk.report(["web-1"])
    desk.press("Enter", "m")
    #expect(desk.press("y") == [.copy("https://manager.eu.ovhcloud.com/#/dedicated/vps")])
    #expect(desk.text.contains("copied https://manager.eu.ovhcloud.com/#/dedicated/vps"))
    desk.press("G")
    #expect(desk.text.contains("https://manager.eu.ovhcloud.com/#/dedicated/vps"))
    desk.press("Esc")
    #expect(desk.model.detail == .host(HostName("web-1")))
    desk.press("Esc")
    #expect(desk.model.detail == nil)
  }

  @Test func `a host of no known kind is refused with the cure`() {
    var desk = Desk()
    desk.report(["web-2"])
    desk.press("j", "m")
    #expect(desk.model.detail == nil)
    #expect(desk.text.contains("add kind: \"vps\" or \"dedicated\""))
  }

  @Test func `a dedicated server has no list of larger ones`() {
    let host = Host(name: HostName("big"), connection: .local, environment: .prod, kind: .dedicated)
    var desk = Desk(hosts: [host], width: 120, height: 40)
    desk.report(["big"])
    desk.press("m")
    #expect(desk.text.contains("put together one by one"))
    #expect(desk.press("y") == [.copy("https://manager.eu.ovhcloud.com/#/dedicated/server")])
  }

  /// A small VPS that is at 95 % from its first sample to its last, each 2 s.
  private func busy(_ desk: inout Desk, samples: Int) {
    let host = HostName("web-1")
    desk.take(.link(host, .live))
    desk.say(
      [
        "vigie-stream 1 token= host=web-1 boot=b kernel=6.1 pid=7 cgroup=2 interval=2000", "can docker yes",
        "fs /dev/sda1 ext4 40000000000 10000000000 30000000000 /", "fs-end",
      ], on: host)
    for sample in 0..<samples {
      desk.now = desk.now + .seconds(2)
      let (busy, idle) = (sample * 380, sample * 20)
      desk.say(
        [
          "= \(sample) 1795449817.000000 \(100 + 2 * sample).00", "cpu \(busy) 0 0 \(idle) 0 0 0 0 0 0",
          "cpu0 \(busy / 2) 0 0 \(idle / 2) 0 0 0 0 0 0", "cpu1 \(busy / 2) 0 0 \(idle / 2) 0 0 0 0 0 0",
          "load 0.10 0.20 0.30 1/100 7", "mem total=4000000 available=3000000 swaptotal=0 swapfree=0", ".",
        ], on: host)
    }
    desk.take(.tick)
  }
}
