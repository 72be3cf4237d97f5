import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastersync.config.yaml_document import MAX_BYTES, read_document
from mastersync.errors import ConfigError


@pytest.fixture
def read(tmp_path):
    def _read(text):
        path = tmp_path / "client.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_document(path)

    return _read


def mistakes(read, text):
    with pytest.raises(ConfigError) as caught:
        read(text)
    return caught.value.facts["mistakes"]


def test_every_value_is_the_text_that_was_written(read):
    document = read(
        "country: NO\npostcode: 01234\nprice: 1.10\nday: 2026-01-02\nyes: on\nhex: 0x10\n"
        "quoted: '~'\nempty: ''\nnothing:\nlist: [1, true]\n"
    )

    assert document.root == {
        "country": "NO",
        "postcode": "01234",
        "price": "1.10",
        "day": "2026-01-02",
        "yes": "on",
        "hex": "0x10",
        "quoted": "~",
        "empty": "",
        "nothing": None,
        "list": ["1", "true"],
    }


def test_every_value_knows_its_line(read):
    document = read("a: 1\nb:\n  c:\n    - x\n    - d: y\n")

    assert document.line_of(("b", "c", 1, "d")) == 5
    assert document.line_of(("b", "c", 0)) == 4
    assert document.line_of(("b", "nowhere", "at", "all")) == 2
    assert document.line_of(("nowhere",)) == 1


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: &x 1\nb: 2\n", 1, "anchor '&x'"),
        ("a: 1\nb: *x\n", 2, "alias '*x'"),
        ("a: 1\nb: 2\na: 3\n", 3, "second time (first in line 1)"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "tag"),
        ("a: !local 1\n", 1, "tag"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("a: 1\n? [x]\n: 2\n", 2, "single word"),
        ("a: 1\nb: [1\nc: 2\n", 3, "not YAML"),
        ("a:\n\t- 1\n", 2, "not YAML"),
        ("a: 1\nb: \x07\n", 2, "character"),
        (b"a: 1\nb: caf\xe9\n", 2, "not UTF-8"),
    ],
)
def test_what_is_not_allowed_is_told_with_its_line(read, text, line, words):
    first = mistakes(read, text)[0]

    assert first.line == line
    assert words in first.what
    assert first.how


def test_all_mistakes_of_the_yaml_are_told_at_once(read):
    found = mistakes(read, "a: &x 1\nb: *x\nc: 1\nc: 2\n")

    assert [mistake.line for mistake in found] == [1, 2, 4]


def test_a_file_nested_too_deeply_is_refused(read):
    assert "20 levels" in mistakes(read, "[" * 100_000)[0].what
    assert read("[" * 20 + "]" * 20).root is not None


def test_a_bomb_of_aliases_is_refused(read):
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"

    assert len(mistakes(read, bomb)) == 7


def test_a_file_too_large_is_refused(read):
    assert "256 kB" in mistakes(read, "a: " + "x" * MAX_BYTES)[0].what


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(ConfigError, match="no such file"):
        read_document(tmp_path / "client.yaml")


def test_a_byte_order_mark_is_understood(read):
    assert read(b"\xef\xbb\xbfa: 1\n").root == {"a": "1"}


@given(st.one_of(st.binary(max_size=60), st.text("ab:-[]{}&*!'\"\n ?#|>,~%@\t", max_size=60)))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())

    try:
        found = read_document(path).root
    except ConfigError:
        return
    assert found is None or isinstance(found, str | list | dict)
