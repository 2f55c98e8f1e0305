/** The certificate log. */

import { CertificateLog } from '../certificate-log/index.ts';
import { jobIdentity } from '../fulcio/index.ts';
import { exampleJob } from '../oidc/index.ts';
import { generateSigningKey } from '../pki/index.ts';
import { flipped, flippedBase64, withBody, withMembers } from './answers.ts';
import { certified } from './fulcio.ts';
import { logMisbehaviours, type ServedLog, throughout, withLastWrong } from './log.ts';
import { LyingStore } from './lying-store.ts';
import type { Family, Parts } from './misbehaviour.ts';

export const certificateLogMisbehaviours = {
  ...logMisbehaviours('ct', servedLog),
  'ct:wrong-consistency-proof': {
    about:
      'The last hash of a consistency proof is wrong: a monitor must not take the log for one that has only grown.',
    begin: (parts) => ({ ct: throughout(servedLog(parts), { spoil: { consistencyProof: withLastWrong } }) }),
  },
  'ct:altered-tile': {
    about: 'One byte of each tile of hashes is another: a monitor must notice that the tiles do not lead to the root.',
    begin: () => ({ ct: withBody((body) => flipped(body, 0), /\/tile\/\d/) }),
  },
  'ct:wrong-tree-head-signature': {
    about: 'The signature of a tree head has one bit that is another: a monitor must refuse it.',
    begin: () => ({ ct: withMembers(['tree_head_signature'], (signature) => flippedBase64(signature, -1)) }),
  },
} as const satisfies Family;

function servedLog(parts: Parts): ServedLog {
  const { certificateLog, certificateLogPath: path } = parts;
  const { log } = certificateLog;
  const showing = (store: CertificateLog['store']) => certificateLog.over(log.showing(store)).routes(path);
  return {
    store: log.store,
    showing,
    strange: () => strangeEntry(parts),
    // A byte of the time.
    spoilEntry: (entry) => flipped(entry, 7),
    head: /\/ct\/v1\/get-sth$|\/checkpoint$/,
    besideForgetting: {
      fulcio: certified(parts, () => ({
        signedCertificateTimestamps: (precertificate) => [
          log.showing(new LyingStore(log.store, { forgets: true })).submit(precertificate),
        ],
      })),
    },
  };
}

/** A log of one certificate, issued by the authority to a stranger. */
function strangeEntry({ storage, sources, fulcio }: Parts): CertificateLog['store'] {
  const log = new CertificateLog(sources.clock, { storage: storage.folder('ct') });
  if (log.store.size > 0) return log.store;
  fulcio.authority.issue({
    publicKey: generateSigningKey('P-256').publicKey,
    ...jobIdentity({ ...exampleJob }),
    signedCertificateTimestamps: (precertificate) => [log.submit(precertificate)],
  });
  return log.store;
}
