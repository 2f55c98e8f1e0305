/** Gathers the facts about entries. Each is looked up once in a run of the watch. */

import {
  type CommitRelation,
  type Fact,
  type FactName,
  type Facts,
  type GitHubRepository,
  type OwnRepository,
  type Receipts,
  repositoryOf,
  runOf,
  type WorkflowRun,
} from '../rules/index.ts';
import type { WatchedRepository } from '../watch-policy/index.ts';
import type { FactSource } from './fact-source.ts';

const absent = { kind: 'absent' } as const;
/** An owner and a name, as GitHub has them. They become a part of a URL. */
const repositoryName = /^[\w-]{1,100}\/[\w.-]{1,100}$/;
const commitHash = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

function unknown(reason: string): { readonly kind: 'unknown'; readonly reason: string } {
  return { kind: 'unknown', reason };
}

export class FactLookup {
  readonly #source: FactSource;
  readonly #runs = new Map<string, Promise<Fact<WorkflowRun>>>();
  readonly #repositories = new Map<string, Promise<Fact<GitHubRepository>>>();
  readonly #commits = new Map<string, Promise<Fact<CommitRelation>>>();
  readonly #receipts = new Map<string, Promise<Fact<Receipts>>>();

  constructor(source: FactSource) {
    this.#source = source;
  }

  /**
   * Looks up the facts about an entry that rules need. Only repositories of the policy are looked up, whatever the entry says.
   *
   * @param own the signer of the entry that is of a repository of the policy; undefined if there is none
   * @param repository the one of the policy that the entry belongs to
   */
  async of(
    own: OwnRepository | undefined,
    repository: WatchedRepository | undefined,
    needs: ReadonlySet<FactName>,
  ): Promise<Facts> {
    const notNeeded = unknown('no rule needs it');
    const signer = own?.signer;
    const name = signer && repositoryOf(signer)?.name;
    if (signer === undefined || name === undefined || !repositoryName.test(name)) {
      const none = unknown('the entry names no repository of the policy');
      return { run: none, repository: none, commit: none, receipts: await this.#receiptsOf(repository, needs) };
    }
    const { github } = this.#source;
    const run = (): Promise<Fact<WorkflowRun>> | Fact<WorkflowRun> => {
      const at = runOf(signer);
      if (at === undefined) return unknown('the certificate states no run of GitHub Actions');
      // A run belongs to the repository that started it.
      if (at.repository.toLowerCase() !== name.toLowerCase()) return absent;
      const key = `${name}/${at.id}/${at.attempt}`.toLowerCase();
      return once(this.#runs, key, () => github.workflowRun(name, at.id, at.attempt));
    };
    const commit = (): Promise<Fact<CommitRelation>> | Fact<CommitRelation> => {
      const sha = signer.claims.sourceRepositoryDigest ?? '';
      if (!commitHash.test(sha)) return unknown('the certificate states no commit');
      return once(this.#commits, `${name}/${sha}`.toLowerCase(), () => github.compareToDefaultBranch(name, sha));
    };
    const [foundRun, foundRepository, foundCommit, receipts] = await Promise.all([
      needs.has('run') ? run() : notNeeded,
      needs.has('repository') ? once(this.#repositories, name.toLowerCase(), () => github.repository(name)) : notNeeded,
      needs.has('commit') ? commit() : notNeeded,
      this.#receiptsOf(repository, needs),
    ]);
    return { run: foundRun, repository: foundRepository, commit: foundCommit, receipts };
  }

  async #receiptsOf(repository: WatchedRepository | undefined, needs: ReadonlySet<FactName>): Promise<Fact<Receipts>> {
    const folders = repository?.expected.receipts ?? [];
    if (!needs.has('receipts') || folders.length === 0) return absent;
    return once(this.#receipts, JSON.stringify(folders), () => this.#source.receipts.receipts(folders));
  }
}

function once<Value>(
  known: Map<string, Promise<Fact<Value>>>,
  key: string,
  find: () => Promise<Fact<Value>>,
): Promise<Fact<Value>> {
  const found = known.get(key) ?? find();
  known.set(key, found);
  return found;
}
