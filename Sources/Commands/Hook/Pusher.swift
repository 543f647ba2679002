internal import Facts

/// Who pushes, as the transport tells it.
struct Pusher: Hashable {
  let name: String
  /// The option or variable that told it; empty when nothing did.
  let origin: String

  /// Variables of servers, the one that says most first.
  ///
  /// | variable | set by |
  /// |---|---|
  /// | `TRIBUTARY_PUSHER` | an `environment=` of `authorized_keys`, or a wrapper of one's own |
  /// | `GITEA_PUSHER_EMAIL`, `GITEA_PUSHER_NAME` | Gitea, Forgejo |
  /// | `GL_USERNAME`, `GL_ID` | GitLab: the login, else `user-12` or `key-5` |
  /// | `GL_USER` | Gitolite |
  /// | `REMOTE_USER` | web servers (`git http-backend`) |
  static let variables = [
    "TRIBUTARY_PUSHER", "GITEA_PUSHER_EMAIL", "GITEA_PUSHER_NAME", "GL_USERNAME", "GL_USER", "GL_ID",
    "REMOTE_USER",
  ]

  /// `configured` is the variable that the server's configuration names.
  init(_ arguments: Arguments, configured: String? = nil, _ environment: (String) -> String?) {
    if let given = arguments[Options.pusher] {
      (name, origin) = (given, "--pusher")
      return
    }
    if arguments[Options.pusherVariable] == nil, let configured {
      // Where the server's owner says what tells, nothing else does.
      (name, origin) = (environment(configured) ?? "", configured)
      return
    }
    for variable in [arguments[Options.pusherVariable]].compactMap({ $0 }) + Self.variables {
      guard let value = environment(variable), !value.isEmpty else { continue }
      (name, origin) = (value, variable)
      return
    }
    (name, origin) = ("", "")
  }

  /// Whom a roster may know; nil when nothing told anybody.
  var identity: Identity? { name.isEmpty ? nil : Identity(name: "", email: name) }
}
