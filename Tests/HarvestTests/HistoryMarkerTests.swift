import Testing

@Suite struct HistoryMarkerTests {
  @Test(arguments: [
    MarkerCase(
      "Merge pull request #412 from adar/cache-keys\n\nCache keys per tenant\n", 2,
      "github mergeButton 412 from adar title in body"),
    MarkerCase("Merge pull request #12 from cache-keys\n", 2, "github mergeButton 12 title in body"),
    MarkerCase(
      "Merge pull request #12 from adar/fix/the/cache\n", 3, "github mergeButton 12 from adar title in body"),
    MarkerCase(
      "Merge pull request #12 from adar/x  \r\n\r\nTitle\r\n", 2,
      "github mergeButton 12 from adar title in body"),
    MarkerCase("Merge pull request #12 from adar/x\n", 1, nil),
    MarkerCase(
      "Merge pull request #12 from adar/x (#15)\n", 1, squash(15, "Merge pull request #12 from adar/x")),
    MarkerCase("Merge pull request #12 from\n", 2, nil),
    MarkerCase("Merge pull request #12 from \n", 2, nil),
    MarkerCase("Merge pull request #12\n", 2, nil),
    MarkerCase("Merge pull request #12 from adar/x into main\n", 2, nil),
    MarkerCase("Merge pull request # 12 from adar/x\n", 2, nil),
    MarkerCase("[release] Merge pull request #12 from adar/x\n", 2, nil),
    MarkerCase("merge pull request #12 from adar/x\n", 2, nil),
    MarkerCase("Merge branch 'main' into adar/x\n", 2, nil),
    MarkerCase("Revert \"Merge pull request #12 from adar/x\"\n", 2, nil),
  ])
  func `reads GitHub's merge button where a merge says exactly its words`(item: MarkerCase) {
    #expect(marker(item.message, item.parents) == item.expected)
  }

  @Test(arguments: [
    MarkerCase("Fix overflow in parser (#97)\n\n* Fix overflow\n", 1, squash(97, "Fix overflow in parser")),
    MarkerCase("Fix overflow (#12) (#15)\n", 1, squash(15, "Fix overflow (#12)")),
    MarkerCase("Fix overflow(#12)", 1, squash(12, "Fix overflow")),
    MarkerCase("(#12)", 1, squash(12, "")),
    MarkerCase("Fix overflow (#12) \r\n\r\nText\r\n", 1, squash(12, "Fix overflow")),
    MarkerCase("Revert \"Fix overflow (#12)\" (#15)\n", 1, squash(15, "Revert \"Fix overflow (#12)\"")),
    MarkerCase("Revert \"Fix overflow (#12)\"\n", 1, nil),
    MarkerCase("Fix overflow (#12).\n", 1, nil),
    MarkerCase("Fix overflow (#12) again\n", 1, nil),
    MarkerCase("Fix overflow (# 12)\n", 1, nil),
    MarkerCase("Fix overflow (#12, #13)\n", 1, nil),
    MarkerCase("Fix overflow (#12a)\n", 1, nil),
    MarkerCase("Fix overflow (#)\n", 1, nil),
    MarkerCase("Fix overflow (org/repo#12)\n", 1, nil),
    MarkerCase("Fix overflow (see #12)\n", 1, nil),
    MarkerCase("Fix overflow\n\nFix it all (#12)\n", 1, nil),
    MarkerCase("Split lints (#3310)\n\nText\n", 2, "github namedMerge 3310 'Split lints'"),
    MarkerCase("Split lints (#3310)", 0, squash(3310, "Split lints")),
  ])
  func `reads the number that ends a subject, and of several the last`(item: MarkerCase) {
    #expect(marker(item.message, item.parents) == item.expected)
  }

  @Test(arguments: [
    MarkerCase(
      "Auto merge of #3310 - dipoe:lints, r=ada,bo\n\nSplit lints\n", 2,
      "github namedMerge 3310 from dipoe r=ada,bo title in body"),
    MarkerCase(
      "Auto merge of #3310 - dipoe:a, r=b, r=ada\n", 2,
      "github namedMerge 3310 from dipoe r=ada title in body"),
    MarkerCase(
      "Auto merge of #3310 - dipoe:lints, r=<unknown>\n", 2,
      "github namedMerge 3310 from dipoe title in body"),
    MarkerCase("Auto merge of #3310 - dipoe:lints, r=<try>\n", 2, nil),
    MarkerCase("Auto merge of #3310 - dipoe:lints, r=ada\n", 1, nil),
    MarkerCase("Auto merge of #3310\n", 2, "github namedMerge 3310 title in body"),
    MarkerCase(
      "Rollup merge of #17 - cy:docs, r=bo\n\nDocs\n", 2, "github namedMerge 17 from cy r=bo title in body"),
    MarkerCase("Merge #55 #57\n\n55: Add pool r=ada a=cy\n", 2, "github namedMerge 55+57 title in body"),
    MarkerCase("Merge #55\n\n55: Add pool r=ada a=cy\n", 2, "github namedMerge 55 title in body"),
    MarkerCase("Merge #55: Add pool\n", 2, "github namedMerge 55 'Add pool'"),
    MarkerCase("Merge #55 #57\n", 1, nil),
    MarkerCase("Try #55:\n", 2, nil),
    MarkerCase(
      "Merge bitcoin/bitcoin#26415: rpc: Faster json  \n", 2, "github namedMerge 26415 'rpc: Faster json'"),
    MarkerCase("Merge bitcoin-core/gui#4: Tidy", 2, "github namedMerge 4 'Tidy'"),
    MarkerCase("Merge bitcoin/bitcoin#26415: rpc\n", 1, nil),
    MarkerCase("Merge bitcoin/bitcoin#26415 rpc\n", 2, nil),
    MarkerCase("Merge bitcoin/bitcoin#26415a: rpc\n", 2, nil),
    MarkerCase("Merge remote-tracking branch 'origin/main'\n", 2, nil),
    MarkerCase("Merge tag 'v1' of git://example.org/x\n", 2, nil),
  ])
  func `reads the merges of homu, bors and merge scripts, never a trial build`(item: MarkerCase) {
    #expect(marker(item.message, item.parents) == item.expected)
  }

