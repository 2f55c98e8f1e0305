/** `countersign sandbox` */

import { join, resolve } from 'node:path';
import {
  DiskStorage,
  describeMisbehaviours,
  listMisbehaviours,
  readMisbehaviourNames,
  startSandbox,
  writeSettings,
} from '../../sandbox/index.ts';
import { fail } from '../core/errors/index.ts';
import { untilInterrupted } from '../node/index.ts';
import { pathArgument } from '../report/index.ts';

export interface SandboxOptions {
  readonly state?: string;
  readonly port?: number;
  readonly misbehave?: readonly string[];
  readonly listMisbehaviours?: boolean;
}

/** Runs a sandbox until a signal ends it. Its state is always on disk. */
export async function sandboxCommand(options: SandboxOptions): Promise<void> {
  if (options.listMisbehaviours) {
    process.stdout.write(listMisbehaviours());
    return;
  }
  await untilInterrupted(({ cancellation, takeOver }) => {
    takeOver();
    return runSandbox(options, cancellation);
  });
}

async function runSandbox({ state, port, ...options }: SandboxOptions, cancellation: AbortSignal): Promise<void> {
  if (state === undefined)
    fail('USAGE', 'the option --state is required', {
      remedy: 'Set it to a folder for the keys and logs of the sandbox.',
    });
  const misbehaviours = readMisbehaviourNames(options.misbehave ?? []);
  if (port !== undefined && (!Number.isInteger(port) || port < 1 || port > 65_000)) {
    fail('USAGE', 'the value of --port is not a number from 1 to 65000');
  }
  const folder = resolve(state);
  using storage = openStorage(folder);
  const settings = { storage, misbehaviours, recordRequests: false };
  await using sandbox = await startSandbox({ ...settings, ...(port === undefined ? {} : { port }) });
  writeSettings(storage, folder, sandbox);
  process.stdout.write(
    [
      'The sandbox, a local Sigstore for testing, is running (loopback only). Do not trust its signatures.',
      ...Object.entries(sandbox.urls).map(([name, url]) => `  ${name.padEnd(26)}${url}`),
      `  ${'trust'.padEnd(26)}${join(folder, 'trust')}`,
      `To set these addresses in a shell: . ${pathArgument(join(folder, 'stack.env'))}`,
      `Keys and logs are kept in ${folder} for the next start. Press Ctrl-C to stop.`,
      ...(misbehaviours.length === 0 ? [] : [describeMisbehaviours(misbehaviours)]),
      '',
    ].join('\n'),
  );
  await aborted(cancellation);
}

function openStorage(folder: string): DiskStorage {
  try {
    return new DiskStorage(folder);
  } catch (cause) {
    return fail('USAGE', `the state folder cannot be created: ${String(cause)}`, { cause });
  }
}

/** Waits for a signal. The listening sockets keep the process alive until the sandbox is closed. */
function aborted(cancellation: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (cancellation.aborted) resolve();
    cancellation.addEventListener('abort', () => resolve(), { once: true });
  });
}
