"""Whole chunks of golden records are projected as they would be one by one."""

from hypothesis import given
from hypothesis import strategies as st

from mastersync.config.expressions import (
    compile_condition,
    compile_expression,
    fields_read,
    gives_number,
)
from mastersync.domain.targets.columns import Projector
from mastersync.domain.targets.model import Case, Source, TargetField, TargetPolicy
from mastersync.domain.targets.transform import project

TABLES = {"terms": {"NET30": "N30", "COD": "C", "": "never"}}
TEXTS = ("", " ", "NET30", "net 30", "NET30 ", "COD", "Straße", "0", "12.50", "-3", "KEY", "1e9")
FIELDS = ("name", "segment", "payment_terms", "credit_limit", "country", "iban")
CONDITIONS = (
    'segment == "KEY"',
    "credit_limit >= 10",
    "not name",
    "10 / credit_limit > 1",
    'segment | number == 0 and country in ["GB", "DE"]',
)
EXPRESSIONS = (
    'name ~ "/" ~ segment',
    "credit_limit / 12",
    "12 / credit_limit",
    "name | number + 1",
    '"always"',
    'payment_terms if segment == "KEY" else name',
)


def an_expression(text: str) -> dict[str, object]:
    return {
        "expression": compile_expression(text),
        "reads": fields_read(text),
        "gives_number": gives_number(text),
    }


contents = st.one_of(
    st.sampled_from(FIELDS).map(lambda name: {"field": name}),
    st.sampled_from(EXPRESSIONS).map(an_expression),
    st.sampled_from(("N60", "x")).map(lambda text: {"constant": text}),
    st.just({}),
)
code_tables = st.sampled_from((None, None, "terms", "nowhere"))
rules = st.builds(
    lambda content, table, text: Source(
        **content,
        code_table=table if content else None,
        when=text and compile_condition(text),
        asks=fields_read(text) if text else frozenset(),
    ),
    contents,
    code_tables,
    st.sampled_from((*CONDITIONS, None)),
)
wanted = st.builds(
    lambda content, table, **more: TargetField(**content, code_table=table, path="", **more),
    contents,
    code_tables,
    rules=st.lists(rules, max_size=3).map(tuple),
    max_length=st.sampled_from((None, 3)),
    case=st.sampled_from(Case),
    as_number=st.booleans(),
    only_if_blank=st.booleans(),
    clear_when_blank=st.booleans(),
    reformat=st.booleans(),
)
goldens = st.lists(
    st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(TEXTS), max_size=6), max_size=8
)


@given(st.lists(wanted, max_size=5), st.lists(goldens, min_size=1, max_size=3), st.data())
def test_chunks_become_what_their_records_become_one_by_one(mapping, chunks, data) -> None:
    named = tuple(
        TargetField(**{**vars(one), "path": f"P{place}"}) for place, one in enumerate(mapping)
    )
    target = TargetPolicy(
        system="erp", create=True, update=True, mapping=named, default_country="US"
    )
    fields = st.sets(st.sampled_from(FIELDS), max_size=2)
    projector = Projector(target=target, tables=TABLES)
    for records in chunks:
        withheld = data.draw(st.lists(fields, min_size=len(records), max_size=len(records)))

        together = projector.project_all(records, withheld=withheld)

        assert together == [
            project(record, target, TABLES, withheld=kept)
            for record, kept in zip(records, withheld, strict=True)
        ]


def test_records_of_a_chunk_do_not_share_their_problems_or_values() -> None:
    limit = TargetField(path="L", **an_expression("12 / credit_limit"))
    target = TargetPolicy(system="erp", create=True, update=True, mapping=(limit,))

    good, zero, blank = Projector(target=target, tables=TABLES).project_all(
        [{"credit_limit": "3"}, {"credit_limit": "0"}, {}]
    )

    assert (good.values, good.problems) == ({"L": "4"}, ())
    assert (zero.values, [p.code for p in zero.problems]) == ({}, ["expression_failed"])
    assert "divides by zero" in zero.problems[0].words
    assert (blank.values, blank.problems) == ({}, ())


def test_what_is_remembered_of_values_stays_small() -> None:
    upper = TargetField(path="N", field="name", case=Case.UPPER)
    target = TargetPolicy(system="erp", create=True, update=True, mapping=(upper,))
    projector = Projector(target=target, tables=TABLES)

    for chunk in range(40):
        names = [{"name": f"customer {chunk}-{number}"} for number in range(500)]
        projector.project_all(names)

    assert sum(map(len, projector.known.values())) < 6_000
