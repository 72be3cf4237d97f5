"""Which contract's clauses a client's rules are read from, and which of them a new version ages."""

from copy import deepcopy
from datetime import date

import pytest
import yaml

from mastersync.config.clients import load_client
from mastersync.config.contracts import citations_of
from mastersync.config.rules import client_rules
from mastersync.domain.contracts import stale_rules
from mastersync.errors import ConfigError
from unit.config.clients import GOOD, write_client

CREDIT = {
    "connection": "acme__creditsafe",
    "countries": ["GB"],
    "price": 4,
    "currency": "GBP",
    "budget_per_run": 40,
    "budget_per_month": 400,
    "purpose": "Trade credit",
    "authority": "Schedule 4",
    "terms": [{"limit": "nothing", "clause": "5.3"}],
    "automatic": {"accept_up_to": {"GBP": 100}, "clause": "5.7"},
}
SLA = {
    "clauses": [
        {"clause": "4.1", "from": "seen", "until": "pushed", "within": "2 hours"},
        {"clause": "4.2", "from": "pushed", "until": "verified", "within": "2 days"},
    ]
}
SERVICE = {
    "title": "Service agreement",
    "versions": {"2026": date(2026, 1, 1), "2027": date(2027, 1, 1)},
    "rules_read_from": "2026",
}


def load(tmp_path, *, contracts, **changes):
    said = yaml.safe_load(GOOD) | {"credit": CREDIT, "sla": SLA, "contracts": contracts} | changes
    said["systems"]["crm"]["write"]["fields"] |= {
        "terms": {
            "rules": [{"when": 'name == "X"', "constant": "COD", "clause": "6.1"}],
            "field": "payment_terms",
            "clause": "6.2",
        }
    }
    return load_client(write_client(tmp_path, yaml.safe_dump(said, sort_keys=False)))


def stale(config):
    rules = client_rules(config)
    return [
        (one.citation.clause, one.citation.rule)
        for one in stale_rules(rules.contracts, rules.citations)
    ]


def test_each_rule_cites_its_clause_and_the_version_that_it_was_read_from(tmp_path):
    config = load(tmp_path, contracts={"service": SERVICE})

    assert [(one.clause, one.rule) for one in citations_of(config)] == [
        ("4.1", "sla.clauses 1 (seen to pushed)"),
        ("4.2", "sla.clauses 2 (pushed to verified)"),
        ("5.3", "credit.terms 1"),
        ("5.7", "credit.automatic"),
        ("6.2", "crm terms"),
        ("6.1", "crm terms (rule 1)"),
    ]
    assert {(one.contract, one.version) for one in citations_of(config)} == {("service", "2026")}


def test_a_new_version_of_the_contract_makes_the_rules_stale_that_were_read_before(tmp_path):
    assert len(stale(load(tmp_path, contracts={"service": SERVICE}))) == 6
    assert stale(load(tmp_path, contracts={"service": SERVICE | {"rules_read_from": "2027"}})) == []


def test_rules_are_read_again_one_by_one(tmp_path):
    first, second = SLA["clauses"]
    again = {"clauses": [first | {"contract_version": "2027"}, second]}
    config = load(tmp_path, contracts={"service": SERVICE | {"covers": ["sla"]}}, sla=again)

    assert stale(config) == [("4.2", "sla.clauses 2 (pushed to verified)")]


def test_a_stale_rule_is_told_with_clause_and_both_versions(tmp_path):
    rules = client_rules(load(tmp_path, contracts={"service": SERVICE}))

    assert stale_rules(rules.contracts, rules.citations)[0].words == (
        "sla.clauses 1 (seen to pushed) cites clause 4.1 of the Service agreement, version 2026 "
        "(in force from 2026-01-01); version 2027 is in force from 2027-01-01."
    )


def test_which_version_a_rule_was_read_from_changes_nothing_that_is_written(tmp_path):
    def version(**read_from):
        said = yaml.safe_load(GOOD) | {"contracts": {"service": SERVICE}}
        said["systems"]["crm"]["write"]["fields"]["terms"] = {
            "rules": [{"when": 'name == "X"', "constant": "COD", "clause": "6.1"} | read_from],
            "field": "payment_terms",
            "clause": "6.2",
        } | read_from
        config = load_client(write_client(tmp_path, yaml.safe_dump(said, sort_keys=False)))
        return config.target_policies()["crm"].version

    assert version() == version(contract_version="2027")


@pytest.mark.parametrize(
    ("contracts", "changes", "says"),
    [
        (
            {"service": SERVICE | {"rules_read_from": "2025"}},
            {},
            "contracts.service.rules_read_from: there is no version '2025'",
        ),
        (
            {"service": SERVICE | {"covers": ["slas"]}},
            {},
            "contracts.service.covers.0: there is nothing called 'slas'",
        ),
        (
            {"service": SERVICE, "schedule": deepcopy(SERVICE) | {"covers": ["credit"]}},
            {},
            "'credit' is covered by 'service' already",
        ),
        (
            {"service": SERVICE},
            {"sla": {"clauses": [SLA["clauses"][0] | {"contract_version": "2028"}]}},
            "sla.clauses.0.contract_version: there is no version '2028'",
        ),
        (
            {"service": SERVICE | {"versions": {"1": date(2026, 1, 1), "2": date(2026, 1, 1)}}},
            {},
            "take effect on the same day",
        ),
    ],
)
def test_what_cannot_be_a_contract_is_a_mistake_at_its_line(tmp_path, contracts, changes, says):
    with pytest.raises(ConfigError) as refused:
        load(tmp_path, contracts=contracts, **changes)

    assert says in " ".join(str(one) for one in refused.value.facts["mistakes"])
