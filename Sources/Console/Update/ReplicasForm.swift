package import Fleet
import Operations
package import Surface
import Telemetry

/// How many containers of a service are to run, as a person chooses it.
package struct ReplicasForm: Hashable, Sendable {
  /// One of the service's containers.
  package var container: ContainerID
  package var title: String
  package var running: Int
  /// All of them, running or not.
  package var count: Int
  /// What was typed, or set by the arrows.
  package var field: TextField
  /// Whether the first digit typed replaces what stands there.
  package var isFresh = true
}

extension Model {
  /// The service of the container under the cursor.
  func replicas(of id: ContainerID) throws(Unavailable) -> Replicas {
    let target = try targets([id])[0]
    let telemetry = telemetry[id.host]
    return Replicas(
      target, among: telemetry?.containers.values.map(\.facts) ?? [], role: fleet.role(of: target.facts, on: id.host),
      room: telemetry.map { HostRoom(id.host, $0) } ?? HostRoom(id.host),
      uses: telemetry?.containers.compactMapValues(\.figures.memory) ?? [:])
  }

  var replicasObstacle: String? {
    do throws(Unavailable) {
      let ids = actedContainers
      guard let first = ids.first else { return "choose a container first" }
      guard ids.count == 1 else { return "replicas are of one service: take the marks away first" }
      return try replicas(of: first).obstacle
    } catch {
      return error.reason
    }
  }

  mutating func openReplicas() {
    guard let id = actedContainers.first, let replicas = try? replicas(of: id) else { return }
    let facts = replicas.target.facts
    overlay = .replicas(
      ReplicasForm(
        container: id, title: "How many of \(facts.service ?? facts.name) on \(id.host)", running: replicas.running,
        count: replicas.containers.count, field: TextField(String(replicas.running))))
  }

  mutating func press(_ key: Key, in form: ReplicasForm) -> [Effect] {
    var form = form
    // Up is more, whatever goes to the next line elsewhere.
    switch key.code {
    case .up, .right: form.step(by: 1)
    case .down, .left: form.step(by: -1)
    case .character(let digit) where ("0"..."9").contains(digit) && !key.control && !key.alt:
      if form.isFresh { form.field = TextField() }
      form.isFresh = false
      _ = form.field.edit(key)
    case .character where !key.control && !key.alt: break
    default:
      switch dialogCommand(key) {
      case .dialogCancel:
        overlay = nil
        say("nothing was done")
        return []
      case .dialogConfirm:
        overlay = .replicas(form)
        return propose(form)
      default:
        form.isFresh = false
        _ = form.field.edit(key)
      }
    }
    overlay = .replicas(form)
    return []
  }

  private mutating func propose(_ form: ReplicasForm) -> [Effect] {
    do throws(Unavailable) {
      guard let count = Int(form.field.text) else {
        throw Unavailable(reason: "type a number from 0 to \(Replicas.most)")
      }
      return propose(try Plan.replicas(try replicas(of: form.container), to: count, settings: fleet.actions))
    } catch {
      say(error.reason, isProblem: true)
      return []
    }
  }
}

extension ReplicasForm {
  mutating func step(by step: Int) {
    let number = min(Int(field.text) ?? running, Replicas.most)
    field = TextField(String(max(0, min(Replicas.most, number + step))))
    isFresh = true
  }
}
