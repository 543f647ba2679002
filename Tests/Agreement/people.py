"""Who approved a commit, by the words of its message.

Rules (`Trailers.md` of the product's documentation says them for its readers):
- *Lines*: those of the trailer block that Git itself finds, and of the paragraphs right above it, or at the end where Git
  finds none, as long as more than half of their lines have a known key, or a tool left the paragraph there (`--HG--`,
  `Conflicts:`, `#`, dashes, a list of squashed commits). The first paragraph is the title. An indented line continues
  the one above unless it has a known key of its own, and so does a line below a comma.
- *Approval*: `Reviewed-by`, `Acked-by`, `Approved-by`, these with `-and-tested-by`, in any letter case, a blank for a
  `-`, one letter wrong, missing, too many or swapped after the first one; `Reviewers:` without fields of Phabricator;
  `Reviewed By:` among such fields; `r=LOGIN` in a subject that names a bug or a commit with a revision; the list
  of `ACK` below `ACKs for …` in a merge that names a request; `r=` of bors and homu.
- *Landing*: of a message with several `Reviewed-on` only what stands below the last `(cherry picked from …)`, else
  below the last `Change-Id` between the last two, is about this landing.
- *Values*: `Name <address>`, several with commas; without an address lists with commas, `;` and `and`. Remarks in
  brackets or behind ` #` are cut; groups (`#…`), `nobody`, `none`, `n/a` are nobody; `re (login)` is `login`.
"""

import re

KEYS = {"reviewed-by": "approval", "acked-by": "approval", "approved-by": "approval",
        "reviewed-and-tested-by": "approval", "tested-and-reviewed-by": "approval", "acked-and-tested-by": "approval",
        "co-authored-by": "other", "co-developed-by": "other", "suggested-by": "other", "requested-by": "other",
        "reported-by": "other", "reported-and-tested-by": "other", "merged-by": "other",
        "merge-requested-by": "other", "submitted-by": "other", "tested-by": None, "signed-off-by": None}
WORDS = {"author": "other", "reviewer": "reviewers", "reviewers": "reviewers"}
COMPANIONS = {"signed-off-by", "tested-by", "cc", "link", "fixes", "closes", "message-id", "discussion",
              "backpatch-through", "change-id", "reviewed-on", "part-of", "pr-url", "pull-request", "bug", "nacked-by",
              "helped-by", "differential revision", "related work items", "backport-of", "fbshipit-source-id",
              "ghstack-source-id"}
KEY = re.compile(r"([A-Za-z][A-Za-z0-9 -]{0,38}?) *:(.*)$", re.S)
TOOL = re.compile(r"--HG--|Conflicts:|#|This patch had conflicts when merged|[0-9a-f]{7,} \[")
FIELDS = ("summary", "test plan", "subscribers", "cc", "ccs", "maniphest tasks", "tags", "differential revision",
          "projects", "auditors", "revert plan", "jira issues", "fbshipit-source-id", "ghstack-source-id")


def near(one, other):
    """One letter changed, missing, too many, or swapped with its neighbour."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
    left, right = one[at:], other[at:]
    if len(left) == len(right):
        return left[1:] == right[1:] or left[:2] == right[:2][::-1] and left[2:] == right[2:]
    return left[1:] == right or left == right[1:]


MEANINGS = {}


def meaning(key):
    if key not in MEANINGS:
        MEANINGS[key] = find_meaning(key)
    return MEANINGS[key]


def find_meaning(key):
    low = key.strip().lower()
    if low in WORDS:
        return WORDS[low]
    low = low.replace(" ", "-")
    if not low.endswith("y") or not 7 <= len(low) <= 23:
        return None
    if low in KEYS:
        return KEYS[low]
    if low in ("reposted-by", "nacked-by"):
        return None
    return next((found for known, found in KEYS.items() if known[0] == low[0] and near(low, known)), None)


def key_of(line):
    found = KEY.match(line.rstrip())
    return (found[1], found[2].strip()) if found else None


def known(line):
    if line.startswith(("See merge request ", "Closes #", "(cherry picked from ")):
        return True
    found = key_of(line)
    return bool(found) and (meaning(found[0]) is not None or found[0].lower() in COMPANIONS)


def indented(line):
    found = key_of(line.strip())
    return found if found and meaning(found[0]) is not None else None


def is_review(paragraph):
    count = hits = 0
    goes_on = False
    for line in paragraph:
        if known(line) or indented(line):
            hits += 1
            count += 1
        elif not goes_on and line[:1] not in (" ", "\t"):
            count += 1
        goes_on = line.rstrip().endswith(",")
    return hits * 2 > count


def lines(message, block):
    """(key, value, line number) of the lines that can be about people; `block` is Git's own trailer block."""
    text = message[-65536:].split("\n")
    title = next((i for i, line in enumerate(text) if line.strip()), len(text))
    body = next((i for i in range(title, len(text)) if not text[i].strip()), len(text))
    start = end = len(text)
    wanted = block.strip("\n").split("\n") if block.strip() else []
    if wanted:
        place = next((i for i in range(len(text) - len(wanted), body - 1, -1) if text[i:i + len(wanted)] == wanted), None)
        if place is not None:
            start, end = place, place + len(wanted)
    while True:
        last = start
        while last > body and not text[last - 1].strip():
            last -= 1
        first = last
        while first > body and text[first - 1].strip():
            first -= 1
        paragraph = text[first:last]
        dashes = all(not line.strip("- \t\r") for line in paragraph)
        if not paragraph or not (is_review(paragraph) or TOOL.match(paragraph[0]) or dashes):
            break
        start = first
    return unfold(text, start, end)


