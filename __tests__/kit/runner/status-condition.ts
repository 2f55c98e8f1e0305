/** Conditions of steps and stages: `if`, `pre-if` and `post-if`, over the status of the job. */

import { fail } from '../../../src/core/errors/index.ts';

export type JobStatus = 'success' | 'failure' | 'cancelled';

/** Reports whether a step or a stage is run when the job has this status. */
export type StatusCondition = (status: JobStatus) => boolean;

const succeeded: StatusCondition = (status) => status === 'success';

const functions: Readonly<Record<string, StatusCondition>> = {
  always: () => true,
  success: succeeded,
  failure: (status) => status === 'failure',
  cancelled: (status) => status === 'cancelled',
};

/**
 * Parses a condition made of the four status functions, `true`, `false`, `!`, `&&`, `||` and parentheses. A condition without a status
 * function, or an empty one, holds only while the job succeeds.
 *
 * @throws CountersignError `USAGE`, for anything else that an expression of GitHub's may hold
 */
export function parseCondition(text: string): StatusCondition {
  const source = text.replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, '$1').trim();
  if (source === '') return succeeded;
  const parser = new ConditionParser(source);
  const condition = parser.parse();
  return parser.callsStatus ? condition : (status) => succeeded(status) && condition(status);
}

class ConditionParser {
  readonly #source: string;
  #rest: string;
  callsStatus = false;

  constructor(source: string) {
    this.#source = source;
    this.#rest = source;
  }

  parse(): StatusCondition {
    const condition = this.#either();
    if (this.#rest.trim() !== '') this.#refuse();
    return condition;
  }

  #either(): StatusCondition {
    let left = this.#both();
    while (this.#take(/^\|\|/) !== undefined) {
      const [first, second] = [left, this.#both()];
      left = (status) => first(status) || second(status);
    }
    return left;
  }

  #both(): StatusCondition {
    let left = this.#single();
    while (this.#take(/^&&/) !== undefined) {
      const [first, second] = [left, this.#single()];
      left = (status) => first(status) && second(status);
    }
    return left;
  }

  #single(): StatusCondition {
    if (this.#take(/^!/) !== undefined) {
      const negated = this.#single();
      return (status) => !negated(status);
    }
    if (this.#take(/^\(/) !== undefined) {
      const inner = this.#either();
      if (this.#take(/^\)/) === undefined) this.#refuse();
      return inner;
    }
    const literal = this.#take(/^(?:true|false)\b/i);
    if (literal !== undefined) return () => literal.toLowerCase() === 'true';
    const call = this.#take(/^[a-z]+\s*\(\s*\)/i) ?? this.#refuse();
    const name = call.replace(/[\s()]/g, '').toLowerCase();
    this.callsStatus = true;
    return (Object.hasOwn(functions, name) ? functions[name] : undefined) ?? this.#refuse();
  }

  #take(pattern: RegExp): string | undefined {
    this.#rest = this.#rest.trimStart();
    const [found] = pattern.exec(this.#rest) ?? [];
    if (found !== undefined) this.#rest = this.#rest.slice(found.length);
    return found;
  }

  #refuse(): never {
    fail('USAGE', `The condition ${this.#source} is not made of always(), success(), failure() and cancelled() alone`);
  }
}
