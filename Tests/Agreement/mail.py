"""Archives of mailing lists (public-inbox) against the product's series `mail/MESSAGE-ID`.

Rules, beside those of `mailread.py`:
- An answer belongs to the nearest posting above it, by `In-Reply-To:`, then `References:` from the last on; without any
  thread to the newest posting of the same subject within 180 days.
- A version is the postings of one sender with one version and one number of parts that answer each other or one mail, or
  came within an hour without any thread and no part twice.
- `AUTOSEL`, and a release in the brackets with `commit … upstream.` in the text, are re-posts and no series.
- Versions belong together when they share a `change-id:`, or when the later one answers or links to the earlier one by
  the same sender, or has a title in common with it within two years; the later one has a higher version, is the first
  that is no draft, or says that it was sent again.
- A series is told by the first mail of its first version; it was opened by the first version that is no draft.
- First response: the first answer with words of its own, or an approval, by nobody who sent or wrote a part of it, not a
  machine, and not before the opening.
- Approval: an answer after which its sender, who wrote no part, has approved all patches of a version: by answers to the
  cover letter or to each of them. Trailers in the text of a posting are no answers.
"""

import collections
import re

import mailread
from program import evidence, seconds

RULES = {}
BOT = re.compile(r"(^|[._+-])(bot|robot|lkp|syzbot|no-?reply|noreply|bugzilla-daemon|patchwork-bot)([._+@-]|$)")


def applies(git):
    if "HEAD" not in git.refs and not any(ref.startswith("refs/heads/") for ref in git.refs):
        return False
    rows = git.lines("ls-tree", "HEAD", check=False)
    return len(rows) == 1 and rows[0].split("\t")[-1] in ("m", "d")


class Version:
    def __init__(self, mails):
        self.mails = sorted(mails, key=lambda m: (m.subject.part or 0 if m.subject.part is not None else 1, m.time))
        self.root = self.mails[0]
        self.time = min(m.time for m in mails)
        subject = self.root.subject
        self.number, self.draft, self.resend = subject.version, subject.draft, subject.resend
        self.titles = {m.subject.title for m in mails if len(m.subject.title) >= 4}
        self.senders = {m.sender for m in mails[:1]} | {m.author for m in mails[:1] if m.author}
        self.senders |= {m.sender_name.lower() for m in mails[:1] if " " in m.sender_name}
        self.authors = {m.sender for m in mails} | {m.author for m in mails if m.author}
        self.answers = []

    def may_follow(self, other):
        if self is other or other.time > self.time:
            return False
        if other.draft != self.draft:
            return other.draft
        return other.number < self.number or self.resend and other.number == self.number


def shape(mail):
    """What the mails of one version have in common; people by their full names."""
    who = mail.sender_name.lower() if " " in mail.sender_name else mail.sender
    return who, mail.subject.version, mail.subject.total, mail.subject.draft


def is_repost(mails):
    """Picked by a machine for a stable branch, or a review of one."""
    return any(m.subject.picked or m.subject.release and (
        m.upstream or m.subject.part == 0 and m.subject.title.endswith(" review")) for m in mails)


