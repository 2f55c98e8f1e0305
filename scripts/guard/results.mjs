// Keeps results in a file, so that a run that was interrupted can go on.
import { createHash } from 'node:crypto';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export class Results {
  #path;
  #known = new Map();

  /**
   * Opens a file of results. What it holds counts only if sources and tests are still the same.
   *
   * @param path undefined: results are not kept
   * @param scope what else the results depend on
   */
  static async open(path, root, files, scope) {
    const results = new Results();
    if (path === undefined) return results;
    results.#path = path;
    const tree = createHash('sha256').update(scope);
    for (const file of files.filter((each) => /^(?:src|sandbox|__tests__)\//.test(each)).sort()) {
      tree.update(`${file}\0`).update(await readFile(join(root, file)));
    }
    const header = JSON.stringify({ tree: tree.digest('hex') });
    const [first = '', ...lines] = (await readFile(path, 'utf8').catch(() => '')).split('\n');
    if (first === header) {
      // The last line may be half of one.
      for (const line of lines.slice(0, -1)) {
        const { id, ...result } = JSON.parse(line);
        if (result.verdict !== 'unclear') results.#known.set(id, result);
      }
      await writeFile(path, `${[first, ...lines.slice(0, -1)].join('\n')}\n`);
    } else {
      if (first !== '') console.log(`${path}: sources or tests have changed since; it is begun anew`);
      await writeFile(path, `${header}\n`);
    }
    return results;
  }

  get(check) {
    return this.#known.get(idOf(check));
  }

  async add(check, result) {
    if (this.#path === undefined) return;
    const { file, line, what } = check;
    await appendFile(this.#path, `${JSON.stringify({ id: idOf(check), file, line, what, ...result })}\n`);
  }
}

function idOf({ file, spoilt }) {
  return createHash('sha256').update(`${file}\0`).update(spoilt).digest('hex');
}
