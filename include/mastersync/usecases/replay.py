"""Deriving golden records again from the facts of then, by rules of today or to be tried."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.records.mapping import map_payload
from mastersync.domain.records.prepare import prepare_record
from mastersync.domain.replay.model import (
    Replay,
    ReplayCase,
    golden_flips,
    write_flips,
)
from mastersync.domain.targets.model import TargetPolicy
from mastersync.domain.targets.transform import difference, project
from mastersync.ports.replays import InputThen
from mastersync.ports.store import Store, Unit
from mastersync.usecases.form_golden import CustomerFacts, settle_facts

_PAGE = 500
_Key = tuple[str, int]


def replay(
    store: Store,
    rules: ClientRules,
    *,
    today: ClientRules,
    window: tuple[datetime, datetime],
    most: int,
    on_page: Callable[[int], None] = lambda _: None,
) -> Replay:
    """Derive what was derived in the window again, and say in what it differs; writes nothing.

    Memory is a page's. Identity is taken as it was: who is whose record is not asked again.

    Args:
        rules: By which it is derived.
        today: By whose targets it is said what was written then.
        most: How many differences of each sort are kept as examples.
    """
    found = Replay(most=most)
    last = ""
    for page in _pages(store, window):
        with store.begin() as unit:
            facts = _facts_of(unit, page, rules, found)
            places = unit.replays.places(page)
        for case in page:
            key = case.customer_id, case.version_no
            there = places.get(key, frozenset())
            _compare(found, case, facts[key], places=there, rules=rules, today=today)
            found.customers += case.customer_id != last
            last = case.customer_id
            found.other_rules += case.policy_version != today.policy_version
        on_page(found.records)
    return found


def _pages(store: Store, window: tuple[datetime, datetime]) -> Iterator[list[ReplayCase]]:
    after = ("", 0)
    while True:
        with store.begin() as unit:
            page = unit.replays.cases(window, after=after, limit=_PAGE)
        if not page:
            return
        yield page
        after = page[-1].customer_id, page[-1].version_no


def _facts_of(
    unit: Unit, page: Sequence[ReplayCase], rules: ClientRules, found: Replay
) -> dict[_Key, CustomerFacts]:
    facts = {
        (case.customer_id, case.version_no): CustomerFacts(now=case.formed_at) for case in page
    }
    for version in unit.replays.inputs(page):
        prepared = _prepared(version, rules)
        if prepared is None:
            found.set_aside += 1
        else:
            facts[version.customer_id, version.version_no].versions.append(prepared)
    for answer in unit.replays.answers(page):
        facts[answer.customer_id, answer.version_no].answers.append(answer)
    for pin in unit.replays.pins(page):
        facts[pin.customer_id, pin.version_no].pins.append(pin)
    for report in unit.replays.reports(page):
        facts[report.customer_id, report.version_no].report = report
    for decision in unit.replays.credit_decisions(page):
        facts[decision.customer_id, decision.version_no].decision = decision
    return facts


def _prepared(version: InputThen, rules: ClientRules) -> InputThen | None:
    """Return the version as these rules prepare it; None when they set it aside."""
    if version.prepared_by == rules.policy_version:
        return version
    system = rules.systems.get(version.system)
    if system is None:
        return None
    mapped = map_payload(version.payload, system.mapping, constants=system.constants)
    record = prepare_record(mapped, policy=system.prepare)
    if record.is_set_aside:
        return None
    # A time without a value says that it was blanked: that was so before, or it is not so.
    blanked = version.said_at.keys() - version.fields.keys()
    told = {
        name: at for name, at in version.said_at.items() if name in record.fields or name in blanked
    }
    return replace(version, fields=record.fields, said_at=told)


def _compare(
    found: Replay,
    case: ReplayCase,
    facts: CustomerFacts,
    *,
    places: frozenset[str],
    rules: ClientRules,
    today: ClientRules,
) -> None:
    golden = settle_facts(facts, rules).golden
    flips = golden_flips(
        case,
        golden.fields,
        rules={name: source.rule for name, source in golden.provenance.items()},
    )
    found.add_golden(case, flips)
    if flips or today.policy_version != rules.policy_version:
        then = _writes(case.fields, facts, places, today)
        now = _writes(golden.fields, facts, places, rules)
        found.add_writes(write_flips(case.customer_id, then, now))


def _writes(
    fields: Mapping[str, str], facts: CustomerFacts, places: frozenset[str], rules: ClientRules
) -> dict[tuple[str, str | None], Mapping[str, object]]:
    """Return what each record of the customer would have lacked then, by target and key."""
    lacking: dict[tuple[str, str | None], Mapping[str, object]] = {}
    for target in rules.targets.values():
        held: dict[str | None, Mapping[str, object]] = {
            version.source_key: version.payload
            for version in facts.versions
            if version.system == target.system
        }
        if fields and _may_write(target, is_there=bool(held), was_there=target.system in places):
            projection = project(fields, target, rules.tables)
            if projection.problems:
                continue
            for key, payload in (held or {None: {}}).items():
                changes = difference(projection, payload)
                lacking[target.system, key] = {
                    path: change.after for path, change in changes.items()
                }
    return lacking


def _may_write(target: TargetPolicy, *, is_there: bool, was_there: bool) -> bool:
    return target.update if is_there else target.create and not was_there
