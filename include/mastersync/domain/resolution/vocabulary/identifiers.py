"""What the numbers of customers mean: of which thing, how sure, and what part is the entity's."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Protocol, cast

from mastersync.domain.resolution.vocabulary.placeholders import is_placeholder_number
from mastersync.domain.resolution.vocabulary.scripts import fold
from mastersync.domain.resolution.vocabulary.tables import words

ENTITY = "entity"
SITE = "site"

_NOT_IN_NUMBERS = re.compile(r"[^0-9A-Z]+")
_NOT_DIGITS = re.compile(r"\D+")
_PAN = re.compile(r"[A-Z]{5}\d{4}[A-Z]")
_FEWEST_DIGITS = 4
_LABEL_WORDS = (
    "VAT|REG|NO|NR|NUMBER|ID|USTID|USTIDNR|USTIDNO|UST|IDNR|UID|TVA|INTRA|IVA|PIVA|PARTITA|BTW|BTWNR|TAX"
    "|STEUERNUMMER|STEUERNR|STNR|GSTIN|GST|PAN|EIN|FEIN|TIN|SIRET|SIREN|RCS|DUNS|LEI|ABN|ACN|CIN|CRN|HRB"
    "|HRA|CIF|NIF|CUIT|CNPJ|INN|BRN|BR|CR|CHE|CO|COMPANY|REGN|REGISTRATION|N"
)
# As words of their own, or glued to a digit.
_LABELS = re.compile(rf"\b(?:{_LABEL_WORDS})\b[\s.:#-]*|^(?:{_LABEL_WORDS})(?=[0-9])")
_EU_PREFIXES = words(
    "AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK GB XI"
)


class _NumberModule(Protocol):
    def is_valid(self, number: str) -> bool: ...


def _whole(number: str) -> str:
    return number


@dataclass(frozen=True, kw_only=True)
class _Format:
    """One kind of number: its shape without a country's prefix, its check, what it is of.

    ``module`` is python-stdnum's, which wants the ``prefix``; without one the shape alone says
    that it may be such a number. ``entity`` takes the legal entity's part out of the number.
    """

    country: str
    shape: str
    module: str = ""
    level: str = ENTITY
    entity: Callable[[str], str] = _whole
    prefix: str = ""

    def fits(self, number: str) -> bool:
        """Say whether the number has this shape."""
        return re.fullmatch(self.shape, number) is not None


def _first(count: int) -> Callable[[str], str]:
    return lambda number: number[:count]


def _pan_of_gstin(number: str) -> str:
    return number[2:12]


def _bare_french_vat(number: str) -> str:
    return number[-9:]


# The first format of a country that the number has the shape and the check of is its kind.
_FORMATS = (
    _Format(country="FR", shape=r"\d{14}", module="fr.siret", level=SITE, entity=_first(9)),
    _Format(country="FR", shape=r"\d{9}", module="fr.siren"),
    _Format(country="FR", shape=r"[0-9A-Z]{2}\d{9}", module="fr.tva", entity=_bare_french_vat),
    _Format(
        country="IN",
        shape=r"\d{2}[A-Z]{5}\d{4}[A-Z][0-9A-Z]{3}",
        module="in_.gstin",
        level=SITE,
        entity=_pan_of_gstin,
    ),
    _Format(country="IN", shape=r"[A-Z]{5}\d{4}[A-Z]", module="in_.pan"),
    _Format(country="IN", shape=r"[LU]\d{5}[A-Z]{2}\d{4}[A-Z]{3}\d{6}"),
    _Format(country="DE", shape=r"\d{9}", module="de.vat"),
    _Format(country="DE", shape=r"\d{11}", module="de.idnr"),
    _Format(country="GB", shape=r"\d{12}", module="gb.vat", level=SITE, entity=_first(9)),
    _Format(country="GB", shape=r"\d{9}", module="gb.vat"),
    _Format(country="GB", shape=r"\d{10}", module="gb.utr"),
    _Format(country="GB", shape=r"(?:\d{8}|[A-Z]{2}\d{6})"),
    _Format(country="US", shape=r"\d{9}", module="us.ein"),
    _Format(country="HK", shape=r"\d{11}", level=SITE, entity=_first(8)),
    _Format(country="HK", shape=r"\d{8}"),
    _Format(country="HK", shape=r"\d{7}"),
    _Format(country="CN", shape=r"[0-9A-HJ-NPQRTUWXY]{18}", module="cn.uscc"),
    _Format(country="AU", shape=r"\d{11}", module="au.abn"),
    _Format(country="AU", shape=r"\d{9}", module="au.acn"),
    _Format(country="NZ", shape=r"\d{8,9}", module="nz.ird"),
    _Format(country="NZ", shape=r"94\d{11}", module="ean"),
    _Format(country="CA", shape=r"\d{9}R[A-Z]\d{4}", module="ca.bn", level=SITE, entity=_first(9)),
    _Format(country="CA", shape=r"\d{9}", module="ca.bn"),
    _Format(country="NL", shape=r"\d{9}B\d{2}", module="nl.btw", entity=_first(9)),
    _Format(country="NL", shape=r"\d{12}", level=SITE, entity=_first(8)),
    _Format(country="NL", shape=r"\d{8}"),
    _Format(country="BE", shape=r"\d{9,10}", module="be.vat"),
    _Format(country="BR", shape=r"\d{14}", module="br.cnpj", level=SITE, entity=_first(8)),
    _Format(country="BR", shape=r"\d{11}", module="br.cpf"),
    _Format(country="ES", shape=r"[0-9A-Z]\d{7}[0-9A-Z]", module="es.nif"),
    _Format(country="IT", shape=r"\d{11}", module="it.iva"),
    _Format(country="IT", shape=r"[A-Z]{6}[0-9A-Z]{10}", module="it.codicefiscale"),
    _Format(country="AT", shape=r"U\d{8}", module="at.uid"),
    _Format(
        country="CH",
        shape=r"\d{9}(?:MWST|TVA|IVA|TPV)",
        module="ch.vat",
        prefix="CHE",
        entity=_first(9),
    ),
    _Format(country="CH", shape=r"\d{9}", module="ch.uid", prefix="CHE"),
    _Format(country="PL", shape=r"\d{10}", module="pl.nip"),
    _Format(country="PL", shape=r"\d{14}", module="pl.regon", level=SITE, entity=_first(9)),
    _Format(country="PL", shape=r"\d{9}", module="pl.regon"),
    _Format(country="PT", shape=r"\d{9}", module="pt.nif"),
    _Format(country="SE", shape=r"\d{12}", module="se.vat", entity=_first(10)),
    _Format(country="SE", shape=r"\d{10}", module="se.orgnr"),
    _Format(country="NO", shape=r"\d{9}(?:MVA)?", module="no.mva", entity=_first(9)),
    _Format(country="NO", shape=r"\d{9}", module="no.orgnr"),
    _Format(country="DK", shape=r"\d{8}", module="dk.cvr"),
    _Format(country="FI", shape=r"\d{8}", module="fi.alv"),
    _Format(country="IE", shape=r"\d{7}[A-Z]{1,2}|\d[A-Z+*]\d{5}[A-Z]", module="ie.vat"),
    _Format(country="CZ", shape=r"\d{8,10}", module="cz.dic"),
    _Format(country="SK", shape=r"\d{10}", module="sk.dph"),
    _Format(country="HU", shape=r"\d{11}", module="", level=ENTITY, entity=_first(8)),
    _Format(country="HU", shape=r"\d{8}", module="hu.anum"),
    _Format(country="RO", shape=r"\d{2,10}", module="ro.cui"),
    _Format(country="BG", shape=r"\d{13}", level=SITE, entity=_first(9)),
    _Format(country="BG", shape=r"\d{9,10}", module="bg.vat"),
    _Format(country="GR", shape=r"\d{9}", module="gr.vat"),
    _Format(country="HR", shape=r"\d{11}", module="hr.oib"),
    _Format(country="SI", shape=r"\d{8}", module="si.ddv"),
    _Format(country="LT", shape=r"\d{9}|\d{12}", module="lt.pvm"),
    _Format(country="LV", shape=r"\d{11}", module="lv.pvn"),
    _Format(country="EE", shape=r"\d{9}", module="ee.kmkr"),
    _Format(country="EE", shape=r"\d{8}", module="ee.registrikood"),
    _Format(country="LU", shape=r"\d{8}", module="lu.tva"),
    _Format(country="MT", shape=r"\d{8}", module="mt.vat"),
    _Format(country="CY", shape=r"\d{8}[A-Z]", module="cy.vat"),
    _Format(country="RU", shape=r"\d{10}|\d{12}", module="ru.inn"),
    _Format(country="RU", shape=r"\d{13}|\d{15}", module="ru.ogrn"),
    _Format(country="UA", shape=r"\d{8}", module="ua.edrpou"),
    _Format(country="UA", shape=r"\d{10}", module="ua.rntrc"),
    _Format(country="TR", shape=r"\d{10}", module="tr.vkn"),
    _Format(country="TR", shape=r"\d{11}", module="tr.tckimlik"),
    _Format(country="JP", shape=r"\d{13}", module="jp.cn"),
    _Format(country="KR", shape=r"\d{10}", module="kr.brn"),
    _Format(country="TW", shape=r"\d{8}", module="tw.ubn"),
    _Format(country="SG", shape=r"\d{8,9}[A-Z]|[TSR]\d{2}[A-Z]{2}\d{4}[A-Z]", module="sg.uen"),
    _Format(country="TH", shape=r"\d{13}", module="th.tin"),
    _Format(country="VN", shape=r"\d{13}", module="vn.mst", level=SITE, entity=_first(10)),
    _Format(country="VN", shape=r"\d{10}", module="vn.mst"),
    _Format(country="ID", shape=r"\d{15,16}", module="id.npwp"),
    _Format(country="IL", shape=r"\d{9}", module="il.hp"),
    _Format(country="ZA", shape=r"\d{10}", module="za.tin"),
    _Format(country="MX", shape=r"[A-Z&]{3,4}\d{6}[0-9A-Z]{3}", module="mx.rfc"),
    _Format(country="AR", shape=r"\d{11}", module="ar.cuit"),
    _Format(country="CL", shape=r"\d{7,8}[0-9K]", module="cl.rut"),
    _Format(country="CO", shape=r"\d{8,16}", module="co.nit"),
    _Format(country="PE", shape=r"\d{11}", module="pe.ruc"),
    _Format(country="AE", shape=r"100\d{12}"),
)
_BY_COUNTRY: dict[str, tuple[_Format, ...]] = {
    country: tuple(known for known in _FORMATS if known.country == country)
    for country in {known.country for known in _FORMATS}
}
_LEI = _Format(country="", shape=r"[0-9A-Z]{18}\d{2}", module="lei")

# Long enough, and with a check or letters in places of their own, to need no country.
_TELLING = (
    _LEI,
    *(
        known
        for known in _FORMATS
        if known.module in {"in_.gstin", "in_.pan", "fr.siret", "br.cnpj", "cn.uscc", "mx.rfc"}
    ),
)
# Of them those without letters are this long.
_TELLING_DIGITS = frozenset({14, 18, 20})


def canonical_identifier(text: str) -> str:
    """Return the number in upper case without separators, label and country; "" for none.

    >>> canonical_identifier("USt-IdNr. DE 136.695.976")
    '136695976'
    """
    return _canonical(text)


@lru_cache(maxsize=65536)
def _canonical(text: str) -> str:
    said = fold(text).upper()
    number = _NOT_IN_NUMBERS.sub("", said)
    if number[:2] in _EU_PREFIXES and number[2:].isdigit():
        number = number[2:]
    elif not number.isdigit():
        number = _without_country(_NOT_IN_NUMBERS.sub("", _LABELS.sub("", said)))
    digits = number if number.isdigit() else _NOT_DIGITS.sub("", number)
    return "" if len(digits) < _FEWEST_DIGITS or is_placeholder_number(digits) else number


def _without_country(number: str) -> str:
    """Return the number without a European country's prefix; a PAN may start with its letters."""
    is_prefixed = number[:2] in _EU_PREFIXES and not _PAN.fullmatch(number)
    enough = sum(map(str.isdigit, number[2:])) > _FEWEST_DIGITS
    return number[2:] if is_prefixed and enough else number


