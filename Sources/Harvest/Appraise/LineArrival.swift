import Facts
import Git

/// When a line came into a notes ref, and who brought it: what the ref's own history knows of a record.
struct LineArrival {
  /// Position of the notes commit in history, parents first.
  let order: Int
  /// The time of the notes commit before, if there is one and it is not later.
  let notBefore: Instant?
  /// The time of the notes commit that first held the line.
  let notAfter: Instant
  /// The author of that commit, who need not be the author of the line: bots copy reviews.
  let author: Identity
  /// The latest date of any commit before it, and of these and itself; the moment of a signature lies between.
  var earliest: Instant?
  var latest: Instant?
  /// The commit itself, where it carries a signature.
  var signed: SignedCommit?

  /// Where a signed notes commit is.
  struct SignedCommit {
    let id: ObjectID
    let ledger: Repository
  }

  /// The time as far as history tells it.
  var time: KnownTime { .between(notBefore, notAfter) }
}

/// The arrivals of the lines of one note, by the digest of the line; each list in the order of history.
///
/// A line may arrive more than once: a mirror that repeats a stale request makes it the latest again.
typealias LineArrivals = [ObjectName: [LineArrival]]

/// Time, person and grade of one record, from its own fields or else from the history of the notes.
struct Dating {
  let time: KnownTime
  let person: Identity?
  let grade: Grade

  init(time: KnownTime, person: Identity?, grade: Grade) {
    self.time = time
    self.person = person
    self.grade = grade
  }

  init(timestamp: String, person: String, digest: ObjectName, arrivals: LineArrivals) {
    let arrival = arrivals[digest]?.first
    if let at = timestamp.appraiseInstant {
      (time, grade) = (.at(at), .recorded)
    } else if let arrival {
      (time, grade) = (arrival.time, .bounded)
    } else {
      (time, grade) = (.unknown, .absent)
    }
    self.person = Identity(appraise: person) ?? arrival?.author
  }
}

extension Identity {
  /// A person as git-appraise writes one: an address, or a login from a mirror; nil when empty.
  init?(appraise text: String) {
    guard !text.isEmpty else { return nil }
    self.init(name: "", email: text)
  }
}

extension Dating {
  /// Time and grade of an imported record; nil without a usable time.
  ///
  /// The forge's own time, or an interval where an import could only see that something had changed.
  init?(imported mark: ForgeMark?, timestamp: String, person: Identity?) {
    guard let mark, let at = timestamp.appraiseInstant else { return nil }
    if let earliest = mark.notBefore.appraiseInstant, earliest < at {
      self.init(time: .between(earliest, at), person: person, grade: .bounded)
    } else {
      self.init(time: .at(at), person: person, grade: .recorded)
    }
  }
}

extension NoteRecord<AppraiseRequest> {
  func dating(_ arrivals: LineArrivals) -> Dating {
    let person = Identity(appraise: record.requester)
    if let dating = Dating(imported: record.mark, timestamp: record.timestamp, person: person) {
      return dating
    }
    return Dating(timestamp: record.timestamp, person: record.requester, digest: digest, arrivals: arrivals)
  }
}

extension NoteRecord<AppraiseComment> {
  func dating(_ arrivals: LineArrivals) -> Dating {
    let person = Identity(appraise: record.author)
    if let dating = Dating(imported: record.mark, timestamp: record.timestamp, person: person) {
      return dating
    }
    return Dating(timestamp: record.timestamp, person: record.author, digest: digest, arrivals: arrivals)
  }
}
