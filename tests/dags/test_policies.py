"""What every DAG of this project must be: held for those that exist, and for those to come."""

from datetime import timedelta
from typing import Any

import pytest

from mastersync.config.schedules import list_clients
from mastersync.config.settings import PROJECT
from mastersync.errors import ConfigError, MastersyncError, PermanentError, RetryableError

DAGS = PROJECT / "dags"
LONGEST_FILE = 80
CLIENTS = list_clients(PROJECT / "include" / "clients")
PLATFORM_DAGS = ["credit_statement", "deliver_effects", "failure_sweep", "sla_watch"]
DAG_IDS = [*(f"client_sync__{client}" for client in CLIENTS), *PLATFORM_DAGS]


@pytest.fixture(scope="module")
def bag(load_dags) -> Any:
    return load_dags()


@pytest.fixture(params=DAG_IDS)
def dag(bag, request: pytest.FixtureRequest) -> Any:
    return bag.dags[request.param]


def test_every_file_loads_and_every_client_has_its_dag(bag) -> None:
    assert bag.import_errors == {}
    assert set(bag.dags) == set(DAG_IDS)


@pytest.mark.parametrize("file", sorted(DAGS.glob("*.py")), ids=lambda file: file.stem)
def test_a_dag_file_only_wires(file) -> None:
    assert len(file.read_text("utf-8").splitlines()) <= LONGEST_FILE


def test_a_dag_is_ours_explains_itself_and_never_runs_beside_itself(dag) -> None:
    # Tickets are raised for DAGs with this tag only.
    assert "mastersync" in dag.tags
    assert dag.doc_md.startswith("### ")
    for heading in ("*Reads, writes*", "*Safe to re-run*", "*When it fails*"):
        assert heading in dag.doc_md
    assert (dag.max_active_runs, dag.catchup) == (1, False)


def test_a_task_cannot_take_for_ever(dag) -> None:
    limits = {task.task_id: task.execution_timeout for task in dag.tasks}
    assert {task for task, limit in limits.items() if limit is None} == set()
    assert max(limits.values()) <= timedelta(hours=1)


def test_a_task_explains_itself(dag) -> None:
    assert {task.task_id for task in dag.tasks if not task.doc_md and not _docstring(task)} == set()


def _docstring(task) -> str | None:
    return task.python_callable.__doc__


@pytest.mark.parametrize("dag_id", [f"client_sync__{client}" for client in CLIENTS])
def test_what_may_pass_is_tried_again_and_what_a_person_must_mend_is_not(bag, dag_id) -> None:
    class AccessRefused(ConfigError):
        """A kind of its own, as connectors have."""

    for task in bag.dags[dag_id].tasks:
        decide = task.retry_policy.evaluate
        assert task.retries >= 1
        for kind in (ConfigError, PermanentError, AccessRefused):
            assert _action(decide, kind) == "fail", (task.task_id, kind)
        for kind in (RetryableError, TimeoutError):
            assert _action(decide, kind) != "fail", (task.task_id, kind)


def _action(decide, kind: type[Exception]) -> str:
    error = kind("x", next_step="y") if issubclass(kind, MastersyncError) else kind("x")
    return decide(error, try_number=1, max_tries=2).action.value


def test_a_task_is_given_ids_and_nothing_else(dag) -> None:
    from airflow.sdk import XComArg

    known = {*CLIENTS}
    for task in dag.tasks:
        kwargs = task.partial_kwargs if task.is_mapped else vars(task)
        given = [*(kwargs.get("op_args") or ()), *(kwargs.get("op_kwargs") or {}).values()]
        assert [value for value in given if not isinstance(value, XComArg)] == [
            value for value in given if isinstance(value, str) and value in known
        ]
        assert not kwargs.get("params")
        assert not kwargs.get("templates_dict")


def test_one_system_that_fails_does_not_stop_a_client(bag) -> None:
    rules = {
        task.task_id: task.trigger_rule.value
        for task in bag.dags["client_sync__harbor_foods"].tasks
    }
    for task_id in ("list_batches", "match", "plan"):
        assert rules[task_id] == "all_done_min_one_success"
    assert rules["close_run"] == "all_done"
    # The last task makes the run as red as its reddest task.
    assert rules["complete"] == "none_failed"


def test_reports_are_bought_when_all_customers_are_checked_and_before_any_is_formed(bag) -> None:
    tasks = bag.dags["client_sync__harbor_foods"].task_dict

    assert tasks["order_reports"].upstream_task_ids == {"check_credit"}
    assert "order_reports" in tasks["form_golden"].upstream_task_ids
    assert tasks["order_reports"].trigger_rule.value == "all_done_min_one_success"


def test_a_client_runs_in_its_own_time_zone(bag) -> None:
    dag = bag.dags["client_sync__lumen_lending"]

    assert str(dag.timetable.timezone) == "Australia/Adelaide"
    assert dag.timetable.expression == "30 5 * * 1-5"


def test_a_plan_that_a_person_releases_is_asked_for_between_planning_and_pushing(
    load_dags, clients_dir
) -> None:
    file = clients_dir / "globex" / "client.yaml"
    text = file.read_text("utf-8")
    assert "release: auto" in text
    file.write_text(text.replace("release: auto", "release: approve"), "utf-8")

    dags = load_dags().dags
    asking, other = dags["client_sync__globex"], dags["client_sync__acme"]

    assert "approve_plan" not in other.task_dict
    approve = asking.task_dict["approve_plan"]
    assert (approve.options, approve.defaults) == (
        ["Approve", "Reject", "Leave held"],
        ["Leave held"],
    )
    assert approve.subject == "Let the plan of Bright Bakery Supplies go out?"
    assert approve.response_timeout == timedelta(hours=12)
    assert "plan" in asking.task_dict["ask_release"].upstream_task_ids
    assert approve.upstream_task_ids == {"ask_release"}
    # Whatever became of the question, the answer is looked at, and only then is pushed.
    release = asking.task_dict["release"]
    assert release.trigger_rule.value == "all_done"
    for task_id in ("push", "order_reports"):
        assert "release" in asking.task_dict[task_id].upstream_task_ids
    assert not asking.task_dict["ask_release"].ignore_downstream_trigger_rules


def test_a_disabled_client_has_no_dag(load_dags, clients_dir) -> None:
    file = clients_dir / "globex" / "client.yaml"
    file.write_text(file.read_text("utf-8") + "\nenabled: false\n", "utf-8")

    found = load_dags()

    assert found.import_errors == {}
    assert "client_sync__globex" not in found.dags
    assert "client_sync__acme" in found.dags
