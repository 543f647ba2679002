"""Git objects through the git command line, for the independent readers.

Rules: no configuration of the machine has a say; replacement objects are not followed; nothing is fetched. Text is
decoded as the commit's `encoding` header says, else as UTF-8, and bytes that fit neither become U+FFFD.
"""

import os
import re
import subprocess
import threading

ENVIRONMENT = dict(
    os.environ, GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL="/dev/null", GIT_NO_LAZY_FETCH="1",
    GIT_TERMINAL_PROMPT="0", GIT_NO_REPLACE_OBJECTS="1", LC_ALL="C.UTF-8")
IDENTITY = re.compile(r"^(.*?) ?<(.*)> ?(-?\d+)?")
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


class Person:
    """The author or committer of a commit: name, address, second."""

    __slots__ = ("name", "email", "time")

    def __init__(self, text):
        found = IDENTITY.match(text)
        self.name = found[1].strip() if found else text
        self.email = found[2] if found else ""
        self.time = int(found[3]) if found and found[3] else 0


class Commit:
    """A commit object, read from its bytes."""

    __slots__ = ("id", "tree", "parents", "author", "committer", "message")

    def __init__(self, name, data):
        head, _, message = data.partition(b"\n\n")
        self.id, self.tree, self.parents, encoding = name, None, [], "utf-8"
        self.author = self.committer = None
        for line in head.split(b"\n"):
            key, _, value = line.partition(b" ")
            if key == b"tree":
                self.tree = value.decode()
            elif key == b"parent":
                self.parents.append(value.decode())
            elif key == b"author" and not self.author:
                self.author = Person(value.decode("utf-8", "replace"))
            elif key == b"committer" and not self.committer:
                self.committer = Person(value.decode("utf-8", "replace"))
            elif key == b"encoding":
                encoding = value.decode("ascii", "replace")
        try:
            self.message = message.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            self.message = message.decode("utf-8", "replace")

    @property
    def subject(self):
        return self.message.lstrip("\n").split("\n", 1)[0].rstrip("\r")


class Git:
    """One repository."""

    def __init__(self, path):
        self.path = path
        self._refs = None
        self._history = None
        self._bringer = None

    def run(self, *arguments, given=None, check=True):
        done = subprocess.run(["git", "-C", self.path, *arguments], input=given, capture_output=True,
                              env=ENVIRONMENT)
        if check and done.returncode:
            raise RuntimeError(f"git {arguments[0]}: {done.stderr.decode(errors='replace')[:300]}")
        return done.stdout

    def lines(self, *arguments, given=None, check=True):
        return self.run(*arguments, given=given, check=check).decode("utf-8", "replace").splitlines()

    @property
    def refs(self):
        """All refs: name to object id."""
        if self._refs is None:
            rows = (line.split(" ", 1) for line in self.lines("for-each-ref", "--format=%(objectname) %(refname)"))
            self._refs = {name: object_id for object_id, name in rows}
        return self._refs

    def under(self, prefix):
        return {name: value for name, value in self.refs.items() if name.startswith(prefix)}

    def objects(self, names):
        """(name, type, bytes) for each name; the type of what is not here is `missing`."""
        names = list(names)
        if not names:
            return
        process = subprocess.Popen(["git", "-C", self.path, "cat-file", "--batch", "--buffer"],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENVIRONMENT)

        def feed():
            process.stdin.write("".join(name + "\n" for name in names).encode())
            process.stdin.close()

        threading.Thread(target=feed, daemon=True).start()
        for name in names:
            header = process.stdout.readline().split()
            if len(header) < 3 or header[1] not in (b"commit", b"tree", b"blob", b"tag"):
                yield name, "missing", b""
                continue
            data = process.stdout.read(int(header[2]))
            process.stdout.read(1)
            yield name, header[1].decode(), data
        process.stdout.close()
        process.wait()

    def commits(self, names):
        """Id to commit, of those names that are commits and here."""
        return {name: Commit(name, data) for name, kind, data in self.objects(names) if kind == "commit"}

    @property
    def history(self):
        """Every commit that HEAD holds, newest first as `git rev-list` orders them."""
        if self._history is None:
            self._history = self.commits(self.lines("rev-list", "HEAD", "--", check=False))
        return self._history

    @property
    def bringer(self):
        """Commit of the history to the commit of the own line that brought it."""
        if self._bringer is None:
            self._bringer = {}
            for name in reversed(self.own_line()):
                pending = [name]
                while pending:
                    commit = pending.pop()
                    if commit in self.history and commit not in self._bringer:
                        self._bringer[commit] = name
                        pending += self.history[commit].parents
        return self._bringer

    def own_line(self):
        return self.lines("rev-list", "--first-parent", "HEAD", "--", check=False)

    def tree(self, data):
        """(mode, name, id) for each entry of a tree object's bytes."""
        at = 0
        while at < len(data):
            space, end = data.index(b" ", at), data.index(b"\0", at)
            yield data[at:space], data[space + 1:end], data[end + 1:end + 21].hex()
            at = end + 21

    def notes(self, ref):
        """Annotated object to the note's text, whatever the fan-out; None where the blob is missing."""
        if ref not in self.refs:
            return {}
        found = {}
        for row in self.run("ls-tree", "-r", "-z", ref).split(b"\0"):
            if row:
                meta, path = row.split(b"\t", 1)
                name = path.replace(b"/", b"").decode("ascii", "replace")
                if re.fullmatch("[0-9a-f]{40}", name):
                    found.setdefault(name, []).append(meta.split()[2].decode())
        blobs = dict((name, data) for name, kind, data in self.objects(
            sorted({blob for several in found.values() for blob in several})) if kind == "blob")
        return {name: "\n".join(blobs[b].decode("utf-8", "replace") for b in several if b in blobs)
                for name, several in found.items()}

    def contains(self, ancestor, commit):
        """Whether the commit is, or descends from, the other."""
        return ancestor == commit or subprocess.run(
            ["git", "-C", self.path, "merge-base", "--is-ancestor", ancestor, commit],
            env=ENVIRONMENT, capture_output=True).returncode == 0

    def canonical(self, people):
        """(name, address) to the address after the repository's own mailmap, in lower case; Git itself judges."""
        people = sorted({(re.sub(r"[\n<>]", " ", n).strip(), re.sub(r"[\n<>]", "", a).strip()) for n, a in people})
        given = "".join(f"{n} <{a}>\n" for n, a in people).encode("utf-8", "replace")
        rows = self.lines("-c", "mailmap.blob=HEAD:.mailmap", "check-mailmap", "--stdin", given=given, check=False)
        if len(rows) != len(people):
            return {pair: pair[1].lower() for pair in people}
        return {pair: row.rsplit("<", 1)[-1].rstrip(">").lower() for pair, row in zip(people, rows)}
