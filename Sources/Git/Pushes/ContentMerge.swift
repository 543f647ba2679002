internal import Clibgit2

/// Merges the lines of two versions of a file.
enum ContentMerge {
  /// What comes out where no lines are in conflict; nil where some are, or where the contents are no text.
  static func clean(base: [UInt8], ours: [UInt8], theirs: [UInt8]) -> [UInt8]? {
    var result = git_merge_file_result()
    let status = base.withUnsafeBytes { base in
      ours.withUnsafeBytes { ours in
        theirs.withUnsafeBytes { theirs in
          var (old, one, other) = (input(base), input(ours), input(theirs))
          return git_merge_file(&result, &old, &one, &other, nil)
        }
      }
    }
    defer { git_merge_file_result_free(&result) }
    guard status >= 0 else {
      git_error_clear()
      return nil
    }
    guard result.automergeable != 0 else { return nil }
    guard let bytes = result.ptr else { return [] }
    return bytes.withMemoryRebound(to: UInt8.self, capacity: result.len) { start in
      Array(UnsafeBufferPointer(start: start, count: result.len))
    }
  }

  private static func input(_ bytes: UnsafeRawBufferPointer) -> git_merge_file_input {
    var input = git_merge_file_input()
    input.version = UInt32(GIT_MERGE_FILE_INPUT_VERSION)
    input.ptr = bytes.bindMemory(to: CChar.self).baseAddress
    input.size = bytes.count
    input.mode = GIT_FILEMODE_BLOB.rawValue
    return input
  }
}
