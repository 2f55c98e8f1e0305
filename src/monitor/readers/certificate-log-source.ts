import { CountersignError, fail } from '../../core/errors/index.ts';
import { leafHash, treeHeadNote } from '../../core/log/index.ts';
import type { CertificateLogClient } from '../../services/certificate-log/index.ts';
import { AlteredEntry } from '../log/index.ts';
import type { ProofSource } from './proof-source.ts';

/** Returns the requests that read a log of RFC 6962. */
export function certificateLogSource(client: CertificateLogClient, name: string, logId: Uint8Array): ProofSource {
  const entries = async (from: number, to: number): Promise<readonly Uint8Array[]> => {
    try {
      return await client.entries(from, to - 1);
    } catch (error) {
      const isSingle = to - from === 1;
      if (isSingle || !(error instanceof CountersignError) || error.code !== 'SERVICE_RESPONSE_INVALID') throw error;
      // The certificates in one answer may be too long together.
      return entries(from, from + Math.floor((to - from) / 2));
    }
  };
  return {
    // Logs of trillian end an answer at a multiple of 1,000.
    requestLength: 1000,
    requestsAtOnce: 4,
    batchLength: 1000,
    head: async () => treeHeadNote(name, logId, await client.treeHead()),
    consistencyProof: (first, second) => client.consistencyProof(first, second),
    entry: async (index, treeSize) => {
      const [bytes] = await entries(index, index + 1);
      if (bytes === undefined) return undefined;
      const proof = await client.inclusionProof(leafHash(bytes), treeSize);
      if (proof?.index !== index)
        fail('ENTRY_ALTERED', `the log served an entry ${index} other than the one in its tree`, {
          cause: new AlteredEntry({ entry: { index, bytes, expected: undefined } }),
        });
      return { bytes, treeSize, hashes: proof.hashes };
    },
    find: (hash, treeSize) => client.inclusionProof(hash, treeSize),
    entries,
  };
}
