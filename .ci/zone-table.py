#!/usr/bin/env python3
"""Writes Sources/Rules/Calendar/BuiltInZones*.swift from the time zone files of this machine.

Usage: .ci/zone-table.py [ZONEINFO]        (default: /usr/share/zoneinfo; needs its tzdata.zi)

One entry per different zone: NAME[,NAME...] RULE UNIT OFFSETS CHANGES
  RULE     the POSIX TZ string at the end of the file, for the time after the last change; `-` for none
  UNIT     seconds that a step of time counts
  OFFSETS  seconds east of UTC, the first one in force on 1970-01-01, separated by commas
  CHANGES  for each change of the offset since then: steps since the change before, five bits to a digit, lowest
           first, 32 added when more follow; then the number of the new offset
"""
import datetime
import glob
import os
import re
import struct
import sys

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRS_UVW.YZ+-"
ROOT = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/zoneinfo"
TARGET = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Sources/Rules/Calendar")
NAME = re.compile(r"(UTC|[A-Z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){1,2})\Z")


def block(data, at, width):
    isut, isstd, leap, times, types, chars = struct.unpack(">6I", data[at + 20:at + 44])
    at += 44
    moments = struct.unpack(f">{times}{'q' if width == 8 else 'i'}", data[at:at + times * width])
    at += times * width
    kinds = data[at:at + times]
    at += times
    offsets = [struct.unpack(">i", data[at + 6 * k:at + 6 * k + 4])[0] for k in range(types)]
    at += types * 6 + chars + leap * (width + 4) + isstd + isut
    return list(zip(moments, (offsets[k] for k in kinds))), offsets[0], leap, at


def zone(path):
    data = open(path, "rb").read()
    if data[:4] != b"TZif":
        return None
    changes, first, leap, end = block(data, 0, 4)
    rule = ""
    if data[4:5] >= b"2":
        changes, first, leap, end = block(data, end, 8)
        rule = data[end:].split(b"\n")[1].decode()
    if leap:
        return None
    for moment, offset in changes:
        if moment <= 0:
            first = offset
    if not changes and rule:
        first = plain_offset(rule)
    kept, last = [], first
    for moment, offset in changes:
        if moment > 0 and offset != last:
            kept.append((moment, offset))
            last = offset
    if kept and rule:
        kept = shortened(kept, rule)
    return first, tuple(kept), rule


def seconds(text):
    sign = -1 if text.startswith("-") else 1
    parts = [int(part) for part in text.lstrip("+-").split(":")] + [0, 0]
    return sign * (parts[0] * 3600 + parts[1] * 60 + parts[2])


def parsed(rule):
    """Standard offset, and for daylight time its offset and the two `M` changes."""
    name = r"(?:<[^>]*>|[A-Za-z]+)"
    match = re.match(rf"{name}([-+\d:]+)(?:{name}([-+\d:]*),M([^,]*),M([^,]*))?\Z", rule)
    standard = -seconds(match[1])
    if not match[3]:
        return standard, None
    changes = []
    for text in match.group(3, 4):
        day, _, time = text.partition("/")
        changes.append((*map(int, day.split(".")), seconds(time or "2")))
    return standard, (-seconds(match[2]) if match[2] else standard + 3600, *changes)


def plain_offset(rule):
    return parsed(rule)[0]


def moment(change, year, offset):
    month, nth, weekday, time = change
    first = datetime.date(year, month, 1)
    day = first + datetime.timedelta(days=(weekday - first.isoweekday()) % 7 + (nth - 1) * 7)
    if day.month != month:
        day -= datetime.timedelta(days=7)
    return (day - datetime.date(1970, 1, 1)).days * 86400 + time - offset


def shortened(kept, rule):
    """Leaves out the changes at the end that the rule gives as well; fat files repeat them."""
    standard, daylight = parsed(rule)
    given = {}
    for year in range(1970, 2100) if daylight else []:
        given[moment(daylight[1], year, standard)] = daylight[0]
        given[moment(daylight[2], year, daylight[0])] = standard
    times = sorted(given)
    while len(kept) > 1 and given.get(kept[-1][0]) == kept[-1][1]:
        # Between the change before and this one, the rule must give no other.
        between = [t for t in times if kept[-2][0] < t < kept[-1][0]]
        if between:
            break
        kept = kept[:-1]
    return kept


def number(value):
    digits = ""
    while True:
        low, value = value & 31, value >> 5
        digits += DIGITS[low + (32 if value else 0)]
        if not value:
            return digits


def entry(names, first, changes, rule):
    steps = [b - a for (a, _), (b, _) in zip([(0, 0)] + list(changes), changes)]
    unit = next(u for u in (900, 60, 1) if all(s % u == 0 for s in steps))
    offsets = [first] + sorted({offset for _, offset in changes} - {first})
    body = "".join(number(s // unit) + DIGITS[offsets.index(o)] for s, (_, o) in zip(steps, changes))
    return f"{','.join(names)} {rule or '-'} {unit} {','.join(map(str, offsets))} {body or '-'}"


def main():
    version = re.match(r"# version (\S+)", open(os.path.join(ROOT, "tzdata.zi")).readline())[1]
    zones = {}
    for folder, folders, files in os.walk(ROOT):
        if folder == ROOT:
            folders[:] = [name for name in folders if name not in ("posix", "right")]
        for file in files:
            path = os.path.join(folder, file)
            name = os.path.relpath(path, ROOT)
            if NAME.match(name) and (found := zone(path)):
                zones.setdefault(found, []).append(name)
    lines = sorted(entry(sorted(names), *found) for found, names in zones.items())
    print(version, len(lines), "zones,", sum(map(len, zones.values())), "names,", sum(map(len, lines)), "bytes")
    write(version, lines)


def write(version, lines):
    wrapped = []
    for line in lines:
        while len(line) > 102:
            # A line must neither end nor begin with the space that ends a field.
            cut = next(c for c in range(102, 0, -1) if line[c - 1] != " " and line[c] != " ")
            wrapped.append(line[:cut] + "\\")
            line = line[cut:]
        wrapped.append(line)
    parts, part = [], []
    for line in wrapped:
        part.append(line)
        if len(part) > 270 and not line.endswith("\\"):
            parts.append(part)
            part = []
    parts.append(part)
    for old in glob.glob(os.path.join(TARGET, "BuiltInZones+*.swift")):
        os.remove(old)
    for number, part in enumerate(parts, 1):
        text = "\n".join("    " + line for line in part)
        with open(os.path.join(TARGET, f"BuiltInZones+Part{number}.swift"), "w") as file:
            file.write(f'''// Written by .ci/zone-table.py from tzdata {version}, which is in the public domain; not to be edited by hand.

extension BuiltInZones {{
  static let part{number} = """
{text}

    """
}}
''')
    with open(os.path.join(TARGET, "BuiltInZones+Version.swift"), "w") as file:
        file.write(f'''// Written by .ci/zone-table.py from tzdata {version}; not to be edited by hand.

extension BuiltInZones {{
  /// The version of the time zone database that the table was made from.
  static let version = "{version}"

  static let parts = [{", ".join(f"part{n}" for n in range(1, len(parts) + 1))}]
}}
''')


main()
