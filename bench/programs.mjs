// Programs that the benchmarks time, and the job in whose name they sign.
import { spawnSync } from 'node:child_process';

/** A token for Fulcio, of ten minutes. */
export async function jobToken({ ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer }) {
  const answer = await fetch(`${url}&audience=sigstore&ttl=600`, { headers: { authorization: `bearer ${bearer}` } });
  return (await answer.json()).value;
}

/** Seconds that a process takes which succeeds. */
export function time([program, ...options], cwd, variables) {
  const started = performance.now();
  const env = { PATH: process.env.PATH, ...variables };
  const { status, stdout, stderr } = spawnSync(program, options, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env,
  });
  if (status !== 0) throw new Error(`${program} failed:\n${stdout}\n${stderr}`);
  return (performance.now() - started) / 1000;
}

/** `cosign 3.1.3`, as the program says it. */
export function versionOf(name, program, ...question) {
  const { stdout } = spawnSync(program, question, { encoding: 'utf8' });
  return `${name} ${/\d+\.\d+\.\d+/.exec(stdout)?.[0]}`;
}
