"""Faithful stand-ins for the outside: client systems, a credit agency, a mail service, faults."""
