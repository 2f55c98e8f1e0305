/** Witnesses of logs (C2SP tlog-witness). */
export { type FollowedLog, type Observation, WitnessService } from './witness-service.ts';
