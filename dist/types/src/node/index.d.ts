/** The base layer for Node programs: files, paths, secrets, signals and bounded concurrency. It knows nothing of signatures. */
export { demandWritable, type FileWriting, removeUnfinished, syncFolder, writeAtomically } from './atomic-write.ts';
export { concurrently, inOrder, inTurns, mapConcurrently } from './concurrency.ts';
export { isWithin, pathBelow } from './containment.ts';
export { growHeapSlowly } from './heap-growth.ts';
export { type Interruption, untilInterrupted } from './interruption.ts';
export { followLinks, type LinkReading, leadsOutOf } from './links.ts';
export { type FolderMaking, makeFolder } from './make-folder.ts';
export { namesIn } from './names-in.ts';
export { pathExists } from './path-exists.ts';
export { describeFile, type FileIdentity, type FileReading, NotRegularFile, type OpenFile, openRegularFile, readExactly, readRegularFile, readToEnd, readUpTo, sameFile, } from './regular-file.ts';
export { type ProgramEnd, type ProgramRequest, programsOf, type RunProgram } from './run-program.ts';
export { foldName, safeFileName, truncate } from './safe-file-name.ts';
export { Secret } from './secret.ts';
export { utf8Bytes, utf8Text, wideEncoding } from './text-file.ts';
export { untilCancelled } from './until-cancelled.ts';
export { keepYoungGenerationSmall } from './young-generation.ts';
