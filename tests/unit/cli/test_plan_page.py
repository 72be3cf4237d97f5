"""A plan's page: safe with any name, and of a bearable size."""

import base64
import hashlib
import re
from dataclasses import replace

from mastersync.cli.plan_page.charts import count_fields
from mastersync.cli.plan_page.page import MOST_ROWS, render_plan
from plans import BRIXTON, a_content, a_plan


def test_what_a_customer_is_called_is_text_and_never_markup() -> None:
    page = render_plan(a_plan())

    assert "<b>Brixton</b>" not in page.replace("<b>&lt;b&gt;", "")
    assert "&lt;b&gt;Brixton&lt;/b&gt; &amp; Sons" in page


def test_only_the_page_s_own_script_may_run() -> None:
    page = render_plan(a_plan())

    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    (allowed,) = re.findall(r"script-src 'sha256-([^']+)'", page)
    assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() == allowed
    assert "default-src 'none'" in page


def test_limits_that_are_passed_are_told_first() -> None:
    page = render_plan(a_plan())

    assert page.index("1 updates, limit 0") < page.index('class="tiles"')
    assert "Over the client's limits" not in render_plan(a_plan(content=a_content(over=())))


def test_of_a_large_plan_the_first_rows_are_shown_and_the_rest_is_counted() -> None:
    content = a_content()
    many = [replace(content.writes[0], key=f"k{number}") for number in range(MOST_ROWS + 7)]

    page = render_plan(a_plan(content=replace(content, writes=[*many, content.writes[1]])))

    assert ">k999<" in page
    assert ">k1000<" not in page
    assert f"The first 1,000 of {MOST_ROWS + 7:,} writes" in page


def test_what_happens_to_a_field_is_counted_by_kind() -> None:
    counts = count_fields(a_content().writes)

    assert {path: dict(kinds) for path, kinds in counts.items()} == {
        "city": {"added": 1},
        "communication.telephone.office": {"filled": 1},
        "fax": {"emptied": 1},
        "name": {"added": 1},
        "phone": {"changed": 1},
    }


def test_the_page_of_a_run_says_which() -> None:
    assert "run r7" in render_plan(a_plan(run_id="r7"))
    assert BRIXTON in render_plan(a_plan())


def test_the_page_of_all_customers_says_so() -> None:
    words = "to all customers, also to those who did not change"

    assert words in render_plan(a_plan(everyone=True))
    assert words not in render_plan(a_plan())
