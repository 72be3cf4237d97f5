import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastersync.domain.resolution.vocabulary.indic import romanize
from mastersync.domain.resolution.vocabulary.scripts import fold, fold_name


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müller & Söhne", "muller & sohne"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("Ærøskøbing", "aeroskobing"),
        ("İstanbul", "istanbul"),
        ("Đặng Nguyễn", "dang nguyen"),
        ("Ａｃｍｅ　Ｌｔｄ", "acme ltd"),
        ("ﬁrma ½", "firma 1/2"),
        ("O’Brien–Smith", "o'brien-smith"),
    ],
)
def test_latin_letters_lose_their_marks(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Сергей Щербаков", "sergey shcherbakov"),
        ("Юлія Ющенко", "yuliya yushchenko"),
        ("Ιωάννης Παπαδόπουλος", "ioannis papadopoulos"),
        ("राहुल शर्मा", "rahul sharma"),
        ("ரமேஷ்", "ramesh"),
        ("バラク・オバマ", "baraku obama"),
        ("贝拉克", "beilake"),
        ("김철수", "gimcheolsu"),
        ("Բարակ", "barak"),
        ("ბარაკ", "barak"),
    ],
)
def test_other_scripts_are_written_as_names_are(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    "typed",
    [
        "P\u0430yp\u0430l",  # Cyrillic a
        "\u0420aypal",  # Cyrillic er for P
        "Payp\u03b1l",  # Greek alpha
        "Pay\u200bpal",  # zero-width space
        "\ufeffPaypal",
        "Pay\u00adpal",  # soft hyphen
        "\u202ePaypal\u202c",  # direction marks
        "Paypal\x00",
    ],
)
def test_what_looks_like_a_word_is_that_word(typed):
    assert fold(typed) == "paypal"


def test_a_whole_word_of_another_script_is_not_read_as_its_look_alikes():
    assert fold("СОСНА") == "sosna"


@given(st.text(max_size=60))
def test_folding_gives_lower_case_ascii_and_folding_again_changes_nothing(text):
    folded = fold(text)

    assert folded.isascii()
    assert folded == folded.lower()
    assert fold(folded) == folded


@given(st.text(alphabet=st.characters(codec="latin-1"), max_size=30))
def test_composed_and_decomposed_letters_fold_alike(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("北京科技有限公司", "beijingkeji youxian gongsi"),
        ("株式会社トヨタ", "kk toyota"),
        ("㈱日立", "kk rili"),
        ("(주)카카오", "jusik hoesa kakao"),
        ("ООО «Ромашка»", 'ooo "romashka"'),
        ("Общество с ограниченной ответственностью Ромашка", "ooo romashka"),
        ("Ελληνικά Πετρέλαια Α.Ε.", "ellinika petrelaia sa"),
        ('טבע בע"מ', "tva ltd"),
        ("شركة النور ذ.م.م", "co alnur llc"),
        ("Crédit Agricole S.A.", "credit agricole s.a."),
    ],
)
def test_a_legal_form_in_its_own_script_is_read_as_ours(name, folded):
    assert fold_name(name) == folded


@pytest.mark.parametrize(
    ("word", "latin"),
    [("कुमार", "kumar"), ("अमिताभ", "amitabh"), ("পটেল", "patel"), ("પટેલ", "patel"), ("₹५", "₹5")],
)
def test_the_unwritten_vowel_is_heard_where_people_say_it(word, latin):
    assert romanize(word) == latin
