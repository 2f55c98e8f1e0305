/** `countersign sandbox` */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  addExampleRun,
  DiskStorage,
  describeMisbehaviours,
  listMisbehaviours,
  readMisbehaviourNames,
  type Sandbox,
  sandboxVariables,
  startSandbox,
  writeSettings,
} from '../../sandbox/index.ts';
import { fail } from '../core/errors/index.ts';
import { untilInterrupted } from '../node/index.ts';
import { pathArgument, plainLine } from '../report/index.ts';
import { withCommand } from './run-with-settings.ts';

export interface SandboxOptions {
  readonly state?: string;
  readonly port?: number;
  readonly misbehave?: readonly string[];
  readonly listMisbehaviours?: boolean;
}

/** Runs a sandbox until a signal ends it, or until a command has ended that uses it. */
export async function sandboxCommand(command: readonly string[], options: SandboxOptions): Promise<void> {
  if (options.listMisbehaviours) {
    process.stdout.write(listMisbehaviours());
    return;
  }
  if (command.length > 0) {
    process.exitCode = await runCommand(command, options);
    return;
  }
  await untilInterrupted(({ cancellation, takeOver }) => {
    takeOver();
    return runUntil(cancellation, options);
  });
}

/** Runs a command with a sandbox, whose state is removed afterwards unless it has a folder. Returns the exit code of the command. */
function runCommand(command: readonly string[], options: SandboxOptions): Promise<number> {
  return withCommand(command, async (run) => {
    const folder = options.state ?? (await mkdtemp(join(tmpdir(), 'countersign-sandbox-')));
    try {
      return await withSandbox(folder, options, (sandbox, { trust, faults }) => {
        if (faults !== undefined) process.stderr.write(`${faults}\n`);
        return run(sandboxVariables(sandbox, trust));
      });
    } finally {
      if (options.state === undefined) await rm(folder, { recursive: true, force: true });
    }
  });
}

function runUntil(cancellation: AbortSignal, options: SandboxOptions): Promise<void> {
  const { state } = options;
  if (state === undefined)
    fail('USAGE', 'the option --state is required', {
      remedy:
        'Set it to a folder for the keys and logs of the sandbox. Only `countersign sandbox -- COMMAND` works without it.',
    });
  return withSandbox(state, options, (sandbox, { folder, trust, faults }) => {
    process.stdout.write(
      [
        'The sandbox, a local Sigstore for testing, is running (loopback only). Do not trust its signatures.',
        ...Object.entries(sandbox.urls).map(([name, url]) => `  ${name.padEnd(26)}${url}`),
        `  ${'trust'.padEnd(26)}${plainLine(trust)}`,
        `To use it in a shell: . ${pathArgument(join(folder, 'stack.env'))}`,
        'Then sign and verify with the option --instance sandbox.',
        `Keys and logs are kept in ${plainLine(folder)} for the next start. Press Ctrl-C to stop.`,
        ...(faults === undefined ? [] : [faults]),
        '',
      ].join('\n'),
    );
    return aborted(cancellation);
  });
}

interface Setup {
  /** The absolute path of the state folder, and of the folder `trust` in it. */
  readonly folder: string;
  readonly trust: string;
  /** The description of the faults, if there are any. */
  readonly faults: string | undefined;
}

async function withSandbox<Result>(
  state: string,
  { port, misbehave = [] }: SandboxOptions,
  use: (sandbox: Sandbox, setup: Setup) => Promise<Result>,
): Promise<Result> {
  const misbehaviours = readMisbehaviourNames(misbehave);
  if (port !== undefined && (!Number.isInteger(port) || port < 1 || port > 65_000)) {
    fail('USAGE', 'the value of --port is not a number from 1 to 65000');
  }
  const folder = resolve(state);
  using storage = openStorage(folder);
  const settings = { storage, misbehaviours, recordRequests: false };
  await using sandbox = await startSandbox({ ...settings, ...(port === undefined ? {} : { port }) });
  addExampleRun(sandbox.github);
  writeSettings(storage, folder, sandbox);
  const faults = misbehaviours.length === 0 ? undefined : describeMisbehaviours(misbehaviours);
  return await use(sandbox, { folder, trust: join(folder, 'trust'), faults });
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
