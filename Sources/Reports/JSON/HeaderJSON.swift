public import Facts
internal import Rules

extension ReportHeader {
  /// The members that every JSON output begins with; keys and words are part of the versioned format.
  func write(_ schema: String, into json: inout JSONObject) {
    json.string("schema", schema)
    json.time("asOf", asOf)
    json.object("policy") { policy.write(into: &$0) }
    json.object("window", window) { window, json in
      json.time("since", window.since)
      json.time("until", window.until)
    }
    json.objects("repositories", repositories) { $0.write(into: &$1) }
  }

  /// The remarks that end every JSON output.
  func writeNotes(into json: inout JSONObject) {
    json.strings("notes", notes.map { Words.note($0).plain })
  }
}

extension PolicySource {
  func write(into json: inout JSONObject) {
    switch self {
    case .none:
      json.string("source", "none")
      json.null("commit")
    case .directory(let name):
      json.string("source", "directory:\(name)")
      json.null("commit")
    case .branch(let name, let versions, let newest):
      json.string("source", name)
      json.string("commit", newest.hex)
      json.integer("versions", versions)
    case .removed(_, let versions, let commit):
      json.string("source", "none")
      json.string("commit", commit.hex)
      json.integer("versions", versions)
    case .revision(let text, let commit):
      json.string("source", text)
      json.string("commit", commit.hex)
    }
  }
}

extension RepositorySummary {
  fileprivate func write(into json: inout JSONObject) {
    json.string("name", name)
    json.string("branch", branch)
    json.string("tip", tip?.hex)
    json.time("newestCommit", newestCommit)
    json.integer("commits", commits)
    json.boolean("shallow", isShallow)
    json.time("completeSince", completeSince)
    json.time("readSince", readSince)
    json.object("hosts") { hosts.write(into: &$0) }
    if let ownership { json.object("ownership") { ownership.write(into: &$0) } }
    json.object("coverage") { coverage.write(into: &$0) }
    json.objects("sources", sources) { $0.write(into: &$1) }
    json.objects("diagnostics", diagnostics) { diagnostic, json in
      json.string("kind", diagnostic.example.kind.label)
      json.integer("count", diagnostic.count)
      json.string("example", Words.diagnostic(diagnostic.example).plain)
    }
    json.objects("remedies", remedies) { remedy, json in
      json.strings("brings", remedy.brings.map(\.rawValue))
      json.string("command", remedy.command)
      json.string("why", Words.why(remedy).plain)
    }
  }
}

extension Hosts {
  fileprivate func write(into json: inout JSONObject) {
    switch self {
    case .roster(let teams):
      json.string("from", "roster")
      json.strings("teams", teams)
    case .inferred(let people):
      json.string("from", "inferred")
      json.objects("people", people) { host, json in
        json.string("name", host.name)
        json.integer("landedForOthers", host.landings)
      }
    case .unknown:
      json.string("from", "unknown")
    }
  }
}

extension Coverage {
  fileprivate func write(into json: inout JSONObject) {
    json.integer("authors", authors)
    json.integer("knownAuthors", knownAuthors)
    json.integer("contributions", contributions)
    json.integer("knownContributions", knownContributions)
    json.objects("unresolved", unresolved) { item, json in
      json.string("address", item.address)
      json.integer("contributions", item.contributions)
    }
  }
}

extension SourceSummary {
  fileprivate func write(into json: inout JSONObject) {
    json.string("source", source.label)
    json.string("place", place)
    json.integer("records", records)
    json.integer("unreadable", unreadable)
    json.members("counts") { members in
      for count in counts { members.integer(count.name, count.value) }
    }
  }
}

extension SourceKind {
  /// The word for this source in JSON.
  public var label: String {
    switch self {
    case .history: "history"
    case .pullRefs: "pull-refs"
    case .mergeRequestRefs: "merge-request-refs"
    case .changeRefs: "change-refs"
    case .trailers: "trailers"
    case .commitNotes: "commit-notes"
    case .pushLog: "push-log"
    case .mail: "mail"
    case .reviewNotes: "review-notes"
    case .gittuf: "gittuf"
    case .gerrit: "gerrit"
    case .appraise: "git-appraise"
    }
  }
}

extension Grade {
  /// The word for this grade in JSON.
  public var label: String {
    switch self {
    case .absent: "absent"
    case .bounded: "bounded"
    case .claimed: "claimed"
    case .derived: "derived"
    case .recorded: "recorded"
    case .signed: "signed"
    }
  }
}
