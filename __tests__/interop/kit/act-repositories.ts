/** Provides act with repositories of actions: this one, and stand-ins for GitHub's and Docker's, which cannot be fetched here. */

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
  /** The actions of others, as our workflows pin them, by `owner/name`. */
  readonly pins: ReadonlyMap<string, string>;
}

export async function actionRepositories(folder: string): Promise<ActionRepositories> {
  const own = join(folder, 'countersign');
  await built('sign.mjs');
  for (const path of ['action.yml', 'sign', 'verify', 'monitor', 'dist', 'package.json'])
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
  // Actions that only the documentation uses have no pin.
  for (const action of Object.keys(standIns))
    if (![...references].some((reference) => reference.startsWith(`${action}@`)))
      references.add(`${action}@${countersignCommit}`);
  const pins = new Map([...references].map((reference) => [reference.replace(/@.*/, ''), reference]));
  for (const [action, reference] of pins) {
    if (!Object.hasOwn(standIns, action)) continue;
    const { manifest, main } = standIns[action as keyof typeof standIns];
    const name = action.replace('/', '-');
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
  'actions/checkout': {
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
  'actions/upload-artifact': {
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
  /** By the same package. All are unpacked into the folder itself: one artifact since version 5, several with `merge-multiple`. */
  'actions/download-artifact': {
    manifest: { inputs: inputs('artifact-ids', 'pattern', 'merge-multiple', 'path'), runs },
    main: `
      import { resolve } from 'node:path';
      import { DefaultArtifactClient } from ${JSON.stringify(import.meta.resolve('@actions/artifact'))};
      import picomatch from ${JSON.stringify(import.meta.resolve('picomatch'))};
      const { GITHUB_WORKSPACE, 'INPUT_ARTIFACT-IDS': id = '', INPUT_PATTERN = '', INPUT_PATH } = process.env;
      const client = new DefaultArtifactClient();
      const { artifacts } = await client.listArtifacts({ latest: true });
      const chosen = id === '' ? artifacts.filter(({ name }) => picomatch(INPUT_PATTERN)(name)) : [{ id: Number(id) }];
      if (chosen.length > 1 && process.env['INPUT_MERGE-MULTIPLE'] !== 'true') throw new Error('several artifacts');
      for (const one of chosen) await client.downloadArtifact(one.id, { path: resolve(GITHUB_WORKSPACE, INPUT_PATH) });
    `,
  },
  /** The registries of the sandbox need no login. */
  'docker/login-action': {
    manifest: { inputs: inputs('registry', 'username', 'password'), runs },
    main: `
      const { INPUT_REGISTRY, INPUT_PASSWORD } = process.env;
      if (!INPUT_REGISTRY || !INPUT_PASSWORD) throw new Error('registry and password are required');
    `,
  },
  /** Pushes an image with one layer, the Dockerfile. */
  'docker/build-push-action': {
    manifest: { inputs: inputs('context', 'push', 'tags'), outputs: inputs('digest'), runs },
    main: `
      import { createHash } from 'node:crypto';
      import { appendFileSync, readFileSync } from 'node:fs';
      import { join } from 'node:path';
      const { GITHUB_OUTPUT, GITHUB_WORKSPACE, INPUT_CONTEXT, INPUT_PUSH, INPUT_TAGS } = process.env;
      if (INPUT_PUSH !== 'true') throw new Error('the image must be pushed');
      const [, host, name, tag] = /^([^/]+)\\/(.+):([^:]+)$/.exec(INPUT_TAGS);
      const base = 'http://' + host + '/v2/' + name;
      const type = 'application/vnd.oci.image.';
      const digestOf = (bytes) => 'sha256:' + createHash('sha256').update(bytes).digest('hex');
      const put = async (url, bytes, mediaType) => {
        const { ok, status } = await fetch(url, { method: 'PUT', body: bytes, headers: { 'content-type': mediaType } });
        if (!ok) throw new Error('PUT ' + url + ' answered ' + status);
      };
      const blob = async (mediaType, bytes) => {
        const digest = digestOf(bytes);
        const begun = await fetch(base + '/blobs/uploads/', { method: 'POST' });
        const place = new URL(begun.headers.get('location'), base);
        place.searchParams.set('digest', digest);
        await put(place, bytes, 'application/octet-stream');
        return { mediaType, digest, size: bytes.length };
      };
      const layer = await blob(type + 'layer.v1.tar', readFileSync(join(GITHUB_WORKSPACE, INPUT_CONTEXT, 'Dockerfile')));
      const diffs = { type: 'layers', diff_ids: [layer.digest] };
      const settings = { architecture: 'amd64', os: 'linux', rootfs: diffs, config: {} };
      const config = await blob(type + 'config.v1+json', Buffer.from(JSON.stringify(settings)));
      const mediaType = type + 'manifest.v1+json';
      const manifest = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, config, layers: [layer] }));
      await put(base + '/manifests/' + tag, manifest, mediaType);
      appendFileSync(GITHUB_OUTPUT, 'digest=' + digestOf(manifest) + '\\n');
    `,
  },
} as const;
