/** `countersign sandbox`, as a person starts it in another window, and stops it with Ctrl-C. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { countersignPath } from './countersign.ts';
import { Instance } from './instance.ts';

export interface RunningSandbox extends AsyncDisposable {
  readonly instance: Instance;
}

/** @throws if it does not come up, or does not end well */
export async function startSandbox(folder: string): Promise<RunningSandbox> {
  const state = join(folder, 'sandbox');
  await mkdir(state);
  const child = spawn(process.execPath, [countersignPath, 'sandbox', '--state', state], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  let [stdout, stderr] = ['', ''];
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const ready = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      if (/^Keys and logs are kept in .*\n/m.test(stdout)) resolve();
    });
  });
  const failed = ended.then(([code]) => Promise.reject(new Error(`the sandbox ended with ${code}:\n${stderr}`)));
  await Promise.race([ready, failed]);
  failed.catch(() => undefined);
  return {
    instance: await Instance.read('sandbox', state),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGINT');
      const [code] = await ended;
      if (code !== 130) throw new Error(`the sandbox ended with ${code}:\n${stderr}`);
    },
  };
}
