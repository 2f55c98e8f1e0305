/** GitHub's description of its REST API (@octokit/openapi), as a judge of requests and responses. */

import { readFile } from 'node:fs/promises';
import { Ajv, type ValidateFunction } from 'ajv';
import type { Http } from '../../../src/services/http/index.ts';
import { judgePath } from './program.ts';

type Json = null | boolean | number | string | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [name: string]: Json;
}

/** A request with its response. */
export interface Observed {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly requestBody: unknown;
  readonly status: number;
  readonly responseBody: unknown;
  /** The media type of the response, if it has a body. */
  readonly contentType: string | undefined;
}

/** Returns a way to the network that observes the requests to the hosts of the API, with their responses. */
export function observing(http: Http, origins: readonly string[], seen: Observed[]): Http {
  return async (request) => {
    const response = await http(request);
    const { method, url, body } = request;
    const contentType = response.headers['content-type'];
    const isJson = typeof contentType === 'string' && contentType.includes('json');
    if (origins.includes(url.origin))
      seen.push({
        method,
        // A redirection leads to a path that the description does not have.
        path: url.pathname,
        query: url.searchParams,
        // The content of an asset is not JSON.
        requestBody: typeof body === 'string' ? JSON.parse(body) : undefined,
        status: response.status,
        responseBody: isJson ? JSON.parse(Buffer.from(response.body).toString()) : undefined,
        contentType: typeof contentType === 'string' ? contentType : undefined,
      });
    return response;
  };
}

interface Operation {
  readonly id: string;
  readonly pattern: RegExp;
  readonly parameters: readonly Parameter[];
  readonly pathNames: readonly string[];
  readonly requestSchema: string | undefined;
  /** The JSON pointers of the schemas of responses, by status; `undefined` for a response without JSON. */
  readonly responses: ReadonlyMap<string, string | undefined>;
}

interface Parameter {
  readonly name: string;
  readonly place: string;
  readonly isRequired: boolean;
  readonly schema: string;
}

/** Every request may be refused like this, whether or not an operation lists the status. */
const general = '/components/schemas/basic-error';
const generalStatuses = ['400', '401', '403', '404', '429'];

export class OpenApi {
  readonly #document: JsonObject;
  readonly #ajv: Ajv;
  readonly #validators = new Map<string, ValidateFunction>();
  readonly #operations = new Map<string, readonly Operation[]>();

  private constructor(document: JsonObject) {
    this.#document = document;
    this.#ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false, validateFormats: false });
    this.#ajv.addSchema({ $id: 'openapi', ...(withNull(document) as object) });
  }

  static async read(): Promise<OpenApi> {
    return new OpenApi(JSON.parse(await readFile(judgePath('COUNTERSIGN_INTEROP_OPENAPI'), 'utf8')));
  }

  /** Returns the id of the operation, and what the description does not allow. */
  judge(observed: Observed): { readonly operation: string | undefined; readonly problems: readonly string[] } {
    const method = observed.method.toLowerCase();
    const known = this.#operations.get(method) ?? this.#operationsOf(method);
    this.#operations.set(method, known);
    // `/repos/{owner}/{repo}` before `/repos/{other}`: the longest that matches.
    const operation = known.find(({ pattern }) => pattern.test(observed.path));
    if (operation === undefined) return { operation: undefined, problems: ['no operation has this method and path'] };
    return {
      operation: operation.id,
      problems: [...this.#requestProblems(operation, observed), ...this.#responseProblems(operation, observed)],
    };
  }

  #requestProblems(operation: Operation, { path, query, requestBody }: Observed): readonly string[] {
    const values = operation.pattern.exec(path)?.slice(1).map(decodeURIComponent) ?? [];
    const inPath = new Map(operation.pathNames.map((name, at) => [name, values[at] ?? '']));
    const unknown = [...query.keys()].filter(
      (name) => !operation.parameters.some((one) => one.place === 'query' && one.name === name),
    );
    const given = operation.parameters.flatMap((parameter) => {
      const { name, place, schema, isRequired } = parameter;
      const value = place === 'path' ? inPath.get(name) : query.get(name);
      if (value === undefined || value === null)
        return isRequired && ['path', 'query'].includes(place) ? [`${name} is missing`] : [];
      return this.#matches(schema, value) ? [] : [`${name}=${value} is not allowed`];
    });
    const body = requestBody === undefined ? [] : this.#problems(operation.requestSchema, requestBody, 'request');
    return [...unknown.map((name) => `${name} is not a parameter`), ...given, ...body];
  }

