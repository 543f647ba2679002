/// The system that counts the numbers in a marker; numbers of two families are never mixed.
public enum Forge: UInt8, Hashable, Sendable, CaseIterable {
  /// GitHub, Gitea and Forgejo: `refs/pull/N/head`.
  case github
  case gitlab
  case bitbucket
  case azure
}

/// What a commit message says about the request with which the commit landed.
///
/// The shapes are those that the forges' own merge code writes: GitHub's merge button, squash and merge queue, bors
/// and homu, Bitcoin Core's merge script, Bitbucket Cloud and Server, Azure DevOps, Gitea and Forgejo, GitLab's
/// merge commit template and Marge.
struct Marker: Hashable {
  enum Shape: Hashable {
    /// The forge's merge commit: at least two parents.
    case mergeButton
    /// A merge commit of a bot, queue or script, or one with the request's title as subject.
    case namedMerge
    /// One commit for the whole request; one parent.
    case squash
    /// GitLab's `See merge request` line or Marge's `Part-of`, on a commit with any number of parents.
    case line
  }

  var forge: Forge
  var shape: Shape
  /// One number, or several for a batch of bors.
  var numbers: [Int]
  /// Who or what holds the head branch, where the subject says so.
  var headOwner: ArraySlice<UInt8>?
  /// Project path of a GitLab reference; empty for the project itself.
  var project: ArraySlice<UInt8> = []
  /// Logins after `r=`: who approved, in the words of bors and homu.
  var approvers: [ArraySlice<UInt8>] = []
  /// Title written inside the subject; else the body or the subject has it.
  var title: ArraySlice<UInt8>?
  /// The title is the first line of the body.
  var titleInBody = false

  init(_ forge: Forge, _ shape: Shape, _ numbers: [Int]) {
    self.forge = forge
    self.shape = shape
    self.numbers = numbers
  }
}

extension Marker {
  /// The marker of a commit, from the most specific shape to the least; nil when its message has none.
  ///
  /// Only the subject decides, except for GitLab's lines, which stand in the body.
  static func read(_ message: MessageParts, parents: Int) -> Marker? {
    if let marker = fromSubject(message.subject, parents: parents) { return marker }
    return GitLabLines.marker(in: message)
  }

  private static func fromSubject(_ subject: ArraySlice<UInt8>, parents: Int) -> Marker? {
    switch subject.first {
    case UInt8(ascii: "M"):
      if let marker = mergeSubject(subject, parents: parents) { return marker }
    case UInt8(ascii: "A"), UInt8(ascii: "R"):
      if parents > 1, let marker = homu(subject) { return marker }
    case UInt8(ascii: "B"):
      if parents > 1, let marker = margeBatch(subject) { return marker }
    case UInt8(ascii: "P"):
      if let marker = bitbucketServer(subject) { return marker }
    default: break
    }
    return endOfSubject(subject, parents: parents)
  }

  private static func mergeSubject(_ subject: ArraySlice<UInt8>, parents: Int) -> Marker? {
    var scanner = ByteScanner(subject)
    if scanner.take("Merge pull request ") { return mergePullRequest(scanner, parents: parents) }
    if scanner.take("Merged") { return merged(scanner) }
    if parents > 1, scanner.take("Merge ") { return numberedMerge(scanner) }
    return nil
  }

  /// `Merge pull request …` as GitHub, Gitea, Bitbucket Server and Azure DevOps write it.
  private static func mergePullRequest(_ start: ByteScanner, parents: Int) -> Marker? {
    guard parents > 1 else { return nil }
    var scanner = start
    if scanner.take("'") { return gitea(scanner) }
    if scanner.take("#") {
      guard let number = scanner.number() else { return nil }
      if scanner.take(" in ") {
        var marker = Marker(.bitbucket, .mergeButton, [number])
        marker.titleInBody = true
        return marker
      }
      return github(number, scanner)
    }
    guard let number = scanner.number(), scanner.take(" from ") else { return nil }
    var marker = Marker(.azure, .mergeButton, [number])
    marker.titleInBody = true
    return marker
  }

