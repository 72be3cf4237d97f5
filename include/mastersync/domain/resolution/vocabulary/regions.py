"""States, provinces and the like, by their short forms and names in other languages."""

from collections.abc import Mapping

from mastersync.domain.resolution.vocabulary.tables import by_spelling

_UNITED_STATES = """
alabama: al, ala
alaska: ak, alas
arizona: az, ariz
arkansas: ar, ark
california: ca, cal, calif, cali, califor nia
colorado: co, colo
connecticut: ct, conn
delaware: de, del
district of columbia: dc, d c, washington dc, washington d c
florida: fl, fla, flor
georgia: ga
hawaii: hi, hawai
idaho: id, ida
illinois: il, ill, ills
indiana: in, ind
iowa: ia
kansas: ks, kans, kan
kentucky: ky, ken, kent us
louisiana: la
maine: me
maryland: md
massachusetts: ma, mass, massachussetts, massachusets, massachusettes
michigan: mi, mich
minnesota: mn, minn
mississippi: ms, miss, missisippi, mississipi
missouri: mo
montana: mt, mont
nebraska: ne, nebr, neb
nevada: nv, nev
new hampshire: nh, n h
new jersey: nj, n j, jersey us
new mexico: nm, n m, n mex
new york: ny, n y, nyc, new york state, newyork
north carolina: nc, n c, n carolina, no carolina
north dakota: nd, n d, n dak, n dakota
ohio: oh
oklahoma: ok, okla
oregon: or, ore, oreg
pennsylvania: pa, penn, penna, pensylvania
puerto rico: pr, p r
rhode island: ri, r i
south carolina: sc, s c, s carolina, so carolina
south dakota: sd, s d, s dak, s dakota
tennessee: tn, tenn, tennesse
texas: tx, tex
utah: ut
vermont: vt
virginia: va, virg
washington: wa, wash, washington state
west virginia: wv, w va, w virginia, wva
wisconsin: wi, wis, wisc
wyoming: wy, wyo
guam: gu
us virgin islands: vi, usvi
"""

_CANADA = """
alberta: ab, alta
british columbia: bc, b c, colombie britannique
manitoba: mb, man
new brunswick: nb, n b, nouveau brunswick
newfoundland and labrador: nl, nf, nfld, newfoundland, terre neuve, terre neuve et labrador
  newfoundland labrador
northwest territories: nt, nwt, n w t, territoires du nord ouest
nova scotia: ns, n s, nouvelle ecosse
nunavut: nu
ontario: on, ont
prince edward island: pe, pei, p e i, ile du prince edouard
quebec: qc, pq, que, p q, province de quebec
saskatchewan: sk, sask
yukon: yt, yk, yukon territory
"""

_AUSTRALIA = """
australian capital territory: act, a c t
new south wales: nsw, n s w, nouvelle galles du sud
northern territory: nt au, n t
queensland: qld, q ld, queens land
south australia: sa, s a, s aust, sth australia
tasmania: tas, tassie
victoria: vic, vict
western australia: wa au, w a, w aust, west australia
"""

_INDIA = """
andaman and nicobar islands: an, a n, andaman, andaman nicobar, andaman and nicobar
andhra pradesh: ap, a p, andhra, andra pradesh
arunachal pradesh: arunachal
assam: as, asom
bihar: br, behar
chandigarh: ch, chd
chhattisgarh: cg, ct, chattisgarh, chhatisgarh, chattishgarh
dadra and nagar haveli: dn, dnh, dadra nagar haveli, dadra and nagar haveli and daman and diu
daman and diu: dd, daman diu
delhi: dl, new delhi, nct of delhi, national capital territory of delhi, delhi ncr, nct delhi, ncr
goa: ga in, goa state
gujarat: gj, guj, gujrat, gujerat
haryana: hr, hariyana, haryana state
himachal pradesh: hp, h p, himachal
jammu and kashmir: jk, j k, j and k, jammu kashmir, jammu
jharkhand: jh, jharkand
karnataka: ka, kar, karnatka, mysore state
kerala: kl, keralam
ladakh: ladak
lakshadweep: ld, laccadive
madhya pradesh: mp, m p, madhyapradesh
maharashtra: mh, maha, maharastra, maharashtra state
manipur: mn in
meghalaya: ml, megalaya
mizoram: mz
nagaland: nl in
odisha: od, orissa, or in, odissa
puducherry: py, pondicherry, pondy
punjab: pb, panjab
rajasthan: rj, raj, rajastan
sikkim: sk in
tamil nadu: tamilnadu, t n, tamil naidu, tamizh nadu
telangana: ts, tg, telengana
tripura: tr
uttar pradesh: up, u p, uttarpradesh
uttarakhand: uk, ua in, uttaranchal, uttrakhand
west bengal: wb, w b, paschim banga, bengal
"""

