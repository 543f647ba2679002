"""git-appraise's notes (`refs/notes/devtools/*`) against the product's reviews.

Rules, from google/git-appraise `review.go`, `comment.go` and `output.go`:
- A review is a commit annotated in `…/reviews` with at least one line that is a JSON object of a request (names of fields
  in any case, right types, `v` 0). The last request by its timestamp as text is the current one; the first one's
  requester asked.
- Comments are the lines of `…/discuss` on the same commit, each once by the SHA-1 of its canonical JSON; an answer
  names its parent by it, an edit its original. A thread is resolved as `updateThreadsStatus` says.
- Status: submitted (the alias or first commit is in the target), accepted, rejected, pending, or abandoned (no target).
- First response: the first comment after the first request by another human who wrote no commit of it. Two addresses are
  two people; a bare login is the one ordinary address, failing that the forge's private one, with it before the `@`.
- Reviews that the product joins, two for one pull request, are one: their earliest request and all their comments.
"""

import collections
import hashlib
import json
import re

from program import standing

RULES = {}
REVIEWS, DISCUSS = "refs/notes/devtools/reviews", "refs/notes/devtools/discuss"
REQUEST = dict(timestamp=str, reviewRef=str, targetRef=str, requester=str, reviewers=list, description=str, v=int,
               baseCommit=str, alias=str, signature=str)
RANGE = dict(startLine=int, startColumn=int, endLine=int, endColumn=int)
COMMENT = dict(timestamp=str, author=str, original=str, parent=str, location=dict(commit=str, path=str, range=RANGE),
               description=str, resolved=bool, v=int, signature=str)
WORDS = {"tbr": "submitted-without-acceptance", "danger": "submitted-despite-rejection", "abandon": "abandoned"}


def applies(git):
    return REVIEWS in git.refs


def typed(record, fields):
    """The record as Go would decode it; ValueError for a wrong type."""
    out, lower = {}, {name.lower(): name for name in fields}
    for key, value in record.items():
        name = key if key in fields else lower.get(key.lower())
        if not name or value is None:
            continue
        kind = fields[name]
        if isinstance(kind, dict):
            if not isinstance(value, dict):
                raise ValueError(key)
            value = typed(value, kind)
        elif not isinstance(value, kind) or kind is int and isinstance(value, bool):
            raise ValueError(key)
        out[name] = value
    return out


def parse(line, fields):
    try:
        record = json.loads(line)
        record = typed({} if record is None else record, fields) if isinstance(record, (dict, type(None))) else None
    except ValueError:
        return None
    return record if record is not None and not record.get("v", 0) else None


def escaped(text):
    out = json.dumps(text, ensure_ascii=False).replace("\\b", "\\u0008").replace("\\f", "\\u000c")
    for character in "<>&\u2028\u2029":
        out = out.replace(character, "\\u%04x" % ord(character))
    return out


def canonical(comment):
    """The comment as Go writes it."""
    stamp = comment.get("timestamp", "")
    if len(stamp) < 10 and re.fullmatch(r"[+-]?\d+", stamp):
        stamp = "%010d" % int(stamp)
    parts = [(name, escaped(value)) for name, value in (
        ("timestamp", stamp), ("author", comment.get("author")), ("original", comment.get("original")),
        ("parent", comment.get("parent"))) if value]
    place = comment.get("location")
    if place is not None:
        inner = [(k, escaped(place[k])) for k in ("commit", "path") if place.get(k)]
        if place.get("range") is not None:
            lines = [("startLine", str(place["range"].get("startLine", 0)))]
            lines += [(k, str(place["range"][k])) for k in list(RANGE)[1:] if place["range"].get(k)]
            inner.append(("range", wrap(lines)))
        parts.append(("location", wrap(inner)))
    if comment.get("description"):
        parts.append(("description", escaped(comment["description"])))
    if "resolved" in comment:
        parts.append(("resolved", "true" if comment["resolved"] else "false"))
    if comment.get("signature"):
        parts.append(("signature", escaped(comment["signature"])))
    return wrap(parts)


def wrap(parts):
    return "{" + ",".join(f'"{name}":{value}' for name, value in parts) + "}"


