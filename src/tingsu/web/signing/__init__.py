"""Signatures of parties: the page on which one signs, here or by a link, and the list of them.

Another wing shows its own with ``rows.signatures`` and ``web/signing/list.html``.
"""
