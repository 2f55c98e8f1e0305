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

export interface SandboxOptions {
  readonly state?: string;
  readonly port?: number;
  readonly misbehave: readonly string[];
  readonly listMisbehaviours?: boolean;
}

/** Runs a sandbox until a signal ends it. Its state is on disk at every moment. */
export async function sandboxCommand({ state, port, ...options }: SandboxOptions): Promise<void> {
  if (options.listMisbehaviours) {
    process.stdout.write(listMisbehaviours());
    return;
  }
  if (state === undefined) fail('USAGE', '--state says in which folder its keys and logs are');
  const misbehaviours = readMisbehaviourNames(options.misbehave);
  if (port !== undefined && (!Number.isInteger(port) || port < 1 || port > 65_000)) {
    fail('USAGE', 'the port is not a number from 1 to 65000');
  }
  const folder = resolve(state);
  using storage = openStorage(folder);
  const settings = { storage, misbehaviours, recordRequests: false };
  await using sandbox = await startSandbox({ ...settings, ...(port === undefined ? {} : { port }) });
  writeSettings(storage, folder, sandbox);
  process.stdout.write(
    [
      'A sandbox: a Sigstore for trying things out, on this machine alone. Nothing it signs is to be relied on.',
      ...Object.entries(sandbox.urls).map(([name, url]) => `  ${name.padEnd(26)}${url}`),
      `  ${'trust'.padEnd(26)}${join(folder, 'trust')}`,
      `Settings for a shell: . ${join(folder, 'stack.env')}`,
      'Its keys and logs are in that folder: started there again, it goes on. Interrupt it (Ctrl-C) to stop it.',
      ...(misbehaviours.length === 0 ? [] : [describeMisbehaviours(misbehaviours)]),
      '',
    ].join('\n'),
  );
  await interrupted();
}

function openStorage(folder: string): DiskStorage {
  try {
    return new DiskStorage(folder);
  } catch (cause) {
    return fail('USAGE', `the state folder cannot be made: ${String(cause)}`, { cause });
  }
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    // The listening sockets keep the process alive until the sandbox is closed.
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}
