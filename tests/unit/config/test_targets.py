"""What a client's file says of its targets: rules, codes, versions."""

from pathlib import Path

import pytest

from mastersync.config.clients import load_client
from mastersync.config.mistakes import Mistake
from mastersync.config.rules import client_rules
from mastersync.domain.client_rules import ClientRules
from mastersync.domain.targets.transform import project
from mastersync.errors import ConfigError
from unit.config.clients import GOOD, line_of, write_client

TERMS = "        terms: { field: payment_terms, code_table: terms }\n"
TABLES = "  terms: { NET30: N30 }\n"


def rules_of(tmp_path: Path, text: str) -> ClientRules:
    return client_rules(load_client(write_client(tmp_path, text)))


def mistakes_of(tmp_path: Path, text: str) -> tuple[Mistake, ...]:
    with pytest.raises(ConfigError) as caught:
        load_client(write_client(tmp_path, text))
    return caught.value.facts["mistakes"]  # type: ignore[return-value]


def held(rules: ClientRules, path: str, **golden: str) -> object:
    return project(golden, rules.targets["crm"], rules.tables).values.get(path, "kept")


def test_the_first_rule_that_holds_counts(tmp_path: Path) -> None:
    text = GOOD.replace(
        TERMS,
        """\
        terms:
          field: payment_terms
          code_table: terms
          rules:
            - { when: segment == "KEY", constant: N60, clause: "7.2" }
            - { when: credit_limit >= 10000, expression: '"L" ~ (credit_limit / 1000)' }
            - { when: segment == "OLD", keep: true }
""",
    )
    rules = rules_of(tmp_path, text)

    assert held(rules, "terms", payment_terms="NET30", segment="KEY") == "N60"
    assert held(rules, "terms", payment_terms="NET30", credit_limit="25000") == "L25"
    assert held(rules, "terms", payment_terms="NET30", segment="OLD") == "kept"
    assert held(rules, "terms", payment_terms="net  30".replace("  ", "")) == "N30"
    by_path = {field.path: field for field in rules.targets["crm"].mapping}
    assert [rule.clause for rule in by_path["terms"].rules] == ["7.2", "", ""]


def test_a_target_keeps_what_it_has_when_no_rule_holds(tmp_path: Path) -> None:
    text = GOOD.replace(
        TERMS, '        terms: { rules: [{ when: segment == "KEY", constant: N60 }] }\n'
    )
    rules = rules_of(tmp_path, text)

    assert held(rules, "terms", segment="KEY", payment_terms="NET30") == "N60"
    assert held(rules, "terms", segment="", payment_terms="NET30") == "kept"


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("{ rules: [{ when: segment == 'A' }] }", "this rule says none of them"),
        ("{ rules: [{ when: segment == 'A', keep: true, field: name }] }", "'field' and 'keep'"),
        ("{ rules: [{ when: segment == 'A', keep: true, code_table: terms }] }", "not translated"),
        ("{ rules: [{ constant: a }, { when: segment == 'A', constant: b }] }", "rule 1 has no"),
        ("{ field: name, rules: [{ constant: a }] }", "rule 1 has no 'when'"),
        ("{ rules: [{ when: segmnt == 'A', constant: a }] }", "no field 'segmnt'"),
        ("{ rules: [{ when: name | upper, constant: a }] }", "no condition"),
        ("{ rules: [{ when: credit_limit > '9', constant: a }] }", "leave out the quotes"),
        ("{ rules: [] }", "this says none of them"),
        ("{ field: country, code_table: iso_country_alpha4 }", "no code table"),
    ],
)
def test_a_mistake_in_a_rule_is_told_with_its_line(tmp_path: Path, entry: str, words: str) -> None:
    text = GOOD.replace(TERMS, f"        terms: {entry}\n")

    (found,) = mistakes_of(tmp_path, text)

    assert words in found.what
    assert found.line == line_of(text, "        terms: ")
    assert found.place.startswith("systems.crm.write.fields.terms")


def test_countries_have_tables_that_nobody_writes_down(tmp_path: Path) -> None:
    text = GOOD.replace(
        TERMS,
        "        terms: { field: country, code_table: iso_country_alpha3 }\n"
        "        no: { field: country, code_table: iso_country_numeric }\n"
        "        called: { field: country, code_table: iso_country_name }\n",
    )
    rules = rules_of(tmp_path, text)

    assert held(rules, "terms", country="GB") == "GBR"
    assert held(rules, "no", country="AU") == "036"
    assert held(rules, "called", country="TW") == "Taiwan"


