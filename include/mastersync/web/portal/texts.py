"""The portal's words, by language. ``%(client)s`` and its like are filled in by the templates."""

from collections.abc import Mapping

from mastersync.domain.confirmations.answers import Mistake
from mastersync.domain.confirmations.labels import DEFAULT_LANGUAGE

_EN = {
    "title": "Are these details right?",
    "lead": "%(client)s holds these details about you as a customer. Please check them."
    " It takes about twenty seconds.",
    "held": "What %(client)s has on file",
    "none_held": "Nothing on file",
    "partly_hidden": "partly hidden",
    "masking": "Some details are partly hidden, in case this link reaches somebody else.",
    "question": "Are they right?",
    "all_correct": "Everything is right",
    "all_correct_hint": "Nothing has changed.",
    "corrections": "Something is wrong",
    "corrections_hint": "You can write what is right below.",
    "wrong_person": "I am not this customer",
    "wrong_person_hint": "This was sent to the wrong person or company.",
    "edit": "Write what is right",
    "edit_hint": "Change only what is wrong, and leave the rest as it is.",
    "hidden_box": "On file: %(value)s. Leave this empty if that is right.",
    "empty_box": "Nothing on file yet.",
    "choose_country": "Choose a country",
    "send": "Send",
    "next": "Your answer is sent only when you press the button.",
    "problem": "Please check your answer",
    "error_prefix": "Error:",
    "review_title": "Check your changes",
    "review_lead": "This is what you are about to send to %(client)s.",
    "before": "On file",
    "after": "Your change",
    "send_changes": "Send my changes",
    "change_again": "Go back and change",
    "thanks_title": "Thank you",
    "thanks_all_correct": "You told %(client)s that the details it holds are right."
    " There is nothing else to do.",
    "thanks_corrections": "%(client)s has your changes and will check them before they are used."
    " It may contact you in the way already on file.",
    "thanks_wrong_person": "%(client)s now knows that this reached the wrong person, and will look"
    " into it. There is nothing else to do.",
    "changed_fields": "What you changed",
    "receipt": "Your reference",
    "receipt_hint": "Quote it if you ask %(client)s about your answer.",
    "kept": "%(client)s keeps your answer with its customer record, for as long as it keeps that"
    " record. To see it, change it or object, contact %(client)s.",
    "answered_title": "Already answered",
    "answered_lead": "%(client)s received an answer through this link on %(day)s, so there is"
    " nothing more to do. If something has changed since, contact %(client)s.",
    "gone_title": "This link leads nowhere",
    "gone_lead": "It may have expired, or part of the address is missing.",
    "gone_help": "Try to copy the whole address from the mail. If it still does not work, reply to"
    " the mail and ask for a new link.",
    "busy_title": "Please try again in a moment",
    "busy_lead": "The page cannot be shown just now. Nothing was lost, and nothing was changed.",
    "refused_title": "That did not work",
    "refused_lead": "What was sent could not be read, so nothing was changed. Please open the link"
    " from your mail again.",
    "footer": "We ask for no password, no bank details and no payment. Opening this page changed"
    " nothing. You can answer until %(day)s.",
    "again_unproven": "Please look at your answer once more, and press the button again.",
    "again_stale": "This page was open for a long time. Please check your answer, and press the"
    " button again. What you wrote is still here.",
}
_DE = {
    "title": "Stimmen diese Angaben?",
    "lead": "%(client)s hat diese Angaben über Sie als Kunden gespeichert. Bitte prüfen Sie sie."
    " Das dauert etwa zwanzig Sekunden.",
    "held": "Das liegt %(client)s vor",
    "none_held": "Keine Angabe",
    "partly_hidden": "teilweise verdeckt",
    "masking": "Einige Angaben sind teilweise verdeckt, falls dieser Link jemand anderen erreicht.",
    "question": "Stimmen sie?",
    "all_correct": "Alles stimmt",
    "all_correct_hint": "Es hat sich nichts geändert.",
    "corrections": "Etwas stimmt nicht",
    "corrections_hint": "Unten können Sie schreiben, was richtig ist.",
    "wrong_person": "Ich bin nicht dieser Kunde",
    "wrong_person_hint": "Die Nachricht ging an die falsche Person oder Firma.",
    "edit": "Was ist richtig?",
    "edit_hint": "Ändern Sie nur, was falsch ist, und lassen Sie den Rest, wie er ist.",
    "hidden_box": "Gespeichert: %(value)s. Lassen Sie das Feld leer, wenn das stimmt.",
    "empty_box": "Noch keine Angabe.",
    "choose_country": "Land wählen",
    "send": "Absenden",
    "next": "Ihre Antwort wird erst gesendet, wenn Sie auf den Knopf drücken.",
    "problem": "Bitte prüfen Sie Ihre Antwort",
    "error_prefix": "Fehler:",
    "review_title": "Prüfen Sie Ihre Änderungen",
    "review_lead": "Das senden Sie gleich an %(client)s.",
    "before": "Gespeichert",
    "after": "Ihre Änderung",
    "send_changes": "Änderungen absenden",
    "change_again": "Zurück und ändern",
    "thanks_title": "Vielen Dank",
    "thanks_all_correct": "Sie haben %(client)s bestätigt, dass die Angaben stimmen."
    " Sie müssen nichts weiter tun.",
    "thanks_corrections": "%(client)s hat Ihre Änderungen erhalten und prüft sie, bevor sie"
    " verwendet werden. Rückfragen kommen auf dem schon bekannten Weg.",
    "thanks_wrong_person": "%(client)s weiß jetzt, dass die Nachricht an die falsche Person ging,"
    " und geht dem nach. Sie müssen nichts weiter tun.",
    "changed_fields": "Das haben Sie geändert",
    "receipt": "Ihr Zeichen",
    "receipt_hint": "Nennen Sie es, wenn Sie %(client)s nach Ihrer Antwort fragen.",
    "kept": "%(client)s bewahrt Ihre Antwort mit dem Kundenstamm auf, so lange wie diesen. Um sie"
    " einzusehen, zu ändern oder zu widersprechen, wenden Sie sich an %(client)s.",
    "answered_title": "Schon beantwortet",
    "answered_lead": "%(client)s hat über diesen Link am %(day)s eine Antwort erhalten; es ist"
    " nichts mehr zu tun. Hat sich seither etwas geändert, wenden Sie sich an %(client)s.",
    "gone_title": "Dieser Link führt nirgendwohin",
    "gone_lead": "Vielleicht ist er abgelaufen, oder ein Teil der Adresse fehlt.",
    "gone_help": "Kopieren Sie die ganze Adresse aus der Nachricht. Geht es dann noch nicht,"
    " antworten Sie auf die Nachricht und bitten um einen neuen Link.",
    "busy_title": "Bitte versuchen Sie es gleich noch einmal",
    "busy_lead": "Die Seite kann gerade nicht gezeigt werden. Es ging nichts verloren, und es"
    " wurde nichts geändert.",
    "refused_title": "Das hat nicht geklappt",
    "refused_lead": "Was gesendet wurde, war nicht lesbar; es wurde nichts geändert. Bitte öffnen"
    " Sie den Link aus Ihrer Nachricht noch einmal.",
    "footer": "Wir fragen nicht nach Passwort, Bankverbindung oder Zahlung. Diese Seite zu öffnen"
    " hat nichts geändert. Sie können bis zum %(day)s antworten.",
    "again_unproven": "Bitte sehen Sie Ihre Antwort noch einmal an und drücken Sie erneut auf den"
    " Knopf.",
    "again_stale": "Diese Seite war lange geöffnet. Bitte prüfen Sie Ihre Antwort und drücken Sie"
    " erneut auf den Knopf. Was Sie geschrieben haben, ist noch da.",
}
_HINTS_EN = {
    "phone": "With the country's code, such as +44 20 7946 0018.",
    "email": "Such as accounts@company.example.",
    "date_of_birth": "Year, month, day, such as 1980-12-31.",
    "website": "Such as www.company.example.",
}
_HINTS_DE = {
    "phone": "Mit Landesvorwahl, etwa +49 30 12345678.",
    "email": "Etwa buchhaltung@firma.example.",
    "date_of_birth": "Jahr, Monat, Tag, etwa 1980-12-31.",
    "website": "Etwa www.firma.example.",
}
_MISTAKES_EN = {
    Mistake.NOTHING_CHOSEN: "Choose one of the three answers.",
    Mistake.NOTHING_CHANGED: "You chose “Something is wrong”: change at least one detail below.",
    Mistake.CHANGED_BUT_CORRECT: "You chose “Everything is right”, and also changed details."
    " Choose “Something is wrong” to send the changes, or “Everything is right” again to leave"
    " them out.",
    Mistake.EMPTY: "%(label)s: write what is right. If you do not know, put back what was there.",
    Mistake.TOO_LONG: "%(label)s: at most 200 characters.",
    Mistake.UNUSABLE: "%(label)s: this cannot be right. Please check it.",
}
_MISTAKES_DE = {
    Mistake.NOTHING_CHOSEN: "Wählen Sie eine der drei Antworten.",
    Mistake.NOTHING_CHANGED: "Sie haben „Etwas stimmt nicht“ gewählt: Ändern Sie unten mindestens"
    " eine Angabe.",
    Mistake.CHANGED_BUT_CORRECT: "Sie haben „Alles stimmt“ gewählt und auch Angaben geändert."
    " Wählen Sie „Etwas stimmt nicht“, um die Änderungen zu senden, oder noch einmal „Alles"
    " stimmt“, um sie wegzulassen.",
    Mistake.EMPTY: "%(label)s: Schreiben Sie, was richtig ist. Wissen Sie es nicht, stellen Sie"
    " den alten Wert wieder her.",
    Mistake.TOO_LONG: "%(label)s: höchstens 200 Zeichen.",
    Mistake.UNUSABLE: "%(label)s: Das kann nicht stimmen. Bitte prüfen Sie es.",
}
_TEXTS = {"en": _EN, "de": _DE}
_HINTS = {"en": _HINTS_EN, "de": _HINTS_DE}
_MISTAKES = {"en": _MISTAKES_EN, "de": _MISTAKES_DE}


def texts(language: str) -> Mapping[str, str]:
    """Return the words of a language, English when we do not speak it."""
    return _TEXTS.get(language, _TEXTS[DEFAULT_LANGUAGE])


def field_hint(name: str, *, language: str) -> str:
    """Return how to write a field, "" where it needs no saying."""
    return _HINTS.get(language, _HINTS_EN).get(name, "")


def mistake_text(mistake: Mistake, *, label: str, language: str) -> str:
    """Return a mistake in words."""
    return _MISTAKES.get(language, _MISTAKES_EN)[mistake] % {"label": label}


def spoken_language(accepted: str) -> str:
    """Return the first language of an Accept-Language header that we speak."""
    for part in accepted.split(","):
        language = part.split(";")[0].split("-")[0].strip().lower()
        if language in _TEXTS:
            return language
    return DEFAULT_LANGUAGE
