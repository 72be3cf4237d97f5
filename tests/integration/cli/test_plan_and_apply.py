"""``mastersync plan`` and ``mastersync apply``, as they are run, against the sandbox."""

import json
import stat
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml

from mastersync.sandbox.rest.systems import SYSTEMS
from worlds import CLIENT, World

BOOKS = ("pushes", "orders", "mails")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "plan.json"


def ledgers(world: World) -> dict[str, int]:
    """What the outside saw, by its own books."""
    return {book: len(world.sandbox.ledger(book, client=CLIENT)) for book in BOOKS}


def planned(world: World, file: Path, *options: str) -> Any:
    done = world.command("plan", CLIENT, "--out", str(file), *options)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(file.read_text())


def refused(world: World, file: Path, *words: str) -> str:
    """What ``apply`` says when it does nothing."""
    before = ledgers(world)
    done = world.command("apply", str(file), *words)
    assert done.returncode == 1
    assert ledgers(world) == before
    return " ".join(done.stderr.split())


def test_a_plan_does_nothing_and_what_is_applied_is_what_it_said(world: World, file: Path) -> None:
    document = planned(world, file, "--html", str(file.with_suffix(".html")))

    assert ledgers(world) == dict.fromkeys(BOOKS, 0)
    assert world.store.rows("SELECT count(*) FROM run") == [(0,)]
    for path in (file, file.with_suffix(".html")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    content = document["content"]
    totals = content["totals"]
    assert min(len(content["writes"]), len(content["orders"]), len(content["mailed"])) > 0

    done = world.command("apply", str(file))

    assert (done.returncode, done.stderr) == (0, "")
    outcome = world.outcome()
    assert outcome.pushes == Counter(
        write["key"] or write["customer_id"] for write in content["writes"]
    )
    assert sum(outcome.pushes.values()) == totals["writes"]
    assert sum(outcome.orders.values()) == len(content["orders"])
    assert sum(outcome.mails.values()) == len(content["mailed"])
    assert world.breaches() == ()
    assert "applied already" in refused(world, file)


def test_a_plan_on_the_terminal_shows_totals_first_and_then_what_is_asked_for(
    world: World,
) -> None:
    everything = world.command("plan", CLIENT).stdout
    writes = world.command("plan", CLIENT, "--only", "erp", "--limit", "2").stdout
    unknown = world.command("plan", CLIENT, "--only", "crm")

    assert everything.index("Writes to erp") < everything.index("Customers created\n")
    assert "are your details still right?" in everything
    assert "→" in writes
    assert "Customers created\n" not in writes
    assert "more: --limit" in writes
    assert unknown.returncode == 1
    assert "nothing called 'crm'" in unknown.stderr


def test_a_plan_of_a_client_that_is_only_watched_advises_no_apply(world: World, file: Path) -> None:
    settings = world.clients_dir / CLIENT / "client.yaml"
    text = settings.read_text("utf-8")
    config = yaml.load(text, Loader=yaml.BaseLoader)
    settings.write_text(yaml.safe_dump(config | {"release": "shadow"}), "utf-8")

    told = " ".join(world.command("plan", CLIENT, "--out", str(file)).stdout.split())

    settings.write_text(text, "utf-8")
    assert "mastersync apply" not in told
    assert "set 'release' to auto or approve" in told


def test_a_plan_on_a_narrow_terminal_cuts_nothing_off(world: World) -> None:
    plan = json.loads(world.command("plan", CLIENT, "--json").stdout)["content"]

    printed = world.command("plan", CLIENT, "--only", "golden", "--limit", "100000").stdout

    words = "".join(printed.split())
    assert "…" not in printed
    assert all(change["customer_id"] in words for change in plan["golden"])


def test_the_last_run_is_named_and_a_client_that_is_not_there_is_told(world: World) -> None:
    world.sync()

    known = world.command("status", CLIENT)
    unknown = world.command("status", "nobody")

    assert f"{CLIENT}: run run{world.run_count}" in known.stdout
    assert (known.returncode, unknown.returncode) == (0, 1)
    assert f"The clients are: {CLIENT}." in unknown.stderr


def test_that_a_plan_was_shown_in_full_is_kept(world: World) -> None:
    kept = "SELECT summary ->> 'command' FROM audit_entry WHERE action = 'sensitive.shown'"

    in_part = world.command("plan", CLIENT)
    kept_of_part = world.store.rows(kept)
    in_full = world.command("plan", CLIENT, "--show-sensitive")

    assert (in_part.returncode, in_full.returncode) == (0, 0), in_full.stderr
    assert (kept_of_part, world.store.rows(kept)) == ([], [("plan",)])


def test_a_plan_for_programs_is_the_file(world: World, file: Path) -> None:
    document = planned(world, file)

    printed = json.loads(world.command("plan", CLIENT, "--json").stdout)

    assert printed["digest"] == document["digest"]
    assert printed.keys() == document.keys()


def test_two_applies_at_once_do_it_once(world: World, file: Path) -> None:
    content = planned(world, file)["content"]

    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(world.command, "apply", str(file)) for _ in range(2)]
        done: list[subprocess.CompletedProcess[str]] = [run.result() for run in runs]

    assert sorted(one.returncode for one in done) in ([0, 1], [0, 75])
    assert ledgers(world)["pushes"] == len(content["writes"])
    assert ledgers(world)["orders"] == len(content["orders"])
    assert world.breaches() == ()


