"""What stands around a person's name and says little of who it is."""

from mastersync.domain.resolution.vocabulary.tables import phrases, words

# Before or behind a name; dropped for comparison.
TITLES = words("""
  mr mrs ms miss mx master mister missus madam madame mme mmes mlle mademoiselle monsieur messieurs
  mm sir dame lord lady rev reverend revd fr father sister brother pastor rabbi imam sheikh shaikh
  sheik cheikh shaykh mullah maulvi maulana mawlawi molvi mawlana haji hajji hadji hajj al-hajj alhaj
  qari ustad ustaz doctor dr drs dra doc prof professor professeur profesor professoressa hon honorable
  honourable judge justice capt captain col colonel gen general maj major lt lieutenant cpl
  corporal sgt sergeant cdr commander adm admiral brig brigadier amb ambassador pres president prasident
  praesident senator sen gov governor minister chancellor king queen prince princess prinz prinzessin duke
  baron baronin freiherr freifrau graf grafin graefin herr herrn frau fraulein fraeulein dipl ing dipling
  diplom mag magister lic kfm hr fru froken herra rouva senor senora senorita sr sra srta don dona dom
  signor signore signora signorina sig sigra egr dott dottor dottore dottoressa avv ing arch rag geom cav
  comm on spett gent meneer mevrouw mej dhr mw mevr heer shri sri shree smt shrimati kumari
  kum selvi thiru tmt sardar sardarni pandit pt swami guru begum bibi khan sahib saheb janab ustadh
  bay bayan bey hanim efendi pan pani gospodin gospodja gospoda gospozha tovarishch grazhdanin
  mgr inz rndr mudr judr phdr bc csc phd ph.d md m.d mbbs dds dmd dvm do esq esquire jd llb llm ba
  bsc bs ma msc mba mphil dphil edd ca cpa cfa acca fca aca rn np pe pmp obe mbe cbe qc kc sc ret
  retd dres hc habil mult med jur rer nat phil theol dsc frcs mrcp frcp ias ips ifs advocate adv er cs
  attorney solicitor barrister apl
""") - {"khan", "bibi", "pan", "pani", "guru", "selvi", "do", "ma", "ba", "comm", "on", "mm", "er", "pe"}

# Said of father and son: they tell two persons apart.
GENERATIONS = {
    **dict.fromkeys(("jr", "jnr", "junior", "jun", "filho", "hijo", "fils", "neto", "ml"), "jr"),
    **dict.fromkeys(("sr", "snr", "senior", "sen", "pai", "padre", "pere", "st"), "sr"),
    **dict.fromkeys(("ii", "2nd", "second"), "ii"),
    **dict.fromkeys(("iii", "3rd", "third"), "iii"),
    **dict.fromkeys(("iv", "4th", "fourth"), "iv"),
    **dict.fromkeys(("v", "5th"), "v"),
}

# Parts of surnames that are left out, written together or spelt otherwise.
PARTICLES = words("""
  von vom zu zum zur van de der den del della delle dello degli dei di da do dos das du des d la le les lo
  los las el al ul ur as ad an ibn bin bint ben ould wuld abu abou umm um bu binti bte y e e' i af av
  te ten ter tor het 't op mac mc o ap ab st san santa nic ni ui na ath uz ag ait
""")
PARTICLE_PHRASES = phrases("""
  von der, von dem, von den, von und zu, van der, van den, van de, van het, de la, de las, de los, de le, de l,
  dos santos, da silva, op de, op den, aan de, in t, in der, auf der, zu der, ben al, bin al, ibn al, abu al, abd al
""")
# Arabic and Hebrew particles that stand for each other.
PARTICLE_SPELLINGS = {
    **dict.fromkeys(("bin", "ibn", "ben", "bn", "b"), "bin"),
    **dict.fromkeys(("al", "el", "ul", "ur", "as", "ad", "ash", "an", "ar", "az", "at"), "al"),
    **dict.fromkeys(("abu", "abou", "abo", "bu", "aboo"), "abu"),
    **dict.fromkeys(("bint", "binti", "bte", "binte"), "bint"),
    **dict.fromkeys(("mac", "mc"), "mc"),
}

# A company's name that starts with such a word is its owner's: "Inh. Peter Müller".
OWNER_WORDS = phrases("""
  inh, inhaber, inhaberin, owner, prop, proprietor, titular, titolare, eigenaar, t/a, ta, trading as, dba
  d b a, doing business as, fka, f k a, formerly, formerly known as, formerly trading as, aka, a k a
  also known as, vormals, vorm, ehemals, vorher, anciennement, ex, nom commercial, enseigne, v h, voorheen
  known as, handelsnaam, handelnd als, firmierend als, antes
""")
