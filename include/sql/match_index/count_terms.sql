-- name: match_index/count_terms :one
-- In how many records each word occurs, as columns of 8-byte numbers in the order asked.
-- column  numbers  bytea
-- column  counts  bytea
-- param  client_id  text
-- param  terms      bigint[]  distinct, sorted
-- index  match_term_pkey
SELECT
    string_agg(int8send(wanted.term), '') AS numbers,
    string_agg(int8send(held.records), '') AS counts
FROM unnest(%(terms)s) AS wanted (term)
INNER JOIN match_term AS held
    ON held.client_id = %(client_id)s AND wanted.term = held.term;
