"""Heads of requests (`refs/pull/N/head`, `refs/merge-requests/N/head`) against the product's classes and landings.

Rules, in this order; *contains* means that the head is another parent of a merge, or an ancestor of one:
- *merge-commit*: a forge's merge on the own line (first parents) names the number and contains the head;
  *merge-nested*: the same elsewhere; *named-merge*: a merge by a bot, queue or script does. *squash*: a single commit of
  the own line ends in `(#N)`. For GitLab a merge with a `See merge request` line is a merge-commit.
- *ancestor*: the branch holds the head. *rebased*: a commit of the branch has its author address, author time and
  subject. *same-patch*: a commit of the branch that belongs to no request, by the author's address, committed between
  the head's author time and 60 days after its last push, changes the same paths and has the same patch id
  (`git patch-id --stable`; of binary files the same contents) as the head against the newest commit of the branch on
  its first-parent line. *other-branch*: another branch holds it. *mentioned*: `PR-URL: …/pull/N`,
  `GitHub-Pull-Request: …#N`, `Closes #N` or `Fixes #N` stands in a message. Else *not-found-in-history*.
- *named-not-verified*: a message names it without containing it. For GitLab any line of this project does, before
  *rebased*; for GitHub a merge that brought a commit with the author address and time of one of the head's, after it.
- A squash that says `Pull Request resolved:` of another repository than most do names none of this one.
- Where GitLab's lines outnumber GitHub's merges, a bare `(#N)` is an issue unless GitHub committed it.
- A landing by a merge or squash that names the number is that commit's, at its committer's second; where a review
  system recorded the landing (gittuf), its second is compared there.
"""

import collections
import re

import names
from program import seconds, standing

RULES = {
    "third of its kind": "the product compares the patches of the two oldest commits by the author with the same paths; "
                         "the same patch is a later one",
    "number used twice": "two commits name the number; the product takes another one",
}
UNPLACED = ("other-branch", "mentioned", "not-found-in-history")
KINDS = {"pr": "refs/pull/", "mr": "refs/merge-requests/"}
MENTION = re.compile(r"(?:PR-URL:\s*\S*/pull/|GitHub-Pull-Request:\s*\S*#|\b(?:Close[sd]?|Fix(?:es)?) #)(\d+)")


def applies(git):
    return any(re.fullmatch(r"refs/(pull|merge-requests)/\d+/head", ref) for ref in git.refs)


class Line:
    """The branch and what its messages say of requests."""

    def __init__(self, git, repository):
        self.git, self.commits = git, git.history
        self.own = set(git.own_line())
        self.named, self.believed = collections.defaultdict(list), set()
        self.mentioned = set()
        self.keys = collections.defaultdict(list)
        self.is_gitlab = False
        self.project = repository.split("/")[-1].lower()
        export = {c.id: re.findall(r"Pull Request resolved: \S+?//[^/]+/\S*?([^/\s]+)/pull/\d+", c.message)
                  for c in self.commits.values() if "Pull Request resolved: " in c.message}
        home = collections.Counter(p[-1].lower() for p in export.values() if p).most_common(1)
        for commit in self.commits.values():
            marker = names.marker(commit)
            if export.get(commit.id) and export[commit.id][-1].lower() != home[0][0]:
                marker = None
            if marker:
                self.believed.add(commit.id)
                for number in marker.numbers:
                    self.named[(marker.forge, number)].append((commit, marker))
            self.mentioned.update(int(n) for n in MENTION.findall(commit.message))
            self.keys[(commit.author.email.lower(), commit.author.time, commit.subject)].append(commit)

        lines = sum(len(found) for (forge, _), found in self.named.items() if forge == "mr")
        merges = sum(c.subject.startswith("Merge pull request #") for (forge, _), found in self.named.items()
                     if forge == "pr" for c, _ in found)
        self.is_gitlab = lines > merges
        self.has_merges = any(len(c.parents) > 1 for found in self.named.values() for c, _ in found)

    def is_named(self, commit):
        """The commit belongs to a request by its own message, or by that of a merge that brought it."""
        merges = [] if commit.id in self.own or not self.has_merges else self.git.lines(
            "rev-list", "--ancestry-path", "--merges", f"{commit.id}..{self.git.bringer[commit.id]}", "--")
        around = (self.commits[m] for m in merges if m in self.believed)
        return commit.id in self.believed or any(self.under(commit.id, merge) and not self.git.contains(
            commit.id, merge.parents[0]) for merge in around)

    def under(self, head, merge):
        if head not in self.commits:
            return False
        others = merge.parents[1:]
        return head in others or any(self.git.contains(head, parent) for parent in others)

    def naming(self, forge, number):
        """Commits that name a request of this repository."""
        return [(c, m) for c, m in self.named[(forge, number)]
                if forge != "mr" or not m.project or m.project == self.project]


