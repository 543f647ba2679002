/// A system whose records can approve a change at a gate.
public enum ApprovalSource: String, Hashable, Sendable, CaseIterable {
  /// Records that people wrote with git-appraise, or with a program that keeps them alike.
  case appraise = "git-appraise"
  /// Records that an import took over from a forge.
  case forgeImport = "forge-import"
  /// Votes in the logs of a Gerrit server.
  case gerrit
  /// Signed attestations of gittuf.
  case gittuf
}

extension ProposedApproval {
  /// Whether a system that is believed has it on record as an approval of what would land, apart from whose it is.
  ///
  /// This is the least; a gate also asks for the right of whoever gave it, and when.
  public func stands(from named: Set<ApprovalSource>, on reference: String) -> Bool {
    named.contains(source) && binding != .none && !isEdited && !isSuperseded && !isWithdrawn
      && grade >= .recorded && (source == .appraise || isOnly(for: reference))
  }
}
