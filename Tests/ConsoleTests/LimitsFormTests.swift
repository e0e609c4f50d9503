import Fleet
import Operations
import Surface
import Telemetry
import Testing

@testable import Console

/// The form of limits: from its key to the plan, and back.
struct LimitsFormTests {
  private static let staging = HostName("staging")
  private static let id = JobID(plan: 1, job: 0)

  /// The shop's PHP under the cursor, on the development host: 1 core, 512 MiB.
  private func desk(service: String = "php", width: Int = 100) -> Desk {
    var desk = Desk(width: width, height: 40)
    desk.report(["staging"])
    desk.press("j", "j", "u", "2")
    select(service, &desk)
    return desk
  }

  private func select(_ service: String, _ desk: inout Desk) {
    desk.press("g")
    for _ in 0..<8 where desk.selected(.containers) != "shop-\(service)-1" { desk.press("j") }
  }

  private func form(_ desk: Desk) -> LimitsForm? {
    guard case .limits(let form)? = desk.model.overlay else { return nil }
    return form
  }

  private func asked(_ desk: Desk) -> Plan? {
    guard case .confirm(let confirmation)? = desk.model.overlay else { return nil }
    return confirmation.plan
  }

  private func update(_ desk: Desk) -> String? { asked(desk)?.jobs.first?.steps.first?.line }

  /// The container's full identifier.
  private func container(_ desk: Desk, _ service: String = "php") -> String {
    desk.model.telemetry[Self.staging]?.containers.values.first { $0.facts.service == service }?.facts.id ?? ""
  }

  @Test func `a locked console changes no limits`() {
    var desk = desk()
    desk.press("u", "v")
    #expect(desk.model.overlay == nil)
    #expect(desk.text.contains("locked: u unlocks it"))
  }

  @Test func `arrows change the figures, Enter shows the plan, and nothing runs before yes`() throws {
    var desk = desk()
    desk.press("v")
    #expect(desk.text.contains("Limits of shop-php-1 on staging, dev"))
    #expect(desk.press("Right", "Right", "Left", "Down", "+", "+") == [])
    #expect(form(desk)?.cores == .limit(Cores(1.25)) && form(desk)?.memory == .limit(.mebibytes(640)))
    #expect(desk.press("Enter") == [])
    #expect(update(desk)?.hasPrefix("docker update --cpus 1.25 --memory 640m --memory-swap ") == true)
    #expect(desk.text.contains("'  php: {cpus: 1.25, mem_limit: 640m"))
    let plan = try #require(asked(desk))
    #expect(desk.press("Tab", "Enter") == [.run(Self.id, plan.jobs[0], .dev)])
  }

  @Test func `a number is typed, and corrected where it is none`() {
    var desk = desk()
    desk.press("v", "1", ".", "5", "Down", "2", "g", "Enter")
    #expect(update(desk)?.hasPrefix("docker update --cpus 1.5 --memory 2g ") == true)
    desk.press("Esc", "v", "1", ".", ".", "Enter")
    #expect(asked(desk) == nil && form(desk)?.typed == "1..")
    #expect(desk.text.contains("1.. is no number of cores: type one such as 1.5, or none"))
    desk.press("Backspace", "2", "5", "Enter")
    #expect(update(desk)?.hasPrefix("docker update --cpus 1.25 ") == true)
  }

  @Test func `Esc drops what is typed, then the form`() {
    var desk = desk()
    desk.press("v", "3", "Esc")
    #expect(form(desk)?.typed == nil && form(desk)?.cores == .asItIs)
    desk.press("Esc")
    #expect(desk.model.overlay == nil && desk.text.contains("nothing was done"))
  }

  @Test func `a paste is a value, never keys`() {
    var desk = desk()
    desk.press("v")
    desk.take(.pasted("2\n"))
    #expect(form(desk)?.typed == "2")
  }

  @Test(arguments: [["Delete"], ["n", "o", "n", "e"]]) func `a limit can be taken away`(_ keys: [String]) {
    var desk = desk()
    desk.press("v")
    for key in keys { desk.press(key) }
    desk.press("Enter")
    #expect(update(desk)?.hasPrefix("docker update --cpus 4.0 ") == true)
    #expect(asked(desk)?.jobs[0].steps[1].input?.contains("cpus: 0, ") == true)
  }

  @Test func `a zero takes no limit away by a slip, and what is no amount is refused with a sentence`() {
    var desk = desk()
    desk.press("v", "0", ".", "0", "Enter")
    #expect(asked(desk) == nil)
    #expect(desk.text.contains("0.0 is no limit: type an amount; to take the limit away type none, or press Del"))
    desk.press("Esc", "j", "0", ".", "3", "1", "6", "0", "m", "Space", "Enter")
    #expect(asked(desk) == nil)
    #expect(desk.text.contains("Docker takes no less than 6m of memory"))
  }

