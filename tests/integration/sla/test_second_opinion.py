"""A report, reckoned a second time: minute by minute, from the exported events and the contract.

Nothing here but the filling of the store knows mastersync's clocks: what was promised is written
down again, as a reader of the contract would.
"""

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from mastersync.cli.sla_events import EventsFile
from mastersync.cli.sla_page.page import render_report
from mastersync.cli.sla_tables import report_as_json
from mastersync.domain.sla.clock import read_case
from mastersync.domain.sla.columns import readings_of
from mastersync.domain.sla.many_clocks import read_clocks
from mastersync.domain.sla.model import Cause
from mastersync.store.embedded import EmbeddedServer
from mastersync.usecases.report_sla import SlaReport, report_sla
from mastersync.usecases.tell_clocks import (
    ClockWord,
    pause_case,
    resume_case,
    waive_clock,
    withdraw_word,
)
from mastersync.usecases.trace_cases import KnownCases, find_cases, trace
from mastersync.usecases.trace_columns import columns_of_known
from pipelines import CONFIRMATION, CREDIT, Pipeline, company, running_pipeline
from promises import promised
from stores import store_copy

BERLIN = ZoneInfo("Europe/Berlin")
HOLIDAYS = {date(2026, 4, 3), date(2026, 4, 6)}
MINUTE = timedelta(minutes=1)
FIRST, LAST = datetime(2026, 3, 1, 23, tzinfo=UTC), datetime(2026, 4, 20, 22, tzinfo=UTC)


@dataclass
class Promise:
    """A clause as the contract has it."""

    number: str
    start: str
    stop: str
    minutes: int
    office_hours: bool
    waits_for: frozenset[str] = frozenset()


ANYBODY = frozenset({"agency", "customer", "client"})
CONTRACT = {
    "any": Promise("4.1", "seen", "pushed", 8 * 60, office_hours=True, waits_for=ANYBODY),
    "new_customer": Promise("4.2", "seen", "pushed", 16 * 60, office_hours=True, waits_for=ANYBODY),
    "verified": Promise("4.3", "seen", "verified", 16 * 60, office_hours=True),
    "confirmed": Promise("5.1", "asked", "confirmed", 10 * 24 * 60, office_hours=False),
}


def promises_for(request: str) -> list[Promise]:
    pushed = CONTRACT["new_customer" if request == "new_customer" else "any"]
    return [pushed, CONTRACT["verified"], CONTRACT["confirmed"]]


def office_is_open(at: datetime) -> bool:
    here = at.astimezone(BERLIN)
    return here.weekday() < 5 and 9 <= here.hour < 17 and here.date() not in HOLIDAYS


@dataclass
class Verdict:
    """What becomes of one clock; ``sure_at`` is when that was sure, None while it is open."""

    number: str
    state: str
    sure_at: datetime | None


def stood_still(
    promise: Promise, events: list[dict[str, str]], now: datetime
) -> list[tuple[datetime, datetime]]:
    """The stretches that a clock of this promise did not count."""
    waits: dict[str, datetime] = {}
    stretches = []
    for event in events:
        if event["event"] == "paused" and event["cause"] in promise.waits_for:
            waits[event["reference"]] = event["when"]
        elif event["event"] == "resumed" and event["reference"] in waits:
            stretches.append((waits.pop(event["reference"]), event["when"]))
    return stretches + [(since, now) for since in waits.values()]


def reckon(promise: Promise, events: list[dict[str, str]], now: datetime) -> Verdict | None:
    """Walk from the clock's start to its stop, a minute a step, or what is left of it."""
    withdrawn = {e["reference"] for e in events if e["event"] == "withdrawn"}
    events = [e for e in events if e["event"] == "reached" or e["reference"] not in withdrawn]
    reached = {}
    for event in events:
        if event["event"] == "reached":
            reached.setdefault(event["milestone"], event["when"])
    start, stop = reached.get(promise.start), reached.get(promise.stop)
    if start is None:
        return None
    stretches = stood_still(promise, events, now)
    end = stop or now
    edges = {moment for stretch in stretches for moment in stretch} | {end}
    left, at, due = promise.minutes * MINUTE, start, None
    while due is None and at < end:
        step = min(one for one in {*edges, at.replace(second=0) + MINUTE} if one > at) - at
        is_open = not promise.office_hours or office_is_open(at)
        if is_open and not any(since <= at < until for since, until in stretches):
            due = at + left if left <= step else None
            left -= step
        at += step
    is_late = due is not None and due < end
    sure_at = due if is_late else stop
    waivers = [e["when"] for e in events if e["event"] == "waived"]
    if waivers:
        return Verdict(promise.number, "waived", sure_at or max(min(waivers), start))
    state = "late" if is_late else "met" if stop else "open"
    return Verdict(promise.number, state, sure_at)


