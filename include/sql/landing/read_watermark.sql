-- name: landing/read_watermark :maybe
-- Where a system has been read to.
-- column  position  text
-- param  client_id  text
-- param  system     text
-- index  watermark_pkey
SELECT position FROM watermark WHERE client_id = %(client_id)s AND system = %(system)s;
