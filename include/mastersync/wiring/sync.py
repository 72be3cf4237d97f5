"""The steps of one client's sync, wired: what Airflow's tasks and the command line call.

Each step is safe to run again, takes and returns ids and counts only, and leaves what it did in
the store.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import timedelta
from functools import partial

from mastersync.domain.effects.model import EffectKind
from mastersync.errors import MastersyncError
from mastersync.ports.records import Batch
from mastersync.usecases import (
    close_run,
    deliver_effects,
    extract_system,
    form_golden,
    match_delta,
    plan_run,
    prepare_batch,
    rebuild_index,
    recommend_credit,
    release_plan,
    search_records,
    settle_mails,
    watch_clocks,
)
from mastersync.usecases.approval_text import totals_in_words
from mastersync.usecases.check_credit import plan_credit_checks, wait_for_missing_reports
from mastersync.usecases.deliver_effects import Performer
from mastersync.usecases.push_to_system import PushPerformer
from mastersync.usecases.send_confirmations import MailPerformer
from mastersync.wiring.client import Client
from mastersync.wiring.monitoring import read_agency_events
from mastersync.wiring.opening import open_this_run
from mastersync.wiring.ordering import open_orders

VERSIONS_PER_BATCH = 2_000
CUSTOMERS_PER_BATCH = 1_000
LARGE_DELTA = 200  # versions
LONGEST_PUSH = timedelta(minutes=20)  # the rest is delivered by turns with other clients
SILENCE = timedelta(minutes=30)  # after which a mail of unknown outcome is sent once more

Counts = dict[str, int]
OnStep = Callable[[str, object], None]


def silently(step: str, result: object) -> None:
    """Tell nobody of a step."""


def extract(client: Client, run_id: str, system: str) -> Counts:
    """Land what changed in a system."""
    with client.reader(system) as reader:
        return extract_system.extract_system(
            client.store,
            reader,
            system=system,
            run_id=run_id,
            clock=client.clock,
            failpoint=client.failpoint,
        )


def version_batches(client: Client) -> list[dict[str, int]]:
    """Cut what is pending into batches; always at least one, so that what follows is run."""
    rebuild_index.ensure_index(client.store)
    with client.store.begin() as unit:
        batches = unit.records.pending_batches(size=VERSIONS_PER_BATCH)
    return [asdict(batch) for batch in batches or [Batch(first_version_id=0, last_version_id=0)]]


def prepare(client: Client, batch: dict[str, int]) -> Counts:
    """Normalise and validate a batch, and put it into the index of keys."""
    prepared = prepare_batch.prepare_batch(
        client.store,
        client.rules,
        batch=Batch(**batch),
        now=client.clock(),
        failpoint=client.failpoint,
    )
    indexed = search_records.index_range(client.store, Batch(**batch), failpoint=client.failpoint)
    return prepared | {"indexed": indexed}


def compare(client: Client, run_id: str, batch: dict[str, int]) -> Counts:
    """Compare a batch with what the index brings, when all batches are in the index."""
    pairs = match_delta.compare_batch(
        client.store,
        client.rules.match,
        Batch(**batch),
        run_id=run_id,
        now=client.clock(),
        failpoint=client.failpoint,
    )
    return {"pairs": pairs}


def match(client: Client, run_id: str) -> Counts:
    """Find out whose each record is; what no batch has compared is compared first."""
    _expect_large_delta(client)
    return match_delta.match_delta(
        client.store,
        client.rules,
        run_id=run_id,
        now=client.clock(),
        failpoint=client.failpoint,
    )


def customer_batches(client: Client, run_id: str) -> list[list[str]]:
    """Cut the customers due for forming into ranges of ids (first and last); at least one."""
    _expect_large_delta(client)
    with client.store.begin() as unit:
        due = unit.customers.due_for_forming(run_id, now=client.clock())
        everyone = unit.customers.live() if client.everyone else []
    wanted = sorted({*due, *everyone, *_to_check_again(client)})
    size = CUSTOMERS_PER_BATCH
    chunks = [wanted[first : first + size] for first in range(0, len(wanted), size)]
    return [[chunk[0], chunk[-1]] for chunk in chunks] or [["", ""]]


def check_credit(client: Client, run_id: str, customers: Sequence[str]) -> Counts:
    """Check the credit of the customers in a range; what they need is planned, nothing bought."""
    if client.rules.credit is None:
        return {}
    due = _due_in_range(client, run_id, customers)
    customer_ids = sorted({*due, *_to_check_again(client, customers)})
    if not customer_ids:
        return {}
    with client.company_search() as search:
        return plan_credit_checks(
            client.store,
            client.rules,
            search,
            customer_ids=customer_ids,
            run_id=run_id,
            now=client.clock(),
            failpoint=client.failpoint,
        )


def order_reports(client: Client, run_id: str) -> Counts:
    """Buy the reports that the run needs, when all of it was checked: its guards see it whole."""
    if client.rules.credit is None:
        return {}
    release_plan.release_orders(client.store, client.rules, run_id=run_id, now=client.clock())
    return deliver_orders(client)


def deliver_orders(client: Client) -> Counts:
    """Place the credit orders that are due, and keep the reports that they bring."""
    if client.rules.credit is None or not client.rules.release.delivers:
        return {}
    with open_orders(client) as performer:
        return _deliver(client, performer)


def form(client: Client, run_id: str, customers: Sequence[str]) -> Counts:
    """Form the golden records of the customers in a range.

    First their limits and terms are recommended, and decided on where the client's rules let them
    be. Whoever should have been checked and has no report waits, also when the check itself failed.
    """
    credit: Counts = {}
    if client.rules.credit is not None:
        credit = recommend_credit.recommend_credit(
            client.store,
            client.rules,
            customer_ids=_due_in_range(client, run_id, customers),
            run_id=run_id,
            now=client.clock(),
        )
        credit["waiting_for_credit"] = wait_for_missing_reports(
            client.store,
            client.rules,
            customer_ids=_due_in_range(client, run_id, customers),
            now=client.clock(),
        )
    formed = form_golden.form_golden(
        client.store,
        client.rules,
        customer_ids=_to_form(client, run_id, customers),
        run_id=run_id,
        now=client.clock(),
        failpoint=client.failpoint,
    )
    return formed | credit


def plan(client: Client, run_id: str) -> Counts:
    """Plan what the run changes outside."""
    return plan_run.plan_run(
        client.store,
        client.rules,
        run_id=run_id,
        secret_key=client.settings.key,
        now=client.clock(),
        everyone=client.everyone,
        failpoint=client.failpoint,
    )


def plan_in_words(client: Client, run_id: str) -> str:
    """Return the run's plan for who is to approve it, in Markdown; "" when nobody is asked."""
    plan = release_plan.plan_to_approve(client.store, run_id)
    return "" if plan is None else totals_in_words(client.rules, plan)


