import type { JsonObject, JsonValue } from '../../core/encoding/index.ts';
import type { History, WatchedEntry } from '../rules/index.ts';

/** A history that learns. `Learned` implements it. */
export interface LearningHistory extends History {
  /** Adds an entry, once all rules have been asked about it. */
  remember(entry: WatchedEntry): void;
  /** Returns the history as a value for JSON. */
  json(): JsonObject;
  /** What the history has forgotten, as sentences without full stops. */
  readonly limits: readonly string[];
}

/**
 * Reads a history, which is untrusted; an empty one without a value.
 *
 * @throws CountersignError `STATE_INVALID`
 */
export type HistoryReader = (value: JsonValue | undefined) => LearningHistory;
