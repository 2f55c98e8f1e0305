/** Compares the state of a watch with the trees that its issue states: an anchor that whoever replaces the state cannot change. */

import { join } from 'node:path';
import { decodeHex, equalBytes, ProtoField } from '../../core/encoding/index.ts';
import { CountersignError } from '../../core/errors/index.ts';
import { maxHistory, maxLogStateLength } from '../../monitor/state/index.ts';
import type { StateProblem } from '../../monitor/watch/index.ts';
import { namesIn, readRegularFile } from '../../node/index.ts';
import type { WatchAnchor } from '../../report/index.ts';
import type { World } from '../world/index.ts';

/** A tree of a log. */
interface Tree {
  readonly size: number;
  readonly root: Uint8Array;
}

/** What a state says about a log. Nothing is verified: the audit does that. */
interface StoredLog {
  readonly origin: string;
  readonly keyId: Uint8Array;
  readonly verified: Tree;
  readonly history: readonly Tree[];
}

/**
 * Returns the problems with a state that is lost, older than the anchors, or of other trees.
 *
 * @param state the folder of the audit
 */
export async function anchorProblems(
  anchors: readonly WatchAnchor[],
  state: string,
  files: World['files'],
): Promise<readonly StateProblem[]> {
  const stored = await storedLogs(join(state, 'logs'), files);
  return anchors.flatMap(({ origin, keyId, size, root }): readonly StateProblem[] => {
    const log = stored.find((one) => one.origin === origin && equalBytes(one.keyId, decodeHex(keyId)));
    const stated = `the issue of the watch states a tree of ${size} entries of the log ${origin}`;
    if (log === undefined)
      return [{ cause: 'state-missing', message: `${stated}, and the state does not have this log` }];
    if (log.verified.size < size)
      return [{ cause: 'state-older', message: `${stated}, and the state ends at ${log.verified.size} entries` }];
    const same = [log.verified, ...log.history].find((tree) => tree.size === size);
    if (same !== undefined && !equalBytes(same.root, decodeHex(root)))
      return [{ cause: 'state-invalid', message: `${stated}, and the state has another root for it` }];
    return [];
  });
}

async function storedLogs(folder: string, files: World['files']): Promise<readonly StoredLog[]> {
  const names = await namesIn(folder, files);
  const logs: StoredLog[] = [];
  for (const name of names.filter((one) => one.endsWith('.json'))) {
    try {
      const bytes = await readRegularFile(files, join(folder, name), maxLogStateLength);
      logs.push(readLog(ProtoField.parse(bytes, 'STATE_INVALID', name, { maxLength: maxLogStateLength })));
    } catch (error) {
      // The audit reports a file that it cannot read.
      if (!(error instanceof CountersignError)) throw error;
    }
  }
  return logs;
}

function readLog(file: ProtoField): StoredLog {
  return {
    origin: file.field('origin').text(),
    keyId: file.field('keyId').data(),
    verified: readTree(file.field('verified')),
    history: file.field('history').list(maxHistory).map(readTree),
  };
}

function readTree(field: ProtoField): Tree {
  return { size: field.field('size').safeInteger(), root: field.field('root').data() };
}
