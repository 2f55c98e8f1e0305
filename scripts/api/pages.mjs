// Writes a page about each library from its docstrings, with TypeDoc.
import { readFile } from 'node:fs/promises';
import module from 'node:module';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Returns the pages by the names of their files. */
export async function apiPages({ root, scratch, libraries, tsconfig }) {
  useOlderTypeScript(root);
  const { Application } = await import('typedoc');
  const out = join(scratch, 'pages');
  const app = await Application.bootstrapWithPlugins({
    entryPoints: libraries.map(({ entry }) => entry),
    plugin: ['typedoc-plugin-markdown'],
    tsconfig,
    out,
    name: 'countersign',
    logLevel: 'Warn',
    readme: 'none',
    skipErrorChecking: true,
    disableSources: true,
    excludeExternals: true,
    excludePrivate: true,
    validation: { notExported: false, invalidLink: true, notDocumented: false, invalidPath: true },
    groupOrder: ['Functions', 'Interfaces', 'Type Aliases', 'Variables', 'Classes', '*'],
    router: 'module',
    hidePageHeader: true,
    hideBreadcrumbs: true,
    useCodeBlocks: true,
    useHTMLAnchors: true,
    parametersFormat: 'table',
    interfacePropertiesFormat: 'table',
    typeDeclarationFormat: 'table',
    propertyMembersFormat: 'table',
    classPropertiesFormat: 'table',
    typeAliasPropertiesFormat: 'table',
    tableColumnSettings: { hideModifiers: true, hideInherited: true, hideOverrides: true },
  });
  const project = await app.convert();
  if (project === undefined) throw new Error('TypeDoc cannot read the declarations');
  app.validate(project);
  await app.generateOutputs(project);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Error('a warning of TypeDoc fails the run');
  const names = new Map(libraries.map(({ name, file }) => [`${name}.md`, `${file}.md`]));
  const pages = await Promise.all(
    libraries.map(async ({ name, file }) => {
      const text = await readFile(join(out, `${name}.md`), 'utf8');
      return [`${file}.md`, withLinks(text, `${name}.md`, names)];
    }),
  );
  return new Map(pages);
}

/** Lets links lead from a page to its neighbours in one folder. */
function withLinks(text, from, names) {
  return text.replace(/\]\(([\w./-]+\.md)(#[^)]*)?\)/g, (whole, path, anchor = '') => {
    const name = names.get(posix.join(posix.dirname(from), path));
    return name === undefined ? whole : `](${name}${anchor})`;
  });
}

/**
 * Gives TypeDoc the TypeScript of API Extractor: TypeDoc needs the programming interface of the compiler, which TypeScript 7 does not have. Both
 * read declarations alone, which older compilers understand.
 */
function useOlderTypeScript(root) {
  const parent = module.createRequire(join(root, 'package.json')).resolve('@microsoft/api-extractor');
  const compiler = pathToFileURL(module.createRequire(parent).resolve('typescript')).href;
  // Node 20 has no hooks in the same thread, and later versions deprecate those in another one.
  if (module.registerHooks !== undefined) {
    const resolve = (specifier, context, next) =>
      specifier === 'typescript' ? { url: compiler, shortCircuit: true } : next(specifier, context);
    module.registerHooks({ resolve });
    return;
  }
  const hooks = `export const resolve = (specifier, context, next) =>
    specifier === 'typescript' ? { url: ${JSON.stringify(compiler)}, shortCircuit: true } : next(specifier, context);`;
  module.register(`data:text/javascript,${encodeURIComponent(hooks)}`);
}
