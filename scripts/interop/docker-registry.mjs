// Debian's docker-registry on loopback, with everything that it keeps in one folder.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { JudgeMissing } from './judges.mjs';

const deadlineMilliseconds = 20_000;

/**
 * Starts it on a port that is free.
 *
 * @returns its host and port, as names of images begin
 * @throws JudgeMissing with what it said, if it does not start
 */
export async function startDockerRegistry({ program, port, folder, signal }) {
  const state = await mkdtemp(join(folder, 'docker-registry-'));
  const host = `127.0.0.1:${port}`;
  const [config, log] = [join(state, 'config.json'), join(state, 'log')];
  // JSON is YAML as well.
  await writeFile(
    config,
    JSON.stringify({
      version: '0.1',
      log: { level: 'error', accesslog: { disabled: true } },
      storage: { filesystem: { rootdirectory: join(state, 'content') }, delete: { enabled: true } },
      http: { addr: host },
    }),
  );
  // Whatever is asked for and is not there is an error to it: that is not for the terminal.
  const said = await open(log, 'w');
  const child = spawn(program, ['serve', config], { cwd: state, stdio: ['ignore', 'ignore', said.fd], env: {} });
  const running = new AbortController();
  const ended = once(child, 'exit')
    .then(([code, endedBy]) => (endedBy ? `ended by ${endedBy}` : `exit code ${code}`))
    .catch((error) => (error.code === 'ENOENT' ? 'not found' : error.message))
    .finally(() => running.abort());
  await said.close();
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(state, { recursive: true, force: true });
  };
  if (await answers(host, AbortSignal.any([running.signal, ...(signal ? [signal] : [])]))) return { host, stop };
  const why = running.signal.aborted ? await ended : 'no answer';
  const lines = (await readFile(log, 'utf8')).trim().replace(/^/gm, '  ');
  await stop();
  throw new JudgeMissing(`docker-registry did not start (${why}).\n${lines}`.trim());
}

/** Returns true once the registry answers; false if it ends first, or the deadline passes. */
async function answers(host, signal) {
  const deadline = Date.now() + deadlineMilliseconds;
  while (!signal.aborted && Date.now() < deadline) {
    const answer = await fetch(`http://${host}/v2/`, { signal }).catch(() => undefined);
    if (answer?.ok) return true;
    await pause(50);
  }
  return false;
}
