-- name: runs/take_over_versions :exec
-- Makes pending again, for this run, what it may be able to settle: what a run left behind, what
-- waits for something outside (a report, a record that it follows), what a person decided on or
-- resolved the ticket of, all that waits or was set aside under an older policy, and what waits for
-- a person by older weights. Else what waits for a person stays as it is.
-- param  client_id       text
-- param  run_id          text
-- param  policy_version  text
-- param  now             timestamptz
-- index  version_state_open, ticket_client_id_cause_key_key, match_model_pkey
UPDATE version_state AS state
SET state = 'pending', waiting_for = NULL, cause = NULL, run_id = %(run_id)s, changed_at = %(now)s
FROM source_record AS record
WHERE
    state.client_id = %(client_id)s
    AND state.state IN ('pending', 'waiting', 'set_aside')
    AND record.client_id = state.client_id
    AND record.record_id = state.record_id
    AND (
        (state.state = 'pending' AND state.run_id <> %(run_id)s)
        OR (state.state = 'waiting' AND state.waiting_for <> 'review')
        OR (state.state = 'waiting' AND starts_with(state.cause, 'follows:'))
        OR EXISTS (
            SELECT 1
            FROM decision
            WHERE
                decision.client_id = state.client_id
                AND decision.decided_at >= state.changed_at
                AND (
                    (decision.left_system, decision.left_key)
                    = (record.system, record.source_key)
                    OR (decision.right_system, decision.right_key)
                    = (record.system, record.source_key)
                )
        )
        OR EXISTS (
            SELECT 1 FROM ticket
            WHERE
                ticket.client_id = state.client_id
                AND ticket.cause_key = state.cause
                AND ticket.state = 'resolved'
        )
        OR (
            state.waiting_for = 'review'
            AND state.changed_at < (
                SELECT max(model.made_at) FROM match_model AS model
                WHERE model.client_id = %(client_id)s
            )
        )
        OR NOT EXISTS (
            SELECT 1 FROM run
            WHERE
                run.client_id = state.client_id
                AND run.run_id = state.run_id
                AND run.policy_version = %(policy_version)s
        )
    );
