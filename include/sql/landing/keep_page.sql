-- name: landing/keep_page :exec
-- Notes a page in the run's landing ledger.
-- param  client_id  text
-- param  run_id     text
-- param  system     text
-- param  seen       integer
-- param  new        integer
-- param  refused    integer
-- param  watermark  text
-- param  now        timestamptz
-- index  landing_page_pkey
INSERT INTO landing_page (
    client_id, run_id, system, page_no, seen_count, new_count, unchanged_count, refused_count,
    watermark_to, landed_at
)
SELECT
    %(client_id)s,
    %(run_id)s,
    %(system)s,
    coalesce(max(page_no), 0) + 1,
    %(seen)s,
    %(new)s,
    %(seen)s - %(new)s - %(refused)s,
    %(refused)s,
    %(watermark)s,
    %(now)s
FROM landing_page
WHERE client_id = %(client_id)s AND run_id = %(run_id)s AND system = %(system)s;
