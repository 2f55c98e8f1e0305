/** Finds the files of bundles that were verified. What is delivered is what was verified, also if a file has changed since. */

import { basename, join, resolve } from 'node:path';
import { maxBundleLength, readBundle, writeBundle } from '../../core/bundle/index.ts';
import { type Digest, digest, equalDigests } from '../../core/crypto/index.ts';
import { attempt, fail } from '../../core/errors/index.ts';
import type { Verdict } from '../../core/verify/index.ts';
import { readRegularFile } from '../../node/index.ts';
import type { World } from '../world/index.ts';

/** An artifact with a bundle of it that was verified. */
export interface VerifiedBundle {
  /** The path of the artifact. */
  readonly artifact: string;
  /** The path of the bundle, or a line of a file: `release.sigstore.jsonl:3`. */
  readonly bundle: string;
  readonly bundleDigest: Digest | undefined;
  readonly verdict: Verdict;
}

/**
 * Returns the path of the file that has each bundle and nothing else. Bundles that are lines are written to files of their own, unless
 * another file has the same bundle.
 *
 * @param folder an empty folder that no other program uses
 * @throws CountersignError `SUBJECT_CHANGED` for a bundle that has changed; `USAGE` for a format that cannot be delivered
 */
export async function bundleFiles<Verified extends VerifiedBundle>(
  verified: readonly Verified[],
  folder: string,
  { files }: Pick<World, 'files'>,
): Promise<ReadonlyMap<Verified, string>> {
  const placed = await bundleTexts(verified, { files });
  const paths = new Map(placed.flatMap(({ text, path }) => (path === undefined ? [] : [[text, path] as const])));
  const found = new Map<Verified, string>();
  for (const { one, text } of placed) {
    const path = paths.get(text) ?? join(folder, nameOf(one, text));
    if (!paths.has(text)) await files.writeFile(path, text, { flag: 'wx' });
    paths.set(text, path);
    found.set(one, path);
  }
  return found;
}

/** A bundle as the one line that is written of it, with the path of its file if it is the only bundle there. */
export interface BundleText<Verified> {
  readonly one: Verified;
  readonly text: string;
  /** The text that was read. */
  readonly json: Uint8Array;
  readonly path: string | undefined;
}

/**
 * Reads bundles that were verified again, and demands that they have not changed.
 *
 * @throws CountersignError `SUBJECT_CHANGED` for a bundle that has changed; `USAGE` for a format that cannot be delivered
 */
export async function bundleTexts<Verified extends VerifiedBundle>(
  verified: readonly Verified[],
  { files }: Pick<World, 'files'>,
): Promise<readonly BundleText<Verified>[]> {
  const whole = new Map<string, Promise<Uint8Array>>();
  const read = (path: string): Promise<Uint8Array> => {
    const bytes = whole.get(path) ?? readRegularFile(files, path, maxBundleLength);
    whole.set(path, bytes);
    return bytes;
  };
  const placed: BundleText<Verified>[] = [];
  for (const one of verified) {
    const [, file = one.bundle, number] = /^(.*\.jsonl):([1-9]\d*)$/.exec(one.bundle) ?? [];
    const bytes = await read(resolve(file)).catch((cause: unknown) => failForFormat(one, cause));
    const json = number === undefined ? bytes : lineOf(bytes, Number(number));
    if (one.bundleDigest === undefined || !equalDigests(digest('sha256', json), one.bundleDigest))
      fail('SUBJECT_CHANGED', `the bundle ${one.bundle} was changed after it was verified`, {
        remedy: 'Make sure that nothing else changes the bundles, and run again.',
      });
    const bundle = attempt(() => readBundle(json)) ?? failForFormat(one, undefined);
    placed.push({
      one,
      text: `${writeBundle(bundle)}\n`,
      json,
      path: number === undefined ? resolve(file) : undefined,
    });
  }
  return placed;
}

function lineOf(bytes: Uint8Array, number: number): Uint8Array {
  const line = Buffer.from(bytes).toString('utf8').split('\n')[number - 1] ?? '';
  return Buffer.from(line.trim());
}

/** Returns a name under which verifying finds the bundle in the folder of the artifact. */
function nameOf({ artifact, verdict }: VerifiedBundle, text: string): string {
  if (verdict.content.kind !== 'dsse-envelope') return `${basename(artifact)}.sigstore.json`;
  // The same bundle has the same name in every run.
  const number = Buffer.from(digest('sha256', Buffer.from(text)).bytes).readUInt32BE();
  return `attestation-${number}.sigstore.json`;
}

function failForFormat({ bundle }: VerifiedBundle, cause: unknown): never {
  return fail('USAGE', `${JSON.stringify(bundle)} is not a file with a Sigstore bundle, and cannot be delivered`, {
    ...(cause !== undefined && { cause }),
    remedy: 'Convert it with `countersign upgrade`, and deliver the bundle.',
  });
}
