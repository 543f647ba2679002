/// The review systems and forges that leave their mark in commit messages.
public enum ReviewSystem: String, Hashable, Sendable, CaseIterable {
  /// GitHub, and what writes the same messages: Gitea, Forgejo.
  case github
  case gitlab
  case bitbucket
  case azure
  case gerrit
  case phabricator
  /// Patches by mail.
  case mailingList = "mailing-list"
}
