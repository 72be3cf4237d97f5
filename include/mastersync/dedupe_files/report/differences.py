"""Where two values differ, character by character, and what in them cannot be seen."""

import unicodedata
from dataclasses import dataclass

from rapidfuzz.distance import Indel

_LONGEST = 160


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
    same_length = len(left.lower()) == len(left) and len(right.lower()) == len(right)
    operations = (
        Indel.opcodes(left.lower(), right.lower()) if same_length else Indel.opcodes(left, right)
    )
    lefts, rights = [], []
    for operation in operations:
        differs = operation.tag != "equal"
        lefts.append((left[operation.src_start : operation.src_end], differs))
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


def _whole(text: str) -> tuple[Segment, ...]:
    return (Segment(text=text, differs=False),) if text else ()


def _joined(pieces: list[tuple[str, bool]]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    for text, differs in pieces:
        if not text:
            continue
        if segments and segments[-1].differs == differs:
            text = segments.pop().text + text  # noqa: PLW2901 (goes on with the piece before)
        segments.append(Segment(text=text, differs=differs))
    return tuple(segments)
