"""``mastersync credit show``: everything on a customer's credit, for whoever decides."""

import json
import textwrap
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

import typer
from rich.console import Console
from rich.markup import escape

from mastersync.cli.credit_decide import Customer, in_words
from mastersync.cli.credit_match import show_offer
from mastersync.cli.deciding import AsJson, Client, author, client_desk, rules_of
from mastersync.domain.credit.agencies import TITLES
from mastersync.domain.credit.deciding import CreditDecision
from mastersync.domain.credit.evidence import evidence_of
from mastersync.domain.credit.readings import NOT_SAID, read_report
from mastersync.domain.golden.words import day
from mastersync.ports.store import Store
from mastersync.usecases.explain_credit import ExplainedCredit, explain_credit
from mastersync.wiring.clock import utc_now

_SUBJECTS = {
    "company": "a company",
    "sole_trader": "a sole trader",
    "individual": "a private individual",
    "": "of unknown kind: company or person is doubtful",
}


def show(client: Client, customer_id: Customer, *, as_json: AsJson = False) -> None:
    """Explain a customer's credit: why it is checked, what was bought, what is recommended.

    Also how the agency's score reads in plain words and what it does not say, what is left of the
    budget, who may decide, and what was decided before.

    \b
    Examples:
      mastersync credit show northwind_industrial C-7F3KQ-2M9XA
      mastersync credit show northwind_industrial C-7F3KQ-2M9XA --json
    """
    now = utc_now()
    with client_desk(client) as store:
        explained = explain_credit(store, rules_of(client), customer_id, now=now)
        _keep_that_shown(store, explained.customer_id, now=now)
    if as_json:
        typer.echo(json.dumps(_as_json(explained), indent=2, default=str))
        return
    panel = _Panel(Console(highlight=False), explained, client=client, now=now)
    panel.show()


def _keep_that_shown(store: Store, customer_id: str, *, now: datetime) -> None:
    """Keep who has seen the evidence: a person who decides on a person must have weighed it."""
    with store.begin() as unit:
        summary: dict[str, object] = {"customer_id": customer_id}
        unit.audit.append("credit.shown", actor=author(""), run_id=None, summary=summary, now=now)


