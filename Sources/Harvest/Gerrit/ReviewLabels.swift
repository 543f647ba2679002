import Facts
import Git

/// The labels whose votes are opinions on a change, and how strong a vote can be.
///
/// `Code-Review` always is one, from −2 to +2 unless the project says otherwise; so is every label that
/// `project.config` on `refs/meta/config` defines with `Review` as a word of its name. Others, such as `Verified`,
/// say something else. Labels that a project inherits are not in its repository.
struct ReviewLabels: Sendable {
  private var ranges: [String: ClosedRange<Int>] = ["Code-Review": -2...2]

  init() {}

  /// Reads the file that Gerrit keeps on `refs/meta/config`, in the syntax of git's own configuration.
  init(projectConfig text: [UInt8]) {
    var label: String?
    var values: [String: [Int]] = [:]
    for line in text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let line = line.trimmed
      if line.first == UInt8(ascii: "[") {
        label = Self.label(line)
      } else if let label, let value = Self.value(line) {
        values[label, default: []].append(value)
      }
    }
    for (label, values) in values where Self.isReview(label) {
      guard let lowest = values.min(), let highest = values.max(), lowest < highest else { continue }
      ranges[label] = lowest...highest
    }
  }

  static func isReview(_ label: String) -> Bool { label.split(separator: "-").contains("Review") }

  /// What a vote says; nil for labels that are no opinion, and for 0.
  func opinion(_ vote: GerritVote) -> Opinion? {
    guard let range = ranges[vote.label], vote.value != 0 else { return nil }
    if vote.value >= range.upperBound, vote.value > 0 { return .approve }
    if vote.value <= range.lowerBound, vote.value < 0 { return .reject }
    return .neutral
  }

  func isOpinion(_ label: String) -> Bool { ranges[label] != nil }

  /// `[label "NAME"]`.
  private static func label(_ line: ArraySlice<UInt8>) -> String? {
    var scanner = ByteScanner(line)
    guard scanner.take("[label \""), let end = scanner.rest.firstIndex(of: UInt8(ascii: "\"")) else {
      return nil
    }
    return scanner.rest[..<end].text
  }

  /// `value = +2 Looks good to me, approved`.
  private static func value(_ line: ArraySlice<UInt8>) -> Int? {
    var scanner = ByteScanner(line)
    guard scanner.take("value") else { return nil }
    scanner.blanks()
    guard scanner.take("=") else { return nil }
    scanner.blanks()
    _ = scanner.take("\"")
    let isNegative = scanner.take("-")
    if !isNegative { _ = scanner.take("+") }
    let digits = scanner.rest.prefix { isDigit($0) }
    guard (1...4).contains(digits.count), let value = Int(digits.text) else { return nil }
    return isNegative ? -value : value
  }
}

extension ReviewLabels {
  /// Where Gerrit keeps what a project says of its labels.
  static let configuration = "refs/meta/config"

  /// Reads the labels of a project from the newest commit of its configuration; nil for a project without one.
  init(of repository: Repository, at tip: ObjectID?, _ diagnostics: inout [Diagnostic]) {
    self.init()
    guard let tip else { return }
    let ref = Self.configuration
    do {
      switch try repository.file(atPath: "project.config", inCommit: tip, limit: 1 << 20) {
      case .found(let bytes, _): self.init(projectConfig: bytes)
      case .missingObject(let id):
        diagnostics.append(Diagnostic(.missingObject, ref: ref, object: ObjectName(git: id)))
      case .oversized(let id, let size):
        diagnostics.append(
          Diagnostic(.oversized(bytes: size, limit: 1 << 20), ref: ref, object: ObjectName(git: id)))
      case .notThere, .notAFile: break
      }
    } catch {
      diagnostics.append(
        Diagnostic(.corruptObject(detail: error.message), ref: ref, object: ObjectName(git: tip)))
    }
  }
}
