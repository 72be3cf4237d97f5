"""A client's master of known truth, landed and prepared in a store past the pipeline."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pandas as pd

from mastersync.domain.client_rules import ClientRules, SystemRules
from mastersync.domain.effects.guards import GuardPolicy
from mastersync.domain.golden.model import SurvivorshipPolicy
from mastersync.domain.matching.model import MatchPolicy
from mastersync.domain.records.prepare import PreparePolicy, prepare_record
from mastersync.usecases.match_delta import match_delta
from stores import NOON, TestStore

SAMPLES = Path(__file__).parents[1] / "include" / "mastersync" / "sandbox" / "data"
_FIELDS = (
    *("name", "street", "city", "region", "postcode", "country", "phone", "email", "tax_id"),
)
_LANDED = """
WITH given AS (
    SELECT row.* FROM jsonb_to_recordset(%(rows)s::jsonb)
        AS row (place int, system text, key text, fields jsonb)
),
record AS (
    INSERT INTO source_record (client_id, system, source_key, first_run_id, first_seen_at)
    SELECT %(client)s, system, key, %(run)s, %(now)s FROM given ORDER BY place
    RETURNING record_id, system, source_key
),
version AS (
    INSERT INTO source_version (client_id, record_id, version_no, run_id, payload, payload_hash,
        observed_at)
    SELECT %(client)s, record_id, 1, %(run)s, '{}', sha256(''), %(now)s FROM record
    ORDER BY record_id
    RETURNING version_id, record_id
),
stated AS (
    INSERT INTO version_state (client_id, version_id, record_id, state, run_id, changed_at)
    SELECT %(client)s, version_id, record_id, 'pending', %(run)s, %(now)s FROM version
)
INSERT INTO prepared_record (client_id, version_id, record_id, fields, said_at, policy_version,
    prepared_at)
SELECT %(client)s, version.version_id, version.record_id, given.fields, '{}', 'p1', %(now)s
FROM version JOIN record USING (record_id)
JOIN given ON given.system = record.system AND given.key = record.source_key
"""


@dataclass(frozen=True)
class Sample:
    """Records in normal form, and whose each one is."""

    records: Sequence[tuple[str, str, Mapping[str, str]]]  # system, key, fields
    truth: Mapping[tuple[str, str], str]

    @property
    def systems(self) -> list[str]:
        return sorted({system for system, _, _ in self.records})


def read_sample(name: str) -> Sample:
    rows = pd.read_csv(SAMPLES / f"{name}.csv", dtype=str, keep_default_na=False)
    policy = PreparePolicy(required=frozenset(), default_country="US")
    records, truth = [], {}
    for row in rows.to_dict("records"):
        fields = prepare_record(
            {field: row[field] for field in _FIELDS if row[field]}, policy=policy
        ).fields
        records.append((row["source"], row["id"], fields))
        truth[row["source"], row["id"]] = row["cluster"]
    return Sample(records=records, truth=truth)


def sample_rules(sample: Sample, policy: MatchPolicy, *, client_id: str = "acme") -> ClientRules:
    system = SystemRules(
        mapping={}, prepare=PreparePolicy(required=frozenset(), default_country="US")
    )
    return ClientRules(
        client_id=client_id,
        name="Acme",
        policy_version="p1",
        systems=dict.fromkeys(sample.systems, system),
        match=policy,
        survivorship=SurvivorshipPolicy(trust=tuple(sample.systems)),
        targets={},
        tables={},
        guards=GuardPolicy(max_updates=1, max_creates=1, max_mails=1),
    )


def land(
    store: TestStore,
    records: Sequence[tuple[str, str, Mapping[str, str]]],
    *,
    run_id: str,
    client_id: str = "acme",
) -> None:
    """Land records as pending and prepared, in this order, as a run that is over."""
    rows = [
        {"place": place, "system": system, "key": key, "fields": dict(fields)}
        for place, (system, key, fields) in enumerate(records)
    ]
    with store.session() as session:
        session.execute(
            "INSERT INTO run (client_id, run_id, state, policy_version, opened_at, closed_at)"
            " VALUES (%s, %s, 'done', 'p1', %s, %s)",
            [client_id, run_id, NOON, NOON],
        )
        session.execute(
            _LANDED, {"rows": json.dumps(rows), "client": client_id, "run": run_id, "now": NOON}
        )
        session.commit()


def settle(store: TestStore) -> None:
    """What matching decided is applied, as forming would."""
    store.change("UPDATE version_state SET state = 'applied' WHERE state = 'pending'")


def match_in_deltas(
    store: TestStore,
    sample: Sample,
    policy: MatchPolicy,
    *,
    deltas: Sequence[Sequence[int]],
) -> None:
    """Land and match the sample's records, by their places, in deltas one after the other."""
    rules = sample_rules(sample, policy)
    with store.client() as client:
        for number, places in enumerate(deltas):
            chosen = [sample.records[place] for place in places]
            land(store, chosen, run_id=f"r{number}")
            match_delta(client, rules, run_id=f"r{number}", now=NOON + timedelta(hours=number))
            settle(store)


def customers(store: TestStore, client_id: str = "acme") -> dict[tuple[str, str], str]:
    """Each source record's customer; one that waits is a customer of its own."""
    found = store.rows(
        "SELECT record.system, record.source_key,"
        " coalesce(link.customer_id, 'waits-' || record.record_id)"
        " FROM source_record AS record LEFT JOIN link"
        " ON link.client_id = record.client_id AND link.record_id = record.record_id"
        " AND link.ended_at IS NULL WHERE record.client_id = %s",
        client_id,
    )
    return {(system, key): customer for system, key, customer in found}


def likeliest(store: TestStore) -> dict[tuple[str, str], str]:
    """The same, but what waits is with whom its ticket asks about first."""
    found = customers(store)
    for (detail,) in store.rows("SELECT detail FROM ticket WHERE kind = 'review'"):
        asked, other = detail["left"], detail["right"]
        if other is not None and found[asked["system"], asked["key"]].startswith("waits"):
            found[asked["system"], asked["key"]] = found[other["system"], other["key"]]
    return found


def pair_f1(found: Mapping[tuple[str, str], object], truth: Mapping[tuple[str, str], str]) -> float:
    """F1 over pairs of records."""
    both = _pairs(Counter((found[key], truth[key]) for key in truth))
    return (
        2 * both / (_pairs(Counter(found[key] for key in truth)) + _pairs(Counter(truth.values())))
    )


def _pairs(sizes: Counter[object]) -> int:
    return sum(count * (count - 1) // 2 for count in sizes.values())
