from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mastersync.config.clients import load_client
from mastersync.config.rules import client_rules
from mastersync.domain.sla.calendar import Span
from mastersync.domain.sla.model import Cause, Milestone, Request, Running
from mastersync.errors import ConfigError
from unit.config.clients import GOOD, line_of, write_client

SLA = """\
sla:
  calendars:
    office:
      zone: Europe/Berlin
      hours: { mon-thu: "08:00-12:00, 13:00-17:30", fri: "08:00-15:00" }
      holidays: DE-BY
      also_closed: [2026-12-24]
      other_hours: { 2026-12-31: "08:00-12:00" }
      cut_off: { mon-thu: "15:00", fri: "12:00" }
      years: 2025-2030
    night: { zone: Europe/London, hours: { mon-sun: "22:00-06:00" } }
  priorities:
    - { priority: high, when: 'segment == "KEY" or credit_limit > 50000' }
  clauses:
    - clause: "4.1"
      request: [new_customer, change]
      from: seen
      until: pushed
      within: 8 working hours
      calendar: office
      target: 95%
      pauses: [agency, customer, client]
      since: 2026-01-01
      until_date: 2026-06-30
    - clause: "4.1"
      request: [new_customer, change]
      from: seen
      until: pushed
      within: 6 working hours
      calendar: office
      since: 2026-07-01
      running: switch
    - { clause: "4.2", request: change, segment: key, priority: high, from: seen, until: pushed,
        within: 1.5 hours }
    - { clause: "5.1", from: asked, until: confirmed, within: 10 days, target: 99.5% }
  escalate:
    - { at: 50%, to: operator }
    - { at: 80%, to: line_manager }
    - { at: 100%, to: account_manager }
  service_credits:
    - { below: 95%, credit: 2% }
    - { below: 90%, credit: 5% }
  most_credit: 10%
"""
WITH_SLA = GOOD + SLA


def policy(tmp_path, text=WITH_SLA):
    return client_rules(load_client(write_client(tmp_path, text))).sla


def mistakes(tmp_path, *edits):
    text = WITH_SLA
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    with pytest.raises(ConfigError) as caught:
        load_client(write_client(tmp_path, text))
    return text, caught.value.facts["mistakes"]


def test_a_client_without_an_sla_has_no_clauses(tmp_path):
    assert policy(tmp_path, GOOD) is None


def test_clauses_become_rules_with_dates_of_the_clients_zone(tmp_path):
    first, second, third, last = policy(tmp_path).clauses

    assert first.requests == {Request.NEW_CUSTOMER, Request.CHANGE}
    assert (first.start, first.stop, first.clock) == (
        Milestone.SEEN,
        Milestone.PUSHED,
        "seen to pushed",
    )
    assert (str(first.within), first.calendar) == ("8 working hours", "office")
    assert first.pauses == set(Cause)
    assert first.since == datetime(2026, 1, 1, tzinfo=UTC)
    assert first.until == second.since == datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert (first.running, second.running) == (Running.KEEP, Running.SWITCH)
    assert (third.segment, third.priority, third.calendar) == ("KEY", "high", "")
    assert (last.target, last.requests) == (Decimal("0.995"), frozenset())
    assert len({clause.key for clause in (first, second, third, last)}) == 4


def test_a_calendar_has_hours_holidays_days_off_and_cut_offs(tmp_path):
    office = policy(tmp_path).calendars["office"]

    assert office.hours_on(date(2026, 11, 23)) == (
        Span(opens=480, closes=720),
        Span(opens=780, closes=1050),
    )
    assert office.hours_on(date(2026, 11, 27)) == (Span(opens=480, closes=900),)
    assert office.hours_on(date(2026, 11, 28)) == ()
    assert office.closed[date(2026, 1, 6)] == "Epiphany"
    assert office.hours_on(date(2026, 1, 6)) == office.hours_on(date(2026, 12, 24)) == ()
    assert office.hours_on(date(2026, 12, 31)) == (Span(opens=480, closes=720),)
    assert office.cut_offs == {0: 900, 1: 900, 2: 900, 3: 900, 4: 720}


