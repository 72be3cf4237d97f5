"""Words of street addresses."""

from collections.abc import Mapping

from mastersync.domain.resolution.vocabulary.tables import by_spelling, phrases, words

STREET_TYPES: Mapping[str, str] = by_spelling("""
street: str eet, stree, stret, steet, streat, st
road: rd, roads, raod, rod, roa
avenue: av, ave, aven, avenu, avn, avnue, avda, avd, avenida, avinguda, ae, avneue, avenida da, aev
boulevard: blvd, blv, boul, bd, bld, boulv, bvd, bulevar, boulvd, bvld, bulvar, boulevrd, bvl
lane: ln, la ne, lne, lan
drive: dr, drv, driv, drve, dve
court: ct, crt, courts, cts, cour
place: pl, plc, plce, pla ce
square: sq, sqr, sqre, squ, sqaure
crescent: cres, cresc, cr, crs, crsent, crescnt, crst
terrace: ter, terr, tce, tc, trce
close: cl, clo, cls
way: wy, wa
parade: pde, prd, pd
highway: hwy, highwy, hiway, hway, hghwy
parkway: pkwy, pky, pkway, parkwy, pkwys
circle: cir, circ, circl, crcl, crcle
circuit: cct, crct, cirt, ccuit, cir cuit
expressway: expy, exp, expw, expressw
freeway: fwy, frwy, freewy
turnpike: tpke, trnpk, turnpk, tpk
trail: trl, tr, trls, trails
pike: pk, pikes
alley: aly, ally, allee en, aley
grove: grv, gr, gro, grov
gardens: gdns, gdn, gardn, grdns, garden, grdn
green: grn, gn
hill: hl, hls, hills
heights: hts, hgts, ht
park: prk
plaza: plz, plza, praca, pca, placa, pza, pzza, piazza, p za, piazzale, ple, largo
esplanade: esp, espl
promenade: prom, promen
causeway: cswy, csway, causwy, csy
centre: ctr, cntr, center, cen, cntre
cove: cv, coves
crossing: xing, crssng, crossg
junction: jct, jctn, jnc, junc
landing: lndg, lnding
loop: lp, loops
mews: mew, mws
mount: mt, mnt
ridge: rdg, rdge, rg
rise: rse
row: rw
run: rn
spur: sp
station: sta, stn
track: trk, tk, trak
valley: vly, vlly
view: vw, vws, views
village: vlg, vill, villag
walk: wlk, wk, walks
wharf: whf, whrf
yard: yd, yds
quay: qy, qu
estate: est, estates
industrial estate: ind est, ind estate, industrial est, indl estate, indl est, trading estate
  trading est, tr est, inds est
business park: bus park, bus pk, business pk, ind park, industrial park, ind pk
retail park: retail pk
route: rte, rt, rout
state route: sr, state road, st rte
county road: cr oad, co rd, cnty rd, county rd
us highway: us hwy, ushwy
interstate: i
bypass: byp, bypas, byps
extension: ext, extn, extnsn
strasse: str, strase, strassse, strass, strae, strsse, strabe
weg: wg
gasse: g, gas, gss
platz: pltz
allee: alle, al
ring: rg ring
ufer: uf
damm: dm
chaussee: ch ssee, chssee, chaus, chse
rue: r
route de: rte de
chemin: che, chem, ch, chm
impasse: imp, ip
passage: pass, psg, pas
quai: q
cours: crs cours
place fr: plc fr
faubourg: fg, fbg, fbourg
lotissement: lot, lots
residence: res, resid, rsdnce
zone industrielle: zi, z i
zone d activite: za, z a, zac, z a c, zone artisanale, zone d activites
  zone d activite commerciale, zae, zone activites, parc d activite
  parc d activites, pa fr
lieu dit: ld, lieudit, l d
hameau: ham
montee: mte
sentier: sent, sen
venelle: ven
villa: vla
calle: c, cl calle, cll, ca lle, carrer
carrera: cra, kra, kr, cra rera, crra
carretera: ctra, carret, carr, crta
camino: cno, cmno, cam, cami
paseo: pso, po, passeig, p o, pg
plaza es: pl es
poligono industrial: pol ind, poligono, pgno, pol, poligon, polig, poligono ind, pol industrial, pi
ronda: rda, rnda
travesia: trva, trav, tva, transversal, trv
urbanizacion: urb, urbaniz
via: v, vial
viale: v le, vle
vicolo: v lo, vco
corso: c so, cso
strada: str ada, sda, s da, strada statale, ss
contrada: c da, cda
localita: loc
rua: rua da, rua do
travessa: tv, trav essa
rodovia: rod ovia, rdv, br
straat: stra at, strt
laan: ln laan
plein: pln
dijk: dk
kade: kd
gracht: gr acht
steenweg: stwg, stw, steenwg
ulica: ul, ulitsa, ulice, utca, u, ulitza
aleja: al eja, aleje, al aleja, ale
prospekt: pr, pr t, prosp, prospect, prt, pr kt, prkt
pereulok: per, p k
naberezhnaya: nab
shosse: sh, shossee
plac: pl ac, ploshchad, plosh, namesti, nam, ter hu, pl polska
osiedle: os, osied
bulvar: b r, bul
cadde: cad, cd, caddesi
sokak: sok, sk, sokagi
mahalle: mah, mh, mahallesi
vag: vagen, vaegen, v agen
gata: gt, gatan
vej: vei, veien, vejen, v ej
gade: gd, gaden
katu: k atu
tie: t ie
marg: mg
nagar: ngr, nagr, ngar
chowk: chk, chok
colony: col, clny, coly
society: soc, socy, chs, co op hsg soc, cooperative housing society
sector: sec, sect, sectr
phase: ph, phs
block: blk, blck
layout: lyt, lay out
enclave: encl, enclv
vihar: vhr
bazar: bazaar, bzr
cross: crs road, crss
main road: mn rd, m rd, main rd
national highway: nh
midc: m i d c
gidc: g i d c
opposite: opp
near: nr, nearby
behind: bh, bhd
jalan: jln, jl, jala
lorong: lor, lrg
taman: tmn
lebuh: lbh
kampung: kg, kampong
""")

