"""Answering through real HTTP, on a real store."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from mastersync.domain.confirmations.tokens import receipt_for, token_hash
from portals import HELD, NOON, Portal, ask, nonce_in, running_portal


def test_the_page_shows_what_is_held_and_hides_secrets_in_part(portal):
    question = ask(portal.store_url)

    page = portal.http.get(f"/c/{question.token}").text

    assert "Arnie Morton&#39;s of Chicago" in page
    assert "Los Angeles, CA 90048" in page
    assert "United States" in page
    assert "+1 ••• ••• •501" in page
    for secret in ("3102461501", "246-1501", HELD["tax_id"], HELD["email"]):
        assert secret not in page
    assert " checked>" not in page


def test_all_correct_is_recorded_and_thanked_with_a_receipt(portal):
    question = ask(portal.store_url)

    answer = portal.post(question.token, verdict="all_correct")

    assert answer.status_code == 200
    assert receipt_for(token_hash(question.token)) in answer.text
    assert portal.answers(question.request_id) == [("all_correct", {})]


def test_corrections_are_reviewed_and_then_recorded_in_normal_form(portal):
    question = ask(portal.store_url)
    typed = {"field_city": "Santa Monica", "field_phone": "+1 (310) 246 1502"}

    review = portal.post(question.token, verdict="corrections", **typed)

    assert review.status_code == 200
    assert portal.answers(question.request_id) == []
    assert "Los Angeles" in review.text
    assert "Santa Monica" in review.text

    portal.clock.push(seconds=1)
    fields = {"nonce": nonce_in(review.text), "verdict": "corrections", "step": "reviewed", **typed}
    answer = portal.http.post(f"/c/{question.token}", data=fields)

    assert answer.status_code == 200
    expected = {"city": "Santa Monica", "phone": "+13102461502"}
    assert portal.answers(question.request_id) == [("corrections", expected)]


def test_going_back_from_the_review_keeps_what_was_typed(portal):
    question = ask(portal.store_url)

    back = portal.post(
        question.token, verdict="corrections", field_city="Santa Monica", step="edit"
    )

    assert 'value="Santa Monica"' in back.text
    assert portal.answers(question.request_id) == []


def test_the_wrong_person_says_so_in_one_step(portal):
    question = ask(portal.store_url)

    portal.post(question.token, verdict="wrong_person")

    assert portal.answers(question.request_id) == [("wrong_person", {})]


def test_a_wrong_correction_comes_back_with_words_at_its_field_and_all_that_was_typed(portal):
    question = ask(portal.store_url)

    again = portal.post(
        question.token, verdict="corrections", field_phone="call me", field_city="Venice"
    )

    assert again.status_code == 422
    assert 'href="#field-phone"' in again.text
    assert 'id="field-phone-mistake"' in again.text
    assert 'value="call me"' in again.text
    assert 'value="Venice"' in again.text
    assert portal.answers(question.request_id) == []


def test_nothing_chosen_is_no_answer(portal):
    question = ask(portal.store_url)

    again = portal.post(question.token)

    assert again.status_code == 422
    assert "Choose one of the three answers" in again.text
    assert portal.answers(question.request_id) == []


def test_all_correct_with_edited_boxes_is_asked_about_once(portal):
    question = ask(portal.store_url)

    doubt = portal.post(question.token, verdict="all_correct", field_city="Venice")

    assert doubt.status_code == 422
    assert 'name="asked_again"' in doubt.text
    portal.post(question.token, verdict="all_correct", field_city="Venice", asked_again="1")
    assert portal.answers(question.request_id) == [("all_correct", {})]


def test_the_second_answer_gets_a_calm_page_and_changes_nothing(portal):
    question = ask(portal.store_url)
    second_tab = portal.form(question.token, verdict="wrong_person")
    portal.post(question.token, verdict="all_correct")

    second = portal.http.post(f"/c/{question.token}", data=second_tab)

    assert second.status_code == 409
    assert "Already answered" in second.text
    assert receipt_for(token_hash(question.token)) in second.text
    assert portal.http.get(f"/c/{question.token}").status_code == 200
    assert portal.answers(question.request_id) == [("all_correct", {})]


def test_after_the_answer_the_page_shows_no_details(portal):
    question = ask(portal.store_url)
    portal.post(question.token, verdict="all_correct")

    page = portal.http.get(f"/c/{question.token}").text

    assert "Morton" not in page
    assert "Los Angeles" not in page


def test_of_twenty_answers_at_once_one_wins(portal):
    question = ask(portal.store_url)
    fields = portal.form(question.token, verdict="all_correct")
    together = Barrier(20)

    def answer(_: int) -> int:
        together.wait(20)
        return portal.http.post(f"/c/{question.token}", data=fields).status_code

    with ThreadPoolExecutor(20) as people:
        statuses = Counter(people.map(answer, range(20)))

    assert statuses == {200: 1, 409: 19}
    assert len(portal.answers(question.request_id)) == 1


def test_opening_and_probing_change_nothing(portal):
    question = ask(portal.store_url)
    before = portal.rows("SELECT r::text FROM mastersync.confirmation_request AS r ORDER BY 1")

    for _ in range(5):
        head = portal.http.head(f"/c/{question.token}")
        assert portal.http.get(f"/c/{question.token}").status_code == 200
        portal.http.get(f"/c/{question.token}?verdict=all_correct")

    assert head.status_code == 200
    assert head.content == b""
    assert before == portal.rows(
        "SELECT r::text FROM mastersync.confirmation_request AS r ORDER BY 1"
    )
    assert portal.answers(question.request_id) == []


def test_a_program_that_presses_the_button_at_once_answers_nothing(portal):
    question = ask(portal.store_url)
    page = portal.http.get(f"/c/{question.token}")

    fields = {"nonce": nonce_in(page.text), "verdict": "wrong_person"}
    quick = portal.http.post(f"/c/{question.token}", data=fields)

    assert quick.status_code == 422
    assert portal.answers(question.request_id) == []


@pytest.mark.parametrize("nonce", ["", "1", "1772452800." + "0" * 32 + "." + "0" * 64])
def test_a_post_without_a_nonce_of_that_page_is_no_answer(portal, nonce):
    question, other = ask(portal.store_url), ask(portal.store_url)
    stolen = portal.form(other.token)["nonce"]

    for tried in (nonce, stolen):
        fields = {"nonce": tried, "verdict": "all_correct"}
        assert portal.http.post(f"/c/{question.token}", data=fields).status_code == 422

    assert portal.answers(question.request_id) == []


def test_a_page_open_for_two_days_is_asked_to_be_checked_and_then_works(portal):
    question = ask(portal.store_url)
    stale = portal.form(question.token, verdict="corrections", field_city="Venice")
    portal.clock.push(days=2)

    again = portal.http.post(f"/c/{question.token}", data=stale)

    assert again.status_code == 422
    assert 'value="Venice"' in again.text
    portal.clock.push(seconds=5)
    fresh = {**stale, "nonce": nonce_in(again.text), "step": "reviewed"}
    assert portal.http.post(f"/c/{question.token}", data=fresh).status_code == 200
    assert portal.answers(question.request_id) == [("corrections", {"city": "Venice"})]


def test_unknown_mistyped_revoked_and_expired_links_look_the_same(portal):
    revoked = ask(portal.store_url, state="revoked")
    expired = ask(portal.store_url, expires_at=NOON - timedelta(seconds=1))

    pages = [
        portal.http.get(f"/c/{token}")
        for token in ("A" * 43, "short", "%00", revoked.token, expired.token)
    ]

    assert {page.status_code for page in pages} == {404}
    assert len({page.text for page in pages}) == 1
    assert "Harbor" not in pages[-1].text


def test_an_expired_link_cannot_be_answered(store_url):
    with running_portal(store_url) as portal:
        question = ask(store_url, expires_at=NOON + timedelta(hours=1))
        fields = portal.form(question.token, verdict="all_correct")
        portal.clock.push(hours=2)

        assert portal.http.post(f"/c/{question.token}", data=fields).status_code == 404
        assert portal.answers(question.request_id) == []


def test_the_page_speaks_the_language_of_the_request(portal: Portal):
    from dataclasses import replace

    from portals import POLICY

    question = ask(portal.store_url, policy=replace(POLICY, language="de"))

    page = portal.http.get(f"/c/{question.token}")

    assert '<html lang="de">' in page.text
    assert page.headers["Content-Language"] == "de"
    assert "Stimmen diese Angaben?" in page.text
    assert "Vereinigte Staaten" in page.text
    assert "Alles stimmt" in portal.post(question.token).text
    gone = portal.http.get("/c/unknown", headers={"Accept-Language": "de-CH,de;q=0.9,en;q=0.5"})
    assert '<html lang="de">' in gone.text
