/// The parts of the policy about times, levels, approvals and grants.
extension DemoPolicy {
  static func serviceLevels(decisions: Bool) -> String {
    let decision =
      decisions
      ? """

          { name: "decision", clock: "decision", appliesTo: { origin: ["external"] },
            target: "10 business days", calendar: "team", share: 0.8, atRisk: 0.8 },
      """ : ""
    return """
      // What we promise to those who contribute.
      {
        version: 1,
        calendars: {
          berlin: {
            timeZone: "Europe/Berlin",
            hours: {
              monday: ["09:00-17:30"], tuesday: ["09:00-17:30"], wednesday: ["09:00-17:30"],
              thursday: ["09:00-17:30"], friday: ["09:00-16:00"],
            },
            holidays: ["2024-10-03", "2024-12-25", "2024-12-26", "2025-01-01", "2025-05-01", "2025-10-03",
              "2025-12-25", "2025-12-26", "2026-01-01"],
          },
          bengaluru: {
            timeZone: "Asia/Kolkata",
            hours: {
              monday: ["09:30-18:00"], tuesday: ["09:30-18:00"], wednesday: ["09:30-18:00"],
              thursday: ["09:30-18:00"], friday: ["09:30-18:00"],
            },
            holidays: ["2024-08-15", "2024-10-02", "2025-01-26", "2025-08-15", "2025-10-02", "2026-01-26"],
          },
          // We answer while either of us is at work.
          team: { union: ["berlin", "bengaluru"] },
        },
        objectives: [
          { name: "first-review", clock: "first-review", appliesTo: { origin: ["external"] },
            target: "2 business days", calendar: "team", share: 0.9, window: "28d", atRisk: 0.75 },
          { name: "landing", clock: "landing", target: "3 business days", calendar: "team", share: 0.8 },\(decision)
        ],
        escalation: [
          { at: 0.75, do: "remind-reviewers" },
          { at: 1.0, do: "name-lead" },
          { at: 2.0, do: "widen-approvers", paths: ["docs/**"] },
        ],
      }

      """
  }

  static let maturity = """
    {
      version: 1,
      window: "180d",
      levels: {
        "2": { externalLanded: 5, reviewedShare: 0.9, attainment: "first-review", oldestWaitFactor: 3 },
        "3": { delegatedShare: 0.3, delegatesPerComponent: 2, unauthorisedApprovals: 0, attainmentGap: 0.1,
          openEndedGrants: 0 },
      },
    }

    """

  static func delegation(protectsTLS: Bool, trial: Bool = false) -> String {
    let rule =
      protectsTLS ? "\n    { paths: [\"net/tls/**\"], count: 2, from: [\"platform\"] }," : ""
    let protected = protectsTLS ? "\n  protected: [\"net/tls/**\"]," : ""
    let reviewer = "reviewer: { landed: 5, reviews: 10, months: 3, agreement: 0.8 }"
    let ladders =
      trial
      ? "\n    \(reviewer),\n    // For half a year, to those who have worked on something for as long.\n"
        + "    trial: { landed: 5, reviews: 2, months: 6, activeWithin: \"90d\" },\n  "
      : " \(reviewer) "
    return """
      {
        version: 1,
        approvals: [
          { paths: ["**"], count: 1, from: ["platform", "delegated"] },\(rule)
        ],\(protected)
        selfApproval: false,
        granting: { teams: ["platform"], maxDepth: 0, maxDuration: "365d", paths: ["**", "!net/tls/**"] },
        ladders: {\(ladders)},
      }

      """
  }

  static let interfaceGrant = """
    {
      version: 1,
      id: "ui-leila",
      grantee: "leila",
      verbs: ["review", "approve"],
      paths: ["ui/**"],
      grantedBy: "amara",
      from: "2025-06-02",
      until: "2025-12-01",
      reason: "knows every style sheet we have; a trial of half a year",
    }

    """

  static let documentationGrant = """
    {
      version: 1,
      id: "docs-fatima",
      grantee: "fatima",
      verbs: ["review", "approve"],
      paths: ["docs/**"],
      grantedBy: "amara",
      from: "2025-10-01",
      until: "2026-10-01",
      reason: "writes and reviews most pages on tables and events",
    }

    """

  static func sketchWaiver(_ objective: String) -> String {
    """
    {
      version: 1,
      id: "sketch-\(objective)",
      objective: "\(objective)",
      contribution: "pr/146",
      reason: "a sketch; its author asked for comments in April",
      by: "priya",
      from: "2026-03-27",
      until: "2026-05-01",
    }

    """
  }
}
