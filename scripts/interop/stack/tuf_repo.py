"""Makes a TUF repository with a trusted root and a signing config.

usage: tuf_repo.py DIR TRUSTED_ROOT SIGNING_CONFIG
DIR/repo is the folder to serve, and DIR/repo/1.root.json the root with which a client starts.
One new Ed25519 key signs every role. Snapshots are consistent, and everything has version 1.
"""

import hashlib
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import (
    Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp,
)
from tuf.api.serialization.json import JSONSerializer

out, trusted_root, signing_config = (Path(a) for a in sys.argv[1:4])
repo = out / "repo"
(repo / "targets").mkdir(parents=True, exist_ok=True)
expires = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(days=365)

signer = CryptoSigner.generate_ed25519()
root = Root(expires=expires, consistent_snapshot=True)
for role in ("root", "timestamp", "snapshot", "targets"):
    root.add_key(signer.public_key, role)

targets = Targets(expires=expires)
for name, path in (
    ("trusted_root.json", trusted_root),
    ("signing_config.v0.2.json", signing_config),
):
    data = path.read_bytes()
    targets.targets[name] = TargetFile.from_data(name, data, ["sha256"])
    (repo / "targets" / f"{hashlib.sha256(data).hexdigest()}.{name}").write_bytes(data)

snapshot = Snapshot(expires=expires, meta={"targets.json": MetaFile(1)})
timestamp = Timestamp(expires=expires, snapshot_meta=MetaFile(1))

for part, name in (
    (root, "1.root.json"), (targets, "1.targets.json"),
    (snapshot, "1.snapshot.json"), (timestamp, "timestamp.json"),
):
    metadata = Metadata(part)
    metadata.sign(signer)
    metadata.to_file(str(repo / name), JSONSerializer(compact=False))