  @Test(arguments: [
    MarkerCase(
      "Merged in ada/lib/pool (pull request #116)\n\nPool connections\n", 2,
      "bitbucket mergeButton 116 title in body"),
    MarkerCase("Merged in pool (pull request #116)\n", 1, "bitbucket mergeButton 116 title in body"),
    MarkerCase("Merged  in\tpool (pull request # 116 )\n", 2, nil),
    MarkerCase("Merged  in pool  (pull request # 116)\n", 2, "bitbucket mergeButton 116 title in body"),
    MarkerCase("Merged in pool (pull request #116) \r\n", 2, "bitbucket mergeButton 116 title in body"),
    MarkerCase("Merged in pool (pull request #116) by hand\n", 2, nil),
    MarkerCase("Merged inpool (pull request #116)\n", 2, "bitbucket squash 116"),
    MarkerCase("Mergedin pool\n", 2, nil),
    MarkerCase("Pool connections (pull request #116)\n", 1, "bitbucket squash 116"),
    MarkerCase(
      "Merge pull request #116 in LIB/core from pool to main\n", 2, "bitbucket mergeButton 116 title in body"),
    MarkerCase(
      "Pull request #116: Pool connections\n\nMerge in LIB/core from pool to main\n", 2,
      "bitbucket mergeButton 116 'Pool connections'"),
    MarkerCase("Pull request #116: Pool\n\nSquashed commit\n", 1, "bitbucket mergeButton 116 'Pool'"),
    MarkerCase("Pull request #116 Pool\n", 2, nil),
    MarkerCase("Pull request 116: Pool\n", 2, nil),
  ])
  func `reads Bitbucket Cloud with its odd blanks, and both ages of Bitbucket Server`(item: MarkerCase) {
    #expect(marker(item.message, item.parents) == item.expected)
  }

  @Test(arguments: [
    MarkerCase("Merged PR 88123: Fix start order\n\nWaits\n", 1, "azure squash 88123 'Fix start order'"),
    MarkerCase("Merged PR 88123: Fix start order (#4)\n", 2, "azure squash 88123 'Fix start order (#4)'"),
    MarkerCase("Merged PR 88123\n", 1, nil),
    MarkerCase("Merged PR #88123: Fix\n", 1, nil),
    MarkerCase("Revert \"Merged PR 88123: Fix\"\n", 1, nil),
    MarkerCase(
      "Merge pull request 10563206 from users/ada/x into main\n", 2,
      "azure mergeButton 10563206 title in body"
    ),
    MarkerCase("Merge pull request 10563206 from users/ada/x into main\n", 1, nil),
    MarkerCase("Merge pull request 10563206\n", 2, nil),
    MarkerCase("Copy from Azure (#5)\n\nMerged PR 88123: Fix\n", 1, squash(5, "Copy from Azure")),
  ])
  func `reads both forms of Azure DevOps in the subject only`(item: MarkerCase) {
    #expect(marker(item.message, item.parents) == item.expected)
  }

  @Test(arguments: [
    MarkerCase(
      "Merge pull request 'Fix titles' (#31) from ada/lib:fix into main\n", 2,
      "github mergeButton 31 'Fix titles'"),
    MarkerCase(
      "Merge pull request 'Fix 'quoted' titles' (#31) from ada/lib:fix into main\n", 2,
      "github mergeButton 31 'Fix 'quoted' titles'"),
    MarkerCase(
      "Merge pull request 'Undo 'x' (#9) from y' (#31) from ada:fix into main\n", 2,
      "github mergeButton 31 'Undo 'x' (#9) from y'"),
    MarkerCase(
      "Merge pull request 'Fix titles' (!31) from <unknown>:fix into main\n", 2,
      "github mergeButton 31 'Fix titles'"),
    MarkerCase(
      "Merge pull request 'Fix titles' (#31)\n", 2, "github namedMerge 31 'Merge pull request 'Fix titles''"),
    MarkerCase("Merge pull request 'Fix titles (#31) from x into main\n", 2, nil),
    MarkerCase("Merge pull request '' (#31) from x into main\n", 2, "github mergeButton 31 ''"),
    MarkerCase("Merge pull request 'Fix titles' (#31) from x into main\n", 1, nil),
  ])
  func `reads Gitea's merges, quotes in titles and all`(item: MarkerCase) {
    #expect(marker(item.message, item.parents) == item.expected)
  }

  private static func squash(_ number: Int, _ title: String) -> String {
    "github squash \(number) '\(title)'"
  }
}
