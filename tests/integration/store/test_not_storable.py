"""Text that PostgreSQL cannot keep: said in our words, without it, and nothing of it is kept."""

import pytest

from mastersync.errors import PermanentError
from mastersync.ports.systems import Page, SourceRow
from stores import NOON, TestStore


@pytest.mark.parametrize("name", ["Ald\x00gate", "Ald\ud800gate"], ids=["nul", "half a character"])
def test_a_text_that_cannot_be_kept(store: TestStore, name: str) -> None:
    page = Page(rows=[SourceRow(key="a", payload={"name": name})], watermark="1")
    with store.client() as client:
        with client.begin() as unit:
            unit.runs.open("r1", policy_version="p1", now=NOON)
        with pytest.raises(PermanentError) as refused, client.begin() as unit:
            unit.landing.land("crm", page, run_id="r1", now=NOON)

    assert "cannot keep a value" in refused.value.problem
    assert "Ald" not in str(refused.value)
    assert store.rows("SELECT count(*) FROM source_version") == [(0,)]