  @Test func `no change is no plan`() {
    var desk = desk()
    desk.press("v", "Enter")
    #expect(asked(desk) == nil && desk.text.contains("nothing would change"))
  }

  @Test func `a limit below what is in use is refused with the figure`() throws {
    var desk = desk()
    let used = try #require(desk.model.telemetry[Self.staging]?.containers[container(desk)]?.figures.memory)
    desk.press("v", "Down", "6", "4", "m", "Enter")
    #expect(asked(desk) == nil)
    #expect(desk.text.contains("64m is below the \(used.short) in use now"))
    desk.press("Up", "9", "Enter")
    #expect(desk.text.contains("9.0 cores are more than the 4.0 that the host has"))
  }

  @Test func `the proposal is taken by its key`() {
    var desk = desk()
    for _ in 0..<30 { throttle(&desk, periods: 10, throttled: 9) }
    desk.press("v")
    #expect(desk.text.contains("throttled  90% of periods"))
    #expect(desk.text.contains("2.0: throttled in 90% of periods at 1.0"))
    desk.press("p")
    #expect(form(desk)?.cores == .limit(Cores(2)))
  }

  /// One more frame in which the shop's PHP was held back in so many periods more.
  private func throttle(_ desk: inout Desk, periods: Int, throttled: Int) {
    desk.now = desk.now + .seconds(2)
    let id = container(desk)
    let step = (desk.model.telemetry[Self.staging]?.frameCount ?? 0) * 2
    let clock = desk.now.milliseconds / 1000
    desk.say(
      [
        "= 0 \(clock).000000 \(9_000_000 + step).00", "cpu 100 0 100 1000 0 0 0 0", "cpu0 1 0 1 1 0 0 0 0",
        "cpu1 1 0 1 1 0 0 0 0", "cpu2 1 0 1 1 0 0 0 0", "cpu3 1 0 1 1 0 0 0 0",
        "c \(id) cpu=\(step)000000000 mem=200000000 periods=\(step * periods) throttled=\(step * throttled)", ".",
      ], on: Self.staging)
  }

  @Test func `limits are for containers of one service that run`() {
    var desk = desk()
    desk.press("Space")
    select("redis", &desk)
    desk.press("Space", "v")
    #expect(form(desk) == nil && desk.text.contains("limits are for the containers of one service at a time"))
  }

  @Test func `several containers with other limits each keep their own, until one is chosen for all`() {
    var desk = desk(width: 80)
    let line = { (number: Int, id: String, cores: Double) in
      """
      container {"id":"\(id)","name":"shop-idle-\(number)","image":"php","project":"shop","service":"idle",\
      "dir":"/srv/shop","files":"/srv/shop/compose.yaml","state":"running","cpus":\(cores),"memory":33554432}
      """
    }
    desk.say(
      [line(1, String(repeating: "1a", count: 32), 0.5), line(2, String(repeating: "2b", count: 32), 0.25)],
      on: Self.staging)
    desk.press("/", "i", "d", "l", "e", "Enter", "g", "Space", "j", "Space", "v")
    let text = desk.text
    #expect(text.contains("┌ Limits of 2 containers of shop idle on staging, dev "), "\(text)")
    #expect(text.contains("│ the most of 2           now "), "\(text)")
    #expect(text.contains(#/ CPU cores .* differ ‹ each its own ›/#), "\(text)")
    #expect(text.contains(#/ memory .* 32m   32m  as it is/#), "\(text)")
    desk.press("Enter")
    #expect(desk.text.contains("nothing would change"))
    desk.press("Down", "4", "8", "m", "Enter")
    let lines = asked(desk)?.jobs.first?.steps.map(\.line) ?? []
    #expect(lines.count == 3 && lines.allSatisfy { !$0.contains("--cpus") } && lines[1].contains("--memory 48m"))
  }

  @Test func `what scales within is off until it is taken in, and follows the memory`() {
    var desk = desk()
    let id = container(desk)
    desk.say(["part \(id) fpm pool=www active=3 limit=12 source=status"], on: Self.staging)
    desk.press("v", "Down", "1", "g", "Enter")
    #expect(asked(desk)?.jobs[0].steps.count == 2)
    desk.press("Esc", "v", "Down", "1", "g", "Down")
    #expect(desk.text.contains("[ ] pm.max_children"))
    desk.press("Space")
    #expect(desk.text.contains("[x] pm.max_children"))
    desk.press("Enter")
    #expect(asked(desk)?.jobs[0].steps.last?.line == "bash -s -- pm.max_children 24")
    #expect(asked(desk)?.undo.first?.jobs[0].steps.first?.line == "bash -s -- pm.max_children 12")
  }

