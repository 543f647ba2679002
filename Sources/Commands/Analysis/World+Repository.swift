internal import Facts
internal import Git

extension World {
  /// Opens a clone that the user named.
  ///
  /// Whom the process may trust is decided as git does it: the owner, the user before `sudo`, and the
  /// `safe.directory` entries of the user's own and the machine's configuration.
  ///
  /// To judge a push each object is hashed and compared with its name; `quarantine` holds what the push brought.
  func openRepository(_ path: String, judging: Bool = false, quarantine: String? = nil) throws -> Repository {
    do throws(OpenRefusal) {
      return try Repository(path: path, verifyHashes: judging, trust: trust, quarantine: quarantine)
    } catch {
      throw CommandFailure.refused(error)
    }
  }

  /// The repository's own configuration file; empty where it has none.
  func configuration(of repository: Repository) throws -> [UInt8] {
    do throws(FileFailure) {
      return try readFile(repository.commonDirectory + "/config")
    } catch {
      guard error.isMissing else { throw error }
      return []
    }
  }

  private var trust: Trust {
    // A file that is not there or may not be read says nothing about trust.
    let configurations = configurationFiles.compactMap { try? readFile($0) }
    return Trust(
      sudoUser: environment("SUDO_UID").flatMap { UInt32($0) }, configurations: configurations,
      home: environment("HOME"))
  }

  /// Git's configuration files outside a repository, the machine's first; its own variables may name others (git(1)).
  private var configurationFiles: [String] {
    let hasNone = environment("GIT_CONFIG_NOSYSTEM").map { ConfigurationValue.isTrue($0) } ?? false
    let machine = hasNone ? nil : environment("GIT_CONFIG_SYSTEM") ?? "/etc/gitconfig"
    if let user = environment("GIT_CONFIG_GLOBAL") { return [machine, user].compactMap { $0 } }
    let home = environment("HOME")
    let configurationHome = environment("XDG_CONFIG_HOME") ?? home.map { $0 + "/.config" }
    return [machine, configurationHome.map { $0 + "/git/config" }, home.map { $0 + "/.gitconfig" }]
      .compactMap { $0 }
  }
}

extension World {
  /// The values of a key in git's configuration as it holds for a repository, the machine's first.
  ///
  /// The last one counts where there can be only one. Includes are not followed.
  func gitConfiguration(_ key: String, of repository: Repository) throws -> [String] {
    // A configuration that is not there or may not be read says nothing.
    let shared = configurationFiles.compactMap { try? readFile($0) }
    return (shared + [try configuration(of: repository)]).flatMap { file in
      ConfigurationValue.all(in: file).filter { $0.name == key }.map(\.value)
    }
  }

  /// The folder from which git takes the hooks of every repository, where the user or the machine says so.
  var sharedHooksPath: String? {
    for file in configurationFiles.reversed() {
      // A configuration that is not there or may not be read says nothing.
      guard let bytes = try? readFile(file) else { continue }
      if let path = ConfigurationValue.last(of: "core.hookspath", in: bytes), !path.isEmpty { return path }
    }
    return nil
  }

  /// Who writes into a repository: what git is told to commit as, else the program itself.
  func ident(for path: String, at moment: Instant) -> String {
    func configured(_ variable: String, _ key: String) -> String? {
      if let value = environment(variable), !value.isEmpty { return value }
      // A repository that cannot be opened names nobody here; whoever writes into it says why.
      let own = (try? openRepository(path)).map { [$0.commonDirectory + "/config"] } ?? []
      for file in own + configurationFiles.reversed() {
        // A configuration that is not there or may not be read names nobody.
        guard let bytes = try? readFile(file) else { continue }
        if let value = ConfigurationValue.last(of: key, in: bytes), !value.isEmpty { return value }
      }
      return nil
    }
    return NotesWriter.ident(
      name: configured("GIT_COMMITTER_NAME", "user.name") ?? "tributary",
      email: configured("GIT_COMMITTER_EMAIL", "user.email") ?? "tributary@localhost", seconds: moment.seconds
    )
  }

  /// The address that git would commit with: `GIT_AUTHOR_EMAIL`, else `user.email` of the repository or the user.
  func ownAddress(repository path: String) throws -> String? {
    if let address = environment("GIT_AUTHOR_EMAIL") ?? environment("EMAIL"), !address.isEmpty {
      return address
    }
    let repository = try openRepository(path)
    let files = [repository.commonDirectory + "/config"] + configurationFiles.reversed()
    for file in files {
      // A configuration that is not there or may not be read names nobody.
      guard let bytes = try? readFile(file) else { continue }
      if let address = ConfigurationValue.last(of: "user.email", in: bytes) { return address }
    }
    return nil
  }
}
