internal import Git

/// The markers of all commits that the branch holds, and where each request's number stands.
struct MarkerIndex {
  /// A commit with a marker.
  struct Entry {
    let commit: Int32
    let marker: Marker
    /// The repository whose request a squash says it resolved; ShipIt exports those of other repositories too.
    var resolved: ArraySlice<UInt8>?
  }

  /// By commit.
  private(set) var markers: [Int32: Marker] = [:]
  /// The path of the project itself in GitLab references, as written most often; its last part names the project.
  private(set) var ownProject: ArraySlice<UInt8> = []
  /// The family of numbers that `pr/N` means here: the one with pull refs, else the one used last.
  private(set) var mainForge: Forge = .github
  /// Whether `(#N)` alone may name a request: not where GitLab's own lines prevail, there it is an issue.
  private(set) var trustsBareNumbers = true

  /// Reads the markers of the commits; `hasPullRefs` says whether the repository carries `refs/pull/N/head`.
  init(_ history: History, commits: [Int32], hasPullRefs: Bool, workers: Workers) {
    var projects: [ArraySlice<UInt8>: Int] = [:]
    var newest: [Forge: Int64] = [:]
    let found = workers.slices(of: commits.count) { slice in
      commits[slice].compactMap { commit -> Entry? in
        let message = MessageParts(history.utf8Message(commit))
        return Marker.read(message, parents: history.parentCount(commit)).map {
          let link = $0.shape == .squash ? FooterScan.resolved(in: message.body) : nil
          return Entry(commit: commit, marker: $0, resolved: link?.repository)
        }
      }
    }
    let resolved = ArraySlice<UInt8>.mostFrequent(found.lazy.joined().compactMap(\.resolved))
    for entry in found.joined() where entry.resolved.map({ $0 == resolved }) ?? true {
      let (commit, marker) = (entry.commit, entry.marker)
      markers[commit] = marker
      if marker.forge == .gitlab {
        projects[marker.projectName, default: 0] += 1
      } else {
        newest[marker.forge] = max(newest[marker.forge] ?? .min, history.committerSeconds(commit))
      }
    }
    ownProject =
      projects.filter { !$0.key.isEmpty }
      .max { ($0.value, $1.key.text) < ($1.value, $0.key.text) }?.key ?? []
    if !hasPullRefs {
      mainForge = newest.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key ?? .github
    }
    for (commit, marker) in markers where marker.forge == .gitlab && !isOwn(marker) { markers[commit] = nil }
    let gitlab = markers.values.count { $0.forge == .gitlab }
    let github = markers.values.count { $0.forge == .github && $0.shape != .squash }
    trustsBareNumbers = gitlab <= github || gitlab == 0
  }

  /// Whether a GitLab reference means this project: no path, or the same last part.
  private func isOwn(_ marker: Marker) -> Bool {
    marker.project.isEmpty || marker.projectName == ownProject
  }
}

extension Marker {
  /// The last part of the project path in lower case, so that a project that moved keeps its numbers.
  var projectName: ArraySlice<UInt8> {
    let last = project.split(separator: UInt8(ascii: "/")).last ?? []
    return ArraySlice(last.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 })
  }
}
