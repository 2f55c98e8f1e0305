// Runs and times programs for the benchmarks, and requests the token of the job that they sign as.
import { spawnSync } from 'node:child_process';

/** Requests a token for Fulcio that is valid for ten minutes. */
export async function jobToken({ ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer }) {
  const answer = await fetch(`${url}&audience=sigstore&ttl=600`, { headers: { authorization: `bearer ${bearer}` } });
  return (await answer.json()).value;
}

/** Returns the seconds that a process takes. Throws if it fails. */
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

/** Returns the name and version that a program reports, such as `cosign 3.1.3`. */
export function versionOf(name, program, ...question) {
  const { stdout } = spawnSync(program, question, { encoding: 'utf8' });
  return `${name} ${/\d+\.\d+\.\d+/.exec(stdout)?.[0]}`;
}
