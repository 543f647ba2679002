internal import Facts
internal import Rules

/// Who may speak for a change by its ownership files, in text and JSON.
struct OwnersReport {
  let owners: ChangeOwners
  let people: People

  /// The most names in one cell of a table.
  private static let nameLimit = 8

  /// What was read, and how many paths are nobody's.
  var fields: [TextDocument.Field] {
    var fields: [TextDocument.Field] = [.init("files", Words.ownership(owners.source))]
    if owners.unowned > 0 {
      fields.append(
        .init("no owner", Words.counted(owners.unowned, "touched path") + " belong to nobody by file"))
    }
    return fields
  }

  var table: TextTable {
    var table = TextTable([
      .init("rule", shrinksTo: 12), .init("paths", align: .right), .init("asks for", priority: 2),
      .init("owners", shrinksTo: 16), .init("section", priority: 1, shrinksTo: 10),
    ])
    for group in owners.groups {
      table.append([
        "\(group.place.description, .code)", "\(group.paths)",
        group.isOptional ? "\(group.required), optional" : "\(group.required)", names(group.candidates),
        "\(group.section ?? "")",
      ])
    }
    return table
  }

  private func names(_ candidates: [ChangeOwners.Candidate]) -> StyledText {
    let words = candidates.map { candidate -> String in
      let title = candidate.owner.title ?? (candidate.owner.part == .owner ? nil : "\(candidate.owner.part)")
      let remark = [title, candidate.isExcluded ? "not for this change" : nil].compactMap { $0 }
      return Words.owner(candidate, people) + (remark.isEmpty ? "" : " (\(remark.joined(separator: ", ")))")
    }
    let rest = words.count > Self.nameLimit ? " and \(words.count - Self.nameLimit) more" : ""
    return "\(words.prefix(Self.nameLimit).joined(separator: ", "), .person)\(rest)"
  }

  func write(into json: inout JSONObject) {
    owners.source.write(into: &json)
    json.integer("unownedPaths", owners.unowned)
    json.objects("groups", owners.groups) { group, json in
      json.string("section", group.section)
      json.string("rule", group.place.description)
      json.integer("required", group.required)
      json.boolean("optional", group.isOptional)
      json.integer("paths", group.paths)
      json.objects("owners", group.candidates) { candidate, json in
        json.string("name", Words.ownerName(candidate.owner.name))
        json.string("person", candidate.person.map { people[$0].key.description })
        json.string("team", candidate.team)
        json.string("part", candidate.owner.part.label)
        json.string("title", candidate.owner.title)
        json.string("rule", candidate.owner.place.description)
        json.boolean("eligible", candidate.owner.part == .owner && !candidate.isExcluded)
      }
    }
  }
}

extension Owner.Part {
  /// The word for what the file asks of somebody, in JSON.
  var label: String {
    switch self {
    case .owner: "owner"
    case .reviewer: "reviewer"
    case .list: "list"
    }
  }
}

extension OwnershipRecord.Source {
  /// Which files were read; keys are part of the versioned formats.
  func write(into json: inout JSONObject) {
    json.string("format", format.rawValue)
    json.string("flavour", flavour.rawValue)
    json.string("basis", basis.rawValue)
    json.object("commit", named: commit)
    json.strings("files", files)
  }
}
