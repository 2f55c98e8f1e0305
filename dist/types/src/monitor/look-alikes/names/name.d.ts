/** Names as the rules compare them. */
/** The part of a name that a look-alike imitates, as explanations call it. */
export type PartName = 'owner' | 'workflow file' | 'ref' | 'local part' | 'domain' | 'scope' | 'package name';
/** A text of a name that rules compare with the same part of another name. */
export interface Part {
    readonly name: PartName;
    /** In lower case, unless its case matters. */
    readonly text: string;
    /** As people see it. */
    readonly shown: string;
    /** Parts are compared only where this is the same: the domain of a local part, for example. */
    readonly within: string;
    /** The weight of a look-alike of this part, from 0 to 1. */
    readonly weight: number;
}
interface NameBase {
    /** The name as given. */
    readonly text: string;
    /** Equal for all spellings of one name. */
    readonly identity: string;
    /** Equal for names that one owner gives out, which do not imitate each other. `undefined` for names without such an owner. */
    readonly holder: string | undefined;
    /** The parts that are compared if this is a protected name. */
    readonly protectedParts: readonly Part[];
    /** The parts that are compared with those of protected names. */
    readonly parts: readonly Part[];
}
/** A user or an organization of GitHub. */
export interface OwnerName extends NameBase {
    readonly kind: 'owner';
}
export interface RepositoryName extends NameBase {
    readonly kind: 'repo' | 'workflow';
    readonly host: string;
    readonly owner: string;
    /** The path without the owner. */
    readonly repository: string;
}
/** A host name, and that of an e-mail address. */
export interface HostName {
    /** The part that the owner of the domain chose: `example` of `www.example.co.uk`. */
    readonly label: string;
    /** The registrable domain. */
    readonly domain: string;
    readonly suffix: string;
    /** The labels on the left of the registrable domain. */
    readonly subdomains: readonly string[];
}
export interface DomainName extends NameBase {
    readonly kind: 'domain';
    readonly host: HostName;
}
export interface EmailName extends NameBase {
    readonly kind: 'email';
    readonly local: string;
    readonly host: HostName;
    /** True if anyone can register an address there. */
    readonly isPublicProvider: boolean;
}
export interface PackageName extends NameBase {
    readonly kind: 'package';
    readonly scope: string | undefined;
    readonly base: string;
}
export type Name = OwnerName | RepositoryName | DomainName | EmailName | PackageName;
export type NameKind = Name['kind'];
export {};
