"""Days and moments on a command line, and what is said of those that are none."""

from datetime import datetime
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from mastersync.cli.days import DAY, MOMENT, day, moment


def said(*words: str) -> str:
    app = typer.Typer()

    @app.command()
    def command(
        until: Annotated[datetime | None, typer.Option(parser=day, metavar=DAY)] = None,
        at: Annotated[datetime | None, typer.Option(parser=moment, metavar=MOMENT)] = None,
    ) -> None:
        typer.echo(f"{until} {at}")

    result = CliRunner().invoke(app, words)
    return " ".join(result.output.replace("│", " ").split())


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2026-11-22", "2026-11-22 00:00:00"),
        ("2026-11-22T14:30", "2026-11-22 14:30:00"),
        ("2026-11-22 14:30:05", "2026-11-22 14:30:05"),
    ],
)
def test_a_moment_is_a_day_or_a_day_with_a_time(typed: str, read: str) -> None:
    assert said("--at", typed) == f"None {read}"


@pytest.mark.parametrize("typed", ["2026-02-30", "22.11.2026", "soon", "2026-11-22T14:30", ""])
def test_what_is_no_day_is_told_in_plain_words_with_an_example(typed: str) -> None:
    answer = said("--until", typed)

    assert f"'{typed}' is no day. Write year, month and day, as in 2026-11-22." in answer
    assert "--until" in answer
    assert "%" not in answer


def test_what_is_no_moment_is_told_in_plain_words_with_an_example() -> None:
    answer = said("--at", "2026-11-22T25:00")

    assert "is no day or moment. Write it as in 2026-11-22 or 2026-11-22T14:30." in answer
    assert "%" not in answer