  @Test func `a Redis with a maximum offers that, and the fleet file says where its password is`() {
    var desk = desk(service: "redis")
    desk.press("v")
    #expect(form(desk)?.maxMemory != nil && desk.text.contains("[ ] maxmemory"))
    desk.press("Down", "5", "1", "2", "m", "Down", "Space", "Enter")
    #expect(asked(desk)?.jobs[0].steps.last?.line.hasPrefix("bash -s -- maxmemory ") == true)
  }

  @Test func `what can't be scaled within is said, with the reason`() {
    var desk = desk(service: "redis")
    desk.say(["part \(container(desk, "redis")) redis error it needs a password; name one"], on: Self.staging)
    desk.press("v")
    #expect(form(desk)?.maxMemory == nil)
    #expect(desk.text.contains("maxmemory is not known: it needs a password; name one"))
  }

  @Test func `what a host says of limits and workers overflows nothing`() throws {
    var desk = desk()
    let id = container(desk)
    let line = { (name: String, id: String, bytes: UInt64) in
      """
      container {"id":"\(id)","name":"\(name)","image":"php","project":"shop","service":"php","dir":"/srv/shop",\
      "files":"/srv/shop/compose.yaml","state":"running","memory":\(bytes),"swap":9223372036854775807}
      """
    }
    desk.say(
      [line("shop-php-1", id, 1)]
        + (0..<20).map { line("x-\($0)", String(repeating: "\($0 % 10)a", count: 20 + $0), 1 << 50) }
        + ["part \(id) fpm pool=www active=3 limit=1000000000 source=status"], on: Self.staging)
    desk.press("v", "Down", "9", "0", "0", "t", "Down", "Space", "Right")
    #expect(form(desk)?.childrenWanted(Limits(memory: ByteCount(1))) == 1_000_000_001)
    #expect(desk.text.contains("all limits together"), "\(desk.text)")
    desk.press("Enter")
    #expect(asked(desk)?.warnings.contains { $0.hasPrefix("staging: all memory limits together are then") } == true)
  }

  @Test func `a change that failed halfway offers the way back for what it did`() throws {
    var desk = desk()
    desk.press("v", "Right", "Enter", "Tab", "Enter")
    for line: JobLine in [
      .begin(0), .ended(0, .exited(0), .zero), .begin(1), .output(1, "mktemp: No space left on device"),
      .ended(1, .exited(1), .zero), .after("state=running", isAsWanted: true), .end(.failed),
    ] { desk.take(.job(Self.id, .line(line))) }
    #expect(desk.text.contains("[ Close ] [ Retry what failed ] [ u: Undo ]"), "\(desk.text)")
    desk.press("u")
    #expect(update(desk)?.hasPrefix("docker update --cpus 1.0 ") == true)
  }

  @Test func `the effect stands beside what was, and one key proposes the former limits`() throws {
    var desk = desk()
    desk.press("v", "Right", "Enter", "Tab", "Enter")
    for line: JobLine in [
      .begin(0), .ended(0, .exited(0), .zero), .begin(1), .output(1, "! temporary, until it is made anew: x"),
      .ended(1, .exited(0), .zero), .after("state=running", isAsWanted: true), .end(.done),
    ] { desk.take(.job(Self.id, .line(line))) }
    desk.report(["staging"], times: 12)
    #expect(desk.text.contains("The minute before, and since 24s:"))
    #expect(desk.text.contains(" of 1.0 ") && desk.text.contains(" of 1.25"))
    #expect(desk.text.contains("! temporary, until it is made anew: x"))
    desk.press("u")
    #expect(update(desk)?.hasPrefix("docker update --cpus 1.0 ") == true)
  }

  @Test func `after a container was made anew, its successor gets the former limits`() throws {
    var desk = desk()
    let old = container(desk)
    desk.press("v", "Right", "Enter", "Tab", "Enter")
    desk.take(.job(Self.id, .line(.ended(0, .exited(0), .zero))))
    desk.take(.job(Self.id, .line(.end(.done))))
    let new = String(repeating: "ab", count: 32)
    desk.say(
      [
        "gone \(old)",
        """
        container {"id":"\(new)","name":"shop-php-1","image":"php","project":"shop","service":"php",\
        "dir":"/srv/shop","files":"/srv/shop/compose.yaml","state":"running","cpus":1.25,"memory":536870912}
        """,
      ], on: Self.staging)
    desk.press("u")
    #expect(update(desk) == "docker update --cpus 1.0 abababababab")
  }
}
