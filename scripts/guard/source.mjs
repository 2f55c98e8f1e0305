// Reads the sources: their syntax trees, their imports, and the functions that never return.
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { parse } from '@swc/core';

/** Calls `visit` with every node of a syntax tree, parents first. */
export function walk(node, visit) {
  if (Array.isArray(node)) {
    for (const each of node) walk(each, visit);
  } else if (typeof node === 'object' && node !== null) {
    if (typeof node.type === 'string') visit(node);
    for (const [name, value] of Object.entries(node)) if (name !== 'span') walk(value, visit);
  }
}

/** Returns the name of a function that is called: `f` of `f()`, `a.f()`, `this.#f()`. */
export function calleeName(callee) {
  if (callee.type === 'Identifier') return callee.value;
  return callee.type === 'MemberExpression' ? String(callee.property.value ?? callee.property.id?.value ?? '') : '';
}

/** The sources of a tree. Paths are relative to its root, with `/`. */
export class Sources {
  #root;
  #files;
  #texts = new Map();
  #trees = new Map();
  #declared = new Map();

  /** @param files every file that an import may lead to */
  constructor(root, files) {
    this.#root = root;
    this.#files = new Set(files);
  }

  async bytes(file) {
    if (!this.#texts.has(file)) this.#texts.set(file, readFile(join(this.#root, file)));
    return this.#texts.get(file);
  }

  async tree(file) {
    if (!this.#trees.has(file)) {
      const text = (await this.bytes(file)).toString();
      this.#trees.set(file, parse(text, { syntax: 'typescript', target: 'es2023', explicitResourceManagement: true }));
    }
    return this.#trees.get(file);
  }

  /** Returns the file that a relative specifier leads to, or undefined. */
  target(from, specifier) {
    const path = relative(this.#root, resolve(this.#root, dirname(from), specifier)).replaceAll(sep, '/');
    return this.#files.has(path) ? path : undefined;
  }

  /**
   * Returns the files that a file refers to. An import through an index.ts leads to the file that declares the name, so that a
   * test is said to reach only what it can call.
   */
  async references(file) {
    const found = new Set();
    const modules = file.endsWith('.ts') ? (await this.tree(file)).body : [];
    for (const one of modules) {
      const target = one.source && this.target(file, one.source.value);
      if (!target || one.typeOnly) continue;
      if (one.type === 'ImportDeclaration') {
        if (one.specifiers.length === 0) found.add(target);
        for (const name of importedNames(one)) {
          for (const declared of await this.declarations(target, name)) found.add(declared.file);
        }
        // What an index.ts only hands on, its importers refer to themselves.
      } else if (basename(file) !== 'index.ts') found.add(target);
    }
    // Other references: `await import('./x.ts')`, `new URL('x.mjs', import.meta.url)`.
    const add = ({ type, value }) => {
      const target = type === 'StringLiteral' && /^[\w./-]+\.(?:ts|mjs)$/.test(value) && this.target(file, value);
      if (target) found.add(target);
    };
    if (file.endsWith('.ts'))
      walk(
        modules.filter(({ source }) => !source),
        add,
      );
    else {
      for (const [, value] of (await this.bytes(file)).toString().matchAll(/'([\w./-]+\.(?:ts|mjs))'/g))
        add({ type: 'StringLiteral', value });
    }
    return found;
  }

  /** Returns where a name that a file exports is declared, and its name there; all of it for `*`. */
  async declarations(file, name) {
    const { body } = await this.tree(file);
    const found = [];
    for (const one of body) {
      const target = one.source && this.target(file, one.source.value);
      if (!target || one.typeOnly) continue;
      if (one.type === 'ExportAllDeclaration') found.push(...(await this.declarations(target, name)));
      if (one.type !== 'ExportNamedDeclaration') continue;
      for (const { type, orig, exported, isTypeOnly } of one.specifiers) {
        if (type !== 'ExportSpecifier' || isTypeOnly) continue;
        if (name === '*' || (exported ?? orig).value === name)
          found.push(...(await this.declarations(target, name === '*' ? name : orig.value)));
      }
    }
    return found.length === 0 || name === '*' ? [...found, { file, name }] : found;
  }

  /**
   * Returns the names under which a file can call functions of the return type `never`: `never`, its own functions, private methods
   * and parameters and those that it imports; `methods`, the public methods of all sources.
   */
  async functions(file) {
    const own = await this.#declaredIn(file);
    const never = new Set([...own.never, ...own.bound]);
    for (const one of (await this.tree(file)).body) {
      const target = one.type === 'ImportDeclaration' && !one.typeOnly && this.target(file, one.source.value);
      if (!target) continue;
      for (const { local, imported } of one.specifiers) {
        for (const declared of await this.declarations(target, (imported ?? local).value)) {
          if ((await this.#declaredIn(declared.file)).never.has(declared.name)) never.add(local.value);
        }
      }
    }
    const methods = new Set();
    for (const each of this.#files) {
      if (!each.startsWith('src/') || !each.endsWith('.ts')) continue;
      for (const name of (await this.#declaredIn(each)).methods) methods.add(name);
    }
    return { never, methods };
  }

  async #declaredIn(file) {
    if (!this.#declared.has(file)) this.#declared.set(file, this.tree(file).then(declaredNever));
    return this.#declared.get(file);
  }
}

function importedNames({ specifiers }) {
  return specifiers
    .filter(({ isTypeOnly }) => !isTypeOnly)
    .map(({ type, local, imported }) => (type === 'ImportNamespaceSpecifier' ? '*' : (imported ?? local).value));
}

/**
 * Returns the names of what has the return type `never`: functions and private methods, public methods, and what is bound within a
 * function (parameters, and constants).
 */
function declaredNever(tree) {
  const [never, methods, bound, aliases] = [new Set(), new Set(), new Set(), new Set(['Refuse'])];
  const isNever = (type) =>
    (type?.type === 'TsKeywordType' && type.kind === 'never') ||
    (type?.type === 'TsTypeReference' && type.typeName.value === 'Promise' && isNever(type.typeParams?.params[0]));
  const isNeverFunction = (type) =>
    (type?.type === 'TsFunctionType' && isNever(type.typeAnnotation?.typeAnnotation)) ||
    (type?.type === 'TsTypeReference' && aliases.has(type.typeName.value));
  walk(tree, ({ type, id, typeAnnotation }) => {
    if (type === 'TsTypeAliasDeclaration' && isNeverFunction(typeAnnotation)) aliases.add(id.value);
  });
  walk(tree, (node) => {
    const { type, id, key, init } = node;
    if (type === 'FunctionDeclaration' && isNever(node.returnType?.typeAnnotation)) never.add(node.identifier.value);
    if (type === 'VariableDeclarator' && isNever(init?.returnType?.typeAnnotation)) bound.add(id.value);
    if (type === 'Identifier' && isNeverFunction(node.typeAnnotation?.typeAnnotation)) bound.add(node.value);
    if (type === 'ClassMethod' && isNever(node.function.returnType?.typeAnnotation)) methods.add(key.value);
    if (type === 'PrivateMethod' && isNever(node.function.returnType?.typeAnnotation))
      bound.add(key.value ?? key.id?.value);
    if (type === 'TsMethodSignature' && isNever(node.typeAnn?.typeAnnotation)) methods.add(key.value);
  });
  return { never, methods, bound };
}
