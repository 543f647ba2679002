/// A line of `refs/notes/devtools/ci`: the result of a build of the annotated commit.
///
/// Every field may be missing (google/git-appraise `review/ci/ci.go`).
public struct CIReport: Hashable, Sendable {
  public enum Status: String, Hashable, Sendable {
    case running = ""
    case success
    case failure
  }

  public var timestamp = ""
  public var url = ""
  public var status = Status.running
  public var agent = ""

  init(line: ArraySlice<UInt8>) throws(RecordFailure) {
    var word = ""
    var version = 0
    var reader = RecordReader(line)
    var read = (timestamp: "", url: "", agent: "")
    try reader.record { (reader, field) throws(RecordFailure) in
      switch field {
      case "timestamp": try reader.string(into: &read.timestamp)
      case "url": try reader.string(into: &read.url)
      case "status": try reader.string(into: &word)
      case "agent": try reader.string(into: &read.agent)
      case "v": try reader.integer(into: &version)
      default: return false
      }
      return true
    }
    guard version == 0 else { throw RecordFailure(detail: "format version \(version)") }
    guard let status = Status(rawValue: word) else { throw RecordFailure(detail: "unknown build status") }
    (timestamp, url, agent) = read
    self.status = status
  }
}

/// A line of `refs/notes/devtools/analyses`: a run of static analysis over the annotated commit.
///
/// The findings themselves are at `url`, outside Git. Every field may be missing (google/git-appraise
/// `review/analyses/analyses.go`).
public struct AnalysisReport: Hashable, Sendable {
  public var timestamp = ""
  public var url = ""
  /// `lgtm`, `fyi` or `nmw` (needs more work), not checked.
  public var status = ""

  init(line: ArraySlice<UInt8>) throws(RecordFailure) {
    var version = 0
    var reader = RecordReader(line)
    var read = (timestamp: "", url: "", status: "")
    try reader.record { (reader, field) throws(RecordFailure) in
      switch field {
      case "timestamp": try reader.string(into: &read.timestamp)
      case "url": try reader.string(into: &read.url)
      case "status": try reader.string(into: &read.status)
      case "v": try reader.integer(into: &version)
      default: return false
      }
      return true
    }
    guard version == 0 else { throw RecordFailure(detail: "format version \(version)") }
    (timestamp, url, status) = read
  }
}
