-- name: customers/list_touched :many
-- Customers that this run formed, or of whom it applied a version.
-- column  customer_id  text
-- param  client_id  text
-- param  run_id     text
-- index  version_state_run, golden_version_run
SELECT link.customer_id
FROM version_state AS state
INNER JOIN link
    ON
        state.client_id = link.client_id
        AND state.record_id = link.record_id
        AND link.ended_at IS NULL
WHERE state.client_id = %(client_id)s AND state.run_id = %(run_id)s AND state.state = 'applied'
UNION
SELECT customer_id
FROM golden_version
WHERE client_id = %(client_id)s AND run_id = %(run_id)s
ORDER BY customer_id;