# Written on the name without a space, in German, Dutch and Scandinavian: Hauptstr., Kerkstraat.
GLUED_STREET_TYPES: Mapping[str, str] = {
    "strasse": "strasse",
    "strase": "strasse",
    "str": "strasse",
    "gasse": "gasse",
    "platz": "platz",
    "pl": "platz",
    "allee": "allee",
    "weg": "weg",
    "ring": "ring",
    "ufer": "ufer",
    "damm": "damm",
    "chaussee": "chaussee",
    "steig": "steig",
    "stieg": "steig",
    "graben": "graben",
    "markt": "markt",
    "berg": "berg",
    "hof": "hof",
    "tor": "tor",
    "wall": "wall",
    "pfad": "pfad",
    "straat": "straat",
    "laan": "laan",
    "plein": "plein",
    "dijk": "dijk",
    "kade": "kade",
    "gracht": "gracht",
    "singel": "singel",
    "steenweg": "steenweg",
    "vagen": "vag",
    "gatan": "gata",
    "vej": "vej",
    "veien": "vej",
    "vejen": "vej",
    "gade": "gade",
    "gaten": "gata",
    "katu": "katu",
    "tie": "tie",
    "utca": "utca",
}

# What follows such a word is a part of a house: it parts neighbours, not customers.
UNIT_WORDS: Mapping[str, str] = by_spelling("""
unit: un, unt, units, u, ut
suite: ste, suit, sui te, sutie, su, stes
flat: flt, fla, flats
apartment: apt, apmt, appt, app, aptmt, apart, apto, appartement, apartamento, apartement, apts
  wohnung, whg, wg, daire
room: rm, rms, rooms, zimmer, zi, office no, cabin, salle, bureau, sala, of, oficina, ofic
  office, off
floor: fl, flr, flo, f, floors, etage, et, stock, og, eg, ug, dg, geschoss, piso, planta, pta
  piano, verdieping, etaj, kat
  obergeschoss, erdgeschoss, stockwerk, stk, eme etage, er etage, ieme etage
level: lvl, lev, l, lv, levels
ground floor: gf, g f, grd floor, gr floor, gnd floor, rez de chaussee, rdc, planta baja
  piano terra, parterre, groundfloor
first floor: ff
basement: bsmt, bsm, base ment, lower ground, lg, lgf, keller, sous sol, sotano, lower level
shop: shp, shops, store no, stall, kiosk, booth, gala, counter, ladenlokal, local
block: blk, bl, blck, bloque, bloc, blok, bq
building: bldg, bld, bldng, bdg, build, batiment, bat, bt, gebaude, gebaeude, geb, edificio, edif
  ed, palazzo, gebouw, budynek
tower: twr, tow, towers, tour, torre, turm
house no: h no, hno, h num, house number, hse no, door no, dno, d no, nr, no, num, number, numero
  n o, nro, hausnr, hausnummer
plot: plot no, plt, plot number, pno, p no
shed: shed no
survey: survey no, sy no, s no, sno, khasra no, khasra, gat no, gut no
wing: wng
hangar: hngr, hgr
bay: by
lot: lt
space: spc, sp
stair: staircase, esc, escalera, scala, sc, escalier, treppe, aufgang
entrance: entr, eingang, entree, hintereingang
door: puerta, pta puerta, tur
annex: annexe, anx
rear: rr, hinterhaus, hh
front: frnt, vorderhaus, vh
department: dept, dep
penthouse: ph
trailer: trlr
mailstop: ms, mail stop, mail code, mc
lobby: lbby
pier: pr pier
slip: slp
""")
PO_BOX_WORDS = phrases("""
  po box, p o box, pobox, p o b, pob, post box, post office box, postbox, gpo box, g p o box, gpo
  locked bag, private bag
  p bag, pbag, pmb, private mail bag, box, bp, b p, boite postale, cs, c s, cedex, postfach, pf
  postf, apartado, apdo
  apartado de correos, ap correos, casella postale, c p, cp, postbus, skr poczt, skrytka pocztowa
  skr pocztowa, postboks
  pb, caixa postal, a c, po, post bag, mail bag, drawer, abonentskiy yashchik
""")
# Said of a neighbour, not of the address itself.
LANDMARK_WORDS = phrases("""
  near, nr, opp, opposite, opposite to, behind, beside, besides, next to, adjacent, adjacent to
  adj, above, below
  off, close to, in front of, infront of, via, at post, post, p o, po, ps, tal, taluka, teh
  tehsil, dist, distt
  district, village, vill, via, mandal, gegenuber, neben, hinter, angle, face, en face, pres de
  junto a, frente a, esquina, esq
""")
# Words between the name and the type of a street that come and go.
STREET_FILLERS = words("""
  de du des d la le les l del dela della delle dello degli dei di da do dos das den der dem die
  das am an im in
  zum zur zu auf bei beim vor von vom of the and und et y e i s van het op ter ten at on el los
  las no nr num
  number numero
""")
DIRECTIONS: Mapping[str, str] = by_spelling("""
n: north, no, nth, nord, norte, northern, noord, nor
s: south, so, sth, sud, sur, sued, southern, zuid, sul
e: east, est, este, ost, eastern, oost, ea
w: west, ouest, oeste, wst, western, ovest
ne: northeast, north east, n e, nordost, noreste, nord est
nw: northwest, north west, n w, nordwest, noroeste, nord ouest
se: southeast, south east, s e, sudost, sureste, sud est, suedost
sw: southwest, south west, s w, sudwest, suroeste, sud ouest, suedwest
upper: upr, ober, obere, oberer, haut, haute
lower: lwr, unter, untere, unterer, bas, basse
great: gt, gr, grosse, grosser, grand, grande
little: lt, lit, kleine, kleiner, petit, petite
old: alt, alte, alter, vieux, vieille, ancien, ancienne, viejo, vieja
new: neu, neue, neuer, nouveau, nouvelle, nuevo, nueva
""")

_UNITS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_TENS = {"twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60}
_TENS |= {"seventieth": 70, "eightieth": 80, "ninetieth": 90}
_TEN_HEADS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_HIGHEST_SUFFIXED = 999


def _ordinals() -> dict[str, str]:
    """Return "3rd", "third" and "twenty third" as "3" and "23", up to what streets are numbered."""
    found = {word: str(value) for value, word in enumerate(_UNITS)}
    found |= {word: str(value) for word, value in _TENS.items()}
    for tens, head in enumerate(_TEN_HEADS, start=2):
        for unit in range(1, 10):
            for joint in (" ", ""):
                found[f"{head}{joint}{_UNITS[unit]}"] = str(tens * 10 + unit)
    for value in range(1, _HIGHEST_SUFFIXED + 1):
        for suffix in ("st", "nd", "rd", "th"):
            found[f"{value}{suffix}"] = str(value)
    return found


ORDINALS: Mapping[str, str] = _ordinals()
