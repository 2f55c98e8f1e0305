/** Says why an artifact has no bundle. Loaded only if it has none. */

import { basename, dirname, join } from 'node:path';
import { bundleStem } from '../../core/bundle/index.ts';
import { fail } from '../../core/errors/index.ts';
import { deliveredKind } from '../../deliver/index.ts';
import { readFileWithin } from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import type { LocalVerifiable } from './verifiable.ts';

/** Endings of signatures that other tools put beside a file, and what they are. */
const others: readonly (readonly [suffixes: readonly string[], what: string, remedy: string])[] = [
  [
    ['.sig', '.pem', '.crt', '.cert', '-keyless.sig', '-keyless.pem'],
    'a signature without a log entry, written by an older cosign',
    'Ask the publisher for a bundle (`cosign sign-blob --bundle`), or verify with `cosign verify-blob --signature … --certificate …`, which looks up the entry.',
  ],
  [
    ['.intoto.jsonl'],
    'a signed statement without a log entry, written by an older SLSA generator',
    'Ask the publisher for a bundle, or verify with `slsa-verifier verify-artifact --provenance-path …`, which looks up the entry.',
  ],
  [['.asc', '.gpg'], 'a PGP signature', 'Verify it with `gpg --verify`, or ask the publisher for a bundle.'],
  [['.minisig'], 'a minisign signature', 'Verify it with minisign, or ask the publisher for a bundle.'],
  [['.sshsig'], 'an SSH signature', 'Verify it with `ssh-keygen -Y verify`, or ask the publisher for a bundle.'],
];

/** Endings of files of other tools that hold bundles. */
const readable = ['.publish.attestation', '.bundle', '.cosign.bundle', '.sigstore.bundle', '.provenance', '.att'];

/**
 * Fails for an artifact that has no bundle, and names what is beside it in place of one.
 *
 * @param first the path where its bundle would be
 * @throws CountersignError `USAGE`; `BUNDLE_MISSING`; `SUBJECT_UNREADABLE` for a file that does not exist
 */
export async function failWithoutBundle(
  artifact: LocalVerifiable,
  first: string,
  { files }: Pick<World, 'files'>,
): Promise<never> {
  if (artifact.kind === 'stream')
    fail('USAGE', 'there is no bundle for standard input', { remedy: 'Specify the path of the bundle with `bundle`.' });
  if (artifact.kind === 'release')
    fail('BUNDLE_MISSING', `no attestation of the release ${artifact.name} specified`, {
      remedy:
        'Set `from: github`, which gets it from GitHub, or specify the attestation with `bundle`, or its folder with `bundle-dir`.',
    });
  // A mistyped path has no bundle either, and should be reported as such: the file is opened, but not read.
  if (artifact.kind === 'file') await readFileWithin(files, artifact, -1);
  const missing = `no bundle found for ${artifact.name}: ${first} does not exist`;
  if (artifact.kind === 'file') await demandArtifact(artifact, missing, files);
  const beside = artifact.kind === 'file' ? await filesBeside(artifact.path, files) : [];
  if (beside.length === 0)
    fail('BUNDLE_MISSING', missing, {
      remedy: 'If the bundle is at a different path, specify it with `bundle`, or its folder with `bundle-dir`.',
    });
  return fail('BUNDLE_MISSING', `${missing}. Found in the same folder: ${beside.map(({ what }) => what).join('; ')}`, {
    remedy: beside.map(({ remedy }) => remedy).join('\n'),
  });
}

/** Fails for a file that signing wrote itself: a bundle or a manifest. */
async function demandArtifact(
  file: Extract<LocalVerifiable, { readonly kind: 'file' }>,
  missing: string,
  files: World['files'],
): Promise<void> {
  const kind = await deliveredKind(file, files).catch(() => undefined);
  const stem = bundleStem(file.name);
  if (stem !== undefined && kind === 'bundle')
    fail('BUNDLE_MISSING', `${missing}. The file is a bundle itself`, {
      remedy: `Specify the file that it belongs to, such as ${stem}, or remove the bundle.`,
    });
  if (kind === 'manifest')
    fail('BUNDLE_MISSING', `${missing}. The file is a manifest of bundles, which signing wrote and did not sign`, {
      remedy: 'Do not specify the manifest.',
    });
}

interface Beside {
  readonly what: string;
  readonly remedy: string;
}

async function filesBeside(path: string, files: World['files']): Promise<readonly Beside[]> {
  const names = new Set(await files.readdir(dirname(path)).catch(() => []));
  const present = (suffixes: readonly string[]): readonly string[] =>
    suffixes.map((suffix) => `${basename(path)}${suffix}`).filter((name) => names.has(name));
  const bundles = present(readable).map((name) => ({
    what: `${name}, which is not used by default`,
    remedy: `To use it, set \`bundle\` to ${join(dirname(path), name)}`,
  }));
  const named = others.flatMap(([suffixes, what, remedy]) => {
    const found = present(suffixes);
    return found.length === 0 ? [] : [{ what: `${found.join(' and ')}, ${what}`, remedy }];
  });
  return [...bundles, ...named];
}