@pytest.mark.parametrize(
    ("tables", "place", "words"),
    [
        ("  terms:\n    NET30: N30\n    NET30: N31\n", "code_tables.terms.NET30", "second time"),
        ("  terms:\n    NET30: N30\n    net30: N31\n", "code_tables.terms.net30", "letter case"),
        (
            "  terms:\n    NET 30: N30\n    NET  30: N31\n",
            "code_tables.terms.NET  30",
            "'NET 30' again",
        ),
        (
            TABLES + "  iso_country_alpha3: { GB: UK }\n",
            "code_tables.iso_country_alpha3",
            "built in",
        ),
    ],
)
def test_a_code_that_a_table_has_twice_is_refused_with_its_line(
    tmp_path: Path, tables: str, place: str, words: str
) -> None:
    text = GOOD.replace(TABLES, tables)

    (found,) = mistakes_of(tmp_path, text)

    assert (found.place, found.file) == (place, str(tmp_path / "acme" / "client.yaml"))
    assert words in found.what
    assert found.line == line_of(text, tables) + tables[: tables.rindex(":")].count("\n")


@pytest.mark.parametrize(
    ("back", "terms", "place", "words"),
    [
        (
            "{ 30 days: NET30, NET30: NET30EOM }",
            "{ NET30: 30 days }",
            "code_tables.back.NET30",
            "itself what '30 days' is read as",
        ),
        (
            "{ N30: NET30 }",
            "{ NET30: N30, NET30EOM: n30 }",
            "code_tables.terms.NET30EOM",
            "'back' reads that back as 'NET30'",
        ),
    ],
)
def test_codes_of_ours_that_a_read_table_mixes_up_are_refused(
    tmp_path: Path, *, back: str, terms: str, place: str, words: str
) -> None:
    text = GOOD.replace(TABLES, f"  terms: {terms}\n  back: {back}\n").replace(
        "survivorship:\n", "read_codes: { payment_terms: back }\nsurvivorship:\n"
    )

    (found,) = mistakes_of(tmp_path, text)

    assert found.place == place
    assert words in found.what


def test_tables_that_are_each_other_s_way_back_are_fine(tmp_path: Path) -> None:
    text = GOOD.replace(
        TABLES, "  terms: { NET30: N30 }\n  back: { N30: NET30, 30 days: NET30, NET30: NET30 }\n"
    ).replace("survivorship:\n", "read_codes: { payment_terms: back }\nsurvivorship:\n")

    assert held(rules_of(tmp_path, text), "terms", payment_terms="NET30") == "N30"


def version(tmp_path: Path, text: str) -> str:
    return rules_of(tmp_path, text).targets["crm"].version


def test_the_version_of_a_transformation_changes_with_what_it_gives(tmp_path: Path) -> None:
    good = version(tmp_path, GOOD)

    assert len(good) == 12
    assert version(tmp_path, GOOD.replace(TABLES, "  terms: { NET30: N31 }\n")) != good
    assert version(tmp_path, GOOD.replace("max_length: 40", "max_length: 41")) != good
    assert version(tmp_path, GOOD.replace("name | upper", "name | lower")) != good
    assert version(tmp_path, GOOD.replace("default_country: GB", "default_country: DE")) != good


def test_the_version_of_a_transformation_stays_when_something_else_changes(tmp_path: Path) -> None:
    good = version(tmp_path, GOOD)

    assert version(tmp_path, f"# a comment\n{GOOD}") == good
    assert version(tmp_path, GOOD.replace("max_updates: 10", "max_updates: 11")) == good
    other_table = GOOD.replace(TABLES, TABLES + "  other: { A: B }\n")
    assert version(tmp_path, other_table) == good


def test_a_client_says_whether_records_wait_for_codes_that_are_not_known(tmp_path: Path) -> None:
    reading = GOOD.replace(
        "survivorship:\n", "read_codes: { payment_terms: terms }\nsurvivorship:\n"
    )

    leaving = rules_of(tmp_path, reading).systems["crm"].prepare
    waiting = rules_of(tmp_path, f"{reading}unknown_codes: wait\n").systems["crm"].prepare

    assert (leaving.waits_for, waiting.waits_for) == ({}, {"payment_terms": "terms"})
