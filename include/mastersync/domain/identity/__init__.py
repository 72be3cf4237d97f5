"""Who is who: customers that turned out to be one, or two."""
