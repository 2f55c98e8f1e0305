/** The misbehaviours that are on in a sandbox. */

import type { Faults, HttpResponse, Route, ServiceName } from '../http/index.ts';
import { demandCompatible, type MisbehaviourName, serviceOf } from './catalogue.ts';
import { certificateLogMisbehaviours } from './certificate-log.ts';
import { fulcioMisbehaviours } from './fulcio.ts';
import type { Answer, Parts } from './misbehaviour.ts';
import { oidcMisbehaviours } from './oidc.ts';
import { registryMisbehaviours } from './registry.ts';
import { rekorV1Misbehaviours } from './rekor-v1.ts';
import { rekorV2Misbehaviours } from './rekor-v2.ts';
import { timestampMisbehaviours } from './timestamp.ts';
import { transportMisbehaviours } from './transport.ts';
import { tufMisbehaviours } from './tuf.ts';

const misbehaviours = {
  ...oidcMisbehaviours,
  ...fulcioMisbehaviours,
  ...certificateLogMisbehaviours,
  ...timestampMisbehaviours,
  ...rekorV1Misbehaviours,
  ...rekorV2Misbehaviours,
  ...tufMisbehaviours,
  ...registryMisbehaviours,
  ...transportMisbehaviours,
};

/** The number of wrong answers, perhaps after a number of right ones. Every request to the service counts. */
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

  /** The misbehaviours that are on, in the order in which they began. */
  get names(): readonly MisbehaviourName[] {
    return this.#names;
  }

  /** Begins a misbehaviour. If several change the same answer, the latest is applied last. */
  begin(name: MisbehaviourName, times: Times = Number.POSITIVE_INFINITY): void {
    demandCompatible([...this.#names, name]);
    const misbehaviour = misbehaviours[name];
    if (typeof misbehaviour === 'object') {
      this.#faults.set(serviceOf(name), misbehaviour.fault(), times);
    } else {
      const begun = misbehaviour(this.#parts);
      const answers = typeof begun === 'function' ? { [serviceOf(name)]: begun } : begun;
      for (const [service, answer] of Object.entries(answers)) {
        this.#answers = [...this.#answers, [service as ServiceName, counted(answer, times)]];
      }
    }
    this.#names = [...this.#names, name];
  }

  /** Ends all misbehaviours, and all faults. */
  end(): void {
    this.#faults.clear();
    this.#answers = [];
    this.#names = [];
  }

  /** Returns the routes of a service, with the misbehaviours that are on when a request comes. */
  over(service: ServiceName, routes: readonly Route[]): readonly Route[] {
    return routes.map((route) => ({
      ...route,
      handle: (request) => {
        let handle = async (): Promise<HttpResponse> => route.handle(request);
        for (const [name, answer] of this.#answers) {
          const right = handle;
          if (name === service) handle = async () => answer(request, right);
        }
        return handle();
      },
    }));
  }
}

function counted(answer: Answer, times: Times): Answer {
  let { skip = 0, times: left = Number.POSITIVE_INFINITY } = typeof times === 'number' ? { times } : times;
  return (request, right) => {
    if (skip-- > 0 || left <= 0) return right();
    left -= 1;
    return answer(request, right);
  };
}
