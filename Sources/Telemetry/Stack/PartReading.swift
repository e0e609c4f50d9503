/// What the sampler knows how to ask; the raw value is its word in the stream.
package enum PartKind: String, CaseIterable, Sendable {
  case redis, memcached, fpm, nginx, apache, accesslog, traefik, mysql, postgres
}

/// One thing that is asked: a kind, in one container of a host.
package struct PartID: Hashable, Sendable {
  package var containerID: String
  package var kind: PartKind

  package init(containerID: String, kind: PartKind) {
    self.containerID = containerID
    self.kind = kind
  }
}

/// One answer of a part, as the stream says it: `part ID KIND key=value …`, cleaned. Counters are since its start.
package struct PartReading: Hashable, Sendable {
  package var id: PartID
  /// Why there are no figures, and what would change that; `nil` where there are.
  package var problem: String?
  package var fields: [String: String]

  package init(id: PartID, problem: String? = nil, fields: [String: String] = [:]) {
    self.id = id
    self.problem = problem
    self.fields = fields
  }
}

/// A line of what a host was asked once: `answer ID WHAT TEXT…`; `text` is `nil` at the end of it.
package struct PartAnswer: Hashable, Sendable {
  /// Empty where it is about the host itself.
  package var containerID: String
  package var question: String
  package var text: String?

  package init(containerID: String, question: String, text: String?) {
    self.containerID = containerID
    self.question = question
    self.text = text
  }
}
