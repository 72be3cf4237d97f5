"""Links: the same for the same request, and nothing else."""

import re
from uuid import UUID

from mastersync.domain.confirmations.tokens import receipt_for, token_for, token_hash

REQUEST = UUID(int=7)
KEY = "k" * 40


def test_a_request_always_has_the_same_token_of_43_safe_characters():
    token = token_for(KEY, REQUEST)

    assert token == token_for(KEY, REQUEST)
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)


def test_another_request_or_another_key_has_another_token():
    tokens = {token_for(key, UUID(int=n)) for key in (KEY, "x" * 40) for n in range(50)}

    assert len(tokens) == 100


def test_what_is_stored_is_a_hash_of_32_bytes_that_tells_tokens_apart():
    token = token_for(KEY, REQUEST)

    assert len(token_hash(token)) == 32
    assert token.encode() not in token_hash(token)
    assert token_hash(token) != token_hash(token[::-1])


def test_a_receipt_can_be_read_out_and_found_by_the_hash():
    hashed = token_hash(token_for(KEY, REQUEST))

    receipt = receipt_for(hashed)

    assert re.fullmatch(r"[0-9A-F]{4}-[0-9A-F]{4}", receipt)
    assert hashed.hex().startswith(receipt.replace("-", "").lower())
