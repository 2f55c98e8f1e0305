/** Misbehaviours of the services, by their names: for tests of clients and monitors. */

export {
  type LieName,
  lieNames,
  type MisbehaviourName,
  misbehaviourNames,
  misbehaviourOf,
  type RegistryLieName,
  readMisbehaviourNames,
  registryLieNames,
  serviceOf,
} from './catalogue.ts';
export type { Parts } from './misbehaviour.ts';
export { Misbehaviours, type Times } from './misbehaviours.ts';
export { type TransportFault, type TransportName, transportFaults } from './transport.ts';
