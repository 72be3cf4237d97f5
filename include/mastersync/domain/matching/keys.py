"""Blocking keys: what two records must share, at least one of them, to be compared."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from mastersync.domain.matching.features import Features, read_features
from mastersync.domain.matching.phonetic import soundex
from mastersync.domain.matching.vocabulary import GENERIC_WORDS

_MOST_WORDS = 3
_MOST_NAMES = 2


def blocking_keys(fields: Mapping[str, str]) -> frozenset[str]:
    """Return the record's keys, each ``kind:value``: exact ones, and many cheap fuzzy ones.

    Passes overlap on purpose, so that one wrong field does not hide a pair; about 20 a record.
    """
    features = read_features(fields)
    return frozenset((*_exact(features), *_by_name(features), *_by_place(features)))


def _exact(features: Features) -> Iterator[str]:
    if features.tax_id:
        yield f"tax:{features.tax_id}"
    if features.registration_number:
        yield f"reg:{features.registration_number}"
    if features.mailbox.address:
        yield f"email:{features.mailbox.address}"
    if features.mailbox.domain:
        yield f"domain:{features.mailbox.domain}"
    if features.phone:
        yield f"phone:{features.phone}"
    if features.date_of_birth:
        for sound in sorted({soundex(word) for name in features.names for word in name}):
            yield f"born:{features.date_of_birth}:{sound}"


def _by_name(features: Features) -> Iterator[str]:
    place = features.place
    for name in features.names[:_MOST_NAMES]:
        # Longer words are rarer; the record alone cannot know better.
        own = sorted({w for w in name if w not in GENERIC_WORDS}, key=lambda w: (-len(w), w))
        words = own or sorted(name)
        if not words:
            continue
        yield f"name:{''.join(sorted(name))}"
        for one, other in combinations(sorted(words[:_MOST_WORDS]), 2):
            yield f"words:{one}+{other}"
        for word in words[:_MOST_WORDS]:
            sound = soundex(word)
            if place.postcode:
                yield f"start+post:{word[:4]}:{place.postcode[:4]}"
            if sound and place.city:
                yield f"sound+city:{sound}:{soundex(place.city.split()[0])}"
        for one, other in combinations(sorted({soundex(w) for w in words[:_MOST_WORDS]}), 2):
            yield f"sounds:{one}+{other}"


def _by_place(features: Features) -> Iterator[str]:
    place = features.place
    if not (place.street and place.number):
        return
    street = max(place.street.split(), key=len)[:5]
    if place.postcode:
        yield f"door+post:{place.number}:{place.postcode}"
    yield f"door:{place.number}:{street}:{place.city[:4]}"
    if features.names and features.names[0]:
        yield f"door+name:{place.number}:{street}:{max(features.names[0], key=len)[:3]}"
