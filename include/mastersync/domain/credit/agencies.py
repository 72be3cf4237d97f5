"""The agencies that reports are bought from: the names that stand in ledgers and reports."""

CREDITSAFE = "creditsafe"
DNB = "dnb"
EXPERIAN = "experian"
AGENCIES = (CREDITSAFE, DNB, EXPERIAN)
MONITORING = frozenset({CREDITSAFE, DNB})  # Experian tells of no changes
TITLES = {CREDITSAFE: "Creditsafe", DNB: "D&B", EXPERIAN: "Experian"}
