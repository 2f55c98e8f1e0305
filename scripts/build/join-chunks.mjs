// Writes each group of chunks as one file.
import { posix } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles each group into one file.
 *
 * @param texts the outputs of the first build, by path, in which exports have the names of the sources
 * @param exported the names that each output exports
 * @param groups `file`, the path to write to, and `members`, the paths of the outputs
 * @param lazy the paths of the outputs that are imported on demand, by the names that the sources know
 * @param options options of esbuild
 * @returns the texts, by path
 */
export async function joinChunks(texts, exported, groups, lazy, options) {
  const groupOf = new Map(groups.flatMap((group) => group.members.map((path) => [path, group])));
  const used = new Map([...texts.keys()].map((path) => [path, new Set(lazy.has(path) ? exported.get(path) : [])]));
  const usedIn = new Map(groups.map((group) => [group.file, new Map()]));
  for (const [path, text] of texts) {
    for (const { names, from } of staticImports(path, text)) {
      const importer = groupOf.get(path);
      if (groupOf.get(from) === importer) continue;
      const usedHere = usedIn.get(importer.file);
      usedHere.set(from, new Set([...(usedHere.get(from) ?? []), ...names]));
      for (const name of names) used.get(from).add(name);
    }
  }
  const publicNames = new Map(groups.flatMap((group) => namesOf(group, used, lazy)));
  const { outputFiles, warnings } = await build({
    ...options,
    entryPoints: groups.map(({ file }) => ({ in: `group:${file}`, out: file.replace(/\.mjs$/, '') })),
    plugins: [asGroups(texts, groups, groupOf, publicNames, usedIn)],
  });
  if (warnings.length > 0) throw new Error('a warning fails the build');
  return outputFiles;
}

/** Returns what one output imports from others; esbuild prints all import statements alike. */
function staticImports(path, text) {
  return [...text.matchAll(/^import \{([^}]*)\} from "(\.[^"]+)";$/gm)].map(([, names, from]) => ({
    names: names.split(',').map((one) => one.trim().split(' as ')[0]),
    from: posix.join(posix.dirname(path), from),
  }));
}

/** Returns the names under which a file exports what its members export. Those of a member that is imported on demand stay. */
function namesOf({ members }, used, lazy) {
  const taken = new Set();
  return [...members]
    .sort((a, b) => Number(lazy.has(b)) - Number(lazy.has(a)))
    .map((path) => {
      const names = new Map();
      for (const name of [...used.get(path)].sort()) {
        let free = name;
        for (let number = 2; taken.has(free); number++) free = `${name}_${number}`;
        if (free !== name && lazy.has(path)) throw new Error(`${name} is exported twice by what is imported on demand`);
        taken.add(free);
        names.set(name, free);
      }
      return [path, names];
    });
}

function asGroups(texts, groups, groupOf, publicNames, usedIn) {
  // esbuild gives short names in the order of paths: the hashes in those of the outputs must not count.
  const ids = new Map(groups.flatMap(({ file, members }) => members.map((path, at) => [path, `${file}#${at}`])));
  const paths = new Map([...ids].map(([path, id]) => [id, path]));
  const between = (from, to) => {
    const path = posix.relative(posix.dirname(from), to);
    return path.startsWith('.') ? path : `./${path}`;
  };
  return {
    name: 'as-groups',
    setup(esbuild) {
      esbuild.onResolve({ filter: /^group:/ }, ({ path }) => ({
        path: path.slice('group:'.length),
        namespace: 'group',
      }));
      esbuild.onLoad({ filter: /^/, namespace: 'group' }, ({ path }) => {
        const { members } = groups.find(({ file }) => file === path);
        return {
          contents: members.map((member) => reexport(publicNames.get(member), `/${ids.get(member)}`)).join('\n'),
        };
      });
      esbuild.onResolve({ filter: /^\//, namespace: 'group' }, ({ path }) => ({
        path: path.slice(1),
        namespace: 'member',
      }));
      esbuild.onLoad({ filter: /^/, namespace: 'member' }, ({ path }) => ({ contents: texts.get(paths.get(path)) }));
      esbuild.onResolve({ filter: /^\./, namespace: 'member' }, ({ path: specifier, importer, kind }) => {
        const path = posix.join(posix.dirname(paths.get(importer)), specifier);
        const [here, there] = [groupOf.get(paths.get(importer)), groupOf.get(path)];
        if (kind === 'dynamic-import') return { path: between(here.file, there.file), external: true };
        if (here === there) return { path: ids.get(path), namespace: 'member' };
        // By way of a module that knows the public names; nothing of it is left.
        return {
          path: ids.get(path),
          namespace: 'other',
          pluginData: { from: between(here.file, there.file), used: usedIn.get(here.file).get(path) ?? [] },
          suffix: `?${here.file}`,
        };
      });
      esbuild.onLoad({ filter: /^/, namespace: 'other' }, ({ path, pluginData }) => ({
        contents: reexport(
          new Map([...pluginData.used].sort().map((name) => [publicNames.get(paths.get(path)).get(name), name])),
          pluginData.from,
        ),
      }));
      esbuild.onResolve({ filter: /^/, namespace: 'other' }, ({ path }) => ({ path, external: true }));
    },
  };
}

function reexport(names, from) {
  if (names.size === 0) return `import ${JSON.stringify(from)};`;
  const list = [...names].map(([name, known]) => (name === known ? name : `${name} as ${known}`));
  return `export { ${list.join(', ')} } from ${JSON.stringify(from)};`;
}
