extension Identity {
  /// The recorded address in the form in which it is compared.
  public var address: Address { Address(email) }

  /// The forge account behind the record, as far as the address tells it; spelled as recorded.
  ///
  /// | address | login |
  /// |---|---|
  /// | `NNN+login@users.noreply.github.com`, `login@users.noreply.github.com` | GitHub's two private forms |
  /// | `NNN-login@users.noreply.gitlab.com` | GitLab's private form |
  /// | the same under `users.noreply.HOST` | GitHub Enterprise and self-managed GitLab |
  /// | `login@noreply.HOST`, `NNN+login@noreply.HOST` | Gitea and Forgejo (`NO_REPLY_ADDRESS`) |
  /// | no `@` at all | the text itself: the review system recorded an account name |
  ///
  /// On `users.noreply.github.com` a leading `NNN-` belongs to the login, because GitHub logins may begin so.
  public var login: String? {
    guard let at = email.utf8.lastIndex(of: UInt8(ascii: "@")) else { return email.isEmpty ? nil : email }
    let host = Address(String(email[email.utf8.index(after: at)...])).text
    guard let form = NoReplyForm(host: host) else { return nil }
    let login = form.login(in: email[..<at])
    return login.isEmpty ? nil : String(login)
  }
}

/// How a forge writes the login into an address that receives no mail.
private enum NoReplyForm {
  case gitHub
  case otherUsers
  case gitea

  init?(host: String) {
    if host == "users.noreply.github.com" {
      self = .gitHub
    } else if host.hasPrefix("users.noreply."), host.utf8.count > "users.noreply.".utf8.count {
      self = .otherUsers
    } else if host.hasPrefix("noreply."), host.utf8.count > "noreply.".utf8.count {
      self = .gitea
    } else {
      return nil
    }
  }

  func login(in local: Substring) -> Substring {
    let digits = local.utf8.prefix { (0x30...0x39).contains($0) }
    guard !digits.isEmpty, let separator = local.utf8[digits.endIndex...].first else { return local }
    let isNumbered: Bool =
      switch self {
      case .gitHub, .gitea: separator == UInt8(ascii: "+")
      case .otherUsers: separator == UInt8(ascii: "+") || separator == UInt8(ascii: "-")
      }
    return isNumbered ? local[local.utf8.index(after: digits.endIndex)...] : local
  }
}
