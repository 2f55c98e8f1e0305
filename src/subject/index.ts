/** What is to be signed. */

export { collectFiles, type Unmatched } from './collect-files.ts';
export { collectSubjects, type SubjectRequest } from './collect-subjects.ts';
export { digestFile, digestFileWith } from './digest-file.ts';
export { mergeDuplicates, type Named } from './duplicates.ts';
export type { FileReading, FileSystem } from './file-system.ts';
export { readFileWithin } from './read-file.ts';
export type { DigestSubject, FileIdentity, FileSubject, Subject } from './subject.ts';
