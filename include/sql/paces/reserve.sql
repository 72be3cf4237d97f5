-- name: paces/reserve :one
-- Takes the next requests' places in the line to a target (a leaky bucket as a meter, GCRA). A
-- line that is longer than an hour is from a clock that went back, and is not waited for.
-- column  wait  interval
-- param  client_id  text
-- param  target     text
-- param  taken      interval
-- param  burst      interval
-- index  target_pace_pkey
INSERT INTO target_pace AS pace (client_id, target, free_at)
VALUES (
    %(client_id)s,
    %(target)s,
    clock_timestamp() - %(burst)s + %(taken)s
)
ON CONFLICT (client_id, target) DO UPDATE SET
    free_at = CASE
        WHEN pace.free_at > clock_timestamp() + interval '1 hour' THEN clock_timestamp()
        ELSE greatest(pace.free_at, clock_timestamp() - %(burst)s)
    END + %(taken)s
RETURNING greatest(pace.free_at - %(taken)s - clock_timestamp(), interval '0') AS wait;
