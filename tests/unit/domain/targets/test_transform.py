import pytest

from mastersync.domain.targets.model import Case, TargetField, TargetPolicy
from mastersync.domain.targets.transform import difference, project

TERMS = {"terms": {"NET30": "N30", "COD": "COD"}}


def a_target(*fields, **more):
    return TargetPolicy(system="erp", create=True, update=True, mapping=fields, **more)


def projected(golden, *fields, tables=TERMS, **more):
    return project(golden, a_target(*fields, **more), tables)


def changes(golden, current, *fields, **more):
    return difference(projected(golden, *fields, **more), current)


def test_values_are_put_in_the_target_s_own_terms():
    projection = projected(
        {"name": "Café Nero Ltd", "payment_terms": "NET30", "credit_limit": "5000"},
        TargetField(path="CUSTNAME", field="name", case=Case.UPPER, max_length=6),
        TargetField(path="PAYTERM", field="payment_terms", code_table="terms"),
        TargetField(path="LIMIT", field="credit_limit", as_number=True),
        TargetField(path="SOURCE", constant="mastersync"),
        TargetField(path="TITLE", expression=lambda fields: f"{fields['name']}/{fields['city']}"),
    )

    assert projection.problems == ()
    assert projection.values == {
        "CUSTNAME": "CAFÉ N",
        "PAYTERM": "N30",
        "LIMIT": 5000,
        "SOURCE": "mastersync",
        "TITLE": "Café Nero Ltd/",
    }


def test_a_code_that_the_table_does_not_know_is_a_problem_and_no_guess():
    projection = projected(
        {"payment_terms": "NET45"},
        TargetField(path="PAYTERM", field="payment_terms", code_table="terms"),
    )

    assert projection.values == {}
    (problem,) = projection.problems
    assert (problem.code, problem.system, problem.path) == ("code_unknown", "erp", "PAYTERM")
    assert (problem.table, problem.unknown) == ("terms", "NET45")
    assert "'terms'" in problem.words
    assert "NET45" in problem.words


def test_what_is_no_code_by_nature_is_not_named_when_a_table_does_not_know_it():
    projection = projected(
        {"name": "Ada Lovelace"}, TargetField(path="N", field="name", code_table="terms")
    )

    (problem,) = projection.problems
    assert problem.unknown.startswith("#")
    assert "ADA" not in problem.words.upper()


def test_codes_are_looked_up_whatever_their_case():
    projection = projected(
        {"payment_terms": "net30"},
        TargetField(path="PAYTERM", field="payment_terms", code_table="terms"),
    )

    assert projection.values == {"PAYTERM": "N30"}


def test_names_are_cut_and_what_would_be_wrong_when_cut_is_refused():
    projection = projected(
        {"name": "Long Name Indeed", "email": "somebody@example.com"},
        TargetField(path="N", field="name", max_length=10),
        TargetField(path="E", field="email", max_length=10),
    )

    assert projection.values == {"N": "Long Name"}
    assert [(p.code, p.path) for p in projection.problems] == [("too_long", "E")]
    assert "somebody" not in projection.problems[0].words


def test_an_amount_that_is_no_number_is_a_problem():
    field = TargetField(path="L", field="credit_limit", as_number=True)

    assert projected({"credit_limit": "plenty"}, field).problems[0].code == "not_a_number"


def test_an_expression_that_gives_up_is_a_problem():
    def too_long(_):
        raise ValueError("more than 2000 characters")

    projection = projected({}, TargetField(path="T", expression=too_long))

    assert projection.problems[0].code == "expression_failed"


def test_what_the_target_holds_already_is_no_change():
    current = {"name": "  Acme ", "terms": {"limit": "5000.00"}, "city": None, "zip": "01234"}
    fields = (
        TargetField(path="name", field="name"),
        TargetField(path="terms.limit", field="credit_limit"),
        TargetField(path="city", field="city"),
        TargetField(path="zip", field="postcode"),
    )
    golden = {"name": "Acme", "credit_limit": "5000", "postcode": "01234"}

    assert changes(golden, current, *fields) == {}


def test_a_change_tells_before_and_after_by_the_target_s_path():
    found = changes(
        {"city": "Leeds"},
        {"address": {"city": "York"}},
        TargetField(path="address.city", field="city"),
    )

    assert found == {"address.city": ("York", "Leeds")}


def test_a_blank_golden_value_never_clears_a_target_unless_told_so():
    keeps = TargetField(path="phone", field="phone")
    clears = TargetField(path="phone", field="phone", clear_when_blank=True)

    assert changes({}, {"phone": "123"}, keeps) == {}
    assert changes({}, {"phone": "123"}, clears) == {"phone": ("123", None)}
    assert changes({}, {"phone": ""}, clears) == {}
    assert changes({}, {}, clears) == {}


def test_a_field_filled_only_if_blank_is_never_overwritten():
    field = TargetField(path="segment", field="segment", only_if_blank=True)

    assert changes({"segment": "GRILL"}, {"segment": "ASIAN"}, field) == {}
    assert changes({"segment": "GRILL"}, {"segment": " "}, field) == {"segment": (" ", "GRILL")}


def test_postcodes_that_are_equal_as_numbers_are_still_two_postcodes():
    field = TargetField(path="zip", field="postcode")

    assert changes({"postcode": "01234"}, {"zip": "1234"}, field) == {"zip": ("1234", "01234")}


@pytest.mark.parametrize(
    ("name", "golden", "held"),
    [
        ("phone", "+13102461501", "310/246-1501"),
        ("country", "US", "U.S.A."),
        ("email", "a@b.example", "A@b.example"),
    ],
)
def test_another_way_to_write_the_same_is_left_alone_unless_told_so(name, golden, held):
    lenient = TargetField(path="x", field=name)
    strict = TargetField(path="x", field=name, reformat=True)

    assert changes({name: golden}, {"x": held}, lenient, default_country="US") == {}
    assert changes({name: golden}, {"x": held}, strict, default_country="US") != {}


def test_a_national_phone_is_read_by_the_customer_s_own_country():
    field = TargetField(path="tel", field="phone")
    golden = {"phone": "+441134960123", "country": "GB"}

    assert changes(golden, {"tel": "0113 496 0123"}, field, default_country="US") == {}
    assert changes(golden, {"tel": "0113 496 0124"}, field, default_country="US") != {}


def test_a_new_record_gets_every_value_there_is():
    fields = (TargetField(path="name", field="name"), TargetField(path="city", field="city"))

    assert changes({"name": "Acme"}, {}, *fields) == {"name": (None, "Acme")}


@pytest.mark.parametrize("held", [True, ["a"], {"b": 1}, 3.5, 10**40, float("nan"), "\x00"])
def test_whatever_a_target_holds_can_be_compared(held):
    field = TargetField(path="name", field="name")

    assert changes({"name": "Acme"}, {"name": held}, field) == {"name": (held, "Acme")}


def test_nothing_is_said_of_a_withheld_field_nor_of_what_is_made_from_it():
    made = TargetField(path="label", expression=lambda golden: golden["name"] + golden["phone"])
    target = TargetPolicy(
        system="erp",
        create=True,
        update=True,
        mapping=(
            TargetField(path="NAME", field="name"),
            TargetField(path="TEL", field="phone", clear_when_blank=True),
            made,
            TargetField(path="SOURCE", constant="mastersync"),
        ),
    )
    golden = {"name": "Acme", "phone": "+1"}

    assert project(golden, target, {}).values.keys() == {"NAME", "TEL", "label", "SOURCE"}
    assert project(golden, target, {}, withheld=["phone"]).values.keys() == {"NAME", "SOURCE"}
