import Fleet

// What a simulated container says besides its figures.
extension SimulatedContainer {
  var factsLine: String {
    let health = role.hasHealthCheck ? "healthy" : ""
    let ports = role.port.map { "\"0.0.0.0:\($0)->\($0)/tcp\"" } ?? ""
    let memory = UInt64((role.memoryLimit ?? 0) * 1_048_576)
    let exposed = role.exposed.map { "{\"\($0)/tcp\":{}}" } ?? "null"
    return """
      container {"id":"\(id)","name":"\(name)","image":"\(role.image)","project":"\(project)",\
      "service":"\(role.service)","dir":"/srv/\(project)","files":"/srv/\(project)/compose.yaml",\
      "state":"running","health":"\(health)","restarts":\(restarts),"exit":0,"oom":false,\
      "started":"\(Timestamp.text(startedSeconds))","finished":"0001-01-01T00:00:00Z","ports":[\(ports)],\
      "cpus":\(role.cpuLimit ?? 0),"memory":\(memory),"pid":4711,"policy":"unless-stopped",\
      "role":null,"exposed":\(exposed)}
      """
  }

  /// A line of the engine.
  func eventLine(_ action: String, at: Moment, exitCode: Int? = nil) -> String {
    let exit = exitCode.map { ",\"exitCode\":\"\($0)\"" } ?? ""
    return """
      event {"status":"\(action)","id":"\(id)","from":"\(role.image)","Type":"container","Action":"\(action)",\
      "Actor":{"ID":"\(id)","Attributes":{"com.docker.compose.project":"\(project)",\
      "com.docker.compose.service":"\(role.service)"\(exit),"image":"\(role.image)","name":"\(name)"}},\
      "scope":"local","time":\(at.milliseconds / 1000),"timeNano":\(at.milliseconds)000000}
      """
  }

  /// The kernel's line when it exceeded its memory.
  func outOfMemoryLine(at: Moment) -> String {
    """
    journal {"__REALTIME_TIMESTAMP":"\(at.milliseconds)000","PRIORITY":"3","_TRANSPORT":"kernel",\
    "SYSLOG_IDENTIFIER":"kernel","MESSAGE":"Memory cgroup out of memory: Killed process 4711 (\(role.service))"}
    """
  }

  func warningLine(at: Moment) -> String {
    """
    journal {"__REALTIME_TIMESTAMP":"\(at.milliseconds)000","PRIORITY":"4","_TRANSPORT":"journal",\
    "SYSLOG_IDENTIFIER":"php-fpm","_SYSTEMD_UNIT":"docker.service","CONTAINER_NAME":"\(name)",\
    "MESSAGE":"WARNING: [pool www] server reached pm.max_children setting (12), consider raising it"}
    """
  }
}
