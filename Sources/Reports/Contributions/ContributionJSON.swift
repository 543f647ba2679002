public import Facts
internal import Rules

extension ContributionsReport {
  /// The format's name and version.
  public static let schema = "tributary/contributions/1"

  /// How many items are written in one part: so few that the memory of one part serves for the next.
  private static let part = 64
  /// How many parts are written before they are handed out.
  private static let round = 64

  /// Does so many independent pieces of work, in any order, and gives their results in order.
  public typealias Workers = (_ count: Int, _ piece: @Sendable (Int) -> [UInt8]) -> [[UInt8]]

  /// The report as JSON, handed to `output` in pieces.
  ///
  /// Items are sorted by repository, then id, each on a line of its own. Times are RFC 3339 in UTC, waits are
  /// seconds, `evidence` is `REF@OBJECT-ID` or `commit@OBJECT-ID`. `workers` may write several parts at the same
  /// time; the bytes are the same.
  public func json(
    schema: String = ContributionsReport.schema,
    workers: Workers = { count, piece in (0..<count).map(piece) }, into output: ([UInt8]) throws -> Void
  ) rethrows {
    let entries = entries
    let rest = try JSONText.object { (json: inout JSONObject) throws in
      header.write(schema, into: &json)
      try json.array("items") { (items: inout JSONArray) throws in
        for start in stride(from: 0, to: entries.count, by: Self.part * Self.round) {
          let end = min(entries.count, start + Self.part * Self.round)
          let parts = workers((end - start + Self.part - 1) / Self.part) { number in
            let from = start + number * Self.part
            return JSONText.lines(entries[from..<min(end, from + Self.part)]) { $0.write(into: &$1) }
          }
          for part in parts {
            items.startElements(part)
            try output(items.drain())
            try output(part)
          }
        }
      }
      header.writeNotes(into: &json)
    }
    try output(rest)
  }
}

extension ContributionEntry {
  /// One item; keys and words are part of the versioned format.
  func write(into json: inout JSONObject, adding: ObjectiveKeys? = nil) {
    json.string("id", assessment.contribution.id.description)
    json.strings("aliases", assessment.contribution.aliases.map(\.description))
    json.string("repository", repository)
    json.string("title", assessment.contribution.title)
    json.string("state", assessment.contribution.state.rawValue)
    json.string("stateReason", assessment.contribution.basis.label)
    json.string("target", assessment.contribution.target)
    json.string("turn", assessment.turn?.rawValue)
    writeWaiting(into: &json)
    json.object("author") { writeAuthor(into: &$0) }
    json.strings("coauthors", assessment.contribution.coauthors.map { people[$0].key.description })
    json.object("opened") { writeOpening(into: &$0) }
    writeAnswer("firstResponse", assessment.firstResponse, into: &json)
    writeAnswer("firstReview", assessment.firstReview, into: &json)
    json.object("landed", assessment.contribution.landing) { landing, json in
      json.time("at", landing.time.instant)
      landing.time.writeLimits(into: &json)
      json.string("by", landing.by.map { people[$0].key.description })
      json.object("commit", named: landing.commit)
      json.string("grade", landing.grade.label)
      json.evidence("evidence", landing.evidence)
      json.strings("sources", landing.sources.sorted.map(\.label))
    }
    writeGaps(into: &json)
    json.integer("revisions", assessment.contribution.revisions.count)
    json.integer("commitCount", assessment.contribution.commits.count)
    json.strings("components", assessment.components)
    json.integer("pathCount", assessment.contribution.paths?.count)
    json.objects("approvals", assessment.approvals) { writeApproval($0, into: &$1) }
    json.boolean("authorised", assessment.isAuthorised)
    if !assessment.widenings.isEmpty {
      json.objects("widenings", assessment.widenings) { widening, json in
        json.string("objective", widening.objective)
        json.time("at", widening.at)
        json.strings("paths", widening.paths.texts)
      }
    }
    json.integer("level", assessment.level.number)
    json.string("levelReason", assessment.level.reason.rawValue)
    json.boolean("assisted", assessment.level.isAssisted)
    json.string("timeliness", assessment.timeliness?.rawValue)
    json.strings("findings", assessment.findings.map(\.rawValue))
    json.objects("standings", assessment.contribution.standings) { standing, json in
      json.string("source", standing.sourceLabel)
      json.string("status", standing.label)
    }
    json.strings("sources", assessment.contribution.sources.map(\.label))
    json.object("policy") { json in
      json.object("commit", named: assessment.policy.commit)
      json.boolean("beforeFirst", assessment.policy.isBeforeFirst)
    }
    writeObjectives(into: &json, adding: adding)
  }

