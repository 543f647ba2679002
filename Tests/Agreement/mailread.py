"""Mails of a public-inbox archive (version 2: one mail at path `m` in each commit).

Rules:
- The Message-ID is the first `<…>` of its header; of several mails with one id the first counts.
- *Subject*: answers begin with `Re:` and its like; groups in brackets follow, with words in any order: `PATCH`, `RFC`,
  `v3`, `n/m`, `RESEND`. A posting has `PATCH`, or `RFC` with `n/m` or a diff; a pull request is none.
- *Time*: the newest `Received:` stamp, where it is at most ten minutes later than the archive's commit and at most a day
  before `Date:`; else the commit's time, where it is at most two hours after `Date:`; else `Date:`.
- *Sender*: `From:`; where a list put itself there (`via`), `X-Original-From:` or `Reply-To:`.
- *Approval*: an unquoted line `Reviewed-by:`, `Acked-by:` or their like with the sender's own address, in an answer; a
  `+suffix` and one more level of the domain do not count. Reading ends at the signature.
"""

import email
import email.header
import email.utils
import re

REPLY = re.compile(r"\s*(?:re|aw|sv|vs|antw|fwd|fw)(?:\[\d+\])? *:", re.I)
TAG = re.compile(r"\s*(review(?:e?d)?-by|approved-by|ack(?:ed)?-by|acked-and-reviewed-by):\s*(.*)$", re.I)
ID = re.compile(r"<\s*([^<>\s]+)\s*>")


def decoded(text):
    try:
        return re.sub(r"\s+", " ", str(email.header.make_header(email.header.decode_header(text or "")))).strip()
    except (ValueError, LookupError, UnicodeError):
        return re.sub(r"\s+", " ", str(text or "")).strip()


def timestamp(text):
    try:
        return int(email.utils.parsedate_to_datetime(str(text)).timestamp())
    except (ValueError, TypeError, OverflowError):
        return None


class Subject:
    def __init__(self, text):
        self.reply = self.patch = self.draft = self.pull = self.resend = False
        self.picked = self.release = False
        self.version, self.part, self.total = 1, None, None
        while True:
            found = REPLY.match(text)
            group = re.match(r"\s*\[((?:[^\[\]]|\[[^\]]*\])*)\]", text)
            if found and not self.patch:
                self.reply, text = True, text[found.end():]
            elif group:
                self.group(group[1])
                text = text[group.end():]
            else:
                break
        self.title = " ".join(re.findall(r"[0-9a-z_\u0080-\U0010ffff]+", text.lower()))

    def group(self, text):
        spoken = re.search(r"(?<!\d)(\d{1,4}) of (\d{1,4})(?!\d)", text)
        for word in re.split(r"[\s,\[\]]+", text):
            number = re.fullmatch(r"(\d{1,4})/(\d{1,4})", word)
            if number:
                self.set_part(number)
                continue
            pieces = re.split("[/:]", word)
            pieces += [w for p in pieces if "patch" in p.lower().split("-") and "-" in p for w in p.split("-")]
            for piece in pieces:
                self.plain(piece.lower())
        if spoken:
            self.set_part(spoken)

    def set_part(self, found):
        if self.part is None and int(found[1]) <= int(found[2]):
            self.part, self.total = int(found[1]), int(found[2])

    def key(self):
        return self.title, self.version, self.part, self.total

    def plain(self, word):
        version = re.match(r"(patch|rfc|)v(\d{1,4})", word)
        self.patch = self.patch or word in ("patch", "patches") or bool(version and version[1] == "patch")
        self.draft = self.draft or word in ("rfc", "rft") or bool(version and version[1] == "rfc")
        self.resend = self.resend or word in ("resend", "re-send", "resent", "repost", "re-post")
        self.pull = self.pull or word == "pull"
        self.picked = self.picked or word == "autosel"
        self.release = self.release or bool(re.fullmatch(r"(linux-)?\d{1,4}(\.\d{1,4}){1,3}(\.y|-stable)?", word))
        if version:
            self.version = int(version[2])


class Mail:
    def __init__(self, commit, data):
        message = email.message_from_bytes(data)
        found = ID.search(str(message.get("Message-ID") or ""))
        self.id, self.commit = found[1] if found else None, commit.id
        self.subject = Subject(decoded(message.get("Subject")))
        self.sender_name, self.sender = sender(message)
        self.time = when(message, commit)
        self.parents = ID.findall(str(message.get("In-Reply-To") or ""))[:1]
        self.parents += ID.findall(str(message.get("References") or ""))[::-1]
        self.automatic = str(message.get("Auto-Submitted") or "").lower().startswith("auto-generated")
        text = body(message)
        s = self.subject
        self.posting = not s.reply and not s.pull and (
            s.patch or s.draft and (s.part is not None or "\ndiff --git " in text or "\n--- " in text))
        self.change_id = re.search(r"^change-id: (\S+)", text, re.M) if self.posting else None
        self.author = re.match(r"\s*From: *(.*)\n", text) if self.posting else None
        self.author = email.utils.parseaddr(self.author[1])[1].lower() if self.author else None
        self.upstream = bool(re.search(r"commit [0-9a-f]{12,40} upstream|upstream commit [0-9a-f]{12,40}", text, re.I))
        self.links = ID.findall(" ".join(re.findall(r"^.*\bv\d+\b.*$", text, re.M))) if self.posting else []
        self.links += [w for w in re.findall(r"^.*\bv\d+\b.*https?://\S*/([^/\s]+@[^/\s]+)", text, re.M)]
        self.own_text, self.on_code, self.approvals, self.refuses = (
            (False, False, [], False) if self.posting else answer(text, self.sender))


