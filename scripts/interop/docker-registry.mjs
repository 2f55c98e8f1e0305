// Debian's docker-registry on loopback, with everything that it keeps in one folder.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { JudgeMissing } from './judges.mjs';

const deadlineMilliseconds = 20_000;

/**
 * Starts it on a port that is free.
 *
 * @returns its host and port, as names of images begin
 */
export async function startDockerRegistry({ program, port, folder, signal }) {
  const state = await mkdtemp(join(folder, 'docker-registry-'));
  const host = `127.0.0.1:${port}`;
  const config = join(state, 'config.json');
  // JSON is YAML as well.
  await writeFile(
    config,
    JSON.stringify({
      version: '0.1',
      log: { level: 'fatal', accesslog: { disabled: true } },
      storage: { filesystem: { rootdirectory: join(state, 'content') }, delete: { enabled: true } },
      http: { addr: host },
    }),
  );
  const child = spawn(program, ['serve', config], { cwd: state, stdio: ['ignore', 'ignore', 'inherit'], env: {} });
  const ended = once(child, 'exit').catch(() => undefined);
  const stop = async () => {
    if (child.exitCode === null) child.kill('SIGKILL');
    await ended;
    await rm(state, { recursive: true, force: true });
  };
  if (await answers(child, host, signal)) return { host, stop };
  await stop();
  throw new JudgeMissing('docker-registry did not start.');
}

async function answers(child, host, signal) {
  const deadline = Date.now() + deadlineMilliseconds;
  while (child.exitCode === null && !signal?.aborted && Date.now() < deadline) {
    const answer = await fetch(`http://${host}/v2/`, { signal }).catch(() => undefined);
    if (answer?.ok) return true;
    await pause(50);
  }
  return false;
}
