/** Makes the examples of the documentation use the sandbox. Only the placeholders in them are replaced. */

import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Act, countersignCommit, countersignRepository } from './act.ts';
import { countersignPath } from './countersign.ts';
import { judgePath, type Run, run } from './program.ts';
import { type Changes, usable } from './shown-workflow.ts';

export const repository = 'example-org/example-repo';
export const tag = 'v1.0.0';

/** The claims of a job of a workflow that a tag has started. */
export function tagClaims(workflow: string): Readonly<Record<string, string>> {
  const ref = `refs/tags/${tag}`;
  const path = `${repository}/.github/workflows/${workflow}@${ref}`;
  return { ref, ref_type: 'tag', workflow_ref: path, job_workflow_ref: path };
}

/** The claims of a job of `sign.yml`, called by its commit from such a workflow. */
export const calledClaims = {
  ...tagClaims('release.yml'),
  job_workflow_ref: `${countersignRepository}/.github/workflows/sign.yml@${countersignCommit}`,
  job_workflow_sha: countersignCommit,
} as const;

/** Replaces the placeholders of a text. */
export function replaced(text: string, act: Act): string {
  return text
    .replaceAll('OWNER/countersign', countersignRepository)
    .replaceAll(/\b(?:OWNER|UPSTREAM)\/REPOSITORY\b/g, repository)
    .replaceAll('ghcr.io/OWNER/IMAGE', `${act.instance.setting('REGISTRY')}/example-org/app`)
    .replaceAll('https://token.actions.githubusercontent.com', act.instance.setting('OIDC_GHA'))
    .replaceAll(/\bCOMMIT\b/g, countersignCommit);
}

/** Returns a workflow that uses the sandbox. */
export function usableText(text: string, act: Act, changes: Omit<Changes, 'pins'>): string {
  return usable(parse(replaced(text, act)), { ...changes, pins: act.pins });
}

/** A folder in which a reader of the documentation runs commands. */
export interface Terminal {
  /** The current folder, which is empty at first. */
  readonly folder: string;
  /** The folder of programs: `npx`, which runs the built command, and `cosign`, which trusts the sandbox's TUF repository. */
  readonly programs: string;
  run(script: string, env?: Readonly<Record<string, string>>): Promise<Run>;
}

/** Opens a terminal with a home folder of its own. */
export async function openTerminal(act: Act, parent: string): Promise<Terminal> {
  const home = await mkdtemp(join(parent, 'terminal-'));
  const [folder, programs] = [join(home, 'work'), join(home, 'bin')];
  for (const path of [folder, programs]) await mkdir(path);
  const { instance } = act;
  await symlink(judgePath('COUNTERSIGN_INTEROP_COSIGN'), join(programs, 'cosign'));
  // Like npx, it runs the command from this repository at this commit, which then uses the sandbox.
  const trust = ['--instance sandbox', `--certificate-oidc-issuer ${instance.setting('OIDC_GHA')}`];
  const npx = `#!/bin/sh
[ "$1 $2" = '--allow-git=root github:${countersignRepository}#${countersignCommit}' ] || exit 99
shift 2
case " $* " in *' --trusted-root '*) ;; *) set -- "$@" --trusted-root '${instance.trustedRoot}' ;; esac
exec '${process.execPath}' '${countersignPath}' "$@" ${trust.join(' ')}
`;
  await writeFile(join(programs, 'npx'), npx, { mode: 0o755 });
  const start = (program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> =>
    run(program, args, { cwd: folder, env: { HOME: home, PATH: `${programs}:${process.env.PATH}`, ...env } });
  const initialized = await start('cosign', [
    ...['initialize', '--mirror', instance.setting('TUF_URL'), '--root', instance.tufRoot],
  ]);
  if (initialized.code !== 0)
    throw new Error(`cosign initialize ended with ${initialized.code}: ${initialized.stderr}`);
  return {
    folder,
    programs,
    run: (script, env) => start('sh', ['-c', replaced(script, act)], env),
  };
}
