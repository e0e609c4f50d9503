import Fleet
import Telemetry
import Testing

@Suite struct JSONLineTests {
  private func container(_ json: String) -> ContainerFacts? {
    guard case .container(let facts) = StreamDecoder.events(["container \(json)"]).first else { return nil }
    return facts
  }

  private func journal(_ json: String) -> LogEntry? {
    guard case .log(let entry) = StreamDecoder.events(["journal \(json)"]).first else { return nil }
    return entry
  }

  @Test func `a container's facts`() throws {
    let facts = try #require(
      container(
        """
        {"id":"abc","name":"/shop-php-1","image":"php:8.3","project":"shop","service":"php","dir":"/srv/shop",\
        "files":"/srv/shop/compose.yaml","state":"running","health":"healthy","restarts":3,"exit":0,"oom":false,\
        "started":"2024-05-01T12:00:00.123456789Z","finished":"0001-01-01T00:00:00Z",\
        "ports":["0.0.0.0:8080->80/tcp"],"cpus":1.5,"memory":536870912,"pid":812,"policy":"unless-stopped"}
        """))
    #expect(facts.name == "shop-php-1")
    #expect(facts.project == "shop" && facts.service == "php")
    #expect(facts.state == .running && facts.health == .healthy)
    #expect(facts.restartCount == 3)
    #expect(facts.exitCode == nil)
    #expect(facts.startedAt == Moment(milliseconds: 1_714_564_800_123))
    #expect(facts.finishedAt == nil)
    #expect(facts.ports == ["0.0.0.0:8080->80/tcp"])
    #expect(facts.cpuLimit == 1.5 && facts.memoryLimit == ByteCount(536_870_912))
    #expect(facts.processID == 812 && facts.restartPolicy == "unless-stopped")
  }

  @Test(
    arguments: [
      (#""dir":"/srv/a b","files":"/srv/a b/é.yaml""#, true), (#""dir":"/srv/a\nb""#, false),
      (#""project":"essai\u001b[0m""#, false), (#""service":"web\ufe0f""#, false), (#""files":"/srv/\u202e""#, false),
    ])
  func `Compose's labels are exact where nothing was cleaned away`(_ fields: String, _ isExact: Bool) throws {
    let facts = try #require(container(#"{"id":"a","name":"x","state":"running",\#(fields)}"#))
    #expect(facts.hasExactLabels == isExact)
  }

  @Test(
    arguments: [
      (#""swap":134217728"#, .together(ByteCount(134_217_728))), (#""swap":-1"#, .unlimited), (#""swap":0"#, .unset),
      (#""swap":-2"#, nil), (#""swap":"x""#, nil), (#""x":1"#, nil),
    ] as [(String, SwapLimit?)])
  func `memory and swap together are as Docker has them`(_ field: String, _ limit: SwapLimit?) throws {
    let facts = try #require(container(#"{"id":"a","name":"x","state":"running",\#(field)}"#))
    #expect(facts.swapLimit == limit)
  }

  @Test(
    arguments: [(0, 0, nil), (50_000, 0, 100), (50_000, 50_000, 50), (-1, 0, nil), (1, -5, 100)] as [(Int, Int, Int?)])
  func `a CPU limit by quota has a period`(_ quota: Int, _ period: Int, _ milliseconds: Int?) throws {
    let facts = try #require(
      container(#"{"id":"a","name":"x","state":"running","quota":\#(quota),"period":\#(period)}"#))
    #expect(facts.cpuPeriod == milliseconds.map { .milliseconds($0) })
  }

  @Test func `zero is no limit, no health is no check, and a bad figure is unknown`() throws {
    let facts = try #require(
      container(
        """
        {"id":"abc","name":"x","state":"exited","health":"none","restarts":"many","exit":137,"oom":true,\
        "started":"yesterday","finished":"2024-05-01T14:00:00+02:00","ports":null,"cpus":0,"memory":0,"pid":0,\
        "project":"","service":5}
        """))
    #expect(facts.health == nil && facts.cpuLimit == nil && facts.memoryLimit == nil && facts.processID == nil)
    #expect(facts.project == nil && facts.service == nil && facts.startedAt == nil && facts.ports.isEmpty)
    #expect(facts.exitCode == 137 && facts.oomKilled)
    #expect(facts.finishedAt == Moment(milliseconds: 1_714_564_800_000))
  }

  @Test(
    arguments: [
      ("1970-01-01T00:00:01Z", 1), ("2000-02-29T00:00:00Z", 951_782_400), ("2024-02-29T23:59:59.9Z", 1_709_251_199),
      ("2024-12-31T23:00:00-01:30", 1_735_691_400), ("9999-12-31T23:59:59Z", 253_402_300_799),
      ("2024-13-01T00:00:00Z", nil),
      ("0001-01-01T00:00:00Z", nil), ("2024-05-01T12:00:00", nil), ("2024-05-01T12:00:00.", nil),
      ("2024-05-01T12:00:00+1", nil), ("-024-05-01T12:00:00Z", nil), ("2024-05-01T25:00:00Z", nil),
    ] as [(String, Int64?)])
  func `times of the engine`(_ text: String, _ seconds: Int64?) throws {
    let facts = try #require(container(#"{"id":"a","name":"x","state":"running","started":"\#(text)"}"#))
    #expect(facts.startedAt.map { $0.milliseconds / 1000 } == seconds)
  }

  @Test func `a hostile name is shown and does nothing`() throws {
    let facts = try #require(
      container(#"{"id":"a","name":"$(reboot)\u001b[31m\n\u202e","image":"","state":"running"}"#))
    #expect(facts.name == "$(reboot) ·")
  }

  @Test func `an event names its container, service and exit code`() {
    let line = """
      event {"status":"die","id":"abc","from":"redis:7","Type":"container","Action":"die","Actor":{"ID":"abc",\
      "Attributes":{"com.docker.compose.project":"shop","com.docker.compose.service":"redis","exitCode":"137",\
      "image":"redis:7","name":"shop-redis-1"}},"scope":"local","time":1700000000,"timeNano":1700000000123456789}
      """
    let event = ContainerEvent(
      action: .die, id: "abc", name: "shop-redis-1", project: "shop", service: "redis", image: "redis:7",
      exitCode: 137, at: Moment(milliseconds: 1_700_000_000_123))
    #expect(StreamDecoder.events([line]) == [.containerEvent(event)])
  }

  @Test func `a change of health is an event, an exec is none`() {
    let healthy = #"{"Type":"container","Action":"health_status: healthy","Actor":{"ID":"abc"},"time":1700000000}"#
    let exec = #"{"Type":"container","Action":"exec_create: sh","Actor":{"ID":"abc"},"time":1700000000}"#
    let network = #"{"Type":"network","Action":"connect","Actor":{"ID":"abc"},"time":1700000000}"#
    let event = ContainerEvent(
      action: .healthy, id: "abc", name: "abc", at: Moment(milliseconds: 1_700_000_000_000))
    #expect(
      StreamDecoder.events(["event \(healthy)", "event \(exec)", "event \(network)"]) == [.containerEvent(event)])
  }

  @Test func `a journal entry`() throws {
    let entry = try #require(
      journal(
        """
        {"__REALTIME_TIMESTAMP":"1700000000123456","PRIORITY":"3","SYSLOG_IDENTIFIER":"nginx",\
        "_SYSTEMD_UNIT":"nginx.service","MESSAGE":"worker died","CONTAINER_NAME":"web"}
        """))
    let expected = LogEntry(
      priority: 3, source: "nginx", unit: "nginx.service", container: "web", text: "worker died",
      at: Moment(milliseconds: 1_700_000_000_123))
    #expect(entry == expected)
  }

  @Test(arguments: [
    (#""caf\u00e9""#, "café"), ("[104,105,27,91,51,49,109]", "hi"), ("[27,91,51,49,109,104,105]", "hi"),
    ("null", nil), (#"["a","b"]"#, "a b"), ("[300]", nil), ("{}", nil), ("5", nil),
  ])
  func `a message may be text, bytes, several, or not sent`(_ json: String, _ shown: String?) throws {
    let entry = try #require(journal(#"{"__REALTIME_TIMESTAMP":"1700000000000000","MESSAGE":\#(json)}"#))
    #expect(entry.text == shown)
    #expect(entry.priority == 6)
  }

  @Test func `a kernel entry has its mark`() throws {
    let entry = try #require(
      journal(#"{"__REALTIME_TIMESTAMP":"1700000000000000","_TRANSPORT":"kernel","PRIORITY":"9","MESSAGE":"oom"}"#))
    #expect(entry.isKernel && entry.source == "kernel" && entry.priority == 6)
  }

  @Test func `JSON too deep is kept apart`() {
    let deep = "journal " + String(repeating: "[", count: 60_000)
    #expect(StreamDecoder.events([deep]).allSatisfy { $0.isGarbage })
    let object = "journal " + String(repeating: "{\"a\":", count: 10_000)
    #expect(StreamDecoder.events([object]).allSatisfy { $0.isGarbage })
  }

  @Test func `bytes that are not UTF-8 within JSON are repaired`() {
    var decoder = StreamDecoder()
    _ = decoder.decode(text: helloLine)
    let json =
      Array(#"journal {"__REALTIME_TIMESTAMP":"1700000000000000","MESSAGE":"a"#.utf8) + [0xFF] + Array("b\"}".utf8)
    guard case .log(let entry) = decoder.decode(json).first else {
      Issue.record("no entry")
      return
    }
    #expect(entry.text == "a\u{FFFD}b")
  }

  @Test func `an answer of a Redis`() {
    let line = """
      redis abc redis_version:7.2.5 run_id:f00 uptime_in_seconds:60 connected_clients:3 blocked_clients:0 \
      used_memory:1048576 maxmemory:0 maxmemory_policy:noeviction total_commands_processed:99 keyspace_hits:8 \
      keyspace_misses:2 evicted_keys:0 expired_keys:1 db0:keys=12,expires=3,avg_ttl=0 db3:keys=5,expires=0,avg_ttl=0
      """
    var reading = CacheReading(containerID: "abc")
    (reading.version, reading.runID, reading.uptimeSeconds) = ("7.2.5", "f00", 60)
    (reading.clients, reading.blockedClients, reading.policy) = (3, 0, "noeviction")
    (reading.usedMemory, reading.maxMemory) = (ByteCount(1_048_576), ByteCount(0))
    (reading.commands, reading.hits, reading.misses, reading.evicted, reading.expired) = (99, 8, 2, 0, 1)
    reading.keys = 17
    #expect(StreamDecoder.events([line]) == [.cache(reading)])
  }

  @Test(arguments: [
    (
      "role:master connected_slaves:1 slave0:ip=10.0.0.3,port=6379,state=online,offset=9,lag=2",
      CacheReplication(isReplica: false, lag: .seconds(2))
    ), ("role:master", CacheReplication(isReplica: false)),
    (
      "role:slave master_link_status:up master_last_io_seconds_ago:4",
      CacheReplication(isReplica: true, isLinkUp: true, lag: .seconds(4))
    ),
    (
      "master_last_io_seconds_ago:-1 master_link_status:down role:slave",
      CacheReplication(isReplica: true, isLinkUp: false)
    ), ("role:king master_link_status:up", nil), ("master_link_status:up", nil),
  ])
  func `how a Redis stands to others`(_ fields: String, _ replication: CacheReplication?) {
    guard case .cache(let reading)? = StreamDecoder.events(["redis abc \(fields)"]).first else {
      Issue.record("no reading")
      return
    }
    #expect(reading.replication == replication)
  }

  @Test func `what a Redis says of its memory and its files`() {
    let readings = StreamDecoder.events([
      "redis a mem_fragmentation_ratio:1.53 rdb_last_bgsave_status:err rdb_last_save_time:1700000000 "
        + "aof_last_write_status:ok valkey_version:8.0.1 redis_version:7.2.4",
      "redis a mem_fragmentation_ratio:-nan rdb_last_bgsave_status:ok rdb_last_save_time:0 aof_last_write_status:?",
    ]).compactMap { event -> CacheReading? in
      if case .cache(let reading) = event { reading } else { nil }
    }
    #expect(readings.map(\.fragmentation) == [Ratio(1.53), nil])
    #expect(readings.map(\.lastSaveFailed) == [true, false])
    #expect(readings.map(\.lastSave) == [.seconds(0), nil])
    #expect(readings.map(\.appendFailed) == [false, nil])
    #expect(readings.map(\.engine) == [.valkey, .redis])
    #expect(readings.first?.version == "8.0.1")
  }

  @Test func `a Redis without keys has none, and one that refuses says why`() {
    let events = StreamDecoder.events([
      "redis abc run_id:f00 keyspace_hits:0 keyspace_misses:0", "redis abc used_memory:x",
      "redis abc error NOAUTH Authentication required.",
    ])
    let readings = events.compactMap { event -> CacheReading? in
      if case .cache(let reading) = event { reading } else { nil }
    }
    #expect(readings.map(\.keys) == [0, nil, nil])
    #expect(readings.map(\.problem) == [nil, nil, "NOAUTH Authentication required."])
  }
}
