/** Runs the demonstration: signs and verifies real files on this machine, without a network. */

import * as files from 'node:fs/promises';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { exampleJob, runAction, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { parseDigest } from '../core/crypto/index.ts';
import { CountersignError, fail } from '../core/errors/index.ts';
import { exactIdentity } from '../core/policy/index.ts';
import { readTrustedRoot } from '../core/trust/index.ts';
import type { Verdict } from '../core/verify/index.ts';
import { makeFolder, untilInterrupted } from '../node/index.ts';
import { pathArgument, plainLine } from '../report/index.ts';
import { verifyFile } from '../run/verify/index.ts';
import { systemWorld } from '../run/world/index.ts';
import { downloadArtifact } from './demo-artifact.ts';
import { type DemoWorkspace, fillWorkspace } from './demo-workspace.ts';
import { reportError } from './report-error.ts';

export interface DemoOptions {
  /** The folder for all that is written; by default a new temporary folder. */
  readonly folder: string | undefined;
  /** The folder of this package, with action.yml, package.json and dist/. */
  readonly packageRoot: string;
  /** Prints the log of the signing step as well. */
  readonly verbose: boolean;
  /** Uses colours. */
  readonly colour: boolean;
  readonly print: (line: string) => void;
  /** Ends the demonstration. */
  readonly cancellation: AbortSignal;
}

/** The folders of the demonstration, and the services. */
interface Stage extends Pick<DemoOptions, 'cancellation'> {
  readonly sandbox: Sandbox;
  readonly output: string;
  readonly workspace: string;
  readonly trustedRoot: string;
}

/** A signed subject, as the action's output lists it for later jobs. */
interface Signed {
  readonly name: string;
  readonly digest: string;
  readonly bundle: string;
}

/** Runs the demonstration until it ends or a signal ends it, which also removes its temporary folder. */
export function demoCommand(options: Omit<DemoOptions, 'cancellation'>): Promise<void> {
  return untilInterrupted(async ({ cancellation, takeOver }) => {
    takeOver();
    const { folder } = options;
    const output = folder === undefined ? await mkdtemp(join(tmpdir(), 'countersign-demo-')) : resolve(folder);
    try {
      await demo(output, { ...options, cancellation });
    } catch (error) {
      if (!cancellation.aborted) throw error;
      if (folder === undefined) await rm(output, { recursive: true, force: true });
      reportError(error);
    }
  });
}

/**
 * Signs this package's files and an image with the action, in a process of its own as a runner starts it. Then downloads the workflow
 * artifact with the bundles, verifies everything with the command's verifier, and shows that a file with one changed byte is refused.
 *
 * @throws CountersignError the verifier's error; `USAGE` if the action fails; `CANCELLED`
 */
async function demo(output: string, { packageRoot, verbose, colour, print, cancellation }: DemoOptions): Promise<void> {
  const paint = (text: string, code: number): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const workspace = join(output, 'workspace');
  for (const path of [workspace, join(output, 'runner-temp')]) await makeFolder(files, path);
  const [input, started] = await Promise.all([fillWorkspace(packageRoot, workspace), startSandbox()]);
  await using sandbox = started;
  const stage: Stage = { cancellation, sandbox, output, workspace, trustedRoot: join(output, 'trusted_root.json') };

  print('Signing 3 files and an image with the action, in a simulated workflow run …');
  const signed = await runSignAction(stage, packageRoot, input, verbose ? print : undefined);
  const downloaded = join(output, 'downloaded');
  const artifact = await downloadArtifact(sandbox, downloaded, workspace);

  print(`\nVerifying with the bundles in the artifact ${artifact.name} …`);
  const inArtifact = ({ bundle }: Signed): string => join(downloaded, relative(workspace, bundle));
  for (const subject of signed) {
    const { name, digest } = subject;
    const isFile = input.files.includes(name);
    const verdict = await verify(stage, isFile ? join(workspace, name) : parseDigest(digest), inArtifact(subject));
    if (subject === signed[0]) for (const line of signerLines(verdict)) print(plainLine(line));
    const shown = isFile ? name : `${name} (OCI layout)`;
    print(`  ${paint('verified', 32)}    ${plainLine(`${shown.padEnd(22)} ${describe(verdict)}`)}`);
  }

  const [original] = signed;
  if (original === undefined) return;
  print(`\nVerifying ${original.name} with one byte changed …`);
  const changed = await changeByte(join(workspace, original.name), join(output, `changed-${basename(original.name)}`));
  const refusal = await refusalOf(verify(stage, changed, inArtifact(original)));
  print(`  ${paint('refused', 31)}     ${plainLine(`${refusal.code}: ${refusal.message}`)}`);

  print(`\nTry next (all files are in ${plainLine(output)}):`);
  for (const line of nextCommands(stage, packageRoot, original)) print(`  ${line}`);
}

/** The time that the signing step has after a signal, in milliseconds: it ends before the demonstration must. */
const cancellationSchedule = { interrupt: 2500, terminate: 500 };

function demandRunning(cancellation: AbortSignal): void {
  if (cancellation.aborted) fail('CANCELLED', 'the demonstration was interrupted');
}

/**
 * Signs the files and the image with the action.
 *
 * @param print prints the log of the step, or `undefined` to print it only if the step fails
 */
async function runSignAction(
  { sandbox, output, workspace, trustedRoot, cancellation }: Stage,
  packageRoot: string,
  input: DemoWorkspace,
  print: DemoOptions['print'] | undefined,
): Promise<readonly Signed[]> {
  const signingConfig = join(output, 'signing_config.json');
  await writeFile(trustedRoot, JSON.stringify(sandbox.trustedRoot));
  await writeFile(signingConfig, JSON.stringify(sandbox.signingConfig));
  const { jobTokens, artifactService } = sandbox;
  const { repository, workflow_ref, ref, sha } = exampleJob;
  const log: string[] = [];
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
      files: input.files.join('\n'),
      images: `./${input.image}`,
      instance: 'sandbox',
      'trusted-root': trustedRoot,
      'signing-config': signingConfig,
      // Bundles of an earlier demonstration in this folder.
      overwrite: 'true',
    },
    signal: cancellation,
    schedule: cancellationSchedule,
    onOutput: (line) => {
      const shown = `  | ${plainLine(line.replace(/^##\[(\w+)\]/, '$1: '))}`;
      log.push(shown);
      print?.(shown);
    },
  });
  demandRunning(cancellation);
  if (result.conclusion !== 'success') {
    if (print === undefined) process.stderr.write(log.map((line) => `${line}\n`).join(''));
    fail('USAGE', `the signing step failed (exit code ${result.exitCode})`, { remedy: 'See its log above.' });
  }
  await writeFile(join(output, 'summary.md'), result.summary);
  const signed: readonly Signed[] = JSON.parse(result.outputs.get('subjects') ?? '[]');
  const expected = input.files.length + 1;
  if (signed.length !== expected) fail('SUBJECT_MISSING', `${signed.length} of ${expected} subjects were signed`);
  return signed;
}

