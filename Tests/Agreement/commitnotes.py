"""Notes on commits that name a request (`refs/notes/commits` of OpenJDK's bots) against the product's names.

Rule: a line `Review: …/pull/N` in the note on a commit that the branch holds means that request N landed with it.
"""

import re

RULES = {}
REF = "refs/notes/commits"


def applies(git):
    return REF in git.refs


def compare(name, git, told, table):
    fact = table.fact(name, "notes on commits", "request landed with the commit")
    for commit, text in sorted(git.notes(REF).items()):
        found = re.search(r"^Review: \S+/pull/(\d+)\s*$", text, re.M)
        if found and commit in git.history:
            item = told.by_name.get(f"pr/{found[1]}") or {}
            fact.check(f"pr/{found[1]}", commit, (item.get("landed") or {}).get("commit"))
