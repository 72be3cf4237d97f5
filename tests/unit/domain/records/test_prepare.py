"""A record is prepared, or set aside with words an operator can act on."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastersync.domain.records.fields import FIELDS
from mastersync.domain.records.prepare import PreparePolicy, Severity, prepare_record

POLICY = PreparePolicy(required=frozenset({"name"}), default_country="US")
PERSONS = PreparePolicy(required=frozenset(), default_country="AU", party_type="person")


def test_a_good_record_is_prepared_without_problems() -> None:
    mapped = {
        "name": " Art's  Delicatessen ",
        "street": "12224 Ventura Blvd.",
        "country": "U.S.A.",
        "phone": "818/762-1221",
        "credit_limit": Decimal("25000.00"),
        "email": None,
    }

    prepared = prepare_record(mapped, policy=POLICY)

    assert prepared.problems == ()
    assert prepared.fields == {
        "name": "Art's Delicatessen",
        "street": "12224 Ventura Blvd.",
        "country": "US",
        "phone": "+18187621221",
        "credit_limit": "25000",
    }


def test_an_unusable_value_is_left_out_and_the_record_goes_on() -> None:
    prepared = prepare_record({"name": "Campanile", "phone": "ask Mary 12"}, policy=POLICY)

    (problem,) = prepared.problems
    assert not prepared.is_set_aside
    assert prepared.fields == {"name": "Campanile"}
    assert (problem.code, problem.field) == ("phone_invalid", "phone")
    assert problem.words == "Phone: is no phone number; it is left out."
    assert "Mary" not in problem.words


@pytest.mark.parametrize("nobody", [None, "", "  ", "NULL", "---", "\x00\u202e", float("nan")])
def test_a_record_without_a_name_is_set_aside(nobody: object) -> None:
    prepared = prepare_record({"name": nobody, "phone": "310/246-1501"}, policy=POLICY)

    assert prepared.is_set_aside
    assert [problem.code for problem in prepared.problems] == ["name_missing"]


def test_a_name_of_ten_thousand_characters_sets_the_record_aside() -> None:
    prepared = prepare_record({"name": "x" * 10_000}, policy=POLICY)

    assert prepared.is_set_aside
    assert [problem.code for problem in prepared.problems] == ["name_too_long"]


def test_a_street_that_is_too_long_is_only_a_warning() -> None:
    prepared = prepare_record({"name": "Campanile", "street": "x" * 501}, policy=POLICY)

    assert not prepared.is_set_aside
    assert [problem.code for problem in prepared.problems] == ["street_too_long"]


def test_a_required_field_that_is_unusable_sets_the_record_aside() -> None:
    policy = PreparePolicy(required=frozenset({"email", "phone"}), default_country="US")

    prepared = prepare_record({"name": "Campanile", "email": "nobody"}, policy=policy)

    assert prepared.is_set_aside
    assert {problem.code: problem.severity for problem in prepared.problems} == {
        "email_invalid": Severity.SET_ASIDE,
        "phone_missing": Severity.SET_ASIDE,
    }


def test_a_person_is_named_by_given_name_and_surname() -> None:
    prepared = prepare_record(
        {"given_name": "Lachlan", "surname": "Berry", "date_of_birth": 19990219}, policy=PERSONS
    )

    assert prepared.fields["name"] == "Lachlan Berry"
    assert prepared.fields["date_of_birth"] == "1999-02-19"
    assert prepared.fields["party_type"] == "person"


def test_the_records_own_kind_of_party_wins_over_the_policys() -> None:
    prepared = prepare_record({"name": "Berry Ltd", "party_type": "C"}, policy=PERSONS)

    assert prepared.fields["party_type"] == "company"


def test_phones_are_read_by_the_country_of_the_record() -> None:
    prepared = prepare_record(
        {"name": "Sutton", "country": "England", "phone": "020 7946 0018"}, policy=POLICY
    )

    assert prepared.fields["phone"] == "+442079460018"


def test_a_doubtful_tax_number_is_kept_with_a_warning() -> None:
    prepared = prepare_record(
        {"name": "Sutton", "country": "UK", "tax_id": "GB980780685"}, policy=POLICY
    )

    assert prepared.fields["tax_id"] == "GB980780685"
    assert [problem.code for problem in prepared.problems] == ["tax_id_doubtful"]
    assert not prepared.is_set_aside


def test_a_field_that_we_do_not_know_is_said_not_hidden() -> None:
    prepared = prepare_record({"name": "Campanile", "shoe_size": 43}, policy=POLICY)

    assert [problem.code for problem in prepared.problems] == ["shoe_size_unknown_field"]


VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.dates()
    | st.binary()
    | st.lists(st.text())
    | st.text()
    | st.emails()
    | st.text("0123456789+-/.,() ", max_size=25)
    | st.sampled_from(["UK", "Deutschland", "U.S.A.", "DE136695976", "company", "EUR", "a" * 600])
)


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)) | st.text(), VALUES))
def test_nothing_raises_and_preparing_twice_changes_nothing(mapped: dict[str, object]) -> None:
    prepared = prepare_record(mapped, policy=POLICY)
    again = prepare_record(prepared.fields, policy=POLICY)

    assert again.fields == prepared.fields
    assert "name" in prepared.fields or prepared.is_set_aside
    assert all(prepared.fields.values())


def test_a_date_object_is_read_as_a_date() -> None:
    prepared = prepare_record(
        {"name": "Campanile", "contract_start": date(2024, 5, 1)}, policy=POLICY
    )

    assert prepared.fields["contract_start"] == "2024-05-01"


def test_a_record_waits_for_a_code_that_its_table_does_not_know_if_the_client_wants_so():
    policy = PreparePolicy(
        required=frozenset(),
        default_country="GB",
        code_tables={"payment_terms": {"30 days": "NET30"}},
        waits_for={"payment_terms": "terms"},
    )

    known = prepare_record({"name": "Acme", "payment_terms": "30  DAYS"}, policy=policy)
    unknown = prepare_record({"name": "Acme", "payment_terms": "45 days"}, policy=policy)

    assert (known.is_set_aside, known.fields["payment_terms"]) == (False, "NET30")
    assert unknown.is_set_aside
    (problem,) = unknown.problems
    assert (problem.table, problem.unknown) == ("terms", "45 DAYS")
