"""Claims on one field or group, ranked by its rule."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mastersync.domain.golden.model import (
    CREDIT_DECISION,
    Criterion,
    FieldRule,
    FieldValue,
    ValueKind,
)

# Who says "London" but no street does not know the address; who knows no amount, no limit.
HEARTS = {"address": "street", "person": "surname", "credit": "credit_limit", "bank": "iban"}

# What one fact says about one field, or about the fields of one group; never empty.
Claim = Sequence[FieldValue]


@dataclass(frozen=True, kw_only=True)
class Contest:
    """Claims in the order that a rule puts them in, the best first; never empty."""

    claims: tuple[Claim, ...]
    ranks: tuple[tuple[float, ...], ...]
    reasons: tuple[str, ...]

    @property
    def winner(self) -> Claim:
        return self.claims[0]

    @property
    def why(self) -> str:
        """What made the winner win."""
        return self.why_beaten(1) if len(self.claims) > 1 else "only_value"

    def why_beaten(self, place: int) -> str:
        """Return what the winner is better in than the claim at that place."""
        pairs = zip(self.reasons, self.ranks[0], self.ranks[place], strict=True)
        return next((reason for reason, best, other in pairs if best != other), "tie")


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """How one field, or the fields of one group, were settled.

    ``claims`` is the contest between records; ``people`` those in which a person had a say, by
    field. ``survivors`` is what remains and why: a blank one means that the field was cleared.
    """

    name: str
    rule: FieldRule
    survivors: Mapping[str, tuple[FieldValue, str]]
    claims: Contest | None
    people: Mapping[str, Contest]
    overtaken: Sequence[FieldValue] = ()


def hold_contest(claims: Iterable[Claim], rule: FieldRule, *, heart: str | None = None) -> Contest:
    """Rank claims. What is tied after the last criterion goes by the order of the source keys.

    Args:
        heart: The field without which a claim does not really know its group.
    """
    entered = list(claims)
    if len(entered) == 1:
        return Contest(claims=tuple(entered), ranks=((),), reasons=())
    ranked = [(_rank(claim, rule, heart), claim) for claim in entered]
    ranked.sort(key=lambda pair: pair[0])
    if len({rank for rank, _ in ranked}) < len(ranked):
        ranked.sort(key=lambda pair: (pair[0], min(map(place_in_order, pair[1]))))
    return Contest(
        claims=tuple(claim for _, claim in ranked),
        ranks=tuple(rank for rank, _ in ranked),
        reasons=("pinned", "own_data", "completeness", *rule.prefer),
    )


def _rank(claim: Claim, rule: FieldRule, heart: str | None) -> tuple[float, ...]:
    """Return the claim's place under each criterion; lower is better."""
    return (
        float(claim[0].kind is not ValueKind.PIN),
        float(all(value.is_echo for value in claim)),
        float(heart is not None and all(value.field != heart or value.is_echo for value in claim)),
        *(_place(claim, criterion, rule, is_group=heart is not None) for criterion in rule.prefer),
    )


_KINDS = {
    Criterion.PINNED: ValueKind.PIN,
    Criterion.CONFIRMED: ValueKind.CONFIRMATION,
    Criterion.CONTRACT: ValueKind.CONTRACT,
}


def _place(claim: Claim, criterion: Criterion, rule: FieldRule, *, is_group: bool) -> float:
    one = claim[0]
    match criterion:
        case Criterion.PINNED | Criterion.CONFIRMED | Criterion.CONTRACT:
            return float(one.kind is not _KINDS[criterion])
        case Criterion.DECIDED:
            return float(one.system != CREDIT_DECISION)
        case Criterion.TRUST:
            trust = rule.trust
            return float(trust.index(one.system) if one.system in trust else len(trust))
        case Criterion.MOST_RECENT:
            return -max(value.said_at.timestamp() for value in claim)
        case Criterion.MOST_COMPLETE:
            filled = sum(not value.is_blank for value in claim)
            return -float(filled if is_group else len(one.value.strip()))


def place_in_order(value: FieldValue) -> tuple[object, ...]:
    """Return a total order, smallest source key first, the newest version of it first."""
    return (
        value.system,
        value.source_key,
        -(value.version_id or 0),
        -value.said_at.timestamp(),
        value.kind,
        value.field,
        value.is_echo,
        -value.observed_at.timestamp(),
        value.modified_at is None,
        value.value,
    )
