-- name: sla/add_withdrawal :exec
-- Keeps that a pause or a waiver was taken back: one of the two.
-- param  client_id  text
-- param  pause_id   bigint
-- param  waiver_id  bigint
-- param  reason     text
-- param  author     text
-- param  now        timestamptz
INSERT INTO sla_withdrawal (client_id, pause_id, waiver_id, reason, author, withdrawn_at)
VALUES (
    %(client_id)s, %(pause_id)s, %(waiver_id)s, %(reason)s, %(author)s, %(now)s
);
