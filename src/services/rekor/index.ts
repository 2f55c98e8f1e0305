export { addHashedRekord } from './rekor.ts';
