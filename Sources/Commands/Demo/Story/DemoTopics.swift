/// What the teams work on, in the order of time: titles of contributions and the files they change.
enum DemoTopics {
  struct Topic {
    let title: String
    let path: String

    init(_ title: String, _ path: String) {
      self.title = title
      self.path = path
    }
  }

  static func topics(of team: DemoTeam) -> [Topic] {
    switch team {
    case .payments: payments
    case .storefront: storefront
    case .data: data
    }
  }

  private static let payments = [
    Topic("Retry connect when the peer resets", "net/retry.py"),
    Topic("Send the request id with every call", "net/headers.py"),
    Topic("Accept larger frames from the card gateway", "net/frames.py"),
    Topic("Keep idle connections for ninety seconds", "net/pool.py"),
    Topic("Log the cipher of each session", "net/tls/session.py"),
    Topic("Refuse TLS before 1.2", "net/tls/versions.py"),
    Topic("Describe how to get a client certificate", "docs/certificates.md"),
    Topic("Round amounts half to even", "storage/amounts.py"),
    Topic("Store the day of settlement", "storage/settlement.sql"),
    Topic("Time out slow lookups", "net/lookup.py"),
    Topic("Count retries by status code", "net/metrics.py"),
    Topic("Explain the retry budget", "docs/retries.md"),
    Topic("Add a dry run to the ledger export", "tools/ledger-export.sh"),
    Topic("Allow two gateways for one merchant", "net/routes.toml"),
    Topic("Rotate client certificates without a restart", "net/tls/certificates.py"),
    Topic("Bound the backoff at thirty seconds", "net/retry.py"),
    Topic("Keep the reason with each refund", "storage/refunds.sql"),
    Topic("Check the clock before signing", "net/signing.py"),
    Topic("Mask card numbers in traces", "net/traces.py"),
    Topic("Let callers set a deadline", "net/deadlines.py"),
    Topic("Show which certificate expires next", "tools/certificates.sh"),
    Topic("Write settlements in one transaction", "storage/settlement.py"),
    Topic("Pin the issuer of the gateway", "net/tls/issuers.toml"),
    Topic("Document the settlement calendar", "docs/settlement.md"),
    Topic("Prefer the nearest gateway", "net/routes.toml"),
    Topic("Reuse buffers while reading frames", "net/frames.py"),
    Topic("Report partial refunds as such", "storage/refunds.sql"),
    Topic("Close half-open connections", "net/pool.py"),
    Topic("Name the gateway in every error", "net/errors.py"),
    Topic("Sign webhooks with the new key", "net/signing.py"),
  ]

  private static let storefront = [
    Topic("Load the stylesheet before the fonts", "ui/theme.css"),
    Topic("Show prices with and without tax", "ui/price.css"),
    Topic("Make buttons reachable by keyboard", "ui/buttons.css"),
    Topic("Describe the colour tokens", "docs/colours.md"),
    Topic("Cache product images at the edge", "net/edge.toml"),
    Topic("Wrap long product names", "ui/cards.css"),
    Topic("Send the locale with every call", "net/headers.py"),
    Topic("Add a right-to-left layout", "ui/layout.css"),
    Topic("Keep the basket for thirty days", "storage/baskets.sql"),
    Topic("Preview components without a server", "tools/preview.sh"),
    Topic("Dim the page behind a dialog", "ui/dialog.css"),
    Topic("Say how to add a component", "docs/components.md"),
    Topic("Respect reduced motion", "ui/motion.css"),
    Topic("Show a placeholder while images load", "ui/cards.css"),
    Topic("Compress responses to browsers", "net/compression.py"),
    Topic("Larger touch targets on phones", "ui/buttons.css"),
    Topic("Index baskets by customer", "storage/baskets.sql"),
    Topic("Warn about low contrast", "tools/contrast.sh"),
    Topic("Print order pages without menus", "ui/print.css"),
    Topic("Allow four columns on wide screens", "ui/layout.css"),
    Topic("Explain the grid", "docs/grid.md"),
    Topic("Keep the focus inside an open dialog", "ui/dialog.css"),
    Topic("Fall back to the second image host", "net/edge.toml"),
    Topic("Add a high contrast theme", "ui/theme.css"),
    Topic("Show delivery days in the customer's zone", "ui/delivery.css"),
    Topic("Shrink the icon sheet", "tools/icons.sh"),
    Topic("Underline links in running text", "ui/text.css"),
    Topic("Set the language of each page", "ui/layout.css"),
  ]

  private static let data = [
    Topic("Export events in daily files", "storage/events.py"),
    Topic("Describe the event schema", "docs/events.md"),
    Topic("Partition events by month", "storage/events.sql"),
    Topic("Skip empty batches", "storage/batches.py"),
    Topic("Keep the schema version with each batch", "storage/batches.py"),
    Topic("Compare two exports", "tools/compare-exports.sh"),
    Topic("Add a column for the source region", "storage/events.sql"),
    Topic("Stream large results", "net/streaming.py"),
    Topic("Say which tables may be joined", "docs/tables.md"),
    Topic("Compact small files at night", "storage/compaction.py"),
    Topic("Read exports without the header line", "storage/reader.py"),
    Topic("Stop reading when the client leaves", "net/streaming.py"),
    Topic("Show the size of each partition", "tools/partitions.sh"),
    Topic("Retain raw events for ninety days", "storage/retention.toml"),
    Topic("Explain retention", "docs/retention.md"),
    Topic("Check sums of exported files", "storage/checksums.py"),
    Topic("Split batches at ten thousand rows", "storage/batches.py"),
    Topic("Add examples of common queries", "docs/queries.md"),
    Topic("Read only the columns that are asked for", "storage/reader.py"),
    Topic("Anonymise addresses before export", "storage/privacy.py"),
    Topic("Describe late events", "docs/events.md"),
    Topic("Merge duplicates on arrival", "storage/compaction.py"),
    Topic("Show delay of the newest partition", "tools/partitions.sh"),
    Topic("Glossary of table names", "docs/tables.md"),
    Topic("Answer range requests", "net/streaming.py"),
    Topic("Index events by account", "storage/events.sql"),
    Topic("How to read an export", "docs/exports.md"),
    Topic("Keep tombstones for a week", "storage/retention.toml"),
  ]
}
