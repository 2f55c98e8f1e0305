/** The names of artifacts (toolkit, packages/artifact, path-and-artifact-name-validation.ts). */

import { refuseTwirp } from '../http/index.ts';

const forbidden = ['"', ':', '<', '>', '|', '*', '?', '\r', '\n', '\\', '/'];

/**
 * Returns a valid name unchanged.
 *
 * @throws Refusal `invalid_argument`
 */
export function demandArtifactName(name: string): string {
  if (name === '') refuseTwirp('invalid_argument', 'name is required');
  const found = forbidden.find((character) => name.includes(character));
  if (found !== undefined)
    refuseTwirp('invalid_argument', `name contains an invalid character: ${JSON.stringify(found)}`);
  return name;
}