def by_name(line, forge, number, head):
    """(class, commit) of a head that a message names, or None."""
    found = line.naming(forge, number)
    merges = sorted((c for c, m in found if len(c.parents) > 1), key=lambda c: c.committer.time)
    holding = [c for c in merges if line.under(head, c)]
    button = [c for c in holding if forge == "mr" or re.match(r"Merge pull request ", c.subject)]
    for kind, choice in (("merge-commit", [c for c in button if c.id in line.own]),
                         ("merge-nested", [c for c in button if c.id not in line.own]),
                         ("named-merge", holding)):
        if choice:
            return kind, choice[0]
    if forge == "pr":
        squashes = [c for c, m in found if len(c.parents) < 2 and c.id in line.own
                    and (not line.is_gitlab or c.committer.email == "noreply@github.com")]
        if squashes:
            return "squash", min(squashes, key=lambda c: c.committer.time)
    return None


def classify(line, forge, number, head, tip, elsewhere):
    named = by_name(line, forge, number, head)
    if named:
        return named
    if head in line.commits:
        return "ancestor", None
    if forge == "mr" and line.naming(forge, number):
        return "named-not-verified", None
    if tip and line.keys.get((tip.author.email.lower(), tip.author.time, tip.subject)):
        return "rebased", None
    if forge == "pr" and reworded(line, number, head):
        return "named-not-verified", None
    if head in elsewhere:
        return "other-branch", None
    if forge == "pr" and number in line.mentioned:
        return "mentioned", None
    return "not-found-in-history", None


def compare(name, git, told, table):
    line = Line(git, name)
    branches = [tip for ref, tip in git.refs.items() if ref.startswith("refs/heads/")]
    elsewhere = set(git.lines("rev-list", "--stdin", "--not", "HEAD", given="\n".join(branches).encode(), check=False))
    heads = {}
    for forge, prefix in KINDS.items():
        for ref, tip in git.under(prefix).items():
            found = re.fullmatch(prefix + r"(\d+)/head", ref)
            if found:
                heads[(forge, int(found[1]))] = tip
    tips = git.commits(sorted(set(heads.values())))
    fact = table.fact(name, "heads", "how a head is found again")
    landed = table.fact(name, "heads", "landing by name, commit and second")
    classes = {key: classify(line, *key, head, tips.get(head), elsewhere) for key, head in heads.items()}
    unplaced = {heads[key] for key, (kind, _) in classes.items() if kind in UNPLACED and heads[key] in tips}
    same = same_patch(git, line, {head: tips[head] for head in unplaced})
    for (forge, number), (mine, commit) in sorted(classes.items()):
        item = told.by_name.get(f"{forge}/{number}") or {"standings": []}
        place = same.get(heads[(forge, number)]) if mine in UNPLACED else None
        mine = mine if place is None else "same-patch"
        found = standing(item, "head")
        # A contribution of two sources has a word of each.
        theirs = mine if mine in found else next(iter(found), None)
        fact.check(f"{forge}/{number}", mine, theirs,
                   lambda: "third of its kind" if place is not None and place > 1 else None)
        if commit:
            where = item.get("landed") or {}
            second = commit.committer.time if where.get("grade") != "recorded" else seconds(where["at"])
            landed.check(f"{forge}/{number}", (commit.id, second), (where.get("commit"), seconds(where.get("at"))),
                         lambda: twice(line, forge, number))


