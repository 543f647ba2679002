/// A remote of a clone, as its configuration names it.
public struct RemoteName: Hashable, Sendable {
  public let name: String
  /// Host of its address in lower case, without user and port; nil for a path or an address of another form.
  public let host: String?
  /// Path of its address without `.git` and slashes at the ends.
  public let path: String?

  /// Reads a URL, or `HOST:PATH` as ssh takes it; a password in it is never kept.
  init(_ name: String, address: String?) {
    self.name = name
    guard let address, let (place, path) = Self.split(address) else {
      (host, self.path) = (nil, nil)
      return
    }
    let server = place.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    host = server.prefix { $0 != ":" }.lowercased()
    var rest = path.drop { $0 == "/" }
    while rest.last == "/" { rest.removeLast() }
    self.path = String(rest.hasSuffix(".git") ? rest.dropLast(4) : rest)
  }

  /// User, host and port, and the path of an address.
  private static func split(_ address: String) -> (Substring, Substring)? {
    for scheme in ["https://", "http://", "ssh://", "git://", "git+ssh://"] where address.hasPrefix(scheme) {
      let rest = address.dropFirst(scheme.count)
      guard let slash = rest.firstIndex(of: "/") else { return nil }
      return (rest[..<slash], rest[slash...])
    }
    guard !address.contains("://"), let colon = address.firstIndex(of: ":") else { return nil }
    let place = address[..<colon]
    // A slash before the colon makes it a path, as git's connect.c has it.
    return place.contains("/") || place.isEmpty ? nil : (place, address[address.index(after: colon)...])
  }
}

extension ConfigurationValue {
  /// The remote that a clone fetches from: that of the branch, else `origin`, else the first; nil without any.
  public static func remote(ofBranch branch: String, in file: [UInt8]) -> RemoteName? {
    let config = ConfigFile(file)
    var names: [String] = []
    for entry in config.entries where entry.name.hasPrefix("remote.") && entry.name.hasSuffix(".url") {
      let name = String(entry.name.dropFirst("remote.".count).dropLast(".url".count))
      if !name.isEmpty, !names.contains(name) { names.append(name) }
    }
    let short = branch.hasPrefix("refs/heads/") ? String(branch.dropFirst("refs/heads/".count)) : branch
    let wanted = [config.last("branch.\(short).remote"), "origin", names.first].compactMap { $0 }
    guard let name = wanted.first(where: names.contains) else { return nil }
    return RemoteName(name, address: config.last("remote.\(name).url"))
  }
}
