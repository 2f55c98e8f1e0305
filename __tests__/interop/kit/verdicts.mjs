// Returns what the library says of each case. Runs unchanged in every Node and in a browser.

/** @param library what `countersign/verify` exports; @returns by the name of each case, `accept`, or the code of the refusal */
export async function verdictsOf(library, cases) {
  const verdicts = {};
  for (const { name, bundle, trustedRoot, artifact, identity, issuer, key } of cases) {
    try {
      // One of the cases is an attestation with the provenance of another repository.
      const content = { provenance: 'ignore' };
      const policy =
        key === undefined
          ? library.exactIdentity(identity, issuer, { content })
          : library.managedKey(library.readPublicKeyPem(key));
      const bytes = Uint8Array.from(atob(artifact), (digit) => digit.charCodeAt(0));
      await library.verify(
        library.readBundle(bundle),
        library.artifactOfBytes(bytes),
        library.readTrustedRoot(trustedRoot),
        policy,
        new Date(),
      );
      verdicts[name] = 'accept';
    } catch (error) {
      verdicts[name] = error instanceof library.CountersignError ? error.code : `not one of ours: ${error}`;
    }
  }
  return verdicts;
}