def answer(client: Client, run_id: str, chosen: str, *, actor: str) -> Counts:
    """Do what a person answered to the run's plan."""
    return release_plan.answer_plan(
        client.store,
        client.rules,
        run_id=run_id,
        answer=release_plan.Answer(chosen),
        actor=actor,
        now=client.clock(),
    )


def target_systems(client: Client) -> list[str]:
    """Return the systems that are written to."""
    return sorted(client.rules.targets)


def push(client: Client, run_id: str, system: str) -> Counts:
    """Deliver the pushes due at a system."""
    with client.writer(system) as writer:
        return _deliver(client, PushPerformer(system, writer, run_id=run_id))


def confirm(client: Client) -> Counts:
    """Send the confirmation mails that are due, and settle those of unknown outcome."""
    if client.rules.confirmation is None:
        return {}
    silent = settle_mails.settle_silent_mails(client.store, wait=SILENCE, now=client.clock())
    unreachable = settle_mails.report_undeliverable(client.store, now=client.clock())
    performer = MailPerformer(
        client.store, client.mailer(), client.mail_setting(), render=client.render
    )
    return silent | _deliver(client, performer) | {"unreachable": unreachable}


def watch(client: Client) -> Counts:
    """Read the SLA clocks that may have changed, and tell whom it concerns."""
    return watch_clocks.watch_clocks(client.store, client.rules, now=client.clock())


def close(client: Client, run_id: str) -> dict[str, object]:
    """Read the clocks again, count and close the run."""
    watch(client)
    return close_run.close_run(
        client.store, run_id=run_id, now=client.clock(), failpoint=client.failpoint
    )


