internal import Facts
internal import Harvest

/// Keys that count: those of the roster, and a file in the format of git's `gpg.ssh.allowedSignersFile`.
///
/// Either may vouch for a signature; neither can forbid what the other allows.
struct TrustedKeys {
  private struct Owned {
    let person: Roster.Person
    let key: SigningKey
  }

  private let roster: Roster?
  private var owned: [SigningKey.Material: Owned] = [:]
  /// The bytes of the file, if there is one.
  let allowedSigners: [UInt8]?

  init(roster: Roster?, allowedSigners: [UInt8]?) {
    self.roster = roster
    self.allowedSigners = allowedSigners
    for person in roster?.people ?? [] {
      for key in person.keys where owned[key.material] == nil {
        owned[key.material] = Owned(person: person, key: key)
      }
    }
  }

  var isEmpty: Bool { owned.isEmpty && allowedSigners == nil }

  var hasOpenPGP: Bool {
    owned.keys.contains { if case .openPGP = $0 { true } else { false } }
  }

  /// Whether the roster gives the key to anybody.
  func isListed(_ key: SigningKey.Material) -> Bool { owned[key] != nil }

  /// Why a listed key does not prove what a signer is said to have signed at a moment; nil when it does.
  func objection(to key: SigningKey.Material, signer: SignatureClaim.Signer, at moment: Instant) -> String? {
    guard let owned = owned[key] else { return "signed by a key that the roster does not list" }
    if let objection = signer.objection(to: owned.person, vouches: owned.key.vouches, in: roster) {
      return objection
    }
    if let from = owned.key.period.from, moment < from {
      return
        "the key of \(owned.person.handle) counts only from \(from.rfc3339) on, this is of \(moment.rfc3339)"
    }
    if let until = owned.key.period.until, moment >= until {
      return "the key of \(owned.person.handle) counted until \(until.rfc3339), this is of \(moment.rfc3339)"
    }
    return nil
  }
}

extension SignatureClaim.Signer {
  /// The address that the record names, if it names a person.
  var address: String? {
    switch self {
    case .person(let identity), .personOrService(let identity): identity.email
    case .service: nil
    }
  }

  fileprivate func objection(to person: Roster.Person, vouches: Bool, in roster: Roster?) -> String? {
    let speaksForOthers = vouches && person.isBot
    switch self {
    case .service:
      return speaksForOthers ? nil : "signed by \(person.handle), whose key does not speak for others"
    case .personOrService where speaksForOthers: return nil
    case .person(let identity), .personOrService(let identity):
      guard let named = roster?.resolve(identity) else {
        return "signed by \(person.handle); the roster does not know \(identity.email)"
      }
      return named.handle == person.handle ? nil : "signed by \(person.handle), not by \(named.handle)"
    }
  }
}
