-- name: runs/take_over_versions :exec
-- Makes pending again what waits, and what was set aside under an older policy, and gives
-- everything pending to this run.
-- param  client_id       text
-- param  run_id          text
-- param  policy_version  text
-- param  now             timestamptz
-- index  version_state_open
UPDATE version_state AS state
SET state = 'pending', waiting_for = NULL, cause = NULL, run_id = %(run_id)s, changed_at = %(now)s
WHERE
    state.client_id = %(client_id)s
    AND (
        state.state = 'waiting'
        OR (state.state = 'pending' AND state.run_id <> %(run_id)s)
        OR (
            state.state = 'set_aside'
            AND NOT EXISTS (
                SELECT 1 FROM run
                WHERE
                    run.client_id = state.client_id
                    AND run.run_id = state.run_id
                    AND run.policy_version = %(policy_version)s
            )
        )
    );
