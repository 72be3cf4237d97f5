"""Harbor Foods' contracts with its customers: two-page PDFs, one corrupt, one a scan."""

import io
from datetime import date, timedelta
from pathlib import Path

from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from mastersync.sandbox.seed.harbor_foods import TERMS, ErpCustomer, with_contract
from mastersync.sandbox.seed.records import choice, number, share

CORRUPT = 7  # position of the unreadable contract in the list
SCAN = 19  # position of the one without a text layer

_TERM_WORDS = {
    "N07": "Net 7 days (N07)",
    "N14": "Net 14 days (N14)",
    "N30": "Net 30 days (N30)",
    "N60": "Net 60 days (N60)",
    "COD": "Cash on delivery (COD)",
}
_CLAUSES = {
    "1. Supply.": (
        "The Supplier delivers food and kitchen goods ordered by the Customer in writing or "
        "through the ordering portal, at the list prices valid on the day of the order."
    ),
    "2. Payment.": (
        "Invoices are due within the payment terms stated in the schedule, counted from the date "
        "of the invoice. Overdue amounts bear interest at the statutory rate."
    ),
    "3. Credit.": (
        "The Supplier delivers on open account up to the credit limit stated in the schedule. The "
        "limit is reviewed every year and on a material change of the Customer's standing."
    ),
    "4. Term.": (
        "This agreement runs from the start date to the end date stated in the schedule and is "
        "prolonged by twelve months unless a party gives notice ninety days before its end."
    ),
    "5. Records.": (
        "The Customer tells the Supplier without delay of any change of its name, address, legal "
        "form or ownership, and confirms its details once a year on request."
    ),
}
_LEFT, _TOP, _LINE = 72, 720, 16


def contract_terms(customer: ErpCustomer) -> dict[str, str]:
    """Returns: label -> value as the schedule prints them.

    One in eight contracts says other payment terms than the ERP: somebody never updated it.
    """
    differs = share(12, "contract-differs", customer.id)
    terms = choice(TERMS, "contract-terms", customer.id) if differs else customer.payment_terms
    start = date(2024, 1, 1) + timedelta(days=number("start", customer.id) % 700)
    end = start.replace(year=start.year + 3, day=min(start.day, 28))
    return {
        "Legal name": legal_name(customer),
        "Customer number": customer.id,
        "Registration number": customer.registration_number,
        "Payment terms": _TERM_WORDS[terms],
        "Credit limit": f"USD {float(customer.credit_limit):,.2f}",
        "Start date": _long_date(start),
        "End date": _long_date(end),
    }


def legal_name(customer: ErpCustomer) -> str:
    return f"{customer.name.title()} {choice(('LLC', 'Inc.', 'LLC'), 'form', customer.id)}"


def write_contracts(folder: Path) -> None:
    """Write the 40 contracts, always byte for byte the same."""
    folder.mkdir(parents=True, exist_ok=True)
    for position, customer in enumerate(with_contract()):
        terms = contract_terms(customer)
        pdf = _scanned(terms) if position == SCAN else _printed(terms)
        if position == CORRUPT:
            pdf = pdf[: len(pdf) // 3]
        (folder / f"contract-{customer.id}.pdf").write_bytes(pdf)


def _long_date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _printed(terms: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=LETTER, invariant=True)
    canvas.setTitle("Supply agreement")
    _schedule_page(canvas, terms)
    _clauses_page(canvas, terms)
    canvas.save()
    return buffer.getvalue()


def _schedule_page(canvas: Canvas, terms: dict[str, str]) -> None:
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(_LEFT, _TOP, "Supply Agreement")
    canvas.setFont("Helvetica", 10.5)
    opening = (
        "between Harbor Foods Wholesale, Pier 9, Los Angeles (the Supplier)",
        "and the customer named in the schedule below (the Customer).",
        "",
        "The parties agree on the schedule and on the general terms on page 2.",
    )
    height = _lines(canvas, opening, _TOP - 2 * _LINE)
    canvas.setFont("Helvetica-Bold", 12)
    canvas.drawString(_LEFT, height - _LINE, "Schedule")
    canvas.line(_LEFT, height - 1.4 * _LINE, 540, height - 1.4 * _LINE)
    canvas.setFont("Helvetica", 10.5)
    schedule = tuple(f"{label}: {value}" for label, value in terms.items())
    height = _lines(canvas, schedule, height - 2.6 * _LINE)
    canvas.line(_LEFT, height + 0.6 * _LINE, 540, height + 0.6 * _LINE)
    canvas.drawString(_LEFT, 60, "Page 1 of 2")
    canvas.showPage()


def _clauses_page(canvas: Canvas, terms: dict[str, str]) -> None:
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(_LEFT, _TOP, "General terms")
    height = _TOP - 2.0 * _LINE
    for heading, text in _CLAUSES.items():
        canvas.setFont("Helvetica-Bold", 10.5)
        canvas.drawString(_LEFT, height, heading)
        canvas.setFont("Helvetica", 10.5)
        height = _lines(canvas, tuple(_wrapped(text)), height - _LINE) - 0.5 * _LINE
    signed = terms["Start date"]
    signatures = (
        f"Signed on {signed}",
        "",
        "_____________________________          _____________________________",
        "for the Supplier                                         for the Customer",
    )
    _lines(canvas, signatures, height - 2 * _LINE)
    canvas.drawString(_LEFT, 60, "Page 2 of 2")
    canvas.showPage()


def _lines(canvas: Canvas, lines: tuple[str, ...], height: float) -> float:
    for line in lines:
        canvas.drawString(_LEFT, height, line)
        height -= _LINE
    return height


def _wrapped(text: str, width: int = 92) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _scanned(terms: dict[str, str]) -> bytes:
    picture = Image.new("L", (1275, 1650), 250)
    draw = ImageDraw.Draw(picture)
    draw.text((150, 120), "Supply Agreement", fill=30, font_size=40)
    for index, (label, value) in enumerate(terms.items()):
        draw.text((150, 300 + 60 * index), f"{label}: {value}", fill=40, font_size=26)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=LETTER, invariant=True)
    canvas.drawImage(ImageReader(picture.rotate(0.6, fillcolor=250)), 0, 0, *LETTER)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()
