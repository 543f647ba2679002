/// What `gpg --verify --status-fd` says of one signature (GnuPG `doc/DETAILS`).
enum OpenPGPStatus: Hashable {
  /// The signature is good; the fingerprints of the key that made it and of its primary key.
  case good(fingerprints: [String])
  case bad(String)

  init(_ output: [UInt8]) {
    var signatures = 0
    var fingerprints: [String] = []
    var isGood = false
    var problem: String?
    for line in output.split(separator: UInt8(ascii: "\n")) {
      let words = String(decoding: line, as: UTF8.self).split(separator: " ").map(String.init)
      guard words.count > 1, words[0] == "[GNUPG:]" else { continue }
      switch words[1] {
      case "NEWSIG": signatures += 1
      case "GOODSIG": isGood = true
      case "VALIDSIG": fingerprints = [words[2...].first, words.last].compactMap(\.self)
      case "EXPSIG": problem = problem ?? "the signature has expired"
      case "EXPKEYSIG": problem = problem ?? "the OpenPGP key had expired"
      case "REVKEYSIG": problem = problem ?? "the OpenPGP key was revoked"
      case "BADSIG": problem = problem ?? "the signature does not match what it is over"
      case "NO_PUBKEY":
        problem = problem ?? "the OpenPGP key \(words.count > 2 ? words[2] : "") is not in the keyring"
      case "ERRSIG": if words.last == "4" || words.last == "5" { problem = problem ?? "an unknown algorithm" }
      default: continue
      }
    }
    // Of several signatures one could be good and another be the one that is meant.
    if signatures > 1 {
      self = .bad("more than one OpenPGP signature")
    } else if let problem {
      self = .bad(problem)
    } else if isGood, !fingerprints.isEmpty {
      self = .good(fingerprints: fingerprints.map { $0.uppercased() })
    } else {
      self = .bad("the OpenPGP signature could not be read")
    }
  }
}
