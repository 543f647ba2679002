"""What the product says of a repository: the output of `tributary contributions --format json`, and nothing else.

The whole of time is asked for, as of one moment for all repositories.
"""

import datetime
import json
import os
import subprocess
import tempfile

from gitread import ENVIRONMENT


def seconds(text):
    """Seconds since 1970 of a time in JSON, or None."""
    if not text:
        return None
    return int(datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=datetime.timezone.utc).timestamp())


class Program:
    def __init__(self, path, repository, as_of):
        with tempfile.TemporaryDirectory() as home, tempfile.TemporaryFile() as out:
            done = subprocess.run(
                [path, "contributions", "--window", "all", "--as-of", as_of, "--format", "json", repository],
                stdout=out, stderr=subprocess.PIPE, env=dict(ENVIRONMENT, HOME=home))
            if done.returncode:
                raise RuntimeError(done.stderr.decode(errors="replace")[:300])
            out.seek(0)
            report = json.load(out)
        self.report = report
        self.repository = report["repositories"][0]
        self.items = report["items"]
        self.by_name = {}
        self.by_commit = {}
        for item in self.items:
            for name in [item["id"], *item["aliases"]]:
                self.by_name.setdefault(name, item)
            if item["landed"]:
                self.by_commit.setdefault(item["landed"]["commit"], []).append(item)

    def counts(self, source, place=None):
        """The counts of a source, and its number of records."""
        for row in self.repository["sources"]:
            if row["source"] == source and (place is None or row["place"] == place):
                return dict(row["counts"], records=row["records"], unreadable=row["unreadable"])
        return {}

    def version(self):
        return self.report["schema"]


def standing(item, source):
    return [row["status"] for row in item["standings"] if row["source"] == source]


def evidence(text):
    """(place, object id) of a piece of evidence."""
    place, _, name = (text or "").rpartition("@")
    return place, name


def version(path):
    return subprocess.run([path, "--version"], capture_output=True, text=True).stdout.strip().splitlines()


def find():
    """The program that was built last beside this folder."""
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    for kind in ("release", "debug"):
        path = os.path.join(root, ".build", kind, "tributary")
        if os.path.exists(path):
            return path
    return "tributary"
