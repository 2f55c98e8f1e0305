/** Requests to GitHub's REST API, as errors describe them. */

/** A request. */
export interface Operation {
  /** The object of the request: `the run 42 of octo/app`. */
  readonly what: string;
  /** The permission that it needs: `actions: read`. */
  readonly permission: string;
  /** True for a request whose effect must not happen twice. */
  readonly once?: boolean;
  /** The length of the longest response, in bytes. */
  readonly maxLength?: number;
}

export const service = 'the API of GitHub';
