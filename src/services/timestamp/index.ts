export { requestTimestamp } from './timestamp.ts';
