"""Showing a part of a plan, also when it has nothing of what is asked for."""

from io import StringIO

import pytest
from rich.console import Console

from mastersync.cli.plan_filter import filter_of
from mastersync.cli.plan_tables import show_plan
from mastersync.errors import RuleError
from plans import a_plan


def shown(*only: str) -> str:
    plan = a_plan()
    console = Console(file=StringIO(), width=200)
    asked = filter_of(only, plan.content, systems=["billing", "crm", "erp"])
    show_plan(console, plan, only=asked, most=20)
    return console.file.getvalue()


def test_a_target_that_the_plan_has_nothing_for_is_said() -> None:
    assert "The plan has nothing of billing." in shown("billing")
    assert "The plan has nothing" not in shown("crm")


def test_a_customer_that_the_plan_has_nothing_for_is_said() -> None:
    assert "The plan has nothing of C-NOBODY, writes." in shown("writes", "C-NOBODY")


def test_what_is_neither_section_nor_system_nor_customer_is_refused() -> None:
    with pytest.raises(RuleError, match="nothing called 'nosys'"):
        shown("nosys")
