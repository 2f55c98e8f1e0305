/** Makes the page of a receipt. What the page will verify is verified here first, with the same texts. */

import { type Digest, formatDigest } from '../../core/crypto/index.ts';
import { CountersignError } from '../../core/errors/index.ts';
import { examine, examineUnderRoots, type Policy, type Verdict } from '../../core/verify/index.ts';
import {
  type PageTexts,
  type PinnedSource,
  readPageTexts,
  receiptCommands,
  receiptPage,
  receiptTexts,
} from '../../report/index.ts';
import type { InstanceRequest } from '../world/index.ts';

export interface ReceiptSource {
  /** The name of the file, without its folder. */
  readonly file: string;
  /** The digests of the file that its bundle needs. */
  readonly digests: readonly Digest[];
  /** The bundle as it was read: JSON. */
  readonly bundle: string;
  /** The trusted roots, each with the policy that holds under it. */
  readonly roots: readonly { readonly trustedRoot: string; readonly policy: Policy }[];
  readonly instance: Pick<InstanceRequest, 'name' | 'trustedRoot'>;
  /** The repository and commit that Countersign runs from, if they are known. */
  readonly source?: PinnedSource | undefined;
}

/**
 * Returns the page of a receipt.
 *
 * @param script the script of receipts, which the build makes
 * @throws CountersignError the verifier's, if what the page contains does not verify; `LIMIT_EXCEEDED`
 */
export async function makeReceipt(from: ReceiptSource, script: string, now: Date): Promise<string> {
  const { file, digests, bundle, roots } = from;
  const content = { file, digests: digests.map(formatDigest), bundle, roots };
  const verdict = await verifyTexts(receiptTexts(content), now);
  return receiptPage({ ...content, ...commandsFor(from, verdict) }, script);
}

/** Verifies the texts as the page does. */
async function verifyTexts(texts: PageTexts, now: Date): Promise<Verdict> {
  const data = readPageTexts(texts);
  if (data.kind !== 'receipt') throw new CountersignError('JSON_INVALID', 'the page is not a receipt');
  const { bundle, artifact, roots } = data;
  const { verdict, failure } = await examineUnderRoots(roots, ({ trust, policy }) =>
    examine(bundle, artifact, trust, policy, now),
  );
  if (failure === undefined) return verdict;
  // The file was verified before. A pure Ed25519 signature is over its bytes, which a receipt does not have.
  throw new CountersignError(failure.code, `the receipt of ${file(data.file)} would not be valid: ${failure.message}`, {
    cause: failure,
    remedy: failure.remedy ?? 'Give the bundle itself to the person.',
  });
}

function file(name: string): string {
  return JSON.stringify(name);
}

/** Returns the commands that verify the file with other programs, and the names that they use. */
function commandsFor({ file, digests, instance, source }: ReceiptSource, verdict: Verdict) {
  const isBuiltIn = instance.name === 'public-good' && instance.trustedRoot === undefined;
  const saved = { bundle: `${file}.sigstore.json`, trustedRoot: isBuiltIn ? undefined : 'trusted_root.json' };
  const [digest] = digests;
  if (digest === undefined) return { commands: [], saved };
  const { content, logEntries, signedCertificateTimestamps } = verdict;
  const commands = receiptCommands({
    file,
    digest,
    saved,
    instance: instance.name,
    signer: verdict.signer,
    predicateType: content.kind === 'dsse-envelope' ? content.statement.predicateType : undefined,
    isLogged: logEntries.length > 0,
    certificateLogged: signedCertificateTimestamps.length > 0,
    source,
  });
  return { commands, saved };
}
