import { certificateValue } from './p12-key-reuse.ts';
import type { EntryRule, RuleContext, Verdict } from './rule.ts';
import { everything } from './scopes.ts';
import { day, hour, issuedSigners, signerName } from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';
import type { CertifiedSigner, WatchedEntry } from './watched-entry.ts';

/** A certificate log may add an entry this long after it promised to (its maximum merge delay). */
const mergeDelay = day;
/** An entry that waits for longer was dropped from the history. */
const forgotten = 7 * day;
/** So many certificates, most of them without a signature, are an outage rather than single jobs that failed. */
const fewestForOutage = 10;

/** Joins certificates in certificate logs with signatures, by the hash of the TBSCertificate. */
export const certificateLogJoin: EntryRule = {
  about: 'entries',
  id: 'P14',
  name: 'certificate-log-join',
  version: 1,
  severity: 'note',
  reason:
    'A certificate without a signature was used where no log saw it. A signature whose certificate is in no certificate log shows a fault of the certificate authority.',
  condition:
    'A certificate is in a certificate log, and no signature with it in Rekor an hour after it expired; or the reverse, a day later. Only if the watch reads logs of both kinds, and has since before the certificate was issued.',
  falseAlarms:
    'Jobs that failed after they got a certificate: about as many as fail at all. The reason states how many other certificates are without a signature, as after an outage of the log.',
  needs: [],
  learns: false,
  check: (entry, context) => firstVerdict(issuedSigners(entry), (signer) => checkJoin(entry, signer, context)),
};

function checkJoin({ type }: WatchedEntry, signer: CertifiedSigner, context: RuleContext): Verdict | undefined {
  const { notBefore, notAfter } = signer;
  const certificate = certificateValue(signer);
  if (type === 'unknown' || certificate === undefined || notBefore === undefined || notAfter === undefined)
    return undefined;
  const other = type === 'certificate' ? 'rekor' : 'certificates';
  const period = context.read[other];
  if (period === undefined || period.from > notBefore) return undefined;
  const logs = context.history.values('logs-of-certificate', certificate);
  if (logs.some(({ value }) => value === other)) return undefined;
  const until = new Date(notAfter.getTime() + hour + (other === 'certificates' ? mergeDelay : 0));
  const { name } = signerName(signer);
  // The entries of a run are judged one after another: the other one may follow. It has been seen when this one is judged again.
  const isJudgedAgain = logs.length > 0;
  if (period.to < until || !isJudgedAgain) {
    if (context.now.getTime() - until.getTime() > forgotten) return undefined;
    const what = other === 'rekor' ? 'signature with' : 'certificate log entry of';
    return { kind: 'pending', until, reason: `no ${what} a certificate of ${name} has been read yet` };
  }
  const issued = `The certificate ${certificate} was issued on ${notBefore.toISOString()}.`;
  return other === 'rekor'
    ? observed({
        title: `a certificate of ${name} has no signature in Rekor`,
        reason: `${issued} Its validity ended without an entry.${outage(notBefore, context)}`,
        remedy:
          'Check whether the job failed after it got the certificate. Otherwise find out what was signed with it.',
      })
    : observed({
        title: `the certificate of a signature of ${name} is in no certificate log`,
        reason: `${issued} The certificate authority should have logged it before.`,
        remedy: 'Check the certificate, and report it to the operator of the certificate authority.',
      });
}

/** Returns a sentence if most of the certificates of the same day are without a signature. */
function outage(time: Date, { history }: RuleContext): string {
  const sameDay = history
    .values('logged-certificates', everything)
    .filter(({ at }) => Math.abs(at.getTime() - time.getTime()) <= day);
  const unused = sameDay.filter(
    ({ value }) => !history.values('logs-of-certificate', value).some((log) => log.value === 'rekor'),
  ).length;
  if (sameDay.length < fewestForOutage || unused * 2 <= sameDay.length) return '';
  return ` So did that of ${unused} of the ${sameDay.length} certificates of that day: the log was not available, or many jobs failed.`;
}
