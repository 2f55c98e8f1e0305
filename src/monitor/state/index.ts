/** The state of an audit on disk: untrusted when it is read, written atomically. */

export {
  type Baseline,
  type HistoryEntry,
  type LogState,
  maxHistory,
  maxLogStateLength,
  type ProvenRecord,
  type Suspicion,
  type VerifiedHead,
} from './log-state.ts';
export {
  isOneLog,
  type ListedLog,
  logId,
  type StateFiles,
  StateFolder,
  type StateSystem,
  type StoredState,
} from './state-folder.ts';
