internal import Facts
internal import Harvest

/// Signs records with the program and the key with which git itself would sign a commit.
///
/// Follows git's gpg-interface.c, but for the SSH namespace: a signature made for commits must not pass for an approval.
/// Nobody is asked for a passphrase on the terminal, because the program runs in the background; agents and graphical
/// prompts work.
final class RecordSigner {
  /// Whether the command line asks for a signature.
  enum Choice {
    /// As git is set.
    case automatic
    case always
    case never
  }

  enum Format: String {
    case ssh
    case openPGP = "openpgp"
  }

  let format: Format
  /// The key, as git is told to use it.
  let key: String
  private let program: String
  private let setting: String
  private let world: World
  private var made: [[UInt8]: String] = [:]

  /// How long a person may take to touch a key or to type into a prompt, in seconds.
  private static let patience = 120
  /// What agents and their prompts need to know.
  private static let variables = [
    "SSH_AUTH_SOCK", "SSH_ASKPASS", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR",
    "DBUS_SESSION_BUS_ADDRESS", "GNUPGHOME", "GPG_TTY", "TERM",
  ]

  /// Nil when records are not to be signed.
  ///
  /// Without `-S` and `--no-sign` they are where git signs commits (`commit.gpgSign`), and where that is not set
  /// but a key is (`user.signingKey`).
  init?(_ choice: Choice, _ settings: GitSettings, author: GitSettings.Author, world: World) throws {
    let isSet = settings.flag("commit.gpgsign") ?? (settings["user.signingkey"] != nil)
    guard choice == .always || (choice == .automatic && isSet) else { return nil }
    self.world = world
    switch settings["gpg.format"] ?? "openpgp" {
    case "openpgp":
      format = .openPGP
      setting = settings["gpg.openpgp.program"] == nil ? "gpg.program" : "gpg.openpgp.program"
      program = world.expanding(settings[setting] ?? "gpg")
      key = settings["user.signingkey"] ?? "\(author.name) <\(author.email)>"
    case "ssh":
      format = .ssh
      setting = "gpg.ssh.program"
      program = world.expanding(settings[setting] ?? "ssh-keygen")
      key = try settings["user.signingkey"] ?? Self.defaultKey(settings, world)
    case let other:
      throw CommandFailure.other(
        "git is set to sign with \(other) (gpg.format), and records are signed with ssh or openpgp only; "
          + "--no-sign records without a signature")
    }
    guard !key.utf8.contains(0), !key.hasPrefix("-") else {
      throw CommandFailure.other("'\(key)' is no key; `git config user.signingKey` names one")
    }
  }

  /// The first key that `gpg.ssh.defaultKeyCommand` prints, as git takes it.
  private static func defaultKey(_ settings: GitSettings, _ world: World) throws -> String {
    guard let command = settings["gpg.ssh.defaultkeycommand"] else {
      throw CommandFailure.other(
        "git has no key to sign with; `git config user.signingKey ~/.ssh/id_ed25519.pub` names one, "
          + "--no-sign records without a signature")
    }
    let words = command.split(separator: " ").map(String.init)
    guard let program = words.first, !command.contains(where: { "\"'\\".contains($0) }) else {
      throw CommandFailure.other(
        "gpg.ssh.defaultKeyCommand has quotes, which are not understood here; set user.signingKey")
    }
    let call = ProgramCall(
      world.expanding(program), words.dropFirst().map { .text($0) }, input: [],
      environment: environment(world), allowsPath: true)
    guard case .ended(status: 0, let output) = world.runProgram(call), output.firstLine.isLiteralKey else {
      throw CommandFailure.other("`\(command)` (gpg.ssh.defaultKeyCommand) gives no key to sign with")
    }
    return output.firstLine
  }

  private static func environment(_ world: World) -> [String: String] {
    var passed: [String: String] = [:]
    for name in variables { passed[name] = world.environment(name) }
    // Else a locked key would be asked for on a terminal that belongs to somebody else.
    passed["SSH_ASKPASS_REQUIRE"] = "force"
    return passed
  }

  /// Whether these bytes were signed in this run.
  func hasSigned(_ payload: [UInt8]) -> Bool { made[payload] != nil }

  /// The armoured signature over the bytes; the same bytes are signed once.
  func sign(_ payload: [UInt8]) throws -> String {
    if let known = made[payload] { return known }
    let call = ProgramCall(
      program, arguments, input: payload, environment: Self.environment(world), seconds: Self.patience,
      tellsErrors: true, allowsPath: true)
    let outcome = world.runProgram(call)
    guard case .ended(status: 0, let armour) = outcome else { throw failure(outcome) }
    try check(armour)
    let signature = String(decoding: armour, as: UTF8.self)
    made[payload] = signature
    return signature
  }

  private var arguments: [ProgramCall.Argument] {
    switch format {
    case .openPGP: [.text("--status-fd=2"), .text("-bsau"), .text(key)]
    case .ssh:
      [.text("-Y"), .text("sign"), .text("-n"), .text(SignatureClaim.recordNamespace), .text("-f")]
        + (key.isLiteralKey
          ? [.file(Array((key.withoutKeyPrefix + "\n").utf8)), .text("-U")] : [.text(world.expanding(key))])
    }
  }

  /// A program that signs something else, or nothing, is found out before anything is written.
  private func check(_ armour: [UInt8]) throws {
    switch format {
    case .openPGP:
      guard !armour.starts(with: "-----BEGIN PGP SIGNATURE-----".utf8) else { return }
    case .ssh:
      if let signature = SSHSignature(armour) {
        guard signature.namespace != SignatureClaim.recordNamespace else { return }
        throw CommandFailure.other(
          "\(program) (\(setting)) signs for \"\(signature.namespace)\" whatever it is asked for; nothing was written"
        )
      }
    }
    throw CommandFailure.other("\(program) (\(setting)) gave no signature; nothing was written")
  }

  private func failure(_ outcome: ProgramOutcome) -> CommandFailure {
    let rest = "; nothing was written, and --no-sign records without a signature"
    switch outcome {
    case .missing:
      return .other("git is set to sign with \(program) (\(setting)), which is not here\(rest)")
    case .killed: return .other("\(program) was given up after \(Self.patience) seconds\(rest)")
    case .failed(let reason): return .other("\(program) could not be run: \(reason)\(rest)")
    case .ended(let status, let errors):
      return .other(
        "\(program) could not sign with \(key) (status \(status)): \(reason(errors))\(advice(errors))\(rest)")
    }
  }

  private func reason(_ errors: [UInt8]) -> String {
    let lines = errors.split(separator: 0x0A).filter { !$0.starts(with: "[GNUPG:]".utf8) }
    let said = (lines.last.map { Array($0) } ?? []).firstLine
    return said.isEmpty ? "it does not say why" : said
  }

  private func advice(_ errors: [UInt8]) -> String {
    let text = String(decoding: errors.prefix(4_096), as: UTF8.self).lowercased()
    guard format == .ssh, text.contains("passphrase") else { return "" }
    return "; the key is locked, `ssh-add \(key)` unlocks it"
  }
}

extension String {
  /// A key itself in place of the name of a file, as git's gpg-interface.c tells them apart.
  fileprivate var isLiteralKey: Bool { hasPrefix("key::") || hasPrefix("ssh-") }

  fileprivate var withoutKeyPrefix: String { hasPrefix("key::") ? String(dropFirst("key::".count)) : self }
}

extension World {
  /// A path of git's configuration with the user's folder in place of a leading `~/`.
  func expanding(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = environment("HOME") else { return path }
    return home + path.dropFirst()
  }
}
