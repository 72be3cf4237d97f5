from datetime import date
from pathlib import Path

import holidays
import pytest

from mastersync.config.clients import load_client
from mastersync.config.holiday_lists import holidays_of
from mastersync.config.schedules import list_clients

SAMPLES = Path(__file__).resolve().parents[3] / "include" / "clients"
REGIONS = {"DE-BY", "GB-ENG", "US", "US-NY", "AU-SA", "IN", "IN-MH", "HK", "CH-ZH"} | {
    calendar.holidays
    for name in list_clients(SAMPLES)
    if (sla := load_client(SAMPLES / name).sla)
    for calendar in sla.calendars.values()
    if isinstance(calendar.holidays, str)
}


@pytest.mark.parametrize("region", sorted(REGIONS))
def test_the_holidays_of_a_region_are_those_that_the_library_says(region):
    country, _, subdivision = region.partition("-")
    years = tuple(range(2024, 2036))
    listed = holidays.country_holidays(
        country, subdiv=subdivision or None, years=years, language="en_US"
    )

    assert holidays_of(region, years) == {d: n for d, n in listed.items() if d.year in years}


@pytest.mark.parametrize(
    ("region", "day", "name"),
    [
        ("DE-BY", date(2026, 1, 6), "Epiphany"),
        ("DE-BY", date(2026, 10, 3), "German Unity Day"),
        ("DE", date(2026, 4, 3), "Good Friday"),
        ("GB-ENG", date(2026, 8, 31), "Late Summer Bank Holiday"),
        ("US", date(2026, 7, 3), "Independence Day (observed)"),
        ("US", date(2026, 11, 26), "Thanksgiving Day"),
        ("IN-MH", date(2026, 1, 26), "Republic Day"),
        ("IN-MH", date(2026, 5, 1), "Maharashtra Day"),
        ("AU-SA", date(2026, 3, 9), "Adelaide Cup Day"),
        ("DE-BE", date(2026, 3, 8), "Women's Day"),
        ("GB-SCT", date(2026, 1, 2), "New Year Holiday"),
    ],
)
def test_days_that_everyone_there_knows_are_off(region, day, name):
    assert name in holidays_of(region, (2026,))[day]
