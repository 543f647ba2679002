"""Counting agreement and printing it.

A comparison is *agreeing*, *explained* (a rule of the source's file, named there and recognised by code, says why the
two differ) or *unexplained*. Nothing is ever left out of `n`.
"""

import collections

TARGET = 0.995


class Fact:
    def __init__(self, repository, source, name):
        self.repository, self.source, self.name = repository, source, name
        self.agreeing = 0
        self.explained = collections.Counter()
        self.unexplained = []
        self.examples = {}

    def check(self, key, ours, theirs, rule=None):
        """Compares one value of the script with one of the product; `rule()` names a known reason or gives None."""
        if ours == theirs:
            self.agreeing += 1
            return True
        name = rule() if rule else None
        if name:
            self.explained[name] += 1
            self.examples.setdefault(name, (key, ours, theirs))
        else:
            self.unexplained.append((key, ours, theirs))
        return False

    @property
    def n(self):
        return self.agreeing + sum(self.explained.values()) + len(self.unexplained)

    @property
    def share(self):
        return self.agreeing / self.n if self.n else 1.0

    @property
    def holds(self):
        return self.share >= TARGET and not self.unexplained


class Table:
    def __init__(self):
        self.facts = []
        self.rules = {}
        self.heads = {}

    def fact(self, repository, source, name):
        fact = Fact(repository, source, name)
        self.facts.append(fact)
        return fact

    @property
    def holds(self):
        return all(fact.holds for fact in self.facts)

    def markdown(self):
        rows = [fact for fact in self.facts if fact.n]
        out = ["| repository | source | fact | n | agreeing | explained | unexplained | % |",
               "|---|---|---|--:|--:|--:|--:|--:|"]
        for fact in rows:
            out.append(f"| {fact.repository} | {fact.source} | {fact.name} | {number(fact.n)} | {number(fact.agreeing)} "
                       f"| {number(sum(fact.explained.values()))} | {number(len(fact.unexplained))} "
                       f"| {percent(fact)} |")
        total = sum(f.n for f in rows)
        agreeing = sum(f.agreeing for f in rows)
        explained = sum(sum(f.explained.values()) for f in rows)
        if rows:
            out.append(f"| all | | | {number(total)} | {number(agreeing)} | {number(explained)} "
                       f"| {number(total - agreeing - explained)} | {agreeing / total * 100:.2f} |")
        return "\n".join(out)

    def explanations(self):
        counts = collections.defaultdict(collections.Counter)
        for fact in self.facts:
            for rule, count in fact.explained.items():
                counts[rule][fact.repository] += count
        if not counts:
            return ""
        out = ["| difference | why | where |", "|---|---|---|"]
        for rule in sorted(counts):
            where = ", ".join(f"{repository} {number(count)}" for repository, count in sorted(counts[rule].items()))
            out.append(f"| {rule} | {self.rules[rule]} | {where} |")
        return "\n".join(out)

    def failures(self, limit=8):
        out = []
        for fact in self.facts:
            if fact.holds:
                continue
            out.append(f"{fact.repository}: {fact.source}, {fact.name}: {percent(fact)} %, "
                       f"{len(fact.unexplained)} unexplained")
            out += [f"    {key}: script {short(ours)}, product {short(theirs)}"
                    for key, ours, theirs in fact.unexplained[:limit]]
        return "\n".join(out)

    def samples(self):
        return "\n".join(f"{fact.repository}: {fact.name}: {rule}: {key}: script {short(ours)}, product {short(theirs)}"
                         for fact in self.facts for rule, (key, ours, theirs) in sorted(fact.examples.items()))


def number(value):
    """With a thin gap between thousands, and nothing for none."""
    return f"{value:,}".replace(",", " ") if value else ""


def percent(fact):
    share = fact.share * 100
    return "100" if fact.agreeing == fact.n else f"{min(share, 99.99):.2f}"


def short(value):
    text = repr(sorted(value, key=str)) if isinstance(value, (set, frozenset)) else repr(value)
    return text if len(text) < 200 else text[:197] + "…"
