"""The months in which agencies bill, by the client's calendar."""

from datetime import UTC, datetime

import pytest

from mastersync.domain.credit.months import month_of


@pytest.mark.parametrize(
    ("moment", "zone", "name", "ends"),
    [
        ("2026-11-22T12:00", "UTC", "2026-11", ("2026-11-01T00:00", "2026-12-01T00:00")),
        ("2026-12-31T23:30", "Europe/Berlin", "2027-01", ("2026-12-31T23:00", "2027-01-31T23:00")),
        # Summer time begins in March: the month's ends are not equally far from UTC's.
        (
            "2026-03-15T00:00",
            "America/New_York",
            "2026-03",
            ("2026-03-01T05:00", "2026-04-01T04:00"),
        ),
    ],
)
def test_a_month_is_that_of_the_clients_zone(
    moment: str, zone: str, name: str, ends: tuple[str, str]
) -> None:
    found = month_of(datetime.fromisoformat(moment).replace(tzinfo=UTC), zone)

    assert found.name == name
    assert (found.since, found.until) == tuple(
        datetime.fromisoformat(end).replace(tzinfo=UTC) for end in ends
    )