def checks(text: str, country: str) -> bool | None:
    """Say whether the number passes the check of a format of its country; None for no format.

    A number that fails may still be the customer's: two systems that hold the same wrong number
    speak of one customer. That a number passes makes its conflict with another one a veto.
    """
    number = canonical_identifier(text)
    formats = _formats_of(number, country)
    if any(known.module and _is_valid(known, number) for known in formats):
        return True
    return False if formats and all(known.module for known in formats) else None


def level(text: str, country: str) -> str:
    """Return ``entity`` or ``site``, whichever has the number; entity when its kind is unknown."""
    found = _format_of(canonical_identifier(text), country)
    return ENTITY if found is None else found.level


def entity_part(text: str, country: str) -> str:
    """Return the part of the number that all sites of one legal entity share.

    >>> entity_part("27AAPFU0939F1ZV", "IN"), entity_part("732 829 320 00074", "FR")
    ('AAPFU0939F', '732829320')
    """
    return entity_of(canonical_identifier(text), country)


def entity_of(number: str, country: str) -> str:
    """Return the entity's part of a number that is canonical already."""
    found = _format_of(number, country)
    return number if found is None else found.entity(number)


def _format_of(number: str, country: str) -> _Format | None:
    """Return the format whose check passes, else the first whose shape fits."""
    candidates = _formats_of(number, country)
    if len(candidates) > 1:
        for known in candidates:
            if known.module and _is_valid(known, number):
                return known
    return candidates[0] if candidates else None


def _formats_of(number: str, country: str) -> tuple[_Format, ...]:
    """Return the formats whose shape fits; without a country, those that tell themselves."""
    if country:
        formats = (*_BY_COUNTRY.get(country, ()), _LEI)
        return tuple(known for known in formats if known.fits(number))
    if number.isdigit() and len(number) not in _TELLING_DIGITS:
        return ()
    return tuple(
        known
        for known in _TELLING
        if known.fits(number) and (known.country == "IN" or _is_valid(known, number))
    )


def _is_valid(known: _Format, number: str) -> bool:
    return _module(known.module).is_valid(known.prefix + number)


@lru_cache(maxsize=128)
def _module(name: str) -> _NumberModule:
    return cast("_NumberModule", import_module(f"stdnum.{name}"))
