/** The misbehaviours of a sandbox that are on, and how its services come by them. */

import type { Faults, HttpResponse, Route, ServiceName } from '../http/index.ts';
import { demandCompatible, type MisbehaviourName, misbehaviourOf, serviceOf } from './catalogue.ts';
import type { Answer, Parts } from './misbehaviour.ts';

/** How often: so many times, perhaps after so many right answers; every request to the service counts. */
export type Times = number | { readonly skip?: number; readonly times?: number };

export class Misbehaviours {
  readonly #faults: Faults;
  readonly #parts: Parts;
  #names: readonly MisbehaviourName[] = [];
  #answers: readonly (readonly [ServiceName, Answer])[] = [];

  constructor(faults: Faults, parts: Parts) {
    this.#faults = faults;
    this.#parts = parts;
  }

  /** Those that are on, in the order in which they were begun. */
  get names(): readonly MisbehaviourName[] {
    return this.#names;
  }

  /** Begins one, before whatever others there are: of two that are about the same answer, the later has the last word. */
  begin(name: MisbehaviourName, times: Times = Number.POSITIVE_INFINITY): void {
    demandCompatible([...this.#names, name]);
    const misbehaviour = misbehaviourOf(name);
    if ('fault' in misbehaviour) {
      this.#faults.set(serviceOf(name), misbehaviour.fault(), times);
    } else {
      const begun = Object.entries(misbehaviour.begin(this.#parts)) as [ServiceName, Answer][];
      this.#answers = [
        ...this.#answers,
        ...begun.map(([service, answer]) => [service, counted(answer, times)] as const),
      ];
    }
    this.#names = [...this.#names, name];
  }

  /** Ends all, and all faults. */
  end(): void {
    this.#faults.clear();
    this.#answers = [];
    this.#names = [];
  }

  /** The routes of a service, which answer as it is told here. */
  over(service: ServiceName, routes: readonly Route[]): readonly Route[] {
    return routes.map((route) => ({
      ...route,
      handle: (request) => {
        const right = async (): Promise<HttpResponse> => route.handle(request);
        const answers = this.#answers.flatMap(([name, answer]) => (name === service ? [answer] : []));
        return answers.reduce<() => Promise<HttpResponse>>(
          (before, answer) => async () => answer(request, before),
          right,
        )();
      },
    }));
  }
}

function counted(answer: Answer, times: Times): Answer {
  const count = typeof times === 'number' ? { times } : times;
  let { skip = 0, times: left = Number.POSITIVE_INFINITY } = count;
  return (request, right) => {
    if (skip > 0) {
      skip -= 1;
      return right();
    }
    if (left <= 0) return right();
    left -= 1;
    return answer(request, right);
  };
}