  /// The rest of `Merge pull request #N from OWNER/BRANCH`: exactly one more word.
  private static func github(_ number: Int, _ start: ByteScanner) -> Marker? {
    var scanner = start
    guard scanner.take(" from ") else { return nil }
    let source = scanner.token()
    guard !source.isEmpty, scanner.rest.allSatisfy(isBlank) else { return nil }
    var marker = Marker(.github, .mergeButton, [number])
    marker.titleInBody = true
    if let slash = source.firstIndex(of: UInt8(ascii: "/")) { marker.headOwner = source[..<slash] }
    return marker
  }

  /// The rest of `Merge pull request '<title>' (#N) from X into Y`; the title may hold quotes.
  private static func gitea(_ scanner: ByteScanner) -> Marker? {
    let text = scanner.rest
    for opening in ["' (#", "' (!"] {
      guard let end = text.lastRange(of: opening) else { continue }
      var tail = ByteScanner(text[end.upperBound...])
      guard let number = tail.number(), tail.take(") from ") else { continue }
      var marker = Marker(.github, .mergeButton, [number])
      marker.title = text[..<end.lowerBound]
      return marker
    }
    return nil
  }

  /// The rest of `Merged in X (pull request #N)` or `Merged PR N: title`.
  private static func merged(_ start: ByteScanner) -> Marker? {
    var scanner = start
    guard scanner.blanks() else { return nil }
    if scanner.take("PR ") {
      guard let number = scanner.number(), scanner.take(":") else { return nil }
      var marker = Marker(.azure, .squash, [number])
      marker.title = scanner.rest.trimmed
      return marker
    }
    guard scanner.take("in"), scanner.blanks(), let number = pullRequestInBrackets(scanner.rest) else {
      return nil
    }
    var marker = Marker(.bitbucket, .mergeButton, [number])
    marker.titleInBody = true
    return marker
  }

  /// The rest of `Pull request #N: title` of Bitbucket Server 7 and later.
  private static func bitbucketServer(_ subject: ArraySlice<UInt8>) -> Marker? {
    var scanner = ByteScanner(subject)
    guard scanner.take("Pull request #"), let number = scanner.number(), scanner.take(":") else { return nil }
    var marker = Marker(.bitbucket, .mergeButton, [number])
    marker.title = scanner.rest.trimmed
    return marker
  }

  /// `… (pull request #N)` at the end of a subject, with the blanks that occur in the wild.
  private static func pullRequestInBrackets(_ text: ArraySlice<UInt8>) -> Int? {
    guard let open = text.lastRange(of: "(pull request") else { return nil }
    var scanner = ByteScanner(text[open.upperBound...])
    scanner.blanks()
    guard scanner.take("#") else { return nil }
    scanner.blanks()
    guard let number = scanner.number(), scanner.take(")"), scanner.rest.allSatisfy(isBlank) else {
      return nil
    }
    return number
  }

  /// A number in brackets that ends the subject; of several the last is the one that landed here.
  private static func endOfSubject(_ subject: ArraySlice<UInt8>, parents: Int) -> Marker? {
    guard subject.last == UInt8(ascii: ")") else { return nil }
    if let number = pullRequestInBrackets(subject) { return Marker(.bitbucket, .squash, [number]) }
    guard let open = subject.lastIndex(of: UInt8(ascii: "(")) else { return nil }
    var scanner = ByteScanner(subject[(open + 1)...])
    guard scanner.take("#"), let number = scanner.number(), scanner.take(")"), scanner.isAtEnd else {
      return nil
    }
    var marker = Marker(.github, parents > 1 ? .namedMerge : .squash, [number])
    marker.title = subject[..<open].trimmedEnd
    return marker
  }
}
