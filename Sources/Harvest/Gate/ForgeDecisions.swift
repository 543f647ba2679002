import Facts

/// What imported records of a forge's requests say against approvals: opinions that were taken back, and rejections.
struct ForgeDecisions {
  private let records: [AppraiseComment]

  /// Takes the records of notes, those without a mark too.
  init(_ records: [AppraiseComment]) {
    self.records = records.filter { $0.mark != nil }
  }

  /// Ends an approval that was taken back or dismissed, or after which the request was rejected, at that time or later.
  func apply(to approval: inout ProposedApproval) {
    guard let group = approval.forgeRequest, let at = approval.time.instant else { return }
    for record in records where record.mark?.group == group {
      guard let person = Identity(appraise: record.author) else { continue }
      // What has no usable time may be later.
      if let time = record.timestamp.appraiseInstant, time < at { continue }
      if record.opinion == .reject, !approval.rejections.contains(person) {
        approval.rejections.append(person)
      } else if record.mark?.takesBack == true, person.address == approval.person.address {
        approval.isWithdrawn = true
      }
    }
  }
}

extension ForgeMark {
  /// Whether it says that an opinion on the code was taken back.
  fileprivate var takesBack: Bool {
    event == .withdrawn && (label.isEmpty || label == GerritDecisions.label)
  }

  /// Whether it gives an opinion on the code that counts: one of a person, and of Gerrit's labels that on the code.
  var isOpinion: Bool {
    switch event {
    case .review: true
    case .vote: isCodeReview
    default: false
    }
  }
}
