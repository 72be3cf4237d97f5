"""Values that say nothing: what people type where they must type something."""

from mastersync.domain.resolution.vocabulary.tables import phrases

PLACEHOLDER_TEXTS = phrases("""
  na, n a, n/a, #n/a, #na, n.a, n.a., n/k, n k, nk, none, none given, none provided, null, (null)
  \\n, nil, nan, undefined
  unknown, unknwon, unkown, unk, unknow, unknown customer, unknown name, not known, tbd, t b d
  tba, tbc, to be determined
  to be advised, to be confirmed, to follow, pending, missing, blank, empty, no data, nodata
  no value, novalue
  not applicable, not available, not avail, not provided, not given, not specified, unspecified
  not entered, not set
  not stated, not disclosed, not found, no name, noname, no address, no street, no phone, no fax
  no email, no mail, no number
  no info, no information, information not available, see notes, see above, see below, same
  same as above, as above, ditto
  idem, do not use, donotuse, do not call, dnu, duplicate, deleted, inactive, closed, obsolete
  test, teste, tests, testing
  test test, testtest, test customer, testcustomer, test kunde, testkunde, test account
  test company, test user, testuser
  tester, test name, demo, demo customer, demo account, sample, example, dummy, dummy customer
  dummy name, dummy address
  fake, xxx, xx, x, xxxx, xxxxx, xxxxxx, xyz, abc, abcd, abcde, abc123, abcdef, asdf, asd, asdfg
  asdfasdf, qwerty, qwertz, azerty, foo
  bar, foobar, foo bar, lorem ipsum, blah, aaa, aaaa, aa, zzz, zzzz, zz, yyy, qqq, other, others
  misc, miscellaneous, various, general
  default, customer, cust, client, company, firm, firma, name, first name, last name, surname
  address, street, city, town
  country, phone, telephone, email, mail, anonymous, anonym, private, confidential, hidden
  withheld, redacted, restricted
  walk in, walkin, walk in customer, cash, cash customer, cash sale, cash sales, cash account
  counter sale, counter sales
  cod customer, one time customer, onetime customer, one time vendor, one time, cpd, guest
  guest user, end user, internet customer
  web customer, webshop, online customer, sundry, sundry customer, sundry debtors, dear customer
  valued customer
  head office, john doe, jane doe, john q public, max mustermann, erika mustermann, mustermann
  muster, musterfirma, musterstrasse
  musterstrasse 1, musterstadt, joe bloggs, jean dupont test, mario rossi test, 123 main street
  123 main st, main street 1
  keine, kein, keine angabe, keine angaben, k a, ka, k/a, k.a., unbekannt, nicht bekannt
  nicht vorhanden, nicht angegeben
  ohne, ohne angabe, ohne namen, entfallt, entfaellt, leer, fehlt, folgt, wird nachgereicht
  diverse, divers, laufkunde
  laufkundschaft, barverkauf, barkunde, privatkunde, kunde, neukunde, dubletten, gesperrt
  siehe oben, dto, dito, offen
  inconnu, inconnue, non renseigne, non renseignee, nr, n r, n.r., neant, aucun, aucune, sans
  sans objet, so, non connu
  non communique, non disponible, nd, n d, n.d., n/d, vide, a completer, a definir, divers client
  client divers, client de passage
  client comptoir, particulier, voir ci dessus, essai
  desconocido, desconocida, ninguno, ninguna, sin datos, sin dato, sin nombre, sin numero, s n
  s/n, sn, sin direccion, no aplica
  no disponible, no consta, no informado, sin especificar, prueba, pruebas, varios, cliente
  cliente contado, vacio, por definir
  sconosciuto, sconosciuta, nessuno, nessuna, non disponibile, non applicabile, non noto, vuoto
  senza nome, prova, vari, cliente generico
  onbekend, geen, niet bekend, nvt, n.v.t., n v t, niet van toepassing, leeg, diversen
  contante verkoop, klant
  nao informado, nao disponivel, desconhecido, nenhum, sem nome, sem numero, brak, nieznany
  nie dotyczy, nie podano, net, net dannykh
  neizvestno, otsutstvuet, bez imeni, bilinmiyor, yok, ukendt, ukjent, okand, saknas, ingen
  puuttuu, ei tiedossa, nezname, nincs
  -, --, ---, ----, -----, ., .., ..., ...., ?, ??, ???, ????, !, *, **, ***, ****, *****, _, __
  ___, /, //, \\\\, #, ##, ###, +, =, ~, :, ;, "", '', ()
  [], {}, <>, <null>, <none>, <empty>, [null], [none], [empty], $null$, #ref!, #value!, #name?
  #div/0!, #null!, %, &, 0, 00, 000, 0.0
  0000, 00000, 000000, 0/0, 0-0, 1, 11, 111, 1111, 9, 99, 999, 9999, 99999, 999999, 123, 1234
  12345, 123456, false, true, yes, no, ja, nein
  oui, non, si, y, n, select, please select, bitte wahlen, bitte waehlen, choose, choisir
  selectionner, seleccionar
""") | {"", ","}

