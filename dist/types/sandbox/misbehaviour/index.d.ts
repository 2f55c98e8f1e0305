/** Misbehaviours of the services, by their names: for tests of clients and monitors. */
export { type LieName, lieNames, type MisbehaviourName, misbehaviourNames, misbehaviourOf, type RegistryLieName, readMisbehaviourNames, registryLieNames, serviceOf, } from './catalogue.ts';
export { describeMisbehaviours, listMisbehaviours } from './list.ts';
export { Misbehaviours, type Times } from './misbehaviours.ts';
export { type TransportFault, transportFaults } from './transport.ts';
