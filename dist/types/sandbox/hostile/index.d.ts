/** Entries that break careless readers of logs, for tests that add them to a log directly. */
export { type HostileCertificate, hostileCertificates } from './hostile-certificates.ts';
export { type HostileEntry, hostileEntries, hostileEntriesV1 } from './hostile-entries.ts';