def deliver_leftovers(client: Client) -> dict[str, Counts]:
    """Deliver everything due of a client, outside of any run; of one that is disabled, nothing.

    Raises:
        MastersyncError: One of the targets could not be reached or refused the login; the first
            such error, when all the others have been served.
    """
    waiting = release_plan.tell_of_disabled(client.store, client.rules, now=client.clock())
    if not client.rules.release.delivers:
        return {"not delivered": {"waiting": waiting}}
    with client.store.begin() as unit:
        run_id = unit.runs.newest()
    if run_id is None:
        return {}
    deliveries: dict[str, Callable[[], Counts]] = {
        system: partial(push, client, run_id, system) for system in target_systems(client)
    }
    deliveries[EffectKind.EMAIL] = partial(confirm, client)
    deliveries[EffectKind.CREDIT_ORDER] = partial(deliver_orders, client)
    delivered: dict[str, Counts] = {}
    troubles: list[MastersyncError] = []
    for name, deliver in deliveries.items():
        try:
            delivered[name] = deliver()
        except MastersyncError as error:
            troubles.append(error)
    if troubles:
        raise troubles[0]
    return delivered


def sync_client(client: Client, run_id: str, *, on_step: OnStep = silently) -> dict[str, object]:
    """Run all steps in this process, one after the other; returns the run's state and counts."""
    on_step("read the agency's events", read_agency_events(client))
    derive(client, run_id, on_step=on_step)
    return deliver_run(client, run_id, on_step=on_step)


def derive(client: Client, run_id: str, *, on_step: OnStep) -> None:
    """Run the steps up to the plan, so that what is to leave stands in the outbox.

    Only the credit reports that the golden records wait for are bought.
    """
    read_and_check(client, run_id, on_step=on_step)
    on_step("order credit reports", order_reports(client, run_id))
    form_and_plan(client, run_id, on_step=on_step)


def read_and_check(client: Client, run_id: str, *, on_step: OnStep) -> None:
    """Run the steps up to the credit checks; the orders that these call for are planned."""
    on_step("open", open_this_run(client, run_id))
    for system in client.rules.systems:
        on_step(f"extract {system}", extract(client, run_id, system))
    batches = version_batches(client)
    for batch in batches:
        on_step("prepare", prepare(client, batch))
    for batch in batches:
        on_step("compare", compare(client, run_id, batch))
    on_step("match", match(client, run_id))
    for customers in customer_batches(client, run_id):
        on_step("check credit", check_credit(client, run_id, customers))


def form_and_plan(client: Client, run_id: str, *, on_step: OnStep) -> None:
    """Run the steps from the golden records to the plan; whose report is not in waits."""
    for customers in customer_batches(client, run_id):
        on_step("form golden records", form(client, run_id, customers))
    on_step("plan", plan(client, run_id))


def deliver_run(client: Client, run_id: str, *, on_step: OnStep) -> dict[str, object]:
    """Deliver what may leave, and close the run; returns its state and counts."""
    on_step("order credit reports", deliver_orders(client))
    for system in target_systems(client):
        on_step(f"push {system}", push(client, run_id, system))
    on_step("request confirmations", confirm(client))
    closed = close(client, run_id)
    on_step("close", closed)
    return closed


def _expect_large_delta(client: Client) -> None:
    """Let the store plan for a delta that is large, as a first load is."""
    with client.store.begin() as unit:
        is_large = len(unit.records.pending_batches(size=LARGE_DELTA)) > 1
    if is_large:
        with client.store.begin() as unit:
            unit.records.refresh_statistics()


def _deliver(client: Client, performer: Performer) -> Counts:
    """Deliver what is due; everything that leaves the house passes here."""
    if not client.rules.release.delivers:
        return {}
    return deliver_effects.deliver_effects(
        client.store,
        performer,
        clock=client.clock,
        failpoint=client.failpoint,
        until=client.clock() + LONGEST_PUSH,
    ).as_counts()


def _to_check_again(client: Client, customers: Sequence[str | None] = (None, None)) -> list[str]:
    """Return customers whose credit report is no longer good enough, whatever else changed."""
    policy = client.rules.credit
    if policy is None:
        return []
    first, last = customers
    with client.store.begin() as unit:
        return unit.credit_reports.to_check_again(
            first_id=first,
            last_id=last,
            with_events=policy.occasions.events,
            most=CUSTOMERS_PER_BATCH,
            now=client.clock(),
        )


def _to_form(client: Client, run_id: str, customers: Sequence[str]) -> list[str]:
    """Return who may change; or, where everybody is asked for, who has a golden record, too."""
    due = _due_in_range(client, run_id, customers)
    if not client.everyone:
        return due
    first, last = customers
    with client.store.begin() as unit:
        return sorted({*due, *unit.customers.live(first_id=first, last_id=last)})


def _due_in_range(client: Client, run_id: str, customers: Sequence[str]) -> list[str]:
    first, last = customers
    with client.store.begin() as unit:
        return unit.customers.due_for_forming(
            run_id, first_id=first, last_id=last, now=client.clock()
        )