  private func writeWaiting(into json: inout JSONObject) {
    json.time("waitingSince", assessment.turn == nil ? nil : assessment.waitingSince.earliest)
  }

  private func writeAuthor(into json: inout JSONObject) {
    let person = assessment.contribution.author.map { people[$0] }
    json.string("name", person?.name)
    json.string("email", person?.email)
    json.string("person", person?.key.description)
    json.string("team", assessment.authorTeams.first)
    json.string("origin", assessment.origin.kind.rawValue)
    json.string("originReason", assessment.origin.basis.label)
    if case .ownerByFile(let place) = assessment.origin.basis { json.string("originRule", place.description) }
  }

  private func writeOpening(into json: inout JSONObject) {
    let opened = assessment.contribution.opened
    json.time("at", opened.time.instant)
    opened.time.writeLimits(into: &json)
    json.string("grade", opened.grade.label)
    json.evidence("evidence", opened.evidence)
    json.strings("sources", opened.sources.sorted.map(\.label))
  }

  /// Why facts are null, each by its key.
  private func writeGaps(into json: inout JSONObject) {
    let gaps = assessment.gaps
    json.object("reasons") { json in
      if let gap = gaps.opened { json.string("opened", gap.rawValue) }
      if let gap = gaps.firstResponse { json.string("firstResponse", gap.rawValue) }
      if let gap = gaps.firstReview { json.string("firstReview", gap.rawValue) }
      if let gap = gaps.landed { json.string("landed", gap.rawValue) }
    }
  }

  private func writeAnswer(_ key: StaticString, _ answer: Timeline.Answer?, into json: inout JSONObject) {
    json.object(key, answer) { answer, json in
      json.time("at", answer.event.time.instant)
      answer.event.time.writeLimits(into: &json)
      json.string("by", answer.event.person.map { people[$0].key.description })
      json.integer("waitSeconds", answer.wait.exactSeconds)
      if case .between(let low, let high) = answer.wait {
        json.integer("waitAtLeastSeconds", Int(low))
        json.integer("waitAtMostSeconds", Int(high))
      }
      json.string("grade", answer.event.grade.label)
      json.evidence("evidence", answer.event.evidence)
      json.strings("sources", answer.event.sources.sorted.map(\.label))
    }
  }

  private func writeApproval(_ approval: JudgedApproval, into json: inout JSONObject) {
    json.string("by", people[approval.person].key.description)
    json.time("at", approval.event.time.instant)
    json.object("revision", named: approval.revision)
    json.string("authority", approval.authority.rawValue)
    json.string("grade", approval.event.grade.label)
    json.boolean("counted", approval.counted)
    json.string("reason", approval.reason.label)
    if case .ownerByFile(let place) = approval.reason { json.string("rule", place.description) }
    if let replacement = approval.replacement {
      json.object("laterRevision", named: replacement.question.later)
      json.string("laterChange", replacement.label)
    }
    json.evidence("evidence", approval.event.evidence)
  }
}

extension KnownTime {
  /// The limits of a moment that is not known exactly; `notBefore` and `notAfter` are their first names.
  func writeLimits(into json: inout JSONObject) {
    guard case .between(let earliest, let latest) = self else { return }
    json.time("earliest", earliest)
    json.time("latest", latest)
    json.time("notBefore", earliest)
    json.time("notAfter", latest)
  }

  /// The moment, or the earlier limit of an interval.
  public var earliest: Instant? {
    switch self {
    case .at(let instant): instant
    case .between(let earliest, let latest): earliest ?? latest
    case .unknown: nil
    }
  }
}

extension Timeline.Wait {
  var exactSeconds: Int? {
    if case .exact(let seconds) = self { Int(seconds) } else { nil }
  }
}
