/** What an audit is about, and the system that it runs on. */

import type { RandomBytes } from '../../core/crypto/index.ts';
import type { TlogPolicy } from '../../core/log/index.ts';
import type { CertificatePromise, EntryPromise, Fetched, ObservationFiles } from '../evidence/index.ts';
import type { EntryConsumer, LogReader, MonitoredLog } from '../log/index.ts';
import type { StateFiles } from '../state/index.ts';

export interface AuditRequest {
  /** The logs to audit. */
  readonly logs: readonly MonitoredLog[];
  /** All logs of the trusted root. A log of an earlier run that is not among them was removed. */
  readonly trusted: readonly TrustedLog[];
  /** The logs to audit of which it is unknown how they can be read, since they did not answer. */
  readonly unreadable: readonly UnreadableLog[];
  /** Reports whether only the tree of a log is audited, and its entries are not read. By default, all entries are read. */
  readonly isTreeOnly?: ((log: MonitoredLog) => boolean) | undefined;
  /** The folder of the state. It is created if it does not exist. */
  readonly state: string;
  /** The first entry to read of a log that is audited for the first time. A log that is added later is read from its start. */
  readonly from: 'head' | 'start' | number;
  readonly views: readonly View[];
  readonly promises: readonly PromiseView[];
  readonly policy: TlogPolicy | undefined;
  readonly budget: Budget;
  /** The receivers of proven entries. */
  readonly consumers: readonly CountingConsumer[];
  /** The source of the keys, for evidence files. */
  readonly keySource: string;
  /** The name and version of the program, for evidence files. */
  readonly tool: string;
}

/** A log of the trusted root, of which nothing else is known. */
export type TrustedLog = Pick<MonitoredLog, 'baseUrl' | 'keyId' | 'publicKey'>;

export interface UnreadableLog extends Pick<MonitoredLog, 'baseUrl' | 'keyId'> {
  /** A sentence without its full stop. */
  readonly reason: string;
}

/** A receiver of entries that may count those that it cannot parse. */
export interface CountingConsumer extends EntryConsumer {
  /** The number of entries of a log, so far, that could not be parsed. */
  unreadable?(log: MonitoredLog): number;
}

/** A checkpoint that others were shown: in a bundle, or by a witness. */
export interface View {
  /** Its source, for people: `the bundle app.sigstore.json`. */
  readonly source: string;
  readonly note: string;
  /** The id of the key of the log, if the source states it: several logs may have one name. */
  readonly keyId?: Uint8Array;
}

/** A promise in a bundle, whose signature is verified already. */
export interface PromiseView {
  readonly source: string;
  readonly log: Pick<MonitoredLog, 'keyId'>;
  readonly promise: EntryPromise | CertificatePromise;
  /** The leaf that the log promised to include. */
  readonly leaf: Uint8Array;
  /** The origin of the shard of Rekor v1, if the bundle contains a checkpoint. */
  readonly origin: string | undefined;
  /** The index of the leaf in the tree, if it is known. */
  readonly index: number | undefined;
  /** The time at which the leaf must be in the tree. */
  readonly due: Date;
}

/** Limits for a run, all logs together. */
export interface Budget {
  readonly entries: number | undefined;
  readonly end: Date | undefined;
}

export interface AuditWorld {
  readonly clock: () => Date;
  readonly random: RandomBytes;
  readonly files: StateFiles & ObservationFiles;
  /** Aborted when the run is cancelled. What was done until then is kept. */
  readonly cancellation: AbortSignal;
  readonly openReader: (log: MonitoredLog) => LogReader;
  /** Returns the latest responses of a log, for evidence files. */
  readonly fetched: (log: MonitoredLog) => readonly Fetched[];
  /** Returns the checkpoints of a log that its witnesses serve. Those that cannot be fetched are named in `failures`. */
  readonly witnessViews: (
    origin: string,
  ) => Promise<{ readonly views: readonly View[]; readonly failures: readonly string[] }>;
  /** Called as entries are read. */
  readonly onProgress?: ((progress: AuditProgress) => void) | undefined;
}

/** The entries of this run, of all logs together. */
export interface AuditProgress {
  readonly done: number;
  readonly total: number;
}
