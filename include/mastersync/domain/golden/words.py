"""An account of a golden value, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.golden.account import MOVED, OTHER_SOURCE, OVERTAKEN, FieldAccount, Rival
from mastersync.domain.golden.contest import HEARTS
from mastersync.domain.golden.model import (
    CREDIT_DECISION,
    CUSTOMER,
    OPERATOR,
    FieldValue,
    ValueKind,
)
from mastersync.domain.golden.shown import shown_value
from mastersync.domain.golden.survive import unit_of
from mastersync.domain.records.fields import FIELDS


@dataclass(frozen=True, kw_only=True)
class PinNote:
    """Who pinned a value or decided on it, and why."""

    author: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Teller:
    """Tells accounts in English. ``pins`` are by source key, such as ``decision 7``."""

    pins: Mapping[str, PinNote]
    show_sensitive: bool = False

    def sentences(self, account: FieldAccount) -> list[str]:
        """Return the account of one field, the survivor first."""
        told = [self._won(account)]
        told += [self._agreed(value, account) for value in account.agreeing]
        told += [self._lost(rival, account) for rival in account.rivals]
        if account.conflict is not None:
            told.append(
                f"Open conflict: {_listed(account.conflict.systems)} are trusted alike and"
                " disagree. It is written to no system until somebody decides."
            )
        return told

    def shown(self, value: FieldValue) -> str:
        """Return a value as it is shown."""
        return shown_value(value.field, value.value, show_sensitive=self.show_sensitive)

    def _won(self, account: FieldAccount) -> str:
        winner = account.winner
        if winner is None:
            return f"Unknown: the whole {unit_of(account.field)} comes from another source."
        form = "blank" if winner.is_blank else "echo" if winner.is_echo else _form(winner)
        note = self.pins.get(winner.source_key, PinNote(author="somebody", reason=""))
        ends = account.outranks_until or winner.holds_until
        return _WON[form].format(
            source=self._source(winner),
            day=day(winner.said_at),
            until="" if ends is None else f" until {day(ends)}",
            author=note.author,
            reason=note.reason,
        )

    def _agreed(self, value: FieldValue, account: FieldAccount) -> str:
        letters = (
            "" if value.value == account.value else f" in its own letters: {self._said(value)}"
        )
        return f"{self._source(value)} says the same{letters}."

    def _lost(self, rival: Rival, account: FieldAccount) -> str:
        value = rival.value
        heart = HEARTS.get(unit_of(account.field), account.field)
        winner = "another source" if account.winner is None else _called(account.winner)
        why = _WHY.get(rival.why, rival.why).format(
            winner=winner,
            loser=_called(value),
            heart=FIELDS[heart].label.lower() if heart in FIELDS else heart,
        )
        return (
            f"Lost: {self._said(value)} of {self._source(value)}, said {day(value.said_at)}: {why}."
        )

    def _said(self, value: FieldValue) -> str:
        return "a blank" if value.is_blank else f"'{self.shown(value)}'"

    def _source(self, value: FieldValue) -> str:
        match value.kind:
            case ValueKind.PIN:
                note = self.pins.get(value.source_key)
                return value.source_key if note is None else f"{note.author}'s {value.source_key}"
            case ValueKind.CONFIRMATION | ValueKind.LAPSED:
                return f"the customer's {value.source_key}"
            case ValueKind.CREDIT if value.system == CREDIT_DECISION:
                return value.source_key
            case ValueKind.CREDIT:
                return f"{value.system}'s {value.source_key}"
            case ValueKind.CONTRACT:
                return f"the contract {value.system}:{value.source_key}"
        return f"{value.system}:{value.source_key}"


def day(moment: datetime) -> str:
    """Return a day as people write it, such as ``3 May 2026``."""
    return f"{moment.day} {moment:%B %Y}"


def _form(winner: FieldValue) -> str:
    return "decided" if winner.system == CREDIT_DECISION else winner.kind


def _called(value: FieldValue) -> str:
    called = {
        CUSTOMER: "the customer",
        OPERATOR: "a person",
        CREDIT_DECISION: "the credit decision",
    }
    return called.get(value.system, value.system)


_WON: dict[str, str] = {
    "blank": "Cleared: {source} blanked it on {day}.",
    "echo": "Only our own writes say so: {source} holds what we wrote there.",
    ValueKind.SOURCE: "{source} says so since {day}.",
    ValueKind.CONTRACT: "{source} says so since {day}.",
    ValueKind.CREDIT: "{source} said so on {day}.",
    ValueKind.CONFIRMATION: "The customer confirmed it on {day}, which outranks all systems"
    "{until}.",
    ValueKind.LAPSED: "The customer confirmed it on {day}. That has decayed: it counts as one "
    "source among others.",
    ValueKind.PIN: "{author} pinned it on {day}{until}: {reason}",
    "decided": "{author} decided it on {day} ({source}): {reason}",
}
_WHY = {
    "pinned": "a person has pinned it",
    "decided": "the other was decided on",
    "own_data": "it is only what we wrote there ourselves",
    "completeness": "that source knows no {heart} of its own",
    "confirmed": "the customer has confirmed the other",
    "contract": "the other was agreed in a contract",
    "trust": "{winner} is trusted before {loser}",
    "most_recent": "the other was said later",
    "most_complete": "the other says more of it",
    "tie": "nothing parts the two, and the smaller key goes first",
    OVERTAKEN: "it was said otherwise since",
    OTHER_SOURCE: "all of it comes from one source, which is another",
    MOVED: "a person has given another address",
}


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
