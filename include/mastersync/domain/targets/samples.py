"""Samples: golden records in, and what a person expects the targets to hold of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mastersync.domain.targets.model import Projection, TargetField, TargetPolicy, TargetValue
from mastersync.domain.targets.sources import UnfitError, chosen_source
from mastersync.domain.targets.transform import project

LEFT_OUT = "(left as it is)"
EMPTIED = "(emptied)"
NO_PROBLEM = "(no problem)"


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A golden record, and by system and path what should come of it; None means emptied.

    ``problems`` are the (system, path, code) that should keep it waiting. ``partly`` looks at the
    paths that are named alone; else one that gets a value and is not named is a difference.
    ``where`` is its place in its file, for people.
    """

    name: str
    where: str
    golden: Mapping[str, str]
    targets: Mapping[str, Mapping[str, str | None]]
    problems: frozenset[tuple[str, str, str]] = frozenset()
    partly: bool = False

    @property
    def systems(self) -> list[str]:
        """The systems that it says something of."""
        return sorted({*self.targets, *(system for system, _, _ in self.problems)})


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What came out otherwise; ``because`` names the rule that gave the value, if rules did."""

    system: str
    path: str
    expected: str
    got: str
    because: str = ""


def differences_of(
    sample: Sample,
    targets: Mapping[str, TargetPolicy],
    tables: Mapping[str, Mapping[str, str]],
) -> list[Difference]:
    """Return in what the rules give something else than the sample expects; [] when in nothing."""
    found: list[Difference] = []
    for system in sample.systems:
        target = targets[system]
        projection = project(sample.golden, target, tables)
        found += _values(sample, target, projection)
        found += _problems(sample, system, projection)
    return found


def _values(sample: Sample, target: TargetPolicy, projection: Projection) -> Iterator[Difference]:
    if target.system not in sample.targets:
        return
    expected = sample.targets[target.system]
    troubled = {problem.path for problem in projection.problems}
    for wanted in target.mapping:
        path = wanted.path
        if path not in expected and (sample.partly or path in troubled):
            continue
        said = _shown(expected[path]) if path in expected else LEFT_OUT
        got = _shown(projection.values[path]) if path in projection.values else LEFT_OUT
        if path in troubled:
            got = next(one.words for one in projection.problems if one.path == path)
        if said != got:
            yield Difference(
                system=target.system,
                path=path,
                expected=said,
                got=got,
                because=_because(wanted, sample.golden),
            )


def _problems(sample: Sample, system: str, projection: Projection) -> Iterator[Difference]:
    expected = {(path, code) for name, path, code in sample.problems if name == system}
    found = {(problem.path, problem.code): problem.words for problem in projection.problems}
    named = sample.targets.get(system, {})
    for path, code in sorted(expected - found.keys()):
        yield Difference(system=system, path=path, expected=code, got=NO_PROBLEM)
    for path, code in sorted(found.keys() - expected):
        if path not in named:  # else it is told beside the value that was expected there
            yield Difference(system=system, path=path, expected=NO_PROBLEM, got=found[path, code])


def _because(wanted: TargetField, golden: Mapping[str, str]) -> str:
    if not wanted.rules:
        return ""
    try:
        source = chosen_source(wanted, golden)
    except UnfitError:
        return ""
    for number, rule in enumerate(wanted.rules, start=1):
        if rule is source:
            return f"rule {number}"
    return "no rule holds"


def _shown(value: TargetValue | str | None) -> str:
    return EMPTIED if value is None else str(value)