def unfold(text, start, end):
    out = []
    for number in range(start, end):
        line = text[number]
        found = key_of(line) or indented(line)
        if found:
            out.append([found[0], found[1], number])
        elif out and line and (line[0] in " \t" or out[-1][1].endswith(",")):
            out[-1][1] += " " + line.strip()
    return out


def of_this_landing(found, message):
    """Only what belongs to the last landing, of a message to which a server appended its footers more than once."""
    reviewed = [i for i, row in enumerate(found) if row[0].lower() == "reviewed-on"]
    if not reviewed:
        return found
    text = message[-65536:].split("\n")
    picked = [i for i, line in enumerate(text[:found[reviewed[-1]][2]]) if line.startswith("(cherry picked from ")]
    if picked:
        return [row for row in found if row[2] > picked[-1]] or found[reviewed[-1]:]
    if len(reviewed) > 1:
        ids = [i for i in range(reviewed[-2], reviewed[-1]) if found[i][0].lower() == "change-id"]
        return found[ids[-1] if ids else reviewed[-1]:]
    return found


def bare(item):
    """(name, address or login) of a value without an address; None for nobody."""
    item = item.strip()
    team = re.fullmatch(r"(?:re|core|portmgr|secteam|so|mentor) \((\S+)\)", item)
    if team:
        return "", team[1]
    item = re.split(r" [(\[#]", item)[0].strip()
    item = item[:-1] if item.endswith("!") else item
    if not item or item[0] in "#(" or item.lower() in ("nobody", "none", "n/a"):
        return None
    return (item, "") if re.search(r"\s", item) else ("", item)


def listed(value):
    found = []
    for part in re.split("[,;]", value):
        for item in part.split(" and ", 1):
            found += addressed(item)[:1] if "<" in item else [bare(item)]
    return [person for person in found if person]


def addressed(value):
    found, rest = [], value
    while "<" in rest:
        name, _, rest = rest.partition("<")
        email, _, rest = rest.partition(">")
        name = name.strip().lstrip(",").strip()
        name = name[1:-1] if len(name) > 1 and name[0] == name[-1] == '"' else name
        if name or email.strip():
            found.append((name, email.strip()))
        if "," not in rest:
            break
        rest = rest.split(",", 1)[1]
    return found


def fields(message):
    """The values of `Reviewed By:` among Phabricator's fields; None for a message without them."""
    body = message.split("\n", 1)[1] if "\n" in message else ""
    if not re.search(r"^(Differential Revision:|Reviewed By:|Test Plan:)", body, re.M):
        return None
    values, field = [], None
    for line in body.split("\n"):
        found = key_of(line)
        low = found[0].lower() if found else ""
        if low in ("reviewers", "reviewer", "reviewed by") or low in FIELDS:
            field, line = low, found[1]
        elif not line.strip():
            field = None
        if field == "reviewed by" and line.strip():
            values.append(line.strip())
    return values


def subject_reviewers(subject, has_revision):
    if not (has_revision or re.search(r"[Bb]ug \d|^[Nn]o bug", subject)):
        return []
    people = []
    for found in re.finditer(r"(?<![A-Za-z0-9_])r=([\w,.!#\[\]-]*)", subject, re.A):
        for login in found[1].split(","):
            login = login.rstrip("!.")
            if login and login[0] not in "#!.":
                people.append(("", login))
    return people


def acks(message):
    found = re.search(r"\nACKs for (?:top commit|commit )[^\n]*", message)
    if not found:
        return []
    said, nick = [], None
    for line in message[found.end():].split("\n"):
        if line.startswith("    "):
            if nick:
                said[-1][1] += line.strip() + " "
        elif line.startswith("  ") and line.rstrip().endswith(":"):
            nick = line.strip()[:-1]
            nick = None if re.search(r"\s", nick) else nick
            said += [[nick, ""]] if nick else []
        elif line.strip():
            break
    return [("", who) for who, text in said
            if "ACK" in text and not re.search(r"(N|Concept |Approach )$", text.split("ACK")[0], re.I)]


def approvers(commit, block, has_revision):
    """(name, address or login) of everybody whom the message says to have approved."""
    message = commit.message
    people = subject_reviewers(commit.subject, has_revision)
    in_fields = fields(message)
    for key, value, _ in of_this_landing(lines(message, block), message):
        kind = meaning(key)
        if kind == "approval":
            people += addressed(value) if "<" in value else listed(value)
        elif kind == "reviewers" and in_fields is None:
            people += listed(value)
    for value in in_fields or []:
        people += listed(value)
    return people
