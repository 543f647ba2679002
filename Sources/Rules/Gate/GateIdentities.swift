internal import Facts

/// Who is who at a gate.
///
/// To approve, an address must be one of the roster's, byte for byte apart from ASCII case. To be somebody who had a
/// hand in a change, it is enough to look like one of a person's addresses: whoever writes their own address a little
/// differently shall not thereby become a second person.
struct GateIdentities {
  private let roster: Roster
  private var lookalikes: [String: String] = [:]

  init(_ roster: Roster) {
    self.roster = roster
    for person in roster.people {
      for email in person.emails { lookalikes[Self.fold(email), default: person.handle] = person.handle }
      for login in person.logins { lookalikes[Self.fold(login), default: person.handle] = person.handle }
    }
  }

  /// The person whose approval this is; nil for an address that could be taken for another.
  ///
  /// Some forges let people choose their address unproven. A private one that tells a login is therefore only believed
  /// of a forge that everybody knows, or of a host below a domain of the person's own addresses.
  func approver(_ identity: Identity) -> Roster.Person? {
    guard Self.isPlain(identity.email), let person = roster.resolve(identity) else { return nil }
    let address = identity.address
    guard let domain = address.domain, !person.emails.contains(where: { Address($0) == address }) else {
      return person
    }
    let isKnown =
      Self.knownForges.contains(domain)
      || person.emails.compactMap { Address($0).domain }.contains { domain.hasSuffix("." + $0) }
    return isKnown ? person : nil
  }

  /// Hosts of private addresses of which each belongs to one account.
  private static let knownForges = [
    "users.noreply.github.com", "users.noreply.gitlab.com", "noreply.codeberg.org", "noreply.gitea.com",
  ]

  /// The handle of the person behind a contribution; nil for somebody whom the roster does not know.
  func contributor(_ identity: Identity) -> String? {
    if let person = roster.resolve(identity) { return person.handle }
    return lookalikes[Self.fold(identity.email)] ?? identity.login.flatMap { lookalikes[Self.fold($0)] }
  }

  /// Whether a roster's domain claims it, or it is nobody at all.
  func isKnown(_ identity: Identity, at moment: Instant) -> Bool {
    contributor(identity) != nil || !roster.teams(claiming: identity.address, at: moment).isEmpty
  }

  /// Printable ASCII without blanks.
  private static func isPlain(_ address: String) -> Bool {
    !address.isEmpty && address.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }

  /// An address without case, marks that are not seen, tags behind `+`, and dots or blanks around its parts.
  private static func fold(_ address: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in address.unicodeScalars where isSeen(scalar) { scalars.append(scalar) }
    let text = String(scalars).lowercased().uppercased().lowercased()
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let local = parts.first?.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
    let domain = parts.count > 1 ? "@" + trimmed(parts[1]) : ""
    return trimmed(local) + domain
  }

  private static func isSeen(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value > 0x20 && !(0x7F...0xA0).contains(scalar.value)
      && !scalar.properties.isDefaultIgnorableCodePoint
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.hasSuffix(".") { text.removeLast() }
    while text.hasPrefix(".") { text.removeFirst() }
    return String(text)
  }
}
