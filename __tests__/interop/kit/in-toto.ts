/** In-toto's own Go types, which read statements strictly. */

import { readFile, writeFile } from 'node:fs/promises';
import type { JsonObject } from '../../../src/core/encoding/index.ts';
import { judgePath, type Run, run } from './program.ts';

/**
 * Reads the statement in a bundle with the types.
 *
 * @param change returns the statement without what the types lack
 */
export async function readByInToto(
  bundlePath: string,
  change: (statement: JsonObject) => JsonObject = (statement) => statement,
): Promise<Run> {
  const { dsseEnvelope } = JSON.parse(await readFile(bundlePath, 'utf8'));
  const statement = change(JSON.parse(Buffer.from(dsseEnvelope.payload, 'base64').toString()));
  const path = `${bundlePath}.statement`;
  await writeFile(path, JSON.stringify(statement));
  return run(judgePath('COUNTERSIGN_INTEROP_IN_TOTO'), [path], { cwd: '/', env: {} });
}
