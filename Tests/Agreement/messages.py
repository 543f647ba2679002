"""Names and approvers in commit messages against the product's contributions.

Rules, beside those of `names.py` and `people.py`:
- A number of Gerrit counts on the host that most commits name; without one the `Change-Id` is the name. Of several
  commits with one name the oldest has it; what came inside a request's merge is that request. Revisions of Phabricator and linked requests may be several commits.
- The commits of the branch are judged: those with at most one parent, and merges that name a request or change.
- Approvers are compared for one contribution at a time, because the product tells a person once for all its commits: the
  commits that the product gives as evidence for it, the one that landed it, and those that name the same request.
- Addresses are compared after the repository's own mailmap, as `git check-mailmap` applies it, letters without case. A
  bare login is the same as an address with that login before its `@` or in a forge's private form, or as the
  canonical address of somebody who wrote or committed under such an address.
"""

import collections
import re

import names
import people
from program import evidence

RULES = {
    "merge of no request": "the number in the merge's subject is another repository's, or the bot's merge was made anew: "
                           "the request of this number landed with another commit, or its head is not in the merge",
    "logged by Gerrit": "the server's own record of the change says more than the footers, and is told instead",
}


def applies(git):
    return bool(git.history)


class Reading:
    """What each commit of the branch says."""

    def __init__(self, git):
        self.git, self.commits = git, git.history
        # Oldest first, as the product reads: parents before children.
        order = git.lines("rev-list", "--reverse", "--topo-order", "HEAD", "--")
        self.order = [name for name in order if name in self.commits]
        blocks = git.run("log", "-z", "--format=%H%n%(trailers)", "HEAD", "--").decode("utf-8", "replace").split("\0")
        self.blocks = {block[:40]: block[41:] for block in blocks if len(block) > 40}
        self.footers = {name: names.Footers(self.commits[name].message) for name in self.order}
        self.markers = {name: names.marker(self.commits[name]) for name in self.order}
        self.own, self.around = set(git.own_line()), {}
        self.bringing_requests = {git.bringer[name] for name in self.order
                                  if self.markers[name] and len(self.commits[name].parents) > 1}
        self.host = common(f.host for f in self.footers.values())

    def approvers(self, name):
        commit, footers = self.commits[name], self.footers[name]
        found = list(people.approvers(commit, self.blocks.get(name, ""), footers.revision is not None))
        marker = self.markers[name]
        if marker and len(commit.parents) > 1 and marker.forge == "pr":
            found += people.acks(commit.message)
            bors = re.match(r"(?:Auto|Rollup) merge of #\d+.*, r=(\S+)", commit.subject)
            found += [("", login) for login in bors[1].split(",") if login and "<" not in login] if bors else []
            if re.match(r"Merge #\d", commit.subject):
                for line in re.finditer(r"^\d+: .* r=(\S+)", commit.message, re.M):
                    found += [("", login) for login in line[1].split(",") if login and "<" not in login]
        return found

    def request_around(self, commit):
        """The innermost merge of a request that brought the commit; None for what came by itself."""
        if commit not in self.around:
            brought_by = self.git.bringer[commit]
            path = self.git.lines(
                "rev-list", "--ancestry-path", "--merges", "--reverse", "--topo-order", f"{commit}..{brought_by}", "--",
            ) if brought_by in self.bringing_requests and commit != brought_by else []
            self.around[commit] = next((m for m in path if self.markers[m] and not self.git.contains(
                commit, self.commits[m].parents[0])), None)
        return self.around[commit]

    def gerrit_names(self):
        """(name, commit) of all changes that have one by their footers; the oldest commit has it."""
        taken, found, self.carriers = set(), [], collections.defaultdict(list)
        for name in self.order:
            footers = self.footers[name]
            key, second = footers.change_id and "change/I" + footers.change_id, False
            if key:
                second = key in taken
                taken.add(key)
            if footers.number is not None and footers.host == self.host:
                key, second = f"change/{footers.number}", f"change/{footers.number}" in taken
                taken.add(key)
            self.carriers[key].append(name)
            if key and not second:
                found.append((key, name))
        return found


def common(values):
    count = collections.Counter(value for value in values if value)
    return count.most_common(1)[0][0] if count else None


def compare(name, git, told, table):
    reading = Reading(git)
    gerrit = reading.gerrit_names()
    fact = table.fact(name, "messages", "changes by Gerrit's footers")
    has_server = any(ref.startswith("refs/changes/") for ref in git.refs)
    named = dict((commit, key) for key, commit in gerrit)
    for key, commit in gerrit:
        if key in told.by_name or not reading.request_around(commit):
            check_name(fact, key, commit, told, reading, has_server)
    fact = table.fact(name, "messages", "revisions of Phabricator")
    revisions = collections.defaultdict(list)
    for commit in reading.order:
        number = reading.footers[commit].revision
        if number is not None and len(reading.commits[commit].parents) < 2 and commit not in named:
            revisions[f"diff/D{number}"].append(commit)
    for key, commits in revisions.items():
        if not any(reading.markers[c] for c in commits):
            fact.check(key, True, key in told.by_name)
    compare_people(name, git, told, table, reading)


