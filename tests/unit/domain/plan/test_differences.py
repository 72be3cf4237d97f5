"""What differs between two plans is said with ids and fields, never with values."""

from dataclasses import replace

from mastersync.domain.plan.differences import differences, first_differences
from mastersync.domain.plan.document import content_as_json
from mastersync.domain.plan.model import PlanContent
from plans import ALDGATE, BRIXTON, a_content


def said(planned: PlanContent, derived: PlanContent) -> list[str]:
    return list(differences(content_as_json(planned), content_as_json(derived)))


def test_equal_plans_do_not_differ() -> None:
    assert said(a_content(), a_content()) == []


def test_a_write_that_came_went_or_changed_is_named_with_its_fields() -> None:
    planned = a_content()
    update, creation = planned.writes
    derived = replace(
        planned,
        writes=[
            replace(update, after={**update.after, "phone": "+441"}),
            replace(update, key="b"),
        ],
    )

    assert said(planned, derived) == [
        "write crm a is another now: phone",
        "write crm b is new",
        f"write erp new record of {BRIXTON} was planned and is not needed now",
    ]
    assert creation.key is None


def test_a_value_that_changes_is_never_quoted() -> None:
    planned = a_content()
    derived = a_content(
        golden=[replace(planned.golden[0], after="+441"), *planned.golden[1:]],
        formed={**planned.formed, ALDGATE: "22ff"},
    )

    words = "; ".join(said(planned, derived))

    assert words == (
        "golden value C-AAAAA-00001 phone is another now; "
        "golden record C-AAAAA-00001 is another now"
    )


def test_a_limit_that_is_passed_now_is_told() -> None:
    assert said(a_content(over=()), a_content()) == ["a limit is passed now: 1 updates, limit 0"]


def test_of_many_differences_the_first_are_told() -> None:
    planned, derived = a_content(mailed=[f"C-{n:02}" for n in range(14)]), a_content(mailed=[])

    words = first_differences(content_as_json(planned), content_as_json(derived))

    assert len(words) == 11
    assert words[-1] == "and 4 more"
