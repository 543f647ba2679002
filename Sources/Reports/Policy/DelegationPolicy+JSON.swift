import Facts
import Rules

extension DelegationPolicy.ApprovalRule {
  func write(into json: inout JSONObject) {
    json.strings("paths", paths.texts)
    json.integer("count", count)
    json.strings("from", sourceNames)
  }
}

extension DelegationPolicy.Ladder {
  func write(into json: inout JSONObject) {
    json.string("name", name)
    json.integer("landed", landed)
    json.integer("reviews", reviews)
    json.integer("firstReviews", firstReviews)
    json.integer("months", months)
    json.decimal("agreement", agreement, digits: 4)
    json.integer("activeWithinSeconds", activeWithin.map { Int($0) })
    json.integer("reverted", reverted)
    json.string("holds", holds?.rawValue)
  }
}

extension DelegationPolicy.AutomaticGrant {
  func write(into json: inout JSONObject) {
    json.string("ladder", ladder)
    json.strings("paths", paths.texts)
    json.strings("verbs", Grant.Verb.allCases.filter(verbs.contains).map(\.rawValue))
    json.integer("durationSeconds", Int(duration))
    json.integer("most", most)
    json.integer("maxPaths", limits.paths)
    json.strings("kinds", limits.kindNames)
    json.strings("by", by)
  }
}

extension GatePolicy {
  func write(into json: inout JSONObject) {
    json.strings("branches", branches?.texts ?? [])
    json.strings("tags", tags.texts)
    json.strings("rewindable", rewindable.texts)
    json.object("policyChange") { json in
      json.integer("count", policyChange.count)
      json.strings("from", policyChange.sourceNames)
    }
    json.objects("robots", robots) { robot, json in
      json.string("person", robot.person)
      json.strings("paths", robot.paths.texts)
    }
    json.string("unknownContributors", unknownContributors.rawValue)
    json.strings("approvalsFrom", ApprovalSource.allCases.filter(approvalsFrom.contains).map(\.rawValue))
  }
}

extension Grant {
  /// The ladder that gives it; nil where a person does.
  var ladder: String? { if case .ladder(let name) = giver { name } else { nil } }
}

extension Grant.Limits {
  var kindNames: [String] { ChangeKind.allCases.filter { kinds?.contains($0) ?? false }.map(\.rawValue) }
}