class Archive:
    def __init__(self, mails):
        self.mails = mails
        self.by_title = collections.defaultdict(list)
        for mail in sorted(mails.values(), key=lambda m: m.time):
            if mail.posting:
                self.by_title[mail.subject.title].append(mail)
        self.above = {mail.id: self.nearest(mail) for mail in mails.values()}
        self.versions = self.group()
        self.of = {mail.id: version for version in self.versions for mail in version.mails}
        self.series = self.join()
        for mail in mails.values():
            posting = self.above[mail.id]
            if not mail.posting and posting and posting.id in self.of:
                self.of[posting.id].answers.append((mail, posting))

    def nearest(self, mail):
        """The nearest posting above a mail."""
        seen, current = {mail.id}, mail
        while True:
            parent = next((self.mails[p] for p in current.parents if p in self.mails and p not in seen), None)
            if not parent:
                break
            if parent.posting:
                return parent
            seen.add(parent.id)
            current = parent
        if mail.posting or not mail.subject.reply:
            return None
        if any(p in self.mails for p in mail.parents) or not (mail.subject.patch or mail.subject.draft):
            return None
        older = [m for m in self.by_title[mail.subject.title] if 0 <= mail.time - m.time <= 180 * 86400
                 and m.subject.key() == mail.subject.key()]
        return older[-1] if older and mail.subject.title else None

    def group(self):
        """The versions, oldest first."""
        leader, siblings = {}, {}

        def root(name):
            while name in leader:
                name = leader[name]
            return name

        postings = sorted((m for m in self.mails.values() if m.posting), key=lambda m: m.time)
        for mail in postings:
            other = self.sibling(mail, siblings)
            if other and root(other) != root(mail.id):
                leader[root(mail.id)] = root(other)
        groups = collections.defaultdict(list)
        for mail in postings:
            groups[root(mail.id)].append(mail)
        return sorted((Version(mails) for mails in groups.values() if not is_repost(mails)), key=lambda v: v.time)

    def sibling(self, mail, siblings):
        """A mail of the same version; None for the first one."""
        subject = mail.subject
        parent = next((self.mails[p] for p in mail.parents if p in self.mails), None)
        if subject.total is None:
            return None
        if parent and parent.posting and shape(parent) == shape(mail):
            return parent.id
        if mail.parents:
            return siblings.setdefault((shape(mail), parent.id if parent else mail.parents[0]), mail.id)
        first, until, parts = siblings.get(shape(mail), (None, 0, set()))
        if mail.time > until or subject.part in parts:
            first, until, parts = mail.id, mail.time + 3600, set()
            siblings[shape(mail)] = (first, until, parts)
        parts.add(subject.part)
        return first

    def join(self):
        """Versions of one series together, oldest first."""
        leader = {id(v): v for v in self.versions}

        def root(version):
            while leader[id(version)] is not version:
                version = leader[id(version)]
            return version

        titles, changes = collections.defaultdict(list), {}
        for version in self.versions:
            for mail in version.mails:
                if mail.change_id:
                    self.unite(leader, root, changes.setdefault(mail.change_id[1], version), version)
            earlier = self.earlier(version, titles)
            if earlier:
                self.unite(leader, root, earlier, version)
            for title in version.titles:
                for who in version.senders:
                    titles[(who, title)].append(version)
        series = collections.defaultdict(list)
        for version in self.versions:
            series[id(root(version))].append(version)
        return list(series.values())

    @staticmethod
    def unite(leader, root, one, other):
        left, right = root(one), root(other)
        if left is not right:
            older, newer = sorted((left, right), key=lambda v: v.time)
            leader[id(newer)] = older

    def earlier(self, version, titles):
        above = self.above[version.root.id]
        linked = [self.mails[i] for i in version.root.links if i in self.mails]
        for mail in [above] + sorted(linked, key=lambda m: -m.time):
            found = self.of.get(mail.id) if mail else None
            if found and version.may_follow(found) and found.senders & version.senders:
                return found
        same = [v for title in version.titles for who in version.senders for v in titles[(who, title)]
                if version.time - v.time <= 730 * 86400 and version.may_follow(v)]
        return max(same, key=lambda v: v.time, default=None)


def compare(name, git, told, table):
    mails, duplicates = mailread.read(git)
    archive = Archive(mails)
    counts = told.counts("mail")
    fact = table.fact(name, "mail", "totals")
    fact.check("mails", len(mails), counts.get("records"))
    fact.check("duplicates", duplicates, counts.get("duplicates"))
    fact.check("versions", len(archive.versions), counts.get("versions"))
    fact.check("series", len(archive.series), counts.get("series"))
    known = table.fact(name, "mail", "series known")
    opened = table.fact(name, "mail", "opening, second")
    response = table.fact(name, "mail", "first response, seconds waited")
    approvals = table.fact(name, "mail", "approvals of a series, each with its mail")
    for series in archive.series:
        item = told.by_name.get("mail/" + series[0].root.id)
        known.check(series[0].root.id, True, item is not None)
        if item:
            one(archive, series, item, opened, response, approvals)


def one(archive, series, item, opened, response, approvals):
    key = series[0].root.id
    start = next((v for v in series if not v.draft), series[0]).time
    opened.check(key, start, seconds(item["opened"]["at"]))
    authors = {a for v in series for a in v.authors} | {item["author"]["person"], *item["coauthors"]}
    answers = sorted(((m, p, v) for v in series for m, p in v.answers), key=lambda a: a[0].time)
    heard = [m.time for m, _, _ in answers if m.sender not in authors and not m.automatic and m.time >= start
             and not BOT.search(m.sender) and (m.own_text or m.approvals or m.refuses)]
    response.check(key, heard[0] - start if heard else None, (item["firstResponse"] or {}).get("waitSeconds"))
    mine = approving(answers, authors)
    theirs = {evidence(row["evidence"])[1] for row in item["approvals"]
              if row["authority"] != "self"} - {mail.commit for mail in archive.mails.values() if mail.posting}
    if mine or theirs:
        approvals.check(key, mine, theirs)


def approving(answers, authors):
    """The archive's commits of the mails that make somebody's approval of a whole version."""
    covered, found = collections.defaultdict(set), set()
    for mail, posting, version in answers:
        if not mail.approvals or mail.sender in authors:
            continue
        parts = {1 if m.subject.part is None else m.subject.part for m in version.mails} - {0} or {1}
        part = 1 if posting.subject.part is None else posting.subject.part
        whole = len(version.mails) == 1 or part == 0
        covered[(mail.sender, id(version))] |= parts if whole else {part}
        if covered[(mail.sender, id(version))] >= parts:
            found.add(mail.commit)
    return found
