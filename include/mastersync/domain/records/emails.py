"""Email addresses, checked by syntax only: nothing is looked up."""

from email_validator import EmailNotValidError, validate_email

_LONGEST = 254


def normal_email(text: str) -> str | None:
    """Return the address in lower case, or None when it is none.

    Role, test and placeholder mailboxes are addresses too; what they prove is for the matcher.
    """
    address = text.removeprefix("mailto:").strip("<>;, ")
    if len(address) > _LONGEST:
        return None
    checked = _checked(address)
    if checked is None or checked.isascii():
        return checked
    # Outside ASCII lower case can change what the checks say.
    return checked if _checked(checked) == checked else None


def _checked(address: str) -> str | None:
    try:
        found = validate_email(address, check_deliverability=False, test_environment=True)
    except (EmailNotValidError, ValueError):
        return None
    return found.normalized.lower()
