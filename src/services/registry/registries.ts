/** All registries that a run deals with. */

import type { Http } from '../http/index.ts';
import type { Patience } from './attach.ts';
import type { FindCredential } from './find-credentials.ts';
import { formatRepository, type Repository } from './image-reference.ts';
import { openRepository, type RepositoryClient } from './registry.ts';

/** Gives the client of a repository: of one repository always the same, which remembers its tokens. */
export type Registries = (repository: Repository) => RepositoryClient;

/** Nothing is sent before something is asked of a repository. */
export function openRegistries(http: Http, findCredential: FindCredential, patience: Patience): Registries {
  const open = new Map<string, RepositoryClient>();
  return (repository) => {
    const name = formatRepository(repository);
    const client = open.get(name) ?? openRepository(http, repository, findCredential, patience);
    open.set(name, client);
    return client;
  };
}
