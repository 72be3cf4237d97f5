"""Cities and regions that have several names, under the one that is most used in English."""

from collections.abc import Mapping

from mastersync.domain.resolution.vocabulary.regions import REGIONS, region_name
from mastersync.domain.resolution.vocabulary.tables import by_spelling

__all__ = ["CITIES", "CITY_FILLERS", "REGIONS", "region_name"]

# Exonyms, former names, transliterations, short forms and umlauts written with an e.
CITIES: Mapping[str, str] = by_spelling("""
aachen: aix la chapelle, aken, aquisgran
addis ababa: addis abeba
ahmedabad: amdavad, ahmadabad, a bad
alappuzha: alleppey
aleppo: halab
alexandria: alexandrie, iskandariya, al iskandariyah
algiers: alger, algier, argel
allahabad: prayagraj
almaty: alma ata, almati
amsterdam: a dam
antwerp: antwerpen, anvers, antwerp en, amberes
astana: nur sultan, akmola
athens: athen, athina, athinai, athenes, atene, atenas
aurangabad: chhatrapati sambhajinagar, sambhajinagar
baghdad: bagdad
baku: baki
bangkok: krung thep, krung thep maha nakhon, bkk
barcelona: barcelone, barcellona, bcn
basel: bale, basle, basilea, basel stadt
bayreuth: bayreut
beijing: peking, pekin, pechino, pei ching
beirut: beyrouth, bayrut
belfast: beal feirste
belgaum: belagavi
belgrade: beograd, belgrad
bellary: ballari
bengaluru: bangalore, bengalooru, banglore, bangaluru, bangalor, blr, bangalore urban
  bangalore city
berlin: berlino
bern: berne, berna
bhubaneswar: bhubaneshwar
biel: bienne, biel bienne
bijapur: vijayapura
bolzano: bozen
bratislava: pressburg, pozsony
braunschweig: brunswick
bremen: breme, brema
bressanone: brixen
brno: brunn, bruenn
bruges: brugge, brugges, brugs
brussels: bruxelles, brussel, bruessel, brussel bruxelles, bruxelles brussel, bruselas
bucharest: bucuresti, bukarest, bucarest
budapest: buda pest
buenos aires: caba, capital federal, ciudad autonoma de buenos aires
cairo: kairo, le caire, al qahirah, il cairo, el cairo
calicut: kozhikode
cape town: kapstadt, kaapstad, le cap
cardiff: caerdydd
cawnpore: kanpur, kanpur nagar
chemnitz: karl marx stadt
chennai: madras, chenai, chennnai
chisinau: kishinev, kischinau
chur: coire, coira
cluj napoca: cluj, klausenburg, kolozsvar
cochin: kochi, kochin, ernakulam
cologne: koln, koeln, colonia, colonia agrippina, keulen
coimbatore: kovai, coimbatur
constance: konstanz, konstanca
copenhagen: kobenhavn, koebenhavn, kopenhagen, copenhague, copenaghen, kobenhavn k, koebenhavn k
cordoba: cordova
cork: corcaigh
damascus: damas, damaskus, dimashq
danang: da nang
delhi: new delhi, n delhi, delhi ncr, old delhi, dilli, newdelhi, nai dilli, delhi ncr region
  delhi nct
derry: londonderry, l derry
dhaka: dacca
dnipro: dnepropetrovsk, dnipropetrovsk, dnepr
dresden: dresde, dresda
dublin: baile atha cliath
dubai: dubay, dubayy
dunkirk: dunkerque, duinkerke, dunkirchen
dusseldorf: duesseldorf, ddorf, d dorf, dusseldorf stadt
edinburgh: edimbourg, edimburgo, edinburg, dun eideann
essen: essen ruhr
florence: firenze, florenz, florencia
frankfurt: frankfurt am main, frankfurt main, frankfurt a m, frankfurt a main, ffm, francfort
  frankfurt m, francoforte, frankfort
  frankfurt am m, frankfurt upon main, frankfurtmain
freiburg: freiburg im breisgau, freiburg i br, freiburg breisgau, freiburg brsg
  fribourg en brisgau
fribourg: freiburg im uchtland, freiburg ch
fuerth: furth
galway: gaillimh
gdansk: danzig, dantzig
gdynia: gdingen
geneva: geneve, genf, ginevra, genevre, ginebra
genoa: genova, genua, genes
ghent: gent, gand, gante
giessen: giesen
gliwice: gleiwitz
gorlitz: goerlitz, zgorzelec
gothenburg: goteborg, goeteborg, gotenburg
gottingen: goettingen
groningen: groningue
guangzhou: canton, kwangchow, guang zhou
gulbarga: kalaburagi
gurgaon: gurugram, gurgoan
guwahati: gauhati
haifa: hefa, heifa
halle: halle saale, halle a d saale, halle an der saale, halle s
hamburg: hambourg, amburgo, hamburgo, hh
hanoi: ha noi
hannover: hanover, hanovre, hannovre, annover
havana: la habana, habana, la havane, havanna
helsinki: helsingfors
heraklion: iraklio, iraklion, irakleio
ho chi minh city: saigon, hcmc, ho chi minh, tp ho chi minh, thanh pho ho chi minh, tp hcm
  hcm city, hochiminh city
hong kong: hongkong, xianggang, hk, hkg, hong kong island, heung gong
hubli: hubballi, hubli dharwad
hue: thua thien hue
hyderabad: haidarabad, hydrabad, hyd, hyderbad
iasi: jassy
istanbul: constantinople, stambul, konstantinopel, stamboul, estambul
izmir: smyrna
jaipur: jeypore
jakarta: djakarta, dki jakarta, batavia
jalandhar: jullundur, jalandar
jeddah: jidda, jiddah, djeddah, jedda
jerusalem: yerushalayim, al quds, gerusalemme
johannesburg: jhb, joburg, jo burg, johannesberg
kaiserslautern: k lautern, klautern
kaliningrad: konigsberg, koenigsberg
kaohsiung: gaoxiong, kaohsiung city
karlovy vary: karlsbad, carlsbad cz
karlsruhe: carlsruhe
katowice: kattowitz
kaunas: kowno
kharkiv: kharkov, charkow, charkiw
klagenfurt: klagenfurt am worthersee
kolkata: calcutta, kalkata, kolkatta, calcuta
kollam: quilon
kosice: kaschau, kassa
kottayam: cottayam
krakow: cracow, krakau, cracovie, cracovia
kuala lumpur: kl, k l, wp kuala lumpur, wilayah persekutuan kuala lumpur
kyiv: kiev, kiew, kyyiv, kyjiw
la paz: chuquiago
la rochelle: larochelle
leghorn: livorno
leipzig: lipsia, lipsk
leuven: louvain, lowen
liege: luik, luttich, luettich
lille: rijsel, ryssel
limerick: luimneach
linz: linz donau, linz an der donau
lisbon: lisboa, lissabon, lisbonne, lisbona
ljubljana: laibach, lubiana
lodz: lodsch
london: londres, londra, greater london, city of london, london city, londen, ldn, inner london
los angeles: la, l a, losangeles, los angles
lubeck: luebeck, lubecca
lucerne: luzern, lucerna
ludwigshafen: ludwigshafen am rhein, ludwigshafen rhein, lu hafen
lugano: lauis
luneburg: lueneburg
luxembourg: luxemburg, letzebuerg, luxembourg ville, luxembourg city, ville de luxembourg
lviv: lvov, lemberg, lwow, lwiw
lyon: lyons, lione, lugdunum
madurai: mathurai
mainz: mayence, magonza
malmo: malmoe
mangalore: mangaluru, mangalor
mantua: mantova, mantoue
maribor: marburg an der drau
marrakesh: marrakech, marrakesch
marseille: marseilles, marsiglia, marsella
mecca: makkah, mekka, la mecque
mechelen: malines, mecheln
medina: al madinah, madinah
meissen: meisen
melbourne: melb, melbourne cbd, melbourne vic
memel: klaipeda
meran: merano
mexico city: ciudad de mexico, cdmx, mexico d f, mexico df, mexico city df, distrito federal
milan: milano, mailand, milaan
minsk: mensk
monchengladbach: moenchengladbach, mgladbach, m gladbach, munchengladbach
mons: bergen be
montreal: mtl, montreal qc
moscow: moskva, moskau, moscou, mosca, moscu
mulhouse: mulhausen, muelhausen
mulheim: mulheim an der ruhr, muelheim, muelheim an der ruhr, mulheim ruhr, muelheim ruhr
mumbai: bombay, mumbay, bombay mumbai, mumbai suburban, navi mumbai city, greater mumbai
  mumbai city, greater bombay
munich: munchen, muenchen, monaco di baviera, monaco of bavaria, mnichov, munchen stadt, mchn
  monachium
munster: muenster, muenster westf, munster westf, munster westfalen, muenster westfalen
muscat: maskat, masqat
mysore: mysuru
namur: namen
nancy: nanzig
nanjing: nanking, nanjin
naples: napoli, neapel, napels, napoles
nashik: nasik
navi mumbai: new bombay, new mumbai
neuchatel: neuenburg
new orleans: nola, la nouvelle orleans
new york: new york city, nyc, n y, n y c, newyork, manhattan, ny, new york ny, ny city, neuyork
newcastle: newcastle upon tyne, newcastle on tyne, newcastle tyne
nice: nizza, nizza fr
nicosia: lefkosia, lefkosa, nikosia, nicosie
nijmegen: nimwegen, nimegue
nis: nisch
noida: new okhla industrial development authority
novi sad: neusatz, ujvidek
nuremberg: nurnberg, nuernberg, norimberga, nurenberg, nbg
odesa: odessa, odesa ua
offenbach: offenbach am main, offenbach main, offenbach a m
oldenburg: oldenburg oldb, oldenburg i o, oldenburg in oldenburg
olomouc: olmutz, olmuetz
oostende: ostend, ostende
oporto: porto
osaka: ohsaka
oslo: kristiania, christiania
ottawa: otawa
padua: padova, padoue
pamplona: iruna, iruna pamplona
panaji: panjim
paris: parigi, parijs, paris cedex, pariz
philadelphia: phila, philly, philadelphie
phnom penh: pnom penh
pilsen: plzen
plovdiv: philippopolis
pondicherry: puducherry, pondy, pondichery
poznan: posen
prague: praha, prag, praga, praha 1
pune: poona, puna
rajahmundry: rajamahendravaram
rangoon: yangon
ratisbon: regensburg, ratisbonne
reims: rheims
rio de janeiro: rio, rio de janiero
riyadh: ar riyadh, riad, riyad, ryad
rome: roma, rom, rzym
rotterdam: r dam, rdam
saarbrucken: saarbruecken, sarrebruck
salonica: thessaloniki, saloniki, thessalonica, salonique
salzburg: salzbourg, salisburgo
san francisco: sf, s f, san fransisco, sanfrancisco, frisco
san sebastian: donostia, donostia san sebastian
sankt gallen: st gallen, saint gall, san gallo, saint gallen
santiago: santiago de chile
santiago de compostela: santiago compostela
sao paulo: s paulo, san pablo br, sampa
saragossa: zaragoza, saragosse
sarajevo: sarajewo
seoul: soul, seul, seoul si
seville: sevilla, sevilha, siviglia
shanghai: schanghai, shang hai
shenyang: mukden
shenzhen: shen zhen, shumchun, shenzen
shimla: simla
shivamogga: shimoga
sion: sitten
siracusa: syracuse it, syrakus
skopje: skoplje, uskub
sofia: sofija, sofiya
solothurn: soleure
st johns: saint johns
st louis: saint louis, st louis mo, stlouis
st paul: saint paul
st petersburg: saint petersburg, sankt peterburg, leningrad, petrograd, sankt petersburg
  saint petersbourg, san pietroburgo, peterburg
  spb, s petersburg, sanktpeterburg
stettin: szczecin
stockholm: stoccolma, estocolmo
strasbourg: strassburg, strasburgo, strasburg, estrasburgo
stuttgart: stoccarda, stutgart
suzhou: soochow
sydney: syd ney, sidney au, sydney cbd, sydney nsw
taipei: taibei, taipeh, taipei city
tallinn: reval
tangier: tanger, tangiers, tanja
taranto: tarent
tashkent: toshkent, taschkent
tbilisi: tiflis
tehran: teheran, tehran city
tel aviv: tel aviv yafo, tel aviv jaffa, tlv
the hague: den haag, s gravenhage, sgravenhage, la haye, la haya, l aja
thanjavur: tanjore
thiruvananthapuram: trivandrum, tvm, trivendrum
thoothukudi: tuticorin
thrissur: trichur
tianjin: tientsin, tien tsin
timisoara: temesvar, temeschwar, temeswar
tiruchirappalli: trichy, tiruchy, trichinopoly, tiruchirapalli
tirunelveli: tinnevelly
tokyo: tokio, toquio
torun: thorn
toulouse: tolosa, tolouse
tournai: doornik
trento: trient, trente
trier: treves, treveri
trieste: triest, trst
tripoli: tarabulus
trondheim: drontheim, nidaros
tubingen: tuebingen
tumkur: tumakuru
turin: torino, turijn
turku: abo
udaipur: oodeypore
vadodara: baroda, vadodra, badodara
valencia: valence es, valencia es, valenza
varanasi: benares, banaras, kashi
venice: venezia, venedig, venise, venecia, venetie
vienna: wien, vienne at, viena, wenen, bec, vieden, becs
vijayawada: bezawada
vilnius: wilna, wilno, vilna
visakhapatnam: vizag, vishakhapatnam, waltair, visakapatnam
vlissingen: flushing nl
vologda: wologda
volgograd: stalingrad
vyborg: wiborg, viipuri
warsaw: warszawa, warschau, varsovie, varsavia, varsovia
washington: washington dc, washington d c, wash dc
wroclaw: breslau
wuerzburg: wurzburg, herbipolis
xiamen: amoy
xian: xi an, sian, hsian
yekaterinburg: ekaterinburg, jekaterinburg, sverdlovsk
yerevan: erevan, eriwan, jerewan
ypres: ieper, ypern
zagreb: agram
zhengzhou: chengchow
zurich: zuerich, zurigo, zurych, zh
""")

# What stands behind a city and is not part of its name.
CITY_FILLERS = frozenset(
    [
        *(
            "cedex",
            "city",
            "town",
            "district",
            "dist",
            "distt",
            "county",
            "region",
            "metro",
            "village",
        ),
        *(
            "cdx",
            "capital",
            "stadt",
            "landkreis",
            "kreis",
            "greater",
            "area",
            "suburb",
            "hq",
            "urban",
        ),
        *(
            "rural",
            "taluk",
            "taluka",
            "tehsil",
            "mandal",
            "municipality",
            "cbd",
            "borough",
            "township",
        ),
    ]
)
