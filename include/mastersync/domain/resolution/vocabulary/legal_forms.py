"""Legal forms of companies, in some seventy countries and their scripts.

``LEGAL_FORMS`` gives the canonical form of a spelling; ``LEGAL_FAMILIES`` says which canonical
forms may be said of one company ("Ltd" of an Indian "Pvt Ltd", "LLC" of a Russian "OOO"): two
of one family agree, "" agrees with all, and of two families one is said in error or the
companies are two.
"""

from collections.abc import Mapping

from mastersync.domain.resolution.vocabulary.tables import (
    by_other_spelling,
    by_spelling,
    phrases,
    words,
)

_FORMS = """
ltd: limited, ltd company, limited company, ltd co, ltda de responsabilidad, lmited, limted
  limitd, teoranta, cyfyngedig, cyf
pvt ltd: private limited, private ltd, pvt limited, pvt, pte ltd, pte limited, pte, pvte ltd
  p ltd, p limited, private limited company, pvt ltd company, pvt ltd co, co pvt ltd
  company private limited, pty ltd, pty limited, pty, proprietary limited, proprietary ltd
  prop ltd, sdn bhd, sendirian berhad, sdn berhad, pvt lt, pvtltd, pteltd, ptyltd, privat ltd
  opc pvt ltd, opc private limited, opc, one person company, ltd by guarantee
co ltd: company limited, co limited, company ltd, coltd, co lmt, and co ltd, and company limited
  and co limited, limited liability co ltd, ltd liability co
plc: public limited company, public limited, public ltd co, p l c, public company limited, pcl
  public co ltd, public company ltd, ccc, cwmni cyfyngedig cyhoeddus, cpt, cuideachta phoibli
co: company, compagnie, compania, companhia, compagnia, cie, comp, cia, kompania, kompaniya, and co
  and company, and cie, et cie, und co, y cia, e cia, en co, och co, og co, u co, coy
inc: incorporated, incorporation, incorporee, incorp, inc co, incorperated
corp: corporation, corporacion, corporacao, corpn, korporatsiya, corporatio
  statutory corporation, close corporation, cc
llc: limited liability company, limited liability co, ltd liability company, lc, l c
  limited company liability, wll, with limited liability, limited liability, fz llc, fzllc
  fze, fz e, fzco, fzc, fz co, free zone company, free zone establishment, dmcc, llc fz
  single member llc, smllc, series llc, l3c
llp: limited liability partnership, limited liability partners, lllp
  limited liability limited partnership, rllp
lp: limited partnership, ltd partnership
pc: professional corporation, prof corp, p a, professional association, apc
pllc: professional limited liability company, prof llc, plc professional
na: national association, nat assoc, federal savings bank, fsb
cic: community interest company, cio, charitable incorporated organisation
gp: general partnership
gmbh: mbh, gesellschaft mit beschrankter haftung, gesellschaft mit beschraenkter haftung
  gesellschaft m b h, gesellschaft mbh, gesmbh, ges m b h, ges mbh, gmb h, ggmbh
  gemeinnutzige gmbh
  gemeinnutzige gesellschaft mit beschrankter haftung, ges mit beschr haftung, g mbh, gmhb, gmbhh
  gmbh i g, gmbh in grundung
ug: unternehmergesellschaft, ug haftungsbeschrankt, unternehmergesellschaft haftungsbeschrankt
  ug haftungsbeschraenkt, haftungsbeschrankt, haftungsbeschraenkt
gmbh & co kg: gmbh co kg, gmbh and co kg, gmbh und co kg, gmbh u co kg
  gmbh co kommanditgesellschaft
  gmbh and co, gmbh co, gmbh und co, gmbh and cokg, gmbh cokg, gesellschaft mbh co kg
  gmbh and company kg, gmbh company kg, ug co kg, ug and co kg, ug haftungsbeschrankt co kg
  ug und co kg, ag co kg, ag and co kg, ag und co kg, se co kg, se and co kg, se und co kg
  ltd co kg, ltd and co kg, gmbh co kgaa, gmbh and co kgaa, stiftung co kg, stiftung and co kg
  gmbh co ohg, gmbh and co ohg
ag: aktiengesellschaft, aktien gesellschaft, aktiengeselschaft, aktienges
kg: kommanditgesellschaft, kommanditges, co kg, and co kg, und co kg, cokg, kg co
kgaa: kommanditgesellschaft auf aktien, ag co kgaa, ag and co kgaa, se co kgaa, se and co kgaa
ohg: offene handelsgesellschaft, oeg, og, offene gesellschaft, co ohg, and co ohg, und co ohg
gbr: gesellschaft burgerlichen rechts, gesellschaft buergerlichen rechts, bgb gesellschaft
  egbr, arge, arbeitsgemeinschaft
ek: eingetragener kaufmann, eingetragene kauffrau, e kfm, ekfm, e kfr, ekfr, e u
  eingetragener unternehmer, einzelunternehmen, einzelfirma, einzelunternehmer, inh, inhaber
ev: eingetragener verein, e v i g
eg: eingetragene genossenschaft
  eingetragene genossenschaft mit beschrankter haftung
  reg gen mbh, registrierte genossenschaft mit beschrankter haftung, egen
vvag: versicherungsverein auf gegenseitigkeit
kdor: korperschaft des offentlichen rechts, anstalt des offentlichen rechts, aor, kdoer, adoer
  ador
stiftung des privatrechts: stiftung des offentlichen rechts
  stiftung burgerlichen rechts, gemeinnutzige stiftung
partg: partnerschaftsgesellschaft, partg mbb, partgmbb
  partnerschaftsgesellschaft mit beschrankter berufshaftung
se: societas europaea, europaische aktiengesellschaft, european company
sarl: societe a responsabilite limitee, ste a responsabilite limitee, soc a responsabilite limitee
  sarlu, sarl unipersonnelle, societe responsabilite limitee, suarl, sarl au, sarl d associe unique
  s a r l a, sarls, gmbh sarl, spr l, sprl, bvba
  besloten vennootschap met beperkte aansprakelijkheid
  societe privee a responsabilite limitee, srl belge, sprlu, sarl familiale
eurl: entreprise unipersonnelle a responsabilite limitee
sa: s a de c v, s a b de c v, s a p i de c v, societe anonyme, sociedad anonima
  sociedade anonima, sa de cv
  sociedad anonima de capital variable
  sab de cv, sociedad anonima bursatil de capital variable, sapi de cv, sab, sapi, saa
  sociedad anonima cerrada, sociedad anonima abierta, societe anonyme a conseil d administration
  sa a directoire, sau, sociedad anonima unipersonal, sociedad anonima deportiva, ste anonyme
  soc anonyme, societe anonyme libanaise, anonim sirketi, as sirketi, anonymi etaireia
  anonymos etaireia, a e, ae, sociedad anonima laboral, sal laboral, societate pe actiuni
sas: societe par actions simplifiee, sasu, societe par actions simplifiee unipersonnelle, s a s u
  societe par actions simplifiee a associe unique, sociedad por acciones simplificada, selas
  societe par actions simplifiee a capital variable, sociedad por acciones, spa chile
sca: societe en commandite par actions, commanditaire vennootschap op aandelen, comm va
snc: societe en nom collectif, societa in nome collettivo, sociedad colectiva
  sociedad en nombre colectivo
  ste en nom collectif, scr, src, vof, vennootschap onder firma
scs: societe en commandite simple, sociedad en comandita, sociedad comanditaria, s en c, s en com
  commanditaire vennootschap, comm v, commv, c v, cv, gcv, societa in accomandita semplice
sci: societe civile immobiliere, societe civile, scp, societe civile professionnelle, sccv, scm
  societe civile de moyens, maatschap, selarl, societe d exercice liberal a responsabilite limitee
scop: societe cooperative, societe cooperative et participative, scic, scrl
  societe cooperative agricole
  societa cooperativa, soc coop, soc cooperativa, scarl
  societa cooperativa a responsabilita limitata
  s coop, sociedad cooperativa, sccl, cooperatief, u a, cvba
  coop
  cooperatieve vennootschap, scpa, societa consortile
  societa consortile a responsabilita limitata
  scoop, cooperativa de responsabilidad limitada, osuuskunta, osk, andelslag
  andelsselskab
  amba, a m b a, ekonomisk forening, samvirkeforetak
gie: groupement d interet economique, geie, gaec, earl
  exploitation agricole a responsabilite limitee
  agrupacion de interes economico, eeig, ewiv, aie
asbl: association sans but lucratif, vzw, vereniging zonder winstoogmerk, aisbl, ivzw
  association loi 1901, aps italia, onlus, asociacion civil
  stichting, saatio
  reg society, registered society
  yhdistys, ry
  avtonomnaya nekommercheskaya organizatsiya, obcanske sdruzeni, egyesulet, alapitvany
epic: etablissement public industriel et commercial, epa
ei: entreprise individuelle, auto entrepreneur, micro entreprise, eirl, ets, etablissements
  etablissement
  ditta individuale, ditta, impresa individuale, empresario individual, autonomo, eenmanszaak
  sole proprietor, sole proprietorship, proprietorship, prop, proprietor, sole trader, sp
  individualnyy predprinimatel, individualnyi predprinimatel, chastnoe predpriyatie, chp, fop
  fizychna osoba pidpryyemets, jednoosobowa dzialalnosc gospodarcza, enkeltmandsvirksomhed
  enskild firma, enkeltpersonforetak, enk, toiminimi, t mi, tmi, osvc, zivnostnik, obrt
  egyeni vallalkozo
  ev hungary, firma unipessoal, empresario em nome individual, eireli, eirel, huf
bv: besloten vennootschap, b v b a, bv met beperkte aansprakelijkheid, b v in oprichting, bv i o
nv: naamloze vennootschap, n v sa, nv sa, sa nv
srl: societa a responsabilita limitata, srls, societa a responsabilita limitata semplificata
  soc a resp lim, soc a r l, sociedad de responsabilidad limitada, s de rl de cv, s de rl
  sociedad de responsabilidad limitada de capital variable, s de r l de c v, s de r l, srl cv
  societatea cu raspundere limitata, societate cu raspundere limitata, srl d, srl unipersonale
  soc responsabilidad ltda, societa responsabilita limitata
spa: societa per azioni, soc per azioni, sapa, societa in accomandita per azioni, shpk spa
  societe par actions
ss: societa semplice
sl: sociedad limitada, slu, sociedad limitada unipersonal, s l u, sll, sociedad limitada laboral
  slp
  sociedad limitada profesional, slne, sociedad limitada nueva empresa, soc limitada, soc ltda
cb: comunidad de bienes, comunidad de propietarios, sociedad civil, s c
lda: limitada, sociedade por quotas, unipessoal lda, sociedade unipessoal por quotas, unipessoal
  sociedade unipessoal, ltda, sociedade limitada, limitada me, ltda me, ltda epp, epp
ab: aktiebolag, aktiebolaget, ab publ, aktie bolag, publ ab
hb: handelsbolag, kommanditbolag, kb
as: aksjeselskap, aktieselskab, a s norge, aktsiaselts, akciova spolecnost, akcine spolecnosti
  akciova spol, akciju sabiedriba, akcine bendrove, as sirket, anonim sirket, a s sirketi
  akciova spolocnost, a s aktieselskab
asa: allmennaksjeselskap
aps: anpartsselskab, anparts selskab, ivs, ivaerksaetterselskab
is: interessentskab, ans, ansvarlig selskap, ansvarlig selskap med delt ansvar, k s
  kommanditselskab
  kommandittselskap, ks, p s, partnerselskab
nuf: norskregistrert utenlandsk foretak, filial af
oy: osakeyhtio, oy ab, ab oy, o y, oyab, osakeyhtioe
oyj: julkinen osakeyhtio, oyj abp, abp
ky: kommandiittiyhtio, avoin yhtio
ehf: einkahlutafelag, e h f
hf: hlutafelag, ohf
ou: osauhing, osauehing
sia: sabiedriba ar ierobezotu atbildibu, individualais komersants
uab: uzdaroji akcine bendrove, mb, mazoji bendrija
sp z oo: spolka z ograniczona odpowiedzialnoscia, sp z o o, spzoo, sp zoo, spolka z o o, sp z o
  sp z ograniczona odpowiedzialnoscia, s p z o o, spolka zoo
sp z oo sp k: spolka z ograniczona odpowiedzialnoscia spolka komandytowa, sp z o o sp k
  sp z o o spolka komandytowa, sp z o o spk, spzoo spk
sp k: spolka komandytowa, spk, sp komandytowa
sp j: spolka jawna, spj, sp jawna, spolka cywilna, s c polska, sp p, spolka partnerska
sa polska: spolka akcyjna, ska, spolka komandytowo akcyjna, prosta spolka akcyjna, psa
sro: spolecnost s rucenim omezenym, spol s r o, spolocnost s rucenim obmedzenym, s r o, spol sro
  spolecnost sro, spolocnost s r o
vos: verejna obchodni spolecnost, v o s, verejna obchodna spolocnost, komanditni spolecnost
  komanditna spolocnost, kom spol
kft: korlatolt felelossegu tarsasag, korl fel tarsasag
zrt: zartkoruen mukodo reszvenytarsasag, zartkoru reszvenytarsasag
nyrt: nyilvanosan mukodo reszvenytarsasag, rt, reszvenytarsasag
bt: beteti tarsasag, kkt, kozkereseti tarsasag
doo: drustvo sa ogranicenom odgovornoscu, drustvo s ogranicenom odgovornoscu, d o o
  druzba z omejeno odgovornostjo, jdoo, j d o o, drushtvo so ogranichena odgovornost, dooel
  jednostavno drustvo s ogranicenom odgovornoscu, drustvo sa ogranicenom odgovornosti
dd: dionicko drustvo, delniska druzba, d d, akcionarsko drustvo, ad, a d, aktsionerno druzhestvo
  akcionersko drustvo
ood: druzhestvo s ogranichena otgovornost, o o d
eood: ednolichno druzhestvo s ogranichena otgovornost, e o o d
ead: ednolichno aktsionerno druzhestvo
shpk: shoqeri me pergjegjesi te kufizuar, sh p k, sh a, shoqeri aksionare
epe: etaireia periorismenis efthynis, e p e, ike, i k e, idiotiki kefalaiouchiki etaireia
  monoprosopi epe, mon epe
oe greece: omorrythmi etaireia, o e, e e, eterorrythmi etaireia
ltd sti: limited sirketi, ltd sirketi, limited sti, ltd s, sanayi ve ticaret limited sirketi
  san ve tic ltd sti, sti
as turk: sanayi ve ticaret anonim sirketi, san ve tic as, san tic as, sanayi ve ticaret as
  sanayi ve ticaret a s, san ve tic a s
ooo: obshchestvo s ogranichennoy otvetstvennostyu, obshchestvo s ogranichennoi otvetstvennostyu
  obshchestvo s ogranichennoj otvetstvennostju, obschestvo s ogranichennoy otvetstvennostyu, o o o
  tovarishchestvo s ogranichennoy otvetstvennostyu, t o o, tov, t o v, tzov
  tovarystvo z obmezhenoyu vidpovidalnistyu, obshchestvo s ogranichennoi otvetstvennostiu
  obshchestvo s dopolnitelnoy otvetstvennostyu, odo, obshchestvo s ogranichennoy otvetstvennost yu
  limited liability company ooo, mas uliyatli jamiyati, mchj, mmc, mehdud mesuliyyetli cemiyyet
  obmezhena vidpovidalnist, zhshs, osoo, ogranichennoy otvetstvennostyu
oao: otkrytoe aktsionernoe obshchestvo, open joint stock company, ojsc, o a o, open jsc
pao: publichnoe aktsionernoe obshchestvo, public joint stock company, pjsc, public jsc, p a o
  publichne aktsionerne tovarystvo
zao: zakrytoe aktsionernoe obshchestvo, closed joint stock company, cjsc, z a o, closed jsc
ao: aktsionernoe obshchestvo, joint stock company, jsc, joint stock co, a o, aktsionerne tovarystvo
  nepublichnoe aktsionernoe obshchestvo, nao, private joint stock company, prjsc, prat, private jsc
  privatne aktsionerne tovarystvo, joint stock, zat, js company, kuksj, k s c, ksc, ksc c, saoc
  saog
  qsc, q s c, qpsc, bsc, b s c, sae, s a e, p j s c, j s c, psc, cjs company, aktsionerlik jamiyati
gup: gosudarstvennoe unitarnoe predpriyatie, fgup, mup
  federalnoe gosudarstvennoe unitarnoe predpriyatie
  munitsipalnoe unitarnoe predpriyatie, unitarnoe predpriyatie, unitary enterprise
  state enterprise
  state owned enterprise, state unitary enterprise, federal state unitary enterprise, chup, chtup
  derzhavne pidpryyemstvo, kazennoe predpriyatie, rup, kommunalnoe predpriyatie
npo rossii: nauchno proizvodstvennoe obedinenie, nauchno issledovatelskiy institut
kk: kabushiki kaisha, kabushiki gaisha, kabushikigaisha, kabushikikaisha, kabusiki kaisha, k k
yk: yugen kaisha, yugen gaisha, yugengaisha, y k
gk: godo kaisha, goudou gaisha, godo gaisha, g k, godogaisha
youxian gongsi: youxiangongsi, youxian zeren gongsi, zeren youxian gongsi, you xian gong si
  youxian gong si, limited liability company prc
gufen youxian gongsi: gufen gongsi, gufenyouxiangongsi, gu fen you xian gong si
  company limited by shares
  gufen youxiangongsi, co ltd by shares
jituan: jituan gongsi, jituan youxian gongsi, ji tuan, qiye jituan
jusik hoesa: chusik hoesa, jusikhoesa, chusikhoesa, jushik hoesa
yuhan hoesa: yuhanhoesa, yuhan chaegim hoesa
cong ty tnhh: cong ty trach nhiem huu han, tnhh, trach nhiem huu han, cong ty tnhh mot thanh vien
  tnhh mtv
  cong ty tnhh mtv, one member limited liability company, mtv
cong ty co phan: ctcp, cty cp, cty co phan, ctcp vn
pt: perseroan terbatas, pt tbk, p t, tbk, perseroan terbatas terbuka
cv indonesia: commanditaire vennootschap indonesia
bhd: berhad
bo ri sat: borisat, borisat chamkat, bo ri sat cham kat, hang hun suan, hang hun suan chamkat
w l l: with limited liability company, spc, s p c, single person company
ksp: korporasi
ltee: limitee, ltee ltd, ltd ltee, societe par actions canada
ulc: unlimited liability company, unlimited, unltd, unlimited company, uc
dac: designated activity company, cuideachta ghniomhaiochta ainmnithe, cga
clg: company limited by guarantee, cuideachta faoi theorainn rathaiochta
nl: no liability
bm: b m, be eravon mugbal, beravon mugbal
"""

