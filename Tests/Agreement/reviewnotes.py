"""Gerrit's review notes (`refs/notes/review`) against the product's landings and approvers.

Rules, from the reviewnotes plugin:
- A note's lines are `LABEL±N: Name <address>`, `Submitted-by`, `Submitted-at` (a mail's date), `Reviewed-on` (its last
  number but a patch set's is the change's) and others. An empty line, or a line that repeats one of the block's own
  keys, begins another change.
- A note without `Reviewed-on` is about the change whose patch set it annotates.
- A change is told by the block that was submitted first among those of the host that used the number first.
- Landing: `Submitted-at`, else the annotated commit's own date. Approvers: the persons of the highest value of a review
  label. Both are compared for changes without a log; where there is one it tells the same better (`notedb.py`).
"""

import collections
import email.utils
import re

import notedb
from program import evidence, seconds

RULES = {}
REF = "refs/notes/review"


def applies(git):
    return REF in git.refs


class Block:
    def __init__(self, annotated, lines):
        self.annotated, self.votes, self.number, self.host, self.submitted = annotated, [], None, "", None
        for line in lines:
            vote = re.match(r"([A-Za-z][A-Za-z0-9-]*?)([+-]\d+): ?(.*)$", line)
            field = re.match(r"([A-Za-z][A-Za-z0-9-]*): ?(.*)$", line)
            if vote:
                self.votes.append((vote[1], int(vote[2]), *person(vote[3])))
            elif field and field[1] == "Submitted-at":
                try:
                    self.submitted = int(email.utils.parsedate_to_datetime(field[2]).timestamp())
                except (ValueError, TypeError):
                    pass
            elif field and field[1] == "Reviewed-on":
                self.number, self.host = change_number(field[2])


def person(text):
    found = re.match(r"(.*?)\s*<([^>]*)>\s*$", text)
    return (found[1], found[2]) if found else (text.strip(), "")


def change_number(url):
    """The number in `http://HOST/123`, `…/c/project/+/123`, `…/#/c/123/4/`, and the host."""
    found = re.match(r"https?://([^/]+)/(.*)$", url.strip())
    if not found:
        return None, ""
    numbered = re.search(r"#/c/(\d+)", found[2]) or re.search(r"\+/(\d+)", found[2])
    numbers = re.findall(r"\d+", found[2])
    number = numbered[1] if numbered else numbers[-1] if numbers else None
    return int(number) if number else None, re.sub(r":\d+$", "", found[1].lower())


def blocks(annotated, text):
    out, current, keys = [], [], set()

    def end():
        if any(line.startswith(("Reviewed-on:", "Submitted-")) or re.match(r"[\w-]+[+-]\d+:", line)
               for line in current):
            out.append(Block(annotated, current))
        current.clear()
        keys.clear()

    for line in text.split("\n"):
        key = re.match(r"([A-Za-z][A-Za-z0-9-]*): ", line)
        votes = re.match(r"[A-Za-z][A-Za-z0-9-]*?[+-]\d+:", line)
        if not line.strip():
            end()
            continue
        if not votes and key and key[1] in keys:
            kept = []
            while current and re.match(r"[A-Za-z][A-Za-z0-9-]*?[+-]\d+:", current[-1]):
                kept.insert(0, current.pop())
            end()
            current.extend(kept)
        if not votes and key:
            keys.add(key[1])
        current.append(line)
    end()
    return out


def read(git):
    """The block that tells each number; what has no number or is told again is left to the other one."""
    if REF not in git.refs:
        return {}
    notes = git.notes(REF)
    kinds = {name: kind for name, kind, _ in git.objects(sorted(notes))}
    found = [b for name, text in notes.items() if kinds.get(name) in ("commit", "missing") for b in blocks(name, text)]
    sets = {tip: int(ref.split("/")[3]) for ref, tip in git.under("refs/changes/").items() if ref.split("/")[-1].isdigit()}
    for block in found:
        if block.number is None:
            block.number = sets.get(block.annotated)
    commits = git.commits(sorted({b.annotated for b in found if kinds[b.annotated] == "commit"}))
    for block in found:
        commit = commits.get(block.annotated)
        block.author = commit.author if commit else None
        block.landed = block.submitted or (commit.committer.time if commit else None)
    found.sort(key=lambda b: (b.landed if b.landed is not None else 1 << 62, b.annotated))
    told = {}
    for block in found:
        if block.number is not None:
            told.setdefault(block.number, block)
    return told


def compare(name, git, told, table):
    told_blocks, labels = read(git), notedb.Labels(git)
    known = table.fact(name, "review notes", "changes known")
    landed = table.fact(name, "review notes", "landing, second")
    people = table.fact(name, "review notes", "approvers of a change")
    canonical = git.canonical((n, a) for b in told_blocks.values() for _, _, n, a in b.votes if a)
    for number, block in sorted(told_blocks.items()):
        item = told.by_name.get(f"change/{number}")
        known.check(number, True, item is not None)
        if not item:
            continue
        if "gerrit" in item["sources"]:
            continue
        landed.check(number, block.landed, seconds((item["landed"] or {}).get("at")))
        mine = {canonical[(n, a)] if a else n for label, value, n, a in block.votes
                if labels.full(label, value) and (a or n != "Anonymous Coward")}
        people.check(number, mine, {r["by"] for r in item["approvals"] if evidence(r["evidence"])[0] == REF})
