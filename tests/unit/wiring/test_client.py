"""What stands for a client's folder, so that a plan made by other rules is known."""

import shutil
from pathlib import Path

import pytest

from mastersync.config.connections import JsonConnections
from mastersync.config.settings import load_settings
from mastersync.wiring.client import open_client
from stores import SECRET

SAMPLES = Path(__file__).parents[3] / "include" / "clients"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A client of its own, with a folder for the words of its mails."""
    shutil.copytree(SAMPLES / "bright_bakery", tmp_path / "clients" / "bright_bakery")
    (tmp_path / "clients" / "bright_bakery" / "templates").mkdir(exist_ok=True)
    return tmp_path / "clients" / "bright_bakery"


def configuration(folder: Path) -> str:
    settings = load_settings(
        home=folder.parents[1],
        clients_dir=folder.parent,
        store_url="postgresql+psycopg://nobody@localhost/never_asked",
        secret_key=SECRET,
    )
    with open_client(folder.name, JsonConnections({}), settings=settings) as client:
        return client.configuration


def test_the_words_of_a_mail_are_part_of_the_configuration(folder: Path) -> None:
    before = configuration(folder)

    (folder / "templates" / "confirmation.txt").write_text("Dear customer")

    assert configuration(folder) not in {"", before}


def test_a_file_among_the_words_that_is_no_text_is_part_of_it_too(folder: Path) -> None:
    (folder / "templates" / "logo.png").write_bytes(b"\x89PNG\xff")
    before = configuration(folder)

    (folder / "templates" / "logo.png").write_bytes(b"\x89PNG\xfe")

    assert configuration(folder) != before