_FAMILIES = """
limited: ltd, pvt ltd, co ltd, llc, gmbh, ug, sarl, eurl, bv, srl, sl, lda, aps, oy, ehf, ou, sia
  uab, sp z oo, sro, kft, doo, ood, eood, shpk, epe, ltd sti, ooo, gk, yk, youxian gongsi
  yuhan hoesa, cong ty tnhh, w l l, ltee, dac, clg, cic, nl, bm, bo ri sat, pt, bhd, ab, as
shares: inc, corp, plc, ag, sa, sas, se, sca, spa, nv, asa, oyj, hf, sa polska, zrt, nyrt, dd, ead
  as turk, oao, pao, zao, ao, kk, gufen youxian gongsi, jusik hoesa, cong ty co phan, kgaa, na
  ulc, pc
partnership: llp, lp, gp, kg, ohg, gbr, partg, snc, scs, sci, hb, is, ky, sp k, sp j, vos, bt
  oe greece, cb
  ss, pllc, cv indonesia
mixed: gmbh & co kg, sp z oo sp k
owner: ek, ei
members: ev, eg, scop, asbl, gie, vvag, stiftung des privatrechts
state: kdor, epic, gup
"""

# In their own scripts, as they stand at the head or the tail of a name without a space.
CJK_LEGAL_FORMS: Mapping[str, str] = by_other_spelling("""
gufen youxian gongsi: 股份有限公司, 股份公司, 股份有限责任公司
youxian gongsi: 有限责任公司, 有限責任公司, 有限公司, 有限责任, 有限
jituan: 集团有限公司, 集團有限公司, 集团股份有限公司, 集團股份有限公司
  集团公司, 集團公司, 集团, 集團
youxian hehuo: 有限合伙企业, 有限合伙, 普通合伙, 合伙企业
ei: 个体工商户, 個體工商戶, 个体户
kk: 株式会社, 株式會社, (株), ㈱, 株式
yk: 有限会社, 有限會社, (有), ㈲
gk: 合同会社, 合同會社, (同)
hb: 合名会社, 合資会社, 合资会社
asbl: 一般社団法人, 公益社団法人, 一般財団法人, 公益財団法人
  社団法人, 財団法人, 特定非営利活動法人
  医療法人, 学校法人, 社会福祉法人, 宗教法人, 独立行政法人, 사단법인, 재단법인, 학교법인, 의료법인
jusik hoesa: 주식회사, (주), ㈜
yuhan hoesa: 유한회사, 유한책임회사, (유)
hb korea: 합자회사, 합명회사
co: 公司, 会社, 회사
""")

