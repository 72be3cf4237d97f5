"""Words of company names that say little, and those that are one word written otherwise."""

from collections.abc import Mapping

from mastersync.domain.resolution.vocabulary.tables import by_spelling, phrases, words
from mastersync.domain.resolution.vocabulary.trade_words import GENERIC_WORDS

__all__ = [
    "BRANCH_WORDS",
    "GENERIC_WORDS",
    "GROUP_WORDS",
    "NUMBER_WORDS",
    "STOP_WORDS",
    "TRADE_SYNONYMS",
]

# One word of trade, written otherwise. The right side is what all are compared as.
TRADE_SYNONYMS: Mapping[str, str] = by_spelling("""
academy: acad, academie, akademie, academia, accademia
accounting: acctg, accountancy, accts
administration: admin, adm, admn
advertising: advtg, advt, adverts
agency: agcy, agencies, agentur, agence, agencia, agenzia
agriculture: agri, agric, agricultural, agro
airlines: airline, airways
aluminium: aluminum, alu, alum
american: amer
and: und, et, och, og, plus
apartments: apts
architects: archs, architekten, architectes, arquitectos, architetti, architecten
associates: ass, assoc, assocs, associate, associated, assocts, asso, associados, associati
  associes, asociados
association: assn, assoc n, asso n
automation: autom
automobile: automobiles, autos, automobil
automotive: autom otive
bank: banca, banco, banque, bk, bnk
bakery: backerei, baeckerei, boulangerie, panaderia, bakkerij, panificio
brothers: bros, bro, brother, gebruder, gebrueder, gebr, freres, frs, hermanos, hnos, fratelli
  flli, f lli, gebroeders, geb
building: bldg, bldgs, buildings, bldng
builders: bldrs, builder
business: bus, bsns, businesses
capital: cap, cptl
care: careservice
center: centre, ctr, cntr, cntre, centers, centres, centro, zentrum, centrum
central: centr, cent, zentral, centrale
chemicals: chem, chems, chemical, chemie, chimie, quimica, chimica, chmcls
cleaning: clng, reinigung
college: coll, clg
commercial: comm, comml, coml, commerciale, comercial
commission: commn
communications: comms, communication, commun, commns, kommunikation, comunicaciones
community: cmty, commty
computers: computer, comp, comptrs, cptr
construction: constr, const, constn, cons, constructions, constrctn, construct, construcciones
  costruzioni, cnstr
constructors: constrs
consulting: conslt, conslting, consultancy, consultants, consultant, consult, cons ult, consltg
  consltants, beratung
  conseil, conseils, consultores, consulenza, advies
contractors: contrs, contractor, contr, contrctrs
contracting: contrg
control: ctrl, controls, ctl
cooperative: coop, co op, cooperativa, genossenschaft
corporate: corporte
council: cncl
county: cnty
credit: cr
customs: cstms
data: daten
dental: dentl, dent
department: dept, dep, depto, dpt
design: designs, dsgn, desgn, diseno
development: dev, devt, devel, dvlpt, developments, developpement, desarrollo, entwicklung
  sviluppo, developers, dvlpmt
distribution: dist, distr, distrib, distn, distbn, distributions, distribucion, distribuzione
  distributing
distributors: dists, distrs, distributor, distbs, distribs, distribuidora
district: dstrct
division: div, divn
drugs: drug
education: edu, educ, edn, educational, educatn
electric: elec, elect, electr, electrical, electricals, elecl, elektro, elektr, elektrik
  electrique, electrica, elettrica
  electro, elettro
electronics: electron, electronic, elektronik, electrnc, electronique, electronica, elettronica
  elecs, eltx
elektrotechnik: elektrotech, elektrotechn, elt
employment: empl
energy: enrgy, energie, energia, energies, engy
engineering: eng, engg, engr, engrg, engnrng, enginering, eng g, engin, ingenierie, ingenieria
  ingegneria, ingenieure, ing
engineers: engrs, engs, engnrs, engineer
enterprises: ent, ents, entp, entpr, enterprise, entps, entrprs, enterprize, enterprizes
entertainment: entmt, entertainments
environmental: env, envir, environ, environment, envtl, environnement
equipment: equip, equipt, eqpt, equipments, eqp, equipement
establishment: estab, establishments
estates: est, ests, estate
exchange: exch
export: exp, exports, expt
express: xpress, exprs
fabrication: fab, fabr, fabs, fabrications, fabricators
facilities: facs, facility
family: fam, familie
fashion: fashions
federal: fed, fedl
federation: fedn
finance: fin, financial, finl, finances, financials, finanz, finanzen, financiera, fncl
food: foods, fds, foodstuffs, alimentos, alimentari, lebensmittel
foundation: fdn, fndn, found, fondation, fundacion, fondazione, stiftung
furniture: furn, furnitures, mobel, moebel, meubles, muebles, mobili
garage: garages
gas: gaz
general: genl, generale
global: glob, globl
government: govt, gov, gvt, govmt
graphics: graphic, gfx
group: grp, gp, groupe, gruppe, grupo, gruppo, groep, grpe, groups
handel: hdl, handels, handelsges
hardware: hdwr, hdwe, hw
health: hlth, gesundheit, sante, salud
healthcare: health care
heating: htg, heizung, chauffage
heights: hts
hire: hiring
holding: hldg, hldgs, holdings, hdg, hdgs, holdg, hldngs
hospital: hosp, hosps, krankenhaus, hopital
hotel: hotels, htl, hotl
house: hse
housing: hsg
import: imp, imports
import export: impex, imp exp, impexp, exim, import and export, imports exports
industrial: indl, indstl, indus
industries: ind, inds, industry, indust, industria, industrias, industrie, indstrs, indus tries
  indy, indstr
information: info, informatn
infrastructure: infra, infrastruct
ingenieurburo: ingenieurbuero, ing buro, ing buero, ingburo, ib
innovation: innov, innovations
institute: inst, instit, institut, instituto, istituto, institution
instruments: instr, instrs, instrument
insurance: ins, insur, insce, assurance, assurances, seguros, versicherung, versicherungen
  assicurazioni, verzekeringen
international: intl, int l, int, internat, intern, intnl, internatl, inter, itl, internationale
  internacional, internazionale
  internationaal, intrnl, intnatl, internatonal, intenational, internationl, intrntnl
investments: inv, invs, invest, invt, investment, invts, investissement, inversiones
  investimenti, invmt
jewellery: jewelry, jewellers, jewelers, jewels
kitchen: kitchens
labor: labour
laboratories: lab, labs, laboratory, labor atories, laboratoire, laboratoires, laboratorios
  laboratori, labortrs
landscaping: landscapes, landscape
leasing: lsg
library: lib
lines: line
logistics: log, logis, logist, logistic, logistik, logistique, logistica, logistiek, lgstcs
  logstcs
machines: mach, machine, machinery, mchn, machs, maschinen, maquinaria, macchine, mcy, mchnry
machine tools: machinetools, werkzeugmaschinen
maintenance: maint, mtce, mntnce, maintenanc
management: mgmt, mgt, mgnt, mangt, managment, managemnt, mngmt, mgm, mngt, gestion
manufacturers: mfrs, mfr, manufacturer, manufctrs
manufacturing: mfg, mfring, manuf, manf, manufact, mfgr, manufg, manufacture, mftg, mnfg
  manufcturing, mfgs, manu
maritime: marit
market: mkt, mkts, markets, markt, mrkt
marketing: mktg, mkting, marktg, mrktg, mkg
maschinenbau: maschb, masch bau, mbau
materials: matls, mats, mat, mtrls, material, mtls, baustoffe
mechanical: mech, mechl, mechan
medical: med, medl, medi, medicals, medic, medizin, medicale, medica
memorial: meml, mem
merchants: mchts, merchant
metal: metals, met, metall, metalle, metaux, metales, metalli, metl
middle: mid
motors: mtrs, motor, mot, mtr, motoren
mount: mt
municipal: mun, munic
national: natl, nat l, nat, nationale, nacional, nazionale, nationaal, ntnl, natnl
network: netwk, ntwk, networks, netwrk
north: nord, norte, noord, northern
office: off, offices, ofc, buro, buero, bureau, oficina, ufficio, kantoor
organization: org, organisation, organiz, organizations, organisations, organizacion
  organizzazione, orgn
packaging: pkg, pkgs, pckg, pack, packagings, pkging, packging, verpackung, verpackungen
  emballage, emballages, envases
  imballaggi, verpakking
partners: ptnrs, ptrs, prtnrs, partner, ptnr, pts, partnership, partnerschaft, partenaires
parts: pts s
performance: perf
petroleum: petrol, petro, pet, petrolm
pharmaceuticals: pharm, pharma, pharms, pharmaceutical, pharmac, pharmaceuticls, phrm
pharmacy: pharmacie, farmacia, apotheke, apotheek
photography: photo, photog
plastics: plastic, plast, plstcs, kunststoffe, plastiques, plasticos
plumbing: plbg, plumb, plmbg, plumbers
power: pwr
precision: prec, precn, prazision, praezision
printing: print, prtg, prntg, printers, druck, druckerei, imprimerie, imprenta, tipografia
  drukkerij
products: prod, prods, prd, product, prdts, produkte, produits, productos, prodotti, producten
  prdcts
production: prodn, prodctn, productions, produktion
professional: prof, profl
projects: proj, projs, project
properties: prop, props, property, ppty, prpts, propts, prpty
publications: publ, pubs
publishing: pubg, publishers, verlag, editions
quality: qlty
railway: rail, rlwy, rly, railways
real estate: realestate, realty, immobilien, immobilier, inmobiliaria, immobiliare, vastgoed
  makelaardij
recycling: recyc
refrigeration: refrig, refrign, refrg
regional: regl
research: res, rsch
resources: rsrcs, resource, resourc
restaurant: rest, restaurants, restr, restrnt, resto, ristorante, restaurante, restaurnt
retail: rtl
sales: sls, vertrieb
sanitaer: sanitar, sanitaire, sanit
sanitaer heizung klima: shk
school: sch, schl, schools, schule, ecole, escuela, scuola
science: sci, sciences, scien
securities: secs, securs
security: sec, secur, scty, sicherheit, securite, seguridad, sicurezza
service: serv, svc, svcs, servs, services, srv, srvcs, srvs, svs, servcs, srvc, servicios
  servizi, serv ices, servc
  dienstleistungen, dienste, diensten
shipping: shpg, shppng
shop: shops, shoppe
society: soc, ste, societe, sociedad, societa
software: sw, sftwr, softw
solutions: sol, soln, solns, sols, solution, solutns, sltns, loesungen, losungen, soluciones
  soluzioni, sltn
son: sohn, fils, hijo, figlio, zoon, zn
sons: sohne, soehne, hijos, figli, zonen, sns
south: sud, sur, zuid, southern
specialists: spec, specs, specialist, splst
spedition: sped, spedn
st: saint, st s, sankt, sainte, snt, sant
stahlbau: stahlb
standard: std, stds
station: stn, sta
steel: steels, stl, stahl, acier, aceros, acciaio, staal
storage: stge, stor
stores: store, strs, str
studio: studios
supplies: supp, supps, suppl, sply, supply, supls, suppls, suply, supl, splys
suppliers: supplrs
support: suppt
surgical: surg
systems: sys, syst, systs, system, sysytems, systms, systeme, systemes, sistemas, sistemi
  systemen, stms
technical: tecl
technik: techn, tchnk
technologies: tech, technol, technology, techno, technols, techs, tchnlgs, technologie
  technologien, tecnologia, tecnologias
  tecnologie, technlgs, technolgies, tec, tek, teknologi
telecommunications: telecom, telecoms, telecomm, telecomms, tel, tele, telco, telekom
  telekommunikation, telecomunicaciones
textiles: text, tex, textile, textil, txtls, tessili, textiel
tools: tool, werkzeuge, werkzeug, outils, herramientas, utensili
tourism: tour, tourist, tours, touristik, tourisme, turismo
traders: trdrs, trader, trds
trading: trad, trdg, tradg, trdng, trade, trades, trg
training: trng, trg n
transport: transp, trans, trpt, trspt, transports, transportation, transporte, transportes
  trasporti, transpt, trnsp, tpt
  trnsprt, trnspt, transpn
travel: trvl, travels, reisen, reisebuero, reiseburo, voyages, viajes, viaggi, reizen
united: utd, untd
united states: us, usa
university: univ, uni, universitat, universitaet, universite, universidad, universita
  universiteit, univers
vehicles: veh, vehs, vehicle
ventures: vent, venture, vntrs
verwaltung: verw, verwaltungs, verwalt
vertriebs: vertr
veterinary: vet
warehouse: whse, wrhse, warehousing, wh, whs, lagerhaus
water: wtr
wholesale: wsale, whsl, wholsale, wholesalers, whlsl, grosshandel, groothandel, ingrosso, whsle
windows: window, fenster
women: womens
wood: woods
work: works, wks
world: wrld
worldwide: ww, world wide
year: yr, years
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

NUMBER_WORDS: Mapping[str, str] = by_spelling("""
0: zero
1: one, first, 1st, eins, ein, erste, erster, erstes, premier, premiere, primero, primera, primo
  prima, uno, eerste
2: two, second, 2nd, twice, zwei, zweite, zweiter, deux, deuxieme, dos, segundo, segunda, due
  secondo, twee, tweede
3: three, third, 3rd, drei, dritte, dritter, trois, troisieme, tres, tercero, tercera, tre, terzo
  drie, derde
4: four, fourth, 4th, vier, vierte, quatre, quatrieme, cuatro, quattro
5: five, fifth, 5th, funf, fuenf, funfte, cinq, cinquieme, cinco, cinque, vijf
6: six, sixth, 6th, sechs, sechste, seis, sei, zes
7: seven, seventh, 7th, sieben, siebte, sept, siete, sette, zeven
8: eight, eighth, 8th, acht, achte, huit, ocho, otto
9: nine, ninth, 9th, neun, neunte, neuf, nueve, nove, negen
10: ten, tenth, 10th, zehn, dix, diez, dieci, tien
11: eleven, eleventh, 11th, elf, onze, once, undici
12: twelve, twelfth, 12th, zwolf, zwoelf, douze, doce, dodici, twaalf
13: thirteen, thirteenth, 13th, dreizehn, treize
14: fourteen, fourteenth, 14th, vierzehn
15: fifteen, fifteenth, 15th, funfzehn
16: sixteen, sixteenth, 16th, sechzehn
17: seventeen, seventeenth, 17th
18: eighteen, eighteenth, 18th
19: nineteen, nineteenth, 19th
20: twenty, twentieth, 20th, zwanzig, vingt, veinte, venti, twintig
30: thirty, thirtieth, 30th, dreissig, trente
40: forty, fortieth, 40th, vierzig, quarante
50: fifty, fiftieth, 50th, funfzig, cinquante
60: sixty, 60th
70: seventy, 70th
80: eighty, 80th
90: ninety, 90th
100: hundred, 100th, hundert, cent
1000: thousand, tausend, mille, mil
""")