def test_hours_over_midnight_end_on_the_next_day_and_so_may_their_cut_off(tmp_path):
    text = WITH_SLA.replace(
        'hours: { mon-sun: "22:00-06:00" }', 'hours: { mon-sun: "22:00-06:00" }, cut_off: "04:00"'
    )

    night = policy(tmp_path, text).calendars["night"]

    assert night.hours_on(date(2026, 11, 28)) == (Span(opens=1320, closes=1800),)
    assert night.cut_offs == dict.fromkeys(range(7), 1680)


def test_priorities_are_asked_in_order_and_what_cannot_be_asked_does_not_hold(tmp_path):
    sla = policy(tmp_path)

    assert sla.priority_of({"segment": "KEY"}) == "high"
    assert sla.priority_of({"segment": "A", "credit_limit": "60000"}) == "high"
    assert sla.priority_of({"segment": "A", "credit_limit": "50000"}) == "normal"
    assert sla.priority_of({"segment": "A", "credit_limit": "a lot"}) == "normal"
    assert sla.priority_of({}) == "normal"


def test_the_ladder_names_people_and_their_deputies(tmp_path):
    bob = "account_manager: { name: Bob, email: bob@example.com }"
    with_deputy = bob.replace(" }", ", deputy: { name: Eve, email: eve@example.com } }")

    operator, manager, account = policy(tmp_path, WITH_SLA.replace(bob, with_deputy)).ladder

    assert (operator.at, operator.to, operator.person) == (Decimal("0.5"), "operator", None)
    assert (manager.person.name, manager.person.deputy_name) == ("Ann", "")
    assert (account.person.name, account.person.deputy_email) == ("Bob", "eve@example.com")


def test_credits_are_shares_of_the_fee(tmp_path):
    sla = policy(tmp_path)

    assert [(tier.below, tier.credit) for tier in sla.credit_tiers] == [
        (Decimal("0.95"), Decimal("0.02")),
        (Decimal("0.9"), Decimal("0.05")),
    ]
    assert sla.most_credit == Decimal("0.1")


