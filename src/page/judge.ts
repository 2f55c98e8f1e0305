/** Verifies without the elements of the page, exactly as the page does. Tests compare its verdicts with those of the command. */

import { CountersignError } from '../core/errors/index.ts';
import { readBundle } from '../core/verify/index.ts';
import { type PageTexts, readPageTexts } from '../report/index.ts';
import { artifactOf, check } from './check.ts';

/** What is verified in place of what the texts contain. */
export interface Instead {
  readonly file?: Blob | undefined;
  readonly bundle?: Uint8Array | undefined;
}

/**
 * Verifies the receipt with these texts.
 *
 * @returns `accept`, or the code of the failure
 */
export async function judge(texts: PageTexts, instead: Instead, now: Date): Promise<string> {
  try {
    const data = readPageTexts(texts);
    if (data.kind !== 'receipt') return 'USAGE';
    const bundle = instead.bundle === undefined ? data.bundle : readBundle(instead.bundle);
    const { file } = instead;
    const never = new AbortController().signal;
    const artifact =
      file === undefined ? data.artifact : await artifactOf(file, bundle, data.roots, () => undefined, never);
    const { failure } = await check(bundle, artifact, data.roots, now);
    return failure?.code ?? 'accept';
  } catch (error) {
    if (error instanceof CountersignError) return error.code;
    throw error;
  }
}
