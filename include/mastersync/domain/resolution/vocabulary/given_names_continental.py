"""Given names of German, French, Spanish and Italian, with their forms."""

# A line is one name and what else it is written; see tables.entries.
TABLE = """
ulrich: uli, ulli, udo, ulrik, ulric, ueli, ulricus
ulrike: uli, ulla, rike, ulrika
wolfgang: wolf, wolfi, wolfram
joachim: jochen, achim, joaquin, gioacchino, jo, joaquim, jochem, jokim, jakim, quim, kim, juchem
sigmund: sigi, siggi, siegmund, sigismund, zygmunt, sigismondo
siegfried: sigi, siggi, sigfrid, sigurd
gottfried: friedel, gottlieb
manfred: fred, manni, manfredo, fredi
gunther: gunter, guenther, guenter, gunnar, guntram, guntur
dieter: dietrich, diether, didi, diederik, dirk, dietmar, theoderich, derek, dierk, till
egon: eginhard
eberhard: ebbo, hardy, everhard, evert
ewald: waldi
gerhard: gerd, hardy, gert, gerrit, gerardo
gisela: gisa, gizela, giselle, gisele
hildegard: hilde, hilda, hildegarde
hannelore: hanne, lore, hanni, hannah
heidemarie: heidi, heidrun
adelheid: heidi, heide, adele, adelaide, alida, adelaida
helmut: hellmut, helmuth, hellmuth
herman: hermann, armando, ermanno, armand, germain, harm, german
horst: hotte
ingeborg: inge, inga, inger, ingrid, inka
jurgen: juergen, jorg, joerg
karl heinz: karlheinz, kalle
klaus dieter: klausdieter
liselotte: lilo, lieselotte, lotte, lisel
ludwig: lutz, luggi, lui, ludvig
lothar: lotar, luther, lotario
marlene: leni, lene, marlena, marleen
norbert: nobby, norberto, bert
otto: ottone, odo, udo, othon, oddo, otton
rainer: reiner, reinhard, rene, rainier, ranieri, reinier, rayner
reinhard: hardy, reiner, reinhart, rinaldo, reinhardt
rolf: rudolf, roelof, rollo
rosalia: rosl, rosalie, lia
ruth: rut, ruthie
sebastian: wastl, basti
silke: celia, silka, cecilia
sabine: bine, sabina, savina, bina
susanne: sanne, susi
theodora: thea, dora, teodora, fedora, dorothea
thorsten: torsten, thorstein, torstein
ute: uta, oda
volker: folker, volkert, volkmar
walburga: burgi, wally, walpurga
waltraud: traudl, waltraut, traude
wilhelmina: minna, mina, wilma, willa, helma, wilhelmine, willemijn, guillermina, mien
  guglielmina, vilma
xaver: xavier, javier, saverio, saviero, xabier, ksaver, xavi
genevieve: ginette, gen, jenny, genoveva, vivi, genovefa
guy: guido, vito, wido, vid
yves: ivo, ives, ivon, yvon, erwan
gilles: gil, egidio, egidius, giles, gill, aegidius
thierry: dietrich, theodoric, terry
andree: andrea, dede
jean baptiste: jeanbaptiste, jb, giambattista, jan baptist
jean claude: jeanclaude, jc
jean pierre: jeanpierre, jp
jean francois: jeanfrancois, jf
jean luc: jeanluc, jl
jean paul: jeanpaul, jp, gian paolo, gianpaolo, giampaolo, juan pablo
jean marc: jeanmarc, jm
jean michel: jeanmichel, jm
jean louis: jeanlouis, jl, gianluigi, juan luis
jean jacques: jeanjacques, jj
marie claire: marieclaire
marie france: mariefrance
marie therese: marietherese, maria teresa, marite, maite
marie louise: marielouise, maria luisa, marilou, marlies
anne marie: annemarie, ann marie, annamaria, anna maria, ana maria, anamaria
juan carlos: juanca, jc
jose maria: chema, josemaria, jm
jose luis: pepelu, joselu, jl
maria jose: majo, pepa, mariajose
maria carmen: maricarmen, mari carmen, maria del carmen, carmen
concepcion: concha, conchita, conchi, concetta, cettina
consuelo: chelo, consolacion
dolores: lola, lolita, loli, dolly, addolorata, doloris
encarnacion: encarna
enrique: quique, kike, enric, rique
esperanza: speranza, hope, nadezhda
ernestina: erna, tina, ernestine
eugenia: genie, xenia, evgenia, yevgenia, evgeniya, yevheniya, zhenya, eugenie
felix: felice, feliks, felicio, feliz
ferdinand: fernando, ferdinando, fernand, ferdi, nando, hernando, hernan, ferran, fernao, ferdy
fernanda: nanda, ferdinanda
graciela: grace, chela, grazia, graciana, gracie
grace: gracie, grazia, gracia, graziella
guadalupe: lupe, lupita
ignacia: nacha
jesus: chucho, chuy, jesse, gesu, isa
jorge: coque, koke
leonardo: leo, nardo, dino
manuel: manolo, manny, manu, emanuel, emmanuel, emanuele, manoel, immanuel, manuele, lolo, imanuel
  manel, emmanouil, manolis
manuela: manoli, emanuela, emmanuelle, manola, emmanuela
mercedes: merche, meche, merce
montserrat: montse
pilar: pili, pilarica
rafaela: rafi, raffaella, raphaela, raffaela, rafaella
ramona: mona, moni
rosario: charo, chayo, rosy
salvador: salva, salvatore, chava, toto, turi, sal
santiago: santi, yago, tiago, diego, chago, jaime, sant iago
soledad: sole, marisol
teodoro: teo, doro
tomas: tomasito
trinidad: trini
vicente: chente, vicent
alberto: beto, berto, tito
alfonso: poncho, alonso, alphonse, alfons, fons, alphonso, afonso, fonsi, alphons, alfonzo
amedeo: amadeus, amadeo, amadeu
aurelio: aurel, aurelien, aurelius, orelio
camilla: camille, camila, milla, kamila, kamilla
carmela: carmen, carmelina, melina, carmel, carmine
carmine: carmelo, melo
claudio: claude, klaudius, claudius, klaudio, claud
claudia: claudine, klaudia, claudette, claudie
clemente: clemens, clement, klemens, kliment, klim
corrado: konrad, conrad, kurt, curt, kunz, konstantin konrad, kord, conny, radko
cosimo: cosmo, cosmas, kosmas, cosme
domenica: mimma, dominga, dominica, dominika
donato: donatien, donat, donatus
eleonora: norina, leonor, nora
emilio: emil, emile, emiliano, milo, emilian
ettore: hector, hektor, ektor
eva: eve, evita, ewa, yeva, evi, havva, hawa, ieva, chava
fabio: fabian, fabiano, fabien, fabius, fabijan
filomena: mena, philomena, filo
flavio: flavius, flavien
franco: francesco
gaetano: tano, caetano, kajetan, cayetano, gaetan
gennaro: jenaro, rino, januarius
giacinto: jacinto, hyacinthe, jacek, jacint
gianfranco: gian francesco, giovanni francesco
gianluca: gian luca, giovanni luca
gianmarco: gian marco, giammarco
giorgia: georgia, georgina, georgette, jorgina, gina, georgie
graziano: gratien
gregoria: goya
guglielmo: memmo, william
iolanda: yolanda, yolande, jolanda, jolanthe, jola, jolanta, violante
isabel: isa, belen, chabela, bella, belle
lucia: lucy, lucija
luigia: luigina, gina, luisella, louise
marcella: marcela, marcelle, marcelina, celina
mario: marius, marios, mariusz
marcia: marzia, marsha
michela: michelle, micaela, michaela, mikaela, miguela, mihaela, shelly, micha, mischa, michal
  michele, chelle
nicoletta: nico, coletta
orazio: horace, horatio, horacio, horatius
ottavio: octavio, octave, octavian, octavius, oktawian
pasquale: pascal, pascual, pasqualino, paschalis, lino, pascoal
patrizia: patti
renato: rene, renatus, renat, renaud
renata: renate, renee, rena, nata
rocco: rochus, roque, roch, rocky, rok
rosaria: sara, rosarina
ruggiero: ruggero, roger
sergio: serge, sergei, sergey, sergej, serhii, serhiy, sergiy, sergius, sergejs, siarhei, sergii
  sergi, serguei, syarhey, sergo, seryozha, serega, serghei, serj
stefania: stefi
tiziano: titian, titien, tizian, titus, tito
ugo: hugo
umberto: humbert, humberto, berto, umbe
valentina: vale, valentine, walentyna, valya, tina
valentino: valentin, vale, valentyn, walenty, valentim, valintin
valerio: valery, valeri, valeriy, valerii, valere, valerian, valeriano, walerian, valerij
virgilio: virgil, gilio, virgile, vergil
vitale: vital, vitali, vitaly, vitaliy, vidal, vitalii, vitalij, vitalis, vitus
viviana: vivian, vivien, vivienne, viv, bibiana, viviane, vivi, bibi
"""
