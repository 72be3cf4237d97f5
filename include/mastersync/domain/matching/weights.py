"""What each piece of evidence weighs: the whole matcher in one table.

Weights are natural log-odds: +2.3 makes "the same" ten times as likely. They are judged from
what each says, checked on several record sets, and rounded; none is fitted to one of them.
A positive weight is for "the same", a negative one against; 0 is said, and weighs nothing.
"""

from mastersync.domain.matching.name_comparison import NameOutcome
from mastersync.domain.matching.place_comparison import PlaceOutcome

# Two records that share a key and nothing else are rarely the same.
PRIOR = -5.0

COMPANY_NAME: dict[str, float] = {
    NameOutcome.SAME: 6.0,
    NameOutcome.SAME_PLAIN: 4.5,
    NameOutcome.CLOSE: 4.5,
    NameOutcome.TRADE_ADDED: 3.0,
    NameOutcome.ADDED: 1.0,
    NameOutcome.TRADE_DIFFERS: -1.5,
    NameOutcome.PART_DIFFERS: -3.0,
    NameOutcome.DIFFERS: -5.0,
}
PERSON_NAME: dict[str, float] = {
    NameOutcome.SAME: 4.5,
    NameOutcome.CLOSE: 3.0,
    NameOutcome.INITIAL: 1.5,
    NameOutcome.ADDED: 0.5,
    NameOutcome.PART_ALIKE: 0.0,
    NameOutcome.PART_DIFFERS: -3.5,
    NameOutcome.DIFFERS: -6.0,
}
PLACE: dict[str, float] = {
    PlaceOutcome.SAME_ADDRESS: 4.0,
    PlaceOutcome.SAME_DOOR: 3.0,
    PlaceOutcome.SAME_STREET: 3.0,
    PlaceOutcome.OTHER_NUMBER: 0.0,
    PlaceOutcome.SAME_POSTCODE: 1.5,
    PlaceOutcome.SAME_CITY: 0.5,
    PlaceOutcome.MOVED_NEARBY: -1.0,
    PlaceOutcome.ELSEWHERE: -2.5,
}
PHONE = {"same": 4.0, "differs": -0.5}
EMAIL = {"same": 4.0, "same_role": 3.0, "same_domain": 2.0, "differs": -0.5}
TAX_ID = {"same": 7.0, "typo": 1.0, "differs": -7.0}
# A person's number is copied from a form by hand; it proves less, either way.
PERSON_TAX_ID = {"same": 7.0, "typo": 1.5, "differs": -3.0}
REGISTRATION_NUMBER = {"same": 7.0, "differs": -7.0}
DATE_OF_BIRTH = {"same": 5.0, "typo": 1.5, "near": 0.0, "differs": -3.0}
KIND = {"differs": -3.0}
# One tax number at two places: a branch, or the company has moved. A person knows.
BRANCH = -3.0