class Review:
    def __init__(self, commit, requests, comments):
        self.commit = commit
        self.requests = sorted(requests, key=lambda r: r.get("timestamp", ""))
        self.current = self.requests[-1]
        self.comments = {hashlib.sha1(canonical(c).encode("utf-8", "replace")).hexdigest(): c for c in comments}
        times = [number(r.get("timestamp")) for r in self.requests]
        self.opened = min((t for t in times if t is not None), default=None)
        self.requester = self.requests[0].get("requester") or ""

    def resolved(self):
        children, edits, roots = collections.defaultdict(list), collections.defaultdict(list), []
        for name, comment in self.comments.items():
            if comment.get("original"):
                edits[comment["original"]].append(comment)
            elif comment.get("parent"):
                children[comment["parent"]].append(name)
            else:
                roots.append(name)

        def status(names):
            values = [own(name) for name in names]
            said = [value for value in values if value is not None]
            return all(said) if said else None

        def own(name):
            newest = sorted(edits[name], key=lambda c: c.get("timestamp", ""))[-1:] or [self.comments[name]]
            below, said = status(children[name]), newest[0].get("resolved")
            return said if below is None else False if not below else True if said else None

        return status(roots)

    def status(self, git, members):
        target = self.current.get("targetRef")
        resolved = self.resolved()
        submitted = bool(target) and (self.current.get("alias") or self.commit) in members(target)
        if resolved is None:
            return "tbr" if submitted else "pending"
        if resolved:
            return "submitted" if submitted else "accepted"
        return "danger" if submitted else "rejected" if target else "abandon"


def number(text):
    return int(text) if text and re.fullmatch(r"\d+", text) else None


def local(who):
    return (who or "").strip().lower().split("@")[0]


def machine(who):
    return bool(re.fullmatch(r"googlebot|.*\[bot\]|.*-bot|travis.*|google-cla.*|cla.*", local(who)))


def read(git):
    requests, discussion = git.notes(REVIEWS), git.notes(DISCUSS)
    kinds = {name: kind for name, kind, _ in git.objects(sorted(requests))}
    found = {}
    for commit, text in requests.items():
        asked = [r for r in (parse(line, REQUEST) for line in text.split("\n")) if r is not None]
        said = [c for c in (parse(line, COMMENT) for line in discussion.get(commit, "").split("\n")) if c is not None]
        if asked:
            found[commit] = Review(commit, asked, said)
            found[commit].is_here = kinds.get(commit) == "commit"
    return found


def compare(name, git, told, table):
    reviews, reach = read(git), {}
    people = People(git, reviews)

    def members(ref):
        if ref not in reach:
            reach[ref] = set(git.lines("rev-list", ref, "--", check=False))
        return reach[ref]

    status = table.fact(name, "git-appraise", "status of a review")
    response = table.fact(name, "git-appraise", "first response, seconds waited")
    joined = collections.defaultdict(list)
    for commit, review in reviews.items():
        item = told.by_name.get(f"review/{commit[:12]}")
        if item:
            joined[item["id"]].append(review)
        if review.is_here:
            mine = review.status(git, members)
            status.check(commit[:12], True, WORDS.get(mine, mine) in standing(item or {"standings": []}, "git-appraise"))
    for key, several in sorted(joined.items()):
        item = told.by_name[key]
        if any(review.is_here for review in several):
            response.check(key, first(git, several, people), (item["firstResponse"] or {}).get("waitSeconds"))


class People:
    """Who an address or bare login is: a login is the one address seen that has it before the `@`."""

    def __init__(self, git, reviews):
        seen = {a.lower() for c in git.history.values() for a in (c.author.email, c.committer.email)}
        tips = git.commits(sorted(set(git.under("refs/pull/").values())))
        seen |= {a.lower() for c in tips.values() for a in (c.author.email, c.committer.email)}
        said = [c.get("author") for r in reviews.values() for c in r.comments.values()]
        said += [r.requester for r in reviews.values()]
        self.owners = collections.defaultdict(set)
        for who in sorted(seen | {w.lower() for w in said if w}, key=lambda w: "@users.noreply." in w):
            name = re.sub(r"^\d+\+", "", local(who))
            if "@" in who and not ("@users.noreply." in who and self.owners[name]):
                self.owners[name].add(who)

    def key(self, who):
        owners = self.owners.get(who.strip().lower(), ())
        return next(iter(owners)) if len(owners) == 1 else who.strip().lower()


def writers(git, commit):
    """Addresses of those who wrote what came to the branch with the reviewed commit."""
    landing = git.bringer.get(commit, commit)
    if landing == commit:
        return git.lines("log", "-1", "--format=%ae", commit, "--", check=False)
    return git.lines("log", "--no-merges", "--format=%ae", landing, "--not", f"{landing}^1", "--")


def first(git, reviews, people):
    """Seconds from the first request to the first answer, over joined reviews."""
    opened = min((r.opened for r in reviews if r.opened is not None), default=None)
    authors = {people.key(r.requester) for r in reviews}
    authors |= {people.key(who) for r in reviews for who in writers(git, r.commit)}
    heard = sorted((number(c.get("timestamp")), c.get("author") or "") for r in reviews for c in r.comments.values()
                   if number(c.get("timestamp")) is not None)
    return next((at - opened for at, who in heard if opened is not None and at >= opened and not machine(who)
                 and people.key(who) not in authors), None)
