"""What holds for every answer, and what the portal must not be able to do."""

import re
from html.parser import HTMLParser

import psycopg
import pytest

from mastersync.store.database import PORTAL_ROLE, role_url
from portals import HELD, SECRET, ask, running_portal

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    '=HYPERLINK("http://evil.example","x")',
    "{{ 7 * 7 }}{% raw %}",
    "</title></style><svg onload=alert(1)>",
    "مرحبا \u202eevil\u202c",
    "😀 Café",
    "javascript:alert(1)",
)

REFUSALS = (psycopg.errors.InsufficientPrivilege, psycopg.errors.WrongObjectType)


class Tags(HTMLParser):
    """Which elements a browser would make, and that no attribute is a script."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            if name in {"href", "src", "action"}:
                assert value.startswith("#")


def tags_in(page: str) -> list[str]:
    tags = Tags()
    tags.feed(page)
    return tags.seen


REQUIRED = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


def test_every_answer_carries_the_security_headers(portal):
    question = ask(portal.store_url)
    link = f"/c/{question.token}"

    answers = [
        portal.http.get(link),
        portal.http.head(link),
        portal.http.post(link, data={"x": "1"}),
        portal.http.post(link, json={}),
        portal.http.post(link, content=b"x" * 100_000),
        portal.http.put(link),
        portal.http.get("/c/unknown"),
        portal.http.get("/"),
        portal.http.get("/docs"),
        portal.http.get("/openapi.json"),
        portal.http.get("/health"),
        portal.http.post("/events/sendgrid", content=b"[]"),
        portal.http.get("/events/sendgrid"),
    ]

    assert [answer.status_code for answer in answers] == [
        *(200, 200, 422, 400, 413, 405, 404, 404, 404, 404, 200, 503, 405)
    ]
    for answer in answers:
        assert {name: answer.headers[name] for name in REQUIRED} == REQUIRED
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "frame-ancestors 'none'" in policy
        assert "form-action 'self'" in policy
        assert "unsafe" not in policy


def test_a_store_that_is_away_gives_a_calm_page(store_url):
    gone = str(role_url(store_url, PORTAL_ROLE, secret_key=SECRET).set(database="gone"))
    with running_portal(gone) as portal:
        answer = portal.http.get("/c/" + "A" * 43)

        assert answer.status_code in {500, 503}
        assert "Please try again" in answer.text
        assert "gone" not in answer.text
        assert "Content-Security-Policy" in answer.headers


def test_the_page_needs_no_script_and_is_small(portal):
    question = ask(portal.store_url)

    page = portal.http.get(f"/c/{question.token}")

    assert "<script" not in page.text
    assert len(page.content) < 100_000
    assert not re.findall(r"(?:src|href)=\"(?:http|//)", page.text)
    assert 'name="viewport"' in page.text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_values_are_inert_wherever_they_are_shown(portal, text):
    held = dict.fromkeys(HELD, text) | {"country": "US"}
    question = ask(portal.store_url, held)

    pages = [
        portal.http.get(f"/c/{question.token}").text,
        portal.post(
            question.token, verdict="corrections", field_city=f"{text}!", field_phone=text
        ).text,
        portal.post(question.token, verdict="corrections", field_city=f"{text} x").text,
    ]

    calm = {"city": "Los Angeles"}
    harmless = [*tags_in(portal.http.get(f"/c/{ask(portal.store_url, calm).token}").text), "strong"]
    for page in pages:
        assert set(tags_in(page)) <= {*harmless, "div", "ul", "li", "a", "dl"}
        assert not re.findall(r"<dd>\s*<span[^>]*>49", page)
    assert "<strong dir" in pages[2]
    if text.startswith("="):
        assert 'dir="auto">=HYPERLINK(&#34;' in pages[0]


# No right, not a table, or a view that nobody can write.
REFUSALS = (
    psycopg.errors.InsufficientPrivilege,
    psycopg.errors.WrongObjectType,
    psycopg.errors.ObjectNotInPrerequisiteState,
)


def test_the_portal_can_read_and_write_no_table(store_url):
    url = role_url(store_url, PORTAL_ROLE, secret_key=SECRET).set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as session:
        tables = [
            row[0]
            for row in session.execute(
                "SELECT oid::regclass::text FROM pg_class"
                " WHERE relnamespace = 'mastersync'::regnamespace AND relkind IN ('r', 'v', 'S')"
            )
        ]
        assert len(tables) > 20
        for table in tables:
            for statement in (f"SELECT 1 FROM {table}", f"DELETE FROM {table}"):
                with pytest.raises(REFUSALS):
                    session.execute(statement)


def test_health_says_whether_the_store_answers(portal):
    assert portal.http.get("/health").json() == {"status": "ok"}
    assert portal.http.head("/health").status_code == 200
