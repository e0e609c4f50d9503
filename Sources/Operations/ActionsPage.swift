package import Fleet

/// `docs/actions.md`, made of the actions themselves.
package enum ActionsPage {
  package static var markdown: String {
    var lines = [
      "# Actions", "",
      "Made by `make docs` from the table of actions: change that, not this page.", "",
      "Whatever changes something on a host goes one way: choose (the row under the cursor, or several marked) → read the",
      "plan (the exact commands, host by host, what they do, the way back) → answer → run → see it checked on the host → a",
      "record before and after, on this machine and in the host's own journal (`journalctl -t vigie`). How a plan runs on a host",
      "stands in [jobs.md](jobs.md).", "",
      "- A console starts **locked**: a key unlocks it for a while, and the header says so. `--read-only` takes every action away.",
      "- The **danger** below is that of a development host. Production raises it by one class: "
        + Danger.allCases.map { "*\($0.rawValue)* asks \($0.asked)" }.joined(separator: "; ") + ".",
      "- `actions` in the [fleet file](fleet-file.md) loosens or tightens this; what deletes data can't be loosened.",
      "- Several hosts go one after the other (or in batches, with a pause), and stop at the first that fails: each is listed",
      "  with its reason, also those not begun, and what did not end well can be tried again alone.",
      "- A project has one actor at a time: a lock on its host says who acts on it, and since when.",
      "- A connection that breaks ends nothing: the job goes on on its host, and the console asks how it ended.", "",
      "What can go wrong is said with its cure, and is on record:", "",
      "- A Docker that does not answer within \(Look.limit.short) is asked for nothing: it would keep what it is asked, and do it later.",
      "  Where it stops answering midway, the step's limit or Cancel ends the wait, and it is said that it may still be done.",
      "- A host whose disk is full: without room for the job's log or lock nothing is run; without room for the limits'",
      "  override they are changed, and said to be temporary, on the screen and in the record. No file is left torn.",
      "- A `sudo` that asks for a password: the line for sudoers that would allow the command.",
      "- A reboot while somebody else acts on the host: who, since when and what; nothing is run until that has ended.",
      "- Compose labels that hold line breaks or controls: actions on the service are refused, those on the container go on.",
      "",
      "| action | what runs | danger | way back |", "| --- | --- | --- | --- |",
    ]
    for action in ActionName.allCases {
      let cells = ["`\(action.rawValue)`", action.runs, action.danger.rawValue, action.wayBack]
      lines.append("| " + cells.joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension ActionName {
  /// The commands, with what is filled in written in capitals.
  package var runs: String {
    switch self {
    case .containerStart: ContainerAction.start.pattern
    case .containerStop: ContainerAction.stop.pattern
    case .containerRestart: ContainerAction.restart.pattern
    case .containerPause: ContainerAction.pause.pattern
    case .containerResume: ContainerAction.unpause.pattern
    case .containerKill: ContainerAction.kill.pattern
    case .containerRemove: ContainerAction.remove.pattern
    case .containerLimits:
      "`docker update --cpus N --memory N --memory-swap N ID`, then the same numbers into an override file of the project "
        + "([scaling.md](scaling.md))"
    case .hostReboot: "`\(Machine.reboot.joined(separator: " "))`, by `sudo -n` where the user is not root"
    case .serviceReplicas: compose(Replicas.words("SERVICE", "N"))
    case .containerShell: "`docker exec -it ID sh`, or bash, with the operator's terminal"
    case .containerCommand: "`docker exec ID sh -c LINE`"
    case .serviceRestart: ServiceAction.restart.pattern
    case .serviceApply: ServiceAction.up.pattern
    case .serviceRecreate: ServiceAction.recreate.pattern
    }
  }

  package var wayBack: String {
    switch self {
    case .containerStart: ContainerAction.start.wayBack
    case .containerStop: ContainerAction.stop.wayBack
    case .containerRestart: ContainerAction.restart.wayBack
    case .containerPause: ContainerAction.pause.wayBack
    case .containerResume: ContainerAction.unpause.wayBack
    case .containerKill: ContainerAction.kill.wayBack
    case .containerRemove: ContainerAction.remove.wayBack
    case .containerLimits: "Undo, in the box of its result: the former limits, and the override as it was."
    case .hostReboot: Machine.wayBack
    case .serviceReplicas: "run the former number again."
    case .containerShell, .containerCommand: ContainerExec.wayBack
    case .serviceRestart: ServiceAction.restart.wayBack
    case .serviceApply: ServiceAction.up.wayBack
    case .serviceRecreate: ServiceAction.recreate.wayBack
    }
  }
}

extension ContainerAction {
  fileprivate var pattern: String { "`docker \(words.joined(separator: " ")) ID`" }
}

extension ServiceAction {
  fileprivate var pattern: String { compose(words + ["SERVICE"]) }
}

private func compose(_ words: [String]) -> String {
  "`docker compose --project-name PROJECT … \(words.joined(separator: " "))`"
}
