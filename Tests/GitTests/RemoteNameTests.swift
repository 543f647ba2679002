import Git
import Testing

@Suite struct RemoteNameTests {
  @Test(arguments: [
    ("https://github.com/rails/rails.git", "github.com", "rails/rails"),
    ("https://ada:secret@GitLab.example.org/group/sub/project/", "gitlab.example.org", "group/sub/project"),
    ("git@github.com:rails/rails.git", "github.com", "rails/rails"),
    ("ssh://ada@review.example.org:29418/platform", "review.example.org", "platform"),
  ])
  func `host and path are read from addresses, never a password`(url: String, host: String, path: String) {
    let remote = ConfigurationValue.remote(
      ofBranch: "refs/heads/main", in: Array("[remote \"origin\"]\n\turl = \(url)\n".utf8))
    #expect(remote?.name == "origin")
    #expect(remote?.host == host)
    #expect(remote?.path == path)
  }

  @Test(arguments: ["../platform.git", "/srv/git/platform.git", "file:///srv/platform.git", "./a:b", ""])
  func `a path on disk has no host`(url: String) {
    let config = Array("[remote \"up\"]\n\turl = \"\(url)\"\n".utf8)
    #expect(ConfigurationValue.remote(ofBranch: "HEAD", in: config)?.name == "up")
    #expect(ConfigurationValue.remote(ofBranch: "HEAD", in: config)?.host == nil)
  }

  @Test func `the branch's own remote comes first, then origin, then the first`() {
    let remotes = "[remote \"a\"]\nurl = h:a\n[remote \"origin\"]\nurl = h:o\n[remote \"b\"]\nurl = h:b\n"
    func name(_ config: String) -> String? {
      ConfigurationValue.remote(ofBranch: "refs/heads/main", in: Array(config.utf8))?.name
    }
    #expect(name(remotes + "[branch \"main\"]\nremote = b\n") == "b")
    #expect(name(remotes + "[branch \"main\"]\nremote = gone\n") == "origin")
    #expect(name(remotes + "[branch \"other\"]\nremote = b\n") == "origin")
    #expect(name("[remote \"a\"]\nurl = h:a\n[remote \"b\"]\nurl = h:b\n") == "a")
    #expect(name("[remote \"a\"]\nfetch = x\n") == nil)
    #expect(name("") == nil)
  }
}
