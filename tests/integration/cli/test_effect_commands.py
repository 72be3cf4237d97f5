"""effect, release and unmerge as somebody types them, against the sandbox's ERP and its ledger.

Told in order, on one world: each test goes on where the one before stopped.
"""

import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from mastersync.store.embedded import EmbeddedServer
from worlds import CLIENT, World, running_world, world_template

WHY = ("--reason", "a test", "--by", "eva")
UPDATES = "SELECT effect_id, body ->> 'key', after FROM effect WHERE kind = 'push'"


@pytest.fixture(scope="module")
def world(postgres_server: EmbeddedServer) -> Iterator[World]:
    with tempfile.TemporaryDirectory(prefix="mastersync-effects-") as directory:
        template, home = Path(directory) / "template", Path(directory) / "home"
        with (
            world_template(postgres_server, template) as database,
            running_world(
                postgres_server, database=database, template=template, home=home
            ) as world,
        ):
            world.sync()
            yield world


def pushes(world: World) -> Counter[str]:
    """What the ERP took, by its own ledger: record → number."""
    ledger = world.sandbox.ledger("pushes", client=CLIENT)
    return Counter(entry["record_id"] for entry in ledger)


def erp(world: World, key: str) -> Mapping[str, object]:
    answer = world.sandbox.system(CLIENT, "erp").get(f"/customers/{key}").json()
    world.sandbox.close()
    return answer.get("data", answer)


@pytest.fixture
def made_of_tax_numbers(world: World) -> Iterator[None]:
    """Whatever is written to the ERP is an expression that reads the tax number."""
    file = world.clients_dir / CLIENT / "client.yaml"
    text = file.read_text("utf-8")
    config = yaml.load(text, Loader=yaml.BaseLoader)
    fields = config["systems"]["erp"]["write"]["fields"]
    fields |= {path: {"expression": "city ~ tax_id"} for path in fields}
    file.write_text(yaml.safe_dump(config), encoding="utf-8")
    yield
    file.write_text(text, encoding="utf-8")


@pytest.mark.usefixtures("made_of_tax_numbers")
def test_sensitive_values_are_shown_in_part_and_showing_them_is_kept(world: World) -> None:
    ((effect_id, _, after), *_) = world.store.rows(
        f"{UPDATES} AND state = 'done' AND body ->> 'key' IS NOT NULL"
        " ORDER BY length(after::text) DESC"
    )
    value = max(map(str, after.values()), key=len)
    assert len(value) > 4
    commands = [("effect", deed, CLIENT, str(effect_id)) for deed in ("show", "rollback")]
    kept = "SELECT summary ->> 'command' FROM audit_entry WHERE action = 'sensitive.shown'"

    masked = [world.command(*words, *how).stdout for words in commands for how in ((), ("--json",))]
    kept_of_masked = world.store.rows(kept)
    full = [world.command(*words, "--show-sensitive").stdout for words in commands]

    assert not any(value in text for text in masked)
    assert all("•" in text for text in masked[::2])
    assert all(value in text for text in full)
    assert kept_of_masked == []
    assert sorted(world.store.rows(kept)) == [("effect rollback",), ("effect show",)]


def test_a_delivered_write_is_shown_taken_back_and_stays_so(world: World) -> None:
    ((effect_id, key, after), *_) = world.store.rows(
        f"{UPDATES} AND state = 'done' AND body ->> 'key' IS NOT NULL ORDER BY effect_id"
    )
    before = world.store.rows("SELECT before FROM effect WHERE effect_id = %s", effect_id)[0][0]
    assert {path: erp(world, key)[path] for path in after} == after

    shown = world.command("effect", "show", CLIENT, str(effect_id))
    planned = world.command("effect", "rollback", CLIENT, str(effect_id))
    assert {path: erp(world, key)[path] for path in after} == after
    done = world.command("effect", "rollback", CLIENT, str(effect_id), "--apply", *WHY)

    assert (shown.returncode, planned.returncode) == (0, 0), planned.stderr
    assert "1 record(s) would go back" in planned.stdout
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 of 1 record(s) went back" in done.stdout
    held = {path: erp(world, key)[path] or None for path in after}
    assert held == {path: before.get(path) or None for path in after}
    taken = pushes(world)
    for _ in range(2):
        world.sync()
    assert pushes(world) == taken
    assert world.breaches() == ()


def test_what_is_kept_away_is_listed_and_lifted(world: World) -> None:
    kept = json.loads(world.command("effect", "list", CLIENT, "--rolled-back", "--json").stdout)
    assert kept
    assert {one["author"] for one in kept} == {"eva"}
    record = kept[0]["source_key"]
    taken = pushes(world)

    lifted = world.command(
        "effect", "lift", CLIENT, *(str(one["decision_id"]) for one in kept), *WHY
    )
    world.sync()

    assert lifted.returncode == 0, lifted.stderr
    assert pushes(world) - taken == {record: 1}
    assert world.breaches() == ()


def test_what_cannot_be_taken_back_is_said_with_why(world: World) -> None:
    answer = world.command("effect", "rollback", CLIENT, "--run", "run1", "--json")

    reasons = {one["kind"]: one["why"] for one in json.loads(answer.stdout)["plan"]["refused"]}
    assert reasons["email"] == "a mail that was sent cannot be called back"
    assert reasons["credit_order"] == "a report that was ordered is paid for"
    assert "it created the record" in answer.stdout


