-- name: match_index/change_terms :exec
-- Counts words in or out. In the order of the words, so that two at it do not lock each other out.
-- param  client_id  text
-- param  terms      bigint[]  sorted
-- param  changes    bigint[]
-- index  match_term_pkey
INSERT INTO match_term AS held (client_id, term, records)
SELECT
    %(client_id)s,
    change.term,
    change.records
FROM unnest(%(terms)s, %(changes)s) AS change (term, records)
ON CONFLICT (client_id, term) DO UPDATE
SET records = held.records + excluded.records;
