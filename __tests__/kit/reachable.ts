/** Walks everything that is reachable from an object, private members and the variables of closures too, and looks for a text. */

import { Session } from 'node:inspector/promises';

interface RemoteObject {
  readonly type: string;
  readonly description?: string | undefined;
  readonly value?: unknown;
  readonly objectId?: string | undefined;
}

interface RemoteProperty {
  readonly name: string;
  readonly value?: RemoteObject;
  readonly get?: RemoteObject;
}

interface Properties {
  readonly result: readonly RemoteProperty[];
  readonly internalProperties?: readonly RemoteProperty[];
  readonly privateProperties?: readonly RemoteProperty[];
}

const maxObjects = 20_000;
const key = 'countersignReachableFrom';

/**
 * Reports whether a text can be reached from an object. Prototypes, and the variables of modules and of the program, are left out.
 *
 * @throws Error if there is too much to walk, which would prove nothing
 */
export async function canReach(root: object, text: string): Promise<boolean> {
  const session = new Session();
  session.connect();
  try {
    const { remote, contextId } = await remoteOf(session, root);
    return await walk(session, remote, contextId, text);
  } finally {
    session.disconnect();
  }
}

/** Returns a handle to an object, and the context that it is in: Jest runs each test file in one of its own. */
async function remoteOf(
  session: Session,
  root: object,
): Promise<{ readonly remote: RemoteObject; readonly contextId: number }> {
  const contexts: number[] = [];
  session.on('Runtime.executionContextCreated', ({ params }) => contexts.push(params.context.id));
  await session.post('Runtime.enable');
  Reflect.set(globalThis, key, root);
  try {
    for (const contextId of contexts) {
      const { result } = await session.post('Runtime.evaluate', { expression: `globalThis.${key}`, contextId });
      if (result.objectId !== undefined) return { remote: result, contextId };
    }
  } finally {
    Reflect.deleteProperty(globalThis, key);
    await session.post('Runtime.disable');
  }
  throw new Error('no context has the object');
}

async function walk(session: Session, root: RemoteObject, contextId: number, text: string): Promise<boolean> {
  const waiting: RemoteObject[] = [root];
  // The inspector gives an object another id each time, so that a set is kept on its side.
  const seen = await session.post('Runtime.evaluate', { expression: 'new Set()', contextId });
  for (let at = 0; at < waiting.length; at++) {
    if (at === maxObjects) throw new Error(`more than ${maxObjects} objects are reachable`);
    const { type, objectId } = waiting[at] ?? {};
    if (objectId === undefined || type === 'symbol' || !(await isNew(session, seen.result, objectId))) continue;
    const found = (await session.post('Runtime.getProperties', { objectId, ownProperties: true })) as Properties;
    const internal = (found.internalProperties ?? []).filter(({ name }) => name !== '[[Prototype]]');
    for (const { name, value, get } of [...found.result, ...internal, ...(found.privateProperties ?? [])]) {
      if (name === '__proto__') continue;
      for (const next of [value, get]) {
        if (typeof next?.value === 'string' && next.value.includes(text)) return true;
        if (next?.objectId !== undefined && !isOutside(next)) waiting.push(next);
      }
    }
  }
  return false;
}

/** Reports whether an object is a scope of a module or of the program: all of the program can be reached from there. */
function isOutside({ description = '' }: RemoteObject): boolean {
  return /^(?:Global|Module|Script)\b/.test(description);
}

/** Reports whether an object of this context has not been seen yet. Those of other contexts are Node's own, and are left out. */
async function isNew(session: Session, seen: RemoteObject, objectId: string): Promise<boolean> {
  const answer = await session
    .post('Runtime.callFunctionOn', {
      functionDeclaration: 'function (each) { const isNew = !this.has(each); this.add(each); return isNew; }',
      objectId: seen.objectId ?? '',
      arguments: [{ objectId }],
      returnByValue: true,
    })
    .catch((error: unknown) => {
      if (String(error).includes('same JavaScript world')) return undefined;
      throw error;
    });
  return answer?.result.value === true;
}
