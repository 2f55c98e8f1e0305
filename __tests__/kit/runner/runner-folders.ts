/** The folders of a runner, among the temporary ones, with actions made of scripts. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type JobResult, type JobRun, runJob, type StageResult } from './index.ts';

const imports = `import { appendFileSync as append, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'; const env = process.env;\n`;

export class RunnerFolders implements Disposable {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-runner-test-')));

  constructor() {
    for (const name of ['_actions', '_temp', 'workspace']) mkdirSync(this.path(name));
  }

  path(...names: readonly string[]): string {
    return join(this.root, ...names);
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), content);
  }

  /** An action whose stages are these scripts, at `acme/{name}@v1`. */
  action(name: string, scripts: Readonly<Record<string, string>>, extra = ''): void {
    this.actionAt(`_actions/acme/${name}/v1`, scripts, extra);
  }

  actionAt(folder: string, scripts: Readonly<Record<string, string>>, extra = ''): void {
    for (const [stage, script] of Object.entries(scripts)) this.write(`${folder}/${stage}.mjs`, imports + script);
    const stages = Object.keys(scripts).map((stage) => `  ${stage}: ${stage}.mjs\n`);
    this.write(`${folder}/action.yml`, `name: test\nruns:\n  using: node24\n${stages.join('')}${extra}`);
  }

  run(job: Partial<JobRun> & Pick<JobRun, 'steps'>): Promise<JobResult> {
    return runJob({
      workspace: this.path('workspace'),
      temporaryDirectory: this.path('_temp'),
      actionsDirectory: this.path('_actions'),
      schedule: { interrupt: 10_000, terminate: 10_000, drain: 10_000 },
      ...job,
    });
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true });
  }
}

/** Returns the lines that a stage printed to standard output. */
export function printed(stage: StageResult | undefined): readonly string[] {
  return (stage?.result?.rawLog ?? []).filter(({ stream }) => stream === 'stdout').map(({ text }) => text);
}

/** `Pre Run acme/a@v1: success`, and so on. */
export function outcomes({ stages }: JobResult): readonly string[] {
  return stages.map(({ name, conclusion }) => `${name}: ${conclusion}`);
}