# Dates that systems fill in: epochs, lowest and highest values.
PLACEHOLDER_DATES = frozenset(
    [
        *("0001-01-01", "1000-01-01", "1753-01-01", "1800-01-01", "1899-12-30", "1899-12-31"),
        *("1900-01-01", "1900-01-02", "1900-12-31", "1901-01-01", "1904-01-01", "1910-10-10"),
        *("1911-11-11", "1912-12-12", "1930-01-01", "1950-01-01", "1960-01-01", "1970-01-01"),
        *("1969-12-31", "1980-01-01", "1999-12-31", "1999-09-09", "2000-01-01", "2099-12-31"),
        *("2100-01-01", "2199-12-31", "2200-01-01", "2222-02-22", "2999-12-31", "9999-12-31"),
        *("9999-01-01", "1111-11-11", "1234-12-12", "0000-00-00"),
    ]
)

_RUNS = ("01234567890123456789", "98765432109876543210", "12121212121212121212")
_KNOWN_NUMBERS = frozenset(
    [
        # Fictional or example numbers: of films, of forms, of manuals.
        *("5550100", "5550123", "5551212", "5551234", "8675309", "2025550123", "5555551212"),
        *("1234554321", "123123123", "1231231234", "123454321", "11223344", "112233445566"),
        *("9876543210", "1800123456", "08001234567", "02079460000", "01632960000", "03012345678"),
        *(
            "078051120",
            "219099999",
            "457555462",
            "123121234",
            "111223333",
            "987654320",
            "123006789",
        ),
        *(
            "123456788",
            "12345678000195",
            "11111111000191",
            "00000000000191",
        ),
    ]
)
_SHORTEST_RUN = 5
_LONG = 7


# Said of nobody as a company or a place, but names of persons.
_ALSO_NAMES = phrases("""
  na, no, si, so, ka, ja, nan, nil, yes, non, guest, cash, private, customer, kunde, city, street
  muster, bar, xyz, abc
  tester, sample, sans, kein, keine, null, other, max mustermann, general, client, klant, net
  yok, ohne, blank, company
""") - {"customer", "kunde", "xyz", "abc", "max mustermann", "client", "klant", "company"}
_PERSON_FIELDS = frozenset({"given_name", "surname"})
_NOISE = set(" .-/_*?#,'\"")


def is_placeholder_text(text: str, field: str = "") -> bool:
    """Say whether folded text says nothing.

    Args:
        field: Canonical field the text stands in; a person may be called Null or Na.

    >>> is_placeholder_text("n/a"), is_placeholder_text("na", "surname")
    (True, False)
    """
    if field in _PERSON_FIELDS and text in _ALSO_NAMES:
        return False
    return text in PLACEHOLDER_TEXTS or _NOISE.issuperset(text)


_RUN_PARTS = frozenset(
    run[start:end]
    for run in _RUNS
    for start in range(len(run))
    for end in range(start + 1, len(run) + 1)
)
_ONE_DIGIT = frozenset(digit * count for digit in "0123456789" for count in range(21))
_TYPED = _KNOWN_NUMBERS | _ONE_DIGIT | {run for run in _RUN_PARTS if len(run) >= _SHORTEST_RUN}
_TYPED_ENDS = _RUN_PARTS | _ONE_DIGIT


def is_placeholder_number(digits: str) -> bool:
    """Say whether a number was typed to have one: 0000, 999 999, 123456789, 5551212.

    Args:
        digits: The number's digits; "" is a placeholder too. A country's prefix in front of
            one digit said again and again does not make a number of it.
    """
    if digits in _TYPED:
        return True
    length = len(digits)
    if length <= _LONG:
        return False
    if digits.lstrip("0")[-_LONG:] in _TYPED_ENDS:
        return True
    third, rest = divmod(length, 3)
    return rest == 0 and digits == digits[:third] * 3
