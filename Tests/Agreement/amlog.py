"""git.git's `refs/notes/amlog` against the product's names `mail/MESSAGE-ID`.

Rule: a line `Message-Id: <ID>` in the note on a commit that the branch holds is one more name of the contribution with
that single commit; merges are no contributions. Where one commit has several, or one mail became several commits, any of them will do.
"""

import re

RULES = {}
REF = "refs/notes/amlog"


def applies(git):
    return REF in git.refs


def compare(name, git, told, table):
    fact = table.fact(name, "amlog", "mail of a commit")
    for commit, text in sorted(git.notes(REF).items()):
        found = re.findall(r"^Message-I[Dd]: <?([^<>\s]+)>?", text, re.M)
        if found and commit in git.history and len(git.history[commit].parents) < 2:
            fact.check(commit, True, any(f"mail/{name}" in told.by_name for name in found))
