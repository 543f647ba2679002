internal import Facts

extension HealthCalculator {
  /// Requests landed by one of their authors ÷ requests landed by somebody known.
  func selfMergeRate() -> Measurement {
    let landed = landedRequests
    guard !landed.isEmpty else { return refused(.selfMergeRate, .nothingInWindow) }
    let known = landed.filter { $0.lander.map { !$0.isBot } ?? false }
    let unknown = landed.count - known.count
    let remarks = unknown > 0 ? [Remark.unknown(unknown)] : []
    guard !known.isEmpty else { return refused(.selfMergeRate, .noLanders, remarks: remarks) }
    let own = known.count { item in
      item.assessment.contribution.landing?.by.map(item.assessment.contribution.isAuthor) ?? false
    }
    return Measurement(
      .selfMergeRate, .ratio(hits: own, of: known.count), sample: known.count, grade: .derived,
      remarks: remarks, sources: Carriers.closings(known))
  }

  /// External landed contributions ÷ external and platform landed contributions.
  func innerSourceRatio() -> Measurement {
    let landed = landedWork
    guard !landed.isEmpty else { return refused(.innerSourceRatio, .nothingInWindow) }
    let external = landed.count { $0.assessment.origin.kind == .external }
    let placed = landed.filter { [.external, .platform].contains($0.assessment.origin.kind) }
    let known = placed.count
    let unknown = landed.count - known
    var remarks = inferredHosts.map { [Remark.inferredHosts($0)] } ?? []
    if unknown > 0 { remarks.append(.unknown(unknown)) }
    guard known > 0 else { return refused(.innerSourceRatio, .noHosts, remarks: remarks) }
    return Measurement(
      .innerSourceRatio, .ratio(hits: external, of: known), sample: known,
      grade: inferredHosts == nil ? .derived : .bounded, remarks: remarks, sources: Carriers.closings(placed))
  }

  /// Number of organisations whose people landed something: roster teams, else domains of addresses.
  ///
  /// Public mail providers and forges' private addresses name no organisation; their authors are counted as unknown.
  func organizationalDiversity() -> Measurement {
    var counts: [String: Int] = [:]
    var unknown = 0
    for item in landedWork {
      guard let name = item.organisation else {
        unknown += 1
        continue
      }
      counts[name, default: 0] += 1
    }
    guard let largest = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else {
      return refused(
        .organizationalDiversity, unknown > 0 ? .noOrganisations : .nothingInWindow,
        remarks: unknown > 0 ? [.unknown(unknown)] : [])
    }
    let known = counts.values.reduce(0, +)
    var remarks: [Remark] = [.largestShare(name: largest.key, hits: largest.value, of: known)]
    if unknown > 0 { remarks.append(.unknown(unknown)) }
    return Measurement(
      .organizationalDiversity, .count(counts.count), sample: known, grade: .derived, remarks: remarks,
      sources: Carriers.closings(landedWork.filter { $0.organisation != nil }))
  }

  /// The smallest number of people who together wrote at least half of the landed contributions.
  func contributorAbsenceFactor() -> Measurement {
    var counts: [PersonKey: Int] = [:]
    for item in landedWork { if let author = item.author { counts[author.key, default: 0] += 1 } }
    guard let people = Load(Array(counts.values)).absenceFactor else {
      return refused(.contributorAbsenceFactor, .nothingInWindow)
    }
    return Measurement(
      .contributorAbsenceFactor, .count(people), sample: counts.values.reduce(0, +), grade: .derived,
      sources: Carriers.closings(landedWork.filter { $0.author != nil }))
  }

  /// Contributions by machines that landed in the window, of all that landed.
  func botActivity() -> Measurement {
    let landed = items.filter { $0.landed(in: window) }
    guard !landed.isEmpty else { return refused(.botActivity, .nothingInWindow) }
    return Measurement(
      .botActivity, .ratio(hits: landed.count(where: \.isByBot), of: landed.count), sample: landed.count,
      grade: .derived, sources: Carriers.closings(landed))
  }

  /// Authors who had no work on the branch before the window.
  func newContributors() -> Measurement {
    guard let earlier else { return refused(.newContributors, .shallowHistory) }
    let authors = Set(landedWork.compactMap { $0.author?.key })
    guard !authors.isEmpty else { return refused(.newContributors, .nothingInWindow) }
    return Measurement(
      .newContributors, .count(authors.subtracting(earlier).count), sample: authors.count, grade: .derived,
      sources: Carriers.closings(landedWork.filter { $0.author != nil }))
  }
}

extension HealthCalculator.Item {
  /// How an opening relates to a window.
  enum Opening { case certain, possible, outside }

  var isProposal: Bool {
    if case .commit = assessment.contribution.id { false } else { true }
  }

  var isByBot: Bool { author?.isBot ?? false }

  var hasReviewRecord: Bool { assessment.contribution.hasReviewRecord }

  var hasAbandonmentRecord: Bool { assessment.contribution.hasAbandonmentRecord }

  func landed(in window: Window) -> Bool {
    assessment.contribution.landing.map { window.contains($0.at) } ?? false
  }

  func abandoned(in window: Window) -> Bool {
    guard assessment.contribution.state == .abandoned else { return false }
    return assessment.contribution.closing.map(window.contains) ?? false
  }

  func opening(in window: Window) -> Opening {
    switch assessment.contribution.opened.time {
    case .at(let instant): return window.contains(instant) ? .certain : .outside
    case .between(let earliest, let latest):
      let startsInside = earliest.map(window.contains) ?? (window.since == nil && latest != nil)
      let endsInside = latest.map(window.contains) ?? false
      if startsInside, endsInside { return .certain }
      if startsInside || endsInside { return .possible }
      guard let latest, latest > window.until else { return .outside }
      return (earliest ?? latest) <= window.until ? .possible : .outside
    case .unknown: return .outside
    }
  }

  func reviews(in window: Window) -> [ReviewEvent] {
    assessment.contribution.events.filter { event in
      guard event.kind.isReview, let person = event.person, let at = event.time.instant else { return false }
      return window.contains(at) && !assessment.contribution.isAuthor(person) && !bots.contains(person)
    }
  }

  /// The first roster team of the author, else the domain of the address.
  var organisation: String? {
    if let team = assessment.authorTeams.first { return team }
    guard let email = author?.email, let at = email.lastIndex(of: "@") else { return nil }
    let domain = email[email.index(after: at)...].lowercased()
    guard domain.contains("."), !MailProviders.isPublic(domain) else { return nil }
    return domain
  }
}

/// Mail domains that tell nothing about where somebody works.
enum MailProviders {
  private static let domains: Set<String> = [
    "126.com", "163.com", "aol.com", "fastmail.com", "free.fr", "gmail.com", "gmx.de", "gmx.net",
    "googlemail.com",
    "hotmail.com", "icloud.com", "live.com", "localhost.localdomain", "mac.com", "mail.ru", "mailbox.org",
    "me.com",
    "msn.com", "naver.com", "outlook.com", "pm.me", "posteo.de", "proton.me", "protonmail.com", "qq.com",
    "riseup.net", "rocketmail.com", "sina.com", "t-online.de", "tutanota.com", "web.de", "yahoo.com",
    "yandex.com",
    "yandex.ru", "ymail.com",
  ]

  static func isPublic(_ domain: String) -> Bool {
    domains.contains(domain) || domain.contains("noreply") || domain.hasPrefix("yahoo.")
      || domain.hasPrefix("hotmail.")
      || domain.hasPrefix("live.") || domain.hasSuffix(".local") || domain.hasSuffix(".localdomain")
  }
}
