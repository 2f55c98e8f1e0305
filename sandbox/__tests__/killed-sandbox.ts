/** `countersign sandbox` as a process that is killed, and what its clients see of that. */

import { type ChildProcess, spawn } from 'node:child_process';
import { type FSWatcher, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Agent, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { built } from '../../__tests__/kit/built.ts';

const cli = await built('cli.mjs');

/** An event while the sandbox runs: it has changed a file, received a request, begun an answer, or given one. */
export type Happening = 'file' | 'sent' | 'begun' | 'answered';

/** It is killed when this has happened so many times. */
export interface KillPlan {
  readonly when: Happening;
  readonly times: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface Call {
  readonly method?: 'GET' | 'POST';
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The process has ended before it was ready, or by itself. */
export class Ended extends Error {
  override readonly name = 'Ended';
}

export class KilledSandbox {
  readonly #process: ChildProcess;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 8 });
  #watcher: FSWatcher | undefined;
  #plan: KillPlan | undefined;
  readonly #ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  readonly #ready: Promise<boolean>;
  #happened = 0;
  #errors = '';

  constructor(state: string, port: number) {
    const command = [cli, 'sandbox', '--state', state, '--port', String(port)];
    const child = spawn(process.execPath, command, {
      env: { PATH: process.env.PATH },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errors += text;
    });
    this.#ended = new Promise((ended) => child.once('close', (code, signal) => ended({ code, signal })));
    const printed = new Promise<boolean>((ready) => child.stdout.once('data', () => ready(true)));
    this.#ready = Promise.race([printed, this.#ended.then(() => false)]);
  }

  /** Kills it when this has happened, from now on. Of files, those in a folder, which must be there. */
  killWhen(plan: KillPlan, folder?: string): void {
    this.#plan = plan;
    if (folder !== undefined) this.#watcher = watch(folder, () => this.happens('file'));
  }

  /** Returns true if it was ready before it was killed. */
  ready(): Promise<boolean> {
    return this.#ready;
  }

  happens(what: Happening): void {
    if (this.#plan?.when !== what) return;
    this.#happened += 1;
    if (this.#happened >= this.#plan.times) this.kill();
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }

  /** Kills it if it is not dead yet, and waits for its end. @throws Ended if it ended otherwise, or has printed an error */
  async end(): Promise<void> {
    this.kill();
    const { code, signal } = await this.#ended;
    this.#watcher?.close();
    this.#agent.destroy();
    if (signal !== 'SIGKILL' || this.#errors !== '') throw new Ended(`ended with ${code ?? signal}: ${this.#errors}`);
  }

  /** The answer to a request; `undefined` if it was killed before the last byte. */
  ask(url: string, { method = 'GET', body, headers = {} }: Call = {}): Promise<HttpAnswer | undefined> {
    return new Promise((settle) => {
      const sent = request(url, { method, agent: this.#agent, headers }, (response) => {
        this.happens('begun');
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', () => settle(undefined));
        response.on('end', () => {
          if (!response.complete) return settle(undefined);
          settle({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
          this.happens('answered');
        });
      });
      sent.on('error', () => settle(undefined));
      sent.on('finish', () => this.happens('sent'));
      sent.end(body);
    });
  }
}

/** The settings of a sandbox, as its `stack.env` has them. */
export async function stackOf(state: string): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(join(state, 'stack.env'), 'utf8');
  return Object.fromEntries([...text.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name, value]) => [name, value]));
}

/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
