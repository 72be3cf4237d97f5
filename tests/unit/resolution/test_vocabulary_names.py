import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastersync.domain.resolution.vocabulary.legal_form_words import without_legal_form
from mastersync.domain.resolution.vocabulary.legal_forms import (
    GLUED_FORMS,
    LEGAL_FAMILIES,
    LEGAL_FORMS,
    ONLY_AT_THE_END,
)
from mastersync.domain.resolution.vocabulary.nicknames import (
    NICKNAMES,
    may_be_one,
    nickname_group,
)
from mastersync.domain.resolution.vocabulary.tables import by_spelling, entries, phrases
from mastersync.domain.resolution.vocabulary.titles import GENERATIONS, PARTICLES, TITLES
from mastersync.domain.resolution.vocabulary.words import (
    BRANCH_WORDS,
    GENERIC_WORDS,
    GROUP_WORDS,
    SISTER_WORDS,
    STOP_WORDS,
    TRADE_SYNONYMS,
)

FOLDED = re.compile(r"[\x21-\x7e]+( [\x21-\x7e]+)*")
# Frequent surnames and given names that are words of some language too.
NAMES = frozenset(
    [
        *("das", "lo", "park", "king", "stone", "wood", "flores", "stein", "pierre", "sen", "mei"),
        *("dev", "marine", "west", "green", "rice", "lane", "judge", "don", "phil", "may", "sal"),
    ]
)


@pytest.mark.parametrize(
    "table",
    [
        LEGAL_FORMS,
        NICKNAMES,
        TITLES,
        GENERATIONS,
        PARTICLES,
        GENERIC_WORDS,
        TRADE_SYNONYMS,
        BRANCH_WORDS,
        GROUP_WORDS,
        SISTER_WORDS,
        STOP_WORDS,
        ONLY_AT_THE_END,
        GLUED_FORMS,
    ],
)
def test_every_key_is_written_as_folding_writes_it(table):
    assert [key for key in table if not FOLDED.fullmatch(key) or key != key.lower()] == []


@pytest.mark.parametrize(
    ("spelling", "canonical"),
    [
        ("gmbh", "gmbh"),
        ("g m b h", "gmbh"),
        ("gesellschaft mit beschrankter haftung", "gmbh"),
        ("gmbh co kg", "gmbh & co kg"),
        ("gmbh und co kg", "gmbh & co kg"),
        ("s a r l", "sarl"),
        ("societe a responsabilite limitee", "sarl"),
        ("private limited", "pvt ltd"),
        ("pty ltd", "pvt ltd"),
        ("company limited", "co ltd"),
        ("p l c", "plc"),
        ("l l c", "llc"),
        ("aktiengesellschaft", "ag"),
        ("kommanditgesellschaft", "kg"),
        ("joint stock company", "ao"),
        ("open joint stock company", "oao"),
        ("obshchestvo s ogranichennoy otvetstvennostyu", "ooo"),
        ("spolka z ograniczona odpowiedzialnoscia", "sp z oo"),
        ("sp z o o", "sp z oo"),
        ("kabushiki kaisha", "kk"),
        ("youxian gongsi", "youxian gongsi"),
        ("sa de cv", "sa"),
        ("naamloze vennootschap", "nv"),
        ("aktiebolag", "ab"),
        ("sdn bhd", "pvt ltd"),
    ],
)
def test_a_legal_form_is_known_by_its_spellings(spelling, canonical):
    assert LEGAL_FORMS[spelling] == canonical


def test_forms_that_one_company_may_be_said_to_have_are_of_one_family():
    assert LEGAL_FAMILIES["ltd"] == LEGAL_FAMILIES["pvt ltd"] == LEGAL_FAMILIES["ooo"]
    assert LEGAL_FAMILIES["inc"] == LEGAL_FAMILIES["corp"]
    assert LEGAL_FAMILIES["gmbh"] != LEGAL_FAMILIES["ag"]
    assert LEGAL_FAMILIES["gmbh"] != LEGAL_FAMILIES["gmbh & co kg"]
    assert "co" not in LEGAL_FAMILIES


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("bill", "william"),
        ("bob", "robert"),
        ("peggy", "margaret"),
        ("dick", "richard"),
        ("sepp", "joseph"),
        ("pepe", "jose"),
        ("sasha", "alexander"),
        ("oleksandr", "alexander"),
        ("yusuf", "joseph"),
        ("mohamed", "muhammad"),
        ("md", "mohammed"),
        ("vova", "vladimir"),
        ("raj", "rajesh"),
        ("laxmi", "lakshmi"),
        ("chris", "christine"),
        ("chris", "christopher"),
        ("jurgen", "george"),
        ("gosia", "malgorzata"),
        ("abdurrahman", "abdelrahman"),
    ],
)
def test_short_forms_and_spellings_may_be_one_name(short, name):
    assert may_be_one(short, name)


