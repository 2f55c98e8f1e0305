/** Subjects: files, digests and images to sign or to verify. */

export { collectFiles, type Unmatched } from './collect-files.ts';
export { collectImages, type ImageOptions } from './collect-images.ts';
export { collectSubjects, namesNothing, type SubjectRequest } from './collect-subjects.ts';
export { digestFile, digestFileWith } from './digest-file.ts';
export { digestToSign } from './digest-to-sign.ts';
export { mergeDuplicates, type Named } from './duplicates.ts';
export type { FileSystem } from './file-system.ts';
export { readDiskImage } from './image/disk-image.ts';
export { isIndex, type ListedManifest, type ManifestSource, manifestsOf } from './image/image-index.ts';
export type { DiskImage, SavedImage } from './image/saved-image.ts';
export { beginsLikeImage, looksLikeImage } from './image-like.ts';
export { type ImageName, readImageName, readRegistryName } from './image-name.ts';
export { filesBeside, type LeftOut } from './left-out.ts';
export { readFileWithin } from './read-file.ts';
export { type ResolvedImage, resolveImage } from './resolve-image.ts';
export {
  byName,
  type DigestSubject,
  type FileSubject,
  formatImage,
  type ImageSubject,
  type LocalSubject,
  type StoredImage,
  type Subject,
  subjectName,
} from './subject.ts';
export { withoutRepeats } from './without-repeats.ts';
