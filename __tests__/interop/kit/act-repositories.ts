/** Provides act with repositories of actions: this one, and stand-ins for GitHub's, which cannot be fetched here. */

import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { built } from '../../kit/built.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export const countersignRepository = 'example-org/countersign';
export const countersignCommit = '0123456789'.repeat(4);

/** Replaces `$/` as GitHub's runner does; act does not know it. */
export function resolved(text: string): string {
  return text.replaceAll(/^( +(?:- )?uses: )\$\/(\S+)/gm, `$1${countersignRepository}/$2@${countersignCommit}`);
}

export interface ActionRepositories {
  /** Each as `owner/name@ref=folder`. */
  readonly folders: readonly string[];
  /** GitHub's actions as our workflows pin them, by `owner/name`. */
  readonly pins: ReadonlyMap<string, string>;
}

export async function actionRepositories(folder: string): Promise<ActionRepositories> {
  const own = join(folder, 'countersign');
  await built('sign.mjs');
  for (const path of ['action.yml', 'sign', 'verify', 'dist'])
    await cp(join(root, path), join(own, path), { recursive: true });
  const workflows = join('.github', 'workflows');
  await mkdir(join(own, workflows), { recursive: true });
  const references = new Set<string>();
  for (const name of await readdir(join(root, workflows))) {
    const text = await readFile(join(root, workflows, name), 'utf8');
    await writeFile(join(own, workflows, name), resolved(text));
    for (const [, reference = ''] of text.matchAll(/uses: (actions\/[\w-]+@[0-9a-f]{40})/g)) references.add(reference);
  }
  const folders = [`${countersignRepository}@${countersignCommit}=${own}`];
  const pins = new Map([...references].map((reference) => [reference.replace(/@.*/, ''), reference]));
  for (const [action, reference] of pins) {
    const name = action.slice('actions/'.length);
    if (!Object.hasOwn(standIns, name)) continue;
    const { manifest, main } = standIns[name as keyof typeof standIns];
    const path = join(folder, name);
    await mkdir(path);
    await writeFile(join(path, 'action.yml'), `${JSON.stringify({ ...manifest, name, description: name })}\n`);
    await writeFile(join(path, 'main.mjs'), main);
    folders.push(`${reference}=${path}`);
  }
  return { folders, pins };
}

const runs = { using: 'node24', main: 'main.mjs' };
const inputs = (...names: readonly string[]): object =>
  Object.fromEntries(names.map((name) => [name, { description: name }]));

const standIns = {
  /** The ref, if there is one: without one, act copies the folder itself. */
  checkout: {
    manifest: { inputs: inputs('ref', 'path', 'persist-credentials'), runs },
    main: `
      import { execFileSync } from 'node:child_process';
      import { join } from 'node:path';
      const { GITHUB_WORKSPACE, INPUT_PATH, INPUT_REF, STAND_IN_REPOSITORY } = process.env;
      const path = join(GITHUB_WORKSPACE, INPUT_PATH);
      execFileSync('git', ['clone', '--quiet', '--', STAND_IN_REPOSITORY, path]);
      execFileSync('git', ['-C', path, 'checkout', '--quiet', '--detach', INPUT_REF]);
    `,
  },
  /** By the same package as GitHub's own. */
  'upload-artifact': {
    manifest: {
      inputs: inputs('name', 'path', 'if-no-files-found', 'include-hidden-files'),
      outputs: inputs('artifact-id', 'artifact-digest'),
      runs,
    },
    main: `
      import { appendFileSync, readdirSync, statSync } from 'node:fs';
      import { dirname, join, relative, resolve } from 'node:path';
      import { DefaultArtifactClient } from ${JSON.stringify(import.meta.resolve('@actions/artifact'))};
      import picomatch from ${JSON.stringify(import.meta.resolve('picomatch'))};
      const { GITHUB_OUTPUT, GITHUB_WORKSPACE, INPUT_NAME, INPUT_PATH } = process.env;
      const path = resolve(GITHUB_WORKSPACE, INPUT_PATH);
      const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory();
      const root = isFolder ? path : dirname(path);
      const isMeant = picomatch(isFolder ? '**' : path.slice(root.length + 1), { dot: true });
      const files = readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((file) => isMeant(relative(root, file)));
      if (files.length === 0) throw new Error('there is no file at ' + path);
      const { id, digest } = await new DefaultArtifactClient().uploadArtifact(INPUT_NAME, files, root);
      appendFileSync(GITHUB_OUTPUT, 'artifact-id=' + id + '\\nartifact-digest=' + digest + '\\n');
    `,
  },
} as const;
