"""The text of a PDF, page by page: a program of its own, since PDFs come from outside.

Run as ``python -m mastersync.connectors.documents.pdf_text SECONDS MEGABYTES``: for each
document a line with its length and the page limit, then its bytes, on standard input; an answer
in JSON, a line each, on standard output.
"""

import json
import resource
import sys

import pypdfium2

_PDFIUM_PASSWORD_ERROR = 4


def main() -> None:
    seconds, megabytes = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    while line := sys.stdin.buffer.readline():
        length, max_pages = (int(word) for word in line.split())
        answer = read_pages(sys.stdin.buffer.read(length), max_pages=max_pages)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def read_pages(content: bytes, *, max_pages: int) -> dict[str, object]:
    """Returns: ``pages``, each a list of lines, or ``code`` and ``words`` of why there are none."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PDFIUM_PASSWORD_ERROR:
            return _refusal("document_encrypted", "It asks for a password.")
        return _refusal("document_unreadable", "It is no PDF, or a damaged one.")
    try:
        if len(document) > max_pages:
            return _refusal("document_too_long", f"It has more than {max_pages} pages.")
        pages = [_lines(document, index) for index in range(len(document))]
    except pypdfium2.PdfiumError:
        return _refusal("document_unreadable", "One of its pages is damaged.")
    finally:
        document.close()
    if not any(line for lines in pages for line in lines):
        return _refusal("document_without_text", "It is a picture without text: it needs OCR.")
    return {"pages": pages}


def _lines(document: pypdfium2.PdfDocument, index: int) -> list[str]:
    page = document[index]
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_range()
    finally:
        text_page.close()
        page.close()
    return [line for part in text.splitlines() if (line := " ".join(part.split()))]


def _refusal(code: str, words: str) -> dict[str, object]:
    return {"code": code, "words": words}


if __name__ == "__main__":
    main()
