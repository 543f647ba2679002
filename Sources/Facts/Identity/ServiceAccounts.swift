/// Service accounts that need no listing: the ones seen in public repositories under a name no human uses.
///
/// Every entry is a whole login, name or address, never a part of one, so that nobody called Travis, Jenkins
/// or Abbott is taken for a machine. The only open forms are those reserved for machines: a trailing `[bot]`
/// (GitHub Apps cannot be registered by people), GitLab's `project_NNN_bot…@noreply.HOST`, and the addresses of
/// mail servers and of the robots of patch lists, which carry a number or a project behind a `+`.
enum ServiceAccounts {
  static func isAccount(_ text: Address) -> Bool {
    text.text.utf8.count > bracketed.utf8.count && text.text.utf8.suffix(5).elementsEqual(bracketed.utf8)
      || logins.contains(text)
  }

  /// True for an address in a form that a forge reserves for machines.
  static func isReserved(_ address: Address) -> Bool {
    if mailers.contains(where: { address.text.hasPrefix($0) }) { return true }
    guard address.text.utf8.contains(UInt8(ascii: "_")) || address.text.utf8.contains(UInt8(ascii: "]"))
    else {
      return false
    }
    return addressPatterns.contains { $0.matches(address) }
  }

  private static let bracketed = "[bot]"

  /// Accounts by login, lower case.
  static let logins = addressSet(
    // Dependency updates
    "dependabot", "dependabot-preview", "dependabot-support", "renovate", "renovate-bot", "renovatebot",
    "greenkeeper", "greenkeeperio-bot", "snyk-bot", "pyup-bot", "scala-steward", "depfu", "imgbot",
    "imgbotapp",
    "whitesource-bolt-for-github", "mend-for-github-com", "pre-commit-ci", "r-ryantm",
    "regro-cf-autotick-bot",
    // Merge queues and gates
    "bors", "bors-ng", "bors-servo", "bors-fusion", "rustbot", "rust-timer", "rust-highfive",
    "rust-log-analyzer", "rfcbot", "triagebot", "mergify", "mergify-bot", "github-merge-queue",
    "pytorchmergebot", "pytorchbot", "openshift-merge-robot", "openshift-merge-bot",
    // Kubernetes and other Prow users
    "k8s-ci-robot", "k8s-merge-robot", "k8s-github-robot", "k8s-publishing-bot", "k8s-release-robot",
    "k8s-triage-robot", "k8s-infra-cherrypick-robot", "k8s-infra-ci-robot", "k8s-reviewable", "fejta-bot",
    "openshift-bot", "openshift-ci-robot", "openshift-cherrypick-robot", "istio-testing", "istio-policy-bot",
    "knative-prow-robot", "knative-automation", "knative-test-reporter-robot", "tekton-robot", "kubevirt-bot",
    "ti-chi-bot", "ti-srebot", "jetstack-bot", "metal3-io-bot", "google-oss-robot", "google-oss-prow",
    // Contributor licence checks
    "googlebot", "google-cla", "cla-bot", "claassistant", "cla-assistant", "msftclas",
    "linux-foundation-easycla",
    "the-knights-who-say-ni", "cncfclabot", "salesforce-cla", "facebook-cla",
    // Continuous integration and release
    "github-actions", "github-actions-bot", "web-flow", "travis-ci", "travisbot", "circleci", "appveyorbot",
    "azure-pipelines", "buildkite-bot", "jenkins-bot", "jenkinsbot", "jenkins-ci", "openstack-gerrit",
    "openstack-zuul", "openstack-proposal-bot", "semantic-release-bot", "release-please-bot", "goreleaserbot",
    "codecov", "codecov-io", "codecov-commenter", "codecov-bot", "coveralls", "sonarcloud", "codefactor-io",
    "deepsource-autofix", "restyled-io", "netlify", "vercel-bot", "brewtestbot", "copybara-service",
    "copybara-github", "tensorflow-copybara", "tensorflower-gardener", "gopherbot", "llvmbot",
    "swift-ci", "asfgit", "asf-ci", "miss-islington", "bedevere-bot", "bedevere-app", "blurb-it",
    "nodejs-github-bot", "elasticmachine", "kibanamachine", "dotnet-bot", "dotnet-maestro",
    "dotnet-maestro-bot",
    "msftbot", "msftgithub-bot", "facebook-github-bot", "react-native-bot", "web-platform-tests-bot",
    "wpt-pr-bot", "chromium-wpt-export-bot", "servo-wpt-sync", "skia-flutter-autoroll",
    "engine-flutter-autoroll",
    "fluttergithubbot", "cockroach-teamcity", "blathers-crl", "ofborg", "nixos-discourse",
    // Housekeeping
    "allcontributors", "stale-bot", "probot-stale", "fossabot", "gitter-badger", "transifex-integration",
    "crowdin-bot", "weblate-bot", "sync-by-unito", "gitguardian", "coderabbitai",
    "welcome-bot", "lgtm-migrator")

