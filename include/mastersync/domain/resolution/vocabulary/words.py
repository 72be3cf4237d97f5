"""Words of company names that say little, and those that are one word written otherwise."""

from collections.abc import Mapping

from mastersync.domain.resolution.vocabulary.tables import by_spelling, phrases, words
from mastersync.domain.resolution.vocabulary.trade_words import GENERIC_WORDS

__all__ = [
    "BRANCH_WORDS",
    "GENERIC_WORDS",
    "GROUP_WORDS",
    "SISTER_WORDS",
    "STOP_WORDS",
    "TRADE_SYNONYMS",
]

# Short forms of a word of trade, and spellings that a slip or two do not explain. Words said in
# full stay as they are, translations too: a slip in them must stay near what was meant.
TRADE_SYNONYMS: Mapping[str, str] = by_spelling("""
academy: acad
accounting: acctg, accts
administration: admin, adm, admn
advertising: advtg, advt, adverts
agency: agcy, agence
agriculture: agri, agric
airlines: airline
aluminium: aluminum, alu, alum
american: amer
and: und, et, och, og, plus
apartments: apts
architects: archs, architectes
associates: ass, assoc, assocs, associate, associated, assocts, asso
association: assn, assoc n, asso n
automation: autom
automobile: automobiles, autos, automobil
automotive: autom otive
bank: banca, banco, banque, bk, bnk
brothers: bros, bro, brother, gebruder, gebrueder, gebr, freres, frs, hermanos, hnos, fratelli
  flli, f lli, gebroeders, geb
building: bldg, bldgs, buildings, bldng
builders: bldrs, builder
business: bus, bsns
capital: cap, cptl
center: centre, ctr, cntr, cntre, centers, centres, centro, zentrum, centrum
central: centr, cent, zentral, centrale
chemicals: chem, chems, chemical, chmcls
cleaning: clng
college: coll, clg
commercial: comm, comml, coml, commerciale, comercial
commission: commn
communications: comms, communication, commun, commns
community: cmty, commty
computers: computer, comp, comptrs, cptr
construction: constr, const, constn, cons, constructions, constrctn, cnstr
constructors: constrs
consulting: conslt, conslting, cons ult, consltg
contractors: contrs, contractor, contr, contrctrs
contracting: contrg
control: ctrl, controls, ctl
cooperative: coop, co op, cooperativa
corporate: corporte
council: cncl
county: cnty
credit: cr
customs: cstms
dental: dentl, dent
department: dept, dep, dpt
design: designs, dsgn, desgn
development: dev, devt, devel, dvlpt, developments, dvlpmt
distribution: dist, distr, distrib, distn, distbn, distributions, distribucion
distributors: dists, distrs, distributor, distbs, distribs
district: dstrct
division: div, divn
drugs: drug
education: edu, educ, edn, educatn
electric: elec, elect, electrica
electronics: electronic, electrnc, electronica, elecs
elektrotechnik: elektrotech, elektrotechn, elt
employment: empl
energy: enrgy, engy
engineering: eng, engg, engr, engrg, engnrng, enginering, eng g, engin
engineers: engrs, engs, engnrs, engineer
enterprises: ent, ents, entp, entpr, enterprise, entps, entrprs, enterprizes
entertainment: entmt, entertainments
environmental: env, envir, environ, envtl
equipment: equip, equipt, eqpt, equipments, eqp, equipement
establishment: estab, establishments
estates: est, ests, estate
exchange: exch
export: exp, exports, expt
express: xpress, exprs
fabrication: fab, fabr, fabs, fabrications
facilities: facs
family: fam
fifth: 5th
first: 1st
fourth: 4th
second: 2nd
seventh: 7th
sixth: 6th
third: 3rd
twentieth: 20th
fashion: fashions
federal: fed, fedl
federation: fedn
finance: fin, finances
food: foods, fds
foundation: fdn, fndn, found, fondation
furniture: furn, furnitures
garage: garages
gas: gaz
general: genl, generale
global: glob, globl
government: govt, gov, gvt, govmt
graphics: graphic
group: grp, gp, groupe, gruppe, grupo, gruppo, groep, grpe, groups
handel: hdl, handels
hardware: hdwr, hdwe, hw
health: hlth
healthcare: health care
heating: htg
heights: hts
holding: hldg, hldgs, holdings, hdg, hdgs, holdg, hldngs
hospital: hosp, hosps, hopital
hotel: hotels, htl, hotl
house: hse
housing: hsg
import: imp, imports
import export: impex, imp exp, impexp, exim, import and export, imports exports
industrial: indl, indstl, indus
industries: ind, inds, indust, industrias, industrie, indstrs, indus tries, indstr
information: info, informatn
infrastructure: infra, infrastruct
ingenieurburo: ingenieurbuero, ing buro, ing buero, ingburo, ib
innovation: innov, innovations
institute: inst, instit, institut, instituto
instruments: instr, instrs, instrument
insurance: ins, insur, insce
international: intl, int l, int, internat, intern, intnl, internatl, inter, itl, internationale
  internacional, internazionale, internationaal, intrnl, intnatl, internatonal, intenational
  internationl, intrntnl
investments: inv, invs, invest, invt, investment, invts, invmt
jewellery: jewellers, jewels
kitchen: kitchens
labor: labour
laboratories: lab, labs, labor atories, laboratoires, laboratorios, labortrs
leasing: lsg
library: lib
lines: line
logistics: log, logis, logist, logistic, logistica, lgstcs, logstcs
machines: mach, machine, mchn, machs, mchnry
machine tools: machinetools
maintenance: maint, mtce, mntnce, maintenanc
management: mgmt, mgt, mgnt, mangt, managment, managemnt, mngmt, mgm, mngt
manufacturers: mfrs, mfr, manufacturer, manufctrs
manufacturing: mfg, mfring, manuf, manf, manufact, manufg, mftg, mnfg, manufcturing, mfgs, manu
maritime: marit
market: mkt, mkts, markets, markt, mrkt
marketing: mktg, mkting, marktg, mrktg, mkg
maschinenbau: maschb, masch bau, mbau
materials: matls, mats, mat, mtrls, material, mtls
mechanical: mech, mechl, mechan
medical: med, medl, medi, medicals, medic, medicale, medica
memorial: meml, mem
merchants: mchts, merchant
metal: metals, met, metall, metl
middle: mid
motors: mtrs, motor, mot, mtr
mount: mt
municipal: mun, munic
national: natl, nat l, nat, nationale, nacional, nazionale, nationaal, ntnl, natnl
network: netwk, ntwk, networks, netwrk
north: nord, norte, noord, northern
office: off, offices, ofc
organization: org, organisation, organiz, organizations, organisations, organizacion
  organizzazione, orgn
packaging: pkg, pkgs, pckg, pack, packagings, pkging, packging
partners: ptnrs, ptrs, prtnrs, partner, ptnr, pts
parts: pts s
performance: perf
petroleum: petrol, petro, pet, petrolm
pharmaceuticals: pharm, pharma, pharms, pharmaceutical, pharmac, pharmaceuticls, phrm
photography: photo, photog
plastics: plastic, plast, plstcs, plasticos
plumbing: plbg, plumb, plmbg
power: pwr
precision: prec, precn
printing: print, prtg, prntg
products: prod, prods, prd, product, prdts, produits, productos, prdcts
production: prodn, prodctn, productions, produktion
professional: prof, profl
projects: proj, projs, project
properties: prop, props, ppty, prpts, propts
publications: publ, pubs
publishing: pubg
quality: qlty
railway: rail, rlwy, rly, railways
real estate: realestate
recycling: recyc
refrigeration: refrig, refrign, refrg
regional: regl
research: res, rsch
resources: rsrcs, resource, resourc
restaurant: rest, restaurants, restr, restrnt, restaurante, restaurnt
retail: rtl
sales: sls
sanitaer: sanitar, sanit
sanitaer heizung klima: shk
school: sch, schl, schools
science: sci, sciences, scien
securities: secs, securs
security: sec, secur, scty, securite
service: serv, svc, svcs, servs, services, srv, srvcs, srvs, svs, servcs, srvc, serv ices, servc
shipping: shpg, shppng
shop: shops
society: soc, ste, societe, societa
software: sw, sftwr, softw
solutions: sol, soln, solns, sols, solution, solutns, sltns, sltn
son: sohn, fils, hijo, figlio, zoon, zn
sons: sohne, soehne, hijos, figli, zonen, sns
south: sud, sur, zuid, southern
specialists: spec, specs, specialist, splst
spedition: sped, spedn
st: saint, st s, sankt, sainte, snt, sant
stahlbau: stahlb
standard: std, stds
station: stn, sta
steel: steels, stl
storage: stge, stor
stores: store, strs, str
studio: studios
supplies: supp, supps, suppl, supls, suppls, supl
suppliers: supplrs
support: suppt
surgical: surg
systems: sys, syst, systs, system, sysytems, systms, systeme, systemes, stms
technical: tecl
technik: techn, tchnk
technologies: tech, technol, techno, technols, techs, tchnlgs, technologie, technologien, technlgs
  technolgies, tec, tek
telecommunications: telecom, telecoms, telecomm, telecomms, tel, tele, telco
textiles: text, tex, textile, txtls
tools: tool
tourism: tour, tourist, tours, tourisme
traders: trdrs, trader, trds
trading: trad, trdg, tradg, trdng, trg
training: trng, trg n
transport: transp, trans, trpt, trspt, transports, transporte, transpt, trnsp, tpt, trnsprt
  trnspt, transpn
travel: trvl, travels
united: utd, untd
united states: us, usa
university: univ, uni, universite, universita
vehicles: veh, vehs, vehicle
ventures: vent, venture, vntrs
verwaltung: verw, verwaltungs, verwalt
vertriebs: vertr
veterinary: vet
warehouse: whse, wrhse, wh, whs
water: wtr
wholesale: wsale, whsl, wholsale, whlsl, whsle
windows: window
women: womens
wood: woods
work: works, wks
world: wrld
worldwide: ww, world wide
year: yr, years
supply: sply, suply, supl
mobel: moebel
losungen: loesungen
universitat: universitaet, uni
gebaude: gebaeude
backerei: baeckerei
kalte: kaelte
kaltetechnik: kaeltetechnik
gebaudetechnik: gebaeudetechnik
kuchen: kuechen
buro: buero
reiseburo: reisebuero
getranke: getraenke
geratebau: geraetebau
prazision: praezision
gebaudereinigung: gebaeudereinigung
forderung: foerderung
grosshandel: grosshdl
prazisionstechnik: praezisionstechnik
sudwest: suedwest
suddeutsche: sueddeutsche
ernahrung: ernaehrung
einkaufsburo: einkaufsbuero
sanitartechnik: sanitaertechnik
gaststatte: gaststaette
warme: waerme
warmetechnik: waermetechnik
stadtwerke: stadtwerk
architekten: architekt
kunststoffe: kunststoff
versicherung: versicherungen, vers
verpackungen: verpackung
dienstleistungen: dienstleistung, dienstl
werkzeuge: werkzeug
immobilien: immob, immo
medizintechnik: medtech
apotheke: apoth
transportation: transportn
consultants: consultant
printers: printer
druckerei: druck
""")

