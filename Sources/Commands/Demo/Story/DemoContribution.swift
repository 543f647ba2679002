internal import Facts

/// A change to one file of the sample.
enum DemoEdit {
  /// Adds a piece at the end; the file is begun when there is none.
  case extend(path: String, title: String)
  case replace(path: String, text: String)
}

/// One commit as its author made it.
struct DemoCommit {
  var subject: String
  var by: DemoPerson
  var at: Instant
  var edits: [DemoEdit]
  /// Lines at the end of the message such as `Reported-by: …`.
  var trailers: [String] = []
}

/// One contribution of the story: what was written, where it went, and what was said about it.
struct DemoContribution {
  /// How a change comes to the branch.
  enum Way {
    /// Straight onto the branch, without a proposal.
    case push
    /// The merge button of a forge.
    case merge
    case squash
    /// A merge by the forge's queue, with the title as subject.
    case queue
    case rebase
    /// `git appraise submit`: no forge involved.
    case submit
    /// The merge button, but on the release branch only.
    case releaseMerge
  }

  struct Landing {
    var way: Way
    var at: Instant
    var by: DemoPerson
    /// Lines at the end of the landing commit's message such as `Reviewed-by: …`.
    var trailers: [String] = []
  }

  var title: String
  var author: DemoPerson
  /// Oldest first.
  var commits: [DemoCommit]
  /// Whether a forge knows it by a number.
  var isPull = true
  /// Nil for what is still open, was given up, or went nowhere.
  var landing: Landing?
  var review: DemoReview?
  /// The title of the landed contribution that this one takes back.
  var reverts: String?
  /// Whether the forge's test merge is still there.
  var keepsTestMerge = false
  var mark: DemoMark?

  /// When the first commit was made.
  var begun: Instant { commits.first?.at ?? DemoCalendar.end }
}

/// Contributions that the demonstration points at.
enum DemoMark: CaseIterable {
  /// Nobody has answered for months.
  case longestWait
  /// Approved by somebody who had left the host team.
  case formerHost
  /// Landed after a rejection that was answered.
  case lifted
  case abandoned
  case selfAccepted
}

/// A review as git-appraise records it.
struct DemoReview {
  var opened: Instant
  var reviewers: [DemoPerson]
  /// What is asked for, when that is not the title.
  var description: String?
  /// Oldest first.
  var remarks: [DemoRemark] = []
  /// The author takes the proposal back.
  var abandoned: Instant?
}

/// One thing said in a review.
struct DemoRemark {
  enum Kind {
    case note
    case accept
    case reject
    /// Answers the last rejection and says that it is settled.
    case settle
    /// Answers what was said last, without more.
    case reply
  }

  var kind: Kind
  var by: DemoPerson
  var at: Instant
  var text: String
  /// The line of the changed file that it is about; 0 for the change as a whole.
  var line: UInt32 = 0
}
