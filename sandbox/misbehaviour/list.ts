import { serviceNames } from '../http/index.ts';
import { lieNames, type MisbehaviourName, misbehaviourOf, registryLieNames } from './catalogue.ts';
import { transportFaults } from './transport.ts';

/** Returns the list of all misbehaviours. Those of all services are listed once. */
export function listMisbehaviours(): string {
  const lies = [...lieNames, ...registryLieNames].map((name) => entry(name, misbehaviourOf(name).about));
  const faults = Object.entries(transportFaults).map(([name, { about }]) => entry(`SERVICE:${name}`, about));
  return [...lies, '\nFaults of all services. SERVICE is one of ', `${serviceNames.join(', ')}.\n`, ...faults].join('');
}

/** Returns the description of the misbehaviours of a sandbox. */
export function describeMisbehaviours(names: readonly MisbehaviourName[]): string {
  const list = names.map((name) => entry(name, misbehaviourOf(name).about)).join('');
  return `Injected faults (responses are wrong; the stored data is correct):\n${list.trimEnd()}`;
}

function entry(name: string, about: string): string {
  return `${name}\n    ${about}\n`;
}