# Where a company is or a part of it: tokens of place and branch, split off from the name.
BRANCH_WORDS = phrases("""
  branch, branches, branch office, brch, niederlassung, niederlassungen, ndl, zweigniederlassung
  zweigstelle, zndl, zwnl, filiale, filialen, succursale, succursales, sucursal, sucursales, sede
  sede secondaria, unita locale, filial, vestiging, bijkantoor, standort, betriebsstatte
  betriebsstaette, geschaftsstelle, geschaeftsstelle, hauptverwaltung, hauptsitz, zentrallager
  aussenstelle, verkaufsburo, verkaufsbuero, vertriebsburo, vertriebsbuero, regionalburo, entrepot
  etablissement secondaire, point de vente, siege, siege social, agence de, depot, depots, store
  shop, outlet, site, plant, factory, warehouse, distribution center, distribution centre
  fulfillment center, fulfilment centre, office, offices, head office, headquarters, hq
  regional office, zonal office, registered office, corporate office, sales office, area office
  department, dept, abteilung, abt, division, div, unit, location, campus, terminal, showroom
  workshop, godown, c/o, c o, care of, zhd, z hd, zu handen, attn, attention, fao, a l attention de
  accounts payable, ap dept, accounts dept, accounts department, purchasing, purchasing dept
  procurement dept, einkauf, buchhaltung, invoicing, lieferadresse, warenannahme, comptabilite
  service achats, establecimiento, almacen, tienda, delegacion, stabilimento, magazzino, negozio
  magazijn, afdeling, afd, oddzial, pobocka, provozovna, telephely, fioktelep, filijala, podruznica
  predstavitelstvo, representative office, rep office, liaison office, kiosk, counter, stall
""")

