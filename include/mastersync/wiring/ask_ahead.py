"""Asking the agency first and planning later: no transaction waits for somebody else's network."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from mastersync.domain.credit.model import AgencyCompany, CreditSubject
from mastersync.errors import PermanentError, RetryableError
from mastersync.ports.agencies import CompanySearch

_HOPEFUL: Final = 2  # rounds in which whoever was not asked about counts as found


class AnswersAhead:
    """Implements `ports.agencies.CompanySearch` on what the agency has answered before.

    Whom it was not asked about is noted, to be asked about once nothing is locked (`ask`); then
    the same is derived again. Until then such a customer counts as found: a budget ends the
    search for others, and no more are asked about than it pays for. After two rounds in which the
    agency knew fewer than that, everybody is asked about at once.
    """

    def __init__(self) -> None:
        self._answers: dict[CreditSubject, Sequence[AgencyCompany] | Exception] = {}
        self._unasked: list[CreditSubject] = []
        self._rounds = 0

    @property
    def are_complete(self) -> bool:
        """Whether nothing was searched for that the agency was not asked about."""
        return not self._unasked

    def find(self, subject: CreditSubject) -> Sequence[AgencyCompany]:
        """Return what the agency answered, or note that it has to be asked; see the port."""
        answer = self._answers.get(subject)
        if isinstance(answer, Exception):
            raise answer
        if answer is not None:
            return answer
        self._unasked.append(subject)
        return [_hoped_for(subject)] if self._rounds < _HOPEFUL else []

    def ask(self, agency: CompanySearch) -> int:
        """Ask about those whom nobody has asked about; returns how many.

        What went wrong is an answer, too. Once the agency does not answer, it is asked no more.

        Raises:
            ConfigError: It cannot be asked at all.
        """
        asked, self._unasked = self._unasked, []
        self._rounds += 1
        silence: RetryableError | None = None
        for subject in asked:
            try:
                self._answers[subject] = silence or agency.find(subject)
            except RetryableError as error:
                self._answers[subject] = silence = error
            except PermanentError as error:
                self._answers[subject] = error
        return len(asked)


def _hoped_for(subject: CreditSubject) -> AgencyCompany:
    """Return the company that the agency should know."""
    return AgencyCompany(
        reference="not asked yet",
        name=subject.name,
        registration_number=subject.registration_number,
        is_active=True,
        tax_id=subject.tax_id,
        street=subject.street,
        city=subject.city,
        postcode=subject.postcode,
        country=subject.country,
        confidence=Decimal(1),
    )
