"""The page behind a link: shows the details held, takes the answer."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import parse_qsl

import structlog
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse

from mastersync.domain.confirmations.answers import (
    Answer,
    FormMistakes,
    Mistake,
    Verdict,
    parse_answer,
)
from mastersync.domain.confirmations.labels import date_in_words
from mastersync.domain.confirmations.tokens import receipt_for, token_hash
from mastersync.store.database import Database
from mastersync.store.portal import OpenedConfirmation, open_confirmation, record_answer
from mastersync.web.portal import form_view
from mastersync.web.portal.pages import notice, page
from mastersync.web.portal.protection import read_body
from mastersync.web.portal.render_nonce import mint_nonce, nonce_age
from mastersync.web.portal.texts import spoken_language, texts

log = structlog.get_logger()

LARGEST_FORM = 64 * 1024
MOST_BOXES = 100
# Nobody reads the page in less; programs that press every button do.
QUICKEST_PERSON = timedelta(seconds=2)
LONGEST_OPEN_PAGE = timedelta(hours=24)
_TOKEN = re.compile(r"^[A-Za-z0-9_-]{43}$")
_FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True, kw_only=True)
class _Visit:
    """One request to a page that there is."""

    token: str
    opened: OpenedConfirmation
    now: datetime

    @property
    def is_answered(self) -> bool:
        return self.opened.state != "planned"

    @property
    def receipt(self) -> str:
        return receipt_for(token_hash(self.token))

    def day(self, moment: datetime) -> str:
        return date_in_words(moment.date(), language=self.opened.language)


async def _form(request: Request) -> dict[str, str] | None:
    """Return the posted fields, None when the body is no plain form."""
    body = await read_body(request, limit=LARGEST_FORM)
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != _FORM_TYPE:
        return None
    try:
        fields = parse_qsl(
            body.decode(),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_BOXES,
        )
    except ValueError:
        return None
    return dict(fields)


class ConfirmationPages:
    """The pages of one portal."""

    def __init__(
        self, database: Database, *, secret_key: str, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._secret_key = secret_key
        self._clock = clock
        self.router = APIRouter()
        self.router.add_api_route("/c/{token}", self.show, methods=["GET", "HEAD"])
        self.router.add_api_route("/c/{token}", self.answer, methods=["POST"])

    def show(self, token: str, request: Request) -> Response:
        """Show the details. Changes nothing, however often it is called and by whom."""
        visit = self._visit(token)
        if visit is None:
            return _gone(request)
        return _answered(visit, status=200) if visit.is_answered else self._ask(visit, form={})

    def answer(
        self, token: str, request: Request, form: Annotated[dict[str, str] | None, Depends(_form)]
    ) -> Response:
        """Take the answer, once; repeated posts and second tabs get the same calm page."""
        visit = self._visit(token)
        if visit is None:
            return _gone(request)
        if visit.is_answered:
            return _answered(visit, status=409)
        if form is None:
            return notice("refused", language=visit.opened.language, status=400)
        return self._take(visit, form)

    def _take(self, visit: _Visit, form: Mapping[str, str]) -> HTMLResponse:
        doubt = self._doubt(visit, form)
        if doubt:
            return self._ask(visit, form=form, status=422, again=doubt)
        if form.get("step") == "edit":
            return self._ask(visit, form=form)
        answer = parse_answer(form, visit.opened.shown)
        if isinstance(answer, FormMistakes):
            return self._ask(visit, form=form, mistakes=answer, status=422)
        if answer.verdict is Verdict.CORRECTIONS and form.get("step") != "reviewed":
            return self._review(visit, answer)
        return self._record(visit, answer)

    def _visit(self, token: str) -> _Visit | None:
        now = self._clock()
        if not _TOKEN.match(token):
            return None
        opened = open_confirmation(self._database, token_hash=token_hash(token))
        if opened is None or (opened.state == "planned" and opened.expires_at <= now):
            return None
        return _Visit(token=token, opened=opened, now=now)

    def _doubt(self, visit: _Visit, form: Mapping[str, str]) -> str:
        """Return why a person should press the button again, "" when there is no need."""
        age = nonce_age(
            form.get("nonce", ""), secret_key=self._secret_key, token=visit.token, now=visit.now
        )
        if age is None or (age < QUICKEST_PERSON and not form.get("step")):
            return "again_unproven"
        return "again_stale" if age > LONGEST_OPEN_PAGE else ""

    def _record(self, visit: _Visit, answer: Answer) -> HTMLResponse:
        hashed = token_hash(visit.token)
        if not record_answer(self._database, answer, token_hash=hashed, now=visit.now):
            again = self._visit(visit.token)
            return _answered(again or visit, status=409)
        log.info("confirmation.answered", receipt=visit.receipt, verdict=answer.verdict.value)
        language = visit.opened.language
        return page(
            "thanks.html",
            language=language,
            heading=visit.opened.client_name,
            verdict=answer.verdict.value,
            changes=form_view.changes(visit.opened.shown, answer.corrections, language=language),
            receipt=visit.receipt,
        )

    def _ask(
        self,
        visit: _Visit,
        *,
        form: Mapping[str, str],
        mistakes: FormMistakes | None = None,
        status: int = 200,
        again: str = "",
    ) -> HTMLResponse:
        shown, language = visit.opened.shown, visit.opened.language
        links = form_view.mistake_links(mistakes, shown, language=language) if mistakes else []
        if again:
            links.append(("verdict-all-correct", texts(language)[again]))
        return page(
            "confirm.html",
            language=language,
            status=status,
            heading=visit.opened.client_name,
            rows=shown.rows(language=language),
            boxes=form_view.boxes(shown, form=form, mistakes=mistakes, language=language),
            verdict=form.get("verdict", ""),
            mistakes=links,
            asked_again=Mistake.CHANGED_BUT_CORRECT
            in (mistakes.by_field.values() if mistakes else ()),
            nonce=self._nonce(visit),
            last_day=visit.day(visit.opened.expires_at),
        )

    def _review(self, visit: _Visit, answer: Answer) -> HTMLResponse:
        shown, language = visit.opened.shown, visit.opened.language
        return page(
            "review.html",
            language=language,
            heading=visit.opened.client_name,
            changes=form_view.changes(shown, answer.corrections, language=language),
            nonce=self._nonce(visit),
            last_day=visit.day(visit.opened.expires_at),
        )

    def _nonce(self, visit: _Visit) -> str:
        return mint_nonce(self._secret_key, token=visit.token, now=visit.now)


def _gone(request: Request) -> HTMLResponse:
    """Unknown, mistyped, revoked and expired look the same, so that nothing can be learnt."""
    language = spoken_language(request.headers.get("accept-language", ""))
    return notice("gone", language=language, status=404)


def _answered(visit: _Visit, *, status: int) -> HTMLResponse:
    return page(
        "answered.html",
        language=visit.opened.language,
        status=status,
        heading=visit.opened.client_name,
        day=visit.day(visit.opened.answered_at or visit.now),
        receipt=visit.receipt,
    )