# A level above the legal entity: related, never merged on it alone.
GROUP_WORDS = words("""
  group holding holdings gruppe groupe grupo gruppo groep grp hldg hldgs konzern
  unternehmensgruppe global
  worldwide international intl europe emea apac asia beteiligung beteiligungen beteiligungs
  verwaltung
  verwaltungs management invest investments capital ventures properties jituan konsern grupa
""")

# Safe in persons' names too: no single letter (it is an initial), no surname such as Das or Lo.
STOP_WORDS = words("""
  the and und et of for at by de la le les des du der die dem el los las il gli het een och og dos
  fur fuer pour per para por con mit
""")

# A company's name with such a word more is likely another legal entity of one group, in another
# country or the next of a series, and not the same one said at greater length.
SISTER_WORDS = words("""
  ii iii iv vi vii viii ix uk gb usa america americas canada mexico brasil brazil europe eu emea
  apac asia africa china india japan korea singapore malaysia thailand vietnam australia
  deutschland
  germany france espana spain iberica iberia italia italy nederland netherlands benelux belgium
  belgique schweiz suisse switzerland austria osterreich oesterreich polska poland russia turkey
  dubai arabia nordic scandinavia sverige danmark norge suomi portugal ireland scotland wales
  europa overseas north south east west central northeast northwest southeast southwest midwest
  nordost nordwest sudost sudwest ost est ouest oost este oeste immobilien immobilier immobiliere
  immobiliaria
""")
