"""Words that mean little for telling customers apart, and spellings of the same word."""

LEGAL_FORMS = frozenset(
    [
        *("ltd", "limited", "llc", "llp", "lp", "inc", "incorporated", "corp", "corporation"),
        *("co", "company", "plc", "pvt", "private", "pte", "pty", "gmbh", "mbh", "ag", "kg"),
        *("kgaa", "ug", "ohg", "gbr", "ek", "ev", "se", "sa", "sas", "sasu", "sarl", "eurl"),
        *("snc", "sci", "bv", "nv", "oy", "oyj", "ab", "as", "asa", "aps", "spa", "srl", "sl"),
        *("gesellschaft", "mit", "beschrankter"),
        *("kk", "ltda", "cie", "lllp", "pc", "pllc", "sro", "kft", "doo", "opc", "haftung"),
    ]
)
# Words of trade: two names that differ in them alone are suspicious, not different.
GENERIC_WORDS = frozenset(
    [
        *("group", "holding", "holdings", "international", "global", "national", "services"),
        *("service", "solutions", "systems", "trading", "traders", "enterprises", "enterprise"),
        *("partners", "associates", "consulting", "consultants", "management", "industries"),
        *("industry", "industrial", "manufacturing", "products", "supply", "supplies", "logistics"),
        *("transport", "construction", "engineering", "technologies", "technology", "tech"),
        *("software", "media", "marketing", "design", "foods", "food", "retail", "wholesale"),
        *("distribution", "properties", "property", "estates", "investments", "capital"),
        *("finance", "financial", "insurance", "energy", "electric", "electrical", "plumbing"),
        *("packaging", "printing", "plastics", "motors", "automotive", "auto", "travel"),
        *("restaurant", "restaurants", "cafe", "coffee", "grill", "bar", "bistro", "kitchen"),
        *("diner", "deli", "delicatessen", "pizza", "pizzeria", "house", "club", "hotel", "inn"),
        *("bakery", "trattoria", "ristorante", "brasserie", "steakhouse", "seafood", "room"),
        *("shop", "store", "stores", "market", "center", "centre", "clinic", "school", "of"),
        *("sons", "son", "brothers", "bros", "new", "old", "great", "american", "branch", "dept"),
        *("the", "and", "und", "et", "y", "e", "la", "le", "les", "el", "il", "de", "du", "des"),
        *("at", "on", "in", "for", "by", "von", "der", "die", "das"),
    ]
)
STOP_WORDS = frozenset({"the", "and", "und", "et", "of", "a", "an"})
TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "herr", "frau", "mme", "shri", "smt", "mx"}
)
GENERATIONS = frozenset({"jr", "junior", "sr", "senior", "ii", "iii", "iv"})

FREE_MAIL = frozenset(
    [
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com"),
        *("yahoo.com", "yahoo.co.uk", "yahoo.co.in", "icloud.com", "me.com", "aol.com"),
        *("gmx.de", "gmx.net", "web.de", "t-online.de", "freenet.de", "orange.fr", "wanadoo.fr"),
        *("free.fr", "laposte.net", "sfr.fr", "btinternet.com", "rediffmail.com", "mail.com"),
        *("proton.me", "protonmail.com", "qq.com", "163.com", "126.com", "bigpond.com"),
    ]
)
ROLE_MAILBOXES = frozenset(
    [
        *("info", "sales", "office", "contact", "accounts", "admin", "hello", "mail", "billing"),
        *("support", "enquiries", "service", "accounting", "finance", "kontakt", "team", "hr"),
    ]
)
PLACEHOLDER_MAILBOXES = frozenset(
    ["test", "none", "noemail", "no", "na", "noreply", "no-reply", "unknown", "nomail", "email"]
)

STREET_TYPES = frozenset(
    [
        *("street", "st", "str", "strasse", "road", "rd", "avenue", "ave", "av", "boulevard"),
        *("blvd", "blv", "lane", "ln", "drive", "dr", "court", "ct", "place", "pl", "platz"),
        *("square", "sq", "way", "weg", "terrace", "tce", "crescent", "cres", "close", "cl"),
        *("circuit", "cct", "parade", "pde", "highway", "hwy", "allee", "gasse", "rue", "marg"),
        *("nagar", "grove", "parkway", "pkwy", "circle", "cir", "route", "rte", "plaza", "pike"),
    ]
)
STREET_FILLERS = frozenset(
    {"de", "du", "la", "le", "des", "the", "north", "south", "east", "west", "n", "s", "e", "w"}
)
UNIT_WORDS = frozenset(
    {"unit", "suite", "ste", "apt", "apartment", "flat", "floor", "fl", "room", "plot", "level"}
)

_NICKNAMES = (
    "william bill will billy liam",
    "robert bob rob bobby",
    "richard dick rick rich",
    "james jim jimmy jamie",
    "john jack johnny jon",
    "michael mike mick mickey",
    "elizabeth liz beth lizzie betty eliza",
    "katherine catherine kate kathy cathy katie kathryn",
    "margaret maggie meg peggy",
    "thomas tom tommy",
    "joseph joe joey",
    "edward ed eddie ted ned",
    "charles charlie chuck",
    "daniel dan danny",
    "anthony tony",
    "alexander alex alec sandy",
    "andrew andy drew",
    "benjamin ben",
    "christopher chris kit",
    "david dave",
    "samuel samul sam",
    "nicholas nick nicolas",
    "patricia pat patty tricia",
    "jennifer jen jenny",
    "susan sue susie",
    "stephen steven steve",
    "matthew matt",
    "gregory greg",
    "victoria vicky tori",
    "rebecca becky",
    "deborah debbie deb",
    "lawrence larry laurence",
    "frederick fred freddie",
    "timothy tim",
    "peter pete",
    "philip phil phillip",
    "ronald ron",
    "kenneth ken",
    "joshua josh",
    "zachary zach zac",
)
NICKNAMES = {name: line.split()[0] for line in _NICKNAMES for name in line.split()}
