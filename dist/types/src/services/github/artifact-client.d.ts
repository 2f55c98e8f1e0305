/** GitHub's own client of the artifact service: the names that the service takes, and what the client says of failures. */
import type { DefaultArtifactClient } from '@actions/artifact';
/** The characters that no path in an artifact may have. */
export declare const forbiddenInPaths: RegExp;
/** Opens the client. It is large, and loaded only when it is opened. */
export declare function openArtifactClient(): Promise<DefaultArtifactClient>;
/**
 * Demands a server whose artifact service the client speaks with: that of github.com or GitHub Enterprise Cloud. GitHub Enterprise Server,
 * Gitea and Forgejo have others.
 *
 * @param input the input that needs the service
 * @throws CountersignError `USAGE`
 */
export declare function demandArtifactService(serverUrl: string, input: string, remedy: string): void;
/** Reports whether a server has the artifact service that the client speaks with. */
export declare function hasArtifactService(serverUrl: string): boolean;
/**
 * Demands a name that GitHub allows, and that is no command when it is printed: before anything is signed, for a signature in a public log cannot be taken back.
 *
 * @throws CountersignError `USAGE`
 */
export declare function demandArtifactName(name: string, input?: string): void;
/**
 * Returns the first line of what the client says, without what stands behind the `?` of an address: there, the address of a blob has its
 * signature. Of what the artifact service answered, only the status stays: the service was sent the job's token.
 */
export declare function describeClientError(message: string): string;
