import Facts
import Git
import Support
import Testing

@testable import Harvest

/// A repository in which requests are proposed and landed, told in the words of forges.
final class HistoryStory {
  let fixture: TemporaryRepository
  static let bo = "Bo Lin <bo@example.org>"
  static let cy = "Cy Orr <cy@example.org>"
  /// GitHub's own committer.
  static let forge = "GitHub <noreply@github.com>"

  init() throws {
    fixture = try TemporaryRepository()
    try fixture.commit("Base", files: ["base": "1\n2\n3\n4\n5\n"])
  }

  /// A branch from main (or from where HEAD is told to be) with one commit for each file; main is checked out after.
  @discardableResult
  func branch(
    _ name: String, from start: String = "main", subjects: [String] = ["Work"],
    by author: String = HistoryStory.bo
  ) throws -> ObjectID {
    try fixture.git("checkout", "-q", "-b", name, start)
    for (number, subject) in subjects.enumerated() {
      try fixture.commit(subject, files: ["\(name)-\(number)": "\(subject)\n"], author: author)
    }
    try fixture.git("checkout", "-q", "main")
    return try fixture.id(of: name)
  }

  /// Merges a branch into the one that is checked out, always with a merge commit.
  @discardableResult
  func merge(
    _ branches: String..., message: String, by author: String = "Ada Ray <ada@example.org>",
    committer: String? = nil
  ) throws -> ObjectID {
    func parts(_ person: String) -> (String, String) {
      let words = person.split(separator: "<")
      return (String(words[0].dropLast()), String(words[1].dropLast()))
    }
    let (name, email) = parts(author)
    let (committerName, committerEmail) = parts(committer ?? author)
    try fixture.git(
      ["merge", "-q", "--no-ff", "--cleanup=verbatim", "-m", message] + branches,
      environment: [
        "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email, "GIT_COMMITTER_NAME": committerName,
        "GIT_COMMITTER_EMAIL": committerEmail,
      ])
    return try fixture.id(of: "HEAD")
  }

  /// Makes the ref that a forge keeps for a request.
  func head(_ number: Int, _ target: ObjectID, of family: String = "pull") throws {
    try fixture.git("update-ref", "refs/\(family)/\(number)/head", target.hex)
  }

  func harvest(_ options: Harvester.Options = .init()) throws -> Harvested {
    try Harvester(try fixture.open(), options).harvest()
  }
}

extension Harvested {
  /// The trace of one name from one source.
  func trace(_ id: String, _ source: SourceKind = .history) -> Trace? {
    traces.first { $0.id.description == id && $0.source == source }
  }

  /// The names of all contributions that one source tells, sorted.
  func names(_ source: SourceKind = .history) -> [String] {
    traces.filter { $0.source == source }.map(\.id).sorted().map(\.description)
  }

  /// How the head of a request is found again.
  func headClass(_ id: String, _ source: SourceKind = .pullRefs) -> HeadClass? {
    guard case .head(let found)? = trace(id, source)?.standing else { return nil }
    return found
  }
}

extension Trace {
  /// The commit that landed the change, with the grade of that fact.
  var landing: (commit: ObjectName, at: Instant, by: Identity?, grade: Grade)? {
    for observation in observations {
      if case .landed(let commit) = observation.kind, let at = observation.time.instant {
        return (commit, at, observation.actor, observation.grade)
      }
    }
    return nil
  }

  /// When the change was opened, as far as known.
  var opening: KnownTime? { observations.first { $0.kind == .opened }?.time }

  /// What the trailers say: the key and the person of each.
  var mentions: [String] {
    observations.compactMap { observation in
      let person = observation.actor.map { "\($0.name) <\($0.email)>" } ?? "nobody"
      switch observation.kind {
      case .approvedByTrailer(let key), .inputBy(let key): return "\(key) \(person)"
      default: return nil
      }
    }
  }
}

extension ObjectID {
  var name: ObjectName { ObjectName(git: self) }

  /// The name of the contribution that consists of this commit.
  var contribution: String { "commit/\(name.short)" }
}
