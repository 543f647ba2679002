extension AppraiseComment {
  /// What a signature inside the record is over: its line with the text `gpgsig` as the signature.
  ///
  /// So google/git-appraise `review/gpg/signable.go` makes and checks it.
  public var signedLine: [UInt8] {
    var record = self
    record.signature = "gpgsig"
    return record.line
  }
}

extension AppraiseRequest {
  /// The same for a request.
  public var signedLine: [UInt8] {
    var record = self
    record.signature = "gpgsig"
    return record.line
  }
}

extension AppraiseComment {
  /// Reads a line of a note; nil for what is no such record.
  public init?(storedLine line: [UInt8]) {
    do {
      try self.init(line: line[...])
    } catch { return nil }
  }
}

extension AppraiseRequest {
  /// Reads a line of a note; nil for what is no such record.
  public init?(storedLine line: [UInt8]) {
    do {
      try self.init(line: line[...])
    } catch { return nil }
  }
}
