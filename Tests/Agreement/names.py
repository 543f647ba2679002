"""The names that commit messages give to requests and changes.

Rules:
- *Subjects*: GitHub's, Gitea's, Bitbucket's and Azure's merges and squashes, bors, homu, bors-ng, Bitcoin Core's script
  (MERGES for at least two parents, ANY for any number), and a title that ends in `(#N)`.
- *Lines of the body*: `See merge request GROUP/PROJECT!N`, `Part-of: <…/merge_requests/N>`; the last one counts.
- *Footers*: `Reviewed-on` of Gerrit with host and number, `Change-Id`, `Differential Revision: …D12`, and links to
  requests. They are read from the end of the message upwards while the paragraphs consist of lines `Key: value` or
  what tools put among them; the last of one kind counts, and the subject is none of them.
"""

import re

MERGES = [re.compile(text) for text in (
    r"Merge pull request #(?P<pr>\d+) from (?P<owner>[^/\s]+)?/?\S+\s*$",
    r"Merge pull request '.*' \(#(?P<pr>\d+)\) from ",
    r"Merge pull request #(?P<bitbucket>\d+) in ",
    r"Merge pull request (?P<azure>\d+) from ",
    r"(?:Auto|Rollup) merge of #(?P<pr>\d+)(?!.*, r=<try>)",
    r"Merge #(?P<pr>\d+)(?P<more>(?: #\d+)*)(?![\w/])",
    r"Merge [^\s#]*#(?P<pr>\d+):(?:\s|$)",
    r"Batch merge !(?P<mr>\d+) into ")]
ANY = [re.compile(text) for text in (
    r"Merged\s+PR (?P<azure>\d+):",
    r"Merged\s+in\s.*\(pull request #(?P<bitbucket>\d+)\)",
    r"Pull request #(?P<bitbucket>\d+): ",
    r".*\(pull request #(?P<bitbucket>\d+)\)\s*$",
    r".*\(#(?P<pr>\d+)\)\s*$")]
SEE = re.compile(r"^See merge request (\S*)!(\d+)\s*$|^Part-of: <(\S+?)/(?:-/)?merge_requests/(\d+)>", re.M)
FOOTER = re.compile(r"\(cherry picked from|--HG--\s*$|[A-Za-z0-9 -]{0,47}:|Closes #|Depends on D|[0-9a-f]{7,} \[")
LINK = re.compile(r"<?\w+://[^/]+/(\S*?)/pulls?/(\d+)(?=[/#\s>]|$)")


class Marker:
    """Forge (`pr`, `mr`, `bitbucket`, `azure`), numbers, and for GitLab the project."""

    def __init__(self, forge, numbers, project=""):
        self.forge, self.numbers, self.project = forge, numbers, project


def marker(commit):
    """What a commit's message says about the request with which it landed."""
    patterns = (MERGES if len(commit.parents) > 1 else []) + ANY
    for pattern in patterns:
        found = pattern.match(commit.subject)
        if found:
            groups = {key: value for key, value in found.groupdict().items() if value}
            forge = next(key for key in ("pr", "mr", "bitbucket", "azure") if key in groups)
            more = [int(n) for n in re.findall(r"\d+", groups.get("more", ""))]
            return Marker(forge, [int(groups[forge]), *more])
    body = commit.message.split("\n", 1)[1] if "\n" in commit.message else ""
    lines = list(SEE.finditer(body))
    if lines:
        project, number = lines[-1][1] or lines[-1][3] or "", int(lines[-1][2] or lines[-1][4])
        return Marker("mr", [number], project.rstrip("/").split("/")[-1].lower())
    return None


class Footers:
    """Names in the last lines of a message."""

    __slots__ = ("change_id", "number", "host", "revision", "link", "project", "imported", "imported_project", "head")

    def __init__(self, message):
        self.change_id = self.number = self.host = self.revision = self.link = self.project = None
        self.imported = self.imported_project = self.head = None
        exported = False
        for line in tail(message):
            key, _, value = line.strip().partition(":")
            value = value.strip()
            exported = exported or key in ("fbshipit-source-id", "ghstack-source-id")
            if key == "Change-Id" and self.change_id is None and not line.startswith(" "):
                found = re.fullmatch(r"I([0-9a-fA-F]{40})", value)
                self.change_id = found[1].lower() if found else None
            elif key == "Reviewed-on" and self.number is None and self.link is None:
                self.reviewed_on(value)
            elif key == "Differential Revision" and self.revision is None:
                found = re.search(r"(?:^|/)D(\d+)$", value)
                self.revision = int(found[1]) if found else None
            elif key in ("PR-URL", "Pull-Request", "Pull Request resolved") and self.link is None:
                self.take_link(value)
            elif key == "GitHub-Pull-Request" and self.imported is None:
                found = re.fullmatch(r"(.*)#(\d+)", value)
                self.imported_project, self.imported = (found[1], int(found[2])) if found else (None, None)
            elif key == "GitHub-Last-Rev":
                self.head = self.head or value
            closes = re.match(r"Closes #(\d+) from (\S*/\S*)\s*(and squashes the following.*)?$", line)
            if closes and self.link is None:
                self.link, self.project = int(closes[1]), ""
        if exported and self.link is None:
            found = re.findall(r"Pull Request resolved: (\S+)", message)
            if found:
                self.take_link(found[-1])

    def take_link(self, value):
        found = LINK.match(value)
        if found:
            self.link, self.project = int(found[2]), found[1].split("/")[-1].lower()

    def reviewed_on(self, value):
        self.take_link(value)
        found = re.match(r"\w{1,5}://([^/:]+)(?::\d+)?/(?:.*/)?(\d+)/?$", value)
        if self.link is None and found and "merge_requests/" not in value and "/pull/" not in value:
            self.host, self.number = found[1], int(found[2])


def tail(message):
    """The last lines, newest first, of the paragraphs that consist of footers and of the one above them."""
    lines = message[-16384:].split("\n")[1:]
    footers, any_line = True, False
    for line in reversed(lines):
        line = line.rstrip()
        if not line:
            if any_line and not footers:
                return
            continue
        any_line = True
        footers = footers and bool(FOOTER.match(line))
        yield line
