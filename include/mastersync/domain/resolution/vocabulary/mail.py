"""Mailboxes and mail domains: whose they are, and which say nothing."""

from collections.abc import Mapping

from mastersync.domain.resolution.vocabulary.tables import words

# Providers of mail for everybody: the domain says nothing of the customer.
FREE_MAIL = words("""
  gmail.com googlemail.com google.com outlook.com outlook.de outlook.fr outlook.es outlook.it
  outlook.in outlook.jp outlook.sa
  outlook.com.br outlook.co.th outlook.ie outlook.at outlook.be outlook.pt outlook.cz outlook.dk
  outlook.hu outlook.com.au
  outlook.com.ar outlook.com.tr outlook.co.id outlook.kr outlook.ph outlook.sg outlook.my
  outlook.cl outlook.co.nz
  hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.it hotmail.es hotmail.nl hotmail.be
  hotmail.ca hotmail.com.au
  hotmail.com.br hotmail.com.ar hotmail.com.tr hotmail.co.jp hotmail.ch hotmail.se hotmail.no
  hotmail.dk hotmail.fi
  hotmail.gr hotmail.co.in hotmail.co.za hotmail.com.mx hotmail.cl hotmail.co.nz hotmail.com.hk
  hotmail.at hotmail.sg
  live.com live.co.uk live.fr live.de live.it live.nl live.be live.ca live.com.au live.com.mx
  live.com.ar live.com.pt live.in
  live.jp live.cn live.hk live.se live.no live.dk live.at live.ie live.co.za live.cl live.ru
  live.com.sg msn.com passport.com
  windowslive.com yahoo.com yahoo.co.uk yahoo.co.in yahoo.in yahoo.fr yahoo.de yahoo.it yahoo.es
  yahoo.ca yahoo.com.au yahoo.com.br
  yahoo.com.mx yahoo.com.ar yahoo.co.jp yahoo.com.cn yahoo.cn yahoo.com.hk yahoo.com.tw
  yahoo.com.sg yahoo.com.ph yahoo.com.vn
  yahoo.co.id yahoo.co.th yahoo.com.my yahoo.co.kr yahoo.co.nz yahoo.co.za yahoo.ie yahoo.nl
  yahoo.be yahoo.se yahoo.no yahoo.dk
  yahoo.gr yahoo.pl yahoo.ro yahoo.hu yahoo.cz yahoo.at yahoo.ch yahoo.pt yahoo.cl yahoo.com.co
  yahoo.com.pe yahoo.com.ve yahoo.com.tr
  yahoo.com.eg yahoo.ae yahoo.com.sa yahoo.co.il yahoo.com.pk yahoo.fi yahoo.ru yahoo.com.ua
  ymail.com rocketmail.com myyahoo.com
  yahoomail.com icloud.com me.com mac.com aol.com aol.co.uk aol.de aol.fr aol.in aim.com
  netscape.net netscape.com compuserve.com
  mail.com email.com usa.com usa.net post.com europe.com asia.com consultant.com engineer.com
  dr.com doctor.com writeme.com
  iname.com myself.com cheerful.com techie.com london.com berlin.com munich.com accountant.com
  lawyer.com contractor.net workmail.com
  proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.io tuta.com
  fastmail.com fastmail.fm hushmail.com
  hush.com runbox.com mailfence.com posteo.de posteo.net mailbox.org disroot.org riseup.net
  ctemplar.com startmail.com hey.com
  zoho.com zoho.in zoho.eu zohomail.com zohomail.in inbox.com lycos.com lycos.co.uk lycos.de
  lycos.fr excite.com juno.com netzero.net
  netzero.com earthlink.net mindspring.com comcast.net verizon.net att.net sbcglobal.net
  bellsouth.net cox.net charter.net
  roadrunner.com rr.com optonline.net optimum.net frontier.com frontiernet.net windstream.net
  centurylink.net centurytel.net
  embarqmail.com q.com qwest.net cableone.net suddenlink.net mediacombb.net insightbb.com twc.com
  pacbell.net ameritech.net swbell.net
  prodigy.net flash.net worldnet.att.net peoplepc.com wowway.com rcn.com tds.net hughes.net
  knology.net gci.net hawaii.rr.com
  sympatico.ca bell.net rogers.com shaw.ca telus.net videotron.ca cogeco.ca eastlink.ca mts.net
  sasktel.net nb.sympatico.ca
  bellaliant.net xplornet.com bigpond.com bigpond.net.au bigpond.com.au optusnet.com.au
  iinet.net.au tpg.com.au westnet.com.au
  dodo.com.au internode.on.net adam.com.au ozemail.com.au aapt.net.au xtra.co.nz slingshot.co.nz
  orcon.net.nz vodafone.co.nz
  clear.net.nz paradise.net.nz ihug.co.nz btinternet.com btopenworld.com bt.com talktalk.net
  tiscali.co.uk sky.com virginmedia.com
  virgin.net ntlworld.com blueyonder.co.uk talk21.com tesco.net o2.co.uk orange.net
  freeserve.co.uk fsmail.net wanadoo.co.uk
  plus.net plusnet.com plusnet.co.uk uwclub.net supanet.com onetel.com lineone.net zen.co.uk
  which.net madasafish.com eircom.net
  iol.ie gofree.indigo.ie vodafone.ie gmx.de gmx.net gmx.at gmx.ch gmx.com gmx.eu gmx.info gmx.org
  gmx.fr gmx.es gmx.co.uk gmx.us web.de
  t-online.de freenet.de arcor.de online.de email.de mail.de alice-dsl.net alice-dsl.de alice.de
  hanse.net hansenet.de kabelmail.de
  unitybox.de unity-mail.de netcologne.de ewetel.net ewe.net versanet.de o2online.de o2mail.de
  vodafone.de vodafonemail.de magenta.de
  1und1.de nexgo.de onlinehome.de osnanet.de htp-tel.de mnet-online.de mnet-mail.de kabelbw.de
  epost.de firemail.de
  aon.at chello.at inode.at utanet.at a1.net liwest.at drei.at tele2.at bluewin.ch sunrise.ch
  hispeed.ch swissonline.ch bluemail.ch
  tele2.ch quickline.ch orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr
  bouygtel.fr numericable.fr numericable.com club-internet.fr
  aliceadsl.fr alice.fr cegetel.net 9online.fr noos.fr dartybox.com voila.fr nordnet.fr
  libertysurf.fr tele2.fr worldonline.fr 9business.fr
  skynet.be telenet.be proximus.be scarlet.be belgacom.net voo.be tvcablenet.be base.be pandora.be
  ziggo.nl kpnmail.nl kpnplanet.nl planet.nl
  hetnet.nl home.nl casema.nl upcmail.nl xs4all.nl chello.nl quicknet.nl zonnet.nl tele2.nl
  online.nl caiway.nl solcon.nl onsbrabantnet.nl
  telfort.nl libero.it virgilio.it tin.it alice.it tiscali.it fastwebnet.it inwind.it iol.it
  tim.it vodafone.it email.it poste.it
  hotmail.com.it teletu.it infinito.it katamail.com supereva.it interfree.it pec.it legalmail.it
  arubapec.it telefonica.net movistar.es
  terra.es ono.com ya.com orange.es telecable.es euskaltel.net jazztel.es vodafone.es wanadoo.es
  eresmas.com mixmail.com r.cable.es
  sapo.pt clix.pt netcabo.pt iol.pt mail.telepac.pt telepac.pt meo.pt vodafone.pt nos.pt oninet.pt
  telia.com comhem.se bredband.net
  spray.se swipnet.se tele2.se passagen.se home.se bahnhof.se glocalnet.net online.no broadpark.no
  frisurf.no getmail.no lyse.net start.no
  tdcadsl.dk mail.dk jubii.dk ofir.dk stofanet.dk webspeed.dk youmail.dk mail.tele.dk kolumbus.fi
  elisanet.fi saunalahti.fi luukku.com
  suomi24.fi pp.inet.fi netti.fi welho.com jippii.fi wp.pl o2.pl onet.pl onet.eu op.pl interia.pl
  interia.eu poczta.onet.pl gazeta.pl
  poczta.fm tlen.pl vp.pl autograf.pl buziaczek.pl neostrada.pl seznam.cz email.cz centrum.cz
  volny.cz post.cz atlas.cz quick.cz tiscali.cz
  azet.sk zoznam.sk centrum.sk post.sk pobox.sk stonline.sk orangemail.sk freemail.hu citromail.hu
  indamail.hu t-online.hu vipmail.hu
  upcmail.hu invitel.hu mailbox.hu net.hr inet.hr email.t-com.hr vip.hr siol.net volja.net
  amis.net abv.bg mail.bg dir.bg gbg.bg
  ukr.net i.ua meta.ua bigmir.net online.ua mail.ua email.ua yandex.ru yandex.com ya.ru yandex.ua
  yandex.kz yandex.by mail.ru bk.ru
  inbox.ru list.ru internet.ru rambler.ru lenta.ru autorambler.ru ro.ru myrambler.ru tut.by
  inbox.lv one.lv apollo.lv mail.ee hot.ee
  neti.ee delfi.lv walla.com walla.co.il bezeqint.net netvision.net.il 012.net.il zahav.net.il
  barak.net.il inter.net.il otenet.gr
  forthnet.gr hol.gr in.gr freemail.gr mailbox.gr pathfinder.gr cytanet.com.cy mynet.com
  superonline.com ttmail.com ttnet.net.tr
  turk.net rediffmail.com rediff.com sify.com indiatimes.com in.com vsnl.com vsnl.net
  airtelmail.in airtelmail.com bsnl.in sancharnet.in
  dataone.in eth.net satyam.net.in hathway.com mtnl.net.in hotmail.in qq.com vip.qq.com
  foxmail.com 163.com 126.com yeah.net
  188.com vip.163.com vip.126.com sina.com sina.cn vip.sina.com sohu.com tom.com 21cn.com 139.com
  189.cn wo.cn aliyun.com china.com
  eyou.com 263.net netvigator.com hkbn.net i-cable.com hknet.com biznetvigator.com ctimail.com
  pacific.net.hk pchome.com.tw
  hinet.net seed.net.tw ms.hinet.net mail2000.com.tw url.com.tw naver.com hanmail.net daum.net
  nate.com korea.com chol.com dreamwiz.com
  hanmir.com empal.com paran.com lycos.co.kr docomo.ne.jp ezweb.ne.jp softbank.ne.jp i.softbank.jp
  au.com nifty.com biglobe.ne.jp
  ocn.ne.jp so-net.ne.jp plala.or.jp dion.ne.jp infoseek.jp goo.jp excite.co.jp singnet.com.sg
  starhub.net.sg pacific.net.sg tm.net.my
  streamyx.com pldtdsl.net skyinet.net telkom.net plasa.com cbn.net.id centrin.net.id indo.net.id
  vnn.vn fpt.vn hcm.vnn.vn uol.com.br
  bol.com.br terra.com.br ig.com.br globo.com globomail.com r7.com oi.com.br zipmail.com.br
  pop.com.br superig.com.br veloxmail.com.br
  speedy.com.ar fibertel.com.ar arnet.com.ar ciudad.com.ar prodigy.net.mx live.cl terra.cl vtr.net
  une.net.co etb.net.co cantv.net
  telmex.net.mx infinitummail.com mweb.co.za telkomsa.net vodamail.co.za webmail.co.za iafrica.com
  absamail.co.za lantic.net polka.co.za
  emirates.net.ae eim.ae etisalat.ae maktoob.com link.net tedata.net.eg menara.ma iam.net.ma
  caramail.com topnet.tn planet.tn gnet.tn
  safaricom.co.ke naij.com nepalmail.com wlink.com.np sltnet.lk dialognet.lk cyber.net.pk
  brain.net.pk
  mailinator.com guerrillamail.com 10minutemail.com yopmail.com trashmail.com tempmail.com
  temp-mail.org sharklasers.com getnada.com
  dispostable.com maildrop.cc throwawaymail.com wegwerfmail.de spambog.com
  privaterelay.appleid.com duck.com
""")

