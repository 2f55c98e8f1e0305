/** The files of a stage's file commands: created before it, and read after it. */

import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  decodeFileCommand,
  type FileCommand,
  fileCommands,
  parseNameValuePairs,
  parsePathAdditions,
  summaryLimit,
} from './file-commands.ts';
import { splitLines } from './lines.ts';
import type { SecretMasker } from './masks.ts';
import type { DeclaredArtifacts } from './stage.ts';
import type { StepRecorder } from './step-recorder.ts';

export type CommandFiles = Readonly<Record<FileCommand, string>>;

/** Creates the files under names that no earlier stage had. */
export function createCommandFiles(temporaryDirectory: string, artifacts: DeclaredArtifacts | undefined): CommandFiles {
  const directory = join(temporaryDirectory, '_runner_file_commands');
  mkdirSync(directory, { recursive: true });
  const suffix = randomUUID();
  const files = Object.entries(fileCommands).map(([command, prefix]) => [command, join(directory, prefix + suffix)]);
  const contents: Readonly<Record<string, string | undefined>> = { artifacts_list: artifacts?.toJson() };
  for (const [command = '', path = ''] of files) writeFileSync(path, contents[command] ?? '', { flag: 'wx' });
  return Object.fromEntries(files);
}

export interface CommandFileContents {
  readonly environment: ReadonlyMap<string, string>;
  readonly pathAdditions: readonly string[];
  /** The summary as it is shown: masked, or empty if it was too large. */
  readonly summary: string;
  /** The summary as the stage wrote it. */
  readonly rawSummary: string;
}

export interface CommandFileReader {
  readonly recorder: StepRecorder;
  readonly masker: SecretMasker;
  readonly workspace: string;
  /** Absent for a runner without GITHUB_ARTIFACTS. */
  readonly artifacts: DeclaredArtifacts | undefined;
  readonly windows: boolean;
}

/** Reads the files, also after a failure or a cancellation. Outputs and state go to the recorder. */
export function readCommandFiles(files: CommandFiles, reader: CommandFileReader): CommandFileContents {
  const { recorder, masker, workspace, artifacts, windows } = reader;
  const environment = new Map<string, string>();
  let pathAdditions: readonly string[] = [];
  let summary = '';
  let rawSummary = '';
  const handle = (command: FileCommand, act: (bytes: Uint8Array) => void): void => {
    try {
      const bytes = readIfThere(files[command]);
      if (bytes !== undefined) act(bytes);
    } catch (cause) {
      recorder.fail(`Unable to process file command '${command}' successfully.`, cause);
    }
  };
  const pairs = (bytes: Uint8Array) => parseNameValuePairs(decodeFileCommand(bytes), windows);

  handle('path', (bytes) => {
    pathAdditions = parsePathAdditions(decodeFileCommand(bytes));
  });
  handle('env', (bytes) => {
    for (const [name, value] of pairs(bytes)) {
      // An error that does not fail the step.
      if (name.toUpperCase() === 'NODE_OPTIONS') {
        recorder.annotate('error', "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
      } else {
        environment.set(name, value);
      }
    }
  });
  handle('step_summary', (bytes) => {
    rawSummary = decodeFileCommand(bytes);
    if (bytes.length > summaryLimit) {
      const size = (length: number): string => `${Math.floor(length / 1024)}k`;
      recorder.annotate(
        'error',
        `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${size(summaryLimit)}, got ${size(bytes.length)}.`,
      );
      return;
    }
    summary = splitLines(rawSummary)
      .map((line) => `${masker.mask(line)}\n`)
      .join('');
  });
  handle('state', (bytes) => {
    for (const [name, value] of pairs(bytes)) recorder.state.set(name, value);
  });
  handle('output', (bytes) => {
    for (const [name, value] of pairs(bytes)) recorder.setOutput(name, value);
  });
  handle('artifacts', (bytes) => {
    const added = artifacts?.declare(bytes, workspace) ?? 0;
    if (added > 0) {
      recorder.output(`Captured ${added} artifact subject(s) from this step (job total: ${artifacts?.size}).`);
    }
  });
  return { environment, pathAdditions, summary, rawSummary };
}

function readIfThere(path: string): Uint8Array | undefined {
  // A step may delete its files.
  return statSync(path, { throwIfNoEntry: false }) === undefined ? undefined : readFileSync(path);
}
