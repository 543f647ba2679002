internal import Facts
internal import Git
internal import Reports

/// What the server's own configuration of a repository says of the gate, under `tributary.`.
///
/// Nothing that a push can change is read here.
struct GateSettings {
  /// Where the policy is, as `REF:DIRECTORY`; without it `policies` on the main branch.
  var policy: String?
  /// The commit that may bring the first policy.
  var firstPolicy: String?
  /// The variable that tells who pushes.
  var pusherVariable: String?
  /// Folders outside the repository from which objects may be borrowed.
  var alternates: [String] = []
  /// How long judging one push may take, in seconds.
  var seconds = 30
  /// How much memory it may take, in MiB.
  var memory = 2_048
  /// How many commits of one reference are judged at once.
  var commits = 100_000
  /// How many references of one push are judged.
  var references = 10_000

  /// Reads the `config` of a repository.
  init(_ bytes: [UInt8]) throws {
    for (name, value) in ConfigurationValue.all(in: bytes) {
      switch name {
      case "tributary.policy": policy = value
      case "tributary.firstpolicy": firstPolicy = value.lowercased()
      case "tributary.pushervariable": pusherVariable = value
      case "tributary.alternates": alternates.append(value)
      case "tributary.seconds": seconds = try Self.number(name, value, 1...3_600)
      case "tributary.memory": memory = try Self.number(name, value, 64...1_048_576)
      case "tributary.commits": commits = try Self.number(name, value, 1...10_000_000)
      case "tributary.references": references = try Self.number(name, value, 1...1_000_000)
      case _ where name.hasPrefix("tributary."):
        throw CommandFailure.other("the configuration of the repository has an unknown key \(name)")
      default: continue
      }
    }
    if let firstPolicy, ObjectName(hex: firstPolicy) == nil {
      throw CommandFailure.other(
        "tributary.firstPolicy is \(firstPolicy), expected the 40 digits of a commit")
    }
  }

  private static func number(_ name: String, _ value: String, _ range: ClosedRange<Int>) throws -> Int {
    guard let number = Int(value), range.contains(number) else {
      throw CommandFailure.other(
        "\(name) is \(value), expected a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// The branch and the directory of the policy; `main` is the branch that `HEAD` names.
  func place(main: String?) throws -> (branch: String?, directory: String) {
    guard let policy else { return (main, "policies") }
    guard let colon = policy.lastIndex(of: ":"), policy.hasPrefix("refs/") else {
      throw CommandFailure.other(
        "tributary.policy is \(policy), expected a full name and a directory such as refs/heads/main:policies"
      )
    }
    var directory = policy[policy.index(after: colon)...]
    while directory.last == "/" { directory = directory.dropLast() }
    // What is part of the policy is told by how its path begins.
    let parts = directory.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !["", ".", ".."].contains($0) }) else {
      throw CommandFailure.other(
        "tributary.policy is \(policy), expected a directory from the root such as refs/heads/main:policies")
    }
    return (String(policy[..<colon]), String(directory))
  }

  /// Objects are only borrowed from where the server's owner says so.
  func checkAlternates(of repository: Repository, quarantine: Bool) throws {
    let own = quarantine ? 2 : 1
    for folder in repository.objectDirectories.dropFirst(own) where !alternates.contains(folder) {
      throw CommandFailure.other(
        "objects are borrowed from \(folder), which tributary.alternates does not name")
    }
  }
}
