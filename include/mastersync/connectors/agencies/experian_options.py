"""How one client orders from Experian, in plain values."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ExperianOptions:
    """``subcode`` is whom each call is billed to, ``model_code`` which score is wanted."""

    subcode: str
    model_code: str = "000224"
    statement_path: str | None = None
