/** Telling what an earlier run wrote from what is to be signed, where both lie in one folder. */

import { resolve, sep } from 'node:path';
import type { FileSubject } from '../subject/index.ts';
import type { Places } from './bundle-paths.ts';

const suffix = '.sigstore.json';
/** Files that cover all bundles, which are in the workspace if no folder for bundles was given. */
const collections =
  /^(?:attestation(?:-\d+)?\.sigstore\.json|(?:countersign-)?bundles\.sigstore\.jsonl|countersign-manifest\.json)$/;

/**
 * Reports whether a file is one that a run delivers: the bundle of another subject, or any file in the folder for bundles. A second run
 * over `dist/**` must not sign the bundles of the first.
 *
 * @param names of all subjects
 */
export function isDelivered(
  { name, path }: FileSubject,
  names: ReadonlySet<string>,
  { workspace, bundleDirectory }: Places,
): boolean {
  if (name.endsWith(suffix) && names.has(name.slice(0, -suffix.length))) return true;
  if (collections.test(name)) return true;
  if (bundleDirectory === undefined) return false;
  const folder = resolve(workspace, bundleDirectory);
  // Where the folder for bundles is the workspace itself, being in it says nothing.
  return folder !== resolve(workspace) && resolve(path).startsWith(`${folder}${sep}`);
}