def second_opinion(text: str, now: datetime) -> list[Verdict]:
    """Reckon all clocks from the CSV alone."""
    cases: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in csv.DictReader(StringIO(text)):
        row["when"] = datetime.fromisoformat(row["at"]).replace(microsecond=0)
        cases[row["case_id"], row["request"]].append(row)
    verdicts = []
    for (_, request), events in cases.items():
        events.sort(key=lambda row: row["when"])
        verdicts += [reckon(promise, events, now) for promise in promises_for(request)]
    return [one for one in verdicts if one is not None]


def answer(pipeline: Pipeline) -> None:
    """A customer confirms on the portal."""
    ((token_hash,),) = pipeline.rows(
        "SELECT token_hash FROM confirmation_request WHERE state = 'planned' LIMIT 1"
    )
    with pipeline.test_store.session("mastersync_portal") as portal:
        portal.execute(
            "SELECT answer_confirmation(%s, 'corrections', %s, %s)",
            [token_hash, '{"phone": "+442079460555"}', pipeline.clock()],
        )
        portal.commit()


def newest_case(pipeline: Pipeline) -> str:
    return pipeline.rows(
        "SELECT 'version:' || max(version_id) FROM source_version JOIN source_record AS record"
        " USING (client_id, record_id) WHERE record.system = 'crm'"
    )[0][0]


@dataclass(frozen=True, kw_only=True)
class Lived:
    """The report of a time, its raw events as CSV, and what it was read from."""

    report: SlaReport
    events: str
    known: KnownCases


@pytest.fixture(scope="module")
def lived(postgres_server: EmbeddedServer, store_template: str) -> Lived:
    """Six weeks with a change of the clocks and Easter, faults, pauses, waivers and answers."""
    with store_copy(postgres_server, store_template) as store, running_pipeline(store) as client:
        _live_through(client)
        now, events = client.clock(), StringIO()
        report = report_sla(
            client.store,
            client.rules,
            since=FIRST,
            until=LAST,
            now=now,
            on_cases=EventsFile(events).write,
        )
        with client.store.begin() as unit:
            case_ids = unit.sla.in_period(FIRST, LAST)
            known = find_cases(unit.sla, client.rules.sla, case_ids)
        return Lived(report=report, events=events.getvalue(), known=known)


@pytest.fixture
def six_weeks(lived: Lived) -> SlaReport:
    return lived.report


def _live_through(pipeline: Pipeline) -> None:
    pipeline.set_rules(
        sla=promised(),
        confirmation=replace(CONFIRMATION, ask_again_after_days=1),
        credit=CREDIT,
    )
    pipeline.creditsafe.known = {f"0{n}23456{n}": f"GB-{n}" for n in (1, 2, 3, 4)}
    for key, name in (("a", "aldgate"), ("b", "brixton"), ("c", "cobham"), ("d", "dunmore")):
        pipeline.creditsafe.faults = ["retry"] if key == "b" else []
        asks = {"credit_limit": "5000.00", "credit_currency": "GBP"}
        pipeline.crm.put(key, **company(name, email=f"office@{name}.example", **asks))
        pipeline.sync(hours=5)
    for day in range(28):
        key = "abcd"[day % 4]
        if day % 3 == 0:
            pipeline.erp.faults = ["retry"]
        if day % 9 == 5:
            pipeline.erp.faults = ["refused"]
        pipeline.crm.put(key, phone=f"+44207946{1000 + day}")
        pipeline.sync(hours=7)
        _say(pipeline, day)
        if day % 4 != 3:
            pipeline.deliver(hours=3 + 9 * (day % 5))
        else:
            pipeline.sync(hours=30)
        if day % 8 == 2 and pipeline.rows(
            "SELECT 1 FROM confirmation_request WHERE state = 'planned'"
        ):
            answer(pipeline)
    pipeline.sync(hours=11)


