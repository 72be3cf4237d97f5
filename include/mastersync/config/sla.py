"""The section of a client's file that says what it was promised, and by when."""

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from mastersync.config.calendars import CalendarConfig
from mastersync.config.clauses import ClauseConfig, RungText, ShareText
from mastersync.config.expressions import compile_condition
from mastersync.config.mistakes import did_you_mean
from mastersync.config.placed import Placed, raise_placed
from mastersync.config.policies import PeopleConfig, PersonConfig
from mastersync.config.values import ConditionText, Strict, Text, mistake
from mastersync.domain.records.arithmetic import NoResultError
from mastersync.domain.sla.clauses import clashes
from mastersync.domain.sla.model import (
    CreditTier,
    Person,
    PriorityRule,
    Rung,
    SlaPolicy,
)

NORMAL: Final = "normal"
OPERATOR: Final = "operator"
Word = Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,39}$")]


class PriorityConfig(Strict):
    """Which customers' cases have a priority."""

    priority: Word = Field(description="A word of the client's, such as high.")
    when: ConditionText = Field(description='Such as segment == "KEY".')

    def to_rule(self) -> PriorityRule:
        return PriorityRule(priority=self.priority, when=_or_not(compile_condition(self.when)))


class RungConfig(Strict):
    """Who is told when a share of the time is used."""

    at: RungText = Field(description="How much of the time is used, such as 80%.")
    to: Word = Field(description="operator, or one of people: line_manager, account_manager ...")


class CreditTierConfig(Strict):
    """What the client gets back for a clause that was not kept."""

    below: ShareText = Field(description="Share of clocks met, below which it gets it.")
    credit: ShareText = Field(description="Share of the fee that it gets back.")


class SlaConfig(Strict):
    """What the client was promised; each clause has a clock."""

    calendars: dict[Text, CalendarConfig] = Field(
        default_factory=dict, description="By name: when work is done at a place."
    )
    priorities: tuple[PriorityConfig, ...] = Field(
        default=(), description="The first that holds is a case's priority; else it is normal."
    )
    clauses: tuple[ClauseConfig, ...] = Field(min_length=1, description="The promises.")
    escalate: tuple[RungConfig, ...] = Field(
        default=(), description="Who is told of a clock that runs out, step by step."
    )
    service_credits: tuple[CreditTierConfig, ...] = Field(
        default=(), description="What comes back for each clause whose target was missed."
    )
    most_credit: ShareText | None = Field(
        default=None, description="What comes back for all clauses together, at most."
    )

    @model_validator(mode="after")
    def _clauses_fit_together(self) -> Self:
        raise_placed([*self._unknown(), *self._clocks_apart(), *self._overlaps(), *self._twice()])
        return self

    def to_policy(self, people: PeopleConfig, *, zone: str) -> SlaPolicy:
        """Return the rules; dates of clauses are days of the zone."""
        return SlaPolicy(
            clauses=tuple(clause.to_clause(zone) for clause in self.clauses),
            zone=zone,
            calendars={name: said.to_calendar(name) for name, said in self.calendars.items()},
            priorities=tuple(priority.to_rule() for priority in self.priorities),
            ladder=tuple(
                Rung(at=rung.at, to=rung.to, person=_person(rung.to, people))
                for rung in self.escalate
            ),
            credit_tiers=tuple(
                CreditTier(below=tier.below, credit=tier.credit) for tier in self.service_credits
            ),
            most_credit=self.most_credit,
        )

    def untold(self, people: PeopleConfig) -> Iterator[Placed]:
        """Yield the steps of the ladder that lead to nobody."""
        known = [OPERATOR, *(role for role in PeopleConfig.model_fields if _at(role, people))]
        for number, rung in enumerate(self.escalate):
            if rung.to not in known:
                near = did_you_mean(rung.to, known)
                yield (
                    ("escalate", number, "to"),
                    mistake(f"there is no '{rung.to}' under people.", near),
                )

    def _unknown(self) -> Iterator[Placed]:
        """Yield calendars and priorities that clauses name and the section does not say."""
        priorities = [NORMAL, *(rule.priority for rule in self.priorities)]
        for number, clause in enumerate(self.clauses):
            if clause.calendar is not None and clause.calendar not in self.calendars:
                how = did_you_mean(clause.calendar, self.calendars) or "Add it to sla.calendars."
                what = f"there is no calendar '{clause.calendar}'."
                yield ("clauses", number, "calendar"), mistake(what, how)
            if clause.priority is not None and clause.priority not in priorities:
                what = f"no case has the priority '{clause.priority[:60]}'."
                how = did_you_mean(clause.priority, priorities)
                yield ("clauses", number, "priority"), mistake(what, how)

    def _clocks_apart(self) -> Iterator[Placed]:
        """Yield clauses whose clock is another's by name, and measures something else."""
        first: dict[str, ClauseConfig] = {}
        for number, clause in enumerate(self.clauses):
            other = first.setdefault(clause.measures, clause)
            if (clause.start, clause.stop) != (other.start, other.stop):
                what = f"clock '{clause.measures}' is from {other.start} until {other.stop} above."
                yield ("clauses", number, "clock"), mistake(what, "Give it another name.")

    def _overlaps(self) -> Iterator[Placed]:
        # In any one zone: only the order of days matters here.
        clauses = [clause.to_clause("UTC") for clause in self.clauses]
        for first, second in clashes(clauses):
            what = (
                f"clause {clauses[second].number} (number {second + 1} here) and clause"
                f" {clauses[first].number} (number {first + 1}) hold for the same cases at once;"
                f" both say '{clauses[first].clock}'."
            )
            how = (
                "End one with 'until_date', narrow one by request, segment or priority, or give"
                " one a 'clock' of its own if both are to hold."
            )
            yield ("clauses", second), mistake(what, how)

    def _twice(self) -> Iterator[Placed]:
        for name, said in (
            ("escalate", [rung.at for rung in self.escalate]),
            ("service_credits", [tier.below for tier in self.service_credits]),
        ):
            for number, value in enumerate(said):
                if value in said[:number]:
                    yield (name, number), mistake("this percentage is there twice.", "Remove one.")


def _or_not(
    condition: Callable[[Mapping[str, str]], bool],
) -> Callable[[Mapping[str, str]], bool]:
    """Return a condition that does not hold of what it cannot be asked about."""

    def holds(golden: Mapping[str, str]) -> bool:
        try:
            return condition(golden)
        except NoResultError:
            return False

    return holds


def _at(role: str, people: PeopleConfig) -> PersonConfig | None:
    person: PersonConfig | None = getattr(people, role, None)
    return person


def _person(role: str, people: PeopleConfig) -> Person | None:
    person = _at(role, people)
    if person is None:
        return None
    deputy = person.deputy
    return Person(
        name=person.name,
        email=person.email,
        deputy_name=deputy.name if deputy else "",
        deputy_email=deputy.email if deputy else "",
    )
