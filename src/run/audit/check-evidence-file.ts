import { fail } from '../../core/errors/index.ts';
import { checkEvidence, type EvidenceVerdict } from '../../monitor/evidence/index.ts';
import type { TrustChoice } from '../policy/index.ts';
import { readInputFile, type World } from '../world/index.ts';

/** Longer than any evidence file. */
const maxLength = 16 * 1024 * 1024;

/**
 * Checks an evidence file with trusted roots. Nothing is requested from a log.
 *
 * @returns the first verdict that is "proven", or that of the first root
 * @throws CountersignError `USAGE` for a file that cannot be read; `EVIDENCE_INVALID`
 */
export async function checkEvidenceFile(
  path: string,
  roots: readonly TrustChoice[],
  { files }: Pick<World, 'files'>,
): Promise<EvidenceVerdict> {
  const bytes = await readInputFile(path, 'evidence file', files, maxLength);
  const verdicts: EvidenceVerdict[] = [];
  for (const { trust } of roots) verdicts.push(await checkEvidence(new Uint8Array(bytes), trust));
  const [first] = verdicts;
  return (
    verdicts.find(({ verdict }) => verdict === 'proven') ??
    first ??
    fail('TRUSTED_ROOT_MISSING', 'there is no trusted root to check the evidence file with')
  );
}