@pytest.mark.parametrize(
    ("one", "other"),
    [("robert", "richard"), ("anna", "peter"), ("smith", "smith"), ("igor", "oleg")],
)
def test_other_names_are_not(one, other):
    assert not may_be_one(one, other)


def test_a_group_is_the_same_number_for_a_name_and_its_usual_short_form():
    assert nickname_group("bob") == nickname_group("robert") == nickname_group("roberto") > 0
    assert nickname_group("bob") != nickname_group("william")
    assert nickname_group("zzyzx") == 0


def test_there_are_more_than_two_thousand_pairs():
    assert sum(len(canonical) for canonical in NICKNAMES.values()) > 2000


@pytest.mark.parametrize(
    "words", [GENERIC_WORDS, STOP_WORDS, TITLES, GENERATIONS, BRANCH_WORDS, LEGAL_FORMS]
)
def test_words_that_are_left_out_are_not_names_of_persons(words):
    assert NAMES.isdisjoint(words)


def test_no_single_letter_is_left_out_since_it_may_be_an_initial():
    assert [word for word in STOP_WORDS | TITLES if len(word) == 1] == []


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("intl", "international"),
        ("mfg", "manufacturing"),
        ("svcs", "service"),
        ("transp", "transport"),
        ("bros", "brothers"),
        ("gebr", "brothers"),
        ("tech", "technologies"),
        ("engg", "engineering"),
        ("sanitar", "sanitaer"),
        ("organisation", "organization"),
        ("sankt", "st"),
        ("saint", "st"),
    ],
)
def test_abbreviated_words_of_trade_are_said_in_full(short, full):
    assert TRADE_SYNONYMS[short] == full


@pytest.mark.parametrize("word", ["ingenierie", "supply", "moebelhaus", "druckerei", "bauer"])
def test_a_word_said_in_full_stays_so_that_slips_in_it_stay_near_it(word):
    assert TRADE_SYNONYMS.get(word, word) == word


def test_saying_a_word_in_full_twice_changes_nothing():
    again = {TRADE_SYNONYMS.get(full, full) for full in TRADE_SYNONYMS.values()}

    assert again == set(TRADE_SYNONYMS.values())


def test_a_table_goes_on_over_lines_and_the_first_entry_keeps_a_spelling():
    table = "street: st, str\n  strt\nsaint: st"

    assert entries(table)["street"] == ("street", "st", "str", "strt")
    assert by_spelling(table)["st"] == "street"
    assert phrases("a b,  c\nd") == {"a b", "c", "d"}


@pytest.mark.parametrize(
    ("name", "kept", "form"),
    [
        ("siemens ag", "siemens", "ag"),
        ("tactical missiles corporation joint stock company", "tactical missiles", "ao"),
        ("limited liability company iskusstvo krasoty", "iskusstvo krasoty", "llc"),
        ("muller gmbh und co kg", "muller", "gmbh & co kg"),
        ("ooo romashka", "romashka", "ooo"),
        ("pt astra international tbk", "astra international", "pt"),
        ("rubicon s r l", "rubicon", "srl"),
        ("siemensgmbh", "siemens", "gmbh"),
        ("reliance industries private limited", "reliance industries", "pvt ltd"),
        ("deutsche bank trust company", "deutsche bank trust", "co"),
        ("sas institute inc", "sas institute", "inc"),
        ("as roma spa", "as roma", "spa"),
        ("limited brands inc", "limited brands", "inc"),
        ("a b c", "a b c", ""),
        ("unlimited ideas", "unlimited ideas", ""),
        ("ltd", "ltd", ""),
        ("", "", ""),
    ],
)
def test_the_legal_form_is_taken_out_wherever_it_stands(name, kept, form):
    words, found = without_legal_form(name.split())

    assert (" ".join(words), found) == (kept, form)


@given(st.lists(st.sampled_from([*sorted(LEGAL_FORMS), "blue", "river", "de"]), max_size=6))
def test_a_name_never_loses_all_its_words(phrases_of_name):
    name = " ".join(phrases_of_name).split()
    words, form = without_legal_form(name)

    assert bool(words) == bool(name)
    assert form == "" or form in LEGAL_FORMS.values()
