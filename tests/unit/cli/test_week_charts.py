from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from mastersync.cli.sla_page import charts as sla_charts
from mastersync.cli.spend_page import charts as spend_charts
from mastersync.domain.credit.budget import Budget
from mastersync.domain.credit.spending import WeekSpent
from mastersync.usecases.report_sla import Week

A_LETTER = 7.0  # at most, in the letters of a page
BUDGET = Budget(
    currency="EUR", per_run=Decimal(9), per_month=Decimal(90), soft_per_month=Decimal(60)
)


def mondays(weeks: int) -> list[date]:
    return [date(2026, 1, 5) + timedelta(weeks=number) for number in range(weeks)]


def kept(weeks: int, frame: sla_charts.Frame) -> sla_charts.Chart:
    drawn = [Week(monday=day, met=3_000, late=200, waived=1) for day in mondays(weeks)]
    return sla_charts.weeks_chart(drawn, Decimal("0.95"), frame)


def spent(weeks: int, frame: sla_charts.Frame) -> sla_charts.Chart:
    drawn = [
        WeekSpent(monday=day, spent=Decimal(20), orders=5, thirty_days=Decimal(70))
        for day in mondays(weeks)
    ]
    return spend_charts.spend_chart(drawn, BUDGET, frame)


@pytest.mark.parametrize("weeks", [1, 6, 12, 13, 27, 53, 160])
@pytest.mark.parametrize(
    ("draw", "frame"),
    [
        (kept, sla_charts.WIDE),
        (kept, sla_charts.NARROW),
        (spent, spend_charts.WIDE),
        (spent, spend_charts.NARROW),
    ],
)
def test_words_stay_apart_and_inside_however_many_weeks_there_are(draw, frame, weeks):
    chart = draw(weeks, frame)

    for kind in ("middle", "value"):
        rows = [label for label in chart.labels if label.kind == kind]
        for one, two in pairwise(rows):
            assert one.x + len(one.text) * A_LETTER / 2 <= two.x - len(two.text) * A_LETTER / 2
        for label in rows:
            assert label.x - len(label.text) * A_LETTER / 2 >= 0
            assert label.x + len(label.text) * A_LETTER / 2 <= chart.width
    assert all(bar.width > 0 and bar.height > 0 for bar in chart.bars)
    assert all(frame.left <= bar.x and bar.x + bar.width <= frame.right for bar in chart.bars)


def test_a_telephone_gets_a_drawing_whose_letters_are_as_large():
    inside = 420 - 82  # what a page leaves of a narrow screen

    assert sla_charts.NARROW.width <= inside * 1.1
    assert spend_charts.NARROW.width <= inside * 1.1


def test_a_target_is_drawn_above_the_columns():
    chart = kept(4, sla_charts.WIDE)

    assert [line.kind for line in chart.over] == ["target"]
    assert {line.kind for line in spent(4, spend_charts.WIDE).over} == {"limit soft", "limit hard"}
