-- name: matches/mark_compared :exec
-- Remembers with how many others records were compared: that they have been searched for.
-- param  client_id   text
-- param  record_ids  bigint[]
-- param  numbers     bigint[]
-- index  match_entry_pkey
UPDATE match_entry AS entry
SET compared = done.number
FROM unnest(%(record_ids)s, %(numbers)s) AS done (record_id, number)
WHERE entry.client_id = %(client_id)s AND entry.record_id = done.record_id;
