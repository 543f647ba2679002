/// How well a fact is known, from nothing to a verified signature.
public enum Grade: UInt8, Hashable, Comparable, Sendable, CaseIterable {
  /// No source can tell.
  case absent
  /// Only an interval is known.
  case bounded
  /// Somebody other than the person concerned wrote it.
  case claimed
  /// Follows from Git objects by a stated rule.
  case derived
  /// The review system wrote this event with its own time.
  case recorded
  /// Recorded, and its signature verifies against the allowed signers.
  case signed

  public static func < (left: Grade, right: Grade) -> Bool { left.rawValue < right.rawValue }
}

/// Where in Git a fact can be seen: a ref and an object, or a commit by its name alone.
public struct Evidence: Hashable, Sendable {
  /// The full ref name, or nil when the commit speaks for itself.
  public let ref: String?
  /// The object that shows the fact.
  public let object: ObjectName

  public init(ref: String? = nil, object: ObjectName) {
    self.ref = ref
    self.object = object
  }
}

extension Evidence: CustomStringConvertible {
  /// `REF@OBJECT-ID` or `commit@OBJECT-ID`, so that `git show` proves it.
  public var description: String { "\(ref ?? "commit")@\(object.hex)" }

  /// The same with the object's first twelve digits, for people.
  public var short: String { "\(ref ?? "commit")@\(object.short)" }
}

/// The kinds of place in Git that tell something about contributions.
public enum SourceKind: UInt8, Hashable, Comparable, Sendable, CaseIterable {
  case history
  case pullRefs
  case mergeRequestRefs
  /// Patch sets of Gerrit, `refs/changes/NN/N/P`.
  case changeRefs
  case trailers
  /// Notes on commits that name a review: `refs/notes/commits` as Skara writes them, `refs/notes/amlog`.
  case commitNotes
  /// What a server's own hook recorded of pushes.
  case pushLog
  /// A mail archive in Git (public-inbox).
  case mail
  /// `refs/notes/review` of Gerrit's reviewnotes plugin.
  case reviewNotes
  /// Attestations of gittuf.
  case gittuf
  /// Gerrit's NoteDb, `refs/changes/NN/N/meta`.
  case gerrit
  case appraise

  /// Whether this source records reviews with their own times, so that their absence means that none took place.
  public var recordsReviews: Bool {
    switch self {
    case .mail, .gittuf, .gerrit, .appraise: true
    default: false
    }
  }

  /// Whether this source records that a change was given up, so that what it knows and calls open is open.
  ///
  /// A mailing list never says so, and gittuf attests what landed only.
  public var recordsAbandonment: Bool { self == .gerrit || self == .appraise }

  public static func < (left: SourceKind, right: SourceKind) -> Bool { left.rawValue < right.rawValue }
}
