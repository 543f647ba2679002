/// The objects kept as one file each when the repository was opened.
struct LooseObjects: Sendable {
  private var folders: [ObjectID: String] = [:]

  private static let largestFile = 1 << 30
  /// Enough of an object to hold its kind and size.
  private static let headerBytes = 4096

  init(in objectFolders: [String]) {
    for folder in objectFolders {
      for part in Files.names(in: folder) ?? [] where part.utf8.count == 2 {
        for rest in Files.names(in: folder + "/" + part) ?? [] where rest.utf8.count == 38 {
          guard let id = ObjectID(hex: part + rest), folders[id] == nil else { continue }
          folders[id] = folder
        }
      }
    }
  }

  /// Why libgit2 must not read this object's file, or only its header; nil when it may.
  func danger(_ id: ObjectID, headerOnly: Bool) -> String? {
    guard !folders.isEmpty, let folder = folders[id] else { return nil }
    let hex = id.hex
    let path = "\(folder)/\(hex.prefix(2))/\(hex.dropFirst(2))"
    switch Files.read(path, limit: Self.largestFile) {
    case .missing: return nil
    case .special: return "is no regular file"
    case .unreadable(let detail): return detail
    case .bytes(let bytes):
      let outcome = DeflateScan.scan(bytes, until: headerOnly ? Self.headerBytes : .max)
      return outcome == .cutShort ? "is cut short" : nil
    }
  }
}