def _say(pipeline: Pipeline, day: int) -> None:
    """What people say of the newest change, on some days."""
    now = pipeline.clock()
    word = ClockWord(case_id=newest_case(pipeline), by="ann", evidence=f"mail of day {day}")
    policy = pipeline.rules.sla
    if day % 6 == 3:
        cause = (Cause.CLIENT, Cause.CUSTOMER)[day // 6 % 2]
        pause_case(pipeline.store, word, cause=cause, since=now - timedelta(hours=2), now=now)
        pipeline.clock.push(hours=31)
        resume_case(pipeline.store, word, at=pipeline.clock(), now=pipeline.clock())
    if day % 11 == 4:
        waive_clock(pipeline.store, policy, word, clock="", now=now)
    if day == 20:
        ((mistaken,),) = pipeline.rows("SELECT case_id FROM sla_waiver WHERE evidence LIKE '%%15'")
        for reference in words_of(pipeline, mistaken):
            withdraw_word(
                pipeline.store, mistaken, reference, by="bea", reason="of another case", now=now
            )
    if day == 24:
        pause_case(pipeline.store, word, cause=Cause.CLIENT, since=now, now=now)


def test_a_report_is_what_anybody_reckons_from_its_events(lived: Lived) -> None:
    six_weeks = lived.report
    verdicts = second_opinion(lived.events, six_weeks.made_at)

    counted = Counter(
        (one.number, one.state) for one in verdicts if one.sure_at and one.sure_at < LAST
    )
    reported = {
        (one.clause.number, state): number
        for one in six_weeks.attained
        for state, number in (("met", one.met), ("late", one.late), ("waived", one.waived))
        if number
    }
    assert reported == {key: number for key, number in counted.items() if key[1] != "open"}
    assert {state for _, state in counted} == {"met", "late", "waived"}, "the story has them all"
    assert min(one.due for one in six_weeks.attained) >= 3
    open_ones = [one for one in verdicts if one.state == "open" and one.sure_at is None]
    assert six_weeks.running == len(open_ones)


def test_the_weeks_and_the_credit_are_what_anybody_reckons(lived: Lived) -> None:
    six_weeks = lived.report
    verdicts = second_opinion(lived.events, six_weeks.made_at)

    weeks: Counter[tuple[date, str]] = Counter()
    met: Counter[str] = Counter()
    due: Counter[str] = Counter()
    for one in verdicts:
        if one.sure_at is None:
            continue
        day = one.sure_at.astimezone(BERLIN).date()
        weeks[day - timedelta(days=day.weekday()), one.state] += 1
        if one.state != "waived":
            due[one.number] += 1
            met[one.number] += one.state == "met"
    assert weeks == {
        (week.monday, state): number
        for week in six_weeks.weeks
        for state, number in (("met", week.met), ("late", week.late), ("waived", week.waived))
        if number
    }
    shares = {number: met[number] / due[number] for number in due}
    credit = {
        number: 0 if share >= 0.95 else 0.05 if share < 0.8 else 0.02
        for number, share in shares.items()
    }
    assert {one.clause.number: float(one.credit) for one in six_weeks.attained} == credit
    assert float(six_weeks.credit) == pytest.approx(sum(credit.values()))


def words_of(pipeline: Pipeline, case_id: str) -> list[str]:
    with pipeline.store.begin() as unit:
        return [told.reference for told in unit.sla.told_of(case_id)]


def test_what_was_taken_back_counts_no_more_and_is_told(lived: Lived) -> None:
    taken_back = lived.report.withdrawn
    told = {(one.reference, one.withdrawn_with) for one in lived.known.told if one.withdrawn_at}

    assert {one.word.split(":")[0] for one in taken_back} == {"pause", "waiver"}
    assert {(one.word, one.reason) for one in taken_back} == told
    (case_id,) = {one.case_id for one in taken_back}
    assert case_id not in {one.case.case_id for one in lived.report.waived}
    assert case_id not in {one.case.case_id for one, _ in lived.report.paused}
    assert "of another case (bea)" in render_report(lived.report)
    assert len(report_as_json(lived.report)["withdrawn"]) == len(taken_back)


@pytest.mark.parametrize("days", [0, 11, 30])
def test_cases_as_columns_are_the_cases_one_by_one(lived: Lived, days: int) -> None:
    policy, now = promised(), lived.report.made_at - timedelta(days=days)
    one_by_one = [one.case for one in trace(lived.known, policy, range(len(lived.known.found)))]

    together = columns_of_known(lived.known, policy, now=now)

    assert one_by_one
    said = read_clocks(together, policy, now=now)
    assert list(readings_of(said, one_by_one, policy)) == [
        replace(reading, paused=(), waiver=None)
        for case in one_by_one
        for reading in read_case(case, policy, now=now)
    ]


def test_the_report_tells_of_each_clock_that_it_counts_as_late_or_waived(
    six_weeks: SlaReport,
) -> None:
    assert len(six_weeks.late) == sum(one.late for one in six_weeks.attained)
    assert len(six_weeks.waived) == sum(one.waived for one in six_weeks.attained)
    assert sum(row.attained.due for row in six_weeks.scopes) == sum(
        one.due for one in six_weeks.attained
    )
    assert len({(one.case.case_id, one.reading.clause.key) for one, _ in six_weeks.paused}) > 3


def test_late_ones_and_pauses_stand_in_the_report_with_their_evidence(
    six_weeks: SlaReport,
) -> None:
    found = report_as_json(six_weeks)
    assert len(found["late"]) == sum(one["late"] for one in found["clauses"])
    assert {pause["cause"] for pause in found["paused"]} >= {"client", "customer"}
    assert all(pause["evidence"] for pause in found["paused"])
    assert any("mail of day" in pause["evidence"] for pause in found["paused"])

    page = render_report(six_weeks)
    assert page.count('<rect class="met"') > 4
    assert all(f"<td>{one['case_id']}</td>" in page for one in found["late"])
    assert "<script" not in page
    mondays = [week["monday"] for week in found["weeks"]]
    assert all(two - one == timedelta(days=7) for one, two in pairwise(mondays))