def reworded(line, number, head):
    """A merge that names the request, or GitHub's squash off the own line, has a commit by one of the head's authors."""
    found = [c for c, _ in line.naming("pr", number) if len(c.parents) > 1 or c.committer.email == "noreply@github.com"
             and c.id not in line.own and c.author.time == c.committer.time]
    if not found:
        return False
    written = set(line.git.lines("log", "--format=%ae %at", head, "--not", "HEAD", "--", check=False))
    brought = {row for c in found for row in line.git.lines(
        "log", "--format=%ae %at", c.id, *(["--not", c.parents[0]] if c.parents else []), "--")}
    squashes = {(c.subject.rsplit(" (#", 1)[0]) for c in found if len(c.parents) < 2}
    titles = set(line.git.lines("log", "--format=%s", head, "--not", "HEAD", "--", check=False))
    return bool(written & brought or squashes & titles)


def twice(line, forge, number):
    return "number used twice" if len(line.naming(forge, number)) > 1 else None


def same_patch(git, line, heads):
    """Head to the place of the commit that makes the same change, among those of its author with the same paths."""
    by_author = collections.defaultdict(list)
    wanted = {tip.author.email.lower() for tip in heads.values()}
    for commit in line.commits.values():
        if len(commit.parents) == 1 and commit.author.email.lower() in wanted:
            by_author[commit.author.email.lower()].append(commit)
    asked = {head: [c for c in by_author[tip.author.email.lower()] if tip.author.time <= c.committer.time
                    <= max(tip.author.time, tip.committer.time + 60 * 86400)] for head, tip in heads.items()}
    asked = {head: found for head, found in asked.items() if found}
    paths = changed_paths(git, {c.id for found in asked.values() for c in found})
    ahead = git.lines("rev-list", "--parents", "--stdin", given="\n".join([*asked, "^HEAD"]).encode())
    parent = {row.split()[0]: row.split()[1:2] for row in ahead}
    same = {}
    for head, candidates in asked.items():
        base = head
        while base in parent:
            base = next(iter(parent[base]), None)
        if not base:
            continue
        names_changed = git.run("diff-tree", "-r", "-z", "--name-only", "--no-renames", base, head, check=False)
        mine = frozenset(names_changed.split(b"\0")) - {b""}
        similar = [c for c in candidates if mine and paths.get(c.id) == mine]
        if similar:
            patch = patch_id(git, base, head)
            similar = sorted((c for c in similar if not line.is_named(c)), key=lambda c: c.committer.time)
            same[head] = next((place for place, c in enumerate(similar)
                               if patch and patch_id(git, c.parents[0], c.id) == patch), None)
    return same


def changed_paths(git, commits):
    """Commit to the set of paths that it changes."""
    rows = git.run("diff-tree", "--stdin", "-r", "-z", "--name-only", "--no-renames",
                   given="\n".join(sorted(commits)).encode() + b"\n").split(b"\0")
    found, current = {}, None
    for row in rows:
        text = row.decode("ascii", "replace")
        if text in commits:
            current = text
            found[current] = set()
        elif row and current:
            found[current].add(row)
    return {commit: frozenset(paths) for commit, paths in found.items()}


def patch_id(git, old, new):
    """By `git patch-id --stable`; of binary files, and of changes without lines, the contents themselves."""
    diff = git.run("diff-tree", "-p", "--no-renames", "--full-index", "--indent-heuristic", old, new, check=False)
    found = git.run("patch-id", "--stable", given=diff, check=False).split()
    return found[0] if found and b"\nBinary files " not in diff else diff or None