# In their own scripts, parted from the name by a space.
NATIVE_LEGAL_FORMS: Mapping[str, str] = by_other_spelling("""
ooo: общество с ограниченной ответственностью, ооо, о о о, тоо
  товарищество с ограниченной ответственностью
  тов, товариство з обмеженою відповідальністю, одо, ооод
  общество с дополнительной ответственностью
oao: открытое акционерное общество, оао, о а о, відкрите акціонерне товариство, ват
pao: публичное акционерное общество, пао, п а о, публічне акціонерне товариство, пат
zao: закрытое акционерное общество, зао, з а о, закрите акціонерне товариство, зат
ao: акционерное общество, ао, а о, нао, акціонерне товариство, приватне акціонерне товариство
  прат, пат україни
  непубличное акционерное общество
ei: индивидуальный предприниматель, ип, чп, фоп, фізична особа підприємець, частное предприятие
gup: государственное унитарное предприятие, гуп, фгуп, муп, муниципальное унитарное предприятие
  чуп, уп, руп
  федеральное государственное унитарное предприятие, державне підприємство, дп, чтуп, кп
asbl: автономная некоммерческая организация, ано, нко, фонд, некоммерческое партнерство
  нп, ωματειο
  общественная организация, товарищество собственников жилья, тсж, جمعية, מוסד, עמותה, ער
scop: кооператив, производственный кооператив, потребительский кооператив, спк, задруга, תאגיד
  אגודה שיתופית
ood: дружество с ограничена отговорност, оод
eood: еднолично дружество с ограничена отговорност, еоод
ead: еднолично акционерно дружество, еад
dd: акционерно дружество, ад, акционарско друштво, а д
doo: друштво са ограниченом одговорношћу, доо, д о о, друштво со ограничена одговорност, дооел
sa: ανωνυμη εταιρεια, ανωνυμος εταιρεια, αε, α ε, ανωνυμη εταιρια
epe: εταιρεια περιορισμενης ευθυνης, επε, ε π ε, ικε, ι κ ε, ιδιωτικη κεφαλαιουχικη εταιρεια
  μονοπροσωπη ικε
  μονοπροσωπη επε
oe greece: ομορρυθμη εταιρεια, οε, ο ε, εε, ε ε, ετερορρυθμη εταιρεια
llc: ذ م م, ذات مسؤولية محدودة, ذات مسئولية محدودة, شركة ذات مسؤولية محدودة
  شركة ذات مسئولية محدودة, ذمم
  محدودة, المحدودة
ao: ش م ع, شركة مساهمة عامة, شركة مساهمة, شركة مساهمة خاصة, ش م م, ش م ل, مساهمة, شركه سهامی عام
  سهامی عام
  شركه سهامی خاص, سهامی خاص
co: شركة, شرکت, مؤسسة, بشركة, חברה, компания, корпорация, εταιρεια, บริษัท
ltd: בעמ, בע מ, בערבון מוגבל, חברה בעמ, จำกัด, प्राइवेट लिमिटेड, लिमिटेड, লিমিটেড, لمیٹڈ, شپس, შპს
  سي آل
corp: 법인
plc: มหาชน, จำกัด มหาชน, จํากัด มหาชน
""")