ROLE_MAILBOXES = words("""
  info information infos infomail sales sale salesteam office offices bureau buero buro contact
  contacts contactus contacto contatto
  account accounts accounting accountspayable accountsreceivable accountpayable ap ar acct accts
  admin admins administration
  administrator administracion administrativo administrator amministrazione administratie hello hi
  hallo hola bonjour ciao mail email
  mailbox post posta billing bills bill invoice invoices invoicing rechnung rechnungen
  rechnungseingang buchhaltung compta comptabilite
  facturation factures fatture facturas facturacion facturen kontakt team support help helpdesk
  service services servicedesk kundenservice
  kundendienst customerservice customercare care customer customers enquiries enquiry inquiries
  inquiry query finance finanzen fibu
  treasury payments payment payroll hr jobs job career careers recruitment recruiting personal
  bewerbung bewerbungen rh humanresources
  marketing press presse pr media newsletter news webmaster web website postmaster hostmaster
  abuse root it itsupport edv technik tech
  technical operations ops logistics logistik versand shipping dispatch delivery warehouse lager
  orders order bestellung bestellungen
  commande commandes pedidos ordini bestelling purchasing purchase purchases procurement buyer
  buying einkauf achats compras acquisti
  inkoop vertrieb verkauf verkoop ventes ventas vendite commercial comercial commerciale direction
  direktion director directors gf
  geschaeftsleitung geschaeftsfuehrung management manager ceo cfo coo md owner inhaber boss chef
  secretariat sekretariat secretary
  segreteria secretaria reception receptie empfang zentrale centrale front frontdesk frontoffice
  backoffice general main company firma
  reservations reservation reservas reservierung booking bookings events event shop store webshop
  onlineshop online eshop export import
  exports imports trade trading quotes quote quotation quotations tender tenders legal compliance
  privacy dataprotection datenschutz
  dpo gdpr security projects project planning planung production produktion quality qm qa lab
  labor workshop werkstatt garage
  parts ersatzteile spares repair repairs studio gallery restaurant hotel club school clinic
  praxis pharmacy apotheke kanzlei
  members membership feedback complaints claims everyone all staff mitarbeiter group partner
  partners b2b wholesale retail
  dealer dealers agent agency france germany uk india china hk usa europe export1 info1 info2
  sales1 sales2
""")

