"""What a folder of contracts is like, in plain values."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ContractOptions:
    """``labels`` maps the words before the colon to the name of the term in the payload.

    ``required`` terms must be found, else the document is refused. ``key_term`` is the term that
    is the record's key ("" is the file's name). ``seconds`` bounds the reading of one document.
    """

    labels: Mapping[str, str]
    glob: str = "*.pdf"
    required: tuple[str, ...] = ()
    key_term: str = ""
    page_documents: int = 20
    max_file_bytes: int = 20 * 1024 * 1024
    max_pages: int = 200
    seconds: float = 20.0
