"""What agencies tell of watched companies: kept before it is read, a fact once."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from agency_accounts import credit_config, registered
from mastersync.config.connections import JsonConnections
from mastersync.connectors.agencies.tokens import MemoryShelf
from mastersync.domain.credit.agencies import CREDITSAFE, DNB
from mastersync.domain.credit.events import AgencyEvent
from mastersync.errors import NotFoundError, PermanentError, RetryableError
from mastersync.ports.agencies import AgencyMonitor
from mastersync.sandbox.connections import airflow_connections
from mastersync.usecases import read_monitoring
from mastersync.usecases.read_monitoring import pull_events, watch_companies
from mastersync.wiring import agencies, monitoring
from pipelines import CREDIT, Pipeline, company
from sandboxes import Sandbox, running_sandbox

WANTED = {"credit_limit": "5000.00", "credit_currency": "GBP"}
WHAT = {
    CREDITSAFE: ("101", "Rating/International Score"),
    DNB: ("organization.dnbAssessment.failureScore.classScore",) * 2,
}
RULES = {CREDITSAFE: {"rules": [101]}, DNB: {}}
WATCH = {
    CREDITSAFE: "/creditsafe/v1/monitoring/portfolios/",
    DNB: "/dnb/v1/monitoring/registrations/",
}
# Of D&B, the replay before is let through.
NOTICES = {
    CREDITSAFE: ("/creditsafe/v1/monitoring/notificationEvents", 0),
    DNB: ("/dnb/v1/monitoring/registrations/", 1),
}


@pytest.fixture(scope="module")
def sandbox_of_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("events")) as sandbox:
        yield sandbox


@pytest.fixture(params=sorted(RULES))
def agency(request: pytest.FixtureRequest) -> str:
    return request.param


class Watching:
    """A client whose one company is watched by a real agency's stand-in."""

    def __init__(self, pipeline: Pipeline, sandbox: Sandbox, agency: str, nth: int) -> None:
        self.pipeline, self.sandbox, self.name = pipeline, sandbox, agency
        self.reference = registered(agency, nth=nth).reference
        self.stack = ExitStack()
        connections = JsonConnections(airflow_connections(sandbox.url, sandbox.home))
        credit = credit_config(agency, monitoring={"reference": str(700 + nth), **RULES[agency]})
        self.monitor: AgencyMonitor = self.stack.enter_context(
            agencies.open_monitor(credit, connections, shelf=MemoryShelf())
        )
        pipeline.creditsafe.name = agency
        pipeline.set_rules(credit=replace(CREDIT, agency=agency))
        pipeline.creditsafe.known["01234561"] = self.reference
        pipeline.crm.put("a", **company("aldgate", **WANTED))
        pipeline.sync()
        assert watch_companies(pipeline.store, self.monitor, countries=["GB"], now=NOW) == {
            "watched": 1,
            "not_watched": 0,
        }

    def happens(self, old: str, new: str, **when: str) -> None:
        change = {"agency": self.name, "company": self.reference, "what": WHAT[self.name][0]}
        told = self.sandbox.http.post(
            "/control/agency_events", json={**change, "old": old, "new": new, **when}
        ).json()
        assert told == {"lists": 1}

    def pull(self, **later: float) -> int:
        now = datetime.now(UTC) + timedelta(**later)
        return pull_events(self.pipeline.store, self.monitor, now=now)["events"]

    def events(self) -> list[tuple[str, str, str, str]]:
        return self.pipeline.rows(
            "SELECT company_reference, kind, old, new FROM agency_event ORDER BY noted_at, new"
        )


NOW = datetime.now(UTC)
COUNTER = iter(range(1_000))


@pytest.fixture
def watching(pipeline: Pipeline, sandbox_of_module: Sandbox, agency: str) -> Iterator[Watching]:
    watched = Watching(pipeline, sandbox_of_module, agency, next(COUNTER))
    yield watched
    watched.stack.close()
    sandbox_of_module.order_faults()