# A mailbox that was typed to have one.
PLACEHOLDER_MAILBOXES = words("""
  test tests teste testing tester testuser test1 test123 testtest none no noemail no-email
  no_email nomail no-mail no.email no.mail
  na n.a nil null unknown unbekannt inconnu noreply no-reply no_reply donotreply do-not-reply
  do.not.reply dontreply noresponse
  example sample dummy fake demo xxx xx x aaa aa a abc abcd asdf asd qwerty foo bar foobar
  anonymous nobody noone keine kein keineemail
  keinemail ohne sans aucun pasdemail sinemail sincorreo nocorreo notiene geen geenemail
  email.unknown notprovided notgiven notavailable
  notapplicable refused declined customer client kunde user username name yourname your.name
  firstname.lastname first.last invalid
  bounce mailer-daemon placeholder temp tmp blank empty undefined nan noemailaddress noaddress xyz
  123 1234 12345 123456
""")
PLACEHOLDER_DOMAINS = words("""
  example.com example.org example.net example.edu test.com test.de test.org test.net test.fr
  test.it test.co.uk test.test
  testing.com tester.com none.com none.none no.com noemail.com nomail.com no-email.com
  noemail.invalid na.com unknown.com
  invalid.com invalid.invalid null.com null.null xxx.com xx.com aaa.com abc.com asdf.com foo.com
  bar.com foobar.com
  domain.com domain.de domain.tld yourdomain.com yourcompany.com mycompany.com company.com
  email.invalid sample.com dummy.com
  fake.com demo.com localhost localhost.localdomain noreply.com no-reply.com nowhere.com
  anonymous.com muster.de mustermann.de
  musterfirma.de mail.invalid a.com b.com x.com y.com z.com aa.com notprovided.com
  notavailable.com refused.com tbd.com ex.com
  temp.com placeholder.com
""")

