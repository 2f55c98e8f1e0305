"""Verifies an attestation of a distribution as PyPI does: TRUSTED_ROOT ATTESTATION DISTRIBUTION IDENTITY ISSUER."""

import sys
from pathlib import Path

import pypi_attestations._impl as implementation
from pypi_attestations import Attestation, Distribution
from sigstore.models import TrustedRoot
from sigstore.verify import Verifier
from sigstore.verify.policy import Identity

root, attestation, distribution, identity, issuer = sys.argv[1:]


class Local(Verifier):
    """The verifier of the public instance, with another trusted root."""

    @classmethod
    def production(cls, *, offline: bool = False) -> Verifier:
        return Verifier(trusted_root=TrustedRoot.from_file(root))


implementation.Verifier = Local
attested = Attestation.model_validate_json(Path(attestation).read_bytes())
policy = Identity(identity=identity, issuer=issuer)
predicate_type, predicate = attested.verify(policy, Distribution.from_file(Path(distribution)), offline=True)
print(predicate_type)
