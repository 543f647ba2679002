"""Gerrit's logs (NoteDb): what each update of a change says, and when each comment became visible.

Rules, from Gerrit's own `ChangeNotesParser` and `CommentsUtil`:
- A change is one ref `refs/changes/NN/N/meta` with NN = N mod 100; its log is followed by first parents.
- Footers are the `Key: value` lines of a message's last paragraph; names match without regard to case. An update
  without exactly one `Patch-set` footer counts for nothing.
- An account is the number before the `@` of an address; what stands behind it is the server.
- Text is somebody's own unless it is a line that Gerrit writes (GENERATED), or `Patch Set N:` with votes and a
  number of comments and no more. An update that brings a patch set or a status holds no own text.
- A comment is visible from the first update on whose tree a note holds its `uuid`; comments that the newest tree no
  longer holds were deleted.
"""

import collections
import datetime
import json
import re

from gitread import EMPTY_TREE

FOOTER = re.compile(r"^([A-Za-z][A-Za-z0-9-]*):(?: (.*)|)$")
LABEL = re.compile(r"^([A-Za-z0-9-]+)=([+-]?\d+)(?:, [^ ]*)?(?: (.*))?$")
GENERATED = re.compile(
    r"Uploaded patch set |Published edit on patch set |Commit message was updated|Rebased|Cherry Picked|Abandoned|"
    r"Restored|Reverted|Created a revert|Change could not be |Change cannot be |Your change could not |"
    r"Your change requires |The change could not |The change requires |Project policy requires |"
    r"Unspecified merge failure|Change has been successfully |Removed the following |Removed reviewer |Removed cc |"
    r"Removed Code-Review|Removed Verified|Hashtag|Assignee |Set Ready For Review|Set Work In Progress|"
    r"This change is ready for review\.|Change destination moved |Patch Set .* was rebased|"
    r"Topic.*( removed| set to | changed from | updated from )")


def account(text):
    """The account in `Name <N@server>` or an address; None for the server itself."""
    found = re.search(r"(?:<|^)(\d+)@([^>]*)", text or "")
    return f"{found[1]}@{found[2]}" if found else None


class Update:
    """One commit of a log."""

    def __init__(self, commit):
        self.id, self.tree, self.time = commit.id, commit.tree, commit.author.time
        self.subject, self.actor = commit.subject, account(commit.author.email)
        self.actor = self.actor if re.match(r"\d+@", commit.author.email) else None
        self.patch_set = self.upload = self.status = self.tag = self.real = self.change_id = None
        self.votes, self.copied, self.removed, self.reviewers = [], [], [], []
        self.submits = self.deletes = self.final = False
        self.branch = None
        self.text, footers = split(commit.message)
        self.valid = self.read(footers)
        self.own_text, self.states_votes, self.written = self.judge_text()
        self.final = commit.message.startswith("Final NoteDb migration")

    def read(self, footers):
        sets = 0
        for key, value in footers:
            if key == "patch-set":
                sets += 1
                number = re.match(r"\d+", value)
                self.patch_set = int(number[0]) if number else 0
                self.deletes = "(DELETED)" in value.upper()
            elif key == "status":
                self.status = {"merged": "merged", "abandoned": "abandoned"}.get(value.lower(), "new")
            elif key == "commit":
                self.upload = value.strip()
            elif key == "tag":
                self.tag = value
            elif key == "branch":
                self.branch = value if value.startswith("refs/") else "refs/heads/" + value
            elif key == "change-id":
                self.change_id = value.strip()
            elif key == "submission-id":
                self.submits = True
            elif key == "real-user":
                self.real = account(value)
            elif key in ("label", "copied-label"):
                self.vote(key, value)
            elif key in ("reviewer", "cc"):
                self.reviewers.append(account(value) or value)
            elif key in ("removed", "removed-email"):
                self.removed.append(account(value) or value)
        return sets == 1

    def vote(self, key, value):
        if value.startswith("-"):
            name, _, who = value[1:].partition(" ")
            found = (name.rstrip(","), None, who)
        else:
            match = LABEL.match(value)
            if not match:
                return
            found = (match[1], int(match[2]), match[3])
        voter = account(found[2]) if found[2] else self.actor
        (self.votes if key == "label" else self.copied).append((found[0], found[1], voter))

    def judge_text(self):
        """(own text, a text that only states votes, the text without Gerrit's line)."""
        if not self.text or self.upload or self.status:
            return False, False, ""
        line, _, rest = self.text.partition("\n")
        stated = re.match(r"Patch [Ss]et \d+:(.*)", line.strip())
        if not stated:
            own = not GENERATED.match(line.strip())
            return own, False, self.text if own else ""
        if GENERATED.match(stated[1].strip()):
            return False, False, ""
        rest = re.sub(r"^\(\d+ (inline )?comments?\)[^\S\n]*(\n|$)", "", rest.strip()).strip()
        return bool(rest), not rest, rest

    @property
    def automatic(self):
        return (self.tag or "").startswith("autogenerated:")

    @property
    def by_tool(self):
        return self.automatic and not self.tag.startswith("autogenerated:gerrit:")


