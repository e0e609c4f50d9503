/// Everything that the console can change on a host, by the names that the settings, the keymaps and the records use.
package enum ActionName: String, CaseIterable, Hashable, Sendable {
  case containerStart = "container.start"
  case containerStop = "container.stop"
  case containerRestart = "container.restart"
  case containerPause = "container.pause"
  case containerResume = "container.resume"
  case containerKill = "container.kill"
  case containerRemove = "container.remove"
  case containerLimits = "container.limits"
  case containerShell = "container.shell"
  case containerCommand = "container.command"
  case serviceRestart = "service.restart"
  case serviceApply = "service.apply"
  case serviceRecreate = "service.recreate"
  case serviceReplicas = "service.replicas"
  case hostReboot = "host.reboot"

  /// How much harm it can do, before production and the settings have their say.
  package var danger: Danger {
    switch self {
    case .containerStart, .containerResume: .harmless
    case .containerStop, .containerRestart, .containerPause, .containerKill, .serviceRestart, .serviceApply,
      .serviceRecreate, .serviceReplicas, .containerLimits, .containerShell, .containerCommand:
      .interrupting
    case .containerRemove, .hostReboot: .severe
    }
  }

  /// Whether it deletes data: its danger can't be lowered.
  package var deletesData: Bool { self == .containerRemove }
}