# Domains of the big providers as people mistype them.
TYPO_DOMAINS: Mapping[str, str] = {
    typo: domain
    for domain, typos in {
        "gmail.com": """
          gmial.com gmal.com gmai.com gmali.com gamil.com gmil.com gmaill.com gmail.co gmail.con
          gmail.cm gmail.om gmail.comm
          gmail.de gmail.fr gmail.it gmail.es gmail.in gmail.net gmail.org gmaul.com gnail.com
          gmsil.com gmaik.com gmail.cmo gmail.vom
          gmail.cim gmail.coml gmailcom gimail.com gemail.com ggmail.com gmaail.com gmail.co.uk
          gmail.co.in gmailc.om gmeil.com
          hmail.com fmail.com g-mail.com gmail.xom gmaol.com gmqil.com jmail.com gail.com
          gmail.ocm gmil.co gmailk.com googlemail.de
          googelmail.com googlmail.com googlemail.co googlemail.con goglemail.com""",
        "hotmail.com": """
          hotmial.com hotmal.com hotmai.com hotmali.com hotamil.com hotmil.com hotmaill.com
          hotmail.co hotmail.con hotmail.cm
          hotmail.comm hotnail.com hotmsil.com homail.com hormail.com hitmail.com hotmaul.com
          hotmeil.com hptmail.com htomail.com
          hoymail.com hotail.com hotmail.om hotmailcom hotmaik.com hotmail.cim hotmail.vom
          hot-mail.com hotmaol.com ohtmail.com""",
        "yahoo.com": """
          yaho.com yahooo.com yhoo.com yahho.com yhaoo.com yaoo.com yahoo.con yahoo.cm
          yahoo.comm yahoo.om yaboo.com
          tahoo.com yanoo.com yajoo.com yahopo.com ayhoo.com yahoocom yahoo.cim yahoo.vom
          yshoo.com uahoo.com yaahoo.com yahu.com""",
        "yahoo.co.in": "yahoo.coin yaho.co.in yahoo.con.in yahooo.co.in yahoo.co.on",
        "yahoo.co.uk": "yaho.co.uk yahoo.couk yahooo.co.uk yahoo.c.uk yahoo.co.k yhoo.co.uk",
        "outlook.com": """
          outlok.com outloo.com outllook.com oultook.com outlool.com outlook.co outlook.con
          outlook.cm outlook.comm otulook.com
          outlookcom utlook.com outook.com outlookl.com outloook.com putlook.com iutlook.com
          outlock.com""",
        "icloud.com": """
          iclod.com icoud.com icluod.com icloud.co icloud.con icould.com iclould.com
          iclou.com icloud.cm icloude.com""",
        "live.com": "live.con live.cm live.co liv.com",
        "gmx.de": "gmx.d gxm.de gmx.dde gmx.ed gmx.dee gmy.de",
        "gmx.net": "gmx.ne gxm.net gmx.ent gmx.nte",
        "web.de": "wed.de we.de web.d web.dee wbe.de web.ed wev.de",
        "t-online.de": """
          t-onlin.de t-onlne.de tonline.de t-online.d t-onine.de t-oline.de
          t.online.de t-onlien.de t-online.com""",
        "freenet.de": "frenet.de freenet.d freent.de freente.de",
        "orange.fr": "orage.fr orange.f ornage.fr orang.fr oranfe.fr",
        "wanadoo.fr": "wanado.fr wandoo.fr wanadoo.f wannadoo.fr wanaddo.fr",
        "laposte.net": "lapost.net laposte.ne laposte.fr la-poste.net",
        "free.fr": "fre.fr free.f freee.fr",
        "btinternet.com": """
          btinterent.com btinternet.co btinernet.com btinternet.con btintenet.com
          bt-internet.com""",
        "rediffmail.com": """
          redifmail.com rediffmail.co rediffmail.con rediffmai.com redifffmail.com
          reddifmail.com""",
        "comcast.net": "comcat.net comast.net comcast.com comcast.ne",
        "aol.com": "aol.co aol.con aol.cm ao.com aoll.com",
        "libero.it": "libero.i libro.it libero.com liberi.it",
        "mail.ru": "mail.r mai.ru maill.ru",
    }.items()
    for typo in typos.split()
}

# Providers under which a mailbox is one whatever dots it has and whatever follows a plus.
DOTS_DO_NOT_COUNT = frozenset({"gmail.com", "googlemail.com"})
# One provider's domains, as one.
SAME_PROVIDER: Mapping[str, str] = {
    "googlemail.com": "gmail.com",
    "me.com": "icloud.com",
    "mac.com": "icloud.com",
    "protonmail.com": "proton.me",
    "protonmail.ch": "proton.me",
    "pm.me": "proton.me",
    "ya.ru": "yandex.ru",
    "yandex.com": "yandex.ru",
}
