// What libFuzzer calls. Compiled by `.ci/fuzz` alone, with the targets and the modules under test.
import Foundation

/// The target named by `FUZZ_TARGET`.
private let target: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
  guard let found = FuzzTarget.all.first(where: { $0.name == name }) else {
    fatalError("FUZZ_TARGET names none of \(FuzzTarget.all.map(\.name).joined(separator: " "))")
  }
  return found
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do throws(Broken) {
    try target.check(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
  } catch {
    fatalError(error.description)
  }
  return 0
}
