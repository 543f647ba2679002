internal import Git

extension OpenRefusal {
  /// Why the repository was not opened, and what to do about it.
  var words: String {
    switch self {
    case .notFound(let path): "\(path): there is nothing here; name a clone, bare or not"
    case .notARepository(let path):
      "\(path): not a Git repository, nor inside one; name a clone, or change into one"
    case .sha256(let path):
      "\(path): the repository names its objects by SHA-256, which libgit2 cannot read yet; use a SHA-1 clone"
    case .reftable(let path):
      "\(path): the repository keeps its refs as a reftable, which libgit2 cannot read yet; "
        + "`git refs migrate --ref-format=files` on a copy makes it readable"
    case .unsupportedFormat(let version):
      "the repository has format version \(version), expected 0 or 1; a newer git made it"
    case .unsupportedExtension(let name):
      "the repository asks for the extension '\(name)', which is not known here, so reading it could mislead"
    case .foreignOwner(let path, let owner):
      "\(path): belongs to another user (id \(owner)); if you trust it, "
        + "`git config --global --add safe.directory \(path)`"
    case .unreadable(let path, let detail): "\(path): cannot be read: \(detail)"
    case .specialFile(let path):
      "\(path): a pipe or device where a file is expected; reading it could hang for ever"
    }
  }
}
