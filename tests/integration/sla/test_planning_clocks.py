"""A plan names the clocks that its changes have started, and keeps none of them."""

import pytest
from rich.console import Console

from mastersync.cli.plan_filter import PlanFilter
from mastersync.cli.plan_page.page import render_plan
from mastersync.cli.plan_tables import show_plan
from mastersync.domain.plan.document import as_document, content_digest
from mastersync.domain.plan.model import Plan
from mastersync.wiring.planning import plan_client
from pipelines import Pipeline, company
from promises import promised
from stores import SECRET


@pytest.fixture
def planned(known: Pipeline) -> Plan:
    known.set_rules(sla=promised())
    known.sync()
    known.crm.put("a", phone="+442079460999")
    known.crm.put("b", **company("brixton"))
    before = known.snapshot()
    plan = plan_client(known, by="ann")
    assert known.snapshot() == before, "nothing of it is kept"
    return plan


def test_a_plan_says_which_clocks_run_and_when_the_first_is_due(planned: Plan) -> None:
    clocks = {clock.clause: clock for clock in planned.clocks}

    assert list(clocks) == ["4.1", "4.2", "4.3"]
    assert {clause: clock.running for clause, clock in clocks.items()} == {
        "4.1": 1,
        "4.2": 1,
        "4.3": 2,
    }
    assert clocks["4.1"].next_due == "Tue 3 Mar 2026 15:00"
    assert [row for row in planned.content.tickets if row.kind == "sla"] == []


def test_it_is_shown_on_a_terminal_on_the_page_and_in_the_file(planned: Plan) -> None:
    console = Console(record=True, width=220)
    show_plan(console, planned, only=PlanFilter(sections=frozenset({"clocks"})), most=20)

    assert "Tue 3 Mar 2026 15:00" in console.export_text()
    assert "Tue 3 Mar 2026 15:00" in render_plan(planned)
    document = as_document(planned, secret=SECRET)
    assert [clock["clause"] for clock in document["clocks"]] == ["4.1", "4.2", "4.3"]
    assert document["digest"] == content_digest(document["content"]), "clocks are not what is done"
