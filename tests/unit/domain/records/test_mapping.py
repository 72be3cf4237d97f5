import pytest

from mastersync.domain.records.mapping import map_payload, value_at

PAYLOAD = {
    "company": {"name": "Acme"},
    "contacts": [{"email": "a@b.example"}, {"email": "c@d.example"}],
    "Tel. No.": "123",
    "empty": None,
    "zero": 0,
}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("company.name", "Acme"),
        ("contacts.0.email", "a@b.example"),
        ("contacts.1.email", "c@d.example"),
        ("Tel. No.", "123"),
        ("zero", 0),
    ],
)
def test_a_path_leads_to_its_value(path, value):
    assert value_at(PAYLOAD, path) == value


@pytest.mark.parametrize(
    "path",
    [
        "x",
        "company.x",
        "company.name.x",
        "contacts.2.email",
        "contacts.-1.email",
        "contacts.x",
        "contacts.1_0",
        "contacts.\u0660.email",
        "company.",
        ".",
        "",
        "empty.x",
        "contacts. 0",
    ],
)
def test_an_unknown_path_leads_to_nothing(path):
    assert value_at(PAYLOAD, path) is None


def test_a_record_is_mapped_to_canonical_fields():
    mapped = map_payload(
        PAYLOAD,
        {"name": "company.name", "email": "contacts.0.email", "phone": "empty", "city": "x"},
    )

    assert mapped == {"name": "Acme", "email": "a@b.example"}


def test_a_constant_fills_in_where_the_record_says_nothing():
    mapped = map_payload(
        {"land": "DE"}, {"country": "land"}, constants={"country": "AT", "party_type": "person"}
    )

    assert mapped == {"country": "DE", "party_type": "person"}