@pytest.mark.parametrize(
    ("edit", "place", "words"),
    [
        (
            ("zone: Europe/Berlin", "zone: Europe/Munich"),
            "sla.calendars.office.zone",
            ("'Europe/Munich' is no time zone.", "Europe/London"),
        ),
        (
            ("holidays: DE-BY", "holidays: DE-BX"),
            "sla.calendars.office.holidays",
            ("'DE' has no part 'BX'.", "BY"),
        ),
        (
            ("holidays: DE-BY", "holidays: XX"),
            "sla.calendars.office.holidays",
            ("no holidays are known of 'XX'.", "ISO 3166"),
        ),
        (
            ("holidays: DE-BY", "holidays: LK"),
            "sla.calendars.office.holidays",
            ("the holidays of LK are not known for 2027, 2028, 2029, 2030.", "years: 2025-2026"),
        ),
        (
            ("holidays: DE-BY", "holidays: { 2025-01-01: New Year, 2026-01-01: New Year }"),
            "sla.calendars.office.holidays",
            ("not known for 2027, 2028, 2029, 2030.", "years: 2025-2026"),
        ),
        (
            ("holidays: DE-BY", "holidays: [2025-02-30]"),
            "sla.calendars.office.holidays",
            ("'2025-02-30' is no date.", "2026-12-24"),
        ),
        (
            ("years: 2025-2030", "years: 2030-2025"),
            "sla.calendars.office.years",
            ("'2030-2025' names no years.", "2025-2035"),
        ),
        (
            ('mon-thu: "08:00-12:00', 'mon-thr: "08:00-12:00'),
            "sla.calendars.office.hours.mon-thr",
            ("'mon-thr' names no days.", "mon-fri"),
        ),
        (
            ('fri: "08:00-15:00"', 'thu-fri: "08:00-15:00"'),
            "sla.calendars.office.hours.thu-fri",
            ("'thu' has hours already, under 'mon-thu'.", "once"),
        ),
        (
            ("08:00-15:00", "8 to 15"),
            "sla.calendars.office.hours.fri",
            ("'8 to 15' names no hours.", "08:00-17:00"),
        ),
        (
            ("08:00-15:00", "08:00-15:75"),
            "sla.calendars.office.hours.fri",
            ("'15:75' is no time of day.", "08:30"),
        ),
        (
            ("08:00-12:00, 13:00-17:30", "08:00-12:00, 11:00-17:30"),
            "sla.calendars.office.hours.mon-thu",
            ("has hours that overlap.", "in order"),
        ),
        (
            ("22:00-06:00", "22:00-21:00, 22:00-23:00"),
            "sla.calendars.night.hours.mon-sun",
            ("has hours that overlap.", "in order"),
        ),
        (
            ('mon-sun: "22:00-06:00"', 'mon: "22:00-06:00", tue: "05:00-09:00"'),
            "sla.calendars.night.hours.mon",
            ("the hours of 'mon' reach into those of the next day.", "End them"),
        ),
        (
            ('fri: "12:00"', 'fri: "15:30"'),
            "sla.calendars.office.cut_off",
            ("cut-off 15:30 is outside of the hours of 'fri'.", "by day"),
        ),
        (
            ('cut_off: { mon-thu: "15:00", fri: "12:00" }', 'cut_off: "17:00"'),
            "sla.calendars.office.cut_off",
            ("cut-off 17:00 is outside of the hours of 'fri'.", "by day"),
        ),
        (
            ('fri: "12:00"', 'sat: "12:00"'),
            "sla.calendars.office.cut_off",
            ("cut-off 12:00 is outside of the hours of 'sat'.", "by day"),
        ),
        (
            ("calendar: office", "calendar: ofice"),
            "sla.clauses.0.calendar",
            ("there is no calendar 'ofice'.", "Did you mean 'office'?"),
        ),
        (
            ("      calendar: office\n", ""),
            "sla.clauses.0.within",
            ("8 working hours need a calendar.", "sla.calendars"),
        ),
        (
            ("within: 1.5 hours", "within: 1.5 hours, calendar: office"),
            "sla.clauses.2.calendar",
            ("1.5 hours are of the wall clock.", "working hours"),
        ),
        (
            ("8 working hours", "8 bussiness hours"),
            "sla.clauses.0.within",
            ("there is no unit 'bussiness hours'.", ""),
        ),
        (
            ("8 working hours", "eight hours"),
            "sla.clauses.0.within",
            ("'eight hours' is no length of time.", "8 working hours"),
        ),
        (("within: 10 days", "within: 0 days"), "sla.clauses.3.within", ("no time", "more than 0")),
        (
            ("target: 95%", "target: 0.95"),
            "sla.clauses.0.target",
            ("'0.95' is no percentage.", "95%"),
        ),
        (
            ("target: 95%", "target: 950%"),
            "sla.clauses.0.target",
            ("'950%' is more than 100%.", "100% or less"),
        ),
        (
            ("pauses: [agency", "pauses: [review"),
            "sla.clauses.0.pauses.0",
            ("not one of the choices", "agency, customer, client"),
        ),
        (
            ("from: asked, until: confirmed", "from: confirmed, until: asked"),
            "sla.clauses.3.until",
            ("'asked' does not come after 'confirmed'.", "changed, seen"),
        ),
        (
            ("until_date: 2026-06-30", "until_date: 2025-06-30"),
            "sla.clauses.0.until_date",
            ("it ends on 2025-06-30, before it begins.", "in order"),
        ),
        (
            ("since: 2026-01-01", "since: 1 January"),
            "sla.clauses.0.since",
            ("'1 January' is no date.", "2026-12-24"),
        ),
        (
            ("priority: high, from", "priority: hihg, from"),
            "sla.clauses.2.priority",
            ("no case has the priority 'hihg'.", "Did you mean 'high'?"),
        ),
        (
            ("      until_date: 2026-06-30\n", ""),
            "sla.clauses.1",
            (
                "clause 4.1 (number 2 here) and clause 4.1 (number 1) hold for the same cases",
                "until_date",
            ),
        ),
        (
            ("segment: key, priority: high, from", "from"),
            "sla.clauses.2",
            ("clause 4.2 (number 3 here) and clause 4.1 (number 1)", "narrow one"),
        ),
        (
            (
                "from: asked, until: confirmed",
                "clock: seen to pushed, from: asked, until: confirmed",
            ),
            "sla.clauses.3.clock",
            ("clock 'seen to pushed' is from seen until pushed above.", "another name"),
        ),
        (
            ("to: line_manager", "to: line_manger"),
            "sla.escalate.1.to",
            ("there is no 'line_manger' under people.", "Did you mean 'line_manager'?"),
        ),
        (
            ("to: line_manager", "to: legal"),
            "sla.escalate.1.to",
            ("there is no 'legal' under people.", "operator, line_manager, account_manager"),
        ),
        (("at: 80%", "at: 50%"), "sla.escalate.1", ("there twice", "Remove one.")),
        (("below: 90%", "below: 95%"), "sla.service_credits.1", ("there twice", "Remove one.")),
        (
            ('segment == "KEY" or', 'segmnt == "KEY" or'),
            "sla.priorities.0.when",
            ("There is no field 'segmnt'.", ""),
        ),
    ],
)
def test_each_mistake_is_named_with_its_line_and_a_way_out(tmp_path, edit, place, words):
    _, found = mistakes(tmp_path, edit)

    what, how = words
    there = [mistake for mistake in found if mistake.place == place]
    assert there, found
    assert any(what in mistake.what and how in mistake.how for mistake in there), there
    assert all(mistake.line > line_of(WITH_SLA, "sla:") for mistake in there)


