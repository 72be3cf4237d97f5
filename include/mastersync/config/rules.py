"""From what a client's file says to the rules that its sync follows."""

from mastersync.config.client import ClientConfig
from mastersync.config.clients import policy_version
from mastersync.config.contracts import citations_of, contracts_of
from mastersync.config.systems import ContractsSystem
from mastersync.domain.client_rules import ClientRules, SystemRules


def client_rules(config: ClientConfig) -> ClientRules:
    """Return the rules of a client, as the use cases take them."""
    return ClientRules(
        client_id=config.client_id,
        name=config.name,
        policy_version=policy_version(config),
        systems={
            name: SystemRules(
                mapping=system.fields,
                prepare=config.prepare_policy(name),
                constants=system.constants,
                links_to=system.links_to if isinstance(system, ContractsSystem) else None,
            )
            for name, system in config.systems.items()
        },
        match=config.match_policy(),
        survivorship=config.survivorship_policy(),
        targets=config.target_policies(),
        tables=config.target_tables(),
        guards=config.guard_policy(),
        time_zone=config.time_zone,
        release=config.release_rules(),
        credit=config.credit_policy(),
        terms=config.credit_terms(),
        letters=config.letter_sender(),
        confirmation=config.confirmation_policy(),
        sla=config.sla_policy(),
        contracts=contracts_of(config),
        citations=citations_of(config),
        document_systems=frozenset(
            name for name, system in config.systems.items() if system.kind == "contracts"
        ),
    )
