/** The misbehaviours that are on in a sandbox. */

import type { Faults, HttpResponse, Route, ServiceName } from '../http/index.ts';
import { demandCompatible, type MisbehaviourName, serviceOf } from './catalogue.ts';
import { certificateLogMisbehaviours } from './certificate-log.ts';
import { fulcioMisbehaviours } from './fulcio.ts';
import type { Answer, Parts, Place } from './misbehaviour.ts';
import { oidcMisbehaviours } from './oidc.ts';
import { registryMisbehaviours } from './registry.ts';
import { rekorV1Misbehaviours } from './rekor-v1.ts';
import { rekorV2Misbehaviours } from './rekor-v2.ts';
import { timestampMisbehaviours } from './timestamp.ts';
import { transportMisbehaviours } from './transport.ts';
import { tufMisbehaviours } from './tuf.ts';
import { witnessMisbehaviours } from './witness.ts';

const misbehaviours = {
  ...oidcMisbehaviours,
  ...fulcioMisbehaviours,
  ...certificateLogMisbehaviours,
  ...timestampMisbehaviours,
  ...rekorV1Misbehaviours,
  ...rekorV2Misbehaviours,
  ...witnessMisbehaviours,
  ...tufMisbehaviours,
  ...registryMisbehaviours,
  ...transportMisbehaviours,
};

/** The number of wrong answers, perhaps after a number of right ones. Every request to the service counts. */
export type Times = number | { readonly skip?: number; readonly times?: number };

type PlacedAnswer = readonly [place: Place, answer: Answer];

/** A misbehaviour that is on. A transport fault has no answers. */
interface Begun {
  readonly name: MisbehaviourName;
  readonly times: Times;
  readonly answers: readonly PlacedAnswer[];
}

export class Misbehaviours {
  readonly #faults: Faults;
  readonly #parts: Parts;
  #begun: readonly Begun[] = [];

  constructor(faults: Faults, parts: Parts) {
    this.#faults = faults;
    this.#parts = parts;
  }

  /** The misbehaviours that are on, in the order in which they began. */
  get names(): readonly MisbehaviourName[] {
    return this.#begun.map(({ name }) => name);
  }

  /** Begins a misbehaviour. If several change the same answer, the latest is applied last. */
  begin(name: MisbehaviourName, times: Times = Number.POSITIVE_INFINITY): void {
    demandCompatible([...this.names, name]);
    this.#begun = [...this.#begun, { name, times, answers: this.#answersOf(name, times) }];
  }

  /** Begins the misbehaviours of a service again, whose parts have changed. */
  renew(service: ServiceName): void {
    this.#begun = this.#begun.map((one) =>
      serviceOf(one.name) === service && one.answers.length > 0
        ? { ...one, answers: this.#answersOf(one.name, one.times) }
        : one,
    );
  }

  #answersOf(name: MisbehaviourName, times: Times): readonly PlacedAnswer[] {
    const misbehaviour = misbehaviours[name];
    if (typeof misbehaviour === 'object') {
      this.#faults.set(serviceOf(name), misbehaviour.fault(), times);
      return [];
    }
    const begun = misbehaviour(this.#parts);
    const answers = typeof begun === 'function' ? { [serviceOf(name)]: begun } : begun;
    return Object.entries(answers).map(([place, answer]) => [place as Place, counted(answer, times)]);
  }

  /** Ends all misbehaviours, and all faults. */
  end(): void {
    this.#faults.clear();
    this.#begun = [];
  }

  /** Returns the routes of a service, or of another place, with the misbehaviours that are on when a request comes. */
  over(place: Place, routes: readonly Route[]): readonly Route[] {
    return routes.map((route) => ({
      ...route,
      handle: (request) => {
        let handle = async (): Promise<HttpResponse> => route.handle(request);
        for (const [name, answer] of this.#begun.flatMap(({ answers }) => answers)) {
          const right = handle;
          if (name === place) handle = async () => answer(request, right);
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
