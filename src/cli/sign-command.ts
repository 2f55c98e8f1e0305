/** `countersign sign` */

import { resolve } from 'node:path';
import { fail, systemCode } from '../core/errors/index.ts';
import {
  cachedTokens,
  type IdentityToken,
  readIdentityToken,
  requestToken,
  type TokenRequest,
  tokenEndpoint,
} from '../identity/index.ts';
import type { Interruption } from '../node/index.ts';
import { readToEnd, untilInterrupted } from '../node/index.ts';
import type { signRows } from '../options/index.ts';
import { plainJson, retryText, signingText, subjectsJson } from '../report/index.ts';
import { deliverRun, demandComplete, signingReport, signRun } from '../run/sign/index.ts';
import type { World } from '../run/world/index.ts';
import { loadInstance, loadRegistries, systemWorld } from '../run/world/index.ts';
import type { CommandValues } from './command-values.ts';
import { instanceRequest } from './instance-request.ts';
import { Progress } from './progress.ts';
import { readAccount } from './read-account.ts';
import { reportError } from './report-error.ts';

export type SignOptions = CommandValues<typeof signRows, 'sign'>;

export function signCommand(files: readonly string[], options: SignOptions): Promise<void> {
  return untilInterrupted(async (interruption) => {
    const progress = new Progress(process.stderr);
    using world = systemWorld({
      cancellation: interruption.cancellation,
      retryBudgetMilliseconds: options.retryBudget,
      onRetry: (notice) => progress.line(retryText(notice)),
    });
    interruption.cancellation.addEventListener('abort', () =>
      progress.line('Interrupted: finishing what is under way. A second signal ends it at once.'),
    );
    try {
      await sign(files, options, { world, progress, interruption });
    } catch (error) {
      progress.end();
      if (!interruption.cancellation.aborted) throw error;
      reportError(error);
    }
  });
}

interface Surroundings {
  readonly world: World;
  readonly progress: Progress;
  readonly interruption: Interruption;
}

async function sign(
  files: readonly string[],
  options: SignOptions,
  { world, progress, interruption }: Surroundings,
): Promise<void> {
  const workspace = process.cwd();
  const serverUrl = process.env.GITHUB_SERVER_URL ?? 'https://github.com';
  const { insecureIgnoreSct = false } = options;
  const places = {
    workspace,
    bundleDirectory: options.bundleDir === undefined ? undefined : resolve(options.bundleDir),
  };
  const account = await readAccount(options);
  const registries = await loadRegistries({ images: options.images, account, environment: process.env }, world);
  const { images: named, recursive = false, pushToRegistry: push } = options;
  const images = registries && { named, recursive, workspace, registries, push };
  const receipt = await signRun(
    {
      subjects: { files, checksums: options.checksums, digests: options.digests },
      images,
      places,
      ...(options.bundle !== undefined && { bundlePath: resolve(options.bundle) }),
      format: options.bundleFormat,
      instance: () => loadInstance({ ...instanceRequest(options, 'sign'), insecureIgnoreSct }, world),
      logVersion: options.logVersion,
      concurrency: options.concurrency,
      tokens: cachedTokens(identitySource(options.identityToken, interruption, world, serverUrl), world.clock),
      serverUrl,
      // Whoever types the command has chosen to sign; the check is for what a trigger starts.
      allowDangerousTriggers: process.env.GITHUB_ACTIONS !== 'true',
      allowPublicLog: options.publicLog ?? false,
      onSubject: (subject) => progress.subject(subject),
    },
    world,
  );
  progress.end();
  // A bundle alone needs no list of bundles.
  const collect = receipt.signed.length > 1;
  const deliveries = await deliverRun(receipt, { places, collect, artifact: undefined, images }, world);
  const report = signingReport(receipt, deliveries, workspace);
  process.stdout.write(options.json ? `${plainJson(subjectsJson(report))}\n` : signingText(report));
  demandComplete(receipt);
  const [failure] = deliveries.failures;
  if (failure !== undefined) throw failure;
}

/**
 * Gives tokens from a file or a pipe, from the environment, or from the runner. Never from the command line, which everybody can read.
 * From the first token on, the signals are taken over; while a pipe is waited for, they end the process.
 */
function identitySource(
  path: string | undefined,
  { takeOver }: Interruption,
  world: World,
  serverUrl: string,
): TokenRequest {
  const read = (text: string): IdentityToken => readIdentityToken(text.trim(), world.clock(), serverUrl);
  if (path !== undefined) {
    const readFile = tokenFile(path, world);
    return async () => {
      const text = await readFile();
      takeOver();
      return read(text);
    };
  }
  return async () => {
    takeOver();
    const { SIGSTORE_ID_TOKEN: fromEnvironment } = process.env;
    if (fromEnvironment !== undefined && fromEnvironment !== '') return read(fromEnvironment);
    if (process.env.GITHUB_ACTIONS !== 'true' && !process.env.ACTIONS_ID_TOKEN_REQUEST_URL) {
      fail('TOKEN_INVALID', 'there is no identity to sign with', {
        remedy: 'Give --identity-token a file, or set SIGSTORE_ID_TOKEN, or run in a CI job that may have a token.',
      });
    }
    return read((await requestToken(world.http, tokenEndpoint(process.env))).reveal());
  };
}

/** In bytes. Longer than every token that is accepted. */
const maxTokenFileLength = 64 * 1024;

/** Reads the token anew each time, as somebody may have renewed it; from a pipe, which can be read once, only the first time. */
function tokenFile(path: string, { files }: World): () => Promise<string> {
  if (/eyJ[\w-]+\.|^\s*bearer\s/i.test(path)) {
    fail('USAGE', 'an identity token was given on the command line, where every user of the machine can read it', {
      remedy: 'Write it to a file and give its path, or set SIGSTORE_ID_TOKEN.',
    });
  }
  let fromPipe: string | undefined;
  return async () => {
    if (fromPipe !== undefined) return fromPipe;
    // The path is not repeated: it could be the token itself.
    const refuse = (cause: unknown): never =>
      fail('TOKEN_INVALID', `the file of --identity-token cannot be read: ${systemCode(cause) ?? 'unknown'}`);
    const isFile = (await files.stat(path).catch(refuse)).isFile();
    const bytes =
      (await readToEnd(files, path, maxTokenFileLength).catch(refuse)) ??
      fail('TOKEN_INVALID', `the file of --identity-token has more than ${maxTokenFileLength} bytes`);
    const text = bytes.toString('utf8');
    if (!isFile) fromPipe = text;
    return text;
  };
}