def split(message):
    """(text between the first and the last paragraph, footers with lower-case names)."""
    paragraphs = re.split(r"\n\n+", message.strip("\n"))
    if len(paragraphs) < 2:
        return "", []
    footers = []
    for line in paragraphs[-1].split("\n"):
        found = FOOTER.match(line)
        if found:
            footers.append([found[1].lower(), found[2] or ""])
        elif line[:1] == " " and footers:
            footers[-1][1] += line
    return "\n\n".join(paragraphs[1:-1]).strip(), footers


class Comment:
    def __init__(self, record, server, update):
        author = (record.get("author") or {}).get("id")
        self.author = f"{author}@{record.get('serverId') or server}" if author is not None else None
        key = record.get("key") or {}
        self.on_code = key.get("filename") != "/PATCHSET_LEVEL"
        self.tag = record.get("tag") or ""
        self.by_tool = self.tag.startswith("autogenerated:") and not self.tag.startswith("autogenerated:gerrit:")
        self.update = update
        self.written = None
        if str(record.get("writtenOn", "")).endswith("Z"):
            try:
                when = datetime.datetime.fromisoformat(record["writtenOn"][:19])
                self.written = int(when.replace(tzinfo=datetime.timezone.utc).timestamp())
            except ValueError:
                pass


class Change:
    def __init__(self, number, updates):
        self.number, self.updates, self.comments = number, updates, []
        self.whole = True

    @property
    def owner(self):
        return self.updates[0].actor

    @property
    def change_id(self):
        return next((u.change_id for u in self.updates if u.change_id), None)

    @property
    def status(self):
        return next((u.status for u in reversed(self.updates) if u.status), "new")

    @property
    def merge(self):
        if self.status != "merged":
            return None
        return next(u for u in reversed(self.updates) if u.status == "merged" or u.submits)

    @property
    def patch_sets(self):
        held = {}
        for update in self.updates:
            if update.deletes:
                held.pop(update.patch_set, None)
            if update.upload:
                held[update.patch_set] = update.upload
        return held


def read(git):
    """All changes with a log, by number."""
    tips = {}
    for ref, tip in git.under("refs/changes/").items():
        found = re.fullmatch(r"refs/changes/(\d\d)/(\d+)/meta", ref)
        if found and int(found[2]) % 100 == int(found[1]):
            tips[int(found[2])] = tip
    names = git.lines("rev-list", "--first-parent", "--stdin", given="\n".join(tips.values()).encode())
    parents, updates = {}, {}
    for commit in git.commits(names).values():
        parents[commit.id] = commit.parents[0] if commit.parents else None
        updates[commit.id] = Update(commit)
    changes = {}
    for number, tip in tips.items():
        log, name = [], tip
        while name in updates:
            log.append(updates[name])
            name = parents[name]
        log.reverse()
        if any(update.valid for update in log):
            changes[number] = Change(number, [update for update in log if update.valid])
            changes[number].whole = name is None and log[0].valid
            changes[number].log = log
    add_comments(git, changes)
    return changes


def add_comments(git, changes):
    """Reads the notes in the trees of the updates."""
    trees = {u.tree for c in changes.values() for u in c.log} - {EMPTY_TREE}
    held = expand(git, trees)
    blobs = {blob for notes in held.values() for several in notes.values() for blob in several}
    records = {}
    for name, kind, data in git.objects(sorted(blobs)):
        try:
            parsed = json.loads(data.decode("utf-8", "replace"))
            records[name] = [r for r in parsed.get("comments") or [] if isinstance(r, dict)]
        except (ValueError, AttributeError):
            records[name] = []
    for change in changes.values():
        server = (change.owner or "@").split("@")[1]
        shown, before = {}, None
        for update in change.log:
            if update.tree == before or update.tree == EMPTY_TREE:
                continue
            before = update.tree
            for several in held.get(update.tree, {}).values():
                for record in (r for blob in several for r in records.get(blob, [])):
                    shown.setdefault((record.get("key") or {}).get("uuid"), update)
        for several in held.get(change.log[-1].tree, {}).values():
            for record in (r for blob in several for r in records.get(blob, [])):
                change.comments.append(Comment(record, server, shown[(record.get("key") or {}).get("uuid")]))


def expand(git, trees):
    """Tree to {annotated object: [blobs]}, for note trees of any fan-out."""
    raw = {}
    pending = set(trees)
    while pending:
        found = {name: list(git.tree(data)) for name, kind, data in git.objects(sorted(pending)) if kind == "tree"}
        raw.update(found)
        pending = {sub for entries in found.values() for mode, _, sub in entries if mode == b"40000"} - raw.keys()

    def notes(tree, prefix, into):
        for mode, name, sub in raw.get(tree, []):
            path = prefix + name.decode("ascii", "replace")
            if mode == b"40000":
                notes(sub, path, into)
            elif re.fullmatch("[0-9a-f]{40}", path):
                into[path].append(sub)
        return into

    return {tree: notes(tree, "", collections.defaultdict(list)) for tree in trees}
