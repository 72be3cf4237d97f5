"""Given names of Arabic, India, China and others, as they are transliterated."""

# A line is one name and what else it is written; see tables.entries.
TABLE = """
mohammed: muhammad, mohamed, mohammad, muhammed, mohamad, mohd, muhamad, mehmet, mehmed, mohamud
  muhammet, mohammod, md, mahomed, mohomed, mohameed, mohammedi, mamadou, muhamed, mohammud
  mahamed, mohamet, muhammadu, mo, mahammad, magomed, mukhammad, mochammad, mohmad, mohmed
  mukhamed, muhammadi, mahammed, mohamod, hamada, mamoudou, muh, muhd
ahmed: ahmad, achmad, ahmet, ahmat, akhmed, ahmadou, amadou, achmed, akhmad, ahmmed, hamed
ali: aly, alli, alee, aliy
abdullah: abdallah, abdulla, abdalla, abd allah, abdoulaye, abdilahi, abdollah, abdulah, abdillahi
  abdullahi, abdula, abdullo
abdul rahman: abdurrahman, abdelrahman, abdulrahman, abdur rahman, abd al rahman, abderrahmane
  abdirahman, abd el rahman, abdul rehman, abdurahman, abdel rahman, abdurrahmon, abdelrahmane
  abd ar rahman, abdurrahim abdul rahman, abderrahman, abdurehman
abdul aziz: abdulaziz, abdelaziz, abd al aziz, abdel aziz, abdoul aziz, abd el aziz
abdul karim: abdulkarim, abdelkarim, abd al karim, abdul kareem, abdelkrim, abdulkareem, abdikarim
  abdel karim
abdul qadir: abdulkadir, abdelkader, abd al qadir, abdul kader, abdulqadir, abdikadir, abdul qader
  abdel kader, abdulqader
abdul latif: abdullatif, abdellatif, abd al latif, abdul lateef
abdul hamid: abdulhamid, abdelhamid, abd al hamid, abdulhameed, abdul hameed
abdul rahim: abdurrahim, abdulrahim, abd al rahim, abdul raheem, abderrahim, abdur rahim
abdul majid: abdulmajid, abdelmajid, abdul majeed, abd al majid, abdulmajeed
abdul malik: abdulmalik, abdelmalek, abd al malik, abdul malek
abdul salam: abdulsalam, abdessalam, abd al salam, abdus salam, abdelsalam, abdussalam, abdeslam
abdul rashid: abdulrashid, abdelrashid, abdul rasheed, abdur rashid, abdurrashid
abdul hakim: abdulhakim, abdelhakim, abdul hakeem, abd al hakim
abdul nasser: abdelnasser, abdulnasser, abd al nasir, abdul nasir, gamal abdel nasser
abdul wahid: abdulwahid, abdelwahed, abdul wahed, abdelouahed
ibrahim: abraham, ebrahim, ibraheem, avraham, ibrahima, ibragim, abe, bram, abramo, brahim, abram
  ebrahem, abrahan, avram, ibro, abie
ismail: ishmael, esmail, ismael, ismaeel, isma il, smail, ismayil, esmaeil, ismaila, ismoil
hassan: hasan, hassen, khasan, hasson, hacen, hasen
hussein: hussain, husain, husayn, hossein, huseyin, hossain, husein, hussien, houssein, hocine
  hussin, khusein, hosein, hussayn, husen, hoseyn, houcine
khalid: khaled, halid, kaled, khalit, chalid
omar: umar, omer, umer, oumar, omarr, omari
osman: uthman, othman, usman, ousmane, ottman, uthmaan, osmon
osama: usama, oussama, ussama, usamah, osamah
usman: usmaan, usmon
mustafa: mostafa, mustapha, moustafa, mustapa, moustapha, mostapha
mahmoud: mahmud, mehmood, mahmood, mehmud, makhmud, mahmut, mahamoud
hamid: hameed, hamed, hamit, khamid
hamza: hamzah, hamsa
karim: kareem, kerim, krim, carim
rashid: rasheed, rachid, rashad, reshid, rashit
said: saeed, sayed, saied, saeid, sayeed, sa id, sait, saiid
saleh: salih, salah, saalih, salleh, sale
salim: saleem, selim, slim, salem
samir: sameer, samer, samyr
tariq: tarik, tareq, tarek, tarique, tareek
walid: waleed, oualid, valid, velid
yahya: yehia, yahia, yehya, yihya, john
yasin: yassin, yaseen, yacine, yassine, yasine
yunus: younis, younes, jonah, yunis, jonas, yonas, younus, iunus
zaid: zayd, zayed, zeid, zeyd, ziad, ziyad, zayid
zain: zayn, zein, zane, zayne
jamal: gamal, djamal, jamaal, djamel, jemal, cemal, jamel, dzhamal, jalal
jamil: jameel, gamil, djamil, cemil
jafar: jaafar, gafar, ja far, cafer, djaafar, gaafar
faisal: faysal, feisal, faysel, fayssal, faizal
fatima: fatimah, fatma, fatema, fatimata, fatimeh, fatoumata, fathima, fatme
aisha: ayesha, aicha, aishah, ayse, aysha, aycha, aishat, aiesha, eisha
khadija: khadijah, hadija, khadeeja, hatice, khadijat, khadidja
maryam: mariyam, meryem, mariam, myriam
zainab: zeinab, zaynab, zeynep, zaineb, zineb, zainabu
amina: aminah, aminata, amena, ameena, emine
nur: noor, nour, noora, nura, nuur
laila: layla, leila, lejla, leyla, laylah, leyli, lailah
yasmin: jasmine, yasmine, jasmin, yasmeen, jasmina, yasemin, iasmina, jazmin, jazmine, jessamine
ayman: aiman, aymen, eiman
bashar: bachar, beshar, bashshar
bilal: belal, bilel, billal
daud: dawud, dawood, david
farid: fareed, ferid, farit
fuad: fouad, foad, fuat, fouaad
ghassan: gassan, ghasan
habib: habeeb, habibullah
hadi: haadi, hady, elhadi
haidar: haider, hyder, haydar, hayder, heydar
hisham: hesham, hicham, hishaam
imran: emran, umran, imraan
iqbal: ikbal, eqbal
jabir: jaber, gaber, jabbar
jawad: javad, jawaad, gawad
kamal: kamel, kemal, kamil, camal
majid: majeed, maged, mejid, madjid
mansur: mansour, mansoor, mansor, masur
marwan: marouane, merwan, marouan
masood: masud, masoud, mas ud, mesud, massoud
mubarak: mobarak, moubarak, mubaraq
munir: mounir, muneer, monir
murad: mourad, moorad, murat, morad
musa: mousa, moussa, moosa, moses, mose, moshe, moises, moise, mussa
nabil: nabeel, nebil, nabiel
nadir: nader, nadeer
nasir: nasser, naser, nasr, nasreddine, nassir, nacer
nizar: nezar, nisar
qasim: kassem, qassem, kasim, qasem, kacem, kassim, ghasem, gassim, qassim
rafiq: rafik, rafeeq, rafic
rahim: raheem, rehim, rahem
ramadan: ramazan, ramzan, ramdane, romadan
ramzi: ramzy, remzi
reza: rida, ridha, riza, redha
riyad: riad, riyadh, ryad
saif: seif, sayf, saef
sayyid: sayed, syed, said, saiyed, seyed, sayyed, seyyed, saeed, sidi
sharif: sherif, shareef, cherif, serif
sufyan: sofian, soufiane, sofiane, sufian
sultan: soltan
suleman: suleiman, soleiman
taha: tahaa
talal: tallal
tawfiq: toufik, tawfik, taufik, tewfik, taoufik, taufiq
ubaid: obaid, ubayd, obeid
wael: wail, wa el
waqar: vaqar, wiqar
yaqub: jacob
yusuf: joseph
zakariya: zakaria, zakarya, zakariyya
zia: ziya, zeya, diya
nasrullah: nasrallah, nasrollah
saifullah: sayfullah, seifullah
hafiz: hafez, hafeez
arun: aroon
anil: aneel
amit: ameet, ameeth
amitabh: amitabha, amit
ashok: asok, ashoka
bala: balaji, balasubramanian, balakrishnan, balan
chandra: chandran, chander, chandar, chand
deepak: dipak, deepu, deepakh
dilip: dileep, dalip
dinesh: dinesha, dineshkumar
ganesh: ganesha, ganesan
gita: geeta, geetha, githa
gopal: gopala, gopalan
govind: gobind, govinda, gobinda
hari: harish, hareesh
jagdish: jagadeesh, jagadish, jagdeesh
jaya: jayanthi, jayashree
kamala: kamla, kamalam
krishna: krishnan, kishan, krsna, kishen, krishnaa, krish
kumar: kumaran, kumara
lakshmi: laxmi, luxmi, lakshmy
lakshman: laxman, laxmanan, lakshmanan, lachhman
mahesh: maheshwar, maheswar
manish: maneesh, munish
meena: mina, minakshi, meenakshi
mohan: mohana, mohun
mukesh: mukheshe, mookesh
murali: muralidharan, murli, muralidhar
narayan: narayanan, narain, narayana, narayanaswamy
nitin: nithin, nitan
pooja: puja, poojah
prabhakar: prabhakaran
pradeep: pradip, prdip
prakash: prakasa, parkash, pragash
praveen: pravin, parveen
priya: priyanka, preeya
radha: radhika, radhakrishnan
rajan: raj
rajendra: rajinder, raj, rajender, rajendran, raju
rajesh: raj, raju, rajeshwar, raajesh
rajiv: rajeev, raju
rakesh: rakeshh
ram: rama, raman, ramu, raam
ramachandran: ramchandra, ramachandra, ramachandar
ramesh: rameshwar, rameshkumar, ramu
ravi: ravindra, ravinder, ravindran, ravee, rabindra
rohit: rohith, rohitt
sandip: sandeep, sundeep, sandipan
sanjay: sanjaya, sanjai, sunjay
sanjiv: sanjeev, sanjeeva, sanjib
sarita: saritha
satish: sateesh, satheesh
shiva: siva, shiv, sivan, shivan
shankar: sankar, shanker, sankara, sunkar
shyam: sham, syam, shyaam, sam
sita: seeta, seetha, sitha
srinivas: sreenivas, shrinivas, srini, srinivasan, srinivasa, vasu, seenu
subramanian: subramaniam, subbu, subramaniyam, subrahmanyam, mani
sudhir: sudheer
sunil: suneel, sunny
sunita: suneeta, sunitha
suresh: sureesh, suri, sureshkumar
surendra: surender, surinder, surendran
susil: sushil, susheel
usha: oosha
venkatesh: venkat, venkatesan, venkateswaran, venky, venkateswarlu, venkataraman
vijay: bijay, vijaya, vijayan, vijai, wijay
vikram: bikram, vikrama, vick, vikraman, vicky
vinay: binay, vinaya, winay
vinod: binod, vinodh, winod
vishnu: bishnu, wishnu
vivek: vivekanand, bibek, viveck
harpreet: preet, harprit
gurpreet: gurprit
jaswinder: jaswindar
balwinder: balvinder, balbinder
manpreet: manprit
sukhwinder: sukhvinder, sukhbinder
xiaoming: hsiaoming, siu ming, xiao ming
zhang wei: chang wei
jun: chun, tsun
jian: chien, kin
jie: chieh, kit
qiang: chiang, keung
ming: meng
hong: hung
jing: ching, ging
guo: kuo, kwok
zhong: chung, chong, jung
hui: hwei, wai
xin: hsin, shin, sum
yi: i, yee
wei: wai
xiu: hsiu, sau
yong: yung, wing
zhi: chih, chi
cheng: sheng, ching, shing
jia: chia, ka
ying: wing, yin
mei: mui, may
fang: fong
lin: lam
ki: kee
kei: kay
jong: chong, jeong, chung
min: minh, meen
young: yeong, yong
hyun: hyeon, hyon
sung: seong, song
soo: su
hee: hui, hi
joon: jun, june
kyung: gyeong, kyong, kyeong
yoon: yun
woo: u, wu
hiroshi: hirosi
shinichi: shinitchi, sinichi, shin ichi
kenichi: ken ichi, kenichiro
taro: tarou, tarow
ichiro: ichirou
yuko: yuuko, yuhko
yoko: youko, yohko
junichi: jun ichi
koji: kouji, kohji
shoji: shouji, shohji
nguyen: nguyn
mehmet: memet
hasan: hasanali
ayse: aishe, ayshe
emre: emreh
kwame: kwami
kofi: koffi
kwadwo: kojo, kwadjo
yaw: yao, yawo
abebe: ababa
tesfaye: tesfay
haile: hayle, hailu
giorgi: georgi, georgiy
sargis: sarkis, serkis
hovhannes: ohannes, hovannes, hovik, john
garegin: karekin
levan: leon
aram: aramais
eitan: ethan, etan
chaim: haim, hayim, hyam, chayim
moshe: moishe, moses
shlomo: solomon
yitzhak: itzik, izhak, icchak
menachem: menahem, mendel
dov: ber, dov ber
zeev: wolf, ze ev
"""
