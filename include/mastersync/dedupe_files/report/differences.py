"""Where two values differ, character by character, and what in them cannot be seen."""

import unicodedata
from dataclasses import dataclass

from rapidfuzz.distance import Indel

_LONGEST = 160
_RELATED = 0.5
_SHORTEST = 2


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A run of characters of one value; ``differs`` when the other value has others there."""

    text: str
    differs: bool


def differences(left: str, right: str) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Return both values cut where they differ; upper and lower case count as the same.

    >>> [segment.text for segment in differences("Smith", "SMYTH")[0] if segment.differs]
    ['i']
    """
    left, right = visible(left), visible(right)
    if not left or not right:
        return _whole(left), _whole(right)
    lower = left.lower(), right.lower()
    same_lengths = len(lower[0]) == len(left) and len(lower[1]) == len(right)
    compared = lower if same_lengths else (left, right)
    if Indel.normalized_similarity(*compared) < _RELATED:
        return _whole(left, differs=True), _whole(right, differs=True)
    lefts: list[tuple[str, bool]] = []
    rights: list[tuple[str, bool]] = []
    for operation in Indel.opcodes(*compared):
        mine = left[operation.src_start : operation.src_end]
        # A letter or two that both happen to have, between others, is no agreement.
        differs = operation.tag != "equal" or (len(mine) < _SHORTEST and len(lefts) > 0)
        lefts.append((mine, differs))
        rights.append((right[operation.dest_start : operation.dest_end], differs))
    return _joined(lefts), _joined(rights)


def visible(text: str) -> str:
    """Return a text in which invisible characters show as their code, cut when very long."""
    shown = "".join(
        f"\u27e8U+{ord(character):04X}\u27e9" if _is_invisible(character) else character
        for character in " ".join(text.split())
    )
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf"}


def _whole(text: str, *, differs: bool = False) -> tuple[Segment, ...]:
    return (Segment(text=text, differs=differs),) if text else ()


def _joined(pieces: list[tuple[str, bool]]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    for text, differs in pieces:
        if not text:
            continue
        if segments and segments[-1].differs == differs:
            text = segments.pop().text + text  # noqa: PLW2901 (goes on with the piece before)
        segments.append(Segment(text=text, differs=differs))
    return tuple(segments)