def test_an_event_is_a_fact_once_however_often_it_is_told(watching: Watching) -> None:
    watching.happens("B", "C")

    counts = [watching.pull(), watching.pull(), watching.pull(hours=1)]

    assert counts == [1, 0, 0]
    assert watching.events() == [(watching.reference, WHAT[watching.name][1], "B", "C")]


def test_a_company_is_watched_once_and_a_second_time_is_no_error(watching: Watching) -> None:
    again = watch_companies(watching.pipeline.store, watching.monitor, countries=["GB"], now=NOW)

    watching.monitor.watch(watching.reference, our_reference="C-1")

    assert again == {"watched": 0}


def test_an_answer_that_was_lost_after_it_was_consumed_is_not_lost_for_good(
    watching: Watching,
) -> None:
    watching.happens("A", "D")
    path, skip = NOTICES[watching.name]
    watching.sandbox.order_faults({"path": path, "kind": "cut_after", "skip": skip})
    with pytest.raises(RetryableError):
        watching.pull()
    watching.sandbox.order_faults()

    watching.pull()

    assert [new for *_, new in watching.events()] == ["D"]


def test_a_page_that_was_kept_and_not_read_is_read_by_the_next_run(
    watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    watching.happens("A", "E")

    def die(_: object) -> Sequence[AgencyEvent]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(watching.monitor, "events_of", die)
        with pytest.raises(KeyboardInterrupt):
            watching.pull()
    assert watching.events() == []

    assert watching.pull() == 1
    assert [new for *_, new in watching.events()] == ["E"]


def test_a_page_that_cannot_be_read_is_kept_and_told_and_the_next_is_read(
    watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    watching.happens("A", "F")

    def refuse(_: object) -> Sequence[AgencyEvent]:
        raise PermanentError("It is none.", next_step="Look.")

    with monkeypatch.context() as patched:
        patched.setattr(watching.monitor, "events_of", refuse)
        watching.pull()

    assert watching.pipeline.rows("SELECT problem FROM agency_page_read") == [("It is none.",)]
    assert any(":events:" in cause for cause in watching.pipeline.tickets())


def test_what_happened_after_the_report_is_told_of_its_customer(watching: Watching) -> None:
    later = (watching.pipeline.clock.now + timedelta(days=2)).isoformat()
    watching.happens("B", "C", at="2020-01-01T00:00:00Z")
    watching.happens("C", "D", at=later)
    watching.pull()
    ((customer_id,),) = watching.pipeline.rows("SELECT customer_id FROM credit_report")

    with watching.pipeline.store.begin() as unit:
        told = unit.agency_events.since_report([customer_id, "C-NOBODY"])

    assert [(key, [event.new for event in events]) for key, events in told.items()] == [
        (customer_id, ["D"])
    ]


@pytest.mark.parametrize("agency", [DNB])
def test_a_replay_that_is_refused_keeps_no_new_event_away(watching: Watching) -> None:
    watching.happens("B", "C")
    path = f"{WATCH[DNB]}{watching.monitor.watch_list}/notifications/replay"
    fault = {"path": path, "kind": "answer_after", "status": 400, "body": {}}
    watching.sandbox.order_faults(fault)

    with pytest.raises(PermanentError):
        watching.pull()

    assert [new for *_, new in watching.events()] == ["C"]
    watching.sandbox.order_faults()
    assert watching.pull(hours=1) == 0


def test_a_list_that_the_agency_does_not_have_is_told(
    watching: Watching,
) -> None:
    watching.pipeline.test_store.change("TRUNCATE agency_watch")
    watching.sandbox.order_faults(
        {
            "path": WATCH[watching.name],
            "method": "POST",
            "kind": "answer_after",
            "status": 404,
            "body": {},
        }
    )

    with pytest.raises(NotFoundError):
        watch_companies(watching.pipeline.store, watching.monitor, countries=["GB"], now=NOW)

    assert watching.pipeline.rows("SELECT count(*) FROM agency_watch") == [(0,)]


class Broken:
    """A monitor that cannot be asked."""

    name = "creditsafe"
    watch_list = "77"

    def pull(self, *, since: datetime) -> Iterator[Mapping[str, object]]:
        raise PermanentError(f"Nothing since {since:%Y}.", next_step="Look.")


def test_an_agency_that_cannot_be_asked_keeps_nobody_from_syncing(pipeline: Pipeline) -> None:
    pipeline.set_rules(credit=CREDIT)
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.monitor = Broken()

    pipeline.sync()

    assert pipeline.states("crm", "a") == ["applied"]
    assert pipeline.tickets() == ["credit:creditsafe:events"]
    pipeline.monitor = SimpleNamespace(
        name="creditsafe", watch_list="77", pull=lambda **_: iter(()), prepare=lambda _: None
    )
    pipeline.sync()
    assert pipeline.tickets() == []


def test_a_client_that_is_only_watched_has_nothing_asked(pipeline: Pipeline) -> None:
    pipeline.set_rules(credit=CREDIT, release=replace(pipeline.rules.release, enabled=False))
    pipeline.monitor = Broken()

    assert monitoring.read_agency_events(pipeline) == {}


class KnowsNobody:
    """A monitor that cannot watch the companies it is given, and has a page of events."""

    name = "creditsafe"
    watch_list = "77"

    def prepare(self, countries: Sequence[str]) -> None:
        pass

    def watch(self, company_reference: str, *, our_reference: str) -> None:
        raise NotFoundError(f"There is no {company_reference}.", next_step="Look.")

    def pull(self, *, since: datetime) -> Iterator[Mapping[str, object]]:
        yield {"asked_since": since.isoformat()}

    def events_of(self, page: Mapping[str, object]) -> Sequence[AgencyEvent]:
        return [
            AgencyEvent(
                event_id="e1",
                agency=self.name,
                company_reference="GB-1",
                kind="Rating",
                happened_at=datetime.fromisoformat(str(page["asked_since"])),
            )
        ]


def test_a_company_that_cannot_be_watched_keeps_no_event_of_others_away(
    pipeline: Pipeline,
) -> None:
    pipeline.set_rules(credit=CREDIT)
    pipeline.creditsafe.known["01234561"] = "GB-1"
    pipeline.crm.put("a", **company("aldgate", **WANTED))
    pipeline.sync()
    pipeline.monitor = KnowsNobody()

    pipeline.sync()

    assert pipeline.tickets() == ["credit:creditsafe:events"]
    assert pipeline.rows("SELECT event_id FROM agency_event") == [("e1",)]


class KnowsOnly(KnowsNobody):
    """A monitor that knows one company, and has nothing to tell."""

    def __init__(self, reference: str) -> None:
        self.reference = reference

    def watch(self, company_reference: str, *, our_reference: str) -> None:
        if company_reference != self.reference:
            super().watch(company_reference, our_reference=our_reference)


def test_companies_that_cannot_be_watched_keep_no_other_from_a_turn(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_monitoring, "_MOST_WATCHED", 1)
    pipeline.set_rules(credit=CREDIT)
    for number, which in enumerate(("aldgate", "brixton"), start=1):
        pipeline.creditsafe.known[f"0{number}23456{number}"] = f"GB-{number}"
        pipeline.crm.put(which, **company(which, **WANTED))
    pipeline.sync()

    for _ in range(30):
        pipeline.clock.push(hours=1)
        with suppress(NotFoundError):
            watch_companies(
                pipeline.store, KnowsOnly("GB-2"), countries=["GB"], now=pipeline.clock()
            )

    assert pipeline.rows("SELECT company_reference FROM agency_watch") == [("GB-2",)]
