/** The misbehaviours of the certificate log. */

import { CertificateLog } from '../certificate-log/index.ts';
import { jobIdentity } from '../fulcio/index.ts';
import type { LogStore } from '../log/index.ts';
import { exampleJob } from '../oidc/index.ts';
import { generateSigningKey } from '../pki/index.ts';
import { flipped, flippedBase64, withBody, withMembers } from './answers.ts';
import { certified } from './fulcio.ts';
import { collectedPartials, logMisbehaviours, type ServedLog, wrongConsistencyProof } from './log.ts';
import { LyingStore } from './lying-store.ts';
import type { Family, Parts } from './misbehaviour.ts';

const logLies = logMisbehaviours('ct', servedLog);

export const certificateLogMisbehaviours: Family<'ct'> = {
  ...logLies,
  // The authority submits to the log too.
  'ct:missing-entry': (parts) => ({
    ct: logLies['ct:missing-entry'](parts),
    fulcio: certified(parts, () => ({
      signedCertificateTimestamps: (precertificate) => {
        const { log } = parts.certificateLog;
        return [log.showing(new LyingStore(log.store, { forgets: true })).submit(precertificate)];
      },
    })),
  }),
  'ct:wrong-consistency-proof': (parts) => wrongConsistencyProof(servedLog(parts)),
  'ct:altered-tile': () => withBody((body) => flipped(body, 0), /\/tile\/\d/),
  'ct:collected-partials': (parts) => collectedPartials(servedLog(parts)),
  'ct:wrong-tree-head-signature': () =>
    withMembers(['tree_head_signature'], (signature) => flippedBase64(signature, -1)),
};

function servedLog(parts: Parts): ServedLog {
  const { certificateLog, certificateLogPath: path } = parts;
  const { log } = certificateLog;
  return {
    store: log.store,
    showing: (store) => certificateLog.over(log.showing(store)).routes(path),
    strange: () => strangeEntry(parts),
    // A byte of the time.
    spoilEntry: (entry) => flipped(entry, 7),
    head: /\/ct\/v1\/get-sth$|\/checkpoint$/,
    readsEntries: ({ url }) => /\/ct\/v1\/get-entr|\/tile\/data\//.test(url.pathname),
  };
}

/** Returns a log of one certificate, issued by the authority to a stranger. */
function strangeEntry({ storage, sources, fulcio }: Parts): LogStore {
  const log = new CertificateLog(sources.clock, { storage: storage.folder('ct') });
  if (log.store.size > 0) return log.store;
  fulcio.authority.issue({
    publicKey: generateSigningKey('P-256').publicKey,
    ...jobIdentity({ ...exampleJob }),
    signedCertificateTimestamps: (precertificate) => [log.submit(precertificate)],
  });
  return log.store;
}
