/** Who may sign what. */
export { defaultThresholds, exactIdentity, type Policy, type Thresholds } from './policy.ts';
