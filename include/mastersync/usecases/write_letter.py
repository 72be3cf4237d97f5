"""Writing the letters that law wants on a credit decision, and those that a customer asks for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.credit.deciding import CreditDecision
from mastersync.domain.credit.letters import (
    LetterContent,
    LetterSender,
    due_by,
    letters_due,
    letters_possible,
)
from mastersync.domain.credit.rights import rights_of
from mastersync.domain.credit.subjects import SubjectType
from mastersync.domain.golden.words import day
from mastersync.errors import NotFoundError, RuleError
from mastersync.ports.credit_decisions import HeldLetter, NewLetter
from mastersync.ports.store import Store, Unit
from mastersync.usecases.explain_credit import credit_of, judge_case
from mastersync.usecases.find_customer import live_customer

Render = Callable[[LetterContent], tuple[str, str, str]]
"""Takes what a letter has to say; returns its subject, its text and its page."""


def write_letters(  # noqa: PLR0913 (who writes what, how it is rendered, and when)
    store: Store,
    rules: ClientRules,
    customer_id: str,
    *,
    render: Render,
    author: str,
    now: datetime,
    kind: str = "",
) -> list[HeldLetter]:
    """Return the letters on the decision that holds, written now if they are not yet.

    Their days are those of the client's zone, the last one that the law gives among them.

    Args:
        kind: One of those possible; "" for all that law wants.

    Raises:
        NotFoundError: There is no such customer, nothing was decided, or no such kind of letter.
        RuleError: The client's file does not say who writes, or no letter is due.
    """
    policy, sender = credit_of(rules), _sender(rules)
    with store.begin() as unit:
        live_id = live_customer(unit, customer_id)
        decision = _decision(unit, rules.client_id, live_id)
        # The law counts days as the client and its customers do, not as the store does.
        zone = ZoneInfo(rules.time_zone)
        local = replace(decision, decided_at=decision.decided_at.astimezone(zone))
        country = policy.client_country
        kinds = [kind] if kind else list(letters_due(decision, client_country=country))
        _check(kinds, letters_possible(decision, client_country=country), decision)
        held = {letter.kind for letter in unit.credit_decisions.letters(decision.decision_id)}
        missing = [one for one in kinds if one not in held]
        addressed_to = judge_case(unit, rules, live_id, now=now).addressed_to
        for one in missing:
            content = _content(one, local, sender, addressed_to, now=now.astimezone(zone))
            letter = _letter(content, local, render, author=author)
            unit.credit_decisions.keep_letter(letter, now=now)
        if missing:
            unit.audit.append(
                "credit.letters_written",
                actor=author,
                run_id=None,
                summary={"decision_id": decision.decision_id, "kinds": missing},
                now=now,
            )
        letters = unit.credit_decisions.letters(decision.decision_id)
    return [letter for letter in letters if letter.kind in kinds]


def _sender(rules: ClientRules) -> LetterSender:
    if rules.letters is None:
        raise RuleError(
            f"The file of {rules.name} does not say who writes letters on credit.",
            next_step="Add 'credit.letters' to its client.yaml: address, contact, who signs, and "
            "the agency's address.",
        )
    return rules.letters


def _decision(unit: Unit, client_id: str, customer_id: str) -> CreditDecision:
    found = unit.credit_decisions.newest([customer_id]).get(customer_id)
    if found is None:
        raise NotFoundError(
            f"Nothing is decided on the credit of {customer_id}, so there is no letter.",
            next_step=f"See how it stands: mastersync credit show {client_id} {customer_id}.",
        )
    return found


def _check(kinds: Sequence[str], possible: Sequence[str], decision: CreditDecision) -> None:
    wrong = [kind for kind in kinds if kind not in possible]
    if wrong:
        raise NotFoundError(
            f"There is no letter {wrong[0]!r} on credit decision {decision.decision_id}.",
            next_step=f"There are: {', '.join(possible)}.",
        )
    if not kinds:
        raise RuleError(
            f"No law that is held wants a letter on credit decision {decision.decision_id} "
            f"({decision.word.outcome}).",
            next_step=f"Write one all the same with --kind: {', '.join(possible)}.",
        )


def _letter(
    content: LetterContent, decision: CreditDecision, render: Render, *, author: str
) -> NewLetter:
    subject, text, html = render(content)
    return NewLetter(
        decision_id=decision.decision_id,
        kind=content.kind,
        country=content.country,
        subject=subject,
        body_text=text,
        body_html=html,
        due_by=due_by(content.kind, decision.decided_at.date()),
        author=author,
    )


def _content(
    kind: str,
    decision: CreditDecision,
    sender: LetterSender,
    addressed_to: tuple[str, ...],
    *,
    now: datetime,
) -> LetterContent:
    word = decision.word
    report = word.evidence.get("report")
    said = report if isinstance(report, Mapping) else {}
    ordered_at = str(said.get("ordered_at", ""))
    return LetterContent(
        kind=kind,
        sender=sender,
        addressed_to=tuple(map(_plain, addressed_to)),
        written_on=day(now),
        decided_on=day(decision.decided_at),
        reference=f"credit decision {decision.decision_id}",
        country=word.country,
        is_person=word.subject_type != SubjectType.COMPANY,
        outcome=word.outcome,
        requested=_money(word.requested, word.currency),
        given=_money(word.credit_limit, word.currency),
        payment_terms=word.payment_terms,
        reasons=_reasons(decision),
        report=[_plain(line) for line in _lines(said.get("says"))],
        report_date=day(datetime.fromisoformat(ordered_at).astimezone(now.tzinfo))
        if ordered_at
        else "",
        rights=rights_of(word.subject_type, word.country),
    )


def _reasons(decision: CreditDecision) -> list[str]:
    """Return the decider's own reason, and what was weighed against the customer."""
    against = _lines(decision.word.evidence.get("speaks_against"))
    return [_plain(reason) for reason in (decision.word.reason, *against)]


def _lines(value: object) -> list[str]:
    return [str(line) for line in value] if isinstance(value, list) else []


def _plain(text: str) -> str:
    """Return text on one line, which can begin no block of a letter's template."""
    return " ".join(text.split()).lstrip("#-= ")


def _money(amount: Decimal | None, currency: str) -> str:
    return "" if amount is None else f"{amount:,.2f} {currency}"
