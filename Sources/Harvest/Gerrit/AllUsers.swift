internal import Facts
internal import Git

/// A server's own account records, from a clone of its All-Users repository.
///
/// Every account has a ref `refs/users/NN/N` whose tree holds `account.config`; `refs/meta/external-ids` is a note map
/// from the SHA-1 of an external id to a text in Git's configuration syntax (Gerrit's `AccountConfig` and
/// `ExternalIdNotes`).
struct AllUsers {
  /// What the server knows of one account; one that was switched off stays an account.
  struct Record: Hashable {
    var fullName: String?
    var preferredEmail: String?
    var isActive = true
    /// All addresses, those of external ids too, in the order of their ids.
    var addresses: [Address] = []
    /// The same as recorded.
    var emails: [String] = []

    mutating func add(_ email: String) {
      guard email.utf8.contains(UInt8(ascii: "@")), !addresses.contains(Address(email)) else { return }
      addresses.append(Address(email))
      emails.append(email)
    }
  }

  /// Where external ids are kept.
  static let externalIDs = "refs/meta/external-ids"
  private static let users = "refs/users/"
  /// The largest record that is read, in bytes.
  static let byteLimit = 64 << 10
  /// The largest number of addresses that one account may have.
  private static let addressLimit = 100

  /// By account number.
  private(set) var records: [Int: Record] = [:]
  /// Accounts that another server numbered, as `N@server-id`, with their numbers here.
  private(set) var imported: [String: Int] = [:]
  private(set) var diagnostics: [Diagnostic] = []
  private let repository: Repository

  /// Reads the records of the accounts whose numbers are `wanted`; nil for a repository without account records.
  init?(_ repository: Repository, wanted: Set<Int>) {
    self.repository = repository
    do {
      let users = try repository.references(under: Self.users)
      let hasIDs = try repository.resolve(reference: Self.externalIDs) != nil
      guard hasIDs || !users.isEmpty else { return nil }
      if hasIDs { readExternalIDs() }
      let foreign = Set(imported.values)
      for user in users {
        guard let number = Self.number(of: user.name), wanted.contains(number) || foreign.contains(number)
        else { continue }
        read(user, number)
      }
    } catch {
      diagnostics.append(Diagnostic(.corruptObject(detail: error.message), ref: Self.users))
    }
  }

  /// The number in `refs/users/NN/N`, where NN are its last two digits.
  static func number(of ref: String) -> Int? {
    let parts = ref.utf8.dropFirst(users.utf8.count).split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard ref.hasPrefix(users), parts.count == 2, parts[0].count == 2, parts[1].count <= 18,
      parts.allSatisfy({ $0.allSatisfy(isDigit) }), parts[1].first != UInt8(ascii: "0"),
      let shard = Int(Substring(parts[0])), let number = Int(Substring(parts[1])), number % 100 == shard
    else { return nil }
    return number
  }

  private mutating func read(_ user: Reference, _ number: Int) {
    do {
      guard let target = user.target, let commit = try repository.peelToCommit(target) else {
        report(.notACommit, user.name, user.target)
        return
      }
      switch try repository.file(atPath: "account.config", inCommit: commit, limit: Self.byteLimit) {
      case .found(let bytes, _): records[number, default: Record()].take(ConfigurationValue.all(in: bytes))
      // An account that never got a name has no file.
      case .notThere: records[number, default: Record()].isActive = true
      case .notAFile: report(.corruptObject(detail: "account.config is no file"), user.name, commit)
      case .missingObject(let id): report(.missingObject, user.name, id)
      case .oversized(let id, let size):
        report(.oversized(bytes: size, limit: Self.byteLimit), user.name, id)
      }
    } catch {
      report(.corruptObject(detail: error.message), user.name, user.target)
    }
  }

  private mutating func readExternalIDs() {
    do {
      guard let notes = try repository.notes(inRef: Self.externalIDs) else { return }
      for note in notes.entries { for blob in note.blobs { read(blob, key: note.annotated) } }
    } catch {
      report(.corruptObject(detail: error.message), Self.externalIDs, nil)
    }
  }

  private mutating func read(_ blob: ObjectID, key: ObjectID) {
    do {
      guard let object = try repository.read(blob, limit: Self.byteLimit), object.kind == .blob else {
        report(.missingObject, Self.externalIDs, blob)
        return
      }
      guard let id = ExternalID(ConfigurationValue.all(in: object.bytes)) else {
        report(.unreadableRecord(line: 1, detail: "no external id with an account"), Self.externalIDs, key)
        return
      }
      guard id.digest == ObjectName(git: key) else {
        report(.danglingReference(to: String(id.text.unicodeScalars.prefix(64))), Self.externalIDs, key)
        return
      }
      take(id)
    } catch {
      report(.corruptObject(detail: error.message), Self.externalIDs, blob)
    }
  }

  private mutating func take(_ id: ExternalID) {
    if let account = id.importedAccount { imported[account] = id.account }
    guard records[id.account, default: Record()].addresses.count < Self.addressLimit else { return }
    if let email = id.email { records[id.account, default: Record()].add(email) }
    if let email = id.mailto { records[id.account, default: Record()].add(email) }
  }

  private mutating func report(_ kind: Diagnostic.Kind, _ ref: String, _ object: ObjectID?) {
    diagnostics.append(Diagnostic(kind, ref: ref, object: object.map { ObjectName(git: $0) }))
  }
}

extension AllUsers.Record {
  fileprivate mutating func take(_ entries: [(name: String, value: String)]) {
    for (name, value) in entries where !value.isEmpty {
      switch name {
      case "account.fullname": fullName = value
      case "account.preferredemail": preferredEmail = value
      case "account.active": isActive = ConfigurationValue.isTrue(value)
      default: break
      }
    }
    if let preferredEmail { add(preferredEmail) }
  }
}

/// One external id: a name by which an account signs in or is addressed, such as `mailto:ada@example.org`.
private struct ExternalID {
  let text: String
  let account: Int
  var email: String?

  /// Nil unless the text has one section `externalId` with an account.
  init?(_ entries: [(name: String, value: String)]) {
    let prefix = "externalid."
    var text: Substring?
    var account: Int?
    for (name, value) in entries where name.hasPrefix(prefix) {
      guard let dot = name.lastIndex(of: "."),
        name.utf8.distance(from: name.startIndex, to: dot) > prefix.utf8.count
      else { continue }
      let id = name[..<dot].dropFirst(prefix.count)
      guard text == nil || text == id else { return nil }
      text = id
      switch name[dot...] {
      case ".accountid": account = Int(value)
      case ".email": email = value
      default: break
      }
    }
    guard let text, let account, account >= 0 else { return nil }
    self.text = String(text)
    self.account = account
  }

  /// The name under which the id is kept.
  var digest: ObjectName { SHA1.digest(of: Array(text.utf8)) }

  var mailto: String? { value(of: "mailto:") }

  /// The account as a server that was merged into this one numbered it, `N@server-id`.
  var importedAccount: String? { value(of: "imported:") }

  private func value(of scheme: String) -> String? {
    text.hasPrefix(scheme) ? String(text.dropFirst(scheme.count)) : nil
  }
}
