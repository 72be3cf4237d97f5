"""Dedupe a raw file with Splink 5 on DuckDB, its documented way. Run by an interpreter that has it.

    PEER_PYTHON benchmarks/matching/splink_peer.py records.csv --out clusters.csv [--threads 2]

The model is the best that we found for customers of several countries: name, street, house number,
city, postcode, telephone, mail and tax number, normalised by DuckDB; six blocking rules, or with
``--wide`` eight that search nearly as wide as mastersync; the probability of a match from
deterministic rules, u from random pairs, m from three runs of EM.
"""

import argparse
import json
import logging
import sys
from pathlib import Path

import duckdb
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI
from splink.internals.blocking_rule_creator import BlockingRuleCreator

THRESHOLD = 0.9999  # of .5 to .99999 the best on syn10k and syn110k, for Splink's benefit
FIELDS = ("id", "name", "street", "city", "postcode", "phone", "email", "tax_id")

NORMALISE = r"""
CREATE TABLE normal AS
WITH plain AS (
  SELECT
    id AS unique_id,
    trim(regexp_replace(lower(strip_accents(replace(name, 'ß', 'ss'))), '[^a-z0-9]+', ' ', 'g')) AS name,
    trim(regexp_replace(lower(strip_accents(replace(street, 'ß', 'ss'))), '[^a-z0-9]+', ' ', 'g')) AS street,
    trim(regexp_replace(lower(strip_accents(city)), '[^a-z]+', ' ', 'g')) AS city,
    lower(regexp_replace(postcode, '-\d{4}$|[^A-Za-z0-9]', '', 'g')) AS postcode,
    right(regexp_replace(regexp_replace(lower(phone), 'ext.*', ''), '\D', '', 'g'), 8) AS phone,
    lower(email) AS email,
    upper(regexp_replace(tax_id, '[^A-Za-z0-9]', '', 'g')) AS tax_id
  FROM raw
),
cut AS (
  SELECT
    * EXCLUDE (name, street, phone, email, tax_id),
    trim(regexp_replace(
      regexp_replace(name, '\b(the|and|und|et|mr|mrs|ms|dr)\b', ' ', 'g'),
      '\b(inc|incorporated|l ?l ?c|corp|corporation|company|co|l ?l ?p|l ?p|ltd|limited|p ?l ?c|pvt|private|g ?m ?b ?h|mbh|ag|ug|e ?k|kg|s ?a ?r ?l|s ?a ?s|e ?u ?r ?l|s ?c ?i)\b', ' ', 'g'
    )) AS name,
    trim(regexp_replace(regexp_replace(street, '\b(unit|suite|ste|flat|plot no|shop) \w+|\b\d+ f\b', '', 'g'),
      '\d+', '', 'g')) AS street,
    regexp_extract(regexp_replace(street, '\b(unit|suite|ste|flat|plot no|shop) \w+|\b\d+ f\b', '', 'g'), '\d+')
      AS house_number,
    CASE WHEN phone SIMILAR TO '0+|9+|' THEN NULL ELSE phone END AS phone,
    CASE WHEN email SIMILAR TO '(none|noemail|test|info)@(none|test|gmail).com|' THEN NULL ELSE email END AS email,
    CASE WHEN tax_id SIMILAR TO '123456789|0+|' THEN NULL
      ELSE right(regexp_replace(tax_id, '^(GB|DE)', ''), 14) END AS tax_id
  FROM plain
)
SELECT
  unique_id,
  nullif(array_to_string(list_sort(string_split_regex(name, ' +')), ' '), '') AS name,
  nullif(regexp_replace(street, '\b(street|str|st|road|rd|avenue|av|ave|lane|ln|drive|dr|court|ct|blvd|boulevard|bd)\b|strasse|str$', '', 'g'), '') AS street,
  nullif(house_number, '') AS house_number,
  nullif(city, '') AS city,
  nullif(postcode, '') AS postcode,
  phone,
  email,
  CASE WHEN split_part(email, '@', 2) IN ('gmail.com', 'yahoo.com', 'hotmail.com', 'outlook.com', 'web.de',
    'orange.fr', 'btinternet.com', 'rediffmail.com', '') THEN NULL ELSE split_part(email, '@', 2) END AS domain,
  tax_id
FROM cut
"""  # noqa: E501 (expressions)

RULES = (
    block_on("name"),
    block_on("phone"),
    block_on("email"),
    block_on("tax_id"),
    block_on("postcode", "substr(name, 1, 3)"),
    block_on("street", "house_number", "substr(name, 1, 2)"),
)
# They find nearly as many of the true pairs as mastersync's keys do.
WIDE_RULES = (
    *RULES[:4],
    block_on("postcode"),
    block_on("street", "house_number"),
    block_on("city", "substr(name, 1, 4)"),
    block_on("domain"),
)


def read_raw(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Read and normalise a file into the table ``normal``; fields that it lacks are null."""
    source = connection.read_csv(str(path), all_varchar=True)
    renamed = {"addr": "street", "suburb": "city", "address_1": "street"}
    columns = {renamed.get(column, column): column for column in source.columns}
    selected = ", ".join(
        f'coalesce("{columns[field]}", \'\') AS {field}' if field in columns
        else f"'' AS {field}"
        for field in FIELDS
    )  # fmt: skip
    connection.sql(f"CREATE TABLE raw AS SELECT {selected} FROM source")  # noqa: S608 (our columns)
    connection.sql(NORMALISE)


def settings(rules: tuple[BlockingRuleCreator, ...]) -> SettingsCreator:
    """Return the model to train."""
    return SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=list(rules),
        comparisons=[
            cl.NameComparison("name"),
            cl.JaroWinklerAtThresholds("street", [0.95, 0.88]).configure(
                term_frequency_adjustments=True
            ),
            cl.ExactMatch("house_number"),
            cl.JaroWinklerAtThresholds("city", [0.9]).configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1]).configure(
                term_frequency_adjustments=True
            ),
            cl.DamerauLevenshteinAtThresholds("phone", [1]).configure(
                term_frequency_adjustments=True
            ),
            cl.EmailComparison("email"),
            cl.DamerauLevenshteinAtThresholds("tax_id", [1]),
        ],
        retain_matching_columns=False,
    )


def main() -> None:
    """Dedupe one file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--wide", action="store_true", help="search as wide as mastersync")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--threshold", type=float, action="append")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    connection = duckdb.connect(config={"threads": options.threads})
    read_raw(connection, options.file)
    database = DuckDBAPI(connection)
    table = database.register("normal")
    rules = WIDE_RULES if options.wide else RULES
    linker = Linker(table, settings(rules), log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("tax_id"), block_on("name", "phone"), block_on("name", "email"),
         block_on("name", "street", "house_number")],
        recall=0.7,
    )  # fmt: skip
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
    for rule in (block_on("name"), block_on("phone"), block_on("email")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    thresholds = options.threshold or [THRESHOLD]
    predictions = linker.inference.predict(threshold_match_probability=min(thresholds))
    for threshold in thresholds:
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
            predictions, threshold_match_probability=threshold
        )
        out = options.out if len(thresholds) == 1 else options.out.with_suffix(f".{threshold}.csv")
        connection.sql(
            f"SELECT unique_id AS id, cluster_id AS cluster FROM {clusters.physical_name}"  # noqa: S608
        ).write_csv(str(out))
    json.dump({"threshold": thresholds}, sys.stdout)


if __name__ == "__main__":
    main()