@pytest.mark.parametrize("place", ["deliver.before_claim_commit", "deliver.after_deed"])
def test_an_apply_that_is_killed_while_it_delivers_is_finished_by_the_rest(
    world: World, file: Path, place: str
) -> None:
    content = planned(world, file)["content"]

    killed = world.command("apply", str(file), failpoint=place)
    assert killed.returncode < 0
    world.settle()

    outcome = world.outcome()
    wanted = {write["key"] or write["customer_id"] for write in content["writes"]}
    assert wanted <= outcome.pushes.keys()
    assert len(outcome.orders) >= len(content["orders"])
    assert set(outcome.orders.values()) == {1}
    assert world.breaches() == ()


def test_a_plan_edited_by_hand_is_refused(world: World, file: Path) -> None:
    document = planned(world, file)
    document["content"]["writes"] = document["content"]["writes"][:1]
    file.write_text(json.dumps(document))

    assert "seal is broken" in refused(world, file)


def test_a_plan_is_refused_after_a_new_fact(world: World, file: Path) -> None:
    writes = planned(world, file)["content"]["writes"]
    key = next(write["key"] for write in writes if write["key"])
    erp = world.sandbox.system(CLIENT, "erp")
    erp.patch(f"/customers/{key}", json={"phone": "+442079460555"}).raise_for_status()
    world.sandbox.close()

    words = refused(world, file)

    assert "is not what was planned" in words
    assert "is another now" in words
    assert "7946" not in words
    assert world.store.rows("SELECT count(*) FROM run") == [(0,)]


def test_a_plan_is_refused_after_the_client_s_file_changed(world: World, file: Path) -> None:
    planned(world, file)
    config_file = world.clients_dir / CLIENT / "client.yaml"
    config = yaml.load(config_file.read_text(), Loader=yaml.BaseLoader)
    config["confirmation"]["max_per_run"] = "1"
    config_file.write_text(yaml.safe_dump(config))

    assert f"configuration of {CLIENT} was changed" in refused(world, file)


def test_a_plan_is_refused_after_the_words_of_a_mail_changed(world: World, file: Path) -> None:
    planned(world, file)
    templates = world.clients_dir / CLIENT / "templates"
    templates.mkdir()
    (templates / "note.txt").write_text("Other words.")

    assert "configuration" in refused(world, file)


def test_a_client_that_nobody_knows_has_no_plan(world: World) -> None:
    done = world.command("plan", "nobody")

    assert done.returncode == 1
    assert "no client 'nobody'" in done.stderr


def test_a_place_that_cannot_be_written_is_told_before_anything_is_read(world: World) -> None:
    done = world.command("plan", CLIENT, "--out", "/nowhere/plan.json")

    assert done.returncode == 1
    assert "cannot be written" in done.stderr


def test_a_system_that_cannot_be_reached_stops_the_plan(world: World, file: Path) -> None:
    world.sandbox.order_faults(
        {"path": SYSTEMS[CLIENT, "erp"].path, "kind": "error_before", "status": 503}
    )

    done = world.command("plan", CLIENT, "--out", str(file))

    assert done.returncode == 75
    assert not file.exists()
    assert world.store.rows("SELECT count(*) FROM run") == [(0,)]
