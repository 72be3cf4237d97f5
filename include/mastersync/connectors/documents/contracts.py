"""Reading terms out of a folder of contracts, by the labels that stand before them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import fsspec

from mastersync.connectors.documents.contract_options import ContractOptions
from mastersync.connectors.documents.pdf_process import PdfProcess
from mastersync.connectors.systems.folders import Folder, FoundFile, ReadFiles
from mastersync.ports.systems import Page, RefusedRow, SourceRow

_GOES_ON = (" &", " and", ",", "-")
_LONGEST_SNIPPET = 300


@dataclass(frozen=True, kw_only=True)
class FoundTerm:
    """A term as it stands in a document."""

    value: str
    page: int
    label: str
    snippet: str


class ContractReader:
    """Implements ``ports.SystemReader``; a refused document is not read again until it changes."""

    def __init__(
        self, filesystem: fsspec.AbstractFileSystem, root: str, options: ContractOptions
    ) -> None:
        self._folder = Folder(filesystem, root)
        self._options = options

    def read_changes(self, since: str) -> Iterator[Page]:
        """Yield the terms of new and changed documents, oldest first; see the port."""
        files = self._folder.files(self._options.glob)
        done = ReadFiles(since)
        done.keep_only(files)
        unread = iter([file for file in files if file not in done])
        with PdfProcess(seconds=self._options.seconds) as process:
            while batch := list(islice(unread, self._options.page_documents)):
                read = [self._read(file, process) for file in batch]
                for file in batch:
                    done.add(file)
                rows = {row.key: row for row in read if isinstance(row, SourceRow)}
                refused = [row for row in read if isinstance(row, RefusedRow)]
                yield Page(rows=list(rows.values()), refused=refused, watermark=done.watermark)
        yield Page(rows=(), watermark=done.watermark)

    def _read(self, file: FoundFile, process: PdfProcess) -> SourceRow | RefusedRow:
        options = self._options
        if file.size > options.max_file_bytes:
            words = f"It is larger than {options.max_file_bytes} bytes."
            return RefusedRow(place=file.name, code="document_too_large", words=words)
        with self._folder.open(file) as stream:
            answer = process.read_pages(stream.read(), max_pages=options.max_pages)
        pages = answer.get("pages")
        if not isinstance(pages, list):
            code, words = str(answer["code"]), str(answer["words"])
            return RefusedRow(place=file.name, code=code, words=words)
        terms = find_terms(pages, options.labels)
        missing = _missing(terms, options)
        if missing:
            words = f"It does not say: {', '.join(missing)}."
            return RefusedRow(place=file.name, code="label_missing", words=words)
        return SourceRow(
            key=terms[options.key_term].value if options.key_term else file.name,
            payload={
                "document": file.name,
                **{name: term.value for name, term in terms.items()},
            },
            modified_at=file.modified_at,
            evidence={
                name: {"page": term.page, "label": term.label, "snippet": term.snippet}
                for name, term in terms.items()
            },
        )


def find_terms(pages: Sequence[Sequence[str]], labels: Mapping[str, str]) -> dict[str, FoundTerm]:
    """Find the first value after each label, where a line begins with the label and a colon.

    A value may stand on the line after its label, and goes on to the next line when it ends in
    the middle ("Müller &").

    >>> find_terms([["Credit limit : USD 500"]], {"Credit limit": "limit"})["limit"].value
    'USD 500'
    """
    terms: dict[str, FoundTerm] = {}
    for number, lines in enumerate(pages, start=1):
        for position, line in enumerate(lines):
            label, value = _labelled(line, labels)
            if not label or labels[label] in terms:
                continue
            following = lines[position + 1] if position + 1 < len(lines) else ""
            if following and not _labelled(following, labels)[0]:
                value = _continued(value, following)
            if value:
                terms[labels[label]] = FoundTerm(
                    value=value, page=number, label=label, snippet=line[:_LONGEST_SNIPPET]
                )
    return terms


def _labelled(line: str, labels: Mapping[str, str]) -> tuple[str, str]:
    """Returns: the label that the line begins with, and what is after its colon; else "", ""."""
    before, colon, value = line.partition(":")
    words = " ".join(before.split()).casefold()
    label = next((label for label in labels if colon and label.casefold() == words), "")
    return label, value.strip() if label else ""


def _continued(value: str, following: str) -> str:
    if not value:
        return following
    return f"{value} {following}" if value.endswith(_GOES_ON) else value


def _missing(terms: Mapping[str, FoundTerm], options: ContractOptions) -> list[str]:
    """Returns: the labels of terms that must be there and are not."""
    wanted = (*options.required, options.key_term)
    by_term = {term: label for label, term in options.labels.items()}
    return list(dict.fromkeys(by_term.get(t, t) for t in wanted if t and t not in terms))
