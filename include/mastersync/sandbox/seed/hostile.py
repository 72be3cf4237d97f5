"""The few deliberately bad records of every client, so that the demonstration has tickets.

=====================  ============================================================
id ends in             what is wrong
=====================  ============================================================
``BAD-NULL-NAME``      the name is null (empty in a file)
``BAD-LONG-NAME``      a name of 10,000 characters
``BAD-EMOJI``          emoji in the name: unusual, yet legal
``BAD-RTL``            a right-to-left name with direction marks: unusual, yet legal
``BAD-FORMULA``        the name is a spreadsheet formula
``BAD-HTML``           the name is a script element
``BAD-EMAIL``          the e-mail address is none
``BAD-COUNTRY``        a country that does not exist
=====================  ============================================================

One REST system of each client holds all eight: the CRM, at Bright Bakery the ERP. Of the files the
branch list holds the formula, the e-mail and the country, the web shop the formula and the null
name.
"""

from dataclasses import dataclass

_FORMULA = '=HYPERLINK("http://evil.example","x")'
_RIGHT_TO_LEFT = (
    "\u200f\u05de\u05d0\u05e4\u05d9\u05d9\u05ea \u05d4\u05e9\u05d7\u05e8\u200e Ltd"  # "Dawn Bakery"
)


@dataclass(frozen=True, kw_only=True)
class Hostile:
    """What one bad record says; everything else of it is ordinary."""

    id: str
    name: str | None
    email: str
    country: str = ""


def hostile() -> list[Hostile]:
    def plain(suffix: str, name: str | None) -> Hostile:
        return Hostile(id=f"BAD-{suffix}", name=name, email=f"{suffix.lower()}@oddities.example")

    return [
        plain("NULL-NAME", None),
        plain("LONG-NAME", "Endless " * 1250),
        plain("EMOJI", "Happy 🍕 Pizza 👩‍🍳 Co"),
        plain("RTL", _RIGHT_TO_LEFT),
        plain("FORMULA", _FORMULA),
        plain("HTML", "<script>alert(1)</script> Supplies"),
        Hostile(id="BAD-EMAIL", name="Crooked Mailbox Supplies", email="crooked(at)mailbox"),
        Hostile(
            id="BAD-COUNTRY",
            name="Utopia Imports",
            email="country@oddities.example",
            country="Utopia",
        ),
    ]


def chosen(*suffixes: str) -> list[Hostile]:
    return [bad for bad in hostile() if bad.id.removeprefix("BAD-") in suffixes]
