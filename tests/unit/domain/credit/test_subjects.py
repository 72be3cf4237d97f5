import pytest

from mastersync.domain.credit.subjects import Subject, SubjectSigns, SubjectType, subject_of

NO_SIGNS = SubjectSigns()


def business(name: str, **fields: str) -> Subject:
    return subject_of({"party_type": "company", "name": name, **fields}, NO_SIGNS)


@pytest.mark.parametrize(
    "name",
    [
        "Aldgate Foundry Ltd",
        "Harbor Foods, Inc.",
        "Blum GmbH & Co. KG",
        "Foo S.A.R.L.",
        "Jones and Partners LLP",
        "Acme Ltd t/a The Corner Shop",
    ],
)
def test_a_companys_legal_form_in_the_name_makes_a_company(name: str) -> None:
    assert business(name).subject_type is SubjectType.COMPANY


@pytest.mark.parametrize(
    "name",
    [
        "Anna Blum e.K.",
        "Anna Blum e. Kfm.",
        "Café Chez Paul EI",
        "Rossi Ditta Individuale",
        "Gupta Traders Proprietorship",
        "J Smith, sole trader",
        "John Smith t/a Smith Plumbing",
        "Schmidt & Sohn GbR",
    ],
)
def test_a_business_that_is_its_owner_is_a_sole_trader(name: str) -> None:
    assert business(name).subject_type is SubjectType.SOLE_TRADER


def test_a_register_has_sole_traders_too_so_their_form_goes_first() -> None:
    assert business("Anna Blum e.K.", registration_number="HRA 123").subject_type == "sole_trader"


@pytest.mark.parametrize("name", ["Smith Plumbing", "Miller & Sons", "Smith & Co", "Anna Blum"])
def test_a_business_that_nothing_shows_to_be_a_company_is_doubtful(name: str) -> None:
    found = business(name)

    assert found.subject_type is None
    assert "neither a registration number nor" in found.why


def test_a_registration_number_makes_a_company_of_a_plain_name() -> None:
    assert business("Smith Plumbing", registration_number="0123").subject_type == "company"


def test_a_form_only_in_the_registered_name_counts() -> None:
    assert business("Corner Shop", legal_name="Anna Blum e.K.").subject_type == "sole_trader"


def test_a_person_who_says_that_it_is_a_company_is_believed() -> None:
    fields = {"party_type": "company", "name": "Smith Plumbing"}

    assert subject_of(fields, NO_SIGNS, said_by_person=True).subject_type is SubjectType.COMPANY


def test_a_code_that_the_client_uses_for_sole_traders_tells() -> None:
    signs = SubjectSigns(sole_trader_codes={"segment": frozenset({"SOLE"})})
    fields = {"party_type": "company", "name": "Blum Ltd", "segment": "SOLE"}

    assert subject_of(fields, signs).subject_type is SubjectType.SOLE_TRADER


def test_a_person_is_an_individual_and_what_nobody_knows_is_nothing() -> None:
    assert subject_of({"party_type": "person"}, NO_SIGNS).subject_type is SubjectType.INDIVIDUAL
    assert subject_of({"party_type": ""}, NO_SIGNS).subject_type is None
