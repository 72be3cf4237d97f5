"""What comparing two records says, in figures and in words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastersync.domain.matching.model import (
    Band,
    Judgement,
    MatchCandidate,
    MatchPolicy,
    MatchRecord,
    SourceKey,
    Verdict,
)
from mastersync.domain.records.fields import FIELDS
from mastersync.domain.resolution.model import DEFAULT_MODEL
from mastersync.domain.resolution.statistics import count_statistics
from mastersync.domain.search.engine import compare_rows, with_judgements
from mastersync.domain.search.frames import read_records

SITE = {"street": "5 Potts St", "city": "London", "postcode": "W16 2XF", "country": "GB"}


def a_record(record_id: int, **fields: str) -> MatchRecord:
    return MatchRecord(record_id=record_id, system="crm", source_key=str(record_id), fields=fields)


def candidate_of(one: MatchRecord, other: MatchRecord, *judgements: Judgement) -> MatchCandidate:
    """The pair as the pipeline compares it, among these two records alone."""
    table = read_records([one.fields, other.fields])
    found = compare_rows(
        table,
        np.array([0]),
        np.array([1]),
        statistics=count_statistics(table),
        model=DEFAULT_MODEL,
        policy=MatchPolicy(),
    )
    candidates = [found.candidate(0, np.array([one.record_id, other.record_id]))]
    records = {record.record_id: record for record in (one, other)}
    (candidate,) = with_judgements(candidates, records, judgements)
    return candidate


def compared(left: dict[str, str], right: dict[str, str], *verdicts: Verdict) -> MatchCandidate:
    one, other = a_record(1, **left), a_record(2, **right)
    judgements = [Judgement(left=other.key, right=one.key, verdict=verdict) for verdict in verdicts]
    return candidate_of(one, other, *judgements)


def test_the_sentence_says_what_speaks_for_it_and_what_against() -> None:
    candidate = compared(
        {"name": "Plundora Triris Ltd", "tax_id": "GB855350404", "phone": "+442012750401"},
        {"name": "Plundora Triris", "tax_id": "GB855350404", "phone": "+442012750999"},
    )

    assert candidate.band is Band.SAME
    assert candidate.rule == "tax_id+name"
    assert candidate.sentence == (
        "Same company: same tax number; name differs only in spelling. Against: phone differs."
    )


def test_the_same_name_at_the_same_address_is_the_same() -> None:
    assert compared({"name": "Ape Media", **SITE}, {"name": "APE MEDIA LTD", **SITE}).band is (
        Band.SAME
    )


def test_another_tax_number_speaks_strongly_against() -> None:
    candidate = compared(
        {"name": "Ape Media", "tax_id": "855350404", **SITE},
        {"name": "Ape Media", "tax_id": "147513078", **SITE},
    )

    assert candidate.band is Band.NEW


def test_a_tenant_that_shares_everything_but_the_name_is_never_merged_by_rule() -> None:
    shared = {**SITE, "phone": "+442012750401", "email": "jo@apexmedia.co.uk"}

    candidate = compared({"name": "Apex Media", **shared}, {"name": "Apex Properties", **shared})

    assert candidate.band is not Band.SAME


def test_a_household_is_not_one_person() -> None:
    home = {"party_type": "person", **SITE, "phone": "+442012750401"}

    candidate = compared({"name": "Luke Purdon", **home}, {"name": "Mia Purdon", **home})

    assert candidate.band is Band.NEW


def test_a_father_and_a_son_of_one_name_are_never_merged_by_rule() -> None:
    home = {"party_type": "person", "name": "Luke Purdon", **SITE, "phone": "+442012750401"}

    candidate = compared(
        {**home, "date_of_birth": "1950-01-01"}, {**home, "date_of_birth": "1982-06-17"}
    )

    assert candidate.band is not Band.SAME


def test_a_branch_under_the_same_tax_number_is_never_merged_by_rule() -> None:
    candidate = compared(
        {"name": "Hill Motors", "tax_id": "129042249", **SITE},
        {"name": "Hill Motors", "tax_id": "129042249", "street": "7 Oak Rd", "city": "Leeds"},
    )

    assert candidate.band is not Band.SAME
    assert "another site" in candidate.sentence


def test_a_company_is_not_its_owner() -> None:
    candidate = compared(
        {"party_type": "company", "name": "John Smith", **SITE},
        {"party_type": "person", "name": "John Smith", **SITE},
    )

    assert candidate.band is not Band.SAME


@pytest.mark.parametrize(
    ("verdict", "band"),
    [
        (Verdict.SAME, Band.SAME),
        (Verdict.NOT_SAME, Band.NEW),
        (Verdict.RELATED, Band.NEW),
    ],
)
def test_a_judgement_overrides_the_evidence(verdict: Verdict, band: Band) -> None:
    twins = {"name": "Ape Media", **SITE}
    strangers = {"name": "Lumen Lending"}
    right = strangers if verdict is Verdict.SAME else twins

    candidate = compared(twins, right, verdict)

    assert (candidate.band, candidate.rule) == (band, "judged")
    assert "a person judged them" in candidate.sentence


def test_the_last_judgement_stands() -> None:
    twins = {"name": "Ape Media", **SITE}

    assert compared(twins, twins, Verdict.NOT_SAME, Verdict.SAME).band is Band.SAME


def test_records_of_different_keys_are_not_judged() -> None:
    verdict = Judgement(
        left=SourceKey(system="erp", key="1"),
        right=SourceKey(system="crm", key="2"),
        verdict=Verdict.NOT_SAME,
    )
    twins = [a_record(number, name="Ape Media", **SITE) for number in (1, 2)]

    assert candidate_of(*twins, verdict).band is Band.SAME


FIELDS_OF_A_RECORD = st.dictionaries(
    st.sampled_from(sorted(FIELDS)),
    st.text() | st.sampled_from(["person", "Ape Media Ltd", "5 Potts St", "a@b.com", "1980-01-02"]),
)


@given(FIELDS_OF_A_RECORD, FIELDS_OF_A_RECORD)
def test_comparing_never_fails_and_the_order_of_a_pair_does_not_matter(
    left: dict[str, str], right: dict[str, str]
) -> None:
    one, other = a_record(1, **left), a_record(2, **right)

    there, back = candidate_of(one, other), candidate_of(other, one)

    assert there == back
    assert 0.0 <= there.score <= 1.0
    assert there.sentence


@given(FIELDS_OF_A_RECORD, FIELDS_OF_A_RECORD)
def test_the_score_does_not_depend_on_which_record_came_first(
    left: dict[str, str], right: dict[str, str]
) -> None:
    there, back = compared(left, right), compared(right, left)

    assert there.score == pytest.approx(back.score)
