"""Words to make customers of: names that exist, and invented ones, the more the more records."""

import importlib
import random
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

COUNTRIES: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("countries.toml").read_text("utf-8")
)
HONG_KONG_SURNAMES = (
    "Chan Wong Lee Lam Cheung Ng Lau Leung Ho Cheng Chow Yeung Kwok Tang Mok Tam Ma So Yip Kwong"
    " Tse Lai Fung Tsang Chu Poon Yuen Siu Law Hui Tong Kwan Mak Au Chiu To Yu Pang Wan Ko"
).split()
HONG_KONG_GIVEN = [
    f"{first} {second}"
    for first in "Chi Ka Wing Kwok Siu Yuk Man Chun Tsz Hoi Wai Yan Kin Lai Mei Pui Sze".split()
    for second in "Ming Wah Keung Ying Ling Lok Yan Kit Fai Hing Kwan Fong Chung Yee Man".split()
]
NICKNAMES = {
    "Robert": "Bob Rob Bobby", "William": "Bill Will", "Richard": "Rick Dick", "James": "Jim",
    "John": "Jack Johnny", "Michael": "Mike Mick", "Elizabeth": "Liz Beth Lizzie",
    "Margaret": "Maggie Peggy", "Katherine": "Kate Kathy", "Thomas": "Tom", "Joseph": "Joe",
    "Charles": "Charlie Chuck", "Christopher": "Chris", "Daniel": "Dan Danny", "Matthew": "Matt",
    "Anthony": "Tony", "Steven": "Steve", "Andrew": "Andy Drew", "Edward": "Ed Ted",
    "Samuel": "Sam",
    "Benjamin": "Ben", "Jennifer": "Jen Jenny", "Patricia": "Pat Trish", "Susan": "Sue Susie",
    "Rebecca": "Becky Becca", "Deborah": "Debbie", "Kimberly": "Kim", "Timothy": "Tim",
    "Gregory": "Greg", "Nicholas": "Nick", "Alexander": "Alex Sandy", "Victoria": "Vicky",
    "Stephanie": "Steph", "Jessica": "Jess", "Samantha": "Sam", "Jonathan": "Jon", "Kenneth": "Ken",
    "Ronald": "Ron", "Donald": "Don", "Philip": "Phil", "Lawrence": "Larry", "Catherine": "Cathy",
    "Abigail": "Abby", "Frederick": "Fred Freddie", "Johannes": "Hans", "Friedrich": "Fritz",
    "Wilhelm": "Willi", "Katharina": "Kathrin Käthe", "Jean-Pierre": "JP", "Joshua": "Josh",
}  # fmt: skip
ADJECTIVES = (
    "Advanced Alpha American Atlantic Blue Bright Classic Crystal Delta Diamond Elite First Fortune"
    " Global Golden Grand Green Heritage Horizon Imperial Modern National New Northern Nova Omega"
    " Pacific Phoenix Pioneer Premier Prime Quality Rapid Red Royal Silver Smart Southern Star"
    " Summit Superior Supreme United Universal Vertex Victory Western Zenith"
).split()
ABBREVIATIONS = {
    "Services": "Svc Svcs", "Group": "Grp", "Logistics": "Logs", "Laboratories": "Labs",
    "Properties": "Props", "Construction": "Constr Const", "International": "Intl Int'l",
    "Holdings": "Hldgs", "Enterprises": "Entps", "Manufacturing": "Mfg", "Distribution": "Distr",
    "Engineering": "Eng Engrg", "Associates": "Assoc", "Pharmaceuticals": "Pharma", "Company": "Co",
    "Technologies": "Tech", "Systems": "Sys", "Marketing": "Mktg", "Insurance": "Ins",
    "Industries": "Inds", "Transport": "Transp", "Development": "Dev", "Trading": "Trdg",
}  # fmt: skip
_ONSETS = (
    "b br c ch cl cr d dr f fl fr g gl gr h j k kl kr l m n p pl pr qu r s sh sk sl st str t th tr"
    " v w z"
).split()
_VOWELS = "a e i o u a e o ai ea oo io".split()
_CODAS = "n l r s t m x d nd nt rk st lt ph ng".split()
_ENDINGS = "tek soft ix us ora era ion ex aris dyne corp net ent ica is eon ia um zen lux".split()
_SURNAME_ENDINGS = {
    "en": "son ham ley ton ford well man wood by field worth more".split(),
    "de": "mann berger hofer meier stein bach feld er ke ing".split(),
    "fr": "ier ard eau in et ot el and ais on".split(),
    "IN": "wal kar ani esh war jee dhary preet nath".split(),
}


@dataclass(frozen=True)
class Pool:
    """Words to draw from, some more often than others."""

    words: tuple[str, ...]
    cumulative: tuple[float, ...]

    @classmethod
    def weighted(cls, words: Iterable[str], weights: Iterable[float]) -> "Pool":
        return cls(tuple(words), tuple(accumulate(weights)))

    @classmethod
    def ranked(cls, words: Iterable[str], *, steepness: float = 0.6) -> "Pool":
        """Return a pool in which a word's share falls with its rank, as names' shares do."""
        words = tuple(words)
        return cls.weighted(words, ((rank + 2.0) ** -steepness for rank in range(len(words))))

    def pick(self, rng: random.Random) -> str:
        return rng.choices(self.words, cum_weights=self.cumulative)[0]


def syllable(rng: random.Random) -> str:
    coda = rng.choice(_CODAS) if rng.random() < 0.5 else ""
    return rng.choice(_ONSETS) + rng.choice(_VOWELS) + coda


def invented_brand(rng: random.Random) -> str:
    """Return a word such as a company is called by."""
    return (syllable(rng) + rng.choice(_ENDINGS)).capitalize()


def invented_surname(rng: random.Random, kind: str) -> str:
    return (syllable(rng) + rng.choice(_SURNAME_ENDINGS[kind])).capitalize()


def grown(
    words: Iterable[str], *, size: int, make: Callable[[], str], rng: random.Random
) -> tuple[str, ...]:
    """Return at least so many distinct words: those given, then invented ones, mixed."""
    found = dict.fromkeys(words)
    tries = 0
    while len(found) < size and tries < 20 * size:
        found[make()] = None
        tries += 1
    mixed = list(found)
    rng.shuffle(mixed)
    return tuple(mixed)


@cache
def person_names(locale: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the given names and the surnames of a country."""
    if locale == "HK":
        return tuple(HONG_KONG_GIVEN), tuple(HONG_KONG_SURNAMES)
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    surnames = getattr(provider, "unisex_last_names", provider.last_names)
    return tuple(dict.fromkeys(provider.first_names)), tuple(dict.fromkeys(surnames))


def fill(rng: random.Random, template: str) -> str:
    """Replace each # by a digit and each @ by a capital letter."""
    return "".join(
        str(int(rng.random() * 10)) if sign == "#"
        else "ABCDEFGHJKLMNPQRSTUWXYZ"[int(rng.random() * 23)] if sign == "@"
        else sign
        for sign in template
    )  # fmt: skip
