"""What stands around a person's name and says little of who it is."""

from mastersync.domain.resolution.vocabulary.tables import phrases, words

# Before or behind a name; dropped for comparison. None of them is a frequent surname.
TITLES = words("""
  mr mrs ms miss mx mister missus madam madame mme mmes mlle mademoiselle monsieur messieurs sir
  dame lady rev reverend revd rabbi imam sheikh shaikh sheik cheikh shaykh mullah maulvi maulana
  mawlawi molvi mawlana haji hajji hadji hajj alhaj qari ustad ustaz doctor dr drs dra prof
  professor professeur profesor professoressa honorable honourable justice capt captain colonel
  lt lieutenant cpl corporal sgt sergeant cdr commander adm admiral brigadier ambassador
  president prasident praesident senator governor chancellor prinz prinzessin baronin freiherr
  freifrau graf grafin graefin herr herrn frau fraulein fraeulein dipl ing dipling diplom
  magister lic kfm froken herra rouva senor senora senorita sr sra srta signor signore signora
  signorina sigra egr dott dottor dottore dottoressa avv geom spett meneer mevrouw mej dhr mw
  mevr heer shri sri shree smt shrimati kumari tmt sardarni swami janab ustadh bayan efendi
  gospodin gospodja gospoda gospozha tovarishch grazhdanin mgr inz rndr mudr judr phdr csc phd
  md mbbs dds dmd dvm esq esquire llb llm bsc msc mba mphil dphil edd cpa cfa acca fca aca rn
  pmp obe mbe cbe qc kc sc retd dres hc habil mult jur rer theol dsc frcs mrcp frcp ias ips ifs
  advocate adv attorney solicitor barrister apl
""")
# Titles of several words, and words that are titles only next to another one.
TITLE_PHRASES = phrases("""
  dr med, dr med dent, dr med vet, dr phil, dr rer nat, dr rer pol, dr jur, dr ing, dr hc, dr h c
  dr ing habil, ph d, m d
  dipl ing, dipl kfm, dipl wirt ing, dipl inform, dipl phys, ing mag, b sc, m sc, b a, m a, b eng
  m eng, ll m, m b a, maj gen, lt col
  lt gen, brig gen, maj, col, gen, capt, rt hon, the hon, his excellency, her excellency
  his royal highness, dona, khan bahadur
""")

# Said of father and son: they tell two persons apart.
GENERATIONS = {
    **dict.fromkeys(("jr", "jnr", "junior", "filho", "hijo", "fils", "neto"), "jr"),
    **dict.fromkeys(("sr", "snr", "senior"), "sr"),
    **dict.fromkeys(("ii", "2nd"), "ii"),
    **dict.fromkeys(("iii", "3rd"), "iii"),
    **dict.fromkeys(("iv", "4th"), "iv"),
}
# Those of them that no company is called.
JUNIORS = frozenset(word for word, said in GENERATIONS.items() if said in {"jr", "sr"})

# Parts of surnames that are left out, written together or spelt otherwise.
PARTICLES = words("""
  von vom zu zum zur van de der den del della delle dello degli dei di da do dos das du des d la
  le les lo
  los las el al ul ur as ad an ibn bin bint ben ould wuld abu abou umm um bu binti bte y e e' i af
  av
  te ten ter tor het 't op mac mc o ap ab st san santa nic ni ui na ath uz ag ait
""")
PARTICLE_PHRASES = phrases("""
  von der, von dem, von den, von und zu, van der, van den, van de, van het, de la, de las, de los
  de le, de l
  dos santos, da silva, op de, op den, aan de, in t, in der, auf der, zu der, ben al, bin al
  ibn al, abu al, abd al
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
  inh, inhaber, inhaberin, owner, prop, proprietor, titular, titolare, eigenaar, t/a, ta
  trading as, dba
  d b a, doing business as, fka, f k a, formerly, formerly known as, formerly trading as, aka
  a k a
  also known as, vormals, vorm, ehemals, vorher, anciennement, ex, nom commercial, enseigne, v h
  voorheen
  known as, handelsnaam, handelnd als, firmierend als, antes
""")