class _Panel:
    """An explanation on its way to a console, section by section."""

    def __init__(
        self, console: Console, explained: ExplainedCredit, *, client: str, now: datetime
    ) -> None:
        self._console = console
        self._told = explained
        self._client = client
        self._now = now

    def show(self) -> None:
        told, case = self._told, self._told.judged.case
        leads = (
            "" if told.asked_id == told.customer_id else f" ({told.asked_id} was merged into it)"
        )
        who = _SUBJECTS.get(case.subject_type, case.subject_type)
        place = f", {case.country}" if case.country else ""
        self._console.print(f"[bold]{told.customer_id}[/bold]{leads}: {who}{place}.")
        self._section("Asked for", [_money(case.requested, case.currency) or "Nobody said."])
        self._section("Why a check", self._why())
        self._section("Report", self._report())
        self._section("With the client", self._standing())
        self._section("Recommended", self._recommended())
        self._weighed()
        self._section("Who decides", self._who_decides())
        self._section("Decided", self._decided())
        self._section("Budget", self._budget())
        if told.offer is not None and told.company is None and case.report is None:
            self._console.print()
            show_offer(self._console, told.offer)

    def _why(self) -> list[str]:
        assessment = self._told.assessment
        if assessment is None:
            return ["The client's contract does not have this customer checked."]
        lines = [assessment.why] if assessment.why else []
        check = self._told.check
        if check is not None and check.why not in lines:
            lines.append(f"The last check, {_day(check.checked_at)}: {check.why}")
        return lines or ["A report at hand is good enough."]

    def _report(self) -> list[str]:
        report = self._told.judged.case.report
        if report is None:
            return ["None was bought."]
        title = TITLES.get(report.agency, report.agency)
        age = (self._now - report.ordered_at).days
        price = _money(report.price, report.price_currency) or "an unknown price"
        state = "good until" if report.valid_until > self._now else "ended on"
        company = self._told.company
        chosen = "" if company is None else f" {company.author} said that it is this company."
        bought = (
            f"{title}, report {report.report_id} of {_day(report.ordered_at)}, {age} days old, "
            f"{state} {_day(report.valid_until)}; bought for {price}, on "
            f"{report.company_reference}.{chosen}"
        )
        return [
            bought,
            *read_report(report),
            "What it does not say:",
            *(f"- {line}" for line in NOT_SAID),
        ]

    def _standing(self) -> list[str]:
        standing = self._told.judged.case.standing
        if standing is None:
            return ["The client's ledger is not read, or holds nothing on it."]
        said = {
            "open": _money(standing.exposure, standing.currency),
            "overdue": _money(standing.overdue, standing.currency),
            "disputed": _money(standing.disputed, standing.currency),
            "days late": "" if standing.days_late is None else f"{standing.days_late:f}",
        }
        known = [f"{name}: {value}" for name, value in said.items() if value]
        return ["; ".join(known) + "." if known else "The ledger says nothing of it."]

    def _recommended(self) -> list[str]:
        found = self._told.judged.recommendation
        limit = _money(found.limit, found.currency)
        terms = f", payment terms {found.payment_terms}" if found.payment_terms else ""
        lines = [f"{found.outcome.value}: {limit}{terms}" if limit else "No amount."]
        for reason in found.reasons:
            clause = f" (clause {reason.clause})" if reason.clause else ""
            lines.append(f"- {reason.words}{clause}")
        return lines

    def _weighed(self) -> None:
        found = self._told.judged.recommendation
        self._section("Speaks for it", found.speaks_for or ["Nothing that is known."])
        self._section("Speaks against", found.speaks_against or ["Nothing that is known."])

    def _who_decides(self) -> list[str]:
        authority = self._told.judged.authority
        if authority.is_automatic:
            return ["The client's rules: no person has to."]
        return ["A person:", *(f"- {words}" for words in authority.words)]

    def _decided(self) -> list[str]:
        told = self._told
        if not told.decisions:
            how = f"mastersync credit decide {self._client} {told.customer_id} --reason WHY"
            return [f"Nothing yet: {how}, with --recommended or --limit AMOUNT."]
        lines = [
            f"{_day(one.decided_at)}, {one.word.author} (credit decision {one.decision_id}"
            f"{self._stands(one)}): {in_words(one.word)}. {one.word.reason}"
            for one in told.decisions
        ]
        written = [f"{letter.kind}, {_day(letter.written_at)}" for letter in told.letters]
        if written:
            lines.append(f"Letters written: {'; '.join(written)}.")
        if told.owed:
            command = f"mastersync credit letter {self._client} {told.customer_id}"
            lines.append(f"Law wants a letter ({', '.join(told.owed)}): {command}.")
        return lines

    def _stands(self, decision: CreditDecision) -> str:
        """Say until when a person's decision stands or stood; nothing where another holds now."""
        until = decision.word.stands_until
        if until is None or decision is not self._told.decisions[0]:
            return ""
        return f", {'stands' if self._now < until else 'stood'} until {day(until)}"

    def _budget(self) -> list[str]:
        purse = self._told.purse
        total = f"{purse.per_month:,.2f} {purse.currency}"
        return [f"{purse.left:,.2f} of {total} is left of the thirty days."]

    def _section(self, title: str, lines: Iterable[str]) -> None:
        self._console.print(f"\n[bold]{title}[/bold]")
        for line in lines:
            wrapped = textwrap.wrap(
                line, width=self._console.width, initial_indent="  ", subsequent_indent="    "
            )
            self._console.print(escape("\n".join(wrapped)), soft_wrap=True)


def _money(amount: Decimal | None, currency: str) -> str:
    return "" if amount is None else f"{amount:,.2f} {currency}".rstrip()


def _day(moment: datetime | None) -> str:
    return "" if moment is None else day(moment)


def _as_json(told: ExplainedCredit) -> dict[str, object]:
    judged = told.judged
    return {
        "customer_id": told.customer_id,
        "why": None if told.assessment is None else told.assessment.why,
        "check": None if told.assessment is None else told.assessment.outcome.value,
        "evidence": evidence_of(judged.case, judged.recommendation, judged.authority),
        "what_it_does_not_say": list(NOT_SAID),
        "is_automatic": judged.authority.is_automatic,
        "budget": {
            "left": str(told.purse.left),
            "per_month": str(told.purse.per_month),
            "currency": told.purse.currency,
        },
        "offered": None if told.offer is None else [dict(one) for one in told.offer.companies],
        "company_said": None
        if told.company is None
        else {
            "reference": told.company.reference,
            "author": told.company.author,
            "reason": told.company.reason,
        },
        "decisions": [
            {
                "decision_id": one.decision_id,
                "outcome": one.word.outcome.value,
                "credit_limit": str(one.word.credit_limit),
                "currency": one.word.currency,
                "payment_terms": one.word.payment_terms,
                "is_automatic": one.word.is_automatic,
                "author": one.word.author,
                "reason": one.word.reason,
                "basis": one.word.basis,
                "rule_version": one.word.rule_version,
                "decided_at": one.decided_at,
                "stands_until": one.word.stands_until,
            }
            for one in told.decisions
        ],
        "letters_written": [letter.kind for letter in told.letters],
        "letters_owed": list(told.owed),
    }
