extension Marker {
  /// homu and bors: `Auto merge of #N - OWNER:BRANCH, r=LOGINS`, and the merges inside a roll-up.
  static func homu(_ subject: ArraySlice<UInt8>) -> Marker? {
    var scanner = ByteScanner(subject)
    guard scanner.take("Auto merge of #") || scanner.take("Rollup merge of #") else { return nil }
    guard let number = scanner.number() else { return nil }
    var marker = Marker(.github, .namedMerge, [number])
    marker.titleInBody = true
    if scanner.take(" - "), let colon = scanner.rest.firstIndex(of: UInt8(ascii: ":")) {
      marker.headOwner = scanner.rest[..<colon]
    }
    if let approval = scanner.rest.lastRange(of: ", r=") {
      marker.approvers = logins(scanner.rest[approval.upperBound...])
      // `r=<try>` is a trial build of bors, never a landing.
      if scanner.rest[approval.upperBound...].starts(with: "<try>".utf8) { return nil }
    }
    return marker
  }

  /// Marge's merge of one request of a batch: `Batch merge !N into BRANCH (!M)`, where M is the batch.
  static func margeBatch(_ subject: ArraySlice<UInt8>) -> Marker? {
    var scanner = ByteScanner(subject)
    guard scanner.take("Batch merge !"), let number = scanner.number(), scanner.take(" into ") else {
      return nil
    }
    return Marker(.gitlab, .line, [number])
  }

  /// The rest of `Merge #1 #2` (bors-ng) or `Merge owner/repo#N: title` (Bitcoin Core's merge script).
  static func numberedMerge(_ start: ByteScanner) -> Marker? {
    var scanner = start
    if scanner.take("#") { return batch(scanner) }
    let word = scanner.token()
    guard let hash = word.firstIndex(of: UInt8(ascii: "#")), word.last == UInt8(ascii: ":") else {
      return nil
    }
    var tail = ByteScanner(word[(hash + 1)...])
    guard let number = tail.number(), tail.take(":"), tail.isAtEnd else { return nil }
    var marker = Marker(.github, .namedMerge, [number])
    marker.title = scanner.rest.trimmed
    return marker
  }

  private static func batch(_ start: ByteScanner) -> Marker? {
    var scanner = start
    var numbers: [Int] = []
    repeat {
      guard let number = scanner.number() else { break }
      numbers.append(number)
      scanner.blanks()
    } while scanner.take("#")
    guard !numbers.isEmpty else { return nil }
    var marker = Marker(.github, .namedMerge, numbers)
    if scanner.take(":") { marker.title = scanner.rest.trimmed } else { marker.titleInBody = true }
    return marker
  }

  /// Logins of a comma list; `<unknown>` and anything that is no login is left out.
  static func logins(_ list: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    let end = list.firstIndex(where: isBlank) ?? list.endIndex
    return list[..<end].split(separator: UInt8(ascii: ",")).filter { login in
      login.allSatisfy { $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") && !isBlank($0) }
    }
  }

  /// What the body of a bors-ng merge says of one of its requests; nil for any other merge.
  func batchLine(_ number: Int, in message: ArraySlice<UInt8>) -> (
    title: ArraySlice<UInt8>, by: [ArraySlice<UInt8>]
  )? {
    guard shape == .namedMerge, title == nil, approvers.isEmpty else { return nil }
    return Self.batchLines(MessageParts(message).body)[number]
  }

  /// Who approved each request of a bors-ng batch: body lines `1: <title> r=<login>[,<login>] a=<login>`.
  static func batchLines(_ body: ArraySlice<UInt8>) -> [Int: (
    title: ArraySlice<UInt8>, by: [ArraySlice<UInt8>]
  )] {
    var found: [Int: (title: ArraySlice<UInt8>, by: [ArraySlice<UInt8>])] = [:]
    for line in body.split(separator: 0x0A) {
      var scanner = ByteScanner(line)
      guard let number = scanner.number(), scanner.take(": ") else { continue }
      let approval = scanner.rest.lastRange(of: " r=")
      let title = scanner.rest[..<(approval?.lowerBound ?? scanner.rest.endIndex)].trimmed
      found[number] = (title, approval.map { logins(scanner.rest[$0.upperBound...]) } ?? [])
    }
    return found
  }
}

/// GitLab's traces in a message: `See merge request group/project!N` and Marge's `Part-of: <URL>`.
enum GitLabLines {
  /// The last such line counts: earlier ones are copied from merges inside.
  static func marker(in message: MessageParts) -> Marker? {
    guard message.body.contains(UInt8(ascii: "!")) || message.body.firstRange(of: "merge_requests/") != nil
    else { return nil }
    var found: Marker?
    for line in message.body.split(separator: 0x0A) {
      if let marker = see(line) ?? partOf(line) { found = marker }
    }
    if var marker = found {
      if message.subject.starts(with: "Merge branch ".utf8) { marker.titleInBody = true }
      return marker
    }
    return nil
  }

  private static func see(_ line: ArraySlice<UInt8>) -> Marker? {
    var scanner = ByteScanner(line)
    guard scanner.take("See merge request ") else { return nil }
    let reference = scanner.token()
    guard scanner.rest.allSatisfy(isBlank), let bang = reference.lastIndex(of: UInt8(ascii: "!")) else {
      return nil
    }
    var tail = ByteScanner(reference[(bang + 1)...])
    guard let number = tail.number(), tail.isAtEnd else { return nil }
    var marker = Marker(.gitlab, .line, [number])
    marker.project = reference[..<bang]
    return marker
  }

  private static func partOf(_ line: ArraySlice<UInt8>) -> Marker? {
    var scanner = ByteScanner(line)
    guard scanner.take("Part-of: <"), let path = scanner.rest.lastRange(of: "/merge_requests/") else {
      return nil
    }
    var tail = ByteScanner(scanner.rest[path.upperBound...])
    guard let number = tail.number(), tail.take(">") else { return nil }
    var marker = Marker(.gitlab, .line, [number])
    var project = scanner.rest[..<path.lowerBound]
    if project.suffix(2).elementsEqual("/-".utf8) { project = project.dropLast(2) }
    marker.project = project
    return marker
  }
}