# Forms that people glue to the name, and that end no ordinary word.
GLUED_FORMS: tuple[str, ...] = (
    "aktiengesellschaft",
    "kommanditgesellschaft",
    "handelsgesellschaft",
    "incorporated",
    "corporation",
    "kabushikikaisha",
    "youxiangongsi",
    "osakeyhtio",
    "aktiebolag",
    "pvtltd",
    "pteltd",
    "ptyltd",
    "sdnbhd",
    "limited",
    "coltd",
    "gmbhcokg",
    "gmbh",
    "spzoo",
)

# Written without points they would be other words: as letters apart they are not.
_NOT_SPELT_OUT = words("""
  ltd inc corp limited lim pvt pte pty ltda cie cia comp coy co coop trust unlimited tbk sti publ
  verein inh inhaber prop ditta ets fond gen regie company arge epic foundation society limitada
""")
_LONGEST_INITIALS = 5


def _with_initials(forms: dict[str, str]) -> dict[str, str]:
    """Return the forms with "g m b h" beside "gmbh", as folding makes it of "G.m.b.H."."""
    spelt = {
        " ".join(form): canonical
        for form, canonical in forms.items()
        if form.isalpha() and 1 < len(form) <= _LONGEST_INITIALS and form not in _NOT_SPELT_OUT
    }
    return spelt | forms


LEGAL_FORMS: Mapping[str, str] = _with_initials(by_spelling(_FORMS))

LEGAL_FAMILIES: Mapping[str, str] = {
    form: family for form, family in by_spelling(_FAMILIES).items() if form in LEGAL_FORMS
}

# Words that also are ordinary parts of names: a form only where nothing but forms follows.
ONLY_AT_THE_END = phrases("""
  co, na, as, is, se, ag, sa, sp, at, up, ik, mb, bt, dd, ad, oe, ee, eu, og, gen, lim, comp
  trust, trustees
  corporate, society, foundation, verein, cooperative, coop, partnership, unlimited, ip, ky, ay
  kb, hb, hf, nl
  bm, cc, cv, pc, gp, lp, ss, is, ks, ou, sia, ab, oy, mei, tov, too, pat, vat, zat, ano, sal
  sac, sad, ei, ev
  eg, ek, ug, kg, pt, kk, gk, yk, inh, prop, ets, fond, regie, earl, sca, sci, sti, doo, ood, epe
  ao, is, in
""")
