"""The law's rules as data, and the page that shows them to whoever confirms them."""

from pathlib import Path

from mastersync.domain.credit.packs import ANYWHERE, PACKS, CountryPack, Letter, SubjectRule
from mastersync.domain.credit.subjects import SubjectType

PAGE = Path(__file__).resolve().parents[4] / "docs" / "credit.md"


def row(pack: CountryPack, subject_type: SubjectType, rule: SubjectRule) -> str:
    wants = [*sorted(rule.on_record)]
    wants += [f"{kind} (credit bureaus)" for kind in sorted(rule.of_bureaus)]
    wants += ["soft search"] if rule.soft_search else []
    told = "" if rule.letter is Letter.NONE else rule.letter.replace("_", " ")
    country = "elsewhere" if pack.country == ANYWHERE else pack.name
    kind = subject_type.replace("_", " ")
    asked = ", ".join(wants).replace("_", " ")
    return f"| {country} | {kind} | {asked} | {told} | {'; '.join(rule.laws)} |"


def test_the_page_shows_every_rule_as_it_is() -> None:
    page = PAGE.read_text(encoding="utf-8")
    rows = dict.fromkeys(
        row(pack, kind, rule) for pack in PACKS.values() for kind, rule in pack.rules.items()
    )

    assert [missing for missing in rows if missing not in page] == []


def test_every_rule_of_a_natural_person_names_its_law_documents_and_letter() -> None:
    for pack in PACKS.values():
        for kind, rule in pack.rules.items():
            assert rule.laws
            if kind is not SubjectType.COMPANY:
                assert rule.on_record
                assert rule.letter is not Letter.NONE
