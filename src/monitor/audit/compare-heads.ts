/** Compares what a log serves with what it served before. */

import { equalBytes } from '../../core/encoding/index.ts';
import { CountersignError } from '../../core/errors/index.ts';
import { rootOfRange } from '../../core/log/index.ts';
import {
  type ContradictingHeads,
  contradiction,
  type Finding,
  foundLog,
  observation,
  thawed,
} from '../evidence/index.ts';
import type { LogReader, MonitoredLog, TreeHead } from '../log/index.ts';
import type { LogState } from '../state/index.ts';

export type HeadComparison =
  /** The log grew, or did not change. */
  | { readonly kind: 'accepted'; readonly findings: readonly Finding[] }
  /** The log served an earlier head. It was valid once, so it is compared again later. */
  | { readonly kind: 'earlier' }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/**
 * Compares a head with the last verified one.
 *
 * @throws CountersignError those of the reader
 */
export async function compareHeads(reader: LogReader, state: LogState, head: TreeHead): Promise<HeadComparison> {
  const { log } = reader;
  const old = state.verified.head;
  if (head.size === old.size) {
    if (equalBytes(head.root, old.root)) return { kind: 'accepted', findings: [] };
    return forked(log, { smaller: old, larger: head, rootInstead: head.root, proof: [] });
  }
  if (head.size < old.size) return compareEarlier(reader, state, head);
  const comparison = await reader.compare(old, head);
  switch (comparison.kind) {
    case 'consistent':
      return { kind: 'accepted', findings: old.frozen ? [thawed(log, { frozen: old, later: head })] : [] };
    case 'forked':
      return forked(log, { smaller: old, larger: head, ...comparison });
    case 'unproven':
      return { kind: 'refused', findings: [unproven(log, old, head, comparison.reason)] };
  }
}

function forked(log: MonitoredLog, heads: ContradictingHeads): HeadComparison {
  const { smaller, larger } = heads;
  const message =
    smaller.size === larger.size
      ? `the log signed two different trees of ${smaller.size} entries`
      : `the log signed a tree of ${larger.size} entries that does not begin with the tree of ${smaller.size} entries that it signed`;
  return { kind: 'refused', findings: [contradiction('LOG_FORKED', log, heads, message)] };
}

function unproven(log: MonitoredLog, old: TreeHead, head: TreeHead, reason: string): Finding {
  return observation(
    'TILES_INCONSISTENT',
    foundLog(log, head.origin),
    `the log did not prove that its tree of ${head.size} entries begins with the one of ${old.size} entries that was verified: ${reason}`,
    'Run the audit again. If the finding remains, ask the operator of the log.',
    [old.size],
  );
}

/** Compares a head that is smaller than the verified one with the verified tree at its size. */
async function compareEarlier(reader: LogReader, state: LogState, head: TreeHead): Promise<HeadComparison> {
  const old = state.verified.head;
  let proof: readonly Uint8Array[] | undefined;
  let root: Uint8Array | undefined;
  try {
    ({ root, proof } = await reader.consistencyProof(head.size, old));
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === 'CANCELLED') throw error;
    // A log that forked before may serve nothing of the verified tree.
    const known = state.history.find(({ range }) => range.size === head.size)?.range;
    root = known && rootOfRange(known);
  }
  if (root === undefined || equalBytes(root, head.root)) return { kind: 'earlier' };
  return forked(reader.log, { smaller: head, larger: old, rootInstead: root, proof });
}