  /// Accounts by the name they sign with, lower case, where it differs from the login.
  static let names = addressSet(
    "dependabot preview", "renovate bot", "mend renovate", "white source renovate", "whitesource renovate",
    "greenkeeper bot", "kubernetes submit queue", "kubernetes prow robot", "kubernetes publisher",
    "kubernetes release robot", "travis ci", "travis ci user", "circle ci", "circleci bot", "github action",
    "github actions", "github actions bot", "github merge queue bot", "gitlab bot",
    "gitlab release tools bot",
    "openstack proposal bot", "openstack release bot", "zuul ci", "semantic release bot",
    "tensorflower gardener",
    "pytorch mergebot", "gerrit code review",
    "weblate (bot)", "hosted weblate", "chromium autoroll", "chromium bot", "chromium commit bot",
    "llvm gn syncbot", "skia-autoroll", "engine-flutter-autoroll", "go bot", "gopher robot", "lucicfg",
    "kernel test robot", "wpt sync bot", "pyup.io bot", "snyk bot", "imgbot", "the gitter badger",
    "all contributors bot")

  /// Accounts by address.
  static let addresses = addressSet(
    "noreply@github.com", "support@dependabot.com", "bot@renovateapp.com", "renovate@whitesourcesoftware.com",
    "bot@dependabot.com", "support@greenkeeper.io", "snyk-bot@snyk.io", "github-bot@pyup.io",
    "k8s.ci.robot@gmail.com", "k8s-merge-robot@users.noreply.github.com",
    "builds@travis-ci.org", "builds@travis-ci.com", "travis@travis-ci.org", "travis@travis-ci.com",
    "deploy@travis-ci.org", "bors@rust-lang.org", "bors@app.rust-lang.org", "bors@bors.tech",
    "bors-ng@users.noreply.github.com", "github-actions@github.com", "actions@github.com",
    "action@github.com",
    "bot@googlebot.com", "jenkins@openstack.org", "jenkins@review.openstack.org",
    "jenkins@review.opendev.org",
    "zuul@openstack.org", "zuul@review.openstack.org", "zuul@review.opendev.org", "zuul@zuul.openstack.org",
    "review@openstack.org", "openstack-infra@lists.openstack.org",
    "gardener@tensorflow.org", "commit-bot@chromium.org", "gobot@golang.org", "letsusegerrit@gmail.com",
    "semantic-release-bot@martynus.net", "hosted@weblate.org",
    "noreply@weblate.org", "gitter@gitter.im", "badger@gitter.im", "facebook-github-bot@fb.com",
    "pytorchmergebot@users.noreply.github.com", "mirrors@circleci.com", "builds@circleci.com",
    "buildbot@llvm.org", "llvmgnsyncbot@gmail.com", "noreply@gerritcodereview.com",
    "lkp@intel.com", "no-reply@patchew.org", "patchwork@emeril.freedesktop.org", "patchwork-bot@kernel.org")

  /// How addresses begin under which mail servers, bug trackers and the robots of patch lists write.
  private static let mailers = [
    "bugzilla-daemon@", "mailer-daemon@", "patchwork-bot+", "syzbot+", "syzbot@", "tip-bot2@",
    "pr-tracker-bot@", "sashiko-bot@",
  ]

  private static let addressPatterns = [
    "project_*_bot@noreply.*", "project_*_bot_*@noreply.*", "group_*_bot@noreply.*",
    "group_*_bot_*@noreply.*",
    "*[bot]@*",
  ].map { NamePattern($0) }

  private static func addressSet(_ texts: String...) -> Set<Address> { Set(texts.map { Address($0) }) }
}
