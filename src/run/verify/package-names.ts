/** Warns of attestations that give a package another name than it has. Loaded only for attestations of packages. */

import { basename } from 'node:path';
import { CountersignError } from '../../core/errors/index.ts';
import type { VerificationResult } from '../../report/index.ts';
import { pypiPublish } from '../../sign/predicates/index.ts';
import { readNpmTarball } from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import type { Verifiable } from './verifiable.ts';

/** Returns a warning for each verified statement of npm or PyPI that names another package than the file is. */
export async function packageNameWarnings(
  artifacts: readonly Verifiable[],
  results: readonly VerificationResult[],
  { files }: Pick<World, 'files'>,
): Promise<readonly string[]> {
  const warnings: string[] = [];
  for (const { artifact: name, verdict } of results) {
    const artifact = artifacts.find((one) => one.name === name);
    if (verdict?.content.kind !== 'dsse-envelope' || artifact?.kind !== 'file') continue;
    const { statement, subject } = verdict.content;
    const own = subject.name.startsWith('pkg:npm/')
      ? await nameOfTarball(artifact, files)
      : statement.predicateType === pypiPublish.predicateType
        ? basename(artifact.path)
        : subject.name;
    if (own !== subject.name)
      warnings.push(`${name}: the attestation is for ${JSON.stringify(subject.name)}, and the file is ${own}`);
  }
  return warnings;
}

async function nameOfTarball(file: Extract<Verifiable, { kind: 'file' }>, files: World['files']): Promise<string> {
  try {
    return (await readNpmTarball(files, file)).purl;
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return `no npm package (${error.message})`;
  }
}
