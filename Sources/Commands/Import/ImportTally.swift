/// How much of one kind was read, and what became of it.
struct ImportCount: Hashable, Sendable {
  var read = 0
  var added = 0
  /// Known before, and something about it is new.
  var changed = 0
  var unchanged = 0
  var refused = 0
}

/// The counts of an import by kind.
struct ImportTally: Hashable, Sendable {
  /// Pull requests, merge requests or changes.
  var requests = ImportCount()
  /// Openings, endings, heads, requests for review.
  var events = ImportCount()
  /// Reviews and votes.
  var reviews = ImportCount()
  var comments = ImportCount()
  /// Messages that the forge or a build wrote by itself.
  var automatic = ImportCount()
  /// Comments on requests that neither the input nor the ledger knows, and what is not for everybody's eyes.
  var leftOut = 0
  /// Texts that were cut because they are too long.
  var shortened = 0
}