def test_the_line_is_that_of_the_clause_which_overlaps(tmp_path):
    text, (mistake,) = mistakes(tmp_path, ("      until_date: 2026-06-30\n", ""))

    assert mistake.line == line_of(text, "      within: 6 working hours") - 4


def test_two_clauses_that_a_narrower_one_parts_do_not_clash(tmp_path):
    by_segment = '{ clause: "4.3", segment: KEY, from: seen, until: pushed, within: 3 hours }'
    by_priority = '{ clause: "4.4", priority: high, from: seen, until: pushed, within: 2 hours }'
    both = (
        '{ clause: "4.5", segment: KEY, priority: high, request: change,'
        " from: seen, until: pushed, within: 1 hours }"
    )
    start = WITH_SLA.index("  clauses:") + len("  clauses:")
    rest = WITH_SLA[WITH_SLA.index("  escalate:") :]

    def with_clauses(*clauses):
        listed = "".join(f"\n    - {clause}" for clause in clauses)
        return f"{WITH_SLA[:start]}{listed}\n{rest}"

    with pytest.raises(ConfigError, match=r"clause 4\.4"):
        load_client(write_client(tmp_path, with_clauses(by_segment, by_priority)))
    with pytest.raises(ConfigError, match=r"clause 4\.4"):  # for requests other than changes
        load_client(write_client(tmp_path, with_clauses(by_segment, by_priority, both)))
    every = both.replace("request: change,", "")
    assert policy(tmp_path, with_clauses(by_segment, by_priority, every)) is not None


def test_two_clauses_of_the_same_milestones_may_both_hold_by_clocks_of_their_own(tmp_path):
    second = (
        '{ clause: "4.9", clock: all pushed, from: seen, until: pushed, within: 3 days,'
        " target: 100% }"
    )
    text = WITH_SLA.replace("  escalate:", f"    - {second}\n  escalate:")

    assert policy(tmp_path, text).clauses[-1].clock == "all pushed"
