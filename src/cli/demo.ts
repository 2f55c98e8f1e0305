/** Runs the demonstration: signing and verifying real files on this machine, without a network. */

import * as files from 'node:fs/promises';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { exampleJob, runAction, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { parseDigest } from '../core/crypto/index.ts';
import { fail } from '../core/errors/index.ts';
import { exactIdentity } from '../core/policy/index.ts';
import { readTrustedRoot, type TrustedRoot } from '../core/trust/index.ts';
import type { Verdict } from '../core/verify/index.ts';
import { makeFolder } from '../node/index.ts';
import { plainLine, plainLines } from '../report/index.ts';
import { verifyFile } from '../run/verify/index.ts';
import type { World } from '../run/world/index.ts';
import { systemWorld } from '../run/world/index.ts';
import { downloadArtifact } from './demo-artifact.ts';
import { distFiles, fillWorkspace } from './demo-workspace.ts';

export interface DemoOptions {
  /** The folder for all that is written; by default a new temporary folder. */
  readonly folder: string | undefined;
  /** The folder of this package, with action.yml, package.json and dist/. */
  readonly packageRoot: string;
  readonly print: (line: string) => void;
}

interface Stage {
  readonly sandbox: Sandbox;
  readonly packageRoot: string;
  readonly output: string;
  readonly workspace: string;
  readonly print: DemoOptions['print'];
}

/** A signed subject, as the action's output lists it for later jobs. */
interface Signed {
  readonly name: string;
  readonly digest: string;
  readonly bundle: string;
}

/**
 * Signs this package's files with the action in both formats, in processes of their own as a runner starts them. Then downloads the
 * workflow artifact with the bundles, and verifies everything with the command's verifier.
 *
 * @throws CountersignError the verifier's error; `USAGE` if the action fails
 */
export async function demo({ folder, packageRoot, print }: DemoOptions): Promise<void> {
  const output = folder === undefined ? await mkdtemp(join(tmpdir(), 'countersign-demo-')) : resolve(folder);
  const workspace = join(output, 'workspace');
  for (const path of [workspace, join(output, 'runner-temp')]) await makeFolder(files, path);

  print('Packing this package, taking files of dist/, writing SHA256SUMS and an OCI image layout …');
  const { image } = await fillWorkspace(packageRoot, workspace);

  await using sandbox = await startSandbox();
  print(`A Sigstore is running in this process, on loopback: ${Object.values(sandbox.urls).join(' ')}`);
  await writeFile(join(output, 'trusted_root.json'), JSON.stringify(sandbox.trustedRoot));
  await writeFile(join(output, 'signing_config.json'), JSON.stringify(sandbox.signingConfig));
  const stage = { sandbox, packageRoot, output, workspace, print };

  const subjects = { files: '*.tgz\ndist/**', checksums: 'SHA256SUMS', digests: image };
  print('\nSigning a bundle each, as a step of a workflow …');
  const each = await runSignAction(stage, { ...subjects, 'bundle-format': 'per-file', 'bundle-dir': 'bundles' });
  print('\nSigning one attestation about all of them, with the provenance of the build …');
  const together = await runSignAction(stage, {
    ...subjects,
    'bundle-format': 'attestation',
    'bundle-dir': 'attestations',
    'upload-artifact': 'false',
  });

  print('\nDownloading the workflow artifact, as another job would …');
  const downloaded = await downloadArtifact(sandbox, join(output, 'downloaded'), workspace);
  print(`  ${downloaded.name}: ${downloaded.files} files, ${downloaded.digest}`);

  print('\nVerifying each against its bundle from the artifact, with nothing but the trusted root …');
  const fromArtifact = each.map((signed) => ({
    ...signed,
    bundle: join(output, 'downloaded', signed.bundle.slice(join(workspace, 'bundles').length)),
  }));
  await verifyAll(stage, fromArtifact);
  print('\nVerifying each against the attestation …');
  await verifyAll(stage, together);

  const identity = `https://github.com/${exampleJob.job_workflow_ref}`;
  print(`\nAll were signed by\n  ${identity}\n  as ${sandbox.urls.jobIssuer} vouches`);
  print(`\nThe files are in ${workspace}`);
  print(`The bundles are in ${join(workspace, 'bundles')}, the attestation in ${join(workspace, 'attestations')}`);
  print(`The trusted root is ${join(output, 'trusted_root.json')}, the job summary ${join(output, 'summary.md')}`);
}

async function runSignAction(
  { sandbox, packageRoot, output, workspace, print }: Stage,
  inputs: Readonly<Record<string, string>>,
): Promise<readonly Signed[]> {
  const { jobTokens, artifactService } = sandbox;
  const { repository, workflow_ref, ref, sha } = exampleJob;
  const result = await runAction({
    actionDirectory: packageRoot,
    workspace,
    temporaryDirectory: join(output, 'runner-temp'),
    stepId: 'sign',
    github: { repository, workflow_ref, ref, sha },
    idToken: { requestUrl: jobTokens.requestUrl, requestToken: jobTokens.requestToken },
    actionsVariables: {
      ACTIONS_RESULTS_URL: artifactService.resultsUrl,
      ACTIONS_RUNTIME_TOKEN: artifactService.job.token,
    },
    inputs: {
      instance: 'sandbox',
      'trusted-root': join(output, 'trusted_root.json'),
      'signing-config': join(output, 'signing_config.json'),
      ...inputs,
    },
    onOutput: (line) => print(`  | ${plainLine(line.replace(/^##\[(\w+)\]/, '$1: '))}`),
  });
  if (result.conclusion !== 'success') {
    fail('USAGE', `the action ended with ${result.conclusion} (exit code ${result.exitCode})`);
  }
  await writeFile(join(output, 'summary.md'), result.summary, { flag: 'a' });
  const signed: readonly Signed[] = JSON.parse(result.outputs.get('subjects') ?? '[]');
  const expected = 1 + distFiles + 3 + 1;
  if (signed.length !== expected) fail('SUBJECT_MISSING', `${signed.length} subjects; ${expected} were expected`);
  return signed;
}

async function verifyAll(stage: Stage, signed: readonly Signed[]): Promise<void> {
  using world = systemWorld();
  const trust = readTrustedRoot(await readFile(join(stage.output, 'trusted_root.json')));
  for (const subject of signed) {
    stage.print(plainLines(describe(subject.name, await verify(stage, subject, trust, world))));
  }
  stage.print(`  ${signed.length} of ${signed.length} verified`);
}

/** Verifies the bundles. Files of the workspace are hashed; of the image and of the lines of SHA256SUMS only the digest is known. */
async function verify(
  { workspace, sandbox }: Stage,
  { name, digest, bundle }: Signed,
  trust: TrustedRoot,
  world: World,
): Promise<Verdict> {
  const policy = exactIdentity(`https://github.com/${exampleJob.job_workflow_ref}`, sandbox.urls.jobIssuer, {
    sandbox: 'accept',
  });
  const path = join(workspace, name);
  const isFile = await world.files.stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  return verifyFile(isFile ? path : parseDigest(digest), bundle, trust, policy, world);
}

function describe(name: string, { times, logEntries }: Verdict): string {
  const when = times.map(({ time }) => time.toISOString()).join(', ');
  const where = logEntries
    .map(({ log, logIndex, treeSize }) => `${log.baseUrl} at index ${logIndex} of ${treeSize}`)
    .join(', ');
  return `  verified ${name}: signed ${when}, logged by ${where}`;
}
