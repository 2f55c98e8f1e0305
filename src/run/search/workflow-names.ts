/** Derives the names of a repository's workflows in certificates from those that were seen. */

import type { CertificateClaims } from '../../monitor/entries/index.ts';
import { repositoryOf } from '../../monitor/search-index/index.ts';

/** The number of names that are requested from a service: at its rate, they take about 40 seconds. */
const maxNames = 200;
/** The usual default branches. Certificates do not state which one it is. */
export const usualRefs = ['refs/heads/main', 'refs/heads/master'];

export interface WorkflowNames {
  /** Those that were seen first, and then each workflow with each ref. */
  readonly names: readonly string[];
  /** The number of names beyond the limit. */
  readonly left: number;
}

/**
 * Returns the names to look up for a repository: those that were seen in entries, and each workflow that
 * was seen with each branch or tag that was seen, and with the usual default branches. A workflow of another repository, which others use
 * too, is left out.
 *
 * @param seen certificates of the repository, in any log, which trusted authorities issued: a stranger could log many names
 */
export function workflowNames(repository: string, seen: readonly CertificateClaims[]): WorkflowNames {
  const { names: found, workflows, refs } = namesSeen(repository, seen);
  const names = new Set(found);
  for (const name of eachWithEach(workflows, new Set([...usualRefs, ...refs]))) names.add(name);
  const all = [...names];
  return { names: all.slice(0, maxNames), left: Math.max(0, all.length - maxNames) };
}

/** Names, workflows (URIs without a ref) and refs, each once. */
export interface NamesSeen {
  readonly names: ReadonlySet<string>;
  readonly workflows: ReadonlySet<string>;
  readonly refs: ReadonlySet<string>;
}

/** Returns the names of a repository's own workflows in certificates, and their parts. */
export function namesSeen(repository: string, seen: readonly CertificateClaims[]): NamesSeen {
  const prefix = `${repository.toLowerCase()}/`;
  const names = new Set<string>();
  const workflows = new Set<string>();
  const refs = new Set<string>();
  for (const certificate of seen) {
    if (repositoryOf(certificate)?.toLowerCase() !== repository.toLowerCase()) continue;
    for (const text of urisIn(certificate)) {
      // A ref can contain any character, and a workflow no "@".
      const [, workflow, ref] = /^([^@]+)@(refs\/.+)$/.exec(text) ?? [];
      if (workflow === undefined || ref === undefined || !workflow.toLowerCase().startsWith(prefix)) continue;
      names.add(text);
      workflows.add(workflow);
      refs.add(ref);
    }
    const { sourceRepositoryRef } = certificate.claims;
    if (sourceRepositoryRef?.startsWith('refs/')) refs.add(sourceRepositoryRef);
  }
  return { names, workflows, refs };
}

/** Returns the names of all workflows with all refs. */
export function eachWithEach(workflows: Iterable<string>, refs: Iterable<string>): readonly string[] {
  const all = [...workflows];
  return [...refs].flatMap((ref) => all.map((workflow) => `${workflow}@${ref}`));
}

/** Returns the names of a certificate, and the workflow that the job began with. */
function urisIn({ names, claims }: CertificateClaims): readonly string[] {
  const { buildConfigUri } = claims;
  const uris = names.flatMap(({ kind, value }) => (kind === 'uri' ? [value] : []));
  return buildConfigUri === undefined ? uris : [...uris, buildConfigUri];
}
