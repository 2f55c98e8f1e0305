/** Makes the input of the demonstration: this package's tarball, files of dist/, a checksums file, an OCI image layout. */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { fail } from '../core/errors/index.ts';

/** The number of files of dist/ that are signed. */
export const distFiles = 20;

export interface DemoWorkspace {
  /** `name@sha256:…` of the image. */
  readonly image: string;
}

/** Fills a folder, with npm and the files of this package alone. */
export async function fillWorkspace(packageRoot: string, workspace: string): Promise<DemoWorkspace> {
  const tarball = await pack(packageRoot, workspace);
  await takeDistFiles(packageRoot, workspace);
  await writeChecksums(packageRoot, workspace, ['LICENSE', 'README.md', 'action.yml']);
  const digest = await writeImageLayout(join(workspace, 'image'), await readFile(tarball));
  return { image: `localhost/countersign@${digest}` };
}

async function pack(packageRoot: string, workspace: string): Promise<string> {
  // By npm's own path: finding npm.cmd on Windows would need a shell.
  const npm = process.env.npm_execpath;
  const args = ['pack', '--ignore-scripts', '--silent', '--offline', '--pack-destination', workspace];
  const [command, ...prefix] = npm === undefined ? ['npm'] : [process.execPath, npm];
  await promisify(execFile)(command ?? 'npm', [...prefix, ...args], { cwd: packageRoot });
  const tarball = (await readdir(workspace)).find((name) => name.endsWith('.tgz'));
  return join(workspace, tarball ?? fail('SUBJECT_MISSING', 'npm pack made no tarball'));
}

/** Copies the largest files of dist/, under their own paths. */
async function takeDistFiles(packageRoot: string, workspace: string): Promise<void> {
  const dist = join(packageRoot, 'dist');
  const entries = await readdir(dist, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        return { path, size: (await stat(path)).size };
      }),
  );
  const chosen = files.sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1)).slice(0, distFiles);
  for (const { path } of chosen) await cp(path, join(workspace, 'dist', relative(dist, path)));
}

/** Writes a checksums file as sha256sum does. The files that it lists are not in the workspace. */
async function writeChecksums(packageRoot: string, workspace: string, names: readonly string[]): Promise<void> {
  const lines = await Promise.all(
    names.map(async (name) => `${sha256(await readFile(join(packageRoot, name)))}  ${basename(name)}\n`),
  );
  await writeFile(join(workspace, 'SHA256SUMS'), lines.join(''));
}

/**
 * Writes an image (OCI image layout 1.0) whose only layer is the tarball: npm's tarballs are gzipped tar archives, as layers are.
 *
 * @returns the digest of the manifest
 */
async function writeImageLayout(folder: string, layer: Uint8Array): Promise<string> {
  const blobs = join(folder, 'blobs', 'sha256');
  await mkdir(blobs, { recursive: true });
  const write = async (mediaType: string, bytes: Uint8Array) => {
    const digest = sha256(bytes);
    await writeFile(join(blobs, digest), bytes);
    return { mediaType, digest: `sha256:${digest}`, size: bytes.length };
  };
  const json = (value: object): Uint8Array => Buffer.from(JSON.stringify(value));
  const config = {
    architecture: 'amd64',
    os: 'linux',
    config: { Cmd: ['node', '/package/dist/cli.mjs'] },
    rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(gunzipSync(layer))}`] },
  };
  const manifest = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: await write('application/vnd.oci.image.config.v1+json', json(config)),
    layers: [await write('application/vnd.oci.image.layer.v1.tar+gzip', layer)],
  };
  const descriptor = await write(manifest.mediaType, json(manifest));
  await writeFile(join(folder, 'index.json'), json({ schemaVersion: 2, manifests: [descriptor] }));
  await writeFile(join(folder, 'oci-layout'), json({ imageLayoutVersion: '1.0.0' }));
  return descriptor.digest;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
