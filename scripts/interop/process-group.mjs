// Runs a program together with whatever it starts, and leaves none of it behind.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

const windows = process.platform === 'win32';

/** The milliseconds that a process group has to end when it is asked to, before it is killed. */
const endings = { SIGTERM: 5000, SIGKILL: 1000 };

/**
 * Runs a command to its end, or until it is cancelled; what it started and did not end is ended then. (Windows has no groups
 * of processes: there, what a program left behind when it ended by itself stays.)
 *
 * @returns how it ended: `undefined` if with 0, or else in words
 */
export async function runGroup([program, ...args], { signal, ...options } = {}) {
  if (signal?.aborted) return 'cancelled';
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options, detached: !windows });
  const cancel = () => void endGroup(child.pid);
  signal?.addEventListener('abort', cancel);
  try {
    const [code, endedBy] = await once(child, 'exit');
    await endGroup(child.pid);
    if (signal?.aborted) return 'cancelled';
    if (code === 0) return undefined;
    return endedBy ? `ended by ${endedBy}` : `exit code ${code}`;
  } catch (error) {
    return error.code === 'ENOENT' ? 'not found' : error.message;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

async function endGroup(pid) {
  for (const [name, milliseconds] of Object.entries(endings)) {
    if (!kill(pid, name)) return;
    const deadline = Date.now() + milliseconds;
    // One that has ended and that nobody waits for, as in a container without an init, is there for ever.
    while (kill(pid, 0) && Date.now() < deadline) await pause(20);
  }
}

/** Kills a process group. Returns false if no process was left. */
function kill(pid, name) {
  if (windows && name !== 0) return spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']).status === 0;
  try {
    return process.kill(windows ? pid : -pid, name);
  } catch {
    return false;
  }
}
