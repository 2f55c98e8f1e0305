// Decides which chunks of esbuild share a file of dist/, and what that file is called.

/** The number of bytes that a program, or a part loaded on demand, may load without needing them, so that there are fewer files. */
const allowance = 4096;
/** Modules of Node that load much of their own, and that few commands need. */
const heavyModules = ['node:child_process', 'node:timers/promises', 'node:v8'];

/**
 * Groups the outputs of a build with splitting. esbuild writes a chunk for each combination of entry points that need the same code, whether
 * or not the code is in memory already when one of them is loaded. Chunks are joined if nothing, or little, is loaded that is not needed.
 * Neither the groups nor their names depend on hashes or exact sizes, so that few edits change them.
 *
 * @param outputs the outputs of esbuild's metafile, by path
 * @param programs the paths of those that Node is started with, which no other file may import
 * @returns `name`, a program's path or a name derived from the main source file, and `members`, the paths of the outputs
 */
export function groupChunks(outputs, programs) {
  const chunks = sortedChunks(outputs);
  const graph = new Graph(chunks, programs);
  let groups = chunks.map((chunk, at) => ({
    self: bit(at),
    imports: graph.bits(chunk.imports),
    closure: graph.closure(chunk.path),
  }));
  for (let best = cheapest(groups, graph); best !== undefined; best = cheapest(groups, graph)) {
    graph.load(best);
    groups = joined(groups, best);
  }
  return named(
    groups.map(({ self }) => chunks.filter((_, at) => self & bit(at)).map(({ path }) => path)),
    outputs,
    programs,
  );
}

/** Returns the chunks in an order that does not depend on their hashes. */
function sortedChunks(outputs) {
  return Object.entries(outputs)
    .map(([path, output]) => ({
      path,
      key: mainInput([output]) ?? '',
      // At least what the import statements cost that a file of its own needs.
      weight: Math.max(256, roughSize(output.bytes / 2)) + (needsHeavyModule(output) ? 2 * allowance : 0),
      imports: imports(output, 'import-statement'),
      lazy: imports(output, 'dynamic-import'),
      isEntry: output.entryPoint !== undefined,
    }))
    .sort((a, b) => compare(a.key, b.key) || compare(a.path, b.path));
}

function needsHeavyModule(output) {
  return output.imports.some(({ path, external }) => external && heavyModules.includes(path));
}

function imports(output, kind) {
  return output.imports.filter((one) => one.kind === kind && !one.external).map(({ path }) => path);
}

/** Tells which chunks are loaded with which entry point. Sets of chunks are integers, with a bit for each chunk. */
class Graph {
  #chunks;
  #at;
  /** For each entry point: what it needs, what is in memory before it is loaded in any case, what loading it loads, what is in neither, and how much too much. */
  #entries;
  /** The entry points, as bits, that stay on their own: programs. */
  #programs;