def when(message, commit):
    sent = timestamp(message.get("Date"))
    stamp = message.get_all("Received") or [""]
    received = timestamp(str(stamp[0]).rsplit(";", 1)[-1].strip()) if ";" in str(stamp[0]) else None
    committed = commit.committer.time
    earliest = (sent if sent is not None else committed) - 86400
    if received is not None and earliest <= received <= min(committed + 600, earliest + 400 * 86400):
        return min(received, committed)
    if sent is not None and 0 < sent < committed - 7200:
        return sent
    return committed


def sender(message):
    name, address = email.utils.parseaddr(decoded(message.get("From")))
    if "@" not in address:
        found = ID.search(str(message.get("From") or ""))
        address = found[1] if found else address
    if " via " in name.lower():
        for field in ("X-Original-From", "Reply-To", "X-Original-Sender"):
            other = email.utils.parseaddr(decoded(message.get(field)))
            if "@" in other[1] and "vger" not in other[1]:
                return other[0] or name, other[1].lower()
    return name, address.lower()


def body(message):
    parts = []
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            raw = part.get_payload(decode=True) or b""
            try:
                parts.append(raw.decode(part.get_content_charset() or "utf-8", "replace"))
            except LookupError:
                parts.append(raw.decode("utf-8", "replace"))
    return "\n".join(parts).replace("\r\n", "\n")


def same_address(one, other):
    (left, _, domain), (right, _, second) = one.lower().partition("@"), other.lower().partition("@")
    if left.split("+")[0] != right.split("+")[0]:
        return False
    shorter, longer = sorted((domain, second), key=len)
    return domain == second or longer.endswith("." + shorter) and longer.count(".") == shorter.count(".") + 1


def answer(text, who):
    """(own words, words on code, approvals by the sender's own address, a refusal)."""
    own = on_code = refuses = in_diff = quotes_code = False
    approvals, pending = [], []
    lines = text.split("\n")

    def settle():
        nonlocal own, on_code, refuses
        for line in pending:
            own = True
            on_code = on_code or quotes_code
            refuses = refuses or bool(re.match(r"\s*(nak|nack)(?![A-Za-z])", line, re.I))
        pending.clear()

    for number, line in enumerate(lines):
        if line in ("-- ", "--") or line.startswith(("-----Original Message", "-----BEGIN PGP SIGNATURE", "_" * 32)):
            break
        quoted = re.match(r" *> ?(.*)$", line)
        if quoted:
            if pending and pending[-1].rstrip().endswith(":"):
                pending.clear()
            settle()
            in_diff = (in_diff or quoted[1].startswith(("diff --git ", "@@ ", "+++ "))) and quoted[1] not in ("-- ", "--")
            if quoted[1].strip():
                quotes_code = in_diff or bool(re.match(r"[+-](?![- ])", quoted[1]))
            continue
        tag = TAG.match(line) or re.match(r"\s*(tested-by|nacked-by|na?c?k-by|rejected-by|reported-by):\s*(.*)$", line, re.I)
        if tag:
            value = tag[2] + (" " + lines[number + 1].strip() if "@" not in tag[2] and number + 1 < len(lines) else "")
            address = re.search(r"<([^<>]*@[^<>]*)", value) or re.search(r"(\S+@\S+)", value)
            if address:
                settle()
                if TAG.match(line) and same_address(address[1].strip(), who):
                    approvals.append(tag[1].lower())
                refuses = refuses or bool(re.match("na|rej", tag[1], re.I)) and same_address(address[1].strip(), who)
                continue
        if line.strip() and not line.startswith(("-----BEGIN PGP", "Hash: ")):
            if len(pending) >= 3:
                settle()
            pending.append(line)
    settle()
    return own, on_code, approvals, refuses


def read(git):
    """(mails by Message-ID in the order of the archive, number of duplicates)."""
    names = git.lines("rev-list", "--reverse", "--first-parent", "HEAD")
    commits = git.commits(names)
    blobs = {name: next((sub for _, path, sub in git.tree(data) if path == b"m"), None)
             for name, kind, data in git.objects(sorted({c.tree for c in commits.values()})) if kind == "tree"}
    held = [(commits[n], blobs.get(commits[n].tree)) for n in names if blobs.get(commits[n].tree)]
    mails, duplicates = {}, 0
    for (commit, _), (_, kind, data) in zip(held, git.objects([blob for _, blob in held])):
        mail = Mail(commit, data) if kind == "blob" else None
        if mail and mail.id:
            duplicates += mail.id in mails
            mails.setdefault(mail.id, mail)
    return mails, duplicates
