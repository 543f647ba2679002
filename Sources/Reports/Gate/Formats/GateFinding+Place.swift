import Facts
import Rules

extension GateFinding {
  /// The file to point at: the one that is not approved, else the one whose rule is broken.
  var place: String {
    if let path, !path.isEmpty { return path }
    switch rule {
    case .noRoster, .unknownContributor: return "policies/roster.json5"
    default: return "policies/delegation.json5"
    }
  }

  /// Which finding it is, also when it is found again with other words: the rule and what it is about.
  ///
  /// Where words only say what it is about, such as an address, they count; where they count approvals or problems, which
  /// change from run to run, they do not. Two 64-bit FNV-1a sums
  /// (Fowler, Noll, Vo); a name, not a proof.
  var fingerprint: String {
    let subject = "\(rule.rawValue)\n\(reference)\n\(path ?? "")\n\(isCounted ? "" : message.plain)"
    return Self.digits(Self.sum(subject, 0xCBF2_9CE4_8422_2325))
      + Self.digits(Self.sum(subject, 0x8422_2325_CBF2_9CE4))
  }

  /// Whether the words count what comes and goes.
  private var isCounted: Bool {
    switch rule {
    case .notApproved, .policyNotApproved, .policyBroken: true
    default: false
    }
  }

  private static func sum(_ text: String, _ start: UInt64) -> UInt64 {
    text.utf8.reduce(start) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }

  private static func digits(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  /// The message with its remedy.
  var sentence: String {
    remedy.map { "\(message.plain); to mend it: \($0.plain)" } ?? message.plain
  }
}