  constructor(chunks, programs) {
    this.#chunks = chunks;
    this.#at = new Map(chunks.map(({ path }, at) => [path, at]));
    this.#programs = this.bits(programs);
    const all = bit(chunks.length) - 1n;
    this.#entries = chunks
      .filter(({ isEntry }) => isEntry)
      .map(({ path }) => {
        const needed = this.closure(path);
        return { path, needed, before: programs.includes(path) ? 0n : all, loaded: needed, missing: 0n, surplus: 0 };
      });
    const importers = new Map(
      this.#entries.map(({ path }) => [
        path,
        this.#entries.filter(({ needed }) => chunks.some(({ lazy }, at) => needed & bit(at) && lazy.includes(path))),
      ]),
    );
    for (let changed = true; changed; ) {
      changed = false;
      for (const entry of this.#entries.filter(({ path }) => !programs.includes(path))) {
        const before = importers.get(entry.path).reduce((known, one) => known & (one.before | one.needed), all);
        changed ||= before !== entry.before;
        entry.before = before;
      }
    }
    for (const entry of this.#entries) entry.missing = all & ~entry.loaded & ~entry.before;
    this.lazyEntries = this.bits(this.#entries.map(({ path }) => path)) & ~this.#programs;
  }

  bits(paths) {
    return paths.reduce((bits, path) => bits | bit(this.#at.get(path)), 0n);
  }

  closure(path) {
    const found = new Set([path]);
    for (const each of found) for (const next of this.#chunks[this.#at.get(each)].imports) found.add(next);
    return this.bits([...found]);
  }

  /** Returns how many bytes are loaded in vain, over all entry points, if two groups are one; undefined if it is too much for one of them. */
  cost({ self, closure }) {
    let sum = 0;
    for (const entry of this.#entries) {
      if ((entry.loaded & self) === 0n) continue;
      const surplus = this.#surplus(entry, closure);
      if (entry.surplus + surplus > allowance) return undefined;
      sum += surplus;
    }
    return sum;
  }

  load({ self, closure }) {
    for (const entry of this.#entries) {
      if ((entry.loaded & self) === 0n) continue;
      entry.surplus += this.#surplus(entry, closure);
      entry.loaded |= closure;
      entry.missing &= ~closure;
    }
  }

  /** Returns the weight of what an entry point would load in vain, as far as it is allowed: beyond that, the exact weight does not matter. */
  #surplus({ missing }, closure) {
    const more = closure & missing;
    if (more === 0n) return 0;
    const digits = more.toString(16);
    let weight = 0;
    for (let place = 0; place < digits.length && weight <= allowance; place++) {
      const digit = Number.parseInt(digits[digits.length - 1 - place], 16);
      for (let one = 0; digit >> one > 0; one++) if ((digit >> one) & 1) weight += this.#chunks[4 * place + one].weight;
    }
    return weight;
  }

  /** Reports whether a program would be imported, which would run it twice where Node knows it by another path, such as a symbolic link. */
  importsProgram(groups, a, b) {
    for (const [program, other] of [
      [a, b],
      [b, a],
    ]) {
      if ((program.self & this.#programs) === 0n) continue;
      if (other.self & (this.#programs | this.lazyEntries)) return true;
      if (groups.some((group) => group !== program && group !== other && group.imports & other.self)) return true;
    }
    return false;
  }
}

/** Returns the two groups that cost least as one, the first of several; undefined if there are none. */
function cheapest(groups, graph) {
  let best;
  for (const [at, a] of groups.entries()) {
    for (const b of groups.slice(at + 1)) {
      const both = { parts: [a, b], self: a.self | b.self, closure: a.closure | b.closure };
      const cost = graph.cost(both);
      if (cost === undefined || cost >= (best?.cost ?? Number.POSITIVE_INFINITY)) continue;
      if (isCyclic(groups, a, b) || graph.importsProgram(groups, a, b)) continue;
      best = { ...both, cost };
      if (cost === 0) return best;
    }
  }
  return best;
}

/** Reports whether two groups as one would import themselves through a third. */
function isCyclic(groups, a, b) {
  return groups.some(
    (group) =>
      group !== a &&
      group !== b &&
      ((a.imports & group.self && group.closure & b.self) || (b.imports & group.self && group.closure & a.self)),
  );
}

function joined(groups, { parts: [a, b], self, closure }) {
  const both = {
    self,
    imports: (a.imports | b.imports) & ~self,
    closure,
  };
  for (const group of groups) if (group.closure & self) group.closure |= closure;
  return groups.flatMap((group) => {
    if (group === a) return [both];
    return group === b ? [] : [group];
  });
}

function named(groups, outputs, programs) {
  const result = groups.map((members) => {
    const program = members.find((path) => programs.includes(path));
    if (program !== undefined) return { name: program, members };
    const all = members.map((path) => outputs[path]);
    const entry = all
      .map(({ entryPoint }) => entryPoint)
      .filter((path) => path !== undefined)
      .sort()[0];
    return { name: nameOf(entry ?? mainInput(all)), members };
  });
  return withDistinctNames(result.sort((a, b) => compare(a.name, b.name)));
}

/** Numbers chunks that have the same name, such as one that a lazy import loads and one that holds what it shares with others. */
function withDistinctNames(sorted) {
  const seen = new Map();
  return sorted.map(({ name, members }) => {
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return { name: number === 1 ? name : `${name}-${number}`, members };
  });
}

/** Returns the path of the source file that is most of the outputs, of our own if there is one. */
function mainInput(outputs) {
  const inputs = outputs.flatMap((output) => Object.entries(output.inputs));
  const own = inputs.filter(([path]) => /^(?:src|sandbox)\//.test(path));
  const sorted = (own.length > 0 ? own : inputs)
    .map(([path, { bytesInOutput }]) => ({ path, size: roughSize(bytesInOutput) }))
    .sort((a, b) => b.size - a.size || compare(a.path, b.path));
  return sorted[0]?.path ?? outputs.find(({ entryPoint }) => entryPoint)?.entryPoint;
}

function nameOf(path = 'runtime') {
  return path
    .replace(/^(?:src|.*node_modules)\//, '')
    .replace(/\.[^./]+$/, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-/, '');
}

/** Returns a power of two, so that an edit hardly ever changes what is larger. */
function roughSize(bytes) {
  return 2 ** Math.ceil(Math.log2(Math.max(1, bytes)));
}

function bit(at) {
  return 1n << BigInt(at);
}

function compare(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
