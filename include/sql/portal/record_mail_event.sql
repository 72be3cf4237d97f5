-- name: portal/record_mail_event :one
-- Takes in one event of the carrier; false when it was known, or is about no mail of ours.
-- param  effect_id    uuid
-- param  event_id     text
-- param  event        text
-- param  reason       text
-- param  occurred_at  timestamptz
-- returns  is_new  boolean
-- index  effect_email
SELECT
    mastersync.record_mail_event(
        %(effect_id)s, %(event_id)s, %(event)s, %(reason)s, %(occurred_at)s
    ) AS is_new;
