"""People see of sensitive values no more than tells them apart."""

from dataclasses import replace

from mastersync.domain.plan.shown import without_sensitive
from plans import ALDGATE, a_content, a_plan


def test_a_sensitive_number_is_shown_in_part_too() -> None:
    write = replace(a_content().writes[0], before={"vat": 123456789}, after={"limit": 5000})
    plan = a_plan(
        content=replace(a_content(), writes=[write]),
        open_paths={"crm": {"limit"}},
    )

    (shown,) = without_sensitive(plan).content.writes

    assert (shown.before, shown.after) == ({"vat": "12•••••89"}, {"limit": 5000})


def test_sensitive_values_are_shown_in_part_wherever_they_are() -> None:
    content = a_content()
    write = replace(
        content.writes[0],
        before={"vat": "GB123456789", "city": "Leeds"},
        after={"vat": None, "city": "York", "tax.vat": "GB987654321"},
    )
    change = replace(
        content.golden[0],
        field="tax_id",
        before="GB123456789",
        after="GB987654321",
        lost=[{"system": "erp", "source_key": "x", "value": "GB555555555"}],
    )
    plan = a_plan(
        content=replace(content, writes=[write], golden=[change]),
        open_paths={"crm": {"city"}},
    )

    shown = without_sensitive(plan).content

    assert shown.writes[0].before == {"vat": "GB•••••••89", "city": "Leeds"}
    assert shown.writes[0].after == {"vat": None, "city": "York", "tax.vat": "GB•••••••21"}
    assert (shown.golden[0].before, shown.golden[0].after) == ("GB•••••••89", "GB•••••••21")
    assert shown.golden[0].lost[0]["value"] == "GB•••••••55"
    assert (shown.writes[0].customer_id, shown.totals) == (ALDGATE, content.totals)


def test_a_path_that_no_rule_maps_any_more_is_shown_in_part() -> None:
    write = replace(
        a_content().writes[0], before={"old_vat": None}, after={"old_vat": "DE136695976"}
    )
    plan = a_plan(content=replace(a_content(), writes=[write]), open_paths={"crm": {"city"}})

    (shown,) = without_sensitive(plan).content.writes

    assert (shown.before, shown.after) == ({"old_vat": None}, {"old_vat": "DE•••••••76"})
