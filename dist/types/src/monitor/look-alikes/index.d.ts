/** Names that look like protected ones: owners, repositories, workflows, e-mail addresses, domains and packages. */
export { type IdentifiedName, LookAlikeFinder } from './finder.ts';
export { alertScore, type LookAlike } from './look-alike.ts';
export type { NameKind, PartName } from './names/name.ts';
