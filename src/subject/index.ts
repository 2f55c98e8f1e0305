/** Subjects: files, digests and images to sign or to verify. */

export { isBundleFile } from './bundle-file.ts';
export { checksumsLimits, parseChecksums } from './checksums.ts';
export { collectFiles } from './collect-files.ts';
export { collectImages, type ImageOptions } from './collect-images.ts';
export { collectSubjects, namesNothing, type SubjectRequest } from './collect-subjects.ts';
export { digestFile, digestFileWith, hashObserver, withBytesOf } from './digest-file.ts';
export { digestToSign } from './digest-to-sign.ts';
export { mergeDuplicates } from './duplicates.ts';
export { readDiskImage } from './image/disk-image.ts';
export { type ManifestSource, manifestsOf } from './image/image-index.ts';
export { parsePlatform } from './image/platform.ts';
export {
  type ImageContent,
  listedAttestations,
  type PlatformImage,
  platformImage,
  platformImages,
} from './image/platform-images.ts';
export { type DiskImage, onlyImage } from './image/saved-image.ts';
export { beginsLikeImage, looksLikeImage } from './image-like.ts';
export { readImageName } from './image-name.ts';
export { filesBeside, type LeftOut } from './left-out.ts';
export {
  digestSubjectsOf,
  formatLeg,
  isLegText,
  type Leg,
  type LegDigests,
  type LegSubject,
  legArtifactName,
  legArtifactPrefix,
  legDigestsFile,
  legLimits,
  readLegDigests,
  writeLegDigests,
} from './leg-digests.ts';
export { type NpmTarball, readNpmTarball } from './packages/npm-tarball.ts';
export { type PackageFormat, selectPackages } from './packages/package-format.ts';
export { readFileWithin } from './read-file.ts';
export { resolveImage } from './resolve-image.ts';
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
export { unlikePath } from './unlike-path.ts';
