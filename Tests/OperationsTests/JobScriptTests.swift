import Fleet
import Operations
import Testing

struct JobScriptTests {
  private let job = Job(
    host: HostName("web-1"), title: "Restart redis of boutique on web-1", lock: "boutique", subject: "redis",
    steps: [
      Step(["docker", "restart", "0cab65117bf7"]),
      Step(["sh", "-c", "cat > 'a b'"], input: "x\\\ny\t\0é", limit: .milliseconds(1500)),
    ],
    look: Look(["docker", "inspect", "redis"], wanted: "running*", patience: .seconds(30)))

  private func lines(_ orders: [UInt8]) -> [Substring] {
    String(decoding: orders, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test func `the script is within the program, and small enough to be sent at once`() {
    #expect((1000..<65_536).contains(JobScript.script.count))
    #expect(!JobScript.script.contains(0))
  }

  @Test func `nothing but the job's number stands on the command line`() {
    let read = "'IFS= read -rN \(JobScript.script.count) s; eval \"$s\"'"
    #expect(
      JobScript.command(id: "7f-1") == "exec env VIGIE_JOB=7f-1 LC_ALL=C bash --noprofile --norc -c \(read)")
    #expect(JobScript.command(id: "$(reboot)").hasPrefix("exec env 'VIGIE_JOB=$(reboot)' LC_ALL=C "))
  }

  @Test func `a job is ordered in words, and begun last`() {
    #expect(
      lines(JobScript.orders(running: job, who: "ana maria")) == [
        "who ana\\040maria", "title Restart\\040redis\\040of\\040boutique\\040on\\040web-1", "lock boutique",
        "look docker\\040inspect\\040redis", "want running* 30", "step 120 docker\\040restart\\0400cab65117bf7",
        "step 2 sh\\040-c\\040'cat\\040>\\040'\\134''a\\040b'\\134''' x\\134\\012y\\011é", "run", "",
      ])
  }

  @Test func `what is not there is not ordered, and no step gets less than a second`() {
    let bare = Job(
      host: HostName("web-1"), title: "x", subject: "x", steps: [Step(["true"], input: "", limit: .zero)],
      look: Look(["uptime"]))
    #expect(
      lines(JobScript.orders(running: bare, who: "ana")) == [
        "who ana", "title x", "look uptime", "step 1 true", "run", "",
      ])
  }

  @Test func `a look without which nothing is run says so`() {
    var job = job
    job.look?.isNeeded = true
    #expect(lines(JobScript.orders(running: job, who: "ana")).contains("look docker\\040inspect\\040redis needed"))
  }

  @Test func `who attaches says how to look before it asks for the lines`() {
    #expect(
      lines(JobScript.orders(attachingTo: job, from: 12)) == [
        "look docker\\040inspect\\040redis", "want running* 30", "attach 12", "",
      ])
    #expect(String(decoding: JobScript.cancel, as: UTF8.self) == "cancel\n")
  }

  @Test(arguments: [
    "a\nrun\nstep 1 reboot", "a\rrun", "$(reboot)", "`reboot`", "a\u{0}b", "\u{1B}[2J", "\\012run", "a b",
  ])
  func `hostile text is one word of one line`(_ text: String) {
    let hostile = Job(
      host: HostName("web-1"), title: text, lock: text, subject: "x", steps: [Step([text], input: text)],
      look: Look([text], wanted: text))
    let lines = lines(JobScript.orders(running: hostile, who: text))
    #expect(lines.map { $0.prefix { $0 != " " } } == ["who", "title", "lock", "look", "want", "step", "run", ""])
    #expect(lines.map { $0.split(separator: " ").count } == [2, 2, 2, 2, 3, 4, 1, 0])
    #expect(lines.allSatisfy { !$0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } })
  }
}
