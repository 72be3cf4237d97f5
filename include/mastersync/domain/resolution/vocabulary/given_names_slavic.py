"""Given names of Slavic and Hungarian, with their short forms and transliterations."""

# A line is one name and what else it is written; see tables.entries.
TABLE = """
aleksei: alexey, alexei, aleksey, alyosha, oleksii, oleksiy, alexej, aleksej, aleksy, alexis
  alessio, alejo, aliaksei, alexi, alex, lyosha, alexios, alexius
anatoly: tolya, anatoli, anatoliy, anatolii, anatole, anatolij, tolik, anatol
anastasia: nastya, nastia, stacy, stasia, anastasiya, anastasija, anastasiia, stacey, nastassja
  anastazja, asya
arkady: arkadi, arkadiy, arkadii, arkadij, arkasha, arcadius, arkadiusz
artem: artyom, artiom, artemiy, tyoma, artemy, artemio
boris: borya, borys, boriss, borislav, barys
bogdan: bohdan, danya, bogdana
vladimir: volodymyr, vova, volodya, wladimir, uladzimir, wlodzimierz, vlad, wolodymyr, vladimirs
  waldemar, valdemar, vladko, uladzimer, volodimir, ladislav, vovka
vladislav: vlad, wladyslaw, vladyslav, slava, ladislav, laszlo, ladislaus, ladislao, vladislavs
  uladzislau, vladik
vyacheslav: slava, viacheslav, vaclav, wenceslas, wenzel, vyatcheslav, waclaw, venceslao
  wenceslaus, vjaceslav
vasily: vasya, basil, vasili, vasiliy, vasyl, basilio, vasilis, bazyl, vassily, vasilios, vasile
  vassili, wasil, basile, vasilii, bill, vasil, wassily, vasilij, basileios, william
vadim: vadym, vadik, wadim
gennady: gena, gennadi, gennadiy, gennadii, hennadiy, genadi, gennadij, henadz, genadijs
dmitry: dima, dmitri, dmitriy, dmytro, dimitri, dimitrios, mitya, dmitrii, demetrius, demetrio
  dimitry, dimitar, dmitrij, dzmitry, dimitris, dimitrij, mitia, jim, demetris, mitja, dumitru
egor: yegor, igor, jegor, yehor, ihor, georgy
igor: ihor, igors, gosha, igo, ingvar
ilya: ilia, elijah, elias, eli, illya, ilja, elia, ilyas, ilias, elie, eliasz, ilie, ellis, elis
  eliyahu, ilyusha, elijas, ilyass
kirill: kyrylo, cyril, kiril, cirillo, kyrill, cyrille, kirils, cirilo, kiryl, kyrillos
konstantin: kostya, constantine, konstantinos, kostas, constantin, kostiantyn, costantino
  kostyantyn, constantijn, costa, konstantyn, dinos, costas, costin, constantino, kastus, gus
leonid: lenya, leonidas, lyonya, leonids, leanid, leonyd, leonida
lyudmila: lyuda, ludmila, liudmila, ludmilla, mila, lyudmyla, ljudmila, liudmyla
larisa: larissa, lara, larysa, lora
lyubov: lyuba, luba, lubov, liubov, amy, ljubov
maksim: max, maxim, maksym, maxime, maksims
nadezhda: nadya, nadia, nadiya, nadja, hope, nadine, nadezda, nadejda, nadiia
oksana: xenia, ksenia, oxana, kseniya, ksenija, ksyusha, aksana, ksusha, xana
oleg: oleh, olegs, aleh, alik, olezhka
olga: olya, helga, olha, volha, olia, olenka, olaia, hella
pavel: pasha, pavlik, pawel, pavlo
roman: roma, romanas, romano, romain, romuald, romans
ruslan: rus, rouslan, aslan
rostislav: rostyslav, slava, rostik
semyon: semen, syoma, simon
stanislav: stas, slava, stanislovas
svetlana: sveta, svitlana, lana, svjetlana, swetlana
svyatoslav: slava, sviatoslav, svatoslav
taras: tarass
tatiana: tanya, tatyana, tania, tanja, tetiana, tetyana, tatjana, tata, taniya, tatsiana, tiana
valentin: valya, valik
viktor: vitya
vitaly: vitalik, vital
vsevolod: seva
yakov: yasha, jakov
yaroslav: slava, jaroslav, jaroslaw, yarik, iaroslav, jarek, jerry, jaro, yarema
yekaterina: katyusha, katya
yelena: lena, lenochka
yuri: yura, iuri, jurij, yuriy, yurko, iouri, yurii, georgii
zinaida: zina, zinayida
timur: tamerlan, temur, teymur
marina: maryna, maritza, marinka, rina
galina: galya, halyna, galyna, galia, gala
tamara: toma
vera: vira, wiera, viera, veera, vjera
zoya: zoe, zoia, zoja
malgorzata: gosia, malgosia, margaret
agnieszka: aga, agnes
jaroslaw: jarek
slawomir: slawek, slavomir, slava
zbigniew: zbyszek, zbynek, zbignew
tomasz: tomek
wojciech: wojtek, adalbert, vojtech, bela
krzysztof: krzysiek, krzys
stanislaw: staszek, stach
miroslav: mirek, miroslaw, mirko, myroslav, miro
radoslaw: radek, radoslav, rado
pawel: pawelek
andrzej: andrzejek
jerzy: jurek
aleksandra: ola, olenka, sasa
elzbieta: ela
magdalena: magda
joanna: asia, joasia, yoanna
katarzyna: kasia, kaska, katherine
barbara: basia, barbora
ewa: ewka
zuzanna: zuza
zdenek: zdeno, sidonius
bozena: bozhena
milan: milano, miljan
milos: milosz, milosh, milorad
zoran: zoki
dragan: drago, dragoslav
nenad: neno
slobodan: boban, sloba
nikola: nidzo
gabor: gabi
attila: etele
zoltan: zoli, soltan, sultan
balazs: blaise, blasius, blaz, biagio, blas, braz, blazej
tibor: tibi, tiburtius
laszlo: laci, lazslo
sandor: sanyi, alexander
imre: emeric, emerich, imrich, amerigo
gyula: julius
"""
