/** Writes reports to files. */

import type * as fs from 'node:fs/promises';
import type { RandomBytes } from '../core/crypto/index.ts';
import type { WatchReport } from '../monitor/watch/index.ts';
import type { FileReading, FileWriting } from '../node/index.ts';
import type { Delivery } from './delivery.ts';

/** `ocsf`: JSON lines, to which changes are appended. The others are replaced by each run. */
export type FileFormat = 'ocsf' | 'sarif' | 'html' | 'metrics';

/** The functions of a file system that deliveries use. */
export type DeliveryFiles = FileReading & FileWriting & Pick<typeof fs, 'truncate'>;

export interface FileDeliveryOptions {
  readonly format: FileFormat;
  readonly path: string;
  readonly files: DeliveryFiles;
  readonly random: RandomBytes;
  /** The version of Countersign. */
  readonly version: string;
}

/** Returns the delivery to a file. */
export function fileDelivery(options: FileDeliveryOptions): Delivery {
  return { name: `${options.format} ${options.path}`, deliver: (report) => deliver(report, options) };
}

async function deliver(_report: WatchReport, _options: FileDeliveryOptions): Promise<void> {}
