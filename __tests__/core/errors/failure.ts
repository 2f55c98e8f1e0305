import { expect } from '@jest/globals';
import { CountersignError, type ErrorCode } from '../../../src/core/errors/index.ts';

/** Expects an action to fail with this code and a message that names this reason, so that no other check stood in. */
export function expectFailure(action: () => unknown, code: ErrorCode, message: RegExp): CountersignError {
  return expectError(thrownBy(action), code, message);
}

/** The same of an action that fails later. */
export async function expectRejection(
  action: () => Promise<unknown>,
  code: ErrorCode,
  message: RegExp,
): Promise<CountersignError> {
  return expectError(await rejectionOf(action), code, message);
}

function expectError(error: unknown, code: ErrorCode, message: RegExp): CountersignError {
  if (!(error instanceof CountersignError)) throw error ?? new Error(`nothing failed; ${code} was expected`);
  expect({ code: error.code, message: error.message }).toEqual({ code, message: expect.stringMatching(message) });
  return error;
}

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

async function rejectionOf(action: () => Promise<unknown>): Promise<unknown> {
  try {
    await action();
  } catch (error) {
    return error;
  }
  return undefined;
}
