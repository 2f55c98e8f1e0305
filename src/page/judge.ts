/** Verifies without the elements of the page, for tests and for other pages: exactly as the page does. */

import { CountersignError } from '../core/errors/index.ts';
import { type PageTexts, readPageTexts } from '../report/index.ts';
import { artifactOf, check } from './check.ts';

/**
 * Verifies the receipt with these texts, for the file if one is given.
 *
 * @returns `accept`, or the code of the failure
 */
export async function judge(texts: PageTexts, file: Blob | undefined, now: Date): Promise<string> {
  try {
    const data = readPageTexts(texts);
    if (data.kind !== 'receipt') return 'USAGE';
    const { bundle, roots, artifact } = data;
    const never = new AbortController().signal;
    const own = file === undefined ? artifact : await artifactOf(file, bundle, roots, () => undefined, never);
    const { failure } = await check(bundle, own, roots, now);
    return failure?.code ?? 'accept';
  } catch (error) {
    if (error instanceof CountersignError) return error.code;
    throw error;
  }
}
