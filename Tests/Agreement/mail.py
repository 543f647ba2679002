"""Archives of mailing lists (public-inbox) against the product's series `mail/MESSAGE-ID`.

Rules, beside those of `mailread.py`:
- An answer belongs to the nearest posting above it, by `In-Reply-To:`, then `References:` from the last on, then to
  the newest posting of its title within 180 days.
- A version is the postings of one sender with one version and one number of parts that answer each other or one mail, or
  came within an hour without any thread; no part twice.
- Versions belong together when they share a `change-id:`, or when the later one answers or links to the earlier one by
  the same sender, or has a title in common with it within two years; the later one has a higher version, is the first
  that is no draft, or says that it was sent again.
- A series is told by the first mail of its first version; it was opened by the first version that is no draft.
- First response: the first answer with words of its own, or an approval, by nobody who sent or wrote a part of it, not a
  machine, and not before the opening.
- Approval: of a whole version, in an answer to its only patch or its cover letter, by nobody who wrote a part. Trailers in
  the text of a posting are no answers.
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
            if not mail.posting and posting:
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
        older = [m for m in self.by_title[mail.subject.title] if 0 <= mail.time - m.time <= 180 * 86400]
        return older[-1] if older and len(mail.subject.title) >= 4 else None

    def group(self):
        leader = {}

        def key(mail):
            return mail.sender, mail.subject.version, mail.subject.total, mail.subject.draft

        siblings, held = {}, collections.defaultdict(set)

        def root(name):
            while name in leader:
                name = leader[name]
            return name

        for mail in sorted((m for m in self.mails.values() if m.posting), key=lambda m: m.time):
            first = self.sibling(mail, key, siblings)
            if first and first != mail.id and mail.subject.part not in held[root(first)] and root(first) != mail.id:
                leader[mail.id] = root(first)
            held[root(mail.id)].add(mail.subject.part)
        groups = collections.defaultdict(list)
        for mail in (m for m in self.mails.values() if m.posting):
            groups[root(mail.id)].append(mail)
        return sorted((Version(mails) for mails in groups.values()), key=lambda v: v.time)

    def sibling(self, mail, key, siblings):
        """A mail of the same version that was posted before; None for the first."""
        subject, parent = mail.subject, self.above[mail.id]
        if subject.part is None:
            return None
        if parent and key(parent) == key(mail):
            return parent.id
        if not subject.total or subject.total < 2:
            return None
        place = (key(mail), mail.parents[0] if mail.parents else None)
        first = siblings.get(place)
        if first is None or not mail.parents and (
                abs(self.mails[first].time - mail.time) > 3600 or subject.part in siblings[(place, "parts")]):
            siblings[place], siblings[(place, "parts")] = mail.id, {subject.part}
            return None
        siblings[(place, "parts")].add(subject.part)
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
    mine = {m.commit for m, p, v in answers if m.approvals and m.sender not in authors
            and (len(v.mails) == 1 or p.subject.part == 0)}
    theirs = {evidence(row["evidence"])[1] for row in item["approvals"]
              if row["authority"] != "self"} - {mail.commit for mail in archive.mails.values() if mail.posting}
    if mine or theirs:
        approvals.check(key, mine, theirs)
