"""``mastersync replay``, as it is run."""

import json
from pathlib import Path

import pytest
import yaml

from worlds import CLIENT, World


@pytest.fixture
def changed(world: World, tmp_path: Path) -> Path:
    """A copy of the client's folder in which the shop is trusted first."""
    config = yaml.load(
        (world.clients_dir / CLIENT / "client.yaml").read_text(), Loader=yaml.BaseLoader
    )
    config["survivorship"] = {"trust": ["shop", "erp"]}
    folder = tmp_path / "tried"
    folder.mkdir()
    (folder / "client.yaml").write_text(yaml.safe_dump(config))
    return folder


def test_today_s_rules_change_nothing_and_others_show_what(world: World, changed: Path) -> None:
    world.sync()
    window = ("--from", "2020-01-01", "--to", "2099-01-01")
    pushes = len(world.sandbox.ledger("pushes", client=CLIENT))

    same = json.loads(world.command("replay", CLIENT, *window, "--json").stdout)
    other = world.command("replay", CLIENT, *window, "--json", "--with-config", str(changed))
    shown = world.command("replay", CLIENT, *window, "--with-config", str(changed)).stdout

    assert (same["differing"], same["other_rules"], same["writes"]) == (0, 0, [])
    tried = json.loads(other.stdout)
    assert tried["records"] == same["records"] > 0
    assert 0 < tried["differing"] < tried["records"]
    assert sum(tried["fields"].values()) >= tried["differing"]
    assert {write["target"] for write in tried["writes"]} == {"erp"}
    assert f"{tried['differing']} come out otherwise" in " ".join(shown.split())
    assert len(world.sandbox.ledger("pushes", client=CLIENT)) == pushes


def test_what_cannot_be_replayed_is_told(world: World, tmp_path: Path) -> None:
    backwards = world.command("replay", CLIENT, "--from", "2026-02-01", "--to", "2026-01-01")
    empty = world.command(
        "replay",
        CLIENT,
        "--from",
        "2026-01-01",
        "--to",
        "2026-01-02",
        "--with-config",
        str(tmp_path),
    )

    assert backwards.returncode == 2
    assert "--from must be before --to" in backwards.stderr
    assert empty.returncode == 1
    assert "has no client.yaml" in empty.stderr
