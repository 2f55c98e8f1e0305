import type { EntryRule, Verdict } from './rule.ts';
import { clockSkew, issuedSigners, signerName } from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';

/** The clock of the machine that runs the watch may be slow by this much, in milliseconds. */
const ownClockSkew = 600_000;

/** Compares the time of an entry with the validity of the certificate. */
export const timeOutsideCertificate: EntryRule = {
  about: 'entries',
  id: 'P13',
  name: 'time-outside-certificate',
  version: 1,
  severity: 'alert',
  reason:
    'A key whose certificate has expired must not sign any more. An entry after the certificate is a use of a stolen key.',
  condition:
    'The time that the log states is more than 10 seconds before or after the validity of the certificate, or the watch read the entry more than 10 minutes before the validity began. Rekor v2 states no time.',
  falseAlarms: 'Clocks that differ by more than 10 seconds. Private authorities whose certificates are logged later.',
  needs: [],
  learns: false,
  check: (entry) =>
    firstVerdict(issuedSigners(entry), (signer): Verdict | undefined => {
      const { notBefore, notAfter } = signer;
      if (entry.type !== 'signature' || notBefore === undefined || notAfter === undefined) return undefined;
      const { loggedAt, seenAt } = entry;
      const latest = loggedAt ?? seenAt;
      const skew = loggedAt === undefined ? ownClockSkew : clockSkew;
      const isEarly = latest.getTime() < notBefore.getTime() - skew;
      const isLate = loggedAt !== undefined && loggedAt.getTime() > notAfter.getTime() + clockSkew;
      if (!isEarly && !isLate) return undefined;
      const period = `from ${notBefore.toISOString()} to ${notAfter.toISOString()}`;
      return observed({
        title: `${signerName(signer).name} signed ${isEarly ? 'before' : 'after'} the validity of its certificate`,
        reason: `The certificate is valid ${period}. ${loggedAt === undefined ? 'The watch read the entry' : 'The log states the time'} ${latest.toISOString()}.`,
        remedy:
          'No verifier accepts the signature without a timestamp within the validity. Find out who has the key, and rotate the credentials of the signer.',
      });
    }),
};
