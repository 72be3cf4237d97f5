"""How one client orders from D&B, in plain values."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class DnbOptions:
    """``blocks`` with level and version; ``statement_path`` is None where none can be asked."""

    blocks: tuple[str, ...] = (
        "companyinfo_L2_v1",
        "financialstrengthinsight_L2_v1",
        "paymentinsight_L1_v1",
    )
    statement_path: str | None = None
