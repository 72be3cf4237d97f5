"""What the matcher knows about words: of names, addresses, numbers and mailboxes.

Keys are lower case and folded to ASCII, words parted by one space; see ``scripts.fold``.
"""
