"""How a client wants its customers asked."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ConfirmationPolicy:
    """Whom to ask, in whose name, about what.

    Args:
        fields: Canonical fields that the customer is shown, in this order.
        ask_again_after_days: Days that a customer is left in peace after having been asked.
        max_per_run: Mails that one run may send.
        link_valid_days: Days that a link can be answered.
        language: Language of mail and page, ``en`` or ``de``.
        relation: What the client is to its customers, as "your food wholesaler"; may be empty.
    """

    enabled: bool
    sender: str
    sender_name: str
    reply_to: str
    fields: tuple[str, ...]
    ask_again_after_days: int
    max_per_run: int
    link_valid_days: int
    language: str
    relation: str = ""
