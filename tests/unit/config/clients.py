"""A small client to break on purpose."""

from pathlib import Path

GOOD = """\
client_id: acme
name: Acme
schedule: 0 6 * * *
time_zone: Europe/London
default_country: GB
systems:
  crm:
    kind: rest
    connection: acme__crm
    read:
      list_path: /customers
      paging: { style: page, position_parameter: page }
    fields:
      name: name
      email: mail
      payment_terms: terms
    write:
      update: true
      fields:
        name: { field: name, max_length: 40 }
        label: { expression: name | upper }
        terms: { field: payment_terms, code_table: terms }
  shop:
    kind: files
    connection: acme__shop
    table: { format: csv, glob: "*.csv", key_columns: [No] }
    fields: { name: Name }
code_tables:
  terms: { NET30: N30 }
survivorship:
  trust: [crm, shop]
  by_field:
    address: { trust: [shop] }
guards: { max_updates: 10, max_creates: 0, max_mails: 0 }
people:
  line_manager: { name: Ann, email: ann@example.com }
  account_manager: { name: Bob, email: bob@example.com }
retention_days: 365
"""


def write_client(root: Path, text: str = GOOD, *, name: str = "acme") -> Path:
    """Write a client folder and return it."""
    folder = root / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "client.yaml").write_text(text, encoding="utf-8")
    return folder


def line_of(text: str, part: str) -> int:
    """Return the line, from 1, that the part is in."""
    return text[: text.index(part)].count("\n") + 1
