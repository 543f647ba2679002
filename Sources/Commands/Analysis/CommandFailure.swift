internal import Facts
internal import Git
internal import Harvest
internal import PolicyFiles

/// Why a command could not give its answer: what, where, and what to do.
enum CommandFailure: Error, CustomStringConvertible {
  case refused(OpenRefusal)
  case harvest(any Error, path: String)
  case policy([PolicyProblem], place: String)
  case noPolicy(String)
  /// Files that `policy init` would have to replace.
  case filesExist([String])
  case noSuchContribution(String, nearest: [String])
  case severalContributions(String, in: [String])
  case noSuchCalendar(String, nearest: [String], known: [String])
  case noSuchObjective(String, nearest: [String], known: [String])
  /// A component, a team or the like that no policy names.
  case noSuchName(String, String, nearest: [String], known: [String])
  /// What was to be written could not be; what was there before is intact.
  case unwritable(String)
  /// A judgement was asked for, and what it needs is not in this clone.
  case incomplete(String)
  case other(String)

  var ending: Ending {
    switch self {
    case .unwritable: .unwritable
    case .incomplete: .incomplete
    default: .failed
    }
  }

  var description: String {
    switch self {
    case .refused(let refusal): refusal.words
    case .harvest(let error, let path): "\(path): \(Self.words(error))"
    case .policy(let problems, let place):
      "the policy in \(place) has \(problems.count) \(problems.count == 1 ? "problem" : "problems"):"
    case .noPolicy(let place):
      "\(place): no policy files (*.json5) here; `tributary policy init` writes a starter set"
    case .filesExist(let paths):
      "\(paths.joined(separator: ", ")) exist\(paths.count == 1 ? "s" : "") already; nothing was written"
    case .noSuchContribution(let id, let nearest):
      "no contribution '\(id)' here"
        + (nearest.isEmpty ? "" : "; did you mean \(nearest.joined(separator: ", "))?")
    case .severalContributions(let id, let places):
      "'\(id)' is the name of several contributions: \(places.joined(separator: ", "))"
    case .noSuchCalendar(let name, let nearest, let known):
      "no calendar '\(name)' in the policy; "
        + (nearest.isEmpty
          ? "there is \(known.joined(separator: ", "))" : "did you mean \(nearest.joined(separator: ", "))?")
    case .noSuchObjective(let name, let nearest, let known):
      "no objective '\(name)' in the policy; "
        + (nearest.isEmpty
          ? "there is \(known.isEmpty ? "none" : known.joined(separator: ", "))"
          : "did you mean \(nearest.joined(separator: ", "))?")
    case .noSuchName(let kind, let name, let nearest, let known):
      "no \(kind) '\(name)' in the policy; "
        + (nearest.isEmpty
          ? "there is \(known.isEmpty ? "none" : known.joined(separator: ", "))"
          : "did you mean \(nearest.joined(separator: ", "))?")
    case .unwritable(let text), .incomplete(let text), .other(let text): text
    }
  }

  /// The description, and the problems it speaks of, one to a line.
  var lines: [String] {
    guard case .policy(let problems, _) = self else { return [description] }
    return [description] + problems.map { "  \($0)" }
  }

  private static func words(_ error: any Error) -> String {
    guard let problem = error as? HarvestProblem else { return String(describing: error) }
    switch problem {
    case .noSuchBranch(let name):
      return "no branch, remote branch or tag '\(name)'; `git branch -a` lists them"
    case .brokenHead(let name):
      return "HEAD points at \(name), which is no branch and no commit; name one with --branch"
    case .unreadableTip(let branch, let tip):
      return "the newest commit of \(branch), \(tip.hex), is missing or broken; try `git fsck`"
    case .unreadable(let detail): return detail
    }
  }
}
