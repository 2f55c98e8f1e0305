/** What the sandbox can be told to do wrong, in words. */

import { lieNames, misbehaviourOf, registryLieNames, serviceNames, transportFaults } from '../../sandbox/index.ts';

/** Those of one service by their names; those of all services once. */
export function misbehaviourList(): string {
  const lies = [...lieNames, ...registryLieNames].map((name) => entry(name, misbehaviourOf(name).about));
  const faults = Object.entries(transportFaults).map(([name, { about }]) => entry(`SERVICE:${name}`, about));
  return [...lies, '\nSERVICE is one of ', `${serviceNames.join(', ')}:\n`, ...faults].join('');
}

export function entry(name: string, about: string): string {
  return `${name}\n    ${about}\n`;
}
