"""Adds a log to the database of litewitness, which has created it. litewitness's own witnessctl does the same, but needs more modules.

usage: witness_log.py DATABASE ORIGIN VERIFIER_KEY
"""

import base64
import hashlib
import sqlite3
import sys

database, origin, key = sys.argv[1:]
with sqlite3.connect(database) as db:
    if db.execute("SELECT 1 FROM log WHERE origin = ?", (origin,)).fetchone() is None:
        empty = base64.b64encode(hashlib.sha256().digest()).decode()
        db.execute("INSERT INTO log (origin, tree_size, tree_hash) VALUES (?, 0, ?)", (origin, empty))
        db.execute("INSERT INTO key (origin, key) VALUES (?, ?)", (origin, key))