def check_name(fact, key, commit, told, reading, has_server):
    """The contribution is here; one whose commit is on the own line landed with that commit.

    The server's own refs know a change by its number, and its `Change-Id` may be that of several.
    """
    item = told.by_name.get(key)
    if has_server:
        landed = [i for c in reading.carriers[key] for i in told.by_commit.get(c, [])]
        known = [i for i in landed if any(n.startswith("change/") for n in names_of(i))]
        fact.check(key, True, bool(item or known))
        return
    landed = (item or {}).get("landed") or {}
    is_own = commit in reading.own
    fact.check(key, commit if is_own else True, landed.get("commit") if is_own else bool(item))


def names_of(item):
    return [item["id"], *item["aliases"]]


def compare_people(name, git, told, table, reading):
    by_commit = collections.defaultdict(set)
    item_of = {}
    for index, item in enumerate(told.items):
        for row in item["approvals"]:
            place, commit = evidence(row["evidence"])
            if place == "commit":
                by_commit[commit].add(row["by"])
                item_of.setdefault(commit, index)
        if item["landed"]:
            place, commit = evidence(item["landed"]["evidence"])
            item_of.setdefault(commit if place == "commit" else item["landed"]["commit"], index)
    mine = {c: reading.approvers(c) for c in reading.order if judged(reading, c)}
    logins = Logins(reading, mine)
    groups = group(reading, told, item_of, mine)
    fact = table.fact(name, "messages", "approvers of a contribution")
    for commits in groups:
        ours = {person for c in commits for person in mine.get(c, ())}
        theirs = {key.lower() for c in commits for key in by_commit.get(c, ())}
        left, right = logins.unmatched(ours, theirs)
        fact.check(commits[0], left, right, lambda: why(reading, told, item_of, commits, left, right))


class Logins:
    """Compares people who are named by address, login or name."""

    def __init__(self, reading, mine):
        named = {(n, a) for found in mine.values() for n, a in found if "@" in a}
        wrote = {(p.name, p.email) for c in reading.commits.values() for p in (c.author, c.committer) if "@" in p.email}
        self.canonical = reading.git.canonical(named | wrote)
        self.people = collections.defaultdict(set)
        for (_, address), key in self.canonical.items():
            self.people[login(address)].add(private(key))

    def unmatched(self, ours, theirs):
        """What is left on either side."""
        left, right = set(), set(theirs)
        for name, address in sorted(ours, key=lambda p: "@" not in p[1]):
            key = private(self.canonical.get((name, address), address or name).lower())
            same = {key}
            if "@" not in key or "@users.noreply." in key:
                same |= self.people.get(login(key), set()) | {t for t in theirs if login(t) == login(key)}
            hit = same & theirs
            if hit:
                right -= hit
            else:
                left.add(key)
        return left, right


def login(address):
    """What stands before the `@`, without the number of GitHub's private form."""
    return re.sub(r"^\d+\+", "", address.lower().rsplit("@", 1)[0])


def private(address):
    return re.sub(r"^\d+\+(?=.*@users\.noreply\.)", "", address)


def why(reading, told, item_of, commits, left, right):
    items = [told.items[item_of[c]] for c in commits if c in item_of]
    if right:
        return None
    if any("gerrit" in item["sources"] for item in items):
        return "logged by Gerrit"
    if not items and len(commits) == 1 and len(reading.commits[commits[0]].parents) > 1:
        marker = reading.markers[commits[0]]
        return "merge of no request" if marker and all(
            is_foreign(reading.git, told, marker.forge, number, commits[0]) for number in marker.numbers) else None
    return None


def is_foreign(git, told, forge, number, merge):
    """The request of this number landed with another commit, or the merge does not contain its head."""
    landed = told.by_name.get(f"{forge}/{number}", {}).get("landed")
    head = git.refs.get(f"refs/pull/{number}/head" if forge == "pr" else f"refs/merge-requests/{number}/head")
    return bool(landed) and landed["commit"] != merge or bool(head) and not git.contains(head, merge)


def judged(reading, commit):
    footers = reading.footers[commit]
    return (len(reading.commits[commit].parents) < 2 or reading.markers[commit] or footers.change_id
            or footers.number is not None)


def group(reading, told, item_of, mine):
    """Commits of one contribution together, each commit once."""
    index = {id(item): place for place, item in enumerate(told.items)}
    groups = collections.defaultdict(list)
    for commit in mine:
        footers, marker = reading.footers[commit], reading.markers[commit]
        request = f"pr/{footers.link}" if footers.link is not None else f"diff/D{footers.revision}"
        if marker and marker.forge == "mr" and commit not in item_of:
            request = f"mr/{marker.numbers[0]}"
        if commit in item_of:
            key = item_of[commit]
        elif mine[commit] and len(reading.commits[commit].parents) < 2 and reading.request_around(commit):
            key = item_of.get(reading.request_around(commit), commit)
        else:
            key = index.get(id(told.by_name.get(request)), commit)
        groups[key].append(commit)
    return list(groups.values())