async function verify(
  { sandbox, trustedRoot, cancellation }: Stage,
  artifact: Parameters<typeof verifyFile>[0],
  bundle: string,
): Promise<Verdict> {
  demandRunning(cancellation);
  using world = systemWorld();
  const trust = readTrustedRoot(await readFile(trustedRoot));
  const identity = `https://github.com/${exampleJob.job_workflow_ref}`;
  const policy = exactIdentity(identity, sandbox.urls.jobIssuer, { sandbox: 'accept' });
  return verifyFile(artifact, bundle, trust, policy, world);
}

/** Returns the identity, repository and workflow in the certificate, and the log. */
function signerLines({ signer, logEntries }: Verdict): readonly string[] {
  if (signer.kind !== 'identity') return [];
  const { subjectAlternativeName, issuer, claims } = signer.identity;
  const workflow = claims.buildConfigUri?.replace(`${claims.sourceRepositoryUri}/`, '');
  return [
    `  identity    ${subjectAlternativeName}`,
    `  repository  ${claims.sourceRepositoryUri}`,
    `  workflow    ${workflow}, started by ${claims.buildTrigger}`,
    `  logged in   ${logEntries.map(({ log }) => log.baseUrl).join(', ')} (OIDC issuer ${issuer})`,
  ];
}

function describe({ times, logEntries }: Verdict): string {
  const when = times.map(({ time }) => `${time.toISOString().slice(0, 19)}Z`).join(', ');
  return `${when}, log index ${logEntries.map(({ logIndex }) => logIndex).join(', ')}`;
}

/** Copies a file with one bit of it changed, and returns the path of the copy. */
async function changeByte(path: string, copy: string): Promise<string> {
  await copyFile(path, copy);
  const bytes = await readFile(copy);
  const middle = Math.floor(bytes.length / 2);
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  await writeFile(copy, bytes);
  return copy;
}

/** Returns the error with which a verification fails. One that passes is a defect. */
async function refusalOf(verification: Promise<Verdict>): Promise<CountersignError> {
  const verdict = await verification.catch((error: unknown) => {
    if (error instanceof CountersignError) return error;
    throw error;
  });
  if (verdict instanceof CountersignError) return verdict;
  throw new Error('the verifier accepted a changed file');
}

function nextCommands(
  { sandbox, output, workspace, trustedRoot }: Stage,
  packageRoot: string,
  { name }: Signed,
): readonly string[] {
  const script = join(packageRoot, 'dist', 'cli.mjs');
  const command = `node ${pathArgument(resolve('dist', 'cli.mjs') === script ? join('dist', 'cli.mjs') : script)}`;
  return [
    `${command} verify ${pathArgument(join(workspace, name))} \\`,
    `  --trusted-root ${pathArgument(trustedRoot)} \\`,
    `  --instance sandbox --repo ${exampleJob.repository} \\`,
    `  --certificate-oidc-issuer ${sandbox.urls.jobIssuer}`,
    `${command} sandbox --state ${pathArgument(join(output, 'sandbox'))}`,
  ];
}
