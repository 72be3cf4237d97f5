"""Effects as people look at them: of sensitive values no more than tells them apart."""

import json
from dataclasses import replace

from mastersync.domain.effects.outbox import ChosenEffect, RolledBack
from mastersync.domain.effects.undo import Back, UndoneRecord, UndoPlan
from mastersync.domain.golden.shown import OpenPaths, shown_write


def effect_in_part(effect: ChosenEffect, open_paths: OpenPaths) -> ChosenEffect:
    """Return the effect with sensitive values shown in part."""
    return replace(
        effect,
        before=shown_write(effect.before, effect.target, open_paths),
        after=shown_write(effect.after, effect.target, open_paths),
    )


def kept_in_part(kept: RolledBack, open_paths: OpenPaths) -> RolledBack:
    """Return what is kept away, in part where it is sensitive."""
    shown = shown_write({kept.path: json.loads(kept.value)}, kept.system, open_paths)
    return replace(kept, value=json.dumps(shown[kept.path], ensure_ascii=False))


def undo_in_part(plan: UndoPlan, open_paths: OpenPaths) -> UndoPlan:
    """Return the plan with sensitive values shown in part, and without the records' payloads."""
    return replace(plan, records=tuple(_record(one, open_paths) for one in plan.records))


def _record(one: UndoneRecord, open_paths: OpenPaths) -> UndoneRecord:
    system = one.record.system
    written = {path: back.written for path, back in one.values.items()}
    original = {path: back.original for path, back in one.values.items()}
    shown = shown_write(written, system, open_paths), shown_write(original, system, open_paths)
    return replace(
        one,
        record=replace(one.record, payload={}),
        values={path: Back(shown[0][path], shown[1][path]) for path in one.values},
    )
