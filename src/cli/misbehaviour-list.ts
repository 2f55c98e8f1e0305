import { lieNames, misbehaviourOf, registryLieNames, serviceNames, transportFaults } from '../../sandbox/index.ts';

/** Returns the list of the sandbox's misbehaviours. Those that all services have are listed once. */
export function misbehaviourList(): string {
  const lies = [...lieNames, ...registryLieNames].map((name) => entry(name, misbehaviourOf(name).about));
  const faults = Object.entries(transportFaults).map(([name, { about }]) => entry(`SERVICE:${name}`, about));
  return [...lies, '\nSERVICE is one of ', `${serviceNames.join(', ')}:\n`, ...faults].join('');
}

export function entry(name: string, about: string): string {
  return `${name}\n    ${about}\n`;
}
