"""Gerrit's NoteDb (`refs/changes/NN/N/meta`) against the product's contributions `change/N`.

Rules, beside those of `notelog.py` and `machines.py`:
- State, opening (author time of the log's first commit), patch sets (brought and not deleted again).
- Landing: the last update that merges or submits. Where a review note has the change's number, its `Submitted-at` is
  the same event; the earlier of the two counts. A migrated time counts for nothing; where nothing else is left, the
  landing has the committer time of the commit that a note annotates.
- Approval: a `Label` footer with the highest value of a review label (`Code-Review`, and labels with `Review` as a word
  of their name in `project.config`), not by a tool's tag, and not a vote written once more with a new patch set.
- Approver: the account of each approval. Accounts are numbers here and addresses in the product, so that each account
  must have one address throughout: the one most often found beside its own updates.
- First response: the first comment or vote on a review label by an account that is no machine and no author of the
  change, not before its opening. First review: the same without comments on the change as a whole. No wait is
  computed from migrated times.
"""

import collections
import re

import machines
import notelog
import reviewnotes
from program import evidence, seconds, standing

RULES = {
    "joined with a request": "the change was also a pull request, whose last head is one revision more",
    "deleted patch set": "a patch set was deleted and its number used again; the product counts what was pushed",
    "landed past the review": "the log does not say merged, and a commit of the branch has the change's `Change-Id`",
    "co-author by number": "the account that answered first is nowhere seen with an address; the product knows it for "
                           "one of the change's co-authors, and takes the next answer",
}


def applies(git):
    return any(re.fullmatch(r"refs/changes/\d\d/\d+/meta", ref) for ref in git.refs)


class Labels:
    """The highest and lowest vote of each review label."""

    def __init__(self, git):
        self.ranges = {"Code-Review": (-2, 2)}
        text = git.run("cat-file", "blob", "refs/meta/config:project.config", check=False).decode("utf-8", "replace")
        label, values = None, collections.defaultdict(list)
        for line in text.splitlines():
            heading = re.match(r"\s*\[(.*)", line)
            if heading:
                found = re.match(r'label "([^"]*)"', heading[1])
                label = found[1] if found else None
            value = re.match(r'\s*value\s*=\s*"?([+-]?\d{1,4})', line)
            if label and value and "Review" in label.split("-"):
                values[label].append(int(value[1]))
        self.ranges.update({k: (min(v), max(v)) for k, v in values.items() if min(v) < max(v)})

    def review(self, label):
        return label in self.ranges

    def full(self, label, value):
        return label in self.ranges and value >= self.ranges[label][1] > 0


class Story:
    """The approvals and answers of one change."""

    def __init__(self, change, labels):
        self.approvals, self.answers = [], []
        standing_votes = {}
        comments = collections.defaultdict(list)
        for comment in change.comments:
            comments[comment.update.id].append(comment)
        for update in change.updates:
            self.take_votes(update, standing_votes, labels)
            self.take_comments(update, comments[update.id])

    def take_votes(self, update, standing_votes, labels):
        for label, value, voter in update.votes:
            before = standing_votes.get((label, voter))
            if label == "SUBM":
                continue
            if not value:
                if value is None or before and before[1] == update.patch_set:
                    standing_votes.pop((label, voter), None)
                continue
            standing_votes[(label, voter)] = (value, update.patch_set)
            carried = update.upload and before and before[0] == value and before[1] != update.patch_set
            if carried or update.by_tool or not labels.review(label):
                continue
            self.answers.append((update, voter, True))
            if labels.full(label, value):
                self.approvals.append((update, voter))
        for label, value, voter in update.copied:
            if value:
                standing_votes[(label, voter)] = (value, update.patch_set)
        for person in update.removed:
            for key in [key for key in standing_votes if key[1] == person]:
                standing_votes.pop(key)

    def take_comments(self, update, comments):
        written = [c for c in comments if not c.by_tool]
        actor = update.real or update.actor
        own = [c for c in written if c.author in (actor, update.actor)]
        message = update.own_text or update.states_votes and not update.votes
        if not update.automatic and actor and (message or any(c.author == actor for c in written)):
            self.answers.append((update, actor, any(c.on_code for c in own)))
        else:
            own = [] if update.automatic else own
        others = [c for c in written if update.automatic or c not in own]
        for author in sorted({c.author for c in others if c.author}):
            self.answers.append((update, author, any(c.on_code for c in others if c.author == author)))


def compare(name, git, told, table):
    changes, labels = notelog.read(git), Labels(git)
    robots, moved = machines.machines(changes, labels.full), machines.migrated(changes)
    stories = {number: Story(change, labels) for number, change in changes.items()}
    totals(name, changes, robots, told, table)
    facts = {key: table.fact(name, "NoteDb", title) for key, title in (
        ("state", "state"), ("opened", "opening, second"), ("landed", "landing, second"), ("sets", "patch sets"),
        ("approvals", "approvals of a change, each with its update and second"), ("people", "approvers of a change"),
        ("response", "first response, seconds waited, machines out"),
        ("review", "first review, seconds waited, machines out"))}
    keys = addresses(told, changes, stories)
    notes = reviewnotes.read(git)
    for number, change in sorted(changes.items()):
        item = told.by_name.get(f"change/{number}")
        if not item:
            facts["state"].check(number, change.status, None)
            continue
        one(git, change, item, facts, moved, notes.get(number))
        approvals(number, stories[number], item, facts, keys)
        for kind, title in (("response", "firstResponse"), ("review", "firstReview")):
            waits = answers(change, stories[number], item, robots, moved, keys, kind == "review")
            waited = item[title]["waitSeconds"] if item[title] else None
            first = next((wait for wait, _ in waits), None)
            facts[kind].check(number, first, waited, lambda: unnamed(item, waits, waited, keys))


