"""Delivering for many clients with one worker, so that none waits for all of another's."""

from collections.abc import Callable, Mapping

from mastersync.domain.effects.fair_share import FairShare

_LOOK_AGAIN = 15.0  # seconds; what came up meanwhile joins in


def drain_fairly(
    find_due: Callable[[], Mapping[str, float]],
    take_turn: Callable[[str], bool],
    *,
    elapsed: Callable[[], float],
    seconds: float,
) -> None:
    """Take turns until nobody has anything due, or the time is over; the rest is for the next run.

    Args:
        find_due: Who has something due (client → share).
        take_turn: Delivers one claim for a client; False when it had nothing.
        elapsed: Seconds since the start.
        seconds: After which no further turn begins; the first always does.
    """
    order = FairShare()
    waiting = dict(find_due())
    now = looked_at = elapsed()
    while waiting:
        client_id = order.next(waiting)
        had_work = take_turn(client_id)
        began, now = now, elapsed()
        order.charge(client_id, cost=now - began, share=waiting[client_id])
        if not had_work:
            del waiting[client_id]
        if now >= seconds:
            return
        if now - looked_at >= _LOOK_AGAIN:
            waiting = {**find_due(), **waiting}
            now = looked_at = elapsed()
