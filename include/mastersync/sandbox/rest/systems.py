"""The six REST systems of the sample clients: each differs where real systems differ."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class PageStyle(StrEnum):
    """How a system cuts a list into pages."""

    CURSOR = "cursor"
    PAGE = "page"
    OFFSET = "offset"
    LINK = "link"


class Guard(StrEnum):
    """How a system lets a writer say "only if nobody changed it since"."""

    ETAG = "If-Match"
    TIME = "If-Unmodified-Since"
    NONE = ""


class Rule(StrEnum):
    """What a system demands of a value written to it."""

    TEXT = "text"
    NAME = "name"
    COUNTRY = "country"
    EMAIL = "email"
    TERMS = "terms"
    MONEY_TEXT = "money_text"
    NUMBER = "number"


Alter = Callable[[str, object], object]


def keep(_path: str, value: object) -> object:
    return value


def upper_case(path: str, value: object) -> object:
    """Old ERPs keep capitals only; addresses of mail and references are spared."""
    if isinstance(value, str) and path not in {"EMAIL", "EXTREF"}:
        return value.upper()
    return value


def cut_name(path: str, value: object) -> object:
    """A column of 60 characters and a driver that says nothing."""
    return value[:60] if path == "name" and isinstance(value, str) else value


@dataclass(frozen=True, kw_only=True)
class RestSystem:
    """One system of one client: its wire format. ``fields`` maps dotted paths to rules.

    ``batch_size`` is how many requests it takes in one (0: it has no batches); ``chokes_on`` is
    what breaks off a batch halfway, and ``longest_in_batch`` the characters of a value that it
    refuses a whole batch for.
    """

    client: str
    name: str
    title: str
    page_style: PageStyle
    position_parameter: str
    size_parameter: str
    since_parameter: str
    time_field: str
    fields: Mapping[str, Rule]
    id_field: str = "id"
    reference_field: str = "external_ref"
    api_key_header: str = ""
    update_method: str = "PATCH"
    guard: Guard = Guard.ETAG
    takes_idempotency_key: bool = False
    tells_deletions: bool = False
    alter: Alter = field(default=keep)
    payment_terms: frozenset[str] = frozenset()
    batch_size: int = 0
    chokes_on: str = ""
    longest_in_batch: int = 4_000

    @property
    def token(self) -> str:
        return f"sandbox-{self.client}-{self.name}"

    @property
    def path(self) -> str:
        return f"/rest/{self.client}/{self.name}"

    @property
    def name_path(self) -> str:
        return next((path for path, rule in self.fields.items() if rule is Rule.NAME), "surname")


_NET = frozenset({"N07", "N14", "N30", "N60", "COD"})

_SYSTEMS = (
    RestSystem(
        client="harbor_foods",
        name="crm",
        title="Harbor Foods CRM",
        page_style=PageStyle.CURSOR,
        position_parameter="cursor",
        size_parameter="limit",
        since_parameter="updated_since",
        time_field="updatedAt",
        payment_terms=_NET,
        fields={
            "company.name": Rule.NAME,
            "company.legal_name": Rule.TEXT,
            "address.line1": Rule.TEXT,
            "address.city": Rule.TEXT,
            "address.state": Rule.TEXT,
            "address.postal_code": Rule.TEXT,
            "address.country": Rule.COUNTRY,
            "contact.phone": Rule.TEXT,
            "contact.email": Rule.EMAIL,
            "contact.website": Rule.TEXT,
            "segment": Rule.TEXT,
            "account.payment_terms": Rule.TERMS,
            "account.credit_limit": Rule.MONEY_TEXT,
            "account.credit_currency": Rule.TEXT,
            "account.credit_rating": Rule.TEXT,
            "account.registration_number": Rule.TEXT,
            "account.tax_id": Rule.TEXT,
        },
    ),
    RestSystem(
        client="harbor_foods",
        name="erp",
        title="Harbor Foods ERP",
        page_style=PageStyle.PAGE,
        position_parameter="page",
        size_parameter="per_page",
        since_parameter="MODIFIED_FROM",
        time_field="MODIFIED",
        id_field="CUSTNO",
        reference_field="EXTREF",
        alter=upper_case,
        batch_size=200,
        chokes_on="\x1a",  # Ctrl-Z: to a program as old as this one, the file ends here
        payment_terms=_NET,
        fields={
            "CUSTNAME": Rule.NAME,
            "ADDR1": Rule.TEXT,
            "CITY": Rule.TEXT,
            "STATE": Rule.TEXT,
            "ZIP": Rule.TEXT,
            "CTRY": Rule.COUNTRY,
            "TEL": Rule.TEXT,
            "EMAIL": Rule.EMAIL,
            "PAYTERM": Rule.TERMS,
            "CRLIMIT": Rule.MONEY_TEXT,
            "CURR": Rule.TEXT,
            "REGNO": Rule.TEXT,
            "TAXNO": Rule.TEXT,
            "SEGM": Rule.TEXT,
            "RATING": Rule.TEXT,
            "OPENAMT": Rule.MONEY_TEXT,
            "OVERDUE": Rule.MONEY_TEXT,
            "DISPUTED": Rule.MONEY_TEXT,
            "DAYSLATE": Rule.NUMBER,
        },
    ),
    RestSystem(
        client="northwind_industrial",
        name="crm",
        title="Northwind Industrial CRM",
        page_style=PageStyle.OFFSET,
        position_parameter="offset",
        size_parameter="limit",
        since_parameter="modified_since",
        time_field="modified_at",
        id_field="customer_id",
        api_key_header="X-Api-Key",
        update_method="PUT",
        guard=Guard.TIME,
        fields={
            "name": Rule.NAME,
            "registered_name": Rule.TEXT,
            "street": Rule.TEXT,
            "city": Rule.TEXT,
            "region": Rule.TEXT,
            "postcode": Rule.TEXT,
            "country": Rule.COUNTRY,
            "phone": Rule.TEXT,
            "email": Rule.EMAIL,
            "vat_number": Rule.TEXT,
            "registration_no": Rule.TEXT,
            "requested_credit_limit": Rule.NUMBER,
            "currency": Rule.TEXT,
            "rating": Rule.TEXT,
        },
    ),
    RestSystem(
        client="northwind_industrial",
        name="erp",
        title="Northwind Industrial ERP",
        page_style=PageStyle.LINK,
        position_parameter="after",
        size_parameter="limit",
        since_parameter="changed_since",
        time_field="last_changed",
        takes_idempotency_key=True,
        tells_deletions=True,
        batch_size=100,
        alter=cut_name,
        payment_terms=frozenset({"00D", "14D", "30D", "60D"}),
        fields={
            "name": Rule.NAME,
            "address.street": Rule.TEXT,
            "address.city": Rule.TEXT,
            "address.region": Rule.TEXT,
            "address.zip": Rule.TEXT,
            "address.country": Rule.COUNTRY,
            "communication.telephone": Rule.TEXT,
            "communication.mail": Rule.EMAIL,
            "tax.vat": Rule.TEXT,
            "tax.registration": Rule.TEXT,
            "terms.payment": Rule.TERMS,
            "terms.limit": Rule.MONEY_TEXT,
            "terms.currency": Rule.TEXT,
            "terms.rating": Rule.TEXT,
            "ledger.open": Rule.MONEY_TEXT,
            "ledger.overdue": Rule.MONEY_TEXT,
            "ledger.disputed": Rule.MONEY_TEXT,
            "ledger.days_late": Rule.NUMBER,
        },
    ),
    RestSystem(
        client="lumen_lending",
        name="crm",
        title="Lumen Lending CRM",
        page_style=PageStyle.PAGE,
        position_parameter="page",
        size_parameter="page_size",
        since_parameter="modified_after",
        time_field="modified_at",
        guard=Guard.NONE,
        fields={
            "given_name": Rule.TEXT,
            "surname": Rule.TEXT,
            "date_of_birth": Rule.TEXT,
            "address.street": Rule.TEXT,
            "address.suburb": Rule.TEXT,
            "address.state": Rule.TEXT,
            "address.postcode": Rule.TEXT,
            "address.country": Rule.COUNTRY,
            "mobile": Rule.TEXT,
            "email": Rule.EMAIL,
            "tax_number": Rule.TEXT,
            "rating": Rule.TEXT,
        },
    ),
    RestSystem(
        client="bright_bakery",
        name="erp",
        title="Bright Bakery ERP",
        page_style=PageStyle.PAGE,
        position_parameter="page",
        size_parameter="per_page",
        since_parameter="updated_since",
        time_field="updated_at",
        payment_terms=frozenset({"NET7", "NET14", "NET30"}),
        fields={
            "name": Rule.NAME,
            "street": Rule.TEXT,
            "city": Rule.TEXT,
            "postcode": Rule.TEXT,
            "country": Rule.COUNTRY,
            "phone": Rule.TEXT,
            "email": Rule.EMAIL,
            "payment_terms": Rule.TERMS,
            "credit_limit": Rule.MONEY_TEXT,
            "currency": Rule.TEXT,
            "registration_number": Rule.TEXT,
            "tax_id": Rule.TEXT,
            "rating": Rule.TEXT,
            "category": Rule.TEXT,
            "ledger.open": Rule.MONEY_TEXT,
            "ledger.overdue": Rule.MONEY_TEXT,
            "ledger.disputed": Rule.MONEY_TEXT,
            "ledger.days_late": Rule.NUMBER,
        },
    ),
)

SYSTEMS: dict[tuple[str, str], RestSystem] = {(s.client, s.name): s for s in _SYSTEMS}
