/// What a source can tell of a contribution, one kind of fact at a time.
public enum FactKind: String, Hashable, Sendable, CaseIterable {
  /// When, and by whom, the change was proposed.
  case opening
  /// Versions of the change.
  case revision
  /// Who was asked to review.
  case reviewRequest = "review-request"
  /// Comments, the first answer among them.
  case response
  case verdict
  /// Who approved, without when.
  case approver
  /// That the change landed, when and by whom.
  case landing
  /// That the change was given up or declined.
  case abandonment
}

extension Observation.Kind {
  /// The kind of fact that the observation is about; nil for what no figure rests on.
  public var fact: FactKind? {
    switch self {
    case .opened: .opening
    case .revision: .revision
    case .reviewRequested: .reviewRequest
    case .comment: .response
    case .verdict, .verdictCarried: .verdict
    case .approvedByTrailer: .approver
    case .landed: .landing
    case .abandoned: .abandonment
    default: nil
    }
  }
}