def test_a_merge_that_was_pushed_is_undone_in_the_erp_too(world: World) -> None:
    (one, other) = world.store.rows(
        "SELECT customer_id, min(source_key) FROM link JOIN source_record USING (client_id,"
        " record_id) WHERE system = 'erp' AND rule <> 'created_by_us' AND ended_at IS NULL"
        " GROUP BY customer_id ORDER BY customer_id LIMIT 2"
    )
    keys = (one[1], other[1])
    before = {key: shared(erp(world, key)) for key in keys}
    merged = world.command("merge", CLIENT, one[0], other[0], "--insist", *WHY)
    assert merged.returncode == 0, merged.stderr
    world.sync()
    assert erp(world, keys[0])["name"] == erp(world, keys[1])["name"]

    planned = world.command("unmerge", CLIENT, other[0], "--plan", "--insist", *WHY)
    assert erp(world, keys[0])["name"] == erp(world, keys[1])["name"]
    done = world.command("unmerge", CLIENT, other[0], "--insist", *WHY)

    assert planned.returncode == 0, planned.stderr
    assert f"erp:{keys[1]}" in planned.stdout
    assert "Only a plan" in planned.stdout
    assert done.returncode == 0, done.stderr
    assert "delivered at once" in done.stdout
    assert {key: shared(erp(world, key)) for key in keys} == before
    taken = pushes(world)
    for _ in range(2):
        world.sync()
    assert pushes(world) == taken
    assert world.command("audit", "--outside").returncode == 0


def shared(record: Mapping[str, object]) -> dict[str, object]:
    """What a merge may change of a record."""
    return {path: record[path] for path in ("name", "street", "city", "postcode", "phone", "email")}


@pytest.mark.parametrize(
    ("words", "problem", "code"),
    [
        (("effect", "hold"), "Say which", 2),
        (("effect", "rollback", "--apply", "--reason", "r"), "Say which", 2),
        (("effect", "cancel", "--run", "run1", "--yes"), "Of 34 effect(s): 34 done", 1),
        (("effect", "release", "--run", "nine"), "has no run 'nine'", 1),
        (("effect", "list", "--target", "nosys"), "Nothing goes to 'nosys'", 1),
        (("effect", "list", "--customer", "C-NOBODY"), "There is no customer C-NOBODY", 1),
        (("effect", "rollback", "--target", "nosys"), "Effects go to: ", 1),
        (("release", "run1"), "Nothing of run run1 is held", 1),
        (("release", "nine"), "no run 'nine'", 1),
        (("effect", "lift", "999", "--reason", "r"), "None of these decisions", 1),
        (("effect", "rollback", "--run", "run1", "--apply"), "nothing says why", 1),
    ],
)
def test_what_cannot_be_is_said_in_words(
    world: World, words: tuple[str, ...], problem: str, code: int
) -> None:
    place = 2 if words[0] == "effect" else 1
    answer = world.command(*words[:place], CLIENT, *words[place:])

    told = " ".join(answer.stderr.split()).replace("│ ", "")
    assert problem in told, answer.stdout
    assert answer.returncode == code
    assert "Traceback" not in answer.stderr


def test_more_than_one_needs_a_yes_and_is_counted_first(world: World) -> None:
    mails = ("--kind", "email")
    world.store.change("UPDATE effect SET state = 'ready' WHERE kind = 'email'")
    ((count,),) = world.store.rows("SELECT count(*) FROM effect WHERE kind = 'email'")

    asked = world.command("effect", "hold", CLIENT, *mails, *WHY)
    listed = world.command("effect", "list", CLIENT, "--kind", "email", "--limit", "1")
    held = world.command("effect", "hold", CLIENT, *mails, "--yes", *WHY)
    tickets = json.loads(world.command("ticket", "list", "--client", CLIENT, "--json").stdout)
    again = world.command("effect", "hold", CLIENT, *mails, "--yes", *WHY)
    freed = world.command("effect", "release", CLIENT, *mails, "--yes", "--by", "eva")

    assert (asked.returncode, held.returncode, freed.returncode) == (1, 0, 0)
    assert f"these are {count} effects" in asked.stderr
    assert "ready" in listed.stdout
    assert f"{count} effect(s) held." in held.stdout
    assert f"eva holds {count} effect(s)" in {ticket["title"] for ticket in tickets}
    assert f"{count} held already (person)" in again.stderr


def test_a_client_whose_folder_is_gone_is_named_while_effects_of_it_wait(world: World) -> None:
    folder = world.clients_dir / CLIENT
    taken = pushes(world)
    away = folder.rename(world.clients_dir / f".{CLIENT}")
    try:
        gone = world.command("status")
    finally:
        away.rename(folder)
    file = folder / "client.yaml"
    text = file.read_text("utf-8")
    file.write_text(f"{text}\nenabled: false\n".replace("enabled: 'true'", ""), "utf-8")
    disabled = world.command("status")
    world.deliver()
    refused = world.command("sync", CLIENT)
    tickets = world.store.rows("SELECT title FROM ticket WHERE cause_key = 'client:disabled'")
    file.write_text(text, "utf-8")

    assert f"{CLIENT} has no folder: " in gone.stdout
    assert "none is delivered" in gone.stdout
    assert f"{CLIENT} is disabled: " in disabled.stdout
    assert tickets == [("Bright Bakery Supplies is disabled, and effects of it wait",)]
    assert "is disabled and is not synced" in refused.stderr
    assert pushes(world) == taken
