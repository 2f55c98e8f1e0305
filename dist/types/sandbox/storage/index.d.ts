/** The storage of the sandbox's state, in memory or on disk. */
export { DiskStorage } from './disk-storage.ts';
export { MemoryStorage } from './memory-storage.ts';
export { type AppendFile, keep, type Storage } from './storage.ts';
