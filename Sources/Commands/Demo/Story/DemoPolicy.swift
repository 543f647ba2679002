/// The policy files of the sample, as they change over time.
///
/// Seven versions: the first; Minh's move and a component for the interface; two approvals for TLS and a first
/// grant; Lucía's move and a second grant; a promise on decisions; waivers for a sketch; a shorter ladder.
enum DemoPolicy {
  struct Version {
    var title: String
    var by: DemoPerson
    /// UTC.
    var at: String
    var files: [(path: String, text: String)]
  }

  static let versions = [
    Version(
      title: "Write down who owns what and how fast we answer", by: .amara, at: "2024-08-05 09:12",
      files: [
        ("roster.json5", roster(movesToPlatform: false, movesToData: false)),
        ("platform.json5", platform(interface: false)),
        ("service-levels.json5", serviceLevels(decisions: false)),
        ("maturity.json5", maturity), ("delegation.json5", delegation(protectsTLS: false)),
      ]),
    Version(
      title: "Minh joins us in March; the interface is a component of its own", by: .tomasz,
      at: "2025-02-24 10:40",
      files: [
        ("roster.json5", roster(movesToPlatform: true, movesToData: false)),
        ("platform.json5", platform(interface: true)),
      ]),
    Version(
      title: "TLS needs two of us; Leila may approve changes to the interface", by: .priya,
      at: "2025-06-02 06:55",
      files: [
        ("delegation.json5", delegation(protectsTLS: true)), ("grants/ui-leila.json5", interfaceGrant),
      ]),
    Version(
      title: "Lucía leaves for data in October; Fatima may approve documentation", by: .amara,
      at: "2025-09-22 08:20",
      files: [
        ("roster.json5", roster(movesToPlatform: true, movesToData: true)),
        ("grants/docs-fatima.json5", documentationGrant),
      ]),
    Version(
      title: "We decide within two weeks", by: .tomasz, at: "2026-03-10 09:15",
      files: [("service-levels.json5", serviceLevels(decisions: true))]),
    Version(
      title: "The dialog is a sketch: no hurry", by: .priya, at: "2026-03-27 07:30",
      files: ["first-review", "decision"].map { objective in
        ("waivers/sketch-\(objective).json5", sketchWaiver(objective))
      }),
    Version(
      title: "A shorter ladder for a trial, because Leila asked to go on", by: .amara, at: "2026-03-30 08:05",
      files: [("delegation.json5", delegation(protectsTLS: true, trial: true))]),
  ]

  private static func roster(movesToPlatform: Bool, movesToData: Bool) -> String {
    let minh =
      movesToPlatform
      ? "[{ team: \"payments\", until: \"2025-03-01\" }, { team: \"platform\", from: \"2025-03-01\" }]"
      : "[{ team: \"payments\" }]"
    let minhAddresses =
      movesToPlatform ? "[\"minh@pay.example.org\", \"minh@example.org\"]" : "[\"minh@pay.example.org\"]"
    let lucia =
      movesToData
      ? "[{ team: \"platform\", until: \"2025-10-01\" }, { team: \"data\", from: \"2025-10-01\" }]"
      : "[{ team: \"platform\" }]"
    let luciaAddresses =
      movesToData ? "[\"lucia@example.org\", \"lucia@data.example.org\"]" : "[\"lucia@example.org\"]"
    return """
      // Who we are. A membership counts from its first day to the day before `until`.
      {
        version: 1,
        teams: {
          platform: { name: "Platform", host: true, lead: "amara" },
          commerce: { name: "Commerce" },
          payments: { name: "Payments", parent: "commerce", lead: "kofi" },
          storefront: { name: "Storefront", parent: "commerce", lead: "yuki" },
          data: { name: "Data", lead: "chen" },
        },
        people: {
          amara: { name: "Amara Okonkwo", emails: ["amara@example.org"], logins: ["amara-ex"], \
      memberships: [{ team: "platform" }] },
          tomasz: { name: "Tomasz Zieliński", emails: ["tomasz@example.org"], logins: ["tomasz-ex"], \
      memberships: [{ team: "platform" }] },
          priya: { name: "Priya Raghavan", emails: ["priya@example.org"], logins: ["priya-ex"], \
      memberships: [{ team: "platform" }] },
          lucia: { name: "Lucía Fernández", emails: \(luciaAddresses), logins: ["lucia-ex"],
            memberships: \(lucia) },
          minh: { name: "Minh Nguyen", emails: \(minhAddresses), logins: ["minh-ex"],
            memberships: \(minh) },
          kofi: { name: "Kofi Mensah", emails: ["kofi@pay.example.org"], logins: ["kofi-ex"], \
      memberships: [{ team: "payments" }] },
          yuki: { name: "Yuki Tanabe", emails: ["yuki@shop.example.org"], logins: ["yuki-ex"], \
      memberships: [{ team: "storefront" }] },
          leila: { name: "Leila Haddad", emails: ["leila@shop.example.org"], logins: ["leila-ex"], \
      memberships: [{ team: "storefront" }] },
          chen: { name: "Chen Wei", emails: ["chen@data.example.org"], logins: ["chen-ex"], \
      memberships: [{ team: "data" }] },
          fatima: { name: "Fatima Benali", emails: ["fatima@data.example.org"], logins: ["fatima-ex"], \
      memberships: [{ team: "data" }] },
        },
        // Everybody else in these teams is known by their address.
        domains: {
          payments: ["pay.example.org"],
          storefront: ["shop.example.org"],
          data: ["data.example.org"],
        },
        bots: ["renovate*"],
      }

      """
  }

  private static func platform(interface: Bool) -> String {
    let component =
      interface
      ? "\n    interface: { name: \"Interface\", paths: [\"ui/**\"], host: \"platform\" }," : ""
    return """
      {
        version: 1,
        repositories: [{ name: "platform", branch: "main" }],
        components: {
          network: { name: "Network", paths: ["net/**"], host: "platform" },
          storage: { name: "Storage", paths: ["storage/**"], host: "platform" },\(component)
          documentation: { name: "Documentation", paths: ["docs/**", "*.md"], host: "platform" },
        },
        ownership: "CODEOWNERS",
      }

      """
  }
}
