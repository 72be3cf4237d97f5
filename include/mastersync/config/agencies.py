"""What a client's file says of its account at one agency, beside whom to check and for how much."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from mastersync.config.mistakes import did_you_mean
from mastersync.config.values import Strict, mistake
from mastersync.domain.credit.agencies import (
    AGENCIES,
    CREDITSAFE,
    DNB,
    EXPERIAN,
    MONITORING,
    TITLES,
)


def _agency(name: str) -> str:
    if name not in AGENCIES:
        how = did_you_mean(name, AGENCIES) or f"There are: {', '.join(AGENCIES)}."
        raise mistake(f"there is no agency '{name[:60]}'.", how)
    return name


AgencyName = Annotated[
    str, AfterValidator(_agency), WithJsonSchema({"type": "string", "enum": [*AGENCIES]})
]
BlockId = Annotated[str, Field(pattern="^[a-z]+_L[1-9]_v[0-9]+$")]
Identifier = Annotated[str, Field(pattern="^[A-Za-z0-9_.-]{1,80}$")]
Path = Annotated[str, Field(pattern="^/[A-Za-z0-9/_.-]*$", max_length=200)]


class DnbConfig(Strict):
    """How reports are ordered from D&B Direct+."""

    blocks: tuple[BlockId, ...] = Field(
        default=(
            "companyinfo_L2_v1",
            "financialstrengthinsight_L2_v1",
            "paymentinsight_L1_v1",
        ),
        min_length=1,
        description="Data blocks with their levels; each is paid by the contract with D&B.",
    )


class ExperianConfig(Strict):
    """How scores are ordered from Experian Business (US)."""

    subcode: Annotated[str, Field(pattern="^[0-9]{7}$")] = Field(
        description="The account that each call is billed to, seven digits."
    )
    model_code: Annotated[str, Field(pattern="^[0-9]{6}$")] = Field(
        default="000224", description="Of the commercial score; models have other scales."
    )


class StatementConfig(Strict):
    """Where the agency lists what it has charged, for holding against what was ordered."""

    path: Path | None = Field(
        default=None,
        description="Below the connection's host. Creditsafe needs none: its meter is asked.",
    )
    complete_after_minutes: Annotated[int, Field(ge=1, le=10_080)] = Field(
        default=1_440,
        description="After so long a charge is surely in it; until then nothing is concluded.",
    )


class MonitoringConfig(Strict):
    """Which list of the agency's watches the companies whose reports were bought."""

    reference: Identifier = Field(
        description="Creditsafe: the number of the portfolio. D&B: the registration's reference."
    )
    rules: tuple[Annotated[int, Field(ge=1)], ...] = Field(
        default=(),
        description="Creditsafe: codes of the event rules to switch on; a new portfolio has none.",
    )
    overlap_days: Annotated[int, Field(ge=1, le=30)] = Field(
        default=3, description="Creditsafe: events of so many days are asked for again."
    )


def mistakes_of_account(
    agency: str, sections: AbstractSet[str], *, path: str | None
) -> Iterator[tuple[str, str]]:
    """Yield what of these sections does not fit the agency, and how to mend it."""
    for other in (DNB, EXPERIAN):
        if other in sections and agency != other:
            how = f"Remove it, or set 'agency: {other}'."
            yield f"'{other}' has no effect: the agency is {TITLES[agency]}.", how
    if agency == EXPERIAN and EXPERIAN not in sections:
        yield "Experian bills by subcode, and none is given.", "Add 'experian: {subcode: ...}'."
    if agency == CREDITSAFE and path is not None:
        how = "Remove 'statement.path'; its meter of used units is asked."
        yield "Creditsafe has no statement to be asked for.", how
    if "monitoring" in sections and agency not in MONITORING:
        how = "Remove 'monitoring'; lower 'valid_for_days' instead."
        yield f"{TITLES[agency]} tells of no changes.", how