  /** Reports whether a text is a value of a parameter, which can be a number or a boolean. */
  #matches(schema: string, text: string): boolean {
    const forms = [
      text,
      ...(/^\d+$/.test(text) ? [Number(text)] : []),
      ...(/^(?:true|false)$/.test(text) ? [text === 'true'] : []),
    ];
    return forms.some((value) => this.#problems(schema, value, '').length === 0);
  }

  #responseProblems(operation: Operation, { status, responseBody, contentType }: Observed): readonly string[] {
    const isKnown = operation.responses.has(String(status));
    if (!isKnown && !generalStatuses.includes(String(status))) return [`${operation.id} has no response ${status}`];
    if (!isKnown) return this.#problems(general, responseBody, `response ${status}`);
    const schema = operation.responses.get(String(status));
    if (schema === undefined) return contentType?.includes('json') ? [`the response ${status} has no body`] : [];
    if (!contentType?.startsWith('application/json')) return [`the response is ${contentType}, not JSON`];
    return this.#problems(schema, responseBody, `response ${status}`);
  }

  #problems(schema: string | undefined, value: unknown, what: string): readonly string[] {
    if (schema === undefined) return [`the ${what} has no body`];
    const validate = this.#validators.get(schema) ?? this.#ajv.compile({ $ref: `openapi#${schema}` });
    this.#validators.set(schema, validate);
    validate(value);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${what}${instancePath} ${message}`);
  }

  #operationsOf(method: string): readonly Operation[] {
    const paths = Object.entries(this.#document.paths as JsonObject);
    return paths
      .flatMap(([path, item]) => {
        const pointer = `/paths/${escaped(path)}/${method}`;
        const operation = (item as JsonObject)[method] as JsonObject | undefined;
        // `{base}...{head}` is an older name of `{basehead}`.
        return operation === undefined || path.includes('}...{') ? [] : [this.#operation(path, pointer, operation)];
      })
      .sort((a, b) => b.pattern.source.length - a.pattern.source.length);
  }

  #operation(path: string, pointer: string, operation: JsonObject): Operation {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const source = path.replace(/[.]/g, '\\$&').replace(/\{\w+\}/g, '([^/]+)');
    const content = (place: string): string | undefined => {
      const found = this.#resolve(place);
      const json = (this.#at(found) as JsonObject).content as JsonObject | undefined;
      return json?.['application/json'] === undefined ? undefined : `${found}/content/application~1json/schema`;
    };
    return {
      id: operation.operationId as string,
      pattern: new RegExp(`^${source}$`),
      pathNames: names,
      parameters: ((operation.parameters ?? []) as readonly Json[]).map((_, at) => {
        const place = this.#resolve(`${pointer}/parameters/${at}`);
        const { name, in: where, required } = this.#at(place) as JsonObject;
        return {
          name: name as string,
          place: where as string,
          isRequired: required === true,
          schema: `${place}/schema`,
        };
      }),
      requestSchema: operation.requestBody === undefined ? undefined : content(`${pointer}/requestBody`),
      responses: new Map(
        Object.keys(operation.responses as JsonObject).map((status) => [
          status,
          content(`${pointer}/responses/${status}`),
        ]),
      ),
    };
  }

  /** Returns the pointer of what a place refers to. */
  #resolve(pointer: string): string {
    const { $ref } = this.#at(pointer) as { readonly $ref?: string };
    return $ref === undefined ? pointer : this.#resolve($ref.slice(1));
  }

  #at(pointer: string): Json {
    return pointer
      .slice(1)
      .split('/')
      .reduce<Json>(
        (value, part) => (value as JsonObject)[part.replaceAll('~1', '/').replaceAll('~0', '~')] as Json,
        this.#document,
      );
  }
}

function escaped(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Returns a description whose `nullable` (OpenAPI 3.0) JSON Schema understands, and whose examples it does not take for schemas. */
function withNull(value: Json): Json {
  if (Array.isArray(value)) return value.map(withNull);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, example: _, examples: __, ...rest } = value as JsonObject;
  const members = Object.fromEntries(Object.entries(rest).map(([name, inner]) => [name, withNull(inner)]));
  return nullable === true ? { anyOf: [{ type: 'null' }, members] } : members;
}
