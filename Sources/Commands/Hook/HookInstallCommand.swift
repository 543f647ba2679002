internal import Facts
internal import Git
internal import Harvest
internal import Reports

/// `hook install`: writes the script by which git calls this program.
enum HookInstallCommand {
  /// The line by which our own script is known again.
  private static let mark = "# Written by `tributary hook install`; another run of it may replace this file."

  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    guard arguments.repositories.count < 2 else { throw CommandFailure.other("one repository at a time") }
    let hook = arguments[Operands.hook].first ?? "post-receive"
    let path = arguments.repositories.first ?? "."
    let repository = try world.openRepository(path)
    guard let program = world.programPath, program.hasPrefix("/") else {
      throw CommandFailure.other("the system does not tell where this program is; write the hook by hand")
    }
    let folder = try hooksFolder(of: repository, world)
    let file = "\(folder)/\(hook)"
    let call = call(program, hook, arguments)
    let script = script(hook, call)
    let before = try present(file, world)
    if let before, !isOurs(before) { throw CommandFailure.other(advice(hook, file, call)) }
    let isCurrent = before == script && world.isExecutable(file)
    if !isCurrent {
      try world.createDirectory(folder)
      try world.writeProgram(file, script)
    }
    let done = isCurrent ? "is installed already" : before != nil ? "was renewed" : "was installed"
    let next = hook == "pre-receive" ? nextForGate : nextForRecord
    try arguments.write(
      TextDocument([.paragraph("\(file, .code) \(done)."), .section("Next", next)]), to: world)
    return .met
  }

  /// The command line, which a shell reads back word for word.
  private static func call(_ program: String, _ hook: String, _ arguments: Arguments) -> String {
    var words = [program, "hook", hook]
    if let variable = arguments[Options.pusherVariable] { words += ["--pusher-variable", variable] }
    return words.map(\.shellQuoted).joined(separator: " ")
  }

  private static func script(_ hook: String, _ call: String) -> [UInt8] {
    let body =
      hook == "pre-receive"
      ? """
      # Whatever goes wrong, the push is refused; the inside of a crash is not for whoever pushes.
      SWIFT_BACKTRACE=enable=no
      export SWIFT_BACKTRACE
      umask 077
      exec \(call)

      """
      : """
      # It must never fail a push, nor print the inside of a crash to whoever pushes.
      SWIFT_BACKTRACE=enable=no
      export SWIFT_BACKTRACE
      \(call) || :
      exit 0

      """
    return Array("#!/bin/sh\n\(mark)\n\(body)".utf8)
  }

  static func isOurs(_ script: [UInt8]) -> Bool {
    script.split(separator: 0x0A).contains { $0.elementsEqual(mark.utf8) }
  }

  static func present(_ file: String, _ world: World) throws -> [UInt8]? {
    do throws(FileFailure) {
      return try world.readFile(file)
    } catch {
      guard error.isMissing else { throw error }
      return nil
    }
  }

  /// Where git looks for hooks: `core.hooksPath` of the repository, else its own folder.
  static func hooksFolder(of repository: Repository, _ world: World) throws -> String {
    let own = repository.commonDirectory + "/config"
    // A configuration that is not there or may not be read says nothing.
    if let bytes = try? world.readFile(own),
      let path = ConfigurationValue.last(of: "core.hookspath", in: bytes)
    {
      guard path.hasPrefix("/") else {
        throw CommandFailure.other(
          "core.hooksPath is \(path), which is not absolute; install the hook there by hand")
      }
      return path
    }
    if let shared = world.sharedHooksPath {
      throw CommandFailure.other(
        "git takes the hooks of all repositories from \(shared) here (core.hooksPath); install the hook there by hand, "
          + "or set core.hooksPath for this repository")
    }
    return repository.commonDirectory + "/hooks"
  }

  private static func advice(_ hook: String, _ file: String, _ call: String) -> String {
    let failing = hook == "pre-receive" ? " || exit 1" : ""
    return
      "\(file) is there already, and somebody else wrote it; it was left as it is. Both can run: rename it to "
      + "\(file).own and put this in its place:  moves=$(cat); printf '%s\\n' \"$moves\" | \"$0.own\" \"$@\"\(failing); "
      + "printf '%s\\n' \"$moves\" | \(call)\(failing)"
  }

  private static let nextForRecord: [TextDocument.Block] = [
    .paragraph("Keep others from writing the record; it can be fetched all the same:"),
    .copied(["git config --add receive.hideRefs refs/notes/tributary"]),
    .paragraph("Fetch it where reports are made:"),
    .copied(["git fetch origin 'refs/notes/tributary/*:refs/notes/tributary/*'"]),
  ]

  private static let nextForGate: [TextDocument.Block] = [
    .paragraph("See whether the server's settings keep what the gate relies on:"),
    .copied(["tributary hook doctor"]),
    .paragraph("Without a policy nothing may land. Name the commit that may bring the first one:"),
    .copied(["git config tributary.firstPolicy COMMIT"]),
  ]
}
