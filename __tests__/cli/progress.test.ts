/** The progress display, with a fake clock and timer. */

import { describe, expect, test } from '@jest/globals';
import { Progress } from '../../src/cli/progress.ts';

/** A stream, a clock and a timer under control. */
class FakeSystem {
  now = 0;
  printed = '';
  readonly progress: Progress;
  #timer: { readonly milliseconds: number; readonly call: () => void; next: number } | undefined;

  constructor(isTTY: boolean, { columns = 80, isLogged = true } = {}) {
    const write = (text: string): boolean => {
      this.printed += text;
      return true;
    };
    this.progress = new Progress({
      // A stream has more forms of this method.
      stream: { write: write as NodeJS.WriteStream['write'], isTTY, columns },
      isLogged,
      now: () => this.now,
      every: (milliseconds, call) => {
        this.#timer = { milliseconds, call, next: this.now + milliseconds };
        return () => {
          this.#timer = undefined;
        };
      },
    });
  }

  get isRunning(): boolean {
    return this.#timer !== undefined;
  }

  /** Lets time pass, and returns what is printed meanwhile. */
  pass(milliseconds: number): string {
    const end = this.now + milliseconds;
    const before = this.printed.length;
    while (this.#timer !== undefined && this.#timer.next <= end) {
      this.now = this.#timer.next;
      this.#timer.next += this.#timer.milliseconds;
      this.#timer.call();
    }
    this.now = end;
    return this.printed.slice(before);
  }

  /** The line that a terminal shows. */
  get line(): string {
    return this.printed.split('\r\u001b[K').at(-1) ?? '';
  }
}

describe('a terminal', () => {
  test('shows what is waited for after one second, rewrites the line, and clears it', () => {
    const system = new FakeSystem(true);
    const end = system.progress.wait('the transparency log (https://log.example)');
    expect(system.pass(999)).toBe('');
    system.pass(1);
    expect(system.line).toBe('waiting for the transparency log (https://log.example), 1 s');
    system.pass(80_000);
    expect(system.line).toBe('waiting for the transparency log (https://log.example), 1 min 21 s');
    expect(system.printed).not.toContain('\n');
    end();
    system.pass(250);
    expect(system.line).toBe('');
  });

  test('shows the longest wait, and counts the others', () => {
    const system = new FakeSystem(true);
    system.progress.wait('a');
    system.pass(500);
    const end = system.progress.wait('b');
    system.pass(1500);
    expect(system.line).toBe('waiting for a and 1 more, 2 s');
    end();
    system.pass(250);
    expect(system.line).toBe('waiting for a, 2 s');
  });

  test('shows how much is done, the rate, and the time left', () => {
    const system = new FakeSystem(true);
    system.progress.work('signed', 1000);
    expect(system.pass(999)).toBe('');
    system.pass(1001);
    expect(system.line).toBe('signed 0 of 1,000');
    system.progress.work('signed', 1000, 41, 1);
    system.pass(2000);
    expect(system.line).toBe('signed 40 of 1,000, 1 failed, 10/s, 1 min 34 s left');
    system.progress.work('signed', 1000, 1000, 1);
    system.pass(250);
    expect(system.line).toBe('');
  });

  test('does not count what was done before the display began into the rate', () => {
    const system = new FakeSystem(true);
    system.progress.work('verified', 100, 50);
    system.progress.work('verified', 100, 60);
    system.pass(2000);
    expect(system.line).toBe('verified 60 of 100, 5.0/s, 8 s left');
  });

  test('shows the progress of hashing a large file', () => {
    const system = new FakeSystem(true);
    system.progress.hash('app.iso', 2 ** 20, 4 * 2 ** 30);
    system.pass(1000);
    system.progress.hash('app.iso', 2 ** 30, 4 * 2 ** 30);
    system.pass(1000);
    expect(system.line).toBe('hashing app.iso: 1.0 GiB of 4.0 GiB, 512 MiB/s, 6 s left');
    system.progress.hash('app.iso', 4 * 2 ** 30, 4 * 2 ** 30);
    system.pass(250);
    expect(system.line).toBe('');
  });

  test('one item has no count, and a short one is not shown', () => {
    const system = new FakeSystem(true);
    system.progress.work('signed', 1);
    expect(system.pass(5000)).toBe('');
  });

  test('keeps a permanent line, and escapes untrusted text', () => {
    const system = new FakeSystem(true);
    system.progress.wait('\u001b[2J');
    system.pass(1000);
    system.progress.line('::error::x');
    expect(system.printed).toBe('waiting for \\u001b[2J, 1 s\r\u001b[K: :error::x\n');
  });

  test('is not filled to its last column, so that nothing wraps', () => {
    const system = new FakeSystem(true, { columns: 40 });
    system.progress.wait('x'.repeat(100));
    system.pass(1000);
    expect(system.line).toHaveLength(39);
  });

  test('after the end, no timer is left', () => {
    const system = new FakeSystem(true);
    system.progress.wait('a');
    system.pass(1000);
    system.progress.end();
    expect(system.line).toBe('');
    expect(system.isRunning).toBe(false);
  });
});

test('a log gets one line after 30 seconds, and then one each minute', () => {
  const system = new FakeSystem(false);
  system.progress.wait('the registry');
  expect(system.pass(29_999)).toBe('');
  expect(system.pass(1)).toBe('waiting for the registry, 30 s\n');
  expect(system.pass(59_999)).toBe('');
  expect(system.pass(1)).toBe('waiting for the registry, 1 min 30 s\n');
  expect(system.pass(600_000).split('\n')).toHaveLength(11);
  expect(system.printed).not.toContain('\u001b');
});

test('a log gets no line about progress if a program reads the output, and a terminal does', () => {
  const log = new FakeSystem(false, { isLogged: false });
  log.progress.wait('the registry');
  expect(log.pass(600_000)).toBe('');
  log.progress.line('kept');
  expect(log.printed).toBe('kept\n');
  const terminal = new FakeSystem(true, { isLogged: false });
  terminal.progress.wait('the registry');
  terminal.pass(1000);
  expect(terminal.line).toBe('waiting for the registry, 1 s');
});
