/// Why a path was not opened as a repository, decided before any object is read.
public enum OpenRefusal: Error, Hashable, Sendable {
  /// Nothing exists at this path.
  case notFound(path: String)
  /// The path exists, but neither it nor a folder above it is a repository.
  case notARepository(path: String)
  /// The repository names its objects by SHA-256, which this reader cannot read.
  case sha256(path: String)
  /// The repository keeps its references in the reftable format, which this reader cannot read.
  case reftable(path: String)
  /// `core.repositoryformatversion` is newer than 1.
  case unsupportedFormat(version: String)
  /// An `extensions.*` entry says that something unknown must be understood first.
  case unsupportedExtension(name: String)
  /// Another user owns the repository, and no `safe.directory` entry names it.
  case foreignOwner(path: String, owner: UInt32)
  /// A file of the repository could not be read.
  case unreadable(path: String, detail: String)
  /// A file of the repository is a named pipe, a device or the like; reading it could hang for ever.
  case specialFile(path: String)
}
