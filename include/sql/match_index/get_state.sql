-- name: match_index/get_state :maybe
-- How far the client's index is.
-- column  edition     integer
-- column  records     bigint
-- column  indexed_to  bigint
-- column  complete    boolean
-- param  client_id  text
-- index  match_index_pkey
SELECT
    edition,
    records,
    indexed_to,
    complete
FROM match_index
WHERE client_id = %(client_id)s;
