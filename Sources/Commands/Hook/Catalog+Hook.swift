extension Catalog {
  static let hookInstall = CommandDeclaration(
    .hookInstall, "Install a hook: one that refuses pushes, or one that records them.",
    discussion: [
      """
      Writes a small script into the hooks of a repository on a server. It calls this program where it is now. A hook \
      that somebody else has written is left alone; then the lines to add to it are shown.
      """,
      """
      `pre-receive` judges every push by the policy that was in force before it, and refuses what is not approved. \
      `post-receive` records who pushed what, and when.
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
      .init("tributary hook install pre-receive -C /srv/git/platform.git", "On the server."),
      .init(
        "tributary hook install post-receive --pusher-variable LOGNAME",
        "Where everybody has an account of their own."),
    ])

  static let hookPreReceive = CommandDeclaration(
    .hookPreReceive, "Refuse a push that the policy does not allow.",
    discussion: [
      """
      For the pre-receive hook: reads lines of old object, new object and reference on standard input. The whole push is \
      judged by the state of the repository before it, and refused as a whole. Whatever goes wrong refuses it too.
      """,
      """
      Who pushes is told by the transport, never by a commit: --pusher, the variable that --pusher-variable or \
      tributary.pusherVariable names, else those that servers set; `tributary help hook post-receive` lists them.
      """,
      """
      The configuration of the repository on the server may say: tributary.policy (REF:DIRECTORY), \
      tributary.firstPolicy (the commit that may bring it), tributary.pusherVariable, tributary.alternates, \
      tributary.seconds, tributary.memory (MiB), tributary.commits, tributary.references.
      """,
    ],
    options: [
      Options.pusher.declaration, Options.pusherVariable.declaration, Options.repository.declaration,
    ],
    examples: [.init("tributary hook pre-receive", "As the hook calls it.")])

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

  static let hookDoctor = CommandDeclaration(
    .hookDoctor, "Check the settings of a server that the gate relies on.",
    discussion: [
      """
      Looks at the hooks, the policy, git's receive settings and who pushes as this repository is set up, and says for \
      each what it is good for and how to mend it. Run it as the user who serves the pushes.
      """,
      "The exit status is 1 when something is missing without which the gate can be passed by.",
    ],
    options: [Options.pusherVariable.declaration, Options.repository.declaration]
      + output([.text, .json, .markdown]),
    exclusions: oneLoudness,
    examples: [.init("tributary hook doctor -C /srv/git/platform.git", "On the server.")])
}
