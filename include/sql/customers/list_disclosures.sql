-- name: customers/list_disclosures :many
-- What of these customers, and of those merged into them, went to whom, the newest first.
-- column  recipient     text
-- column  kind          text
-- column  fields        text[]  paths of the recipient
-- column  authority     text
-- column  disclosed_at  timestamptz
-- column  run_id        text
-- column  transformation  text  version of the rules that gave a push its values
-- param  client_id        text
-- param  customer_ids     text[]
-- param  max_disclosures  integer
-- index  effect_customer, disclosure_client_id_effect_id_key
SELECT
    disclosure.recipient,
    effect.kind,
    disclosure.fields,
    disclosure.authority,
    disclosure.disclosed_at,
    effect.run_id,
    effect.body ->> 'transformation' AS transformation
FROM customers_within(%(client_id)s, %(customer_ids)s) AS own
INNER JOIN effect ON effect.client_id = %(client_id)s AND own.customer_id = effect.customer_id
INNER JOIN disclosure
    ON effect.client_id = disclosure.client_id AND effect.effect_id = disclosure.effect_id
ORDER BY disclosure.disclosed_at DESC, disclosure.disclosure_id DESC
LIMIT %(max_disclosures)s;
