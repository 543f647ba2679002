internal import Facts

/// The answers to one version of a series, and what they say of each of its patches.
struct SeriesReplies {
  /// A patch of the series, by its number, or all of them.
  enum Extent: Hashable {
    case part(Int)
    case all
  }

  struct Reply {
    let mail: Int
    let extent: Extent
  }

  /// In the order of their times.
  let replies: [Reply]
  /// The numbers of the patches that are here, without the cover letter.
  let parts: Set<Int>

  init(_ mails: [Int], to posting: MailPosting, _ messages: [MailMessage], _ threads: MailThreads) {
    let numbers = posting.mails.map { messages[$0].subject.part ?? 1 }.filter { $0 > 0 }
    parts = numbers.isEmpty ? [1] : Set(numbers)
    let isSingle = parts.count == 1 && posting.mails.count == 1
    replies = mails.sorted { (messages[$0].time.seconds, $0) < (messages[$1].time.seconds, $1) }.map { mail in
      // Nothing above but the mail that introduces the series: that is about all of it.
      let above = threads.postings[mail]
      let part = above >= 0 ? messages[above].subject.part ?? 1 : 0
      return Reply(mail: mail, extent: isSingle || part == 0 ? .all : .part(part))
    }
  }

  /// The patches that an answer with this extent is about.
  func covered(by extent: Extent) -> Set<Int> {
    switch extent {
    case .all: parts
    case .part(let number): parts.intersection([number])
    }
  }
}

/// What answers say of a posting's way into a repository.
struct AppliedClaims {
  struct Claim: Hashable {
    let part: Int
    let mail: Int
    /// Hexadecimal digits of the commit, often not all.
    let commit: String?
  }

  /// One for each patch, in their order; one with a commit where there is any.
  let claims: [Claim]
  /// Every patch that is here is said to be applied.
  let isComplete: Bool

  /// Reads the answers for which `isOther` is true: nobody lands their own patch by a word.
  init(_ replies: SeriesReplies, _ messages: [MailMessage], isOther: (Int) -> Bool) {
    var found: [Int: Claim] = [:]
    for reply in replies.replies where isOther(reply.mail) {
      guard let text = messages[reply.mail].reply, let extent = text.applied else { continue }
      let named = text.listed.filter { $0.part != nil }
      // Nothing new: everything was said to be applied before, and this one names no commits.
      if text.listed.isEmpty, found.count == replies.parts.count { continue }
      var covered = replies.covered(by: extent == .series ? .all : reply.extent)
      if reply.extent == .all, replies.parts.count > 1, !named.isEmpty {
        covered = replies.parts.intersection(named.compactMap(\.part))
      }
      for part in covered {
        let listed = named.first { $0.part == part } ?? (covered.count == 1 ? text.listed.first : nil)
        if found[part]?.commit == nil || listed?.commit != nil {
          found[part] = Claim(part: part, mail: reply.mail, commit: listed?.commit)
        }
      }
    }
    claims = found.values.sorted { $0.part < $1.part }
    isComplete = claims.count == replies.parts.count
  }
}
