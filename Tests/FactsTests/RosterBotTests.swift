import Facts
import Testing

struct RosterBotTests {
  private func isBot(_ name: String, _ email: String, listed: [String] = []) -> Bool {
    let roster = listed.isEmpty ? nil : Roster(bots: listed.map { NamePattern($0) })
    let identity = Identity(name: name, email: email)
    let seen = Directory(seen: [identity], roster: roster)
    // An identity that was not seen when the tables were made has to be judged alike.
    #expect(Directory(seen: [], roster: roster).isBot(identity) == seen.isBot(identity))
    return seen.isBot(identity)
  }

  @Test(arguments: [
    ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"),
    ("anything", "1+some-app[bot]@users.noreply.github.com"), ("some-app[bot]", ""),
    ("Renovate Bot", "bot@renovateapp.com"), ("renovate", "renovate"),
    ("k8s-ci-robot", "k8s.ci.robot@gmail.com"), ("bors", "bors@rust-lang.org"),
    ("Kubernetes Prow Robot", "20407524+k8s-ci-robot@users.noreply.github.com"),
    ("googlebot", "googlebot"), ("google-cla", "google-cla"), ("GitHub", "noreply@github.com"),
    ("GitHub Actions", "actions@github.com"), ("Travis CI", "builds@travis-ci.org"),
    ("github-actions", "41898282+github-actions@users.noreply.github.com"),
    ("Jenkins", "jenkins@review.openstack.org"), ("Zuul", "zuul@review.opendev.org"),
    ("OpenStack Proposal Bot", "openstack-infra@lists.openstack.org"),
    ("Release", "project_278964_bot_4f1@noreply.gitlab.com"),
    ("Deploy", "group_9_bot@noreply.gitlab.example.org"),
  ])
  func `knows common service accounts`(name: String, email: String) {
    #expect(isBot(name, email))
  }

  @Test(arguments: [
    ("Travis Bickle", "travis@example.org"), ("travis", "travis@users.noreply.github.com"),
    ("Leroy Jenkins", "jenkins@example.org"), ("Ian Talbot", "talbot@example.org"),
    ("Abbot", "abbot@example.org"), ("Robot Smith", "robot@example.org"),
    ("Borscht Lover", "bors.cht@example.org"), ("Zuul", "zuul@example.org"), ("bot", "bot@example.org"),
    ("[bot]", "x@example.org"), ("Ada Renovate", "ada@example.org"), ("", ""),
    ("project_manager_bot", "project_bot@example.org"), ("Ada [bot]ham", "ada@example.org"),
  ])
  func `does not take people for service accounts`(name: String, email: String) {
    #expect(!isBot(name, email))
  }

  @Test(arguments: [
    ("x", "renovate-42@example.org"), ("Renovate of Example", "x@example.org"), ("x", "CI@example.org"),
    ("x", "5+renovate-me@users.noreply.github.com"),
  ])
  func `knows what the roster lists, by name, address or login`(name: String, email: String) {
    #expect(isBot(name, email, listed: ["renovate*", "ci@example.org"]))
    #expect(!isBot(name, email))
  }

  @Test func `does not let a bot's name make a bot of an address that people use`() {
    let ada = Identity(name: "Ada", email: "ada@example.org")
    let mask = Identity(name: "evil[bot]", email: "ada@example.org")
    let directory = Directory(seen: [ada, mask])
    #expect(!directory.isBot(ada))
    #expect(!directory.isBot(mask))
  }

  @Test func `judges people of the roster by the roster alone`() {
    let roster = Roster(
      people: [
        .init(handle: "bors", emails: ["bors@example.org"], logins: ["bors"]),
        .init(handle: "robo", emails: ["robo@example.org"], isBot: true),
        .init(handle: "ci", emails: ["build@example.org"]),
      ], bots: [NamePattern("ci")])
    let directory = Directory(seen: [], roster: roster)
    #expect(!directory.isBot(Identity(name: "bors", email: "bors")))
    #expect(directory.isBot(Identity(name: "Robo", email: "robo@example.org")))
    #expect(directory.isBot(Identity(name: "Builder", email: "build@example.org")))
    #expect(directory.isBot(.handle("ci")))
    #expect(!directory.isBot(.handle("nobody")))
  }
}
