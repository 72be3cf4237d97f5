"""Who is who: which records are of one customer, for any table of records."""
