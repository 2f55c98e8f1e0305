/** All registries that a run deals with. */
import type { Http } from '../http/index.ts';
import type { Patience } from './attach.ts';
import type { FindCredential } from './find-credentials.ts';
import { type Repository } from './image-reference.ts';
import { type RepositoryClient } from './registry.ts';
export interface Registries {
    /** Gives the client of a repository: of one repository always the same, which remembers its tokens. */
    (repository: Repository): RepositoryClient;
    /** Gives the client of the repository that holds what is attached to the images of a repository. */
    readonly attachmentsOf: (repository: Repository) => RepositoryClient;
}
/**
 * Opens registries. Nothing is sent before something is asked of a repository.
 *
 * @param attachments the one repository that holds what is attached to all images; by default, each repository holds its own
 */
export declare function openRegistries(http: Http, findCredential: FindCredential, patience: Patience, attachments?: Repository): Registries;
