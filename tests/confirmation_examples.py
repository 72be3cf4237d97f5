"""A customer and a policy, for tests of confirmations."""

from mastersync.domain.confirmations.policy import ConfirmationPolicy

HELD = {
    "name": "Café Müller",
    "street": "Hauptstraße 1",
    "city": "Berlin",
    "postcode": "10115",
    "country": "DE",
    "phone": "+493012345678",
    "email": "anna@mueller.example",
    "tax_id": "DE136695976",
    "date_of_birth": "1980-12-31",
    "contract_start": "2024-03-01",
    "payment_terms": "N30",
    "credit_rating": "A",
}


def policy(language: str = "en", fields: tuple[str, ...] = tuple(HELD)) -> ConfirmationPolicy:
    return ConfirmationPolicy(
        enabled=True,
        sender="a@client.example",
        sender_name="A",
        reply_to="a@client.example",
        fields=fields,
        ask_again_after_days=180,
        max_per_run=100,
        link_valid_days=30,
        language=language,
    )