_EUROPE = """
baden wurttemberg: bw, baden wuerttemberg, badenwurttemberg, baw
bavaria: by, bayern, bay, baviere, baviera
berlin: be, berlin land
brandenburg: bb
bremen: hb, freie hansestadt bremen
hamburg: hh, freie und hansestadt hamburg
hesse: he, hessen, hess
lower saxony: ni, niedersachsen, nds
mecklenburg vorpommern: mv, meck pomm, mecklenburg western pomerania, m v
north rhine westphalia: nw, nrw, nordrhein westfalen, n rhein westf, nordrheinwestfalen
rhineland palatinate: rp, rheinland pfalz, rlp, rheinlandpfalz
saarland: sl, saar
saxony: sn, sachsen
saxony anhalt: st, sachsen anhalt, lsa
schleswig holstein: sh, s h, schleswigholstein
thuringia: th, thuringen, thueringen
burgenland: bgld
carinthia: karnten, kaernten, ktn
lower austria: niederosterreich, niederoesterreich, noe
upper austria: oberosterreich, oberoesterreich, ooe
salzburg: sbg
styria: steiermark, stmk
tyrol: tirol
vorarlberg: vbg, vlbg
vienna: wien
auvergne rhone alpes: ara, auvergne, rhone alpes
bourgogne franche comte: bfc, bourgogne, franche comte, burgundy
brittany: bretagne, breizh, bre
centre val de loire: cvl, centre loire
corsica: corse
grand est: ges, alsace, lorraine, champagne ardenne
hauts de france: hdf, nord pas de calais, picardie
ile de france: idf, region parisienne, iledefrance
normandy: normandie, nor, haute normandie, basse normandie
nouvelle aquitaine: naq, aquitaine, limousin, poitou charentes
occitanie: occ, languedoc roussillon, midi pyrenees
pays de la loire: pdl
provence alpes cote d azur: paca, pac, provence
andalusia: andalucia, and, andalusien
aragon: arag
asturias: principado de asturias
balearic islands: islas baleares, illes balears, baleares, balears
basque country: pais vasco, euskadi, pv, pais basc
canary islands: islas canarias, canarias
cantabria: cantabr
castile and leon: castilla y leon, cyl, castilla leon
castile la mancha: castilla la mancha, clm
catalonia: cataluna, catalunya, cat, catalogne
community of madrid: comunidad de madrid, madrid
extremadura: ext
galicia: gal, galiza
la rioja: rioja
murcia: region de murcia
navarre: navarra, nafarroa
valencian community: comunidad valenciana, comunitat valenciana, valencia
lombardy: lombardia, lom
piedmont: piemonte
tuscany: toscana
sicily: sicilia
sardinia: sardegna
veneto: venetien
apulia: puglia
campania: kampanien
lazio: latium
liguria: ligurien
emilia romagna: emilia
trentino south tyrol: trentino alto adige, sudtirol, suedtirol, alto adige, trentino sudtirol
friuli venezia giulia: friuli
aosta valley: valle d aosta, vallee d aoste
north holland: noord holland, nh nl
south holland: zuid holland, zh nl
north brabant: noord brabant, n brabant
flanders: vlaanderen, flandre
wallonia: wallonie
brussels: bruxelles, brussel, brussels capital region
england: eng, engl
scotland: sct, scot, alba
wales: wls, cymru
northern ireland: nir, n ireland, n i, ulster
berkshire: berks
bedfordshire: beds
buckinghamshire: bucks
cambridgeshire: cambs
cheshire: ches
derbyshire: derbys
gloucestershire: glos, gloucs
hampshire: hants
hertfordshire: herts
lancashire: lancs
leicestershire: leics
lincolnshire: lincs
middlesex: middx, mddx
northamptonshire: northants
nottinghamshire: notts
oxfordshire: oxon
shropshire: salop, shrops
staffordshire: staffs
wiltshire: wilts
worcestershire: worcs
west midlands: w midlands, w mids, west mids
west yorkshire: w yorkshire, w yorks, west yorks
south yorkshire: s yorkshire, s yorks, south yorks
north yorkshire: n yorkshire, n yorks, north yorks
east yorkshire: e yorkshire, e yorks, east yorks, east riding of yorkshire
greater london: london, gt london
greater manchester: gt manchester, manchester
tyne and wear: tyne wear
zurich: zh, zuerich, kanton zurich
bern: be ch, berne
geneva: ge, genf, geneve
vaud: vd, waadt
ticino: ti, tessin
"""

_ELSEWHERE = """
hong kong island: hong kong, hk island, hki
kowloon: kln, kowloon side, jiulong
new territories: nt hk, n t hk, xinjie
guangdong: kwangtung, gd, canton province
jiangsu: kiangsu
zhejiang: chekiang
sichuan: szechuan, szechwan
fujian: fukien
shandong: shantung
hebei: hopeh
shaanxi: shensi
inner mongolia: nei mongol
tibet: xizang
sao paulo: sp br
rio de janeiro: rj br
minas gerais: mg br
mexico city: cdmx, distrito federal, df mx
nuevo leon: n l
jalisco: jal
gauteng: gp za
kwazulu natal: kzn, natal
western cape: wc za, w cape
eastern cape: ec za, e cape
"""

# Two-letter forms that several countries use are read as the first of them (wa: washington);
# both sides of a pair are, so that equal stays equal.
REGIONS: Mapping[str, str] = by_spelling(
    _UNITED_STATES + _CANADA + _AUSTRALIA + _INDIA + _EUROPE + _ELSEWHERE
)

_BY_COUNTRY = {
    "US": by_spelling(_UNITED_STATES),
    "CA": by_spelling(_CANADA),
    "AU": by_spelling(_AUSTRALIA)
    | {"wa": "western australia", "nt": "northern territory", "sa": "south australia"},
    "IN": by_spelling(_INDIA)
    | {"ga": "goa", "tn": "tamil nadu", "mn": "manipur", "nl": "nagaland", "or": "odisha"}
    | {"sk": "sikkim", "ar": "arunachal pradesh", "ut": "uttarakhand", "la": "ladakh"},
    "DE": by_spelling(_EUROPE),
}


def region_name(text: str, country: str) -> str:
    """Return a region's canonical name, reading short forms as the country does."""
    return _BY_COUNTRY.get(country, REGIONS).get(text) or REGIONS.get(text, text)
