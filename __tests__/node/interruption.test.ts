import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Interruption } from '../../src/node/index.ts';
import { untilInterrupted } from '../../src/node/index.ts';
import type { EndingProcess, EndingSignal } from '../../src/node/interruption.ts';

/** A process that the test sends signals to, and whose time passes when the test says so. */
class TestProcess implements EndingProcess {
  readonly signals = new EventEmitter();
  /** The event that ended it. */
  end: string | undefined;
  isHanging = false;
  isUnread = false;
  slept = 0;
  readonly #sleeping: { readonly until: number; readonly wake: () => void }[] = [];
  #ended: () => void = () => undefined;
  readonly whenEnded = new Promise<void>((resolve) => {
    this.#ended = resolve;
  });

  readonly on = (signal: EndingSignal, listener: (signal: EndingSignal) => void) => this.signals.on(signal, listener);
  readonly off = (signal: EndingSignal, listener: (signal: EndingSignal) => void) => this.signals.off(signal, listener);
  readonly sleep = (milliseconds: number): Promise<void> =>
    new Promise((wake) => this.#sleeping.push({ until: this.slept + milliseconds, wake }));
  readonly flush = (): Promise<void> => (this.isUnread ? new Promise(() => undefined) : Promise.resolve());
  readonly isBusy = (): boolean => this.isHanging;
  readonly exit = (code: number): void => this.#end(`exit ${code}`);
  readonly raise = (signal: EndingSignal): void => this.#end(`raise ${signal}`);

  /** Sends it a signal, which ends it if it has no handler. */
  send(signal: EndingSignal): void {
    if (!this.signals.emit(signal, signal)) this.#end(`killed by ${signal}`);
  }

  /** Lets time pass until it has ended, and returns how much had to. */
  async untilEnded(): Promise<number> {
    for (;;) {
      // What is ready without time passing comes first.
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (this.end !== undefined) return this.slept;
      const [next] = this.#sleeping.sort((a, b) => a.until - b.until).splice(0, 1);
      if (next === undefined) throw new Error('nothing ends it');
      this.slept = next.until;
      next.wake();
    }
  }

  get handlers(): number {
    return this.signals.listenerCount('SIGINT') + this.signals.listenerCount('SIGTERM');
  }

  #end(how: string): void {
    this.end ??= how;
    this.#ended();
  }
}

let system: TestProcess;
beforeEach(() => {
  system = new TestProcess();
});

const forever = new Promise<never>(() => undefined);
const signals = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;

/** Work that has begun, and goes on until it is cancelled. */
function cancellable({ takeOver, cancellation }: Interruption): Promise<void> {
  takeOver();
  return new Promise((_, reject) => cancellation.addEventListener('abort', () => reject(new Error('cancelled'))));
}

describe('without a signal', () => {
  test('the work is done, and nothing ends the process', async () => {
    await untilInterrupted(async ({ takeOver }) => takeOver(), system);
    expect([system.end, system.handlers]).toEqual([undefined, 0]);
  });

  test('what the work throws is thrown', async () => {
    const work = async ({ takeOver }: Interruption): Promise<void> => {
      takeOver();
      throw new Error('of the work');
    };
    await expect(untilInterrupted(work, system)).rejects.toThrow('of the work');
    expect([system.end, system.handlers]).toEqual([undefined, 0]);
  });
});

describe.each(signals)('%s', (signal, code) => {
  test('before anything is under way ends the process as the system does it', async () => {
    void untilInterrupted(() => forever, system);
    expect(system.handlers).toBe(0);
    system.send(signal);
    expect(system.end).toBe(`killed by ${signal}`);
  });

  test('cancels the work; when that has come to its end, the process exits with the status of the signal', async () => {
    let reported = false;
    const work = (interruption: Interruption): Promise<void> =>
      cancellable(interruption).catch(() => {
        reported = true;
      });
    void untilInterrupted(work, system);
    system.send(signal);
    expect(await system.untilEnded()).toBe(0);
    expect([system.end, reported]).toEqual([`exit ${code}`, true]);
  });

  test('also where the work fails, or is done all the same', async () => {
    for (const work of [
      cancellable,
      (interruption: Interruption) => cancellable(interruption).catch(() => undefined),
    ]) {
      system = new TestProcess();
      void untilInterrupted(work, system);
      system.send(signal);
      await system.untilEnded();
      expect(system.end).toBe(`exit ${code}`);
    }
  });

  test.each([
    ['work that never ends', { isUnread: false }],
    ['a reader that never reads', { isUnread: true }],
  ])('ends the process within 7 seconds in spite of %s', async (_, hanging) => {
    Object.assign(system, hanging);
    const work = ({ takeOver }: Interruption): Promise<void> => {
      takeOver();
      return forever;
    };
    void untilInterrupted(work, system);
    system.send(signal);
    expect(await system.untilEnded()).toBeLessThan(7000);
    expect(system.end).toBe(`exit ${code}`);
  });

  test('ends it within 7 seconds, by the signal itself, where a thread hangs, for which exiting would wait', async () => {
    Object.assign(system, { isHanging: true, isUnread: true });
    const work = ({ takeOver }: Interruption): Promise<void> => {
      takeOver();
      return forever;
    };
    void untilInterrupted(work, system);
    system.send(signal);
    expect(await system.untilEnded()).toBeLessThan(7000);
    expect(system.end).toBe(`raise ${signal}`);
    expect(system.handlers).toBe(0);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('a second one, %s, ends it at once', async (second) => {
    void untilInterrupted(({ takeOver }) => {
      takeOver();
      return forever;
    }, system);
    system.send(signal);
    system.send(second);
    expect(system.end).toBe(`killed by ${second}`);
  });
});

test('the handlers are installed once', async () => {
  void untilInterrupted(({ takeOver }) => {
    takeOver();
    takeOver();
    return forever;
  }, system);
  expect(system.handlers).toBe(2);
});
