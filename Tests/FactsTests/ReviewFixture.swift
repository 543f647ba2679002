import Facts
import Testing

/// Short ways to write down what records say; hours count from 2024-01-01T00:00:00Z.
func hour(_ hours: Int64) -> Instant { Instant(seconds: 1_704_067_200 + hours * 3600) }

func identity(_ name: String) -> Identity { Identity(name: name, email: "\(name)@example.org") }

/// An object name of forty times the same digit.
func object(_ digit: String) throws -> ObjectName {
  try #require(ObjectName(hex: String(repeating: digit, count: 40)))
}

/// The people of these tests, numbered by the first letter of their address: a is 0, b is 1.
func person(_ identity: Identity) -> PersonID {
  let first = identity.email.utf8.first ?? UInt8(ascii: "z")
  return PersonID(index: Int32(first) - Int32(UInt8(ascii: "a")))
}

func joined(_ traces: [Trace]) -> [Contribution] { Joining(person: person).join(traces) }

struct Story {
  var trace: Trace

  init(_ source: SourceKind = .appraise, _ id: ContributionID = .pullRequest(1), author: String? = "ada") {
    trace = Trace(source: source, id: id)
    trace.author = author.map(identity)
    if source == .appraise { trace.standing = .appraise(.pending) }
  }

  /// Adds an event; without evidence of its own it is shown by commit 1111….
  func with(
    _ kind: Observation.Kind, _ time: KnownTime, by name: String? = nil, _ grade: Grade = .recorded,
    evidence: String = "1"
  ) throws -> Story {
    var story = self
    story.trace.observations.append(
      Observation(kind, time, by: name.map(identity), grade, Evidence(object: try object(evidence))))
    return story
  }

  func with(
    _ kind: Observation.Kind, _ hours: Int64, by name: String? = nil, _ grade: Grade = .recorded
  ) throws -> Story {
    try with(kind, .at(hour(hours)), by: name, grade)
  }

  func coauthored(by names: String...) -> Story {
    var story = self
    story.trace.coauthors = names.map(identity)
    return story
  }

  func standing(_ standing: Standing?) -> Story {
    var story = self
    story.trace.standing = standing
    return story
  }

  /// The contribution that this trace alone makes.
  var contribution: Contribution {
    get throws { try #require(joined([trace]).first) }
  }

  func timeline(bots: String...) throws -> Timeline {
    Timeline(try contribution, bots: Set(bots.map { person(identity($0)) }))
  }
}
