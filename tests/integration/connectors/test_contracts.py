"""Terms out of contracts: with the place they stand, and never a guess."""

import io
import os
from pathlib import Path

import fsspec
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from mastersync.connectors.documents.contract_options import ContractOptions
from mastersync.connectors.documents.contracts import ContractReader, find_terms
from mastersync.connectors.documents.pdf_process import PdfProcess
from mastersync.ports.systems import Page, RefusedRow, SourceRow
from sandboxes import Sandbox

LABELS = {
    "Legal name": "legal_name",
    "Customer number": "customer_number",
    "Registration number": "registration_number",
    "Payment terms": "payment_terms",
    "Credit limit": "credit_limit",
    "Start date": "contract_start",
    "End date": "contract_end",
}


def pages(folder: Path, since: str = "", **given) -> list[Page]:
    options = ContractOptions(
        **{"labels": LABELS, "key_term": "customer_number", "required": ("legal_name",), **given}
    )
    reader = ContractReader(fsspec.filesystem("local"), str(folder), options)
    return list(reader.read_changes(since))


def rows(read: list[Page]) -> list[SourceRow]:
    return [row for page in read for row in page.rows]


def refused(read: list[Page]) -> list[RefusedRow]:
    return [row for page in read for row in page.refused]


def pdf(*sheets: list[str], encrypt: StandardEncryption | None = None) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=encrypt)
    for lines in sheets:
        for number, line in enumerate(lines):
            canvas.drawString(72, 700 - 16 * number, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


GOOD = ["Customer number: C1", "Legal name: Acme Widgets LLC"]


def test_the_sample_contracts_give_their_terms_and_name_the_unreadable(sandbox: Sandbox) -> None:
    read = pages(sandbox.home / "files" / "harbor_foods" / "contracts")

    assert len(rows(read)) == 38
    assert sorted(row.code for row in refused(read)) == [
        "document_unreadable",
        "document_without_text",
    ]
    row = rows(read)[0]
    assert set(LABELS.values()) < set(row.payload)
    assert row.payload["credit_limit"].startswith("USD ")
    assert row.key == row.payload["customer_number"]
    assert row.evidence["credit_limit"] == {
        "page": 1,
        "label": "Credit limit",
        "snippet": f"Credit limit: {row.payload['credit_limit']}",
    }


def test_a_term_on_a_later_page_keeps_its_page(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(GOOD, ["Terms"], ["Payment  terms :  Net 30 days"]))

    (row,) = rows(pages(tmp_path))

    assert row.payload["payment_terms"] == "Net 30 days"
    assert row.evidence["payment_terms"]["page"] == 3


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (["Legal name: Acme"], "Acme"),
        (["LEGAL NAME : Acme: the firm"], "Acme: the firm"),
        (["Legal name:", "Acme"], "Acme"),
        (["Legal name: Müller &", "Söhne GmbH"], "Müller & Söhne GmbH"),
        (["Legal name: Acme", "Other words"], "Acme"),
        (["Legal name: Acme,", "Credit limit: 5"], "Acme,"),
        (["The legal name: is not a label here"], None),
        (["Legal name:"], None),
        (["Legal name: First", "Legal name: Second"], "First"),
    ],
)
def test_values_are_found_by_the_label_at_the_start_of_a_line(
    lines: list[str], value: str | None
) -> None:
    found = find_terms([lines], LABELS).get("legal_name")

    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "document_unreadable", id="empty"),
        pytest.param(b"<html>not here</html>", "document_unreadable", id="no PDF"),
        pytest.param(pdf(GOOD)[:700], "document_unreadable", id="cut"),
        pytest.param(
            pdf(GOOD, encrypt=StandardEncryption("secret")), "document_encrypted", id="encrypted"
        ),
        pytest.param(pdf([]), "document_without_text", id="no text"),
        pytest.param(pdf(*[GOOD] * 12), "document_too_long", id="too many pages"),
        pytest.param(pdf(GOOD) + bytes(300_000), "document_too_large", id="too large"),
        pytest.param(pdf(["Customer number: C9"]), "label_missing", id="no legal name"),
        pytest.param(pdf(["Legal name: Acme"]), "label_missing", id="no key"),
    ],
)
def test_a_document_that_cannot_be_taken_is_refused_and_the_others_are_read(
    tmp_path: Path, content: bytes, code: str
) -> None:
    (tmp_path / "bad.pdf").write_bytes(content)
    (tmp_path / "good.pdf").write_bytes(pdf(GOOD))

    read = pages(tmp_path, max_pages=10, max_file_bytes=200_000)

    assert [(row.place, row.code) for row in refused(read)] == [("bad.pdf", code)]
    assert [row.key for row in rows(read)] == ["C1"]


def test_without_a_key_term_the_file_is_the_key(tmp_path: Path) -> None:
    (tmp_path / "acme.pdf").write_bytes(pdf(["Legal name: Acme"]))

    (row,) = rows(pages(tmp_path, key_term=""))

    assert row.key == "acme.pdf"


def test_a_refused_document_is_not_asked_again_until_it_changes(tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"scan")
    first = pages(tmp_path)
    again = pages(tmp_path, first[-1].watermark)
    (tmp_path / "bad.pdf").write_bytes(pdf(GOOD))
    mended = pages(tmp_path, again[-1].watermark)

    assert len(refused(first)) == 1
    assert refused(again) == rows(again) == []
    assert [row.key for row in rows(mended)] == ["C1"]


def test_a_process_that_hangs_or_dies_costs_one_document() -> None:
    with PdfProcess(seconds=5) as process:
        assert "pages" in process.read_pages(pdf(GOOD), max_pages=5)
        os.kill(process._child.pid, 9)
        process._child.wait(5)
        lost = process.read_pages(pdf(GOOD), max_pages=5)
        after = process.read_pages(pdf(GOOD), max_pages=5)

    assert lost["code"] == "document_unreadable"
    assert "pages" in after


def test_a_document_that_takes_too_long_is_given_up() -> None:
    with PdfProcess(seconds=0.001) as process:
        answer = process.read_pages(pdf(GOOD), max_pages=5)

    assert answer["code"] == "document_unreadable"


def test_no_process_is_left_behind() -> None:
    with PdfProcess(seconds=5) as process:
        process.read_pages(pdf(GOOD), max_pages=5)
        child = process._child

    assert child.poll() is not None