def totals(name, changes, robots, told, table):
    fact, counts = table.fact(name, "NoteDb", "totals"), told.counts("gerrit", "refs/changes/*/*/meta")
    updates = [u for c in changes.values() for u in c.updates]
    fact.check("changes", len(changes), counts.get("changes"))
    fact.check("patch sets", sum(bool(u.upload) for u in updates), counts.get("patch-sets"))
    fact.check("votes", sum(1 for u in updates for v in u.votes if v[1] and v[0] != "SUBM"), counts.get("votes"))
    fact.check("comments", sum(len(c.comments) for c in changes.values()), counts.get("inline-comments"))
    fact.check("machines", len(robots), counts.get("machine-accounts"))
    for status, count in collections.Counter(c.status for c in changes.values()).items():
        fact.check(status, count, counts.get(status))


def one(git, change, item, facts, moved, note):
    number, first, merge = change.number, change.updates[0], change.merge
    facts["state"].check(number, change.status, next(iter(standing(item, "gerrit")), None))
    exact = change.whole and first.id not in moved
    facts["opened"].check(number, first.time if exact else None, seconds(item["opened"]["at"]))
    facts["sets"].check(number, len(change.patch_sets), item["revisions"], lambda: other_sets(change, item))
    if merge or item["landed"]:
        times = [merge.time] if merge and merge.id not in moved else []
        times += [note.submitted] if merge and note and note.submitted else []
        landed = item["landed"] or {}

        def why():
            commit = git.history.get(landed.get("commit"))
            past = not merge and commit and change.change_id and change.change_id in commit.message
            return "landed past the review" if past else None
        if merge and not times:
            times = [note.landed] if note and note.landed else []
        facts["landed"].check(number, min(times, default=None), seconds(landed.get("at")), why)


def other_sets(change, item):
    if any(name.startswith("pr/") for name in [item["id"], *item["aliases"]]):
        return "joined with a request"
    brought = {update.upload for update in change.updates if update.upload}
    return "deleted patch set" if len(brought) == item["revisions"] else None


def approvals(number, story, item, facts, keys):
    mine = collections.Counter((u.id, u.time) for u, _ in story.approvals)
    theirs = collections.Counter()
    for row in item["approvals"]:
        place, object_id = evidence(row["evidence"])
        if place.endswith("/meta"):
            theirs[object_id] += 1
    if not mine and not theirs:
        return
    facts["approvals"].check(number, sorted((i, n) for (i, _), n in mine.items()), sorted(theirs.items()))
    people = {keys.get(who, who) for _, who in story.approvals}
    named = {row["by"] for row in item["approvals"] if evidence(row["evidence"])[0].endswith("/meta")}
    facts["people"].check(number, people, named)


def addresses(told, changes, stories):
    """Account to the name that the product has for it most often."""
    by_update = {u.id: u for c in changes.values() for u in c.updates}
    found = collections.defaultdict(collections.Counter)
    for number, change in changes.items():
        item = told.by_name.get(f"change/{number}")
        if not item:
            continue
        if change.owner:
            found[change.owner][item["author"]["person"]] += 1
        votes = collections.defaultdict(list)
        for update, voter in stories[number].approvals:
            votes[update.id].append(voter)
        for row in item["approvals"]:
            voters = votes.get(evidence(row["evidence"])[1], [])
            if len(voters) == 1:
                found[voters[0]][row["by"]] += 1
        for kind in ("firstResponse", "firstReview"):
            update = by_update.get(evidence(item[kind]["evidence"])[1]) if item[kind] else None
            if update and update.actor:
                found[update.real or update.actor][item[kind]["by"]] += 1
    return {who: names.most_common(1)[0][0] for who, names in found.items()}


def answers(change, story, item, robots, moved, keys, on_code):
    """(seconds from the opening, account) of all answers by others; no seconds where a time is not exact."""
    opened, waits = change.updates[0], []
    authors = {item["author"]["person"], *item["coauthors"]}
    for update, who, code in sorted(story.answers, key=lambda a: a[0].time):
        if who is None or who == change.owner or who in robots or keys.get(who) in authors or on_code and not code:
            continue
        if update.time < opened.time and opened.id not in moved:
            continue
        exact = change.whole and opened.id not in moved and update.id not in moved
        waits.append((max(0, update.time - opened.time) if exact else None, who))
    return waits


def unnamed(item, waits, waited, keys):
    """An answer before the product's own came from somebody whose address nothing here tells."""
    rest = list(waits)
    while rest and rest[0][0] != waited and rest[0][1] not in keys and item["coauthors"]:
        skipped = rest[0][1]
        rest = [wait for wait in rest if wait[1] != skipped]
    return "co-author by number" if next((w for w, _ in rest), None) == waited else None
