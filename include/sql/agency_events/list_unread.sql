-- name: agency_events/list_unread :many
-- Pages that were kept and not read yet, oldest first.
-- column  page_id  bigint
-- column  body     jsonb
-- param  client_id  text
-- param  agency     text
-- index  agency_page_pkey, agency_page_read_pkey
SELECT
    page.page_id,
    page.body
FROM agency_page AS page
WHERE
    page.client_id = %(client_id)s
    AND page.agency = %(agency)s
    AND NOT EXISTS (
        SELECT 1
        FROM agency_page_read AS done
        WHERE done.client_id = page.client_id AND done.page_id = page.page_id
    )
ORDER BY page.page_id;
