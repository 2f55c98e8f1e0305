/** The findings about a log in a run, with the files of what they are based on. */

import { join } from 'node:path';
import {
  type EvidenceContext,
  type Finding,
  isProven,
  type Observation,
  writeEvidence,
  writeObservation,
} from '../evidence/index.ts';
import type { AlteredEntry, MonitoredLog, TreeHead } from '../log/index.ts';
import type { ProvenRecord } from '../state/index.ts';
import type { ReportedFinding } from './report.ts';
import type { AuditRequest, AuditWorld } from './request.ts';

/** Returns the folder of the evidence files. */
export function evidenceFolder({ state }: Pick<AuditRequest, 'state'>): string {
  return join(state, 'evidence');
}

/** Returns the folder of what logs served in place of entries, which proves nothing. */
export function observationFolder({ state }: Pick<AuditRequest, 'state'>): string {
  return join(state, 'observations');
}

export class RecordedFindings {
  readonly #log: MonitoredLog;
  readonly #request: AuditRequest;
  readonly #world: AuditWorld;
  readonly #list: ReportedFinding[] = [];

  constructor(log: MonitoredLog, request: AuditRequest, world: AuditWorld) {
    this.#log = log;
    this.#request = request;
    this.#world = world;
  }

  get list(): readonly ReportedFinding[] {
    return this.#list;
  }

  has(id: string): boolean {
    return this.#list.some(({ finding }) => finding.id === id);
  }

  /**
   * Records a finding, unless it is recorded. Its evidence is on disk before anything reports it.
   *
   * @param known the misbehaviour that earlier runs proved
   */
  async add(finding: Finding, known: readonly ProvenRecord[]): Promise<void> {
    if (this.has(finding.id)) return;
    const evidence = isProven(finding)
      ? await writeEvidence(evidenceFolder(this.#request), finding, this.#context(), this.#world)
      : undefined;
    const isNew = evidence === undefined || known.every(({ id }) => id !== finding.id);
    this.#list.push({ finding, evidence, isNew });
  }

  /**
   * Records that a log served something in place of an entry, which is kept, unless the finding is recorded.
   *
   * @param head the tree that contains the entry
   * @returns false if it was not kept, since too much is kept already
   */
  async addServed(finding: Observation, served: AlteredEntry, head: TreeHead): Promise<boolean> {
    if (this.has(finding.id)) return true;
    const folder = observationFolder(this.#request);
    const file = await writeObservation(folder, finding, served, head, this.#context(), this.#world);
    this.#list.push({ finding, evidence: undefined, observation: file, isNew: true });
    return file !== undefined;
  }

  /** Returns the misbehaviour that is proven, in the order in which it was found. */
  proven(known: readonly ProvenRecord[]): readonly ProvenRecord[] {
    const at = this.#world.clock();
    const added = this.#list.flatMap(({ finding: { id, code, message }, evidence }): readonly ProvenRecord[] =>
      evidence === undefined || known.some((one) => one.id === id) ? [] : [{ id, code, message, at }],
    );
    return [...known, ...added];
  }

  #context(): EvidenceContext {
    const { keySource, tool } = this.#request;
    return { log: this.#log, keySource, fetched: this.#world.fetched(this.#log), now: this.#world.clock(), tool };
  }
}
