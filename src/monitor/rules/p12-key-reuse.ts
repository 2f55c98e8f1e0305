import type { EntryRule, Verdict } from './rule.ts';
import { everything } from './scopes.ts';
import { issuedSigners, signedAt, signerName } from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';
import type { CertifiedSigner } from './watched-entry.ts';

/** Notices a key with several certificates. */
export const keyReuse: EntryRule = {
  about: 'entries',
  id: 'P12',
  name: 'key-reuse',
  version: 1,
  severity: 'note',
  reason: 'Keyless signing makes a key for each certificate. A key that is certified again was kept, or stolen.',
  condition:
    'After 30 days or 200 entries, a key that had one certificate gets a second one. Observed once for each key.',
  falseAlarms: 'Signers that keep their key, such as those with a hardware security module.',
  needs: [],
  learns: true,
  check: (entry, { history }) =>
    firstVerdict(issuedSigners(entry), (signer): Verdict | undefined => {
      const certificate = certificateValue(signer);
      if (certificate === undefined) return undefined;
      const earlier = history.values('certificates-of-key', signer.keyHash);
      const [first] = earlier;
      if (first === undefined || earlier.length > 1 || first.value === certificate) return undefined;
      if (!history.isLearned(everything, signedAt(entry, signer))) return undefined;
      return observed({
        title: `a key of ${signerName(signer).name} was certified twice`,
        reason: `The key ${signer.keyHash} has had another certificate since ${first.at.toISOString()}.`,
        remedy: 'Check whether the signer keeps its key. Keyless signing needs none to be kept.',
      });
    }),
};

/** Returns the value that stands for a certificate, in all logs. */
export function certificateValue({ tbsHash, certificateHash }: CertifiedSigner): string | undefined {
  return tbsHash ?? certificateHash;
}
