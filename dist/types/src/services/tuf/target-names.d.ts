/** The files that are taken from a trust root repository. No name of a file ever comes from a repository's metadata. */
export declare const targetNames: readonly ['trusted_root.json', 'signing_config.v0.2.json', 'signing_config_rekor_v2.v0.2.json'];
export type TargetName = (typeof targetNames)[number];
/** Narrows a name to one of the list: `../` in a name was how files outside of a cache were written (CVE-2024-47534). */
export declare function isTargetName(name: string): name is TargetName;
/** @throws CountersignError `USAGE` for a name that is not on the list, whatever its type says */
export declare function demandTargetName(name: string): void;
