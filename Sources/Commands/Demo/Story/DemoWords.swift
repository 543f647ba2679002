/// What people write beside the code: later commits of a branch, and remarks in reviews.
enum DemoWords {
  static let followUps = [
    "Add tests", "Cover the empty case", "Name the constant", "Say why in a comment",
    "Simplify the condition",
    "Use the shared helper", "Mention it in the change log", "Handle the missing value",
  ]

  static let answers = ["Answer the review", "Do as the review asks", "Take the shorter way, as suggested"]

  static let notes = [
    "Could this be a setting?", "Is the old name still used anywhere?",
    "Nice. One question: what if it is empty?",
    "The comment says the opposite of the code.", "We have a helper for this in the same folder.",
    "Please say in the docs when this applies.",
  ]

  static let rejections = [
    "This leaks the handle when the second call fails.",
    "Needs a test for the failing case before it can land.",
    "Two callers rely on the old order; please keep it.", "This blocks while holding the lock.",
    "The migration cannot be undone as it stands.",
  ]

  static let settlements = [
    "Fixed, with a test.", "You are right, done.", "Kept the old order.", "Moved it out of the lock.",
  ]

  static let acceptances = [
    "Looks good, thank you.", "Good to go.", "Thanks for the tests!", "Clear and small. Landing it.",
    "Works here, too.", "Yes, please.",
  ]
}
