/** The templates for the certificates of CI jobs, as those of the public instance (fulcio, config/identity/config.yaml). */
/** The CI systems, by Fulcio's names. */
export type JobKind = 'github-workflow' | 'gitlab-pipeline' | 'buildkite-job' | 'circleci-job' | 'forgejo-workflow';
/** The number of an extension, its name in Fulcio's messages, and the template or claim of its value. */
export type ExtensionTemplate = readonly [number: number, name: string, template: string];
export interface CiProvider {
    /** The default values of claims. */
    readonly defaults: Readonly<Record<string, string>>;
    readonly subjectAlternativeName: string;
    /** In Fulcio's order, so that its message is about the same missing claim. */
    readonly extensions: readonly ExtensionTemplate[];
}
export declare const ciProviders: Readonly<Record<JobKind, CiProvider>>;
