"""A small, strict YAML: what people write is what is read, and every value knows its line.

All scalars are text (``NO`` is no boolean, ``01234`` keeps its nought); there are no anchors,
aliases, tags, repeated keys or second documents.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from mastersync.config.mistakes import (
    Mistake,
    Place,
    dotted,
    file_error,
    mistakes_error,
    shown,
)

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Value = str | dict[str, "Value"] | list["Value"] | None


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file's content, and the line of every key and item in it."""

    path: Path
    root: Value
    lines: dict[Place, int]

    def line_of(self, place: Place) -> int:
        """Return the line of a place; of the nearest thing around it when it is not there."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def mistake(self, place: Place, what: str, how: str = "") -> Mistake:
        return Mistake(
            file=shown(self.path),
            line=self.line_of(place),
            place=dotted(place),
            what=what,
            how=how,
        )


def read_text(path: Path) -> str:
    """Return a configuration file's text.

    Raises:
        ConfigError: it is missing, too large or not UTF-8.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        how = "Create it; include/clients/bright_bakery/client.yaml is a small example."
        raise file_error(path, "there is no such file.", how) from None
    except OSError as error:
        what = f"cannot be read ({error.strerror})."
        raise file_error(path, what, "Make it readable.") from None
    if len(content) > MAX_BYTES:
        what = f"is larger than {MAX_BYTES // 1024} kB."
        raise file_error(path, what, "Is it the right file? Shorten it.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise mistakes_error(
            [
                Mistake(
                    file=shown(path),
                    line=line,
                    place="",
                    what="is not UTF-8.",
                    how="Save the file in UTF-8.",
                )
            ]
        ) from None


def read_document(path: Path) -> Document:
    """Read a YAML file.

    Raises:
        ConfigError: with every mistake that the YAML itself has.
    """
    text = read_text(path)
    builder = _Builder(document=Document(path=path, root=None, lines={}))
    try:
        for event in events(text):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        what = f"this is not YAML: {error.problem or error.context}."
        how = "Look at this line and the one before: indents, quotes, colons."
        builder.mistakes.append(Mistake(file=shown(path), line=line, place="", what=what, how=how))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        builder.mistakes.append(
            Mistake(
                file=shown(path),
                line=line,
                place="",
                what="has a character that YAML does not allow.",
                how="Remove it; it may be invisible.",
            )
        )
    except _TooDeepError:
        pass
    if builder.mistakes:
        raise mistakes_error(builder.mistakes)
    return Document(path=path, root=builder.root, lines=builder.document.lines)


def events(text: str) -> Iterator[yaml.Event]:
    """Yield the YAML events of a text; raises yaml.YAMLError."""
    found: Iterator[yaml.Event] = yaml.parse(text, Loader=Loader)
    return found


class _TooDeepError(Exception):
    """Nothing after this can be trusted."""


@dataclass(kw_only=True)
class _Open:
    """A mapping or list that is being filled."""

    value: dict[str, Value] | list[Value]
    place: Place
    key: str | None = None


@dataclass(kw_only=True)
class _Builder:
    """Builds values from events without recursion, and collects what must not be there."""

    document: Document
    root: Value = None
    mistakes: list[Mistake] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    documents: int = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._complain(event, (), "there is a second document.", "Remove the line '---'.")
            return
        if isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
            return
        if isinstance(event, yaml.NodeEvent):
            self._take_node(event)

    def _take_node(self, event: yaml.NodeEvent) -> None:
        if self._is_key():
            self._take_key(event)
            return
        place = self._next_place()
        self.document.lines.setdefault(place, _line(event))
        self._refuse_extras(event, place)
        if isinstance(event, yaml.MappingStartEvent):
            self._open(event, {}, place)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open(event, [], place)
        elif isinstance(event, yaml.ScalarEvent):
            nothing = event.implicit[0] and event.value in {"", "~"}
            self._put(None if nothing else event.value)
        else:
            self._put(None)

    def _is_key(self) -> bool:
        return (
            bool(self.stack)
            and isinstance(self.stack[-1].value, dict)
            and (self.stack[-1].key is None)
        )

    def _take_key(self, event: yaml.NodeEvent) -> None:
        parent = self.stack[-1]
        self._refuse_extras(event, parent.place)
        if not isinstance(event, yaml.ScalarEvent):
            what = "a key must be a single word."
            self._complain(event, parent.place, what, "Is there a '?', '[' or '{' too many?")
            # What follows cannot be put anywhere.
            raise _TooDeepError
        place = (*parent.place, event.value)
        if isinstance(parent.value, dict) and event.value in parent.value:
            first = self.document.lines[place]
            what = f"'{event.value}' is here for the second time (first in line {first})."
            self._complain(event, place, what, "Keep one of them.")
        self.document.lines.setdefault(place, _line(event))
        parent.key = event.value

    def _next_place(self) -> Place:
        if not self.stack:
            return ()
        parent = self.stack[-1]
        last = len(parent.value) if isinstance(parent.value, list) else parent.key
        return parent.place if last is None else (*parent.place, last)

    def _open(self, event: yaml.Event, value: dict[str, Value] | list[Value], place: Place) -> None:
        if len(self.stack) >= MAX_DEPTH:
            what = f"this is nested more than {MAX_DEPTH} levels deep."
            self._complain(event, place[:3], what, "No setting is that deep; look at the brackets.")
            raise _TooDeepError
        self._put(value)
        self.stack.append(_Open(value=value, place=place))

    def _put(self, value: Value) -> None:
        if not self.stack:
            self.root = value
            return
        parent = self.stack[-1]
        if isinstance(parent.value, list):
            parent.value.append(value)
        elif parent.key is not None:
            parent.value[parent.key] = value
            parent.key = None

    def _refuse_extras(self, event: yaml.NodeEvent, place: Place) -> None:
        if isinstance(event, yaml.AliasEvent):
            what = f"the alias '*{event.anchor}' is not allowed."
            self._complain(event, place, what, "Write the value out (or quote a text with '*').")
        elif event.anchor is not None:
            what = f"the anchor '&{event.anchor}' is not allowed."
            self._complain(event, place, what, "Write the value out (or quote a text with '&').")
        tag = getattr(event, "tag", None)
        if tag is not None:
            what = f"the tag '{tag}' is not allowed."
            self._complain(event, place, what, "Remove it (or quote a text with '!').")

    def _complain(self, event: yaml.Event, place: Place, what: str, how: str) -> None:
        self.mistakes.append(
            Mistake(
                file=shown(self.document.path),
                line=_line(event),
                place=dotted(place),
                what=what,
                how=how,
            )
        )


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
