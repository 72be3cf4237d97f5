"""The versions of a client's weights: the newest is in force, and each leads back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.decisions.model import Person
from mastersync.domain.resolution.model import DEFAULT_MODEL, Model
from mastersync.domain.resolution.weight_changes import WeightChange, weight_changes
from mastersync.errors import ConflictError, RuleError
from mastersync.ports.match_index import ModelVersion
from mastersync.ports.store import Store, Unit


def keep_weights(unit: Unit, version: ModelVersion) -> None:
    """Put weights in force and tell the audit trail.

    Raises:
        ConflictError: The version is there already: somebody else was first.
    """
    if not unit.match_index.keep_model(version):
        raise ConflictError(
            "Somebody else put weights in force meanwhile. Nothing was changed.",
            next_step="Look at the plan again; it is held against theirs then.",
        )
    unit.audit.append(
        "weights.relearned" if version.restores is None else "weights.restored",
        actor=version.author,
        run_id=None,
        summary={
            "model_no": version.model_no,
            "restores": version.restores,
            "evidence": dict(version.evidence),
        },
        now=version.made_at,
    )


@dataclass(frozen=True, kw_only=True)
class WentBack:
    """A version that has the weights of an older one again; 0 are the default ones."""

    model_no: int
    restores: int
    changes: tuple[WeightChange, ...]


def go_back(store: Store, *, person: Person, now: datetime) -> WentBack:
    """Put the weights in force again that were so before those in force.

    Going back twice goes back two versions. It is a version of its own: none is ever lost.

    Raises:
        RuleError: The default weights are in force.
    """
    with store.begin() as unit:
        versions = {version.model_no: version for version in unit.match_index.models()}
        newest = max(versions, default=0)
        present = _root(versions, newest)
        if present == 0:
            raise RuleError(
                f"{store.client_id} is matched by the default weights: there are none before them."
                " Nothing was changed.",
                next_step="`mastersync relearn` shows what others could be learned.",
            )
        target = _root(versions, present - 1)
        model = _model(versions, target)
        keep_weights(
            unit,
            ModelVersion(
                model_no=newest + 1,
                model=model.to_json(),
                learned_from=versions[target].learned_from if target else 0,
                restores=target,
                author=person.by,
                reason=person.reason,
                made_at=now,
            ),
        )
    changes = weight_changes(_model(versions, present), model)
    return WentBack(model_no=newest + 1, restores=target, changes=changes)


def _root(versions: Mapping[int, ModelVersion], model_no: int) -> int:
    """Return the version that was learned with the weights of this one."""
    restores = versions[model_no].restores if model_no else None
    return model_no if restores is None else restores


def _model(versions: Mapping[int, ModelVersion], model_no: int) -> Model:
    return Model.from_json(versions[model_no].model) if model_no else DEFAULT_MODEL
