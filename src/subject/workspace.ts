/** The workspace as a tree of names: what each name is, where links lead, and what is not for us to go into. */

import type { Dirent } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { CountersignError, fail, systemCode } from '../core/errors/index.ts';
import { isWithin } from '../node/index.ts';
import { type FileSystem, orUnreadable } from './file-system.ts';
import type { FileSubject } from './subject.ts';

/**
 * The kind of a name, with links followed. `nowhere` is a link to a name that does not exist; `git` is Git's own folder; `loop` is a
 * link to a folder that contains it.
 */
export type EntryKind = 'file' | 'folder' | 'loop' | 'special' | 'nowhere' | 'git';

export interface Folder {
  readonly entries: ReadonlyMap<string, EntryKind>;
  /** The real paths of this folder and of those that one came through. */
  readonly way: readonly string[];
  /** The reason why its files are unknown: it is outside of the workspace, or unreadable. */
  readonly problem?: CountersignError;
}

const nothing: ReadonlyMap<string, EntryKind> = new Map();
const entryLimit = 1_000_000;

/** Reads each folder once, however many patterns go through it. */
export class Workspace {
  readonly path: string;
  /** The path without links. */
  readonly realPath: string;
  readonly #files: FileSystem;
  readonly #folders = new Map<string, Promise<Folder | undefined>>();
  #seen = 0;

  private constructor(path: string, realPath: string, files: FileSystem) {
    this.path = path;
    this.realPath = realPath;
    this.#files = files;
  }

  static async open(path: string, files: FileSystem): Promise<Workspace> {
    const absolute = resolve(path);
    return new Workspace(
      absolute,
      await orUnreadable(`the workspace ${absolute}`, () => files.realpath(absolute)),
      files,
    );
  }

  /** Returns the folder of this name; `undefined` if it does not exist. The empty name is the workspace. */
  folder(name: string): Promise<Folder | undefined> {
    const known = this.#folders.get(name);
    if (known !== undefined) return known;
    const folder = name === '' ? this.#read('', [this.realPath]) : this.#below(name);
    this.#folders.set(name, folder);
    return folder;
  }

  /** Returns the kind of a name; `undefined` if nothing has exactly this name, even if the file system ignores case. */
  async kind(name: string): Promise<EntryKind | undefined> {
    const [parentName, last] = split(name);
    const parent = await this.folder(parentName);
    return parent?.entries.get(last);
  }

  /**
   * A file of the workspace as a subject.
   *
   * @throws CountersignError `USAGE` if a link leads it out of the workspace, or to what is Git's
   */
  async subject(name: string): Promise<FileSubject> {
    const path = join(this.path, name);
    return await orUnreadable(path, async () => {
      const real = await this.#files.realpath(path);
      if (!isWithin(this.realPath, real)) throw leaves(name, real);
      if (relative(this.realPath, real).split(sep).some(isGit)) {
        fail('USAGE', `${JSON.stringify(name)} is a link to ${JSON.stringify(real)}, which belongs to Git`, {
          remedy: `Exclude it with \`!${name}\`.`,
        });
      }
      const stat = await this.#files.stat(path, { bigint: true });
      return { kind: 'file', name, path, identity: { device: stat.dev, inode: stat.ino } };
    });
  }

  async #below(name: string): Promise<Folder | undefined> {
    const [parentName, last] = split(name);
    const parent = await this.folder(parentName);
    if (parent === undefined || parent.problem !== undefined) return parent;
    if (parent.entries.get(last) !== 'folder') return undefined;
    try {
      const real = await this.#files.realpath(join(this.path, name));
      const way = [...parent.way, real];
      return isWithin(this.realPath, real)
        ? await this.#read(name, way)
        : { entries: nothing, way, problem: leaves(name, real) };
    } catch (cause) {
      if (systemCode(cause) === 'ENOENT') return undefined;
      throw cause;
    }
  }

  async #read(name: string, way: readonly string[]): Promise<Folder> {
    const path = join(this.path, name);
    try {
      const listed = await orUnreadable(`the folder ${path}`, () => this.#files.readdir(path, { withFileTypes: true }));
      this.#seen += listed.length;
      if (this.#seen > entryLimit) {
        fail('LIMIT_EXCEEDED', `the patterns cover more than ${entryLimit} files and folders`, {
          remedy: 'Use narrower patterns, or exclude folders, for example with `!node_modules`.',
        });
      }
      const kinds = await Promise.all(listed.map((entry) => this.#kindOf(entry, path, way)));
      return { entries: new Map(listed.map((entry, index) => [entry.name, kinds[index] ?? 'special'])), way };
    } catch (problem) {
      if (!(problem instanceof CountersignError)) throw problem;
      return { entries: nothing, way, problem };
    }
  }

  async #kindOf(entry: Dirent, folder: string, way: readonly string[]): Promise<EntryKind> {
    if (isGit(entry.name)) return 'git';
    if (entry.isFile()) return 'file';
    if (entry.isDirectory()) return 'folder';
    if (!entry.isSymbolicLink()) return 'special';
    const path = join(folder, entry.name);
    try {
      const target = await this.#files.stat(path);
      if (target.isFile()) return 'file';
      if (!target.isDirectory()) return 'special';
      return way.includes(await this.#files.realpath(path)) ? 'loop' : 'folder';
    } catch (cause) {
      const code = systemCode(cause);
      if (code === 'ENOENT' || code === 'ELOOP' || code === 'ENOTDIR') return 'nowhere';
      // What a link leads to cannot be told: it is a file until a pattern asks for it.
      return 'file';
    }
  }
}

function leaves(name: string, real: string): CountersignError {
  return new CountersignError(
    'USAGE',
    `${JSON.stringify(name)} is a link to ${JSON.stringify(real)}, which is outside of the workspace`,
    { remedy: `Copy the file into the workspace, or exclude the link with \`!${name}\`.` },
  );
}

function isGit(name: string): boolean {
  return name.toLowerCase() === '.git';
}

function split(name: string): [parent: string, last: string] {
  const slash = name.lastIndexOf('/');
  return slash === -1 ? ['', name] : [name.slice(0, slash), name.slice(slash + 1)];
}
