"""gittuf's attestations (`refs/gittuf/attestations` and its like) against the product's requests and approvals.

Rules:
- An attestation is a DSSE envelope: JSON with a base64 `payload`, an in-toto statement.
- `github-pull-requests/…`: GitHub's own description of a merged request: number, opening, merge, commit.
- `code-review-approvals/…` of a forge's app: approvers of the move of a ref from an old tip to a tree. It belongs to
  the commit of the branch's own line whose first parent is the tip and whose tree is that one, else to the request
  whose head has the tree and descends from the tip.
- `reference-authorizations/…` is an approval of such a move by whoever signed it, who is not named here.
- The approvers of a landed request are those of its move; each by login, without the number.
- `refs/gittuf` tells of a request before other sets of refs do.
"""

import base64
import collections
import datetime
import json
import re

from program import seconds

RULES = {
    "approved by signature": "the move also has an authorization, whose signer the product tells from the signature",
}


def applies(git):
    return any(re.fullmatch(r"refs/[\w-]*gittuf[\w-]*/attestations", ref) for ref in git.refs)


def instant(text):
    return int(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()) if text else None


def read(git, ref):
    """(requests, approvals, moves with an authorization) of one set of refs."""
    rows = [row.split(b"\t", 1) for row in git.run("ls-tree", "-r", "-z", ref).split(b"\0") if row]
    paths = [(path.decode(), meta.split()[2].decode()) for meta, path in rows]
    requests, approvals, authorized = [], [], []
    for (path, _), (_, kind, data) in zip(paths, git.objects([blob for _, blob in paths])):
        if path.endswith("review-index.json"):
            continue
        try:
            said = json.loads(base64.b64decode(json.loads(data)["payload"]))
        except (ValueError, KeyError, TypeError):
            continue
        predicate = said.get("predicate") or {}
        if path.startswith("github-pull-requests/"):
            requests.append(predicate)
        elif path.startswith("code-review-approvals/") and "approvers" in predicate:
            approvals.append(predicate)
        elif path.startswith("reference-authorizations/"):
            authorized.append(move(predicate))
    return requests, approvals, authorized


def move(predicate):
    """The old tip and the new tree that an approval is about."""
    return (predicate.get("fromRevisionID") or predicate.get("fromID"),
            predicate.get("targetTreeID") or predicate.get("targetID"))


def compare(name, git, told, table):
    refs = sorted(ref for ref in git.refs if re.fullmatch(r"refs/[\w-]*gittuf[\w-]*/attestations", ref))
    refs.sort(key=lambda ref: ref != "refs/gittuf/attestations")
    seen = {}
    counts = table.fact(name, "gittuf", "records of a set of refs")
    approvals, signed = [], []
    for ref in refs:
        requests, found, authorized = read(git, ref)
        signed += authorized
        told_counts = next((row for row in told.repository["sources"] if row["place"] == ref), {}).get("counts", {})
        counts.check(f"{ref} requests", len(requests), told_counts.get("requests", 0))
        counts.check(f"{ref} approvals", len(found), told_counts.get("approvals", 0))
        counts.check(f"{ref} without approver", sum(not a["approvers"] for a in found),
                     told_counts.get("without-approver", 0))
        approvals += found
        for request in requests:
            seen.setdefault(request["number"], request)
    compare_requests(name, seen, told, table)
    compare_approvals(name, git, approvals, signed, told, table)


def compare_requests(name, seen, told, table):
    opened = table.fact(name, "gittuf", "opening, second")
    landed = table.fact(name, "gittuf", "landing, commit and second")
    for number, request in sorted(seen.items()):
        item = told.by_name.get(f"pr/{number}") or {"opened": {}, "landed": None}
        where = item["landed"] or {}
        opened.check(number, instant(request["created_at"]), seconds(item["opened"].get("at")))
        landed.check(number, (request["merge_commit_sha"], instant(request["merged_at"])),
                     (where.get("commit"), seconds(where.get("at"))))


def by_head(git, heads, tip, tree, told):
    """The commit with which the request landed whose head has the tree and descends from the tip."""
    for number, head in heads.get(tree, []):
        item = told.by_name.get(f"pr/{number}")
        if item and item["landed"] and git.contains(tip, head):
            return item["landed"]["commit"]
    return None


def compare_approvals(name, git, approvals, signed, told, table):
    moves = {}
    for commit in (git.history[c] for c in git.own_line() if c in git.history):
        if commit.parents:
            moves[(commit.parents[0], commit.tree)] = commit.id
    by_merge = collections.defaultdict(set)
    tips = {ref.split("/")[2]: tip for ref, tip in git.under("refs/pull/").items() if ref.endswith("/head")}
    heads = collections.defaultdict(list)
    for commit in git.commits(sorted(set(tips.values()))).values():
        heads[commit.tree] += [(number, commit.id) for number, tip in tips.items() if tip == commit.id]
    for approval in approvals:
        landing = moves.get(move(approval)) or by_head(git, heads, *move(approval), told)
        if landing:
            by_merge[landing] |= {re.sub(r"\+\d+$", "", who).lower() for who in approval["approvers"] or []}
    fact = table.fact(name, "gittuf", "approvers of a landed request")
    authorized = {moves.get(pair) or by_head(git, heads, *pair, told) for pair in signed}
    for commit, people in sorted(by_merge.items()):
        items = told.by_commit.get(commit, [])
        rows = [row for item in items for row in item["approvals"]
                if row["grade"] in ("recorded", "signed") and row["reason"] != "superseded"]
        theirs = {row["by"].lower().split("@")[0] for row in rows}
        fact.check(commit, people, theirs, lambda: "approved by signature" if people < theirs and (
            commit in authorized) else None)
