"""Countries by what they are called: in English, in their languages, and in short."""

# ISO 3166-1 alpha-2, alpha-3 and dialling code: what the country is called, folded.
TABLE = """
AD AND 376: andorra, principality of andorra
AE ARE 971: united arab emirates, uae, u a e, emirates, dubai, abu dhabi, vae
  vereinigte arabische emirate, emirats arabes unis, eau, emiratos arabes unidos, al imarat
AF AFG 93: afghanistan, islamic republic of afghanistan
AG ATG 1: antigua and barbuda
AI AIA 1: anguilla
AL ALB 355: albania, republic of albania, shqiperia, albanien, albanie
AM ARM 374: armenia, republic of armenia, armenien, armenie, hayastan
AO AGO 244: angola, republic of angola
AQ ATA -: antarctica
AR ARG 54: argentina, argentine republic, argentinien, argentine, republica argentina
AS ASM 1: american samoa
AT AUT 43: austria, republic of austria, osterreich, oesterreich, autriche, oostenrijk, rakousko
  ostrig
AU AUS 61: australia, australien, australie, commonwealth of australia, aust, oz
AW ABW 297: aruba
AX ALA 358: aland islands
AZ AZE 994: azerbaijan, republic of azerbaijan, aserbaidschan, azerbaidjan, azarbaycan
BA BIH 387: bosnia and herzegovina, republic of bosnia and herzegovina, bosnia, bosnien
  bosnien und herzegowina, bosnie herzegovine, bosna i hercegovina
BB BRB 1: barbados
BD BGD 880: bangladesh, peoples republic of bangladesh, bangladesch
BE BEL 32: belgium, kingdom of belgium, belgien, belgique, belgie, belgio, belgica
BF BFA 226: burkina faso
BG BGR 359: bulgaria, republic of bulgaria, bulgarien, bulgarie, balgariya
BH BHR 973: bahrain, kingdom of bahrain
BI BDI 257: burundi, republic of burundi
BJ BEN 229: benin, republic of benin
BL BLM 590: saint barthelemy
BM BMU 1: bermuda
BN BRN 673: brunei darussalam
BO BOL 591: bolivia plurinational state of, bolivia, plurinational state of bolivia
BQ BES 599: bonaire sint eustatius and saba, sint eustatius and saba bonaire
BR BRA 55: brazil, federative republic of brazil, brasil, brasilien, bresil, brasile
  republica federativa do brasil
BS BHS 1: bahamas, commonwealth of the bahamas
BT BTN 975: bhutan, kingdom of bhutan
BV BVT -: bouvet island
BW BWA 267: botswana, republic of botswana
BY BLR 375: belarus, republic of belarus, weissrussland, belorussia, byelorussia, bielorussie
  belorussiya, biarozka
BZ BLZ 501: belize
CA CAN 1: canada, kanada, dominion of canada
CC CCK 61: cocos keeling islands, cocos islands
CD COD 243: congo the democratic republic of the, the democratic republic of the congo, dr congo
  drc, congo kinshasa, zaire, democratic republic of congo, democratic republic of the congo
  kongo
CF CAF 236: central african republic
CG COG 242: congo, republic of the congo, congo brazzaville, republic of congo
CH CHE 41: switzerland, swiss confederation, schweiz, suisse, svizzera, svizra, zwitserland, suiza
  confoederatio helvetica, sui, swiss, schweizerische eidgenossenschaft
CI CIV 225: cote divoire, republic of cote divoire, ivory coast, elfenbeinkuste
CK COK 682: cook islands
CL CHL 56: chile, republic of chile
CM CMR 237: cameroon, republic of cameroon
CN CHN 86: china, peoples republic of china, p r china, prc, pr china, pr of china, mainland china
  zhongguo, volksrepublik china, vr china, chine, cina, kina, zhonghuarenmingongheguo
CO COL 57: colombia, republic of colombia
CR CRI 506: costa rica, republic of costa rica
CU CUB 53: cuba, republic of cuba
CV CPV 238: cabo verde, republic of cabo verde, cape verde, kap verde
CW CUW 599: curacao
CX CXR 61: christmas island
CY CYP 357: cyprus, republic of cyprus, zypern, chypre, kypros, kibris, chipre
CZ CZE 420: czechia, czech republic, tschechien, czech rep, tschechische republik, tchequie
  republique tcheque, ceska republika, cesko, csr, republica checa, repubblica ceca
DE DEU 49: germany, federal republic of germany, deutschland, allemagne, brd
  bundesrepublik deutschland, bundesrepublik, alemania, germania, duitsland, alemanha, niemcy
  nemecko, tyskland, ger, frg, germny, almanya
DJ DJI 253: djibouti, republic of djibouti
DK DNK 45: denmark, kingdom of denmark, danmark, dnemark, danemark, dinamarca, danimarca
  denemarken, dk danmark
DM DMA 1: dominica, commonwealth of dominica
DO DOM 1: dominican republic, dominikanische republik, rep dominicana, republica dominicana
DZ DZA 213: algeria, peoples democratic republic of algeria, algerien, algerie, al jazair
EC ECU 593: ecuador, republic of ecuador
EE EST 372: estonia, republic of estonia, estland, eesti, estonie
EG EGY 20: egypt, arab republic of egypt, agypten, aegypten, egypte, misr, egipto, egitto
EH ESH 212: western sahara
ER ERI 291: eritrea, the state of eritrea, state of eritrea
ES ESP 34: spain, kingdom of spain, espana, spanien, espagne, spagna, spanje, espanha
  reino de espana, hiszpania
ET ETH 251: ethiopia, federal democratic republic of ethiopia
FI FIN 358: finland, republic of finland, finnland, suomi, finlande, finlandia
FJ FJI 679: fiji, republic of fiji
FK FLK 500: falkland islands malvinas, falkland islands
FM FSM 691: micronesia federated states of, micronesia, federated states of micronesia
FO FRO 298: faroe islands
FR FRA 33: france, french republic, frankreich, francia, frankrijk, republique francaise, franca
  francie, frankrike, french, france metropolitaine
GA GAB 241: gabon, gabonese republic
GB GBR 44: united kingdom, united kingdom of great britain and northern ireland, uk, great britain
  britain, england, scotland, wales, northern ireland, u k, cymru, ulster, gt britain
  united kingdom of great britain, grossbritannien, vereinigtes konigreich, royaume uni
  grande bretagne, angleterre, reino unido, gran bretagna, regno unito, inghilterra
  verenigd koninkrijk, groot brittannie, ukm, engl, eng, sct, wls, nir, schottland, ecosse
  gr britain, british, british isles, wielka brytania
GD GRD 1: grenada
GE GEO 995: georgia, georgien, georgie, sakartvelo, gruzija
GF GUF 594: french guiana
GG GGY 44: guernsey
GH GHA 233: ghana, republic of ghana
GI GIB 350: gibraltar
GL GRL 299: greenland
GM GMB 220: gambia, republic of the gambia
GN GIN 224: guinea, republic of guinea
GP GLP 590: guadeloupe
GQ GNQ 240: equatorial guinea, republic of equatorial guinea
GR GRC 30: greece, hellenic republic, griechenland, hellas, ellada, grece, grecia, griekenland, el
  yunanistan
GS SGS -: south georgia and the south sandwich islands
GT GTM 502: guatemala, republic of guatemala
GU GUM 1: guam
GW GNB 245: guinea bissau, republic of guinea bissau
GY GUY 592: guyana, republic of guyana
HK HKG 852: hong kong, hong kong special administrative region of china, hong kong sar, hongkong
  hong kong s a r, hong kong sar china, hong kong special administrative region, hong kong china
  h k, xianggang, hksar, hk sar, heung gong
  hong kong special administrative region of the peoples republic of china
HM HMD -: heard island and mcdonald islands
HN HND 504: honduras, republic of honduras
HR HRV 385: croatia, republic of croatia, kroatien, hrvatska, croatie, croazia
HT HTI 509: haiti, republic of haiti
HU HUN 36: hungary, ungarn, magyarorszag, hongrie, ungheria, hungria, hongarije
ID IDN 62: indonesia, republic of indonesia, indonesien, indonesie, rep of indonesia
IE IRL 353: ireland, eire, republic of ireland, irland, irlande, irlanda, ierland, rep of ireland
  southern ireland, roi
IL ISR 972: israel, state of israel, medinat yisrael, yisrael
IM IMN 44: isle of man
IN IND 91: india, republic of india, bharat, indien, inde, hindustan, bharatam, india republic
IO IOT 246: british indian ocean territory
IQ IRQ 964: iraq, republic of iraq, irak, al iraq
IR IRN 98: iran islamic republic of, iran, islamic republic of iran, persien
  islamische republik iran
IS ISL 354: iceland, republic of iceland, island, islande, islandia
IT ITA 39: italy, italian republic, italia, italien, italie, repubblica italiana, wlochy, italija
JE JEY 44: jersey
JM JAM 1: jamaica
JO JOR 962: jordan, hashemite kingdom of jordan, jordanien, jordanie, al urdun
JP JPN 81: japan, nippon, nihon, japon, giappone, jap, riben
KE KEN 254: kenya, republic of kenya
KG KGZ 996: kyrgyzstan, kyrgyz republic
KH KHM 855: cambodia, kingdom of cambodia
KI KIR 686: kiribati, republic of kiribati
KM COM 269: comoros, union of the comoros
KN KNA 1: saint kitts and nevis
KR KOR 82: korea republic of, republic of korea, south korea, korea, rok, r o k, korea south
  sudkorea, coree du sud, coree, corea, corea del sur, daehanminguk, hanguk
KW KWT 965: kuwait, state of kuwait, kuweit, koweit, al kuwayt
KY CYM 1: cayman islands
KZ KAZ 7: kazakhstan, republic of kazakhstan, kasachstan, qazaqstan, kazakhstan republic
LA LAO 856: lao peoples democratic republic, laos
LB LBN 961: lebanon, lebanese republic, libanon, liban, lubnan, libano
LC LCA 1: saint lucia
LI LIE 423: liechtenstein, principality of liechtenstein, furstentum liechtenstein, fl
LK LKA 94: sri lanka, democratic socialist republic of sri lanka
LR LBR 231: liberia, republic of liberia
LS LSO 266: lesotho, kingdom of lesotho
LT LTU 370: lithuania, republic of lithuania, litauen, lituanie, lietuva, lituania
LU LUX 352: luxembourg, grand duchy of luxembourg, luxemburg, letzebuerg
  grand duche de luxembourg, lussemburgo, luxemburgo
LV LVA 371: latvia, republic of latvia, lettland, lettonie, latvija, letonia
LY LBY 218: libya
MA MAR 212: morocco, kingdom of morocco, marokko, maroc, al maghrib, marruecos, marocco
MC MCO 377: monaco, principality of monaco
MD MDA 373: moldova republic of, moldova, republic of moldova, moldau, moldawien, moldavie
  moldavia
ME MNE 382: montenegro, crna gora, monte negro
MF MAF 590: saint martin french part, saint martin
MG MDG 261: madagascar, republic of madagascar
MH MHL 692: marshall islands, republic of the marshall islands
MK MKD 389: north macedonia, republic of north macedonia, mazedonien, macedonia, fyrom
  nordmazedonien, macedoine, makedonija
ML MLI 223: mali, republic of mali
MM MMR 95: myanmar, republic of myanmar, burma, birma, birmanie
MN MNG 976: mongolia
MO MAC 853: macao, macao special administrative region of china, macau, macao sar, macau sar
  aomen
MP MNP 1: northern mariana islands, commonwealth of the northern mariana islands
MQ MTQ 596: martinique
MR MRT 222: mauritania, islamic republic of mauritania
MS MSR 1: montserrat
MT MLT 356: malta, republic of malta
MU MUS 230: mauritius, republic of mauritius
MV MDV 960: maldives, republic of maldives
MW MWI 265: malawi, republic of malawi
MX MEX 52: mexico, united mexican states, mexiko, mexique, messico, estados unidos mexicanos
  mejico
MY MYS 60: malaysia, west malaysia, east malaysia
MZ MOZ 258: mozambique, republic of mozambique
NA NAM 264: namibia, republic of namibia
NC NCL 687: new caledonia
NE NER 227: niger, republic of the niger
NF NFK 672: norfolk island
NG NGA 234: nigeria, federal republic of nigeria
NI NIC 505: nicaragua, republic of nicaragua
NL NLD 31: netherlands, kingdom of the netherlands, the netherlands, holland, nederland
  niederlande, pays bas, paises bajos, paesi bassi, hollande, koninkrijk der nederlanden
  netherland, nedrland
NO NOR 47: norway, kingdom of norway, norge, norwegen, norvege, noruega, norvegia, noorwegen
  noreg
NP NPL 977: nepal, federal democratic republic of nepal
NR NRU 674: nauru, republic of nauru
NU NIU 683: niue
NZ NZL 64: new zealand, neuseeland, nouvelle zelande, aotearoa, n z, nueva zelanda
OM OMN 968: oman, sultanate of oman
PA PAN 507: panama, republic of panama
PE PER 51: peru, republic of peru
PF PYF 689: french polynesia
PG PNG 675: papua new guinea, independent state of papua new guinea
PH PHL 63: philippines, republic of the philippines, philippinen, pilipinas, phillipines, phils
  the philippines, filipinas
PK PAK 92: pakistan, islamic republic of pakistan
PL POL 48: poland, republic of poland, polska, polen, pologne, polonia, polsko
  rzeczpospolita polska
PM SPM 508: saint pierre and miquelon
PN PCN -: pitcairn
PR PRI 1: puerto rico
PS PSE 970: palestine state of, palestine, state of palestine, the state of palestine, palastina
  palestinian territories, west bank, gaza
PT PRT 351: portugal, portuguese republic, portogallo
PW PLW 680: palau, republic of palau
PY PRY 595: paraguay, republic of paraguay
QA QAT 974: qatar, state of qatar, katar
RE REU 262: reunion
RO ROU 40: romania, rumanien, rumaenien, roumanie, rumania, roemenie
RS SRB 381: serbia, republic of serbia, serbien, serbie, srbija, yugoslavia
RU RUS 7: russian federation, russia, russland, russie, rusia, rossiya, rossija, rf, russian fed
  rossiyskaya federatsiya, rusland
RW RWA 250: rwanda, rwandese republic
SA SAU 966: saudi arabia, kingdom of saudi arabia, ksa, k s a, saudi, saudi arabien
  arabie saoudite
SB SLB 677: solomon islands
SC SYC 248: seychelles, republic of seychelles
SD SDN 249: sudan, republic of the sudan
SE SWE 46: sweden, kingdom of sweden, sverige, schweden, suede, suecia, svezia, zweden
  konungariket sverige
SG SGP 65: singapore, republic of singapore, singapur, singapour, s pore, spore
SH SHN 290: saint helena ascension and tristan da cunha, saint helena
  ascension and tristan da cunha saint helena
SI SVN 386: slovenia, republic of slovenia, slowenien, slovenija, slovenie
SJ SJM 47: svalbard and jan mayen
SK SVK 421: slovakia, slovak republic, slowakei, slovensko, slovaquie, slovak rep
  slowakische republik, eslovaquia
SL SLE 232: sierra leone, republic of sierra leone
SM SMR 378: san marino, republic of san marino
SN SEN 221: senegal, republic of senegal
SO SOM 252: somalia, federal republic of somalia
SR SUR 597: suriname, republic of suriname
SS SSD 211: south sudan, republic of south sudan
ST STP 239: sao tome and principe, democratic republic of sao tome and principe
SV SLV 503: el salvador, republic of el salvador
SX SXM 1: sint maarten dutch part, sint maarten
SY SYR 963: syrian arab republic, syria, syrien, syrie
SZ SWZ 268: eswatini, kingdom of eswatini, swaziland
TC TCA 1: turks and caicos islands
TD TCD 235: chad, republic of chad
TF ATF -: french southern territories
TG TGO 228: togo, togolese republic
TH THA 66: thailand, kingdom of thailand, thailande, prathet thai, siam
TJ TJK 992: tajikistan, republic of tajikistan
TK TKL 690: tokelau
TL TLS 670: timor leste, democratic republic of timor leste, east timor
TM TKM 993: turkmenistan
TN TUN 216: tunisia, republic of tunisia, tunesien, tunisie, tunis
TO TON 676: tonga, kingdom of tonga
TR TUR 90: turkiye, republic of turkiye, turkey, turkei, tuerkei, turquie, turquia, turchia
  turkije, republic of turkey
TT TTO 1: trinidad and tobago, republic of trinidad and tobago
TV TUV 688: tuvalu
TW TWN 886: taiwan province of china, taiwan, province of china taiwan, roc, r o c
  republic of china, taiwan roc, taiwan r o c, chinese taipei, formosa
TZ TZA 255: tanzania united republic of, tanzania, united republic of tanzania, tansania
UA UKR 380: ukraine, ukraina, ukrayina, the ukraine, oekraine
UG UGA 256: uganda, republic of uganda
UM UMI -: united states minor outlying islands
US USA 1: united states, united states of america, u s, u s a, america, the united states, the usa
  us of a, vereinigte staaten, vereinigte staaten von amerika, etats unis, etats unis d amerique
  estados unidos, eeuu, ee uu, stati uniti, verenigde staten, estados unidos de america
  untied states, unites states, united sates, amerika, u s of america, unitedstates
UY URY 598: uruguay, eastern republic of uruguay
UZ UZB 998: uzbekistan, republic of uzbekistan, usbekistan, uzbekiston
VA VAT 39: holy see vatican city state, holy see, vatican, vatikan, vatican city
VC VCT 1: saint vincent and the grenadines
VE VEN 58: venezuela bolivarian republic of, venezuela, bolivarian republic of venezuela
VG VGB 1: virgin islands british, british virgin islands
VI VIR 1: virgin islands u s, u s virgin islands, virgin islands of the united states
VN VNM 84: viet nam, socialist republic of viet nam, vietnam, socialist republic of vietnam
VU VUT 678: vanuatu, republic of vanuatu
WF WLF 681: wallis and futuna
WS WSM 685: samoa, independent state of samoa
XK XKX 383: kosovo, kosova
YE YEM 967: yemen, republic of yemen, jemen
YT MYT 262: mayotte
ZA ZAF 27: south africa, republic of south africa, sudafrika, suedafrika, rsa, r s a
  afrique du sud, sudafrica, zuid afrika, suid afrika, mzansi
ZM ZMB 260: zambia, republic of zambia
ZW ZWE 263: zimbabwe, republic of zimbabwe
KP PRK 850: korea democratic peoples republic of, democratic peoples republic of korea
  north korea, dprk, nordkorea, coree du nord, corea del norte
"""
