-- name: replays/list_cases :many
-- The golden versions that were formed in a window, in the order of customers; one page of them.
-- column  customer_id     text
-- column  version_no      integer
-- column  fields          jsonb
-- column  policy_version  text
-- column  formed_at       timestamptz
-- param  client_id       text
-- param  formed_from     timestamptz
-- param  formed_before   timestamptz
-- param  after_customer  text
-- param  after_version   integer
-- param  page_size       integer
-- index  golden_version_pkey
SELECT
    customer_id,
    version_no,
    fields,
    policy_version,
    formed_at
FROM golden_version
WHERE
    client_id = %(client_id)s
    AND formed_at >= %(formed_from)s
    AND formed_at < %(formed_before)s
    AND (customer_id, version_no) > (%(after_customer)s, %(after_version)s)
ORDER BY customer_id ASC, version_no ASC
LIMIT %(page_size)s;
