"""Given names of English, with their short forms and their forms in other languages."""

# A line is one name and what else it is written; see tables.entries.
TABLE = """
william: will, bill, billy, willy, willie, liam, wm, guillermo, guillaume, wilhelm, guglielmo
  willem, vilhelm, gwilym, wiliam, willam, wilhem, guilherme, gulielmo, wil, bil
robert: rob, bob, bobby, robbie, robby, bert, roberto, rupert, ruprecht, robt, robin, roby
richard: rick, rich, dick, ricky, richie, ricardo, riccardo, ritchie, rickie, dickie, rikard
  richd
james: jim, jimmy, jamie, jas, jimmie, jamey, jaime, diego, giacomo, jacques, seamus, hamish, jem
  iago, tiago
john: jack, johnny, jon, johnnie, jonny, ian, iain, sean, shaun, shawn, ivan, juan, jean, giovanni
  johann, johannes, hans, jan, joao, evan, johan, jens, yahya, janos, jano, ioannis, yiannis
  giannis, hannes, gianni, vanya, ioan, jovan, yohan, eoin, owen, jackie, yann, ioann, yuhanna
  janne, jaan, juhani, juha, ivo, jhon
jonathan: jon, jonny, jonathon, johnathan, nathan, jonatan, yonatan, johnathon, jonothan
michael: mike, mick, mickey, mikey, micky, mikhail, mikael, miguel, michele, michel, michal
  mihail, mykhailo, misha, mihai, mikko, micheal, mihaly, mischa, mitch, mikel, mihael, miquel
  mikhael, mykola
elizabeth: liz, beth, lizzie, betty, eliza, elisabeth, lizzy, libby, elise, elsa, bess, bessie
  lisa, isabel, isabella, ellie, elsie, elisabetta, yelizaveta, elizaveta, liza, lisbeth, liesel
  isobel, elspeth, lise, elisa, bettina, elzbieta, ilse, lilibet, lisette, babette, erzsebet
  isabelle, ysabel, izabela, betsy, bettie, lizabeth
katherine: kate, kathy, katie, catherine, kathryn, cathy, cath, kat, kit, kitty, cate, cathie
  katharine, katarina, katharina, catalina, caterina, ekaterina, yekaterina, katya, katia
  catharina, kathrin, katrin, kathleen, trina, katrina, catriona, caitlin, kaitlyn, karen, karin
  kaye, kay, catarina, katja, kateryna, katalin, kati, kathie, catrina, cathryn, katheryn
  katerina, carina, rina, kathrine, kaethe, kathe
margaret: maggie, meg, peggy, marge, margie, madge, margot, greta, rita, margarita, margherita
  marguerite, margarete, margareta, gretchen, mags, maisie, daisy, margo, grete, gretel, margit
  marjorie, marjory, malgorzata, peg, magaret, maggy, margarethe, margret, merete
thomas: tom, tommy, tomas, tommaso, thom, tommie, tam, thos, toma, foma, tomasz, tome
joseph: joe, joey, jos, jose, giuseppe, josef, pepe, beppe, sepp, yusuf, yousef, youssef, yosef
  iosif, jozef, pepito, yussuf, yusef, jo, josep, osip, josip, yossi, jusuf, youssouf, yousuf
  yousif, yusif, yusuff, isuf, yosif, jupp, pino
edward: ed, eddie, ted, ned, teddy, eduardo, eduard, edoardo, neddy, eddy, edouard, eduards, lalo
  edvard, duarte, edw
edmund: ed, eddie, ted, ned, edmond, edmundo, eamon, eamonn
edwin: ed, eddie, eduin
charles: charlie, chuck, chas, charley, carl, karl, carlos, carlo, karel, karol, charly, chip
  karoly, kalle, karlheinz, chaz, carlito, carel, charls, charlies
daniel: dan, danny, daniele, danilo, dani, danila, daniil, danial, danyal, dannie, daniyar, danyil
  daneil
anthony: tony, antonio, anton, antoine, antony, toni, antonius, antonin, antal, tono, antti
  anthoni, antoni, antonis, ant, toninho
alexander: alex, alec, sandy, al, alexandre, alessandro, alejandro, aleksandr, oleksandr, sasha
  sascha, xander, aleksander, lex, alexandros, iskandar, iskander, sikandar, sandro, alexandru
  aleksandar, alekos, alasdair, alastair, alistair, alister, zander, alexandr, eskandar
  aliaksandr, alesandro, olexandr, shura, alexsander, ales, alik, sander, alick, aleksandrs, olek
  alexis, alexey
alexandra: alex, sandra, sandy, alexa, alexis, sasha, alessandra, alejandra, aleksandra, sacha
  lexi, xandra, alexandria, oleksandra, ola, saskia
andrew: andy, drew, andreas, andre, andrea, andres, andrei, andrey, andrzej, andriy, andras
  anders, andrej, andreu, andrii, andrius, ondrej, antti, andries, drewe, andry, andris
benjamin: ben, benny, benji, benjy, bennie, benjamino, beniamino, bibi, benyamin, binyamin
  veniamin, benjamim, bengie
christopher: chris, kit, topher, kris, christoph, christophe, cristoforo, cristobal, kristoffer
  christos, krzysztof, christofer, kristopher, kristof, chistopher, xris, kester, krystof
  cristofer
christian: chris, kristian, cristian, christiaan, krystian, cristiano
christine: chris, christina, tina, chrissie, chrissy, kristin, kristina, kristine, cristina
  christa, kirsten, kirstin, krystyna, kirsty, khristina, christiane, christel, kerstin, christin
  tine, crystal, cristine
david: dave, davey, davy, davide, dawud, daoud, davit, dawood, dovid, dafydd, davie, taffy, dawid
  daud, davood, dewi
samuel: sam, sammy, samuele, samuil, shmuel, sami, samual, samul
samantha: sam, sammy, sammie
nicholas: nick, nicky, nicolas, nicola, nikolaus, niccolo, nikolai, nikolay, mykola, klaus, claus
  nico, niko, nik, nickolas, nikos, nicolai, miklos, mikolaj, klaas, nikolaos, colin, nicolaas
  nikita, kolya, nicolae, niklas, niels, nils, nichlas
nicole: nicky, nicki, nikki, nicola, nikky, nicolette, colette, niki, nichole, nikkie
patricia: pat, patty, tricia, patti, trish, patsy, patrizia, trisha, paddy, pattie
patrick: pat, paddy, patrice, patrizio, patricio, padraig, padraic, rick, patrik, patryk
jennifer: jen, jenny, jenn, jennie, jenna, gennifer, jeni, jenifer
susan: sue, susie, suzy, suzanne, susanne, susanna, susana, suzie, suzette, suse, zuzana, susi
  zsuzsanna, zuzanna, shoshana, sanna, suzanna, sanne, suzan
stephen: steve, steven, stevie, stefan, stephan, esteban, stefano, etienne, stepan, estevan
  steffen, stephane, istvan, stevan, szczepan, stefanos, stephanus, stefaan, stjepan, estevao
  stev
stephanie: steph, stefanie, stef, steffi, stefania, stephenie, stephany, stepanka, steffie
  estefania
matthew: matt, matty, mathew, matthias, mateo, matteo, mathieu, matthieu, matthaus, mats, mateusz
  matias, mattias, matvey, matija, mathias, matej, matheus, mateus, matthijs, matti, mat
  matthaeus
gregory: greg, gregg, gregor, gregorio, gregoire, grigory, grigori, grigoriy, gregorius, hryhoriy
  grzegorz, grigorios, greig
victoria: vicky, tori, vicki, vickie, vic, viktoria, vittoria, viktoriya, tory, vikki, vita
  viktorija
rebecca: becky, becca, reba, bec, rebekah, rebeka, bex, rivka, rebecka, becki, beckie
deborah: debbie, deb, debra, debby, debora, debi, dvora
lawrence: larry, laurence, lorenzo, laurent, lorenz, lars, laurie, lawrie, loren, lauri
  laurentius, lourens, laurens, lavrentiy
frederick: fred, freddie, freddy, frederic, friedrich, federico, frederik, fritz, fredrick
  fridrich, fredric, fredrik, rick, fryderyk, frederico, fedele, fredrich, friedel, fridtjof
  freddi
alfred: alf, alfie, fred, alfredo, freddie, al, alfons
timothy: tim, timmy, timo, timothee, timofey, timoteo, timmie, timmothy, tymofiy, timotheus
peter: pete, pierre, pedro, pietro, pyotr, petr, piotr, petros, piet, pieter, piero, petro, petar
  peder, per, boutros, butrus, peadar, pjotr, petrus, petri, petteri, pekka, petru, pere, pyetr
philip: phil, phillip, philippe, felipe, filippo, philipp, pip, filip, phillipp, filipp, filipe
  philippos, phill, fulop
ronald: ron, ronnie, ronny, ronaldo, rinaldo, ranald, reinhold
kenneth: ken, kenny, kennith, kent
joshua: josh, joshuah, josua, yehoshua, josue, giosue
zachary: zach, zac, zak, zachariah, zack, zackary, zacharias, zakaria, zakariya, zacarias
  zechariah, zakhar, zekeriya
george: georgie, jorge, georg, georges, giorgio, jerzy, georgios, yuri, yury, yuriy, georgy
  georgiy, gheorghe, jurgen, jorg, joerg, goran, jiri, gyorgy, juri, jurij, gergely, dod, jordi
  juergen, yorgos, giorgos, iurii, yurii, jorgen, jurgis, joris, gero, geo
henry: harry, hank, hal, heinrich, henri, enrique, enrico, hendrik, henrik, heinz, henk, hen
  henryk, jindrich, rico, harri, hinrich, henrique, heiner, heiko, hein, henning
harold: harry, hal, harald, aroldo, haroldo, harrold
arthur: art, artie, arturo, artur, arturs, artair
albert: al, bert, bertie, alberto, albrecht, elbert, adalbert, albertus, aubrey
gilbert: gil, bert, gilberto
herbert: herb, bert, herbie, heribert, herberto
leonard: leo, len, lenny, leonardo, leonhard, lennie, leonid, lionel, lennart, leonardus, lenard
  leon
leon: leo, leone, lev, leonas, leonel
theodore: ted, teddy, theo, theodor, teodoro, fyodor, fedor, feodor, tod, tadeo, teodor, theodoros
  fedir
walter: walt, wally, gualtiero, gauthier, wouter, valter, waldemar, walther
gerald: gerry, jerry, geraldo, gerhard, geraldine, gerold, gerard, gerardo, gert, gerd, gerrit
  jerald, gherardo
jerome: jerry, gerome, geronimo, hieronymus, jeronimo, girolamo
jeremy: jerry, jem, jeremiah, jeremias, geremia, jeremie, yeremia
jeffrey: jeff, geoffrey, geoff, jeffery, gottfried, goffredo, geoffroy, jeffry, jefferey
  jefferson
raymond: ray, raimund, ramon, raimondo, raymund, raimundo, reymond
ronan: ro
russell: russ, rusty, russel
stanley: stan, stanislav, stanislaw, stanislaus, stas, stanly, estanislao
terence: terry, terrence, terrance, tel
theresa: terry, tess, tessa, teresa, therese, tracy, terri, resi, tereza, teresita, terezia, treza
  teri
vincent: vince, vinny, vinnie, vincenzo, vicente, vincenz, enzo, vikenti, vincentius, wincenty
victor: vic, vik, viktor, vittorio, vitya, wiktor, viktors, vikter
francis: frank, fran, francisco, francesco, francois, franz, franciscus, frankie, pancho, paco
  frans, ferenc, franciszek, frantisek, franc, francesc, franck, kiko, chico, frants, paquito
  curro
frances: fran, frankie, francesca, francisca, francoise, fanny, francine, franziska, francis
  franzi, francie, paquita
franklin: frank, frankie
dorothy: dot, dottie, dolly, dorothea, dorotea, dora, dorothee, dodie, dorota, dorte, dorthe, thea
barbara: barb, babs, barbie, bobbie, varvara, barbora, barbro, barbel, baerbel
jacqueline: jackie, jacqui, jacquie, jacky, jaqueline, jacquelyn, jacklyn
jane: jean, janet, jeanne, joan, johanna, giovanna, juana, joanna, jenny, hanna, janine, jeanette
  joana, joanne, jana, siobhan, sinead, ivana, ioana, janie, gianna, johana, yoana, yanna, hannah
  jeannette, jeannine, jeanie, janice, joann, jo, jan, jayne, sheena, sian, zhanna, janna, ivanka
  jaine
anne: ann, anna, annie, ana, nancy, hannah, hanna, annette, anita, anya, nan, anja, anneliese
  ania, aine, anouk, anushka, anusha, annick, anka, antje, ane, anke, hana, annika, channah, anni
  nina, ansa, aneta, anetta, nanette
mary: marie, maria, molly, polly, mariya, miriam, maryam, mariam, may, mia, maire, marija, masha
  mitzi, ria, mariana, mamie, marian, marion, mae, manon, mimi, moira, maura, maureen, marika
  maja, marita, marietta, mari, miryam, meryem, marya, maryse, maryem, marjam, mayra, mariah
  maarja
martha: marta, marty, marthe, mattie, patty, maarta
matilda: tilly, mathilde, mattie, tilda, mathilda, matilde, tillie, maud
pamela: pam, pammy, pamella
penelope: penny, pen, pennie, pinelopi
philippa: pippa, pip, filippa, phillipa
priscilla: cilla, prissy, priscila
sarah: sara, sally, sadie, sarita, sar, zara, sarai, sallie, zarah
sandra: sandy, sandi, xandra, zandra, saundra
sylvia: silvia, syl, silvie, sylvie, sylwia, szilvia
valerie: val, valeria, valery, valeriya
veronica: ronnie, vera, veronika, veronique, roni, vero, weronika
virginia: ginny, ginger, virginie, gina, virgie
wendy: gwendolyn, wendi, gwen
gwendolyn: gwen, wendy, gwendoline, gwendolen
abigail: abby, gail, abbie, avigail, abbey, abi
adam: ad, addy, adamo, adem, adan, adamu
adrian: ade, adriano, adrien, hadrian, adrianus, adriaan
adriana: adrienne, adriane, adria
agnes: aggie, ines, agnese, inez, agnieszka, neza, inessa
allan: al, alan, allen, alain, alun, alano, allyn
alice: ally, ali, alicia, alison, alix, alisa, allie, aliz, elise
alison: ally, ali, allison, alyson, allyson
amanda: mandy, mandi, manda
amelia: amy, millie, amelie, emelia, mimi, milly
angela: angie, angelina, angelika, angele, angelica, angelique, anzhela, angel, ange
arnold: arnie, arno, arnaud, arnoldo, arnd
augustus: gus, august, augusto, augustin, agustin, augustine, gussie, austin, agostino, guus
barnaby: barney, barnabas, bernabe, barnabe
bartholomew: bart, barth, bartolomeo, bartholomaus, barry, bartolome, bartek, bartlomiej, bartosz
  bartholomaeus
beatrice: bea, trixie, beatrix, beatriz, bee, beate, bice, beata
bernard: bernie, bernhard, bernardo, bernd, barney, berndt, bernat, bernardus, benno
bradley: brad, bradford, bradly
brian: bryan, bryant, brien, bryon, brain
bridget: biddy, brigitte, birgit, brigid, brigida, bridie, gitta, britta, brit, brigitta, birgitta
  britt, gitte, breda
caroline: carol, carrie, carolyn, lynn, caro, karoline, carolina, caz, karolina, carolin, lina
  carole, carroll, caroll, carline
cecilia: cece, cissy, cecile, cecily, celia, sheila, cacilie, caecilia, cecylia, silke
charlotte: lottie, charlie, lotte, carlotta, lotta, charly, carlota, charlott, sharlotte
clifford: cliff, clif
cornelius: neil, con, corneel, kees, cornelis, cornelio
cynthia: cindy, cyndi, cinzia, cintia, cindi, cinthia
dennis: den, denny, denis, dionysius, dionisio, denys, dion, dionysios, denise
dominic: dom, nick, dominik, domenico, dominique, domingo, domenic, dominick, mingo, domingos
donald: don, donny, donnie, donaldo, donal
donna: madonna, donnetta
douglas: doug, dougie, douglass, dug
dwight: ike
eleanor: ellie, nell, nora, elinor, eleonora, leonora, ella, lenore, eleonore, nelly, eleanora
  elly, elenor, noor
ellen: nell, ellie, helen, nellie, elen, elin, elly
helen: nell, ellen, helena, elena, helene, yelena, olena, lena, ilona, nellie, eleni, alena
  alyona, ileana, lenka, jelena, heleen, leni, ilana, elene, lene, ela
emily: em, emmy, emilia, millie, emilie, emiliya, milly, emilee, emely
emma: em, emmy, emme, erma, ema
eric: rick, erik, erich, erico, eryk, erick, rikki, jerker
erica: erika, rikki, ricky, eryka
ernest: ernie, ernst, ernesto, erno, arnost, ernestas
eugene: gene, eugen, eugenio, evgeny, evgeniy, yevgeny, yevhen, yevgeniy, jevgeni, eugeniusz
  evgenii, ievgen, jeno, eugenie
evelyn: eve, evie, evelina, lynn, eveline, evelyne
florence: flo, florrie, flora, fiorenza, florentia, flossie
gabriel: gabe, gabriele, gabriello, gavriil, gavril, jibril, jabril, gabor, gabby, jibreel
  jebreel, havryil, gaby
gabrielle: gabby, gabi, gabriela, gabriella, gaby, gabriele
gertrude: trudy, gert, gertie, gertrud, traudl, truus, trude
gustav: gus, gustavo, gustave, gustaf, gosta, gustavs
harriet: hattie, harriette, enriqueta, henriette, henrietta, hetty, jetta, harriett, henrike
howard: howie, ward
hugh: hughie, hugo, ugo, huw, hubert, hugues, ugh
ignatius: iggy, nacho, ignacio, ignaz, ignazio, inaki, ignat, ignacy, ignace, inigo
irene: rene, renie, irina, iryna, irena, ira, arina, eirini, irini, yrina, oryna
isaac: ike, zak, isaak, itzhak, ishaq, isac, yitzhak, izaak, ishak, isaque, eshaq
isidore: izzy, isidoro, isidor, izydor
jacob: jake, jack, jakob, jacobo, giacobbe, yakov, yaakov, yaqoob, yaqub, iakov, koos, jago, jaap
  jakub, yakub, yacoub, jackob, jacobus, jacopo, coby, jeppe, yaqoub, yakup, akiva
jason: jay, jase, iason, jayson
jessica: jess, jessie, jesse, jessika, jesica, yessica
jordan: jordy, jordon, giordano, jourdan
judith: judy, jude, judi, giuditta, judit, jutta, judie, yehudit, iudita
julian: jules, julien, giuliano, julio, giulio, julius, yulian, juliano, juliusz, iuliu, jule
julia: julie, jules, giulia, yulia, juliet, giulietta, juliette, yuliya, julija, iuliia, juli
  juliana, uliana, gillian, jill
gillian: gill, jill, gilly, jillian
kimberly: kim, kimmy, kimberley, kimberlee
laura: laurie, lori, lora, laure, loretta, lauren, lara, lolly, laurette, laurel
leslie: les, lesley, lesly
linda: lindy, lyn, lynda, belinda, melinda, lynn, lin, lindi
louis: lou, louie, luis, luigi, ludwig, lewis, lajos, ludovic, luiz, ludvig, lodewijk, gigi, lluis
  ludvik, ludovico, aloysius, alois, aloisio, clovis, lutz, wiggerl
louise: lou, lulu, luise, luisa, louisa, luiza, lovisa, ouise
lucas: luke, luca, luc, lukas, lukasz, luka, lucius, lukacs, lucca, loukas
lucy: lucia, lucie, lu, luz, lucinda, luzia, luci, lucija, lucilla
lydia: lidia, lyddie, lidiya, lidija
madeleine: maddie, maddy, madeline, magdalena, magdalene, madelyn, lena, madalena, madlen, magda
  leni, malene, madlyn
malcolm: mal, calum, colm
marcus: marc, mark, marco, marcos, markus, marek, marcin, marko, marcel, marcello, marcelo, markku
  marcelus, marcio, marque
martin: marty, martino, marten, martijn, morten, martyn, marton, maarten, mart, martti
maurice: mo, moritz, morris, maurizio, mauricio, mauritz, maury, moriz, maurits
maximilian: max, maximiliano, massimiliano, maxim, massimo, maxime, maksim, maksym, maksymilian
  maximo, maks, maxi, maximillian
melanie: mel, melania, melany, mell
melissa: mel, missy, lissa, mellissa, melisa
mitchell: mitch, mitchel
miranda: mandy, randi, mira
natalie: nat, natalia, nathalie, natalya, natasha, tasha, nataliya, natalija, talia, natali
  natascha, natacha, nataly
nathaniel: nat, nate, nathan, nathanael, natan, natanael, nataniel
nathan: nat, nate, natan
oliver: ollie, olivier, oliviero, noll, olly, olivero, olaf
olivia: liv, livia, ollie, olive, livvy, olivie
oscar: ossie, oskar, oskari, ozzie, osgar
oswald: ozzy, oswaldo, osvaldo, ozzie
owen: eoghan, ewan, euan, ewen, owain
paul: pablo, paolo, pavel, paulo, pawel, paulus, bulus, pavlo, pal, pau, pavlos, pauli, paavo
  poul, pol, boulos, pauly
paula: pauline, paola, paulina, polina, polly, paulette, pavla
pauline: polly, paulina, paulette, paula
quentin: quint, quinton, quintin
rachel: rae, raquel, rachael, rahel, rachele, rach, shelly, ray, rakel, rachelle, rahil, raquelle
ralph: rafe, rolf, raoul, raul, rudolph, raffaele, ralf, radulf
randolph: randy, randall, randal, rand
raphael: rafe, rafael, raffaele, rafa, rafal, rafi, raffi, rafail
reginald: reg, reggie, reinhold, reynold, reynaldo, reinaldo, rex, naldo
roger: rodge, ruggero, rudiger, ruediger, rogelio, rutger, rodger, rogerio, hodge
roland: rollo, rolly, orlando, rolando, rowland, rolland
rosemary: rose, rosie, romy, rosemarie, rosamaria
rose: rosie, rosa, rosalie, rosalind, rosita, roza, rosina, roisin, rosetta, rozalia
roderick: rod, roddy, rodrigo, rory, ruy, rodney, roderich, rurik
rodney: rod, roddy
rudolph: rudy, rudolf, rolf, rodolfo, rudi, rodolphe, dolf
sebastian: seb, bastian, basti, sebastien, sebastiano, bas, sebas, szebasztian, sebastiaan
sharon: shari, shaz, sharron, sharyn
sheila: shelagh, sheelagh, sheela, sile
sidney: sid, sydney, syd, cid
simon: si, simone, shimon, simeon, semyon, symon, szymon, ximo, simao, semen, simion, siemen
solomon: sol, solly, salomon, suleiman, sulaiman, suleyman, salomone, soliman, sulayman, shlomo
  sulieman, suliman, saloman
sophia: sophie, sofia, sofie, zofia, sofiya, soph, sofija, zsofia, sonia, sonya, sonja, sofya
  saffiya, sophy
spencer: spence, spenser
sylvester: sly, silvester, silvestre, silvestro, vester
tamara: tammy, toma, tam, tami, tamar
thaddeus: tad, thad, tadeusz, taddeo, tadeo, judd
tobias: toby, tobi, tobia, tobin, tobit
tracy: trace, tracey, traci, tracie
ursula: uschi, ulla, ulli, orsola, ursel, urszula, ursule
vanessa: nessa, van, vanesa, vannessa
wesley: wes, lesley, wesly
winifred: win, winnie, freda, winfried
yvonne: vonnie, evonne, ivonne, yvette, iwona, ivette
"""
