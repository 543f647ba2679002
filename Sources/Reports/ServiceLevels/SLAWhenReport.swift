public import Facts
public import Rules

/// The answer of `sla when`: when working time runs out, or how much has passed.
public struct SLAWhenReport: Sendable {
  public static let schema = "tributary/sla-when/1"
  /// More open stretches than this are counted, not listed.
  static let windowLimit = 100

  /// What was asked.
  public enum Question: Hashable, Sendable {
    /// When does this run out?
    case target(ServiceLevels.Target)
    /// How much passes until then?
    case until(Instant)
  }

  let calendar: WorkingCalendar
  let zones: TimeZones
  let start: Instant
  let question: Question
  /// Nil when it does not come within the calendar's horizon, and for a question of elapsed time.
  let due: Instant?
  /// The first moment after which an answer is late.
  let breachesAt: Instant?
  /// From the start to the due time, or to the end that was given; nil when nothing is due.
  let elapsed: Int64?
  /// The open stretches that count.
  let windows: [(from: Instant, until: Instant)]

  public init(calendar: WorkingCalendar, zones: TimeZones, start: Instant, question: Question) {
    self.calendar = calendar
    self.zones = zones
    self.start = start
    self.question = question
    var end: Instant?
    switch question {
    case .target(.workingTime(let seconds)):
      due = calendar.due(from: start, after: seconds)
      breachesAt = calendar.breaches(from: start, after: seconds)
      end = due
    case .target(.businessDays(let count)):
      due = calendar.endOfBusinessDay(count, after: start)
      breachesAt = due.flatMap(calendar.nextOpening)
      end = due
    case .until(let moment):
      (due, breachesAt) = (nil, nil)
      end = moment
    }
    elapsed = end.map { calendar.elapsed(from: start, to: $0) }
    windows =
      end.map { end in calendar.windows(from: start, to: end).map { (from: $0.0, until: $0.1) } } ?? []
  }

  // MARK: JSON

  public func json() -> [UInt8] {
    JSONText.object { json in
      json.string("schema", Self.schema)
      json.object("calendar") { json in
        json.string("name", calendar.name)
        json.string("timeZone", calendar.zone.name)
        json.boolean("neverOpens", calendar.neverOpens)
      }
      json.object("timeZones") { json in
        json.string("version", zones.version)
        json.string("source", zones.source)
        json.strings("substituted", zones.substituted)
      }
      write("start", start, into: &json)
      switch question {
      case .target(.workingTime(let seconds)):
        json.integer("targetWorkingSeconds", Int(seconds))
        json.null("targetBusinessDays")
      case .target(.businessDays(let count)):
        json.null("targetWorkingSeconds")
        json.integer("targetBusinessDays", count)
      case .until:
        json.null("targetWorkingSeconds")
        json.null("targetBusinessDays")
      }
      var until: Instant?
      if case .until(let moment) = question { until = moment }
      write("until", until, into: &json)
      write("due", due, into: &json)
      write("breachesAt", breachesAt, into: &json)
      json.integer("elapsedWorkingSeconds", elapsed.map(Int.init))
      json.integer("windowCount", windows.count)
      json.objects("windows", windows.prefix(Self.windowLimit)) { window, json in
        json.string("from", local(window.from))
        json.string("until", local(window.until))
        json.integer("seconds", Int(window.until.since(window.from)))
      }
    }
  }

  private func write(_ key: StaticString, _ moment: Instant?, into json: inout JSONObject) {
    json.object(key, moment) { moment, json in
      json.time("at", moment)
      json.string("local", local(moment))
    }
  }

  // MARK: Text

  public func text() -> TextDocument {
    var fields: [TextDocument.Field] = [.init("Start", moment(start))]
    switch question {
    case .target(.workingTime(let seconds)):
      fields.append(.init("Target", "\(DurationWords.working(seconds)) of working time"))
    case .target(.businessDays(let count)):
      fields.append(.init("Target", Words.counted(count, "business day")))
    case .until(let end): fields.append(.init("Until", moment(end)))
    }
    if case .target = question {
      fields.append(.init("Due", due.map(moment) ?? StyledText(never)))
      if let breachesAt { fields.append(.init("Breaches at", moment(breachesAt))) }
    }
    if let elapsed {
      fields.append(.init("Working time", "\(DurationWords.working(elapsed)) (\(elapsed) seconds)"))
    }
    var blocks: [TextDocument.Block] = [.title("\(calendar.name), \(calendar.zone.name)"), .fields(fields)]
    if !windows.isEmpty { blocks.append(.section("Open", [.list(stretches)])) }
    let substituted =
      zones.substituted.isEmpty ? "" : "; built in for \(zones.substituted.joined(separator: ", "))"
    blocks.append(.note("Time zones \(zones.version), \(zones.source)\(substituted)."))
    return TextDocument(blocks)
  }

  private var never: String {
    calendar.neverOpens ? "never: the calendar never opens" : "not within ten years"
  }

  /// The first and last stretches, with what is between them counted.
  private var stretches: [StyledText] {
    let lines: [StyledText] = (windows.count > 8 ? windows.prefix(4) + windows.suffix(2) : windows[...]).map {
      "\(local($0.from)) to \(local($0.until)), \(DurationWords.working($0.until.since($0.from)))"
    }
    guard windows.count > 8 else { return lines }
    return lines.prefix(4) + ["and \(windows.count - 6) more"] + lines.suffix(2)
  }

  private func moment(_ moment: Instant) -> StyledText {
    let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    let day = weekdays[calendar.zone.date(at: moment).weekday - 1]
    return "\(day) \(local(moment)), \(moment.shown.words)"
  }

  /// RFC 3339 with the offset of the calendar's zone, to the minute where offsets have seconds.
  private func local(_ moment: Instant) -> String {
    let offset = calendar.zone.offset(at: moment)
    let minutes = offset.magnitude / 60
    let wall = moment.advanced(by: offset).shown.rfc3339.dropLast()
    let digits = [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(wall)\(offset < 0 ? "-" : "+")\(digits.joined(separator: ":"))"
  }
}
