"""Twelve weeks of a client, lived through in a minute, for the pictures of what they come to.

The store, the use cases and the pages are the real ones, on a clock that is pushed on; the client's
systems, its agency and its mail are the ones of the tests, with faults now and then.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from mastersync.cli.sla_page.page import render_report
from mastersync.cli.spend_page.page import Spend, render_spend
from mastersync.domain.credit.budget import Budget
from mastersync.domain.credit.spending import by_week
from mastersync.domain.sla.model import Cause
from mastersync.sandbox.seed.countries import registration_number
from mastersync.sandbox.seed.records import rows
from mastersync.store import embedded
from mastersync.usecases.report_sla import report_sla
from mastersync.usecases.tell_clocks import ClockWord, pause_case, resume_case

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from pipelines import CREDIT, Pipeline, running_pipeline
from promises import NEW, PUSHED, VERIFIED, promised
from stores import migrated_template, store_copy

WEEKS = 12
NEW_CUSTOMERS = (3, 5, 4, 6, 8, 5, 9, 12, 7, 6, 10, 8)  # of each week
BUDGET = Budget(
    currency="GBP",
    per_run=Decimal(70),
    per_month=Decimal(150),
    soft_per_month=Decimal(110),
)
BAD_DAY = 3  # of each seven
ZONE = ZoneInfo("Europe/Berlin")
_NEWEST_CASE = """
SELECT 'version:' || max(version_id) FROM source_version
INNER JOIN source_record AS record USING (client_id, record_id) WHERE record.system = 'crm'
"""


def pages(scratch: Path) -> dict[str, str]:
    """Return the page of the SLA's report and that of credit reports' cost."""
    server = embedded.start(scratch / "pg")
    try:
        with (
            migrated_template(server) as template,
            store_copy(server, template) as store,
            running_pipeline(store) as client,
        ):
            _live(client)
            return {"sla": _sla(client), "spend": _spend(client)}
    finally:
        server.stop()


def _live(client: Pipeline) -> None:
    client.set_rules(
        sla=promised(PUSHED, NEW, VERIFIED),
        credit=replace(CREDIT, budget=BUDGET, minimum_requested_limit=Decimal(0)),
    )
    strangers = _strangers()
    known: list[str] = []
    for week in range(WEEKS):
        new = iter(list(islice(strangers, NEW_CUSTOMERS[week])))
        for day in range(5):
            for key, record in islice(new, 3):
                client.creditsafe.known[str(record["registration_number"])] = f"GB-{key}"
                client.crm.put(key, **record)
                known.append(key)
            for number, key in enumerate(known[week + day :: 9]):
                client.crm.put(key, phone=f"+4420794{week:02}{day}{number:02}")
            client.sync(hours=2)
            _go_wrong(client, week, day)
            client.deliver(hours=22)
        client.clock.push(hours=48)


def _go_wrong(client: Pipeline, week: int, day: int) -> None:
    """Now and then a system refuses for a day, or the client has to be asked."""
    client.erp.faults = ["retry"] * 4 if (week * 5 + day) % 7 == BAD_DAY else []
    if day == 1 and week % 3 == 1:
        ((case_id,),) = client.rows(_NEWEST_CASE)
        word = ClockWord(case_id=case_id, by="ann", evidence="mail of the client")
        now = client.clock()
        pause_case(client.store, word, cause=Cause.CLIENT, since=now, now=now)
        client.clock.push(hours=20)
        resume_case(client.store, word, at=client.clock(), now=client.clock())


def _strangers() -> Iterator[tuple[str, dict[str, object]]]:
    """Yield companies of the sandbox's register, each once."""
    seen: set[str] = set()
    for row in rows("northwind_industrial"):
        if row["cluster"] in seen or not row["street"]:
            continue
        seen.add(row["cluster"])
        yield (
            row["id"],
            {
                "name": f"{row['name']} Ltd",
                "street": row["street"],
                "city": row["city"],
                "postcode": row["postcode"],
                "country": "GB",
                "registration_number": registration_number("GB", row["cluster"]),
                "credit_limit": "5000.00",
                "credit_currency": "GBP",
            },
        )


def _sla(client: Pipeline) -> str:
    now = client.clock()
    since = now - timedelta(weeks=WEEKS)
    rules = replace(client.rules, name="Acme Wholesale")
    return render_report(report_sla(client.store, rules, since=since, until=now, now=now))


def _spend(client: Pipeline) -> str:
    now = client.clock().astimezone(ZONE)
    first = now.date() - timedelta(days=now.weekday(), weeks=WEEKS)
    with client.store.begin() as unit:
        days = unit.agency_ledger.spent_by_day(
            currency="GBP", zone=ZONE.key, since=now - timedelta(days=200)
        )
    spent = Spend(
        client_name="Acme Wholesale",
        budget=BUDGET,
        weeks=by_week(days, first=first, last=now.date()),
        days=[day for day in days if day.day >= first],
        made_at=now,
    )
    return render_spend(spent)
