import { require_node_util } from "./run-world-world.mjs";
import { fail, __toESM } from "./core-errors-codes.mjs";
var import_node_util = __toESM(require_node_util(), 1);
var Secret = class {
  #text;
  constructor(text) {
    this.#text = text;
  }
  /**
   * Returns the text itself, for the one place that sends it.
   *
   * @throws CountersignError `KEY_DISPOSED`
   */
  reveal() {
    return this.#text ?? fail("KEY_DISPOSED", "the secret was already disposed of; open a new session");
  }
  toString() {
    return "[secret]";
  }
  toJSON() {
    return "[secret]";
  }
  [import_node_util.inspect.custom]() {
    return "[secret]";
  }
  [Symbol.dispose]() {
    this.#text = void 0;
  }
};
export {
  Secret
};
