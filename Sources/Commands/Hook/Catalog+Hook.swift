extension Catalog {
  static let hookInstall = CommandDeclaration(
    .hookInstall, "Install a hook that records who pushed what, and when.",
    discussion: [
      """
      Writes a small script into the hooks of a repository on a server. It calls this program where it is now. A hook \
      that somebody else has written is left alone; then the lines to add to it are shown.
      """,
      """
      The record is kept in refs/notes/tributary/pushes. It is the only source of true landing times and of deleted \
      branches on a server without a forge.
      """,
    ],
    operands: [Operands.hook],
    options: [
      Options.pusherVariable.declaration, Options.repository.declaration, Options.color.declaration,
      Options.width.declaration,
    ],
    examples: [
      .init("tributary hook install post-receive -C /srv/git/platform.git", "On the server."),
      .init(
        "tributary hook install post-receive --pusher-variable LOGNAME",
        "Where everybody has an account of their own."),
    ])

  static let hookPostReceive = CommandDeclaration(
    .hookPostReceive, "Record the references that a push has moved.",
    discussion: [
      """
      For the post-receive hook: reads lines of old object, new object and reference on standard input. It never fails a \
      push: whatever goes wrong is said on standard error, and the exit status is 0.
      """,
      """
      Who pushed is told by the transport, never by a commit: --pusher, the variable that --pusher-variable names, else \
      TRIBUTARY_PUSHER, GITEA_PUSHER_EMAIL, GITEA_PUSHER_NAME, GL_USERNAME, GL_USER, GL_ID or REMOTE_USER.
      """,
    ],
    options: [
      Options.pusher.declaration, Options.pusherVariable.declaration, Options.repository.declaration,
    ],
    examples: [.init("tributary hook post-receive", "As the hook calls it.")])
}
