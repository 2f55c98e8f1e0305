import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __knownSymbol = (name, symbol) => (symbol = Symbol[name]) ? symbol : /* @__PURE__ */ Symbol.for("Symbol." + name);
var __typeError = (msg) => {
  throw TypeError(msg);
};
var __require = /* @__PURE__ */ ((x) => typeof require !== "undefined" ? require : typeof Proxy !== "undefined" ? new Proxy(x, {
  get: (a, b) => (typeof require !== "undefined" ? require : a)[b]
}) : x)(function(x) {
  if (typeof require !== "undefined") return require.apply(this, arguments);
  throw Error('Dynamic require of "' + x + '" is not supported');
});
var __commonJS = (cb, mod2) => function __require2() {
  try {
    return mod2 || (0, cb[__getOwnPropNames(cb)[0]])((mod2 = { exports: {} }).exports, mod2), mod2.exports;
  } catch (e) {
    throw mod2 = 0, e;
  }
};
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod2, isNodeMode, target) => (target = mod2 != null ? __create(__getProtoOf(mod2)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod2 || !mod2.__esModule ? __defProp(target, "default", { value: mod2, enumerable: true }) : target,
  mod2
));
var __using = (stack, value, async) => {
  if (value != null) {
    if (typeof value !== "object" && typeof value !== "function") __typeError("Object expected");
    var dispose, inner;
    if (async) dispose = value[__knownSymbol("asyncDispose")];
    if (dispose === void 0) {
      dispose = value[__knownSymbol("dispose")];
      if (async) inner = dispose;
    }
    if (typeof dispose !== "function") __typeError("Object not disposable");
    if (inner) dispose = function() {
      try {
        inner.call(this);
      } catch (e) {
        return Promise.reject(e);
      }
    };
    stack.push([async, dispose, value]);
  } else if (async) {
    stack.push([async]);
  }
  return value;
};
var __callDispose = (stack, error, hasError) => {
  var E = typeof SuppressedError === "function" ? SuppressedError : function(e, s, m, _) {
    return _ = Error(m), _.name = "SuppressedError", _.error = e, _.suppressed = s, _;
  };
  var fail2 = (e) => error = hasError ? new E(e, error, "An error was suppressed during disposal") : (hasError = true, e);
  var next = (it) => {
    while (it = stack.pop()) {
      try {
        var result = it[1] && it[1].call(it[2]);
        if (it[0]) return Promise.resolve(result).then(next, (e) => (fail2(e), next()));
      } catch (e) {
        fail2(e);
      }
    }
    if (hasError) throw error;
  };
  return next();
};

// node_modules/yaml/dist/nodes/identity.js
var require_identity = __commonJS({
  "node_modules/yaml/dist/nodes/identity.js"(exports) {
    "use strict";
    var ALIAS = /* @__PURE__ */ Symbol.for("yaml.alias");
    var DOC = /* @__PURE__ */ Symbol.for("yaml.document");
    var MAP = /* @__PURE__ */ Symbol.for("yaml.map");
    var PAIR = /* @__PURE__ */ Symbol.for("yaml.pair");
    var SCALAR = /* @__PURE__ */ Symbol.for("yaml.scalar");
    var SEQ = /* @__PURE__ */ Symbol.for("yaml.seq");
    var NODE_TYPE = /* @__PURE__ */ Symbol.for("yaml.node.type");
    var isAlias = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === ALIAS;
    var isDocument = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === DOC;
    var isMap2 = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === MAP;
    var isPair = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === PAIR;
    var isScalar2 = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === SCALAR;
    var isSeq = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === SEQ;
    function isCollection(node) {
      if (node && typeof node === "object")
        switch (node[NODE_TYPE]) {
          case MAP:
          case SEQ:
            return true;
        }
      return false;
    }
    function isNode(node) {
      if (node && typeof node === "object")
        switch (node[NODE_TYPE]) {
          case ALIAS:
          case MAP:
          case SCALAR:
          case SEQ:
            return true;
        }
      return false;
    }
    var hasAnchor = (node) => (isScalar2(node) || isCollection(node)) && !!node.anchor;
    exports.ALIAS = ALIAS;
    exports.DOC = DOC;
    exports.MAP = MAP;
    exports.NODE_TYPE = NODE_TYPE;
    exports.PAIR = PAIR;
    exports.SCALAR = SCALAR;
    exports.SEQ = SEQ;
    exports.hasAnchor = hasAnchor;
    exports.isAlias = isAlias;
    exports.isCollection = isCollection;
    exports.isDocument = isDocument;
    exports.isMap = isMap2;
    exports.isNode = isNode;
    exports.isPair = isPair;
    exports.isScalar = isScalar2;
    exports.isSeq = isSeq;
  }
});

// node_modules/yaml/dist/visit.js
var require_visit = __commonJS({
  "node_modules/yaml/dist/visit.js"(exports) {
    "use strict";
    var identity = require_identity();
    var BREAK = /* @__PURE__ */ Symbol("break visit");
    var SKIP = /* @__PURE__ */ Symbol("skip children");
    var REMOVE = /* @__PURE__ */ Symbol("remove node");
    function visit(node, visitor) {
      const visitor_ = initVisitor(visitor);
      if (identity.isDocument(node)) {
        const cd = visit_(null, node.contents, visitor_, Object.freeze([node]));
        if (cd === REMOVE)
          node.contents = null;
      } else
        visit_(null, node, visitor_, Object.freeze([]));
    }
    visit.BREAK = BREAK;
    visit.SKIP = SKIP;
    visit.REMOVE = REMOVE;
    function visit_(key, node, visitor, path) {
      const ctrl = callVisitor(key, node, visitor, path);
      if (identity.isNode(ctrl) || identity.isPair(ctrl)) {
        replaceNode(key, path, ctrl);
        return visit_(key, ctrl, visitor, path);
      }
      if (typeof ctrl !== "symbol") {
        if (identity.isCollection(node)) {
          path = Object.freeze(path.concat(node));
          for (let i = 0; i < node.items.length; ++i) {
            const ci = visit_(i, node.items[i], visitor, path);
            if (typeof ci === "number")
              i = ci - 1;
            else if (ci === BREAK)
              return BREAK;
            else if (ci === REMOVE) {
              node.items.splice(i, 1);
              i -= 1;
            }
          }
        } else if (identity.isPair(node)) {
          path = Object.freeze(path.concat(node));
          const ck = visit_("key", node.key, visitor, path);
          if (ck === BREAK)
            return BREAK;
          else if (ck === REMOVE)
            node.key = null;
          const cv = visit_("value", node.value, visitor, path);
          if (cv === BREAK)
            return BREAK;
          else if (cv === REMOVE)
            node.value = null;
        }
      }
      return ctrl;
    }
    async function visitAsync(node, visitor) {
      const visitor_ = initVisitor(visitor);
      if (identity.isDocument(node)) {
        const cd = await visitAsync_(null, node.contents, visitor_, Object.freeze([node]));
        if (cd === REMOVE)
          node.contents = null;
      } else
        await visitAsync_(null, node, visitor_, Object.freeze([]));
    }
    visitAsync.BREAK = BREAK;
    visitAsync.SKIP = SKIP;
    visitAsync.REMOVE = REMOVE;
    async function visitAsync_(key, node, visitor, path) {
      const ctrl = await callVisitor(key, node, visitor, path);
      if (identity.isNode(ctrl) || identity.isPair(ctrl)) {
        replaceNode(key, path, ctrl);
        return visitAsync_(key, ctrl, visitor, path);
      }
      if (typeof ctrl !== "symbol") {
        if (identity.isCollection(node)) {
          path = Object.freeze(path.concat(node));
          for (let i = 0; i < node.items.length; ++i) {
            const ci = await visitAsync_(i, node.items[i], visitor, path);
            if (typeof ci === "number")
              i = ci - 1;
            else if (ci === BREAK)
              return BREAK;
            else if (ci === REMOVE) {
              node.items.splice(i, 1);
              i -= 1;
            }
          }
        } else if (identity.isPair(node)) {
          path = Object.freeze(path.concat(node));
          const ck = await visitAsync_("key", node.key, visitor, path);
          if (ck === BREAK)
            return BREAK;
          else if (ck === REMOVE)
            node.key = null;
          const cv = await visitAsync_("value", node.value, visitor, path);
          if (cv === BREAK)
            return BREAK;
          else if (cv === REMOVE)
            node.value = null;
        }
      }
      return ctrl;
    }
    function initVisitor(visitor) {
      if (typeof visitor === "object" && (visitor.Collection || visitor.Node || visitor.Value)) {
        return Object.assign({
          Alias: visitor.Node,
          Map: visitor.Node,
          Scalar: visitor.Node,
          Seq: visitor.Node
        }, visitor.Value && {
          Map: visitor.Value,
          Scalar: visitor.Value,
          Seq: visitor.Value
        }, visitor.Collection && {
          Map: visitor.Collection,
          Seq: visitor.Collection
        }, visitor);
      }
      return visitor;
    }
    function callVisitor(key, node, visitor, path) {
      if (typeof visitor === "function")
        return visitor(key, node, path);
      if (identity.isMap(node))
        return visitor.Map?.(key, node, path);
      if (identity.isSeq(node))
        return visitor.Seq?.(key, node, path);
      if (identity.isPair(node))
        return visitor.Pair?.(key, node, path);
      if (identity.isScalar(node))
        return visitor.Scalar?.(key, node, path);
      if (identity.isAlias(node))
        return visitor.Alias?.(key, node, path);
      return void 0;
    }
    function replaceNode(key, path, node) {
      const parent = path[path.length - 1];
      if (identity.isCollection(parent)) {
        parent.items[key] = node;
      } else if (identity.isPair(parent)) {
        if (key === "key")
          parent.key = node;
        else
          parent.value = node;
      } else if (identity.isDocument(parent)) {
        parent.contents = node;
      } else {
        const pt = identity.isAlias(parent) ? "alias" : "scalar";
        throw new Error(`Cannot replace node with ${pt} parent`);
      }
    }
    exports.visit = visit;
    exports.visitAsync = visitAsync;
  }
});

// node_modules/yaml/dist/doc/directives.js
var require_directives = __commonJS({
  "node_modules/yaml/dist/doc/directives.js"(exports) {
    "use strict";
    var identity = require_identity();
    var visit = require_visit();
    var escapeChars = {
      "!": "%21",
      ",": "%2C",
      "[": "%5B",
      "]": "%5D",
      "{": "%7B",
      "}": "%7D"
    };
    var escapeTagName = (tn) => tn.replace(/[!,[\]{}]/g, (ch) => escapeChars[ch]);
    var Directives = class _Directives {
      constructor(yaml, tags2) {
        this.docStart = null;
        this.docEnd = false;
        this.yaml = Object.assign({}, _Directives.defaultYaml, yaml);
        this.tags = Object.assign({}, _Directives.defaultTags, tags2);
      }
      clone() {
        const copy2 = new _Directives(this.yaml, this.tags);
        copy2.docStart = this.docStart;
        return copy2;
      }
      /**
       * During parsing, get a Directives instance for the current document and
       * update the stream state according to the current version's spec.
       */
      atDocument() {
        const res = new _Directives(this.yaml, this.tags);
        switch (this.yaml.version) {
          case "1.1":
            this.atNextDocument = true;
            break;
          case "1.2":
            this.atNextDocument = false;
            this.yaml = {
              explicit: _Directives.defaultYaml.explicit,
              version: "1.2"
            };
            this.tags = Object.assign({}, _Directives.defaultTags);
            break;
        }
        return res;
      }
      /**
       * @param onError - May be called even if the action was successful
       * @returns `true` on success
       */
      add(line, onError) {
        if (this.atNextDocument) {
          this.yaml = { explicit: _Directives.defaultYaml.explicit, version: "1.1" };
          this.tags = Object.assign({}, _Directives.defaultTags);
          this.atNextDocument = false;
        }
        const parts2 = line.trim().split(/[ \t]+/);
        const name = parts2.shift();
        switch (name) {
          case "%TAG": {
            if (parts2.length !== 2) {
              onError(0, "%TAG directive should contain exactly two parts");
              if (parts2.length < 2)
                return false;
            }
            const [handle, prefix3] = parts2;
            this.tags[handle] = prefix3;
            return true;
          }
          case "%YAML": {
            this.yaml.explicit = true;
            if (parts2.length !== 1) {
              onError(0, "%YAML directive should contain exactly one part");
              return false;
            }
            const [version] = parts2;
            if (version === "1.1" || version === "1.2") {
              this.yaml.version = version;
              return true;
            } else {
              const isValid = /^\d+\.\d+$/.test(version);
              onError(6, `Unsupported YAML version ${version}`, isValid);
              return false;
            }
          }
          default:
            onError(0, `Unknown directive ${name}`, true);
            return false;
        }
      }
      /**
       * Resolves a tag, matching handles to those defined in %TAG directives.
       *
       * @returns Resolved tag, which may also be the non-specific tag `'!'` or a
       *   `'!local'` tag, or `null` if unresolvable.
       */
      tagName(source, onError) {
        if (source === "!")
          return "!";
        if (source[0] !== "!") {
          onError(`Not a valid tag: ${source}`);
          return null;
        }
        if (source[1] === "<") {
          const verbatim = source.slice(2, -1);
          if (verbatim === "!" || verbatim === "!!") {
            onError(`Verbatim tags aren't resolved, so ${source} is invalid.`);
            return null;
          }
          if (source[source.length - 1] !== ">")
            onError("Verbatim tags must end with a >");
          return verbatim;
        }
        const [, handle, suffix] = source.match(/^(.*!)([^!]*)$/s);
        if (!suffix)
          onError(`The ${source} tag has no suffix`);
        const prefix3 = this.tags[handle];
        if (prefix3) {
          try {
            return prefix3 + decodeURIComponent(suffix);
          } catch (error) {
            onError(String(error));
            return null;
          }
        }
        if (handle === "!")
          return source;
        onError(`Could not resolve tag: ${source}`);
        return null;
      }
      /**
       * Given a fully resolved tag, returns its printable string form,
       * taking into account current tag prefixes and defaults.
       */
      tagString(tag2) {
        for (const [handle, prefix3] of Object.entries(this.tags)) {
          if (tag2.startsWith(prefix3))
            return handle + escapeTagName(tag2.substring(prefix3.length));
        }
        return tag2[0] === "!" ? tag2 : `!<${tag2}>`;
      }
      toString(doc) {
        const lines = this.yaml.explicit ? [`%YAML ${this.yaml.version || "1.2"}`] : [];
        const tagEntries = Object.entries(this.tags);
        let tagNames;
        if (doc && tagEntries.length > 0 && identity.isNode(doc.contents)) {
          const tags2 = {};
          visit.visit(doc.contents, (_key, node) => {
            if (identity.isNode(node) && node.tag)
              tags2[node.tag] = true;
          });
          tagNames = Object.keys(tags2);
        } else
          tagNames = [];
        for (const [handle, prefix3] of tagEntries) {
          if (handle === "!!" && prefix3 === "tag:yaml.org,2002:")
            continue;
          if (!doc || tagNames.some((tn) => tn.startsWith(prefix3)))
            lines.push(`%TAG ${handle} ${prefix3}`);
        }
        return lines.join("\n");
      }
    };
    Directives.defaultYaml = { explicit: false, version: "1.2" };
    Directives.defaultTags = { "!!": "tag:yaml.org,2002:" };
    exports.Directives = Directives;
  }
});

// node_modules/yaml/dist/doc/anchors.js
var require_anchors = __commonJS({
  "node_modules/yaml/dist/doc/anchors.js"(exports) {
    "use strict";
    var identity = require_identity();
    var visit = require_visit();
    function anchorIsValid(anchor) {
      if (/[\x00-\x19\s,[\]{}]/.test(anchor)) {
        const sa = JSON.stringify(anchor);
        const msg = `Anchor must not contain whitespace or control characters: ${sa}`;
        throw new Error(msg);
      }
      return true;
    }
    function anchorNames(root) {
      const anchors = /* @__PURE__ */ new Set();
      visit.visit(root, {
        Value(_key, node) {
          if (node.anchor)
            anchors.add(node.anchor);
        }
      });
      return anchors;
    }
    function findNewAnchor(prefix3, exclude) {
      for (let i = 1; true; ++i) {
        const name = `${prefix3}${i}`;
        if (!exclude.has(name))
          return name;
      }
    }
    function createNodeAnchors(doc, prefix3) {
      const aliasObjects = [];
      const sourceObjects = /* @__PURE__ */ new Map();
      let prevAnchors = null;
      return {
        onAnchor: (source) => {
          aliasObjects.push(source);
          prevAnchors ?? (prevAnchors = anchorNames(doc));
          const anchor = findNewAnchor(prefix3, prevAnchors);
          prevAnchors.add(anchor);
          return anchor;
        },
        /**
         * With circular references, the source node is only resolved after all
         * of its child nodes are. This is why anchors are set only after all of
         * the nodes have been created.
         */
        setAnchors: () => {
          for (const source of aliasObjects) {
            const ref = sourceObjects.get(source);
            if (typeof ref === "object" && ref.anchor && (identity.isScalar(ref.node) || identity.isCollection(ref.node))) {
              ref.node.anchor = ref.anchor;
            } else {
              const error = new Error("Failed to resolve repeated object (this should not happen)");
              error.source = source;
              throw error;
            }
          }
        },
        sourceObjects
      };
    }
    exports.anchorIsValid = anchorIsValid;
    exports.anchorNames = anchorNames;
    exports.createNodeAnchors = createNodeAnchors;
    exports.findNewAnchor = findNewAnchor;
  }
});

// node_modules/yaml/dist/doc/applyReviver.js
var require_applyReviver = __commonJS({
  "node_modules/yaml/dist/doc/applyReviver.js"(exports) {
    "use strict";
    function applyReviver(reviver, obj, key, val) {
      if (val && typeof val === "object") {
        if (Array.isArray(val)) {
          for (let i = 0, len = val.length; i < len; ++i) {
            const v0 = val[i];
            const v1 = applyReviver(reviver, val, String(i), v0);
            if (v1 === void 0)
              delete val[i];
            else if (v1 !== v0)
              val[i] = v1;
          }
        } else if (val instanceof Map) {
          for (const k of Array.from(val.keys())) {
            const v0 = val.get(k);
            const v1 = applyReviver(reviver, val, k, v0);
            if (v1 === void 0)
              val.delete(k);
            else if (v1 !== v0)
              val.set(k, v1);
          }
        } else if (val instanceof Set) {
          for (const v0 of Array.from(val)) {
            const v1 = applyReviver(reviver, val, v0, v0);
            if (v1 === void 0)
              val.delete(v0);
            else if (v1 !== v0) {
              val.delete(v0);
              val.add(v1);
            }
          }
        } else {
          for (const [k, v0] of Object.entries(val)) {
            const v1 = applyReviver(reviver, val, k, v0);
            if (v1 === void 0)
              delete val[k];
            else if (v1 !== v0)
              val[k] = v1;
          }
        }
      }
      return reviver.call(obj, key, val);
    }
    exports.applyReviver = applyReviver;
  }
});

// node_modules/yaml/dist/nodes/toJS.js
var require_toJS = __commonJS({
  "node_modules/yaml/dist/nodes/toJS.js"(exports) {
    "use strict";
    var identity = require_identity();
    function toJS(value, arg, ctx) {
      if (Array.isArray(value))
        return value.map((v, i) => toJS(v, String(i), ctx));
      if (value && typeof value.toJSON === "function") {
        if (!ctx || !identity.hasAnchor(value))
          return value.toJSON(arg, ctx);
        const data = { aliasCount: 0, count: 1, res: void 0 };
        ctx.anchors.set(value, data);
        ctx.onCreate = (res2) => {
          data.res = res2;
          delete ctx.onCreate;
        };
        const res = value.toJSON(arg, ctx);
        if (ctx.onCreate)
          ctx.onCreate(res);
        return res;
      }
      if (typeof value === "bigint" && !ctx?.keep)
        return Number(value);
      return value;
    }
    exports.toJS = toJS;
  }
});

// node_modules/yaml/dist/nodes/Node.js
var require_Node = __commonJS({
  "node_modules/yaml/dist/nodes/Node.js"(exports) {
    "use strict";
    var applyReviver = require_applyReviver();
    var identity = require_identity();
    var toJS = require_toJS();
    var NodeBase = class {
      constructor(type) {
        Object.defineProperty(this, identity.NODE_TYPE, { value: type });
      }
      /** Create a copy of this node.  */
      clone() {
        const copy2 = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
        if (this.range)
          copy2.range = this.range.slice();
        return copy2;
      }
      /** A plain JavaScript representation of this node. */
      toJS(doc, { mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
        if (!identity.isDocument(doc))
          throw new TypeError("A document argument is required");
        const ctx = {
          anchors: /* @__PURE__ */ new Map(),
          doc,
          keep: true,
          mapAsMap: mapAsMap === true,
          mapKeyWarned: false,
          maxAliasCount: typeof maxAliasCount === "number" ? maxAliasCount : 100
        };
        const res = toJS.toJS(this, "", ctx);
        if (typeof onAnchor === "function")
          for (const { count, res: res2 } of ctx.anchors.values())
            onAnchor(res2, count);
        return typeof reviver === "function" ? applyReviver.applyReviver(reviver, { "": res }, "", res) : res;
      }
    };
    exports.NodeBase = NodeBase;
  }
});

// node_modules/yaml/dist/nodes/Alias.js
var require_Alias = __commonJS({
  "node_modules/yaml/dist/nodes/Alias.js"(exports) {
    "use strict";
    var anchors = require_anchors();
    var visit = require_visit();
    var identity = require_identity();
    var Node = require_Node();
    var toJS = require_toJS();
    var Alias = class extends Node.NodeBase {
      constructor(source) {
        super(identity.ALIAS);
        this.source = source;
        Object.defineProperty(this, "tag", {
          set() {
            throw new Error("Alias nodes cannot have tags");
          }
        });
      }
      /**
       * Resolve the value of this alias within `doc`, finding the last
       * instance of the `source` anchor before this node.
       */
      resolve(doc, ctx) {
        if (ctx?.maxAliasCount === 0)
          throw new ReferenceError("Alias resolution is disabled");
        let nodes;
        if (ctx?.aliasResolveCache) {
          nodes = ctx.aliasResolveCache;
        } else {
          nodes = [];
          visit.visit(doc, {
            Node: (_key, node) => {
              if (identity.isAlias(node) || identity.hasAnchor(node))
                nodes.push(node);
            }
          });
          if (ctx)
            ctx.aliasResolveCache = nodes;
        }
        let found = void 0;
        for (const node of nodes) {
          if (node === this)
            break;
          if (node.anchor === this.source)
            found = node;
        }
        if (found && ctx) {
          const { anchors: anchors2, doc: doc2, maxAliasCount } = ctx;
          let data = anchors2.get(found);
          if (!data) {
            toJS.toJS(found, null, ctx);
            data = anchors2.get(found);
          }
          if (data?.res === void 0) {
            const msg = "This should not happen: Alias anchor was not resolved?";
            throw new ReferenceError(msg);
          }
          if (maxAliasCount >= 0) {
            data.count += 1;
            if (data.aliasCount === 0)
              data.aliasCount = getAliasCount(doc2, found, anchors2);
            if (data.count * data.aliasCount > maxAliasCount) {
              const msg = "Excessive alias count indicates a resource exhaustion attack";
              throw new ReferenceError(msg);
            }
          }
        }
        return found;
      }
      toJSON(_arg, ctx) {
        if (!ctx)
          return { source: this.source };
        const source = this.resolve(ctx.doc, ctx);
        if (!source) {
          const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
          throw new ReferenceError(msg);
        }
        return ctx.anchors.get(source).res;
      }
      toString(ctx, _onComment, _onChompKeep) {
        const src = `*${this.source}`;
        if (ctx) {
          anchors.anchorIsValid(this.source);
          if (ctx.options.verifyAliasOrder && !ctx.anchors.has(this.source)) {
            const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
            throw new Error(msg);
          }
          if (ctx.implicitKey)
            return `${src} `;
        }
        return src;
      }
    };
    function getAliasCount(doc, node, anchors2) {
      if (identity.isAlias(node)) {
        const source = node.resolve(doc);
        const anchor = anchors2 && source && anchors2.get(source);
        return anchor ? anchor.count * anchor.aliasCount : 0;
      } else if (identity.isCollection(node)) {
        let count = 0;
        for (const item of node.items) {
          const c = getAliasCount(doc, item, anchors2);
          if (c > count)
            count = c;
        }
        return count;
      } else if (identity.isPair(node)) {
        const kc = getAliasCount(doc, node.key, anchors2);
        const vc = getAliasCount(doc, node.value, anchors2);
        return Math.max(kc, vc);
      }
      return 1;
    }
    exports.Alias = Alias;
  }
});

// node_modules/yaml/dist/nodes/Scalar.js
var require_Scalar = __commonJS({
  "node_modules/yaml/dist/nodes/Scalar.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Node = require_Node();
    var toJS = require_toJS();
    var isScalarValue = (value) => !value || typeof value !== "function" && typeof value !== "object";
    var Scalar = class extends Node.NodeBase {
      constructor(value) {
        super(identity.SCALAR);
        this.value = value;
      }
      toJSON(arg, ctx) {
        return ctx?.keep ? this.value : toJS.toJS(this.value, arg, ctx);
      }
      toString() {
        return String(this.value);
      }
    };
    Scalar.BLOCK_FOLDED = "BLOCK_FOLDED";
    Scalar.BLOCK_LITERAL = "BLOCK_LITERAL";
    Scalar.PLAIN = "PLAIN";
    Scalar.QUOTE_DOUBLE = "QUOTE_DOUBLE";
    Scalar.QUOTE_SINGLE = "QUOTE_SINGLE";
    exports.Scalar = Scalar;
    exports.isScalarValue = isScalarValue;
  }
});

// node_modules/yaml/dist/doc/createNode.js
var require_createNode = __commonJS({
  "node_modules/yaml/dist/doc/createNode.js"(exports) {
    "use strict";
    var Alias = require_Alias();
    var identity = require_identity();
    var Scalar = require_Scalar();
    var defaultTagPrefix = "tag:yaml.org,2002:";
    function findTagObject(value, tagName, tags2) {
      if (tagName) {
        const match = tags2.filter((t) => t.tag === tagName);
        const tagObj = match.find((t) => !t.format) ?? match[0];
        if (!tagObj)
          throw new Error(`Tag ${tagName} not found`);
        return tagObj;
      }
      return tags2.find((t) => t.identify?.(value) && !t.format);
    }
    function createNode(value, tagName, ctx) {
      if (identity.isDocument(value))
        value = value.contents;
      if (identity.isNode(value))
        return value;
      if (identity.isPair(value)) {
        const map = ctx.schema[identity.MAP].createNode?.(ctx.schema, null, ctx);
        map.items.push(value);
        return map;
      }
      if (value instanceof String || value instanceof Number || value instanceof Boolean || typeof BigInt !== "undefined" && value instanceof BigInt) {
        value = value.valueOf();
      }
      const { aliasDuplicateObjects, onAnchor, onTagObj, schema, sourceObjects } = ctx;
      let ref = void 0;
      if (aliasDuplicateObjects && value && typeof value === "object") {
        ref = sourceObjects.get(value);
        if (ref) {
          ref.anchor ?? (ref.anchor = onAnchor(value));
          return new Alias.Alias(ref.anchor);
        } else {
          ref = { anchor: null, node: null };
          sourceObjects.set(value, ref);
        }
      }
      if (tagName?.startsWith("!!"))
        tagName = defaultTagPrefix + tagName.slice(2);
      let tagObj = findTagObject(value, tagName, schema.tags);
      if (!tagObj) {
        if (value && typeof value.toJSON === "function") {
          value = value.toJSON();
        }
        if (!value || typeof value !== "object") {
          const node2 = new Scalar.Scalar(value);
          if (ref)
            ref.node = node2;
          return node2;
        }
        tagObj = value instanceof Map ? schema[identity.MAP] : Symbol.iterator in Object(value) ? schema[identity.SEQ] : schema[identity.MAP];
      }
      if (onTagObj) {
        onTagObj(tagObj);
        delete ctx.onTagObj;
      }
      const node = tagObj?.createNode ? tagObj.createNode(ctx.schema, value, ctx) : typeof tagObj?.nodeClass?.from === "function" ? tagObj.nodeClass.from(ctx.schema, value, ctx) : new Scalar.Scalar(value);
      if (tagName)
        node.tag = tagName;
      else if (!tagObj.default)
        node.tag = tagObj.tag;
      if (ref)
        ref.node = node;
      return node;
    }
    exports.createNode = createNode;
  }
});

// node_modules/yaml/dist/nodes/Collection.js
var require_Collection = __commonJS({
  "node_modules/yaml/dist/nodes/Collection.js"(exports) {
    "use strict";
    var createNode = require_createNode();
    var identity = require_identity();
    var Node = require_Node();
    function collectionFromPath(schema, path, value) {
      let v = value;
      for (let i = path.length - 1; i >= 0; --i) {
        const k = path[i];
        if (typeof k === "number" && Number.isInteger(k) && k >= 0) {
          const a = [];
          a[k] = v;
          v = a;
        } else {
          v = /* @__PURE__ */ new Map([[k, v]]);
        }
      }
      return createNode.createNode(v, void 0, {
        aliasDuplicateObjects: false,
        keepUndefined: false,
        onAnchor: () => {
          throw new Error("This should not happen, please report a bug.");
        },
        schema,
        sourceObjects: /* @__PURE__ */ new Map()
      });
    }
    var isEmptyPath = (path) => path == null || typeof path === "object" && !!path[Symbol.iterator]().next().done;
    var Collection = class extends Node.NodeBase {
      constructor(type, schema) {
        super(type);
        Object.defineProperty(this, "schema", {
          value: schema,
          configurable: true,
          enumerable: false,
          writable: true
        });
      }
      /**
       * Create a copy of this collection.
       *
       * @param schema - If defined, overwrites the original's schema
       */
      clone(schema) {
        const copy2 = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
        if (schema)
          copy2.schema = schema;
        copy2.items = copy2.items.map((it) => identity.isNode(it) || identity.isPair(it) ? it.clone(schema) : it);
        if (this.range)
          copy2.range = this.range.slice();
        return copy2;
      }
      /**
       * Adds a value to the collection. For `!!map` and `!!omap` the value must
       * be a Pair instance or a `{ key, value }` object, which may not have a key
       * that already exists in the map.
       */
      addIn(path, value) {
        if (isEmptyPath(path))
          this.add(value);
        else {
          const [key, ...rest] = path;
          const node = this.get(key, true);
          if (identity.isCollection(node))
            node.addIn(rest, value);
          else if (node === void 0 && this.schema)
            this.set(key, collectionFromPath(this.schema, rest, value));
          else
            throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
        }
      }
      /**
       * Removes a value from the collection.
       * @returns `true` if the item was found and removed.
       */
      deleteIn(path) {
        const [key, ...rest] = path;
        if (rest.length === 0)
          return this.delete(key);
        const node = this.get(key, true);
        if (identity.isCollection(node))
          return node.deleteIn(rest);
        else
          throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
      }
      /**
       * Returns item at `key`, or `undefined` if not found. By default unwraps
       * scalar values from their surrounding node; to disable set `keepScalar` to
       * `true` (collections are always returned intact).
       */
      getIn(path, keepScalar) {
        const [key, ...rest] = path;
        const node = this.get(key, true);
        if (rest.length === 0)
          return !keepScalar && identity.isScalar(node) ? node.value : node;
        else
          return identity.isCollection(node) ? node.getIn(rest, keepScalar) : void 0;
      }
      hasAllNullValues(allowScalar) {
        return this.items.every((node) => {
          if (!identity.isPair(node))
            return false;
          const n = node.value;
          return n == null || allowScalar && identity.isScalar(n) && n.value == null && !n.commentBefore && !n.comment && !n.tag;
        });
      }
      /**
       * Checks if the collection includes a value with the key `key`.
       */
      hasIn(path) {
        const [key, ...rest] = path;
        if (rest.length === 0)
          return this.has(key);
        const node = this.get(key, true);
        return identity.isCollection(node) ? node.hasIn(rest) : false;
      }
      /**
       * Sets a value in this collection. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       */
      setIn(path, value) {
        const [key, ...rest] = path;
        if (rest.length === 0) {
          this.set(key, value);
        } else {
          const node = this.get(key, true);
          if (identity.isCollection(node))
            node.setIn(rest, value);
          else if (node === void 0 && this.schema)
            this.set(key, collectionFromPath(this.schema, rest, value));
          else
            throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
        }
      }
    };
    exports.Collection = Collection;
    exports.collectionFromPath = collectionFromPath;
    exports.isEmptyPath = isEmptyPath;
  }
});

// node_modules/yaml/dist/stringify/stringifyComment.js
var require_stringifyComment = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyComment.js"(exports) {
    "use strict";
    var stringifyComment = (str) => str.replace(/^(?!$)(?: $)?/gm, "#");
    function indentComment(comment, indent) {
      if (/^\n+$/.test(comment))
        return comment.substring(1);
      return indent ? comment.replace(/^(?! *$)/gm, indent) : comment;
    }
    var lineComment = (str, indent, comment) => str.endsWith("\n") ? indentComment(comment, indent) : comment.includes("\n") ? "\n" + indentComment(comment, indent) : (str.endsWith(" ") ? "" : " ") + comment;
    exports.indentComment = indentComment;
    exports.lineComment = lineComment;
    exports.stringifyComment = stringifyComment;
  }
});

// node_modules/yaml/dist/stringify/foldFlowLines.js
var require_foldFlowLines = __commonJS({
  "node_modules/yaml/dist/stringify/foldFlowLines.js"(exports) {
    "use strict";
    var FOLD_FLOW = "flow";
    var FOLD_BLOCK = "block";
    var FOLD_QUOTED = "quoted";
    function foldFlowLines(text2, indent, mode = "flow", { indentAtStart, lineWidth = 80, minContentWidth = 20, onFold, onOverflow } = {}) {
      if (!lineWidth || lineWidth < 0)
        return text2;
      if (lineWidth < minContentWidth)
        minContentWidth = 0;
      const endStep = Math.max(1 + minContentWidth, 1 + lineWidth - indent.length);
      if (text2.length <= endStep)
        return text2;
      const folds = [];
      const escapedFolds = {};
      let end = lineWidth - indent.length;
      if (typeof indentAtStart === "number") {
        if (indentAtStart > lineWidth - Math.max(2, minContentWidth))
          folds.push(0);
        else
          end = lineWidth - indentAtStart;
      }
      let split2 = void 0;
      let prev = void 0;
      let overflow = false;
      let i = -1;
      let escStart = -1;
      let escEnd = -1;
      if (mode === FOLD_BLOCK) {
        i = consumeMoreIndentedLines(text2, i, indent.length);
        if (i !== -1)
          end = i + endStep;
      }
      for (let ch; ch = text2[i += 1]; ) {
        if (mode === FOLD_QUOTED && ch === "\\") {
          escStart = i;
          switch (text2[i + 1]) {
            case "x":
              i += 3;
              break;
            case "u":
              i += 5;
              break;
            case "U":
              i += 9;
              break;
            default:
              i += 1;
          }
          escEnd = i;
        }
        if (ch === "\n") {
          if (mode === FOLD_BLOCK)
            i = consumeMoreIndentedLines(text2, i, indent.length);
          end = i + indent.length + endStep;
          split2 = void 0;
        } else {
          if (ch === " " && prev && prev !== " " && prev !== "\n" && prev !== "	") {
            const next = text2[i + 1];
            if (next && next !== " " && next !== "\n" && next !== "	")
              split2 = i;
          }
          if (i >= end) {
            if (split2) {
              folds.push(split2);
              end = split2 + endStep;
              split2 = void 0;
            } else if (mode === FOLD_QUOTED) {
              while (prev === " " || prev === "	") {
                prev = ch;
                ch = text2[i += 1];
                overflow = true;
              }
              const j = i > escEnd + 1 ? i - 2 : escStart - 1;
              if (escapedFolds[j])
                return text2;
              folds.push(j);
              escapedFolds[j] = true;
              end = j + endStep;
              split2 = void 0;
            } else {
              overflow = true;
            }
          }
        }
        prev = ch;
      }
      if (overflow && onOverflow)
        onOverflow();
      if (folds.length === 0)
        return text2;
      if (onFold)
        onFold();
      let res = text2.slice(0, folds[0]);
      for (let i2 = 0; i2 < folds.length; ++i2) {
        const fold = folds[i2];
        const end2 = folds[i2 + 1] || text2.length;
        if (fold === 0)
          res = `
${indent}${text2.slice(0, end2)}`;
        else {
          if (mode === FOLD_QUOTED && escapedFolds[fold])
            res += `${text2[fold]}\\`;
          res += `
${indent}${text2.slice(fold + 1, end2)}`;
        }
      }
      return res;
    }
    function consumeMoreIndentedLines(text2, i, indent) {
      let end = i;
      let start2 = i + 1;
      let ch = text2[start2];
      while (ch === " " || ch === "	") {
        if (i < start2 + indent) {
          ch = text2[++i];
        } else {
          do {
            ch = text2[++i];
          } while (ch && ch !== "\n");
          end = i;
          start2 = i + 1;
          ch = text2[start2];
        }
      }
      return end;
    }
    exports.FOLD_BLOCK = FOLD_BLOCK;
    exports.FOLD_FLOW = FOLD_FLOW;
    exports.FOLD_QUOTED = FOLD_QUOTED;
    exports.foldFlowLines = foldFlowLines;
  }
});

// node_modules/yaml/dist/stringify/stringifyString.js
var require_stringifyString = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyString.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    var foldFlowLines = require_foldFlowLines();
    var getFoldOptions = (ctx, isBlock) => ({
      indentAtStart: isBlock ? ctx.indent.length : ctx.indentAtStart,
      lineWidth: ctx.options.lineWidth,
      minContentWidth: ctx.options.minContentWidth
    });
    var containsDocumentMarker = (str) => /^(%|---|\.\.\.)/m.test(str);
    function lineLengthOverLimit(str, lineWidth, indentLength) {
      if (!lineWidth || lineWidth < 0)
        return false;
      const limit = lineWidth - indentLength;
      const strLen = str.length;
      if (strLen <= limit)
        return false;
      for (let i = 0, start2 = 0; i < strLen; ++i) {
        if (str[i] === "\n") {
          if (i - start2 > limit)
            return true;
          start2 = i + 1;
          if (strLen - start2 <= limit)
            return false;
        }
      }
      return true;
    }
    function doubleQuotedString(value, ctx) {
      const json2 = JSON.stringify(value);
      if (ctx.options.doubleQuotedAsJSON)
        return json2;
      const { implicitKey } = ctx;
      const minMultiLineLength = ctx.options.doubleQuotedMinMultiLineLength;
      const indent = ctx.indent || (containsDocumentMarker(value) ? "  " : "");
      let str = "";
      let start2 = 0;
      for (let i = 0, ch = json2[i]; ch; ch = json2[++i]) {
        if (ch === " " && json2[i + 1] === "\\" && json2[i + 2] === "n") {
          str += json2.slice(start2, i) + "\\ ";
          i += 1;
          start2 = i;
          ch = "\\";
        }
        if (ch === "\\")
          switch (json2[i + 1]) {
            case "u":
              {
                str += json2.slice(start2, i);
                const code = json2.substr(i + 2, 4);
                switch (code) {
                  case "0000":
                    str += "\\0";
                    break;
                  case "0007":
                    str += "\\a";
                    break;
                  case "000b":
                    str += "\\v";
                    break;
                  case "001b":
                    str += "\\e";
                    break;
                  case "0085":
                    str += "\\N";
                    break;
                  case "00a0":
                    str += "\\_";
                    break;
                  case "2028":
                    str += "\\L";
                    break;
                  case "2029":
                    str += "\\P";
                    break;
                  default:
                    if (code.substr(0, 2) === "00")
                      str += "\\x" + code.substr(2);
                    else
                      str += json2.substr(i, 6);
                }
                i += 5;
                start2 = i + 1;
              }
              break;
            case "n":
              if (implicitKey || json2[i + 2] === '"' || json2.length < minMultiLineLength) {
                i += 1;
              } else {
                str += json2.slice(start2, i) + "\n\n";
                while (json2[i + 2] === "\\" && json2[i + 3] === "n" && json2[i + 4] !== '"') {
                  str += "\n";
                  i += 2;
                }
                str += indent;
                if (json2[i + 2] === " ")
                  str += "\\";
                i += 1;
                start2 = i + 1;
              }
              break;
            default:
              i += 1;
          }
      }
      str = start2 ? str + json2.slice(start2) : json2;
      return implicitKey ? str : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_QUOTED, getFoldOptions(ctx, false));
    }
    function singleQuotedString(value, ctx) {
      if (ctx.options.singleQuote === false || ctx.implicitKey && value.includes("\n") || /[ \t]\n|\n[ \t]/.test(value))
        return doubleQuotedString(value, ctx);
      const indent = ctx.indent || (containsDocumentMarker(value) ? "  " : "");
      const res = "'" + value.replace(/'/g, "''").replace(/\n+/g, `$&
${indent}`) + "'";
      return ctx.implicitKey ? res : foldFlowLines.foldFlowLines(res, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
    }
    function quotedString(value, ctx) {
      const { singleQuote } = ctx.options;
      let qs;
      if (singleQuote === false)
        qs = doubleQuotedString;
      else {
        const hasDouble = value.includes('"');
        const hasSingle = value.includes("'");
        if (hasDouble && !hasSingle)
          qs = singleQuotedString;
        else if (hasSingle && !hasDouble)
          qs = doubleQuotedString;
        else
          qs = singleQuote ? singleQuotedString : doubleQuotedString;
      }
      return qs(value, ctx);
    }
    var blockEndNewlines;
    try {
      blockEndNewlines = new RegExp("(^|(?<!\n))\n+(?!\n|$)", "g");
    } catch {
      blockEndNewlines = /\n+(?!\n|$)/g;
    }
    function blockString({ comment, type, value }, ctx, onComment, onChompKeep) {
      const { blockQuote, commentString, lineWidth } = ctx.options;
      if (!blockQuote || /\n[\t ]+$/.test(value)) {
        return quotedString(value, ctx);
      }
      const indent = ctx.indent || (ctx.forceBlockIndent || containsDocumentMarker(value) ? "  " : "");
      const literal2 = blockQuote === "literal" ? true : blockQuote === "folded" || type === Scalar.Scalar.BLOCK_FOLDED ? false : type === Scalar.Scalar.BLOCK_LITERAL ? true : !lineLengthOverLimit(value, lineWidth, indent.length);
      if (!value)
        return literal2 ? "|\n" : ">\n";
      let chomp;
      let endStart;
      for (endStart = value.length; endStart > 0; --endStart) {
        const ch = value[endStart - 1];
        if (ch !== "\n" && ch !== "	" && ch !== " ")
          break;
      }
      let end = value.substring(endStart);
      const endNlPos = end.indexOf("\n");
      if (endNlPos === -1) {
        chomp = "-";
      } else if (value === end || endNlPos !== end.length - 1) {
        chomp = "+";
        if (onChompKeep)
          onChompKeep();
      } else {
        chomp = "";
      }
      if (end) {
        value = value.slice(0, -end.length);
        if (end[end.length - 1] === "\n")
          end = end.slice(0, -1);
        end = end.replace(blockEndNewlines, `$&${indent}`);
      }
      let startWithSpace = false;
      let startEnd;
      let startNlPos = -1;
      for (startEnd = 0; startEnd < value.length; ++startEnd) {
        const ch = value[startEnd];
        if (ch === " ")
          startWithSpace = true;
        else if (ch === "\n")
          startNlPos = startEnd;
        else
          break;
      }
      let start2 = value.substring(0, startNlPos < startEnd ? startNlPos + 1 : startEnd);
      if (start2) {
        value = value.substring(start2.length);
        start2 = start2.replace(/\n+/g, `$&${indent}`);
      }
      const indentSize = indent ? "2" : "1";
      let header = (startWithSpace ? indentSize : "") + chomp;
      if (comment) {
        header += " " + commentString(comment.replace(/ ?[\r\n]+/g, " "));
        if (onComment)
          onComment();
      }
      if (!literal2) {
        const foldedValue = value.replace(/\n+/g, "\n$&").replace(/(?:^|\n)([\t ].*)(?:([\n\t ]*)\n(?![\n\t ]))?/g, "$1$2").replace(/\n+/g, `$&${indent}`);
        let literalFallback = false;
        const foldOptions = getFoldOptions(ctx, true);
        if (blockQuote !== "folded" && type !== Scalar.Scalar.BLOCK_FOLDED) {
          foldOptions.onOverflow = () => {
            literalFallback = true;
          };
        }
        const body = foldFlowLines.foldFlowLines(`${start2}${foldedValue}${end}`, indent, foldFlowLines.FOLD_BLOCK, foldOptions);
        if (!literalFallback)
          return `>${header}
${indent}${body}`;
      }
      value = value.replace(/\n+/g, `$&${indent}`);
      return `|${header}
${indent}${start2}${value}${end}`;
    }
    function plainString(item, ctx, onComment, onChompKeep) {
      const { type, value } = item;
      const { actualString, implicitKey, indent, indentStep, inFlow } = ctx;
      if (implicitKey && value.includes("\n") || inFlow && /[[\]{},]/.test(value)) {
        return quotedString(value, ctx);
      }
      if (/^[\n\t ,[\]{}#&*!|>'"%@`]|^[?-]$|^[?-][ \t]|[\n:][ \t]|[ \t]\n|[\n\t ]#|[\n\t :]$/.test(value)) {
        return implicitKey || inFlow || !value.includes("\n") ? quotedString(value, ctx) : blockString(item, ctx, onComment, onChompKeep);
      }
      if (!implicitKey && !inFlow && type !== Scalar.Scalar.PLAIN && value.includes("\n")) {
        return blockString(item, ctx, onComment, onChompKeep);
      }
      if (containsDocumentMarker(value)) {
        if (indent === "") {
          ctx.forceBlockIndent = true;
          return blockString(item, ctx, onComment, onChompKeep);
        } else if (implicitKey && indent === indentStep) {
          return quotedString(value, ctx);
        }
      }
      const str = value.replace(/\n+/g, `$&
${indent}`);
      if (actualString) {
        const test = (tag2) => tag2.default && tag2.tag !== "tag:yaml.org,2002:str" && tag2.test?.test(str);
        const { compat, tags: tags2 } = ctx.doc.schema;
        if (tags2.some(test) || compat?.some(test))
          return quotedString(value, ctx);
      }
      return implicitKey ? str : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
    }
    function stringifyString(item, ctx, onComment, onChompKeep) {
      const { implicitKey, inFlow } = ctx;
      const ss = typeof item.value === "string" ? item : Object.assign({}, item, { value: String(item.value) });
      let { type } = item;
      if (type !== Scalar.Scalar.QUOTE_DOUBLE) {
        if (/[\x00-\x08\x0b-\x1f\x7f-\x9f\u{D800}-\u{DFFF}]/u.test(ss.value))
          type = Scalar.Scalar.QUOTE_DOUBLE;
      }
      const _stringify = (_type) => {
        switch (_type) {
          case Scalar.Scalar.BLOCK_FOLDED:
          case Scalar.Scalar.BLOCK_LITERAL:
            return implicitKey || inFlow ? quotedString(ss.value, ctx) : blockString(ss, ctx, onComment, onChompKeep);
          case Scalar.Scalar.QUOTE_DOUBLE:
            return doubleQuotedString(ss.value, ctx);
          case Scalar.Scalar.QUOTE_SINGLE:
            return singleQuotedString(ss.value, ctx);
          case Scalar.Scalar.PLAIN:
            return plainString(ss, ctx, onComment, onChompKeep);
          default:
            return null;
        }
      };
      let res = _stringify(type);
      if (res === null) {
        const { defaultKeyType, defaultStringType } = ctx.options;
        const t = implicitKey && defaultKeyType || defaultStringType;
        res = _stringify(t);
        if (res === null)
          throw new Error(`Unsupported default string type ${t}`);
      }
      return res;
    }
    exports.stringifyString = stringifyString;
  }
});

// node_modules/yaml/dist/stringify/stringify.js
var require_stringify = __commonJS({
  "node_modules/yaml/dist/stringify/stringify.js"(exports) {
    "use strict";
    var anchors = require_anchors();
    var identity = require_identity();
    var stringifyComment = require_stringifyComment();
    var stringifyString = require_stringifyString();
    function createStringifyContext(doc, options) {
      const opt = Object.assign({
        blockQuote: true,
        commentString: stringifyComment.stringifyComment,
        defaultKeyType: null,
        defaultStringType: "PLAIN",
        directives: null,
        doubleQuotedAsJSON: false,
        doubleQuotedMinMultiLineLength: 40,
        falseStr: "false",
        flowCollectionPadding: true,
        indentSeq: true,
        lineWidth: 80,
        minContentWidth: 20,
        nullStr: "null",
        simpleKeys: false,
        singleQuote: null,
        trailingComma: false,
        trueStr: "true",
        verifyAliasOrder: true
      }, doc.schema.toStringOptions, options);
      let inFlow;
      switch (opt.collectionStyle) {
        case "block":
          inFlow = false;
          break;
        case "flow":
          inFlow = true;
          break;
        default:
          inFlow = null;
      }
      return {
        anchors: /* @__PURE__ */ new Set(),
        doc,
        flowCollectionPadding: opt.flowCollectionPadding ? " " : "",
        indent: "",
        indentStep: typeof opt.indent === "number" ? " ".repeat(opt.indent) : "  ",
        inFlow,
        options: opt
      };
    }
    function getTagObject(tags2, item) {
      if (item.tag) {
        const match = tags2.filter((t) => t.tag === item.tag);
        if (match.length > 0)
          return match.find((t) => t.format === item.format) ?? match[0];
      }
      let tagObj = void 0;
      let obj;
      if (identity.isScalar(item)) {
        obj = item.value;
        let match = tags2.filter((t) => t.identify?.(obj));
        if (match.length > 1) {
          const testMatch = match.filter((t) => t.test);
          if (testMatch.length > 0)
            match = testMatch;
        }
        tagObj = match.find((t) => t.format === item.format) ?? match.find((t) => !t.format);
      } else {
        obj = item;
        tagObj = tags2.find((t) => t.nodeClass && obj instanceof t.nodeClass);
      }
      if (!tagObj) {
        const name = obj?.constructor?.name ?? (obj === null ? "null" : typeof obj);
        throw new Error(`Tag not resolved for ${name} value`);
      }
      return tagObj;
    }
    function stringifyProps(node, tagObj, { anchors: anchors$1, doc }) {
      if (!doc.directives)
        return "";
      const props = [];
      const anchor = (identity.isScalar(node) || identity.isCollection(node)) && node.anchor;
      if (anchor && anchors.anchorIsValid(anchor)) {
        anchors$1.add(anchor);
        props.push(`&${anchor}`);
      }
      const tag2 = node.tag ?? (tagObj.default ? null : tagObj.tag);
      if (tag2)
        props.push(doc.directives.tagString(tag2));
      return props.join(" ");
    }
    function stringify(item, ctx, onComment, onChompKeep) {
      if (identity.isPair(item))
        return item.toString(ctx, onComment, onChompKeep);
      if (identity.isAlias(item)) {
        if (ctx.doc.directives)
          return item.toString(ctx);
        if (ctx.resolvedAliases?.has(item)) {
          throw new TypeError(`Cannot stringify circular structure without alias nodes`);
        } else {
          if (ctx.resolvedAliases)
            ctx.resolvedAliases.add(item);
          else
            ctx.resolvedAliases = /* @__PURE__ */ new Set([item]);
          item = item.resolve(ctx.doc);
        }
      }
      let tagObj = void 0;
      const node = identity.isNode(item) ? item : ctx.doc.createNode(item, { onTagObj: (o) => tagObj = o });
      tagObj ?? (tagObj = getTagObject(ctx.doc.schema.tags, node));
      const props = stringifyProps(node, tagObj, ctx);
      if (props.length > 0)
        ctx.indentAtStart = (ctx.indentAtStart ?? 0) + props.length + 1;
      const str = typeof tagObj.stringify === "function" ? tagObj.stringify(node, ctx, onComment, onChompKeep) : identity.isScalar(node) ? stringifyString.stringifyString(node, ctx, onComment, onChompKeep) : node.toString(ctx, onComment, onChompKeep);
      if (!props)
        return str;
      return identity.isScalar(node) || str[0] === "{" || str[0] === "[" ? `${props} ${str}` : `${props}
${ctx.indent}${str}`;
    }
    exports.createStringifyContext = createStringifyContext;
    exports.stringify = stringify;
  }
});

// node_modules/yaml/dist/stringify/stringifyPair.js
var require_stringifyPair = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyPair.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Scalar = require_Scalar();
    var stringify = require_stringify();
    var stringifyComment = require_stringifyComment();
    function stringifyPair({ key, value }, ctx, onComment, onChompKeep) {
      const { allNullValues, doc, indent, indentStep, options: { commentString, indentSeq, simpleKeys } } = ctx;
      let keyComment = identity.isNode(key) && key.comment || null;
      if (simpleKeys) {
        if (keyComment) {
          throw new Error("With simple keys, key nodes cannot have comments");
        }
        if (identity.isCollection(key) || !identity.isNode(key) && typeof key === "object") {
          const msg = "With simple keys, collection cannot be used as a key value";
          throw new Error(msg);
        }
      }
      let explicitKey = !simpleKeys && (!key || keyComment && value == null && !ctx.inFlow || identity.isCollection(key) || (identity.isScalar(key) ? key.type === Scalar.Scalar.BLOCK_FOLDED || key.type === Scalar.Scalar.BLOCK_LITERAL : typeof key === "object"));
      ctx = Object.assign({}, ctx, {
        allNullValues: false,
        implicitKey: !explicitKey && (simpleKeys || !allNullValues),
        indent: indent + indentStep
      });
      let keyCommentDone = false;
      let chompKeep = false;
      let str = stringify.stringify(key, ctx, () => keyCommentDone = true, () => chompKeep = true);
      if (!explicitKey && !ctx.inFlow && str.length > 1024) {
        if (simpleKeys)
          throw new Error("With simple keys, single line scalar must not span more than 1024 characters");
        explicitKey = true;
      }
      if (ctx.inFlow) {
        if (allNullValues || value == null) {
          if (keyCommentDone && onComment)
            onComment();
          return str === "" ? "?" : explicitKey ? `? ${str}` : str;
        }
      } else if (allNullValues && !simpleKeys || value == null && explicitKey) {
        str = `? ${str}`;
        if (keyComment && !keyCommentDone) {
          str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
        } else if (chompKeep && onChompKeep)
          onChompKeep();
        return str;
      }
      if (keyCommentDone)
        keyComment = null;
      if (explicitKey) {
        if (keyComment)
          str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
        str = `? ${str}
${indent}:`;
      } else {
        str = `${str}:`;
        if (keyComment)
          str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
      }
      let vsb, vcb, valueComment;
      if (identity.isNode(value)) {
        vsb = !!value.spaceBefore;
        vcb = value.commentBefore;
        valueComment = value.comment;
      } else {
        vsb = false;
        vcb = null;
        valueComment = null;
        if (value && typeof value === "object")
          value = doc.createNode(value);
      }
      ctx.implicitKey = false;
      if (!explicitKey && !keyComment && identity.isScalar(value))
        ctx.indentAtStart = str.length + 1;
      chompKeep = false;
      if (!indentSeq && indentStep.length >= 2 && !ctx.inFlow && !explicitKey && identity.isSeq(value) && !value.flow && !value.tag && !value.anchor) {
        ctx.indent = ctx.indent.substring(2);
      }
      let valueCommentDone = false;
      const valueStr = stringify.stringify(value, ctx, () => valueCommentDone = true, () => chompKeep = true);
      let ws = " ";
      if (keyComment || vsb || vcb) {
        ws = vsb ? "\n" : "";
        if (vcb) {
          const cs = commentString(vcb);
          ws += `
${stringifyComment.indentComment(cs, ctx.indent)}`;
        }
        if (valueStr === "" && !ctx.inFlow) {
          if (ws === "\n" && valueComment)
            ws = "\n\n";
        } else {
          ws += `
${ctx.indent}`;
        }
      } else if (!explicitKey && identity.isCollection(value)) {
        const vs0 = valueStr[0];
        const nl0 = valueStr.indexOf("\n");
        const hasNewline = nl0 !== -1;
        const flow = ctx.inFlow ?? value.flow ?? value.items.length === 0;
        if (hasNewline || !flow) {
          let hasPropsLine = false;
          if (hasNewline && (vs0 === "&" || vs0 === "!")) {
            let sp0 = valueStr.indexOf(" ");
            if (vs0 === "&" && sp0 !== -1 && sp0 < nl0 && valueStr[sp0 + 1] === "!") {
              sp0 = valueStr.indexOf(" ", sp0 + 1);
            }
            if (sp0 === -1 || nl0 < sp0)
              hasPropsLine = true;
          }
          if (!hasPropsLine)
            ws = `
${ctx.indent}`;
        }
      } else if (valueStr === "" || valueStr[0] === "\n") {
        ws = "";
      }
      str += ws + valueStr;
      if (ctx.inFlow) {
        if (valueCommentDone && onComment)
          onComment();
      } else if (valueComment && !valueCommentDone) {
        str += stringifyComment.lineComment(str, ctx.indent, commentString(valueComment));
      } else if (chompKeep && onChompKeep) {
        onChompKeep();
      }
      return str;
    }
    exports.stringifyPair = stringifyPair;
  }
});

// node_modules/yaml/dist/log.js
var require_log = __commonJS({
  "node_modules/yaml/dist/log.js"(exports) {
    "use strict";
    var node_process = __require("process");
    function debug(logLevel, ...messages3) {
      if (logLevel === "debug")
        console.log(...messages3);
    }
    function warn(logLevel, warning) {
      if (logLevel === "debug" || logLevel === "warn") {
        if (typeof node_process.emitWarning === "function")
          node_process.emitWarning(warning);
        else
          console.warn(warning);
      }
    }
    exports.debug = debug;
    exports.warn = warn;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/merge.js
var require_merge = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/merge.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Scalar = require_Scalar();
    var MERGE_KEY = "<<";
    var merge = {
      identify: (value) => value === MERGE_KEY || typeof value === "symbol" && value.description === MERGE_KEY,
      default: "key",
      tag: "tag:yaml.org,2002:merge",
      test: /^<<$/,
      resolve: () => Object.assign(new Scalar.Scalar(Symbol(MERGE_KEY)), {
        addToJSMap: addMergeToJSMap
      }),
      stringify: () => MERGE_KEY
    };
    var isMergeKey = (ctx, key) => (merge.identify(key) || identity.isScalar(key) && (!key.type || key.type === Scalar.Scalar.PLAIN) && merge.identify(key.value)) && ctx?.doc.schema.tags.some((tag2) => tag2.tag === merge.tag && tag2.default);
    function addMergeToJSMap(ctx, map, value) {
      const source = resolveAliasValue(ctx, value);
      if (identity.isSeq(source))
        for (const it of source.items)
          mergeValue(ctx, map, it);
      else if (Array.isArray(source))
        for (const it of source)
          mergeValue(ctx, map, it);
      else
        mergeValue(ctx, map, source);
    }
    function mergeValue(ctx, map, value) {
      const source = resolveAliasValue(ctx, value);
      if (!identity.isMap(source))
        throw new Error("Merge sources must be maps or map aliases");
      const srcMap = source.toJSON(null, ctx, Map);
      for (const [key, value2] of srcMap) {
        if (map instanceof Map) {
          if (!map.has(key))
            map.set(key, value2);
        } else if (map instanceof Set) {
          map.add(key);
        } else if (!Object.prototype.hasOwnProperty.call(map, key)) {
          Object.defineProperty(map, key, {
            value: value2,
            writable: true,
            enumerable: true,
            configurable: true
          });
        }
      }
      return map;
    }
    function resolveAliasValue(ctx, value) {
      return ctx && identity.isAlias(value) ? value.resolve(ctx.doc, ctx) : value;
    }
    exports.addMergeToJSMap = addMergeToJSMap;
    exports.isMergeKey = isMergeKey;
    exports.merge = merge;
  }
});

// node_modules/yaml/dist/nodes/addPairToJSMap.js
var require_addPairToJSMap = __commonJS({
  "node_modules/yaml/dist/nodes/addPairToJSMap.js"(exports) {
    "use strict";
    var log = require_log();
    var merge = require_merge();
    var stringify = require_stringify();
    var identity = require_identity();
    var toJS = require_toJS();
    function addPairToJSMap(ctx, map, { key, value }) {
      if (identity.isNode(key) && key.addToJSMap)
        key.addToJSMap(ctx, map, value);
      else if (merge.isMergeKey(ctx, key))
        merge.addMergeToJSMap(ctx, map, value);
      else {
        const jsKey = toJS.toJS(key, "", ctx);
        if (map instanceof Map) {
          map.set(jsKey, toJS.toJS(value, jsKey, ctx));
        } else if (map instanceof Set) {
          map.add(jsKey);
        } else {
          const stringKey = stringifyKey(key, jsKey, ctx);
          const jsValue = toJS.toJS(value, stringKey, ctx);
          if (stringKey in map)
            Object.defineProperty(map, stringKey, {
              value: jsValue,
              writable: true,
              enumerable: true,
              configurable: true
            });
          else
            map[stringKey] = jsValue;
        }
      }
      return map;
    }
    function stringifyKey(key, jsKey, ctx) {
      if (jsKey === null)
        return "";
      if (typeof jsKey !== "object")
        return String(jsKey);
      if (identity.isNode(key) && ctx?.doc) {
        const strCtx = stringify.createStringifyContext(ctx.doc, {});
        strCtx.anchors = /* @__PURE__ */ new Set();
        for (const node of ctx.anchors.keys())
          strCtx.anchors.add(node.anchor);
        strCtx.inFlow = true;
        strCtx.inStringifyKey = true;
        const strKey = key.toString(strCtx);
        if (!ctx.mapKeyWarned) {
          let jsonStr = JSON.stringify(strKey);
          if (jsonStr.length > 40)
            jsonStr = jsonStr.substring(0, 36) + '..."';
          log.warn(ctx.doc.options.logLevel, `Keys with collection values will be stringified due to JS Object restrictions: ${jsonStr}. Set mapAsMap: true to use object keys.`);
          ctx.mapKeyWarned = true;
        }
        return strKey;
      }
      return JSON.stringify(jsKey);
    }
    exports.addPairToJSMap = addPairToJSMap;
  }
});

// node_modules/yaml/dist/nodes/Pair.js
var require_Pair = __commonJS({
  "node_modules/yaml/dist/nodes/Pair.js"(exports) {
    "use strict";
    var createNode = require_createNode();
    var stringifyPair = require_stringifyPair();
    var addPairToJSMap = require_addPairToJSMap();
    var identity = require_identity();
    function createPair(key, value, ctx) {
      const k = createNode.createNode(key, void 0, ctx);
      const v = createNode.createNode(value, void 0, ctx);
      return new Pair(k, v);
    }
    var Pair = class _Pair {
      constructor(key, value = null) {
        Object.defineProperty(this, identity.NODE_TYPE, { value: identity.PAIR });
        this.key = key;
        this.value = value;
      }
      clone(schema) {
        let { key, value } = this;
        if (identity.isNode(key))
          key = key.clone(schema);
        if (identity.isNode(value))
          value = value.clone(schema);
        return new _Pair(key, value);
      }
      toJSON(_, ctx) {
        const pair2 = ctx?.mapAsMap ? /* @__PURE__ */ new Map() : {};
        return addPairToJSMap.addPairToJSMap(ctx, pair2, this);
      }
      toString(ctx, onComment, onChompKeep) {
        return ctx?.doc ? stringifyPair.stringifyPair(this, ctx, onComment, onChompKeep) : JSON.stringify(this);
      }
    };
    exports.Pair = Pair;
    exports.createPair = createPair;
  }
});

// node_modules/yaml/dist/stringify/stringifyCollection.js
var require_stringifyCollection = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyCollection.js"(exports) {
    "use strict";
    var identity = require_identity();
    var stringify = require_stringify();
    var stringifyComment = require_stringifyComment();
    function stringifyCollection(collection, ctx, options) {
      const flow = ctx.inFlow ?? collection.flow;
      const stringify2 = flow ? stringifyFlowCollection : stringifyBlockCollection;
      return stringify2(collection, ctx, options);
    }
    function stringifyBlockCollection({ comment, items }, ctx, { blockItemPrefix, flowChars, itemIndent, onChompKeep, onComment }) {
      const { indent, options: { commentString } } = ctx;
      const itemCtx = Object.assign({}, ctx, { indent: itemIndent, type: null });
      let chompKeep = false;
      const lines = [];
      for (let i = 0; i < items.length; ++i) {
        const item = items[i];
        let comment2 = null;
        if (identity.isNode(item)) {
          if (!chompKeep && item.spaceBefore)
            lines.push("");
          addCommentBefore(ctx, lines, item.commentBefore, chompKeep);
          if (item.comment)
            comment2 = item.comment;
        } else if (identity.isPair(item)) {
          const ik = identity.isNode(item.key) ? item.key : null;
          if (ik) {
            if (!chompKeep && ik.spaceBefore)
              lines.push("");
            addCommentBefore(ctx, lines, ik.commentBefore, chompKeep);
          }
        }
        chompKeep = false;
        let str2 = stringify.stringify(item, itemCtx, () => comment2 = null, () => chompKeep = true);
        if (comment2)
          str2 += stringifyComment.lineComment(str2, itemIndent, commentString(comment2));
        if (chompKeep && comment2)
          chompKeep = false;
        lines.push(blockItemPrefix + str2);
      }
      let str;
      if (lines.length === 0) {
        str = flowChars.start + flowChars.end;
      } else {
        str = lines[0];
        for (let i = 1; i < lines.length; ++i) {
          const line = lines[i];
          str += line ? `
${indent}${line}` : "\n";
        }
      }
      if (comment) {
        str += "\n" + stringifyComment.indentComment(commentString(comment), indent);
        if (onComment)
          onComment();
      } else if (chompKeep && onChompKeep)
        onChompKeep();
      return str;
    }
    function stringifyFlowCollection({ items }, ctx, { flowChars, itemIndent }) {
      const { indent, indentStep, flowCollectionPadding: fcPadding, options: { commentString } } = ctx;
      itemIndent += indentStep;
      const itemCtx = Object.assign({}, ctx, {
        indent: itemIndent,
        inFlow: true,
        type: null
      });
      let reqNewline = false;
      let linesAtValue = 0;
      const lines = [];
      for (let i = 0; i < items.length; ++i) {
        const item = items[i];
        let comment = null;
        if (identity.isNode(item)) {
          if (item.spaceBefore)
            lines.push("");
          addCommentBefore(ctx, lines, item.commentBefore, false);
          if (item.comment)
            comment = item.comment;
        } else if (identity.isPair(item)) {
          const ik = identity.isNode(item.key) ? item.key : null;
          if (ik) {
            if (ik.spaceBefore)
              lines.push("");
            addCommentBefore(ctx, lines, ik.commentBefore, false);
            if (ik.comment)
              reqNewline = true;
          }
          const iv = identity.isNode(item.value) ? item.value : null;
          if (iv) {
            if (iv.comment)
              comment = iv.comment;
            if (iv.commentBefore)
              reqNewline = true;
          } else if (item.value == null && ik?.comment) {
            comment = ik.comment;
          }
        }
        if (comment)
          reqNewline = true;
        let str = stringify.stringify(item, itemCtx, () => comment = null);
        reqNewline || (reqNewline = lines.length > linesAtValue || str.includes("\n"));
        if (i < items.length - 1) {
          str += ",";
        } else if (ctx.options.trailingComma) {
          if (ctx.options.lineWidth > 0) {
            reqNewline || (reqNewline = lines.reduce((sum, line) => sum + line.length + 2, 2) + (str.length + 2) > ctx.options.lineWidth);
          }
          if (reqNewline) {
            str += ",";
          }
        }
        if (comment)
          str += stringifyComment.lineComment(str, itemIndent, commentString(comment));
        lines.push(str);
        linesAtValue = lines.length;
      }
      const { start: start2, end } = flowChars;
      if (lines.length === 0) {
        return start2 + end;
      } else {
        if (!reqNewline) {
          const len = lines.reduce((sum, line) => sum + line.length + 2, 2);
          reqNewline = ctx.options.lineWidth > 0 && len > ctx.options.lineWidth;
        }
        if (reqNewline) {
          let str = start2;
          for (const line of lines)
            str += line ? `
${indentStep}${indent}${line}` : "\n";
          return `${str}
${indent}${end}`;
        } else {
          return `${start2}${fcPadding}${lines.join(" ")}${fcPadding}${end}`;
        }
      }
    }
    function addCommentBefore({ indent, options: { commentString } }, lines, comment, chompKeep) {
      if (comment && chompKeep)
        comment = comment.replace(/^\n+/, "");
      if (comment) {
        const ic = stringifyComment.indentComment(commentString(comment), indent);
        lines.push(ic.trimStart());
      }
    }
    exports.stringifyCollection = stringifyCollection;
  }
});

// node_modules/yaml/dist/nodes/YAMLMap.js
var require_YAMLMap = __commonJS({
  "node_modules/yaml/dist/nodes/YAMLMap.js"(exports) {
    "use strict";
    var stringifyCollection = require_stringifyCollection();
    var addPairToJSMap = require_addPairToJSMap();
    var Collection = require_Collection();
    var identity = require_identity();
    var Pair = require_Pair();
    var Scalar = require_Scalar();
    function findPair(items, key) {
      const k = identity.isScalar(key) ? key.value : key;
      for (const it of items) {
        if (identity.isPair(it)) {
          if (it.key === key || it.key === k)
            return it;
          if (identity.isScalar(it.key) && it.key.value === k)
            return it;
        }
      }
      return void 0;
    }
    var YAMLMap = class extends Collection.Collection {
      static get tagName() {
        return "tag:yaml.org,2002:map";
      }
      constructor(schema) {
        super(identity.MAP, schema);
        this.items = [];
      }
      /**
       * A generic collection parsing method that can be extended
       * to other node classes that inherit from YAMLMap
       */
      static from(schema, obj, ctx) {
        const { keepUndefined, replacer } = ctx;
        const map = new this(schema);
        const add2 = (key, value) => {
          if (typeof replacer === "function")
            value = replacer.call(obj, key, value);
          else if (Array.isArray(replacer) && !replacer.includes(key))
            return;
          if (value !== void 0 || keepUndefined)
            map.items.push(Pair.createPair(key, value, ctx));
        };
        if (obj instanceof Map) {
          for (const [key, value] of obj)
            add2(key, value);
        } else if (obj && typeof obj === "object") {
          for (const key of Object.keys(obj))
            add2(key, obj[key]);
        }
        if (typeof schema.sortMapEntries === "function") {
          map.items.sort(schema.sortMapEntries);
        }
        return map;
      }
      /**
       * Adds a value to the collection.
       *
       * @param overwrite - If not set `true`, using a key that is already in the
       *   collection will throw. Otherwise, overwrites the previous value.
       */
      add(pair2, overwrite) {
        let _pair;
        if (identity.isPair(pair2))
          _pair = pair2;
        else if (!pair2 || typeof pair2 !== "object" || !("key" in pair2)) {
          _pair = new Pair.Pair(pair2, pair2?.value);
        } else
          _pair = new Pair.Pair(pair2.key, pair2.value);
        const prev = findPair(this.items, _pair.key);
        const sortEntries = this.schema?.sortMapEntries;
        if (prev) {
          if (!overwrite)
            throw new Error(`Key ${_pair.key} already set`);
          if (identity.isScalar(prev.value) && Scalar.isScalarValue(_pair.value))
            prev.value.value = _pair.value;
          else
            prev.value = _pair.value;
        } else if (sortEntries) {
          const i = this.items.findIndex((item) => sortEntries(_pair, item) < 0);
          if (i === -1)
            this.items.push(_pair);
          else
            this.items.splice(i, 0, _pair);
        } else {
          this.items.push(_pair);
        }
      }
      delete(key) {
        const it = findPair(this.items, key);
        if (!it)
          return false;
        const del = this.items.splice(this.items.indexOf(it), 1);
        return del.length > 0;
      }
      get(key, keepScalar) {
        const it = findPair(this.items, key);
        const node = it?.value;
        return (!keepScalar && identity.isScalar(node) ? node.value : node) ?? void 0;
      }
      has(key) {
        return !!findPair(this.items, key);
      }
      set(key, value) {
        this.add(new Pair.Pair(key, value), true);
      }
      /**
       * @param ctx - Conversion context, originally set in Document#toJS()
       * @param {Class} Type - If set, forces the returned collection type
       * @returns Instance of Type, Map, or Object
       */
      toJSON(_, ctx, Type) {
        const map = Type ? new Type() : ctx?.mapAsMap ? /* @__PURE__ */ new Map() : {};
        if (ctx?.onCreate)
          ctx.onCreate(map);
        for (const item of this.items)
          addPairToJSMap.addPairToJSMap(ctx, map, item);
        return map;
      }
      toString(ctx, onComment, onChompKeep) {
        if (!ctx)
          return JSON.stringify(this);
        for (const item of this.items) {
          if (!identity.isPair(item))
            throw new Error(`Map items must all be pairs; found ${JSON.stringify(item)} instead`);
        }
        if (!ctx.allNullValues && this.hasAllNullValues(false))
          ctx = Object.assign({}, ctx, { allNullValues: true });
        return stringifyCollection.stringifyCollection(this, ctx, {
          blockItemPrefix: "",
          flowChars: { start: "{", end: "}" },
          itemIndent: ctx.indent || "",
          onChompKeep,
          onComment
        });
      }
    };
    exports.YAMLMap = YAMLMap;
    exports.findPair = findPair;
  }
});

// node_modules/yaml/dist/schema/common/map.js
var require_map = __commonJS({
  "node_modules/yaml/dist/schema/common/map.js"(exports) {
    "use strict";
    var identity = require_identity();
    var YAMLMap = require_YAMLMap();
    var map = {
      collection: "map",
      default: true,
      nodeClass: YAMLMap.YAMLMap,
      tag: "tag:yaml.org,2002:map",
      resolve(map2, onError) {
        if (!identity.isMap(map2))
          onError("Expected a mapping for this tag");
        return map2;
      },
      createNode: (schema, obj, ctx) => YAMLMap.YAMLMap.from(schema, obj, ctx)
    };
    exports.map = map;
  }
});

// node_modules/yaml/dist/nodes/YAMLSeq.js
var require_YAMLSeq = __commonJS({
  "node_modules/yaml/dist/nodes/YAMLSeq.js"(exports) {
    "use strict";
    var createNode = require_createNode();
    var stringifyCollection = require_stringifyCollection();
    var Collection = require_Collection();
    var identity = require_identity();
    var Scalar = require_Scalar();
    var toJS = require_toJS();
    var YAMLSeq = class extends Collection.Collection {
      static get tagName() {
        return "tag:yaml.org,2002:seq";
      }
      constructor(schema) {
        super(identity.SEQ, schema);
        this.items = [];
      }
      add(value) {
        this.items.push(value);
      }
      /**
       * Removes a value from the collection.
       *
       * `key` must contain a representation of an integer for this to succeed.
       * It may be wrapped in a `Scalar`.
       *
       * @returns `true` if the item was found and removed.
       */
      delete(key) {
        const idx = asItemIndex(key);
        if (typeof idx !== "number")
          return false;
        const del = this.items.splice(idx, 1);
        return del.length > 0;
      }
      get(key, keepScalar) {
        const idx = asItemIndex(key);
        if (typeof idx !== "number")
          return void 0;
        const it = this.items[idx];
        return !keepScalar && identity.isScalar(it) ? it.value : it;
      }
      /**
       * Checks if the collection includes a value with the key `key`.
       *
       * `key` must contain a representation of an integer for this to succeed.
       * It may be wrapped in a `Scalar`.
       */
      has(key) {
        const idx = asItemIndex(key);
        return typeof idx === "number" && idx < this.items.length;
      }
      /**
       * Sets a value in this collection. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       *
       * If `key` does not contain a representation of an integer, this will throw.
       * It may be wrapped in a `Scalar`.
       */
      set(key, value) {
        const idx = asItemIndex(key);
        if (typeof idx !== "number")
          throw new Error(`Expected a valid index, not ${key}.`);
        const prev = this.items[idx];
        if (identity.isScalar(prev) && Scalar.isScalarValue(value))
          prev.value = value;
        else
          this.items[idx] = value;
      }
      toJSON(_, ctx) {
        const seq = [];
        if (ctx?.onCreate)
          ctx.onCreate(seq);
        let i = 0;
        for (const item of this.items)
          seq.push(toJS.toJS(item, String(i++), ctx));
        return seq;
      }
      toString(ctx, onComment, onChompKeep) {
        if (!ctx)
          return JSON.stringify(this);
        return stringifyCollection.stringifyCollection(this, ctx, {
          blockItemPrefix: "- ",
          flowChars: { start: "[", end: "]" },
          itemIndent: (ctx.indent || "") + "  ",
          onChompKeep,
          onComment
        });
      }
      static from(schema, obj, ctx) {
        const { replacer } = ctx;
        const seq = new this(schema);
        if (obj && Symbol.iterator in Object(obj)) {
          let i = 0;
          for (let it of obj) {
            if (typeof replacer === "function") {
              const key = obj instanceof Set ? it : String(i++);
              it = replacer.call(obj, key, it);
            }
            seq.items.push(createNode.createNode(it, void 0, ctx));
          }
        }
        return seq;
      }
    };
    function asItemIndex(key) {
      let idx = identity.isScalar(key) ? key.value : key;
      if (idx && typeof idx === "string")
        idx = Number(idx);
      return typeof idx === "number" && Number.isInteger(idx) && idx >= 0 ? idx : null;
    }
    exports.YAMLSeq = YAMLSeq;
  }
});

// node_modules/yaml/dist/schema/common/seq.js
var require_seq = __commonJS({
  "node_modules/yaml/dist/schema/common/seq.js"(exports) {
    "use strict";
    var identity = require_identity();
    var YAMLSeq = require_YAMLSeq();
    var seq = {
      collection: "seq",
      default: true,
      nodeClass: YAMLSeq.YAMLSeq,
      tag: "tag:yaml.org,2002:seq",
      resolve(seq2, onError) {
        if (!identity.isSeq(seq2))
          onError("Expected a sequence for this tag");
        return seq2;
      },
      createNode: (schema, obj, ctx) => YAMLSeq.YAMLSeq.from(schema, obj, ctx)
    };
    exports.seq = seq;
  }
});

// node_modules/yaml/dist/schema/common/string.js
var require_string = __commonJS({
  "node_modules/yaml/dist/schema/common/string.js"(exports) {
    "use strict";
    var stringifyString = require_stringifyString();
    var string = {
      identify: (value) => typeof value === "string",
      default: true,
      tag: "tag:yaml.org,2002:str",
      resolve: (str) => str,
      stringify(item, ctx, onComment, onChompKeep) {
        ctx = Object.assign({ actualString: true }, ctx);
        return stringifyString.stringifyString(item, ctx, onComment, onChompKeep);
      }
    };
    exports.string = string;
  }
});

// node_modules/yaml/dist/schema/common/null.js
var require_null = __commonJS({
  "node_modules/yaml/dist/schema/common/null.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    var nullTag = {
      identify: (value) => value == null,
      createNode: () => new Scalar.Scalar(null),
      default: true,
      tag: "tag:yaml.org,2002:null",
      test: /^(?:~|[Nn]ull|NULL)?$/,
      resolve: () => new Scalar.Scalar(null),
      stringify: ({ source }, ctx) => typeof source === "string" && nullTag.test.test(source) ? source : ctx.options.nullStr
    };
    exports.nullTag = nullTag;
  }
});

// node_modules/yaml/dist/schema/core/bool.js
var require_bool = __commonJS({
  "node_modules/yaml/dist/schema/core/bool.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    var boolTag = {
      identify: (value) => typeof value === "boolean",
      default: true,
      tag: "tag:yaml.org,2002:bool",
      test: /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/,
      resolve: (str) => new Scalar.Scalar(str[0] === "t" || str[0] === "T"),
      stringify({ source, value }, ctx) {
        if (source && boolTag.test.test(source)) {
          const sv = source[0] === "t" || source[0] === "T";
          if (value === sv)
            return source;
        }
        return value ? ctx.options.trueStr : ctx.options.falseStr;
      }
    };
    exports.boolTag = boolTag;
  }
});

// node_modules/yaml/dist/stringify/stringifyNumber.js
var require_stringifyNumber = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyNumber.js"(exports) {
    "use strict";
    function stringifyNumber({ format: format2, minFractionDigits, tag: tag2, value }) {
      if (typeof value === "bigint")
        return String(value);
      const num = typeof value === "number" ? value : Number(value);
      if (!isFinite(num))
        return isNaN(num) ? ".nan" : num < 0 ? "-.inf" : ".inf";
      let n = Object.is(value, -0) ? "-0" : JSON.stringify(value);
      if (!format2 && minFractionDigits && (!tag2 || tag2 === "tag:yaml.org,2002:float") && /^-?\d/.test(n) && !n.includes("e")) {
        let i = n.indexOf(".");
        if (i < 0) {
          i = n.length;
          n += ".";
        }
        let d = minFractionDigits - (n.length - i - 1);
        while (d-- > 0)
          n += "0";
      }
      return n;
    }
    exports.stringifyNumber = stringifyNumber;
  }
});

// node_modules/yaml/dist/schema/core/float.js
var require_float = __commonJS({
  "node_modules/yaml/dist/schema/core/float.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    var stringifyNumber = require_stringifyNumber();
    var floatNaN = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
      resolve: (str) => str.slice(-3).toLowerCase() === "nan" ? NaN : str[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
      stringify: stringifyNumber.stringifyNumber
    };
    var floatExp = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      format: "EXP",
      test: /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+$/,
      resolve: (str) => parseFloat(str),
      stringify(node) {
        const num = Number(node.value);
        return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node);
      }
    };
    var float = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)$/,
      resolve(str) {
        const node = new Scalar.Scalar(parseFloat(str));
        const dot = str.indexOf(".");
        if (dot !== -1 && str[str.length - 1] === "0")
          node.minFractionDigits = str.length - dot - 1;
        return node;
      },
      stringify: stringifyNumber.stringifyNumber
    };
    exports.float = float;
    exports.floatExp = floatExp;
    exports.floatNaN = floatNaN;
  }
});

// node_modules/yaml/dist/schema/core/int.js
var require_int = __commonJS({
  "node_modules/yaml/dist/schema/core/int.js"(exports) {
    "use strict";
    var stringifyNumber = require_stringifyNumber();
    var intIdentify = (value) => typeof value === "bigint" || Number.isInteger(value);
    var intResolve = (str, offset, radix, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str.substring(offset), radix);
    function intStringify(node, radix, prefix3) {
      const { value } = node;
      if (intIdentify(value) && value >= 0)
        return prefix3 + value.toString(radix);
      return stringifyNumber.stringifyNumber(node);
    }
    var intOct = {
      identify: (value) => intIdentify(value) && value >= 0,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "OCT",
      test: /^0o[0-7]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 8, opt),
      stringify: (node) => intStringify(node, 8, "0o")
    };
    var int = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      test: /^[-+]?[0-9]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
      stringify: stringifyNumber.stringifyNumber
    };
    var intHex = {
      identify: (value) => intIdentify(value) && value >= 0,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "HEX",
      test: /^0x[0-9a-fA-F]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
      stringify: (node) => intStringify(node, 16, "0x")
    };
    exports.int = int;
    exports.intHex = intHex;
    exports.intOct = intOct;
  }
});

// node_modules/yaml/dist/schema/core/schema.js
var require_schema = __commonJS({
  "node_modules/yaml/dist/schema/core/schema.js"(exports) {
    "use strict";
    var map = require_map();
    var _null = require_null();
    var seq = require_seq();
    var string = require_string();
    var bool = require_bool();
    var float = require_float();
    var int = require_int();
    var schema = [
      map.map,
      seq.seq,
      string.string,
      _null.nullTag,
      bool.boolTag,
      int.intOct,
      int.int,
      int.intHex,
      float.floatNaN,
      float.floatExp,
      float.float
    ];
    exports.schema = schema;
  }
});

// node_modules/yaml/dist/schema/json/schema.js
var require_schema2 = __commonJS({
  "node_modules/yaml/dist/schema/json/schema.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    var map = require_map();
    var seq = require_seq();
    function intIdentify(value) {
      return typeof value === "bigint" || Number.isInteger(value);
    }
    var stringifyJSON = ({ value }) => JSON.stringify(value);
    var jsonScalars = [
      {
        identify: (value) => typeof value === "string",
        default: true,
        tag: "tag:yaml.org,2002:str",
        resolve: (str) => str,
        stringify: stringifyJSON
      },
      {
        identify: (value) => value == null,
        createNode: () => new Scalar.Scalar(null),
        default: true,
        tag: "tag:yaml.org,2002:null",
        test: /^null$/,
        resolve: () => null,
        stringify: stringifyJSON
      },
      {
        identify: (value) => typeof value === "boolean",
        default: true,
        tag: "tag:yaml.org,2002:bool",
        test: /^true$|^false$/,
        resolve: (str) => str === "true",
        stringify: stringifyJSON
      },
      {
        identify: intIdentify,
        default: true,
        tag: "tag:yaml.org,2002:int",
        test: /^-?(?:0|[1-9][0-9]*)$/,
        resolve: (str, _onError, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str, 10),
        stringify: ({ value }) => intIdentify(value) ? value.toString() : JSON.stringify(value)
      },
      {
        identify: (value) => typeof value === "number",
        default: true,
        tag: "tag:yaml.org,2002:float",
        test: /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?$/,
        resolve: (str) => parseFloat(str),
        stringify: stringifyJSON
      }
    ];
    var jsonError = {
      default: true,
      tag: "",
      test: /^/,
      resolve(str, onError) {
        onError(`Unresolved plain scalar ${JSON.stringify(str)}`);
        return str;
      }
    };
    var schema = [map.map, seq.seq].concat(jsonScalars, jsonError);
    exports.schema = schema;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/binary.js
var require_binary = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/binary.js"(exports) {
    "use strict";
    var node_buffer = __require("buffer");
    var Scalar = require_Scalar();
    var stringifyString = require_stringifyString();
    var binary = {
      identify: (value) => value instanceof Uint8Array,
      // Buffer inherits from Uint8Array
      default: false,
      tag: "tag:yaml.org,2002:binary",
      /**
       * Returns a Buffer in node and an Uint8Array in browsers
       *
       * To use the resulting buffer as an image, you'll want to do something like:
       *
       *   const blob = new Blob([buffer], { type: 'image/jpeg' })
       *   document.querySelector('#photo').src = URL.createObjectURL(blob)
       */
      resolve(src, onError) {
        if (typeof node_buffer.Buffer === "function") {
          return node_buffer.Buffer.from(src, "base64");
        } else if (typeof atob === "function") {
          const str = atob(src.replace(/[\n\r]/g, ""));
          const buffer = new Uint8Array(str.length);
          for (let i = 0; i < str.length; ++i)
            buffer[i] = str.charCodeAt(i);
          return buffer;
        } else {
          onError("This environment does not support reading binary tags; either Buffer or atob is required");
          return src;
        }
      },
      stringify({ comment, type, value }, ctx, onComment, onChompKeep) {
        if (!value)
          return "";
        const buf = value;
        let str;
        if (typeof node_buffer.Buffer === "function") {
          str = buf instanceof node_buffer.Buffer ? buf.toString("base64") : node_buffer.Buffer.from(buf.buffer).toString("base64");
        } else if (typeof btoa === "function") {
          let s = "";
          for (let i = 0; i < buf.length; ++i)
            s += String.fromCharCode(buf[i]);
          str = btoa(s);
        } else {
          throw new Error("This environment does not support writing binary tags; either Buffer or btoa is required");
        }
        type ?? (type = Scalar.Scalar.BLOCK_LITERAL);
        if (type !== Scalar.Scalar.QUOTE_DOUBLE) {
          const lineWidth = Math.max(ctx.options.lineWidth - ctx.indent.length, ctx.options.minContentWidth);
          const n = Math.ceil(str.length / lineWidth);
          const lines = new Array(n);
          for (let i = 0, o = 0; i < n; ++i, o += lineWidth) {
            lines[i] = str.substr(o, lineWidth);
          }
          str = lines.join(type === Scalar.Scalar.BLOCK_LITERAL ? "\n" : " ");
        }
        return stringifyString.stringifyString({ comment, type, value: str }, ctx, onComment, onChompKeep);
      }
    };
    exports.binary = binary;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/pairs.js
var require_pairs = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/pairs.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Pair = require_Pair();
    var Scalar = require_Scalar();
    var YAMLSeq = require_YAMLSeq();
    function resolvePairs(seq, onError) {
      if (identity.isSeq(seq)) {
        for (let i = 0; i < seq.items.length; ++i) {
          let item = seq.items[i];
          if (identity.isPair(item))
            continue;
          else if (identity.isMap(item)) {
            if (item.items.length > 1)
              onError("Each pair must have its own sequence indicator");
            const pair2 = item.items[0] || new Pair.Pair(new Scalar.Scalar(null));
            if (item.commentBefore)
              pair2.key.commentBefore = pair2.key.commentBefore ? `${item.commentBefore}
${pair2.key.commentBefore}` : item.commentBefore;
            if (item.comment) {
              const cn = pair2.value ?? pair2.key;
              cn.comment = cn.comment ? `${item.comment}
${cn.comment}` : item.comment;
            }
            item = pair2;
          }
          seq.items[i] = identity.isPair(item) ? item : new Pair.Pair(item);
        }
      } else
        onError("Expected a sequence for this tag");
      return seq;
    }
    function createPairs(schema, iterable, ctx) {
      const { replacer } = ctx;
      const pairs3 = new YAMLSeq.YAMLSeq(schema);
      pairs3.tag = "tag:yaml.org,2002:pairs";
      let i = 0;
      if (iterable && Symbol.iterator in Object(iterable))
        for (let it of iterable) {
          if (typeof replacer === "function")
            it = replacer.call(iterable, String(i++), it);
          let key, value;
          if (Array.isArray(it)) {
            if (it.length === 2) {
              key = it[0];
              value = it[1];
            } else
              throw new TypeError(`Expected [key, value] tuple: ${it}`);
          } else if (it && it instanceof Object) {
            const keys2 = Object.keys(it);
            if (keys2.length === 1) {
              key = keys2[0];
              value = it[key];
            } else {
              throw new TypeError(`Expected tuple with one key, not ${keys2.length} keys`);
            }
          } else {
            key = it;
          }
          pairs3.items.push(Pair.createPair(key, value, ctx));
        }
      return pairs3;
    }
    var pairs2 = {
      collection: "seq",
      default: false,
      tag: "tag:yaml.org,2002:pairs",
      resolve: resolvePairs,
      createNode: createPairs
    };
    exports.createPairs = createPairs;
    exports.pairs = pairs2;
    exports.resolvePairs = resolvePairs;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/omap.js
var require_omap = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/omap.js"(exports) {
    "use strict";
    var identity = require_identity();
    var toJS = require_toJS();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var pairs2 = require_pairs();
    var YAMLOMap = class _YAMLOMap extends YAMLSeq.YAMLSeq {
      constructor() {
        super();
        this.add = YAMLMap.YAMLMap.prototype.add.bind(this);
        this.delete = YAMLMap.YAMLMap.prototype.delete.bind(this);
        this.get = YAMLMap.YAMLMap.prototype.get.bind(this);
        this.has = YAMLMap.YAMLMap.prototype.has.bind(this);
        this.set = YAMLMap.YAMLMap.prototype.set.bind(this);
        this.tag = _YAMLOMap.tag;
      }
      /**
       * If `ctx` is given, the return type is actually `Map<unknown, unknown>`,
       * but TypeScript won't allow widening the signature of a child method.
       */
      toJSON(_, ctx) {
        if (!ctx)
          return super.toJSON(_);
        const map = /* @__PURE__ */ new Map();
        if (ctx?.onCreate)
          ctx.onCreate(map);
        for (const pair2 of this.items) {
          let key, value;
          if (identity.isPair(pair2)) {
            key = toJS.toJS(pair2.key, "", ctx);
            value = toJS.toJS(pair2.value, key, ctx);
          } else {
            key = toJS.toJS(pair2, "", ctx);
          }
          if (map.has(key))
            throw new Error("Ordered maps must not include duplicate keys");
          map.set(key, value);
        }
        return map;
      }
      static from(schema, iterable, ctx) {
        const pairs$1 = pairs2.createPairs(schema, iterable, ctx);
        const omap2 = new this();
        omap2.items = pairs$1.items;
        return omap2;
      }
    };
    YAMLOMap.tag = "tag:yaml.org,2002:omap";
    var omap = {
      collection: "seq",
      identify: (value) => value instanceof Map,
      nodeClass: YAMLOMap,
      default: false,
      tag: "tag:yaml.org,2002:omap",
      resolve(seq, onError) {
        const pairs$1 = pairs2.resolvePairs(seq, onError);
        const seenKeys = [];
        for (const { key } of pairs$1.items) {
          if (identity.isScalar(key)) {
            if (seenKeys.includes(key.value)) {
              onError(`Ordered maps must not include duplicate keys: ${key.value}`);
            } else {
              seenKeys.push(key.value);
            }
          }
        }
        return Object.assign(new YAMLOMap(), pairs$1);
      },
      createNode: (schema, iterable, ctx) => YAMLOMap.from(schema, iterable, ctx)
    };
    exports.YAMLOMap = YAMLOMap;
    exports.omap = omap;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/bool.js
var require_bool2 = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/bool.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    function boolStringify({ value, source }, ctx) {
      const boolObj = value ? trueTag : falseTag;
      if (source && boolObj.test.test(source))
        return source;
      return value ? ctx.options.trueStr : ctx.options.falseStr;
    }
    var trueTag = {
      identify: (value) => value === true,
      default: true,
      tag: "tag:yaml.org,2002:bool",
      test: /^(?:Y|y|[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/,
      resolve: () => new Scalar.Scalar(true),
      stringify: boolStringify
    };
    var falseTag = {
      identify: (value) => value === false,
      default: true,
      tag: "tag:yaml.org,2002:bool",
      test: /^(?:N|n|[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/,
      resolve: () => new Scalar.Scalar(false),
      stringify: boolStringify
    };
    exports.falseTag = falseTag;
    exports.trueTag = trueTag;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/float.js
var require_float2 = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/float.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    var stringifyNumber = require_stringifyNumber();
    var floatNaN = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
      resolve: (str) => str.slice(-3).toLowerCase() === "nan" ? NaN : str[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
      stringify: stringifyNumber.stringifyNumber
    };
    var floatExp = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      format: "EXP",
      test: /^[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?[eE][-+]?[0-9]+$/,
      resolve: (str) => parseFloat(str.replace(/_/g, "")),
      stringify(node) {
        const num = Number(node.value);
        return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node);
      }
    };
    var float = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*$/,
      resolve(str) {
        const node = new Scalar.Scalar(parseFloat(str.replace(/_/g, "")));
        const dot = str.indexOf(".");
        if (dot !== -1) {
          const f = str.substring(dot + 1).replace(/_/g, "");
          if (f[f.length - 1] === "0")
            node.minFractionDigits = f.length;
        }
        return node;
      },
      stringify: stringifyNumber.stringifyNumber
    };
    exports.float = float;
    exports.floatExp = floatExp;
    exports.floatNaN = floatNaN;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/int.js
var require_int2 = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/int.js"(exports) {
    "use strict";
    var stringifyNumber = require_stringifyNumber();
    var intIdentify = (value) => typeof value === "bigint" || Number.isInteger(value);
    function intResolve(str, offset, radix, { intAsBigInt }) {
      const sign2 = str[0];
      if (sign2 === "-" || sign2 === "+")
        offset += 1;
      str = str.substring(offset).replace(/_/g, "");
      if (intAsBigInt) {
        switch (radix) {
          case 2:
            str = `0b${str}`;
            break;
          case 8:
            str = `0o${str}`;
            break;
          case 16:
            str = `0x${str}`;
            break;
        }
        const n2 = BigInt(str);
        return sign2 === "-" ? BigInt(-1) * n2 : n2;
      }
      const n = parseInt(str, radix);
      return sign2 === "-" ? -1 * n : n;
    }
    function intStringify(node, radix, prefix3) {
      const { value } = node;
      if (intIdentify(value)) {
        const str = value.toString(radix);
        return value < 0 ? "-" + prefix3 + str.substr(1) : prefix3 + str;
      }
      return stringifyNumber.stringifyNumber(node);
    }
    var intBin = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "BIN",
      test: /^[-+]?0b[0-1_]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 2, opt),
      stringify: (node) => intStringify(node, 2, "0b")
    };
    var intOct = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "OCT",
      test: /^[-+]?0[0-7_]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 1, 8, opt),
      stringify: (node) => intStringify(node, 8, "0")
    };
    var int = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      test: /^[-+]?[0-9][0-9_]*$/,
      resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
      stringify: stringifyNumber.stringifyNumber
    };
    var intHex = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "HEX",
      test: /^[-+]?0x[0-9a-fA-F_]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
      stringify: (node) => intStringify(node, 16, "0x")
    };
    exports.int = int;
    exports.intBin = intBin;
    exports.intHex = intHex;
    exports.intOct = intOct;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/set.js
var require_set = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/set.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Pair = require_Pair();
    var YAMLMap = require_YAMLMap();
    var YAMLSet = class _YAMLSet extends YAMLMap.YAMLMap {
      constructor(schema) {
        super(schema);
        this.tag = _YAMLSet.tag;
      }
      add(key) {
        let pair2;
        if (identity.isPair(key))
          pair2 = key;
        else if (key && typeof key === "object" && "key" in key && "value" in key && key.value === null)
          pair2 = new Pair.Pair(key.key, null);
        else
          pair2 = new Pair.Pair(key, null);
        const prev = YAMLMap.findPair(this.items, pair2.key);
        if (!prev)
          this.items.push(pair2);
      }
      /**
       * If `keepPair` is `true`, returns the Pair matching `key`.
       * Otherwise, returns the value of that Pair's key.
       */
      get(key, keepPair) {
        const pair2 = YAMLMap.findPair(this.items, key);
        return !keepPair && identity.isPair(pair2) ? identity.isScalar(pair2.key) ? pair2.key.value : pair2.key : pair2;
      }
      set(key, value) {
        if (typeof value !== "boolean")
          throw new Error(`Expected boolean value for set(key, value) in a YAML set, not ${typeof value}`);
        const prev = YAMLMap.findPair(this.items, key);
        if (prev && !value) {
          this.items.splice(this.items.indexOf(prev), 1);
        } else if (!prev && value) {
          this.items.push(new Pair.Pair(key));
        }
      }
      toJSON(_, ctx) {
        return super.toJSON(_, ctx, Set);
      }
      toString(ctx, onComment, onChompKeep) {
        if (!ctx)
          return JSON.stringify(this);
        if (this.hasAllNullValues(true))
          return super.toString(Object.assign({}, ctx, { allNullValues: true }), onComment, onChompKeep);
        else
          throw new Error("Set items must all have null values");
      }
      static from(schema, iterable, ctx) {
        const { replacer } = ctx;
        const set2 = new this(schema);
        if (iterable && Symbol.iterator in Object(iterable))
          for (let value of iterable) {
            if (typeof replacer === "function")
              value = replacer.call(iterable, value, value);
            set2.items.push(Pair.createPair(value, null, ctx));
          }
        return set2;
      }
    };
    YAMLSet.tag = "tag:yaml.org,2002:set";
    var set = {
      collection: "map",
      identify: (value) => value instanceof Set,
      nodeClass: YAMLSet,
      default: false,
      tag: "tag:yaml.org,2002:set",
      createNode: (schema, iterable, ctx) => YAMLSet.from(schema, iterable, ctx),
      resolve(map, onError) {
        if (identity.isMap(map)) {
          if (map.hasAllNullValues(true))
            return Object.assign(new YAMLSet(), map);
          else
            onError("Set items must all have null values");
        } else
          onError("Expected a mapping for this tag");
        return map;
      }
    };
    exports.YAMLSet = YAMLSet;
    exports.set = set;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/timestamp.js
var require_timestamp = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/timestamp.js"(exports) {
    "use strict";
    var stringifyNumber = require_stringifyNumber();
    function parseSexagesimal(str, asBigInt) {
      const sign2 = str[0];
      const parts2 = sign2 === "-" || sign2 === "+" ? str.substring(1) : str;
      const num = (n) => asBigInt ? BigInt(n) : Number(n);
      const res = parts2.replace(/_/g, "").split(":").reduce((res2, p) => res2 * num(60) + num(p), num(0));
      return sign2 === "-" ? num(-1) * res : res;
    }
    function stringifySexagesimal(node) {
      let { value } = node;
      let num = (n) => n;
      if (typeof value === "bigint")
        num = (n) => BigInt(n);
      else if (isNaN(value) || !isFinite(value))
        return stringifyNumber.stringifyNumber(node);
      let sign2 = "";
      if (value < 0) {
        sign2 = "-";
        value *= num(-1);
      }
      const _60 = num(60);
      const parts2 = [value % _60];
      if (value < 60) {
        parts2.unshift(0);
      } else {
        value = (value - parts2[0]) / _60;
        parts2.unshift(value % _60);
        if (value >= 60) {
          value = (value - parts2[0]) / _60;
          parts2.unshift(value);
        }
      }
      return sign2 + parts2.map((n) => String(n).padStart(2, "0")).join(":").replace(/000000\d*$/, "");
    }
    var intTime = {
      identify: (value) => typeof value === "bigint" || Number.isInteger(value),
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "TIME",
      test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+$/,
      resolve: (str, _onError, { intAsBigInt }) => parseSexagesimal(str, intAsBigInt),
      stringify: stringifySexagesimal
    };
    var floatTime = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      format: "TIME",
      test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/,
      resolve: (str) => parseSexagesimal(str, false),
      stringify: stringifySexagesimal
    };
    var timestamp = {
      identify: (value) => value instanceof Date,
      default: true,
      tag: "tag:yaml.org,2002:timestamp",
      // If the time zone is omitted, the timestamp is assumed to be specified in UTC. The time part
      // may be omitted altogether, resulting in a date format. In such a case, the time part is
      // assumed to be 00:00:00Z (start of day, UTC).
      test: RegExp("^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:t|T|[ \\t]+)([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2}(\\.[0-9]+)?)(?:[ \\t]*(Z|[-+][012]?[0-9](?::[0-9]{2})?))?)?$"),
      resolve(str) {
        const match = str.match(timestamp.test);
        if (!match)
          throw new Error("!!timestamp expects a date, starting with yyyy-mm-dd");
        const [, year, month, day2, hour, minute, second] = match.map(Number);
        const millisec = match[7] ? Number((match[7] + "00").substr(1, 3)) : 0;
        let date = Date.UTC(year, month - 1, day2, hour || 0, minute || 0, second || 0, millisec);
        const tz = match[8];
        if (tz && tz !== "Z") {
          let d = parseSexagesimal(tz, false);
          if (Math.abs(d) < 30)
            d *= 60;
          date -= 6e4 * d;
        }
        return new Date(date);
      },
      stringify: ({ value }) => value?.toISOString().replace(/(T00:00:00)?\.000Z$/, "") ?? ""
    };
    exports.floatTime = floatTime;
    exports.intTime = intTime;
    exports.timestamp = timestamp;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/schema.js
var require_schema3 = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/schema.js"(exports) {
    "use strict";
    var map = require_map();
    var _null = require_null();
    var seq = require_seq();
    var string = require_string();
    var binary = require_binary();
    var bool = require_bool2();
    var float = require_float2();
    var int = require_int2();
    var merge = require_merge();
    var omap = require_omap();
    var pairs2 = require_pairs();
    var set = require_set();
    var timestamp = require_timestamp();
    var schema = [
      map.map,
      seq.seq,
      string.string,
      _null.nullTag,
      bool.trueTag,
      bool.falseTag,
      int.intBin,
      int.intOct,
      int.int,
      int.intHex,
      float.floatNaN,
      float.floatExp,
      float.float,
      binary.binary,
      merge.merge,
      omap.omap,
      pairs2.pairs,
      set.set,
      timestamp.intTime,
      timestamp.floatTime,
      timestamp.timestamp
    ];
    exports.schema = schema;
  }
});

// node_modules/yaml/dist/schema/tags.js
var require_tags = __commonJS({
  "node_modules/yaml/dist/schema/tags.js"(exports) {
    "use strict";
    var map = require_map();
    var _null = require_null();
    var seq = require_seq();
    var string = require_string();
    var bool = require_bool();
    var float = require_float();
    var int = require_int();
    var schema = require_schema();
    var schema$1 = require_schema2();
    var binary = require_binary();
    var merge = require_merge();
    var omap = require_omap();
    var pairs2 = require_pairs();
    var schema$2 = require_schema3();
    var set = require_set();
    var timestamp = require_timestamp();
    var schemas = /* @__PURE__ */ new Map([
      ["core", schema.schema],
      ["failsafe", [map.map, seq.seq, string.string]],
      ["json", schema$1.schema],
      ["yaml11", schema$2.schema],
      ["yaml-1.1", schema$2.schema]
    ]);
    var tagsByName = {
      binary: binary.binary,
      bool: bool.boolTag,
      float: float.float,
      floatExp: float.floatExp,
      floatNaN: float.floatNaN,
      floatTime: timestamp.floatTime,
      int: int.int,
      intHex: int.intHex,
      intOct: int.intOct,
      intTime: timestamp.intTime,
      map: map.map,
      merge: merge.merge,
      null: _null.nullTag,
      omap: omap.omap,
      pairs: pairs2.pairs,
      seq: seq.seq,
      set: set.set,
      timestamp: timestamp.timestamp
    };
    var coreKnownTags = {
      "tag:yaml.org,2002:binary": binary.binary,
      "tag:yaml.org,2002:merge": merge.merge,
      "tag:yaml.org,2002:omap": omap.omap,
      "tag:yaml.org,2002:pairs": pairs2.pairs,
      "tag:yaml.org,2002:set": set.set,
      "tag:yaml.org,2002:timestamp": timestamp.timestamp
    };
    function getTags(customTags, schemaName, addMergeTag) {
      const schemaTags = schemas.get(schemaName);
      if (schemaTags && !customTags) {
        return addMergeTag && !schemaTags.includes(merge.merge) ? schemaTags.concat(merge.merge) : schemaTags.slice();
      }
      let tags2 = schemaTags;
      if (!tags2) {
        if (Array.isArray(customTags))
          tags2 = [];
        else {
          const keys2 = Array.from(schemas.keys()).filter((key) => key !== "yaml11").map((key) => JSON.stringify(key)).join(", ");
          throw new Error(`Unknown schema "${schemaName}"; use one of ${keys2} or define customTags array`);
        }
      }
      if (Array.isArray(customTags)) {
        for (const tag2 of customTags)
          tags2 = tags2.concat(tag2);
      } else if (typeof customTags === "function") {
        tags2 = customTags(tags2.slice());
      }
      if (addMergeTag)
        tags2 = tags2.concat(merge.merge);
      return tags2.reduce((tags3, tag2) => {
        const tagObj = typeof tag2 === "string" ? tagsByName[tag2] : tag2;
        if (!tagObj) {
          const tagName = JSON.stringify(tag2);
          const keys2 = Object.keys(tagsByName).map((key) => JSON.stringify(key)).join(", ");
          throw new Error(`Unknown custom tag ${tagName}; use one of ${keys2}`);
        }
        if (!tags3.includes(tagObj))
          tags3.push(tagObj);
        return tags3;
      }, []);
    }
    exports.coreKnownTags = coreKnownTags;
    exports.getTags = getTags;
  }
});

// node_modules/yaml/dist/schema/Schema.js
var require_Schema = __commonJS({
  "node_modules/yaml/dist/schema/Schema.js"(exports) {
    "use strict";
    var identity = require_identity();
    var map = require_map();
    var seq = require_seq();
    var string = require_string();
    var tags2 = require_tags();
    var sortMapEntriesByKey = (a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
    var Schema = class _Schema {
      constructor({ compat, customTags, merge, resolveKnownTags, schema, sortMapEntries, toStringDefaults }) {
        this.compat = Array.isArray(compat) ? tags2.getTags(compat, "compat") : compat ? tags2.getTags(null, compat) : null;
        this.name = typeof schema === "string" && schema || "core";
        this.knownTags = resolveKnownTags ? tags2.coreKnownTags : {};
        this.tags = tags2.getTags(customTags, this.name, merge);
        this.toStringOptions = toStringDefaults ?? null;
        Object.defineProperty(this, identity.MAP, { value: map.map });
        Object.defineProperty(this, identity.SCALAR, { value: string.string });
        Object.defineProperty(this, identity.SEQ, { value: seq.seq });
        this.sortMapEntries = typeof sortMapEntries === "function" ? sortMapEntries : sortMapEntries === true ? sortMapEntriesByKey : null;
      }
      clone() {
        const copy2 = Object.create(_Schema.prototype, Object.getOwnPropertyDescriptors(this));
        copy2.tags = this.tags.slice();
        return copy2;
      }
    };
    exports.Schema = Schema;
  }
});

// node_modules/yaml/dist/stringify/stringifyDocument.js
var require_stringifyDocument = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyDocument.js"(exports) {
    "use strict";
    var identity = require_identity();
    var stringify = require_stringify();
    var stringifyComment = require_stringifyComment();
    function stringifyDocument(doc, options) {
      const lines = [];
      let hasDirectives = options.directives === true;
      if (options.directives !== false && doc.directives) {
        const dir = doc.directives.toString(doc);
        if (dir) {
          lines.push(dir);
          hasDirectives = true;
        } else if (doc.directives.docStart)
          hasDirectives = true;
      }
      if (hasDirectives)
        lines.push("---");
      const ctx = stringify.createStringifyContext(doc, options);
      const { commentString } = ctx.options;
      if (doc.commentBefore) {
        if (lines.length !== 1)
          lines.unshift("");
        const cs = commentString(doc.commentBefore);
        lines.unshift(stringifyComment.indentComment(cs, ""));
      }
      let chompKeep = false;
      let contentComment = null;
      if (doc.contents) {
        if (identity.isNode(doc.contents)) {
          if (doc.contents.spaceBefore && hasDirectives)
            lines.push("");
          if (doc.contents.commentBefore) {
            const cs = commentString(doc.contents.commentBefore);
            lines.push(stringifyComment.indentComment(cs, ""));
          }
          ctx.forceBlockIndent = !!doc.comment;
          contentComment = doc.contents.comment;
        }
        const onChompKeep = contentComment ? void 0 : () => chompKeep = true;
        let body = stringify.stringify(doc.contents, ctx, () => contentComment = null, onChompKeep);
        if (contentComment)
          body += stringifyComment.lineComment(body, "", commentString(contentComment));
        if ((body[0] === "|" || body[0] === ">") && lines[lines.length - 1] === "---") {
          lines[lines.length - 1] = `--- ${body}`;
        } else
          lines.push(body);
      } else {
        lines.push(stringify.stringify(doc.contents, ctx));
      }
      if (doc.directives?.docEnd) {
        if (doc.comment) {
          const cs = commentString(doc.comment);
          if (cs.includes("\n")) {
            lines.push("...");
            lines.push(stringifyComment.indentComment(cs, ""));
          } else {
            lines.push(`... ${cs}`);
          }
        } else {
          lines.push("...");
        }
      } else {
        let dc = doc.comment;
        if (dc && chompKeep)
          dc = dc.replace(/^\n+/, "");
        if (dc) {
          if ((!chompKeep || contentComment) && lines[lines.length - 1] !== "")
            lines.push("");
          lines.push(stringifyComment.indentComment(commentString(dc), ""));
        }
      }
      return lines.join("\n") + "\n";
    }
    exports.stringifyDocument = stringifyDocument;
  }
});

// node_modules/yaml/dist/doc/Document.js
var require_Document = __commonJS({
  "node_modules/yaml/dist/doc/Document.js"(exports) {
    "use strict";
    var Alias = require_Alias();
    var Collection = require_Collection();
    var identity = require_identity();
    var Pair = require_Pair();
    var toJS = require_toJS();
    var Schema = require_Schema();
    var stringifyDocument = require_stringifyDocument();
    var anchors = require_anchors();
    var applyReviver = require_applyReviver();
    var createNode = require_createNode();
    var directives = require_directives();
    var Document = class _Document {
      constructor(value, replacer, options) {
        this.commentBefore = null;
        this.comment = null;
        this.errors = [];
        this.warnings = [];
        Object.defineProperty(this, identity.NODE_TYPE, { value: identity.DOC });
        let _replacer = null;
        if (typeof replacer === "function" || Array.isArray(replacer)) {
          _replacer = replacer;
        } else if (options === void 0 && replacer) {
          options = replacer;
          replacer = void 0;
        }
        const opt = Object.assign({
          intAsBigInt: false,
          keepSourceTokens: false,
          logLevel: "warn",
          prettyErrors: true,
          strict: true,
          stringKeys: false,
          uniqueKeys: true,
          version: "1.2"
        }, options);
        this.options = opt;
        let { version } = opt;
        if (options?._directives) {
          this.directives = options._directives.atDocument();
          if (this.directives.yaml.explicit)
            version = this.directives.yaml.version;
        } else
          this.directives = new directives.Directives({ version });
        this.setSchema(version, options);
        this.contents = value === void 0 ? null : this.createNode(value, _replacer, options);
      }
      /**
       * Create a deep copy of this Document and its contents.
       *
       * Custom Node values that inherit from `Object` still refer to their original instances.
       */
      clone() {
        const copy2 = Object.create(_Document.prototype, {
          [identity.NODE_TYPE]: { value: identity.DOC }
        });
        copy2.commentBefore = this.commentBefore;
        copy2.comment = this.comment;
        copy2.errors = this.errors.slice();
        copy2.warnings = this.warnings.slice();
        copy2.options = Object.assign({}, this.options);
        if (this.directives)
          copy2.directives = this.directives.clone();
        copy2.schema = this.schema.clone();
        copy2.contents = identity.isNode(this.contents) ? this.contents.clone(copy2.schema) : this.contents;
        if (this.range)
          copy2.range = this.range.slice();
        return copy2;
      }
      /** Adds a value to the document. */
      add(value) {
        if (assertCollection(this.contents))
          this.contents.add(value);
      }
      /** Adds a value to the document. */
      addIn(path, value) {
        if (assertCollection(this.contents))
          this.contents.addIn(path, value);
      }
      /**
       * Create a new `Alias` node, ensuring that the target `node` has the required anchor.
       *
       * If `node` already has an anchor, `name` is ignored.
       * Otherwise, the `node.anchor` value will be set to `name`,
       * or if an anchor with that name is already present in the document,
       * `name` will be used as a prefix for a new unique anchor.
       * If `name` is undefined, the generated anchor will use 'a' as a prefix.
       */
      createAlias(node, name) {
        if (!node.anchor) {
          const prev = anchors.anchorNames(this);
          node.anchor = // eslint-disable-next-line @typescript-eslint/prefer-nullish-coalescing
          !name || prev.has(name) ? anchors.findNewAnchor(name || "a", prev) : name;
        }
        return new Alias.Alias(node.anchor);
      }
      createNode(value, replacer, options) {
        let _replacer = void 0;
        if (typeof replacer === "function") {
          value = replacer.call({ "": value }, "", value);
          _replacer = replacer;
        } else if (Array.isArray(replacer)) {
          const keyToStr = (v) => typeof v === "number" || v instanceof String || v instanceof Number;
          const asStr = replacer.filter(keyToStr).map(String);
          if (asStr.length > 0)
            replacer = replacer.concat(asStr);
          _replacer = replacer;
        } else if (options === void 0 && replacer) {
          options = replacer;
          replacer = void 0;
        }
        const { aliasDuplicateObjects, anchorPrefix, flow, keepUndefined, onTagObj, tag: tag2 } = options ?? {};
        const { onAnchor, setAnchors, sourceObjects } = anchors.createNodeAnchors(
          this,
          // eslint-disable-next-line @typescript-eslint/prefer-nullish-coalescing
          anchorPrefix || "a"
        );
        const ctx = {
          aliasDuplicateObjects: aliasDuplicateObjects ?? true,
          keepUndefined: keepUndefined ?? false,
          onAnchor,
          onTagObj,
          replacer: _replacer,
          schema: this.schema,
          sourceObjects
        };
        const node = createNode.createNode(value, tag2, ctx);
        if (flow && identity.isCollection(node))
          node.flow = true;
        setAnchors();
        return node;
      }
      /**
       * Convert a key and a value into a `Pair` using the current schema,
       * recursively wrapping all values as `Scalar` or `Collection` nodes.
       */
      createPair(key, value, options = {}) {
        const k = this.createNode(key, null, options);
        const v = this.createNode(value, null, options);
        return new Pair.Pair(k, v);
      }
      /**
       * Removes a value from the document.
       * @returns `true` if the item was found and removed.
       */
      delete(key) {
        return assertCollection(this.contents) ? this.contents.delete(key) : false;
      }
      /**
       * Removes a value from the document.
       * @returns `true` if the item was found and removed.
       */
      deleteIn(path) {
        if (Collection.isEmptyPath(path)) {
          if (this.contents == null)
            return false;
          this.contents = null;
          return true;
        }
        return assertCollection(this.contents) ? this.contents.deleteIn(path) : false;
      }
      /**
       * Returns item at `key`, or `undefined` if not found. By default unwraps
       * scalar values from their surrounding node; to disable set `keepScalar` to
       * `true` (collections are always returned intact).
       */
      get(key, keepScalar) {
        return identity.isCollection(this.contents) ? this.contents.get(key, keepScalar) : void 0;
      }
      /**
       * Returns item at `path`, or `undefined` if not found. By default unwraps
       * scalar values from their surrounding node; to disable set `keepScalar` to
       * `true` (collections are always returned intact).
       */
      getIn(path, keepScalar) {
        if (Collection.isEmptyPath(path))
          return !keepScalar && identity.isScalar(this.contents) ? this.contents.value : this.contents;
        return identity.isCollection(this.contents) ? this.contents.getIn(path, keepScalar) : void 0;
      }
      /**
       * Checks if the document includes a value with the key `key`.
       */
      has(key) {
        return identity.isCollection(this.contents) ? this.contents.has(key) : false;
      }
      /**
       * Checks if the document includes a value at `path`.
       */
      hasIn(path) {
        if (Collection.isEmptyPath(path))
          return this.contents !== void 0;
        return identity.isCollection(this.contents) ? this.contents.hasIn(path) : false;
      }
      /**
       * Sets a value in this document. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       */
      set(key, value) {
        if (this.contents == null) {
          this.contents = Collection.collectionFromPath(this.schema, [key], value);
        } else if (assertCollection(this.contents)) {
          this.contents.set(key, value);
        }
      }
      /**
       * Sets a value in this document. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       */
      setIn(path, value) {
        if (Collection.isEmptyPath(path)) {
          this.contents = value;
        } else if (this.contents == null) {
          this.contents = Collection.collectionFromPath(this.schema, Array.from(path), value);
        } else if (assertCollection(this.contents)) {
          this.contents.setIn(path, value);
        }
      }
      /**
       * Change the YAML version and schema used by the document.
       * A `null` version disables support for directives, explicit tags, anchors, and aliases.
       * It also requires the `schema` option to be given as a `Schema` instance value.
       *
       * Overrides all previously set schema options.
       */
      setSchema(version, options = {}) {
        if (typeof version === "number")
          version = String(version);
        let opt;
        switch (version) {
          case "1.1":
            if (this.directives)
              this.directives.yaml.version = "1.1";
            else
              this.directives = new directives.Directives({ version: "1.1" });
            opt = { resolveKnownTags: false, schema: "yaml-1.1" };
            break;
          case "1.2":
          case "next":
            if (this.directives)
              this.directives.yaml.version = version;
            else
              this.directives = new directives.Directives({ version });
            opt = { resolveKnownTags: true, schema: "core" };
            break;
          case null:
            if (this.directives)
              delete this.directives;
            opt = null;
            break;
          default: {
            const sv = JSON.stringify(version);
            throw new Error(`Expected '1.1', '1.2' or null as first argument, but found: ${sv}`);
          }
        }
        if (options.schema instanceof Object)
          this.schema = options.schema;
        else if (opt)
          this.schema = new Schema.Schema(Object.assign(opt, options));
        else
          throw new Error(`With a null YAML version, the { schema: Schema } option is required`);
      }
      // json & jsonArg are only used from toJSON()
      toJS({ json: json2, jsonArg, mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
        const ctx = {
          anchors: /* @__PURE__ */ new Map(),
          doc: this,
          keep: !json2,
          mapAsMap: mapAsMap === true,
          mapKeyWarned: false,
          maxAliasCount: typeof maxAliasCount === "number" ? maxAliasCount : 100
        };
        const res = toJS.toJS(this.contents, jsonArg ?? "", ctx);
        if (typeof onAnchor === "function")
          for (const { count, res: res2 } of ctx.anchors.values())
            onAnchor(res2, count);
        return typeof reviver === "function" ? applyReviver.applyReviver(reviver, { "": res }, "", res) : res;
      }
      /**
       * A JSON representation of the document `contents`.
       *
       * @param jsonArg Used by `JSON.stringify` to indicate the array index or
       *   property name.
       */
      toJSON(jsonArg, onAnchor) {
        return this.toJS({ json: true, jsonArg, mapAsMap: false, onAnchor });
      }
      /** A YAML representation of the document. */
      toString(options = {}) {
        if (this.errors.length > 0)
          throw new Error("Document with errors cannot be stringified");
        if ("indent" in options && (!Number.isInteger(options.indent) || Number(options.indent) <= 0)) {
          const s = JSON.stringify(options.indent);
          throw new Error(`"indent" option must be a positive integer, not ${s}`);
        }
        return stringifyDocument.stringifyDocument(this, options);
      }
    };
    function assertCollection(contents) {
      if (identity.isCollection(contents))
        return true;
      throw new Error("Expected a YAML collection as document contents");
    }
    exports.Document = Document;
  }
});

// node_modules/yaml/dist/errors.js
var require_errors = __commonJS({
  "node_modules/yaml/dist/errors.js"(exports) {
    "use strict";
    var YAMLError = class extends Error {
      constructor(name, pos, code, message2) {
        super();
        this.name = name;
        this.code = code;
        this.message = message2;
        this.pos = pos;
      }
    };
    var YAMLParseError = class extends YAMLError {
      constructor(pos, code, message2) {
        super("YAMLParseError", pos, code, message2);
      }
    };
    var YAMLWarning = class extends YAMLError {
      constructor(pos, code, message2) {
        super("YAMLWarning", pos, code, message2);
      }
    };
    var prettifyError = (src, lc) => (error) => {
      if (error.pos[0] === -1)
        return;
      error.linePos = error.pos.map((pos) => lc.linePos(pos));
      const { line, col } = error.linePos[0];
      error.message += ` at line ${line}, column ${col}`;
      let ci = col - 1;
      let lineStr = src.substring(lc.lineStarts[line - 1], lc.lineStarts[line]).replace(/[\n\r]+$/, "");
      if (ci >= 60 && lineStr.length > 80) {
        const trimStart = Math.min(ci - 39, lineStr.length - 79);
        lineStr = "\u2026" + lineStr.substring(trimStart);
        ci -= trimStart - 1;
      }
      if (lineStr.length > 80)
        lineStr = lineStr.substring(0, 79) + "\u2026";
      if (line > 1 && /^ *$/.test(lineStr.substring(0, ci))) {
        let prev = src.substring(lc.lineStarts[line - 2], lc.lineStarts[line - 1]);
        if (prev.length > 80)
          prev = prev.substring(0, 79) + "\u2026\n";
        lineStr = prev + lineStr;
      }
      if (/[^ ]/.test(lineStr)) {
        let count = 1;
        const end = error.linePos[1];
        if (end?.line === line && end.col > col) {
          count = Math.max(1, Math.min(end.col - col, 80 - ci));
        }
        const pointer = " ".repeat(ci) + "^".repeat(count);
        error.message += `:

${lineStr}
${pointer}
`;
      }
    };
    exports.YAMLError = YAMLError;
    exports.YAMLParseError = YAMLParseError;
    exports.YAMLWarning = YAMLWarning;
    exports.prettifyError = prettifyError;
  }
});

// node_modules/yaml/dist/compose/resolve-props.js
var require_resolve_props = __commonJS({
  "node_modules/yaml/dist/compose/resolve-props.js"(exports) {
    "use strict";
    function resolveProps(tokens, { flow, indicator, next, offset, onError, parentIndent, startOnNewline }) {
      let spaceBefore = false;
      let atNewline = startOnNewline;
      let hasSpace = startOnNewline;
      let comment = "";
      let commentSep = "";
      let hasNewline = false;
      let reqSpace = false;
      let tab = null;
      let anchor = null;
      let tag2 = null;
      let newlineAfterProp = null;
      let comma = null;
      let found = null;
      let start2 = null;
      for (const token of tokens) {
        if (reqSpace) {
          if (token.type !== "space" && token.type !== "newline" && token.type !== "comma")
            onError(token.offset, "MISSING_CHAR", "Tags and anchors must be separated from the next token by white space");
          reqSpace = false;
        }
        if (tab) {
          if (atNewline && token.type !== "comment" && token.type !== "newline") {
            onError(tab, "TAB_AS_INDENT", "Tabs are not allowed as indentation");
          }
          tab = null;
        }
        switch (token.type) {
          case "space":
            if (!flow && (indicator !== "doc-start" || next?.type !== "flow-collection") && token.source.includes("	")) {
              tab = token;
            }
            hasSpace = true;
            break;
          case "comment": {
            if (!hasSpace)
              onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
            const cb = token.source.substring(1) || " ";
            if (!comment)
              comment = cb;
            else
              comment += commentSep + cb;
            commentSep = "";
            atNewline = false;
            break;
          }
          case "newline":
            if (atNewline) {
              if (comment)
                comment += token.source;
              else if (!found || indicator !== "seq-item-ind")
                spaceBefore = true;
            } else
              commentSep += token.source;
            atNewline = true;
            hasNewline = true;
            if (anchor || tag2)
              newlineAfterProp = token;
            hasSpace = true;
            break;
          case "anchor":
            if (anchor)
              onError(token, "MULTIPLE_ANCHORS", "A node can have at most one anchor");
            if (token.source.endsWith(":"))
              onError(token.offset + token.source.length - 1, "BAD_ALIAS", "Anchor ending in : is ambiguous", true);
            anchor = token;
            start2 ?? (start2 = token.offset);
            atNewline = false;
            hasSpace = false;
            reqSpace = true;
            break;
          case "tag": {
            if (tag2)
              onError(token, "MULTIPLE_TAGS", "A node can have at most one tag");
            tag2 = token;
            start2 ?? (start2 = token.offset);
            atNewline = false;
            hasSpace = false;
            reqSpace = true;
            break;
          }
          case indicator:
            if (anchor || tag2)
              onError(token, "BAD_PROP_ORDER", `Anchors and tags must be after the ${token.source} indicator`);
            if (found)
              onError(token, "UNEXPECTED_TOKEN", `Unexpected ${token.source} in ${flow ?? "collection"}`);
            found = token;
            atNewline = indicator === "seq-item-ind" || indicator === "explicit-key-ind";
            hasSpace = false;
            break;
          case "comma":
            if (flow) {
              if (comma)
                onError(token, "UNEXPECTED_TOKEN", `Unexpected , in ${flow}`);
              comma = token;
              atNewline = false;
              hasSpace = false;
              break;
            }
          // else fallthrough
          default:
            onError(token, "UNEXPECTED_TOKEN", `Unexpected ${token.type} token`);
            atNewline = false;
            hasSpace = false;
        }
      }
      const last = tokens[tokens.length - 1];
      const end = last ? last.offset + last.source.length : offset;
      if (reqSpace && next && next.type !== "space" && next.type !== "newline" && next.type !== "comma" && (next.type !== "scalar" || next.source !== "")) {
        onError(next.offset, "MISSING_CHAR", "Tags and anchors must be separated from the next token by white space");
      }
      if (tab && (atNewline && tab.indent <= parentIndent || next?.type === "block-map" || next?.type === "block-seq"))
        onError(tab, "TAB_AS_INDENT", "Tabs are not allowed as indentation");
      return {
        comma,
        found,
        spaceBefore,
        comment,
        hasNewline,
        anchor,
        tag: tag2,
        newlineAfterProp,
        end,
        start: start2 ?? end
      };
    }
    exports.resolveProps = resolveProps;
  }
});

// node_modules/yaml/dist/compose/util-contains-newline.js
var require_util_contains_newline = __commonJS({
  "node_modules/yaml/dist/compose/util-contains-newline.js"(exports) {
    "use strict";
    function containsNewline(key) {
      if (!key)
        return null;
      switch (key.type) {
        case "alias":
        case "scalar":
        case "double-quoted-scalar":
        case "single-quoted-scalar":
          if (key.source.includes("\n"))
            return true;
          if (key.end) {
            for (const st of key.end)
              if (st.type === "newline")
                return true;
          }
          return false;
        case "flow-collection":
          for (const it of key.items) {
            for (const st of it.start)
              if (st.type === "newline")
                return true;
            if (it.sep) {
              for (const st of it.sep)
                if (st.type === "newline")
                  return true;
            }
            if (containsNewline(it.key) || containsNewline(it.value))
              return true;
          }
          return false;
        default:
          return true;
      }
    }
    exports.containsNewline = containsNewline;
  }
});

// node_modules/yaml/dist/compose/util-flow-indent-check.js
var require_util_flow_indent_check = __commonJS({
  "node_modules/yaml/dist/compose/util-flow-indent-check.js"(exports) {
    "use strict";
    var utilContainsNewline = require_util_contains_newline();
    function flowIndentCheck(indent, fc, onError) {
      if (fc?.type === "flow-collection") {
        const end = fc.end[0];
        if (end.indent === indent && (end.source === "]" || end.source === "}") && utilContainsNewline.containsNewline(fc)) {
          const msg = "Flow end indicator should be more indented than parent";
          onError(end, "BAD_INDENT", msg, true);
        }
      }
    }
    exports.flowIndentCheck = flowIndentCheck;
  }
});

// node_modules/yaml/dist/compose/util-map-includes.js
var require_util_map_includes = __commonJS({
  "node_modules/yaml/dist/compose/util-map-includes.js"(exports) {
    "use strict";
    var identity = require_identity();
    function mapIncludes(ctx, items, search) {
      const { uniqueKeys } = ctx.options;
      if (uniqueKeys === false)
        return false;
      const isEqual = typeof uniqueKeys === "function" ? uniqueKeys : (a, b) => a === b || identity.isScalar(a) && identity.isScalar(b) && a.value === b.value;
      return items.some((pair2) => isEqual(pair2.key, search));
    }
    exports.mapIncludes = mapIncludes;
  }
});

// node_modules/yaml/dist/compose/resolve-block-map.js
var require_resolve_block_map = __commonJS({
  "node_modules/yaml/dist/compose/resolve-block-map.js"(exports) {
    "use strict";
    var Pair = require_Pair();
    var YAMLMap = require_YAMLMap();
    var resolveProps = require_resolve_props();
    var utilContainsNewline = require_util_contains_newline();
    var utilFlowIndentCheck = require_util_flow_indent_check();
    var utilMapIncludes = require_util_map_includes();
    var startColMsg = "All mapping items must start at the same column";
    function resolveBlockMap({ composeNode, composeEmptyNode }, ctx, bm, onError, tag2) {
      const NodeClass = tag2?.nodeClass ?? YAMLMap.YAMLMap;
      const map = new NodeClass(ctx.schema);
      if (ctx.atRoot)
        ctx.atRoot = false;
      let offset = bm.offset;
      let commentEnd = null;
      for (const collItem of bm.items) {
        const { start: start2, key, sep, value } = collItem;
        const keyProps = resolveProps.resolveProps(start2, {
          indicator: "explicit-key-ind",
          next: key ?? sep?.[0],
          offset,
          onError,
          parentIndent: bm.indent,
          startOnNewline: true
        });
        const implicitKey = !keyProps.found;
        if (implicitKey) {
          if (key) {
            if (key.type === "block-seq")
              onError(offset, "BLOCK_AS_IMPLICIT_KEY", "A block sequence may not be used as an implicit map key");
            else if ("indent" in key && key.indent !== bm.indent)
              onError(offset, "BAD_INDENT", startColMsg);
          }
          if (!keyProps.anchor && !keyProps.tag && !sep) {
            commentEnd = keyProps.end;
            if (keyProps.comment) {
              if (map.comment)
                map.comment += "\n" + keyProps.comment;
              else
                map.comment = keyProps.comment;
            }
            continue;
          }
          if (keyProps.newlineAfterProp || utilContainsNewline.containsNewline(key)) {
            onError(key ?? start2[start2.length - 1], "MULTILINE_IMPLICIT_KEY", "Implicit keys need to be on a single line");
          }
        } else if (keyProps.found?.indent !== bm.indent) {
          onError(offset, "BAD_INDENT", startColMsg);
        }
        ctx.atKey = true;
        const keyStart = keyProps.end;
        const keyNode = key ? composeNode(ctx, key, keyProps, onError) : composeEmptyNode(ctx, keyStart, start2, null, keyProps, onError);
        if (ctx.schema.compat)
          utilFlowIndentCheck.flowIndentCheck(bm.indent, key, onError);
        ctx.atKey = false;
        if (utilMapIncludes.mapIncludes(ctx, map.items, keyNode))
          onError(keyStart, "DUPLICATE_KEY", "Map keys must be unique");
        const valueProps = resolveProps.resolveProps(sep ?? [], {
          indicator: "map-value-ind",
          next: value,
          offset: keyNode.range[2],
          onError,
          parentIndent: bm.indent,
          startOnNewline: !key || key.type === "block-scalar"
        });
        offset = valueProps.end;
        if (valueProps.found) {
          if (implicitKey) {
            if (value?.type === "block-map" && !valueProps.hasNewline)
              onError(offset, "BLOCK_AS_IMPLICIT_KEY", "Nested mappings are not allowed in compact mappings");
            if (ctx.options.strict && keyProps.start < valueProps.found.offset - 1024)
              onError(keyNode.range, "KEY_OVER_1024_CHARS", "The : indicator must be at most 1024 chars after the start of an implicit block mapping key");
          }
          const valueNode = value ? composeNode(ctx, value, valueProps, onError) : composeEmptyNode(ctx, offset, sep, null, valueProps, onError);
          if (ctx.schema.compat)
            utilFlowIndentCheck.flowIndentCheck(bm.indent, value, onError);
          offset = valueNode.range[2];
          const pair2 = new Pair.Pair(keyNode, valueNode);
          if (ctx.options.keepSourceTokens)
            pair2.srcToken = collItem;
          map.items.push(pair2);
        } else {
          if (implicitKey)
            onError(keyNode.range, "MISSING_CHAR", "Implicit map keys need to be followed by map values");
          if (valueProps.comment) {
            if (keyNode.comment)
              keyNode.comment += "\n" + valueProps.comment;
            else
              keyNode.comment = valueProps.comment;
          }
          const pair2 = new Pair.Pair(keyNode);
          if (ctx.options.keepSourceTokens)
            pair2.srcToken = collItem;
          map.items.push(pair2);
        }
      }
      if (commentEnd && commentEnd < offset)
        onError(commentEnd, "IMPOSSIBLE", "Map comment with trailing content");
      map.range = [bm.offset, offset, commentEnd ?? offset];
      return map;
    }
    exports.resolveBlockMap = resolveBlockMap;
  }
});

// node_modules/yaml/dist/compose/resolve-block-seq.js
var require_resolve_block_seq = __commonJS({
  "node_modules/yaml/dist/compose/resolve-block-seq.js"(exports) {
    "use strict";
    var YAMLSeq = require_YAMLSeq();
    var resolveProps = require_resolve_props();
    var utilFlowIndentCheck = require_util_flow_indent_check();
    function resolveBlockSeq({ composeNode, composeEmptyNode }, ctx, bs, onError, tag2) {
      const NodeClass = tag2?.nodeClass ?? YAMLSeq.YAMLSeq;
      const seq = new NodeClass(ctx.schema);
      if (ctx.atRoot)
        ctx.atRoot = false;
      if (ctx.atKey)
        ctx.atKey = false;
      let offset = bs.offset;
      let commentEnd = null;
      for (const { start: start2, value } of bs.items) {
        const props = resolveProps.resolveProps(start2, {
          indicator: "seq-item-ind",
          next: value,
          offset,
          onError,
          parentIndent: bs.indent,
          startOnNewline: true
        });
        if (!props.found) {
          if (props.anchor || props.tag || value) {
            if (value?.type === "block-seq")
              onError(props.end, "BAD_INDENT", "All sequence items must start at the same column");
            else
              onError(offset, "MISSING_CHAR", "Sequence item without - indicator");
          } else {
            commentEnd = props.end;
            if (props.comment)
              seq.comment = props.comment;
            continue;
          }
        }
        const node = value ? composeNode(ctx, value, props, onError) : composeEmptyNode(ctx, props.end, start2, null, props, onError);
        if (ctx.schema.compat)
          utilFlowIndentCheck.flowIndentCheck(bs.indent, value, onError);
        offset = node.range[2];
        seq.items.push(node);
      }
      seq.range = [bs.offset, offset, commentEnd ?? offset];
      return seq;
    }
    exports.resolveBlockSeq = resolveBlockSeq;
  }
});

// node_modules/yaml/dist/compose/resolve-end.js
var require_resolve_end = __commonJS({
  "node_modules/yaml/dist/compose/resolve-end.js"(exports) {
    "use strict";
    function resolveEnd(end, offset, reqSpace, onError) {
      let comment = "";
      if (end) {
        let hasSpace = false;
        let sep = "";
        for (const token of end) {
          const { source, type } = token;
          switch (type) {
            case "space":
              hasSpace = true;
              break;
            case "comment": {
              if (reqSpace && !hasSpace)
                onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
              const cb = source.substring(1) || " ";
              if (!comment)
                comment = cb;
              else
                comment += sep + cb;
              sep = "";
              break;
            }
            case "newline":
              if (comment)
                sep += source;
              hasSpace = true;
              break;
            default:
              onError(token, "UNEXPECTED_TOKEN", `Unexpected ${type} at node end`);
          }
          offset += source.length;
        }
      }
      return { comment, offset };
    }
    exports.resolveEnd = resolveEnd;
  }
});

// node_modules/yaml/dist/compose/resolve-flow-collection.js
var require_resolve_flow_collection = __commonJS({
  "node_modules/yaml/dist/compose/resolve-flow-collection.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Pair = require_Pair();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var resolveEnd = require_resolve_end();
    var resolveProps = require_resolve_props();
    var utilContainsNewline = require_util_contains_newline();
    var utilMapIncludes = require_util_map_includes();
    var blockMsg = "Block collections are not allowed within flow collections";
    var isBlock = (token) => token && (token.type === "block-map" || token.type === "block-seq");
    function resolveFlowCollection({ composeNode, composeEmptyNode }, ctx, fc, onError, tag2) {
      const isMap2 = fc.start.source === "{";
      const fcName = isMap2 ? "flow map" : "flow sequence";
      const NodeClass = tag2?.nodeClass ?? (isMap2 ? YAMLMap.YAMLMap : YAMLSeq.YAMLSeq);
      const coll = new NodeClass(ctx.schema);
      coll.flow = true;
      const atRoot = ctx.atRoot;
      if (atRoot)
        ctx.atRoot = false;
      if (ctx.atKey)
        ctx.atKey = false;
      let offset = fc.offset + fc.start.source.length;
      for (let i = 0; i < fc.items.length; ++i) {
        const collItem = fc.items[i];
        const { start: start2, key, sep, value } = collItem;
        const props = resolveProps.resolveProps(start2, {
          flow: fcName,
          indicator: "explicit-key-ind",
          next: key ?? sep?.[0],
          offset,
          onError,
          parentIndent: fc.indent,
          startOnNewline: false
        });
        if (!props.found) {
          if (!props.anchor && !props.tag && !sep && !value) {
            if (i === 0 && props.comma)
              onError(props.comma, "UNEXPECTED_TOKEN", `Unexpected , in ${fcName}`);
            else if (i < fc.items.length - 1)
              onError(props.start, "UNEXPECTED_TOKEN", `Unexpected empty item in ${fcName}`);
            if (props.comment) {
              if (coll.comment)
                coll.comment += "\n" + props.comment;
              else
                coll.comment = props.comment;
            }
            offset = props.end;
            continue;
          }
          if (!isMap2 && ctx.options.strict && utilContainsNewline.containsNewline(key))
            onError(
              key,
              // checked by containsNewline()
              "MULTILINE_IMPLICIT_KEY",
              "Implicit keys of flow sequence pairs need to be on a single line"
            );
        }
        if (i === 0) {
          if (props.comma)
            onError(props.comma, "UNEXPECTED_TOKEN", `Unexpected , in ${fcName}`);
        } else {
          if (!props.comma)
            onError(props.start, "MISSING_CHAR", `Missing , between ${fcName} items`);
          if (props.comment) {
            let prevItemComment = "";
            loop: for (const st of start2) {
              switch (st.type) {
                case "comma":
                case "space":
                  break;
                case "comment":
                  prevItemComment = st.source.substring(1);
                  break loop;
                default:
                  break loop;
              }
            }
            if (prevItemComment) {
              let prev = coll.items[coll.items.length - 1];
              if (identity.isPair(prev))
                prev = prev.value ?? prev.key;
              if (prev.comment)
                prev.comment += "\n" + prevItemComment;
              else
                prev.comment = prevItemComment;
              props.comment = props.comment.substring(prevItemComment.length + 1);
            }
          }
        }
        if (!isMap2 && !sep && !props.found) {
          const valueNode = value ? composeNode(ctx, value, props, onError) : composeEmptyNode(ctx, props.end, sep, null, props, onError);
          coll.items.push(valueNode);
          offset = valueNode.range[2];
          if (isBlock(value))
            onError(valueNode.range, "BLOCK_IN_FLOW", blockMsg);
        } else {
          ctx.atKey = true;
          const keyStart = props.end;
          const keyNode = key ? composeNode(ctx, key, props, onError) : composeEmptyNode(ctx, keyStart, start2, null, props, onError);
          if (isBlock(key))
            onError(keyNode.range, "BLOCK_IN_FLOW", blockMsg);
          ctx.atKey = false;
          const valueProps = resolveProps.resolveProps(sep ?? [], {
            flow: fcName,
            indicator: "map-value-ind",
            next: value,
            offset: keyNode.range[2],
            onError,
            parentIndent: fc.indent,
            startOnNewline: false
          });
          if (valueProps.found) {
            if (!isMap2 && !props.found && ctx.options.strict) {
              if (sep)
                for (const st of sep) {
                  if (st === valueProps.found)
                    break;
                  if (st.type === "newline") {
                    onError(st, "MULTILINE_IMPLICIT_KEY", "Implicit keys of flow sequence pairs need to be on a single line");
                    break;
                  }
                }
              if (props.start < valueProps.found.offset - 1024)
                onError(valueProps.found, "KEY_OVER_1024_CHARS", "The : indicator must be at most 1024 chars after the start of an implicit flow sequence key");
            }
          } else if (value) {
            if ("source" in value && value.source?.[0] === ":")
              onError(value, "MISSING_CHAR", `Missing space after : in ${fcName}`);
            else
              onError(valueProps.start, "MISSING_CHAR", `Missing , or : between ${fcName} items`);
          }
          const valueNode = value ? composeNode(ctx, value, valueProps, onError) : valueProps.found ? composeEmptyNode(ctx, valueProps.end, sep, null, valueProps, onError) : null;
          if (valueNode) {
            if (isBlock(value))
              onError(valueNode.range, "BLOCK_IN_FLOW", blockMsg);
          } else if (valueProps.comment) {
            if (keyNode.comment)
              keyNode.comment += "\n" + valueProps.comment;
            else
              keyNode.comment = valueProps.comment;
          }
          const pair2 = new Pair.Pair(keyNode, valueNode);
          if (ctx.options.keepSourceTokens)
            pair2.srcToken = collItem;
          if (isMap2) {
            const map = coll;
            if (utilMapIncludes.mapIncludes(ctx, map.items, keyNode))
              onError(keyStart, "DUPLICATE_KEY", "Map keys must be unique");
            map.items.push(pair2);
          } else {
            const map = new YAMLMap.YAMLMap(ctx.schema);
            map.flow = true;
            map.items.push(pair2);
            const endRange = (valueNode ?? keyNode).range;
            map.range = [keyNode.range[0], endRange[1], endRange[2]];
            coll.items.push(map);
          }
          offset = valueNode ? valueNode.range[2] : valueProps.end;
        }
      }
      const expectedEnd = isMap2 ? "}" : "]";
      const [ce, ...ee] = fc.end;
      let cePos = offset;
      if (ce?.source === expectedEnd)
        cePos = ce.offset + ce.source.length;
      else {
        const name = fcName[0].toUpperCase() + fcName.substring(1);
        const msg = atRoot ? `${name} must end with a ${expectedEnd}` : `${name} in block collection must be sufficiently indented and end with a ${expectedEnd}`;
        onError(offset, atRoot ? "MISSING_CHAR" : "BAD_INDENT", msg);
        if (ce && ce.source.length !== 1)
          ee.unshift(ce);
      }
      if (ee.length > 0) {
        const end = resolveEnd.resolveEnd(ee, cePos, ctx.options.strict, onError);
        if (end.comment) {
          if (coll.comment)
            coll.comment += "\n" + end.comment;
          else
            coll.comment = end.comment;
        }
        coll.range = [fc.offset, cePos, end.offset];
      } else {
        coll.range = [fc.offset, cePos, cePos];
      }
      return coll;
    }
    exports.resolveFlowCollection = resolveFlowCollection;
  }
});

// node_modules/yaml/dist/compose/compose-collection.js
var require_compose_collection = __commonJS({
  "node_modules/yaml/dist/compose/compose-collection.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Scalar = require_Scalar();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var resolveBlockMap = require_resolve_block_map();
    var resolveBlockSeq = require_resolve_block_seq();
    var resolveFlowCollection = require_resolve_flow_collection();
    function resolveCollection(CN, ctx, token, onError, tagName, tag2) {
      const coll = token.type === "block-map" ? resolveBlockMap.resolveBlockMap(CN, ctx, token, onError, tag2) : token.type === "block-seq" ? resolveBlockSeq.resolveBlockSeq(CN, ctx, token, onError, tag2) : resolveFlowCollection.resolveFlowCollection(CN, ctx, token, onError, tag2);
      const Coll = coll.constructor;
      if (tagName === "!" || tagName === Coll.tagName) {
        coll.tag = Coll.tagName;
        return coll;
      }
      if (tagName)
        coll.tag = tagName;
      return coll;
    }
    function composeCollection(CN, ctx, token, props, onError) {
      const tagToken = props.tag;
      const tagName = !tagToken ? null : ctx.directives.tagName(tagToken.source, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg));
      if (token.type === "block-seq") {
        const { anchor, newlineAfterProp: nl } = props;
        const lastProp = anchor && tagToken ? anchor.offset > tagToken.offset ? anchor : tagToken : anchor ?? tagToken;
        if (lastProp && (!nl || nl.offset < lastProp.offset)) {
          const message2 = "Missing newline after block sequence props";
          onError(lastProp, "MISSING_CHAR", message2);
        }
      }
      const expType = token.type === "block-map" ? "map" : token.type === "block-seq" ? "seq" : token.start.source === "{" ? "map" : "seq";
      if (!tagToken || !tagName || tagName === "!" || tagName === YAMLMap.YAMLMap.tagName && expType === "map" || tagName === YAMLSeq.YAMLSeq.tagName && expType === "seq") {
        return resolveCollection(CN, ctx, token, onError, tagName);
      }
      let tag2 = ctx.schema.tags.find((t) => t.tag === tagName && t.collection === expType);
      if (!tag2) {
        const kt = ctx.schema.knownTags[tagName];
        if (kt?.collection === expType) {
          ctx.schema.tags.push(Object.assign({}, kt, { default: false }));
          tag2 = kt;
        } else {
          if (kt) {
            onError(tagToken, "BAD_COLLECTION_TYPE", `${kt.tag} used for ${expType} collection, but expects ${kt.collection ?? "scalar"}`, true);
          } else {
            onError(tagToken, "TAG_RESOLVE_FAILED", `Unresolved tag: ${tagName}`, true);
          }
          return resolveCollection(CN, ctx, token, onError, tagName);
        }
      }
      const coll = resolveCollection(CN, ctx, token, onError, tagName, tag2);
      const res = tag2.resolve?.(coll, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg), ctx.options) ?? coll;
      const node = identity.isNode(res) ? res : new Scalar.Scalar(res);
      node.range = coll.range;
      node.tag = tagName;
      if (tag2?.format)
        node.format = tag2.format;
      return node;
    }
    exports.composeCollection = composeCollection;
  }
});

// node_modules/yaml/dist/compose/resolve-block-scalar.js
var require_resolve_block_scalar = __commonJS({
  "node_modules/yaml/dist/compose/resolve-block-scalar.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    function resolveBlockScalar(ctx, scalar2, onError) {
      const start2 = scalar2.offset;
      const header = parseBlockScalarHeader(scalar2, ctx.options.strict, onError);
      if (!header)
        return { value: "", type: null, comment: "", range: [start2, start2, start2] };
      const type = header.mode === ">" ? Scalar.Scalar.BLOCK_FOLDED : Scalar.Scalar.BLOCK_LITERAL;
      const lines = scalar2.source ? splitLines2(scalar2.source) : [];
      let chompStart = lines.length;
      for (let i = lines.length - 1; i >= 0; --i) {
        const content = lines[i][1];
        if (content === "" || content === "\r")
          chompStart = i;
        else
          break;
      }
      if (chompStart === 0) {
        const value2 = header.chomp === "+" && lines.length > 0 ? "\n".repeat(Math.max(1, lines.length - 1)) : "";
        let end2 = start2 + header.length;
        if (scalar2.source)
          end2 += scalar2.source.length;
        return { value: value2, type, comment: header.comment, range: [start2, end2, end2] };
      }
      let trimIndent = scalar2.indent + header.indent;
      let offset = scalar2.offset + header.length;
      let contentStart = 0;
      for (let i = 0; i < chompStart; ++i) {
        const [indent, content] = lines[i];
        if (content === "" || content === "\r") {
          if (header.indent === 0 && indent.length > trimIndent)
            trimIndent = indent.length;
        } else {
          if (indent.length < trimIndent) {
            const message2 = "Block scalars with more-indented leading empty lines must use an explicit indentation indicator";
            onError(offset + indent.length, "MISSING_CHAR", message2);
          }
          if (header.indent === 0)
            trimIndent = indent.length;
          contentStart = i;
          if (trimIndent === 0 && !ctx.atRoot) {
            const message2 = "Block scalar values in collections must be indented";
            onError(offset, "BAD_INDENT", message2);
          }
          break;
        }
        offset += indent.length + content.length + 1;
      }
      for (let i = lines.length - 1; i >= chompStart; --i) {
        if (lines[i][0].length > trimIndent)
          chompStart = i + 1;
      }
      let value = "";
      let sep = "";
      let prevMoreIndented = false;
      for (let i = 0; i < contentStart; ++i)
        value += lines[i][0].slice(trimIndent) + "\n";
      for (let i = contentStart; i < chompStart; ++i) {
        let [indent, content] = lines[i];
        offset += indent.length + content.length + 1;
        const crlf = content[content.length - 1] === "\r";
        if (crlf)
          content = content.slice(0, -1);
        if (content && indent.length < trimIndent) {
          const src = header.indent ? "explicit indentation indicator" : "first line";
          const message2 = `Block scalar lines must not be less indented than their ${src}`;
          onError(offset - content.length - (crlf ? 2 : 1), "BAD_INDENT", message2);
          indent = "";
        }
        if (type === Scalar.Scalar.BLOCK_LITERAL) {
          value += sep + indent.slice(trimIndent) + content;
          sep = "\n";
        } else if (indent.length > trimIndent || content[0] === "	") {
          if (sep === " ")
            sep = "\n";
          else if (!prevMoreIndented && sep === "\n")
            sep = "\n\n";
          value += sep + indent.slice(trimIndent) + content;
          sep = "\n";
          prevMoreIndented = true;
        } else if (content === "") {
          if (sep === "\n")
            value += "\n";
          else
            sep = "\n";
        } else {
          value += sep + content;
          sep = " ";
          prevMoreIndented = false;
        }
      }
      switch (header.chomp) {
        case "-":
          break;
        case "+":
          for (let i = chompStart; i < lines.length; ++i)
            value += "\n" + lines[i][0].slice(trimIndent);
          if (value[value.length - 1] !== "\n")
            value += "\n";
          break;
        default:
          value += "\n";
      }
      const end = start2 + header.length + scalar2.source.length;
      return { value, type, comment: header.comment, range: [start2, end, end] };
    }
    function parseBlockScalarHeader({ offset, props }, strict, onError) {
      if (props[0].type !== "block-scalar-header") {
        onError(props[0], "IMPOSSIBLE", "Block scalar header not found");
        return null;
      }
      const { source } = props[0];
      const mode = source[0];
      let indent = 0;
      let chomp = "";
      let error = -1;
      for (let i = 1; i < source.length; ++i) {
        const ch = source[i];
        if (!chomp && (ch === "-" || ch === "+"))
          chomp = ch;
        else {
          const n = Number(ch);
          if (!indent && n)
            indent = n;
          else if (error === -1)
            error = offset + i;
        }
      }
      if (error !== -1)
        onError(error, "UNEXPECTED_TOKEN", `Block scalar header includes extra characters: ${source}`);
      let hasSpace = false;
      let comment = "";
      let length = source.length;
      for (let i = 1; i < props.length; ++i) {
        const token = props[i];
        switch (token.type) {
          case "space":
            hasSpace = true;
          // fallthrough
          case "newline":
            length += token.source.length;
            break;
          case "comment":
            if (strict && !hasSpace) {
              const message2 = "Comments must be separated from other tokens by white space characters";
              onError(token, "MISSING_CHAR", message2);
            }
            length += token.source.length;
            comment = token.source.substring(1);
            break;
          case "error":
            onError(token, "UNEXPECTED_TOKEN", token.message);
            length += token.source.length;
            break;
          /* istanbul ignore next should not happen */
          default: {
            const message2 = `Unexpected token in block scalar header: ${token.type}`;
            onError(token, "UNEXPECTED_TOKEN", message2);
            const ts = token.source;
            if (ts && typeof ts === "string")
              length += ts.length;
          }
        }
      }
      return { mode, indent, chomp, comment, length };
    }
    function splitLines2(source) {
      const split2 = source.split(/\n( *)/);
      const first = split2[0];
      const m = first.match(/^( *)/);
      const line0 = m?.[1] ? [m[1], first.slice(m[1].length)] : ["", first];
      const lines = [line0];
      for (let i = 1; i < split2.length; i += 2)
        lines.push([split2[i], split2[i + 1]]);
      return lines;
    }
    exports.resolveBlockScalar = resolveBlockScalar;
  }
});

// node_modules/yaml/dist/compose/resolve-flow-scalar.js
var require_resolve_flow_scalar = __commonJS({
  "node_modules/yaml/dist/compose/resolve-flow-scalar.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    var resolveEnd = require_resolve_end();
    function resolveFlowScalar(scalar2, strict, onError) {
      const { offset, type, source, end } = scalar2;
      let _type;
      let value;
      const _onError = (rel, code, msg) => onError(offset + rel, code, msg);
      switch (type) {
        case "scalar":
          _type = Scalar.Scalar.PLAIN;
          value = plainValue(source, _onError);
          break;
        case "single-quoted-scalar":
          _type = Scalar.Scalar.QUOTE_SINGLE;
          value = singleQuotedValue(source, _onError);
          break;
        case "double-quoted-scalar":
          _type = Scalar.Scalar.QUOTE_DOUBLE;
          value = doubleQuotedValue(source, _onError);
          break;
        /* istanbul ignore next should not happen */
        default:
          onError(scalar2, "UNEXPECTED_TOKEN", `Expected a flow scalar value, but found: ${type}`);
          return {
            value: "",
            type: null,
            comment: "",
            range: [offset, offset + source.length, offset + source.length]
          };
      }
      const valueEnd = offset + source.length;
      const re = resolveEnd.resolveEnd(end, valueEnd, strict, onError);
      return {
        value,
        type: _type,
        comment: re.comment,
        range: [offset, valueEnd, re.offset]
      };
    }
    function plainValue(source, onError) {
      let badChar = "";
      switch (source[0]) {
        /* istanbul ignore next should not happen */
        case "	":
          badChar = "a tab character";
          break;
        case ",":
          badChar = "flow indicator character ,";
          break;
        case "%":
          badChar = "directive indicator character %";
          break;
        case "|":
        case ">": {
          badChar = `block scalar indicator ${source[0]}`;
          break;
        }
        case "@":
        case "`": {
          badChar = `reserved character ${source[0]}`;
          break;
        }
      }
      if (badChar)
        onError(0, "BAD_SCALAR_START", `Plain value cannot start with ${badChar}`);
      return unfoldLines(source);
    }
    function singleQuotedValue(source, onError) {
      if (source[source.length - 1] !== "'" || source.length === 1)
        onError(source.length, "MISSING_CHAR", "Missing closing 'quote");
      return unfoldLines(source.slice(1, -1)).replace(/''/g, "'");
    }
    function unfoldLines(source) {
      const line = /(.*?)\r?\n/sy;
      let match = line.exec(source);
      if (!match)
        return source;
      let trimEnd, trimBoth;
      try {
        trimEnd = new RegExp("(?<![ 	])[ 	]+$");
        trimBoth = new RegExp("^[ 	]+|(?<![ 	])[ 	]+$", "g");
      } catch {
        trimEnd = /[ \t]+$/;
        trimBoth = /^[ \t]+|[ \t]+$/g;
      }
      let res = match[1].replace(trimEnd, "");
      let sep = " ";
      let pos = line.lastIndex;
      while (match = line.exec(source)) {
        const lm = match[1].replace(trimBoth, "");
        if (lm === "") {
          if (sep === "\n")
            res += sep;
          else
            sep = "\n";
        } else {
          res += sep + lm;
          sep = " ";
        }
        pos = line.lastIndex;
      }
      const last = /[ \t]*(.*)/sy;
      last.lastIndex = pos;
      match = last.exec(source);
      return res + sep + (match?.[1] ?? "");
    }
    function doubleQuotedValue(source, onError) {
      let res = "";
      for (let i = 1; i < source.length - 1; ++i) {
        const ch = source[i];
        if (ch === "\r" && source[i + 1] === "\n")
          continue;
        if (ch === "\n") {
          const { fold, offset } = foldNewline(source, i);
          res += fold;
          i = offset;
        } else if (ch === "\\") {
          let next = source[++i];
          const cc = escapeCodes[next];
          if (cc)
            res += cc;
          else if (next === "\n") {
            next = source[i + 1];
            while (next === " " || next === "	")
              next = source[++i + 1];
          } else if (next === "\r" && source[i + 1] === "\n") {
            next = source[++i + 1];
            while (next === " " || next === "	")
              next = source[++i + 1];
          } else if (next === "x" || next === "u" || next === "U") {
            const length = next === "x" ? 2 : next === "u" ? 4 : 8;
            res += parseCharCode(source, i + 1, length, onError);
            i += length;
          } else {
            const raw = source.substr(i - 1, 2);
            onError(i - 1, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw}`);
            res += raw;
          }
        } else if (ch === " " || ch === "	") {
          const wsStart = i;
          let next = source[i + 1];
          while (next === " " || next === "	")
            next = source[++i + 1];
          if (next !== "\n" && !(next === "\r" && source[i + 2] === "\n"))
            res += i > wsStart ? source.slice(wsStart, i + 1) : ch;
        } else {
          res += ch;
        }
      }
      if (source[source.length - 1] !== '"' || source.length === 1)
        onError(source.length, "MISSING_CHAR", 'Missing closing "quote');
      return res;
    }
    function foldNewline(source, offset) {
      let fold = "";
      let ch = source[offset + 1];
      while (ch === " " || ch === "	" || ch === "\n" || ch === "\r") {
        if (ch === "\r" && source[offset + 2] !== "\n")
          break;
        if (ch === "\n")
          fold += "\n";
        offset += 1;
        ch = source[offset + 1];
      }
      if (!fold)
        fold = " ";
      return { fold, offset };
    }
    var escapeCodes = {
      "0": "\0",
      // null character
      a: "\x07",
      // bell character
      b: "\b",
      // backspace
      e: "\x1B",
      // escape character
      f: "\f",
      // form feed
      n: "\n",
      // line feed
      r: "\r",
      // carriage return
      t: "	",
      // horizontal tab
      v: "\v",
      // vertical tab
      N: "\x85",
      // Unicode next line
      _: "\xA0",
      // Unicode non-breaking space
      L: "\u2028",
      // Unicode line separator
      P: "\u2029",
      // Unicode paragraph separator
      " ": " ",
      '"': '"',
      "/": "/",
      "\\": "\\",
      "	": "	"
    };
    function parseCharCode(source, offset, length, onError) {
      const cc = source.substr(offset, length);
      const ok = cc.length === length && /^[0-9a-fA-F]+$/.test(cc);
      const code = ok ? parseInt(cc, 16) : NaN;
      try {
        return String.fromCodePoint(code);
      } catch {
        const raw = source.substr(offset - 2, length + 2);
        onError(offset - 2, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw}`);
        return raw;
      }
    }
    exports.resolveFlowScalar = resolveFlowScalar;
  }
});

// node_modules/yaml/dist/compose/compose-scalar.js
var require_compose_scalar = __commonJS({
  "node_modules/yaml/dist/compose/compose-scalar.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Scalar = require_Scalar();
    var resolveBlockScalar = require_resolve_block_scalar();
    var resolveFlowScalar = require_resolve_flow_scalar();
    function composeScalar(ctx, token, tagToken, onError) {
      const { value, type, comment, range } = token.type === "block-scalar" ? resolveBlockScalar.resolveBlockScalar(ctx, token, onError) : resolveFlowScalar.resolveFlowScalar(token, ctx.options.strict, onError);
      const tagName = tagToken ? ctx.directives.tagName(tagToken.source, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg)) : null;
      let tag2;
      if (ctx.options.stringKeys && ctx.atKey) {
        tag2 = ctx.schema[identity.SCALAR];
      } else if (tagName)
        tag2 = findScalarTagByName(ctx.schema, value, tagName, tagToken, onError);
      else if (token.type === "scalar")
        tag2 = findScalarTagByTest(ctx, value, token, onError);
      else
        tag2 = ctx.schema[identity.SCALAR];
      let scalar2;
      try {
        const res = tag2.resolve(value, (msg) => onError(tagToken ?? token, "TAG_RESOLVE_FAILED", msg), ctx.options);
        scalar2 = identity.isScalar(res) ? res : new Scalar.Scalar(res);
      } catch (error) {
        const msg = error instanceof Error ? error.message : String(error);
        onError(tagToken ?? token, "TAG_RESOLVE_FAILED", msg);
        scalar2 = new Scalar.Scalar(value);
      }
      scalar2.range = range;
      scalar2.source = value;
      if (type)
        scalar2.type = type;
      if (tagName)
        scalar2.tag = tagName;
      if (tag2.format)
        scalar2.format = tag2.format;
      if (comment)
        scalar2.comment = comment;
      return scalar2;
    }
    function findScalarTagByName(schema, value, tagName, tagToken, onError) {
      if (tagName === "!")
        return schema[identity.SCALAR];
      const matchWithTest = [];
      for (const tag2 of schema.tags) {
        if (!tag2.collection && tag2.tag === tagName) {
          if (tag2.default && tag2.test)
            matchWithTest.push(tag2);
          else
            return tag2;
        }
      }
      for (const tag2 of matchWithTest)
        if (tag2.test?.test(value))
          return tag2;
      const kt = schema.knownTags[tagName];
      if (kt && !kt.collection) {
        schema.tags.push(Object.assign({}, kt, { default: false, test: void 0 }));
        return kt;
      }
      onError(tagToken, "TAG_RESOLVE_FAILED", `Unresolved tag: ${tagName}`, tagName !== "tag:yaml.org,2002:str");
      return schema[identity.SCALAR];
    }
    function findScalarTagByTest({ atKey, directives, schema }, value, token, onError) {
      const tag2 = schema.tags.find((tag3) => (tag3.default === true || atKey && tag3.default === "key") && tag3.test?.test(value)) || schema[identity.SCALAR];
      if (schema.compat) {
        const compat = schema.compat.find((tag3) => tag3.default && tag3.test?.test(value)) ?? schema[identity.SCALAR];
        if (tag2.tag !== compat.tag) {
          const ts = directives.tagString(tag2.tag);
          const cs = directives.tagString(compat.tag);
          const msg = `Value may be parsed as either ${ts} or ${cs}`;
          onError(token, "TAG_RESOLVE_FAILED", msg, true);
        }
      }
      return tag2;
    }
    exports.composeScalar = composeScalar;
  }
});

// node_modules/yaml/dist/compose/util-empty-scalar-position.js
var require_util_empty_scalar_position = __commonJS({
  "node_modules/yaml/dist/compose/util-empty-scalar-position.js"(exports) {
    "use strict";
    function emptyScalarPosition(offset, before, pos) {
      if (before) {
        pos ?? (pos = before.length);
        for (let i = pos - 1; i >= 0; --i) {
          let st = before[i];
          switch (st.type) {
            case "space":
            case "comment":
            case "newline":
              offset -= st.source.length;
              continue;
          }
          st = before[++i];
          while (st?.type === "space") {
            offset += st.source.length;
            st = before[++i];
          }
          break;
        }
      }
      return offset;
    }
    exports.emptyScalarPosition = emptyScalarPosition;
  }
});

// node_modules/yaml/dist/compose/compose-node.js
var require_compose_node = __commonJS({
  "node_modules/yaml/dist/compose/compose-node.js"(exports) {
    "use strict";
    var Alias = require_Alias();
    var identity = require_identity();
    var composeCollection = require_compose_collection();
    var composeScalar = require_compose_scalar();
    var resolveEnd = require_resolve_end();
    var utilEmptyScalarPosition = require_util_empty_scalar_position();
    var CN = { composeNode, composeEmptyNode };
    function composeNode(ctx, token, props, onError) {
      const atKey = ctx.atKey;
      const { spaceBefore, comment, anchor, tag: tag2 } = props;
      let node;
      let isSrcToken = true;
      switch (token.type) {
        case "alias":
          node = composeAlias(ctx, token, onError);
          if (anchor || tag2)
            onError(token, "ALIAS_PROPS", "An alias node must not specify any properties");
          break;
        case "scalar":
        case "single-quoted-scalar":
        case "double-quoted-scalar":
        case "block-scalar":
          node = composeScalar.composeScalar(ctx, token, tag2, onError);
          if (anchor)
            node.anchor = anchor.source.substring(1);
          break;
        case "block-map":
        case "block-seq":
        case "flow-collection":
          try {
            node = composeCollection.composeCollection(CN, ctx, token, props, onError);
            if (anchor)
              node.anchor = anchor.source.substring(1);
          } catch (error) {
            const message2 = error instanceof Error ? error.message : String(error);
            onError(token, "RESOURCE_EXHAUSTION", message2);
          }
          break;
        default: {
          const message2 = token.type === "error" ? token.message : `Unsupported token (type: ${token.type})`;
          onError(token, "UNEXPECTED_TOKEN", message2);
          isSrcToken = false;
        }
      }
      node ?? (node = composeEmptyNode(ctx, token.offset, void 0, null, props, onError));
      if (anchor && node.anchor === "")
        onError(anchor, "BAD_ALIAS", "Anchor cannot be an empty string");
      if (atKey && ctx.options.stringKeys && (!identity.isScalar(node) || typeof node.value !== "string" || node.tag && node.tag !== "tag:yaml.org,2002:str")) {
        const msg = "With stringKeys, all keys must be strings";
        onError(tag2 ?? token, "NON_STRING_KEY", msg);
      }
      if (spaceBefore)
        node.spaceBefore = true;
      if (comment) {
        if (token.type === "scalar" && token.source === "")
          node.comment = comment;
        else
          node.commentBefore = comment;
      }
      if (ctx.options.keepSourceTokens && isSrcToken)
        node.srcToken = token;
      return node;
    }
    function composeEmptyNode(ctx, offset, before, pos, { spaceBefore, comment, anchor, tag: tag2, end }, onError) {
      const token = {
        type: "scalar",
        offset: utilEmptyScalarPosition.emptyScalarPosition(offset, before, pos),
        indent: -1,
        source: ""
      };
      const node = composeScalar.composeScalar(ctx, token, tag2, onError);
      if (anchor) {
        node.anchor = anchor.source.substring(1);
        if (node.anchor === "")
          onError(anchor, "BAD_ALIAS", "Anchor cannot be an empty string");
      }
      if (spaceBefore)
        node.spaceBefore = true;
      if (comment) {
        node.comment = comment;
        node.range[2] = end;
      }
      return node;
    }
    function composeAlias({ options }, { offset, source, end }, onError) {
      const alias = new Alias.Alias(source.substring(1));
      if (alias.source === "")
        onError(offset, "BAD_ALIAS", "Alias cannot be an empty string");
      if (alias.source.endsWith(":"))
        onError(offset + source.length - 1, "BAD_ALIAS", "Alias ending in : is ambiguous", true);
      const valueEnd = offset + source.length;
      const re = resolveEnd.resolveEnd(end, valueEnd, options.strict, onError);
      alias.range = [offset, valueEnd, re.offset];
      if (re.comment)
        alias.comment = re.comment;
      return alias;
    }
    exports.composeEmptyNode = composeEmptyNode;
    exports.composeNode = composeNode;
  }
});

// node_modules/yaml/dist/compose/compose-doc.js
var require_compose_doc = __commonJS({
  "node_modules/yaml/dist/compose/compose-doc.js"(exports) {
    "use strict";
    var Document = require_Document();
    var composeNode = require_compose_node();
    var resolveEnd = require_resolve_end();
    var resolveProps = require_resolve_props();
    function composeDoc(options, directives, { offset, start: start2, value, end }, onError) {
      const opts = Object.assign({ _directives: directives }, options);
      const doc = new Document.Document(void 0, opts);
      const ctx = {
        atKey: false,
        atRoot: true,
        directives: doc.directives,
        options: doc.options,
        schema: doc.schema
      };
      const props = resolveProps.resolveProps(start2, {
        indicator: "doc-start",
        next: value ?? end?.[0],
        offset,
        onError,
        parentIndent: 0,
        startOnNewline: true
      });
      if (props.found) {
        doc.directives.docStart = true;
        if (value && (value.type === "block-map" || value.type === "block-seq") && !props.hasNewline)
          onError(props.end, "MISSING_CHAR", "Block collection cannot start on same line with directives-end marker");
      }
      doc.contents = value ? composeNode.composeNode(ctx, value, props, onError) : composeNode.composeEmptyNode(ctx, props.end, start2, null, props, onError);
      const contentEnd = doc.contents.range[2];
      const re = resolveEnd.resolveEnd(end, contentEnd, false, onError);
      if (re.comment)
        doc.comment = re.comment;
      doc.range = [offset, contentEnd, re.offset];
      return doc;
    }
    exports.composeDoc = composeDoc;
  }
});

// node_modules/yaml/dist/compose/composer.js
var require_composer = __commonJS({
  "node_modules/yaml/dist/compose/composer.js"(exports) {
    "use strict";
    var node_process = __require("process");
    var directives = require_directives();
    var Document = require_Document();
    var errors = require_errors();
    var identity = require_identity();
    var composeDoc = require_compose_doc();
    var resolveEnd = require_resolve_end();
    function getErrorPos(src) {
      if (typeof src === "number")
        return [src, src + 1];
      if (Array.isArray(src))
        return src.length === 2 ? src : [src[0], src[1]];
      const { offset, source } = src;
      return [offset, offset + (typeof source === "string" ? source.length : 1)];
    }
    function parsePrelude(prelude) {
      let comment = "";
      let atComment = false;
      let afterEmptyLine = false;
      for (let i = 0; i < prelude.length; ++i) {
        const source = prelude[i];
        switch (source[0]) {
          case "#":
            comment += (comment === "" ? "" : afterEmptyLine ? "\n\n" : "\n") + (source.substring(1) || " ");
            atComment = true;
            afterEmptyLine = false;
            break;
          case "%":
            if (prelude[i + 1]?.[0] !== "#")
              i += 1;
            atComment = false;
            break;
          default:
            if (!atComment)
              afterEmptyLine = true;
            atComment = false;
        }
      }
      return { comment, afterEmptyLine };
    }
    var Composer = class {
      constructor(options = {}) {
        this.doc = null;
        this.atDirectives = false;
        this.prelude = [];
        this.errors = [];
        this.warnings = [];
        this.onError = (source, code, message2, warning) => {
          const pos = getErrorPos(source);
          if (warning)
            this.warnings.push(new errors.YAMLWarning(pos, code, message2));
          else
            this.errors.push(new errors.YAMLParseError(pos, code, message2));
        };
        this.directives = new directives.Directives({ version: options.version || "1.2" });
        this.options = options;
      }
      decorate(doc, afterDoc) {
        const { comment, afterEmptyLine } = parsePrelude(this.prelude);
        if (comment) {
          const dc = doc.contents;
          if (afterDoc) {
            doc.comment = doc.comment ? `${doc.comment}
${comment}` : comment;
          } else if (afterEmptyLine || doc.directives.docStart || !dc) {
            doc.commentBefore = comment;
          } else if (identity.isCollection(dc) && !dc.flow && dc.items.length > 0) {
            let it = dc.items[0];
            if (identity.isPair(it))
              it = it.key;
            const cb = it.commentBefore;
            it.commentBefore = cb ? `${comment}
${cb}` : comment;
          } else {
            const cb = dc.commentBefore;
            dc.commentBefore = cb ? `${comment}
${cb}` : comment;
          }
        }
        if (afterDoc) {
          for (let i = 0; i < this.errors.length; ++i)
            doc.errors.push(this.errors[i]);
          for (let i = 0; i < this.warnings.length; ++i)
            doc.warnings.push(this.warnings[i]);
        } else {
          doc.errors = this.errors;
          doc.warnings = this.warnings;
        }
        this.prelude = [];
        this.errors = [];
        this.warnings = [];
      }
      /**
       * Current stream status information.
       *
       * Mostly useful at the end of input for an empty stream.
       */
      streamInfo() {
        return {
          comment: parsePrelude(this.prelude).comment,
          directives: this.directives,
          errors: this.errors,
          warnings: this.warnings
        };
      }
      /**
       * Compose tokens into documents.
       *
       * @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
       * @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
       */
      *compose(tokens, forceDoc = false, endOffset = -1) {
        for (const token of tokens)
          yield* this.next(token);
        yield* this.end(forceDoc, endOffset);
      }
      /** Advance the composer by one CST token. */
      *next(token) {
        if (node_process.env.LOG_STREAM)
          console.dir(token, { depth: null });
        switch (token.type) {
          case "directive":
            this.directives.add(token.source, (offset, message2, warning) => {
              const pos = getErrorPos(token);
              pos[0] += offset;
              this.onError(pos, "BAD_DIRECTIVE", message2, warning);
            });
            this.prelude.push(token.source);
            this.atDirectives = true;
            break;
          case "document": {
            const doc = composeDoc.composeDoc(this.options, this.directives, token, this.onError);
            if (this.atDirectives && !doc.directives.docStart)
              this.onError(token, "MISSING_CHAR", "Missing directives-end/doc-start indicator line");
            this.decorate(doc, false);
            if (this.doc)
              yield this.doc;
            this.doc = doc;
            this.atDirectives = false;
            break;
          }
          case "byte-order-mark":
          case "space":
            break;
          case "comment":
          case "newline":
            this.prelude.push(token.source);
            break;
          case "error": {
            const msg = token.source ? `${token.message}: ${JSON.stringify(token.source)}` : token.message;
            const error = new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", msg);
            if (this.atDirectives || !this.doc)
              this.errors.push(error);
            else
              this.doc.errors.push(error);
            break;
          }
          case "doc-end": {
            if (!this.doc) {
              const msg = "Unexpected doc-end without preceding document";
              this.errors.push(new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", msg));
              break;
            }
            this.doc.directives.docEnd = true;
            const end = resolveEnd.resolveEnd(token.end, token.offset + token.source.length, this.doc.options.strict, this.onError);
            this.decorate(this.doc, true);
            if (end.comment) {
              const dc = this.doc.comment;
              this.doc.comment = dc ? `${dc}
${end.comment}` : end.comment;
            }
            this.doc.range[2] = end.offset;
            break;
          }
          default:
            this.errors.push(new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", `Unsupported token ${token.type}`));
        }
      }
      /**
       * Call at end of input to yield any remaining document.
       *
       * @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
       * @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
       */
      *end(forceDoc = false, endOffset = -1) {
        if (this.doc) {
          this.decorate(this.doc, true);
          yield this.doc;
          this.doc = null;
        } else if (forceDoc) {
          const opts = Object.assign({ _directives: this.directives }, this.options);
          const doc = new Document.Document(void 0, opts);
          if (this.atDirectives)
            this.onError(endOffset, "MISSING_CHAR", "Missing directives-end indicator line");
          doc.range = [0, endOffset, endOffset];
          this.decorate(doc, false);
          yield doc;
        }
      }
    };
    exports.Composer = Composer;
  }
});

// node_modules/yaml/dist/parse/cst-scalar.js
var require_cst_scalar = __commonJS({
  "node_modules/yaml/dist/parse/cst-scalar.js"(exports) {
    "use strict";
    var resolveBlockScalar = require_resolve_block_scalar();
    var resolveFlowScalar = require_resolve_flow_scalar();
    var errors = require_errors();
    var stringifyString = require_stringifyString();
    function resolveAsScalar(token, strict = true, onError) {
      if (token) {
        const _onError = (pos, code, message2) => {
          const offset = typeof pos === "number" ? pos : Array.isArray(pos) ? pos[0] : pos.offset;
          if (onError)
            onError(offset, code, message2);
          else
            throw new errors.YAMLParseError([offset, offset + 1], code, message2);
        };
        switch (token.type) {
          case "scalar":
          case "single-quoted-scalar":
          case "double-quoted-scalar":
            return resolveFlowScalar.resolveFlowScalar(token, strict, _onError);
          case "block-scalar":
            return resolveBlockScalar.resolveBlockScalar({ options: { strict } }, token, _onError);
        }
      }
      return null;
    }
    function createScalarToken(value, context) {
      const { implicitKey = false, indent, inFlow = false, offset = -1, type = "PLAIN" } = context;
      const source = stringifyString.stringifyString({ type, value }, {
        implicitKey,
        indent: indent > 0 ? " ".repeat(indent) : "",
        inFlow,
        options: { blockQuote: true, lineWidth: -1 }
      });
      const end = context.end ?? [
        { type: "newline", offset: -1, indent, source: "\n" }
      ];
      switch (source[0]) {
        case "|":
        case ">": {
          const he = source.indexOf("\n");
          const head = source.substring(0, he);
          const body = source.substring(he + 1) + "\n";
          const props = [
            { type: "block-scalar-header", offset, indent, source: head }
          ];
          if (!addEndtoBlockProps(props, end))
            props.push({ type: "newline", offset: -1, indent, source: "\n" });
          return { type: "block-scalar", offset, indent, props, source: body };
        }
        case '"':
          return { type: "double-quoted-scalar", offset, indent, source, end };
        case "'":
          return { type: "single-quoted-scalar", offset, indent, source, end };
        default:
          return { type: "scalar", offset, indent, source, end };
      }
    }
    function setScalarValue(token, value, context = {}) {
      let { afterKey = false, implicitKey = false, inFlow = false, type } = context;
      let indent = "indent" in token ? token.indent : null;
      if (afterKey && typeof indent === "number")
        indent += 2;
      if (!type)
        switch (token.type) {
          case "single-quoted-scalar":
            type = "QUOTE_SINGLE";
            break;
          case "double-quoted-scalar":
            type = "QUOTE_DOUBLE";
            break;
          case "block-scalar": {
            const header = token.props[0];
            if (header.type !== "block-scalar-header")
              throw new Error("Invalid block scalar header");
            type = header.source[0] === ">" ? "BLOCK_FOLDED" : "BLOCK_LITERAL";
            break;
          }
          default:
            type = "PLAIN";
        }
      const source = stringifyString.stringifyString({ type, value }, {
        implicitKey: implicitKey || indent === null,
        indent: indent !== null && indent > 0 ? " ".repeat(indent) : "",
        inFlow,
        options: { blockQuote: true, lineWidth: -1 }
      });
      switch (source[0]) {
        case "|":
        case ">":
          setBlockScalarValue(token, source);
          break;
        case '"':
          setFlowScalarValue(token, source, "double-quoted-scalar");
          break;
        case "'":
          setFlowScalarValue(token, source, "single-quoted-scalar");
          break;
        default:
          setFlowScalarValue(token, source, "scalar");
      }
    }
    function setBlockScalarValue(token, source) {
      const he = source.indexOf("\n");
      const head = source.substring(0, he);
      const body = source.substring(he + 1) + "\n";
      if (token.type === "block-scalar") {
        const header = token.props[0];
        if (header.type !== "block-scalar-header")
          throw new Error("Invalid block scalar header");
        header.source = head;
        token.source = body;
      } else {
        const { offset } = token;
        const indent = "indent" in token ? token.indent : -1;
        const props = [
          { type: "block-scalar-header", offset, indent, source: head }
        ];
        if (!addEndtoBlockProps(props, "end" in token ? token.end : void 0))
          props.push({ type: "newline", offset: -1, indent, source: "\n" });
        for (const key of Object.keys(token))
          if (key !== "type" && key !== "offset")
            delete token[key];
        Object.assign(token, { type: "block-scalar", indent, props, source: body });
      }
    }
    function addEndtoBlockProps(props, end) {
      if (end)
        for (const st of end)
          switch (st.type) {
            case "space":
            case "comment":
              props.push(st);
              break;
            case "newline":
              props.push(st);
              return true;
          }
      return false;
    }
    function setFlowScalarValue(token, source, type) {
      switch (token.type) {
        case "scalar":
        case "double-quoted-scalar":
        case "single-quoted-scalar":
          token.type = type;
          token.source = source;
          break;
        case "block-scalar": {
          const end = token.props.slice(1);
          let oa = source.length;
          if (token.props[0].type === "block-scalar-header")
            oa -= token.props[0].source.length;
          for (const tok of end)
            tok.offset += oa;
          delete token.props;
          Object.assign(token, { type, source, end });
          break;
        }
        case "block-map":
        case "block-seq": {
          const offset = token.offset + source.length;
          const nl = { type: "newline", offset, indent: token.indent, source: "\n" };
          delete token.items;
          Object.assign(token, { type, source, end: [nl] });
          break;
        }
        default: {
          const indent = "indent" in token ? token.indent : -1;
          const end = "end" in token && Array.isArray(token.end) ? token.end.filter((st) => st.type === "space" || st.type === "comment" || st.type === "newline") : [];
          for (const key of Object.keys(token))
            if (key !== "type" && key !== "offset")
              delete token[key];
          Object.assign(token, { type, indent, source, end });
        }
      }
    }
    exports.createScalarToken = createScalarToken;
    exports.resolveAsScalar = resolveAsScalar;
    exports.setScalarValue = setScalarValue;
  }
});

// node_modules/yaml/dist/parse/cst-stringify.js
var require_cst_stringify = __commonJS({
  "node_modules/yaml/dist/parse/cst-stringify.js"(exports) {
    "use strict";
    var stringify = (cst) => "type" in cst ? stringifyToken(cst) : stringifyItem(cst);
    function stringifyToken(token) {
      switch (token.type) {
        case "block-scalar": {
          let res = "";
          for (const tok of token.props)
            res += stringifyToken(tok);
          return res + token.source;
        }
        case "block-map":
        case "block-seq": {
          let res = "";
          for (const item of token.items)
            res += stringifyItem(item);
          return res;
        }
        case "flow-collection": {
          let res = token.start.source;
          for (const item of token.items)
            res += stringifyItem(item);
          for (const st of token.end)
            res += st.source;
          return res;
        }
        case "document": {
          let res = stringifyItem(token);
          if (token.end)
            for (const st of token.end)
              res += st.source;
          return res;
        }
        default: {
          let res = token.source;
          if ("end" in token && token.end)
            for (const st of token.end)
              res += st.source;
          return res;
        }
      }
    }
    function stringifyItem({ start: start2, key, sep, value }) {
      let res = "";
      for (const st of start2)
        res += st.source;
      if (key)
        res += stringifyToken(key);
      if (sep)
        for (const st of sep)
          res += st.source;
      if (value)
        res += stringifyToken(value);
      return res;
    }
    exports.stringify = stringify;
  }
});

// node_modules/yaml/dist/parse/cst-visit.js
var require_cst_visit = __commonJS({
  "node_modules/yaml/dist/parse/cst-visit.js"(exports) {
    "use strict";
    var BREAK = /* @__PURE__ */ Symbol("break visit");
    var SKIP = /* @__PURE__ */ Symbol("skip children");
    var REMOVE = /* @__PURE__ */ Symbol("remove item");
    function visit(cst, visitor) {
      if ("type" in cst && cst.type === "document")
        cst = { start: cst.start, value: cst.value };
      _visit(Object.freeze([]), cst, visitor);
    }
    visit.BREAK = BREAK;
    visit.SKIP = SKIP;
    visit.REMOVE = REMOVE;
    visit.itemAtPath = (cst, path) => {
      let item = cst;
      for (const [field, index] of path) {
        const tok = item?.[field];
        if (tok && "items" in tok) {
          item = tok.items[index];
        } else
          return void 0;
      }
      return item;
    };
    visit.parentCollection = (cst, path) => {
      const parent = visit.itemAtPath(cst, path.slice(0, -1));
      const field = path[path.length - 1][0];
      const coll = parent?.[field];
      if (coll && "items" in coll)
        return coll;
      throw new Error("Parent collection not found");
    };
    function _visit(path, item, visitor) {
      let ctrl = visitor(item, path);
      if (typeof ctrl === "symbol")
        return ctrl;
      for (const field of ["key", "value"]) {
        const token = item[field];
        if (token && "items" in token) {
          for (let i = 0; i < token.items.length; ++i) {
            const ci = _visit(Object.freeze(path.concat([[field, i]])), token.items[i], visitor);
            if (typeof ci === "number")
              i = ci - 1;
            else if (ci === BREAK)
              return BREAK;
            else if (ci === REMOVE) {
              token.items.splice(i, 1);
              i -= 1;
            }
          }
          if (typeof ctrl === "function" && field === "key")
            ctrl = ctrl(item, path);
        }
      }
      return typeof ctrl === "function" ? ctrl(item, path) : ctrl;
    }
    exports.visit = visit;
  }
});

// node_modules/yaml/dist/parse/cst.js
var require_cst = __commonJS({
  "node_modules/yaml/dist/parse/cst.js"(exports) {
    "use strict";
    var cstScalar = require_cst_scalar();
    var cstStringify = require_cst_stringify();
    var cstVisit = require_cst_visit();
    var BOM = "\uFEFF";
    var DOCUMENT = "";
    var FLOW_END = "";
    var SCALAR = "";
    var isCollection = (token) => !!token && "items" in token;
    var isScalar2 = (token) => !!token && (token.type === "scalar" || token.type === "single-quoted-scalar" || token.type === "double-quoted-scalar" || token.type === "block-scalar");
    function prettyToken(token) {
      switch (token) {
        case BOM:
          return "<BOM>";
        case DOCUMENT:
          return "<DOC>";
        case FLOW_END:
          return "<FLOW_END>";
        case SCALAR:
          return "<SCALAR>";
        default:
          return JSON.stringify(token);
      }
    }
    function tokenType(source) {
      switch (source) {
        case BOM:
          return "byte-order-mark";
        case DOCUMENT:
          return "doc-mode";
        case FLOW_END:
          return "flow-error-end";
        case SCALAR:
          return "scalar";
        case "---":
          return "doc-start";
        case "...":
          return "doc-end";
        case "":
        case "\n":
        case "\r\n":
          return "newline";
        case "-":
          return "seq-item-ind";
        case "?":
          return "explicit-key-ind";
        case ":":
          return "map-value-ind";
        case "{":
          return "flow-map-start";
        case "}":
          return "flow-map-end";
        case "[":
          return "flow-seq-start";
        case "]":
          return "flow-seq-end";
        case ",":
          return "comma";
      }
      switch (source[0]) {
        case " ":
        case "	":
          return "space";
        case "#":
          return "comment";
        case "%":
          return "directive-line";
        case "*":
          return "alias";
        case "&":
          return "anchor";
        case "!":
          return "tag";
        case "'":
          return "single-quoted-scalar";
        case '"':
          return "double-quoted-scalar";
        case "|":
        case ">":
          return "block-scalar-header";
      }
      return null;
    }
    exports.createScalarToken = cstScalar.createScalarToken;
    exports.resolveAsScalar = cstScalar.resolveAsScalar;
    exports.setScalarValue = cstScalar.setScalarValue;
    exports.stringify = cstStringify.stringify;
    exports.visit = cstVisit.visit;
    exports.BOM = BOM;
    exports.DOCUMENT = DOCUMENT;
    exports.FLOW_END = FLOW_END;
    exports.SCALAR = SCALAR;
    exports.isCollection = isCollection;
    exports.isScalar = isScalar2;
    exports.prettyToken = prettyToken;
    exports.tokenType = tokenType;
  }
});

// node_modules/yaml/dist/parse/lexer.js
var require_lexer = __commonJS({
  "node_modules/yaml/dist/parse/lexer.js"(exports) {
    "use strict";
    var cst = require_cst();
    function isEmpty(ch) {
      switch (ch) {
        case void 0:
        case " ":
        case "\n":
        case "\r":
        case "	":
          return true;
        default:
          return false;
      }
    }
    var hexDigits = new Set("0123456789ABCDEFabcdef");
    var tagChars = new Set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-#;/?:@&=+$_.!~*'()");
    var flowIndicatorChars = new Set(",[]{}");
    var invalidAnchorChars = new Set(" ,[]{}\n\r	");
    var isNotAnchorChar = (ch) => !ch || invalidAnchorChars.has(ch);
    var Lexer = class {
      constructor() {
        this.atEnd = false;
        this.blockScalarIndent = -1;
        this.blockScalarKeep = false;
        this.buffer = "";
        this.flowKey = false;
        this.flowLevel = 0;
        this.indentNext = 0;
        this.indentValue = 0;
        this.lineEndPos = null;
        this.next = null;
        this.pos = 0;
      }
      /**
       * Generate YAML tokens from the `source` string. If `incomplete`,
       * a part of the last line may be left as a buffer for the next call.
       *
       * @returns A generator of lexical tokens
       */
      *lex(source, incomplete = false) {
        if (source) {
          if (typeof source !== "string")
            throw TypeError("source is not a string");
          this.buffer = this.buffer ? this.buffer + source : source;
          this.lineEndPos = null;
        }
        this.atEnd = !incomplete;
        let next = this.next ?? "stream";
        while (next && (incomplete || this.hasChars(1)))
          next = yield* this.parseNext(next);
      }
      atLineEnd() {
        let i = this.pos;
        let ch = this.buffer[i];
        while (ch === " " || ch === "	")
          ch = this.buffer[++i];
        if (!ch || ch === "#" || ch === "\n")
          return true;
        if (ch === "\r")
          return this.buffer[i + 1] === "\n";
        return false;
      }
      charAt(n) {
        return this.buffer[this.pos + n];
      }
      continueScalar(offset) {
        let ch = this.buffer[offset];
        if (this.indentNext > 0) {
          let indent = 0;
          while (ch === " ")
            ch = this.buffer[++indent + offset];
          if (ch === "\r") {
            const next = this.buffer[indent + offset + 1];
            if (next === "\n" || !next && !this.atEnd)
              return offset + indent + 1;
          }
          return ch === "\n" || indent >= this.indentNext || !ch && !this.atEnd ? offset + indent : -1;
        }
        if (ch === "-" || ch === ".") {
          const dt = this.buffer.substr(offset, 3);
          if ((dt === "---" || dt === "...") && isEmpty(this.buffer[offset + 3]))
            return -1;
        }
        return offset;
      }
      getLine() {
        let end = this.lineEndPos;
        if (typeof end !== "number" || end !== -1 && end < this.pos) {
          end = this.buffer.indexOf("\n", this.pos);
          this.lineEndPos = end;
        }
        if (end === -1)
          return this.atEnd ? this.buffer.substring(this.pos) : null;
        if (this.buffer[end - 1] === "\r")
          end -= 1;
        return this.buffer.substring(this.pos, end);
      }
      hasChars(n) {
        return this.pos + n <= this.buffer.length;
      }
      setNext(state) {
        this.buffer = this.buffer.substring(this.pos);
        this.pos = 0;
        this.lineEndPos = null;
        this.next = state;
        return null;
      }
      peek(n) {
        return this.buffer.substr(this.pos, n);
      }
      *parseNext(next) {
        switch (next) {
          case "stream":
            return yield* this.parseStream();
          case "line-start":
            return yield* this.parseLineStart();
          case "block-start":
            return yield* this.parseBlockStart();
          case "doc":
            return yield* this.parseDocument();
          case "flow":
            return yield* this.parseFlowCollection();
          case "quoted-scalar":
            return yield* this.parseQuotedScalar();
          case "block-scalar":
            return yield* this.parseBlockScalar();
          case "plain-scalar":
            return yield* this.parsePlainScalar();
        }
      }
      *parseStream() {
        let line = this.getLine();
        if (line === null)
          return this.setNext("stream");
        if (line[0] === cst.BOM) {
          yield* this.pushCount(1);
          line = line.substring(1);
        }
        if (line[0] === "%") {
          let dirEnd = line.length;
          let cs = line.indexOf("#");
          while (cs !== -1) {
            const ch = line[cs - 1];
            if (ch === " " || ch === "	") {
              dirEnd = cs - 1;
              break;
            } else {
              cs = line.indexOf("#", cs + 1);
            }
          }
          while (true) {
            const ch = line[dirEnd - 1];
            if (ch === " " || ch === "	")
              dirEnd -= 1;
            else
              break;
          }
          const n = (yield* this.pushCount(dirEnd)) + (yield* this.pushSpaces(true));
          yield* this.pushCount(line.length - n);
          this.pushNewline();
          return "stream";
        }
        if (this.atLineEnd()) {
          const sp = yield* this.pushSpaces(true);
          yield* this.pushCount(line.length - sp);
          yield* this.pushNewline();
          return "stream";
        }
        yield cst.DOCUMENT;
        return yield* this.parseLineStart();
      }
      *parseLineStart() {
        const ch = this.charAt(0);
        if (!ch && !this.atEnd)
          return this.setNext("line-start");
        if (ch === "-" || ch === ".") {
          if (!this.atEnd && !this.hasChars(4))
            return this.setNext("line-start");
          const s = this.peek(3);
          if ((s === "---" || s === "...") && isEmpty(this.charAt(3))) {
            yield* this.pushCount(3);
            this.indentValue = 0;
            this.indentNext = 0;
            return s === "---" ? "doc" : "stream";
          }
        }
        this.indentValue = yield* this.pushSpaces(false);
        if (this.indentNext > this.indentValue && !isEmpty(this.charAt(1)))
          this.indentNext = this.indentValue;
        return yield* this.parseBlockStart();
      }
      *parseBlockStart() {
        const [ch0, ch1] = this.peek(2);
        if (!ch1 && !this.atEnd)
          return this.setNext("block-start");
        if ((ch0 === "-" || ch0 === "?" || ch0 === ":") && isEmpty(ch1)) {
          const n = (yield* this.pushCount(1)) + (yield* this.pushSpaces(true));
          this.indentNext = this.indentValue + 1;
          this.indentValue += n;
          return "block-start";
        }
        return "doc";
      }
      *parseDocument() {
        yield* this.pushSpaces(true);
        const line = this.getLine();
        if (line === null)
          return this.setNext("doc");
        let n = yield* this.pushIndicators();
        switch (line[n]) {
          case "#":
            yield* this.pushCount(line.length - n);
          // fallthrough
          case void 0:
            yield* this.pushNewline();
            return yield* this.parseLineStart();
          case "{":
          case "[":
            yield* this.pushCount(1);
            this.flowKey = false;
            this.flowLevel = 1;
            return "flow";
          case "}":
          case "]":
            yield* this.pushCount(1);
            return "doc";
          case "*":
            yield* this.pushUntil(isNotAnchorChar);
            return "doc";
          case '"':
          case "'":
            return yield* this.parseQuotedScalar();
          case "|":
          case ">":
            n += yield* this.parseBlockScalarHeader();
            n += yield* this.pushSpaces(true);
            yield* this.pushCount(line.length - n);
            yield* this.pushNewline();
            return yield* this.parseBlockScalar();
          default:
            return yield* this.parsePlainScalar();
        }
      }
      *parseFlowCollection() {
        let nl, sp;
        let indent = -1;
        do {
          nl = yield* this.pushNewline();
          if (nl > 0) {
            sp = yield* this.pushSpaces(false);
            this.indentValue = indent = sp;
          } else {
            sp = 0;
          }
          sp += yield* this.pushSpaces(true);
        } while (nl + sp > 0);
        const line = this.getLine();
        if (line === null)
          return this.setNext("flow");
        if (indent !== -1 && indent < this.indentNext && line[0] !== "#" || indent === 0 && (line.startsWith("---") || line.startsWith("...")) && isEmpty(line[3])) {
          const atFlowEndMarker = indent === this.indentNext - 1 && this.flowLevel === 1 && (line[0] === "]" || line[0] === "}");
          if (!atFlowEndMarker) {
            this.flowLevel = 0;
            yield cst.FLOW_END;
            return yield* this.parseLineStart();
          }
        }
        let n = 0;
        while (line[n] === ",") {
          n += yield* this.pushCount(1);
          n += yield* this.pushSpaces(true);
          this.flowKey = false;
        }
        n += yield* this.pushIndicators();
        switch (line[n]) {
          case void 0:
            return "flow";
          case "#":
            yield* this.pushCount(line.length - n);
            return "flow";
          case "{":
          case "[":
            yield* this.pushCount(1);
            this.flowKey = false;
            this.flowLevel += 1;
            return "flow";
          case "}":
          case "]":
            yield* this.pushCount(1);
            this.flowKey = true;
            this.flowLevel -= 1;
            return this.flowLevel ? "flow" : "doc";
          case "*":
            yield* this.pushUntil(isNotAnchorChar);
            return "flow";
          case '"':
          case "'":
            this.flowKey = true;
            return yield* this.parseQuotedScalar();
          case ":": {
            const next = this.charAt(1);
            if (this.flowKey || isEmpty(next) || next === ",") {
              this.flowKey = false;
              yield* this.pushCount(1);
              yield* this.pushSpaces(true);
              return "flow";
            }
          }
          // fallthrough
          default:
            this.flowKey = false;
            return yield* this.parsePlainScalar();
        }
      }
      *parseQuotedScalar() {
        const quote = this.charAt(0);
        let end = this.buffer.indexOf(quote, this.pos + 1);
        if (quote === "'") {
          while (end !== -1 && this.buffer[end + 1] === "'")
            end = this.buffer.indexOf("'", end + 2);
        } else {
          while (end !== -1) {
            let n = 0;
            while (this.buffer[end - 1 - n] === "\\")
              n += 1;
            if (n % 2 === 0)
              break;
            end = this.buffer.indexOf('"', end + 1);
          }
        }
        const qb = this.buffer.substring(0, end);
        let nl = qb.indexOf("\n", this.pos);
        if (nl !== -1) {
          while (nl !== -1) {
            const cs = this.continueScalar(nl + 1);
            if (cs === -1)
              break;
            nl = qb.indexOf("\n", cs);
          }
          if (nl !== -1) {
            end = nl - (qb[nl - 1] === "\r" ? 2 : 1);
          }
        }
        if (end === -1) {
          if (!this.atEnd)
            return this.setNext("quoted-scalar");
          end = this.buffer.length;
        }
        yield* this.pushToIndex(end + 1, false);
        return this.flowLevel ? "flow" : "doc";
      }
      *parseBlockScalarHeader() {
        this.blockScalarIndent = -1;
        this.blockScalarKeep = false;
        let i = this.pos;
        while (true) {
          const ch = this.buffer[++i];
          if (ch === "+")
            this.blockScalarKeep = true;
          else if (ch > "0" && ch <= "9")
            this.blockScalarIndent = Number(ch) - 1;
          else if (ch !== "-")
            break;
        }
        return yield* this.pushUntil((ch) => isEmpty(ch) || ch === "#");
      }
      *parseBlockScalar() {
        let nl = this.pos - 1;
        let indent = 0;
        let ch;
        loop: for (let i2 = this.pos; ch = this.buffer[i2]; ++i2) {
          switch (ch) {
            case " ":
              indent += 1;
              break;
            case "\n":
              nl = i2;
              indent = 0;
              break;
            case "\r": {
              const next = this.buffer[i2 + 1];
              if (!next && !this.atEnd)
                return this.setNext("block-scalar");
              if (next === "\n")
                break;
            }
            // fallthrough
            default:
              break loop;
          }
        }
        if (!ch && !this.atEnd)
          return this.setNext("block-scalar");
        if (indent >= this.indentNext) {
          if (this.blockScalarIndent === -1)
            this.indentNext = indent;
          else {
            this.indentNext = this.blockScalarIndent + (this.indentNext === 0 ? 1 : this.indentNext);
          }
          do {
            const cs = this.continueScalar(nl + 1);
            if (cs === -1)
              break;
            nl = this.buffer.indexOf("\n", cs);
          } while (nl !== -1);
          if (nl === -1) {
            if (!this.atEnd)
              return this.setNext("block-scalar");
            nl = this.buffer.length;
          }
        }
        let i = nl + 1;
        ch = this.buffer[i];
        while (ch === " ")
          ch = this.buffer[++i];
        if (ch === "	") {
          while (ch === "	" || ch === " " || ch === "\r" || ch === "\n")
            ch = this.buffer[++i];
          nl = i - 1;
        } else if (!this.blockScalarKeep) {
          do {
            let i2 = nl - 1;
            let ch2 = this.buffer[i2];
            if (ch2 === "\r")
              ch2 = this.buffer[--i2];
            const lastChar = i2;
            while (ch2 === " ")
              ch2 = this.buffer[--i2];
            if (ch2 === "\n" && i2 >= this.pos && i2 + 1 + indent > lastChar)
              nl = i2;
            else
              break;
          } while (true);
        }
        yield cst.SCALAR;
        yield* this.pushToIndex(nl + 1, true);
        return yield* this.parseLineStart();
      }
      *parsePlainScalar() {
        const inFlow = this.flowLevel > 0;
        let end = this.pos - 1;
        let i = this.pos - 1;
        let ch;
        while (ch = this.buffer[++i]) {
          if (ch === ":") {
            const next = this.buffer[i + 1];
            if (isEmpty(next) || inFlow && flowIndicatorChars.has(next))
              break;
            end = i;
          } else if (isEmpty(ch)) {
            let next = this.buffer[i + 1];
            if (ch === "\r") {
              if (next === "\n") {
                i += 1;
                ch = "\n";
                next = this.buffer[i + 1];
              } else
                end = i;
            }
            if (next === "#" || inFlow && flowIndicatorChars.has(next))
              break;
            if (ch === "\n") {
              const cs = this.continueScalar(i + 1);
              if (cs === -1)
                break;
              i = Math.max(i, cs - 2);
            }
          } else {
            if (inFlow && flowIndicatorChars.has(ch))
              break;
            end = i;
          }
        }
        if (!ch && !this.atEnd)
          return this.setNext("plain-scalar");
        yield cst.SCALAR;
        yield* this.pushToIndex(end + 1, true);
        return inFlow ? "flow" : "doc";
      }
      *pushCount(n) {
        if (n > 0) {
          yield this.buffer.substr(this.pos, n);
          this.pos += n;
          return n;
        }
        return 0;
      }
      *pushToIndex(i, allowEmpty) {
        const s = this.buffer.slice(this.pos, i);
        if (s) {
          yield s;
          this.pos += s.length;
          return s.length;
        } else if (allowEmpty)
          yield "";
        return 0;
      }
      *pushIndicators() {
        let n = 0;
        loop: while (true) {
          switch (this.charAt(0)) {
            case "!":
              n += yield* this.pushTag();
              n += yield* this.pushSpaces(true);
              continue loop;
            case "&":
              n += yield* this.pushUntil(isNotAnchorChar);
              n += yield* this.pushSpaces(true);
              continue loop;
            case "-":
            // this is an error
            case "?":
            // this is an error outside flow collections
            case ":": {
              const inFlow = this.flowLevel > 0;
              const ch1 = this.charAt(1);
              if (isEmpty(ch1) || inFlow && flowIndicatorChars.has(ch1)) {
                if (!inFlow)
                  this.indentNext = this.indentValue + 1;
                else if (this.flowKey)
                  this.flowKey = false;
                n += yield* this.pushCount(1);
                n += yield* this.pushSpaces(true);
                continue loop;
              }
            }
          }
          break loop;
        }
        return n;
      }
      *pushTag() {
        if (this.charAt(1) === "<") {
          let i = this.pos + 2;
          let ch = this.buffer[i];
          while (!isEmpty(ch) && ch !== ">")
            ch = this.buffer[++i];
          return yield* this.pushToIndex(ch === ">" ? i + 1 : i, false);
        } else {
          let i = this.pos + 1;
          let ch = this.buffer[i];
          while (ch) {
            if (tagChars.has(ch))
              ch = this.buffer[++i];
            else if (ch === "%" && hexDigits.has(this.buffer[i + 1]) && hexDigits.has(this.buffer[i + 2])) {
              ch = this.buffer[i += 3];
            } else
              break;
          }
          return yield* this.pushToIndex(i, false);
        }
      }
      *pushNewline() {
        const ch = this.buffer[this.pos];
        if (ch === "\n")
          return yield* this.pushCount(1);
        else if (ch === "\r" && this.charAt(1) === "\n")
          return yield* this.pushCount(2);
        else
          return 0;
      }
      *pushSpaces(allowTabs) {
        let i = this.pos - 1;
        let ch;
        do {
          ch = this.buffer[++i];
        } while (ch === " " || allowTabs && ch === "	");
        const n = i - this.pos;
        if (n > 0) {
          yield this.buffer.substr(this.pos, n);
          this.pos = i;
        }
        return n;
      }
      *pushUntil(test) {
        let i = this.pos;
        let ch = this.buffer[i];
        while (!test(ch))
          ch = this.buffer[++i];
        return yield* this.pushToIndex(i, false);
      }
    };
    exports.Lexer = Lexer;
  }
});

// node_modules/yaml/dist/parse/line-counter.js
var require_line_counter = __commonJS({
  "node_modules/yaml/dist/parse/line-counter.js"(exports) {
    "use strict";
    var LineCounter = class {
      constructor() {
        this.lineStarts = [];
        this.addNewLine = (offset) => this.lineStarts.push(offset);
        this.linePos = (offset) => {
          let low = 0;
          let high = this.lineStarts.length;
          while (low < high) {
            const mid = low + high >> 1;
            if (this.lineStarts[mid] < offset)
              low = mid + 1;
            else
              high = mid;
          }
          if (this.lineStarts[low] === offset)
            return { line: low + 1, col: 1 };
          if (low === 0)
            return { line: 0, col: offset };
          const start2 = this.lineStarts[low - 1];
          return { line: low, col: offset - start2 + 1 };
        };
      }
    };
    exports.LineCounter = LineCounter;
  }
});

// node_modules/yaml/dist/parse/parser.js
var require_parser = __commonJS({
  "node_modules/yaml/dist/parse/parser.js"(exports) {
    "use strict";
    var node_process = __require("process");
    var cst = require_cst();
    var lexer = require_lexer();
    function includesToken(list, type) {
      for (let i = 0; i < list.length; ++i)
        if (list[i].type === type)
          return true;
      return false;
    }
    function findNonEmptyIndex(list) {
      for (let i = 0; i < list.length; ++i) {
        switch (list[i].type) {
          case "space":
          case "comment":
          case "newline":
            break;
          default:
            return i;
        }
      }
      return -1;
    }
    function isFlowToken(token) {
      switch (token?.type) {
        case "alias":
        case "scalar":
        case "single-quoted-scalar":
        case "double-quoted-scalar":
        case "flow-collection":
          return true;
        default:
          return false;
      }
    }
    function getPrevProps(parent) {
      switch (parent.type) {
        case "document":
          return parent.start;
        case "block-map": {
          const it = parent.items[parent.items.length - 1];
          return it.sep ?? it.start;
        }
        case "block-seq":
          return parent.items[parent.items.length - 1].start;
        /* istanbul ignore next should not happen */
        default:
          return [];
      }
    }
    function getFirstKeyStartProps(prev) {
      if (prev.length === 0)
        return [];
      let i = prev.length;
      loop: while (--i >= 0) {
        switch (prev[i].type) {
          case "doc-start":
          case "explicit-key-ind":
          case "map-value-ind":
          case "seq-item-ind":
          case "newline":
            break loop;
        }
      }
      while (prev[++i]?.type === "space") {
      }
      return prev.splice(i, prev.length);
    }
    function arrayPushArray(target, source) {
      if (source.length < 1e5)
        Array.prototype.push.apply(target, source);
      else
        for (let i = 0; i < source.length; ++i)
          target.push(source[i]);
    }
    function fixFlowSeqItems(fc) {
      if (fc.start.type === "flow-seq-start") {
        for (const it of fc.items) {
          if (it.sep && !it.value && !includesToken(it.start, "explicit-key-ind") && !includesToken(it.sep, "map-value-ind")) {
            if (it.key)
              it.value = it.key;
            delete it.key;
            if (isFlowToken(it.value)) {
              if (it.value.end)
                arrayPushArray(it.value.end, it.sep);
              else
                it.value.end = it.sep;
            } else
              arrayPushArray(it.start, it.sep);
            delete it.sep;
          }
        }
      }
    }
    var Parser2 = class {
      /**
       * @param onNewLine - If defined, called separately with the start position of
       *   each new line (in `parse()`, including the start of input).
       */
      constructor(onNewLine) {
        this.atNewLine = true;
        this.atScalar = false;
        this.indent = 0;
        this.offset = 0;
        this.onKeyLine = false;
        this.stack = [];
        this.source = "";
        this.type = "";
        this.lexer = new lexer.Lexer();
        this.onNewLine = onNewLine;
      }
      /**
       * Parse `source` as a YAML stream.
       * If `incomplete`, a part of the last line may be left as a buffer for the next call.
       *
       * Errors are not thrown, but yielded as `{ type: 'error', message }` tokens.
       *
       * @returns A generator of tokens representing each directive, document, and other structure.
       */
      *parse(source, incomplete = false) {
        if (this.onNewLine && this.offset === 0)
          this.onNewLine(0);
        for (const lexeme of this.lexer.lex(source, incomplete))
          yield* this.next(lexeme);
        if (!incomplete)
          yield* this.end();
      }
      /**
       * Advance the parser by the `source` of one lexical token.
       */
      *next(source) {
        this.source = source;
        if (node_process.env.LOG_TOKENS)
          console.log("|", cst.prettyToken(source));
        if (this.atScalar) {
          this.atScalar = false;
          yield* this.step();
          this.offset += source.length;
          return;
        }
        const type = cst.tokenType(source);
        if (!type) {
          const message2 = `Not a YAML token: ${source}`;
          yield* this.pop({ type: "error", offset: this.offset, message: message2, source });
          this.offset += source.length;
        } else if (type === "scalar") {
          this.atNewLine = false;
          this.atScalar = true;
          this.type = "scalar";
        } else {
          this.type = type;
          yield* this.step();
          switch (type) {
            case "newline":
              this.atNewLine = true;
              this.indent = 0;
              if (this.onNewLine)
                this.onNewLine(this.offset + source.length);
              break;
            case "space":
              if (this.atNewLine && source[0] === " ")
                this.indent += source.length;
              break;
            case "explicit-key-ind":
            case "map-value-ind":
            case "seq-item-ind":
              if (this.atNewLine)
                this.indent += source.length;
              break;
            case "doc-mode":
            case "flow-error-end":
              return;
            default:
              this.atNewLine = false;
          }
          this.offset += source.length;
        }
      }
      /** Call at end of input to push out any remaining constructions */
      *end() {
        while (this.stack.length > 0)
          yield* this.pop();
      }
      get sourceToken() {
        const st = {
          type: this.type,
          offset: this.offset,
          indent: this.indent,
          source: this.source
        };
        return st;
      }
      *step() {
        const top = this.peek(1);
        if (this.type === "doc-end" && top?.type !== "doc-end") {
          while (this.stack.length > 0)
            yield* this.pop();
          this.stack.push({
            type: "doc-end",
            offset: this.offset,
            source: this.source
          });
          return;
        }
        if (!top)
          return yield* this.stream();
        switch (top.type) {
          case "document":
            return yield* this.document(top);
          case "alias":
          case "scalar":
          case "single-quoted-scalar":
          case "double-quoted-scalar":
            return yield* this.scalar(top);
          case "block-scalar":
            return yield* this.blockScalar(top);
          case "block-map":
            return yield* this.blockMap(top);
          case "block-seq":
            return yield* this.blockSequence(top);
          case "flow-collection":
            return yield* this.flowCollection(top);
          case "doc-end":
            return yield* this.documentEnd(top);
        }
        yield* this.pop();
      }
      peek(n) {
        return this.stack[this.stack.length - n];
      }
      *pop(error) {
        const token = error ?? this.stack.pop();
        if (!token) {
          const message2 = "Tried to pop an empty stack";
          yield { type: "error", offset: this.offset, source: "", message: message2 };
        } else if (this.stack.length === 0) {
          yield token;
        } else {
          const top = this.peek(1);
          if (token.type === "block-scalar") {
            token.indent = "indent" in top ? top.indent : 0;
          } else if (token.type === "flow-collection" && top.type === "document") {
            token.indent = 0;
          }
          if (token.type === "flow-collection")
            fixFlowSeqItems(token);
          switch (top.type) {
            case "document":
              top.value = token;
              break;
            case "block-scalar":
              top.props.push(token);
              break;
            case "block-map": {
              const it = top.items[top.items.length - 1];
              if (it.value) {
                top.items.push({ start: [], key: token, sep: [] });
                this.onKeyLine = true;
                return;
              } else if (it.sep) {
                it.value = token;
              } else {
                Object.assign(it, { key: token, sep: [] });
                this.onKeyLine = !it.explicitKey;
                return;
              }
              break;
            }
            case "block-seq": {
              const it = top.items[top.items.length - 1];
              if (it.value)
                top.items.push({ start: [], value: token });
              else
                it.value = token;
              break;
            }
            case "flow-collection": {
              const it = top.items[top.items.length - 1];
              if (!it || it.value)
                top.items.push({ start: [], key: token, sep: [] });
              else if (it.sep)
                it.value = token;
              else
                Object.assign(it, { key: token, sep: [] });
              return;
            }
            /* istanbul ignore next should not happen */
            default:
              yield* this.pop();
              yield* this.pop(token);
          }
          if ((top.type === "document" || top.type === "block-map" || top.type === "block-seq") && (token.type === "block-map" || token.type === "block-seq")) {
            const last = token.items[token.items.length - 1];
            if (last && !last.sep && !last.value && last.start.length > 0 && findNonEmptyIndex(last.start) === -1 && (token.indent === 0 || last.start.every((st) => st.type !== "comment" || st.indent < token.indent))) {
              if (top.type === "document")
                top.end = last.start;
              else
                top.items.push({ start: last.start });
              token.items.splice(-1, 1);
            }
          }
        }
      }
      *stream() {
        switch (this.type) {
          case "directive-line":
            yield { type: "directive", offset: this.offset, source: this.source };
            return;
          case "byte-order-mark":
          case "space":
          case "comment":
          case "newline":
            yield this.sourceToken;
            return;
          case "doc-mode":
          case "doc-start": {
            const doc = {
              type: "document",
              offset: this.offset,
              start: []
            };
            if (this.type === "doc-start")
              doc.start.push(this.sourceToken);
            this.stack.push(doc);
            return;
          }
        }
        yield {
          type: "error",
          offset: this.offset,
          message: `Unexpected ${this.type} token in YAML stream`,
          source: this.source
        };
      }
      *document(doc) {
        if (doc.value)
          return yield* this.lineEnd(doc);
        switch (this.type) {
          case "doc-start": {
            if (findNonEmptyIndex(doc.start) !== -1) {
              yield* this.pop();
              yield* this.step();
            } else
              doc.start.push(this.sourceToken);
            return;
          }
          case "anchor":
          case "tag":
          case "space":
          case "comment":
          case "newline":
            doc.start.push(this.sourceToken);
            return;
        }
        const bv = this.startBlockValue(doc);
        if (bv)
          this.stack.push(bv);
        else {
          yield {
            type: "error",
            offset: this.offset,
            message: `Unexpected ${this.type} token in YAML document`,
            source: this.source
          };
        }
      }
      *scalar(scalar2) {
        if (this.type === "map-value-ind") {
          const prev = getPrevProps(this.peek(2));
          const start2 = getFirstKeyStartProps(prev);
          let sep;
          if (scalar2.end) {
            sep = scalar2.end;
            sep.push(this.sourceToken);
            delete scalar2.end;
          } else
            sep = [this.sourceToken];
          const map = {
            type: "block-map",
            offset: scalar2.offset,
            indent: scalar2.indent,
            items: [{ start: start2, key: scalar2, sep }]
          };
          this.onKeyLine = true;
          this.stack[this.stack.length - 1] = map;
        } else
          yield* this.lineEnd(scalar2);
      }
      *blockScalar(scalar2) {
        switch (this.type) {
          case "space":
          case "comment":
          case "newline":
            scalar2.props.push(this.sourceToken);
            return;
          case "scalar":
            scalar2.source = this.source;
            this.atNewLine = true;
            this.indent = 0;
            if (this.onNewLine) {
              let nl = this.source.indexOf("\n") + 1;
              while (nl !== 0) {
                this.onNewLine(this.offset + nl);
                nl = this.source.indexOf("\n", nl) + 1;
              }
            }
            yield* this.pop();
            break;
          /* istanbul ignore next should not happen */
          default:
            yield* this.pop();
            yield* this.step();
        }
      }
      *blockMap(map) {
        const it = map.items[map.items.length - 1];
        switch (this.type) {
          case "newline":
            this.onKeyLine = false;
            if (it.value) {
              const end = "end" in it.value ? it.value.end : void 0;
              const last = Array.isArray(end) ? end[end.length - 1] : void 0;
              if (last?.type === "comment")
                end?.push(this.sourceToken);
              else
                map.items.push({ start: [this.sourceToken] });
            } else if (it.sep) {
              it.sep.push(this.sourceToken);
            } else {
              it.start.push(this.sourceToken);
            }
            return;
          case "space":
          case "comment":
            if (it.value) {
              map.items.push({ start: [this.sourceToken] });
            } else if (it.sep) {
              it.sep.push(this.sourceToken);
            } else {
              if (this.atIndentedComment(it.start, map.indent)) {
                const prev = map.items[map.items.length - 2];
                const end = prev?.value?.end;
                if (Array.isArray(end)) {
                  arrayPushArray(end, it.start);
                  end.push(this.sourceToken);
                  map.items.pop();
                  return;
                }
              }
              it.start.push(this.sourceToken);
            }
            return;
        }
        if (this.indent >= map.indent) {
          const atMapIndent = !this.onKeyLine && this.indent === map.indent;
          const atNextItem = atMapIndent && (it.sep || it.explicitKey) && this.type !== "seq-item-ind";
          let start2 = [];
          if (atNextItem && it.sep && !it.value) {
            const nl = [];
            for (let i = 0; i < it.sep.length; ++i) {
              const st = it.sep[i];
              switch (st.type) {
                case "newline":
                  nl.push(i);
                  break;
                case "space":
                  break;
                case "comment":
                  if (st.indent > map.indent)
                    nl.length = 0;
                  break;
                default:
                  nl.length = 0;
              }
            }
            if (nl.length >= 2)
              start2 = it.sep.splice(nl[1]);
          }
          switch (this.type) {
            case "anchor":
            case "tag":
              if (atNextItem || it.value) {
                start2.push(this.sourceToken);
                map.items.push({ start: start2 });
                this.onKeyLine = true;
              } else if (it.sep) {
                it.sep.push(this.sourceToken);
              } else {
                it.start.push(this.sourceToken);
              }
              return;
            case "explicit-key-ind":
              if (!it.sep && !it.explicitKey) {
                it.start.push(this.sourceToken);
                it.explicitKey = true;
              } else if (atNextItem || it.value) {
                start2.push(this.sourceToken);
                map.items.push({ start: start2, explicitKey: true });
              } else {
                this.stack.push({
                  type: "block-map",
                  offset: this.offset,
                  indent: this.indent,
                  items: [{ start: [this.sourceToken], explicitKey: true }]
                });
              }
              this.onKeyLine = true;
              return;
            case "map-value-ind":
              if (it.explicitKey) {
                if (!it.sep) {
                  if (includesToken(it.start, "newline")) {
                    Object.assign(it, { key: null, sep: [this.sourceToken] });
                  } else {
                    const start3 = getFirstKeyStartProps(it.start);
                    this.stack.push({
                      type: "block-map",
                      offset: this.offset,
                      indent: this.indent,
                      items: [{ start: start3, key: null, sep: [this.sourceToken] }]
                    });
                  }
                } else if (it.value) {
                  map.items.push({ start: [], key: null, sep: [this.sourceToken] });
                } else if (includesToken(it.sep, "map-value-ind")) {
                  this.stack.push({
                    type: "block-map",
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start: start2, key: null, sep: [this.sourceToken] }]
                  });
                } else if (isFlowToken(it.key) && !includesToken(it.sep, "newline")) {
                  const start3 = getFirstKeyStartProps(it.start);
                  const key = it.key;
                  const sep = it.sep;
                  sep.push(this.sourceToken);
                  delete it.key;
                  delete it.sep;
                  this.stack.push({
                    type: "block-map",
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start: start3, key, sep }]
                  });
                } else if (start2.length > 0) {
                  it.sep = it.sep.concat(start2, this.sourceToken);
                } else {
                  it.sep.push(this.sourceToken);
                }
              } else {
                if (!it.sep) {
                  Object.assign(it, { key: null, sep: [this.sourceToken] });
                } else if (it.value || atNextItem) {
                  map.items.push({ start: start2, key: null, sep: [this.sourceToken] });
                } else if (includesToken(it.sep, "map-value-ind")) {
                  this.stack.push({
                    type: "block-map",
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start: [], key: null, sep: [this.sourceToken] }]
                  });
                } else {
                  it.sep.push(this.sourceToken);
                }
              }
              this.onKeyLine = true;
              return;
            case "alias":
            case "scalar":
            case "single-quoted-scalar":
            case "double-quoted-scalar": {
              const fs2 = this.flowScalar(this.type);
              if (atNextItem || it.value) {
                map.items.push({ start: start2, key: fs2, sep: [] });
                this.onKeyLine = true;
              } else if (it.sep) {
                this.stack.push(fs2);
              } else {
                Object.assign(it, { key: fs2, sep: [] });
                this.onKeyLine = true;
              }
              return;
            }
            default: {
              const bv = this.startBlockValue(map);
              if (bv) {
                if (bv.type === "block-seq") {
                  if (!it.explicitKey && it.sep && !includesToken(it.sep, "newline")) {
                    yield* this.pop({
                      type: "error",
                      offset: this.offset,
                      message: "Unexpected block-seq-ind on same line with key",
                      source: this.source
                    });
                    return;
                  }
                } else if (atMapIndent) {
                  map.items.push({ start: start2 });
                }
                this.stack.push(bv);
                return;
              }
            }
          }
        }
        yield* this.pop();
        yield* this.step();
      }
      *blockSequence(seq) {
        const it = seq.items[seq.items.length - 1];
        switch (this.type) {
          case "newline":
            if (it.value) {
              const end = "end" in it.value ? it.value.end : void 0;
              const last = Array.isArray(end) ? end[end.length - 1] : void 0;
              if (last?.type === "comment")
                end?.push(this.sourceToken);
              else
                seq.items.push({ start: [this.sourceToken] });
            } else
              it.start.push(this.sourceToken);
            return;
          case "space":
          case "comment":
            if (it.value)
              seq.items.push({ start: [this.sourceToken] });
            else {
              if (this.atIndentedComment(it.start, seq.indent)) {
                const prev = seq.items[seq.items.length - 2];
                const end = prev?.value?.end;
                if (Array.isArray(end)) {
                  arrayPushArray(end, it.start);
                  end.push(this.sourceToken);
                  seq.items.pop();
                  return;
                }
              }
              it.start.push(this.sourceToken);
            }
            return;
          case "anchor":
          case "tag":
            if (it.value || this.indent <= seq.indent)
              break;
            it.start.push(this.sourceToken);
            return;
          case "seq-item-ind":
            if (this.indent !== seq.indent)
              break;
            if (it.value || includesToken(it.start, "seq-item-ind"))
              seq.items.push({ start: [this.sourceToken] });
            else
              it.start.push(this.sourceToken);
            return;
        }
        if (this.indent > seq.indent) {
          const bv = this.startBlockValue(seq);
          if (bv) {
            this.stack.push(bv);
            return;
          }
        }
        yield* this.pop();
        yield* this.step();
      }
      *flowCollection(fc) {
        const it = fc.items[fc.items.length - 1];
        if (this.type === "flow-error-end") {
          let top;
          do {
            yield* this.pop();
            top = this.peek(1);
          } while (top?.type === "flow-collection");
        } else if (fc.end.length === 0) {
          switch (this.type) {
            case "comma":
            case "explicit-key-ind":
              if (!it || it.sep)
                fc.items.push({ start: [this.sourceToken] });
              else
                it.start.push(this.sourceToken);
              return;
            case "map-value-ind":
              if (!it || it.value)
                fc.items.push({ start: [], key: null, sep: [this.sourceToken] });
              else if (it.sep)
                it.sep.push(this.sourceToken);
              else
                Object.assign(it, { key: null, sep: [this.sourceToken] });
              return;
            case "space":
            case "comment":
            case "newline":
            case "anchor":
            case "tag":
              if (!it || it.value)
                fc.items.push({ start: [this.sourceToken] });
              else if (it.sep)
                it.sep.push(this.sourceToken);
              else
                it.start.push(this.sourceToken);
              return;
            case "alias":
            case "scalar":
            case "single-quoted-scalar":
            case "double-quoted-scalar": {
              const fs2 = this.flowScalar(this.type);
              if (!it || it.value)
                fc.items.push({ start: [], key: fs2, sep: [] });
              else if (it.sep)
                this.stack.push(fs2);
              else
                Object.assign(it, { key: fs2, sep: [] });
              return;
            }
            case "flow-map-end":
            case "flow-seq-end":
              fc.end.push(this.sourceToken);
              return;
          }
          const bv = this.startBlockValue(fc);
          if (bv)
            this.stack.push(bv);
          else {
            yield* this.pop();
            yield* this.step();
          }
        } else {
          const parent = this.peek(2);
          if (parent.type === "block-map" && (this.type === "map-value-ind" && parent.indent === fc.indent || this.type === "newline" && !parent.items[parent.items.length - 1].sep)) {
            yield* this.pop();
            yield* this.step();
          } else if (this.type === "map-value-ind" && parent.type !== "flow-collection") {
            const prev = getPrevProps(parent);
            const start2 = getFirstKeyStartProps(prev);
            fixFlowSeqItems(fc);
            const sep = fc.end.splice(1, fc.end.length);
            sep.push(this.sourceToken);
            const map = {
              type: "block-map",
              offset: fc.offset,
              indent: fc.indent,
              items: [{ start: start2, key: fc, sep }]
            };
            this.onKeyLine = true;
            this.stack[this.stack.length - 1] = map;
          } else {
            yield* this.lineEnd(fc);
          }
        }
      }
      flowScalar(type) {
        if (this.onNewLine) {
          let nl = this.source.indexOf("\n") + 1;
          while (nl !== 0) {
            this.onNewLine(this.offset + nl);
            nl = this.source.indexOf("\n", nl) + 1;
          }
        }
        return {
          type,
          offset: this.offset,
          indent: this.indent,
          source: this.source
        };
      }
      startBlockValue(parent) {
        switch (this.type) {
          case "alias":
          case "scalar":
          case "single-quoted-scalar":
          case "double-quoted-scalar":
            return this.flowScalar(this.type);
          case "block-scalar-header":
            return {
              type: "block-scalar",
              offset: this.offset,
              indent: this.indent,
              props: [this.sourceToken],
              source: ""
            };
          case "flow-map-start":
          case "flow-seq-start":
            return {
              type: "flow-collection",
              offset: this.offset,
              indent: this.indent,
              start: this.sourceToken,
              items: [],
              end: []
            };
          case "seq-item-ind":
            return {
              type: "block-seq",
              offset: this.offset,
              indent: this.indent,
              items: [{ start: [this.sourceToken] }]
            };
          case "explicit-key-ind": {
            this.onKeyLine = true;
            const prev = getPrevProps(parent);
            const start2 = getFirstKeyStartProps(prev);
            start2.push(this.sourceToken);
            return {
              type: "block-map",
              offset: this.offset,
              indent: this.indent,
              items: [{ start: start2, explicitKey: true }]
            };
          }
          case "map-value-ind": {
            this.onKeyLine = true;
            const prev = getPrevProps(parent);
            const start2 = getFirstKeyStartProps(prev);
            return {
              type: "block-map",
              offset: this.offset,
              indent: this.indent,
              items: [{ start: start2, key: null, sep: [this.sourceToken] }]
            };
          }
        }
        return null;
      }
      atIndentedComment(start2, indent) {
        if (this.type !== "comment")
          return false;
        if (this.indent <= indent)
          return false;
        return start2.every((st) => st.type === "newline" || st.type === "space");
      }
      *documentEnd(docEnd) {
        if (this.type !== "doc-mode") {
          if (docEnd.end)
            docEnd.end.push(this.sourceToken);
          else
            docEnd.end = [this.sourceToken];
          if (this.type === "newline")
            yield* this.pop();
        }
      }
      *lineEnd(token) {
        switch (this.type) {
          case "comma":
          case "doc-start":
          case "doc-end":
          case "flow-seq-end":
          case "flow-map-end":
          case "map-value-ind":
            yield* this.pop();
            yield* this.step();
            break;
          case "newline":
            this.onKeyLine = false;
          // fallthrough
          case "space":
          case "comment":
          default:
            if (token.end)
              token.end.push(this.sourceToken);
            else
              token.end = [this.sourceToken];
            if (this.type === "newline")
              yield* this.pop();
        }
      }
    };
    exports.Parser = Parser2;
  }
});

// node_modules/yaml/dist/public-api.js
var require_public_api = __commonJS({
  "node_modules/yaml/dist/public-api.js"(exports) {
    "use strict";
    var composer = require_composer();
    var Document = require_Document();
    var errors = require_errors();
    var log = require_log();
    var identity = require_identity();
    var lineCounter = require_line_counter();
    var parser = require_parser();
    function parseOptions(options) {
      const prettyErrors = options.prettyErrors !== false;
      const lineCounter$1 = options.lineCounter || prettyErrors && new lineCounter.LineCounter() || null;
      return { lineCounter: lineCounter$1, prettyErrors };
    }
    function parseAllDocuments(source, options = {}) {
      const { lineCounter: lineCounter2, prettyErrors } = parseOptions(options);
      const parser$1 = new parser.Parser(lineCounter2?.addNewLine);
      const composer$1 = new composer.Composer(options);
      const docs = Array.from(composer$1.compose(parser$1.parse(source)));
      if (prettyErrors && lineCounter2)
        for (const doc of docs) {
          doc.errors.forEach(errors.prettifyError(source, lineCounter2));
          doc.warnings.forEach(errors.prettifyError(source, lineCounter2));
        }
      if (docs.length > 0)
        return docs;
      return Object.assign([], { empty: true }, composer$1.streamInfo());
    }
    function parseDocument2(source, options = {}) {
      const { lineCounter: lineCounter2, prettyErrors } = parseOptions(options);
      const parser$1 = new parser.Parser(lineCounter2?.addNewLine);
      const composer$1 = new composer.Composer(options);
      let doc = null;
      for (const _doc of composer$1.compose(parser$1.parse(source), true, source.length)) {
        if (!doc)
          doc = _doc;
        else if (doc.options.logLevel !== "silent") {
          doc.errors.push(new errors.YAMLParseError(_doc.range.slice(0, 2), "MULTIPLE_DOCS", "Source contains multiple documents; please use YAML.parseAllDocuments()"));
          break;
        }
      }
      if (prettyErrors && lineCounter2) {
        doc.errors.forEach(errors.prettifyError(source, lineCounter2));
        doc.warnings.forEach(errors.prettifyError(source, lineCounter2));
      }
      return doc;
    }
    function parse(src, reviver, options) {
      let _reviver = void 0;
      if (typeof reviver === "function") {
        _reviver = reviver;
      } else if (options === void 0 && reviver && typeof reviver === "object") {
        options = reviver;
      }
      const doc = parseDocument2(src, options);
      if (!doc)
        return null;
      doc.warnings.forEach((warning) => log.warn(doc.options.logLevel, warning));
      if (doc.errors.length > 0) {
        if (doc.options.logLevel !== "silent")
          throw doc.errors[0];
        else
          doc.errors = [];
      }
      return doc.toJS(Object.assign({ reviver: _reviver }, options));
    }
    function stringify(value, replacer, options) {
      let _replacer = null;
      if (typeof replacer === "function" || Array.isArray(replacer)) {
        _replacer = replacer;
      } else if (options === void 0 && replacer) {
        options = replacer;
      }
      if (typeof options === "string")
        options = options.length;
      if (typeof options === "number") {
        const indent = Math.round(options);
        options = indent < 1 ? void 0 : indent > 8 ? { indent: 8 } : { indent };
      }
      if (value === void 0) {
        const { keepUndefined } = options ?? replacer ?? {};
        if (!keepUndefined)
          return void 0;
      }
      if (identity.isDocument(value) && !_replacer)
        return value.toString(options);
      return new Document.Document(value, _replacer, options).toString(options);
    }
    exports.parse = parse;
    exports.parseAllDocuments = parseAllDocuments;
    exports.parseDocument = parseDocument2;
    exports.stringify = stringify;
  }
});

// node_modules/yaml/dist/index.js
var require_dist = __commonJS({
  "node_modules/yaml/dist/index.js"(exports) {
    "use strict";
    var composer = require_composer();
    var Document = require_Document();
    var Schema = require_Schema();
    var errors = require_errors();
    var Alias = require_Alias();
    var identity = require_identity();
    var Pair = require_Pair();
    var Scalar = require_Scalar();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var cst = require_cst();
    var lexer = require_lexer();
    var lineCounter = require_line_counter();
    var parser = require_parser();
    var publicApi = require_public_api();
    var visit = require_visit();
    exports.Composer = composer.Composer;
    exports.Document = Document.Document;
    exports.Schema = Schema.Schema;
    exports.YAMLError = errors.YAMLError;
    exports.YAMLParseError = errors.YAMLParseError;
    exports.YAMLWarning = errors.YAMLWarning;
    exports.Alias = Alias.Alias;
    exports.isAlias = identity.isAlias;
    exports.isCollection = identity.isCollection;
    exports.isDocument = identity.isDocument;
    exports.isMap = identity.isMap;
    exports.isNode = identity.isNode;
    exports.isPair = identity.isPair;
    exports.isScalar = identity.isScalar;
    exports.isSeq = identity.isSeq;
    exports.Pair = Pair.Pair;
    exports.Scalar = Scalar.Scalar;
    exports.YAMLMap = YAMLMap.YAMLMap;
    exports.YAMLSeq = YAMLSeq.YAMLSeq;
    exports.CST = cst;
    exports.Lexer = lexer.Lexer;
    exports.LineCounter = lineCounter.LineCounter;
    exports.Parser = parser.Parser;
    exports.parse = publicApi.parse;
    exports.parseAllDocuments = publicApi.parseAllDocuments;
    exports.parseDocument = publicApi.parseDocument;
    exports.stringify = publicApi.stringify;
    exports.visit = visit.visit;
    exports.visitAsync = visit.visitAsync;
  }
});

// src/core/errors/codes.ts
var exitCodes = {
  usage: 2,
  absent: 3,
  mismatch: 4,
  invalid: 5,
  unavailable: 6,
  local: 9
};
var kinds = {
  // The request of the caller cannot be met.
  USAGE: "usage",
  LIMIT_EXCEEDED: "invalid",
  CANCELLED: "unavailable",
  // Encodings
  BASE64_INVALID: "invalid",
  HEX_INVALID: "invalid",
  PEM_INVALID: "invalid",
  DER_INVALID: "invalid",
  JSON_INVALID: "invalid",
  // Keys
  KEY_INVALID: "invalid",
  KEY_UNSUPPORTED: "invalid",
  KEY_DISPOSED: "usage",
  DIGEST_INVALID: "invalid",
  DIGEST_UNAVAILABLE: "usage",
  // Certificates
  CERTIFICATE_INVALID: "invalid",
  CERTIFICATE_UNTRUSTED: "invalid",
  CERTIFICATE_OUTSIDE_VALIDITY: "invalid",
  CERTIFICATE_PURPOSE: "invalid",
  CERTIFICATE_SANDBOX: "mismatch",
  SCT_MISSING: "absent",
  SCT_INVALID: "invalid",
  // The transparency log
  CHECKPOINT_INVALID: "invalid",
  CHECKPOINT_ORIGIN: "invalid",
  CONSISTENCY_UNPROVEN: "invalid",
  TILES_INCONSISTENT: "invalid",
  ENTRY_ALTERED: "invalid",
  ENTRIES_WITHHELD: "unavailable",
  INCLUSION_PROOF_INVALID: "invalid",
  LOG_UNKNOWN: "invalid",
  LOG_ENTRY_MISSING: "absent",
  LOG_ENTRY_INVALID: "invalid",
  LOG_ENTRY_MISMATCH: "mismatch",
  WITNESS_MISSING: "absent",
  /** A search that may have missed entries. */
  SEARCH_INCOMPLETE: "unavailable",
  // Monitoring
  /** A file of an audit's state that is malformed, or does not match the log. */
  STATE_INVALID: "invalid",
  EVIDENCE_INVALID: "invalid",
  // Timestamps
  TIMESTAMP_MISSING: "absent",
  TIMESTAMP_INVALID: "invalid",
  TIMESTAMP_UNTRUSTED: "invalid",
  TIMESTAMP_MISMATCH: "mismatch",
  // Bundles and what is signed
  BUNDLE_MISSING: "absent",
  BUNDLE_INVALID: "invalid",
  BUNDLE_UNSUPPORTED: "invalid",
  /** A file that is there and cannot be opened or read. */
  BUNDLE_UNREADABLE: "usage",
  /** A file that is not a bundle, and of a format that is not read. */
  FORMAT_UNSUPPORTED: "usage",
  SIGNATURE_INVALID: "invalid",
  ARTIFACT_MISMATCH: "mismatch",
  STATEMENT_INVALID: "invalid",
  // Trust and policy
  TRUSTED_ROOT_INVALID: "invalid",
  TRUSTED_ROOT_EXPIRED: "invalid",
  TRUSTED_ROOT_MISSING: "absent",
  SIGNING_CONFIG_INVALID: "invalid",
  NO_SERVICE: "unavailable",
  POLICY_INVALID: "usage",
  IDENTITY_MISMATCH: "mismatch",
  ISSUER_MISMATCH: "mismatch",
  CLAIM_MISMATCH: "mismatch",
  KEY_MISMATCH: "mismatch",
  PREDICATE_TYPE_MISMATCH: "mismatch",
  SUBJECT_NAME_MISMATCH: "mismatch",
  PREDICATE_MISMATCH: "mismatch",
  PROVENANCE_MISMATCH: "mismatch",
  RELEASE_MISMATCH: "mismatch",
  SIGNATURE_TOO_OLD: "mismatch",
  /** A further attestation that the policy requires. */
  ATTESTATION_MISSING: "absent",
  // Services
  SERVICE_UNAVAILABLE: "unavailable",
  /** No service can be reached from this machine. */
  NETWORK_UNAVAILABLE: "local",
  SERVICE_REFUSED: "unavailable",
  SERVICE_RESPONSE_INVALID: "unavailable",
  /** A service that takes no more requests for some time, such as GitHub's API. */
  RATE_LIMITED: "unavailable",
  /** A token that may not do what is needed. */
  PERMISSION_MISSING: "usage",
  /** A tag or list of a registry that may hold signatures and cannot be read. */
  ATTACHMENT_UNREADABLE: "unavailable",
  LOG_ENTRY_DUPLICATE: "unavailable",
  // Identity
  TOKEN_PERMISSION_MISSING: "usage",
  TOKEN_INVALID: "invalid",
  TOKEN_EXPIRED: "unavailable",
  /** A login cannot be started here. */
  LOGIN_UNAVAILABLE: "usage",
  LOGIN_REFUSED: "unavailable",
  LOGIN_TIMEOUT: "unavailable",
  /** An answer to a login that does not belong to it, or cannot be checked. */
  LOGIN_INVALID: "invalid",
  TRIGGER_REFUSED: "usage",
  PUBLIC_LOG_REFUSED: "usage",
  /** A document to sign that contains something like a secret. */
  SECRET_REFUSED: "usage",
  // Registries
  /** A file of credentials, or a program that keeps them, that cannot be used as it is. */
  CREDENTIALS_INVALID: "usage",
  // Subjects and deliveries
  SUBJECT_MISSING: "absent",
  SUBJECT_UNREADABLE: "absent",
  SUBJECT_CHANGED: "mismatch",
  /** A file whose plain signature would pass for a signature over something else. */
  SUBJECT_AMBIGUOUS: "invalid",
  /** Something in a folder that is to hold nothing but what is verified. */
  SUBJECT_LEFT_OUT: "absent",
  /** A container image, on disk or in a registry, that is not what it says. */
  IMAGE_INVALID: "invalid",
  /** A package for a package registry that is not what it says, or that the registry would refuse. */
  PACKAGE_INVALID: "invalid",
  DELIVERY_FAILED: "unavailable",
  /** A release that cannot take more assets. */
  RELEASE_IMMUTABLE: "usage",
  /** A tag that belonged to an immutable release, and can never be that of another. */
  RELEASE_TAG_USED: "usage",
  /** A tag at another commit than the one that was built. */
  RELEASE_TAG_MOVED: "mismatch",
  RELEASE_MISSING: "absent",
  /** Several drafts with one tag. */
  RELEASE_AMBIGUOUS: "usage",
  /** An asset with the name of a file and other content. */
  RELEASE_ASSET_DIFFERS: "mismatch",
  /** A file that cannot be an asset of a release, because of its name or its size. */
  RELEASE_ASSET_UNFIT: "usage",
  /** A file that cannot be written on this machine: no permission, no space, no such folder. */
  WRITE_FAILED: "local",
  /** A workflow artifact that is not what it says, or holds what must not be unpacked. */
  ARCHIVE_INVALID: "invalid"
};

// src/core/errors/index.ts
var CountersignError = class extends Error {
  name = "CountersignError";
  code;
  remedy;
  constructor(code, message2, details = {}) {
    super(message2, details.cause === void 0 ? void 0 : { cause: details.cause });
    this.code = code;
    this.remedy = details.remedy;
  }
  get kind() {
    return kinds[this.code];
  }
  get exitCode() {
    return exitCodes[this.kind];
  }
};
function systemCode(cause) {
  if (cause instanceof CountersignError) return void 0;
  return typeof cause === "object" && cause !== null && "code" in cause && typeof cause.code === "string" ? cause.code : void 0;
}
function fail(code, message2, details) {
  throw new CountersignError(code, message2, details);
}
function reading(code, what, read) {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof CountersignError) throw inContext(code, what, cause);
    throw cause;
  }
}
function attempt(read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof CountersignError) return void 0;
    throw error;
  }
}
var encodingCodes = /* @__PURE__ */ new Set([
  "BASE64_INVALID",
  "HEX_INVALID",
  "PEM_INVALID",
  "DER_INVALID",
  "JSON_INVALID",
  "KEY_INVALID",
  "DIGEST_INVALID"
]);
function inContext(code, what, cause) {
  const outer = encodingCodes.has(cause.code) ? code : cause.code;
  return new CountersignError(outer, `${what}: ${cause.message}`, {
    cause,
    ...cause.remedy === void 0 ? {} : { remedy: cause.remedy }
  });
}

// src/core/encoding/bytes.ts
var encoder = new TextEncoder();
var decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
function utf8(text2) {
  return encoder.encode(text2);
}
function isWellFormed(text2) {
  return !/[\ud800-\udfff]/.test(text2) || !new RegExp("\\p{Surrogate}", "u").test(text2);
}
function decodeUtf8(bytes2) {
  try {
    return decoder.decode(bytes2);
  } catch {
    return void 0;
  }
}
function concatBytes(...parts2) {
  let length = 0;
  for (const part of parts2) length += part.length;
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const part of parts2) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
function equalBytes(a, b) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
function uintBytes(value, width) {
  const bytes2 = new Uint8Array(width);
  let rest = BigInt(value);
  for (let i = width - 1; i >= 0; i--) {
    bytes2[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  if (rest !== 0n) throw new RangeError(`${value} does not fit in ${width} bytes`);
  return bytes2;
}
function readUint(bytes2) {
  let hex = "";
  for (let at = 0; at < bytes2.length; at += 4096)
    hex += Array.from(bytes2.subarray(at, at + 4096), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex === "" ? 0n : BigInt(`0x${hex}`);
}

// src/core/encoding/base64.ts
var alphabet = utf8("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
var padding = 61;
var foreign = 255;
var values = new Uint8Array(256).fill(foreign);
for (const [value, character] of alphabet.entries()) values[character] = value;
var decoder2 = new TextDecoder();
function encodeBase64(bytes2) {
  const text2 = new Uint8Array(Math.ceil(bytes2.length / 3) * 4);
  for (let i = 0, out = 0; i < bytes2.length; i += 3, out += 4) {
    const left = bytes2.length - i;
    const group = (bytes2[i] ?? 0) << 16 | (bytes2[i + 1] ?? 0) << 8 | (bytes2[i + 2] ?? 0);
    text2[out] = digit(group >> 18);
    text2[out + 1] = digit(group >> 12);
    text2[out + 2] = left > 1 ? digit(group >> 6) : padding;
    text2[out + 3] = left > 2 ? digit(group) : padding;
  }
  return decoder2.decode(text2);
}
function digit(bits) {
  return alphabet[bits & 63] ?? padding;
}
function decodeBase64(text2) {
  const digits = text2.length - paddingOf(text2);
  const bytes2 = new Uint8Array(Math.floor(digits * 3 / 4));
  let [group, bits, at] = [0, 0, 0];
  for (let index = 0; index < digits; index++) {
    const value = values[text2.charCodeAt(index)] ?? foreign;
    if (value === foreign) refuse(text2);
    group = (group << 6 | value) & 65535;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes2[at++] = group >> bits;
  }
  if (text2.length % 4 !== 0 || (group & (1 << bits) - 1) !== 0) refuse(text2);
  return bytes2;
}
function paddingOf(text2) {
  return text2.endsWith("==") ? 2 : text2.endsWith("=") ? 1 : 0;
}
function refuse(text2) {
  if (text2.length % 4 !== 0) fail("BASE64_INVALID", "the length of the base64 text is not a multiple of 4");
  const at = text2.slice(0, text2.length - paddingOf(text2)).search(/[^A-Za-z0-9+/]/);
  if (at !== -1) fail("BASE64_INVALID", `invalid base64 character at position ${at}`);
  return fail("BASE64_INVALID", "the unused bits of the base64 text are not zero");
}

// src/core/encoding/canonical-json.ts
function canonicalJson(value) {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members2 = Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1).map(([name, member2]) => `${quoted(name)}:${canonicalJson(member2)}`);
    return `{${members2.join(",")}}`;
  }
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError("JSON has no infinities");
  return JSON.stringify(value);
}
function quoted(text2) {
  if (!isWellFormed(text2)) throw new RangeError("JSON has no lone surrogates");
  return JSON.stringify(text2);
}

// src/core/encoding/der.ts
var tags = {
  boolean: 1,
  integer: 2,
  bitString: 3,
  octetString: 4,
  null: 5,
  objectIdentifier: 6,
  utf8String: 12,
  sequence: 48,
  set: 49,
  printableString: 19,
  ia5String: 22,
  utcTime: 23,
  generalizedTime: 24
};
function contextTag(number3, form) {
  return (form === "constructed" ? 160 : 128) | number3;
}
var maxObjectIdentifierLength = 64;
var maxNumberLength = 4096;
var maxNamedBitsLength = 9;
var DerReader = class _DerReader {
  #bytes;
  #offset = 0;
  constructor(bytes2) {
    this.#bytes = bytes2;
  }
  get done() {
    return this.#offset === this.#bytes.length;
  }
  /** Returns the tag of the next element, or `undefined` at the end. */
  get nextTag() {
    return this.#bytes[this.#offset];
  }
  /** Reads the next element, whatever its tag. */
  any() {
    const start2 = this.#offset;
    const tag2 = this.#byte("tag");
    if ((tag2 & 31) === 31) this.#fail(start2, "multi-byte tags are not supported");
    const length = this.#length();
    const from = this.#offset;
    if (length > this.#bytes.length - from)
      this.#fail(start2, `the length ${length} exceeds the remaining ${this.#bytes.length - from} bytes`);
    this.#offset = from + length;
    return { tag: tag2, der: this.#bytes.subarray(start2, this.#offset), contents: this.#bytes.subarray(from, this.#offset) };
  }
  /** Reads the next element, which must have this tag. */
  element(tag2) {
    const start2 = this.#offset;
    const found = this.nextTag;
    if (found !== tag2) {
      this.#fail(
        start2,
        `expected tag 0x${tag2.toString(16)}, found ${found === void 0 ? "nothing" : `0x${found.toString(16)}`}`
      );
    }
    return this.any();
  }
  /** Reads the next element if it has this tag. */
  optional(tag2) {
    return this.nextTag === tag2 ? this.any() : void 0;
  }
  sequence() {
    return new _DerReader(this.element(tags.sequence).contents);
  }
  set() {
    return new _DerReader(this.element(tags.set).contents);
  }
  boolean() {
    const start2 = this.#offset;
    const { contents } = this.element(tags.boolean);
    if (contents.length !== 1 || contents[0] !== 0 && contents[0] !== 255)
      this.#fail(start2, "a BOOLEAN is neither 00 nor ff");
    return contents[0] === 255;
  }
  /** Reads the contents of an INTEGER: two's complement, minimal. */
  integerBytes() {
    const start2 = this.#offset;
    const { contents } = this.element(tags.integer);
    const [first, second] = contents;
    if (first === void 0) this.#fail(start2, "an INTEGER is empty");
    const padded = second !== void 0 && (first === 0 && second < 128 || first === 255 && second >= 128);
    if (padded) this.#fail(start2, "an INTEGER is not minimally encoded");
    return contents;
  }
  /** Reads a non-negative INTEGER. */
  unsigned() {
    const start2 = this.#offset;
    const contents = this.integerBytes();
    if ((contents[0] ?? 0) >= 128) this.#fail(start2, "an INTEGER is negative");
    if (contents.length > maxNumberLength)
      this.#fail(start2, `an INTEGER has ${contents.length} bytes; the limit is ${maxNumberLength}`);
    return readUint(contents);
  }
  /** Reads an OBJECT IDENTIFIER, in dotted form. */
  oid() {
    const start2 = this.#offset;
    const { contents } = this.element(tags.objectIdentifier);
    if (contents.length === 0 || contents.length > maxObjectIdentifierLength)
      this.#fail(start2, "an OBJECT IDENTIFIER is empty or too long");
    const arcs = [];
    let arc2 = 0;
    let fresh = true;
    for (const byte of contents) {
      if (fresh && byte === 128) this.#fail(start2, "an OBJECT IDENTIFIER is not minimally encoded");
      arc2 = nextArc(arc2, byte & 127);
      fresh = byte < 128;
      if (fresh) {
        arcs.push(arc2);
        arc2 = 0;
      }
    }
    if (!fresh) this.#fail(start2, "an OBJECT IDENTIFIER is truncated");
    const [head = 0, ...rest] = arcs;
    const first = head < 40 ? 0 : head < 80 ? 1 : 2;
    return [first, BigInt(head) - BigInt(first) * 40n, ...rest].join(".");
  }
  octetString() {
    return this.element(tags.octetString).contents;
  }
  /** Reads the bytes of a BIT STRING of whole bytes. */
  bitString() {
    const start2 = this.#offset;
    const { contents } = this.element(tags.bitString);
    if (contents[0] !== 0) this.#fail(start2, "a BIT STRING does not consist of whole bytes");
    return contents.subarray(1);
  }
  /** Reads the numbers of the bits that are set in a named-bit BIT STRING (X.690, 11.2.2: no trailing zero bits). */
  namedBits() {
    const start2 = this.#offset;
    const { contents } = this.element(tags.bitString);
    if (contents.length > maxNamedBitsLength)
      this.#fail(start2, `a named bit list has ${contents.length} bytes; the limit is ${maxNamedBitsLength}`);
    const [unused, ...bytes2] = contents;
    const last = bytes2.at(-1);
    if (unused === void 0 || unused > 7) this.#fail(start2, "a BIT STRING has an invalid number of unused bits");
    if (last === void 0 ? unused !== 0 : (last & (2 << unused) - 1) !== 1 << unused) {
      this.#fail(start2, "a named bit list is not minimally encoded");
    }
    const set = /* @__PURE__ */ new Set();
    for (const [index, byte] of bytes2.entries()) {
      for (let bit = 0; bit < 8; bit++) if (byte & 128 >> bit) set.add(index * 8 + bit);
    }
    return set;
  }
  utf8String() {
    const start2 = this.#offset;
    return decodeUtf8(this.element(tags.utf8String).contents) ?? this.#fail(start2, "a UTF8String is not valid UTF-8");
  }
  null() {
    const start2 = this.#offset;
    if (this.element(tags.null).contents.length !== 0) this.#fail(start2, "a NULL is not empty");
  }
  /** Reads a `Time` of X.509 (RFC 5280, section 4.1.2.5): UTCTime from 1950 to 2049, else GeneralizedTime, whole seconds, `Z`. */
  time() {
    const start2 = this.#offset;
    if (this.nextTag === tags.generalizedTime) {
      const digits2 = ascii(this.any().contents);
      if (!/^\d{14}Z$/.test(digits2)) this.#fail(start2, "a GeneralizedTime does not have the form YYYYMMDDHHMMSSZ");
      if (/^(?:19[5-9]|20[0-4])/.test(digits2))
        this.#fail(start2, "a GeneralizedTime has a year for which UTCTime is required");
      return this.#date(start2, digits2);
    }
    const digits = ascii(this.element(tags.utcTime).contents);
    if (!/^\d{12}Z$/.test(digits)) this.#fail(start2, "a UTCTime does not have the form YYMMDDHHMMSSZ");
    return this.#date(start2, `${Number(digits.slice(0, 2)) < 50 ? "20" : "19"}${digits}`);
  }
  /** Reads a GeneralizedTime: `YYYYMMDDHHMMSS[.fraction]Z`, the fraction without trailing zeros. */
  generalizedTime() {
    const start2 = this.#offset;
    const digits = ascii(this.element(tags.generalizedTime).contents);
    if (!/^\d{14}(?:\.\d*[1-9])?Z$/.test(digits))
      this.#fail(start2, "a GeneralizedTime does not have the form YYYYMMDDHHMMSSZ");
    return this.#date(start2, digits);
  }
  /** Demands that nothing follows. */
  end() {
    if (!this.done) this.#fail(this.#offset, "unexpected data after the end");
  }
  #date(start2, text2) {
    const [, year, month, day2, hour, minute, second, fraction = ""] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(text2) ?? this.#fail(start2, "the time is malformed");
    const iso = `${year}-${month}-${day2}T${hour}:${minute}:${second}`;
    const date = /* @__PURE__ */ new Date(`${iso}${fraction}Z`);
    if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(iso))
      this.#fail(start2, `the time ${text2} does not exist`);
    return date;
  }
  #byte(what) {
    const byte = this.#bytes[this.#offset];
    if (byte === void 0) this.#fail(this.#offset, `expected a ${what}, found the end`);
    this.#offset++;
    return byte;
  }
  #length() {
    const start2 = this.#offset;
    const first = this.#byte("length");
    if (first < 128) return first;
    const width = first & 127;
    if (width === 0) this.#fail(start2, "indefinite lengths are not allowed");
    if (width > 4) this.#fail(start2, "a length has more than 4 bytes");
    let length = 0;
    for (let i = 0; i < width; i++) length = length * 256 + this.#byte("length");
    if (length < 128 || length < 256 ** (width - 1)) this.#fail(start2, "a length is not minimally encoded");
    return length;
  }
  #fail(offset, problem2) {
    fail("DER_INVALID", `${problem2}, at byte ${offset}`);
  }
};
function nextArc(arc2, bits) {
  return typeof arc2 === "number" && arc2 < 2 ** 40 ? arc2 * 128 + bits : BigInt(arc2) * 128n + BigInt(bits);
}
function readDer(bytes2, read) {
  const reader = new DerReader(bytes2);
  const value = read(reader);
  reader.end();
  return value;
}
function readSequence(bytes2, read) {
  return readDer(
    readDer(bytes2, (der2) => der2.element(tags.sequence).contents),
    read
  );
}
function ascii(bytes2) {
  return bytes2.length > 64 ? "" : String.fromCharCode(...bytes2);
}

// src/core/encoding/der-writer.ts
function element(tag2, ...contents) {
  let length = 0;
  for (const part of contents) length += part.length;
  return concatBytes(new Uint8Array([tag2]), lengthBytes(length), ...contents);
}
function lengthBytes(length) {
  if (length < 128) return new Uint8Array([length]);
  const width = length < 256 ? 1 : length < 65536 ? 2 : length < 16777216 ? 3 : 4;
  return concatBytes(new Uint8Array([128 | width]), uintBytes(length, width));
}
function unsigned(bytes2) {
  let start2 = 0;
  while (start2 < bytes2.length - 1 && bytes2[start2] === 0) start2++;
  const digits = bytes2.subarray(start2);
  return (digits[0] ?? 128) >= 128 ? element(tags.integer, new Uint8Array([0]), digits) : element(tags.integer, digits);
}
function oidContents(oid) {
  const [first = 0n, second = 0n, ...rest] = oid.split(".").map(BigInt);
  const bytes2 = [];
  for (const arc2 of [first * 40n + second, ...rest]) {
    const groups = [Number(arc2 & 0x7fn)];
    for (let high = arc2 >> 7n; high > 0n; high >>= 7n) groups.unshift(Number(high & 0x7fn) | 128);
    bytes2.push(...groups);
  }
  return new Uint8Array(bytes2);
}
function timeDigits(time2) {
  return `${time2.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`;
}
var der = {
  element,
  sequence: (...elements) => element(tags.sequence, ...elements),
  /** SET OF: the elements in ascending order of their encodings (X.690, 11.6). */
  set: (...elements) => element(tags.set, ...[...elements].sort(compareBytes)),
  boolean: (value) => element(tags.boolean, new Uint8Array([value ? 255 : 0])),
  integer: (value) => {
    const hex = BigInt(value).toString(16);
    return unsigned(uintBytes(value, Math.ceil(hex.length / 2)));
  },
  unsigned,
  oid: (oid) => element(tags.objectIdentifier, oidContents(oid)),
  octetString: (bytes2) => element(tags.octetString, bytes2),
  bitString: (bytes2) => element(tags.bitString, new Uint8Array([0]), bytes2),
  /** A named-bit BIT STRING of the bits with these numbers, trailing zero bits left out. */
  namedBits: (...bits) => {
    if (bits.length === 0) return element(tags.bitString, new Uint8Array([0]));
    const last = Math.max(...bits);
    const bytes2 = new Uint8Array(Math.floor(last / 8) + 1);
    for (const bit of bits) {
      const index = Math.floor(bit / 8);
      bytes2[index] = (bytes2[index] ?? 0) | 128 >> bit % 8;
    }
    return element(tags.bitString, new Uint8Array([7 - last % 8]), bytes2);
  },
  null: () => element(tags.null),
  utf8String: (text2) => element(tags.utf8String, utf8(text2)),
  printableString: (text2) => element(tags.printableString, utf8(text2)),
  /** UTCTime from 1950 to 2049, else GeneralizedTime (RFC 5280, section 4.1.2.5). */
  time: (time2) => time2.getUTCFullYear() >= 1950 && time2.getUTCFullYear() < 2050 ? element(tags.utcTime, utf8(timeDigits(time2).slice(2))) : element(tags.generalizedTime, utf8(timeDigits(time2))),
  generalizedTime: (time2) => element(tags.generalizedTime, utf8(timeDigits(time2))),
  /** `[number] EXPLICIT`, or an implicitly tagged constructed element. */
  context: (number3, ...contents) => element(contextTag(number3, "constructed"), ...contents),
  /** An implicitly tagged primitive element. */
  contextPrimitive: (number3, contents) => element(contextTag(number3, "primitive"), contents)
};
function compareBytes(a, b) {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

// src/core/encoding/go-url.ts
var plain = { path: /[\w\-.~$&+,/:;=@]/, fragment: /[\w\-.~$&+,/:;=?@!()*]/ };
var allowed = {
  path: /^[\w\-.~$&+,/:;=@!'()*[\]%]*$/,
  fragment: /^[\w\-.~$&+,/:;=?@!()*'[\]%]*$/
};
function goUrl(text2) {
  if (/[\x00-\x1f\x7f]/.test(text2)) return void 0;
  const [, origin, path = "", query = "", fragment] = /^(https?:\/\/[\w.:-]+)(\/[^?#]*)?(\?[^#]*)?(?:#(.*))?$/s.exec(text2) ?? [];
  if (origin === void 0) return void 0;
  const writtenPath = encodePart(path, "path");
  const writtenFragment = encodePart(fragment ?? "", "fragment");
  if (writtenPath === void 0 || writtenFragment === void 0) return void 0;
  return `${origin}${writtenPath}${query}${fragment ? `#${writtenFragment}` : ""}`;
}
function encodePart(part, kind) {
  const decoded2 = percentDecode(part);
  if (decoded2 === void 0) return void 0;
  if (allowed[kind].test(part)) return part;
  return Array.from(decoded2, (byte) => {
    const character = String.fromCharCode(byte);
    return byte < 128 && plain[kind].test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}
function percentDecode(text2) {
  const bytes2 = [];
  const written = utf8(text2);
  for (let at = 0; at < written.length; at++) {
    const byte = written[at] ?? 0;
    if (byte !== 37) {
      bytes2.push(byte);
      continue;
    }
    const digits = decodeUtf8(written.subarray(at + 1, at + 3)) ?? "";
    if (!/^[0-9a-fA-F]{2}$/.test(digits)) return void 0;
    bytes2.push(Number.parseInt(digits, 16));
    at += 2;
  }
  return Uint8Array.from(bytes2);
}

// src/core/encoding/hex.ts
var foreign2 = /[^0-9a-f]/;
var pairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
function encodeHex(bytes2) {
  let text2 = "";
  for (const byte of bytes2) text2 += pairs[byte];
  return text2;
}
function decodeHex(text2) {
  if (text2.length % 2 !== 0 || foreign2.test(text2))
    fail("HEX_INVALID", "the text is not lower-case hexadecimal with an even number of digits");
  const bytes2 = new Uint8Array(text2.length / 2);
  for (let i = 0; i < bytes2.length; i++) bytes2[i] = Number.parseInt(text2.slice(2 * i, 2 * i + 2), 16);
  return bytes2;
}

// src/core/encoding/json.ts
var defaults = { maxLength: 16 * 1024 * 1024, maxDepth: 64, maxValues: 25e4 };
var maxNames = 5e5;
var longText = 64 * 1024;
function parseJson(input, limits = {}) {
  return parserOf(input, limits).document();
}
function parseJsonObject(input, limits = {}) {
  return parserOf(input, limits).objectOfDocument();
}
function parserOf(input, limits) {
  const all = { ...defaults, ...limits };
  const { maxLength } = all;
  if (input.length > maxLength)
    fail("LIMIT_EXCEEDED", `the JSON document has ${input.length} bytes; the limit is ${maxLength}`);
  const text2 = typeof input === "string" ? input : decodeUtf8(input) ?? fail("JSON_INVALID", "the JSON document is not valid UTF-8");
  return new Parser(text2, all);
}
var number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
var control = /[\u0000-\u001f]/;
var escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
var Parser = class {
  #text;
  #limits;
  #offset = 0;
  #values = 0;
  #names = 0;
  constructor(text2, limits) {
    this.#text = text2;
    this.#limits = limits;
  }
  document() {
    const value = this.#value(0);
    this.#end();
    return value;
  }
  objectOfDocument() {
    const isObject2 = this.#next(0) === "{";
    const object = isObject2 ? this.#object(0) : void 0;
    if (!isObject2) this.#check(0);
    this.#end();
    return object;
  }
  membersOfDocument(names) {
    if (this.#next(0) !== "{") {
      this.#check(0);
      this.#end();
      return void 0;
    }
    const members2 = /* @__PURE__ */ Object.create(null);
    const others = /* @__PURE__ */ new Map();
    this.#members((name) => {
      if (names.has(name)) members2[name] = this.#value(1);
      else others.set(name, this.#check(1));
    });
    this.#end();
    return { members: members2, others };
  }
  #end() {
    this.#skip();
    if (this.#offset !== this.#text.length) this.#fail("unexpected text after the JSON value");
  }
  /** Returns the first character of the next value. */
  #next(depth) {
    this.#skip();
    const next = this.#text[this.#offset];
    const { maxDepth } = this.#limits;
    if (depth === maxDepth && (next === "{" || next === "["))
      fail(
        "LIMIT_EXCEEDED",
        `the JSON document is nested more than ${maxDepth} levels deep, at character ${this.#offset}`
      );
    return next;
  }
  #value(depth) {
    const next = this.#next(depth);
    const { maxValues } = this.#limits;
    if (++this.#values > maxValues)
      fail("LIMIT_EXCEEDED", `the JSON document has more than ${maxValues} values, at character ${this.#offset}`);
    if (next === "{") return this.#object(depth);
    if (next === "[") return this.#array(depth);
    if (next === '"') return this.#string();
    const word = this.#word(next);
    return word === void 0 ? Number(this.#digits()) : word;
  }
  /** Checks a value without building it. */
  #check(depth) {
    const next = this.#next(depth);
    if (next === "{") {
      this.#members(() => this.#check(depth + 1));
      return "object";
    }
    if (next === "[") {
      this.#items(() => this.#check(depth + 1));
      return "array";
    }
    if (next === '"') {
      this.#checkString();
      return "string";
    }
    const word = this.#word(next);
    if (word === void 0) this.#digits();
    return word === void 0 ? "number" : word === null ? "null" : "boolean";
  }
  #word(next) {
    const word = words.get(next);
    if (word === void 0 || !this.#text.startsWith(String(word), this.#offset)) return void 0;
    this.#offset += String(word).length;
    return word;
  }
  #digits() {
    number.lastIndex = this.#offset;
    if (!number.test(this.#text)) this.#fail("expected a JSON value");
    const digits = this.#text.slice(this.#offset, number.lastIndex);
    this.#offset = number.lastIndex;
    return digits;
  }
  #object(depth) {
    const members2 = /* @__PURE__ */ Object.create(null);
    this.#offset++;
    this.#skip();
    if (this.#take("}")) return members2;
    do {
      const name = this.#name();
      if (name in members2) this.#failTwice(name);
      this.#colon();
      members2[name] = this.#value(depth + 1);
      this.#skip();
    } while (this.#take(","));
    if (!this.#take("}")) this.#fail('expected "," or "}" in a JSON object');
    return members2;
  }
  /** Visits the members of an object. Only their names are kept, until its end. */
  #members(member2) {
    this.#offset++;
    this.#skip();
    if (this.#take("}")) return;
    let first;
    let names;
    do {
      const name = this.#name();
      if (name === first || names?.has(name)) this.#failTwice(name);
      if (first === void 0) first = name;
      else {
        names ??= /* @__PURE__ */ new Set();
        names.add(name);
        if (++this.#names > maxNames)
          fail(
            "LIMIT_EXCEEDED",
            `the JSON document has objects with more than ${maxNames} members in total, at character ${this.#offset}`
          );
      }
      this.#colon();
      member2(name);
      this.#skip();
    } while (this.#take(","));
    if (!this.#take("}")) this.#fail('expected "," or "}" in a JSON object');
    this.#names -= names?.size ?? 0;
  }
  #name() {
    this.#skip();
    if (this.#text[this.#offset] !== '"') this.#fail("expected a member name");
    return this.#string();
  }
  #colon() {
    this.#skip();
    if (!this.#take(":")) this.#fail('expected ":"');
  }
  #failTwice(name) {
    this.#fail(`the JSON member ${JSON.stringify(name.slice(0, 80))} occurs twice`);
  }
  #array(depth) {
    const items = [];
    this.#items(() => items.push(this.#value(depth + 1)));
    return items;
  }
  #items(item) {
    this.#offset++;
    this.#skip();
    if (this.#take("]")) return;
    do {
      item();
      this.#skip();
    } while (this.#take(","));
    if (!this.#take("]")) this.#fail('expected "," or "]" in a JSON array');
  }
  #string() {
    const start2 = this.#offset;
    const contents = this.#contents();
    if (!contents.includes("\\")) return this.#detached(contents);
    try {
      return JSON.parse(`"${contents}"`);
    } catch {
      return this.#failEscape(start2);
    }
  }
  /** Copies a short piece of a long text: engines keep the whole text as long as a piece of it. */
  #detached(piece) {
    const isSmall = this.#text.length > longText && piece.length > 12 && piece.length < this.#text.length / 4;
    return isSmall ? decodeUtf8(utf8(piece)) ?? piece : piece;
  }
  #checkString() {
    const start2 = this.#offset;
    const contents = this.#contents();
    for (let at = contents.indexOf("\\"); at !== -1; at = contents.indexOf("\\", at)) {
      escapeSequence.lastIndex = at;
      if (!escapeSequence.test(contents)) this.#failEscape(start2);
      at = escapeSequence.lastIndex;
    }
  }
  #failEscape(start2) {
    this.#offset = start2;
    this.#fail("invalid escape in a JSON string");
  }
  /** Returns the text between the quotes, as it is written. */
  #contents() {
    const start2 = this.#offset;
    let end = this.#text.indexOf('"', start2 + 1);
    while (end !== -1 && this.#escaped(end)) end = this.#text.indexOf('"', end + 1);
    if (end === -1) this.#fail("unterminated JSON string");
    const contents = this.#text.slice(start2 + 1, end);
    if (control.test(contents)) this.#fail("control character in a JSON string");
    this.#offset = end + 1;
    return contents;
  }
  /** Reports whether the quote at this offset has an odd number of backslashes before it. */
  #escaped(quote) {
    let offset = quote;
    while (this.#text[offset - 1] === "\\") offset--;
    return (quote - offset) % 2 === 1;
  }
  #skip() {
    for (; ; ) {
      const code = this.#text.charCodeAt(this.#offset);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.#offset++;
    }
  }
  #take(character) {
    if (this.#text[this.#offset] !== character) return false;
    this.#offset++;
    return true;
  }
  #fail(problem2) {
    fail("JSON_INVALID", `${problem2}, at character ${this.#offset}`);
  }
};
var words = /* @__PURE__ */ new Map([
  ["t", true],
  ["f", false],
  ["n", null]
]);

// src/core/encoding/json-reader.ts
function asObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : void 0;
}
function asList(value) {
  return Array.isArray(value) ? value : void 0;
}
function asText(value) {
  return typeof value === "string" ? value : void 0;
}
function memberAt(value, ...path) {
  return path.reduce((inner, name) => asObject(inner)?.[name], value);
}

// src/core/encoding/pem.ts
var block = /-----BEGIN ([A-Z0-9 ]+)-----\r?\n([A-Za-z0-9+/=\r\n]+?)\r?\n-----END \1-----(?:\r?\n|$)/y;
function encodePem(label2, der2) {
  const lines = encodeBase64(der2).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label2}-----
${lines.join("\n")}
-----END ${label2}-----
`;
}
function decodePem(label2, text2) {
  const blocks = [];
  const trimmed = text2.trim();
  block.lastIndex = 0;
  while (block.lastIndex < trimmed.length) {
    const offset = block.lastIndex;
    const match = block.exec(trimmed);
    if (match === null) fail("PEM_INVALID", `expected a PEM block at character ${offset}`);
    if (match[1] !== label2) fail("PEM_INVALID", `expected a PEM block "${label2}", found another kind`);
    blocks.push(decodeBase64((match[2] ?? "").replace(/[\r\n]/g, "")));
  }
  const [first, ...others] = blocks;
  return first === void 0 ? fail("PEM_INVALID", "the text contains no PEM block") : [first, ...others];
}

// src/core/encoding/pre-authentication-encoding.ts
function preAuthenticationEncoding(payloadType, payload) {
  const type = utf8(payloadType);
  return concatBytes(utf8(`DSSEv1 ${type.length} `), type, utf8(` ${payload.length} `), payload);
}

// src/core/encoding/proto-json.ts
var maxMessages = 1024;
var ProtoField = class _ProtoField {
  #value;
  #code;
  path;
  constructor(value, code, path) {
    this.#value = value === null ? void 0 : value;
    this.#code = code;
    this.path = path;
  }
  /** Reads a document. Every error in it, now or later, has this code. */
  static parse(input, code, what, limits) {
    const value = reading(code, what, () => parseJsonObject(input, limits));
    return value === void 0 ? new _ProtoField([], code, what).fail("is not an object") : new _ProtoField(value, code, what);
  }
  get present() {
    return this.#value !== void 0;
  }
  /** Returns a member of this message; an absent one if the message is absent. */
  field(name) {
    const path = `${this.path}.${name}`;
    if (this.#value === void 0) return new _ProtoField(void 0, this.#code, path);
    const members2 = this.#object();
    const snake = snakeCase(name);
    if (snake !== name && name in members2 && snake in members2)
      fail(this.#code, `${path} occurs twice, also as ${snake}`);
    return new _ProtoField(members2[name] ?? members2[snake], this.#code, path);
  }
  /** Returns the items of a repeated field; none if it is absent. */
  list(max) {
    if (this.#value === void 0) return [];
    const items = asList(this.#value) ?? this.fail("is not a list");
    if (items.length > max) fail("LIMIT_EXCEEDED", `${this.path} has ${items.length} items; the limit is ${max}`);
    return items.map((item, index) => {
      if (item === null) fail(this.#code, `${this.path}[${index}] is null`);
      return new _ProtoField(item, this.#code, `${this.path}[${index}]`);
    });
  }
  /** Demands that this message, and each message in it, has no members but those of the shape, by either of their names. */
  demandShape(shape) {
    const value = this.#value;
    if (value === void 0) return;
    if (Array.isArray(value)) {
      for (const item of this.list(maxMessages)) item.demandShape(shape);
      return;
    }
    const members2 = asObject(value);
    if (members2 === void 0) return;
    const names = namesOf(shape);
    for (const written of Object.keys(members2)) {
      const name = names.get(written) ?? this.fail(`has an unknown member ${JSON.stringify(written.slice(0, 80))}`);
      const inner = shape[name];
      if (inner !== void 0 && inner !== true) this.field(name).demandShape(inner);
    }
  }
  /** Returns a string; empty if absent. */
  string() {
    const value = asText(this.#value ?? "") ?? this.fail("is not a string");
    return isWellFormed(value) ? value : this.fail("contains a lone surrogate");
  }
  /** Returns a string that must be present and not empty. */
  text() {
    return this.string() || this.fail("is missing");
  }
  boolean() {
    const value = this.#value ?? false;
    return typeof value === "boolean" ? value : this.fail("is not a boolean");
  }
  /** Returns a non-negative 64-bit integer, written as a string of digits or a safe number; 0 if absent. */
  uint64() {
    const value = this.#value ?? 0;
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
    if (typeof value === "string" && /^(?:0|[1-9]\d{0,18})$/.test(value)) {
      const integer2 = BigInt(value);
      if (integer2 < 2n ** 63n) return integer2;
    }
    return this.fail("is not a non-negative 64-bit integer");
  }
  /** Returns a non-negative integer that a number can hold exactly; 0 if absent. */
  safeInteger() {
    const value = Number(this.uint64());
    return Number.isSafeInteger(value) ? value : this.fail("is too large");
  }
  /**
   * Returns bytes, written in base64 of the standard or the URL-safe alphabet, as protojson takes it: with or without padding, also in
   * lines. No signature covers the text; signatures cover the bytes.
   */
  bytes() {
    const written = asText(this.#value ?? "") ?? this.fail("is not a string");
    if (written.length % 4 === 0 && !/[-_\n]/.test(written)) return this.#decoded(written);
    const text2 = written.replace(/\r?\n/g, "");
    if (/[-_]/.test(text2) && /[+/]/.test(text2)) this.fail("mixes the standard and the URL-safe base64 alphabet");
    const standard = text2.replaceAll("-", "+").replaceAll("_", "/");
    const padding2 = standard.endsWith("=") ? 0 : (4 - standard.length % 4) % 4;
    return this.#decoded(standard + "=".repeat(padding2));
  }
  #decoded(text2) {
    return reading(this.#code, this.path, () => decodeBase64(text2));
  }
  /** Returns bytes that must be present and not empty. */
  data() {
    const bytes2 = this.bytes();
    return bytes2.length > 0 ? bytes2 : this.fail("is missing");
  }
  /** Returns an enum value, written as its name or number; `undefined` for one that is not in the table. */
  enum(table2) {
    const value = this.#value ?? 0;
    for (const name of Object.keys(table2)) if (name === value || table2[name] === value) return name;
    return typeof value === "string" || typeof value === "number" ? void 0 : this.fail("is not an enum value");
  }
  /** Returns a point in time (RFC 3339), or `undefined` if absent. */
  time() {
    if (this.#value === void 0) return void 0;
    const text2 = this.string();
    const shape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;
    const [, local = ""] = shape.exec(text2) ?? [];
    const date = new Date(text2);
    const there = /* @__PURE__ */ new Date(`${local}Z`);
    const exists = !Number.isNaN(date.getTime()) && !Number.isNaN(there.getTime()) && there.toISOString().startsWith(local);
    return local !== "" && exists ? date : this.fail("is not a valid time (RFC 3339)");
  }
  fail(problem2) {
    fail(this.#code, `${this.path} ${problem2}`);
  }
  #object() {
    return asObject(this.#value) ?? this.fail("is not an object");
  }
};
var snakeNames = /* @__PURE__ */ new Map();
function snakeCase(name) {
  const snake = snakeNames.get(name) ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  snakeNames.set(name, snake);
  return snake;
}
var shapeNames = /* @__PURE__ */ new WeakMap();
function namesOf(shape) {
  const names = shapeNames.get(shape) ?? new Map(Object.keys(shape).flatMap((name) => bothNames(name)));
  shapeNames.set(shape, names);
  return names;
}
function bothNames(name) {
  return [
    [name, name],
    [snakeCase(name), name]
  ];
}

// sandbox/http/fault.ts
import { setTimeout as delay } from "node:timers/promises";
import { gzipSync } from "node:zlib";
var htmlPage = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n";
var fault = {
  /** Resets the connection at once. */
  refuse: () => (exchange) => {
    exchange.request.socket.resetAndDestroy();
  },
  /** Answers with a status, and with a page of HTML unless a body is given: failures are rarely in the service's own JSON. */
  status: (status, { headers = {}, body = htmlPage } = {}) => inPlaceOf(() => ({
    status,
    headers: { "content-type": body === htmlPage ? "text/html" : "application/json", ...headers },
    body: typeof body === "string" ? utf8(body) : body
  })),
  /** Reads the request, and never answers. */
  stall: () => (exchange) => {
    exchange.read().catch(() => void 0);
  },
  /** Sends the right answer, so many bytes at a time. */
  slow: ({ bytes: bytes2 = 1, everyMilliseconds = 20 } = {}) => async (exchange) => {
    const { status, headers, body } = await exchange.answer();
    exchange.head(status, { ...headers, "content-length": String(body.length) });
    exchange.response.flushHeaders();
    for (let at = 0; at < body.length && !exchange.response.destroyed; at += bytes2) {
      await delay(everyMilliseconds, void 0, { ref: false });
      exchange.response.write(body.subarray(at, at + bytes2));
    }
    exchange.response.end();
  },
  /** Sends the first half of the right answer, with a length of more than the whole, and ends the connection. */
  truncated: () => async (exchange) => {
    const { status, headers, body } = await exchange.answer();
    exchange.head(status, { ...headers, "content-length": String(body.length + 1) });
    exchange.response.flushHeaders();
    exchange.response.write(body.subarray(0, body.length >> 1));
    exchange.request.socket.destroySoon();
  },
  /** Answers with success and meaningless bytes. The service does nothing. */
  garbage: (status = 200) => inPlaceOf(() => ({
    status,
    headers: { "content-type": "application/json" },
    body: new Uint8Array([255, 254, 123, 0, 34, 60, 128, 10])
  })),
  /** Answers with success and more bytes than a client should read: 64 MiB. With `declared`, the headers state that length. */
  oversized: ({ bytes: bytes2 = 64 * 1024 * 1024, declared = false } = {}) => async (exchange) => {
    await exchange.answer(() => empty);
    exchange.head(200, {
      "content-type": "application/json",
      ...declared ? { "content-length": String(bytes2) } : {}
    });
    const chunk = utf8(" ".repeat(64 * 1024));
    for (let left = bytes2; left > 0 && !exchange.response.destroyed; left -= chunk.length) {
      if (!exchange.response.write(chunk.subarray(0, left))) await drained(exchange);
    }
    exchange.response.end();
  },
  /** Answers with success and bytes that gzip has compressed about a thousand times, whether or not the client accepts gzip. */
  gzipBomb: ({ bytes: bytes2 = 64 * 1024 * 1024 } = {}) => inPlaceOf(() => ({
    status: 200,
    headers: { "content-type": "application/octet-stream", "content-encoding": "gzip" },
    body: gzipSync(Buffer.alloc(bytes2, " "), { level: 9 })
  })),
  /** Compresses a successful answer of the service with gzip, whether or not the client accepts it. */
  gzip: () => fault.altered(
    (right) => right.status === 200 ? { ...right, headers: { ...right.headers, "content-encoding": "gzip" }, body: gzipSync(right.body) } : right
  ),
  /** Does something else, such as adding entries to a log, before the service answers. */
  meanwhile: (act) => async (exchange) => {
    await act();
    exchange.send(await exchange.answer());
  },
  /** Has the service do its work, and then answers with status 500 or with another fault. */
  afterEffect: (then = fault.status(500)) => async (exchange) => {
    await exchange.answer();
    await then(exchange);
  },
  /** Answers in place of the service, which does nothing. */
  instead: (handle) => inPlaceOf(handle),
  /** Alters the answer of the service. */
  altered: (alter) => async (exchange) => exchange.send(alter(await exchange.answer()))
};
var empty = { status: 200, headers: {}, body: new Uint8Array() };
function inPlaceOf(handle) {
  return async (exchange) => exchange.send(await exchange.answer(handle));
}
function drained({ response }) {
  return new Promise((resolve2) => {
    const done = () => {
      response.off("drain", done).off("close", done);
      resolve2();
    };
    response.on("drain", done).on("close", done);
  });
}

// sandbox/http/listener.ts
import { createServer } from "node:http";

// sandbox/http/message.ts
function jsonResponse(status, value, headers = {}) {
  return { status, headers: { "content-type": "application/json", ...headers }, body: utf8(JSON.stringify(value)) };
}

// sandbox/http/refusal.ts
var Refusal = class extends Error {
  name = "Refusal";
  response;
  constructor(message2, response) {
    super(message2);
    this.response = response;
  }
};
function refuseJson(message2, status, body, headers) {
  throw new Refusal(message2, jsonResponse(status, body, headers));
}
function refusePlainly(status, message2) {
  throw new Refusal(message2, { status, headers: { "content-type": "text/plain" }, body: utf8(`${message2}
`) });
}
var grpcStatuses = {
  invalidArgument: { code: 3, http: 400 },
  notFound: { code: 5, http: 404 },
  alreadyExists: { code: 6, http: 409 },
  unimplemented: { code: 12, http: 501 },
  internal: { code: 13, http: 500 },
  unavailable: { code: 14, http: 503 }
};
function grpcError(status, message2, headers) {
  const { code, http } = grpcStatuses[status];
  return jsonResponse(http, { code, message: message2, details: [] }, headers);
}
function refuse2(status, message2, headers) {
  throw new Refusal(message2, grpcError(status, message2, headers));
}
var grpcStray = (_method, _path, methods2) => methods2.length === 0 ? refuse2("notFound", "Not Found") : refuse2("unimplemented", "Method Not Allowed");
function refuseRekor(status, message2, headers, code = status) {
  refuseJson(message2, status, { code, message: message2 }, headers);
}
function refuseEntry(reason) {
  refuseRekor(400, `error processing entry: ${reason}`);
}
function refuseParameter(code, message2) {
  refuseRekor(422, message2, void 0, code);
}
var rekorStray = (method, path, methods2) => methods2.length === 0 ? refuseRekor(404, `path ${path} was not found`) : refuseRekor(405, `method ${method} is not allowed, but [${methods2.join(",")}] are`);
var twirpStatuses = {
  invalid_argument: 400,
  malformed: 400,
  unauthenticated: 401,
  permission_denied: 403,
  not_found: 404,
  bad_route: 404,
  already_exists: 409,
  failed_precondition: 412
};
function refuseTwirp(code, message2) {
  refuseJson(message2, twirpStatuses[code], { code, msg: message2 });
}
var twirpStray = (method, path, methods2) => methods2.length === 0 ? refuseTwirp("bad_route", `no handler for path ${path}`) : refuseTwirp("bad_route", `unsupported method ${method} (only ${methods2.join(", ")} is allowed)`);
var azureStatuses = {
  AuthenticationFailed: 403,
  AuthorizationPermissionMismatch: 403,
  BlobImmutableDueToPolicy: 409,
  BlobNotFound: 404,
  InvalidBlobOrBlock: 400,
  InvalidBlockList: 400,
  InvalidQueryParameterValue: 400,
  InvalidXmlDocument: 400
};
function refuseBlob(code, message2) {
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message2}</Message></Error>`;
  const headers = { "content-type": "application/xml", "x-ms-error-code": code };
  throw new Refusal(message2, { status: azureStatuses[code], headers, body: utf8(body) });
}
var registryStatuses = {
  BLOB_UNKNOWN: 404,
  BLOB_UPLOAD_INVALID: 400,
  BLOB_UPLOAD_UNKNOWN: 404,
  DENIED: 403,
  DIGEST_INVALID: 400,
  MANIFEST_BLOB_UNKNOWN: 400,
  MANIFEST_INVALID: 400,
  MANIFEST_UNKNOWN: 404,
  NAME_INVALID: 400,
  NAME_UNKNOWN: 404,
  SIZE_INVALID: 413,
  UNAUTHORIZED: 401,
  UNSUPPORTED: 405
};
function registryError(code, message2, { status = registryStatuses[code], headers, detail } = {}) {
  const error = { code, message: message2, ...detail === void 0 ? {} : { detail } };
  return jsonResponse(status, { errors: [error] }, headers);
}
function refuseRegistry(...refusal2) {
  throw new Refusal(refusal2[1], registryError(...refusal2));
}
var registryStray = (method, _path, methods2) => methods2.length === 0 ? refusePlainly(404, "404 page not found") : refuseRegistry("UNSUPPORTED", `the method ${method} is not supported`);
function refuseGitHub(status, message2, headers, errors) {
  const documentation = "https://docs.github.com/rest";
  const body = { message: message2, ...errors && { errors }, documentation_url: documentation, status: String(status) };
  refuseJson(message2, status, body, headers);
}
var gitHubStray = () => refuseGitHub(404, "Not Found");

// sandbox/http/exchange.ts
var Exchange = class {
  url;
  request;
  response;
  #handle;
  #maxBodyLength;
  #onChunk;
  #read;
  constructor(url, request, response, handle, maxBodyLength2, onChunk) {
    this.url = url;
    this.request = request;
    this.response = response;
    this.#handle = handle;
    this.#maxBodyLength = maxBodyLength2;
    this.#onChunk = onChunk;
  }
  /** Reads the request with its whole body. */
  read() {
    this.#read ??= readBody(this.request, this.#maxBodyLength, this.#onChunk).then((body) => ({
      method: this.request.method ?? "GET",
      url: this.url,
      headers: this.request.headers,
      body
    }));
    return this.#read;
  }
  /** Has the service handle the request, and returns its answer or refusal without sending it. */
  async answer(handle = this.#handle) {
    try {
      return await handle(await this.read());
    } catch (error) {
      return refusal(error);
    }
  }
  send({ status, headers, body }) {
    if (this.response.destroyed) return;
    this.head(status, { ...headers, "content-length": String(body.length) });
    this.response.end(body);
  }
  /** Sends only a status and headers. */
  head(status, headers) {
    this.response.writeHead(status, { ...headers, ...this.request.complete ? {} : { connection: "close" } });
  }
};
async function readBody(request, maxLength, onChunk) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    onChunk(chunk);
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxLength) refuse2("invalidArgument", "http: request body too large");
  }
  return concatBytes(...chunks);
}
function refusal(error) {
  if (error instanceof Refusal) return error.response;
  return grpcError("internal", `bug in the sandbox: ${String(error)}`);
}

// sandbox/http/route.ts
var serviceNames = [
  "oidc",
  "fulcio",
  "ct",
  "timestamp",
  "rekor-v1",
  "rekor-v2",
  "witness",
  "tuf",
  "artifacts",
  "blobs",
  "registry",
  "github"
];
function destinationOf(services, method, pathname) {
  for (const { name, routes } of services) {
    const there = routes.filter(({ path }) => matches(path, pathname));
    if (there.length > 0) {
      const route = there.find((candidate) => candidate.method === method);
      return { service: name, route, methods: there.map((candidate) => candidate.method) };
    }
  }
  return { service: void 0, route: void 0, methods: [] };
}
function matches(path, pathname) {
  return path.endsWith("/*") ? pathname.startsWith(path.slice(0, -1)) : pathname === path;
}

// sandbox/http/traffic.ts
var ReceivedRequest = class {
  service;
  method;
  path;
  #received;
  #length;
  constructor(service, path, { method = "GET", url = "", rawHeaders }) {
    this.service = service;
    this.method = method;
    this.path = path;
    const head = Buffer.from(`${method} ${url}
${rawHeaders.join("\n")}

`, "latin1");
    this.#received = [head];
    this.#length = head.length;
  }
  get length() {
    return this.#length;
  }
  /** Adds a piece of the body, and returns how many bytes it takes: none, if the request was forgotten meanwhile. */
  add(chunk) {
    if (this.#received === void 0) return 0;
    this.#received.push(chunk);
    this.#length += chunk.length;
    return chunk.length;
  }
  forget() {
    this.#received = void 0;
    this.#length = 0;
  }
  content() {
    return this.#received && Buffer.concat(this.#received);
  }
};
var Faults = class {
  #faults = [];
  /** Sets a fault for the next requests to a service or to one of its endpoints, and replaces an earlier one for the same target. */
  set(target, fault2, times = Number.POSITIVE_INFINITY) {
    const endpoint2 = typeof target === "string" ? { service: target, matching: void 0 } : target;
    const count = typeof times === "number" ? { times } : times;
    this.#faults = this.#faults.filter(
      ({ service, matching }) => service !== endpoint2.service || String(matching ?? "") !== String(endpoint2.matching ?? "")
    );
    this.#faults.push({ ...endpoint2, fault: fault2, skip: 0, times: Number.POSITIVE_INFINITY, ...count });
  }
  /** Removes the faults of a service, or all faults. */
  clear(service) {
    this.#faults = this.#faults.filter((one) => service !== void 0 && one.service !== service);
  }
  /** Returns the fault for a request, if there is one, and counts the request. */
  take(service, line) {
    for (const one of this.#faults) {
      if (one.service !== service || one.times <= 0 || one.matching && line.search(one.matching) < 0) continue;
      if (one.skip > 0) {
        one.skip -= 1;
        continue;
      }
      one.times -= 1;
      return one.fault;
    }
    return void 0;
  }
};
var keptLength = 64 * 1024 * 1024;
var Traffic = class {
  faults = new Faults();
  #requests = [];
  #length = 0;
  #forgotten = 0;
  #recorded;
  constructor(recorded = true) {
    this.#recorded = recorded;
  }
  get requests() {
    return this.#requests;
  }
  record(request) {
    if (!this.#recorded) return;
    this.#requests.push(request);
    this.#grow(request.length);
  }
  /** Records a piece of the body of a request. */
  recordBody(request, chunk) {
    if (this.#recorded) this.#grow(request.add(chunk));
  }
  #grow(length) {
    this.#length += length;
    while (this.#length > keptLength) {
      const oldest = this.#requests[this.#forgotten];
      if (oldest === void 0) return;
      this.#forgotten += 1;
      this.#length -= oldest.length;
      oldest.forget();
    }
  }
};

// sandbox/http/listener.ts
var loopback = "127.0.0.1";
var keepAliveTimeout = 6e4;
var maxBodyLength = 4 * 1024 * 1024;
var HttpListener = class _HttpListener {
  origin;
  #server;
  #traffic;
  #services = [];
  #stray = () => refuse2("unavailable", "the sandbox is starting");
  constructor(server, port, traffic) {
    this.#server = server;
    this.#traffic = traffic;
    this.origin = `http://${loopback}:${port}`;
    server.on("request", (request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
  }
  /** Starts to listen on loopback, by default on any free port. */
  static async listen(port = 0, traffic = new Traffic()) {
    const server = createServer({ keepAliveTimeout });
    await new Promise((resolve2, reject2) => {
      server.once("error", reject2);
      server.listen(port, loopback, () => {
        server.off("error", reject2);
        resolve2();
      });
    });
    return new _HttpListener(server, server.address().port, traffic);
  }
  serve(services, stray = grpcStray) {
    this.#services = services;
    this.#stray = stray;
  }
  /** Stops listening and ends every connection, including those with a request in progress. */
  async close() {
    if (!this.#server.listening) return;
    const closed = new Promise((resolve2) => this.#server.close(() => resolve2()));
    this.#server.closeAllConnections();
    await closed;
  }
  [Symbol.asyncDispose]() {
    return this.close();
  }
  async #serve(request, response) {
    const { method = "GET" } = request;
    const url = new URL(request.url ?? "/", this.origin);
    const { service, route, methods: methods2 } = destinationOf(this.#services, method, url.pathname);
    const stray = () => this.#stray(method, url.pathname, methods2);
    const record = new ReceivedRequest(service, url.pathname, request);
    this.#traffic.record(record);
    const fault2 = this.#traffic.faults.take(service, `${method} ${url.pathname}${url.search}`);
    const limit = route?.maxBodyLength ?? maxBodyLength;
    const exchange = new Exchange(
      url,
      request,
      response,
      route?.handle ?? stray,
      limit,
      (chunk) => this.#traffic.recordBody(record, chunk)
    );
    if (fault2 === void 0) exchange.send(await exchange.answer());
    else await fault2(exchange);
  }
};

// sandbox/pki/extension.ts
var keyUsages = { digitalSignature: 0, keyEncipherment: 2, keyCertSign: 5, cRLSign: 6 };
var keyPurposes = {
  serverAuth: "1.3.6.1.5.5.7.3.1",
  codeSigning: "1.3.6.1.5.5.7.3.3",
  timeStamping: "1.3.6.1.5.5.7.3.8",
  anyExtendedKeyUsage: "2.5.29.37.0"
};
function encodeExtension({ oid, critical, value }) {
  return der.sequence(der.oid(oid), ...critical ? [der.boolean(true)] : [], der.octetString(value));
}
var sandboxMarkerOid = "2.999.305821105.408246119";
var sandboxMarker = {
  oid: sandboxMarkerOid,
  critical: false,
  value: der.utf8String("countersign sandbox: not for production")
};

// sandbox/pki/name.ts
function encodeName(name) {
  const attribute = (oid, value) => value === void 0 ? [] : [der.set(der.sequence(der.oid(oid), der.utf8String(value)))];
  return der.sequence(...attribute("2.5.4.10", name.organization), ...attribute("2.5.4.3", name.commonName));
}
function encodeGeneralName(name) {
  switch (name.kind) {
    case "otherName":
      return der.context(0, der.oid(name.typeId), der.context(0, name.value));
    case "rfc822Name":
      return der.contextPrimitive(1, utf8(name.value));
    case "dNSName":
      return der.contextPrimitive(2, utf8(name.value));
    case "directoryName":
      return der.context(4, encodeName(name.value));
    case "uniformResourceIdentifier":
      return der.contextPrimitive(6, utf8(name.value));
  }
}

// sandbox/pki/signing-key.ts
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";

// sandbox/storage/disk-storage.ts
import * as fs from "node:fs";
import { join } from "node:path";

// sandbox/storage/storage.ts
function demandBytes(file, offset, length) {
  const within = offset >= 0 && length >= 0 && offset + length <= file.length;
  if (!within) throw new RangeError(`no bytes ${offset} to ${offset + length} in a file of ${file.length}`);
}
function keep(storage, name, make) {
  const kept = storage.read(name);
  if (kept !== void 0) return kept;
  const made = make();
  storage.write(name, made);
  return made;
}

// sandbox/storage/disk-storage.ts
var unfinished = ".unfinished";
var DiskStorage = class _DiskStorage {
  #path;
  #folders = /* @__PURE__ */ new Map();
  #appendFiles = /* @__PURE__ */ new Map();
  /** Creates the folder if it does not exist. Only one process at a time may have it open. */
  constructor(path) {
    fs.mkdirSync(path, { recursive: true, mode: 448 });
    this.#path = path;
  }
  folder(name) {
    const folder2 = this.#folders.get(name) ?? new _DiskStorage(join(this.#path, name));
    this.#folders.set(name, folder2);
    return folder2;
  }
  appendFile(name) {
    const file = this.#appendFiles.get(name) ?? new DiskFile(join(this.#path, name));
    this.#appendFiles.set(name, file);
    return file;
  }
  read(name) {
    try {
      return new Uint8Array(fs.readFileSync(join(this.#path, name)));
    } catch (error) {
      if (systemCode(error) === "ENOENT") return void 0;
      throw error;
    }
  }
  write(name, bytes2) {
    const path = join(this.#path, name);
    fs.writeFileSync(path + unfinished, bytes2, { mode: 384 });
    fs.renameSync(path + unfinished, path);
  }
  create(name, bytes2) {
    const path = join(this.#path, name);
    const own = `${path}.${process.pid}${unfinished}`;
    fs.writeFileSync(own, bytes2, { mode: 384 });
    try {
      fs.linkSync(own, path);
      return true;
    } catch (error) {
      if (systemCode(error) === "EEXIST") return false;
      throw error;
    } finally {
      fs.rmSync(own);
    }
  }
  names() {
    return fs.readdirSync(this.#path, { withFileTypes: true }).filter((entry2) => entry2.isFile() && !entry2.name.endsWith(unfinished) && !this.#appendFiles.has(entry2.name)).map((entry2) => entry2.name).sort();
  }
  /** Closes all files that were opened in the folder and below it. */
  [Symbol.dispose]() {
    for (const file of this.#appendFiles.values()) file.close();
    this.#appendFiles.clear();
    for (const folder2 of this.#folders.values()) folder2[Symbol.dispose]();
    this.#folders.clear();
  }
};
var DiskFile = class {
  #descriptor;
  length;
  constructor(path) {
    this.#descriptor = fs.openSync(path, fs.constants.O_RDWR | fs.constants.O_CREAT, 384);
    this.length = fs.fstatSync(this.#descriptor).size;
  }
  append(bytes2) {
    let written = 0;
    while (written < bytes2.length) {
      written += fs.writeSync(this.#descriptor, bytes2, written, bytes2.length - written, this.length + written);
    }
    this.length += bytes2.length;
  }
  read(offset, length) {
    demandBytes(this, offset, length);
    const bytes2 = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const count = fs.readSync(this.#descriptor, bytes2, done, length - done, offset + done);
      if (count === 0) throw new RangeError("the file was cut by another");
      done += count;
    }
    return bytes2;
  }
  truncate(length) {
    demandBytes(this, 0, length);
    this.length = length;
    fs.ftruncateSync(this.#descriptor, length);
  }
  close() {
    const descriptor = this.#descriptor;
    this.#descriptor = -1;
    fs.closeSync(descriptor);
  }
};

// sandbox/storage/memory-storage.ts
var MemoryStorage = class _MemoryStorage {
  #folders = /* @__PURE__ */ new Map();
  #appendFiles = /* @__PURE__ */ new Map();
  #files = /* @__PURE__ */ new Map();
  folder(name) {
    const folder2 = this.#folders.get(name) ?? new _MemoryStorage();
    this.#folders.set(name, folder2);
    return folder2;
  }
  appendFile(name) {
    const file = this.#appendFiles.get(name) ?? new MemoryFile();
    this.#appendFiles.set(name, file);
    return file;
  }
  read(name) {
    return this.#files.get(name)?.slice();
  }
  write(name, bytes2) {
    this.#files.set(name, bytes2.slice());
  }
  create(name, bytes2) {
    if (this.#files.has(name)) return false;
    this.write(name, bytes2);
    return true;
  }
  names() {
    return [...this.#files.keys()].sort();
  }
};
var MemoryFile = class {
  #bytes = new Uint8Array(1024);
  length = 0;
  append(bytes2) {
    const length = this.length + bytes2.length;
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, this.length));
      this.#bytes = larger;
    }
    this.#bytes.set(bytes2, this.length);
    this.length = length;
  }
  read(offset, length) {
    demandBytes(this, offset, length);
    return this.#bytes.slice(offset, offset + length);
  }
  truncate(length) {
    demandBytes(this, 0, length);
    this.length = length;
  }
};

// sandbox/pki/signing-key.ts
var defaultHashes = {
  "P-256": "sha256",
  "P-384": "sha384",
  "P-521": "sha512",
  Ed25519: "sha512"
};
var hashLengths = { sha256: 32, sha384: 48, sha512: 64 };
var ecdsaWith = {
  sha256: "1.2.840.10045.4.3.2",
  sha384: "1.2.840.10045.4.3.3",
  sha512: "1.2.840.10045.4.3.4"
};
function generateSigningKey(kind) {
  return signingKey(kind, generatePrivateKey(kind));
}
function keptSigningKey(storage, name, kind) {
  let made;
  const pem = keep(storage, `${name}.key`, () => {
    made = generatePrivateKey(kind);
    return utf8(String(made.export({ type: "pkcs8", format: "pem" })));
  });
  return signingKey(kind, made ?? createPrivateKey(Buffer.from(pem)));
}
function generatePrivateKey(kind) {
  const { privateKey } = kind === "Ed25519" ? generateKeyPairSync("ed25519") : generateKeyPairSync("ec", { namedCurve: kind });
  return privateKey;
}
function signingKey(kind, privateKey) {
  const spki = subjectPublicKeyInfo(createPublicKey(privateKey));
  const defaultHash = defaultHashes[kind];
  return {
    kind,
    publicKey: spki,
    keyIdentifier: keyIdentifierOf(spki),
    defaultHash,
    sign: (message2, hash = defaultHash) => new Uint8Array(sign(kind === "Ed25519" ? null : hash, message2, privateKey))
  };
}
function signatureAlgorithm(key, hash = key.defaultHash) {
  return der.sequence(der.oid(key.kind === "Ed25519" ? "1.3.101.112" : ecdsaWith[hash]));
}
function subjectPublicKeyInfo(key) {
  return new Uint8Array(key.export({ type: "spki", format: "der" }));
}
function keyIdentifierOf(publicKey) {
  return hashOf("sha1", keyBits(publicKey));
}
function keyBits(publicKey) {
  return readSequence(publicKey, (info) => {
    info.sequence();
    return info.bitString();
  });
}
function hashOf(hash, ...parts2) {
  const running = createHash(hash);
  for (const part of parts2) running.update(part);
  return new Uint8Array(running.digest());
}

// sandbox/pki/certificate.ts
function encodeTbsCertificate(profile, trailing = []) {
  const extensions = [...extensionsOf(profile), ...trailing];
  return der.sequence(
    der.context(0, der.integer(2)),
    der.unsigned(profile.serialNumber),
    signatureAlgorithm(profile.signingKey, profile.signatureHash),
    encodeName(profile.issuer),
    der.sequence(der.time(profile.notBefore), der.time(profile.notAfter)),
    encodeName(profile.subject),
    profile.publicKey,
    ...extensions.length === 0 ? [] : [der.context(3, der.sequence(...extensions.map(encodeExtension)))]
  );
}
function signCertificate(profile, trailing = []) {
  const tbsCertificate = encodeTbsCertificate(profile, trailing);
  return der.sequence(
    tbsCertificate,
    signatureAlgorithm(profile.signingKey, profile.signatureHash),
    der.bitString(profile.signingKey.sign(tbsCertificate, profile.signatureHash))
  );
}
function extensionsOf(profile) {
  const { extendedKeyUsage, subjectAlternativeNames } = profile;
  return [
    ...extension(
      "2.5.29.15",
      true,
      profile.keyUsage,
      (usages) => der.namedBits(...usages.map((usage) => keyUsages[usage]))
    ),
    ...extension(
      "2.5.29.37",
      extendedKeyUsage?.critical,
      extendedKeyUsage,
      ({ purposes }) => der.sequence(...purposes.map((purpose) => der.oid(purpose)))
    ),
    ...extension(
      "2.5.29.19",
      true,
      profile.basicConstraints,
      ({ authority: authority2, pathLength }) => (
        // cA is FALSE by default, and then DER leaves it out.
        der.sequence(
          ...authority2 ? [der.boolean(true)] : [],
          ...pathLength === void 0 ? [] : [der.integer(pathLength)]
        )
      )
    ),
    ...extension("2.5.29.14", false, profile.subjectKeyIdentifier, der.octetString),
    ...extension(
      "2.5.29.35",
      false,
      profile.authorityKeyIdentifier,
      (identifier) => der.sequence(der.contextPrimitive(0, identifier))
    ),
    ...extension(
      "2.5.29.17",
      subjectAlternativeNames?.critical,
      subjectAlternativeNames,
      ({ names }) => der.sequence(...names.map(encodeGeneralName))
    ),
    ...profile.additionalExtensions
  ];
}
function extension(oid, critical = false, value, encode4) {
  return value === void 0 ? [] : [{ oid, critical, value: encode4(value) }];
}
function freshSerialNumber(random) {
  const serial = new Uint8Array(random(20));
  serial[0] = (serial[0] ?? 0) & 63 | 64;
  return serial;
}

// sandbox/sources.ts
import { randomBytes } from "node:crypto";
var systemSources = {
  clock: () => /* @__PURE__ */ new Date(),
  random: (length) => new Uint8Array(randomBytes(length))
};
function secondsAfter(time2, seconds) {
  return new Date(time2.getTime() + seconds * 1e3);
}
function wholeSecond(time2) {
  return new Date(Math.floor(time2.getTime() / 1e3) * 1e3);
}

// sandbox/pki/read-certificate.ts
function tbsCertificateOf(certificate) {
  return readSequence(certificate, (reader) => {
    const tbs = reader.any().der;
    reader.any();
    reader.any();
    return tbs;
  });
}
function serialNumberOf(certificate) {
  const { contents = new Uint8Array() } = elementsOf(tbsCertificateOf(certificate))[1] ?? {};
  return contents[0] === 0 ? contents.subarray(1) : contents;
}
function extensionValue(certificate, oid) {
  const extension2 = readTbs(tbsCertificateOf(certificate)).extensions.find((one) => oidOf(one) === oid);
  if (extension2 === void 0) return void 0;
  return readSequence(extension2.der, (reader) => {
    reader.oid();
    if (reader.nextTag === tags.boolean) reader.boolean();
    return reader.octetString();
  });
}
function withoutExtension(tbsCertificate, oid) {
  const { before, extensions } = readTbs(tbsCertificate);
  const left = extensions.filter((extension2) => oidOf(extension2) !== oid);
  const context = left.length === 0 ? [] : [der.context(3, der.sequence(...left.map((one) => one.der)))];
  return der.sequence(...before.map((element2) => element2.der), ...context);
}
function alternativeNames(certificate) {
  const value = extensionValue(certificate, "2.5.29.17");
  return value === void 0 ? [] : elementsOf(value).flatMap(nameText);
}
var textTags = new Set([1, 2, 6].map((number3) => contextTag(number3, "primitive")));
function nameText({ tag: tag2, contents }) {
  if (textTags.has(tag2)) return [decodeUtf8(contents) ?? ""];
  if (tag2 !== contextTag(0, "constructed")) return [];
  return readDer(contents, (reader) => {
    reader.oid();
    const wrapped = reader.element(contextTag(0, "constructed")).contents;
    return [readDer(wrapped, (inner) => inner.utf8String())];
  });
}
function readTbs(tbsCertificate) {
  const elements = elementsOf(tbsCertificate);
  const isExtensions = ({ tag: tag2 }) => tag2 === contextTag(3, "constructed");
  const before = elements.filter((element2) => !isExtensions(element2));
  return { before, extensions: elements.filter(isExtensions).flatMap(({ contents }) => elementsOf(contents)) };
}
function oidOf(extension2) {
  const [oid] = elementsOf(extension2.der);
  return oid === void 0 ? "" : readDer(oid.der, (reader) => reader.oid());
}
function elementsOf(sequence) {
  return readSequence(sequence, (reader) => {
    const elements = [];
    while (!reader.done) elements.push(reader.any());
    return elements;
  });
}

// sandbox/pki/certified-key.ts
function certifyAuthority(options, sources) {
  const { pathLength, codeSigning, marked } = options;
  return certify(options, sources, {
    keyUsage: ["keyCertSign", "cRLSign"],
    extendedKeyUsage: codeSigning ? { critical: false, purposes: [keyPurposes.codeSigning] } : void 0,
    basicConstraints: { authority: true, pathLength },
    additionalExtensions: marked ? [sandboxMarker] : []
  });
}
function certifyTimestampSigner(options, sources) {
  return certify(options, sources, {
    keyUsage: ["digitalSignature"],
    extendedKeyUsage: { critical: true, purposes: [keyPurposes.timeStamping] },
    basicConstraints: void 0,
    additionalExtensions: []
  });
}
function certify(options, sources, usages) {
  const { storage = new MemoryStorage(), name = "certified", subject, kind, issuer, notBefore, notAfter } = options;
  const key = keptSigningKey(storage, name, kind);
  const profile = {
    ...usages,
    serialNumber: freshSerialNumber(sources.random),
    issuer: issuer?.profile.subject ?? subject,
    subject,
    notBefore,
    notAfter,
    publicKey: key.publicKey,
    subjectKeyIdentifier: key.keyIdentifier,
    authorityKeyIdentifier: issuer?.key.keyIdentifier,
    subjectAlternativeNames: void 0,
    signingKey: issuer?.key ?? key,
    signatureHash: void 0,
    ...options.overrides
  };
  const pem = keep(storage, `${name}.pem`, () => utf8(encodePem("CERTIFICATE", signCertificate(profile))));
  const [certificate] = decodePem("CERTIFICATE", decodeUtf8(pem) ?? "");
  return { certificate, profile: { ...profile, serialNumber: serialNumberOf(certificate) }, key };
}
var tenYears = 10 * 365 * 24 * 3600;
function authorityDefaults({
  sources,
  marked = true,
  storage = new MemoryStorage(),
  ...options
}) {
  const { name = encodeHex(sources.random(4)) } = options;
  const notBefore = wholeSecond(options.notBefore ?? secondsAfter(sources.clock(), -3600));
  const certificates = {
    storage,
    marked,
    kind: "P-384",
    notBefore,
    notAfter: secondsAfter(notBefore, tenYears)
  };
  const subject = (role) => ({ organization: "countersign-sandbox", commonName: `sandbox-${role}-${name}` });
  return { certificates, subject };
}

// sandbox/pki/ml-dsa-key.ts
import { randomBytes as randomBytes5 } from "node:crypto";

// node_modules/@noble/hashes/utils.js
function isBytes(a) {
  return a instanceof Uint8Array || ArrayBuffer.isView(a) && a.constructor.name === "Uint8Array" && "BYTES_PER_ELEMENT" in a && a.BYTES_PER_ELEMENT === 1;
}
var atitle = (title) => title ? `"${title}" ` : "";
function anumber(n, title = "") {
  if (typeof n !== "number")
    throw new TypeError(atitle(title) + "expected number, got " + typeof n);
  if (!Number.isSafeInteger(n) || n < 0)
    throw new RangeError(atitle(title) + "expected integer >= 0, got " + n);
  return n;
}
function abool(value, title = "") {
  if (typeof value !== "boolean")
    throw new TypeError(atitle(title) + "expected boolean, got type=" + typeof value);
  return value;
}
function abytes(value, length, title = "") {
  if (isBytes(value) && (length === void 0 || value.length === length))
    return value;
  if (length !== void 0)
    anumber(length, "length");
  const bytes2 = isBytes(value);
  const ofLen = length !== void 0 ? ` of length ${length}` : "";
  const got = bytes2 ? `length=${value.length}` : `type=${typeof value}`;
  const message2 = atitle(title) + "expected Uint8Array" + ofLen + ", got " + got;
  if (!bytes2)
    throw new TypeError(message2);
  throw new RangeError(message2);
}
function ahash(h) {
  if (typeof h !== "function" || typeof h.create !== "function")
    throw new TypeError("expected hash wrapped by utils.createHasher");
  anumber(h.outputLen);
  anumber(h.blockLen);
  if (h.outputLen < 1 || h.blockLen < 1)
    throw new Error("hash blockLen / outputLen must be >= 1");
}
var aobject = (value, label2) => {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new TypeError((label2 === "object" ? "" : `"${label2}" `) + "expected object, got type=" + typeof value);
};
var aopts = (value, label2) => {
  aobject(value, label2);
  const proto = Object.getPrototypeOf(value);
  if (proto !== Object.prototype && proto !== null)
    throw new TypeError(`"${label2}" expected plain object`);
  if (Object.hasOwn(value, "__proto__"))
    throw new TypeError(`"${label2}.__proto__" is not allowed`);
};
function aexists(instance, checkFinished = true) {
  if (instance.destroyed)
    throw new Error("hash was destroyed");
  if (checkFinished && instance.finished)
    throw new Error("digest() was already called");
}
function aoutput(out, instance) {
  abytes(out, void 0, "output");
  const min = instance.outputLen;
  if (!(out.length >= min)) {
    throw new RangeError('"output" expected length >= ' + min);
  }
}
function u32(arr) {
  return new Uint32Array(arr.buffer, arr.byteOffset, Math.floor(arr.byteLength / 4));
}
function clean(...arrays) {
  for (let i = 0; i < arrays.length; i++) {
    arrays[i].fill(0);
  }
}
function createView(arr) {
  return new DataView(arr.buffer, arr.byteOffset, arr.byteLength);
}
function rotr(word, shift) {
  return word << 32 - shift | word >>> shift;
}
var isLE = /* @__PURE__ */ (() => new Uint8Array(new Uint32Array([287454020]).buffer)[0] === 68)();
function byteSwap(word) {
  return word << 24 & 4278190080 | word << 8 & 16711680 | word >>> 8 & 65280 | word >>> 24 & 255;
}
function byteSwap32(arr) {
  for (let i = 0; i < arr.length; i++) {
    arr[i] = byteSwap(arr[i]);
  }
  return arr;
}
var swap32IfBE = isLE ? (u) => u : byteSwap32;
var hasHexBuiltin = /* @__PURE__ */ (() => (
  // @ts-ignore
  typeof Uint8Array.from([]).toHex === "function" && typeof Uint8Array.fromHex === "function"
))();
var hexes = /* @__PURE__ */ Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));
function bytesToHex(bytes2) {
  abytes(bytes2);
  if (hasHexBuiltin)
    return bytes2.toHex();
  let hex = "";
  for (let i = 0; i < bytes2.length; i++) {
    hex += hexes[bytes2[i]];
  }
  return hex;
}
function asciiToBase16(ch) {
  return ch >= 48 && ch <= 57 ? ch - 48 : ch >= 65 && ch <= 70 ? ch - (65 - 10) : ch >= 97 && ch <= 102 ? ch - (97 - 10) : void 0;
}
function hexToBytes(hex) {
  if (typeof hex !== "string")
    throw new TypeError("hex string expected, got " + typeof hex);
  if (hasHexBuiltin) {
    try {
      return Uint8Array.fromHex(hex);
    } catch (error) {
      if (error instanceof SyntaxError)
        throw new RangeError(error.message);
      throw error;
    }
  }
  const hl = hex.length;
  const al = hl / 2;
  if (hl % 2)
    throw new RangeError("hex string expected, got unpadded hex of length " + hl);
  const array = new Uint8Array(al);
  for (let ai = 0, hi = 0; ai < al; ai++, hi += 2) {
    const n1 = asciiToBase16(hex.charCodeAt(hi));
    const n2 = asciiToBase16(hex.charCodeAt(hi + 1));
    if (n1 === void 0 || n2 === void 0) {
      const char = hex[hi] + hex[hi + 1];
      throw new RangeError('hex string expected, got non-hex character "' + char + '" at index ' + hi);
    }
    array[ai] = n1 * 16 + n2;
  }
  return array;
}
function concatBytes2(...arrays) {
  let sum = 0;
  for (let i = 0; i < arrays.length; i++) {
    const a = arrays[i];
    abytes(a);
    sum += a.length;
  }
  const res = new Uint8Array(sum);
  for (let i = 0, pad = 0; i < arrays.length; i++) {
    const a = arrays[i];
    res.set(a, pad);
    pad += a.length;
  }
  return res;
}
function checkOpts(defaults2, opts, title = "opts") {
  aopts(defaults2, "defaults");
  if (opts !== void 0)
    aopts(opts, title);
  const merged = Object.assign(/* @__PURE__ */ Object.create(null), defaults2, opts);
  return merged;
}
function createHasher(hashCons, info = {}) {
  if (typeof hashCons !== "function")
    throw new TypeError('"hashCons" expected function, got type=' + typeof hashCons);
  info = checkOpts({}, info, "info");
  const hashC = (msg, opts) => hashCons(opts).update(msg).digest();
  const tmp = hashCons(void 0);
  hashC.outputLen = tmp.outputLen;
  hashC.blockLen = tmp.blockLen;
  hashC.canXOF = tmp.canXOF;
  hashC.create = (opts) => hashCons(opts);
  Object.assign(hashC, info);
  return Object.freeze(hashC);
}
function randomBytes2(bytesLength = 32) {
  anumber(bytesLength, "bytesLength");
  const cr = typeof globalThis === "object" ? globalThis.crypto : null;
  if (typeof cr?.getRandomValues !== "function")
    throw new Error("crypto.getRandomValues must be defined");
  if (bytesLength > 65536)
    throw new RangeError(`"bytesLength" expected <= 65536, got ${bytesLength}`);
  return cr.getRandomValues(new Uint8Array(bytesLength));
}
var oidNist = (suffix) => ({
  // Current NIST hashAlgs suffixes used here fit in one DER subidentifier octet.
  // Larger suffix values would need base-128 OID encoding and a different length byte.
  oid: Uint8Array.from([6, 9, 96, 134, 72, 1, 101, 3, 4, 2, suffix])
});

// node_modules/@noble/curves/utils.js
function aarray(item, title, inner = () => {
}) {
  if (!Array.isArray(item))
    throw new TypeError(`"${title}" expected array, got type=${typeof item}`);
  for (let i = 0; i < item.length; i++)
    inner(item[i], `${title}[${i}]`);
  return item;
}
var abytes2 = (value, length, title) => abytes(value, length, title);
var anumber2 = anumber;
function astring(value, title = "") {
  if (typeof value !== "string") {
    const prefix3 = title && `"${title}" `;
    throw new TypeError(prefix3 + "expected string, got type=" + typeof value);
  }
  return value;
}
function aobject2(value, title = "object") {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new TypeError(title === "object" ? "expected valid options object" : `"${title}" expected object, got type=${typeof value}`);
  return value;
}
function afunction(value, title) {
  if (typeof value !== "function")
    throw new TypeError(`"${title}" is invalid: expected function, got ${typeof value}`);
  return value;
}
var bytesToHex2 = bytesToHex;
var concatBytes3 = (...arrays) => concatBytes2(...arrays);
var hexToBytes2 = (hex) => hexToBytes(hex);
var isBytes2 = isBytes;
var randomBytes3 = (bytesLength) => randomBytes2(bytesLength);
var _0n = /* @__PURE__ */ BigInt(0);
var _1n = /* @__PURE__ */ BigInt(1);
var atitle2 = (title) => title ? `"${title}" ` : "";
function abool2(value, title = "") {
  if (typeof value !== "boolean")
    throw new TypeError(atitle2(title) + "expected boolean, got type=" + typeof value);
  return value;
}
function abignumber(n) {
  if (typeof n === "bigint") {
    if (!isPosBig(n))
      throw new RangeError("positive bigint expected, got " + n);
  } else
    anumber2(n);
  return n;
}
function asafenumber(value, title = "") {
  if (typeof value !== "number") {
    const prefix3 = title && `"${title}" `;
    throw new TypeError(prefix3 + "expected number, got type=" + typeof value);
  }
  if (!Number.isSafeInteger(value)) {
    const prefix3 = title && `"${title}" `;
    throw new RangeError(prefix3 + "expected safe integer, got " + value);
  }
}
function numberToHexUnpadded(num) {
  const hex = abignumber(num).toString(16);
  return hex.length & 1 ? "0" + hex : hex;
}
function hexToNumber(hex) {
  if (typeof hex !== "string")
    throw new TypeError("hex string expected, got " + typeof hex);
  return hex === "" ? _0n : BigInt("0x" + hex);
}
function bytesToNumberBE(bytes2) {
  return hexToNumber(bytesToHex(bytes2));
}
function bytesToNumberLE(bytes2) {
  return hexToNumber(bytesToHex(copyBytes(abytes(bytes2)).reverse()));
}
function numberToBytesBE(n, len) {
  anumber(len);
  if (len === 0)
    throw new Error("zero output length is invalid");
  n = abignumber(n);
  const expectedLen = len * 2;
  const hex = n.toString(16);
  if (hex.length > expectedLen)
    throw new RangeError("number is too large");
  return hexToBytes(hex.padStart(expectedLen, "0"));
}
function numberToBytesLE(n, len) {
  return numberToBytesBE(n, len).reverse();
}
function copyBytes(bytes2) {
  return Uint8Array.from(abytes2(bytes2));
}
function isPosBig(n) {
  return typeof n === "bigint" && _0n <= n;
}
function inRange(n, min, max) {
  return isPosBig(n) && isPosBig(min) && isPosBig(max) && min <= n && n < max;
}
function aInRange(title, n, min, max) {
  if (!inRange(n, min, max))
    throw new RangeError("expected valid " + title + ": " + min + " <= n < " + max + ", got " + n);
}
function bitLen(n) {
  if (n < _0n)
    throw new Error("expected non-negative bigint, got " + n);
  return n === _0n ? 0 : n.toString(2).length;
}
var bitMask = (n) => {
  asafenumber(n, "n");
  return (_1n << BigInt(n)) - _1n;
};
function createHmacDrbg(hashLen, qByteLen, hmacFn) {
  anumber(hashLen, "hashLen");
  anumber(qByteLen, "qByteLen");
  if (typeof hmacFn !== "function")
    throw new TypeError("hmacFn must be a function");
  const u8n = (len) => new Uint8Array(len);
  const NULL = Uint8Array.of();
  const byte0 = Uint8Array.of(0);
  const byte1 = Uint8Array.of(1);
  const _maxDrbgIters = 1e3;
  let v = u8n(hashLen);
  let k = u8n(hashLen);
  let i = 0;
  const reset = () => {
    v.fill(1);
    k.fill(0);
    i = 0;
  };
  const h = (...msgs) => hmacFn(k, concatBytes3(v, ...msgs));
  const reseed = (seed2 = NULL) => {
    k = h(byte0, seed2);
    v = h();
    if (seed2.length === 0)
      return;
    k = h(byte1, seed2);
    v = h();
  };
  const gen = () => {
    if (i++ >= _maxDrbgIters)
      throw new Error("drbg: tried max amount of iterations");
    let len = 0;
    const out = [];
    while (len < qByteLen) {
      v = h();
      const sl = v.slice();
      out.push(sl);
      len += v.length;
    }
    return concatBytes3(...out);
  };
  const genUntil = (seed2, pred) => {
    reset();
    reseed(seed2);
    let res = void 0;
    while ((res = pred(gen())) === void 0)
      reseed();
    reset();
    return res;
  };
  return genUntil;
}
function validateObject(object, fields = {}, optFields = {}, title = "object") {
  aobject2(object, title);
  aobject2(fields, "fields");
  aobject2(optFields, "optFields");
  function checkField(fieldName, expectedType, isOpt) {
    const label2 = title === "object" ? `param "${String(fieldName)}"` : `"${title}.${String(fieldName)}"`;
    const val = object[fieldName];
    if (!Object.hasOwn(object, fieldName) && (isOpt ? val !== void 0 : expectedType !== "function")) {
      throw new TypeError(`${label2} is invalid: expected own property`);
    }
    if (isOpt && val === void 0)
      return;
    const current = typeof val;
    if (current !== expectedType || val === null)
      throw new TypeError(`${label2} is invalid: expected ${expectedType}, got ${current}`);
  }
  const iter = (f, isOpt) => Object.entries(f).forEach(([k, v]) => checkField(k, v, isOpt));
  iter(fields, false);
  iter(optFields, true);
}

// node_modules/@noble/hashes/_u64.js
var U32_MASK64 = /* @__PURE__ */ (() => BigInt(2 ** 32 - 1))();
var _32n = /* @__PURE__ */ BigInt(32);
function fromBig(n, le = false) {
  if (le)
    return { h: Number(n & U32_MASK64), l: Number(n >> _32n & U32_MASK64) };
  return { h: Number(n >> _32n & U32_MASK64) | 0, l: Number(n & U32_MASK64) | 0 };
}
function split(lst, le = false) {
  const len = lst.length;
  let Ah = new Uint32Array(len);
  let Al = new Uint32Array(len);
  for (let i = 0; i < len; i++) {
    const { h, l } = fromBig(lst[i], le);
    [Ah[i], Al[i]] = [h, l];
  }
  return [Ah, Al];
}
var fromNumH = (n) => n / 2 ** 32 | 0;
var fromNumL = (n) => n >>> 0;
function setU64FromNum(view, byteOffset, n, isLE2) {
  const h = fromNumH(n);
  const l = fromNumL(n);
  view.setUint32(byteOffset, isLE2 ? l : h, isLE2);
  view.setUint32(byteOffset + 4, isLE2 ? h : l, isLE2);
}
var shrSH = (h, _l, s) => h >>> s;
var shrSL = (h, l, s) => h << 32 - s | l >>> s;
var rotrSH = (h, l, s) => h >>> s | l << 32 - s;
var rotrSL = (h, l, s) => h << 32 - s | l >>> s;
var rotrBH = (h, l, s) => h << 64 - s | l >>> s - 32;
var rotrBL = (h, l, s) => h >>> s - 32 | l << 64 - s;
function add(Ah, Al, Bh, Bl) {
  const l = (Al >>> 0) + (Bl >>> 0);
  return { h: Ah + Bh + (l / 2 ** 32 | 0) | 0, l: l | 0 };
}
var add3L = (Al, Bl, Cl) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0);
var add3H = (low, Ah, Bh, Ch) => Ah + Bh + Ch + (low / 2 ** 32 | 0) | 0;
var add4L = (Al, Bl, Cl, Dl) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0) + (Dl >>> 0);
var add4H = (low, Ah, Bh, Ch, Dh) => Ah + Bh + Ch + Dh + (low / 2 ** 32 | 0) | 0;
var add5L = (Al, Bl, Cl, Dl, El) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0) + (Dl >>> 0) + (El >>> 0);
var add5H = (low, Ah, Bh, Ch, Dh, Eh) => Ah + Bh + Ch + Dh + Eh + (low / 2 ** 32 | 0) | 0;

// node_modules/@noble/hashes/sha3.js
var _0n2 = BigInt(0);
var _1n2 = BigInt(1);
var _2n = BigInt(2);
var _7n = BigInt(7);
var _256n = BigInt(256);
var _0x71n = BigInt(113);
var SHA3_PI = [];
var SHA3_ROTL = [];
var _SHA3_IOTA = [];
for (let round = 0, R = _1n2, x = 1, y = 0; round < 24; round++) {
  [x, y] = [y, (2 * x + 3 * y) % 5];
  SHA3_PI.push(2 * (5 * y + x));
  SHA3_ROTL.push((round + 1) * (round + 2) / 2 % 64);
  let t = _0n2;
  for (let j = 0; j < 7; j++) {
    R = (R << _1n2 ^ (R >> _7n) * _0x71n) % _256n;
    if (R & _2n)
      t ^= _1n2 << (_1n2 << BigInt(j)) - _1n2;
  }
  _SHA3_IOTA.push(t);
}
var IOTAS = split(_SHA3_IOTA, true);
var SHA3_IOTA_H = IOTAS[0];
var SHA3_IOTA_L = IOTAS[1];
var rotlSH = (h, l, s) => h << s | l >>> 32 - s;
var rotlSL = (h, l, s) => l << s | h >>> 32 - s;
var rotlBH = (h, l, s) => l << s - 32 | h >>> 64 - s;
var rotlBL = (h, l, s) => h << s - 32 | l >>> 64 - s;
var rotlH = (h, l, s) => s > 32 ? rotlBH(h, l, s) : rotlSH(h, l, s);
var rotlL = (h, l, s) => s > 32 ? rotlBL(h, l, s) : rotlSL(h, l, s);
var B = new Uint32Array(5 * 2);
function keccakP(s, rounds = 24) {
  if (!(s instanceof Uint32Array))
    throw new TypeError('"s" expected Uint32Array(50), got type=' + typeof s);
  if (s.length !== 50)
    throw new RangeError('"s" expected Uint32Array(50), got length=' + s.length);
  anumber(rounds, "rounds");
  if (rounds < 1 || rounds > 24)
    throw new Error('"rounds" expected integer 1..24');
  for (let round = 24 - rounds; round < 24; round++) {
    for (let x = 0; x < 10; x++)
      B[x] = s[x] ^ s[x + 10] ^ s[x + 20] ^ s[x + 30] ^ s[x + 40];
    for (let x = 0; x < 10; x += 2) {
      const idx1 = (x + 8) % 10;
      const idx0 = (x + 2) % 10;
      const B0 = B[idx0];
      const B1 = B[idx0 + 1];
      const Th = rotlH(B0, B1, 1) ^ B[idx1];
      const Tl = rotlL(B0, B1, 1) ^ B[idx1 + 1];
      for (let y = 0; y < 50; y += 10) {
        s[x + y] ^= Th;
        s[x + y + 1] ^= Tl;
      }
    }
    let curH = s[2];
    let curL = s[3];
    for (let t = 0; t < 24; t++) {
      const shift = SHA3_ROTL[t];
      const Th = rotlH(curH, curL, shift);
      const Tl = rotlL(curH, curL, shift);
      const PI = SHA3_PI[t];
      curH = s[PI];
      curL = s[PI + 1];
      s[PI] = Th;
      s[PI + 1] = Tl;
    }
    for (let y = 0; y < 50; y += 10) {
      const b0 = s[y], b1 = s[y + 1], b2 = s[y + 2], b3 = s[y + 3];
      s[y] ^= ~s[y + 2] & s[y + 4];
      s[y + 1] ^= ~s[y + 3] & s[y + 5];
      s[y + 2] ^= ~s[y + 4] & s[y + 6];
      s[y + 3] ^= ~s[y + 5] & s[y + 7];
      s[y + 4] ^= ~s[y + 6] & s[y + 8];
      s[y + 5] ^= ~s[y + 7] & s[y + 9];
      s[y + 6] ^= ~s[y + 8] & b0;
      s[y + 7] ^= ~s[y + 9] & b1;
      s[y + 8] ^= ~b0 & b2;
      s[y + 9] ^= ~b1 & b3;
    }
    s[0] ^= SHA3_IOTA_H[round];
    s[1] ^= SHA3_IOTA_L[round];
  }
  clean(B);
}
var Keccak = class _Keccak {
  state;
  pos = 0;
  posOut = 0;
  finished = false;
  state32;
  destroyed = false;
  blockLen;
  suffix;
  outputLen;
  canXOF;
  enableXOF = false;
  rounds;
  // NOTE: we accept arguments in bytes instead of bits here.
  constructor(blockLen, suffix, outputLen, enableXOF = false, rounds = 24) {
    anumber(blockLen, "blockLen");
    anumber(suffix, "suffix");
    anumber(rounds, "rounds");
    abool(enableXOF, "enableXOF");
    this.blockLen = blockLen;
    this.suffix = suffix;
    this.outputLen = outputLen;
    this.enableXOF = enableXOF;
    this.canXOF = enableXOF;
    this.rounds = rounds;
    anumber(outputLen, "outputLen");
    if (!(0 < blockLen && blockLen < 200))
      throw new Error('"blockLen" must be 1..199');
    this.state = new Uint8Array(200);
    this.state32 = u32(this.state);
  }
  clone() {
    return this._cloneInto();
  }
  keccak() {
    swap32IfBE(this.state32);
    keccakP(this.state32, this.rounds);
    swap32IfBE(this.state32);
    this.posOut = 0;
    this.pos = 0;
  }
  update(data) {
    aexists(this);
    abytes(data);
    const { blockLen, state, state32 } = this;
    const len = data.length;
    const canUseU32 = blockLen % 4 === 0 && data.byteOffset % 4 === 0;
    const blockLen32 = blockLen / 4;
    const data32 = canUseU32 && len >= blockLen ? u32(data) : void 0;
    for (let pos = 0; pos < len; ) {
      if (data32 !== void 0 && this.pos === 0 && pos % 4 === 0 && len - pos >= blockLen) {
        for (let i = 0, o = pos / 4; i < blockLen32; i++)
          state32[i] ^= data32[o + i];
        pos += blockLen;
        this.pos = blockLen;
        this.keccak();
        continue;
      }
      const take = Math.min(blockLen - this.pos, len - pos);
      for (let i = 0; i < take; i++)
        state[this.pos++] ^= data[pos++];
      if (this.pos === blockLen)
        this.keccak();
    }
    return this;
  }
  finish() {
    if (this.finished)
      return;
    this.finished = true;
    const { state, suffix, pos, blockLen } = this;
    state[pos] ^= suffix;
    if ((suffix & 128) !== 0 && pos === blockLen - 1)
      this.keccak();
    state[blockLen - 1] ^= 128;
    this.keccak();
  }
  writeInto(out) {
    aexists(this, false);
    abytes(out);
    this.finish();
    const bufferOut = this.state;
    const { blockLen } = this;
    for (let pos = 0, len = out.length; pos < len; ) {
      if (this.posOut >= blockLen)
        this.keccak();
      const take = Math.min(blockLen - this.posOut, len - pos);
      out.set(bufferOut.subarray(this.posOut, this.posOut + take), pos);
      this.posOut += take;
      pos += take;
    }
    return out;
  }
  xofInto(out) {
    if (!this.enableXOF)
      throw new Error("XOF is not enabled");
    return this.writeInto(out);
  }
  xof(bytes2) {
    anumber(bytes2);
    return this.xofInto(new Uint8Array(bytes2));
  }
  digestInto(out) {
    aoutput(out, this);
    if (this.finished)
      throw new Error("digest() was already called");
    this.writeInto(out.length === this.outputLen ? out : out.subarray(0, this.outputLen));
    this.destroy();
  }
  digest() {
    const out = new Uint8Array(this.outputLen);
    this.digestInto(out);
    return out;
  }
  destroy() {
    this.destroyed = true;
    clean(this.state);
  }
  _cloneInto(to) {
    const { blockLen, suffix, outputLen, rounds, enableXOF } = this;
    to ||= new _Keccak(blockLen, suffix, outputLen, enableXOF, rounds);
    to.blockLen = blockLen;
    to.state32.set(this.state32);
    to.pos = this.pos;
    to.posOut = this.posOut;
    to.finished = this.finished;
    to.rounds = rounds;
    to.suffix = suffix;
    to.outputLen = outputLen;
    to.enableXOF = enableXOF;
    to.canXOF = this.canXOF;
    to.destroyed = this.destroyed;
    return to;
  }
};
var genShake = (suffix, blockLen, outputLen, info = {}) => createHasher((opts = {}) => {
  opts = checkOpts({}, opts);
  return new Keccak(blockLen, suffix, opts.dkLen === void 0 ? outputLen : opts.dkLen, true);
}, info);
var shake128 = /* @__PURE__ */ genShake(31, 168, 16, /* @__PURE__ */ oidNist(11));
var shake256 = /* @__PURE__ */ genShake(31, 136, 32, /* @__PURE__ */ oidNist(12));

// node_modules/@noble/curves/abstract/modular.js
var _0n3 = /* @__PURE__ */ BigInt(0);
var _1n3 = /* @__PURE__ */ BigInt(1);
var _2n2 = /* @__PURE__ */ BigInt(2);
var _3n = /* @__PURE__ */ BigInt(3);
var _4n = /* @__PURE__ */ BigInt(4);
var _5n = /* @__PURE__ */ BigInt(5);
var _7n2 = /* @__PURE__ */ BigInt(7);
var _8n = /* @__PURE__ */ BigInt(8);
var _9n = /* @__PURE__ */ BigInt(9);
var _15n = /* @__PURE__ */ BigInt(15);
var _16n = /* @__PURE__ */ BigInt(16);
var POW_WINDOWED_MIN = /* @__PURE__ */ BigInt("0x10000000000000000");
function mod(a, b) {
  if (b <= _0n3)
    throw new Error("mod: expected positive modulus, got " + b);
  const result = a % b;
  return result >= _0n3 ? result : b + result;
}
function pow(num, power, modulo) {
  if (modulo <= _1n3)
    throw new Error("pow: expected modulus > 1, got " + modulo);
  if (typeof power !== "bigint")
    throw new TypeError("invalid exponent: expected bigint, got " + typeof power);
  if (power < _0n3)
    throw new Error("invalid exponent, negatives unsupported");
  if (power === _0n3)
    return _1n3;
  if (power === _1n3)
    return num;
  let d = num % modulo;
  if (d < _0n3)
    d += modulo;
  if (power < POW_WINDOWED_MIN) {
    let p2 = _1n3;
    while (power > _0n3) {
      if (power & _1n3)
        p2 = p2 * d % modulo;
      d = d * d % modulo;
      power >>= _1n3;
    }
    return p2;
  }
  const digits = [];
  while (power > _0n3) {
    digits.push(Number(power & _15n));
    power >>= _4n;
  }
  const table2 = new Array(16);
  table2[0] = _1n3;
  table2[1] = d;
  for (let i = 2; i < 16; i++)
    table2[i] = table2[i - 1] * d % modulo;
  let p = table2[digits[digits.length - 1]];
  for (let w = digits.length - 2; w >= 0; w--) {
    p = p * p % modulo;
    p = p * p % modulo;
    p = p * p % modulo;
    p = p * p % modulo;
    const digit2 = digits[w];
    if (digit2 !== 0)
      p = p * table2[digit2] % modulo;
  }
  return p;
}
function pow2(x, power, modulo) {
  if (modulo <= _1n3)
    throw new Error("pow2: expected modulus > 1, got " + modulo);
  if (power < _0n3)
    throw new Error("pow2: expected non-negative exponent, got " + power);
  let res = x;
  while (power-- > _0n3) {
    res *= res;
    res %= modulo;
  }
  return res;
}
function invert(number3, modulo) {
  if (number3 === _0n3)
    throw new Error("invert: expected non-zero number");
  if (modulo <= _1n3)
    throw new Error("invert: expected modulus > 1, got " + modulo);
  let a = mod(number3, modulo);
  let b = modulo;
  let x = _0n3, u = _1n3;
  while (a !== _0n3) {
    const q = b / a;
    const r = b - a * q;
    const m = x - u * q;
    b = a, a = r, x = u, u = m;
  }
  const gcd = b;
  if (gcd !== _1n3)
    throw new Error("invert: does not exist");
  return mod(x, modulo);
}
function invertCt(a, prime) {
  if (prime <= _1n3)
    throw new Error("invertCt: expected prime modulus > 1, got " + prime);
  const an = mod(a, prime);
  if (an === _0n3)
    throw new Error("invertCt: expected non-zero number");
  const inverse = pow(an, prime - _2n2, prime);
  if (mod(an * inverse, prime) !== _1n3)
    throw new Error("invertCt: does not exist");
  return inverse;
}
function assertIsSquare(Fp2, root, n) {
  const F2 = Fp2;
  if (!F2.eql(F2.sqr(root), n))
    throw new Error("Cannot find square root");
}
function aoddModulus(order, fnName) {
  if ((order & _1n3) === _0n3)
    throw new Error(fnName + ": expected odd modulus, got " + order);
}
function sqrt3mod4(Fp2, n) {
  const F2 = Fp2;
  const p1div4 = (F2.ORDER + _1n3) / _4n;
  const root = F2.pow(n, p1div4);
  assertIsSquare(F2, root, n);
  return root;
}
function sqrt5mod8(Fp2, n) {
  const F2 = Fp2;
  const p5div8 = (F2.ORDER - _5n) / _8n;
  const n2 = F2.mul(n, _2n2);
  const v = F2.pow(n2, p5div8);
  const nv = F2.mul(n, v);
  const i = F2.mul(F2.mul(nv, _2n2), v);
  const root = F2.mul(nv, F2.sub(i, F2.ONE));
  assertIsSquare(F2, root, n);
  return root;
}
function sqrt9mod16(P) {
  const Fp_ = Field(P);
  const tn = tonelliShanks(P);
  const c1 = tn(Fp_, Fp_.neg(Fp_.ONE));
  const c2 = tn(Fp_, c1);
  const c3 = tn(Fp_, Fp_.neg(c1));
  const c4 = (P + _7n2) / _16n;
  return ((Fp2, n) => {
    const F2 = Fp2;
    let tv1 = F2.pow(n, c4);
    let tv2 = F2.mul(tv1, c1);
    const tv3 = F2.mul(tv1, c2);
    const tv4 = F2.mul(tv1, c3);
    const e1 = F2.eql(F2.sqr(tv2), n);
    const e2 = F2.eql(F2.sqr(tv3), n);
    tv1 = F2.cmov(tv1, tv2, e1);
    tv2 = F2.cmov(tv4, tv3, e2);
    const e3 = F2.eql(F2.sqr(tv2), n);
    const root = F2.cmov(tv1, tv2, e3);
    assertIsSquare(F2, root, n);
    return root;
  });
}
function tonelliShanks(P) {
  if (P < _3n)
    throw new Error("sqrt is not defined for small field");
  aoddModulus(P, "tonelliShanks");
  let Q2 = P - _1n3;
  let S = 0;
  while (Q2 % _2n2 === _0n3) {
    Q2 /= _2n2;
    S++;
  }
  let Z = _2n2;
  const _Fp = Field(P);
  while (FpLegendre(_Fp, Z) === 1) {
    if (Z++ > 1e3)
      throw new Error("Cannot find square root: probably non-prime P");
  }
  if (S === 1)
    return sqrt3mod4;
  let cc = _Fp.pow(Z, Q2);
  const Q1div2 = (Q2 + _1n3) / _2n2;
  return function tonelliSlow(Fp2, n) {
    const F2 = Fp2;
    if (F2.is0(n))
      return n;
    if (FpLegendre(F2, n) !== 1)
      throw new Error("Cannot find square root");
    let M = S;
    let c = F2.mul(F2.ONE, cc);
    let t = F2.pow(n, Q2);
    let R = F2.pow(n, Q1div2);
    while (!F2.eql(t, F2.ONE)) {
      if (F2.is0(t))
        throw new Error("Cannot find square root: probably non-prime P");
      let i = 1;
      let t_tmp = F2.sqr(t);
      while (!F2.eql(t_tmp, F2.ONE)) {
        i++;
        t_tmp = F2.sqr(t_tmp);
        if (i === M)
          throw new Error("Cannot find square root");
      }
      const exponent = _1n3 << BigInt(M - i - 1);
      const b = F2.pow(c, exponent);
      M = i;
      c = F2.sqr(b);
      t = F2.mul(t, c);
      R = F2.mul(R, b);
    }
    return R;
  };
}
function FpSqrt(P) {
  aoddModulus(P, "Fp.sqrt");
  if (P % _4n === _3n)
    return sqrt3mod4;
  if (P % _8n === _5n)
    return sqrt5mod8;
  if (P % _16n === _9n)
    return sqrt9mod16(P);
  return tonelliShanks(P);
}
var isNegativeLE = (num, modulo) => (mod(num, modulo) & _1n3) === _1n3;
var FIELD_FIELDS = [
  "create",
  "isValid",
  "is0",
  "neg",
  "inv",
  "sqrt",
  "sqr",
  "eql",
  "add",
  "sub",
  "mul",
  "pow",
  "div",
  "addN",
  "subN",
  "mulN",
  "sqrN"
];
function validateField(field) {
  aobject2(field, "field");
  if (typeof field.ORDER !== "bigint")
    throw new TypeError('param "ORDER" is invalid: expected bigint, got ' + typeof field.ORDER);
  asafenumber(field.BYTES, "BYTES");
  asafenumber(field.BITS, "BITS");
  for (const name of FIELD_FIELDS)
    afunction(field[name], "field." + name);
  if (field.BYTES < 1 || field.BITS < 1)
    throw new Error("invalid field: expected BYTES/BITS > 0");
  if (field.ORDER <= _1n3)
    throw new Error("invalid field: expected ORDER > 1, got " + field.ORDER);
  return field;
}
function FpInvertBatch(Fp2, nums, passZero = false) {
  validateField(Fp2);
  aarray(nums, "nums");
  abool2(passZero, "passZero");
  const F2 = Fp2;
  const inverted = new Array(nums.length).fill(passZero ? F2.ZERO : void 0);
  const multipliedAcc = nums.reduce((acc, num, i) => {
    if (F2.is0(num))
      return acc;
    inverted[i] = acc;
    return F2.mul(acc, num);
  }, F2.ONE);
  const invertedAcc = F2.inv(multipliedAcc);
  nums.reduceRight((acc, num, i) => {
    if (F2.is0(num))
      return acc;
    inverted[i] = F2.mul(acc, inverted[i]);
    return F2.mul(acc, num);
  }, invertedAcc);
  return inverted;
}
function FpLegendre(Fp2, n) {
  validateField(Fp2);
  const F2 = Fp2;
  aoddModulus(F2.ORDER, "FpLegendre");
  const p1mod2 = (F2.ORDER - _1n3) / _2n2;
  const powered = F2.pow(n, p1mod2);
  const yes = F2.eql(powered, F2.ONE);
  const zero = F2.eql(powered, F2.ZERO);
  const no = F2.eql(powered, F2.neg(F2.ONE));
  if (!yes && !zero && !no)
    throw new Error("invalid Legendre symbol result");
  return yes ? 1 : zero ? 0 : -1;
}
function nLength(n, nBitLength) {
  if (nBitLength !== void 0)
    anumber2(nBitLength);
  if (n <= _0n3)
    throw new Error("invalid n length: expected positive n, got " + n);
  if (nBitLength !== void 0 && nBitLength < 1)
    throw new Error("invalid n length: expected positive bit length, got " + nBitLength);
  const bits = bitLen(n);
  if (nBitLength !== void 0 && nBitLength < bits)
    throw new Error(`invalid n length: expected nBitLength (${nBitLength}) >= bitLen(n) (${bits})`);
  const _nBitLength = nBitLength !== void 0 ? nBitLength : bits;
  const nByteLength = Math.ceil(_nBitLength / 8);
  return { nBitLength: _nBitLength, nByteLength };
}
var FIELD_SQRT = /* @__PURE__ */ new WeakMap();
var _Field = class {
  ORDER;
  BITS;
  BYTES;
  isLE;
  ZERO = _0n3;
  ONE = _1n3;
  _lengths;
  _mod;
  constructor(ORDER, opts = {}) {
    if (ORDER <= _1n3)
      throw new Error("invalid field: expected ORDER > 1, got " + ORDER);
    let _nbitLength = void 0;
    this.isLE = false;
    if (opts != null && typeof opts === "object") {
      if (typeof opts.BITS === "number")
        _nbitLength = opts.BITS;
      if (typeof opts.sqrt === "function")
        Object.defineProperty(this, "sqrt", { value: opts.sqrt, enumerable: true });
      if (typeof opts.isLE === "boolean")
        this.isLE = opts.isLE;
      if (opts.allowedLengths)
        this._lengths = Object.freeze(opts.allowedLengths.slice());
      if (typeof opts.modFromBytes === "boolean")
        this._mod = opts.modFromBytes;
    }
    const { nBitLength, nByteLength } = nLength(ORDER, _nbitLength);
    if (nByteLength > 2048)
      throw new Error("invalid field: expected ORDER of <= 2048 bytes");
    this.ORDER = ORDER;
    this.BITS = nBitLength;
    this.BYTES = nByteLength;
    Object.freeze(this);
  }
  create(num) {
    return mod(num, this.ORDER);
  }
  isValid(num) {
    if (typeof num !== "bigint")
      throw new TypeError("invalid field element: expected bigint, got " + typeof num);
    return _0n3 <= num && num < this.ORDER;
  }
  is0(num) {
    return num === _0n3;
  }
  // is valid and invertible
  isValidNot0(num) {
    return !this.is0(num) && this.isValid(num);
  }
  isOdd(num) {
    return (num & _1n3) === _1n3;
  }
  neg(num) {
    return mod(-num, this.ORDER);
  }
  eql(lhs, rhs) {
    return lhs === rhs;
  }
  sqr(num) {
    return mod(num * num, this.ORDER);
  }
  add(lhs, rhs) {
    return mod(lhs + rhs, this.ORDER);
  }
  sub(lhs, rhs) {
    return mod(lhs - rhs, this.ORDER);
  }
  mul(lhs, rhs) {
    return mod(lhs * rhs, this.ORDER);
  }
  pow(num, power) {
    return pow(num, power, this.ORDER);
  }
  div(lhs, rhs) {
    return mod(lhs * invert(rhs, this.ORDER), this.ORDER);
  }
  // Same as above, but doesn't normalize
  sqrN(num) {
    return num * num;
  }
  addN(lhs, rhs) {
    return lhs + rhs;
  }
  subN(lhs, rhs) {
    return lhs - rhs;
  }
  mulN(lhs, rhs) {
    return lhs * rhs;
  }
  inv(num) {
    return invert(num, this.ORDER);
  }
  sqrt(num) {
    let sqrt = FIELD_SQRT.get(this);
    if (!sqrt)
      FIELD_SQRT.set(this, sqrt = FpSqrt(this.ORDER));
    return sqrt(this, num);
  }
  toBytes(num) {
    return this.isLE ? numberToBytesLE(num, this.BYTES) : numberToBytesBE(num, this.BYTES);
  }
  fromBytes(bytes2, skipValidation = false) {
    abytes2(bytes2);
    const { _lengths: allowedLengths, BYTES, isLE: isLE2, ORDER, _mod: modFromBytes } = this;
    if (allowedLengths) {
      if (bytes2.length < 1 || !allowedLengths.includes(bytes2.length) || bytes2.length > BYTES) {
        throw new Error("Field.fromBytes: expected " + allowedLengths + " bytes, got " + bytes2.length);
      }
      const padded = new Uint8Array(BYTES);
      padded.set(bytes2, isLE2 ? 0 : padded.length - bytes2.length);
      bytes2 = padded;
    }
    if (bytes2.length !== BYTES)
      throw new Error("Field.fromBytes: expected " + BYTES + " bytes, got " + bytes2.length);
    let scalar2 = isLE2 ? bytesToNumberLE(bytes2) : bytesToNumberBE(bytes2);
    if (modFromBytes)
      scalar2 = mod(scalar2, ORDER);
    if (!skipValidation) {
      if (!this.isValid(scalar2))
        throw new Error("invalid field element: outside of range 0..ORDER");
    }
    return scalar2;
  }
  // TODO: we don't need it here, move out to separate fn
  invertBatch(lst) {
    return FpInvertBatch(this, lst, true);
  }
  // We can't move this out because Fp6, Fp12 implement it
  // and it's unclear what to return in there.
  cmov(a, b, condition) {
    abool2(condition, "condition");
    return condition ? b : a;
  }
};
function Field(ORDER, opts = {}) {
  Object.freeze(_Field.prototype);
  return new _Field(ORDER, opts);
}
function getFieldBytesLength(fieldOrder) {
  if (typeof fieldOrder !== "bigint")
    throw new Error("field order must be bigint");
  if (fieldOrder <= _1n3)
    throw new Error("field order must be greater than 1");
  const bitLength = bitLen(fieldOrder - _1n3);
  return Math.ceil(bitLength / 8);
}
function getMinHashLength(fieldOrder) {
  const length = getFieldBytesLength(fieldOrder);
  return length + Math.ceil(length / 2);
}
function mapHashToField(key, fieldOrder, isLE2 = false) {
  abytes2(key);
  const len = key.length;
  const fieldLen = getFieldBytesLength(fieldOrder);
  const minLen = Math.max(getMinHashLength(fieldOrder), 16);
  if (len < minLen || len > 1024)
    throw new Error("expected " + minLen + "-1024 bytes of input, got " + len);
  const num = isLE2 ? bytesToNumberLE(key) : bytesToNumberBE(key);
  const reduced = mod(num, fieldOrder - _1n3) + _1n3;
  return isLE2 ? numberToBytesLE(reduced, fieldLen) : numberToBytesBE(reduced, fieldLen);
}

// node_modules/@noble/curves/abstract/fft.js
function checkU32(n, title = "n") {
  if (typeof n !== "number")
    throw new TypeError(`wrong u32 integer "${title}": expected number, got type=${typeof n}`);
  if (!Number.isSafeInteger(n) || n < 0 || n > 4294967295)
    throw new RangeError(`wrong u32 integer "${title}": expected 0..4294967295, got ${n}`);
  return n;
}
function isPowerOfTwo(x) {
  checkU32(x, "x");
  return (x & x - 1) === 0 && x !== 0;
}
function reverseBits(n, bits) {
  checkU32(n);
  if (typeof bits !== "number")
    throw new TypeError('"bits" expected number, got type=' + typeof bits);
  if (!Number.isSafeInteger(bits) || bits < 0 || bits > 32)
    throw new Error(`expected integer 0 <= bits <= 32, got ${bits}`);
  let reversed = 0;
  for (let i = 0; i < bits; i++, n >>>= 1)
    reversed = reversed << 1 | n & 1;
  return reversed >>> 0;
}
function log2(n) {
  checkU32(n);
  return 31 - Math.clz32(n);
}
function bitReversalInplace(values2) {
  if (!values2 || typeof values2 !== "object" || typeof values2.length !== "number")
    throw new TypeError('"values" expected array-like, got type=' + typeof values2);
  const n = values2.length;
  if (!isPowerOfTwo(n))
    throw new Error("expected positive power-of-two length, got " + n);
  const bits = log2(n);
  for (let i = 0; i < n; i++) {
    const j = reverseBits(i, bits);
    if (i < j) {
      const tmp = values2[i];
      values2[i] = values2[j];
      values2[j] = tmp;
    }
  }
  return values2;
}
var FFTCore = (F2, coreOpts) => {
  validateObject(coreOpts, { N: "number", roots: "object", dit: "boolean" }, { invertButterflies: "boolean", skipStages: "number", brp: "boolean" }, "coreOpts");
  const { N: N2, roots, dit, invertButterflies = false, skipStages = 0, brp = true } = coreOpts;
  checkU32(N2, "coreOpts.N");
  const bits = log2(N2);
  if (!isPowerOfTwo(N2))
    throw new Error("FFT: Polynomial size should be power of two");
  checkU32(skipStages, "coreOpts.skipStages");
  const maxSkipStages = bits === 0 ? 0 : bits - 1;
  if (skipStages > maxSkipStages)
    throw new Error(`FFT: wrong skipStages: expected 0 <= skipStages <= ${maxSkipStages}`);
  if (roots.length !== N2)
    throw new Error(`FFT: wrong roots length: expected ${N2}, got ${roots.length}`);
  const isDit = dit !== invertButterflies;
  return (values2) => {
    if (values2.length !== N2)
      throw new Error("FFT: wrong Polynomial length");
    if (dit && brp)
      bitReversalInplace(values2);
    for (let i = 0, g = 1; i < bits - skipStages; i++) {
      const s = dit ? i + 1 + skipStages : bits - i;
      const m = 1 << s;
      const m2 = m >> 1;
      const stride = N2 >> s;
      for (let k = 0; k < N2; k += m) {
        for (let j = 0, grp = g++; j < m2; j++) {
          const rootPos = invertButterflies ? dit ? N2 - grp : grp : j * stride;
          const i0 = k + j;
          const i1 = k + j + m2;
          const omega = roots[rootPos];
          const b = values2[i1];
          const a = values2[i0];
          if (isDit) {
            const t = F2.mul(b, omega);
            values2[i0] = F2.add(a, t);
            values2[i1] = F2.sub(a, t);
          } else if (invertButterflies) {
            values2[i0] = F2.add(b, a);
            values2[i1] = F2.mul(F2.sub(b, a), omega);
          } else {
            values2[i0] = F2.add(a, b);
            values2[i1] = F2.mul(F2.sub(a, b), omega);
          }
        }
      }
    }
    if (!dit && brp)
      bitReversalInplace(values2);
    return values2;
  };
};

// node_modules/@noble/post-quantum/utils.js
var abytesDoc = abytes;
var randomBytes4 = randomBytes2;
function aarray2(item, title, inner = () => {
}) {
  if (!Array.isArray(item))
    throw new TypeError(`"${title}" expected array, got type=${typeof item}`);
  for (let i = 0; i < item.length; i++)
    inner(item[i], `${title}[${i}]`);
  return item;
}
function aobject3(value, title = "object") {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new TypeError(title === "object" ? "expected valid options object" : `"${title}" expected object, got type=${typeof value}`);
  return value;
}
function equalBytes2(a, b) {
  a = abytes(a);
  b = abytes(b);
  if (a.length !== b.length)
    return false;
  let diff = 0;
  for (let i = 0; i < a.length; i++)
    diff |= a[i] ^ b[i];
  return diff === 0;
}
function validateOpts(opts) {
  if (isBytes(opts))
    throw new TypeError('"opts" expected object, got Uint8Array');
  aobject3(opts, "opts");
  const proto = Object.getPrototypeOf(opts);
  if (proto !== null && proto !== Object.prototype)
    throw new TypeError('"opts" expected a plain object');
}
var VER_OPT_KEYS = /* @__PURE__ */ Object.freeze([
  "context"
]);
var SIG_OPT_KEYS = /* @__PURE__ */ Object.freeze([
  "context",
  "extraEntropy"
]);
function checkOptKeys(opts, allowed2) {
  validateOpts(opts);
  const normalized = Object.assign(/* @__PURE__ */ Object.create(null), opts);
  for (const [k, v] of Object.entries(normalized)) {
    if (v === void 0)
      continue;
    if (!allowed2.includes(k))
      throw new TypeError('unexpected option "' + String(k) + '"; expected one of: ' + allowed2.join(", "));
  }
  return Object.freeze(normalized);
}
function validateVerOpts(opts, allowed2 = VER_OPT_KEYS) {
  const normalized = checkOptKeys(opts, allowed2);
  if (normalized.context !== void 0)
    abytes(normalized.context, void 0, "opts.context");
  return normalized;
}
function validateSigOpts(opts, allowed2 = SIG_OPT_KEYS) {
  const normalized = checkOptKeys(opts, allowed2);
  if (normalized.context !== void 0)
    abytes(normalized.context, void 0, "opts.context");
  if (normalized.extraEntropy !== false && normalized.extraEntropy !== void 0)
    abytes(normalized.extraEntropy, void 0, "opts.extraEntropy");
  return normalized;
}
function splitCoder(label2, ...lengths) {
  const getLength = (c) => typeof c === "number" ? c : c.bytesLen;
  const bytesLen = lengths.reduce((sum, a) => sum + getLength(a), 0);
  return {
    bytesLen,
    encode: (bufs) => {
      const res = new Uint8Array(bytesLen);
      for (let i = 0, pos = 0; i < lengths.length; i++) {
        const c = lengths[i];
        const l = getLength(c);
        const b = typeof c === "number" ? bufs[i] : c.encode(bufs[i]);
        abytes(b, l, label2);
        res.set(b, pos);
        if (typeof c !== "number")
          b.fill(0);
        pos += l;
      }
      return res;
    },
    decode: (buf) => {
      abytes(buf, bytesLen, label2);
      const res = [];
      for (const c of lengths) {
        const l = getLength(c);
        const b = buf.subarray(0, l);
        res.push(typeof c === "number" ? b : c.decode(b));
        buf = buf.subarray(l);
      }
      return res;
    }
  };
}
function vecCoder(c, vecLen) {
  const coder = c;
  const bytesLen = vecLen * coder.bytesLen;
  return {
    bytesLen,
    encode: (u) => {
      const uArr = aarray2(u, "u");
      if (uArr.length !== vecLen)
        throw new RangeError(`vecCoder.encode: wrong length=${uArr.length}. Expected: ${vecLen}`);
      const res = new Uint8Array(bytesLen);
      for (let i = 0, pos = 0; i < uArr.length; i++) {
        const b = coder.encode(uArr[i]);
        res.set(b, pos);
        b.fill(0);
        pos += b.length;
      }
      return res;
    },
    decode: (a) => {
      abytes(a, bytesLen);
      const r = [];
      for (let i = 0; i < a.length; i += coder.bytesLen)
        r.push(coder.decode(a.subarray(i, i + coder.bytesLen)));
      return r;
    }
  };
}
function cleanBytes(...list) {
  for (const t of list) {
    if (Array.isArray(t))
      for (const b of t)
        b.fill(0);
    else
      t.fill(0);
  }
}
function getMask(bits) {
  anumber(bits, "bits");
  if (bits > 32)
    throw new RangeError('"bits" expected <= 32, got ' + bits);
  return bits === 32 ? 4294967295 : ~(-1 << bits) >>> 0;
}
var EMPTY = /* @__PURE__ */ Uint8Array.of();
function getMessage(msg, ctx = EMPTY) {
  abytes(msg, void 0, "msg");
  abytes(ctx, void 0, "ctx");
  if (ctx.length > 255)
    throw new RangeError("context should be 255 bytes or less");
  return concatBytes2(new Uint8Array([0, ctx.length]), ctx, msg);
}
var oidNistP = /* @__PURE__ */ Uint8Array.from([6, 9, 96, 134, 72, 1, 101, 3, 4, 2]);
var XOF_OID_OUTPUT_LEN = /* @__PURE__ */ (() => ({
  "060960864801650304020b": 32,
  // id-shake128, SHAKE128(M, 256)
  "060960864801650304020c": 64
  // id-shake256, SHAKE256(M, 512)
}))();
function checkHash(hash, requiredStrength = 0) {
  if (typeof hash !== "function" || typeof hash.create !== "function")
    throw new TypeError('"hash" expected hash function, got type=' + typeof hash);
  ahash(hash);
  anumber(requiredStrength, "requiredStrength");
  const oid = hash.oid;
  abytes(oid, void 0, "hash.oid");
  if (!equalBytes2(oid.subarray(0, 10), oidNistP))
    throw new Error('"hash.oid" is invalid: expected NIST hash');
  const xofLen = XOF_OID_OUTPUT_LEN[bytesToHex(oid)];
  if (xofLen !== void 0 && hash.outputLen !== xofLen) {
    throw new Error("Pre-hash XOF output length must be " + xofLen + " bytes for this OID, got: " + hash.outputLen);
  }
  const collisionResistance = hash.outputLen * 8 / 2;
  if (requiredStrength > collisionResistance) {
    throw new Error("Pre-hash security strength too low: " + collisionResistance + ", required: " + requiredStrength);
  }
}
function getMessagePrehash(hash, msg, ctx = EMPTY) {
  checkHash(hash);
  abytes(msg, void 0, "msg");
  abytes(ctx, void 0, "ctx");
  if (ctx.length > 255)
    throw new RangeError("context should be 255 bytes or less");
  const hashed = hash(msg);
  return concatBytes2(new Uint8Array([1, ctx.length]), ctx, hash.oid, hashed);
}

// node_modules/@noble/post-quantum/_crystals.js
var genCrystals = (opts) => {
  const { newPoly: newPoly2, N: N2, Q: Q2, F: F2, ROOT_OF_UNITY: ROOT_OF_UNITY2, brvBits, isKyber } = opts;
  const mod2 = (a, modulo = Q2) => {
    const result = a % modulo | 0;
    return (result >= 0 ? result | 0 : modulo + result | 0) | 0;
  };
  const smod = (a, modulo = Q2) => {
    const r = mod2(a, modulo) | 0;
    return (r > modulo >> 1 ? r - modulo | 0 : r) | 0;
  };
  function getZettas() {
    const out = newPoly2(N2);
    for (let i = 0; i < N2; i++) {
      const b = reverseBits(i, brvBits);
      const p = BigInt(ROOT_OF_UNITY2) ** BigInt(b) % BigInt(Q2);
      out[i] = Number(p) | 0;
    }
    return out;
  }
  const nttZetas = getZettas();
  const inv = (_a) => {
    throw new Error("not implemented");
  };
  const field = isKyber ? {
    add: (a, b) => {
      const r = a + b | 0;
      return r >= Q2 ? r - Q2 | 0 : r;
    },
    sub: (a, b) => {
      const r = a - b | 0;
      return r < 0 ? r + Q2 | 0 : r;
    },
    mul: (a, b) => mod2((a | 0) * (b | 0)) | 0,
    inv
  } : {
    add: (a, b) => mod2((a | 0) + (b | 0)) | 0,
    sub: (a, b) => mod2((a | 0) - (b | 0)) | 0,
    mul: (a, b) => mod2((a | 0) * (b | 0)) | 0,
    inv
  };
  const nttOpts = {
    N: N2,
    roots: nttZetas,
    invertButterflies: true,
    skipStages: isKyber ? 1 : 0,
    brp: false
  };
  const dif = FFTCore(field, { dit: false, ...nttOpts });
  const dit = FFTCore(field, { dit: true, ...nttOpts });
  const NTT = {
    encode: (r) => {
      return dif(r);
    },
    decode: (r) => {
      dit(r);
      for (let i = 0; i < r.length; i++)
        r[i] = mod2(F2 * r[i]);
      return r;
    }
  };
  const bitsCoder = (d, c) => {
    for (let i = 0, bufLen = 0; i < N2; i++) {
      bufLen += d;
      if (bufLen > 32)
        getMask(bufLen);
      bufLen %= 8;
    }
    const mask = getMask(d);
    const bytesLen = d * (N2 / 8);
    return {
      bytesLen,
      encode: (poly_) => {
        const poly = poly_;
        const r = new Uint8Array(bytesLen);
        for (let i = 0, buf = 0, bufLen = 0, pos = 0; i < poly.length; i++) {
          buf |= (c.encode(poly[i]) & mask) << bufLen;
          bufLen += d;
          for (; bufLen >= 8; bufLen -= 8, buf >>= 8)
            r[pos++] = buf & 255;
        }
        return r;
      },
      decode: (bytes2) => {
        const r = newPoly2(N2);
        for (let i = 0, buf = 0, bufLen = 0, pos = 0; i < bytes2.length; i++) {
          buf |= bytes2[i] << bufLen;
          bufLen += 8;
          for (; bufLen >= d; bufLen -= d, buf >>= d)
            r[pos++] = c.decode(buf & mask);
        }
        return r;
      }
    };
  };
  return {
    mod: mod2,
    smod,
    nttZetas,
    NTT: {
      encode: (r) => NTT.encode(r),
      decode: (r) => NTT.decode(r)
    },
    bitsCoder
  };
};
var createXofShake = (shake) => (seed2, blockLen) => {
  if (!blockLen)
    blockLen = shake.blockLen;
  const _seed = new Uint8Array(seed2.length + 2);
  _seed.set(seed2);
  const seedLen = seed2.length;
  const buf = new Uint8Array(blockLen);
  let h = shake.create({});
  let calls = 0;
  let xofs = 0;
  return {
    stats: () => ({ calls, xofs }),
    get: (x, y) => {
      _seed[seedLen + 0] = x;
      _seed[seedLen + 1] = y;
      h.destroy();
      h = shake.create({}).update(_seed);
      calls++;
      return () => {
        xofs++;
        return h.xofInto(buf);
      };
    },
    clean: () => {
      h.destroy();
      cleanBytes(buf, _seed);
    }
  };
};
var XOF128 = /* @__PURE__ */ createXofShake(shake128);
var XOF256 = /* @__PURE__ */ createXofShake(shake256);

// node_modules/@noble/post-quantum/ml-dsa.js
var INTERNAL_SIG_OPT_KEYS = /* @__PURE__ */ Object.freeze([
  "extraEntropy",
  "externalMu"
]);
var INTERNAL_VER_OPT_KEYS = /* @__PURE__ */ Object.freeze(["externalMu"]);
function validateInternalOpts(opts, allowed2) {
  const normalized = checkOptKeys(opts, allowed2);
  if (normalized.externalMu !== void 0)
    abool2(normalized.externalMu, "opts.externalMu");
  return normalized;
}
var N = 256;
var Q = 8380417;
var ROOT_OF_UNITY = 1753;
var F = 8347681;
var D = 13;
var GAMMA2_1 = Math.floor((Q - 1) / 88) | 0;
var GAMMA2_2 = Math.floor((Q - 1) / 32) | 0;
var PARAMS = /* @__PURE__ */ (() => Object.freeze({
  2: Object.freeze({
    K: 4,
    L: 4,
    D,
    GAMMA1: 2 ** 17,
    GAMMA2: GAMMA2_1,
    TAU: 39,
    ETA: 2,
    OMEGA: 80
  }),
  3: Object.freeze({
    K: 6,
    L: 5,
    D,
    GAMMA1: 2 ** 19,
    GAMMA2: GAMMA2_2,
    TAU: 49,
    ETA: 4,
    OMEGA: 55
  }),
  5: Object.freeze({
    K: 8,
    L: 7,
    D,
    GAMMA1: 2 ** 19,
    GAMMA2: GAMMA2_2,
    TAU: 60,
    ETA: 2,
    OMEGA: 75
  })
}))();
var newPoly = (n) => new Int32Array(n);
var crystals = /* @__PURE__ */ genCrystals({
  N,
  Q,
  F,
  ROOT_OF_UNITY,
  newPoly,
  isKyber: false,
  brvBits: 8
});
var id = (n) => n;
var polyCoder = (d, compress = id, verify6 = id) => crystals.bitsCoder(d, {
  encode: (i) => compress(verify6(i)),
  decode: (i) => verify6(compress(i))
});
var polyAdd = (a_, b_) => {
  const a = a_;
  const b = b_;
  for (let i = 0; i < a.length; i++)
    a[i] = crystals.mod(a[i] + b[i]);
  return a;
};
var polySub = (a_, b_) => {
  const a = a_;
  const b = b_;
  for (let i = 0; i < a.length; i++)
    a[i] = crystals.mod(a[i] - b[i]);
  return a;
};
var polyShiftl = (p_) => {
  const p = p_;
  for (let i = 0; i < N; i++)
    p[i] <<= D;
  return p;
};
var polyChknorm = (p_, B2) => {
  const p = p_;
  for (let i = 0; i < N; i++)
    if (Math.abs(crystals.smod(p[i])) >= B2)
      return true;
  return false;
};
var MultiplyNTTs = (a_, b_) => {
  const a = a_;
  const b = b_;
  const c = newPoly(N);
  for (let i = 0; i < a.length; i++)
    c[i] = crystals.mod(a[i] * b[i]);
  return c;
};
function RejNTTPoly(xof_) {
  const xof = xof_;
  const r = newPoly(N);
  for (let j = 0; j < N; ) {
    const b = xof();
    if (b.length % 3)
      throw new Error("RejNTTPoly: unaligned block");
    for (let i = 0; j < N && i <= b.length - 3; i += 3) {
      const t = (b[i + 0] | b[i + 1] << 8 | b[i + 2] << 16) & 8388607;
      if (t < Q)
        r[j++] = t;
    }
  }
  return r;
}
function getDilithium(opts_) {
  const opts = opts_;
  const { K, L, GAMMA1, GAMMA2, TAU, ETA, OMEGA } = opts;
  const { CRH_BYTES, TR_BYTES, C_TILDE_BYTES, XOF128: XOF1282, XOF256: XOF2562, securityLevel } = opts;
  if (![2, 4].includes(ETA))
    throw new Error("Wrong ETA");
  if (![1 << 17, 1 << 19].includes(GAMMA1))
    throw new Error("Wrong GAMMA1");
  if (![GAMMA2_1, GAMMA2_2].includes(GAMMA2))
    throw new Error("Wrong GAMMA2");
  const BETA = TAU * ETA;
  const decompose = (r) => {
    const rPlus = crystals.mod(r);
    const r0 = crystals.smod(rPlus, 2 * GAMMA2) | 0;
    if (rPlus - r0 === Q - 1)
      return { r1: 0 | 0, r0: r0 - 1 | 0 };
    const r1 = Math.floor((rPlus - r0) / (2 * GAMMA2)) | 0;
    return { r1, r0 };
  };
  const HighBits = (r) => decompose(r).r1;
  const LowBits = (r) => decompose(r).r0;
  const MakeHint = (z, r) => {
    const res0 = z <= GAMMA2 || z > Q - GAMMA2 || z === Q - GAMMA2 && r === 0 ? 0 : 1;
    return res0;
  };
  const HINT_M = Math.floor((Q - 1) / (2 * GAMMA2));
  const UseHint = (h, r) => {
    const { r1, r0 } = decompose(r);
    if (h === 1)
      return r0 > 0 ? crystals.mod(r1 + 1, HINT_M) | 0 : crystals.mod(r1 - 1, HINT_M) | 0;
    return r1 | 0;
  };
  const Power2Round = (r) => {
    const rPlus = crystals.mod(r);
    const r0 = crystals.smod(rPlus, 2 ** D) | 0;
    return { r1: Math.floor((rPlus - r0) / 2 ** D) | 0, r0 };
  };
  const hintCoder = {
    bytesLen: OMEGA + K,
    encode: (h_) => {
      const h = h_;
      if (h === false)
        throw new Error("hint.encode: hint is false");
      const res = new Uint8Array(OMEGA + K);
      for (let i = 0, k = 0; i < K; i++) {
        for (let j = 0; j < N; j++)
          if (h[i][j] !== 0)
            res[k++] = j;
        res[OMEGA + i] = k;
      }
      return res;
    },
    decode: (buf) => {
      const h = [];
      let k = 0;
      for (let i = 0; i < K; i++) {
        const hi = newPoly(N);
        if (buf[OMEGA + i] < k || buf[OMEGA + i] > OMEGA)
          return false;
        for (let j = k; j < buf[OMEGA + i]; j++) {
          if (j > k && buf[j] <= buf[j - 1])
            return false;
          hi[buf[j]] = 1;
        }
        k = buf[OMEGA + i];
        h.push(hi);
      }
      for (let j = k; j < OMEGA; j++)
        if (buf[j] !== 0)
          return false;
      return h;
    }
  };
  const ETACoder = polyCoder(ETA === 2 ? 3 : 4, (i) => ETA - i, (i) => {
    if (!(-ETA <= i && i <= ETA))
      throw new Error(`malformed key s1/s3 ${i} outside of ETA range [${-ETA}, ${ETA}]`);
    return i;
  });
  const T0Coder = polyCoder(13, (i) => (1 << D - 1) - i);
  const T1Coder = polyCoder(10);
  const ZCoder = polyCoder(GAMMA1 === 1 << 17 ? 18 : 20, (i) => crystals.smod(GAMMA1 - i));
  const W1Coder = polyCoder(GAMMA2 === GAMMA2_1 ? 6 : 4);
  const W1Vec = vecCoder(W1Coder, K);
  const publicCoder = splitCoder("publicKey", 32, vecCoder(T1Coder, K));
  const secretCoder = splitCoder("secretKey", 32, 32, TR_BYTES, vecCoder(ETACoder, L), vecCoder(ETACoder, K), vecCoder(T0Coder, K));
  const sigCoder = splitCoder("signature", C_TILDE_BYTES, vecCoder(ZCoder, L), hintCoder);
  const CoefFromHalfByte = ETA === 2 ? (n) => n < 15 ? 2 - n % 5 : false : (n) => n < 9 ? 4 - n : false;
  function RejBoundedPoly(xof_) {
    const xof = xof_;
    const r = newPoly(N);
    for (let j = 0; j < N; ) {
      const b = xof();
      for (let i = 0; j < N && i < b.length; i += 1) {
        const d1 = CoefFromHalfByte(b[i] & 15);
        const d2 = CoefFromHalfByte(b[i] >> 4 & 15);
        if (d1 !== false)
          r[j++] = d1;
        if (j < N && d2 !== false)
          r[j++] = d2;
      }
    }
    return r;
  }
  const SampleInBall = (seed2) => {
    const pre = newPoly(N);
    const s = shake256.create({}).update(seed2);
    const buf = new Uint8Array(shake256.blockLen);
    s.xofInto(buf);
    const masks = buf.slice(0, 8);
    for (let i = N - TAU, pos = 8, maskPos = 0, maskBit = 0; i < N; i++) {
      let b = i + 1;
      for (; b > i; ) {
        b = buf[pos++];
        if (pos < shake256.blockLen)
          continue;
        s.xofInto(buf);
        pos = 0;
      }
      pre[i] = pre[b];
      pre[b] = 1 - ((masks[maskPos] >> maskBit++ & 1) << 1);
      if (maskBit >= 8) {
        maskPos++;
        maskBit = 0;
      }
    }
    return pre;
  };
  const polyPowerRound = (p_) => {
    const p = p_;
    const res0 = newPoly(N);
    const res1 = newPoly(N);
    for (let i = 0; i < p.length; i++) {
      const { r0, r1 } = Power2Round(p[i]);
      res0[i] = r0;
      res1[i] = r1;
    }
    return { r0: res0, r1: res1 };
  };
  const polyUseHint = (u_, h_) => {
    const u = u_;
    const h = h_;
    for (let i = 0; i < N; i++)
      u[i] = UseHint(h[i], u[i]);
    return u;
  };
  const polyMakeHint = (a_, b_) => {
    const a = a_;
    const b = b_;
    const v = newPoly(N);
    let cnt = 0;
    for (let i = 0; i < N; i++) {
      const h = MakeHint(a[i], b[i]);
      v[i] = h;
      cnt += h;
    }
    return { v, cnt };
  };
  const signRandBytes = 32;
  const seedCoder = splitCoder("seed", 32, 64, 32);
  const internal = Object.freeze({
    info: Object.freeze({ type: "internal-ml-dsa" }),
    lengths: Object.freeze({
      secretKey: secretCoder.bytesLen,
      publicKey: publicCoder.bytesLen,
      seed: 32,
      signature: sigCoder.bytesLen,
      signRand: signRandBytes
    }),
    keygen: (seed2) => {
      const seedDst = new Uint8Array(32 + 2);
      const randSeed = seed2 === void 0;
      if (randSeed)
        seed2 = randomBytes4(32);
      abytesDoc(seed2, 32, "seed");
      seedDst.set(seed2);
      if (randSeed)
        cleanBytes(seed2);
      seedDst[32] = K;
      seedDst[33] = L;
      const [rho, rhoPrime, K_] = seedCoder.decode(shake256(seedDst, { dkLen: seedCoder.bytesLen }));
      const xofPrime = XOF2562(rhoPrime);
      const s1 = [];
      for (let i = 0; i < L; i++)
        s1.push(RejBoundedPoly(xofPrime.get(i & 255, i >> 8 & 255)));
      const s2 = [];
      for (let i = L; i < L + K; i++)
        s2.push(RejBoundedPoly(xofPrime.get(i & 255, i >> 8 & 255)));
      const s1Hat = s1.map((i) => crystals.NTT.encode(i.slice()));
      const t0 = [];
      const t1 = [];
      const xof = XOF1282(rho);
      const t = newPoly(N);
      for (let i = 0; i < K; i++) {
        cleanBytes(t);
        for (let j = 0; j < L; j++) {
          const aij = RejNTTPoly(xof.get(j, i));
          polyAdd(t, MultiplyNTTs(aij, s1Hat[j]));
        }
        crystals.NTT.decode(t);
        const { r0, r1 } = polyPowerRound(polyAdd(t, s2[i]));
        t0.push(r0);
        t1.push(r1);
      }
      const publicKey = publicCoder.encode([rho, t1]);
      const tr = shake256(publicKey, { dkLen: TR_BYTES });
      const secretKey = secretCoder.encode([rho, K_, tr, s1, s2, t0]);
      xof.clean();
      xofPrime.clean();
      cleanBytes(rho, rhoPrime, K_, s1, s2, s1Hat, t, t0, t1, tr, seedDst);
      return {
        publicKey,
        secretKey
      };
    },
    getPublicKey: (secretKey) => {
      const [rho, _K, _tr, s1, s2, _t0] = secretCoder.decode(secretKey);
      const xof = XOF1282(rho);
      const s1Hat = s1.map((p) => crystals.NTT.encode(p.slice()));
      const t1 = [];
      const tmp = newPoly(N);
      for (let i = 0; i < K; i++) {
        tmp.fill(0);
        for (let j = 0; j < L; j++) {
          const aij = RejNTTPoly(xof.get(j, i));
          polyAdd(tmp, MultiplyNTTs(aij, s1Hat[j]));
        }
        crystals.NTT.decode(tmp);
        polyAdd(tmp, s2[i]);
        const { r1 } = polyPowerRound(tmp);
        t1.push(r1);
      }
      xof.clean();
      cleanBytes(tmp, s1Hat, _t0, s1, s2);
      return publicCoder.encode([rho, t1]);
    },
    // NOTE: random is optional.
    sign: (msg, secretKey, opts2 = {}) => {
      opts2 = validateSigOpts(opts2, INTERNAL_SIG_OPT_KEYS);
      opts2 = validateInternalOpts(opts2, INTERNAL_SIG_OPT_KEYS);
      const { extraEntropy: random, externalMu = false } = opts2;
      if (externalMu)
        abytesDoc(msg, CRH_BYTES, "mu");
      const ownRnd = random === false || random === void 0;
      const rnd = random === false ? new Uint8Array(32) : random === void 0 ? randomBytes4(signRandBytes) : random;
      abytesDoc(rnd, 32, "extraEntropy");
      const decoded2 = (() => {
        try {
          return secretCoder.decode(secretKey);
        } catch (error) {
          if (ownRnd)
            cleanBytes(rnd);
          throw error;
        }
      })();
      const [rho, _K, tr, s1, s2, t0] = decoded2;
      const A = [];
      const xof = XOF1282(rho);
      for (let i = 0; i < K; i++) {
        const pv = [];
        for (let j = 0; j < L; j++)
          pv.push(RejNTTPoly(xof.get(j, i)));
        A.push(pv);
      }
      xof.clean();
      for (let i = 0; i < L; i++)
        crystals.NTT.encode(s1[i]);
      for (let i = 0; i < K; i++) {
        crystals.NTT.encode(s2[i]);
        crystals.NTT.encode(t0[i]);
      }
      const mu = externalMu ? msg : (
        // 6: µ ← H(tr||M, 512)
        //    ▷ Compute message representative µ
        shake256.create({ dkLen: CRH_BYTES }).update(tr).update(msg).digest()
      );
      const rhoprime = shake256.create({ dkLen: CRH_BYTES }).update(_K).update(rnd).update(mu).digest();
      if (ownRnd)
        cleanBytes(rnd);
      abytesDoc(rhoprime, CRH_BYTES);
      const x256 = XOF2562(rhoprime, ZCoder.bytesLen);
      main_loop: for (let kappa = 0; ; ) {
        const y = [];
        for (let i = 0; i < L; i++, kappa++)
          y.push(ZCoder.decode(x256.get(kappa & 255, kappa >> 8)()));
        const z = y.map((i) => crystals.NTT.encode(i.slice()));
        const w = [];
        for (let i = 0; i < K; i++) {
          const wi = newPoly(N);
          for (let j = 0; j < L; j++)
            polyAdd(wi, MultiplyNTTs(A[i][j], z[j]));
          crystals.NTT.decode(wi);
          w.push(wi);
        }
        const w1 = w.map((j) => j.map(HighBits));
        const cTilde = shake256.create({ dkLen: C_TILDE_BYTES }).update(mu).update(W1Vec.encode(w1)).digest();
        const cHat = crystals.NTT.encode(SampleInBall(cTilde));
        const cs1 = s1.map((i) => MultiplyNTTs(i, cHat));
        for (let i = 0; i < L; i++) {
          polyAdd(crystals.NTT.decode(cs1[i]), y[i]);
          if (polyChknorm(cs1[i], GAMMA1 - BETA)) {
            cleanBytes(cTilde, cs1, cHat, w1, w, z, y);
            continue main_loop;
          }
        }
        let cnt = 0;
        const h = [];
        for (let i = 0; i < K; i++) {
          const cs2 = crystals.NTT.decode(MultiplyNTTs(s2[i], cHat));
          const r0 = polySub(w[i], cs2).map(LowBits);
          if (polyChknorm(r0, GAMMA2 - BETA)) {
            cleanBytes(cTilde, cs1, cHat, w1, w, z, y, h, cs2, r0);
            continue main_loop;
          }
          const ct0 = crystals.NTT.decode(MultiplyNTTs(t0[i], cHat));
          if (polyChknorm(ct0, GAMMA2)) {
            cleanBytes(cTilde, cs1, cHat, w1, w, z, y, h, cs2, r0, ct0);
            continue main_loop;
          }
          polyAdd(r0, ct0);
          const hint = polyMakeHint(r0, w1[i]);
          h.push(hint.v);
          cnt += hint.cnt;
        }
        if (cnt > OMEGA) {
          cleanBytes(cTilde, cs1, cHat, w1, w, z, y, h);
          continue;
        }
        x256.clean();
        const res = sigCoder.encode([cTilde, cs1, h]);
        cleanBytes(cTilde, cs1, h, cHat, w1, w, z, y, rhoprime, s1, s2, t0, ...A);
        if (!externalMu)
          cleanBytes(mu);
        return res;
      }
      throw new Error("Unreachable code path reached, report this error");
    },
    verify: (sig2, msg, publicKey, opts2 = {}) => {
      opts2 = validateInternalOpts(opts2, INTERNAL_VER_OPT_KEYS);
      const { externalMu = false } = opts2;
      if (externalMu)
        abytesDoc(msg, CRH_BYTES, "mu");
      const [rho, t1] = publicCoder.decode(publicKey);
      const tr = shake256(publicKey, { dkLen: TR_BYTES });
      if (sig2.length !== sigCoder.bytesLen)
        return false;
      const [cTilde, z, h] = sigCoder.decode(sig2);
      if (h === false)
        return false;
      for (let i = 0; i < L; i++)
        if (polyChknorm(z[i], GAMMA1 - BETA))
          return false;
      const mu = externalMu ? msg : (
        // 7: µ ← H(tr||M, 512)
        shake256.create({ dkLen: CRH_BYTES }).update(tr).update(msg).digest()
      );
      const c = crystals.NTT.encode(SampleInBall(cTilde));
      const zNtt = z.map((i) => i.slice());
      for (let i = 0; i < L; i++)
        crystals.NTT.encode(zNtt[i]);
      const wTick1 = [];
      const xof = XOF1282(rho);
      for (let i = 0; i < K; i++) {
        const ct12d = MultiplyNTTs(crystals.NTT.encode(polyShiftl(t1[i])), c);
        const Az = newPoly(N);
        for (let j = 0; j < L; j++) {
          const aij = RejNTTPoly(xof.get(j, i));
          polyAdd(Az, MultiplyNTTs(aij, zNtt[j]));
        }
        const wApprox = crystals.NTT.decode(polySub(Az, ct12d));
        wTick1.push(polyUseHint(wApprox, h[i]));
      }
      xof.clean();
      const c2 = shake256.create({ dkLen: C_TILDE_BYTES }).update(mu).update(W1Vec.encode(wTick1)).digest();
      for (const t of h) {
        const sum = t.reduce((acc, i) => acc + i, 0);
        if (!(sum <= OMEGA))
          return false;
      }
      for (const t of z)
        if (polyChknorm(t, GAMMA1 - BETA))
          return false;
      return equalBytes2(cTilde, c2);
    }
  });
  return Object.freeze({
    info: Object.freeze({ type: "ml-dsa" }),
    internal,
    securityLevel,
    keygen: internal.keygen,
    lengths: internal.lengths,
    getPublicKey: internal.getPublicKey,
    sign: (msg, secretKey, opts2 = {}) => {
      opts2 = validateSigOpts(opts2);
      const M = getMessage(msg, opts2.context);
      const res = internal.sign(M, secretKey, {
        extraEntropy: opts2.extraEntropy,
        externalMu: false
      });
      cleanBytes(M);
      return res;
    },
    verify: (sig2, msg, publicKey, opts2 = {}) => {
      opts2 = validateVerOpts(opts2);
      abytesDoc(sig2, void 0, "signature");
      return internal.verify(sig2, getMessage(msg, opts2.context), publicKey, { externalMu: false });
    },
    prehash: (hash) => {
      checkHash(hash, securityLevel);
      const rawHash = hash;
      return Object.freeze({
        info: Object.freeze({ type: "hashml-dsa" }),
        securityLevel,
        lengths: internal.lengths,
        keygen: internal.keygen,
        getPublicKey: internal.getPublicKey,
        sign: (msg, secretKey, opts2 = {}) => {
          opts2 = validateSigOpts(opts2);
          const M = getMessagePrehash(rawHash, msg, opts2.context);
          const res = internal.sign(M, secretKey, {
            extraEntropy: opts2.extraEntropy,
            externalMu: false
          });
          cleanBytes(M);
          return res;
        },
        verify: (sig2, msg, publicKey, opts2 = {}) => {
          opts2 = validateVerOpts(opts2);
          abytesDoc(sig2, void 0, "signature");
          return internal.verify(sig2, getMessagePrehash(rawHash, msg, opts2.context), publicKey, {
            externalMu: false
          });
        }
      });
    }
  });
}
var ml_dsa44 = /* @__PURE__ */ (() => getDilithium({
  ...PARAMS[2],
  CRH_BYTES: 64,
  TR_BYTES: 64,
  C_TILDE_BYTES: 32,
  XOF128,
  XOF256,
  securityLevel: 128
}))();

// sandbox/pki/ml-dsa-key.ts
var seedLength = 32;
var mlDsa44Oid = "2.16.840.1.101.3.4.3.17";
function keptMlDsaKey(storage, name) {
  return mlDsaKey(keep(storage, `${name}.seed`, () => new Uint8Array(randomBytes5(seedLength))));
}
function generateMlDsaKey() {
  return mlDsaKey(new Uint8Array(randomBytes5(seedLength)));
}
function mlDsaKey(seed2) {
  const { publicKey, secretKey } = ml_dsa44.keygen(seed2);
  return {
    kind: "ML-DSA-44",
    publicKey: der.sequence(der.sequence(der.oid(mlDsa44Oid)), der.bitString(publicKey)),
    sign: (message2) => new Uint8Array(ml_dsa44.sign(message2, secretKey))
  };
}

// sandbox/artifacts/artifact-name.ts
var forbidden = ['"', ":", "<", ">", "|", "*", "?", "\r", "\n", "\\", "/"];
function demandArtifactName(name) {
  if (name === "") refuseTwirp("invalid_argument", "name is required");
  const found = forbidden.find((character) => name.includes(character));
  if (found !== void 0)
    refuseTwirp("invalid_argument", `name contains an invalid character: ${JSON.stringify(found)}`);
  return name;
}

// node_modules/jose/dist/webapi/lib/buffer_utils.js
var encoder2 = new TextEncoder();
var decoder3 = new TextDecoder();
var strictDecoder = new TextDecoder("utf-8", { fatal: true });
var UINT32_RANGE = 2 ** 32;
function concat(...buffers) {
  const size = buffers.reduce((acc, { length }) => acc + length, 0), buf = new Uint8Array(size);
  let i = 0;
  for (const buffer of buffers)
    buf.set(buffer, i), i += buffer.length;
  return buf;
}
var NON_ASCII = /[^\x00-\x7f]/;
function encode(string) {
  if (typeof string == "string" && string.length >= 128) {
    if (NON_ASCII.test(string))
      throw new TypeError("non-ASCII string encountered in encode()");
    return encoder2.encode(string);
  }
  const bytes2 = new Uint8Array(string.length);
  for (let i = 0; i < string.length; i++) {
    const code = string.charCodeAt(i);
    if (code > 127)
      throw new TypeError("non-ASCII string encountered in encode()");
    bytes2[i] = code;
  }
  return bytes2;
}
function encodeBase642(input, url = false) {
  if (Uint8Array.prototype.toBase64)
    return input.toBase64({ alphabet: url ? "base64url" : "base64", omitPadding: url });
  const CHUNK_SIZE = 32768, arr = [];
  for (let i = 0; i < input.length; i += CHUNK_SIZE)
    arr.push(String.fromCharCode.apply(null, input.subarray(i, i + CHUNK_SIZE)));
  const encoded = btoa(arr.join(""));
  return url ? encoded.replace(/=/g, "").replace(/\+/g, "-").replace(/\//g, "_") : encoded;
}
function decodeBase642(encoded, url = false) {
  if (Uint8Array.fromBase64)
    return Uint8Array.fromBase64(encoded, { alphabet: url ? "base64url" : "base64" });
  if (url) {
    if (encoded.includes("+") || encoded.includes("/"))
      throw new TypeError("Invalid base64url");
    encoded = encoded.replace(/-/g, "+").replace(/_/g, "/");
  }
  const binary = atob(encoded), bytes2 = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++)
    bytes2[i] = binary.charCodeAt(i);
  return bytes2;
}

// node_modules/jose/dist/webapi/util/errors.js
var errors_exports = {};
__export(errors_exports, {
  JOSEAlgNotAllowed: () => JOSEAlgNotAllowed,
  JOSEError: () => JOSEError,
  JOSENotSupported: () => JOSENotSupported,
  JWEDecryptionFailed: () => JWEDecryptionFailed,
  JWEInvalid: () => JWEInvalid,
  JWKInvalid: () => JWKInvalid,
  JWKSInvalid: () => JWKSInvalid,
  JWKSMultipleMatchingKeys: () => JWKSMultipleMatchingKeys,
  JWKSNoMatchingKey: () => JWKSNoMatchingKey,
  JWKSTimeout: () => JWKSTimeout,
  JWSInvalid: () => JWSInvalid,
  JWSSignatureVerificationFailed: () => JWSSignatureVerificationFailed,
  JWTClaimValidationFailed: () => JWTClaimValidationFailed,
  JWTExpired: () => JWTExpired,
  JWTInvalid: () => JWTInvalid
});
var JOSEError = class extends Error {
  static code = "ERR_JOSE_GENERIC";
  code = "ERR_JOSE_GENERIC";
  constructor(message2, options) {
    super(message2, options), this.name = this.constructor.name, Error.captureStackTrace?.(this, this.constructor);
  }
};
var JWTClaimValidationFailed = class extends JOSEError {
  static code = "ERR_JWT_CLAIM_VALIDATION_FAILED";
  code = "ERR_JWT_CLAIM_VALIDATION_FAILED";
  claim;
  reason;
  payload;
  constructor(message2, payload, claim = "unspecified", reason = "unspecified") {
    super(message2, { cause: { claim, reason, payload } }), this.claim = claim, this.reason = reason, this.payload = payload;
  }
};
var JWTExpired = class extends JOSEError {
  static code = "ERR_JWT_EXPIRED";
  code = "ERR_JWT_EXPIRED";
  claim;
  reason;
  payload;
  constructor(message2, payload, claim = "unspecified", reason = "unspecified") {
    super(message2, { cause: { claim, reason, payload } }), this.claim = claim, this.reason = reason, this.payload = payload;
  }
};
var JOSEAlgNotAllowed = class extends JOSEError {
  static code = "ERR_JOSE_ALG_NOT_ALLOWED";
  code = "ERR_JOSE_ALG_NOT_ALLOWED";
};
var JOSENotSupported = class extends JOSEError {
  static code = "ERR_JOSE_NOT_SUPPORTED";
  code = "ERR_JOSE_NOT_SUPPORTED";
};
var JWEDecryptionFailed = class extends JOSEError {
  static code = "ERR_JWE_DECRYPTION_FAILED";
  code = "ERR_JWE_DECRYPTION_FAILED";
  constructor(message2 = "decryption operation failed", options) {
    super(message2, options);
  }
};
var JWEInvalid = class extends JOSEError {
  static code = "ERR_JWE_INVALID";
  code = "ERR_JWE_INVALID";
};
var JWSInvalid = class extends JOSEError {
  static code = "ERR_JWS_INVALID";
  code = "ERR_JWS_INVALID";
};
var JWTInvalid = class extends JOSEError {
  static code = "ERR_JWT_INVALID";
  code = "ERR_JWT_INVALID";
};
var JWKInvalid = class extends JOSEError {
  static code = "ERR_JWK_INVALID";
  code = "ERR_JWK_INVALID";
};
var JWKSInvalid = class extends JOSEError {
  static code = "ERR_JWKS_INVALID";
  code = "ERR_JWKS_INVALID";
};
var JWKSNoMatchingKey = class extends JOSEError {
  static code = "ERR_JWKS_NO_MATCHING_KEY";
  code = "ERR_JWKS_NO_MATCHING_KEY";
  constructor(message2 = "no applicable key found in the JSON Web Key Set", options) {
    super(message2, options);
  }
};
var JWKSMultipleMatchingKeys = class extends JOSEError {
  [Symbol.asyncIterator] = async function* () {
  };
  static code = "ERR_JWKS_MULTIPLE_MATCHING_KEYS";
  code = "ERR_JWKS_MULTIPLE_MATCHING_KEYS";
  constructor(message2 = "multiple matching keys found in the JSON Web Key Set", options) {
    super(message2, options);
  }
};
var JWKSTimeout = class extends JOSEError {
  static code = "ERR_JWKS_TIMEOUT";
  code = "ERR_JWKS_TIMEOUT";
  constructor(message2 = "request timed out", options) {
    super(message2, options);
  }
};
var JWSSignatureVerificationFailed = class extends JOSEError {
  static code = "ERR_JWS_SIGNATURE_VERIFICATION_FAILED";
  code = "ERR_JWS_SIGNATURE_VERIFICATION_FAILED";
  constructor(message2 = "signature verification failed", options) {
    super(message2, options);
  }
};

// node_modules/jose/dist/webapi/util/base64url.js
var invalid = "The input to be decoded is not correctly encoded.";
function decode(input) {
  try {
    return decodeBase642(typeof input == "string" ? input : decoder3.decode(input), true);
  } catch (cause) {
    throw new TypeError(invalid, { cause });
  }
}
function encode2(input) {
  return encodeBase642(typeof input == "string" ? encoder2.encode(input) : input, true);
}

// node_modules/jose/dist/webapi/lib/validate.js
function isObject(input) {
  if (typeof input != "object" || input === null || Object.prototype.toString.call(input) !== "[object Object]")
    return false;
  const prototype = Object.getPrototypeOf(input);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
function isJwkSet(input) {
  return isObject(input) && Array.isArray(input.keys) && Array.from(input.keys).every(isObject);
}
function isDisjoint(...headers) {
  const parameters = /* @__PURE__ */ new Set();
  for (const header of headers)
    if (header)
      for (const parameter of Object.keys(header)) {
        if (parameters.has(parameter))
          return false;
        parameters.add(parameter);
      }
  return true;
}
function assertNotSet(value, name) {
  if (value !== void 0)
    throw new TypeError(`${name} can only be called once`);
}
function decodeBase64url(value, label2, ErrorClass) {
  try {
    return decode(value);
  } catch (cause) {
    throw new ErrorClass(`Failed to base64url decode the ${label2}`, { cause });
  }
}
function encodeAsciiMember(value, label2, ErrorClass) {
  try {
    return encode(value);
  } catch (cause) {
    throw new ErrorClass(`The ${label2} is not a valid base64url string`, { cause });
  }
}
function parseJoseHeader(encodedProtectedHeader, ErrorClass, message2) {
  let parsed2;
  try {
    parsed2 = JSON.parse(strictDecoder.decode(decode(encodedProtectedHeader)));
  } catch (cause) {
    throw new ErrorClass(message2, { cause });
  }
  if (!isObject(parsed2))
    throw new ErrorClass(message2);
  return parsed2;
}
var JWS_RECOGNIZED = { __proto__: null, b64: true };
function validateAlgorithms(option, algorithms) {
  if (algorithms !== void 0 && (!Array.isArray(algorithms) || algorithms.some((s) => typeof s != "string")))
    throw new TypeError(`"${option}" option must be an array of strings`);
  return algorithms === void 0 ? void 0 : new Set(algorithms);
}
function validateCritDuplicates(Err, protectedHeader) {
  const { crit } = protectedHeader ?? {};
  if (Array.isArray(crit) && new Set(crit).size !== crit.length)
    throw new Err('"crit" (Critical) Header Parameter MUST NOT contain duplicate values');
}
function validateCrit(Err, recognizedDefault, recognizedOption, protectedHeader, joseHeader) {
  if (joseHeader.crit !== void 0 && protectedHeader?.crit === void 0)
    throw new Err('"crit" (Critical) Header Parameter MUST be integrity protected');
  if (!protectedHeader || protectedHeader.crit === void 0)
    return [];
  if (!Array.isArray(protectedHeader.crit) || protectedHeader.crit.length === 0 || protectedHeader.crit.some((input) => typeof input != "string" || input.length === 0))
    throw new Err('"crit" (Critical) Header Parameter MUST be an array of non-empty strings when present');
  const recognized = recognizedOption === void 0 ? recognizedDefault : { __proto__: null, ...recognizedOption, ...recognizedDefault };
  for (const parameter of protectedHeader.crit) {
    if (!(parameter in recognized))
      throw new JOSENotSupported(`Extension Header Parameter "${parameter}" is not recognized`);
    if (!Object.hasOwn(joseHeader, parameter) || joseHeader[parameter] === void 0)
      throw new Err(`Extension Header Parameter "${parameter}" is missing`);
    if (recognized[parameter] && (!Object.hasOwn(protectedHeader, parameter) || protectedHeader[parameter] === void 0))
      throw new Err(`Extension Header Parameter "${parameter}" MUST be integrity protected`);
  }
  return protectedHeader.crit;
}
function validateB64(protectedHeader, extensions) {
  if (extensions.includes("b64")) {
    const b64 = protectedHeader.b64;
    if (typeof b64 != "boolean")
      throw new JWSInvalid('The "b64" (base64url-encode payload) Header Parameter must be a boolean');
    return b64;
  }
  return true;
}
function serializeJoseHeader(Err, header) {
  let serialized, parsed2;
  try {
    serialized = JSON.stringify(header), parsed2 = JSON.parse(serialized);
  } catch (cause) {
    throw new Err("JOSE Header is not valid JSON", { cause });
  }
  if (!isObject(parsed2))
    throw new Err("JOSE Header is not a JSON object");
  return [parsed2, serialized];
}

// node_modules/jose/dist/webapi/lib/key.js
var tag = (key) => key[Symbol.toStringTag];
var jwkMatchesOp = (entry2, key, usage) => {
  const { alg } = entry2;
  if (key.use !== void 0) {
    const expected = usage === "sign" || usage === "verify" ? "sig" : "enc";
    if (key.use !== expected)
      throw new TypeError(`Invalid key for this operation, its "use" must be "${expected}" when present`);
  }
  if (key.alg !== void 0 && key.alg !== alg)
    throw new TypeError(`Invalid key for this operation, its "alg" must be "${alg}" when present`);
  if (Array.isArray(key.key_ops)) {
    const expectedKeyOp = usage === "encrypt" || usage === "decrypt" ? entry2.ops?.[usage === "encrypt" ? 0 : 1] : usage;
    if (expectedKeyOp && !key.key_ops.includes(expectedKeyOp))
      throw new TypeError(`Invalid key for this operation, its "key_ops" must include "${expectedKeyOp}" when present`);
  }
};
async function prepareKey(entry2, key, usage) {
  const { alg, secret } = entry2, requiresPrivateKey = usage === "decrypt" || usage === "sign";
  if (secret && key instanceof Uint8Array)
    return key;
  let normalized, keyObject;
  if (isObject(key)) {
    if (normalized = normalizeJwk(key), typeof normalized.kty != "string")
      throw invalidKeyType(alg, key, secret);
    if (!(secret ? normalized.kty === "oct" && typeof normalized.k == "string" : normalized.kty !== "oct" && (requiresPrivateKey ? normalized.kty === "AKP" && typeof normalized.priv == "string" || typeof normalized.d == "string" : normalized.d === void 0 && normalized.priv === void 0)))
      throw new TypeError(secret ? 'JSON Web Key for symmetric algorithms must have JWK "kty" (Key Type) equal to "oct" and the JWK "k" (Key Value) present' : `JSON Web Key for this operation must be a ${requiresPrivateKey ? "private" : "public"} JWK`);
    if (jwkMatchesOp(entry2, normalized, usage), normalized.kty === "oct")
      return decode(normalized.k);
    if (!Object.isFrozen(key)) {
      const { key_ops } = key;
      Array.isArray(key_ops) && Object.freeze(key_ops), Object.freeze(key);
    }
  } else {
    if (!isKeyLike(key))
      throw invalidKeyType(alg, key, secret);
    const expectedType = secret ? "secret" : requiresPrivateKey ? "private" : "public";
    if (key.type !== expectedType && (secret || ["secret", "public", "private"].includes(key.type)))
      throw new TypeError(`${tag(key)} instances must be of type "${expectedType}" for the ${alg} algorithm`);
    if (isCryptoKey(key))
      return key;
    if (keyObject = key, keyObject.type === "secret")
      return keyObject.export();
  }
  cache ||= /* @__PURE__ */ new WeakMap();
  const cacheKey = key;
  let cached = cache.get(cacheKey);
  if (cached?.[alg])
    return cached[alg];
  if (cached || cache.set(cacheKey, cached = {}), keyObject && typeof keyObject.toCryptoKey == "function") {
    const isPublic = keyObject.type === "public", crv = nist[keyObject.asymmetricKeyDetails?.namedCurve], params = entry2.resolve?.({ crv, asymmetricKeyType: keyObject.asymmetricKeyType }) ?? entry2.subtle;
    return cached[alg] = keyObject.toCryptoKey(params, isPublic, entry2.usages[isPublic ? 0 : 1]);
  }
  return normalized ??= keyObject.export({ format: "jwk" }), normalized.alg = alg, cached[alg] = await jwkToKey(entry2, normalized);
}
var cache;
var nist = {
  __proto__: null,
  prime256v1: "P-256",
  secp384r1: "P-384",
  secp521r1: "P-521"
};
var isCryptoKey = (key) => {
  if (key?.[Symbol.toStringTag] === "CryptoKey")
    return true;
  try {
    return key instanceof CryptoKey;
  } catch {
    return false;
  }
};
var isKeyObject = (key) => key?.[Symbol.toStringTag] === "KeyObject";
var isKeyLike = (key) => isCryptoKey(key) || isKeyObject(key);
function message(msg, actual, ...types) {
  if (types.length > 2) {
    const last = types.pop();
    msg += `one of type ${types.join(", ")}, or ${last}.`;
  } else types.length === 2 ? msg += `one of type ${types[0]} or ${types[1]}.` : msg += `of type ${types[0]}.`;
  return actual == null ? msg += ` Received ${actual}` : typeof actual == "function" && actual.name ? msg += ` Received function ${actual.name}` : typeof actual == "object" && actual != null && actual.constructor?.name && (msg += ` Received an instance of ${actual.constructor.name}`), msg;
}
var invalidKeyInput = (actual, ...types) => message("Key must be ", actual, ...types);
function invalidKeyType(alg, actual, secret) {
  const types = ["CryptoKey", "KeyObject", "JSON Web Key"];
  return secret && types.push("Uint8Array"), new TypeError(message(`Key for the ${alg} algorithm must be `, actual, ...types));
}
var unusable = (name, prop = "algorithm.name") => new TypeError(`CryptoKey does not support this operation, its ${prop} must be ${name}`);
function checkUsage(key, usage) {
  if (usage && !key.usages.includes(usage))
    throw new TypeError(`CryptoKey does not support this operation, its usages must include ${usage}.`);
}
function checkModulusLength(alg, key) {
  const { modulusLength } = key.algorithm;
  if (typeof modulusLength != "number" || modulusLength < 2048)
    throw new TypeError(`${alg} requires key modulusLength to be 2048 bits or larger`);
}
function checkCryptoKey(key, expected, usage) {
  const algorithm = key.algorithm;
  if (algorithm.name !== expected.name)
    throw unusable(expected.name);
  if (expected.hash && algorithm.hash?.name !== expected.hash)
    throw unusable(expected.hash, "algorithm.hash");
  if (expected.namedCurve && algorithm.namedCurve !== expected.namedCurve)
    throw unusable(expected.namedCurve, "algorithm.namedCurve");
  if (expected.length !== void 0 && algorithm.length !== expected.length)
    throw unusable(expected.length, "algorithm.length");
  checkUsage(key, usage);
}
function snapshotJwk(jwk) {
  return { __proto__: null, ...jwk };
}
function normalizeJwk(jwk) {
  const normalized = snapshotJwk(jwk);
  if (normalized.ext !== void 0 && typeof normalized.ext != "boolean")
    throw new TypeError('"ext" (Extractable) Parameter must be a boolean');
  if (normalized.key_ops !== void 0) {
    const value = normalized.key_ops, keyOps = Array.isArray(value) ? [...value] : void 0;
    if (!keyOps || keyOps.some((operation) => typeof operation != "string") || new Set(keyOps).size !== keyOps.length)
      throw new TypeError('"key_ops" (Key Operations) Parameter must be an array of unique strings');
    normalized.key_ops = keyOps;
  }
  return normalized;
}
function validateExtractableOption(extractable) {
  if (extractable !== void 0 && typeof extractable != "boolean")
    throw new TypeError('"extractable" option must be a boolean');
  return extractable;
}
async function jwkToKey(entry2, jwk, extractable) {
  if (!entry2.kty.includes(jwk.kty))
    throw new JOSENotSupported('Invalid or unsupported JWK "alg" (Algorithm) Parameter value');
  const algorithm = entry2.resolve?.({ kty: jwk.kty, crv: jwk.crv }) ?? entry2.subtle, isPrivate = !!(jwk.d || jwk.priv), keyData = { ...jwk, ext: extractable ?? jwk.ext };
  return keyData.kty !== "AKP" && delete keyData.alg, delete keyData.use, crypto.subtle.importKey("jwk", keyData, algorithm, keyData.ext ?? !isPrivate, jwk.key_ops ?? entry2.usages[isPrivate ? 1 : 0]);
}
async function rawKey(key, expected, usage, extractable = false) {
  return key instanceof Uint8Array && (key = await crypto.subtle.importKey("raw", key, expected, extractable, [usage])), checkCryptoKey(key, expected, usage), key;
}

// node_modules/jose/dist/webapi/lib/key_descriptor.js
function table(entries) {
  const out = { __proto__: null };
  for (const alg in entries)
    out[alg] = { ...entries[alg], alg };
  return out;
}

// node_modules/jose/dist/webapi/lib/jwe_algorithms.js
var wrap = [
  ["encrypt", "wrapKey"],
  ["decrypt", "unwrapKey"]
];
var derive = [[], ["deriveBits"]];
var none = [[], []];
function rsaes(bits) {
  return {
    kty: ["RSA"],
    mode: "key-encryption",
    subtle: { name: "RSA-OAEP", hash: `SHA-${bits}` },
    usages: wrap,
    ops: ["wrapKey", "unwrapKey"]
  };
}
function ecdh(mode) {
  return {
    kty: ["EC", "OKP"],
    mode,
    subtle: { name: "ECDH" },
    resolve: ({ kty, crv, asymmetricKeyType }) => {
      if (crv === "X25519" || asymmetricKeyType === "x25519")
        return { name: "X25519" };
      if (kty === "OKP")
        throw new JOSENotSupported('Invalid or unsupported JWK "alg" (Algorithm) Parameter value');
      return { name: "ECDH", namedCurve: crv };
    },
    usages: derive,
    ops: [void 0, "deriveBits"]
  };
}
function aeskw(bits, gcm = false) {
  return {
    kty: ["oct"],
    mode: "key-wrapping",
    secret: true,
    subtle: { name: gcm ? "AES-GCM" : "AES-KW", length: bits },
    usages: none,
    ops: gcm ? ["encrypt", "decrypt"] : ["wrapKey", "unwrapKey"]
  };
}
function pbes2() {
  return {
    kty: ["oct"],
    mode: "key-wrapping",
    secret: true,
    subtle: { name: "PBKDF2" },
    usages: none,
    ops: ["deriveBits", "deriveBits"]
  };
}
var JWE = table({
  dir: {
    kty: ["oct"],
    mode: "direct-encryption",
    secret: true,
    subtle: { name: "AES-GCM" },
    usages: none,
    ops: ["encrypt", "decrypt"]
  },
  "RSA-OAEP": rsaes(1),
  "RSA-OAEP-256": rsaes(256),
  "RSA-OAEP-384": rsaes(384),
  "RSA-OAEP-512": rsaes(512),
  "ECDH-ES": ecdh("direct-key-agreement"),
  "ECDH-ES+A128KW": ecdh("key-agreement-with-key-wrapping"),
  "ECDH-ES+A192KW": ecdh("key-agreement-with-key-wrapping"),
  "ECDH-ES+A256KW": ecdh("key-agreement-with-key-wrapping"),
  A128KW: aeskw(128),
  A192KW: aeskw(192),
  A256KW: aeskw(256),
  A128GCMKW: aeskw(128, true),
  A192GCMKW: aeskw(192, true),
  A256GCMKW: aeskw(256, true),
  "PBES2-HS256+A128KW": pbes2(),
  "PBES2-HS384+A192KW": pbes2(),
  "PBES2-HS512+A256KW": pbes2()
});
var contentOps = ["encrypt", "decrypt"];
function contentEncryption(bits, cbc = false) {
  return {
    kty: ["oct"],
    secret: true,
    subtle: { name: cbc ? "AES-CBC" : "AES-GCM", length: bits },
    usages: none,
    ops: contentOps,
    cekBits: bits,
    ivBits: cbc ? 128 : 96,
    cbc
  };
}
var ENC = table({
  A128GCM: contentEncryption(128),
  A192GCM: contentEncryption(192),
  A256GCM: contentEncryption(256),
  "A128CBC-HS256": contentEncryption(256, true),
  "A192CBC-HS384": contentEncryption(384, true),
  "A256CBC-HS512": contentEncryption(512, true)
});

// node_modules/jose/dist/webapi/lib/jws_algorithms.js
var sig = [["verify"], ["sign"]];
function hmac(bits) {
  const subtle = { name: "HMAC", hash: `SHA-${bits}` };
  return { kty: ["oct"], secret: true, subtle, signing: subtle, usages: sig };
}
function rsa(bits, saltLength) {
  const subtle = { name: saltLength ? "RSA-PSS" : "RSASSA-PKCS1-v1_5", hash: `SHA-${bits}` };
  return {
    kty: ["RSA"],
    subtle,
    signing: saltLength ? { ...subtle, saltLength } : subtle,
    usages: sig,
    minRsaBits: 2048
  };
}
function ecdsa(crv, bits) {
  return {
    kty: ["EC"],
    crv,
    subtle: { name: "ECDSA", namedCurve: crv },
    signing: { name: "ECDSA", hash: `SHA-${bits}` },
    usages: sig
  };
}
function eddsa() {
  const subtle = { name: "Ed25519" };
  return {
    kty: ["OKP"],
    crv: "Ed25519",
    subtle,
    signing: subtle,
    usages: sig
  };
}
function mldsa(parameterSet) {
  const subtle = { name: `ML-DSA-${parameterSet}` };
  return {
    kty: ["AKP"],
    subtle,
    signing: subtle,
    usages: sig
  };
}
var JWS = table({
  HS256: hmac(256),
  HS384: hmac(384),
  HS512: hmac(512),
  RS256: rsa(256),
  RS384: rsa(384),
  RS512: rsa(512),
  PS256: rsa(256, 32),
  PS384: rsa(384, 48),
  PS512: rsa(512, 64),
  ES256: ecdsa("P-256", 256),
  ES384: ecdsa("P-384", 384),
  ES512: ecdsa("P-521", 512),
  EdDSA: eddsa(),
  Ed25519: eddsa(),
  "ML-DSA-44": mldsa(44),
  "ML-DSA-65": mldsa(65),
  "ML-DSA-87": mldsa(87)
});
function jwsAlgorithm(alg) {
  const entry2 = typeof alg == "string" ? JWS[alg] : void 0;
  if (!entry2)
    throw new JOSENotSupported(`alg ${alg} is not supported either by JOSE or your javascript runtime`);
  return entry2;
}

// node_modules/jose/dist/webapi/lib/jws_verify.js
function prepareVerify(options) {
  return [options && validateAlgorithms("algorithms", options.algorithms), options?.crit];
}
function parseProtectedHeader(encodedProtectedHeader) {
  return encodedProtectedHeader === void 0 ? {} : parseJoseHeader(encodedProtectedHeader, JWSInvalid, "JWS Protected Header is invalid");
}
function encodeCompactUnencodedPayload(payload) {
  try {
    return encode(payload);
  } catch (cause) {
    throw new JWSInvalid("JWS Compact Serialization payload must use only ASCII characters", {
      cause
    });
  }
}
async function verifySignature(jws, shared, key, encodeUnencodedPayload, parsedProtected) {
  const { protected: encodedProtectedHeader, header, payload: inputPayload } = jws, protectedHeader = parsedProtected ?? parseProtectedHeader(encodedProtectedHeader);
  if (!isDisjoint(protectedHeader, header))
    throw new JWSInvalid("JWS Protected and JWS Unprotected Header Parameter names must be disjoint");
  const joseHeader = { ...protectedHeader, ...header }, b64 = validateB64(protectedHeader, validateCrit(JWSInvalid, JWS_RECOGNIZED, shared[1], protectedHeader, joseHeader)), { alg } = joseHeader;
  if (typeof alg != "string" || !alg)
    throw new JWSInvalid('JWS "alg" (Algorithm) Header Parameter missing or invalid');
  if (shared[0] && !shared[0].has(alg))
    throw new JOSEAlgNotAllowed('"alg" (Algorithm) Header Parameter value not allowed');
  if (b64) {
    if (typeof inputPayload != "string")
      throw new JWSInvalid("JWS Payload must be a string");
  } else if (typeof inputPayload != "string" && !(inputPayload instanceof Uint8Array))
    throw new JWSInvalid("JWS Payload must be a string or an Uint8Array instance");
  const signingPayload = b64 || typeof inputPayload != "string" ? inputPayload : encodeUnencodedPayload(inputPayload);
  let resolvedKey = false;
  typeof key == "function" && (key = await key(protectedHeader, jws), resolvedKey = true);
  const entry2 = jwsAlgorithm(alg), signingInput = concat(encodedProtectedHeader !== void 0 ? encode(encodedProtectedHeader) : new Uint8Array(), encode("."), typeof signingPayload == "string" ? shared[2] ??= encodeAsciiMember(signingPayload, "payload", JWSInvalid) : signingPayload), signature2 = decodeBase64url(jws.signature, "signature", JWSInvalid), verificationKey = await prepareKey(entry2, key, "verify"), cryptoKey = await rawKey(verificationKey, entry2.subtle, "verify");
  entry2.minRsaBits && checkModulusLength(entry2.alg, cryptoKey);
  let verified = false;
  try {
    verified = await crypto.subtle.verify(entry2.signing, cryptoKey, signature2, signingInput);
  } catch (cause) {
    throw new JWSSignatureVerificationFailed(void 0, { cause });
  }
  if (!verified)
    throw new JWSSignatureVerificationFailed();
  const result = { payload: typeof signingPayload == "string" ? decodeBase64url(signingPayload, "payload", JWSInvalid) : signingPayload };
  return encodedProtectedHeader !== void 0 && (result.protectedHeader = protectedHeader), header !== void 0 && (result.unprotectedHeader = header), resolvedKey ? [{ ...result, key: verificationKey }, b64] : [result, b64];
}
async function verifyCompact(jws, shared, key) {
  if (jws instanceof Uint8Array && (jws = decoder3.decode(jws)), typeof jws != "string")
    throw new JWSInvalid("Compact JWS must be a string or Uint8Array");
  const { 0: protectedHeader, 1: payload, 2: signature2, length } = jws.split(".");
  if (length !== 3)
    throw new JWSInvalid("Invalid Compact JWS");
  return verifySignature({ payload, protected: protectedHeader, signature: signature2 }, shared, key, encodeCompactUnencodedPayload);
}

// node_modules/jose/dist/webapi/lib/jwt_claims_set.js
var epoch = (date) => Math.floor(date.getTime() / 1e3);
var multipliers = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86400,
  w: 604800,
  y: 31557600
};
var REGEX = /^(\+|\-)? ?(\d+|\d+\.\d+) ?(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)(?: (ago|from now))?$/i;
var checkFailed = "check_failed";
function invalidDuration() {
  throw new TypeError("Invalid time period format");
}
function secs(str) {
  typeof str != "string" && invalidDuration();
  const matched = REGEX.exec(str);
  (!matched || matched[4] && matched[1]) && invalidDuration();
  const value = parseFloat(matched[2]), durationSeconds = Math.round(value * multipliers[matched[3][0].toLowerCase()]);
  return Number.isFinite(durationSeconds) || invalidDuration(), matched[1] === "-" || matched[4] === "ago" ? -durationSeconds : durationSeconds;
}
function validateInput(label2, input) {
  if (!Number.isFinite(input))
    throw new TypeError(`Invalid ${label2} input`);
  return input;
}
function validateStringClaim(claim, value) {
  if (typeof value != "string")
    throw new TypeError(`"${claim}" claim must be a string`);
}
function validateAudienceClaim(value) {
  if (typeof value != "string" && (!Array.isArray(value) || Array.from(value).some((member2) => typeof member2 != "string")))
    throw new TypeError('"aud" claim must be a string or an array of strings');
}
function numericDate(value, label2) {
  return typeof value == "number" ? validateInput(label2, value) : value instanceof Date ? validateInput(label2, epoch(value)) : epoch(/* @__PURE__ */ new Date()) + secs(value);
}
var normalizeTyp = (value) => {
  const normalized = value.toLowerCase();
  return value.includes("/") ? normalized : `application/${normalized}`;
};
var checkAudiencePresence = (audPayload, audOption) => typeof audPayload == "string" ? audOption.includes(audPayload) : Array.isArray(audPayload) ? audOption.some((aud) => audPayload.includes(aud)) : false;
function validateNumericDate(claimsSet, claim, required = false) {
  const value = claimsSet[claim];
  if (!(value === void 0 && !required)) {
    if (typeof value != "number")
      throw new JWTClaimValidationFailed(`"${claim}" claim must be a number`, claimsSet, claim, "invalid");
    return value;
  }
}
function unexpectedClaim(claimsSet, claim) {
  throw new JWTClaimValidationFailed(`unexpected "${claim}" claim value`, claimsSet, claim, checkFailed);
}
function validateClaimsSet(protectedHeader, claimsSetBytes, options = {}) {
  let claimsSet;
  try {
    claimsSet = JSON.parse(strictDecoder.decode(claimsSetBytes));
  } catch (cause) {
    throw new JWTInvalid("JWT Claims Set must be a top-level JSON object", { cause });
  }
  if (!isObject(claimsSet))
    throw new JWTInvalid("JWT Claims Set must be a top-level JSON object");
  const { typ } = options;
  if (typ !== void 0 && (typeof protectedHeader.typ != "string" || normalizeTyp(protectedHeader.typ) !== normalizeTyp(typ)))
    throw new JWTClaimValidationFailed('unexpected "typ" JWT header value', claimsSet, "typ", checkFailed);
  const { requiredClaims = [], issuer, subject, audience: audience2, maxTokenAge } = options, presenceCheck = [...requiredClaims];
  maxTokenAge !== void 0 && presenceCheck.push("iat"), audience2 !== void 0 && presenceCheck.push("aud"), subject !== void 0 && presenceCheck.push("sub"), issuer !== void 0 && presenceCheck.push("iss");
  for (const claim of new Set(presenceCheck.reverse()))
    if (!Object.hasOwn(claimsSet, claim))
      throw new JWTClaimValidationFailed(`missing required "${claim}" claim`, claimsSet, claim, "missing");
  issuer !== void 0 && !(Array.isArray(issuer) ? issuer : [issuer]).includes(claimsSet.iss) && unexpectedClaim(claimsSet, "iss"), subject !== void 0 && claimsSet.sub !== subject && unexpectedClaim(claimsSet, "sub"), audience2 !== void 0 && !checkAudiencePresence(claimsSet.aud, typeof audience2 == "string" ? [audience2] : audience2) && unexpectedClaim(claimsSet, "aud");
  const { clockTolerance } = options;
  let tolerance = 0;
  if (typeof clockTolerance == "string")
    tolerance = secs(clockTolerance);
  else if (clockTolerance !== void 0) {
    if (typeof clockTolerance != "number")
      throw new TypeError("Invalid clockTolerance option type");
    tolerance = clockTolerance;
  }
  if (validateInput("clockTolerance option", tolerance), tolerance < 0)
    throw new TypeError("Invalid clockTolerance option input");
  const { currentDate } = options, now = validateInput("currentDate option", epoch(currentDate === void 0 ? /* @__PURE__ */ new Date() : currentDate)), iat = validateNumericDate(claimsSet, "iat", maxTokenAge !== void 0), nbf = validateNumericDate(claimsSet, "nbf");
  if (nbf !== void 0 && nbf > now + tolerance)
    throw new JWTClaimValidationFailed('"nbf" claim timestamp check failed', claimsSet, "nbf", checkFailed);
  const exp = validateNumericDate(claimsSet, "exp");
  if (exp !== void 0 && exp <= now - tolerance)
    throw new JWTExpired('"exp" claim timestamp check failed', claimsSet, "exp", checkFailed);
  if (maxTokenAge !== void 0) {
    const age = now - iat, max = validateInput("maxTokenAge option", typeof maxTokenAge == "number" ? maxTokenAge : secs(maxTokenAge));
    if (max < 0)
      throw new TypeError("Invalid maxTokenAge option input");
    if (age - tolerance > max)
      throw new JWTExpired('"iat" claim timestamp check failed (too far in the past)', claimsSet, "iat", checkFailed);
    if (age < -tolerance)
      throw new JWTClaimValidationFailed('"iat" claim timestamp check failed (it should be in the past)', claimsSet, "iat", checkFailed);
  }
  return claimsSet;
}
var producerClaimsSets;
function producerClaimsSet(producer) {
  return producerClaimsSets.get(producer);
}
function jwtClaimsSetBytes(producer) {
  const claimsSet = producerClaimsSet(producer);
  for (const claim of ["iat", "nbf", "exp"]) {
    const value = claimsSet[claim];
    if (typeof value == "number" && !Number.isFinite(value))
      throw new TypeError(`"${claim}" claim must be a finite number`);
  }
  return encoder2.encode(JSON.stringify(claimsSet));
}
var JWTClaimsBuilder = class {
  constructor(claimsSet = {}) {
    if (!isObject(claimsSet))
      throw new TypeError("JWT Claims Set MUST be an object");
    (producerClaimsSets ||= /* @__PURE__ */ new WeakMap()).set(this, structuredClone(claimsSet));
  }
  setIssuer(value) {
    return validateStringClaim("iss", value), producerClaimsSet(this).iss = value, this;
  }
  setSubject(value) {
    return validateStringClaim("sub", value), producerClaimsSet(this).sub = value, this;
  }
  setAudience(value) {
    return validateAudienceClaim(value), producerClaimsSet(this).aud = value, this;
  }
  setJti(value) {
    return validateStringClaim("jti", value), producerClaimsSet(this).jti = value, this;
  }
  setNotBefore(value) {
    return producerClaimsSet(this).nbf = numericDate(value, "setNotBefore"), this;
  }
  setExpirationTime(value) {
    return producerClaimsSet(this).exp = numericDate(value, "setExpirationTime"), this;
  }
  setIssuedAt(value) {
    const claimsSet = producerClaimsSet(this);
    return value === void 0 ? claimsSet.iat = epoch(/* @__PURE__ */ new Date()) : typeof value == "string" ? claimsSet.iat = validateInput("setIssuedAt", epoch(/* @__PURE__ */ new Date()) + secs(value)) : claimsSet.iat = numericDate(value, "setIssuedAt"), this;
  }
};

// node_modules/jose/dist/webapi/jwt/verify.js
async function jwtVerify(jwt, key, options) {
  const [verified, b64] = await verifyCompact(jwt, prepareVerify(options), key);
  if (!b64)
    throw new JWTInvalid("JWTs MUST NOT use unencoded payload");
  const payload = validateClaimsSet(verified.protectedHeader, verified.payload, options);
  return { ...verified, payload };
}

// node_modules/jose/dist/webapi/lib/jws_sign.js
async function createSignature(input, key, rejectUnencoded) {
  let [payload, protectedHeader, unprotectedHeader, crit] = input, encodedProtectedHeader = "";
  if (protectedHeader !== void 0) {
    const normalized = serializeJoseHeader(JWSInvalid, protectedHeader);
    protectedHeader = normalized[0], encodedProtectedHeader = encode2(normalized[1]);
  }
  if (unprotectedHeader !== void 0 && (unprotectedHeader = serializeJoseHeader(JWSInvalid, unprotectedHeader)[0]), !protectedHeader && !unprotectedHeader)
    throw new JWSInvalid("either setProtectedHeader or setUnprotectedHeader must be called before #sign()");
  if (!isDisjoint(protectedHeader, unprotectedHeader))
    throw new JWSInvalid("JWS Protected and JWS Unprotected Header Parameter names must be disjoint");
  const joseHeader = { ...protectedHeader, ...unprotectedHeader };
  validateCritDuplicates(JWSInvalid, protectedHeader);
  const b64 = validateB64(protectedHeader, validateCrit(JWSInvalid, JWS_RECOGNIZED, crit, protectedHeader, joseHeader));
  b64 || rejectUnencoded?.();
  const { alg } = joseHeader;
  if (typeof alg != "string" || !alg)
    throw new JWSInvalid('JWS "alg" (Algorithm) Header Parameter missing or invalid');
  const entry2 = jwsAlgorithm(alg);
  let encodedPayload = "", signingPayload = payload, signingInput;
  if (b64) {
    const encodedPayloadCache = input[4];
    encodedPayloadCache ? (encodedPayload = encodedPayloadCache[0] ??= encode2(payload), signingPayload = encodedPayloadCache[1] ??= encode(encodedPayload)) : (encodedPayload = encode2(payload), signingInput = encoder2.encode(`${encodedProtectedHeader}.${encodedPayload}`));
  }
  signingInput ??= concat(encode(encodedProtectedHeader), encode("."), signingPayload);
  const signingKey2 = await rawKey(await prepareKey(entry2, key, "sign"), entry2.subtle, "sign");
  entry2.minRsaBits && checkModulusLength(entry2.alg, signingKey2);
  const jws = {
    signature: encode2(new Uint8Array(await crypto.subtle.sign(entry2.signing, signingKey2, signingInput))),
    payload: encodedPayload
  };
  return protectedHeader && (jws.protected = encodedProtectedHeader), unprotectedHeader && (jws.header = unprotectedHeader), [jws, b64];
}
async function createCompactSignature(payload, protectedHeader, crit, key, rejectUnencoded) {
  const [jws] = await createSignature([payload, protectedHeader, void 0, crit], key, rejectUnencoded);
  return `${jws.protected}.${jws.payload}.${jws.signature}`;
}

// node_modules/jose/dist/webapi/jwt/sign.js
var SignJWT_base = JWTClaimsBuilder;
var SignJWT = class extends SignJWT_base {
  #protectedHeader;
  setProtectedHeader(protectedHeader) {
    return assertNotSet(this.#protectedHeader, "setProtectedHeader"), this.#protectedHeader = protectedHeader, this;
  }
  async sign(key, options) {
    return createCompactSignature(jwtClaimsSetBytes(this), this.#protectedHeader, options?.crit, key, () => {
      throw new JWTInvalid("JWTs MUST NOT use unencoded payload");
    });
  }
};

// node_modules/jose/dist/webapi/lib/key_algorithm.js
var algArgument = '"alg" (Algorithm)';
function unsupportedAlg(source = 'JWK "alg" (Algorithm) Parameter') {
  throw new JOSENotSupported(`Invalid or unsupported ${source} value`);
}
function keyAlgorithm(alg, source) {
  return (typeof alg == "string" ? JWS[alg] ?? JWE[alg] : void 0) ?? unsupportedAlg(source);
}

// node_modules/jose/dist/webapi/lib/asn1.js
var formatPEM = (b64, descriptor) => {
  const newlined = (b64.match(/.{1,64}/g) || []).join(`
`);
  return `-----BEGIN ${descriptor}-----
${newlined}
-----END ${descriptor}-----`;
};
var genericExport = async (keyType, keyFormat, key) => {
  if (isKeyObject(key)) {
    if (key.type !== keyType)
      throw new TypeError(`key is not a ${keyType} key`);
    return key.export({ format: "pem", type: keyFormat });
  }
  if (!isCryptoKey(key))
    throw new TypeError(invalidKeyInput(key, "CryptoKey", "KeyObject"));
  if (!key.extractable)
    throw new TypeError("CryptoKey is not extractable");
  if (key.type !== keyType)
    throw new TypeError(`key is not a ${keyType} key`);
  return formatPEM(encodeBase642(new Uint8Array(await crypto.subtle.exportKey(keyFormat, key))), `${keyType.toUpperCase()} KEY`);
};
var toPKCS8 = (key) => genericExport("private", "pkcs8", key);
var bytesEqual = (a, b) => {
  if (a.byteLength !== b.length)
    return false;
  for (let i = 0; i < a.byteLength; i++)
    if (a[i] !== b[i])
      return false;
  return true;
};
var createASN1State = (data) => ({ data, pos: 0 });
var readByte = (state) => {
  const byte = state.data[state.pos++];
  if (byte === void 0)
    throw new Error("Unexpected end of ASN.1 input");
  return byte;
};
var parseLength = (state) => {
  const first = readByte(state);
  if (first & 128) {
    const lengthOfLen = first & 127;
    let length = 0;
    for (let i = 0; i < lengthOfLen; i++)
      length = length << 8 | readByte(state);
    return length;
  }
  return first;
};
var expectTag = (state, expectedTag, errorMessage) => {
  if (readByte(state) !== expectedTag)
    throw new Error(errorMessage);
};
var getSubarray = (state, length) => {
  if (length < 0 || state.pos + length > state.data.length)
    throw new Error("Unexpected end of ASN.1 input");
  const result = state.data.subarray(state.pos, state.pos + length);
  return state.pos += length, result;
};
var parseAlgorithmOID = (state) => {
  expectTag(state, 6, "Expected algorithm OID");
  const oidLen = parseLength(state);
  return getSubarray(state, oidLen);
};
function parseKeyHeader(state, keyFormat) {
  if (expectTag(state, 48, `Invalid ${keyFormat === "spki" ? "SPKI" : "PKCS#8"} structure`), parseLength(state), keyFormat === "pkcs8") {
    expectTag(state, 2, "Expected version field");
    const length = parseLength(state);
    state.pos += length;
  }
  expectTag(state, 48, "Expected algorithm identifier"), parseLength(state);
}
var parseECAlgorithmIdentifier = (state) => {
  const algOid = parseAlgorithmOID(state);
  if (bytesEqual(algOid, [43, 101, 110]))
    return "X25519";
  if (!bytesEqual(algOid, [42, 134, 72, 206, 61, 2, 1]))
    throw new Error("Unsupported key algorithm");
  expectTag(state, 6, "Expected curve OID");
  const curveOidLen = parseLength(state), curveOid = getSubarray(state, curveOidLen);
  if (bytesEqual(curveOid, [42, 134, 72, 206, 61, 3, 1, 7]))
    return "P-256";
  if (bytesEqual(curveOid, [43, 129, 4, 0, 34]))
    return "P-384";
  if (bytesEqual(curveOid, [43, 129, 4, 0, 35]))
    return "P-521";
  throw new Error("Unsupported named curve");
};
var genericImport = async (keyFormat, keyData, alg, options) => {
  const extractable = validateExtractableOption(options?.extractable), entry2 = keyAlgorithm(alg, algArgument);
  entry2.secret && unsupportedAlg(algArgument);
  const isPublic = keyFormat === "spki";
  let algorithm;
  if (entry2.resolve)
    try {
      const state = createASN1State(keyData);
      parseKeyHeader(state, keyFormat), algorithm = entry2.resolve({ crv: parseECAlgorithmIdentifier(state) });
    } catch (cause) {
      throw new JOSENotSupported("Invalid or unsupported key format", { cause });
    }
  else
    algorithm = entry2.subtle;
  return crypto.subtle.importKey(keyFormat, keyData, algorithm, extractable ?? isPublic, entry2.usages[isPublic ? 0 : 1]);
};
var processPEMData = (pem, pattern) => decodeBase642(pem.replace(pattern, ""));
var fromPKCS8 = (pem, alg, options) => {
  const keyData = processPEMData(pem, /(?:-----(?:BEGIN|END) PRIVATE KEY-----|\s)/g);
  return genericImport("pkcs8", keyData, alg, options);
};

// node_modules/jose/dist/webapi/key/export.js
function exportPKCS8(key) {
  return toPKCS8(key);
}
async function exportJWK(key) {
  if (isKeyObject(key))
    if (key.type === "secret")
      key = key.export();
    else
      return key.export({ format: "jwk" });
  if (key instanceof Uint8Array)
    return {
      kty: "oct",
      k: encode2(key)
    };
  if (!isCryptoKey(key))
    throw new TypeError(invalidKeyInput(key, "CryptoKey", "KeyObject", "Uint8Array"));
  if (!key.extractable)
    throw new TypeError("non-extractable CryptoKey cannot be exported as a JWK");
  const jwk = await crypto.subtle.exportKey("jwk", key);
  delete jwk.ext, delete jwk.key_ops, delete jwk.use, jwk.kty !== "AKP" && delete jwk.alg;
  for (const parameter of Object.keys(jwk))
    jwk[parameter] === void 0 && delete jwk[parameter];
  return jwk;
}

// node_modules/jose/dist/webapi/jwks/local.js
function isUsableJWK(jwk, entry2, alg, kid) {
  const { kty, key_ops: keyOps, ext, kid: jwkKid, alg: jwkAlg, use, crv } = jwk;
  return (ext === void 0 || typeof ext == "boolean") && (keyOps === void 0 || Array.isArray(keyOps) && keyOps.every((operation, index) => typeof operation == "string" && keyOps.indexOf(operation) === index) && keyOps.includes("verify")) && entry2.kty.includes(kty) && (kid === void 0 || typeof kid == "string" && kid === jwkKid) && (jwkAlg === void 0 ? kty !== "AKP" : alg === jwkAlg) && (use === void 0 || use === "sig") && (!entry2.crv || crv === entry2.crv);
}
async function importWithAlgCache(cache2, jwk, entry2) {
  const cached = cache2.get(jwk) || cache2.set(jwk, {}).get(jwk), { alg } = entry2;
  if (cached[alg] === void 0) {
    const pending = jwkToKey(entry2, jwk, true).then((key) => {
      if (key.type !== "public")
        throw new JWKSInvalid("JSON Web Key Set members must be public keys");
      return cached[alg] = key, key;
    }).catch((error) => {
      throw cached[alg] === pending && delete cached[alg], error;
    });
    cached[alg] = pending;
  }
  return cached[alg];
}
function createLocalJWKSet(jwks) {
  let snapshot;
  try {
    snapshot = structuredClone(jwks);
  } catch (cause) {
    throw new JWKSInvalid("JSON Web Key Set malformed", { cause });
  }
  if (!isJwkSet(snapshot))
    throw new JWKSInvalid("JSON Web Key Set malformed");
  const metadata = snapshot.keys.map((jwk) => {
    const normalized = snapshotJwk(jwk);
    return Array.isArray(normalized.key_ops) && (normalized.key_ops = [...normalized.key_ops]), normalized;
  }), cached = /* @__PURE__ */ new WeakMap();
  return Object.defineProperty(async (protectedHeader, token) => {
    const { alg, kid } = { ...protectedHeader, ...token?.header }, entry2 = typeof alg == "string" ? JWS[alg] : void 0;
    if (!entry2 || entry2.secret)
      throw new JOSENotSupported('Unsupported "alg" value for a JSON Web Key Set');
    const candidates = snapshot.keys.filter((_, index) => isUsableJWK(metadata[index], entry2, alg, kid)), { 0: jwk, length } = candidates;
    if (!length)
      throw new JWKSNoMatchingKey();
    if (length !== 1) {
      const error = new JWKSMultipleMatchingKeys();
      throw error[Symbol.asyncIterator] = async function* () {
        for (const jwk2 of candidates)
          try {
            yield await importWithAlgCache(cached, jwk2, entry2);
          } catch {
          }
      }, error;
    }
    return importWithAlgCache(cached, jwk, entry2);
  }, "jwks", {
    value: () => structuredClone(snapshot)
  });
}

// node_modules/jose/dist/webapi/key/import.js
async function importPKCS8(pkcs8, alg, options) {
  if (typeof pkcs8 != "string" || pkcs8.indexOf("-----BEGIN PRIVATE KEY-----") !== 0)
    throw new TypeError('"pkcs8" must be PKCS#8 formatted string');
  return fromPKCS8(pkcs8, alg, options);
}

// node_modules/jose/dist/webapi/util/decode_jwt.js
function decodeJwt(jwt) {
  if (typeof jwt != "string")
    throw new JWTInvalid("JWTs must use Compact JWS serialization, JWT must be a string");
  const { 1: encodedPayload, length } = jwt.split(".");
  if (length === 5)
    throw new JWTInvalid("Only JWTs using Compact JWS serialization can be decoded");
  if (length !== 3)
    throw new JWTInvalid("Invalid JWT");
  if (!encodedPayload)
    throw new JWTInvalid("JWTs must contain a payload");
  let claimsSetBytes;
  try {
    claimsSetBytes = decode(encodedPayload);
  } catch (cause) {
    throw new JWTInvalid("Failed to base64url decode the payload", { cause });
  }
  let claimsSet;
  try {
    claimsSet = JSON.parse(strictDecoder.decode(claimsSetBytes));
  } catch (cause) {
    throw new JWTInvalid("Failed to parse the decoded payload as JSON", { cause });
  }
  if (!isObject(claimsSet))
    throw new JWTInvalid("Invalid JWT Claims Set");
  return claimsSet;
}

// node_modules/jose/dist/webapi/key/generate_key_pair.js
function getModulusLengthOption(options) {
  const modulusLength = options?.modulusLength ?? 2048;
  if (typeof modulusLength != "number" || !Number.isInteger(modulusLength) || modulusLength < 2048)
    throw new JOSENotSupported("Invalid or unsupported modulusLength option provided, 2048 bits or larger keys must be used");
  return modulusLength;
}
async function generateKeyPair(alg, options) {
  const extractable = validateExtractableOption(options?.extractable), entry2 = keyAlgorithm(alg, algArgument);
  entry2.secret && unsupportedAlg(algArgument);
  let algorithm;
  if (entry2.resolve) {
    const crv = options?.crv ?? "P-256";
    if (!["P-256", "P-384", "P-521", "X25519"].includes(crv))
      throw new JOSENotSupported("Invalid or unsupported crv option provided, supported values are P-256, P-384, P-521, and X25519");
    algorithm = entry2.resolve({ crv });
  } else {
    if (entry2.crv !== void 0 && options?.crv !== void 0 && options.crv !== entry2.crv)
      throw new JOSENotSupported(`Invalid or unsupported crv option provided, the only supported value for ${alg} is ${entry2.crv}`);
    algorithm = entry2.kty[0] === "RSA" ? {
      ...entry2.subtle,
      publicExponent: Uint8Array.of(1, 0, 1),
      modulusLength: getModulusLengthOption(options)
    } : entry2.subtle;
  }
  return crypto.subtle.generateKey(algorithm, extractable ?? false, [
    ...entry2.usages[1],
    ...entry2.usages[0]
  ]);
}

// sandbox/artifacts/runtime-token.ts
var sixHours = 6 * 3600;
var RuntimeTokens = class {
  #sources;
  #key;
  constructor(sources) {
    this.#sources = sources;
    this.#key = sources.random(32);
  }
  /** Creates a job with its token, by default in a run of its own. */
  async issue(runId = this.#uuid(), lifetimeSeconds2 = sixHours) {
    const jobId = this.#uuid();
    const now = this.#sources.clock();
    const token = await new SignJWT({
      scp: `Actions.GenericRead:00000000-0000-0000-0000-000000000000 Actions.Results:${runId}:${jobId}`,
      iss: "countersign-sandbox",
      nbf: Math.floor(now.getTime() / 1e3) - 300,
      exp: Math.floor(secondsAfter(now, lifetimeSeconds2).getTime() / 1e3)
    }).setProtectedHeader({ typ: "JWT", alg: "HS256" }).sign(this.#key);
    return { runId, jobId, token };
  }
  /**
   * Returns the job whose token is in an `Authorization` header.
   *
   * @throws Refusal `unauthenticated`
   */
  async authenticate(authorization) {
    const [, token] = /^bearer (\S+)$/i.exec(String(authorization ?? "")) ?? refuseTwirp("unauthenticated", "no token");
    const { payload } = await jwtVerify(token ?? "", this.#key, {
      algorithms: ["HS256"],
      currentDate: this.#sources.clock()
    }).catch((error) => {
      if (error instanceof errors_exports.JOSEError) refuseTwirp("unauthenticated", "token is not valid");
      throw error;
    });
    const [, runId, jobId] = /(?:^| )Actions\.Results:([^ :]+):([^ :]+)(?: |$)/.exec(String(payload.scp)) ?? [];
    if (runId === void 0 || jobId === void 0)
      refuseTwirp("unauthenticated", "token has no Actions.Results scope");
    return { runId, jobId };
  }
  #uuid() {
    return encodeHex(this.#sources.random(16)).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }
};

// sandbox/artifacts/artifact-service.ts
var prefix = "/twirp/github.actions.results.api.v1.ArtifactService/";
var ninetyDays = 90 * 24 * 3600;
var ArtifactService = class _ArtifactService {
  /** The job that exists from the start. */
  job;
  /** `ACTIONS_RESULTS_URL`. */
  resultsUrl;
  #blobs;
  #sources;
  #tokens;
  #jobs;
  #uploads = [];
  #lastId = 1e9;
  constructor({ origin, blobs, sources }, tokens, job) {
    this.resultsUrl = `${origin}/`;
    this.#blobs = blobs;
    this.#sources = sources;
    this.#tokens = tokens;
    this.#jobs = [job];
    this.job = job;
  }
  static async create(options) {
    const tokens = new RuntimeTokens(options.sources);
    return new _ArtifactService(options, tokens, await tokens.issue());
  }
  /** Creates a job with its token, in a run of its own or that of another job. With a negative lifetime, the token has expired. */
  async newJob(runId, lifetimeSeconds2) {
    const job = await this.#tokens.issue(runId, lifetimeSeconds2);
    this.#jobs.push(job);
    return job;
  }
  /** Returns the artifacts that were finalized and not deleted, oldest first. */
  get artifacts() {
    return this.#uploads.flatMap(
      ({ finalized, path: _, ...upload }) => finalized ? [{ ...upload, ...finalized }] : []
    );
  }
  /** Adds an artifact without an upload, also to a run without jobs. */
  keep(runId, name, bytes2) {
    this.#lastId += 1;
    const createdAt = this.#sources.clock();
    const upload = {
      runId,
      jobId: "",
      id: String(this.#lastId),
      name: demandArtifactName(name),
      mimeType: "application/zip",
      path: `/actions-results/${runId}/artifacts/${this.#lastId}.zip`,
      createdAt,
      expiresAt: secondsAfter(createdAt, ninetyDays),
      finalized: { bytes: bytes2, digest: `sha256:${encodeHex(hashOf("sha256", bytes2))}` }
    };
    this.#blobs.keep(upload.path, bytes2);
    this.#uploads.push(upload);
    const { finalized, path: _, ...rest } = upload;
    return { ...rest, ...finalized };
  }
  /** Returns the URL at which a finalized artifact can be downloaded for a minute. */
  downloadUrl(id2) {
    const { path, mimeType, name } = this.#uploads.find((upload) => upload.id === id2 && upload.finalized !== void 0) ?? refuseTwirp("not_found", "artifact not found");
    const fileName3 = mimeType === "application/zip" ? `${name}.zip` : name;
    return this.#blobs.downloadUrl(path, { contentType: mimeType, fileName: fileName3, lifetimeSeconds: 60 });
  }
  routes() {
    return [{ method: "POST", path: `${prefix}*`, handle: (request) => this.#answer(request) }];
  }
  #methods = {
    CreateArtifact: (request, job) => this.#create(request, job),
    FinalizeArtifact: (request, job) => this.#finalize(request, job),
    ListArtifacts: (request, job) => this.#list(request, job),
    GetSignedArtifactURL: (request, job) => this.#sign(request, job),
    DeleteArtifact: (request, job) => this.#delete(request, job)
  };
  async #answer({ url, headers, body }) {
    const job = await this.#tokens.authenticate(headers.authorization);
    const name = url.pathname.slice(prefix.length);
    const method = Object.hasOwn(this.#methods, name) ? this.#methods[name] : void 0;
    if (method === void 0) refuseTwirp("bad_route", `no handler for path ${url.pathname}`);
    if (!/^application\/json(?:;|$)/.test(String(headers["content-type"]))) {
      refuseTwirp("bad_route", `unexpected Content-Type: ${String(headers["content-type"])}`);
    }
    try {
      return jsonResponse(200, method(ProtoField.parse(body, "JSON_INVALID", "the request"), job));
    } catch (error) {
      if (error instanceof CountersignError) refuseTwirp("malformed", error.message);
      throw error;
    }
  }
  #create(request, job) {
    this.#demandOwnJob(request, job);
    const name = demandArtifactName(request.field("name").string());
    if (this.#uploads.some((upload) => upload.runId === job.runId && upload.name === name)) {
      refuseTwirp("already_exists", "an artifact with this name already exists on the workflow run");
    }
    const mimeType = readMimeType(request);
    const now = this.#sources.clock();
    this.#lastId += 1;
    const id2 = String(this.#lastId);
    const random = encodeHex(this.#sources.random(32));
    const extension2 = mimeType === "application/zip" ? ".zip" : "";
    const path = `/actions-results/${job.runId}/workflow-job-run-${job.jobId}/artifacts/${random}${extension2}`;
    const expiresAt = request.field("expiresAt").time() ?? secondsAfter(now, ninetyDays);
    const { runId, jobId } = job;
    this.#uploads.push({ runId, jobId, id: id2, name, mimeType, path, createdAt: now, expiresAt, finalized: void 0 });
    return { ok: true, signed_upload_url: this.#blobs.uploadUrl(path) };
  }
  #finalize(request, job) {
    this.#demandOwnJob(request, job);
    const name = demandArtifactName(request.field("name").string());
    const upload = this.#uploads.find((one) => one.runId === job.runId && one.jobId === job.jobId && one.name === name) ?? refuseTwirp("not_found", "artifact not found");
    if (upload.finalized) refuseTwirp("failed_precondition", "artifact is already finalized");
    const bytes2 = this.#blobs.bytes(upload.path) ?? refuseTwirp("not_found", "artifact has no committed upload");
    const digest2 = `sha256:${encodeHex(hashOf("sha256", bytes2))}`;
    const size = request.field("size").uint64();
    if (size !== BigInt(bytes2.length)) {
      refuseTwirp("invalid_argument", `size ${size} does not match the uploaded size ${bytes2.length}`);
    }
    const hash = request.field("hash").string();
    if (hash !== "" && hash !== digest2) refuseTwirp("invalid_argument", "hash does not match the uploaded content");
    this.#blobs.seal(upload.path);
    upload.finalized = { bytes: bytes2, digest: digest2 };
    return { ok: true, artifact_id: upload.id };
  }
  #list(request, job) {
    this.#demandOwnJob(request, job);
    const name = request.field("nameFilter").string();
    const id2 = request.field("idFilter");
    const found = this.#visible(job).filter(
      (artifact) => (name === "" || artifact.name === name) && (!id2.present || artifact.id === String(id2.uint64()))
    );
    return {
      artifacts: found.map((artifact) => ({
        workflow_run_backend_id: artifact.runId,
        workflow_job_run_backend_id: artifact.jobId,
        database_id: artifact.id,
        name: artifact.name,
        size: String(artifact.bytes.length),
        created_at: artifact.createdAt.toISOString(),
        digest: artifact.digest
      }))
    };
  }
  #sign(request, job) {
    const { name, mimeType, path } = this.#named(request, job);
    const fileName3 = mimeType === "application/zip" ? `${name}.zip` : name;
    return { name, signed_url: this.#blobs.downloadUrl(path, { contentType: mimeType, fileName: fileName3 }) };
  }
  #delete(request, job) {
    const { id: id2, path } = this.#named(request, job);
    this.#uploads = this.#uploads.filter((upload) => upload.id !== id2);
    this.#blobs.delete(path);
    return { ok: true, artifact_id: id2 };
  }
  /** Returns the finalized artifacts of the job's run that have not expired, of any of its jobs. */
  #visible({ runId }) {
    const now = this.#sources.clock();
    return this.#uploads.flatMap(
      ({ finalized, ...upload }) => finalized && upload.runId === runId && upload.expiresAt > now ? [{ ...upload, ...finalized }] : []
    );
  }
  /** Returns the artifact that a request names, together with any job of the run. */
  #named(request, job) {
    const jobId = this.#jobIn(request, job);
    const name = request.field("name").string();
    return this.#visible(job).find((artifact) => artifact.name === name && [artifact.jobId, job.jobId].includes(jobId)) ?? refuseTwirp("not_found", "artifact not found");
  }
  #demandOwnJob(request, job) {
    if (this.#jobIn(request, job) !== job.jobId) refuseTwirp("permission_denied", "the token is not one of this job");
  }
  /** Returns the id of the job that a request names, which has to be one of the same run. */
  #jobIn(request, { runId }) {
    const jobId = request.field("workflowJobRunBackendId").string();
    if (request.field("workflowRunBackendId").string() !== runId) {
      refuseTwirp("permission_denied", "the token is not one of this workflow run");
    }
    if (!this.#jobs.some((known) => known.jobId === jobId)) refuseTwirp("not_found", "workflow job run not found");
    return jobId;
  }
};
function readMimeType(request) {
  const given = request.field("mimeType").string();
  const version = Number(request.field("version").uint64());
  if (version < 4) refuseTwirp("invalid_argument", "version is not supported");
  if (version < 7) return "application/zip";
  if (!/^[a-z]+\/[a-z0-9][a-z0-9.+-]*$/.test(given)) {
    refuseTwirp("invalid_argument", "mime_type a valid mime_type is required for this artifact version");
  }
  return given;
}

// sandbox/artifacts/signed-url.ts
import { createHmac, timingSafeEqual } from "node:crypto";
var UrlSigner = class {
  #sources;
  #key;
  constructor(sources) {
    this.#sources = sources;
    this.#key = sources.random(32);
  }
  /** Signs a URL with its query. The signature has `+`, `/` and `=`, which are percent-encoded. */
  sign(url, permissions, lifetimeSeconds2) {
    const signed = new URL(url);
    const expiry = wholeSecond(secondsAfter(this.#sources.clock(), lifetimeSeconds2));
    signed.searchParams.set("se", expiry.toISOString().replace(".000Z", "Z"));
    signed.searchParams.set("sp", permissions);
    signed.searchParams.set("spr", "https,http");
    signed.searchParams.set("sr", "b");
    signed.searchParams.set("sv", "2026-04-06");
    signed.searchParams.set("sig", this.#signature(signed));
    return signed.href;
  }
  /**
   * Verifies that a URL permits an operation.
   *
   * @throws Refusal `AuthenticationFailed`, `AuthorizationPermissionMismatch`
   */
  demand(url, permissions) {
    const given = Buffer.from(url.searchParams.get("sig") ?? "");
    const right = Buffer.from(this.#signature(url));
    if (given.length !== right.length || !timingSafeEqual(given, right)) {
      refuseBlob("AuthenticationFailed", "Signature did not match.");
    }
    if (new Date(url.searchParams.get("se") ?? "") < this.#sources.clock()) {
      refuseBlob("AuthenticationFailed", "Signature not valid in the specified time frame.");
    }
    if (url.searchParams.get("sp") !== permissions) {
      refuseBlob("AuthorizationPermissionMismatch", "This request is not authorized to perform this operation.");
    }
  }
  /** Signs the path and those parameters that Azure's clients do not add themselves. */
  #signature({ pathname, searchParams }) {
    const parts2 = ["rscd", "rsct", "se", "sp", "spr", "sr", "sv"].map((name) => searchParams.get(name) ?? "");
    return createHmac("sha256", this.#key).update([pathname, ...parts2].join("\n")).digest("base64");
  }
};

// sandbox/artifacts/blob-store.ts
var maxBlockLength = 64 * 1024 * 1024;
var BlobStore = class {
  /** The origin that serves the blobs. */
  origin;
  #sources;
  #signer;
  #blobs = /* @__PURE__ */ new Map();
  constructor(origin, sources) {
    this.origin = origin;
    this.#sources = sources;
    this.#signer = new UrlSigner(sources);
  }
  /** Returns a URL for uploading a blob, by default for an hour. */
  uploadUrl(path, lifetimeSeconds2 = 3600) {
    return this.#signer.sign(new URL(path, this.origin), "cw", lifetimeSeconds2);
  }
  /** Returns a URL for downloading a blob, by default for ten minutes, with the headers of the answer. */
  downloadUrl(path, { contentType, fileName: fileName3, lifetimeSeconds: lifetimeSeconds2 = 600 } = {}) {
    const url = new URL(path, this.origin);
    if (fileName3 !== void 0)
      url.searchParams.set(
        "rscd",
        `attachment; filename="${asciiOf(fileName3)}"; filename*=UTF-8''${encodeURIComponent(fileName3)}`
      );
    if (contentType !== void 0) url.searchParams.set("rsct", contentType);
    return this.#signer.sign(url, "r", lifetimeSeconds2);
  }
  /** Returns the committed contents of a blob; `undefined` if there are none. */
  bytes(path) {
    const committed = this.#blobs.get(path)?.committed;
    return committed && concatBytes(...committed.map(([, block2]) => block2));
  }
  /** Stores a blob without an upload. */
  keep(path, bytes2) {
    const blob = this.#blob(path);
    blob.committed = [["", bytes2]];
    blob.sealed = true;
  }
  /** Makes a blob immutable. */
  seal(path) {
    this.#blob(path).sealed = true;
  }
  delete(path) {
    this.#blobs.delete(path);
  }
  routes() {
    return [
      { method: "PUT", path: "/*", handle: (request) => this.#put(request), maxBodyLength: maxBlockLength },
      { method: "GET", path: "/*", handle: (request) => this.#get(request) }
    ];
  }
  #put(request) {
    this.#authorize(request, "cw");
    const { url, body, headers } = request;
    const blob = this.#blob(url.pathname);
    if (blob.sealed)
      refuseBlob("BlobImmutableDueToPolicy", "This operation is not permitted as the blob is immutable.");
    switch (url.searchParams.get("comp")) {
      case "block":
        putBlock(blob, url.searchParams.get("blockid") ?? "", body);
        break;
      case "blocklist":
        commit(blob, decodeUtf8(body) ?? "");
        blob.contentType = String(headers["x-ms-blob-content-type"] ?? "application/octet-stream");
        break;
      default:
        refuseBlob("InvalidQueryParameterValue", "The sandbox takes blobs in blocks only.");
    }
    const etag = `"0x${encodeHex(this.#sources.random(8)).toUpperCase()}"`;
    return { status: 201, headers: { ...this.#headers(), etag, "last-modified": this.#now() }, body: new Uint8Array() };
  }
  #get(request) {
    this.#authorize(request, "r");
    const { pathname, searchParams } = request.url;
    const body = this.bytes(pathname) ?? refuseBlob("BlobNotFound", "The specified blob does not exist.");
    const disposition = searchParams.get("rscd");
    return {
      status: 200,
      headers: {
        ...this.#headers(),
        "content-type": searchParams.get("rsct") ?? this.#blob(pathname).contentType,
        ...disposition === null ? {} : { "content-disposition": disposition }
      },
      body
    };
  }
  /** Checks the URL, which is the credential. A token in the headers is for another host, and was sent here by mistake. */
  #authorize({ url, headers }, permissions) {
    if (headers.authorization !== void 0) {
      refuseBlob(
        "AuthenticationFailed",
        "Server failed to authenticate the request: an Authorization header came with a signed URL."
      );
    }
    this.#signer.demand(url, permissions);
  }
  #blob(path) {
    const blob = this.#blobs.get(path) ?? {
      uncommitted: /* @__PURE__ */ new Map(),
      committed: void 0,
      contentType: "application/octet-stream",
      sealed: false
    };
    this.#blobs.set(path, blob);
    return blob;
  }
  #headers() {
    return { "x-ms-request-id": encodeHex(this.#sources.random(16)), "x-ms-version": "2026-04-06", date: this.#now() };
  }
  #now() {
    return this.#sources.clock().toUTCString();
  }
};
function putBlock(blob, id2, body) {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(id2) || id2.length % 4 !== 0 || id2.length > 88) {
    refuseBlob(
      "InvalidQueryParameterValue",
      "Value for one of the query parameters specified in the request URI is invalid."
    );
  }
  const [other = id2] = blob.uncommitted.keys();
  if (other.length !== id2.length) refuseBlob("InvalidBlobOrBlock", "The specified blob or block content is invalid.");
  blob.uncommitted.set(id2, body);
}
var listShape = /^(?:\uFEFF)?\s*(?:<\?xml[^>]*\?>)?\s*<BlockList>\s*((?:<(Latest|Uncommitted|Committed)>[A-Za-z0-9+/=]+<\/\2>\s*)*)<\/BlockList>\s*$/;
function commit(blob, xml) {
  const [, items] = listShape.exec(xml) ?? refuseBlob("InvalidXmlDocument", "XML specified is not syntactically valid.");
  const before = new Map(blob.committed);
  const committed = [...(items ?? "").matchAll(/<(\w+)>([^<]+)</g)].map(([, from, id2 = ""]) => {
    const block2 = (from === "Committed" ? void 0 : blob.uncommitted.get(id2)) ?? (from === "Uncommitted" ? void 0 : before.get(id2)) ?? refuseBlob("InvalidBlockList", "The specified block list is invalid.");
    return [id2, block2];
  });
  blob.committed = committed;
  blob.uncommitted.clear();
}
function asciiOf(name) {
  return name.replace(/[^\x20-\x7e]|["\\]/g, "_");
}

// sandbox/merkle/tree.ts
import { createHash as createHash2 } from "node:crypto";
var hashLength = 32;
function leafHash(entry2) {
  return new Uint8Array(
    createHash2("sha256").update(new Uint8Array([0])).update(entry2).digest()
  );
}
function nodeHash(left, right) {
  return new Uint8Array(
    createHash2("sha256").update(new Uint8Array([1])).update(left).update(right).digest()
  );
}
function treeLength(size) {
  return hashLength * nodeCount(size);
}
var MerkleTree = class {
  #nodes;
  #size;
  /** Opens a tree of the first `size` leaves in a file of hashes; by default an empty one, in memory. */
  constructor(nodes = new MemoryStorage().appendFile("nodes"), size = 0) {
    if (nodes.length < treeLength(size))
      throw new RangeError(`the hashes of a tree of ${size} leaves are not all there`);
    if (nodes.length > treeLength(size)) nodes.truncate(treeLength(size));
    this.#nodes = nodes;
    this.#size = size;
  }
  get size() {
    return this.#size;
  }
  /** Appends a leaf by its hash, and returns its index. */
  append(leaf) {
    const index = this.#size;
    const completed = [leaf];
    let hash = leaf;
    for (let level = 0, position = index; position % 2 === 1; level++, position = (position - 1) / 2) {
      hash = nodeHash(this.node(level, position - 1), hash);
      completed.push(hash);
    }
    this.#nodes.append(concatBytes(...completed));
    this.#size += 1;
    return index;
  }
  /** Removes all leaves from this size on, which no client has seen. */
  truncate(size) {
    this.#size = size;
    this.#nodes.truncate(treeLength(size));
  }
  /** Returns the root of the perfect subtree at this level and position, which must be complete. */
  node(level, position) {
    if (position >= this.width(level)) throw new RangeError(`no perfect subtree ${position} at level ${level}`);
    const lastLeaf = (position + 1) * 2 ** level - 1;
    return this.#nodes.read(hashLength * (nodeCount(lastLeaf) + level), hashLength);
  }
  /** Returns the number of perfect subtrees at this level. */
  width(level) {
    return Math.floor(this.size / 2 ** level);
  }
  root(size = this.size) {
    this.#demandSize(size);
    return size === 0 ? new Uint8Array(createHash2("sha256").digest()) : this.#range(0, size);
  }
  /** Returns the audit path of a leaf, from the leaf upwards (RFC 9162, section 2.1.3.1). */
  inclusionProof(index, size = this.size) {
    this.#demandSize(size);
    if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
      throw new RangeError(`no leaf ${index} in a tree of ${size}`);
    }
    return this.#descend(index, size, (from, to) => to - from === 1).siblings;
  }
  /** Proves that the tree of the first size is a prefix of that of the second (RFC 9162, section 2.1.4.1). */
  consistencyProof(first, second = this.size) {
    this.#demandSize(second);
    if (!Number.isSafeInteger(first) || first < 0 || first > second) {
      throw new RangeError(`no proof from ${first} to ${second}`);
    }
    if (first === 0 || first === second) return [];
    const { from, siblings } = this.#descend(first - 1, second, (_, to) => to === first);
    return from === 0 ? siblings : [this.#range(from, first), ...siblings];
  }
  /** Goes down from the root towards a leaf, and returns where it stopped and the siblings it passed, the lowest first. */
  #descend(index, size, stops) {
    const siblings = [];
    let [from, to] = [0, size];
    while (!stops(from, to)) {
      const middle = from + 2 ** Math.floor(Math.log2(to - from - 1));
      siblings.unshift(index < middle ? this.#range(middle, to) : this.#range(from, middle));
      if (index < middle) to = middle;
      else from = middle;
    }
    return { from, siblings };
  }
  /** Returns the root over the leaves [from, to), where `from` is a multiple of a power of two not less than their number. */
  #range(from, to) {
    const rest = [];
    let start2 = from;
    while (start2 < to) {
      const level = Math.floor(Math.log2(to - start2));
      rest.push(this.node(level, start2 / 2 ** level));
      start2 += 2 ** level;
    }
    return rest.reduceRight((right, left) => nodeHash(left, right));
  }
  #demandSize(size) {
    if (!Number.isSafeInteger(size) || size < 0 || size > this.size) {
      throw new RangeError(`the tree never had the size ${size}`);
    }
  }
};
function nodeCount(size) {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return 2 * size - ones;
}

// sandbox/merkle/consistency.ts
function isConsistent(first, second, proof) {
  if (first.size === 0) return proof.length === 0;
  if (first.size === second.size) return proof.length === 0 && equalBytes(first.root, second.root);
  const isPerfect = Number.isInteger(Math.log2(first.size));
  const [start2, ...rest] = isPerfect ? [first.root, ...proof] : proof;
  if (start2 === void 0) return false;
  let [node, last] = [first.size - 1, second.size - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  let [left, whole] = [start2, start2];
  for (const hash of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      [left, whole] = [nodeHash(hash, left), nodeHash(hash, whole)];
      while (node % 2 === 0 && node > 0) [node, last] = [half(node), half(last)];
    } else {
      whole = nodeHash(whole, hash);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && equalBytes(left, first.root) && equalBytes(whole, second.root);
}
function half(number3) {
  return Math.floor(number3 / 2);
}

// sandbox/log/key-index.ts
var keyLength = 16;
var recordLength = keyLength + 8;
var recordsAtOnce = 65536;
var KeyIndex = class {
  #file;
  #count = 0;
  /** The latest record in each bucket, plus one; 0 for an empty bucket. There are as many buckets as there is room for records. */
  #latest = new Uint32Array(1024);
  /** The first four bytes of each record's key, of which the last bits are its bucket. */
  #starts = new Uint32Array(1024);
  /** The record before each record in its bucket, plus one; 0 for the first. */
  #previous = new Uint32Array(1024);
  /** Opens the first `count` records of a file, and cuts off the rest. */
  constructor(file, count = 0) {
    file.truncate(count * recordLength);
    this.#file = file;
    for (let start2 = 0; start2 < count; start2 += recordsAtOnce) {
      const records = Math.min(recordsAtOnce, count - start2);
      const view = viewOf(file.read(start2 * recordLength, records * recordLength));
      for (let at = 0; at < view.byteLength; at += recordLength) this.#insert(view.getUint32(at));
    }
  }
  /** The number of records. */
  get count() {
    return this.#count;
  }
  /** Adds an entry under each of these keys, which are hashes of at least 16 bytes. */
  add(keys2, entry2) {
    const kept = keys2.map((key) => key.subarray(0, keyLength));
    this.#file.append(concatBytes(...kept.flatMap((key) => [key, uintBytes(entry2, 8)])));
    for (const key of kept) this.#insert(viewOf(key).getUint32(0));
  }
  /** Returns the entries under a key, the earliest first. */
  find(key) {
    const start2 = viewOf(key).getUint32(0);
    const found = [];
    for (let next = this.#latest[this.#bucket(start2)] ?? 0; next > 0; next = this.#previous[next - 1] ?? 0) {
      if (this.#starts[next - 1] !== start2) continue;
      const record = this.#file.read((next - 1) * recordLength, recordLength);
      if (equalBytes(record.subarray(0, keyLength), key.subarray(0, keyLength))) {
        found.push(Number(viewOf(record).getBigUint64(keyLength)));
      }
    }
    return found.reverse();
  }
  /** Removes the records from this number on. */
  truncate(count) {
    for (let record = this.#count - 1; record >= count; record--) {
      this.#latest[this.#bucket(this.#starts[record] ?? 0)] = this.#previous[record] ?? 0;
    }
    this.#count = count;
    this.#file.truncate(count * recordLength);
  }
  #insert(start2) {
    if (this.#count === this.#starts.length) this.#grow();
    this.#starts[this.#count] = start2;
    this.#link(this.#count);
    this.#count += 1;
  }
  #link(record) {
    const bucket = this.#bucket(this.#starts[record] ?? 0);
    this.#previous[record] = this.#latest[bucket] ?? 0;
    this.#latest[bucket] = record + 1;
  }
  #bucket(start2) {
    return start2 & this.#latest.length - 1;
  }
  #grow() {
    const starts = new Uint32Array(2 * this.#count);
    starts.set(this.#starts);
    this.#starts = starts;
    this.#previous = new Uint32Array(starts.length);
    this.#latest = new Uint32Array(starts.length);
    for (let record = 0; record < this.#count; record++) this.#link(record);
  }
};
function viewOf(bytes2) {
  return new DataView(bytes2.buffer, bytes2.byteOffset, bytes2.length);
}

// sandbox/log/log-store.ts
var recordLength2 = 24;
var LogStore = class {
  tree;
  #entries;
  #keys;
  #index;
  /**
   * @param hashOf returns the leaf hash of an entry, by default that of all its bytes: a certificate log hashes a part of them
   * @throws CountersignError `USAGE` if the files are damaged, which killing the sandbox cannot cause
   */
  constructor(storage = new MemoryStorage(), hashOf2 = leafHash) {
    this.#entries = storage.appendFile("entries");
    this.#index = storage.appendFile("index");
    const nodes = storage.appendFile("nodes");
    const size = Math.floor(this.#index.length / recordLength2);
    try {
      if (nodes.length > treeLength(size + 1)) throw new RangeError("it has hashes of entries that do not exist");
      const end = this.#record(size - 1);
      this.tree = new MerkleTree(nodes, size);
      this.#demandLast(hashOf2);
      this.#keys = new KeyIndex(storage.appendFile("keys"), end.keys);
      this.#entries.truncate(end.entries);
      this.#index.truncate(size * recordLength2);
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      fail("USAGE", `a log of the sandbox is damaged: ${cause.message}`, {
        cause,
        remedy: "Use another state folder. A log that has lost entries cannot be continued."
      });
    }
  }
  get size() {
    return this.tree.size;
  }
  /** Appends an entry, and returns its index. */
  append({ bytes: bytes2, leafHash: leafHash2, time: time2, keys: keys2 = [] }) {
    const index = this.size;
    const before = this.#record(index - 1);
    try {
      this.#entries.append(bytes2);
      this.#keys.add([leafHash2, ...keys2], index);
      this.tree.append(leafHash2);
      const numbers = [this.#entries.length, this.#keys.count, time2.getTime()];
      this.#index.append(concatBytes(...numbers.map((number3) => uintBytes(number3, 8))));
    } catch (cause) {
      try {
        this.#entries.truncate(before.entries);
      } finally {
        try {
          this.#keys.truncate(before.keys);
        } finally {
          this.tree.truncate(index);
        }
      }
      throw cause;
    }
    return index;
  }
  /** @throws RangeError if there is none */
  entry(index) {
    return this.entries(index, 1)[0] ?? absent(index);
  }
  /** Returns `count` entries, from this one on. */
  entries(index, count) {
    if (index < 0 || index + count > this.size) absent(index + count - 1);
    const start2 = this.#record(index - 1).entries;
    const records = this.#index.read(index * recordLength2, count * recordLength2);
    const ends = Array.from({ length: count }, (_, at) => decodeRecord(records, at * recordLength2).entries);
    const bytes2 = this.#entries.read(start2, (ends.at(-1) ?? start2) - start2);
    return ends.map((end, at) => bytes2.subarray((ends[at - 1] ?? start2) - start2, end - start2));
  }
  /** Returns the time at which an entry was appended. */
  time(index) {
    return index >= 0 && index < this.size ? this.#record(index).time : absent(index);
  }
  leafHash(index) {
    return this.tree.node(0, index);
  }
  /** Returns the entries under a key, the earliest first. */
  find(key) {
    return this.#keys.find(key);
  }
  /** Returns the first entry whose leaf has this hash. */
  findLeaf(hash) {
    return this.find(hash).find((index) => equalBytes(this.leafHash(index), hash));
  }
  /** Checks that the last entry belongs to the last leaf, before anything is cut off. */
  #demandLast(hashOf2) {
    const last = this.size - 1;
    if (last >= 0 && !equalBytes(hashOf2(this.entry(last)), this.leafHash(last))) {
      throw new RangeError(`entry ${last} does not match its leaf hash`);
    }
  }
  #record(index) {
    if (index < 0) return decodeRecord(new Uint8Array(recordLength2), 0);
    return decodeRecord(this.#index.read(index * recordLength2, recordLength2), 0);
  }
};
function decodeRecord(bytes2, at) {
  const view = new DataView(bytes2.buffer, bytes2.byteOffset + at, recordLength2);
  const uint = (offset) => Number(view.getBigUint64(offset));
  return { entries: uint(0), keys: uint(8), time: new Date(uint(16)) };
}
function absent(index) {
  throw new RangeError(`no entry ${index}`);
}

// sandbox/log/note.ts
var ed25519Type = 1;
var ecdsaType = 2;
var cosignatureTypes = { Ed25519: 4, "ML-DSA-44": 6 };
function noteSigner(name, key) {
  const keyHash = key.kind === "Ed25519" ? namedKeyHash(name, ed25519Type, keyBits(key.publicKey)) : hashOf("sha256", key.publicKey);
  return { name, key, keyHash, sign: (text2) => key.sign(text2) };
}
function witness(name, key, clock) {
  const message2 = key.kind === "ML-DSA-44" ? cosignedMessage : cosignedText;
  const sign2 = (text2) => {
    const time2 = Math.floor(clock().getTime() / 1e3);
    return concatBytes(uintBytes(time2, 8), key.sign(message2(name, time2, text2)));
  };
  return { name, key, keyHash: namedKeyHash(name, cosignatureType(key), keyBits(key.publicKey)), sign: sign2 };
}
function cosignatureType({ kind }) {
  return kind === "ML-DSA-44" ? cosignatureTypes[kind] : cosignatureTypes.Ed25519;
}
function cosignedText(_name, time2, text2) {
  return concatBytes(utf8(`cosignature/v1
time ${time2}
`), text2);
}
function cosignedMessage(name, time2, text2) {
  const { origin, size, root } = readCheckpointText(text2);
  const named = (bytes2) => concatBytes(uintBytes(bytes2.length, 1), bytes2);
  const tree = [uintBytes(0, 8), uintBytes(size, 8), root];
  return concatBytes(utf8("subtree/v1\n\0"), named(utf8(name)), uintBytes(time2, 8), named(utf8(origin)), ...tree);
}
function verifierKey({ name, keyHash, key }) {
  const raw = keyBits(key.publicKey);
  const isWitness = equalBytes(namedKeyHash(name, cosignatureType(key), raw), keyHash);
  const [type, bytes2] = isWitness ? [cosignatureType(key), raw] : key.kind === "Ed25519" ? [ed25519Type, raw] : [ecdsaType, key.publicKey];
  const encoded = encodeBase64(concatBytes(new Uint8Array([type]), bytes2));
  return `${name}+${encodeHex(keyHash.subarray(0, 4))}+${encoded}`;
}
function namedKeyHash(name, type, key) {
  return hashOf("sha256", utf8(`${name}
`), new Uint8Array([type]), key);
}
function signNote(text2, signers) {
  return `${text2}
${signers.map((signer) => signatureLine(signer, signer.sign(utf8(text2)))).join("")}`;
}
function signatureLine({ name, keyHash }, signature2) {
  return `\u2014 ${name} ${encodeBase64(concatBytes(keyHash.subarray(0, 4), signature2))}
`;
}
function readNote(note) {
  const end = note.lastIndexOf("\n\n");
  if (end < 0) throw new RangeError("the note has no signatures");
  const signatures = note.slice(end + 2).split("\n").slice(0, -1);
  return { text: note.slice(0, end + 1), lines: signatures.map(readNoteLine) };
}
function readNoteLine(line) {
  const [, name, blob] = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line) ?? [];
  if (name === void 0 || blob === void 0) throw new RangeError("a line of the note is not a signature");
  const bytes2 = decodeBase64(blob);
  return { name, keyId: bytes2.subarray(0, 4), signature: bytes2.subarray(4) };
}
function checkpointText({ origin, size, root, extensionLines }) {
  return [origin, String(size), encodeBase64(root), ...extensionLines].map((line) => `${line}
`).join("");
}
function readCheckpointText(text2) {
  const [origin = "", size = "", root = "", ...extensionLines] = Buffer.from(text2).toString().slice(0, -1).split("\n");
  const isRight = origin !== "" && /^(?:0|[1-9]\d{0,14})$/.test(size) && /^[A-Za-z0-9+/]{43}=$/.test(root);
  if (!isRight) throw new RangeError("the text is not that of a checkpoint");
  return { origin, size: Number(size), root: decodeBase64(root), extensionLines };
}

// sandbox/log/tiles.ts
var tileWidth = 256;
var tileHeight = 8;
var pathForm = /^(\w+)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;
function tileAt(store, path, { name, encode: encode4 }) {
  const [, level = "", groups = "", partial] = pathForm.exec(path) ?? [];
  const width = partial === void 0 ? tileWidth : Number(partial);
  if (groups.startsWith("x000") || partial !== void 0 && width >= tileWidth) return void 0;
  const start2 = Number(groups.replace(/[x/]/g, "")) * tileWidth;
  if (level === name)
    return start2 + width > store.size ? void 0 : concatBytes(...store.entries(start2, width).map(encode4));
  if (!/^(?:0|[1-9]\d?)$/.test(level)) return void 0;
  const treeLevel = Number(level) * tileHeight;
  if (start2 + width > store.tree.width(treeLevel)) return void 0;
  return concatBytes(...Array.from({ length: width }, (_, at) => store.tree.node(treeLevel, start2 + at)));
}

// sandbox/log/transparency-log.ts
var maxEntryLength = 65535;
var TransparencyLog = class _TransparencyLog {
  origin;
  signer;
  store;
  #clock;
  #maxEntryLength;
  #witnesses;
  #checkpoints;
  #seen;
  #frozen;
  constructor({ origin, kind = "Ed25519", key, signerName = origin, ...options }) {
    this.origin = origin;
    this.signer = noteSigner(signerName, key ?? generateSigningKey(kind));
    this.store = options.store ?? new LogStore();
    this.#clock = options.clock ?? systemSources.clock;
    this.#maxEntryLength = options.maxEntryLength ?? maxEntryLength;
    this.#witnesses = options.witnesses ?? [];
    this.#checkpoints = options.checkpoints ?? {};
    this.#seen = options.seen ?? ((size, root) => size <= this.size && equalBytes(root, this.root(size)));
  }
  get size() {
    return this.store.size;
  }
  /** The id of the log in a trusted root (`logId.keyId`). */
  get logId() {
    return this.signer.keyHash;
  }
  /** SubjectPublicKeyInfo, DER. */
  get publicKey() {
    return this.signer.key.publicKey;
  }
  /** Appends an entry, which can be found by its leaf's hash and by each of these keys, which are hashes. Returns its index. */
  append(body, keys2 = []) {
    if (this.#frozen !== void 0) throw new RangeError("the log is frozen");
    if (body.length > this.#maxEntryLength) throw new RangeError(`an entry of ${body.length} bytes`);
    return this.store.append({ bytes: body, leafHash: leafHash(body), time: this.#clock(), keys: keys2 });
  }
  body(index) {
    return this.store.entry(index);
  }
  root(size) {
    return this.store.tree.root(size);
  }
  inclusionProof(index, size) {
    return this.store.tree.inclusionProof(index, size);
  }
  consistencyProof(first, second) {
    return this.store.tree.consistencyProof(first, second);
  }
  /** The time at which the log was frozen, if it was. */
  get frozen() {
    return this.#frozen;
  }
  /** Freezes the log: it refuses new entries, and its last checkpoint says so. */
  freeze(time2) {
    this.#frozen = time2;
  }
  /** Returns a signed checkpoint, of the current size unless changed. */
  checkpoint(changes = {}) {
    const overrides = { ...this.#checkpoints, ...changes };
    const {
      origin = this.origin,
      size = this.size,
      root = this.root(size),
      extensionLines = this.#extension(size)
    } = overrides;
    const isOwn = origin === this.origin && this.#seen(size, root);
    const { signers = [this.signer, ...isOwn ? this.#witnesses : []] } = overrides;
    return signNote(checkpointText({ origin, size, root, extensionLines }), signers);
  }
  #extension(size) {
    return this.#frozen === void 0 || size < this.size ? [] : [frozenLine(this.#frozen)];
  }
  /** Returns a log of the same name and key that shows another store or other checkpoints. Witnesses cosign only its true, current state. */
  showing({
    store = this.store,
    checkpoints = {}
  }) {
    const { name: signerName, key } = this.signer;
    const seen = (size, root) => size === this.size && equalBytes(root, this.root(size));
    const limit = { maxEntryLength: this.#maxEntryLength };
    const own = { origin: this.origin, signerName, key, clock: this.#clock, witnesses: this.#witnesses, ...limit };
    return new _TransparencyLog({ ...own, store, checkpoints, seen });
  }
  /** Returns an entry with its inclusion proof in the current tree. */
  entry(index) {
    return {
      logIndex: String(index),
      logId: { keyId: encodeBase64(this.logId) },
      kindVersion: { kind: "hashedrekord", version: "0.0.2" },
      integratedTime: "0",
      inclusionPromise: null,
      inclusionProof: {
        logIndex: String(index),
        rootHash: encodeBase64(this.root()),
        treeSize: String(this.size),
        hashes: this.inclusionProof(index).map(encodeBase64),
        checkpoint: { envelope: this.checkpoint() }
      },
      canonicalizedBody: encodeBase64(this.body(index))
    };
  }
};
function frozenLine(time2) {
  const [day2, date, month, year, clock] = time2.toUTCString().replace(",", "").split(" ");
  return `Log frozen \u2014 ${day2} ${month} ${String(Number(date)).padStart(2)} ${clock} UTC ${year}`;
}

// sandbox/certificate-log/encoding.ts
function timestampedEntry(time2, entry2, extensions) {
  const logged = entry2.kind === "x509" ? [uintBytes(0, 2), withLength(entry2.certificate, 3)] : [uintBytes(1, 2), entry2.issuerKeyHash, withLength(entry2.tbsCertificate, 3)];
  return concatBytes(uintBytes(time2.getTime(), 8), ...logged, withLength(extensions, 2));
}
function merkleTreeLeaf(entry2) {
  return concatBytes(uintBytes(0, 2), entry2);
}
function tileLeaf(entry2, precertificate, issuers) {
  return concatBytes(
    entry2,
    ...precertificate === void 0 ? [] : [withLength(precertificate, 3)],
    withLength(concatBytes(...issuers), 2)
  );
}
function readTileLeaf(leaf) {
  let at = 0;
  const take = (length) => {
    at += length;
    return leaf.subarray(at - length, at);
  };
  const vector = (width) => take(number2(take(width)));
  const time2 = new Date(number2(take(8)));
  const kind = number2(take(2)) === 0 ? "x509" : "precertificate";
  if (kind === "precertificate") take(32);
  const signed = vector(3);
  const extensions = vector(2);
  const entry2 = leaf.subarray(0, at);
  const certificate = kind === "x509" ? signed : vector(3);
  const fingerprints = vector(2);
  const issuers = Array.from(
    { length: fingerprints.length / 32 },
    (_, one) => fingerprints.subarray(one * 32, one * 32 + 32)
  );
  return { entry: entry2, time: time2, kind, certificate, extensions, issuers };
}
function leafIndexExtension(index) {
  return concatBytes(uintBytes(0, 1), withLength(uintBytes(index, 5), 2));
}
function digitallySigned(signature2) {
  return concatBytes(new Uint8Array([4, 3]), withLength(signature2, 2));
}
function treeHead(time2, size, root) {
  return concatBytes(new Uint8Array([0, 1]), uintBytes(time2.getTime(), 8), uintBytes(size, 8), root);
}
function withLength(bytes2, width) {
  return concatBytes(uintBytes(bytes2.length, width), bytes2);
}
function number2(bytes2) {
  return bytes2.reduce((value, byte) => value * 256 + byte, 0);
}

// sandbox/certificate-log/certificate-log.ts
var treeHeadType = 5;
var CertificateLog = class _CertificateLog {
  origin;
  key;
  /** SHA-256 of the log's SubjectPublicKeyInfo (RFC 6962, section 3.2). */
  logId;
  store;
  #storage;
  #issuers;
  #clock;
  constructor(clock, { origin = "ct.countersign.sandbox", storage = new MemoryStorage(), store } = {}) {
    this.origin = origin;
    this.key = keptSigningKey(storage, "log", "P-256");
    this.logId = hashOf("sha256", this.key.publicKey);
    this.store = store ?? new LogStore(storage, (leaf) => leafHash(merkleTreeLeaf(readTileLeaf(leaf).entry)));
    this.#storage = storage;
    this.#issuers = storage.folder("issuers");
    this.#clock = clock;
  }
  /** Logs a precertificate, and returns a SignedCertificateTimestamp (RFC 6962, section 3.2). */
  submit(precertificate, overrides = {}) {
    const { tbsCertificate, issuerKeyHash, certificate = new Uint8Array(), issuers = [] } = precertificate;
    return this.#add({ kind: "precertificate", tbsCertificate, issuerKeyHash }, { certificate, issuers }, overrides);
  }
  /** Logs a certificate, and returns a SignedCertificateTimestamp. */
  submitFinal(final) {
    return this.#add({ kind: "x509", certificate: final.certificate }, final, {});
  }
  /** Returns the SCT of a certificate or precertificate, DER, that is in the log already. */
  find(certificate) {
    const [index] = this.store.find(hashOf("sha256", certificate));
    if (index === void 0) return void 0;
    const { entry: entry2, time: time2, extensions } = this.entry(index);
    return this.#sct(entry2, time2, extensions, {});
  }
  /** Returns a log of the same name and key that shows another store. */
  showing(store) {
    return new _CertificateLog(this.#clock, { origin: this.origin, storage: this.#storage, store });
  }
  entry(index) {
    return readTileLeaf(this.store.entry(index));
  }
  /** Returns a certificate above a logged one by its SHA-256, in hexadecimal. */
  issuer(fingerprint) {
    return this.#issuers.read(fingerprint);
  }
  /** Signs a tree head (RFC 6962, section 3.5). The signature is a DigitallySigned. */
  treeHead(size = this.store.size, root = this.store.tree.root(size)) {
    const time2 = this.#clock();
    return { time: time2, signature: digitallySigned(this.key.sign(treeHead(time2, size, root), "sha256")) };
  }
  /** Returns a checkpoint, whose signature is a tree head. */
  checkpoint() {
    const { size, tree } = this.store;
    const { time: time2, signature: signature2 } = this.treeHead();
    const keyHash = namedKeyHash(this.origin, treeHeadType, this.logId);
    const sign2 = () => concatBytes(uintBytes(time2.getTime(), 8), signature2);
    const text2 = checkpointText({ origin: this.origin, size, root: tree.root(), extensionLines: [] });
    return signNote(text2, [{ name: this.origin, key: this.key, keyHash, sign: sign2 }]);
  }
  #add(signed, { certificate, issuers }, overrides) {
    const time2 = overrides.timestamp ?? this.#clock();
    const extensions = overrides.extensions ?? leafIndexExtension(this.store.size);
    const entry2 = timestampedEntry(time2, signed, extensions);
    const fingerprints = issuers.map((issuer) => this.#keepIssuer(issuer));
    const precertificate = signed.kind === "precertificate" ? certificate : void 0;
    this.store.append({
      bytes: tileLeaf(entry2, precertificate, fingerprints),
      leafHash: leafHash(merkleTreeLeaf(entry2)),
      time: time2,
      keys: [hashOf("sha256", certificate)]
    });
    return this.#sct(entry2, time2, extensions, overrides);
  }
  #sct(entry2, time2, extensions, overrides) {
    const key = overrides.signingKey ?? this.key;
    const signature2 = overrides.signature ?? key.sign(merkleTreeLeaf(entry2), "sha256");
    return concatBytes(
      uintBytes(overrides.version ?? 0, 1),
      overrides.logId ?? this.logId,
      uintBytes(time2.getTime(), 8),
      withLength(extensions, 2),
      digitallySigned(signature2)
    );
  }
  #keepIssuer(issuer) {
    const fingerprint = hashOf("sha256", issuer);
    const name = encodeHex(fingerprint);
    if (this.#issuers.read(name) === void 0) this.#issuers.write(name, issuer);
    return fingerprint;
  }
};
function encodeSctList(scts) {
  return withLength(concatBytes(...scts.map((sct) => withLength(sct, 2))), 2);
}

// sandbox/certificate-log/chain.ts
import { X509Certificate } from "node:crypto";
var poisonOid = "1.3.6.1.4.1.11129.2.4.3";
var poisonValue = new Uint8Array([5, 0]);
function checkChain(chain, roots) {
  const [certificate, ...given] = chain;
  if (certificate === void 0) throw new RangeError("cert chain was empty");
  const last = chain.at(-1) ?? certificate;
  const isRoot = roots.some((root2) => equalBytes(root2, last));
  const root = isRoot ? last : roots.find((one) => isIssuedBy(last, one));
  if (root === void 0 || isRoot && given.length === 0)
    throw new RangeError("x509: certificate signed by unknown authority");
  const above = isRoot ? given : [...given, root];
  [certificate, ...above].reduce((issued, issuer2) => {
    if (!isIssuedBy(issued, issuer2)) throw new RangeError("x509: a certificate of the chain is not signed by the next");
    return issuer2;
  });
  const issuer = above[0] ?? certificate;
  const poison = extensionValue(certificate, poisonOid);
  if (poison !== void 0 && !equalBytes(poison, poisonValue)) {
    throw new RangeError("CT poison ext is not a proper poison");
  }
  const precertificate = poison === void 0 ? void 0 : {
    certificate,
    issuers: above,
    tbsCertificate: withoutExtension(tbsCertificateOf(certificate), poisonOid),
    issuerKeyHash: hashOf("sha256", subjectPublicKeyInfo(new X509Certificate(issuer).publicKey))
  };
  return { certificate, issuers: above, precertificate };
}
function isIssuedBy(certificate, issuer) {
  try {
    const [issued, above] = [new X509Certificate(certificate), new X509Certificate(issuer)];
    return issued.issuer === above.subject && issued.verify(above.publicKey);
  } catch {
    throw new RangeError("x509: malformed certificate");
  }
}

// sandbox/certificate-log/certificate-log-service.ts
var maxEntries = 256;
var CertificateLogService = class _CertificateLogService {
  log;
  #roots;
  /** @param roots the roots, DER, to which submitted chains must lead */
  constructor(log, roots) {
    this.log = log;
    this.#roots = roots;
  }
  /** Returns the same service for another log. */
  over(log) {
    return new _CertificateLogService(log, this.#roots);
  }
  routes(path) {
    const add2 = (name, kind) => ({
      method: "POST",
      path: `${path}/ct/v1/${name}`,
      handle: ({ body }) => jsonResponse(200, this.#add(body, kind))
    });
    const get = (name, answer) => ({
      method: "GET",
      path: `${path}/ct/v1/${name}`,
      handle: ({ url }) => jsonResponse(200, answer(url.searchParams))
    });
    const file = (name, answer) => ({
      method: "GET",
      path: `${path}/${name}`,
      handle: ({ url }) => answer(url.pathname.slice(`${path}/${name}`.replace("*", "").length))
    });
    return [
      add2("add-chain", "x509"),
      add2("add-pre-chain", "precertificate"),
      get("get-roots", () => ({ certificates: this.#roots.map(encodeBase64) })),
      get("get-sth", () => this.#treeHead()),
      get("get-sth-consistency", (query) => this.#consistency(query)),
      get("get-proof-by-hash", (query) => this.#proof(query)),
      get("get-entries", (query) => this.#entries(query)),
      file("checkpoint", () => bytes(utf8(this.log.checkpoint()), "text/plain; charset=utf-8")),
      file(
        "tile/*",
        (rest) => bytes(tileAt(this.log.store, rest, { name: "data", encode: (leaf) => leaf }) ?? absent2())
      ),
      file("issuer/*", (rest) => bytes(this.log.issuer(rest) ?? absent2(), "application/pkix-cert"))
    ];
  }
  #add(body, kind) {
    const { certificate, issuers, precertificate } = this.#chain(body);
    if (kind === "precertificate" && precertificate === void 0) refuse3("certificate is not a precertificate");
    if (kind === "x509" && precertificate !== void 0) refuse3("precertificate was sent to add-chain");
    const sct = this.log.find(certificate) ?? (precertificate === void 0 ? this.log.submitFinal({ certificate, issuers }) : this.log.submit(precertificate));
    return sctJson(sct);
  }
  #chain(body) {
    const chain = readChain(body);
    try {
      return checkChain(chain, this.#roots);
    } catch (error) {
      if (error instanceof RangeError) refuse3(`failed to verify add-chain contents: ${error.message}`);
      throw error;
    }
  }
  #treeHead() {
    const { size, tree } = this.log.store;
    const { time: time2, signature: signature2 } = this.log.treeHead();
    return {
      tree_size: size,
      timestamp: time2.getTime(),
      sha256_root_hash: encodeBase64(tree.root()),
      tree_head_signature: encodeBase64(signature2)
    };
  }
  #consistency(query) {
    const [first, second] = [wholeNumber(query, "first"), wholeNumber(query, "second")];
    const { size, tree } = this.log.store;
    if (first > second || second > size) refuse3(`first and second must be in order, and at most ${size}`);
    return { consistency: tree.consistencyProof(first, second).map(encodeBase64) };
  }
  #proof(query) {
    const { store } = this.log;
    const size = wholeNumber(query, "tree_size");
    if (size < 1 || size > store.size) refuse3(`tree_size must be from 1 to ${store.size}`);
    const index = store.find(readHash(query.get("hash") ?? "")).find((one) => one < size) ?? absent2();
    return { leaf_index: index, audit_path: store.tree.inclusionProof(index, size).map(encodeBase64) };
  }
  #entries(query) {
    const [start2, end] = [wholeNumber(query, "start"), wholeNumber(query, "end")];
    const { size } = this.log.store;
    if (start2 > end || start2 >= size) refuse3(`start and end must be in order, and start less than ${size}`);
    const count = Math.min(end + 1, size, start2 + maxEntries) - start2;
    return { entries: Array.from({ length: count }, (_, at) => this.#entry(start2 + at)) };
  }
  /** Returns LeafInput and ExtraData (RFC 6962, section 4.6). */
  #entry(index) {
    const { entry: entry2, kind, certificate, issuers } = this.log.entry(index);
    const chain = issuers.map((fingerprint) => withLength(this.log.issuer(encodeHex(fingerprint)) ?? absent2(), 3));
    const above = withLength(Buffer.concat(chain), 3);
    const extra = kind === "x509" ? above : Buffer.concat([withLength(certificate, 3), above]);
    return { leaf_input: encodeBase64(merkleTreeLeaf(entry2)), extra_data: encodeBase64(extra) };
  }
};
function bytes(body, contentType = "application/octet-stream", status = 200) {
  return { status, headers: { "content-type": contentType }, body };
}
function sctJson(sct) {
  const extensions = 43 + Buffer.from(sct).readUInt16BE(41);
  return {
    sct_version: sct[0] ?? 0,
    id: encodeBase64(sct.subarray(1, 33)),
    timestamp: Number(Buffer.from(sct).readBigUInt64BE(33)),
    extensions: encodeBase64(sct.subarray(43, extensions)),
    signature: encodeBase64(sct.subarray(extensions))
  };
}
function readChain(body) {
  try {
    const { chain } = parseJson(body);
    if (!Array.isArray(chain)) throw new RangeError("cert chain was empty");
    return chain.map((certificate) => decodeBase64(String(certificate)));
  } catch (error) {
    return refuse3(`failed to parse add-chain body: ${error instanceof Error ? error.message : "nothing can be read"}`);
  }
}
function readHash(text2) {
  try {
    return decodeBase64(text2);
  } catch {
    return refuse3("hash is not base64");
  }
}
function wholeNumber(query, name) {
  const text2 = query.get(name) ?? "";
  return /^\d{1,15}$/.test(text2) ? Number(text2) : refuse3(`${name} is not a number`);
}
function refuse3(reason) {
  throw goError(400, "Bad Request", reason);
}
function absent2() {
  throw goError(404, "Not Found", "it is not in the log");
}
function goError(status, words3, reason) {
  return new Refusal(reason, bytes(utf8(`${words3}
${reason}
`), "text/plain; charset=utf-8", status));
}

// sandbox/fulcio/certificate-authority.ts
var sctListOid = "1.3.6.1.4.1.11129.2.4.2";
var tenMinutes = 600;
var CertificateAuthority = class {
  root;
  intermediate;
  log;
  #sources;
  constructor(options) {
    const { sources, root = {}, intermediate = {} } = options;
    const { certificates, subject } = authorityDefaults(options);
    this.#sources = sources;
    this.log = options.log;
    const rootRole = { name: "fulcio-root", subject: subject("root"), pathLength: 1, codeSigning: false };
    this.root = certifyAuthority({ ...certificates, ...rootRole, overrides: root }, sources);
    const role = { name: "fulcio-intermediate", subject: subject("intermediate"), pathLength: 0, codeSigning: true };
    this.intermediate = certifyAuthority(
      { ...certificates, ...role, issuer: this.root, overrides: intermediate },
      sources
    );
  }
  /** The certificates of the authority, DER, in the order of a trusted root: the root last. */
  get chain() {
    return [this.intermediate.certificate, this.root.certificate];
  }
  /** Issues a leaf certificate, DER, with SCTs over its precertificate (RFC 6962, section 3.2). */
  issue(request) {
    const profile = this.#profile(request);
    const poison = { oid: poisonOid, critical: true, value: poisonValue };
    const scts = profile.signedCertificateTimestamps({
      tbsCertificate: encodeTbsCertificate(profile),
      issuerKeyHash: hashOf("sha256", this.intermediate.key.publicKey),
      certificate: signCertificate(profile, [poison]),
      issuers: this.chain
    });
    const sctExtension = { oid: sctListOid, critical: false, value: der.octetString(encodeSctList(scts)) };
    return signCertificate(profile, [...scts.length === 0 ? [] : [sctExtension], ...profile.trailingExtensions]);
  }
  #profile(request) {
    const { key, profile } = this.intermediate;
    const notBefore = wholeSecond(request.notBefore ?? this.#sources.clock());
    return {
      serialNumber: freshSerialNumber(this.#sources.random),
      issuer: profile.subject,
      subject: {},
      notBefore,
      notAfter: secondsAfter(notBefore, tenMinutes),
      keyUsage: ["digitalSignature"],
      extendedKeyUsage: { critical: false, purposes: [keyPurposes.codeSigning] },
      basicConstraints: void 0,
      subjectKeyIdentifier: keyIdentifierOf(request.publicKey),
      authorityKeyIdentifier: key.keyIdentifier,
      signingKey: key,
      signatureHash: void 0,
      signedCertificateTimestamps: (precertificate) => [this.log.submit(precertificate)],
      trailingExtensions: [],
      ...request
    };
  }
};

// sandbox/oidc/job-provider.ts
function text(claims2, name) {
  const value = claims2[name];
  return value === void 0 ? "" : String(value);
}

// sandbox/oidc/buildkite.ts
var exampleBuildkiteJob = {
  organization_slug: "example-org",
  organization_id: "01900000-0000-4000-8000-000000007001",
  pipeline_slug: "example-pipeline",
  pipeline_id: "01900000-0000-4000-8000-000000007002",
  build_number: 17,
  build_branch: "main",
  build_commit: "0123456789abcdef0123456789abcdef01234567",
  build_source: "webhook",
  step_key: "release",
  job_id: "01900000-0000-4000-8000-000000009001",
  agent_id: "01900000-0000-4000-8000-000000007003",
  runner_environment: "buildkite-hosted"
};
var buildkite = {
  example: exampleBuildkiteJob,
  occasional: ["build_tag", "cluster_id", "cluster_name", "queue_id", "queue_key"],
  keySetPath: ".well-known/jwks",
  numbered: false,
  lifetimeSeconds: 300,
  leewaySeconds: 0,
  subject(claims2) {
    const tag2 = text(claims2, "build_tag");
    const ref = tag2 ? `refs/tags/${tag2}` : `refs/heads/${text(claims2, "build_branch")}`;
    const [organization2, pipeline, commit4, step] = [
      "organization_slug",
      "pipeline_slug",
      "build_commit",
      "step_key"
    ].map((name) => text(claims2, name));
    return `organization:${organization2}:pipeline:${pipeline}:ref:${ref}:commit:${commit4}:step:${step}`;
  },
  audience: (claims2) => `https://buildkite.com/${text(claims2, "organization_slug")}`
};

// sandbox/oidc/circleci.ts
var organization = "01900000-0000-4000-8000-00000000a001";
var project = "01900000-0000-4000-8000-00000000a002";
var prefix2 = "oidc.circleci.com";
var exampleCircleciJob = {
  [`${prefix2}/project-id`]: project,
  [`${prefix2}/org-id`]: organization,
  [`${prefix2}/pipeline-id`]: "01900000-0000-4000-8000-00000000a003",
  [`${prefix2}/pipeline-definition-id`]: "01900000-0000-4000-8000-00000000a004",
  [`${prefix2}/workflow-id`]: "01900000-0000-4000-8000-00000000a005",
  [`${prefix2}/job-id`]: "01900000-0000-4000-8000-00000000a006",
  [`${prefix2}/context-ids`]: ["01900000-0000-4000-8000-00000000a007"],
  [`${prefix2}/ssh-rerun`]: false,
  [`${prefix2}/vcs-origin`]: "github.com/example-org/example-repo",
  [`${prefix2}/vcs-ref`]: "refs/heads/main"
};
var circleci = {
  example: exampleCircleciJob,
  occasional: [],
  keySetPath: ".well-known/jwks-pub.json",
  numbered: false,
  lifetimeSeconds: 3600,
  leewaySeconds: 0,
  subject: (claims2) => `org/${organization}/project/${text(claims2, `${prefix2}/project-id`)}/user/01900000-0000-4000-8000-00000000a008`,
  audience: () => organization
};

// sandbox/oidc/email-address.ts
var dotAtom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*";
var label = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
var address = new RegExp(`^${dotAtom}@${label}(?:\\.${label})*$`);
function isEmailAddress(text2) {
  return text2.length <= 254 && address.test(text2);
}

// sandbox/oidc/forgejo.ts
var exampleForgejoJob = {
  actor: "example-user",
  actor_id: "7303",
  base_ref: "",
  event_name: "push",
  head_ref: "",
  ref: "refs/heads/main",
  ref_protected: "false",
  ref_type: "branch",
  repository: "example-org/example-repo",
  repository_id: "7301",
  repository_owner: "example-org",
  repository_owner_id: "7302",
  run_attempt: "1",
  run_id: "8301",
  run_number: "17",
  sha: "0123456789abcdef0123456789abcdef01234567",
  workflow: "release.yml",
  workflow_ref: "example-org/example-repo/.forgejo/workflows/release.yml@refs/heads/main"
};
var forgejo = {
  example: exampleForgejoJob,
  occasional: [],
  keySetPath: ".well-known/keys",
  numbered: false,
  lifetimeSeconds: 3600,
  leewaySeconds: 0,
  subject(claims2) {
    const [repository, event, ref] = ["repository", "event_name", "ref"].map((name) => text(claims2, name));
    return event === "pull_request" ? `repo:${repository}:pull_request` : `repo:${repository}:ref:${ref}`;
  },
  audience: (claims2, issuer) => `${issuer.replace(/\/api\/actions$/, "")}/${text(claims2, "repository_owner")}`
};

// sandbox/oidc/github.ts
var commit2 = "0123456789abcdef0123456789abcdef01234567";
var workflowFile = "example-org/example-repo/.github/workflows/release.yml@refs/heads/main";
var pushToMain = {
  actor: "example-user",
  actor_id: "700000003",
  base_ref: "",
  check_run_id: "9000000001",
  event_name: "push",
  head_ref: "",
  job_workflow_ref: workflowFile,
  job_workflow_sha: commit2,
  ref: "refs/heads/main",
  ref_protected: "true",
  ref_type: "branch",
  repository: "example-org/example-repo",
  repository_id: "700000001",
  repository_owner: "example-org",
  repository_owner_id: "700000002",
  repository_visibility: "public",
  run_attempt: "1",
  run_id: "8000000001",
  run_number: "17",
  runner_environment: "github-hosted",
  sha: commit2,
  workflow: "release",
  workflow_ref: workflowFile,
  workflow_sha: commit2
};
var exampleJob = pushToMain;
function jobSubject(claims2, form) {
  const [, name = ""] = claims2.repository.split("/");
  const repository = form === "classic" ? claims2.repository : `${claims2.repository_owner}@${claims2.repository_owner_id}/${name}@${claims2.repository_id}`;
  return `repo:${escapeColons(repository)}:${jobContext(claims2)}`;
}
function jobContext({ environment, event_name, ref }) {
  if (environment) return `environment:${escapeColons(environment)}`;
  return event_name === "pull_request" ? "pull_request" : `ref:${escapeColons(ref)}`;
}
function escapeColons(value) {
  return value.replaceAll(":", "%3A");
}
var github = {
  example: { ...exampleJob },
  occasional: ["environment", "environment_node_id", "enterprise", "enterprise_id"],
  keySetPath: ".well-known/jwks",
  numbered: true,
  lifetimeSeconds: 300,
  leewaySeconds: 600,
  subject(claims2, form) {
    const texts2 = Object.fromEntries(Object.keys(claims2).map((name) => [name, text(claims2, name)]));
    return jobSubject({ ...exampleJob, ...texts2 }, form);
  },
  audience: (claims2) => `https://github.com/${claims2.repository_owner}`
};

// sandbox/oidc/gitlab.ts
var commit3 = "0123456789abcdef0123456789abcdef01234567";
var exampleGitlabJob = {
  namespace_id: "7001",
  namespace_path: "example-group",
  project_id: "7002",
  project_path: "example-group/example-project",
  project_visibility: "public",
  user_id: "7003",
  user_login: "example-user",
  user_email: "example-user@example.com",
  user_access_level: "developer",
  job_project_id: "7002",
  job_project_path: "example-group/example-project",
  job_namespace_id: "7001",
  job_namespace_path: "example-group",
  pipeline_id: "8001",
  pipeline_source: "push",
  job_id: "9001",
  ref: "main",
  ref_type: "branch",
  ref_path: "refs/heads/main",
  ref_protected: "true",
  runner_id: 7004,
  runner_environment: "gitlab-hosted",
  sha: commit3,
  ci_config_ref_uri: "gitlab.com/example-group/example-project//.gitlab-ci.yml@refs/heads/main",
  ci_config_sha: commit3
};
var gitlab = {
  example: exampleGitlabJob,
  occasional: [
    "environment",
    "environment_protected",
    "deployment_tier",
    "environment_action",
    "groups_direct",
    "user_identities"
  ],
  keySetPath: "oauth/discovery/keys",
  numbered: true,
  lifetimeSeconds: 3600,
  leewaySeconds: 5,
  subject(claims2) {
    const [project2, type, ref] = ["project_path", "ref_type", "ref"].map((name) => text(claims2, name));
    return `project_path:${project2}:ref_type:${type}:ref:${ref}`;
  },
  // GitLab has no default: the definition of the job has to name the audience.
  audience: (_claims, issuer) => issuer
};

// sandbox/oidc/token-issuer.ts
import { createPublicKey as createPublicKey2 } from "node:crypto";
var tokenAlgorithm = "RS256";
function createTokenIssuer(url, { storage = new MemoryStorage(), name = "issuer" } = {}) {
  let made;
  const key = () => {
    made ??= issuerKey(storage, `${name}.key`);
    return made;
  };
  return {
    url,
    keySet: async () => {
      const { publicKey, keyId } = await key();
      return { keys: [{ ...publicKey, alg: tokenAlgorithm, use: "sig", kid: keyId }] };
    },
    sign: async (claims2) => {
      const { privateKey, keyId } = await key();
      const header = { typ: "JWT", alg: tokenAlgorithm, kid: keyId };
      return new SignJWT({ ...claims2 }).setProtectedHeader(header).sign(privateKey);
    }
  };
}
async function issuerKey(storage, name) {
  const pem = await keptKey(storage, name);
  const privateKey = await importPKCS8(pem, tokenAlgorithm);
  const keyObject = createPublicKey2(pem);
  const keyId = encodeHex(hashOf("sha1", subjectPublicKeyInfo(keyObject))).toUpperCase();
  return { privateKey, publicKey: { ...await exportJWK(keyObject) }, keyId };
}
async function keptKey(storage, name) {
  const kept = storage.read(name);
  if (kept !== void 0) return decodeUtf8(kept) ?? "";
  const { privateKey } = await generateKeyPair(tokenAlgorithm, { extractable: true });
  const pem = await exportPKCS8(privateKey);
  storage.write(name, utf8(pem));
  return pem;
}
function tokenTimes(now, lifetimeSeconds2, leewaySeconds = 600) {
  const seconds = (time2) => Math.floor(time2.getTime() / 1e3);
  const issued = lifetimeSeconds2 >= 0 ? now : secondsAfter(now, lifetimeSeconds2 - 300);
  return {
    exp: seconds(secondsAfter(now, lifetimeSeconds2)),
    iat: seconds(issued),
    nbf: seconds(issued) - leewaySeconds
  };
}
function discoveryRoutes(issuer, claimsSupported, { keySetPath = ".well-known/jwks", metadata = {} } = {}) {
  const { pathname } = new URL(issuer.url);
  const document = {
    issuer: issuer.url,
    jwks_uri: `${issuer.url}/${keySetPath}`,
    subject_types_supported: ["public", "pairwise"],
    response_types_supported: ["id_token"],
    claims_supported: claimsSupported,
    id_token_signing_alg_values_supported: [tokenAlgorithm],
    scopes_supported: ["openid"],
    ...metadata
  };
  const get = (path, answer) => ({
    method: "GET",
    path: `${pathname}/${path}`,
    handle: async () => jsonResponse(200, await answer())
  });
  return [
    get(".well-known/openid-configuration", () => document),
    get(keySetPath, async () => ({ ...await issuer.keySet() }))
  ];
}

// sandbox/oidc/token-query.ts
function readTokenQuery({ searchParams }, example = {}) {
  const audience2 = searchParams.get("audience");
  const ttl = searchParams.get("ttl");
  const claims2 = [...searchParams].flatMap(([name, value]) => {
    const claim = name.startsWith("claim.") ? name.slice("claim.".length) : "";
    return claim === "" ? [] : [[claim, typeof example[claim] === "number" ? wholeNumber2(name, value) : value]];
  });
  return {
    claims: Object.fromEntries(claims2),
    ...audience2 === null ? {} : { audience: audience2 },
    ...ttl === null ? {} : { lifetimeSeconds: wholeNumber2("ttl", ttl) }
  };
}
function wholeNumber2(name, value) {
  if (/^-?\d{1,9}$/.test(value)) return Number(value);
  const message2 = `${name} is not a whole number.`;
  throw new Refusal(message2, jsonResponse(400, { message: message2 }));
}

// sandbox/oidc/job-tokens.ts
var JobTokens = class {
  issuer;
  provider;
  /** The bearer token that a job presents: `ACTIONS_ID_TOKEN_REQUEST_TOKEN`. */
  requestToken;
  /** `ACTIONS_ID_TOKEN_REQUEST_URL`. Like GitHub's, it has a query already. */
  requestUrl;
  #sources;
  #settings = {};
  constructor(issuer, sources, { provider = github, requestToken } = {}) {
    this.issuer = issuer;
    this.provider = provider;
    this.requestToken = requestToken ?? encodeHex(sources.random(32));
    this.requestUrl = `${issuer.url}/token?job=1`;
    this.#sources = sources;
  }
  /** Replaces the settings for all following tokens, by default with the initial ones. */
  configure(settings = {}) {
    this.#settings = settings;
  }
  /** Returns a token for an audience; by default for the provider's, which is never Fulcio. */
  async token(audience2, settings = this.#settings) {
    const { provider, issuer } = this;
    const job = { ...provider.example, ...settings.claims };
    const lifetimeSeconds2 = settings.lifetimeSeconds ?? provider.lifetimeSeconds;
    const claims2 = {
      ...provider.numbered ? { jti: this.#freshId() } : {},
      sub: provider.subject(job, settings.subjectForm ?? "classic"),
      aud: audience2 ?? provider.audience(job, issuer.url),
      iss: issuer.url,
      ...tokenTimes(this.#sources.clock(), lifetimeSeconds2, provider.leewaySeconds),
      ...job
    };
    return issuer.sign(withoutUndefined(claims2));
  }
  /** Returns discovery, the key set, and the endpoint, which takes the query of `readTokenQuery`. */
  routes() {
    const { example, occasional, keySetPath } = this.provider;
    const claims2 = ["sub", "aud", "exp", "iat", "iss", "jti", "nbf", ...Object.keys(example), ...occasional];
    const { pathname } = new URL(this.requestUrl);
    return [
      ...discoveryRoutes(this.issuer, claims2, { keySetPath }),
      { method: "GET", path: pathname, handle: (request) => this.#answer(request) }
    ];
  }
  async #answer({ headers, url }) {
    const [scheme = "", token] = String(headers.authorization ?? "").split(" ");
    if (scheme.toLowerCase() !== "bearer" || token !== this.requestToken) {
      return jsonResponse(
        401,
        { message: "The request token is missing or not valid." },
        { "www-authenticate": "Bearer" }
      );
    }
    const { audience: audience2, claims: claims2, ...lifetime2 } = readTokenQuery(url, this.provider.example);
    const settings = { ...this.#settings, ...lifetime2, claims: { ...this.#settings.claims, ...claims2 } };
    return jsonResponse(200, { count: 1, value: await this.token(audience2, settings) });
  }
  #freshId() {
    return encodeHex(this.#sources.random(16)).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }
};
function withoutUndefined(claims2) {
  return Object.fromEntries(
    Object.entries(claims2).flatMap(([name, value]) => value === void 0 ? [] : [[name, value]])
  );
}

// sandbox/oidc/person-tokens.ts
var PersonTokens = class {
  issuer;
  #sources;
  constructor(issuer, sources) {
    this.issuer = issuer;
    this.#sources = sources;
  }
  /** Returns a token for a person, by default for Fulcio. `overrides` replace or add claims. */
  token(email, overrides = {}) {
    return this.issuer.sign({
      iss: this.issuer.url,
      aud: "sigstore",
      sub: `person-${email}`,
      email,
      email_verified: true,
      ...tokenTimes(this.#sources.clock(), personTokenLifetimeSeconds),
      ...overrides
    });
  }
  /**
   * Returns `GET token?email=E&audience=A`, which gives scripts a token without a page. With `verified=false`, the address is not
   * verified; for the rest see `readTokenQuery`.
   */
  routes() {
    const { pathname } = new URL(this.issuer.url);
    return [{ method: "GET", path: `${pathname}/token`, handle: (request) => this.#answer(request) }];
  }
  async #answer({ url }) {
    const { audience: audience2 = "sigstore", claims: claims2, lifetimeSeconds: lifetimeSeconds2 = personTokenLifetimeSeconds } = readTokenQuery(url);
    const value = await this.token(url.searchParams.get("email") ?? "signer@example.com", {
      aud: audience2,
      email_verified: url.searchParams.get("verified") !== "false",
      ...tokenTimes(this.#sources.clock(), lifetimeSeconds2),
      ...claims2
    });
    return jsonResponse(200, { value });
  }
};
var personTokenLifetimeSeconds = 300;

// sandbox/oidc/workloads.ts
function withSubject(subject, example = {}) {
  return {
    example,
    occasional: [],
    keySetPath: "keys",
    numbered: false,
    lifetimeSeconds: 3600,
    leewaySeconds: 0,
    subject: () => subject,
    audience: (_, issuer) => issuer
  };
}
var kubernetes = withSubject("system:serviceaccount:release:signer", {
  "kubernetes.io": {
    namespace: "release",
    pod: { name: "signer-0", uid: "01900000-0000-4000-8000-00000000b001" },
    serviceaccount: { name: "signer", uid: "01900000-0000-4000-8000-00000000b002" }
  }
});
var spiffeTrustDomain = "example.org";
var spiffe = withSubject(`spiffe://${spiffeTrustDomain}/ns/release/sa/signer`);
var userDomain = "example.org";
var username = withSubject("example-user");

// sandbox/fulcio/certificate-request.ts
import { createPublicKey as createPublicKey4, verify as verify2 } from "node:crypto";

// sandbox/fulcio/public-key.ts
import { createPublicKey as createPublicKey3, verify } from "node:crypto";
var curveHashes = {
  prime256v1: "sha256",
  secp384r1: "sha384",
  secp521r1: "sha512"
};
var readableCurves = [...Object.keys(curveHashes), "secp224r1"];
var readableKinds = ["rsa", "ec", "ed25519", "x25519", "dsa"];
function readPublicKey(pem) {
  const [, label2 = ""] = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(pem) ?? [];
  if (label2 !== "PUBLIC KEY" && label2 !== "RSA PUBLIC KEY") return void 0;
  try {
    const key = createPublicKey3(pem);
    return isReadable(key) ? key : void 0;
  } catch {
    return void 0;
  }
}
function isReadable({ asymmetricKeyType, asymmetricKeyDetails }) {
  if (asymmetricKeyType === "ec") return readableCurves.includes(asymmetricKeyDetails?.namedCurve ?? "");
  return readableKinds.includes(asymmetricKeyType ?? "");
}
function isAcceptable(key) {
  const { namedCurve = "", modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === "ec") return Object.hasOwn(curveHashes, namedCurve);
  if (key.asymmetricKeyType !== "rsa") return key.asymmetricKeyType === "ed25519";
  return [2048, 3072, 4096].includes(Math.ceil(modulusLength / 8) * 8);
}
function hashOfKey(key) {
  if (key.asymmetricKeyType === "ed25519") return null;
  return curveHashes[key.asymmetricKeyDetails?.namedCurve ?? ""] ?? "sha256";
}
function provesPossession(key, challenge, signature2) {
  return verify(hashOfKey(key), challenge, key, signature2);
}

// sandbox/fulcio/certificate-request.ts
var signatureHashes = {
  "1.2.840.10045.4.3.2": "sha256",
  "1.2.840.10045.4.3.3": "sha384",
  "1.2.840.10045.4.3.4": "sha512",
  "1.2.840.113549.1.1.11": "sha256",
  "1.2.840.113549.1.1.12": "sha384",
  "1.2.840.113549.1.1.13": "sha512",
  "1.3.101.112": null
};
function readCertificateRequest(pem) {
  try {
    const text2 = decodeUtf8(pem) ?? "";
    const label2 = text2.includes("BEGIN NEW ") ? "NEW CERTIFICATE REQUEST" : "CERTIFICATE REQUEST";
    const [bytes2] = decodePem(label2, text2);
    const { info, oid, signature: signature2 } = readSequence(bytes2, (request) => ({
      info: request.any().der,
      oid: request.sequence().oid(),
      signature: request.bitString()
    }));
    const publicKey = readSequence(info, (reader) => {
      reader.unsigned();
      reader.sequence();
      const subjectPublicKeyInfo2 = reader.any().der;
      while (!reader.done) reader.any();
      return subjectPublicKeyInfo2;
    });
    const key = createPublicKey4({ key: Buffer.from(publicKey), format: "der", type: "spki" });
    if (key.asymmetricKeyType === "ec" && !isReadable(key)) return void 0;
    const hash = signatureHashes[oid];
    return { key, hash, proven: hash !== void 0 && isAcceptable(key) && verify2(hash, info, key, signature2) };
  } catch {
    return void 0;
  }
}

// sandbox/fulcio/ci-provider.ts
var circleciDefinition = '{{.api_url}}/projects/{{(index . "oidc.circleci.com/project-id")}}/pipeline-definitions/{{(index . "oidc.circleci.com/pipeline-definition-id")}}';
var buildkitePipeline = "{{.url}}/{{.organization_slug}}/{{.pipeline_slug}}";
var ciProviders = {
  "github-workflow": {
    defaults: { url: "https://github.com", environment: "" },
    subjectAlternativeName: "{{ .url }}/{{ .job_workflow_ref }}",
    extensions: [
      [2, "GithubWorkflowTrigger", "event_name"],
      [3, "GithubWorkflowSHA", "sha"],
      [4, "GithubWorkflowName", "workflow"],
      [5, "GithubWorkflowRepository", "repository"],
      [6, "GithubWorkflowRef", "ref"],
      [9, "BuildSignerURI", "{{ .url }}/{{ .job_workflow_ref }}"],
      [10, "BuildSignerDigest", "job_workflow_sha"],
      [11, "RunnerEnvironment", "runner_environment"],
      [12, "SourceRepositoryURI", "{{ .url }}/{{ .repository }}"],
      [13, "SourceRepositoryDigest", "sha"],
      [14, "SourceRepositoryRef", "ref"],
      [15, "SourceRepositoryIdentifier", "repository_id"],
      [16, "SourceRepositoryOwnerURI", "{{ .url }}/{{ .repository_owner }}"],
      [17, "SourceRepositoryOwnerIdentifier", "repository_owner_id"],
      [18, "BuildConfigURI", "{{ .url }}/{{ .workflow_ref }}"],
      [19, "BuildConfigDigest", "workflow_sha"],
      [20, "BuildTrigger", "event_name"],
      [21, "RunInvocationURI", "{{ .url }}/{{ .repository }}/actions/runs/{{ .run_id }}/attempts/{{ .run_attempt }}"],
      [22, "SourceRepositoryVisibilityAtSigning", "repository_visibility"],
      [23, "DeploymentEnvironment", "environment"]
    ]
  },
  "gitlab-pipeline": {
    defaults: { url: "https://gitlab.com", environment: "" },
    subjectAlternativeName: "https://{{ .ci_config_ref_uri }}",
    extensions: [
      [9, "BuildSignerURI", "https://{{ .ci_config_ref_uri }}"],
      [10, "BuildSignerDigest", "ci_config_sha"],
      [11, "RunnerEnvironment", "runner_environment"],
      [12, "SourceRepositoryURI", "{{ .url }}/{{ .project_path }}"],
      [13, "SourceRepositoryDigest", "sha"],
      [14, "SourceRepositoryRef", 'refs/{{if eq .ref_type "branch"}}heads/{{ else }}tags/{{end}}{{ .ref }}'],
      [15, "SourceRepositoryIdentifier", "project_id"],
      [16, "SourceRepositoryOwnerURI", "{{ .url }}/{{ .namespace_path }}"],
      [17, "SourceRepositoryOwnerIdentifier", "namespace_id"],
      [18, "BuildConfigURI", "https://{{ .ci_config_ref_uri }}"],
      [19, "BuildConfigDigest", "ci_config_sha"],
      [20, "BuildTrigger", "pipeline_source"],
      [21, "RunInvocationURI", "{{ .url }}/{{ .project_path }}/-/jobs/{{ .job_id }}"],
      [22, "SourceRepositoryVisibilityAtSigning", "project_visibility"],
      [23, "DeploymentEnvironment", "environment"]
    ]
  },
  "buildkite-job": {
    defaults: { url: "https://buildkite.com" },
    subjectAlternativeName: buildkitePipeline,
    extensions: [
      [11, "RunnerEnvironment", "runner_environment"],
      [13, "SourceRepositoryDigest", "build_commit"],
      [20, "BuildTrigger", "build_source"],
      [21, "RunInvocationURI", `${buildkitePipeline}/builds/{{.build_number}}#{{.job_id}}`]
    ]
  },
  "circleci-job": {
    defaults: { api_url: "https://circleci.com/api/v2", platform_url: "https://app.circleci.com/" },
    subjectAlternativeName: circleciDefinition,
    extensions: [
      [9, "BuildSignerURI", circleciDefinition],
      [11, "RunnerEnvironment", '{{if eq (index . "oidc.circleci.com/ssh-rerun") "true"}}ssh-rerun{{ else }}""{{end}}'],
      [12, "SourceRepositoryURI", '{{index . "oidc.circleci.com/vcs-origin"}}'],
      [14, "SourceRepositoryRef", '{{index . "oidc.circleci.com/vcs-ref"}}'],
      [18, "BuildConfigURI", '{{.api_url}}/pipeline/{{(index . "oidc.circleci.com/pipeline-id")}}/config'],
      [
        21,
        "RunInvocationURI",
        '{{.platform_url}}/workflow/{{(index . "oidc.circleci.com/workflow-id")}}/job/{{(index . "oidc.circleci.com/job-id")}}'
      ]
    ]
  },
  // Not in the public instance. docs/providers/forgejo.md describes it.
  "forgejo-workflow": {
    defaults: { url: "https://codeberg.org" },
    subjectAlternativeName: "{{ .url }}/{{ .workflow_ref }}",
    extensions: [
      [9, "BuildSignerURI", "{{ .url }}/{{ .workflow_ref }}"],
      [12, "SourceRepositoryURI", "{{ .url }}/{{ .repository }}"],
      [13, "SourceRepositoryDigest", "sha"],
      [14, "SourceRepositoryRef", "ref"],
      [15, "SourceRepositoryIdentifier", "repository_id"],
      [16, "SourceRepositoryOwnerURI", "{{ .url }}/{{ .repository_owner }}"],
      [17, "SourceRepositoryOwnerIdentifier", "repository_owner_id"],
      [18, "BuildConfigURI", "{{ .url }}/{{ .workflow_ref }}"],
      [20, "BuildTrigger", "event_name"],
      [21, "RunInvocationURI", "{{ .url }}/{{ .repository }}/actions/runs/{{ .run_number }}"]
    ]
  }
};

// sandbox/fulcio/template.ts
var action = /\{\{ *(?:if eq \.(\w+) "([^"]*)" *\}\}([^{]*)\{\{ *else *\}\}([^{]*)\{\{ *end|\.(\w+)) *\}\}/g;
function renderTemplate(template, values2, context) {
  if (template.includes("index .")) return renderTemplate(...withoutIndex(template, values2), context);
  if (!template.includes("{{")) return values2.get(template) ?? refuse2("invalidArgument", absent3(template, context));
  return template.replace(action, (all, tested, text2, then, otherwise, name, offset) => {
    const claim = tested ?? name;
    const value = values2.get(claim);
    const column = offset + all.indexOf(`.${claim}`);
    if (value === void 0) refuse2("invalidArgument", noEntry(claim, column));
    if (tested === void 0) return value;
    return value === text2 ? then : otherwise;
  });
}
function withoutIndex(template, values2) {
  const fields = new Map(values2);
  const plain3 = template.replace(/\(index \. "([^"]+)"\)|index \. "([^"]+)"/g, (_, inParentheses, bare) => {
    const claim = inParentheses ?? bare;
    const field = claim.replace(/\W/g, "_");
    fields.set(field, values2.get(claim) ?? "");
    return `.${field}`;
  });
  return [plain3, fields];
}
function absent3(claim, context) {
  return `value <${claim}> not present in either claims or defaults. ${JSON.stringify(context, null, "	")}`;
}
function noEntry(claim, column) {
  return `template: :1:${column}: executing "" at <.${claim}>: map has no entry for key "${claim}"`;
}
function claimText(value) {
  if (value === null) return "<nil>";
  if (Array.isArray(value)) return `[${value.map(claimText).join(" ")}]`;
  if (typeof value !== "object") return String(value);
  const members2 = Object.entries(value).sort(([one], [other]) => one < other ? -1 : 1);
  return `map[${members2.map(([name, member2]) => `${name}:${claimText(member2)}`).join(" ")}]`;
}

// sandbox/fulcio/uri.ts
function uriForCertificate(text2) {
  const unreadable = (reason) => refuse2("invalidArgument", `parse ${quoted2(text2)}: ${reason}`);
  if (/[\x00-\x1f\x7f]/.test(text2)) unreadable("net/url: invalid control character in URL");
  const [wrong] = /%(?![0-9A-Fa-f]{2}).{0,2}/.exec(text2) ?? [];
  if (wrong !== void 0) unreadable(`invalid URL escape ${quoted2(wrong)}`);
  const wellFormed = text2.replace(new RegExp("\\p{Surrogate}", "gu"), "\uFFFD");
  return goUrl(wellFormed) ?? wellFormed;
}
function quoted2(text2) {
  return JSON.stringify(text2).replaceAll("\\u0007", "\\a").replaceAll("\\u000b", "\\v").replaceAll("\x7F", "\\x7f").replace(/\\u00(?=[01])/g, "\\x");
}

// sandbox/fulcio/identity.ts
var arc = "1.3.6.1.4.1.57264.1";
function fulcioExtension(number3, text2) {
  return { oid: `${arc}.${number3}`, critical: false, value: number3 < 8 ? utf8(text2) : der.utf8String(text2) };
}
function identityOf(kind, claims2, { url, subjectDomain = "", spiffeTrustDomain: spiffeTrustDomain2 = "" } = {}) {
  switch (kind) {
    case "email":
      return personIdentity(claims2);
    case "kubernetes":
      return uriIdentity(claims2, kubernetesUri(claims2));
    case "spiffe":
      return uriIdentity(claims2, spiffeId(textOf(claims2, "sub"), spiffeTrustDomain2));
    case "username":
      return userIdentity(claims2, subjectDomain);
    default:
      return jobIdentity(claims2, kind, url);
  }
}
function jobIdentity(claims2, kind = "github-workflow", url) {
  const { defaults: defaults2, subjectAlternativeName, extensions } = ciProviders[kind];
  const configured = url === void 0 ? defaults2 : { ...defaults2, url };
  const values2 = new Map(Object.entries({ ...configured, ...claims2 }).map(([name2, value]) => [name2, claimText(value)]));
  const issuer = textOf(claims2, "iss");
  const render = (template, name2) => renderTemplate(template, values2, { ExtensionName: name2, Issuer: issuer });
  const name = uriForCertificate(render(subjectAlternativeName, "SubjectAlternativeName"));
  const rendered = extensions.map(([number3, called, template]) => [number3, render(template, called)]);
  return {
    subjectAlternativeNames: { critical: true, names: [{ kind: "uniformResourceIdentifier", value: name }] },
    additionalExtensions: inOrder([...issuerAndSubject(claims2), ...rendered])
  };
}
function personIdentity(claims2) {
  return {
    subjectAlternativeNames: { critical: true, names: [{ kind: "rfc822Name", value: textOf(claims2, "email") }] },
    additionalExtensions: inOrder(issuerAndSubject(claims2))
  };
}
function userIdentity(claims2, domain) {
  const value = der.utf8String(`${textOf(claims2, "sub")}!${domain}`);
  return {
    subjectAlternativeNames: { critical: true, names: [{ kind: "otherName", typeId: `${arc}.7`, value }] },
    additionalExtensions: inOrder(issuerAndSubject(claims2))
  };
}
function uriIdentity(claims2, uri) {
  const value = uriForCertificate(uri);
  return {
    subjectAlternativeNames: { critical: true, names: [{ kind: "uniformResourceIdentifier", value }] },
    additionalExtensions: inOrder(issuerAndSubject(claims2))
  };
}
function kubernetesUri(claims2) {
  const members2 = asObject(claims2["kubernetes.io"]) ?? {};
  const account = asObject(members2.serviceaccount) ?? {};
  return `https://kubernetes.io/namespaces/${textOf(members2, "namespace")}/serviceaccounts/${textOf(account, "name")}`;
}
function spiffeId(id2, trustDomain) {
  const isOwn = id2.startsWith(`spiffe://${trustDomain}/`);
  return isOwn ? id2 : refuse2("invalidArgument", "There was an error processing the identity token");
}
function issuerAndSubject(claims2) {
  return [
    [1, textOf(claims2, "iss")],
    [8, textOf(claims2, "iss")],
    [24, textOf(claims2, "sub")]
  ];
}
function inOrder(texts2) {
  return texts2.filter(([, text2]) => text2 !== "").sort(([one], [other]) => one - other).map(([number3, text2]) => fulcioExtension(number3, text2));
}
function textOf(claims2, name) {
  return typeof claims2[name] === "string" ? claims2[name] : "";
}

// sandbox/fulcio/certification.ts
var audience = "sigstore";
var maxTokenLength = 16 * 1024;
var notBeforeLeewaySeconds = 300;
var messages = {
  token: "There was an error processing the identity token",
  publicKey: "The public key supplied in the request could not be parsed",
  certificateRequest: "The certificate signing request could not be parsed",
  insecureKey: "The public key supplied in the request is insecure",
  signature: "The signature supplied in the request could not be verified"
};
var CertificationService = class {
  authority;
  #issuers;
  #clock;
  constructor(authority2, issuers, clock) {
    this.authority = authority2;
    this.#issuers = issuers;
    this.#clock = clock;
  }
  /**
   * Answers a CreateSigningCertificateRequest (fulcio.proto) with a key or a certification request. The token is in the request or
   * in the `Authorization` header. The certificate can be changed.
   *
   * @throws Refusal `invalidArgument`, in Fulcio's words
   */
  async certify(body, headerToken = "", overrides = {}) {
    const request = readRequest(body);
    const principal = await this.#authenticate(request.token || headerToken);
    const key = provenKey(request, principal.challenge);
    const { kind, ...settings } = principal.issuer;
    const identity = identityOf(kind, principal.claims, settings);
    const valid = { publicKey: subjectPublicKeyInfo(key), ...identity };
    const changes = typeof overrides === "function" ? overrides(valid) : overrides;
    const leaf = encodePem("CERTIFICATE", this.authority.issue({ ...valid, ...changes }));
    return { signedCertificateEmbeddedSct: { chain: { certificates: [leaf, ...this.#chain] } } };
  }
  routes(path) {
    const get = (name, answer) => ({
      method: "GET",
      path: `${path}/api/v2/${name}`,
      handle: () => jsonResponse(200, answer())
    });
    return [
      {
        method: "POST",
        path: `${path}/api/v2/signingCert`,
        handle: async ({ body, headers }) => jsonResponse(200, await this.certify(body, bearerToken(headers)))
      },
      get("configuration", () => ({ issuers: this.#issuers.map(issuerJson) })),
      get("trustBundle", () => ({ chains: [{ certificates: this.#chain }] }))
    ];
  }
  get #chain() {
    return this.authority.chain.map((certificate) => encodePem("CERTIFICATE", certificate));
  }
  async #authenticate(token) {
    if (token.length > maxTokenLength) refuse2("invalidArgument", messages.token);
    const trusted = this.#issuerOf(token) ?? refuse2("invalidArgument", messages.token);
    const { issuer, kind } = trusted;
    const now = this.#clock();
    const { payload } = await jwtVerify(token, createLocalJWKSet(await issuer.keySet()), {
      issuer: issuer.url,
      audience,
      algorithms: [tokenAlgorithm],
      currentDate: now,
      clockTolerance: notBeforeLeewaySeconds
    }).catch(refuseToken);
    if ((payload.exp ?? 0) * 1e3 < now.getTime()) refuse2("invalidArgument", messages.token);
    const { sub = "", email, email_verified: verified } = payload;
    const claims2 = payload;
    if (kind !== "email") return { issuer: trusted, claims: claims2, challenge: sub };
    const known = typeof email === "string" && isEmailAddress(email);
    if (!known || !/^[Tt]rue$/.test(String(verified))) refuse2("invalidArgument", messages.token);
    return { issuer: trusted, claims: claims2, challenge: email };
  }
  #issuerOf(token) {
    try {
      const { iss } = decodeJwt(token);
      return this.#issuers.find(({ issuer }) => issuer.url === iss);
    } catch (error) {
      return refuseToken(error);
    }
  }
};
function bearerToken({ authorization = "" }) {
  return String(authorization).replace(/^Bearer /, "");
}
function issuerJson({ issuer, kind, subjectDomain = "", spiffeTrustDomain: spiffeTrustDomain2 = "" }) {
  return {
    issuerUrl: issuer.url,
    audience,
    challengeClaim: kind === "email" ? "email" : "sub",
    spiffeTrustDomain: spiffeTrustDomain2,
    // Fulcio has one type for all CI systems whose certificates it makes by templates.
    issuerType: kind in ciProviders ? "ci-provider" : kind,
    subjectDomain,
    skipEmailVerification: false
  };
}
function readRequest(body) {
  try {
    const request = ProtoField.parse(body, "JSON_INVALID", "the request");
    const publicKeyRequest = request.field("publicKeyRequest");
    return {
      token: request.field("credentials").field("oidcIdentityToken").string(),
      publicKeyContent: publicKeyRequest.field("publicKey").field("content").string(),
      proofOfPossession: publicKeyRequest.field("proofOfPossession").bytes(),
      certificateRequest: request.field("certificateSigningRequest").bytes()
    };
  } catch (error) {
    if (error instanceof CountersignError) refuse2("invalidArgument", error.message);
    throw error;
  }
}
function provenKey(request, challenge) {
  const { certificateRequest, publicKeyContent, proofOfPossession } = request;
  const certification = certificateRequest.length === 0 ? void 0 : readCertificateRequest(certificateRequest) ?? refuse2("invalidArgument", messages.certificateRequest);
  const key = certification?.key ?? readPublicKey(publicKeyContent) ?? refuse2("invalidArgument", messages.publicKey);
  if (!isAcceptable(key)) refuse2("invalidArgument", messages.insecureKey);
  const proven = certification?.proven ?? provesPossession(key, utf8(challenge), proofOfPossession);
  if (!proven) refuse2("invalidArgument", messages.signature);
  if (certification !== void 0 && certification.hash !== hashOfKey(key)) {
    refuse2("invalidArgument", `signing algorithm not permitted: ${goType(key)}, ${goHash(certification.hash)}`);
  }
  return key;
}
function goType({ asymmetricKeyType }) {
  if (asymmetricKeyType === "ed25519") return "ed25519.PublicKey";
  return asymmetricKeyType === "ec" ? "*ecdsa.PublicKey" : "*rsa.PublicKey";
}
function goHash(hash) {
  return hash?.replace("sha", "SHA-") ?? "unknown hash value 0";
}
function refuseToken(error) {
  if (error instanceof errors_exports.JOSEError) refuse2("invalidArgument", messages.token);
  throw error;
}

// sandbox/github/example-run.ts
function addExampleRun(github2) {
  const { repository, repository_id, repository_owner_id, run_id, run_attempt, event_name, sha } = exampleJob;
  const added = github2.addRepository(repository, { id: Number(repository_id), ownerId: Number(repository_owner_id) });
  added.addCommit(sha, "identical");
  added.addRun({
    id: Number(run_id),
    attempt: Number(run_attempt),
    workflow: "release.yml",
    event: event_name,
    headSha: sha,
    headBranch: added.defaultBranch,
    jobs: [{ name: "release", status: "completed", conclusion: "success" }]
  });
}

// sandbox/github/faults.ts
function secondaryRateLimit(retryAfter, status = 403) {
  const body = JSON.stringify({
    message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
    documentation_url: "https://docs.github.com/rest",
    status: String(status)
  });
  const headers = retryAfter === void 0 ? {} : { "retry-after": String(retryAfter) };
  return fault.status(status, { headers: { "x-ratelimit-remaining": "900", ...headers }, body });
}
function interruptedUpload(releases, then = fault.status(502)) {
  return async (exchange) => {
    releases.interruptUpload(exchange.url);
    await then(exchange);
  };
}

// sandbox/github/attested.ts
var maxBundle = 16 * 1024 * 1024;
var sourceRepository = "1.3.6.1.4.1.57264.1.12";
function readAttested(bundle) {
  const envelope = asObject(bundle.dsseEnvelope) ?? refuseArgument("the bundle has no DSSE envelope");
  const payload = attempt(() => decodeBase64(asText(envelope.payload) ?? ""));
  const statement = asObject(payload && attempt(() => parseJson(payload, { maxLength: maxBundle })));
  const predicateType = asText(statement?.predicateType);
  const subjects = asList(statement?.subject)?.map(asObject);
  if (!asText(statement?._type)?.startsWith("https://in-toto.io/Statement/"))
    refuseArgument("not an in-toto statement");
  if (predicateType === void 0 || subjects === void 0 || subjects.length === 0)
    refuseArgument("not an in-toto statement");
  const named = subjects.map((subject) => JSON.stringify([subject?.name ?? null, digestsOf(subject)]));
  if (new Set(named).size < named.length) refuseArgument("duplicate subject in statement");
  return { digests: [...new Set(subjects.flatMap(digestsOf))], predicateType };
}
function demandSource(bundle, url) {
  if (Buffer.byteLength(JSON.stringify(bundle)) > maxBundle) refuseArgument("the bundle is too large");
  const certificate = decodedCertificate(bundle) ?? refuseArgument("the bundle has no certificate");
  const extension2 = attempt(() => extensionValue(certificate, sourceRepository));
  const source = extension2 && attempt(() => readDer(extension2, (der2) => der2.utf8String()));
  if (source?.toLowerCase() !== url.toLowerCase()) refuseArgument(`values do not match: ${source ?? ""} != ${url}`);
}
function digestsOf(subject) {
  return Object.entries(asObject(subject?.digest) ?? {}).map(([algorithm, value]) => `${algorithm}:${asText(value)}`);
}
function decodedCertificate({ verificationMaterial: material }) {
  const chain = asList(memberAt(material, "x509CertificateChain", "certificates"))?.[0];
  const raw = asText(memberAt(material, "certificate", "rawBytes") ?? memberAt(chain, "rawBytes"));
  return raw === void 0 ? void 0 : attempt(() => decodeBase64(raw));
}
function refuseArgument(reason) {
  return refuseGitHub(422, `Invalid Argument - ${reason}`);
}

// sandbox/github/pages.ts
var usualSize = 30;
function pageOf(items, url, maxSize) {
  const size = Math.min(maxSize, numberIn(url, "per_page") ?? usualSize);
  const page2 = numberIn(url, "page") ?? 1;
  const last = Math.max(1, Math.ceil(items.length / size));
  const others = [
    ["prev", page2 > 1 ? Math.min(page2 - 1, last) : void 0],
    ["next", page2 < last ? page2 + 1 : void 0],
    ["last", page2 < last ? last : void 0],
    ["first", page2 > 1 ? 1 : void 0]
  ];
  const links = others.flatMap(([relation, number3]) => {
    if (number3 === void 0) return [];
    const target = new URL(url);
    target.searchParams.set("page", String(number3));
    return [`<${target.href}>; rel="${relation}"`];
  });
  return {
    shown: items.slice((page2 - 1) * size, page2 * size),
    link: links.length === 0 ? void 0 : links.join(", ")
  };
}
function numberIn(url, name) {
  const number3 = Number(url.searchParams.get(name) ?? "");
  return Number.isSafeInteger(number3) && number3 >= 1 ? number3 : void 0;
}
var maxCursorPage = 100;
function cursorPageOf(items, url) {
  const size = Math.min(maxCursorPage, numberIn(url, "per_page") ?? usualSize);
  const place = (name) => items.findIndex(({ id: id2 }) => cursorOf(id2) === url.searchParams.get(name));
  const [after, before] = [place("after"), place("before")];
  const start2 = before >= 0 ? Math.max(0, before - size) : after + 1;
  const end = before >= 0 ? before : start2 + size;
  const shown = items.slice(start2, end);
  const [first, last] = [shown[0], shown.at(-1)];
  const next = last !== void 0 && end < items.length ? cursorOf(last.id) : void 0;
  const previous = first !== void 0 && start2 > 0 ? cursorOf(first.id) : void 0;
  const links = [
    ["prev", "before", previous],
    ["next", "after", next]
  ];
  const header = links.flatMap(([relation, name, cursor]) => {
    if (cursor === void 0) return [];
    const target = new URL(url);
    for (const other of ["after", "before"]) target.searchParams.delete(other);
    target.searchParams.set(name, cursor);
    return [`<${target.href}>; rel="${relation}"`];
  });
  return { shown, next, previous, links: header.length === 0 ? void 0 : header.join(", ") };
}
function cursorOf(id2) {
  return Buffer.from(`cursor:${id2}`).toString("base64");
}

// sandbox/github/snappy.ts
var maxCopy = 64;
var maxOffset = 65535;
var minMatch = 4;
var tableBits = 15;
function compressSnappy(bytes2) {
  const words3 = Buffer.from(bytes2.buffer, bytes2.byteOffset, bytes2.byteLength);
  const pieces = [varint(bytes2.length)];
  const places = new Int32Array(2 ** tableBits).fill(-1);
  let written = 0;
  for (let at = 0; at + minMatch <= bytes2.length; ) {
    const word = words3.readUInt32LE(at);
    const slot = Math.imul(word, 506832829) >>> 32 - tableBits;
    const earlier = places[slot] ?? -1;
    places[slot] = at;
    if (earlier < 0 || at - earlier > maxOffset || words3.readUInt32LE(earlier) !== word) {
      at += 1;
      continue;
    }
    const length = matchLength(bytes2, earlier, at);
    pieces.push(literal(bytes2.subarray(written, at)), copy(at - earlier, length));
    at += length;
    written = at;
  }
  return concatBytes(...pieces, literal(bytes2.subarray(written)));
}
function matchLength(bytes2, earlier, at) {
  let length = minMatch;
  while (length < maxCopy && at + length < bytes2.length && bytes2[earlier + length] === bytes2[at + length]) length += 1;
  return length;
}
function literal(bytes2) {
  if (bytes2.length === 0) return bytes2;
  const length = bytes2.length - 1;
  if (length < 60) return concatBytes(Uint8Array.of(length << 2), bytes2);
  const size = [8, 16, 24, 32].findIndex((bits) => length < 2 ** bits) + 1;
  const tag2 = Buffer.alloc(1 + size);
  tag2[0] = 59 + size << 2;
  tag2.writeUIntLE(length, 1, size);
  return concatBytes(tag2, bytes2);
}
function copy(offset, length) {
  return Uint8Array.of(length - 1 << 2 | 2, offset & 255, offset >> 8);
}
function varint(value) {
  const bytes2 = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes2.push(rest % 128 | 128);
  return Uint8Array.from([...bytes2, rest]);
}

// sandbox/github/attestations.ts
var maxDigests = 1024;
var maxAttestationRequest = 32 * 1024 * 1024;
var AttestationStore = class {
  #blobs;
  #sources;
  #nextId;
  #attestations = [];
  #settings = { inlineBundles: void 0, privateAttestations: true };
  constructor({ blobs, sources, nextId }) {
    this.#blobs = blobs;
    this.#sources = sources;
    this.#nextId = nextId;
  }
  /** All attestations, in the order of their creation. */
  get all() {
    return this.#attestations;
  }
  configure(settings) {
    this.#settings = { ...this.#settings, ...settings };
  }
  /** Stores a bundle without the checks of the API, as GitHub stores its own release attestations. */
  keep(repository, bundle) {
    const id2 = this.#nextId();
    const path = `/attestations/${repository.id}/${encodeHex(this.#sources.random(16))}.json.sn`;
    this.#blobs.keep(path, compressSnappy(utf8(JSON.stringify(bundle))));
    const stored = { id: id2, repositoryId: repository.id, ...readAttested(bundle), bundle, path };
    this.#attestations = [...this.#attestations, stored];
    return stored;
  }
  /** Deletes attestations, as their owner can. */
  delete(attestations) {
    this.#attestations = this.#attestations.filter((one) => !attestations.includes(one));
    for (const { path } of attestations) this.#blobs.delete(path);
  }
  /** Stores the bundle in a request, and returns its id. The same bundle again is another attestation. */
  create({ body }, repository) {
    if (!repository.isPublic) this.#demandAvailable(repository);
    const bundle = asObject(asObject(attempt(() => parseJson(body, { maxLength: maxAttestationRequest })))?.bundle) ?? refuseGitHub(422, `Invalid request.

"bundle" wasn't supplied.`);
    readAttested(bundle);
    demandSource(bundle, `https://github.com/${repository.name}`);
    return { id: this.keep(repository, bundle).id };
  }
  #demandAvailable({ ownerType, name }) {
    const [owner] = name.split("/");
    if (ownerType === "User")
      refuseGitHub(
        403,
        "Feature not available for user-owned private repositories. To enable this feature, please make this repository public."
      );
    if (!this.#settings.privateAttestations)
      refuseGitHub(
        403,
        `Feature not available for the ${owner} organization. To enable this feature, please upgrade the billing plan, or make this repository public.`
      );
  }
  /** Lists the attestations of a digest. Without any, there is nothing at that address. */
  list({ request, visible }, digest2) {
    const found = newestFirst(
      visible.filter(({ digests }) => digests.includes(digest2)),
      request.url.searchParams.get("predicate_type")
    );
    if (found.length === 0) refuseGitHub(404, "Not Found");
    const { shown, links } = cursorPageOf(found, request.url);
    return {
      body: { attestations: shown.map((one) => ({ ...this.#document(one, request), initiator: "user" })) },
      link: links
    };
  }
  /** Lists the attestations of up to 1024 digests. A page has those of all digests together: `null` means none on this page. */
  bulkList({ request, visible }) {
    const body = asObject(attempt(() => parseJson(request.body)));
    const digests = asList(body?.subject_digests)?.map((one) => asText(one) ?? invalidDigests());
    if (digests === void 0 || digests.length === 0 || digests.length > maxDigests) invalidDigests();
    const found = newestFirst(
      visible.filter((one) => one.digests.some((digest2) => digests.includes(digest2))),
      asText(body?.predicate_type) ?? null
    );
    const { shown, next, previous } = cursorPageOf(found, request.url);
    const of = (digest2) => {
      const these = shown.filter((one) => one.digests.includes(digest2));
      return these.length === 0 ? null : these.map((one) => this.#document(one, request));
    };
    return {
      attestations_subject_digests: Object.fromEntries(digests.map((digest2) => [digest2, of(digest2)])),
      page_info: {
        has_next: next !== void 0,
        has_previous: previous !== void 0,
        ...next !== void 0 && { next },
        ...previous !== void 0 && { previous }
      }
    };
  }
  /** Returns the attestations that a request to delete names: by `digest/<digest>`, by id, or by the lists in its body. */
  chosen({ request, visible }, path) {
    const [first, second] = path;
    const body = first === "delete-request" ? asObject(attempt(() => parseJson(request.body))) : void 0;
    const digests = first === "digest" ? [second ?? ""] : asList(body?.subject_digests) ?? [];
    const ids = first === void 0 || second !== void 0 ? [] : asList(body?.attestation_ids) ?? [Number(first)];
    const found = visible.filter(
      (one) => ids.includes(one.id) || one.digests.some((digest2) => digests.includes(digest2))
    );
    return found.length > 0 ? found : refuseGitHub(404, "Not Found");
  }
  #document({ repositoryId, bundle, path }, { headers }) {
    const isInline = this.#settings.inlineBundles ?? headers["x-github-api-version"] !== "2026-03-10";
    return {
      ...isInline && { bundle },
      repository_id: repositoryId,
      bundle_url: this.#blobs.downloadUrl(path, { contentType: "application/x-snappy" })
    };
  }
};
var words2 = {
  provenance: ["https://slsa.dev/provenance/"],
  sbom: ["https://spdx.dev/Document", "https://cyclonedx.org/bom"],
  release: ["https://in-toto.io/attestation/release/"]
};
function newestFirst(attestations, type) {
  const starts = type === null ? [""] : words2[type];
  return attestations.filter(({ predicateType }) => starts?.some((start2) => predicateType.startsWith(start2)) ?? predicateType === type).reverse();
}
function invalidDigests() {
  return refuseGitHub(422, `Invalid request.

No subset of \`subject_digests\` with 1 to ${maxDigests} items.`);
}

// sandbox/github/commits.ts
function distances(relation) {
  return {
    ahead: relation === "ahead" || relation === "diverged" ? 1 : 0,
    behind: relation === "behind" || relation === "diverged" ? 1 : 0
  };
}

// sandbox/github/documents.ts
var web = "https://github.com";
var avatars = "https://avatars.githubusercontent.com";
function nodeId(kind, id2) {
  return Buffer.from(`${kind}:${id2}`).toString("base64");
}
function time(date) {
  return date.toISOString().replace(/\.\d{3}Z$/, "Z");
}
function userDocument(api, login, id2) {
  const url = `${api}/users/${encodeURIComponent(login)}`;
  const isBot = login.endsWith("[bot]");
  return {
    login,
    id: id2,
    node_id: nodeId("User", id2),
    avatar_url: `${avatars}/u/${id2}?v=4`,
    gravatar_id: "",
    url,
    html_url: isBot ? `${web}/apps/${login.slice(0, -5)}` : `${web}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: isBot ? "Bot" : "User",
    user_view_type: "public",
    site_admin: false
  };
}
function privateUserDocument(api, login, id2, since) {
  return {
    ...userDocument(api, login, id2),
    ...Object.fromEntries(["name", "company", "location", "email", "hireable", "bio"].map((name) => [name, null])),
    blog: "",
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: time(since),
    updated_at: time(since)
  };
}
var parts = {
  archive_url: "/{archive_format}{/ref}",
  assignees_url: "/assignees{/user}",
  blobs_url: "/git/blobs{/sha}",
  branches_url: "/branches{/branch}",
  collaborators_url: "/collaborators{/collaborator}",
  comments_url: "/comments{/number}",
  commits_url: "/commits{/sha}",
  compare_url: "/compare/{base}...{head}",
  contents_url: "/contents/{+path}",
  contributors_url: "/contributors",
  deployments_url: "/deployments",
  downloads_url: "/downloads",
  events_url: "/events",
  forks_url: "/forks",
  git_commits_url: "/git/commits{/sha}",
  git_refs_url: "/git/refs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  hooks_url: "/hooks",
  issue_comment_url: "/issues/comments{/number}",
  issue_events_url: "/issues/events{/number}",
  issues_url: "/issues{/number}",
  keys_url: "/keys{/key_id}",
  labels_url: "/labels{/name}",
  languages_url: "/languages",
  merges_url: "/merges",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  pulls_url: "/pulls{/number}",
  releases_url: "/releases{/id}",
  stargazers_url: "/stargazers",
  statuses_url: "/statuses/{sha}",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  tags_url: "/tags",
  teams_url: "/teams",
  trees_url: "/git/trees{/sha}"
};
function ownerAndName(repository) {
  const [owner = "", name = ""] = repository.name.split("/");
  return [owner, name];
}
function minimalRepositoryDocument(api, repository) {
  const url = `${api}/repos/${repository.name}`;
  const [owner, name] = ownerAndName(repository);
  return {
    id: repository.id,
    node_id: nodeId("Repository", repository.id),
    name,
    full_name: repository.name,
    private: !repository.isPublic,
    owner: { ...userDocument(api, owner, repository.ownerId), type: repository.ownerType },
    html_url: `${web}/${repository.name}`,
    description: null,
    fork: repository.isFork,
    url,
    ...Object.fromEntries(Object.entries(parts).map(([member2, rest]) => [member2, `${url}${rest}`]))
  };
}
function repositoryDocument(api, repository) {
  const html3 = `${web}/${repository.name}`;
  const at = time(repository.createdAt);
  const openIssues = repository.issues.filter(({ state }) => state === "open").length;
  return {
    ...minimalRepositoryDocument(api, repository),
    created_at: at,
    updated_at: at,
    pushed_at: at,
    git_url: `git://github.com/${repository.name}.git`,
    ssh_url: `git@github.com:${repository.name}.git`,
    clone_url: `${html3}.git`,
    svn_url: html3,
    homepage: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: repository.hasIssues,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: openIssues,
    license: null,
    allow_forking: true,
    is_template: false,
    topics: [],
    visibility: repository.visibility,
    forks: 0,
    open_issues: openIssues,
    watchers: 0,
    default_branch: repository.defaultBranch,
    network_count: 0,
    subscribers_count: 0
  };
}
function workflowId(file) {
  return [...file].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 1e8, 7) + 1;
}
function runDocument(api, repository, run) {
  const [owner] = ownerAndName(repository);
  const url = `${api}/repos/${repository.name}/actions/runs/${run.id}`;
  const actor = userDocument(api, owner, repository.ownerId);
  const name = run.workflow.replace(/\.ya?ml$/, "");
  const at = { created_at: time(run.createdAt), updated_at: time(run.updatedAt), run_started_at: time(run.createdAt) };
  return {
    id: run.id,
    name,
    node_id: nodeId("WorkflowRun", run.id),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: `.github/workflows/${run.workflow}`,
    display_title: name,
    run_number: run.number,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion ?? null,
    workflow_id: workflowId(run.workflow),
    check_suite_id: run.id + 1,
    check_suite_node_id: nodeId("CheckSuite", run.id + 1),
    url,
    html_url: `${web}/${repository.name}/actions/runs/${run.id}`,
    pull_requests: [],
    ...at,
    actor,
    run_attempt: run.attempt,
    referenced_workflows: run.referencedWorkflows.map(({ path, sha, ref }) => ({ path, sha, ...ref && { ref } })),
    triggering_actor: actor,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${api}/repos/${repository.name}/check-suites/${run.id + 1}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null,
    workflow_url: `${api}/repos/${repository.name}/actions/workflows/${workflowId(run.workflow)}`,
    head_commit: {
      id: run.headSha,
      tree_id: run.headSha,
      message: "A commit of the sandbox",
      timestamp: time(run.createdAt),
      author: person(owner),
      committer: person(owner)
    },
    repository: minimalRepositoryDocument(api, repository),
    head_repository: minimalRepositoryDocument(api, run.headRepository)
  };
}
function person(login) {
  return { name: login, email: `${login}@users.noreply.github.com` };
}
function jobDocument(api, repository, run, job) {
  const status = job.status ?? "completed";
  const conclusion = status === "completed" ? job.conclusion ?? "success" : null;
  const started = time(job.startedAt ?? run.createdAt);
  const completed = status === "completed" ? time(job.completedAt ?? run.updatedAt) : null;
  const isAssigned = status !== "queued" && conclusion !== "skipped";
  const url = `${api}/repos/${repository.name}`;
  return {
    id: job.id,
    run_id: run.id,
    workflow_name: run.workflow.replace(/\.ya?ml$/, ""),
    head_branch: run.headBranch,
    run_url: `${url}/actions/runs/${run.id}`,
    run_attempt: run.attempt,
    node_id: nodeId("CheckRun", job.id),
    head_sha: run.headSha,
    url: `${url}/actions/jobs/${job.id}`,
    html_url: `${web}/${repository.name}/actions/runs/${run.id}/job/${job.id}`,
    status,
    conclusion,
    created_at: time(run.createdAt),
    started_at: started,
    completed_at: completed,
    name: job.name,
    steps: [],
    check_run_url: `${url}/check-runs/${job.id}`,
    labels: ["ubuntu-latest"],
    runner_id: isAssigned ? 1 : null,
    runner_name: isAssigned ? "GitHub Actions 1" : null,
    runner_group_id: isAssigned ? 0 : null,
    runner_group_name: isAssigned ? "GitHub Actions" : null
  };
}
function artifactDocument(api, repository, run, artifact, now) {
  const url = `${api}/repos/${repository.name}/actions/artifacts/${artifact.id}`;
  return {
    id: Number(artifact.id),
    node_id: nodeId("Artifact", artifact.id),
    name: artifact.name,
    size_in_bytes: artifact.bytes.length,
    url,
    archive_download_url: `${url}/zip`,
    expired: artifact.expiresAt <= now,
    created_at: time(artifact.createdAt),
    updated_at: time(artifact.createdAt),
    expires_at: time(artifact.expiresAt),
    digest: artifact.digest,
    workflow_run: {
      id: run.id,
      repository_id: repository.id,
      head_repository_id: run.headRepository.id,
      head_branch: run.headBranch,
      head_sha: run.headSha
    }
  };
}
function issueDocument(api, repository, issue, idOf) {
  const repositoryUrl = `${api}/repos/${repository.name}`;
  const url = `${repositoryUrl}/issues/${issue.number}`;
  const html3 = `${web}/${repository.name}/${issue.isPullRequest ? "pull" : "issues"}/${issue.number}`;
  const pull = `${repositoryUrl}/pulls/${issue.number}`;
  return {
    url,
    repository_url: repositoryUrl,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: html3,
    id: issue.id,
    node_id: nodeId("Issue", issue.id),
    number: issue.number,
    title: issue.title,
    user: userDocument(api, issue.author, idOf(issue.author)),
    labels: issue.labels.map((label2) => labelDocument(repositoryUrl, label2)),
    state: issue.state,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: issue.comments.length,
    created_at: time(issue.createdAt),
    updated_at: time(issue.updatedAt),
    closed_at: issue.closedAt === void 0 ? null : time(issue.closedAt),
    author_association: "NONE",
    active_lock_reason: null,
    body: issue.body,
    closed_by: null,
    timeline_url: `${url}/timeline`,
    state_reason: issue.stateReason,
    ...issue.isPullRequest && {
      draft: false,
      pull_request: {
        url: pull,
        html_url: html3,
        diff_url: `${html3}.diff`,
        patch_url: `${html3}.patch`,
        merged_at: null
      }
    }
  };
}
function labelDocument(repositoryUrl, name) {
  return {
    id: workflowId(name),
    node_id: nodeId("Label", name),
    url: `${repositoryUrl}/labels/${encodeURIComponent(name)}`,
    name,
    color: "ededed",
    default: false,
    description: null
  };
}
function commentDocument(api, repository, issue, { id: id2, author, body, at }, idOf) {
  const url = `${api}/repos/${repository.name}/issues`;
  return {
    url: `${url}/comments/${id2}`,
    html_url: `${web}/${repository.name}/issues/${issue.number}#issuecomment-${id2}`,
    issue_url: `${url}/${issue.number}`,
    id: id2,
    node_id: nodeId("IssueComment", id2),
    user: userDocument(api, author, idOf(author)),
    created_at: time(at),
    updated_at: time(at),
    author_association: "NONE",
    body
  };
}
function comparisonDocument(api, repository, [base, head], relation) {
  const { ahead, behind } = distances(relation);
  const html3 = `${web}/${repository.name}/compare/${base}...${head}`;
  const commit4 = commitDocument(api, repository, head);
  return {
    url: `${api}/repos/${repository.name}/compare/${base}...${head}`,
    html_url: html3,
    permalink_url: html3,
    diff_url: `${html3}.diff`,
    patch_url: `${html3}.patch`,
    base_commit: commit4,
    merge_base_commit: commit4,
    status: relation,
    ahead_by: ahead,
    behind_by: behind,
    total_commits: ahead,
    commits: ahead === 0 ? [] : [commit4],
    files: []
  };
}
function commitDocument(api, repository, sha) {
  const url = `${api}/repos/${repository.name}`;
  const [owner] = ownerAndName(repository);
  const by = { ...person(owner), date: time(repository.createdAt) };
  const user = userDocument(api, owner, repository.ownerId);
  return {
    sha,
    node_id: nodeId("Commit", sha),
    commit: {
      author: by,
      committer: by,
      message: "A commit of the sandbox",
      tree: { sha, url: `${url}/git/trees/${sha}` },
      url: `${url}/git/commits/${sha}`,
      comment_count: 0,
      verification: { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null }
    },
    url: `${url}/commits/${sha}`,
    html_url: `${web}/${repository.name}/commit/${sha}`,
    comments_url: `${url}/commits/${sha}/comments`,
    author: user,
    committer: user,
    parents: []
  };
}

// sandbox/github/endpoint.ts
var maxText = 65536;
function isAt(pattern, path) {
  const parts2 = pattern === "" ? [] : pattern.split("/");
  return parts2.length === path.length && parts2.every((part, at) => part === "*" || part === path[at]);
}
function json(status, value, headers = {}) {
  return jsonResponse(status, value, { "content-type": "application/json; charset=utf-8", ...headers });
}
function notFound() {
  return refuseGitHub(404, "Not Found");
}
function bodyOf({ body }) {
  return asObject(attempt(() => parseJson(body))) ?? refuseGitHub(400, "Problems parsing JSON");
}
function textOf2(body, member2, resource2, maxLength = maxText) {
  const value = body[member2];
  if (value === void 0 || value === null) return void 0;
  const text2 = asText(value) ?? invalid2(resource2, member2, "invalid");
  return text2.length > maxLength ? invalid2(resource2, member2, "invalid") : text2;
}
function invalid2(resource2, field, code) {
  return refuseGitHub(422, "Validation Failed", {}, [{ resource: resource2, field, code }]);
}

// sandbox/github/tokens.ts
var Tokens = class {
  #sources;
  #callers = /* @__PURE__ */ new Map();
  constructor(sources) {
    this.#sources = sources;
  }
  issue(caller) {
    const token = `${caller.isIntegration ? "ghs" : "ghp"}_${encodeHex(this.#sources.random(18))}`;
    this.#callers.set(token, caller);
    return token;
  }
  revoke(token) {
    this.#callers.delete(token);
  }
  /** Returns the owner of the token in an `Authorization` header: `undefined` without a header, `invalid` for an unknown token. */
  callerOf(authorization) {
    if (authorization === void 0) return void 0;
    const [, token = ""] = /^(?:bearer|token) (\S+)$/i.exec(String(authorization)) ?? [];
    return this.#callers.get(token) ?? "invalid";
  }
};
function mayAccess(caller, repository, scope, level) {
  if (level === "read" && repository.isPublic) return true;
  if (caller === void 0 || !caller.repositories.includes(repository.id)) return false;
  const granted2 = caller.permissions[scope];
  return granted2 === "write" || granted2 === level || scope === "metadata" && level === "read";
}

// sandbox/github/owners.ts
function answerOwner(call, services) {
  const { kind, path } = call;
  const type = kind === "orgs" ? "Organization" : "User";
  const owned = call.repositories.filter(({ name, ownerType }) => isOwner(call.owner, name) && ownerType === type);
  if (owned.length === 0) notFound();
  const [first, ...rest] = path;
  if (first === "attestations") return answerAttestations(call, owned, services.attestations, rest);
  if (first === "artifacts" && kind === "orgs") return answerRecords(call, owned, services.storageRecords, rest);
  return notFound();
}
function answerAttestations(call, owned, store, path) {
  const { request, caller } = call;
  const seen = new Set(owned.filter((one) => mayAccess(caller, one, "attestations", "read")).map(({ id: id2 }) => id2));
  const visible = store.all.filter(({ repositoryId }) => seen.has(repositoryId));
  const [first] = path;
  if (request.method === "POST" && first === "bulk-list" && path.length === 1)
    return json(200, store.bulkList({ request, visible }));
  if (request.method === "GET" && first !== void 0 && path.length === 1) {
    const { body, link } = store.list({ request, visible }, first);
    return json(200, body, link === void 0 ? {} : { link });
  }
  const deletes = request.method === "DELETE" || request.method === "POST" && first === "delete-request";
  if (!deletes) notFound();
  const chosen = store.chosen({ request, visible }, path);
  demandOwner(caller, owned, chosen);
  store.delete(chosen);
  return { status: request.method === "POST" ? 200 : 204, headers: {}, body: new Uint8Array() };
}
function demandOwner(caller, owned, attestations) {
  if (caller === void 0) refuseGitHub(401, "Requires authentication");
  const may = attestations.every(({ repositoryId }) => {
    const repository = owned.find(({ id: id2 }) => id2 === repositoryId);
    return repository !== void 0 && mayAccess(caller, repository, "attestations", "write");
  });
  if (caller.isIntegration || !may) refuseGitHub(403, "Resource not accessible by integration");
}
function answerRecords({ request, caller, owner }, owned, records, path) {
  const may = (scope, level) => owned.some((one) => caller?.repositories.includes(one.id) === true && mayAccess(caller, one, scope, level));
  if (caller === void 0) refuseGitHub(401, "Requires authentication");
  if (request.method === "POST" && path.join("/") === "metadata/storage-record") {
    if (!may("artifact-metadata", "write")) refuseGitHub(404, "no artifacts found");
    return json(200, records.create(owner.toLowerCase(), request));
  }
  const [digest2 = "", ...rest] = path;
  if (request.method !== "GET" || rest.join("/") !== "metadata/storage-records") notFound();
  if (!may("artifact-metadata", "read")) notFound();
  return json(200, records.list(owner.toLowerCase(), digest2));
}
function isOwner(owner, repository) {
  return repository.split("/")[0]?.toLowerCase() === owner.toLowerCase();
}

// sandbox/github/releases.ts
import { createHash as createHash3 } from "node:crypto";

// sandbox/github/release-documents.ts
function releaseDocument(origins, repository, release, idOf) {
  const { api, uploads, web: web2 } = origins;
  const path = `/repos/${repository.name}/releases/${release.id}`;
  const ball = (kind) => release.isDraft ? null : `${api}/repos/${repository.name}/${kind}/${release.tag}`;
  return {
    url: `${api}${path}`,
    assets_url: `${api}${path}/assets`,
    upload_url: `${uploads}${path}/assets{?name,label}`,
    html_url: `${web2}/${repository.name}/releases/tag/${placeOf(release)}`,
    id: release.id,
    author: userDocument(api, release.author, idOf(release.author)),
    node_id: nodeId("Release", release.id),
    tag_name: release.tag,
    target_commitish: release.target,
    name: release.name,
    draft: release.isDraft,
    immutable: release.isImmutable,
    prerelease: release.isPrerelease,
    created_at: time(release.createdAt),
    updated_at: time(release.updatedAt),
    published_at: release.publishedAt === void 0 ? null : time(release.publishedAt),
    assets: release.assets.map((asset) => assetDocument(origins, repository, release, asset, idOf)),
    tarball_url: ball("tarball"),
    zipball_url: ball("zipball"),
    body: release.body
  };
}
function assetDocument({ api, web: web2 }, repository, release, { id: id2, name, label: label2, contentType, uploader, content, createdAt }, idOf) {
  return {
    url: `${api}/repos/${repository.name}/releases/assets/${id2}`,
    id: id2,
    node_id: nodeId("ReleaseAsset", id2),
    name,
    label: label2,
    uploader: userDocument(api, uploader, idOf(uploader)),
    content_type: contentType,
    state: content === void 0 ? "starter" : "uploaded",
    size: content?.size ?? 0,
    digest: content?.digest ?? null,
    download_count: 0,
    created_at: time(createdAt),
    updated_at: time(createdAt),
    browser_download_url: `${web2}/${repository.name}/releases/download/${placeOf(release)}/${encodeURIComponent(name)}`
  };
}
function refDocument(api, repository, tag2, sha, isAnnotated) {
  const git = `${api}/repos/${repository.name}/git`;
  const kind = isAnnotated ? "tag" : "commit";
  return {
    ref: `refs/tags/${tag2}`,
    node_id: nodeId("Ref", tag2),
    url: `${git}/refs/tags/${tag2}`,
    object: { sha, type: kind, url: `${git}/${kind}s/${sha}` }
  };
}
function tagDocument(api, repository, tag2, sha, commit4) {
  const git = `${api}/repos/${repository.name}/git`;
  return {
    node_id: nodeId("Tag", sha),
    tag: tag2,
    sha,
    url: `${git}/tags/${sha}`,
    message: "A tag of the sandbox\n",
    tagger: { name: "octo", email: "octo@users.noreply.github.com", date: time(repository.createdAt) },
    object: { sha: commit4, type: "commit", url: `${git}/commits/${commit4}` },
    verification: { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null }
  };
}
function placeOf({ isDraft, draftTag, tag: tag2 }) {
  return isDraft ? draftTag : encodeURIComponent(tag2);
}

// sandbox/github/releases.ts
var maxAsset = 512 * 1024 * 1024;
var maxAssets = 1e3;
var maxBody = 125e3;
var ReleaseStore = class {
  #options;
  #releases = /* @__PURE__ */ new Map();
  /** The tags of immutable releases, with the names of their repositories: they outlive both. */
  #usedTags = /* @__PURE__ */ new Set();
  constructor(options) {
    this.#options = options;
  }
  /** The releases and drafts of a repository, in the order of their creation. */
  of(repository) {
    return this.#of(repository);
  }
  /** Returns the content of an asset; empty for an upload that was interrupted. */
  contentOf({ path }) {
    return this.#options.blobs.bytes(path) ?? new Uint8Array();
  }
  /** Replaces what an asset is downloaded as, and leaves what GitHub lists of it. */
  replaceContent({ path }, content) {
    this.#options.blobs.keep(path, content);
  }
  /** Leaves what an interrupted upload leaves: an asset without content, in the state `starter`. */
  interruptUpload(url) {
    const [, name = "", id2 = ""] = /^\/repos\/([^/]+\/[^/]+)\/releases\/(\d+)\/assets$/.exec(url.pathname) ?? [];
    const repository = this.#options.find(name) ?? notFound();
    const release = this.#release(repository, id2);
    const asset = nameGivenBy(url.searchParams.get("name") ?? "");
    if (!release.assets.some((one) => one.name === asset))
      release.assets.push(this.#asset(repository, asset, "", "application/octet-stream", "github-actions[bot]"));
  }
  endpoints = [
    endpoint("GET", "releases", "read", (call) => this.#list(call)),
    endpoint("POST", "releases", "write", (call) => this.#create(call)),
    endpoint("GET", "releases/tags/*", "read", (call) => this.#byTag(call)),
    endpoint("GET", "releases/assets/*", "read", (call) => this.#download(call)),
    endpoint("DELETE", "releases/assets/*", "write", (call) => this.#deleteAsset(call)),
    endpoint("GET", "releases/*", "read", (call) => this.#get(call)),
    endpoint("PATCH", "releases/*", "write", (call) => this.#update(call)),
    endpoint("DELETE", "releases/*", "write", (call) => this.#delete(call)),
    endpoint("GET", "releases/*/assets", "read", (call) => this.#assets(call)),
    { ...endpoint("POST", "releases/*/assets", "write", (call) => this.#upload(call)), host: "uploads" },
    { ...endpoint("GET", "immutable-releases", "read", (call) => this.#setting(call)), scope: "metadata" },
    endpoint("GET", "git/ref/*", "read", (call) => this.#ref(call)),
    endpoint("GET", "git/tags/*", "read", (call) => this.#tag(call))
  ];
  /** Serves the downloads of published releases, as everybody gets them. */
  webRoutes() {
    return [{ method: "GET", path: "/*", handle: (request) => this.#serveWeb(request) }];
  }
  #serveWeb({ url, headers }) {
    if (headers.authorization !== void 0) refuseGitHub(400, "A token was sent to a page.");
    const [name = "", tag2, file] = /^\/([^/]+\/[^/]+)\/releases\/download\/([^/]+)\/([^/]+)$/.exec(url.pathname)?.slice(1).map(decodeURIComponent) ?? notFound();
    const repository = this.#options.find(name);
    if (!repository?.isPublic) notFound();
    const release = this.#of(repository).find((one) => !one.isDraft && one.tag === tag2) ?? notFound();
    return this.#content(release.assets.find((one) => one.name === file && one.content !== void 0) ?? notFound());
  }
  #list(call) {
    const shown = this.#of(call.repository).filter((release) => isVisible(call, release));
    return this.#options.page(
      call,
      shown.reverse(),
      (releases) => releases.map((release) => this.#document(call.repository, release))
    );
  }
  #byTag({ repository, path }) {
    const release = this.#of(repository).find((one) => !one.isDraft && one.tag === path[2]) ?? notFound();
    return json(200, this.#document(repository, release));
  }
  #get(call) {
    return json(200, this.#document(call.repository, this.#visible(call)));
  }
  #create({ repository, request, caller }) {
    const body = bodyOf(request);
    const tag2 = asText(body.tag_name) ?? invalid2("Release", "tag_name", "missing_field");
    if (!isTagName(tag2)) invalid2("Release", "tag_name", "invalid");
    this.#demandUnused(repository, tag2);
    const now = this.#now();
    const release = {
      id: this.#options.nextId(),
      author: caller?.login ?? "",
      createdAt: now,
      draftTag: `untagged-${encodeHex(this.#options.sources.random(10))}`,
      assets: [],
      tag: tag2,
      target: asText(body.target_commitish) ?? repository.defaultBranch,
      name: textOf2(body, "name", "Release") ?? null,
      body: textOf2(body, "body", "Release", maxBody) ?? null,
      isDraft: true,
      isPrerelease: body.prerelease === true,
      isImmutable: false,
      publishedAt: void 0,
      updatedAt: now
    };
    if (body.draft !== true) this.#publish(repository, release);
    this.#of(repository).push(release);
    const document = this.#document(repository, release);
    return json(201, document, { location: String(document.url) });
  }
  #update({ repository, request, path }) {
    const release = this.#release(repository, path[1] ?? "");
    const body = bodyOf(request);
    for (const member2 of ["target_commitish", "tag_name"])
      if (release.isImmutable && body[member2] !== void 0)
        refuseCustom("Release", member2, `${member2} cannot be changed when release is immutable`);
    if (release.isImmutable && body.draft === true)
      refuseCustom("Release", "draft", "draft cannot be changed when release is immutable");
    const tag2 = asText(body.tag_name);
    if (tag2 !== void 0 && !isTagName(tag2)) invalid2("Release", "tag_name", "invalid");
    if (tag2 !== void 0) this.#demandUnused(repository, tag2);
    Object.assign(release, {
      ...tag2 !== void 0 && { tag: tag2 },
      ...body.target_commitish !== void 0 && { target: asText(body.target_commitish) ?? "" },
      ...body.name !== void 0 && { name: textOf2(body, "name", "Release") ?? null },
      ...body.body !== void 0 && { body: textOf2(body, "body", "Release", maxBody) ?? null },
      ...body.prerelease !== void 0 && { isPrerelease: body.prerelease === true },
      updatedAt: this.#now()
    });
    if (body.draft === false && release.isDraft) this.#publish(repository, release);
    if (body.draft === true) Object.assign(release, { isDraft: true, publishedAt: void 0 });
    return json(200, this.#document(repository, release));
  }
  #publish(repository, release) {
    const { tag: tag2, target } = release;
    if (this.#of(repository).some((one) => one !== release && !one.isDraft && one.tag === tag2))
      invalid2("Release", "tag_name", "already_exists");
    this.#demandUnused(repository, tag2);
    if (repository.commitOfTag(tag2) === void 0)
      repository.addTag(tag2, /^[0-9a-f]{40}$/.test(target) ? target : repository.headSha);
    const isImmutable = repository.immutableReleases;
    Object.assign(release, { isDraft: false, isImmutable, publishedAt: this.#now() });
    if (!isImmutable) return;
    this.#usedTags.add(keyOf(repository, tag2));
    const uploaded = release.assets.filter(({ content }) => content !== void 0);
    this.#options.attest(repository, {
      repository: repository.name,
      tag: tag2,
      commit: repository.commitOfTag(tag2) ?? "",
      ownerId: String(repository.ownerId),
      repositoryId: String(repository.id),
      assets: Object.fromEntries(uploaded.map((asset) => [asset.name, this.contentOf(asset)]))
    });
  }
  #demandUnused(repository, tag2) {
    if (this.#usedTags.has(keyOf(repository, tag2)))
      refuseCustom("Release", "tag_name", "tag_name was used by an immutable release");
  }
  #delete({ repository, path }) {
    const release = this.#release(repository, path[1] ?? "");
    for (const asset of release.assets) this.#options.blobs.delete(asset.path);
    this.#releases.set(
      repository.id,
      this.#of(repository).filter((one) => one !== release)
    );
    return noContent;
  }
  #assets(call) {
    const { repository } = call;
    const release = this.#visible(call);
    return this.#options.page(
      call,
      release.assets,
      (assets) => assets.map((asset) => this.#assetDocument(repository, release, asset))
    );
  }
  #upload(call) {
    const { repository, request, caller } = call;
    const { headers, url, body } = request;
    if (headers["content-length"] === void 0 || body.length === 0) refuseGitHub(400, "Bad Content-Length");
    if (headers["content-type"] === void 0) refuseGitHub(400, "Bad Content-Type");
    const release = this.#release(repository, call.path[1] ?? "");
    if (release.isImmutable) refuseGitHub(422, "Cannot upload assets to an immutable release.");
    const name = nameGivenBy(url.searchParams.get("name") ?? invalid2("ReleaseAsset", "name", "missing_field"));
    if (release.assets.some((one) => one.name === name)) invalid2("ReleaseAsset", "name", "already_exists");
    if (release.assets.length >= maxAssets)
      refuseCustom("ReleaseAsset", "release", `a release can have at most ${maxAssets} assets`);
    const label2 = url.searchParams.get("label") ?? "";
    const started = this.#asset(repository, name, label2, String(headers["content-type"]), caller?.login ?? "");
    const digest2 = `sha256:${createHash3("sha256").update(body).digest("hex")}`;
    const asset = { ...started, content: { size: body.length, digest: digest2 } };
    this.#options.blobs.keep(asset.path, body);
    release.assets.push(asset);
    return json(201, this.#assetDocument(repository, release, asset));
  }
  #asset(repository, name, label2, contentType, uploader) {
    const id2 = this.#options.nextId();
    const path = `/release-assets/${repository.id}/${id2}`;
    return { id: id2, name, label: label2, contentType, uploader, content: void 0, path, createdAt: this.#now() };
  }
  #download(call) {
    const { repository, request } = call;
    const { release, asset } = this.#assetAt(call);
    if (request.headers.accept !== "application/octet-stream")
      return json(200, this.#assetDocument(repository, release, asset));
    return this.#content(asset);
  }
  #content({ content, path, name, contentType }) {
    if (content === void 0) notFound();
    const location = this.#options.blobs.downloadUrl(path, { fileName: name, contentType });
    return { status: 302, headers: { location }, body: new Uint8Array() };
  }
  #deleteAsset(call) {
    const { release, asset } = this.#assetAt(call);
    if (release.isImmutable) refuseGitHub(422, "Cannot delete assets from an immutable release.");
    release.assets.splice(release.assets.indexOf(asset), 1);
    this.#options.blobs.delete(asset.path);
    return noContent;
  }
  #assetAt(call) {
    for (const release of this.#of(call.repository)) {
      const asset = release.assets.find(({ id: id2 }) => String(id2) === call.path[2]);
      if (asset !== void 0 && isVisible(call, release)) return { release, asset };
    }
    return notFound();
  }
  #setting({ repository, caller }) {
    if (caller === void 0) refuseGitHub(401, "Requires authentication");
    if (caller.isIntegration)
      refuseGitHub(403, "Resource not accessible by integration", {
        "x-accepted-github-permissions": "administration=read"
      });
    return repository.immutableReleases ? json(200, { enabled: true, enforced_by_owner: false }) : notFound();
  }
  #ref({ repository, path }) {
    const [, tag2 = ""] = /^tags\/(.+)$/.exec(path[2] ?? "") ?? [];
    const sha = repository.objectOfTag(tag2) ?? notFound();
    const isAnnotated = sha !== repository.commitOfTag(tag2);
    return json(200, refDocument(this.#options.origins.api, repository, tag2, sha, isAnnotated));
  }
  #tag({ repository, path }) {
    const [tag2, { commit: commit4 }] = repository.tags.find(([, { object }]) => object === path[2]) ?? notFound();
    if (commit4 === path[2]) notFound();
    return json(200, tagDocument(this.#options.origins.api, repository, tag2, path[2] ?? "", commit4));
  }
  #of(repository) {
    const releases = this.#releases.get(repository.id) ?? [];
    this.#releases.set(repository.id, releases);
    return releases;
  }
  #release(repository, id2) {
    return this.#of(repository).find((release) => String(release.id) === id2) ?? notFound();
  }
  #visible(call) {
    const release = this.#release(call.repository, call.path[1] ?? "");
    return isVisible(call, release) ? release : notFound();
  }
  #document(repository, release) {
    const { origins, idOf } = this.#options;
    return releaseDocument(origins, repository, release, idOf);
  }
  #assetDocument(repository, release, asset) {
    const { origins, idOf } = this.#options;
    return assetDocument(origins, repository, release, asset, idOf);
  }
  #now() {
    return wholeSecond(this.#options.sources.clock());
  }
};
var maxUpload = maxAsset;
var noContent = { status: 204, headers: {}, body: new Uint8Array() };
function endpoint(method, path, level, answer) {
  return { method, path, scope: "contents", level, answer };
}
function isVisible({ caller, repository }, { isDraft }) {
  return !isDraft || mayAccess(caller, repository, "contents", "write");
}
function nameGivenBy(name) {
  const safe = name.replace(/[^A-Za-z0-9._+@-]+/g, ".").replace(/\.{2,}/g, ".").replace(/\.+$/, "");
  return safe.startsWith(".") || safe === "" ? `default${safe}` : safe;
}
function isTagName(tag2) {
  return tag2 !== "" && !/[\s~^:?*[\\]|\.\.|^[/.]|[/.]$|@\{/.test(tag2);
}
function keyOf({ name }, tag2) {
  return `${name.toLowerCase()} ${tag2}`;
}
function refuseCustom(resource2, field, message2) {
  refuseGitHub(422, "Validation Failed", {}, [{ resource: resource2, code: "custom", field, message: message2 }]);
}

// sandbox/github/repository.ts
var zeroCommit = "0".repeat(40);
var SandboxRepository = class {
  id;
  ownerId;
  ownerType;
  defaultBranch;
  isFork;
  hasIssues;
  createdAt;
  visibility;
  immutableReleases;
  /** The latest commit of the default branch. */
  headSha = "1".repeat(40);
  #tags = /* @__PURE__ */ new Map();
  #sources;
  #nextId;
  #runs = [];
  #issues = [];
  #commits = /* @__PURE__ */ new Map();
  #name;
  constructor(name, options, sources, nextId) {
    this.#name = name;
    this.#sources = sources;
    this.#nextId = nextId;
    this.id = options.id ?? nextId();
    this.ownerId = options.ownerId ?? nextId();
    this.ownerType = options.ownerType ?? "Organization";
    this.visibility = options.visibility ?? "public";
    this.defaultBranch = options.defaultBranch ?? "main";
    this.isFork = options.isFork ?? false;
    this.immutableReleases = options.immutableReleases ?? false;
    this.hasIssues = options.hasIssues ?? true;
    this.createdAt = this.#now();
  }
  /** `owner/name`. */
  get name() {
    return this.#name;
  }
  get isPublic() {
    return this.visibility === "public";
  }
  get runs() {
    return this.#runs;
  }
  get issues() {
    return this.#issues;
  }
  /** Renames or transfers it. The API redirects requests for the former name. */
  rename(name) {
    this.#name = name;
  }
  /** Adds a run, another attempt of one, or a later state of an attempt. */
  addRun(options) {
    const now = this.#now();
    const conclusion = (options.status ?? "completed") === "completed" ? options.conclusion ?? "success" : void 0;
    const status = options.status ?? "completed";
    const earlier = this.#runs.find(({ id: id2 }) => id2 === options.id);
    const jobs = options.jobs ?? [{ name: "build", status, ...conclusion && { conclusion } }];
    const run = {
      workflow: options.workflow,
      id: options.id ?? this.#nextId(),
      attempt: options.attempt ?? 1,
      event: options.event ?? "push",
      headSha: options.headSha ?? zeroCommit,
      headBranch: options.headBranch ?? this.defaultBranch,
      headRepository: options.headRepository ?? earlier?.headRepository ?? this,
      status,
      conclusion,
      jobs: jobs.map((job) => ({ ...job, id: this.#nextId() })),
      referencedWorkflows: options.referencedWorkflows ?? [],
      backendId: options.backendId ?? earlier?.backendId ?? "",
      createdAt: options.createdAt ?? now,
      updatedAt: options.updatedAt ?? now,
      number: earlier?.number ?? this.#runs.length + 1
    };
    const at = this.#runs.findIndex(({ id: id2, attempt: attempt2 }) => id2 === run.id && attempt2 === run.attempt);
    this.#runs.splice(at < 0 ? this.#runs.length : at, at < 0 ? 0 : 1, run);
    return run;
  }
  /** Removes all attempts of a run, as its deletion or the end of its retention does. */
  removeRun(id2) {
    this.#runs.splice(0, this.#runs.length, ...this.#runs.filter((run) => run.id !== id2));
  }
  /** Adds a commit. */
  addCommit(sha, relation) {
    this.#commits.set(sha, relation);
  }
  /** Returns how a commit relates to the default branch; `undefined` for one that does not exist. */
  relationOf(sha) {
    return sha === this.defaultBranch ? "identical" : this.#commits.get(sha);
  }
  get tags() {
    return [...this.#tags];
  }
  /** Creates a tag, or moves it. */
  addTag(name, commit4, object = commit4) {
    this.#tags.set(name, { commit: commit4, object });
  }
  removeTag(name) {
    this.#tags.delete(name);
  }
  commitOfTag(name) {
    return this.#tags.get(name)?.commit;
  }
  objectOfTag(name) {
    return this.#tags.get(name)?.object;
  }
  /** Opens an issue. */
  addIssue({ title, body = "", labels = [], author, isPullRequest = false }) {
    const now = this.#now();
    const issue = {
      id: this.#nextId(),
      number: this.#issues.length + 1,
      title,
      body,
      labels,
      author,
      isPullRequest,
      state: "open",
      stateReason: null,
      comments: [],
      createdAt: now,
      updatedAt: now,
      closedAt: void 0
    };
    this.#issues.push(issue);
    return issue;
  }
  /** Changes an issue. */
  change(issue, change) {
    const now = this.#now();
    const wasOpen = issue.state === "open";
    Object.assign(issue, change, { updatedAt: now });
    if (wasOpen === (issue.state === "open")) return;
    issue.closedAt = wasOpen ? now : void 0;
    issue.stateReason = change.stateReason ?? (wasOpen ? "completed" : "reopened");
  }
  comment(issue, author, body) {
    const comment = { id: this.#nextId(), author, body, at: this.#now() };
    issue.comments.push(comment);
    issue.updatedAt = comment.at;
    return comment;
  }
  #now() {
    return wholeSecond(this.#sources.clock());
  }
};

// sandbox/github/storage-records.ts
var resource = "ArtifactMetadata";
var members = {
  name: { pattern: /^.{1,256}$/s, required: true },
  digest: { pattern: /^sha256:[a-f0-9]{64}$/, required: true },
  registry_url: { pattern: /^https:\/\/.{1,248}$/s, required: true },
  version: { pattern: /^.{1,100}$/s },
  artifact_url: { pattern: /^https:\/\/.{0,144}$/s },
  path: { pattern: /^.{0,512}$/s },
  repository: { pattern: /^.{0,128}$/s },
  status: { pattern: /^(?:active|eol|deleted)$/ },
  github_repository: { pattern: /^[A-Za-z0-9.\-_]{1,100}$/ }
};
var StorageRecords = class {
  #sources;
  #nextId;
  #records = [];
  constructor(sources, nextId) {
    this.#sources = sources;
    this.#nextId = nextId;
  }
  get all() {
    return this.#records;
  }
  /** Creates a record, or updates that of the same digest in the same registry and repository. */
  create(organization2, request) {
    const body = bodyOf(request);
    const given = readMembers(body);
    const { name = "", digest: digest2 = "", registry_url = "", artifact_url, repository, status = "active", ...others } = given;
    const now = wholeSecond(this.#sources.clock());
    const earlier = this.#records.find(
      (one) => one.organization === organization2 && one.digest === digest2 && one.registryUrl === registry_url && one.repository === repository
    );
    const record = {
      id: earlier?.id ?? this.#nextId(),
      organization: organization2,
      name,
      digest: digest2,
      registryUrl: registry_url,
      artifactUrl: artifact_url,
      repository,
      status,
      createdAt: earlier?.createdAt ?? now,
      updatedAt: now,
      others
    };
    this.#records = [...this.#records.filter((one) => one !== earlier), record];
    return body.return_records === false ? { total_count: 1 } : { total_count: 1, storage_records: [recordDocument(record)] };
  }
  list(organization2, digest2) {
    const records = this.#records.filter((one) => one.organization === organization2 && one.digest === digest2);
    return { total_count: records.length, storage_records: records.map(recordDocument) };
  }
};
function readMembers(body) {
  const given = Object.entries(members).flatMap(([field, { pattern, required }]) => {
    const value = body[field] ?? void 0;
    if (value === void 0) return required ? invalid2(resource, field, "missing_field") : [];
    const text2 = asText(value) ?? invalid2(resource, field, "invalid");
    return pattern.test(text2) ? [[field, text2]] : invalid2(resource, field, "invalid");
  });
  return Object.fromEntries(given);
}
function recordDocument(record) {
  return {
    id: record.id,
    name: record.name,
    digest: record.digest,
    artifact_url: record.artifactUrl ?? null,
    registry_url: record.registryUrl,
    repository: record.repository ?? null,
    status: record.status,
    created_at: record.createdAt.toISOString(),
    updated_at: record.updatedAt.toISOString()
  };
}

// sandbox/github/github-service.ts
var versions = ["2022-11-28", "2026-03-10"];
var bot = "github-actions[bot]";
var GitHubService = class {
  /** `GITHUB_API_URL`. */
  url;
  attestations;
  storageRecords;
  releases;
  #artifacts;
  #sources;
  #tokens;
  /** The latest name is the last. */
  #repositories = [];
  #users = /* @__PURE__ */ new Map();
  #used = /* @__PURE__ */ new Map();
  #settings = { maxPageSize: 100, requestsPerHour: void 0 };
  #lastId = 1e3;
  constructor({ origin, uploads, web: web2, artifacts, blobs, sources, attestRelease }) {
    this.url = origin;
    this.#artifacts = artifacts;
    this.#sources = sources;
    this.#tokens = new Tokens(sources);
    const nextId = () => this.#nextId();
    this.attestations = new AttestationStore({ blobs, sources, nextId });
    this.storageRecords = new StorageRecords(sources, nextId);
    this.releases = new ReleaseStore({
      origins: { api: origin, uploads, web: web2 },
      blobs,
      sources,
      nextId,
      idOf: (login) => this.#userId(login),
      find: (name) => this.#find(`repos/${name}`)?.repository,
      page: (call, items, document) => this.#page(call, items, document),
      attest: (repository, release) => void this.attestations.keep(repository, attestRelease(release))
    });
    this.#endpoints = [...this.#ownEndpoints, ...this.releases.endpoints];
  }
  get repositories() {
    return this.#repositories.map(({ repository }) => repository);
  }
  configure(settings) {
    this.#settings = { ...this.#settings, ...settings };
    this.#used.clear();
  }
  addRepository(name, options = {}) {
    const owner = name.split("/")[0] ?? "";
    const repository = new SandboxRepository(
      name,
      { ...options, ownerId: options.ownerId ?? this.#userId(owner) },
      this.#sources,
      () => this.#nextId()
    );
    this.#repositories.push({ repository, names: [] });
    return repository;
  }
  /** Renames or transfers a repository. The former name is redirected until another repository takes it. */
  rename(repository, name) {
    this.#repositories.find((one) => one.repository === repository)?.names.push(repository.name);
    repository.rename(name);
  }
  /** Issues the token of a job: GITHUB_TOKEN. */
  jobToken(repository, permissions) {
    return this.#tokens.issue({ login: bot, isIntegration: true, repositories: [repository.id], permissions });
  }
  /** Issues the token of a user, who may do everything in these repositories. */
  userToken(login, repositories = []) {
    return this.#tokens.issue({
      login,
      isIntegration: false,
      repositories: repositories.map(({ id: id2 }) => id2),
      permissions: {
        actions: "write",
        "artifact-metadata": "write",
        attestations: "write",
        contents: "write",
        issues: "write",
        metadata: "write"
      }
    });
  }
  /** Makes a token invalid, as the end of a job does. */
  revoke(token) {
    this.#tokens.revoke(token);
  }
  /** Serves the host of uploads. */
  uploadRoutes() {
    const handle = (request) => this.#answer(request, "uploads");
    return [{ method: "POST", path: "/*", handle, maxBodyLength: maxUpload }];
  }
  routes() {
    const handle = (request) => this.#answer(request);
    const maxBodyLength2 = maxAttestationRequest;
    return ["GET", "POST", "PATCH", "DELETE"].map((method) => ({
      method,
      path: "/*",
      handle,
      maxBodyLength: maxBodyLength2
    }));
  }
  #endpoints;
  #ownEndpoints = [
    { method: "GET", path: "", scope: "metadata", level: "read", answer: (call) => this.#repository(call) },
    {
      method: "GET",
      path: "actions/runs/*/attempts/*",
      scope: "actions",
      level: "read",
      answer: (call) => this.#run(call)
    },
    {
      method: "GET",
      path: "actions/runs/*/attempts/*/jobs",
      scope: "actions",
      level: "read",
      answer: (call) => this.#jobs(call)
    },
    {
      method: "GET",
      path: "actions/runs/*/artifacts",
      scope: "actions",
      level: "read",
      answer: (call) => this.#runArtifacts(call)
    },
    {
      method: "GET",
      path: "actions/workflows/*/runs",
      scope: "actions",
      level: "read",
      answer: (call) => this.#workflowRuns(call)
    },
    {
      method: "GET",
      path: "actions/artifacts/*/zip",
      scope: "actions",
      level: "read",
      answer: (call) => this.#download(call)
    },
    { method: "GET", path: "compare/*", scope: "contents", level: "read", answer: (call) => this.#compare(call) },
    {
      method: "POST",
      path: "attestations",
      scope: "attestations",
      level: "write",
      answer: (call) => this.#createAttestation(call)
    },
    {
      method: "GET",
      path: "attestations/*",
      scope: "attestations",
      level: "read",
      answer: (call) => this.#listAttestations(call)
    },
    { method: "GET", path: "issues", scope: "issues", level: "read", answer: (call) => this.#issues(call) },
    { method: "POST", path: "issues", scope: "issues", level: "write", answer: (call) => this.#createIssue(call) },
    { method: "PATCH", path: "issues/*", scope: "issues", level: "write", answer: (call) => this.#updateIssue(call) },
    {
      method: "GET",
      path: "issues/*/comments",
      scope: "issues",
      level: "read",
      answer: (call) => this.#comments(call)
    },
    {
      method: "POST",
      path: "issues/*/comments",
      scope: "issues",
      level: "write",
      answer: (call) => this.#comment(call)
    }
  ];
  #answer(request, host) {
    const { headers } = request;
    if (headers["user-agent"] === void 0) refuseGitHub(403, "Request forbidden by administrative rules.");
    const caller = this.#tokens.callerOf(headers.authorization);
    if (caller === "invalid") refuseGitHub(401, "Bad credentials");
    const limits = this.#count(caller);
    const version = headers["x-github-api-version"];
    if (version !== void 0 && !versions.includes(String(version)))
      refuseGitHub(400, `The API version ${JSON.stringify(version)} is not supported.`, limits);
    const response = this.#dispatch(request, caller, host);
    return {
      ...response,
      headers: { ...limits, "x-github-api-version-selected": String(version ?? versions[0]), ...response.headers }
    };
  }
  #dispatch(request, caller, host) {
    const { method, url } = request;
    const { pathname } = url;
    if (method === "GET" && pathname === "/user") return this.#user(caller);
    const owner = /^\/(orgs|users)\/([^/]+)\/(.+)$/.exec(pathname);
    if (owner !== null) return this.#ofOwner(request, caller, owner);
    const [, place = "", rest = ""] = /^\/(repos\/[^/]+\/[^/]+|repositories\/\d+)(?:\/(.*))?$/.exec(pathname) ?? [];
    const path = rest === "" ? [] : rest.split("/").map(decodeURIComponent);
    const endpoint2 = this.#endpoints.find((one) => one.method === method && one.host === host && isAt(one.path, path));
    const found = this.#find(place);
    if (found === void 0 || endpoint2 === void 0) notFound();
    const { repository, isFormerName } = found;
    if (!mayAccess(caller, repository, "metadata", "read")) notFound();
    if (isFormerName)
      return movedTo(`${this.url}/repositories/${repository.id}${rest === "" ? "" : `/${rest}`}`, request);
    if (!mayAccess(caller, repository, endpoint2.scope, endpoint2.level)) forbidden2(caller, endpoint2);
    return endpoint2.answer({ request, caller, repository, path });
  }
  /** Finds a repository by its name, which may be a former one, or by its id: `repos/octo/app`, `repositories/1001`. */
  #find(place) {
    const isHere = (name) => place.toLowerCase() === `repos/${name.toLowerCase()}`;
    const now = this.#repositories.find(
      ({ repository }) => isHere(repository.name) || place === `repositories/${repository.id}`
    );
    const former = now ?? this.#repositories.find(({ names }) => names.some(isHere));
    return former && { repository: former.repository, isFormerName: now === void 0 };
  }
  #ofOwner(request, caller, [, kind, owner = "", rest = ""]) {
    const path = rest.split("/").map(decodeURIComponent);
    return answerOwner(
      { request, caller, kind: kind === "orgs" ? "orgs" : "users", owner, path, repositories: this.repositories },
      this
    );
  }
  #createAttestation({ request, repository }) {
    return json(201, this.attestations.create(request, repository));
  }
  #listAttestations({ request, repository, path }) {
    const visible = this.attestations.all.filter(({ repositoryId }) => repositoryId === repository.id);
    const { body, link } = this.attestations.list({ request, visible }, path[1] ?? "");
    return json(200, body, link === void 0 ? {} : { link });
  }
  #user(caller) {
    if (caller === void 0) refuseGitHub(401, "Requires authentication");
    if (caller.isIntegration) refuseGitHub(403, "Resource not accessible by integration");
    const since = secondsAfter(this.#sources.clock(), -365 * 24 * 3600);
    return json(200, privateUserDocument(this.url, caller.login, this.#userId(caller.login), since));
  }
  #repository({ repository }) {
    return json(200, repositoryDocument(this.url, repository));
  }
  #run({ repository, path }) {
    return json(200, runDocument(this.url, repository, attemptOf(repository, path)));
  }
  #jobs(call) {
    const { repository, path } = call;
    const run = attemptOf(repository, path);
    return this.#page(call, run.jobs, (items, total) => ({
      total_count: total,
      jobs: items.map((job) => jobDocument(this.url, repository, run, job))
    }));
  }
  #runArtifacts(call) {
    const { repository, path, request } = call;
    const id2 = Number(path[2]);
    const run = repository.runs.findLast((one) => one.id === id2) ?? notFound();
    const name = request.url.searchParams.get("name");
    const artifacts = this.#artifactsOf(run).filter((one) => name === null || one.name === name);
    const now = this.#sources.clock();
    return this.#page(call, artifacts, (items, total) => ({
      total_count: total,
      artifacts: items.map((artifact) => artifactDocument(this.url, repository, run, artifact, now))
    }));
  }
  /** Returns the artifacts of a run, the newest first. */
  #artifactsOf({ backendId }) {
    return backendId === "" ? [] : this.#artifacts.artifacts.filter(({ runId }) => runId === backendId).reverse();
  }
  #workflowRuns(call) {
    const { repository, path, request } = call;
    const [, , workflow2] = path;
    const query = request.url.searchParams;
    const ofWorkflow = latestAttempts(repository.runs).filter(
      (run) => run.workflow === workflow2 || String(workflowId(run.workflow)) === workflow2
    );
    if (ofWorkflow.length === 0) notFound();
    const matching = ofWorkflow.filter(
      (run) => isGiven(query, "branch", run.headBranch) && isGiven(query, "event", run.event) && (isGiven(query, "status", run.status) || isGiven(query, "status", run.conclusion))
    );
    return this.#page(call, matching.reverse(), (items, total) => ({
      total_count: total,
      workflow_runs: items.map((run) => runDocument(this.url, repository, run))
    }));
  }
  #download({ repository, path, caller }) {
    if (caller === void 0) refuseGitHub(401, "Requires authentication");
    const artifact = repository.runs.flatMap((run) => this.#artifactsOf(run)).find(({ id: id2 }) => id2 === path[2]) ?? notFound();
    if (artifact.expiresAt <= this.#sources.clock()) refuseGitHub(410, "Artifact has expired");
    return { status: 302, headers: { location: this.#artifacts.downloadUrl(artifact.id) }, body: new Uint8Array() };
  }
  #compare({ repository, path }) {
    const [, base, head] = /^(.+?)\.\.\.(.+)$/.exec(path[1] ?? "") ?? notFound();
    if (base === void 0 || head === void 0 || base !== repository.defaultBranch) notFound();
    const relation = repository.relationOf(head) ?? notFound();
    return json(200, comparisonDocument(this.url, repository, [base, head], relation));
  }
  #issues(call) {
    const { repository, request } = call;
    const query = request.url.searchParams;
    const state = query.get("state") ?? "open";
    const labels = (query.get("labels") ?? "").split(",").filter((label2) => label2 !== "");
    const creator = query.get("creator");
    const matching = this.#withIssues(repository).filter(
      (issue) => (state === "all" || issue.state === state) && labels.every((label2) => issue.labels.some((one) => one.toLowerCase() === label2.toLowerCase())) && (creator === null || issue.author.toLowerCase() === creator.toLowerCase())
    );
    if (query.get("direction") !== "asc") matching.reverse();
    return this.#page(call, matching, (items) => items.map((issue) => this.#issueDocument(repository, issue)));
  }
  #createIssue({ repository, request, caller }) {
    this.#withIssues(repository);
    const body = bodyOf(request);
    const title = asText(body.title) ?? invalid2("Issue", "title", "missing_field");
    const text2 = textOf2(body, "body", "Issue") ?? "";
    const labels = labelsOf(body);
    const issue = repository.addIssue({ title, body: text2, labels, author: caller?.login ?? "" });
    const document = this.#issueDocument(repository, issue);
    return json(201, document, { location: String(document.url) });
  }
  #updateIssue({ repository, request, path }) {
    const issue = this.#issue(repository, path);
    const body = bodyOf(request);
    const title = asText(body.title);
    const text2 = textOf2(body, "body", "Issue");
    const state = asText(body.state);
    if (state !== void 0 && state !== "open" && state !== "closed") invalid2("Issue", "state", "invalid");
    const reason = asText(body.state_reason);
    const stateReason = reasons.find((one) => one === reason);
    if (reason !== void 0 && stateReason === void 0) invalid2("Issue", "state_reason", "invalid");
    repository.change(issue, {
      ...title !== void 0 && { title },
      ...text2 !== void 0 && { body: text2 },
      ...state !== void 0 && { state },
      ...stateReason !== void 0 && { stateReason }
    });
    return json(200, this.#issueDocument(repository, issue));
  }
  #comments(call) {
    const { repository, request, path } = call;
    const issue = this.#issue(repository, path);
    const since = new Date(request.url.searchParams.get("since") ?? 0);
    const comments = issue.comments.filter(({ at }) => at >= since);
    return this.#page(
      call,
      comments,
      (items) => items.map((comment) => commentDocument(this.url, repository, issue, comment, (login) => this.#userId(login)))
    );
  }
  #comment({ repository, request, path, caller }) {
    const issue = this.#issue(repository, path);
    const text2 = textOf2(bodyOf(request), "body", "IssueComment") ?? invalid2("IssueComment", "body", "missing_field");
    const comment = repository.comment(issue, caller?.login ?? "", text2);
    const document = commentDocument(this.url, repository, issue, comment, (login) => this.#userId(login));
    return json(201, document, { location: String(document.url) });
  }
  #issueDocument(repository, issue) {
    return issueDocument(this.url, repository, issue, (login) => this.#userId(login));
  }
  #withIssues(repository) {
    if (!repository.hasIssues) refuseGitHub(410, "Issues are disabled for this repo");
    return [...repository.issues];
  }
  #issue(repository, path) {
    return this.#withIssues(repository).find(({ number: number3 }) => String(number3) === path[1]) ?? notFound();
  }
  #page({ request }, items, document) {
    const { shown, link } = pageOf(items, request.url, this.#settings.maxPageSize);
    return json(200, document(shown, items.length), link === void 0 ? {} : { link });
  }
  /** Counts a request, and returns the headers that state the limit. */
  #count(caller) {
    const key = caller === void 0 ? "" : `${caller.login} ${caller.repositories.join()}`;
    const now = this.#sources.clock();
    const known = this.#used.get(key);
    const used = known !== void 0 && known.reset > now ? known : { count: 0, reset: secondsAfter(now, 3600) };
    this.#used.set(key, used);
    const usual = caller === void 0 ? 60 : caller.isIntegration ? 1e3 : 5e3;
    const limit = this.#settings.requestsPerHour ?? usual;
    const isOver = used.count >= limit;
    if (!isOver) used.count += 1;
    const headers = {
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-remaining": String(limit - used.count),
      "x-ratelimit-used": String(used.count),
      "x-ratelimit-reset": String(Math.floor(used.reset.getTime() / 1e3)),
      "x-ratelimit-resource": "core"
    };
    if (isOver) refuseGitHub(403, `API rate limit exceeded for ${caller?.login ?? "127.0.0.1"}.`, headers);
    return headers;
  }
  #userId(login) {
    const known = this.#users.get(login) ?? this.#nextId();
    this.#users.set(login, known);
    return known;
  }
  #nextId() {
    this.#lastId += 1;
    return this.#lastId;
  }
};
var reasons = ["completed", "not_planned", "reopened", "duplicate"];
function forbidden2(caller, { scope, level }) {
  if (caller === void 0) refuseGitHub(401, "Requires authentication");
  const source = caller.isIntegration ? "integration" : "personal access token";
  return refuseGitHub(403, `Resource not accessible by ${source}`, {
    "x-accepted-github-permissions": `${scope}=${level}`
  });
}
function movedTo(url, { method, url: { search } }) {
  const location = `${url}${search}`;
  const body = { message: "Moved Permanently", url: location, documentation_url: "https://docs.github.com/rest" };
  return json(method === "GET" ? 301 : 307, body, { location });
}
function isGiven(query, name, value) {
  const given = query.get(name);
  return given === null || given === value;
}
function attemptOf(repository, path) {
  const [, , id2, , attempt2] = path;
  return repository.runs.find((run) => String(run.id) === id2 && String(run.attempt) === attempt2) ?? notFound();
}
function latestAttempts(runs) {
  return runs.filter((run) => !runs.some(({ id: id2, attempt: attempt2 }) => id2 === run.id && attempt2 > run.attempt));
}
function labelsOf({ labels }) {
  if (labels === void 0) return [];
  if (!Array.isArray(labels)) invalid2("Issue", "labels", "invalid");
  return labels.map(
    (label2) => asText(label2) ?? asText(asObject(label2)?.name) ?? invalid2("Label", "name", "invalid")
  );
}

// sandbox/hostile/hostile-certificates.ts
var workflow = "https://github.com/example-org/example-repo/.github/workflows/release.yml@refs/heads/main";
var alternativeNamesOid = "2.5.29.17";
var texts = {
  NUL: `${workflow}\0.evil.example`,
  newline: `${workflow}
Verified: no findings`,
  "carriage return": `https://evil.example/\r${workflow}`,
  "escape sequences of a terminal": "\x1B[2J\x1B]0;title\x07\x1B[8mhidden",
  "control characters of C1": `${workflow}\x9B31m\x85`,
  "bidirectional control characters": "https://github.com/\u202Egro-elpmaxe\u202C/\u2066example\u2069",
  "characters without width": "https://github.com/exa\u200Bmple-org\uFEFF/example-repo",
  "line separators": `${workflow}\u2028\u2029`,
  "commands of a workflow": "\n::error::injected%0A::stop-commands::token\n##[set-output name=a]b",
  "a mask of a workflow": "::add-mask::a",
  "markdown and HTML": "| <img src=x onerror=alert(1)> [link](javascript:alert(1)) `code` |\n# Heading",
  "quotes and shell syntax": `"'; $(touch injected) \`touch injected\` && rm -rf .`,
  "look-alike characters": "https://github.com/ex\u0430mple-org/example-repo",
  "a lone combining mark": "https://github.com/\u0301example",
  nothing: ""
};
function hostileCertificates(authority2) {
  const { publicKey } = generateSigningKey("P-256");
  const identity = jobIdentity({ ...exampleJob, iss: "https://token.actions.githubusercontent.com", sub: "repo:x" });
  const issue = (changes) => authority2.issue({ publicKey, ...identity, signedCertificateTimestamps: () => [], ...changes });
  const uri = (value) => ({ kind: "uniformResourceIdentifier", value });
  const names = (...values2) => ({
    subjectAlternativeNames: { critical: true, names: values2.map(uri) }
  });
  const rawNames = (value) => ({
    subjectAlternativeNames: void 0,
    additionalExtensions: [{ oid: alternativeNamesOid, critical: true, value }, ...identity.additionalExtensions]
  });
  const claims2 = (...extensions) => ({
    additionalExtensions: extensions
  });
  const padding2 = (length) => ({
    trailingExtensions: [{ oid: "2.999.1", critical: false, value: new Uint8Array(length) }]
  });
  const certificate = issue({});
  const rows = {
    ...prefixed("an alternative name with", texts, (text2) => issue(names(text2))),
    ...prefixed(
      "claims with",
      texts,
      (text2) => issue(claims2(...[1, 2, 3, 4, 5, 6, 8, 9, 12, 14, 18, 21].map((number3) => fulcioExtension(number3, text2))))
    ),
    "an alternative name that is not UTF-8": issue(
      rawNames(der.sequence(der.contextPrimitive(6, new Uint8Array([104, 255, 254, 192, 128]))))
    ),
    "an alternative name of another type of otherName": issue({
      subjectAlternativeNames: {
        critical: true,
        names: [{ kind: "otherName", typeId: "2.999.2", value: der.sequence(der.utf8String(workflow)) }]
      }
    }),
    "no alternative name": issue({ subjectAlternativeNames: void 0 }),
    "an empty list of alternative names": issue(names()),
    "two alternative names": issue(names("https://evil.example/workflow.yml@refs/heads/main", workflow)),
    "a thousand alternative names": issue(names(...Array.from({ length: 1e3 }, (_, at) => `https://a.example/${at}`))),
    "an alternative name of 40 KiB": issue(names(`https://a.example/${"a".repeat(40 * 1024)}`)),
    "the extension of alternative names twice": issue({
      trailingExtensions: [
        { oid: alternativeNamesOid, critical: true, value: der.sequence(der.contextPrimitive(6, utf8(workflow))) }
      ]
    }),
    "alternative names that are not DER": issue(rawNames(new Uint8Array([48, 128, 134, 1, 97, 0, 0]))),
    "a claim twice": issue(claims2(fulcioExtension(8, "https://a.example"), fulcioExtension(8, "https://b.example"))),
    "a claim that is not DER": issue(
      claims2({ oid: "1.3.6.1.4.1.57264.1.9", critical: false, value: new Uint8Array([12, 132, 255]) })
    ),
    "claims that contradict each other": issue(
      claims2(fulcioExtension(1, "https://a.example"), fulcioExtension(8, "https://b.example"))
    ),
    "a length that ends beyond the certificate": certificate.with(3, 255),
    "half of a certificate": certificate.subarray(0, certificate.length >> 1),
    "bytes after the certificate": Buffer.concat([certificate, new Uint8Array(3)]),
    "a nesting of 5,000 sequences": nested(5e3),
    "a certificate of 47 KiB": issue(padding2(46 * 1024)),
    "a certificate of 1 MiB": issue(padding2(1024 * 1024))
  };
  return Object.entries(rows).map(([name, bytes2]) => ({ name, certificate: new Uint8Array(bytes2) }));
}
function prefixed(prefix3, rows, make) {
  return Object.fromEntries(Object.entries(rows).map(([name, text2]) => [`${prefix3} ${name}`, make(text2)]));
}
function nested(depth) {
  let bytes2 = new Uint8Array();
  for (let level = 0; level < depth; level++) bytes2 = der.sequence(bytes2);
  return bytes2;
}

// sandbox/hostile/hostile-entries.ts
var digest = hashOf("sha256", utf8("an artifact"));
var signature = encodeBase64(new Uint8Array(70).fill(7));
var malformed = {
  "no bytes": new Uint8Array(),
  "bytes that are not text": new Uint8Array([0, 255, 254, 195, 40, 128]),
  "a byte order mark before JSON": utf8('\uFEFF{"apiVersion":"0.0.2","kind":"hashedrekord","spec":{}}'),
  "JSON that is cut off": utf8('{"apiVersion":"0.0.2","kind":"hashedrekord","spec":{"hashedRekordV002":{"da'),
  "JSON that is no object": utf8('[null,true,"::error::injected"]'),
  "a nesting of 30,000 arrays": utf8("[".repeat(3e4) + "]".repeat(3e4)),
  "members twice": utf8('{"apiVersion":"0.0.2","kind":"dsse","kind":"hashedrekord","spec":{}}'),
  "members of every object": utf8(
    '{"apiVersion":"0.0.2","kind":"hashedrekord","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"spec":{}}'
  ),
  "numbers that are not exact": utf8('{"apiVersion":0.0002e4,"kind":9007199254740993,"spec":1e400}'),
  "half of a surrogate pair": utf8('{"apiVersion":"0.0.2","kind":"\\ud800","spec":{}}'),
  "an unknown kind": utf8('{"apiVersion":"0.0.1","kind":"notarized","spec":{"data":"anything"}}'),
  "a kind with commands of a workflow": utf8(
    '{"apiVersion":"0.0.1\\n::error::injected","kind":"\\n::error::injected\\u001b[2J\\u202e","spec":{}}'
  ),
  "a kind of 60,000 characters": utf8(`{"apiVersion":"0.0.2","kind":"${"k".repeat(6e4)}","spec":{}}`)
};
function hostileEntries(authority2) {
  const { publicKey } = generateSigningKey("P-256");
  const key = { publicKey: { rawBytes: encodeBase64(publicKey) } };
  const certificates = hostileCertificates(authority2).map(
    ({ name, certificate }) => [name, rekord({ x509Certificate: { rawBytes: encodeBase64(certificate) } })]
  );
  const rows = {
    ...malformed,
    "an unknown version": rekord(key, { apiVersion: "9.9.9" }),
    "no verifier": rekord({}),
    "two verifiers": rekord({ ...key, x509Certificate: { rawBytes: encodeBase64(utf8("none")) } }),
    "a malformed key": rekord({ publicKey: { rawBytes: encodeBase64(utf8("none")) } }),
    "a key that is not base64": rekord({ publicKey: { rawBytes: "::error::" } }),
    "a digest of another length": rekord(key, { digest: encodeBase64(digest.subarray(1)) }),
    "a digest that is not base64": rekord(key, { digest: "\0\n::error::" }),
    "an unknown algorithm": rekord(key, { algorithm: "MD5\u202E" }),
    "an entry of DSSE": utf8(`{"apiVersion":"0.0.2","kind":"dsse","spec":{"dsseV002":{"payloadHash":{}}}}`),
    "the maximum length": longest(rekord(key, { keyDetails: "" })),
    ...Object.fromEntries(certificates.filter(([, body]) => body.length <= maxEntryLength))
  };
  return Object.entries(rows).map(([name, body]) => ({ name, body }));
}
function hostileEntriesV1(authority2) {
  const rows = {
    ...malformed,
    "an unknown version": rekordV1("none", { apiVersion: "9.9.9" }),
    "a key that is not PEM": rekordV1("::error::"),
    "a digest of another length": rekordV1("none", { value: "00" }),
    "a PEM file of 10,000 certificates": rekordV1(encodePem("CERTIFICATE", new Uint8Array(3)).repeat(1e4)),
    ...Object.fromEntries(
      hostileCertificates(authority2).map(({ name, certificate }) => [
        name,
        rekordV1(encodePem("CERTIFICATE", certificate))
      ])
    )
  };
  return Object.entries(rows).map(([name, body]) => ({ name, body }));
}
function rekord(verifier2, changes = {}) {
  const keyDetails2 = changes.keyDetails ?? "PKIX_ECDSA_P256_SHA_256";
  const data = { algorithm: changes.algorithm ?? "SHA2_256", digest: changes.digest ?? encodeBase64(digest) };
  const spec = {
    hashedRekordV002: { data, signature: { content: signature, verifier: { keyDetails: keyDetails2, ...verifier2 } } }
  };
  return utf8(JSON.stringify({ apiVersion: changes.apiVersion ?? "0.0.2", kind: "hashedrekord", spec }));
}
function rekordV1(pem, changes = {}) {
  const spec = {
    data: { hash: { algorithm: "sha256", value: changes.value ?? encodeHex(digest) } },
    signature: { content: signature, publicKey: { content: encodeBase64(utf8(pem)) } }
  };
  return utf8(JSON.stringify({ apiVersion: changes.apiVersion ?? "0.0.1", kind: "hashedrekord", spec }));
}
function longest(body) {
  const text2 = Buffer.from(body).toString();
  return utf8(text2.replace('"keyDetails":""', `"keyDetails":"${"k".repeat(maxEntryLength - body.length)}"`));
}

// sandbox/misbehaviour/transport.ts
var html = (status) => ({
  about: `HTTP status ${status} with an HTML page. Clients must retry within their budget and name the service.`,
  fault: () => fault.status(status)
});
var transportFaults = {
  slow: {
    about: "The correct response, 128 bytes at a time. Clients must wait within their deadline.",
    fault: () => fault.slow({ bytes: 128, everyMilliseconds: 20 })
  },
  trickling: {
    about: "One byte of the correct response each second. Clients must have a deadline for the whole response, not for each part of it.",
    fault: () => fault.slow({ bytes: 1, everyMilliseconds: 1e3 })
  },
  truncated: {
    about: "The connection ends after half of the correct response. Clients must detect that it is incomplete.",
    fault: fault.truncated
  },
  reset: { about: "The connection is reset. Clients must retry within their budget.", fault: fault.refuse },
  stalled: { about: "There is no response. Clients must have a deadline.", fault: fault.stall },
  429: {
    about: "HTTP status 429 with `retry-after: 1`. Clients must wait that long before they retry.",
    fault: () => fault.status(429, { headers: { "retry-after": "1" } })
  },
  500: html(500),
  502: html(502),
  503: html(503),
  504: html(504),
  html: {
    about: "Success with an HTML page. Clients must detect that it is not a valid response.",
    fault: () => fault.status(200)
  },
  garbage: {
    about: "Success with meaningless bytes. Clients must detect that it is not a valid response.",
    fault: () => fault.garbage()
  },
  oversized: {
    about: "Success with 64 MiB of spaces. Clients must stop reading.",
    fault: () => fault.oversized()
  },
  "gzip-bomb": {
    about: "Success with 64 MiB of spaces that gzip has compressed to 64 KiB. Clients must limit what they decompress.",
    fault: () => fault.gzipBomb()
  },
  redirect: {
    about: "HTTP status 307 to another host. Clients must not send a token or digest there.",
    fault: () => fault.status(307, { headers: { location: "http://another-host.invalid/" }, body: "" })
  }
};
var transportMisbehaviours = Object.fromEntries(
  serviceNames.flatMap(
    (service) => Object.entries(transportFaults).map(([name, misbehaviour]) => [`${service}:${name}`, misbehaviour])
  )
);

// sandbox/misbehaviour/catalogue.ts
var logRows = {
  "forked-tree": "The log signs a consistent tree with a different first entry. Monitors must detect that it is not an extension of the tree they know.",
  "rolled-back-checkpoint": "The log signs a checkpoint that is one entry smaller than an earlier one. Monitors must detect that the log has shrunk.",
  "stale-checkpoint": "The log keeps returning its first checkpoint, although entries are added. Monitors must detect that it is stale.",
  "missing-entry": "The log acknowledges entries in a tree that it never shows again, and does not store them. Monitors must detect that they are missing.",
  "withheld-entries": "The log does not return entries that its checkpoint covers. Monitors must report that they cannot read them.",
  "altered-entry": "One byte of each entry is changed. Clients and monitors must detect that the entry is not the leaf in the tree.",
  "wrong-root-hash": "The log signs root hashes that do not match its entries. Clients and monitors must detect this.",
  "wrong-inclusion-proof": "The last hash of each inclusion proof is wrong. Clients must refuse the proof."
};
var rekorRows = {
  "wrong-key-hint": "Checkpoint signatures are valid but have the wrong key ID. Clients must not accept them as signatures of the log.",
  "checkpoint-by-another-key": "Checkpoints are signed by another key, with the name and key ID of the log. Clients must refuse the signature.",
  "wrong-origin": "Checkpoints have the origin of another log, but are signed by the right key. Clients must not accept them for this log.",
  "split-view": "Signers see the log, and readers see a fork of it. Monitors must compare the checkpoints in bundles with those they read.",
  "late-split-view": "Readers see another entry in place of the next one that is added, and the log as it is before it. Only a checkpoint that others have seen, in a bundle or of a witness, reveals this to monitors."
};
var wrongConsistencyProof = "The last hash of each consistency proof is wrong. Monitors must refuse the proof.";
var collectedPartials = "Partial tiles and bundles no longer exist once the full ones do. Monitors must read the full ones instead.";
var alteredTile = "One byte of each hash tile is changed. Monitors must detect that the tiles do not match the root hash.";
var lies = {
  "oidc:expired-token": "Tokens expired ten seconds ago. Clients must not present them.",
  "oidc:future-token": "Tokens become valid in one hour. Clients must not present them.",
  "oidc:another-audience": "Tokens are for another audience. Clients must not present them, and CAs must refuse them.",
  "oidc:another-issuer": "Tokens name another issuer. CAs must not fetch the keys of that issuer.",
  "oidc:without-subject": "Tokens have no subject. Clients must detect that they cannot create a proof of possession.",
  "oidc:without-email": "Tokens of people have no email address. Clients must detect the missing identity.",
  "oidc:unverified-email": "Tokens of people have an unverified email address. Clients must not present them, and CAs must not certify it.",
  "oidc:another-nonce": "Tokens of people who logged in have another nonce than the login. Clients must detect that the token is not for their login.",
  "oidc:another-state": "The redirect after a login has another state. Clients must detect that it does not answer their login.",
  "oidc:another-redirect-issuer": "The redirect after a login names another issuer (RFC 9207). Clients must detect that it is not from the issuer at which the person logged in.",
  "oidc:without-redirect-issuer": "The redirect after a login names no issuer, although the discovery document announces it (RFC 9207). Clients must detect this.",
  "oidc:failed-login": "The redirect after a login is an error (server_error). Clients must report it.",
  "oidc:refused-code": "The code of a login is refused (invalid_grant). Clients must report it.",
  "oidc:another-key": "Tokens are signed by a key that the issuer does not publish. CAs must refuse them.",
  "fulcio:another-identity": "The certificate has the key of the client, but the workflow of another repository. Clients must detect that it is not their identity.",
  "fulcio:another-key": "The certificate has the identity of the client, but another key. Clients must detect this before they sign.",
  "fulcio:another-issuer": "The certificate names another OIDC issuer. Clients must detect this.",
  "fulcio:expired-certificate": "The certificate expired one day ago. Clients must not sign with it.",
  "fulcio:future-certificate": "The certificate becomes valid in one day. Clients must not sign with it.",
  "fulcio:certificate-without-usage": "The certificate has no extended key usage. Clients must not accept it for code signing.",
  "fulcio:certificate-of-wrong-usage": "The certificate is for TLS servers. Clients must not accept it for code signing.",
  "fulcio:authority-certificate": "The certificate is a CA certificate. Clients must not accept it as the certificate of a signer.",
  "fulcio:without-sct": "The certificate has no SCT. Clients must not use a certificate that is not in a certificate transparency log.",
  "fulcio:without-log": "The CA has no certificate transparency log, and responds in the form that Fulcio has for this. Clients must not use the certificate.",
  "fulcio:sct-of-unknown-log": "The SCT is from an unknown log. Clients must not count it.",
  "fulcio:sct-by-another-key": "The SCT has the ID of the log, but is signed by another key. Clients must refuse the signature.",
  "fulcio:sct-of-another-certificate": "The SCT is from the log, but for another certificate of the same client. Clients must refuse the signature.",
  "fulcio:another-authority": "The certificate, its chain and its SCT are from an unknown CA and an unknown log. Clients must trust neither.",
  ...prefixed2("ct", logRows),
  "ct:wrong-consistency-proof": wrongConsistencyProof,
  "ct:altered-tile": alteredTile,
  "ct:collected-partials": collectedPartials,
  "ct:wrong-tree-head-signature": "One bit of each tree head signature is changed. Monitors must refuse the signature.",
  "timestamp:stale-time": "The time is one day ago. Clients must detect that the certificate was not valid then.",
  "timestamp:future-time": "The time is one day ahead. Clients must not accept a time in the future.",
  "timestamp:another-nonce": "The nonce differs from that of the request. Clients must detect that the response is not for their request.",
  "timestamp:without-nonce": "There is no nonce. Clients that sent one must refuse the response.",
  "timestamp:another-imprint": "The timestamp is for other data. Clients must detect that it is not for their signature.",
  "timestamp:another-key": "The timestamp names the certificate of the authority, but is signed by another key. Clients must refuse the signature.",
  "timestamp:certificate-without-usage": "The certificate of the timestamp signer is from the same root, but has no extended key usage. Clients must not accept it as that of a timestamp authority.",
  "timestamp:certificate-of-wrong-usage": "The certificate of the timestamp signer is from the same root, but for code signing. Clients must not accept it as that of a timestamp authority.",
  "timestamp:rejected": "The response is a rejection with HTTP status 200. Clients must not accept it as a timestamp.",
  ...prefixed2("rekor-v1", logRows),
  ...prefixed2("rekor-v1", rekorRows),
  "rekor-v1:wrong-consistency-proof": wrongConsistencyProof,
  "rekor-v1:changed-inactive-shard": "The log signs a consistent tree of its inactive shard with a different first entry. Monitors must detect that an inactive shard has changed.",
  "rekor-v1:without-checkpoint": "Entries and the state of the log have no checkpoint. Clients must require one.",
  "rekor-v1:another-entry": "The response is an earlier entry, and nothing is added. Clients must detect that it is not their entry.",
  "rekor-v1:promise-by-another-key": "The signed entry timestamp is signed by another key. Clients must refuse the signature and the time.",
  "rekor-v1:stale-integrated-time": "The signed integrated time is one day ago. Clients must detect that the certificate was not valid then.",
  "rekor-v1:future-integrated-time": "The signed integrated time is one day ahead. Clients must not accept a time in the future.",
  ...prefixed2("rekor-v2", logRows),
  ...prefixed2("rekor-v2", rekorRows),
  "rekor-v2:altered-tile": alteredTile,
  "rekor-v2:collected-partials": collectedPartials,
  "rekor-v2:thawed-log": "The frozen shard signs a checkpoint with one more entry. Monitors must detect that it has grown after the log signed that it is frozen.",
  "rekor-v2:hundred-signatures": "Checkpoints have 100 signatures, most of them by unknown keys. Clients and monitors must ignore those.",
  "rekor-v2:without-cosignatures": "No witness cosigns the checkpoints. Clients and monitors that require witnesses must detect this.",
  "rekor-v2:cosignatures-by-another-key": "Cosignatures are by other keys, with the names and key IDs of the witnesses. Clients and monitors that require witnesses must refuse the signatures.",
  "rekor-v2:stale-cosignatures": "The time of the cosignatures is one day ago. Monitors must not take the checkpoint as a recent one.",
  "rekor-v2:future-cosignatures": "The time of the cosignatures is one day ahead. Monitors must not accept a time in the future.",
  "rekor-v2:without-checkpoint": "Entries are acknowledged without a checkpoint, and none is published. Clients must require one.",
  "rekor-v2:another-entry": "The response is the first entry of the log, and nothing is added. Clients must detect that it is not their entry.",
  "witness:forked-tree": "Witnesses show a checkpoint of a fork of Rekor v2, which the log signed and they cosigned. Monitors must detect that the log showed them another tree.",
  "witness:stale-checkpoint": "Witnesses keep returning their first checkpoint, although the log grows. Monitors must compare it with the log at its size.",
  "witness:checkpoint-by-another-key": "The checkpoint of witnesses is of a fork of Rekor v2 that another key signed, with the name and key ID of the log. Monitors must not count it against the log.",
  "witness:without-cosignature": "The checkpoint of witnesses has no cosignature of theirs. Monitors must not take it as the view of a witness.",
  "tuf:expired-timestamp": "The timestamp metadata expired one day ago. Clients must not accept it as current.",
  "tuf:rolled-back-timestamp": "The signed timestamp metadata has version 1. Clients that have seen a later version must refuse it.",
  "tuf:timestamp-by-another-key": "The timestamp metadata is signed by a key that the root does not list for it. Clients must refuse it.",
  "tuf:altered-target": "One byte of each target is changed. Clients must detect this by the hash."
};
var registryLies = {
  "registry:altered-manifest": "A digest inside each manifest is changed. Clients must detect that the manifest does not match its own digest.",
  "registry:altered-blob": "The last byte of each blob is changed. Clients must detect that the blob does not match its digest.",
  "registry:forgotten-manifest": "Manifests are acknowledged but not stored. Clients must read back pushed manifests.",
  "registry:moved-tag": "After a tag has been read, it points to another manifest. Clients must detect that it is not the signed one.",
  "registry:redirected-blobs": "Requests for blobs are redirected to signed URLs on another host. Clients must follow without their credentials.",
  "registry:missing-manifest": "Manifests listed in an index or referrers list do not exist. Clients must report what is missing.",
  "registry:large-headers": "Each response has 24 KiB of additional headers. Clients must accept them."
};
var lieNames = Object.keys(lies);
var registryLieNames = Object.keys(registryLies);
var misbehaviourNames = [
  ...lieNames,
  ...registryLieNames,
  ...Object.keys(transportMisbehaviours)
];
var catalogue = {
  ...lies,
  ...registryLies,
  ...mapRows(transportMisbehaviours, ({ about }) => about)
};
function misbehaviourOf(name) {
  return { about: catalogue[name] };
}
function serviceOf(name) {
  return name.slice(0, name.indexOf(":"));
}
function prefixed2(service, rows) {
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [`${service}:${name}`, row]));
}
function mapRows(rows, map) {
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, map(row)]));
}
function readMisbehaviourNames(texts2) {
  const names = texts2.map(readMisbehaviourName);
  demandCompatible(names);
  return names;
}
function demandCompatible(names) {
  const faults = names.filter((name) => name in transportMisbehaviours);
  for (const [at, name] of faults.entries()) {
    const other = faults.slice(0, at).find((earlier) => serviceOf(earlier) === serviceOf(name));
    if (other !== void 0) fail("USAGE", `${name} and ${other} cannot be combined: each replaces the whole response`);
  }
}
function readMisbehaviourName(text2) {
  const name = misbehaviourNames.find((candidate) => candidate === text2);
  if (name !== void 0) return name;
  const near = misbehaviourNames.filter((candidate) => serviceOf(candidate) === text2.split(":")[0]);
  const faults = Object.keys(transportFaults).map((fault2) => `SERVICE:${fault2}`);
  const known = near.length > 0 ? near : [...lieNames, ...registryLieNames, ...faults];
  return fail("USAGE", `unknown misbehaviour ${JSON.stringify(text2)}`, {
    remedy: `Use one of ${known.join(", ")}.`
  });
}

// sandbox/misbehaviour/list.ts
function listMisbehaviours() {
  const lies2 = [...lieNames, ...registryLieNames].map((name) => entry(name, misbehaviourOf(name).about));
  const faults = Object.entries(transportFaults).map(([name, { about }]) => entry(`SERVICE:${name}`, about));
  return [...lies2, "\nFaults of all services. SERVICE is one of ", `${serviceNames.join(", ")}.
`, ...faults].join("");
}
function describeMisbehaviours(names) {
  const list = names.map((name) => entry(name, misbehaviourOf(name).about)).join("");
  return `Injected faults (responses are wrong; the stored data is correct):
${list.trimEnd()}`;
}
function entry(name, about) {
  return `${name}
    ${about}
`;
}

// sandbox/misbehaviour/answers.ts
var oneDay = 24 * 3600;
function asWith(routes, meant = () => true) {
  return (request, right) => {
    if (!meant(request)) return right();
    const { method, url } = request;
    const route = routes().find((one) => one.method === method && matches(one.path, url.pathname));
    return route?.handle(request) ?? right();
  };
}
function withBody(change, path = /^/) {
  return async ({ url }, right) => {
    const answer = await right();
    return isSuccess(answer) && path.test(url.pathname) ? { ...answer, body: change(answer.body) } : answer;
  };
}
function withJson(change) {
  return async (_, right) => {
    const answer = await right();
    if (!isSuccess(answer) || !answer.headers["content-type"]?.startsWith("application/json")) return answer;
    return { ...answer, body: utf8(JSON.stringify(await change(JSON.parse(decodeUtf8(answer.body) ?? "")))) };
  };
}
function isSuccess({ status }) {
  return status >= 200 && status < 300;
}
function withMembers(names, change) {
  const visit = (value) => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== "object" || value === null) return value;
    const members2 = Object.entries(value).flatMap(([name, member2]) => {
      const changed = names.includes(name) ? change(member2) : visit(member2);
      return changed === void 0 ? [] : [[name, changed]];
    });
    return Object.fromEntries(members2);
  };
  return withJson(visit);
}
function isPost({ method }) {
  return method === "POST";
}
var notFound2 = { status: 404, headers: {}, body: new Uint8Array() };
function flipped(bytes2, at) {
  return bytes2.with(at, (bytes2.at(at) ?? 0) ^ 1);
}
function flippedBase64(text2, at) {
  return encodeBase64(flipped(decodeBase64(String(text2)), at));
}
function withOtherCharacter(json2) {
  const text2 = decodeUtf8(json2) ?? "";
  const { 0: run = "", index = 0 } = /[0-9A-Za-z+/]{40,}/.exec(text2) ?? {};
  const at = index + run.search(/^[0-9a-f]+$/.test(run) ? /[0-8a-e]/ : /[0-8A-Ya-y]/);
  return utf8(text2.slice(0, at) + String.fromCharCode(text2.charCodeAt(at) + 1) + text2.slice(at + 1));
}
function remembering(paths) {
  const remembered = /* @__PURE__ */ new Map();
  return ({ url: { pathname } }, right) => {
    if (!paths.test(pathname)) return right();
    const answer = remembered.get(pathname) ?? right();
    remembered.set(pathname, answer);
    return answer;
  };
}

// sandbox/misbehaviour/fulcio.ts
var tenMinutes2 = 600;
var fulcioMisbehaviours = {
  "fulcio:another-identity": certifying(({ tokenIssuers: [issuer] }) => jobIdentity(strangersJob(issuer?.url ?? ""))),
  "fulcio:another-key": certifying(() => ({ publicKey: generateSigningKey("P-256").publicKey })),
  "fulcio:another-issuer": certifying(() => ({ additionalExtensions }) => ({
    additionalExtensions: additionalExtensions.map(withAnotherIssuer)
  })),
  "fulcio:expired-certificate": certifying(({ sources }) => validFrom(secondsAfter(sources.clock(), -oneDay))),
  "fulcio:future-certificate": certifying(({ sources }) => validFrom(secondsAfter(sources.clock(), oneDay))),
  "fulcio:certificate-without-usage": certifying(() => ({ extendedKeyUsage: void 0 })),
  "fulcio:certificate-of-wrong-usage": certifying(() => ({
    extendedKeyUsage: { critical: false, purposes: [keyPurposes.serverAuth] }
  })),
  "fulcio:authority-certificate": certifying(() => ({
    basicConstraints: { authority: true },
    keyUsage: ["digitalSignature", "keyCertSign"]
  })),
  "fulcio:without-sct": certifying(() => ({ signedCertificateTimestamps: () => [] })),
  "fulcio:without-log": (parts2) => {
    const withoutSct = certified(parts2, () => ({ signedCertificateTimestamps: () => [] }));
    const inDetachedForm = withJson((json2) => ({
      signedCertificateDetachedSct: json2.signedCertificateEmbeddedSct ?? {}
    }));
    return whenPosted((request, right) => inDetachedForm(request, async () => withoutSct(request, right)));
  },
  "fulcio:sct-of-unknown-log": certifying(({ sources }) => ({
    signedCertificateTimestamps: (precertificate) => [new CertificateLog(sources.clock).submit(precertificate)]
  })),
  "fulcio:sct-by-another-key": certifying(({ certificateLog: { log } }) => ({
    signedCertificateTimestamps: (precertificate) => [
      log.submit(precertificate, { signingKey: generateSigningKey("P-256") })
    ]
  })),
  "fulcio:sct-of-another-certificate": (parts2) => {
    let other = new Uint8Array();
    const first = certified(parts2, () => ({
      signedCertificateTimestamps: (precertificate) => {
        other = parts2.certificateLog.log.submit(precertificate);
        return [other];
      }
    }));
    const second = certified(parts2, () => ({ signedCertificateTimestamps: () => [other] }));
    return async (request, right) => {
      await first(request, right);
      return second(request, right);
    };
  },
  "fulcio:another-authority": (parts2) => {
    const { sources } = parts2;
    const log = new CertificateLog(sources.clock);
    const stranger = new CertificateAuthority({ sources, log });
    const { key, profile } = stranger.intermediate;
    const issuerKeyHash = hashOf("sha256", key.publicKey);
    const fromStranger = certified(parts2, () => ({
      issuer: profile.subject,
      signingKey: key,
      authorityKeyIdentifier: key.keyIdentifier,
      signedCertificateTimestamps: (precertificate) => [log.submit({ ...precertificate, issuerKeyHash })]
    }));
    const chain = stranger.chain.map((one) => encodePem("CERTIFICATE", one));
    const withChain = withMembers(["certificates"], (right) => [...right.slice(0, 1), ...chain]);
    return whenPosted((request, right) => withChain(request, async () => fromStranger(request, right)));
  }
};
function certifying(changes) {
  return (parts2) => certified(parts2, () => changes(parts2));
}
function certified({ fulcio }, changes) {
  return whenPosted(
    async ({ body, headers }) => jsonResponse(200, await fulcio.certify(body, bearerToken(headers), changes()))
  );
}
function whenPosted(answer) {
  return (request, right) => isPost(request) ? answer(request, right) : right();
}
function validFrom(notBefore) {
  return { notBefore, notAfter: secondsAfter(notBefore, tenMinutes2) };
}
function strangersJob(issuer) {
  const strange = (text2) => text2.replaceAll("example-", "strange-");
  const claims2 = Object.fromEntries(Object.entries(exampleJob).map(([name, value]) => [name, strange(value)]));
  return { ...claims2, iss: issuer, sub: "repo:strange-org/strange-repo:ref:refs/heads/main" };
}
function withAnotherIssuer(extension2) {
  const number3 = [1, 8].find((one) => fulcioExtension(one, "").oid === extension2.oid);
  return number3 === void 0 ? extension2 : fulcioExtension(number3, "https://another-issuer.invalid");
}

// sandbox/misbehaviour/lying-store.ts
var LyingStore = class extends LogStore {
  tree;
  #behind;
  #lie;
  #other;
  constructor(behind, lie) {
    super();
    this.#behind = behind;
    this.#lie = lie;
    this.#other = lie.replaced;
    this.tree = new LyingTree(behind.tree, lie, () => this.#other);
  }
  append(entry2) {
    const index = this.size;
    if (!this.#lie.forgets) return this.#behind.append(entry2);
    this.#other = { ...entry2, index };
    return index;
  }
  entries(index, count) {
    if (index < 0 || index + count > this.size) throw new RangeError(`no entry ${index + count - 1}`);
    const other = this.#other;
    const kept = this.#behind.entries(index, Math.max(0, Math.min(count, this.#behind.size - index)));
    const shown = Array.from({ length: count }, (_, at) => kept[at] ?? new Uint8Array());
    if (other !== void 0 && other.index >= index && other.index < index + count)
      shown[other.index - index] = other.bytes;
    return shown.map((entry2) => this.#lie.spoil?.entry?.(entry2) ?? entry2);
  }
  time(index) {
    return index === this.#other?.index ? this.#other.time : this.#behind.time(index);
  }
  find(key) {
    const other = this.#other;
    const kept = this.#behind.find(key).filter((index) => index < this.size && index !== other?.index);
    if (other === void 0 || other.index >= this.size || !equalBytes(other.leafHash, key)) return kept;
    return [...kept, other.index].sort((a, b) => a - b);
  }
};
var LyingTree = class extends MerkleTree {
  #behind;
  #lie;
  #other;
  constructor(behind, lie, other) {
    super();
    this.#behind = behind;
    this.#lie = lie;
    this.#other = other;
  }
  get size() {
    if (this.#lie.forgets) return Math.max(this.#behind.size, (this.#other()?.index ?? -1) + 1);
    return this.#lie.size ?? this.#behind.size;
  }
  node(level, position) {
    const other = this.#other();
    if (other === void 0 || Math.floor(other.index / 2 ** level) !== position) {
      return this.#behind.node(level, position);
    }
    if (position >= this.width(level)) throw new RangeError(`no perfect subtree ${position} at level ${level}`);
    if (level === 0) return other.leafHash;
    return nodeHash(this.node(level - 1, 2 * position), this.node(level - 1, 2 * position + 1));
  }
  root(size) {
    const right = super.root(size);
    return this.#lie.spoil?.root?.(right) ?? right;
  }
  inclusionProof(index, size) {
    const right = super.inclusionProof(index, size);
    return this.#lie.spoil?.inclusionProof?.(right) ?? right;
  }
  consistencyProof(first, second) {
    const right = super.consistencyProof(first, second);
    return this.#lie.spoil?.consistencyProof?.(right) ?? right;
  }
};

// sandbox/misbehaviour/log.ts
var logLies = {
  "forked-tree": (log) => throughout(log, { replaced: strangeAt(0, log) }),
  "rolled-back-checkpoint": (log) => whenRead(log, { size: Math.max(log.store.size - 1, 0) }),
  "stale-checkpoint": ({ head }) => remembering(head),
  "missing-entry": ({ store, showing, submits: submits2 = isPost }) => asWith(() => showing(new LyingStore(store, { forgets: true })), submits2),
  "withheld-entries": ({ readsEntries }) => (request, right) => readsEntries(request) ? notFound2 : right(),
  "altered-entry": (log) => throughout(log, { spoil: { entry: log.spoilEntry } }),
  "wrong-root-hash": (log) => throughout(log, { spoil: { root: (root) => hashOf("sha256", root) } }),
  "wrong-inclusion-proof": (log) => throughout(log, { spoil: { inclusionProof: withLastWrong } })
};
var rekorLies = {
  "wrong-key-hint": ({ signer, changed }) => always(changed({ signers: [{ ...signer, keyHash: flipped(signer.keyHash, 0) }] })),
  "checkpoint-by-another-key": ({ signer: { name, key, keyHash }, changed }) => always(changed({ signers: [{ ...noteSigner(name, generateSigningKey(key.kind)), keyHash }] })),
  "wrong-origin": ({ changed }) => always(changed({ origin: "another-log.invalid" })),
  "split-view": (log) => whenRead(log, { replaced: strangeAt(0, log) }),
  "late-split-view": (log) => whenRead(log, { replaced: strangeAt(log.store.size, log) })
};
function logMisbehaviours(service, logOf) {
  return prefixed2(
    service,
    mapRows(logLies, (lie) => (parts2) => lie(logOf(parts2)))
  );
}
function rekorMisbehaviours(service, logOf) {
  const lies2 = mapRows(rekorLies, (lie) => (parts2) => lie(logOf(parts2)));
  return { ...logMisbehaviours(service, logOf), ...prefixed2(service, lies2) };
}
function wrongConsistencyProof2(log) {
  return throughout(log, { spoil: { consistencyProof: withLastWrong } });
}
function collectedPartials2(log) {
  const routes = log.showing(log.store);
  return async (request, right) => {
    const full = request.url.pathname.replace(/\.p\/\d+$/, "");
    if (full === request.url.pathname) return right();
    const route = routes.find(({ method, path }) => method === "GET" && matches(path, full));
    try {
      await route?.handle({ ...request, url: new URL(full, request.url) });
      return notFound2;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return right();
    }
  };
}
function throughout({ store, showing }, lie) {
  return always(showing(new LyingStore(store, lie)));
}
function whenRead({ store, showing, submits: submits2 = isPost }, lie) {
  const routes = showing(new LyingStore(store, lie));
  return asWith(
    () => routes,
    (request) => !submits2(request)
  );
}
function always(routes) {
  return asWith(() => routes);
}
function strangeAt(index, { strange }) {
  const store = strange();
  return { bytes: store.entry(0), leafHash: store.leafHash(0), time: store.time(0), index };
}
function withLastWrong(hashes) {
  return hashes.map((hash, at) => at === hashes.length - 1 ? flipped(hash, 0) : hash);
}

// sandbox/misbehaviour/certificate-log.ts
var logLies2 = logMisbehaviours("ct", servedLog);
var certificateLogMisbehaviours = {
  ...logLies2,
  // The authority submits to the log too.
  "ct:missing-entry": (parts2) => ({
    ct: logLies2["ct:missing-entry"](parts2),
    fulcio: certified(parts2, () => ({
      signedCertificateTimestamps: (precertificate) => {
        const { log } = parts2.certificateLog;
        return [log.showing(new LyingStore(log.store, { forgets: true })).submit(precertificate)];
      }
    }))
  }),
  "ct:wrong-consistency-proof": (parts2) => wrongConsistencyProof2(servedLog(parts2)),
  "ct:altered-tile": () => withBody((body) => flipped(body, 0), /\/tile\/\d/),
  "ct:collected-partials": (parts2) => collectedPartials2(servedLog(parts2)),
  "ct:wrong-tree-head-signature": () => withMembers(["tree_head_signature"], (signature2) => flippedBase64(signature2, -1))
};
function servedLog(parts2) {
  const { certificateLog, certificateLogPath: path } = parts2;
  const { log } = certificateLog;
  return {
    store: log.store,
    showing: (store) => certificateLog.over(log.showing(store)).routes(path),
    strange: () => strangeEntry(parts2),
    // A byte of the time.
    spoilEntry: (entry2) => flipped(entry2, 7),
    head: /\/ct\/v1\/get-sth$|\/checkpoint$/,
    readsEntries: ({ url }) => /\/ct\/v1\/get-entr|\/tile\/data\//.test(url.pathname)
  };
}
function strangeEntry({ storage, sources, fulcio }) {
  const log = new CertificateLog(sources.clock, { storage: storage.folder("ct") });
  if (log.store.size > 0) return log.store;
  fulcio.authority.issue({
    publicKey: generateSigningKey("P-256").publicKey,
    ...jobIdentity({ ...exampleJob }),
    signedCertificateTimestamps: (precertificate) => [log.submit(precertificate)]
  });
  return log.store;
}

// sandbox/oauth/html.ts
var Html = class {
  markup;
  constructor(markup) {
    this.markup = markup;
  }
};
var entities = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
};
function html2(parts2, ...values2) {
  const inserted = [...values2.map(markupOf), ""];
  return new Html(parts2.map((part, index) => part + inserted[index]).join(""));
}
function markupOf(value) {
  if (typeof value === "string") return value.replace(/[&<>"']/g, (character) => entities[character] ?? "");
  return value instanceof Html ? value.markup : value.map(markupOf).join("");
}

// sandbox/oauth/pages.ts
var style = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --paper: #fff; --ground: #eef1f4; --line: #868e97;
  --accent: #0b5cad; --on-accent: #fff; --warn: #7a4d00; --warn-ground: #fff4d6; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #a9b1ba; --paper: #1d2126; --ground: #121518;
  --line: #7d8590; --accent: #8ab8f5; --on-accent: #10202f; --warn: #ffd98a; --warn-ground: #352a10; --bad: #ff9d94; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--ground);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 30rem; padding: 2rem; border-radius: .75rem; background: var(--paper);
  box-shadow: 0 1px 3px rgb(0 0 0 / .2); }
h1 { margin: 0 0 1rem; font-size: 1.4rem; line-height: 1.3; }
.notice { margin: 0 0 1.5rem; padding: .75rem 1rem; border-left: .25rem solid var(--warn); background: var(--warn-ground); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0 0 1.5rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
label { display: block; font-weight: 600; }
input { width: 100%; margin: .25rem 0 1rem; padding: .6rem .75rem; border: 1px solid var(--line); border-radius: .4rem;
  background: transparent; color: inherit; font: inherit; }
.code { font: 1.25rem/1.4 ui-monospace, monospace; letter-spacing: .05em; overflow-wrap: anywhere; user-select: all; }
.error { margin: 0 0 1rem; color: var(--bad); font-weight: 600; }
.actions { display: flex; gap: .75rem; }
button { padding: .6rem 1.25rem; border: 1px solid var(--accent); border-radius: .4rem; background: transparent;
  color: var(--accent); font: inherit; font-weight: 600; cursor: pointer; }
button.primary { background: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;
var styleHash = Buffer.from(hashOf("sha256", utf8(style))).toString("base64");
function page({ title, content, status = 200, formTarget = "" }) {
  const document = html2`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Countersign sandbox</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    `form-action 'self' ${formTarget}`.trim(),
    "base-uri 'none'",
    "frame-ancestors 'none'"
  ];
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy.join("; "),
      "x-content-type-options": "nosniff",
      // With 'no-referrer', browsers would send the form with the origin `null`, as they send those of other sites.
      "referrer-policy": "same-origin",
      "cache-control": "no-store"
    },
    body: utf8(document.markup)
  };
}
var notice = html2`<p class="notice"><strong>This is a sandbox for testing.</strong> It needs no password and accepts any email
address. Do not trust its signatures.</p>`;
var emailField = ({ email, error }) => html2`
<label for="email">Email address to sign in with</label>
<input id="email" name="email" type="email" value="${email}" autocomplete="email" required${marks(error)}>
${problem(error)}
<div class="actions">
<button class="primary" name="decision" value="approve">Sign in</button>
<button name="decision" value="deny" formnovalidate>Cancel</button>
</div>`;
var marks = (error) => error === void 0 ? html2` autofocus` : html2` autofocus aria-invalid="true" aria-describedby="problem"`;
var problem = (error) => error === void 0 ? html2`` : html2`<p class="error" id="problem" role="alert">${error}</p>`;
function loginPage({ action: action2, ticket, clientId: clientId2, redirectUri, formTarget, ...state }) {
  const next = redirectUri ?? "this page, which shows a code to copy";
  return page({
    title: "Sign in to the sandbox",
    status: state.error === void 0 ? 200 : 400,
    formTarget,
    content: html2`${notice}
<dl>
<dt>Requested by</dt><dd>${clientId2}</dd>
<dt>Continues to</dt><dd>${next}</dd>
</dl>
<form method="post" action="${action2}">
<input type="hidden" name="login" value="${ticket}">
${emailField(state)}
</form>`
  });
}
function devicePage({ action: action2, clientId: clientId2, userCode, ...state }) {
  return page({
    title: "Sign in on another device",
    status: state.error === void 0 ? 200 : 400,
    content: html2`${notice}
<p>Continue only if you started this sign-in yourself, and the waiting program shows the same code.</p>
<dl><dt>Requested by</dt><dd>${clientId2}</dd></dl>
<form method="post" action="${action2}">
<label for="user_code">Code</label>
<input id="user_code" name="user_code" class="code" value="${userCode}" autocomplete="off" autocapitalize="characters" spellcheck="false" required>
${emailField(state)}
</form>`
  });
}
function codePage(code) {
  return page({
    title: "Signed in",
    content: html2`${notice}
<p>Copy this code into the program that asks for it. It is valid once, for two minutes.</p>
<p class="code" id="code">${code}</p>`
  });
}
function messagePage(title, message2) {
  return page({ title, content: html2`${notice}<p>${message2}</p>` });
}
function errorPage(status, message2) {
  return page({ title: "Sign-in failed", status, content: html2`${notice}<p role="alert">${message2}</p>` });
}

// sandbox/oauth/redirect-uri.ts
var outOfBand = "urn:ietf:wg:oauth:2.0:oob";
function loopbackAddress(text2) {
  if (!URL.canParse(text2)) return void 0;
  const url = new URL(text2);
  const loopback2 = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  const plain3 = url.username === "" && url.password === "" && !text2.includes("#");
  return url.protocol === "http:" && loopback2 && plain3 ? url : void 0;
}
function policySource({ hostname, origin }) {
  return hostname.startsWith("[") ? "http:" : origin;
}

// sandbox/oauth/refusal.ts
var noStore = { "cache-control": "no-store", pragma: "no-cache" };
function refuseClient(code, description) {
  const unauthorized2 = code === "invalid_client";
  const headers = { ...noStore, ...unauthorized2 ? { "www-authenticate": 'Basic realm="sandbox"' } : {} };
  throw new Refusal(
    description,
    jsonResponse(unauthorized2 ? 401 : 400, { error: code, error_description: description }, headers)
  );
}
function refusePerson(message2, status = 400) {
  throw new Refusal(message2, errorPage(status, message2));
}

// sandbox/oauth/request.ts
var clientId = "sigstore";
function parametersOf(source) {
  const names = [...source.keys()];
  return {
    get: (name) => source.get(name) || void 0,
    repeated: new Set(names.filter((name, index) => names.indexOf(name) !== index))
  };
}
function formOf({ headers, body }) {
  const [type = ""] = String(headers["content-type"] ?? "").split(";");
  const text2 = decodeUtf8(body);
  if (type.trim().toLowerCase() !== "application/x-www-form-urlencoded" || text2 === void 0) return void 0;
  return parametersOf(new URLSearchParams(text2));
}
function formOfClient(request) {
  const form = formOf(request) ?? refuseClient("invalid_request", "The request is not a form.");
  if (form.repeated.size > 0) refuseClient("invalid_request", "A parameter is repeated.");
  const [id2, secret] = basicCredentials(request) ?? [form.get("client_id"), form.get("client_secret") ?? ""];
  if (id2 !== clientId || secret !== "") refuseClient("invalid_client", "Unknown client.");
  if ((form.get("client_id") ?? clientId) !== clientId) {
    refuseClient("invalid_request", "The header and the form name different clients.");
  }
  return form;
}
function basicCredentials({ headers }) {
  const { authorization } = headers;
  if (authorization === void 0) return void 0;
  const [, encoded = ""] = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(String(authorization)) ?? [];
  const [, id2, secret = ""] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, "base64").toString()) ?? [];
  return [id2, secret];
}
function formOfPerson(request, issuerUrl) {
  const { origin } = new URL(issuerUrl);
  if ((request.headers.origin ?? origin) !== origin) {
    refusePerson(`This form does not come from a page of the sandbox. Its pages are at ${origin}.`, 403);
  }
  return formOf(request) ?? refusePerson("This is not a form of the sandbox.");
}
var personDenied = "The person declined to sign in.";
function readAnswer(form) {
  const email = form.get("email") ?? "";
  if (form.get("decision") === "deny") return { kind: "denied" };
  if (isEmailAddress(email)) return { kind: "approved", email };
  return { kind: "invalid", email, error: "This is not an email address that a certificate can contain." };
}
var scopes = ["openid", "email"];
function missingScopes(parameters) {
  const asked = (parameters.get("scope") ?? "").split(" ");
  const missing = scopes.filter((scope) => !asked.includes(scope));
  return missing.length === 0 ? void 0 : `The scope lacks ${missing.join(" and ")}.`;
}
function isChallenge(text2) {
  return /^[A-Za-z0-9_-]{43}$/.test(text2);
}
function demandVerifier(form, challenge) {
  const verifier2 = form.get("code_verifier") ?? "";
  const hash = Buffer.from(hashOf("sha256", Buffer.from(verifier2))).toString("base64url");
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier2) || hash !== challenge) {
    refuseClient("invalid_grant", "The code_verifier does not match the code_challenge.");
  }
}

// sandbox/oauth/tickets.ts
var maxHeld = 1e3;
var Tickets = class {
  #sources;
  #lifetimeSeconds;
  #held = /* @__PURE__ */ new Map();
  constructor(sources, lifetimeSeconds2) {
    this.#sources = sources;
    this.#lifetimeSeconds = lifetimeSeconds2;
  }
  issue(value) {
    const name = Buffer.from(this.#sources.random(32)).toString("base64url");
    this.#held.set(name, { value, expires: secondsAfter(this.#sources.clock(), this.#lifetimeSeconds) });
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= maxHeld) break;
      this.#held.delete(oldest);
    }
    return name;
  }
  /** Returns the value of a ticket that is valid, and spends the ticket. */
  take(name) {
    const held = this.#held.get(name);
    this.#held.delete(name);
    return held !== void 0 && this.#sources.clock() < held.expires ? held.value : void 0;
  }
};

// sandbox/oauth/code-flow.ts
var loginLifetimeSeconds = 600;
var codeLifetimeSeconds = 120;
var CodeFlow = class {
  endpoint;
  #issuerUrl;
  #logins;
  #codes;
  constructor(issuerUrl, sources) {
    this.endpoint = `${issuerUrl}/authorize`;
    this.#issuerUrl = issuerUrl;
    this.#logins = new Tickets(sources, loginLifetimeSeconds);
    this.#codes = new Tickets(sources, codeLifetimeSeconds);
  }
  routes() {
    const path = new URL(this.endpoint).pathname;
    return [
      { method: "GET", path, handle: ({ url }) => this.#begin(parametersOf(url.searchParams)) },
      { method: "POST", path, handle: (request) => this.#finish(request) }
    ];
  }
  /** Redeems a code (RFC 6749, section 4.1.3). The first try spends it, so that nobody can guess the rest. */
  redeem(form) {
    for (const name of ["code", "redirect_uri", "code_verifier"]) {
      if (form.get(name) === void 0) refuseClient("invalid_request", `The parameter ${name} is missing.`);
    }
    const authorization = this.#codes.take(form.get("code") ?? "") ?? refuseClient("invalid_grant", "The code is not valid, was used already, or has expired.");
    if (authorization.redirectUri !== form.get("redirect_uri")) {
      refuseClient("invalid_grant", "The code was issued for another redirect_uri.");
    }
    demandVerifier(form, authorization.challenge);
    return authorization;
  }
  #begin(parameters) {
    const back = returnAddress(parameters);
    const request = readRequest2(parameters, back);
    if ("error" in request) return this.#answer(back, request);
    return this.#loginPage(request, { email: parameters.get("login_hint") ?? "" });
  }
  #finish(request) {
    const form = formOfPerson(request, this.#issuerUrl);
    const asked = this.#logins.take(form.get("login") ?? "") ?? refusePerson("This form was already sent or has expired. Start again in the program that opened it.");
    const answer = readAnswer(form);
    switch (answer.kind) {
      case "approved":
        return this.#answer(asked, { code: this.#codes.issue({ ...asked, email: answer.email }) });
      case "denied":
        return this.#answer(asked, { error: "access_denied", error_description: personDenied });
      case "invalid":
        return this.#loginPage(asked, answer);
    }
  }
  #loginPage(asked, { email, error }) {
    const address2 = loopbackAddress(asked.redirectUri);
    return loginPage({
      action: new URL(this.endpoint).pathname,
      ticket: this.#logins.issue(asked),
      clientId,
      redirectUri: address2?.href,
      formTarget: address2 === void 0 ? "" : policySource(address2),
      email,
      error
    });
  }
  /** Sends the browser back with the answer (RFC 6749, section 4.1.2) and the name of the issuer (RFC 9207). */
  #answer({ redirectUri, state }, answer) {
    const address2 = loopbackAddress(redirectUri);
    if (address2 === void 0)
      return "code" in answer ? codePage(answer.code) : errorPage(400, answer.error_description);
    const parts2 = { ...answer, ...state === void 0 ? {} : { state }, iss: this.#issuerUrl };
    for (const [name, value] of Object.entries(parts2)) address2.searchParams.set(name, value);
    return { status: 303, headers: { ...noStore, location: address2.href }, body: new Uint8Array() };
  }
};
function returnAddress(parameters) {
  const redirectUri = parameters.get("redirect_uri") ?? "";
  if (parameters.get("client_id") !== clientId || parameters.repeated.has("client_id")) {
    refusePerson(`The program that sent you here is unknown: its client_id is not "${clientId}".`);
  }
  const known = redirectUri === outOfBand || loopbackAddress(redirectUri) !== void 0;
  if (!known || parameters.repeated.has("redirect_uri")) {
    refusePerson(
      `The sandbox redirects only to programs on this machine: the redirect_uri must be an http URL of localhost, 127.0.0.1 or [::1], or ${outOfBand}.`
    );
  }
  return { redirectUri, state: parameters.get("state") };
}
function readRequest2(parameters, back) {
  const refused = (error, description) => ({
    error,
    error_description: description
  });
  const challenge = parameters.get("code_challenge") ?? "";
  if (parameters.repeated.size > 0) return refused("invalid_request", "A parameter is repeated.");
  if (parameters.get("response_type") !== "code") {
    return refused("unsupported_response_type", "The response_type must be code.");
  }
  if (!isChallenge(challenge)) return refused("invalid_request", "A code_challenge is required (RFC 7636).");
  if (parameters.get("code_challenge_method") !== "S256") {
    return refused("invalid_request", "The code_challenge_method must be S256.");
  }
  const missing = missingScopes(parameters);
  if (missing !== void 0) return refused("invalid_scope", missing);
  if (parameters.get("prompt") === "none") {
    return refused("login_required", "A person has to enter an email address; the sandbox has no sessions.");
  }
  return { ...back, challenge, nonce: parameters.get("nonce") };
}

// sandbox/oauth/device-flow.ts
var deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";
var lifetimeSeconds = 600;
var intervalSeconds = 1;
var slowDownSeconds = 5;
var maxHeld2 = 100;
var letters = "BCDFGHJKLMNPQRSTVWXZ";
var DeviceFlow = class {
  endpoint;
  verificationUri;
  #issuerUrl;
  #sources;
  #held = /* @__PURE__ */ new Map();
  constructor(issuerUrl, sources) {
    this.endpoint = `${issuerUrl}/device/code`;
    this.verificationUri = `${issuerUrl}/device`;
    this.#issuerUrl = issuerUrl;
    this.#sources = sources;
  }
  routes() {
    const path = new URL(this.verificationUri).pathname;
    const page2 = ({ searchParams }) => this.#page(searchParams.get("user_code") ?? "", { email: "" });
    return [
      { method: "POST", path: new URL(this.endpoint).pathname, handle: (request) => this.#begin(request) },
      { method: "GET", path, handle: ({ url }) => page2(url) },
      { method: "POST", path, handle: (request) => this.#decide(request) }
    ];
  }
  /** Returns whose token the program gets, once the person has decided (RFC 8628, sections 3.4 and 3.5). */
  redeem(form) {
    const code = form.get("device_code") ?? refuseClient("invalid_request", "The parameter device_code is missing.");
    const held = this.#held.get(code) ?? refuseClient("invalid_grant", "The device_code is not known.");
    const now = this.#sources.clock();
    if (held.challenge !== void 0) demandVerifier(form, held.challenge);
    if (now >= held.expires) refuseClient("expired_token", "Nobody signed in in time.");
    const early = now < held.nextPoll;
    if (early) held.intervalSeconds += slowDownSeconds;
    held.nextPoll = secondsAfter(now, held.intervalSeconds);
    if (early) refuseClient("slow_down", `Ask every ${held.intervalSeconds} seconds.`);
    if (held.answer === void 0) return refuseClient("authorization_pending", "Nobody has signed in yet.");
    this.#held.delete(code);
    if (held.answer.kind === "denied") refuseClient("access_denied", personDenied);
    return held.answer;
  }
  #begin(request) {
    const form = formOfClient(request);
    const missing = missingScopes(form);
    if (missing !== void 0) refuseClient("invalid_scope", missing);
    const challenge = form.get("code_challenge");
    if (challenge !== void 0 && (!isChallenge(challenge) || form.get("code_challenge_method") !== "S256")) {
      refuseClient("invalid_request", "The code_challenge_method must be S256.");
    }
    const now = this.#sources.clock();
    const deviceCode = Buffer.from(this.#sources.random(32)).toString("base64url");
    const userCode = this.#freshUserCode();
    const expires = secondsAfter(now, lifetimeSeconds);
    const held = { deviceCode, userCode, challenge, expires, nextPoll: now, intervalSeconds, answer: void 0 };
    this.#held.set(deviceCode, held);
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= maxHeld2) break;
      this.#held.delete(oldest);
    }
    const body = {
      device_code: deviceCode,
      user_code: userCode,
      verification_uri: this.verificationUri,
      verification_uri_complete: `${this.verificationUri}?user_code=${userCode}`,
      expires_in: lifetimeSeconds,
      interval: intervalSeconds
    };
    return jsonResponse(200, body, noStore);
  }
  #decide(request) {
    const form = formOfPerson(request, this.#issuerUrl);
    const userCode = form.get("user_code") ?? "";
    const held = this.#waitingFor(userCode);
    if (held === void 0) {
      const email = form.get("email") ?? "";
      return this.#page(userCode, { email, error: "No program is waiting for this code." });
    }
    const answer = readAnswer(form);
    if (answer.kind === "invalid") return this.#page(userCode, answer);
    held.answer = answer;
    const [title, message2] = answer.kind === "denied" ? ["Not signed in", "The program was told that you declined. You can close this page."] : ["Signed in", "The waiting program continues by itself. You can close this page."];
    return messagePage(title, message2);
  }
  #page(userCode, { email, error }) {
    return devicePage({ action: new URL(this.verificationUri).pathname, clientId, userCode, email, error });
  }
  /** Finds the program that waits for a code, which may be typed in small letters or without the hyphen (RFC 8628, section 6.1). */
  #waitingFor(typed) {
    const plain3 = (code) => code.toUpperCase().replace(/[^A-Z]/g, "");
    const now = this.#sources.clock();
    return [...this.#held.values()].find(
      ({ userCode, answer, expires }) => plain3(userCode) === plain3(typed) && answer === void 0 && now < expires
    );
  }
  #freshUserCode() {
    let code = "";
    while (code.length < 8) {
      for (const byte of this.#sources.random(16)) if (byte < 240) code += letters[byte % letters.length];
    }
    return `${code.slice(0, 4)}-${code.slice(4, 8)}`;
  }
};

// sandbox/oauth/authorization-server.ts
var claims = ["sub", "aud", "exp", "iat", "iss", "nbf", "nonce", "at_hash", "email", "email_verified"];
var AuthorizationServer = class {
  #tokens;
  #codeFlow;
  #deviceFlow;
  constructor(tokens, sources) {
    this.#tokens = tokens;
    this.#codeFlow = new CodeFlow(tokens.issuer.url, sources);
    this.#deviceFlow = new DeviceFlow(tokens.issuer.url, sources);
  }
  /** Returns the discovery document with the endpoints of RFC 8414, and the endpoints. */
  routes() {
    const { issuer } = this.#tokens;
    const tokenEndpoint = `${issuer.url}/token`;
    const metadata = {
      authorization_endpoint: this.#codeFlow.endpoint,
      token_endpoint: tokenEndpoint,
      device_authorization_endpoint: this.#deviceFlow.endpoint,
      response_types_supported: ["code"],
      response_modes_supported: ["query"],
      grant_types_supported: ["authorization_code", deviceGrant],
      subject_types_supported: ["public"],
      scopes_supported: scopes,
      token_endpoint_auth_methods_supported: ["client_secret_basic", "none"],
      code_challenge_methods_supported: ["S256"],
      authorization_response_iss_parameter_supported: true
    };
    return [
      ...discoveryRoutes(issuer, claims, { metadata }),
      ...this.#codeFlow.routes(),
      ...this.#deviceFlow.routes(),
      { method: "POST", path: new URL(tokenEndpoint).pathname, handle: (request) => this.#exchange(request) }
    ];
  }
  async #exchange(request) {
    const { email, nonce } = this.#redeem(formOfClient(request));
    const accessToken = await this.#tokens.token(email);
    const idToken = await this.#tokens.token(email, {
      aud: clientId,
      at_hash: accessTokenHash(accessToken),
      ...nonce === void 0 ? {} : { nonce }
    });
    const body = {
      access_token: accessToken,
      token_type: "Bearer",
      expires_in: personTokenLifetimeSeconds,
      scope: scopes.join(" "),
      id_token: idToken
    };
    return jsonResponse(200, body, noStore);
  }
  #redeem(form) {
    switch (form.get("grant_type")) {
      case "authorization_code":
        return this.#codeFlow.redeem(form);
      case deviceGrant:
        return this.#deviceFlow.redeem(form);
      case void 0:
        return refuseClient("invalid_request", "The parameter grant_type is missing.");
      default:
        return refuseClient("unsupported_grant_type", "There are codes, and devices, and nothing else.");
    }
  }
};
function accessTokenHash(token) {
  return Buffer.from(hashOf("sha256", Buffer.from(token)).subarray(0, 16)).toString("base64url");
}

// sandbox/misbehaviour/oidc.ts
var oneHour = 3600;
var oidcMisbehaviours = {
  "oidc:expired-token": saying((now) => ({ exp: now - 10, iat: now - 310, nbf: now - 910 })),
  "oidc:future-token": saying((now) => ({ nbf: now + oneHour, iat: now + oneHour, exp: now + 2 * oneHour })),
  "oidc:another-audience": saying(() => ({ aud: "another-audience" })),
  "oidc:another-issuer": saying(() => ({ iss: "https://another-issuer.invalid" })),
  "oidc:without-subject": saying(() => ({ sub: void 0, email: void 0 })),
  "oidc:without-email": saying(
    (_, claims2) => "email" in claims2 ? { email: void 0, email_verified: void 0 } : {}
  ),
  "oidc:unverified-email": saying((_, claims2) => "email" in claims2 ? { email_verified: false } : {}),
  "oidc:another-nonce": saying((_, claims2) => "nonce" in claims2 ? { nonce: "another nonce" } : {}),
  "oidc:another-state": () => withRedirect((answer) => answer.set("state", "another state")),
  "oidc:another-redirect-issuer": () => withRedirect((answer) => answer.set("iss", "https://another-issuer.invalid")),
  "oidc:without-redirect-issuer": () => withRedirect((answer) => answer.delete("iss")),
  "oidc:failed-login": () => withRedirect((answer) => {
    answer.delete("code");
    answer.set("error", "server_error");
  }),
  "oidc:refused-code": () => async (request, right) => isPost(request) && request.url.pathname.endsWith("/token") ? refusedCode : right(),
  "oidc:another-key": ({ tokenIssuers }) => {
    const strangers = tokenIssuers.map(({ url }) => createTokenIssuer(url));
    return withTokens((claims2) => issuerOf(strangers, claims2).sign(claims2));
  }
};
var refusedCode = jsonResponse(400, { error: "invalid_grant", error_description: "The code is not valid." });
function withRedirect(change) {
  return async (_, right) => {
    const response = await right();
    const { location } = response.headers;
    if (location === void 0) return response;
    const url = new URL(location);
    change(url.searchParams);
    return { ...response, headers: { ...response.headers, location: url.href } };
  };
}
function saying(changes) {
  return ({ tokenIssuers, sources }) => withTokens((claims2) => {
    const said = { ...claims2, ...changes(Math.floor(sources.clock().getTime() / 1e3), claims2) };
    return issuerOf(tokenIssuers, claims2).sign(JSON.parse(JSON.stringify(said)));
  });
}
function issuerOf(issuers, { iss }) {
  const issuer = issuers.find(({ url }) => url === iss);
  if (issuer === void 0) throw new RangeError(`no issuer ${String(iss)}`);
  return issuer;
}
function withTokens(make) {
  return withJson(async (json2) => {
    if (typeof json2 !== "object" || json2 === null || Array.isArray(json2)) return json2;
    const members2 = { ...json2 };
    for (const name of ["value", "access_token", "id_token"]) {
      const claims2 = claimsOf(members2[name]);
      if (claims2 === void 0) continue;
      const hash = "at_hash" in claims2 ? { at_hash: accessTokenHash(String(members2.access_token)) } : {};
      members2[name] = await make({ ...claims2, ...hash });
    }
    return members2;
  });
}
function claimsOf(value) {
  return typeof value === "string" && value.split(".").length === 3 ? decodeJwt(value) : void 0;
}

// sandbox/registry/endpoint.ts
var forms = [
  ["uploads", /^\/v2\/(.+)\/blobs\/uploads\/?()$/s],
  ["upload", /^\/v2\/(.+)\/blobs\/uploads\/([^/]+)$/s],
  ["blob", /^\/v2\/(.+)\/blobs\/([^/]+)$/s],
  ["manifest", /^\/v2\/(.+)\/manifests\/([^/]+)$/s],
  ["tags", /^\/v2\/(.+)\/tags\/list()$/s],
  ["referrers", /^\/v2\/(.+)\/referrers\/([^/]+)$/s]
];
var nameGrammar = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
var tagGrammar = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
var digestGrammar = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;
var maxNameLength = 255;
function readEndpoint(pathname) {
  const path = decoded(pathname);
  for (const [kind, form] of forms) {
    const [found, name = "", reference = ""] = form.exec(path) ?? [];
    if (found === void 0) continue;
    if (!isName(name)) refuseRegistry("NAME_INVALID", "invalid repository name");
    return { kind, name, reference };
  }
  return refusePlainly(404, "404 page not found");
}
function isName(text2) {
  return text2.length <= maxNameLength && nameGrammar.test(text2);
}
function isTag(text2) {
  return tagGrammar.test(text2);
}
function isDigest(text2) {
  return digestGrammar.test(text2);
}
function demandReference(reference) {
  if (isTag(reference)) return reference;
  if (reference.includes(":")) return demandDigest(reference);
  return refuseRegistry("MANIFEST_INVALID", "the reference is neither a tag nor a digest");
}
function demandDigest(text2) {
  if (text2 !== null && isDigest(text2)) return text2;
  return refuseRegistry("DIGEST_INVALID", "the digest is none, or of an algorithm that is not supported");
}
function canonicalDigest(bytes2) {
  return `sha256:${encodeHex(hashOf("sha256", bytes2))}`;
}
function demandMatch(digest2, bytes2) {
  const right = digest2.startsWith("sha512:") ? `sha512:${encodeHex(hashOf("sha512", bytes2))}` : canonicalDigest(bytes2);
  if (digest2 === right) return;
  refuseRegistry("DIGEST_INVALID", "provided digest did not match uploaded content", { detail: { digest: digest2 } });
}
function decoded(pathname) {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return refuseRegistry("NAME_INVALID", "the path is not UTF-8, percent-encoded");
  }
}

// sandbox/registry/manifest.ts
var indexType = "application/vnd.oci.image.index.v1+json";
var imageTypes = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json"
];
var indexTypes = [indexType, "application/vnd.docker.distribution.manifest.list.v2+json"];
function readOutline(mediaType, bytes2) {
  const isImage = imageTypes.includes(mediaType);
  if (!isImage && !indexTypes.includes(mediaType)) return { blobs: [], manifests: [] };
  const manifest = demandObject(parsed(bytes2), "the manifest");
  if (manifest.schemaVersion !== 2) invalid3("schemaVersion is not 2");
  if ((manifest.mediaType ?? mediaType) !== mediaType) invalid3("mediaType is not the Content-Type");
  return { ...isImage ? imageParts(manifest) : indexParts(manifest), ...listing(manifest) };
}
function imageParts(manifest) {
  const config = demandDescriptor(manifest.config, "config");
  const layers = demandList(manifest.layers, "layers");
  const blobs = [config, ...layers].filter(isHeldHere).map(digestOf);
  return { blobs, manifests: [], ...artifactTypeOf(manifest.artifactType || config.mediaType) };
}
function indexParts({ manifests, artifactType }) {
  const listed = demandList(manifests, "manifests").map(digestOf);
  return { blobs: [], manifests: listed, ...artifactTypeOf(artifactType) };
}
function artifactTypeOf(artifactType) {
  return typeof artifactType === "string" && artifactType !== "" ? { artifactType } : {};
}
function listing({ subject, annotations }) {
  return {
    ...subject === void 0 ? {} : { subject: digestOf(demandDescriptor(subject, "subject")) },
    ...annotations === void 0 ? {} : { annotations: demandObject(annotations, "annotations") }
  };
}
function isHeldHere({ urls }) {
  return !Array.isArray(urls) || urls.length === 0;
}
function digestOf({ digest: digest2 }) {
  return String(digest2);
}
function demandList(value, what) {
  if (!Array.isArray(value)) return invalid3(`${what} is not a list`);
  return value.map((one) => demandDescriptor(one, what));
}
function demandDescriptor(value, what) {
  const descriptor = demandObject(value, what);
  const { mediaType, digest: digest2, size } = descriptor;
  const isRight = typeof mediaType === "string" && typeof digest2 === "string" && isDigest(digest2);
  return isRight && Number.isSafeInteger(size) ? descriptor : invalid3(`${what} is not a descriptor`);
}
function demandObject(value, what) {
  const isObject2 = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject2 ? value : invalid3(`${what} is not an object`);
}
function parsed(bytes2) {
  try {
    return parseJson(bytes2);
  } catch (error) {
    if (error instanceof CountersignError) return invalid3(error.message);
    throw error;
  }
}
function invalid3(problem2) {
  return refuseRegistry("MANIFEST_INVALID", `manifest invalid: ${problem2}`);
}

// sandbox/registry/access.ts
var lifetime = 300;
var maxTokens = 1e3;
var Access = class {
  /** An account that may pull and push. */
  writer;
  /** An account that may pull. */
  reader;
  #origin;
  #sources;
  #tokens = /* @__PURE__ */ new Map();
  settings = { authentication: "none", anonymousPull: true };
  constructor(origin, sources) {
    this.#origin = origin;
    this.#sources = sources;
    this.writer = { username: "writer", password: encodeHex(sources.random(16)) };
    this.reader = { username: "reader", password: encodeHex(sources.random(16)) };
  }
  /** Refuses a request that may not do this to a repository, or, without a name, one without a valid token or account. */
  demand({ headers: { authorization } }, action2, name) {
    const { authentication } = this.settings;
    if (authentication === "basic" && !this.#actionsOf(authorization).includes(action2)) denied();
    if (authentication === "bearer") this.#demandBearer(authorization, action2, name);
  }
  /** Answers the token endpoint. Actions that are not allowed are left out of the token, and refused when it is used. */
  issueToken({ url, headers: { authorization } }) {
    const isAnonymous = authorization === void 0 && this.settings.anonymousPull;
    const allowed2 = isAnonymous ? ["pull"] : this.#actionsOf(authorization);
    const service = url.searchParams.get("service");
    if (service !== null && service !== this.#service) {
      refuseRegistry("UNSUPPORTED", "the tokens of this endpoint are for another service", { status: 400 });
    }
    const [oldest] = this.#tokens.keys();
    if (this.#tokens.size >= maxTokens && oldest !== void 0) this.#tokens.delete(oldest);
    const token = encodeHex(this.#sources.random(32));
    const now = wholeSecond(this.#sources.clock());
    const granted2 = grantsOf(url.searchParams.getAll("scope"), allowed2);
    this.#tokens.set(token, { granted: granted2, expires: secondsAfter(now, lifetime) });
    const issued = now.toISOString().replace(".000Z", "Z");
    return jsonResponse(200, { token, access_token: token, expires_in: lifetime, issued_at: issued });
  }
  get #service() {
    return new URL(this.#origin).host;
  }
  /** Returns the actions of the account with these credentials. */
  #actionsOf(authorization) {
    const given = basicCredentials2(authorization);
    const isOf = ({ username: username2, password }) => given === `${username2}:${password}`;
    if (isOf(this.writer)) return ["pull", "push"];
    return isOf(this.reader) ? ["pull"] : unauthorized(`Basic realm="${this.#service}"`);
  }
  #demandBearer(authorization, action2, name) {
    const scope = name === void 0 ? "" : `,scope="repository:${name}:${action2 === "push" ? "pull,push" : "pull"}"`;
    const challenge = `Bearer realm="${this.#origin}/token",service="${this.#service}"${scope}`;
    const [, text2 = ""] = /^Bearer +(\S+)$/i.exec(String(authorization)) ?? [];
    const token = this.#tokens.get(text2);
    if (token === void 0 || token.expires <= this.#sources.clock()) {
      unauthorized(authorization === void 0 ? challenge : `${challenge},error="invalid_token"`);
    }
    if (name === void 0 || token.granted.get(name)?.includes(action2)) return;
    denied({ "www-authenticate": `${challenge},error="insufficient_scope"` });
  }
};
function basicCredentials2(authorization) {
  const [, encoded] = /^Basic +(\S+)$/i.exec(String(authorization)) ?? [];
  try {
    return encoded === void 0 ? void 0 : decodeUtf8(decodeBase64(encoded));
  } catch {
    return void 0;
  }
}
function grantsOf(scopes2, allowed2) {
  const granted2 = /* @__PURE__ */ new Map();
  for (const scope of scopes2.flatMap((text2) => text2.split(" "))) {
    const [, name = "", actions = ""] = /^repository:([^:]+):([^:]+)$/.exec(scope) ?? [];
    if (!isName(name)) continue;
    const asked = actions.split(",");
    const more = allowed2.filter((action2) => asked.includes(action2) || asked.includes("*"));
    granted2.set(name, [...granted2.get(name) ?? [], ...more]);
  }
  return granted2;
}
function unauthorized(challenge) {
  return refuseRegistry("UNAUTHORIZED", "authentication required", { headers: { "www-authenticate": challenge } });
}
function denied(headers = {}) {
  return refuseRegistry("DENIED", "requested access to the resource is denied", { headers });
}

// sandbox/registry/blobs.ts
var maxUploads = 100;
var maxOpenLength = 128 * 1024 * 1024;
var maxBlobLength = 64 * 1024 * 1024;
var nothing = new Uint8Array();
var BlobEndpoints = class {
  #content;
  #random;
  #uploads = /* @__PURE__ */ new Map();
  constructor(content, random) {
    this.#content = content;
    this.#random = random;
  }
  /** Answers GET, and HEAD, whose body is not sent. */
  get({ name, reference }) {
    const digest2 = demandDigest(reference);
    const body = this.#content.demand(name).blobs.get(digest2);
    if (body === void 0) return refuseRegistry("BLOB_UNKNOWN", "blob unknown to registry", { detail: { digest: digest2 } });
    const names = { "docker-content-digest": digest2, etag: `"${digest2}"` };
    return { status: 200, headers: { "content-type": "application/octet-stream", ...names }, body };
  }
  /** Answers POST: takes a whole blob, or begins an upload, also in place of mounting a blob of another repository. */
  begin({ name }, { url, body }) {
    const digest2 = url.searchParams.get("digest");
    if (digest2 !== null) return this.#keep(name, digest2, body);
    if (this.#uploads.size >= maxUploads) this.#removeOldest();
    const session = uuidOf(this.#random(16));
    const state = encodeHex(this.#random(16));
    const location = `/v2/${name}/blobs/uploads/${session}?_state=${state}`;
    const upload = { location, session, state, name, chunks: [], length: 0 };
    this.#uploads.set(session, upload);
    return accepted(upload);
  }
  /** Answers PATCH. */
  add(endpoint2, request) {
    return accepted(this.#append(endpoint2, request));
  }
  /** Answers GET of an upload. */
  status(endpoint2, { url }) {
    return { ...accepted(this.#find(endpoint2, url)), status: 204 };
  }
  /** Answers PUT of an upload, perhaps with its last chunk. */
  close(endpoint2, request) {
    const digest2 = demandDigest(request.url.searchParams.get("digest"));
    const { chunks, session } = this.#append(endpoint2, request);
    this.#uploads.delete(session);
    return this.#keep(endpoint2.name, digest2, concatBytes(...chunks));
  }
  #keep(name, given, bytes2) {
    const digest2 = demandDigest(given);
    demandMatch(digest2, bytes2);
    this.#content.keepBlob(name, digest2, bytes2);
    const headers = { location: `/v2/${name}/blobs/${digest2}`, "docker-content-digest": digest2 };
    return { status: 201, headers, body: nothing };
  }
  /** Appends a chunk, which must begin where the upload ends if it has a range. */
  #append(endpoint2, { url, headers, body }) {
    const upload = this.#find(endpoint2, url);
    const { "content-range": range } = headers;
    if (range !== void 0) demandNext(upload, String(range), body.length);
    if (upload.length + body.length > maxBlobLength) {
      refuseRegistry("SIZE_INVALID", `the registry of the sandbox takes blobs of ${maxBlobLength} bytes at most`);
    }
    upload.chunks.push(body);
    upload.length += body.length;
    while ([...this.#uploads.values()].reduce((sum, { length }) => sum + length, 0) > maxOpenLength) {
      this.#removeOldest();
    }
    return upload;
  }
  #removeOldest() {
    const [oldest = ""] = this.#uploads.keys();
    this.#uploads.delete(oldest);
  }
  #find({ name, reference }, url) {
    const upload = this.#uploads.get(reference);
    if (upload?.name !== name) return refuseRegistry("BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
    if (url.searchParams.get("_state") === upload.state) return upload;
    return refuseRegistry("BLOB_UPLOAD_INVALID", "the location of the upload is not the one that was given");
  }
};
function progressOf({ location, length }) {
  return { location, range: `0-${Math.max(0, length - 1)}` };
}
function accepted(upload) {
  return { status: 202, headers: { ...progressOf(upload), "docker-upload-uuid": upload.session }, body: nothing };
}
function demandNext(upload, range, length) {
  const [, from, to] = /^([0-9]+)-([0-9]+)$/.exec(range) ?? [];
  if (from === void 0) refuseRegistry("BLOB_UPLOAD_INVALID", "Content-Range is none");
  if (Number(from) === upload.length && Number(to) - Number(from) + 1 === length) return;
  const headers = progressOf(upload);
  refuseRegistry("BLOB_UPLOAD_INVALID", "the chunk does not begin where the upload ends", { status: 416, headers });
}
function uuidOf(bytes2) {
  return encodeHex(bytes2).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}

// sandbox/registry/content.ts
var overhead = 1024;
var Repository = class {
  blobs = /* @__PURE__ */ new Map();
  manifests = /* @__PURE__ */ new Map();
  /** The digests of the tagged manifests. */
  tags = /* @__PURE__ */ new Map();
  /** Returns a manifest by its tag or digest. */
  manifest(reference) {
    return this.manifests.get(this.tags.get(reference) ?? reference);
  }
  /** Returns the manifests with this subject, oldest first. */
  referrers(subject) {
    return [...this.manifests.values()].filter(({ outline }) => outline.subject === subject);
  }
};
var Content = class {
  #repositories = /* @__PURE__ */ new Map();
  #maxLength;
  #length = 0;
  constructor(maxLength) {
    this.#maxLength = maxLength;
  }
  repository(name) {
    return this.#repositories.get(name);
  }
  /** Returns a repository, and refuses one that nothing was pushed to. */
  demand(name) {
    return this.repository(name) ?? refuseRegistry("NAME_UNKNOWN", "repository name not known to registry");
  }
  keepBlob(name, digest2, bytes2) {
    if (!this.repository(name)?.blobs.has(digest2)) this.#take(name, bytes2.length).blobs.set(digest2, bytes2);
  }
  keepManifest(name, manifest) {
    const { digest: digest2, bytes: bytes2 } = manifest;
    const known = this.repository(name);
    const repository = known?.manifests.has(digest2) ? known : this.#take(name, bytes2.length);
    repository.manifests.set(digest2, manifest);
  }
  tag(name, tag2, digest2) {
    const known = this.repository(name);
    const repository = known?.tags.has(tag2) ? known : this.#take(name, 0);
    repository.tags.set(tag2, digest2);
  }
  /** Makes room for an item in a repository, which is created if necessary. */
  #take(name, length) {
    if (this.#length + length + overhead > this.#maxLength) {
      refuseRegistry("DENIED", "the registry of the sandbox is full, until it is started again");
    }
    this.#length += length + overhead;
    const repository = this.repository(name) ?? new Repository();
    this.#repositories.set(name, repository);
    return repository;
  }
};

// sandbox/registry/listings.ts
function listTags(content, { name }, { url }) {
  const all = [...content.demand(name).tags.keys()].sort();
  const last = url.searchParams.get("last");
  const left = last === null ? all : all.filter((tag2) => tag2 > last);
  const count = demandCount(url.searchParams.get("n")) ?? left.length;
  const tags2 = left.slice(0, count);
  const next = tags2.length < left.length ? tags2.at(-1) : void 0;
  return jsonResponse(200, { name, tags: tags2 }, next === void 0 ? {} : linkTo(url, { n: String(count), last: next }));
}
function listReferrers(content, { name, reference }, { url }, pageSize) {
  const subject = demandDigest(reference);
  const artifactType = url.searchParams.get("artifactType");
  const all = (content.repository(name)?.referrers(subject) ?? []).filter(
    ({ outline }) => artifactType === null || outline.artifactType === artifactType
  );
  const last = all.findIndex(({ digest: digest2 }) => digest2 === url.searchParams.get("last"));
  const page2 = all.slice(last + 1, last + 1 + pageSize);
  const next = last + 1 + pageSize < all.length ? page2.at(-1)?.digest : void 0;
  const index = { schemaVersion: 2, mediaType: indexType, manifests: page2.map(descriptorOf) };
  const headers = {
    "content-type": indexType,
    ...artifactType === null ? {} : { "oci-filters-applied": "artifactType" },
    ...next === void 0 ? {} : linkTo(url, { last: next })
  };
  return { status: 200, headers, body: utf8(JSON.stringify(index)) };
}
function descriptorOf({ mediaType, digest: digest2, bytes: bytes2, outline }) {
  const { artifactType, annotations } = outline;
  return {
    mediaType,
    digest: digest2,
    size: bytes2.length,
    ...artifactType === void 0 ? {} : { artifactType },
    ...annotations === void 0 ? {} : { annotations }
  };
}
function linkTo(url, parameters) {
  const query = new URLSearchParams(url.searchParams);
  for (const [name, value] of Object.entries(parameters)) query.set(name, value);
  return { link: `<${url.pathname}?${query}>; rel="next"` };
}
function demandCount(text2) {
  if (text2 === null) return void 0;
  if (!/^[0-9]{1,6}$/.test(text2)) refuseRegistry("UNSUPPORTED", "n is not a number of tags", { status: 400 });
  return Number(text2);
}

// sandbox/registry/manifests.ts
var maxManifestLength = 4 * 1024 * 1024;
function getManifest(content, { name, reference }) {
  const manifest = content.demand(name).manifest(demandReference(reference));
  if (manifest === void 0) return refuseRegistry("MANIFEST_UNKNOWN", "manifest unknown to registry");
  const { digest: digest2, mediaType, bytes: body } = manifest;
  return { status: 200, headers: { "content-type": mediaType, ...namesOf2(digest2) }, body };
}
function putManifest(content, { name, reference }, request, { referrersApi, isKept }) {
  const repository = content.repository(name) ?? new Repository();
  const manifest = readManifest(demandReference(reference), request);
  demandParts(repository, manifest);
  demandCondition(repository.manifest(reference), request);
  if (isKept) {
    content.keepManifest(name, manifest);
    if (!isDigest(reference)) content.tag(name, reference, manifest.digest);
  }
  const { subject } = manifest.outline;
  const headers = {
    location: `/v2/${name}/manifests/${manifest.digest}`,
    ...namesOf2(manifest.digest),
    ...referrersApi && subject !== void 0 ? { "oci-subject": subject } : {}
  };
  return { status: 201, headers, body: new Uint8Array() };
}
function namesOf2(digest2) {
  return { "docker-content-digest": digest2, etag: `"${digest2}"` };
}
function readManifest(reference, { headers, body: bytes2 }) {
  if (bytes2.length > maxManifestLength) refuseRegistry("SIZE_INVALID", "the manifest is of more than 4 MiB");
  const [mediaType = ""] = String(headers["content-type"] ?? "").split(";");
  if (mediaType === "") refuseRegistry("MANIFEST_INVALID", "Content-Type does not say what the manifest is");
  if (isDigest(reference)) demandMatch(reference, bytes2);
  const digest2 = isDigest(reference) ? reference : canonicalDigest(bytes2);
  return { digest: digest2, mediaType: mediaType.trim(), bytes: bytes2, outline: readOutline(mediaType.trim(), bytes2) };
}
function demandParts({ blobs, manifests }, { outline }) {
  const digest2 = outline.blobs.find((one) => !blobs.has(one)) ?? outline.manifests.find((one) => !manifests.has(one) && !blobs.has(one));
  if (digest2 === void 0) return;
  const message2 = "manifest references a manifest or blob unknown to registry";
  refuseRegistry("MANIFEST_BLOB_UNKNOWN", message2, { detail: { digest: digest2 } });
}
function demandCondition(present2, { headers }) {
  const { "if-match": match, "if-none-match": noneMatch } = headers;
  const isMet = (match === void 0 || isListed(present2, String(match))) && (noneMatch === void 0 || !isListed(present2, String(noneMatch)));
  if (!isMet) refusePlainly(412, "the tag is not what it was");
}
function isListed(present2, tags2) {
  if (present2 === void 0) return false;
  const listed = tags2.split(",").map((tag2) => tag2.trim());
  return listed.includes("*") || listed.includes(`"${present2.digest}"`);
}

// sandbox/registry/registry-service.ts
var methods = ["GET", "HEAD", "POST", "PUT", "PATCH"];
var RegistryService = class {
  origin;
  #referrersApi;
  #content;
  #blobs;
  #access;
  #referrersPageSize = 100;
  constructor({ origin, sources, referrersApi = true, maxContentLength = 256 * 1024 * 1024 }) {
    this.origin = origin;
    this.#content = new Content(maxContentLength);
    this.#referrersApi = referrersApi;
    this.#blobs = new BlobEndpoints(this.#content, sources.random);
    this.#access = new Access(origin, sources);
  }
  /** The first part of the names of its images. */
  get host() {
    return new URL(this.origin).host;
  }
  /** An account that may pull and push. */
  get writer() {
    return this.#access.writer;
  }
  /** An account that may pull. */
  get reader() {
    return this.#access.reader;
  }
  /** Changes settings. The others stay as they are. */
  configure({ referrersPageSize = this.#referrersPageSize, ...access }) {
    if (!Number.isInteger(referrersPageSize) || referrersPageSize < 1) throw new RangeError("a page of no referrers");
    this.#referrersPageSize = referrersPageSize;
    this.#access.settings = { ...this.#access.settings, ...access };
  }
  /** Returns the routes. A `forgetful` registry acknowledges manifests that it does not store. */
  routes({ forgetful = false } = {}) {
    const answers = this.#answers(!forgetful);
    const handle = (request) => this.#answer(request, answers);
    return [
      ...methods.map((method) => ({ method, path: "/v2/*", handle, maxBodyLength: maxBlobLength })),
      { method: "GET", path: "/token", handle: (request) => this.#access.issueToken(request) }
    ];
  }
  #answers(isKept) {
    const blobs = this.#blobs;
    const content = this.#content;
    const options = { isKept, referrersApi: this.#referrersApi };
    return {
      uploads: { POST: (endpoint2, request) => blobs.begin(endpoint2, request) },
      upload: {
        GET: (endpoint2, request) => blobs.status(endpoint2, request),
        PATCH: (endpoint2, request) => blobs.add(endpoint2, request),
        PUT: (endpoint2, request) => blobs.close(endpoint2, request)
      },
      blob: { GET: (endpoint2) => blobs.get(endpoint2) },
      manifest: {
        GET: (endpoint2) => getManifest(content, endpoint2),
        PUT: (endpoint2, request) => putManifest(content, endpoint2, request, options)
      },
      tags: { GET: (endpoint2, request) => listTags(content, endpoint2, request) },
      referrers: {
        GET: (endpoint2, request) => (
          // In plain text and without a code, as GitHub's registry does.
          this.#referrersApi ? listReferrers(content, endpoint2, request, this.#referrersPageSize) : refusePlainly(404, "404 page not found")
        )
      }
    };
  }
  #answer(request, answers) {
    const { url, method } = request;
    const isRead2 = method === "GET" || method === "HEAD";
    if (url.pathname === "/v2/" && isRead2) {
      this.#access.demand(request, "pull");
      return jsonResponse(200, {}, { "docker-distribution-api-version": "registry/2.0" });
    }
    const endpoint2 = readEndpoint(url.pathname);
    const action2 = isRead2 && endpoint2.kind !== "upload" ? "pull" : "push";
    this.#access.demand(request, action2, endpoint2.name);
    const hasHead = endpoint2.kind === "blob" || endpoint2.kind === "manifest";
    const answer = Object.entries(answers[endpoint2.kind]).find(
      ([name]) => name === method || name === "GET" && method === "HEAD" && hasHead
    );
    return answer?.[1](endpoint2, request) ?? refuseRegistry("UNSUPPORTED", `the method ${method} is not supported here`);
  }
};

// sandbox/misbehaviour/registry.ts
var registryMisbehaviours = {
  "registry:altered-manifest": () => withContent(/\/manifests\//, withOtherDigest),
  "registry:altered-blob": () => withContent(/\/blobs\//, (body) => body.length > 0 ? flipped(body, -1) : body),
  "registry:forgotten-manifest": ({ registries }) => (request, right) => {
    const registry = registries.find(({ origin }) => origin === request.url.origin);
    return asWith(() => registry?.routes({ forgetful: true }) ?? [], isPutOfManifest)(request, right);
  },
  "registry:moved-tag": movedTags,
  "registry:redirected-blobs": redirectedBlobs,
  "registry:missing-manifest": missingManifests,
  "registry:large-headers": () => async (_, right) => {
    const answer = await right();
    const padding2 = Array.from({ length: 6 }, (_2, at) => [`x-padding-${at}`, "a".repeat(4096)]);
    return { ...answer, headers: { ...answer.headers, ...Object.fromEntries(padding2) } };
  }
};
function isRead({ method }) {
  return method === "GET" || method === "HEAD";
}
function isPutOfManifest({ method, url }) {
  return method === "PUT" && url.pathname.includes("/manifests/");
}
function withContent(path, change) {
  return async (request, right) => {
    const answer = await right();
    const isMeant = isRead(request) && answer.status === 200 && path.test(request.url.pathname);
    return isMeant ? { ...answer, body: change(answer.body) } : answer;
  };
}
function withOtherDigest(manifest) {
  const namesSomething = /"sha(?:256|512):/.test(decodeUtf8(manifest) ?? "");
  return namesSomething ? withOtherCharacter(manifest) : new Uint8Array([...manifest, 32]);
}
function manifestPath({ url }) {
  const [, repository, reference] = /^(.+)\/manifests\/([^/]+)$/.exec(url.pathname) ?? [];
  return repository === void 0 || reference === void 0 ? void 0 : [repository, decodeURIComponent(reference)];
}
var referrersTag = /^sha(?:256|512)-[0-9a-f]+$/;
function movedTags() {
  const read = /* @__PURE__ */ new Set();
  const moved = /* @__PURE__ */ new Map();
  return async (request, right) => {
    const [repository, reference] = manifestPath(request) ?? ["", ""];
    if (!isRead(request) || reference === "") return right();
    const known = moved.get(repository + reference);
    if (known !== void 0) return known;
    const answer = await right();
    if (answer.status !== 200 || !isTag(reference) || referrersTag.test(reference)) return answer;
    const tag2 = `${request.url.origin}${repository}:${reference}`;
    if (!read.has(tag2)) {
      read.add(tag2);
      return answer;
    }
    const other = annotated(answer);
    moved.set(repository + String(other.headers["docker-content-digest"]), other);
    return other;
  };
}
function annotated(answer) {
  const manifest = parseJson(answer.body);
  const body = utf8(JSON.stringify({ ...manifest, annotations: { "sandbox.countersign.moved": "true" } }));
  const digest2 = canonicalDigest(body);
  return { ...answer, headers: { ...answer.headers, "docker-content-digest": digest2, etag: `"${digest2}"` }, body };
}
function redirectedBlobs({ blobs }) {
  return async (request, right) => {
    const answer = await right();
    const digest2 = answer.headers["docker-content-digest"];
    const isBlob = request.method === "GET" && request.url.pathname.includes("/blobs/");
    if (!isBlob || answer.status !== 200) return answer;
    const path = `/registry/${String(digest2).replace(":", "-")}`;
    blobs.keep(path, answer.body);
    return { status: 307, headers: { location: blobs.downloadUrl(path) }, body: new Uint8Array() };
  };
}
function missingManifests() {
  const listed = /* @__PURE__ */ new Set();
  return async (request, right) => {
    const answer = await right();
    if (!isRead(request) || answer.status !== 200) return answer;
    const [, reference] = manifestPath(request) ?? [];
    if (reference !== void 0 && listed.has(reference)) {
      return registryError("MANIFEST_UNKNOWN", "manifest unknown to registry");
    }
    if (answer.headers["content-type"] === indexType) for (const digest2 of digestsOf2(answer.body)) listed.add(digest2);
    return answer;
  };
}
function digestsOf2(index) {
  const { manifests = [] } = JSON.parse(
    decodeUtf8(index) ?? ""
  );
  return manifests.map(({ digest: digest2 }) => digest2);
}

// sandbox/rekor-v1/dsse.ts
import { verify as verify3 } from "node:crypto";

// sandbox/rekor-v1/spec.ts
function memberAt2(value, ...path) {
  return path.reduce(
    (at, name) => typeof at === "object" && at !== null && !Array.isArray(at) && Object.hasOwn(at, name) ? at[name] : void 0,
    value
  );
}
function textAt(value, ...path) {
  const text2 = memberAt2(value, ...path);
  return typeof text2 === "string" && text2 !== "" ? text2 : void 0;
}
function listAt(value, ...path) {
  const list = memberAt2(value, ...path);
  return Array.isArray(list) ? list : [];
}
function readJson(json2, otherwise) {
  try {
    return parseJson(json2);
  } catch {
    return otherwise();
  }
}
function readBase64(text2, what) {
  try {
    return decodeBase64(text2);
  } catch {
    return refuseEntry(`failed parsing base64 data for ${what}: illegal base64 data`);
  }
}

// sandbox/rekor-v1/verifier.ts
import { createPublicKey as createPublicKey5, X509Certificate as X509Certificate2 } from "node:crypto";
function readVerifier(base64) {
  const pem = Buffer.from(readBase64(base64, "public key content")).toString("latin1").trim();
  try {
    if (pem.startsWith("-----BEGIN CERTIFICATE-----")) {
      const { publicKey, raw } = new X509Certificate2(pem);
      return verifier(publicKey, encodePem("CERTIFICATE", new Uint8Array(raw)), alternativeNames(new Uint8Array(raw)));
    }
    if (pem.startsWith("-----BEGIN PUBLIC KEY-----")) {
      const key = createPublicKey5(pem);
      return verifier(key, encodePem("PUBLIC KEY", subjectPublicKeyInfo(key)), []);
    }
  } catch {
  }
  return refuseEntry("invalid public key: failure decoding PEM");
}
function verifier(key, pem, subjects) {
  return { key, canonical: encodeBase64(utf8(pem)), hash: encodeHex(hashOf("sha256", utf8(pem))), subjects };
}

// sandbox/rekor-v1/dsse.ts
function checkDsse(spec) {
  const text2 = textAt(spec, "proposedContent", "envelope") ?? refuseEntry("proposed content envelope is missing");
  const envelope = readJson(text2, () => refuseEntry("invalid character in envelope"));
  const payload = readBase64(textAt(envelope, "payload") ?? "", "payload");
  const payloadType = textAt(envelope, "payloadType") ?? "";
  const signatures = listAt(envelope, "signatures").map((signature2) => textAt(signature2, "sig") ?? "");
  if (signatures.length === 0) refuseEntry("DSSE envelope must contain 1 or more signatures");
  const verifiers = listAt(spec, "proposedContent", "verifiers").map(
    (verifier2) => readVerifier(typeof verifier2 === "string" ? verifier2 : "")
  );
  const pairs2 = pair(preAuthenticationEncoding(payloadType, payload), signatures, verifiers);
  const [envelopeHash, payloadHash] = [sha256(utf8(text2)), sha256(payload)];
  return {
    spec: { envelopeHash, payloadHash, signatures: pairs2.sort((a, b) => a.signature < b.signature ? -1 : 1) },
    keys: [
      // Rekor writes the algorithm before the hash of the key here, and not elsewhere.
      ...verifiers.flatMap(({ hash, subjects }) => [`sha256:${hash}`, ...subjects]),
      ...[envelopeHash, payloadHash].map(({ algorithm, value }) => `${algorithm}:${value}`),
      ...payloadType === "application/vnd.in-toto+json" ? statementKeys(payload) : []
    ]
  };
}
function statementKeys(payload) {
  const statement = readJson(payload, () => void 0);
  const described = [...listAt(statement, "subject"), ...listAt(statement, "predicate", "materials")];
  return described.flatMap(
    (one) => Object.entries(memberAt2(one, "digest") ?? {}).flatMap(
      ([algorithm, value]) => typeof value === "string" ? [`${algorithm}:${value}`] : []
    )
  );
}
function pair(signed, signatures, verifiers) {
  const left = new Set(signatures);
  const pairs2 = [];
  for (const { key, canonical } of verifiers) {
    if (left.size === 0) break;
    const hash = key.asymmetricKeyType === "ed25519" ? null : "sha256";
    const made = [...left].filter((signature2) => verify3(hash, signed, key, readBase64(signature2, "signature")));
    if (made.length === 0)
      refuseEntry("could not verify envelope: accepted signatures do not match threshold, Found: 0, Expected 1");
    for (const signature2 of made) {
      left.delete(signature2);
      pairs2.push({ signature: signature2, verifier: canonical });
    }
  }
  if (left.size > 0) refuseEntry("all signatures must have a key that verifies it");
  return pairs2;
}
function sha256(bytes2) {
  return { algorithm: "sha256", value: encodeHex(hashOf("sha256", bytes2)) };
}

// sandbox/rekor/verifier-key.ts
import { constants as constants2, createPublicKey as createPublicKey7, publicDecrypt, X509Certificate as X509Certificate3 } from "node:crypto";

// node_modules/@noble/curves/abstract/curve.js
var _0n4 = /* @__PURE__ */ BigInt(0);
var _1n4 = /* @__PURE__ */ BigInt(1);
var _4n2 = /* @__PURE__ */ BigInt(4);
var BLIND_BYTES = 16;
var BLIND_BITS = 128;
var FW_WINDOW = 5;
var TABLE_BYTES_MAX = /* @__PURE__ */ (() => 2 ** 31)();
function validatePointCons(Point) {
  const pc = Point;
  if (typeof pc !== "function")
    throw new TypeError('"Point" expected constructor, got type=' + typeof Point);
  afunction(pc.fromAffine, "Point.fromAffine");
  afunction(pc.fromBytes, "Point.fromBytes");
  afunction(pc.fromHex, "Point.fromHex");
  aobject2(pc.BASE, "Point.BASE");
  aobject2(pc.ZERO, "Point.ZERO");
  validateField(pc.Fp);
  validateField(pc.Fn);
}
function normalizeZ(c, points) {
  validatePointCons(c);
  validateMSMPoints(points, c);
  const invertedZs = FpInvertBatch(c.Fp, points.map((p) => p.Z));
  return points.map((p, i) => c.fromAffine(p.toAffine(invertedZs[i])));
}
function validateW(W, bits, min = 1) {
  if (!Number.isSafeInteger(W) || W < min || W > bits)
    throw new Error("invalid window size, expected [" + min + ".." + bits + "], got W=" + W);
}
function validateTableBytes(numPoints, fpBytes) {
  const bytes2 = numPoints * (4 * fpBytes + 128);
  if (bytes2 > TABLE_BYTES_MAX)
    throw new Error("invalid window size: table would need ~" + Math.ceil(bytes2 / 2 ** 20) + " MiB, max " + TABLE_BYTES_MAX / 2 ** 20 + " MiB");
}
function probeRandomBytes(randomBytes6, length) {
  if (randomBytes6 === void 0)
    return void 0;
  afunction(randomBytes6, "randomBytes");
  try {
    const probe = randomBytes6(length);
    if (!isBytes2(probe) || probe.length !== length)
      return void 0;
  } catch {
    return void 0;
  }
  return randomBytes6;
}
function validateMSMPoints(points, c) {
  aarray(points, "points");
  points.forEach((p, i) => {
    if (!(p instanceof c))
      throw new Error("invalid point at index " + i);
  });
}
function validateMSMScalars(scalars, field, maxScalar) {
  if (!Array.isArray(scalars))
    throw new Error("array of scalars expected");
  scalars.forEach((s, i) => {
    const ok = maxScalar === void 0 ? field.isValid(s) : isPosBig(s) && s < maxScalar;
    if (!ok)
      throw new Error("invalid scalar at index " + i);
  });
}
var pointWindowSizes = /* @__PURE__ */ new WeakMap();
function getWindowSize(P) {
  return pointWindowSizes.get(P) || 1;
}
function oddMultiples(p, size) {
  const dbl = p.double();
  const t = [p];
  for (let j = 1; j < size; j++)
    t.push(t[j - 1].add(dbl));
  return t;
}
function wnafDigits(n, W) {
  const size = 2 ** W;
  const half2 = size / 2;
  const mask = BigInt(size - 1);
  const d = [];
  while (n > _0n4) {
    let w = 0;
    if (n & _1n4) {
      w = Number(n & mask);
      if (w >= half2)
        w -= size;
      n -= BigInt(w);
    }
    d.push(w);
    n >>= _1n4;
  }
  return d;
}
function signedWindowDigits(n, W, windows3) {
  const size = 2 ** W;
  const half2 = size / 2;
  const mask = BigInt(size - 1);
  const shiftBy = BigInt(W);
  const d = [];
  for (let w = 0; w < windows3; w++) {
    let v = Number(n & mask);
    n >>= shiftBy;
    if (v > half2) {
      v -= size;
      n += _1n4;
    }
    d.push(v);
  }
  if (n !== _0n4)
    throw new Error("invalid wnaf");
  return d;
}
function wnafWalk(zero, tables, digits) {
  let max = 0;
  for (const d of digits)
    max = Math.max(max, d.length);
  let acc = zero;
  for (let bit = max - 1; bit >= 0; bit--) {
    if (bit !== max - 1)
      acc = acc.double();
    for (let i = 0; i < digits.length; i++) {
      const w = digits[i][bit];
      if (w) {
        const item = tables[i][Math.abs(w) - 1 >> 1];
        acc = acc.add(w < 0 ? item.negate() : item);
      }
    }
  }
  return acc;
}
var ScalarMultiplier = class {
  Point;
  BASE;
  ZERO;
  randomBytes;
  wnafPrecomputes = /* @__PURE__ */ new WeakMap();
  baseCanBeBlinded;
  bits;
  // Parametrized with a given Point class (not individual point)
  constructor(Point, randomBytes6) {
    validatePointCons(Point);
    this.randomBytes = probeRandomBytes(randomBytes6, BLIND_BYTES);
    this.Point = Point;
    this.BASE = Point.BASE;
    this.ZERO = Point.ZERO;
    this.bits = Point.Fn.BITS;
  }
  /**
   * Creates a signed fixed-window wNAF precomputation table: for every window w, the
   * multiples `[1..2^(W−1)]⋅2^(w⋅W)⋅P`, flattened. All doublings are baked into the table,
   * so cached multiplication is additions-only. `windows = ceil(bits/W) + 1`: the extra
   * window absorbs the final carry of signed-digit recoding.
   * For a 256-bit curve and W=6, the table is 44⋅32 = 1408 points.
   * @param point - Point instance
   * @param W - window size
   * @param bits - scalar bitlength the table must cover
   */
  buildWnafTable(point, W, bits) {
    const windows3 = Math.ceil(bits / W) + 1;
    const half2 = 2 ** (W - 1);
    const comp = [];
    let base = point;
    for (let w = 0; w < windows3; w++) {
      let acc = base;
      for (let i = 0; i < half2; i++) {
        comp.push(acc);
        acc = acc.add(base);
      }
      base = comp[comp.length - 1].double();
    }
    return { W, bits, windows: windows3, comp };
  }
  /**
   * Implements ec multiplication using precomputed signed fixed-window wNAF tables.
   * Constant-time: fixed window count with one table addition per window — zero digits feed
   * the fake accumulator — and no doublings; the lookup scans the whole window slice.
   * Scalar bounds are validated by the public entry points ({@link ScalarMultiplier.mulCT},
   * {@link ScalarMultiplier.mulCTBlinded}, {@link ScalarMultiplier.mulUnsafe});
   * signedWindowDigits throws if `n` exceeds the table.
   * @returns real and fake (for const-time) points
   */
  wnafCachedCT(precomputes, n) {
    const { W, windows: windows3, comp } = precomputes;
    const half2 = 2 ** (W - 1);
    const digits = signedWindowDigits(n, W, windows3);
    let p = this.ZERO;
    let f = this.BASE;
    for (let w = 0; w < windows3; w++) {
      const digit2 = digits[w];
      const start2 = w * half2;
      const idx = Math.abs(digit2) - 1;
      let sel = comp[start2];
      for (let i = 1; i < half2; i++)
        sel = i === idx ? comp[start2 + i] : sel;
      const neg = sel.negate();
      if (digit2 === 0)
        f = f.add(comp[start2]);
      else
        p = p.add(digit2 < 0 ? neg : sel);
    }
    return { p, f };
  }
  // Cache key is point identity plus (W, bits); at most two entries exist per point (public-width
  // `Fn.BITS` and blinded `Fn.BITS + BLIND_BITS`). Callers must not reuse the same point with
  // incompatible `transform(...)` layouts and expect a separate cache entry.
  getWnafPrecomputes(W, point, bits, transform) {
    let entries = this.wnafPrecomputes.get(point);
    let comp = entries?.find((entry2) => entry2.W === W && entry2.bits === bits);
    if (!comp) {
      comp = this.buildWnafTable(point, W, bits);
      if (typeof transform === "function")
        comp = { ...comp, comp: transform(comp.comp) };
      if (!entries) {
        entries = [];
        this.wnafPrecomputes.set(point, entries);
      }
      entries.push(comp);
    }
    return comp;
  }
  assertPoint(point) {
    if (!(point instanceof this.Point))
      throw new TypeError('"point" expected Point instance, got type=' + typeof point);
  }
  // Shared prologue of the constant-time entry points. Rejects scalar 0: in key/signature-style
  // callers a zero scalar means broken upstream plumbing, and concrete Points already reject it.
  // Uses inRange instead of Fn.isValidNot0: validateField() only certifies the arithmetic subset.
  validateMulInput(point, scalar2) {
    this.assertPoint(point);
    if (!inRange(scalar2, _1n4, this.Point.Fn.ORDER))
      throw new Error("invalid scalar");
  }
  // Constant-time dispatch shared by mulCT / mulCTBlinded. Un-precomputed points (W===1, e.g.
  // ECDH peer keys) skip building a throwaway cached table in favor of a small fixed-window
  // multiply. `n` must be < 2^bits.
  runCT(point, n, bits, transform) {
    const W = getWindowSize(point);
    if (W === 1)
      return this.fixedWindowCT(point, n, bits);
    return this.wnafCachedCT(this.getWnafPrecomputes(W, point, bits, transform), n);
  }
  mulCT(point, scalar2, transform) {
    this.validateMulInput(point, scalar2);
    return this.runCT(point, scalar2, this.bits, transform);
  }
  mulCTBlinded(point, scalar2, transform) {
    this.validateMulInput(point, scalar2);
    if (this.randomBytes === void 0)
      throw new Error("randomBytes is required for scalar blinding");
    const bits = this.Point.Fn.BITS + BLIND_BITS;
    const blind = this.randomBytes(BLIND_BYTES);
    if (!isBytes2(blind) || blind.length !== BLIND_BYTES)
      throw new Error("randomBytes returned invalid byte array");
    blind[0] = blind[0] & 63 | 128;
    const n = scalar2 + bytesToNumberBE(blind) * this.Point.Fn.ORDER;
    return this.runCT(point, n, bits, transform);
  }
  /**
   * Constant-time multiplication `n*point` for an un-precomputed point, via a small fixed window.
   * A cached wNAF table only pays off when reused; a flat 2^FW_WINDOW table (`size-1` adds) is
   * far cheaper to build for a single use. The point-operation sequence is independent of `n`:
   * build the table, then per window exactly FW_WINDOW doublings, a data-oblivious scan over
   * every table entry, and one addition (adds the identity when the window digit is 0 — never
   * skipped).
   *
   * `n` must be `< 2^bits`. Assumes complete addition (adding the identity costs the same as any
   * add), which holds for the Weierstrass/Edwards point types used here. The table is left in
   * projective form (no normalizeZ): normalizing this small a table costs more than the
   * mixed-add savings it would buy for a single multiply.
   * @returns real point `p`; `f` duplicates it only to match {@link wnafCachedCT}'s return shape
   * (this path needs no fake accumulator — its op-count is already scalar-independent).
   */
  fixedWindowCT(point, n, bits) {
    const W = FW_WINDOW;
    const size = 1 << W;
    const mask = bitMask(W);
    const table2 = new Array(size);
    table2[0] = this.ZERO;
    for (let i = 1; i < size; i++)
      table2[i] = table2[i - 1].add(point);
    const windows3 = Math.ceil(bits / W);
    let acc = this.ZERO;
    for (let window = windows3 - 1; window >= 0; window--) {
      if (window !== windows3 - 1)
        for (let d = 0; d < W; d++)
          acc = acc.double();
      const digit2 = Number(n >> BigInt(window * W) & mask);
      let sel = table2[0];
      for (let i = 1; i < size; i++)
        sel = i === digit2 ? table2[i] : sel;
      acc = acc.add(sel);
    }
    return { p: acc, f: acc };
  }
  shouldBlind(point, cofactor) {
    if (this.randomBytes === void 0)
      return false;
    if (cofactor === _1n4)
      return true;
    if (point !== this.BASE)
      return false;
    if (this.baseCanBeBlinded === void 0)
      this.baseCanBeBlinded = this.mulUnsafe(this.BASE, this.Point.Fn.ORDER).is0();
    return this.baseCanBeBlinded;
  }
  mulSecret(point, scalar2, cofactor, transform) {
    return this.shouldBlind(point, cofactor) ? this.mulCTBlinded(point, scalar2, transform) : this.mulCT(point, scalar2, transform);
  }
  mulUnsafe(point, scalar2, transform) {
    this.assertPoint(point);
    if (!isPosBig(scalar2))
      throw new Error("invalid scalar");
    const W = getWindowSize(point);
    if (W === 1 || scalar2 >= this.Point.Fn.ORDER)
      return mulAddUnsafe(this.Point, [point], [scalar2], true);
    const precomputes = this.getWnafPrecomputes(W, point, this.bits, transform);
    return this.wnafCachedCT(precomputes, scalar2).p;
  }
  // Remembers the window size used for precomputed wNAF multiplication of the given point
  // and drops any previously built tables. Usually only the base point is precomputed.
  // W=1 resets the point to the un-precomputed (table-less) paths.
  // W is additionally capped so tables stay under ~2 GiB ({@link TABLE_BYTES_MAX}).
  setWindowSize(point, W) {
    this.assertPoint(point);
    validateW(W, this.bits);
    const windows3 = Math.ceil((this.bits + BLIND_BITS) / W) + 1;
    validateTableBytes(windows3 * 2 ** (W - 1), this.Point.Fp.BYTES);
    pointWindowSizes.set(point, W);
    this.wnafPrecomputes.delete(point);
  }
  // True when a window size is set: tables themselves are built lazily on first multiply.
  hasWindowSize(point) {
    return getWindowSize(point) !== 1;
  }
};
function mulAddUnsafe(c, points, scalars, allowOversized = false) {
  validatePointCons(c);
  validateMSMPoints(points, c);
  abool2(allowOversized, "allowOversized");
  validateMSMScalars(scalars, c.Fn, allowOversized ? c.Fn.ORDER ** _4n2 : void 0);
  if (points.length !== scalars.length)
    throw new Error("arrays of points and scalars must have equal length");
  const tables = points.map((p) => oddMultiples(p, 4));
  const digits = scalars.map((n) => wnafDigits(n, 4));
  return wnafWalk(c.ZERO, tables, digits);
}
function createField(order, field, isLE2) {
  if (field) {
    if (field.ORDER !== order)
      throw new Error("Field.ORDER must match order: Fp == p, Fn == n");
    validateField(field);
    return field;
  } else {
    return Field(order, { isLE: isLE2 });
  }
}
function createCurveFields(type, CURVE, curveOpts = {}, FpFnLE) {
  if (type !== "weierstrass" && type !== "edwards")
    throw new Error('expected curve type "weierstrass" or "edwards"');
  if (FpFnLE === void 0)
    FpFnLE = type === "edwards";
  if (!CURVE || typeof CURVE !== "object")
    throw new Error(`expected valid ${type} CURVE object`);
  validateObject(curveOpts);
  for (const p of ["p", "n", "h"]) {
    const val = CURVE[p];
    if (!(isPosBig(val) && val !== _0n4))
      throw new Error(`CURVE.${p} must be positive bigint`);
  }
  const Fp2 = createField(CURVE.p, curveOpts.Fp, FpFnLE);
  const Fn = createField(CURVE.n, curveOpts.Fn, FpFnLE);
  const _b = type === "weierstrass" ? "b" : "d";
  const params = ["Gx", "Gy", "a", _b];
  for (const p of params) {
    if (!Fp2.isValid(CURVE[p]))
      throw new Error(`CURVE.${p} must be valid field element of CURVE.Fp`);
  }
  CURVE = Object.freeze(Object.assign({}, CURVE));
  return { CURVE, Fp: Fp2, Fn };
}
function createKeygen(randomSecretKey, getPublicKey) {
  return function keygen(seed2) {
    const secretKey = randomSecretKey(seed2);
    return { secretKey, publicKey: getPublicKey(secretKey) };
  };
}

// node_modules/@noble/curves/abstract/edwards.js
var _0n5 = /* @__PURE__ */ BigInt(0);
var _1n5 = /* @__PURE__ */ BigInt(1);
var _2n3 = /* @__PURE__ */ BigInt(2);
var _4n3 = /* @__PURE__ */ BigInt(4);
var _8n2 = /* @__PURE__ */ BigInt(8);
function isEdValidXY(Fp2, CURVE, x, y) {
  const x2 = Fp2.sqr(x);
  const y2 = Fp2.sqr(y);
  const left = Fp2.add(Fp2.mul(CURVE.a, x2), y2);
  const right = Fp2.add(Fp2.ONE, Fp2.mul(CURVE.d, Fp2.mul(x2, y2)));
  return Fp2.eql(left, right);
}
function edwards(params, extraOpts = {}) {
  validateObject(extraOpts, {}, {}, "extraOpts");
  const opts = extraOpts;
  const validated = createCurveFields("edwards", params, opts, opts.FpFnLE);
  const { Fp: Fp2, Fn } = validated;
  let CURVE = validated.CURVE;
  const { h: cofactor } = CURVE;
  if (FpLegendre(Fp2, CURVE.a) !== 1)
    throw new Error("edwards: CURVE.a must be a square in Fp for complete addition formulas");
  if (FpLegendre(Fp2, CURVE.d) !== -1)
    throw new Error("edwards: CURVE.d must be a non-square in Fp for complete addition formulas");
  validateObject(opts, {}, { uvRatio: "function", randomBytes: "function" });
  const randomBytes6 = opts.randomBytes === void 0 ? randomBytes3 : opts.randomBytes;
  const MASK = _2n3 << BigInt(Fp2.BYTES * 8) - _1n5;
  function isOdd(n) {
    if (!Fp2.isOdd)
      throw new Error("Field does not have .isOdd()");
    return Fp2.isOdd(n);
  }
  const uvRatio2 = opts.uvRatio === void 0 ? (u, v) => {
    try {
      return { isValid: true, value: Fp2.sqrt(Fp2.div(u, v)) };
    } catch (e) {
      return { isValid: false, value: _0n5 };
    }
  } : opts.uvRatio;
  if (!isEdValidXY(Fp2, CURVE, CURVE.Gx, CURVE.Gy))
    throw new Error("bad curve params: generator point");
  const mulA = Fp2.eql(CURVE.a, Fp2.neg(Fp2.ONE)) ? (x) => Fp2.neg(x) : Fp2.eql(CURVE.a, Fp2.ONE) ? (x) => x : (x) => Fp2.mul(CURVE.a, x);
  function acoord(title, n, banZero = false) {
    const min = banZero ? _1n5 : _0n5;
    aInRange("coordinate " + title, n, min, MASK);
    return n;
  }
  function aedpoint(other) {
    if (!(other instanceof Point))
      throw new Error("EdwardsPoint expected");
  }
  class Point {
    static BASE = new Point(CURVE.Gx, CURVE.Gy, Fp2.ONE, Fp2.mul(CURVE.Gx, CURVE.Gy));
    static ZERO = new Point(Fp2.ZERO, Fp2.ONE, Fp2.ONE, Fp2.ZERO);
    static Fp = Fp2;
    static Fn = Fn;
    X;
    Y;
    Z;
    T;
    constructor(X, Y, Z, T) {
      this.X = acoord("x", X);
      this.Y = acoord("y", Y);
      this.Z = acoord("z", Z, true);
      this.T = acoord("t", T);
      Object.freeze(this);
    }
    static CURVE() {
      return CURVE;
    }
    /**
     * Create one extended Edwards point from affine coordinates.
     * Does NOT validate that the point is on-curve or torsion-free.
     * Use `.assertValidity()` on adversarial inputs.
     */
    static fromAffine(p) {
      if (p instanceof Point)
        throw new Error("extended point not allowed");
      const { x, y } = p || {};
      acoord("x", x);
      acoord("y", y);
      return new Point(x, y, Fp2.ONE, Fp2.mul(x, y));
    }
    // Uses algo from RFC8032 5.1.3.
    static fromBytes(bytes2, zip215 = false) {
      const len = Fp2.BYTES;
      const { a, d } = CURVE;
      bytes2 = copyBytes(abytes2(bytes2, len, "point"));
      abool2(zip215, "zip215");
      const normed = copyBytes(bytes2);
      const lastByte = bytes2[len - 1];
      normed[len - 1] = lastByte & ~128;
      const y = bytesToNumberLE(normed);
      const max = zip215 ? MASK : Fp2.ORDER;
      aInRange("point.y", y, _0n5, max);
      const y2 = Fp2.sqr(y);
      const u = Fp2.sub(y2, Fp2.ONE);
      const v = Fp2.sub(Fp2.mulN(d, y2), a);
      let { isValid, value: x } = uvRatio2(u, v);
      if (!isValid)
        throw new Error("bad point: invalid y coordinate");
      const isXOdd = isOdd(x);
      const isLastByteOdd = (lastByte & 128) !== 0;
      if (!zip215 && Fp2.is0(x) && isLastByteOdd)
        throw new Error("bad point: x=0 and x_0=1");
      if (isLastByteOdd !== isXOdd)
        x = Fp2.neg(x);
      return Point.fromAffine({ x, y });
    }
    static fromHex(hex, zip215 = false) {
      return Point.fromBytes(hexToBytes2(hex), zip215);
    }
    get x() {
      return this.toAffine().x;
    }
    get y() {
      return this.toAffine().y;
    }
    precompute(windowSize = 6, isLazy = true) {
      wnaf.setWindowSize(this, windowSize);
      if (!isLazy)
        this.multiply(_2n3);
      return this;
    }
    // Useful in fromAffine() - not for fromBytes(), which always created valid points.
    assertValidity() {
      const p = this;
      const { a, d } = CURVE;
      if (p.is0())
        throw new Error("bad point: ZERO");
      const { X, Y, Z, T } = p;
      const X2 = Fp2.sqr(X);
      const Y2 = Fp2.sqr(Y);
      const Z2 = Fp2.sqr(Z);
      const Z4 = Fp2.sqr(Z2);
      const aX2 = Fp2.mul(X2, a);
      const left = Fp2.mul(Fp2.add(aX2, Y2), Z2);
      const right = Fp2.add(Z4, Fp2.mul(d, Fp2.mul(X2, Y2)));
      if (!Fp2.eql(left, right))
        throw new Error("bad point: equation left != right (1)");
      const XY = Fp2.mul(X, Y);
      const ZT = Fp2.mul(Z, T);
      if (!Fp2.eql(XY, ZT))
        throw new Error("bad point: equation left != right (2)");
    }
    // Compare one point to another.
    equals(other) {
      aedpoint(other);
      const { X: X1, Y: Y1, Z: Z1 } = this;
      const { X: X2, Y: Y2, Z: Z2 } = other;
      const X1Z2 = Fp2.mul(X1, Z2);
      const X2Z1 = Fp2.mul(X2, Z1);
      const Y1Z2 = Fp2.mul(Y1, Z2);
      const Y2Z1 = Fp2.mul(Y2, Z1);
      return Fp2.eql(X1Z2, X2Z1) && Fp2.eql(Y1Z2, Y2Z1);
    }
    is0() {
      return this.equals(Point.ZERO);
    }
    negate() {
      return new Point(Fp2.neg(this.X), this.Y, this.Z, Fp2.neg(this.T));
    }
    // Fast algo for doubling Extended Point.
    // https://hyperelliptic.org/EFD/g1p/auto-twisted-extended.html#doubling-dbl-2008-hwcd
    // Cost: 4M + 4S + 1*a + 6add + 1*2.
    double() {
      const { X: X1, Y: Y1, Z: Z1 } = this;
      const A = Fp2.sqr(X1);
      const B2 = Fp2.sqr(Y1);
      const C = Fp2.mul(Fp2.sqr(Z1), _2n3);
      const D2 = mulA(A);
      const x1y1 = Fp2.addN(X1, Y1);
      const E = Fp2.sub(Fp2.subN(Fp2.sqr(x1y1), A), B2);
      const G = Fp2.addN(D2, B2);
      const F2 = Fp2.subN(G, C);
      const H = Fp2.subN(D2, B2);
      const X3 = Fp2.mul(E, F2);
      const Y3 = Fp2.mul(G, H);
      const T3 = Fp2.mul(E, H);
      const Z3 = Fp2.mul(F2, G);
      return new Point(X3, Y3, Z3, T3);
    }
    // Fast algo for adding 2 Extended Points.
    // https://hyperelliptic.org/EFD/g1p/auto-twisted-extended.html#addition-add-2008-hwcd
    // Cost: 9M + 1*a + 1*d + 7add.
    add(other) {
      aedpoint(other);
      const { d } = CURVE;
      const { X: X1, Y: Y1, Z: Z1, T: T1 } = this;
      const { X: X2, Y: Y2, Z: Z2, T: T2 } = other;
      const A = Fp2.mul(X1, X2);
      const B2 = Fp2.mul(Y1, Y2);
      const C = Fp2.mul(Fp2.mulN(T1, d), T2);
      const D2 = Fp2.mul(Z1, Z2);
      const E = Fp2.sub(Fp2.subN(Fp2.mulN(Fp2.addN(X1, Y1), Fp2.addN(X2, Y2)), A), B2);
      const F2 = Fp2.subN(D2, C);
      const G = Fp2.addN(D2, C);
      const H = Fp2.sub(B2, mulA(A));
      const X3 = Fp2.mul(E, F2);
      const Y3 = Fp2.mul(G, H);
      const T3 = Fp2.mul(E, H);
      const Z3 = Fp2.mul(F2, G);
      return new Point(X3, Y3, Z3, T3);
    }
    subtract(other) {
      aedpoint(other);
      return this.add(other.negate());
    }
    // Constant-time multiplication.
    multiply(scalar2) {
      if (!Fn.isValidNot0(scalar2))
        throw new RangeError("invalid scalar: expected 1 <= sc < curve.n");
      const { p, f } = wnaf.mulSecret(this, scalar2, cofactor, normalize);
      return normalize([p, f])[0];
    }
    // Non-constant-time multiplication. Uses double-and-add algorithm.
    // It's faster, but should only be used when you don't care about
    // an exposed private key e.g. sig verification.
    // Keeps the same subgroup-scalar contract: 0 is allowed for public-scalar callers, but
    // n and larger values are rejected instead of being reduced mod n to the identity point.
    multiplyUnsafe(scalar2) {
      if (!Fn.isValid(scalar2))
        throw new RangeError("invalid scalar: expected 0 <= sc < curve.n");
      if (scalar2 === _0n5)
        return Point.ZERO;
      if (this.is0() || scalar2 === _1n5)
        return this;
      return wnaf.mulUnsafe(this, scalar2, normalize);
    }
    // Checks if point is of small order.
    // If you add something to small order point, you will have "dirty"
    // point with torsion component.
    // Clears cofactor and checks if the result is 0.
    isSmallOrder() {
      return this.clearCofactor().is0();
    }
    // Multiplies point by curve order and checks if the result is 0.
    // Returns `false` is the point is dirty.
    isTorsionFree() {
      return wnaf.mulUnsafe(this, CURVE.n).is0();
    }
    // Converts Extended point to default (x, y) coordinates.
    // Can accept precomputed Z^-1 - for example, from invertBatch.
    toAffine(invertedZ) {
      const p = this;
      let iz = invertedZ;
      if (iz != null && typeof iz !== "bigint")
        throw new TypeError('"invertedZ" expected bigint, got type=' + typeof iz);
      const { X, Y, Z } = p;
      const is0 = p.is0();
      if (iz == null)
        iz = is0 ? Fp2.create(_8n2) : Fp2.inv(Z);
      const x = Fp2.mul(X, iz);
      const y = Fp2.mul(Y, iz);
      const zz = Fp2.mul(Z, iz);
      if (is0)
        return { x: Fp2.ZERO, y: Fp2.ONE };
      if (!Fp2.eql(zz, Fp2.ONE))
        throw new Error("invZ was invalid");
      return { x, y };
    }
    clearCofactor() {
      if (cofactor === _1n5)
        return this;
      if (cofactor === _2n3)
        return this.double();
      if (cofactor === _4n3)
        return this.double().double();
      if (cofactor === _8n2)
        return this.double().double().double();
      return this.multiplyUnsafe(cofactor);
    }
    toBytes() {
      const { x, y } = this.toAffine();
      const bytes2 = Fp2.toBytes(y);
      bytes2[bytes2.length - 1] |= isOdd(x) ? 128 : 0;
      return bytes2;
    }
    toHex() {
      return bytesToHex2(this.toBytes());
    }
    toString() {
      return `<Point ${this.is0() ? "ZERO" : this.toHex()}>`;
    }
  }
  const normalize = (points) => normalizeZ(Point, points);
  const wnaf = new ScalarMultiplier(Point, randomBytes6);
  if (wnaf.bits >= 6)
    Point.BASE.precompute(6);
  Object.freeze(Point.prototype);
  Object.freeze(Point);
  return Point;
}
function eddsa2(Point, cHash, eddsaOpts = {}) {
  validatePointCons(Point);
  if (typeof cHash !== "function")
    throw new Error('"hash" function param is required');
  const hash = cHash;
  const opts = eddsaOpts;
  validateObject(opts, {}, {
    adjustScalarBytes: "function",
    randomBytes: "function",
    domain: "function",
    prehash: "function",
    zip215: "boolean",
    mapToCurve: "function",
    toMontgomery: "function",
    toMontgomerySecret: "function"
  });
  const { prehash } = opts;
  const { BASE, Fp: Fp2, Fn } = Point;
  const outputLen = hash.outputLen;
  const expectedLen = 2 * Fp2.BYTES;
  if (outputLen !== void 0) {
    asafenumber(outputLen, "hash.outputLen");
    if (outputLen !== expectedLen)
      throw new Error(`hash.outputLen must be ${expectedLen}, got ${outputLen}`);
  }
  const randomBytes6 = opts.randomBytes === void 0 ? randomBytes3 : opts.randomBytes;
  const toMontgomery2 = opts.toMontgomery;
  const toMontgomerySecret2 = opts.toMontgomerySecret;
  const adjustScalarBytes2 = opts.adjustScalarBytes === void 0 ? (bytes2) => bytes2 : opts.adjustScalarBytes;
  const domain = opts.domain === void 0 ? (data, ctx, phflag) => {
    abool2(phflag, "phflag");
    if (ctx.length || phflag)
      throw new Error("Contexts/pre-hash are not supported");
    return data;
  } : opts.domain;
  function modN_LE(hash2) {
    return Fn.create(bytesToNumberLE(hash2));
  }
  function getPrivateScalar(key) {
    const len = lengths.secretKey;
    abytes2(key, lengths.secretKey, "secretKey");
    const hashed = abytes2(hash(key), 2 * len, "hashedSecretKey");
    const head = adjustScalarBytes2(hashed.slice(0, len));
    const prefix3 = hashed.slice(len, 2 * len);
    const scalar2 = modN_LE(head);
    return { head, prefix: prefix3, scalar: scalar2 };
  }
  function getExtendedPublicKey(secretKey) {
    const { head, prefix: prefix3, scalar: scalar2 } = getPrivateScalar(secretKey);
    const point = BASE.multiply(scalar2);
    const pointBytes = point.toBytes();
    return { head, prefix: prefix3, scalar: scalar2, point, pointBytes };
  }
  function getPublicKey(secretKey) {
    return getExtendedPublicKey(secretKey).pointBytes;
  }
  function hashDomainToScalar(context = Uint8Array.of(), ...msgs) {
    const msg = concatBytes3(...msgs);
    return modN_LE(hash(domain(msg, abytes2(context, void 0, "context"), !!prehash)));
  }
  function sign2(msg, secretKey, options = {}) {
    validateObject(options, {}, {}, "options");
    msg = copyBytes(abytes2(msg, void 0, "message"));
    if (prehash)
      msg = prehash(msg);
    const { prefix: prefix3, scalar: scalar2, pointBytes } = getExtendedPublicKey(secretKey);
    const r = hashDomainToScalar(options.context, prefix3, msg);
    const R = BASE.multiply(r).toBytes();
    const k = hashDomainToScalar(options.context, R, pointBytes, msg);
    const s = Fn.create(r + k * scalar2);
    if (!Fn.isValid(s))
      throw new Error("sign failed: invalid s");
    const rs = concatBytes3(R, Fn.toBytes(s));
    return abytes2(rs, lengths.signature, "result");
  }
  const verifyOpts = {
    zip215: opts.zip215
  };
  function verify6(sig2, msg, publicKey, options = verifyOpts) {
    validateObject(options);
    const { context } = options;
    const zip215 = options.zip215 === void 0 ? !!verifyOpts.zip215 : options.zip215;
    const len = lengths.signature;
    sig2 = abytes2(sig2, len, "signature");
    msg = abytes2(msg, void 0, "message");
    publicKey = abytes2(publicKey, lengths.publicKey, "publicKey");
    if (zip215 !== void 0)
      abool2(zip215, "zip215");
    if (prehash)
      msg = prehash(msg);
    const mid = len / 2;
    const r = sig2.subarray(0, mid);
    const s = bytesToNumberLE(sig2.subarray(mid, len));
    let A, R, SB;
    try {
      A = Point.fromBytes(publicKey, zip215);
      R = Point.fromBytes(r, zip215);
      SB = BASE.multiplyUnsafe(s);
    } catch (error) {
      return false;
    }
    if (!zip215 && A.isSmallOrder())
      return false;
    const k = hashDomainToScalar(context, r, publicKey, msg);
    const RkA = R.add(A.multiplyUnsafe(k));
    return RkA.subtract(SB).clearCofactor().is0();
  }
  const _size = Fp2.BYTES;
  const lengths = {
    secretKey: _size,
    publicKey: _size,
    signature: 2 * _size,
    seed: _size
  };
  function randomSecretKey(seed2) {
    seed2 = seed2 === void 0 ? randomBytes6(lengths.seed) : seed2;
    return abytes2(seed2, lengths.seed, "seed");
  }
  function isValidSecretKey(key) {
    return isBytes2(key) && key.length === lengths.secretKey;
  }
  function isValidPublicKey(key, zip215) {
    try {
      return !!Point.fromBytes(key, zip215 === void 0 ? verifyOpts.zip215 : zip215);
    } catch (error) {
      return false;
    }
  }
  const utils = {
    getExtendedPublicKey,
    randomSecretKey,
    isValidSecretKey,
    isValidPublicKey,
    /** Converts an Edwards public key to a companion Montgomery public key. */
    toMontgomery(publicKey) {
      if (toMontgomery2 === void 0)
        throw new Error("Montgomery conversion is not supported for this curve");
      return toMontgomery2(Point.fromBytes(publicKey));
    },
    toMontgomerySecret(secretKey) {
      if (toMontgomerySecret2 === void 0)
        throw new Error("Montgomery conversion is not supported for this curve");
      return toMontgomerySecret2(secretKey);
    }
  };
  Object.freeze(lengths);
  Object.freeze(utils);
  return Object.freeze({
    keygen: createKeygen(randomSecretKey, getPublicKey),
    getPublicKey,
    sign: sign2,
    verify: verify6,
    utils,
    Point,
    lengths
  });
}

// node_modules/@noble/hashes/_md.js
function Chi(a, b, c) {
  return a & b ^ ~a & c;
}
function Maj(a, b, c) {
  return a & b ^ a & c ^ b & c;
}
var HashMD = class {
  blockLen;
  outputLen;
  canXOF = false;
  padOffset;
  isLE;
  // For partial updates less than block size
  buffer;
  view;
  finished = false;
  length = 0;
  pos = 0;
  destroyed = false;
  constructor(blockLen, outputLen, padOffset, isLE2) {
    this.blockLen = blockLen;
    this.outputLen = outputLen;
    this.padOffset = padOffset;
    this.isLE = isLE2;
    this.buffer = new Uint8Array(blockLen);
    this.view = createView(this.buffer);
  }
  update(data) {
    aexists(this);
    abytes(data);
    const { view, buffer, blockLen } = this;
    const len = data.length;
    let processed = false;
    for (let pos = 0; pos < len; ) {
      const take = Math.min(blockLen - this.pos, len - pos);
      if (take === blockLen) {
        const dataView = createView(data);
        for (; blockLen <= len - pos; pos += blockLen)
          this.process(dataView, pos);
        processed = true;
        continue;
      }
      buffer.set(pos === 0 && take === len ? data : data.subarray(pos, pos + take), this.pos);
      this.pos += take;
      pos += take;
      if (this.pos === blockLen) {
        this.process(view, 0);
        this.pos = 0;
        processed = true;
      }
    }
    this.length += data.length;
    if (processed)
      this.roundClean();
    return this;
  }
  digestInto(out) {
    aexists(this);
    aoutput(out, this);
    this.finished = true;
    const { buffer, view, blockLen, isLE: isLE2 } = this;
    let { pos } = this;
    buffer[pos++] = 128;
    buffer.fill(0, pos);
    if (this.padOffset > blockLen - pos) {
      this.process(view, 0);
      buffer.fill(0);
    }
    setU64FromNum(view, blockLen - 8, this.length * 8, isLE2);
    this.process(view, 0);
    this.roundClean();
    const oview = out === buffer ? view : createView(out);
    const len = this.outputLen;
    const outLen = len / 4;
    const state = this.get();
    if (len % 4 || outLen > state.length)
      throw new Error("invalid outputLen");
    for (let i = 0; i < outLen; i++)
      oview.setUint32(4 * i, state[i], isLE2);
  }
  digest() {
    const { buffer, outputLen } = this;
    this.digestInto(buffer);
    const res = buffer.slice(0, outputLen);
    this.destroy();
    return res;
  }
  _cloneIntoMeta(to) {
    const { buffer, length, finished, destroyed, pos } = this;
    to.destroyed = destroyed;
    to.finished = finished;
    to.length = length;
    to.pos = pos;
    if (pos)
      to.buffer.set(buffer);
    return to;
  }
  clone() {
    return this._cloneInto();
  }
};
var SHA256_IV = /* @__PURE__ */ Uint32Array.from([
  1779033703,
  3144134277,
  1013904242,
  2773480762,
  1359893119,
  2600822924,
  528734635,
  1541459225
]);
var SHA384_IV = /* @__PURE__ */ Uint32Array.from([
  3418070365,
  3238371032,
  1654270250,
  914150663,
  2438529370,
  812702999,
  355462360,
  4144912697,
  1731405415,
  4290775857,
  2394180231,
  1750603025,
  3675008525,
  1694076839,
  1203062813,
  3204075428
]);
var SHA512_IV = /* @__PURE__ */ Uint32Array.from([
  1779033703,
  4089235720,
  3144134277,
  2227873595,
  1013904242,
  4271175723,
  2773480762,
  1595750129,
  1359893119,
  2917565137,
  2600822924,
  725511199,
  528734635,
  4215389547,
  1541459225,
  327033209
]);

// node_modules/@noble/hashes/sha2.js
var SHA256_K = /* @__PURE__ */ Uint32Array.from([
  1116352408,
  1899447441,
  3049323471,
  3921009573,
  961987163,
  1508970993,
  2453635748,
  2870763221,
  3624381080,
  310598401,
  607225278,
  1426881987,
  1925078388,
  2162078206,
  2614888103,
  3248222580,
  3835390401,
  4022224774,
  264347078,
  604807628,
  770255983,
  1249150122,
  1555081692,
  1996064986,
  2554220882,
  2821834349,
  2952996808,
  3210313671,
  3336571891,
  3584528711,
  113926993,
  338241895,
  666307205,
  773529912,
  1294757372,
  1396182291,
  1695183700,
  1986661051,
  2177026350,
  2456956037,
  2730485921,
  2820302411,
  3259730800,
  3345764771,
  3516065817,
  3600352804,
  4094571909,
  275423344,
  430227734,
  506948616,
  659060556,
  883997877,
  958139571,
  1322822218,
  1537002063,
  1747873779,
  1955562222,
  2024104815,
  2227730452,
  2361852424,
  2428436474,
  2756734187,
  3204031479,
  3329325298
]);
var SHA256_W = /* @__PURE__ */ new Uint32Array(64);
var SHA2_32B = class extends HashMD {
  // We cannot use array here since array allows indexing by variable
  // which means optimizer/compiler cannot use registers.
  // Numeric initializers matter: starting the fields as `undefined` changes
  // V8's field representation and makes sha256 3x slower (measured).
  A = 0;
  B = 0;
  C = 0;
  D = 0;
  E = 0;
  F = 0;
  G = 0;
  H = 0;
  constructor(outputLen, IV) {
    super(64, outputLen, 8, false);
    this.A = IV[0] | 0;
    this.B = IV[1] | 0;
    this.C = IV[2] | 0;
    this.D = IV[3] | 0;
    this.E = IV[4] | 0;
    this.F = IV[5] | 0;
    this.G = IV[6] | 0;
    this.H = IV[7] | 0;
  }
  get() {
    const { A, B: B2, C, D: D2, E, F: F2, G, H } = this;
    return [A, B2, C, D2, E, F2, G, H];
  }
  // prettier-ignore
  set(A, B2, C, D2, E, F2, G, H) {
    this.A = A | 0;
    this.B = B2 | 0;
    this.C = C | 0;
    this.D = D2 | 0;
    this.E = E | 0;
    this.F = F2 | 0;
    this.G = G | 0;
    this.H = H | 0;
  }
  _cloneInto(to) {
    (to ||= new this.constructor()).set(...this.get());
    return this._cloneIntoMeta(to);
  }
  process(view, offset) {
    for (let i = 0; i < 16; i++, offset += 4)
      SHA256_W[i] = view.getUint32(offset, false);
    for (let i = 16; i < 64; i++) {
      const W15 = SHA256_W[i - 15];
      const W2 = SHA256_W[i - 2];
      const s0 = rotr(W15, 7) ^ rotr(W15, 18) ^ W15 >>> 3;
      const s1 = rotr(W2, 17) ^ rotr(W2, 19) ^ W2 >>> 10;
      SHA256_W[i] = s1 + SHA256_W[i - 7] + s0 + SHA256_W[i - 16] | 0;
    }
    let { A, B: B2, C, D: D2, E, F: F2, G, H } = this;
    for (let i = 0; i < 64; i++) {
      const sigma1 = rotr(E, 6) ^ rotr(E, 11) ^ rotr(E, 25);
      const T1 = H + sigma1 + Chi(E, F2, G) + SHA256_K[i] + SHA256_W[i] | 0;
      const sigma0 = rotr(A, 2) ^ rotr(A, 13) ^ rotr(A, 22);
      const T2 = sigma0 + Maj(A, B2, C) | 0;
      H = G;
      G = F2;
      F2 = E;
      E = D2 + T1 | 0;
      D2 = C;
      C = B2;
      B2 = A;
      A = T1 + T2 | 0;
    }
    A = A + this.A | 0;
    B2 = B2 + this.B | 0;
    C = C + this.C | 0;
    D2 = D2 + this.D | 0;
    E = E + this.E | 0;
    F2 = F2 + this.F | 0;
    G = G + this.G | 0;
    H = H + this.H | 0;
    this.set(A, B2, C, D2, E, F2, G, H);
  }
  roundClean() {
    clean(SHA256_W);
  }
  destroy() {
    this.destroyed = true;
    this.set(0, 0, 0, 0, 0, 0, 0, 0);
    clean(this.buffer);
  }
};
var _SHA256 = class extends SHA2_32B {
  constructor() {
    super(32, SHA256_IV);
  }
};
var K512 = /* @__PURE__ */ (() => split([
  "0x428a2f98d728ae22",
  "0x7137449123ef65cd",
  "0xb5c0fbcfec4d3b2f",
  "0xe9b5dba58189dbbc",
  "0x3956c25bf348b538",
  "0x59f111f1b605d019",
  "0x923f82a4af194f9b",
  "0xab1c5ed5da6d8118",
  "0xd807aa98a3030242",
  "0x12835b0145706fbe",
  "0x243185be4ee4b28c",
  "0x550c7dc3d5ffb4e2",
  "0x72be5d74f27b896f",
  "0x80deb1fe3b1696b1",
  "0x9bdc06a725c71235",
  "0xc19bf174cf692694",
  "0xe49b69c19ef14ad2",
  "0xefbe4786384f25e3",
  "0x0fc19dc68b8cd5b5",
  "0x240ca1cc77ac9c65",
  "0x2de92c6f592b0275",
  "0x4a7484aa6ea6e483",
  "0x5cb0a9dcbd41fbd4",
  "0x76f988da831153b5",
  "0x983e5152ee66dfab",
  "0xa831c66d2db43210",
  "0xb00327c898fb213f",
  "0xbf597fc7beef0ee4",
  "0xc6e00bf33da88fc2",
  "0xd5a79147930aa725",
  "0x06ca6351e003826f",
  "0x142929670a0e6e70",
  "0x27b70a8546d22ffc",
  "0x2e1b21385c26c926",
  "0x4d2c6dfc5ac42aed",
  "0x53380d139d95b3df",
  "0x650a73548baf63de",
  "0x766a0abb3c77b2a8",
  "0x81c2c92e47edaee6",
  "0x92722c851482353b",
  "0xa2bfe8a14cf10364",
  "0xa81a664bbc423001",
  "0xc24b8b70d0f89791",
  "0xc76c51a30654be30",
  "0xd192e819d6ef5218",
  "0xd69906245565a910",
  "0xf40e35855771202a",
  "0x106aa07032bbd1b8",
  "0x19a4c116b8d2d0c8",
  "0x1e376c085141ab53",
  "0x2748774cdf8eeb99",
  "0x34b0bcb5e19b48a8",
  "0x391c0cb3c5c95a63",
  "0x4ed8aa4ae3418acb",
  "0x5b9cca4f7763e373",
  "0x682e6ff3d6b2b8a3",
  "0x748f82ee5defb2fc",
  "0x78a5636f43172f60",
  "0x84c87814a1f0ab72",
  "0x8cc702081a6439ec",
  "0x90befffa23631e28",
  "0xa4506cebde82bde9",
  "0xbef9a3f7b2c67915",
  "0xc67178f2e372532b",
  "0xca273eceea26619c",
  "0xd186b8c721c0c207",
  "0xeada7dd6cde0eb1e",
  "0xf57d4f7fee6ed178",
  "0x06f067aa72176fba",
  "0x0a637dc5a2c898a6",
  "0x113f9804bef90dae",
  "0x1b710b35131c471b",
  "0x28db77f523047d84",
  "0x32caab7b40c72493",
  "0x3c9ebe0a15c9bebc",
  "0x431d67c49c100d4c",
  "0x4cc5d4becb3e42b6",
  "0x597f299cfc657e2a",
  "0x5fcb6fab3ad6faec",
  "0x6c44198c4a475817"
].map((n) => BigInt(n))))();
var SHA512_Kh = /* @__PURE__ */ (() => K512[0])();
var SHA512_Kl = /* @__PURE__ */ (() => K512[1])();
var SHA512_W_H = /* @__PURE__ */ new Uint32Array(80);
var SHA512_W_L = /* @__PURE__ */ new Uint32Array(80);
var SHA2_64B = class extends HashMD {
  // We cannot use array here since array allows indexing by variable
  // which means optimizer/compiler cannot use registers.
  // h -- high 32 bits, l -- low 32 bits
  // Numeric initializers matter: starting the fields as `undefined` changes
  // V8's field representation and slows hashing down (measured on sha256).
  Ah = 0;
  Al = 0;
  Bh = 0;
  Bl = 0;
  Ch = 0;
  Cl = 0;
  Dh = 0;
  Dl = 0;
  Eh = 0;
  El = 0;
  Fh = 0;
  Fl = 0;
  Gh = 0;
  Gl = 0;
  Hh = 0;
  Hl = 0;
  constructor(outputLen, IV) {
    super(128, outputLen, 16, false);
    this.Ah = IV[0] | 0;
    this.Al = IV[1] | 0;
    this.Bh = IV[2] | 0;
    this.Bl = IV[3] | 0;
    this.Ch = IV[4] | 0;
    this.Cl = IV[5] | 0;
    this.Dh = IV[6] | 0;
    this.Dl = IV[7] | 0;
    this.Eh = IV[8] | 0;
    this.El = IV[9] | 0;
    this.Fh = IV[10] | 0;
    this.Fl = IV[11] | 0;
    this.Gh = IV[12] | 0;
    this.Gl = IV[13] | 0;
    this.Hh = IV[14] | 0;
    this.Hl = IV[15] | 0;
  }
  // prettier-ignore
  get() {
    const { Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl } = this;
    return [Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl];
  }
  // prettier-ignore
  set(Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl) {
    this.Ah = Ah | 0;
    this.Al = Al | 0;
    this.Bh = Bh | 0;
    this.Bl = Bl | 0;
    this.Ch = Ch | 0;
    this.Cl = Cl | 0;
    this.Dh = Dh | 0;
    this.Dl = Dl | 0;
    this.Eh = Eh | 0;
    this.El = El | 0;
    this.Fh = Fh | 0;
    this.Fl = Fl | 0;
    this.Gh = Gh | 0;
    this.Gl = Gl | 0;
    this.Hh = Hh | 0;
    this.Hl = Hl | 0;
  }
  _cloneInto(to) {
    (to ||= new this.constructor()).set(...this.get());
    return this._cloneIntoMeta(to);
  }
  process(view, offset) {
    for (let i = 0; i < 16; i++, offset += 4) {
      SHA512_W_H[i] = view.getUint32(offset);
      SHA512_W_L[i] = view.getUint32(offset += 4);
    }
    for (let i = 16; i < 80; i++) {
      const W15h = SHA512_W_H[i - 15] | 0;
      const W15l = SHA512_W_L[i - 15] | 0;
      const s0h = rotrSH(W15h, W15l, 1) ^ rotrSH(W15h, W15l, 8) ^ shrSH(W15h, W15l, 7);
      const s0l = rotrSL(W15h, W15l, 1) ^ rotrSL(W15h, W15l, 8) ^ shrSL(W15h, W15l, 7);
      const W2h = SHA512_W_H[i - 2] | 0;
      const W2l = SHA512_W_L[i - 2] | 0;
      const s1h = rotrSH(W2h, W2l, 19) ^ rotrBH(W2h, W2l, 61) ^ shrSH(W2h, W2l, 6);
      const s1l = rotrSL(W2h, W2l, 19) ^ rotrBL(W2h, W2l, 61) ^ shrSL(W2h, W2l, 6);
      const SUMl = add4L(s0l, s1l, SHA512_W_L[i - 7], SHA512_W_L[i - 16]);
      const SUMh = add4H(SUMl, s0h, s1h, SHA512_W_H[i - 7], SHA512_W_H[i - 16]);
      SHA512_W_H[i] = SUMh | 0;
      SHA512_W_L[i] = SUMl | 0;
    }
    let { Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl } = this;
    for (let i = 0; i < 80; i++) {
      const sigma1h = rotrSH(Eh, El, 14) ^ rotrSH(Eh, El, 18) ^ rotrBH(Eh, El, 41);
      const sigma1l = rotrSL(Eh, El, 14) ^ rotrSL(Eh, El, 18) ^ rotrBL(Eh, El, 41);
      const CHIh = Eh & Fh ^ ~Eh & Gh;
      const CHIl = El & Fl ^ ~El & Gl;
      const T1ll = add5L(Hl, sigma1l, CHIl, SHA512_Kl[i], SHA512_W_L[i]);
      const T1h = add5H(T1ll, Hh, sigma1h, CHIh, SHA512_Kh[i], SHA512_W_H[i]);
      const T1l = T1ll | 0;
      const sigma0h = rotrSH(Ah, Al, 28) ^ rotrBH(Ah, Al, 34) ^ rotrBH(Ah, Al, 39);
      const sigma0l = rotrSL(Ah, Al, 28) ^ rotrBL(Ah, Al, 34) ^ rotrBL(Ah, Al, 39);
      const MAJh = Ah & Bh ^ Ah & Ch ^ Bh & Ch;
      const MAJl = Al & Bl ^ Al & Cl ^ Bl & Cl;
      Hh = Gh | 0;
      Hl = Gl | 0;
      Gh = Fh | 0;
      Gl = Fl | 0;
      Fh = Eh | 0;
      Fl = El | 0;
      ({ h: Eh, l: El } = add(Dh | 0, Dl | 0, T1h | 0, T1l | 0));
      Dh = Ch | 0;
      Dl = Cl | 0;
      Ch = Bh | 0;
      Cl = Bl | 0;
      Bh = Ah | 0;
      Bl = Al | 0;
      const All = add3L(T1l, sigma0l, MAJl);
      Ah = add3H(All, T1h, sigma0h, MAJh);
      Al = All | 0;
    }
    ({ h: Ah, l: Al } = add(this.Ah | 0, this.Al | 0, Ah | 0, Al | 0));
    ({ h: Bh, l: Bl } = add(this.Bh | 0, this.Bl | 0, Bh | 0, Bl | 0));
    ({ h: Ch, l: Cl } = add(this.Ch | 0, this.Cl | 0, Ch | 0, Cl | 0));
    ({ h: Dh, l: Dl } = add(this.Dh | 0, this.Dl | 0, Dh | 0, Dl | 0));
    ({ h: Eh, l: El } = add(this.Eh | 0, this.El | 0, Eh | 0, El | 0));
    ({ h: Fh, l: Fl } = add(this.Fh | 0, this.Fl | 0, Fh | 0, Fl | 0));
    ({ h: Gh, l: Gl } = add(this.Gh | 0, this.Gl | 0, Gh | 0, Gl | 0));
    ({ h: Hh, l: Hl } = add(this.Hh | 0, this.Hl | 0, Hh | 0, Hl | 0));
    this.set(Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl);
  }
  roundClean() {
    clean(SHA512_W_H, SHA512_W_L);
  }
  destroy() {
    this.destroyed = true;
    clean(this.buffer);
    this.set(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
};
var _SHA512 = class extends SHA2_64B {
  constructor() {
    super(64, SHA512_IV);
  }
};
var _SHA384 = class extends SHA2_64B {
  constructor() {
    super(48, SHA384_IV);
  }
};
var sha2562 = /* @__PURE__ */ createHasher(
  () => new _SHA256(),
  /* @__PURE__ */ oidNist(1)
);
var sha512 = /* @__PURE__ */ createHasher(
  () => new _SHA512(),
  /* @__PURE__ */ oidNist(3)
);
var sha384 = /* @__PURE__ */ createHasher(
  () => new _SHA384(),
  /* @__PURE__ */ oidNist(2)
);

// node_modules/@noble/curves/ed25519.js
var _1n6 = /* @__PURE__ */ BigInt(1);
var _2n4 = /* @__PURE__ */ BigInt(2);
var _5n2 = /* @__PURE__ */ BigInt(5);
var _8n3 = /* @__PURE__ */ BigInt(8);
var ed25519_CURVE_p = /* @__PURE__ */ BigInt("0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed");
var ed25519_CURVE = /* @__PURE__ */ (() => ({
  p: ed25519_CURVE_p,
  n: BigInt("0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed"),
  h: _8n3,
  a: BigInt("0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec"),
  d: BigInt("0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3"),
  Gx: BigInt("0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51a"),
  Gy: BigInt("0x6666666666666666666666666666666666666666666666666666666666666658")
}))();
function ed25519_pow_2_252_3(x) {
  const _10n = BigInt(10), _20n = BigInt(20), _40n = BigInt(40), _80n = BigInt(80);
  const P = ed25519_CURVE_p;
  const x2 = x * x % P;
  const b2 = x2 * x % P;
  const b4 = pow2(b2, _2n4, P) * b2 % P;
  const b5 = pow2(b4, _1n6, P) * x % P;
  const b10 = pow2(b5, _5n2, P) * b5 % P;
  const b20 = pow2(b10, _10n, P) * b10 % P;
  const b40 = pow2(b20, _20n, P) * b20 % P;
  const b80 = pow2(b40, _40n, P) * b40 % P;
  const b160 = pow2(b80, _80n, P) * b80 % P;
  const b240 = pow2(b160, _80n, P) * b80 % P;
  const b250 = pow2(b240, _10n, P) * b10 % P;
  const pow_p_5_8 = pow2(b250, _2n4, P) * x % P;
  return { pow_p_5_8, b2 };
}
function adjustScalarBytes(bytes2) {
  bytes2[0] &= 248;
  bytes2[31] &= 127;
  bytes2[31] |= 64;
  return bytes2;
}
var ED25519_SQRT_M1 = /* @__PURE__ */ BigInt("19681161376707505956807079304988542015446066515923890162744021073123829784752");
function uvRatio(u, v) {
  const P = ed25519_CURVE_p;
  const v3 = mod(v * v * v, P);
  const v7 = mod(v3 * v3 * v, P);
  const pow3 = ed25519_pow_2_252_3(u * v7).pow_p_5_8;
  let x = mod(u * v3 * pow3, P);
  const vx2 = mod(v * x * x, P);
  const root1 = x;
  const root2 = mod(x * ED25519_SQRT_M1, P);
  const useRoot1 = vx2 === u;
  const useRoot2 = vx2 === mod(-u, P);
  const noRoot = vx2 === mod(-u * ED25519_SQRT_M1, P);
  if (useRoot1)
    x = root1;
  if (useRoot2 || noRoot)
    x = root2;
  if (isNegativeLE(x, P))
    x = mod(-x, P);
  return { isValid: useRoot1 || useRoot2, value: x };
}
var ed25519_Point = /* @__PURE__ */ edwards(ed25519_CURVE, { uvRatio });
var Fp = /* @__PURE__ */ (() => ed25519_Point.Fp)();
function toMontgomery(point) {
  const { y } = point;
  return Fp.toBytes(Fp.div(_1n6 + y, _1n6 - y));
}
function toMontgomerySecret(secretKey) {
  const size = ed25519_Point.Fp.BYTES;
  abytes(secretKey, size);
  return adjustScalarBytes(sha512(secretKey.subarray(0, size))).subarray(0, size);
}
function ed(opts) {
  return eddsa2(ed25519_Point, sha512, Object.assign({ adjustScalarBytes, toMontgomery, toMontgomerySecret, zip215: true }, opts));
}
var ed25519 = /* @__PURE__ */ ed({});

// sandbox/rekor/ecdsa-of-digest.ts
import { createECDH, createPublicKey as createPublicKey6, verify as verify4 } from "node:crypto";

// node_modules/@noble/hashes/hmac.js
var _HMAC = class {
  oHash;
  iHash;
  blockLen;
  outputLen;
  canXOF = false;
  finished = false;
  destroyed = false;
  constructor(hash, key) {
    ahash(hash);
    abytes(key, void 0, "key");
    this.iHash = hash.create();
    if (typeof this.iHash.update !== "function")
      throw new Error("expected Hash instance");
    this.blockLen = this.iHash.blockLen;
    this.outputLen = this.iHash.outputLen;
    const blockLen = this.blockLen;
    const pad = new Uint8Array(blockLen);
    pad.set(key.length > blockLen ? hash.create().update(key).digest() : key);
    for (let i = 0; i < pad.length; i++)
      pad[i] ^= 54;
    this.iHash.update(pad);
    this.oHash = hash.create();
    for (let i = 0; i < pad.length; i++)
      pad[i] ^= 54 ^ 92;
    this.oHash.update(pad);
    clean(pad);
  }
  update(buf) {
    aexists(this);
    this.iHash.update(buf);
    return this;
  }
  digestInto(out) {
    aexists(this);
    aoutput(out, this);
    this.finished = true;
    const buf = out.subarray(0, this.outputLen);
    this.iHash.digestInto(buf);
    this.oHash.update(buf);
    this.oHash.digestInto(buf);
    this.destroy();
  }
  digest() {
    const out = new Uint8Array(this.oHash.outputLen);
    this.digestInto(out);
    return out;
  }
  _cloneInto(to) {
    to ||= Object.create(Object.getPrototypeOf(this), {});
    const { oHash, iHash, finished, destroyed, blockLen, outputLen, canXOF } = this;
    to = to;
    to.finished = finished;
    to.destroyed = destroyed;
    to.blockLen = blockLen;
    to.outputLen = outputLen;
    to.canXOF = canXOF;
    to.oHash = oHash._cloneInto(to.oHash);
    to.iHash = iHash._cloneInto(to.iHash);
    return to;
  }
  clone() {
    return this._cloneInto();
  }
  destroy() {
    this.destroyed = true;
    this.oHash.destroy();
    this.iHash.destroy();
  }
};
var hmac2 = /* @__PURE__ */ (() => {
  const hmac_ = ((hash, key, message2) => new _HMAC(hash, key).update(message2).digest());
  hmac_.create = (hash, key) => new _HMAC(hash, key);
  return hmac_;
})();

// node_modules/@noble/curves/abstract/der.js
var _0n6 = /* @__PURE__ */ BigInt(0);
var DERErr = class extends Error {
  constructor(m = "") {
    super(m);
  }
};
var _DER = {
  // asn.1 DER encoding utils
  Err: DERErr,
  // Basic building block is TLV (Tag-Length-Value)
  _tlv: {
    encode: (tag2, data) => {
      const { Err: E } = _DER;
      asafenumber(tag2, "tag");
      if (tag2 < 0 || tag2 > 255)
        throw new E("tlv.encode: wrong tag");
      astring(data, "data");
      if (data.length & 1)
        throw new E("tlv.encode: unpadded data");
      const dataLen = data.length / 2;
      const len = numberToHexUnpadded(dataLen);
      if (len.length / 2 & 128)
        throw new E("tlv.encode: long form length too big");
      const lenLen = dataLen > 127 ? numberToHexUnpadded(len.length / 2 | 128) : "";
      const t = numberToHexUnpadded(tag2);
      return t + lenLen + len + data;
    },
    // v - value, l - left bytes (unparsed)
    decode(tag2, data) {
      const { Err: E } = _DER;
      data = abytes2(data, void 0, "DER data");
      let pos = 0;
      if (tag2 < 0 || tag2 > 255)
        throw new E("tlv.decode: wrong tag");
      if (data.length < 2 || data[pos++] !== tag2)
        throw new E("tlv.decode: wrong tlv");
      const first = data[pos++];
      const isLong = !!(first & 128);
      let length = 0;
      if (!isLong)
        length = first;
      else {
        const lenLen = first & 127;
        if (!lenLen)
          throw new E("tlv.decode(long): indefinite length not supported");
        if (lenLen > 4)
          throw new E("tlv.decode(long): byte length is too big");
        const lengthBytes2 = data.subarray(pos, pos + lenLen);
        if (lengthBytes2.length !== lenLen)
          throw new E("tlv.decode: length bytes not complete");
        if (lengthBytes2[0] === 0)
          throw new E("tlv.decode(long): zero leftmost byte");
        for (const b of lengthBytes2)
          length = length << 8 | b;
        pos += lenLen;
        if (length < 128)
          throw new E("tlv.decode(long): not minimal encoding");
      }
      const v = data.subarray(pos, pos + length);
      if (v.length !== length)
        throw new E("tlv.decode: wrong value length");
      return { v, l: data.subarray(pos + length) };
    }
  },
  // https://crypto.stackexchange.com/a/57734 Leftmost bit of first byte is 'negative' flag,
  // since we always use positive integers here. It must always be empty:
  // - add zero byte if exists
  // - if next byte doesn't have a flag, leading zero is not allowed (minimal encoding)
  _int: {
    encode(num) {
      const { Err: E } = _DER;
      abignumber(num);
      if (num < _0n6)
        throw new E("integer: negative integers are not allowed");
      let hex = numberToHexUnpadded(num);
      if (Number.parseInt(hex[0], 16) & 8)
        hex = "00" + hex;
      if (hex.length & 1)
        throw new E("unexpected DER parsing assertion: unpadded hex");
      return hex;
    },
    decode(data) {
      const { Err: E } = _DER;
      if (data.length < 1)
        throw new E("invalid signature integer: empty");
      if (data[0] & 128)
        throw new E("invalid signature integer: negative");
      if (data.length > 1 && data[0] === 0 && !(data[1] & 128))
        throw new E("invalid signature integer: unnecessary leading zero");
      return bytesToNumberBE(data);
    }
  },
  toSig(bytes2, maxScalarBytes) {
    const { Err: E, _int: int, _tlv: tlv } = _DER;
    if (maxScalarBytes !== void 0) {
      asafenumber(maxScalarBytes, "maxScalarBytes");
      if (maxScalarBytes < 1)
        throw new E("invalid signature: maxScalarBytes must be positive");
    }
    const data = abytes2(bytes2, void 0, "signature");
    const { v: seqBytes, l: seqLeftBytes } = tlv.decode(48, data);
    if (seqLeftBytes.length)
      throw new E("invalid signature: left bytes after parsing");
    const { v: rBytes, l: rLeftBytes } = tlv.decode(2, seqBytes);
    const { v: sBytes, l: sLeftBytes } = tlv.decode(2, rLeftBytes);
    if (sLeftBytes.length)
      throw new E("invalid signature: left bytes after parsing");
    if (maxScalarBytes !== void 0 && (rBytes.length > maxScalarBytes || sBytes.length > maxScalarBytes))
      throw new E("invalid signature: integer too large");
    return { r: int.decode(rBytes), s: int.decode(sBytes) };
  },
  hexFromSig(sig2) {
    const { _tlv: tlv, _int: int } = _DER;
    validateObject(sig2, { r: "bigint", s: "bigint" }, {}, "sig");
    const rs = tlv.encode(2, int.encode(sig2.r));
    const ss = tlv.encode(2, int.encode(sig2.s));
    const seq = rs + ss;
    return tlv.encode(48, seq);
  }
};
var DER = /* @__PURE__ */ (() => {
  Object.freeze(_DER._tlv);
  Object.freeze(_DER._int);
  return Object.freeze(_DER);
})();

// node_modules/@noble/curves/abstract/weierstrass.js
var divNearest = (num, den) => (num + (num >= 0 ? den : -den) / _2n5) / den;
function _splitEndoScalar(k, basis, n) {
  aInRange("scalar", k, _0n7, n);
  const [[a1, b1], [a2, b2]] = basis;
  const c1 = divNearest(b2 * k, n);
  const c2 = divNearest(-b1 * k, n);
  let k1 = k - c1 * a1 - c2 * a2;
  let k2 = -c1 * b1 - c2 * b2;
  const k1neg = k1 < _0n7;
  const k2neg = k2 < _0n7;
  if (k1neg)
    k1 = -k1;
  if (k2neg)
    k2 = -k2;
  const MAX_NUM = bitMask(Math.ceil(bitLen(n) / 2)) + _1n7;
  if (k1 < _0n7 || k1 >= MAX_NUM || k2 < _0n7 || k2 >= MAX_NUM) {
    throw new Error("splitScalar (endomorphism): failed for k");
  }
  return { k1neg, k1, k2neg, k2 };
}
function validateSigFormat(format2) {
  if (!["compact", "recovered", "der"].includes(format2))
    throw new Error('Signature format must be "compact", "recovered", or "der"');
  return format2;
}
function validateSigOpts2(opts, def) {
  validateObject(opts);
  const optsn = {};
  for (let optName of Object.keys(def)) {
    optsn[optName] = opts[optName] === void 0 ? def[optName] : opts[optName];
  }
  abool2(optsn.lowS, "lowS");
  abool2(optsn.prehash, "prehash");
  if (optsn.format !== void 0)
    validateSigFormat(optsn.format);
  return optsn;
}
var _0n7 = /* @__PURE__ */ BigInt(0);
var _1n7 = /* @__PURE__ */ BigInt(1);
var _2n5 = /* @__PURE__ */ BigInt(2);
var _3n2 = /* @__PURE__ */ BigInt(3);
var _4n4 = /* @__PURE__ */ BigInt(4);
function weierstrass(params, extraOpts = {}) {
  const validated = createCurveFields("weierstrass", params, extraOpts);
  const Fp2 = validated.Fp;
  const Fn = validated.Fn;
  let CURVE = validated.CURVE;
  const { h: cofactor, n: CURVE_ORDER } = CURVE;
  validateObject(extraOpts, {}, {
    allowInfinityPoint: "boolean",
    clearCofactor: "function",
    isTorsionFree: "function",
    fromBytes: "function",
    toBytes: "function",
    endo: "object",
    randomBytes: "function"
  });
  const { endo: endoOpts, allowInfinityPoint, clearCofactor, isTorsionFree, fromBytes, toBytes } = extraOpts;
  const randomBytes6 = extraOpts.randomBytes === void 0 ? randomBytes3 : extraOpts.randomBytes;
  if (endoOpts) {
    if (!Fp2.is0(CURVE.a) || typeof endoOpts.beta !== "bigint" || !Array.isArray(endoOpts.basises)) {
      throw new Error('invalid endo: expected "beta": bigint and "basises": array');
    }
  }
  const endo = endoOpts ? {
    beta: endoOpts.beta,
    basises: endoOpts.basises.map((basis) => [...basis])
  } : void 0;
  const lengths = getWLengths(Fp2, Fn);
  function assertCompressionIsSupported() {
    if (!Fp2.isOdd)
      throw new Error("compression is not supported: Field does not have .isOdd()");
  }
  function pointToBytes(_c, point, isCompressed) {
    if (point.is0()) {
      if (!allowInfinityPoint)
        throw new Error("bad point: ZERO");
      return Uint8Array.of(0);
    }
    const { x, y } = point.toAffine();
    const bx = Fp2.toBytes(x);
    abool2(isCompressed, "isCompressed");
    if (isCompressed) {
      assertCompressionIsSupported();
      const hasEvenY = !Fp2.isOdd(y);
      return concatBytes3(pprefix(hasEvenY), bx);
    } else {
      return concatBytes3(Uint8Array.of(4), bx, Fp2.toBytes(y));
    }
  }
  function pointFromBytes(bytes2) {
    abytes2(bytes2, void 0, "Point");
    const { publicKey: comp, publicKeyUncompressed: uncomp } = lengths;
    const length = bytes2.length;
    const head = bytes2[0];
    const tail = bytes2.subarray(1);
    if (allowInfinityPoint && length === 1 && head === 0)
      return { x: Fp2.ZERO, y: Fp2.ZERO };
    if (length === comp && (head === 2 || head === 3)) {
      const x = Fp2.fromBytes(tail);
      if (!Fp2.isValid(x))
        throw new Error("bad point: is not on curve, wrong x");
      const y2 = weierstrassEquation(x);
      let y;
      try {
        y = Fp2.sqrt(y2);
      } catch (sqrtError) {
        const err = sqrtError instanceof Error ? ": " + sqrtError.message : "";
        throw new Error("bad point: is not on curve, sqrt error" + err);
      }
      assertCompressionIsSupported();
      const evenY = Fp2.isOdd(y);
      const evenH = (head & 1) === 1;
      if (evenH !== evenY)
        y = Fp2.neg(y);
      return { x, y };
    } else if (length === uncomp && head === 4) {
      const L = Fp2.BYTES;
      const x = Fp2.fromBytes(tail.subarray(0, L));
      const y = Fp2.fromBytes(tail.subarray(L, L * 2));
      if (!isValidXY(x, y))
        throw new Error("bad point: is not on curve");
      return { x, y };
    } else {
      throw new Error(`bad point: got length ${length}, expected compressed=${comp} or uncompressed=${uncomp}`);
    }
  }
  const encodePoint = toBytes === void 0 ? pointToBytes : toBytes;
  const decodePoint = fromBytes === void 0 ? pointFromBytes : fromBytes;
  const b3 = Fp2.mul(CURVE.b, _3n2);
  const mulA = Fp2.is0(CURVE.a) ? (_) => Fp2.ZERO : (x) => Fp2.mul(CURVE.a, x);
  function weierstrassEquation(x) {
    const x2 = Fp2.sqr(x);
    const x3 = Fp2.mul(x2, x);
    return Fp2.add(Fp2.add(x3, Fp2.mul(x, CURVE.a)), CURVE.b);
  }
  function isValidXY(x, y) {
    const left = Fp2.sqr(y);
    const right = weierstrassEquation(x);
    return Fp2.eql(left, right);
  }
  if (!isValidXY(CURVE.Gx, CURVE.Gy))
    throw new Error("bad curve params: generator point");
  const _4a3 = Fp2.mul(Fp2.pow(CURVE.a, _3n2), _4n4);
  const _27b2 = Fp2.mul(Fp2.sqr(CURVE.b), BigInt(27));
  if (Fp2.is0(Fp2.add(_4a3, _27b2)))
    throw new Error("bad curve params: a or b");
  function acoord(title, n, banZero = false) {
    if (!Fp2.isValid(n) || banZero && Fp2.is0(n))
      throw new Error(`bad point coordinate ${title}`);
    return typeof n === "object" && n !== null ? Fp2.create(n) : n;
  }
  function aprjpoint(other) {
    if (!(other instanceof Point))
      throw new Error("Weierstrass Point expected");
  }
  function splitEndoScalarN(k) {
    if (!endo || !endo.basises)
      throw new Error("no endo");
    return _splitEndoScalar(k, endo.basises, Fn.ORDER);
  }
  function pushWnafPair(points, scalars, p, k) {
    if (!Fn.isValid(k))
      throw new RangeError("invalid scalar: out of range");
    if (endo) {
      const { k1neg, k1, k2neg, k2 } = splitEndoScalarN(k);
      const psi = new Point(Fp2.mul(p.X, endo.beta), p.Y, p.Z);
      points.push(k1neg ? p.negate() : p, k2neg ? psi.negate() : psi);
      scalars.push(k1, k2);
    } else {
      points.push(p);
      scalars.push(k);
    }
  }
  const validityCache = /* @__PURE__ */ new WeakSet();
  class Point {
    static BASE = new Point(CURVE.Gx, CURVE.Gy, Fp2.ONE);
    static ZERO = new Point(Fp2.ZERO, Fp2.ONE, Fp2.ZERO);
    static Fp = Fp2;
    static Fn = Fn;
    X;
    Y;
    Z;
    /** Does NOT validate if the point is valid. Use `.assertValidity()`. */
    constructor(X, Y, Z) {
      this.X = acoord("x", X);
      this.Y = acoord("y", Y, true);
      this.Z = acoord("z", Z);
      Object.freeze(this);
    }
    static CURVE() {
      return CURVE;
    }
    /** Does NOT validate if the point is valid. Use `.assertValidity()`. */
    static fromAffine(p) {
      const { x, y } = p || {};
      if (!p || !Fp2.isValid(x) || !Fp2.isValid(y))
        throw new Error("invalid affine point");
      if (p instanceof Point)
        throw new Error("projective point not allowed");
      if (Fp2.is0(x) && Fp2.is0(y))
        return Point.ZERO;
      return new Point(x, y, Fp2.ONE);
    }
    static fromBytes(bytes2) {
      const P = Point.fromAffine(decodePoint(abytes2(bytes2, void 0, "point")));
      P.assertValidity();
      return P;
    }
    static fromHex(hex) {
      return Point.fromBytes(hexToBytes2(hex));
    }
    get x() {
      return this.toAffine().x;
    }
    get y() {
      return this.toAffine().y;
    }
    /**
     * @param isLazy - true will defer table computation until the first multiplication
     */
    precompute(windowSize = 6, isLazy = true) {
      wnaf.setWindowSize(this, windowSize);
      if (!isLazy)
        this.multiply(_3n2);
      return this;
    }
    // TODO: return `this`
    /** A point on curve is valid if it conforms to equation. */
    assertValidity() {
      const p = this;
      if (p.is0()) {
        if (allowInfinityPoint && Fp2.is0(p.X) && Fp2.eql(p.Y, Fp2.ONE) && Fp2.is0(p.Z))
          return;
        throw new Error("bad point: ZERO");
      }
      if (validityCache.has(p))
        return;
      const { x, y } = p.toAffine();
      if (!Fp2.isValid(x) || !Fp2.isValid(y))
        throw new Error("bad point: x or y not field elements");
      if (!isValidXY(x, y))
        throw new Error("bad point: equation left != right");
      if (!p.isTorsionFree())
        throw new Error("bad point: not in prime-order subgroup");
      validityCache.add(p);
    }
    hasEvenY() {
      const { y } = this.toAffine();
      if (!Fp2.isOdd)
        throw new Error("Field doesn't support isOdd");
      return !Fp2.isOdd(y);
    }
    /** Compare one point to another. */
    equals(other) {
      aprjpoint(other);
      const { X: X1, Y: Y1, Z: Z1 } = this;
      const { X: X2, Y: Y2, Z: Z2 } = other;
      const U1 = Fp2.eql(Fp2.mul(X1, Z2), Fp2.mul(X2, Z1));
      const U2 = Fp2.eql(Fp2.mul(Y1, Z2), Fp2.mul(Y2, Z1));
      return U1 && U2;
    }
    /** Flips point to one corresponding to (x, -y) in Affine coordinates. */
    negate() {
      return new Point(this.X, Fp2.neg(this.Y), this.Z);
    }
    // Renes-Costello-Batina exception-free doubling formula.
    // There is 30% faster Jacobian formula, but it is not complete.
    // https://eprint.iacr.org/2015/1060, algorithm 3
    // Cost: 8M + 3S + 3*a + 2*b3 + 15add.
    double() {
      const { X: X1, Y: Y1, Z: Z1 } = this;
      let X3 = Fp2.ZERO, Y3 = Fp2.ZERO, Z3 = Fp2.ZERO;
      let t0 = Fp2.mul(X1, X1);
      let t1 = Fp2.mul(Y1, Y1);
      let t2 = Fp2.mul(Z1, Z1);
      let t3 = Fp2.mul(X1, Y1);
      t3 = Fp2.add(t3, t3);
      Z3 = Fp2.mul(X1, Z1);
      Z3 = Fp2.add(Z3, Z3);
      X3 = mulA(Z3);
      Y3 = Fp2.mul(b3, t2);
      Y3 = Fp2.add(X3, Y3);
      X3 = Fp2.sub(t1, Y3);
      Y3 = Fp2.add(t1, Y3);
      Y3 = Fp2.mul(X3, Y3);
      X3 = Fp2.mul(t3, X3);
      Z3 = Fp2.mul(b3, Z3);
      t2 = mulA(t2);
      t3 = Fp2.sub(t0, t2);
      t3 = mulA(t3);
      t3 = Fp2.add(t3, Z3);
      Z3 = Fp2.add(t0, t0);
      t0 = Fp2.add(Z3, t0);
      t0 = Fp2.add(t0, t2);
      t0 = Fp2.mul(t0, t3);
      Y3 = Fp2.add(Y3, t0);
      t2 = Fp2.mul(Y1, Z1);
      t2 = Fp2.add(t2, t2);
      t0 = Fp2.mul(t2, t3);
      X3 = Fp2.sub(X3, t0);
      Z3 = Fp2.mul(t2, t1);
      Z3 = Fp2.add(Z3, Z3);
      Z3 = Fp2.add(Z3, Z3);
      return new Point(X3, Y3, Z3);
    }
    // Renes-Costello-Batina exception-free addition formula.
    // There is 30% faster Jacobian formula, but it is not complete.
    // https://eprint.iacr.org/2015/1060, algorithm 1
    // Cost: 12M + 0S + 3*a + 3*b3 + 23add.
    add(other) {
      aprjpoint(other);
      const { X: X1, Y: Y1, Z: Z1 } = this;
      const { X: X2, Y: Y2, Z: Z2 } = other;
      let X3 = Fp2.ZERO, Y3 = Fp2.ZERO, Z3 = Fp2.ZERO;
      let t0 = Fp2.mul(X1, X2);
      let t1 = Fp2.mul(Y1, Y2);
      let t2 = Fp2.mul(Z1, Z2);
      let t3 = Fp2.add(X1, Y1);
      let t4 = Fp2.add(X2, Y2);
      t3 = Fp2.mul(t3, t4);
      t4 = Fp2.add(t0, t1);
      t3 = Fp2.sub(t3, t4);
      t4 = Fp2.add(X1, Z1);
      let t5 = Fp2.add(X2, Z2);
      t4 = Fp2.mul(t4, t5);
      t5 = Fp2.add(t0, t2);
      t4 = Fp2.sub(t4, t5);
      t5 = Fp2.add(Y1, Z1);
      X3 = Fp2.add(Y2, Z2);
      t5 = Fp2.mul(t5, X3);
      X3 = Fp2.add(t1, t2);
      t5 = Fp2.sub(t5, X3);
      Z3 = mulA(t4);
      X3 = Fp2.mul(b3, t2);
      Z3 = Fp2.add(X3, Z3);
      X3 = Fp2.sub(t1, Z3);
      Z3 = Fp2.add(t1, Z3);
      Y3 = Fp2.mul(X3, Z3);
      t1 = Fp2.add(t0, t0);
      t1 = Fp2.add(t1, t0);
      t2 = mulA(t2);
      t4 = Fp2.mul(b3, t4);
      t1 = Fp2.add(t1, t2);
      t2 = Fp2.sub(t0, t2);
      t2 = mulA(t2);
      t4 = Fp2.add(t4, t2);
      t0 = Fp2.mul(t1, t4);
      Y3 = Fp2.add(Y3, t0);
      t0 = Fp2.mul(t5, t4);
      X3 = Fp2.mul(t3, X3);
      X3 = Fp2.sub(X3, t0);
      t0 = Fp2.mul(t3, t1);
      Z3 = Fp2.mul(t5, Z3);
      Z3 = Fp2.add(Z3, t0);
      return new Point(X3, Y3, Z3);
    }
    subtract(other) {
      aprjpoint(other);
      return this.add(other.negate());
    }
    is0() {
      return this.equals(Point.ZERO);
    }
    /**
     * Constant time multiplication.
     * Uses precomputed tables (signed fixed-window wNAF) when available.
     * Uses scalar blinding and avoids endomorphism splitting in the secret-scalar path.
     * @param scalar - by which the point would be multiplied
     * @returns New point
     */
    multiply(scalar2) {
      if (!Fn.isValidNot0(scalar2))
        throw new RangeError("invalid scalar: out of range");
      const { p, f } = wnaf.mulSecret(this, scalar2, cofactor, normalize);
      return normalize([p, f])[0];
    }
    /**
     * Non-constant-time multiplication. Uses width-4 wNAF with GLV endomorphism splitting
     * when available (two half-width scalars sharing one halved doubling chain).
     * It's faster, but should only be used when you don't care about
     * an exposed secret key e.g. sig verification, which works over *public* keys.
     */
    multiplyUnsafe(scalar2) {
      const p = this;
      const sc = scalar2;
      if (!Fn.isValid(sc))
        throw new RangeError("invalid scalar: out of range");
      if (sc === _0n7 || p.is0())
        return Point.ZERO;
      if (sc === _1n7)
        return p;
      if (wnaf.hasWindowSize(this))
        return wnaf.mulUnsafe(p, sc, normalize);
      const points = [];
      const scalars = [];
      pushWnafPair(points, scalars, p, sc);
      return mulAddUnsafe(Point, points, scalars);
    }
    /**
     * Non-constant-time double-scalar multiplication `a⋅this + b⋅other` (Strauss–Shamir).
     * Both walks share one doubling chain via {@link mulAddUnsafe}, and GLV endomorphism
     * (when available) halves the chain again by splitting each scalar into two half-width
     * parts. Used by ECDSA verification and public-key recovery for `R = u1⋅G + u2⋅P`.
     * Only for public scalars.
     */
    mulAddUnsafe(a, other, b) {
      aprjpoint(other);
      const points = [];
      const scalars = [];
      pushWnafPair(points, scalars, this, a);
      pushWnafPair(points, scalars, other, b);
      return mulAddUnsafe(Point, points, scalars);
    }
    /**
     * Converts Projective point to affine (x, y) coordinates.
     * (X, Y, Z) ∋ (x=X/Z, y=Y/Z).
     * @param invertedZ - Z^-1 (inverted zero) - optional, precomputation is useful for invertBatch
     */
    toAffine(invertedZ) {
      const p = this;
      let iz = invertedZ;
      if (iz != null && !Fp2.isValid(iz))
        throw new RangeError('"invertedZ" expected valid field element');
      const { X, Y, Z } = p;
      if (Fp2.eql(Z, Fp2.ONE))
        return { x: X, y: Y };
      const is0 = p.is0();
      if (iz == null)
        iz = is0 ? Fp2.ONE : Fp2.inv(Z);
      const x = Fp2.mul(X, iz);
      const y = Fp2.mul(Y, iz);
      const zz = Fp2.mul(Z, iz);
      if (is0)
        return { x: Fp2.ZERO, y: Fp2.ZERO };
      if (!Fp2.eql(zz, Fp2.ONE))
        throw new Error("invZ was invalid");
      return { x, y };
    }
    /**
     * Checks whether Point is free of torsion elements (is in prime subgroup).
     * Always torsion-free for cofactor=1 curves.
     */
    isTorsionFree() {
      if (cofactor === _1n7)
        return true;
      if (isTorsionFree)
        return isTorsionFree(Point, this);
      return wnaf.mulUnsafe(this, CURVE_ORDER).is0();
    }
    clearCofactor() {
      if (cofactor === _1n7)
        return this;
      if (clearCofactor)
        return clearCofactor(Point, this);
      return this.multiplyUnsafe(cofactor);
    }
    isSmallOrder() {
      if (cofactor === _1n7)
        return this.is0();
      return this.clearCofactor().is0();
    }
    toBytes(isCompressed = true) {
      abool2(isCompressed, "isCompressed");
      this.assertValidity();
      return encodePoint(Point, this, isCompressed);
    }
    toHex(isCompressed = true) {
      return bytesToHex2(this.toBytes(isCompressed));
    }
    toString() {
      return `<Point ${this.is0() ? "ZERO" : this.toHex()}>`;
    }
  }
  const normalize = (points) => normalizeZ(Point, points);
  const wnaf = new ScalarMultiplier(Point, randomBytes6);
  if (wnaf.bits >= 6)
    Point.BASE.precompute(6);
  Object.freeze(Point.prototype);
  Object.freeze(Point);
  return Point;
}
function pprefix(hasEvenY) {
  return Uint8Array.of(hasEvenY ? 2 : 3);
}
function getWLengths(Fp2, Fn) {
  return {
    secretKey: Fn.BYTES,
    publicKey: 1 + Fp2.BYTES,
    publicKeyUncompressed: 1 + 2 * Fp2.BYTES,
    publicKeyHasPrefix: true,
    // Raw compact `(r || s)` signature width; DER and recovered signatures use
    // different lengths outside this helper.
    signature: 2 * Fn.BYTES
  };
}
function ecdh2(Point, ecdhOpts = {}) {
  validatePointCons(Point);
  const { Fn } = Point;
  const randomBytes_ = ecdhOpts.randomBytes === void 0 ? randomBytes3 : ecdhOpts.randomBytes;
  const lengths = Object.assign(getWLengths(Point.Fp, Fn), {
    seed: Math.max(getMinHashLength(Fn.ORDER), 16)
  });
  function isValidSecretKey(secretKey) {
    try {
      const num = Fn.fromBytes(secretKey);
      return Fn.isValidNot0(num);
    } catch (error) {
      return false;
    }
  }
  function isValidPublicKey(publicKey, isCompressed) {
    const { publicKey: comp, publicKeyUncompressed } = lengths;
    try {
      const l = publicKey.length;
      if (isCompressed === true && l !== comp)
        return false;
      if (isCompressed === false && l !== publicKeyUncompressed)
        return false;
      return !Point.fromBytes(publicKey).is0();
    } catch (error) {
      return false;
    }
  }
  function randomSecretKey(seed2) {
    seed2 = seed2 === void 0 ? randomBytes_(lengths.seed) : seed2;
    return mapHashToField(abytes2(seed2, lengths.seed, "seed"), Fn.ORDER);
  }
  function getPublicKey(secretKey, isCompressed = true) {
    return Point.BASE.multiply(Fn.fromBytes(secretKey)).toBytes(isCompressed);
  }
  function isProbPub(item) {
    const { secretKey, publicKey, publicKeyUncompressed } = lengths;
    const allowedLengths = Fn._lengths;
    if (!isBytes2(item))
      return void 0;
    const l = abytes2(item, void 0, "key").length;
    const isPub = l === publicKey || l === publicKeyUncompressed;
    const isSec = l === secretKey || !!allowedLengths?.includes(l);
    if (isPub && isSec)
      return void 0;
    return isPub;
  }
  function getSharedSecret(secretKeyA, publicKeyB, isCompressed = true) {
    if (isProbPub(secretKeyA) === true)
      throw new Error("first arg must be private key");
    if (isProbPub(publicKeyB) === false)
      throw new Error("second arg must be public key");
    const s = Fn.fromBytes(secretKeyA);
    const b = Point.fromBytes(publicKeyB);
    if (b.is0())
      throw new Error("invalid public key: point at infinity");
    return b.multiply(s).toBytes(isCompressed);
  }
  const utils = {
    isValidSecretKey,
    isValidPublicKey,
    randomSecretKey
  };
  const keygen = createKeygen(randomSecretKey, getPublicKey);
  Object.freeze(utils);
  Object.freeze(lengths);
  return Object.freeze({ getPublicKey, getSharedSecret, keygen, Point, utils, lengths });
}
function ecdsa2(Point, hash, ecdsaOpts = {}) {
  validatePointCons(Point);
  const hash_ = hash;
  ahash(hash_);
  validateObject(ecdsaOpts, {}, {
    hmac: "function",
    lowS: "boolean",
    randomBytes: "function",
    bits2int: "function",
    bits2int_modN: "function"
  });
  const opts = Object.assign({}, ecdsaOpts);
  const randomBytes6 = opts.randomBytes === void 0 ? randomBytes3 : opts.randomBytes;
  const hmac3 = opts.hmac === void 0 ? (key, msg) => hmac2(hash_, key, msg) : opts.hmac;
  const { Fp: Fp2, Fn } = Point;
  const { ORDER: CURVE_ORDER, BITS: fnBits } = Fn;
  const blindLength = getMinHashLength(CURVE_ORDER);
  const csprng = probeRandomBytes(randomBytes6, blindLength);
  const { keygen, getPublicKey, getSharedSecret, utils, lengths } = ecdh2(Point, opts);
  const defaultSigOpts = {
    prehash: true,
    lowS: typeof opts.lowS === "boolean" ? opts.lowS : true,
    format: "compact",
    extraEntropy: false
  };
  const hasLargeRecoveryLifts = CURVE_ORDER * _2n5 + _1n7 < Fp2.ORDER;
  function isBiggerThanHalfOrder(number3) {
    const HALF = CURVE_ORDER >> _1n7;
    return number3 > HALF;
  }
  function validateRS(title, num) {
    if (!Fn.isValidNot0(num))
      throw new Error(`invalid signature ${title}: out of range 1..Point.Fn.ORDER`);
    return num;
  }
  function assertFieldSignIsSupported() {
    if (!Fp2.isOdd)
      throw new Error("Field doesn't support isOdd");
  }
  function getRecoveryBit(x, y, r) {
    assertFieldSignIsSupported();
    return (x === r ? 0 : 2) | Number(Fp2.isOdd(y));
  }
  function assertRecoverableCurve() {
    if (hasLargeRecoveryLifts)
      throw new Error('"recovered" sig type is not supported for cofactor >2 curves');
  }
  function validateSigLength(bytes2, format2) {
    validateSigFormat(format2);
    const size = lengths.signature;
    const sizer = format2 === "compact" ? size : format2 === "recovered" ? size + 1 : void 0;
    return abytes2(bytes2, sizer);
  }
  class Signature {
    r;
    s;
    recovery;
    constructor(r, s, recovery) {
      this.r = validateRS("r", r);
      this.s = validateRS("s", s);
      if (recovery != null) {
        assertRecoverableCurve();
        if (![0, 1, 2, 3].includes(recovery))
          throw new Error("invalid recovery id");
        this.recovery = recovery;
      }
      Object.freeze(this);
    }
    static fromBytes(bytes2, format2 = defaultSigOpts.format) {
      validateSigLength(bytes2, format2);
      let recid;
      if (format2 === "der") {
        if (bytes2.length > 2 * Fn.BYTES + 16)
          throw new DER.Err("invalid signature: DER signature too long");
        const { r: r2, s: s2 } = DER.toSig(abytes2(bytes2), Fn.BYTES + 1);
        return new Signature(r2, s2);
      }
      if (format2 === "recovered") {
        recid = bytes2[0];
        format2 = "compact";
        bytes2 = bytes2.subarray(1);
      }
      const L = lengths.signature / 2;
      const r = bytes2.subarray(0, L);
      const s = bytes2.subarray(L, L * 2);
      return new Signature(Fn.fromBytes(r), Fn.fromBytes(s), recid);
    }
    static fromHex(hex, format2) {
      return this.fromBytes(hexToBytes2(hex), format2);
    }
    assertRecovery() {
      const { recovery } = this;
      if (recovery == null)
        throw new Error("invalid recovery id: must be present");
      return recovery;
    }
    addRecoveryBit(recovery) {
      return new Signature(this.r, this.s, recovery);
    }
    // Unlike the top-level helper below, this method expects a digest that has
    // already been hashed to the curve's message representative.
    recoverPublicKey(messageHash) {
      const { r, s } = this;
      const recovery = this.assertRecovery();
      const radj = recovery === 2 || recovery === 3 ? r + CURVE_ORDER : r;
      if (!Fp2.isValid(radj))
        throw new Error("invalid recovery id: sig.r+curve.n != R.x");
      const x = Fp2.toBytes(radj);
      const R = Point.fromBytes(concatBytes3(pprefix((recovery & 1) === 0), x));
      const ir = Fn.inv(radj);
      const h = bits2int_modN(abytes2(messageHash, void 0, "msgHash"));
      const u1 = Fn.create(-h * ir);
      const u2 = Fn.create(s * ir);
      const Q2 = Point.BASE.mulAddUnsafe(u1, R, u2);
      if (Q2.is0())
        throw new Error("invalid recovery: point at infinify");
      Q2.assertValidity();
      return Q2;
    }
    // Signatures should be low-s, to prevent malleability.
    hasHighS() {
      return isBiggerThanHalfOrder(this.s);
    }
    toBytes(format2 = defaultSigOpts.format) {
      validateSigFormat(format2);
      if (format2 === "der")
        return hexToBytes2(DER.hexFromSig(this));
      const { r, s } = this;
      const rb = Fn.toBytes(r);
      const sb = Fn.toBytes(s);
      if (format2 === "recovered") {
        assertRecoverableCurve();
        return concatBytes3(Uint8Array.of(this.assertRecovery()), rb, sb);
      }
      return concatBytes3(rb, sb);
    }
    toHex(format2) {
      return bytesToHex2(this.toBytes(format2));
    }
  }
  Object.freeze(Signature.prototype);
  Object.freeze(Signature);
  const bits2int = opts.bits2int === void 0 ? function bits2int_def(bytes2) {
    if (bytes2.length > 8192)
      throw new Error("input is too large");
    const num = bytesToNumberBE(bytes2);
    const delta = bytes2.length * 8 - fnBits;
    return delta > 0 ? num >> BigInt(delta) : num;
  } : opts.bits2int;
  const bits2int_modN = opts.bits2int_modN === void 0 ? function bits2int_modN_def(bytes2) {
    return Fn.create(bits2int(bytes2));
  } : opts.bits2int_modN;
  const ORDER_MASK = bitMask(fnBits);
  function int2octets(num) {
    aInRange("num < 2^" + fnBits, num, _0n7, ORDER_MASK);
    return Fn.toBytes(num);
  }
  function validateMsgAndHash(message2, prehash) {
    abytes2(message2, void 0, "message");
    return prehash ? abytes2(hash_(message2), void 0, "prehashed message") : message2;
  }
  function prepSig(message2, secretKey, opts2) {
    const { lowS, prehash, extraEntropy } = validateSigOpts2(opts2, defaultSigOpts);
    message2 = validateMsgAndHash(message2, prehash);
    const h1int = bits2int_modN(message2);
    const d = Fn.fromBytes(secretKey);
    if (!Fn.isValidNot0(d))
      throw new Error("invalid private key");
    const seedArgs = [int2octets(d), int2octets(h1int)];
    if (extraEntropy != null && extraEntropy !== false) {
      const e = extraEntropy === true ? randomBytes6(lengths.secretKey) : extraEntropy;
      seedArgs.push(abytes2(e, void 0, "extraEntropy"));
    }
    const seed2 = concatBytes3(...seedArgs);
    const m = h1int;
    function k2sig(kBytes) {
      const k = bits2int(kBytes);
      if (!Fn.isValidNot0(k))
        return;
      const q = Point.BASE.multiply(k).toAffine();
      const r = Fn.create(q.x);
      if (r === _0n7)
        return;
      let s;
      if (csprng !== void 0) {
        const b = bytesToNumberBE(mapHashToField(csprng(blindLength), CURVE_ORDER));
        const ibk = Fn.inv(Fn.mul(b, k));
        const bm = Fn.mul(b, m);
        const bd = Fn.mul(b, d);
        s = Fn.create(ibk * Fn.create(bm + bd * r));
      } else {
        const ik = invertCt(k, CURVE_ORDER);
        s = Fn.create(ik * Fn.create(m + r * d));
      }
      if (s === _0n7)
        return;
      let recovery = getRecoveryBit(q.x, q.y, r);
      let normS = s;
      if (lowS && isBiggerThanHalfOrder(s)) {
        normS = Fn.neg(s);
        recovery ^= 1;
      }
      return new Signature(r, normS, hasLargeRecoveryLifts ? void 0 : recovery);
    }
    return { seed: seed2, k2sig };
  }
  function sign2(message2, secretKey, opts2 = {}) {
    const { seed: seed2, k2sig } = prepSig(message2, secretKey, opts2);
    const drbg = createHmacDrbg(hash_.outputLen, Fn.BYTES, hmac3);
    const sig2 = drbg(seed2, k2sig);
    return sig2.toBytes(opts2.format);
  }
  function verify6(signature2, message2, publicKey, opts2 = {}) {
    const { lowS, prehash, format: format2 } = validateSigOpts2(opts2, defaultSigOpts);
    publicKey = abytes2(publicKey, void 0, "publicKey");
    message2 = validateMsgAndHash(message2, prehash);
    if (!isBytes2(signature2)) {
      const end = signature2 instanceof Signature ? ", use sig.toBytes()" : "";
      throw new Error("verify expects Uint8Array signature" + end);
    }
    validateSigLength(signature2, format2);
    try {
      const sig2 = Signature.fromBytes(signature2, format2);
      const P = Point.fromBytes(publicKey);
      if (P.is0())
        return false;
      if (lowS && sig2.hasHighS())
        return false;
      const { r, s } = sig2;
      const h = bits2int_modN(message2);
      const is = Fn.inv(s);
      const u1 = Fn.create(h * is);
      const u2 = Fn.create(r * is);
      const R = Point.BASE.mulAddUnsafe(u1, P, u2);
      if (R.is0())
        return false;
      const q = R.toAffine();
      const v = Fn.create(q.x);
      if (v !== r)
        return false;
      if (format2 === "recovered" && sig2.recovery !== getRecoveryBit(q.x, q.y, r))
        return false;
      return true;
    } catch (e) {
      return false;
    }
  }
  function recoverPublicKey(signature2, message2, opts2 = {}) {
    const { prehash } = validateSigOpts2(opts2, defaultSigOpts);
    message2 = validateMsgAndHash(message2, prehash);
    return Signature.fromBytes(signature2, "recovered").recoverPublicKey(message2).toBytes();
  }
  return Object.freeze({
    keygen,
    getPublicKey,
    getSharedSecret,
    utils,
    lengths,
    Point,
    sign: sign2,
    verify: verify6,
    recoverPublicKey,
    Signature,
    hash: hash_
  });
}

// node_modules/@noble/curves/nist.js
var p256_CURVE = /* @__PURE__ */ (() => ({
  p: BigInt("0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff"),
  n: BigInt("0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"),
  h: BigInt(1),
  a: BigInt("0xffffffff00000001000000000000000000000000fffffffffffffffffffffffc"),
  b: BigInt("0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"),
  Gx: BigInt("0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
  Gy: BigInt("0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")
}))();
var p384_CURVE = /* @__PURE__ */ (() => ({
  p: BigInt("0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff"),
  n: BigInt("0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973"),
  h: BigInt(1),
  a: BigInt("0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000fffffffc"),
  b: BigInt("0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef"),
  Gx: BigInt("0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7"),
  Gy: BigInt("0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f")
}))();
var p521_CURVE = /* @__PURE__ */ (() => ({
  p: BigInt("0x1ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"),
  n: BigInt("0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409"),
  h: BigInt(1),
  a: BigInt("0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc"),
  b: BigInt("0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00"),
  Gx: BigInt("0x00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66"),
  Gy: BigInt("0x011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650")
}))();
var p256_Point = /* @__PURE__ */ weierstrass(p256_CURVE);
var p256 = /* @__PURE__ */ ecdsa2(p256_Point, sha2562);
var p384_Point = /* @__PURE__ */ weierstrass(p384_CURVE);
var p384 = /* @__PURE__ */ ecdsa2(p384_Point, sha384);
var p521_Point = /* @__PURE__ */ weierstrass(p521_CURVE);
var p521 = /* @__PURE__ */ ecdsa2(p521_Point, sha512);

// sandbox/rekor/ecdsa-of-digest.ts
var curves = {
  "P-256": { name: "prime256v1", hash: "sha256", noble: p256 },
  "P-384": { name: "secp384r1", hash: "sha384", noble: p384 },
  "P-521": { name: "secp521r1", hash: "sha512", noble: p521 }
};
var messages2 = [utf8("a message of our choice"), utf8("another")];
function verifyDigest(curve, key, signature2, digest2) {
  const { Point, Signature } = curve.noble;
  const { Fn } = Point;
  const { r } = Signature.fromBytes(signature2, "der");
  const { x = "", y = "", ...jwk } = key.export({ format: "jwk" });
  const point = Point.fromAffine({ x: integer(Buffer.from(x, "base64url")), y: integer(Buffer.from(y, "base64url")) });
  for (const message2 of messages2) {
    const chosen = hashOf(curve.hash, message2);
    const shift = Fn.div(Fn.sub(Fn.create(integer(digest2)), Fn.create(integer(chosen))), r);
    const moved = shift === 0n ? point : point.add(Point.fromBytes(multipleOfBase(curve, Fn.toBytes(shift))));
    if (moved.is0()) continue;
    const bytes2 = Buffer.from(moved.toBytes(false).subarray(1));
    const [left, right] = [bytes2.subarray(0, bytes2.length / 2), bytes2.subarray(bytes2.length / 2)];
    const movedJwk = { ...jwk, x: left.toString("base64url"), y: right.toString("base64url") };
    return verify4(curve.hash, message2, createPublicKey6({ format: "jwk", key: movedJwk }), signature2);
  }
  return false;
}
function multipleOfBase({ name }, factor) {
  const exchange = createECDH(name);
  exchange.setPrivateKey(factor);
  return new Uint8Array(exchange.getPublicKey());
}
function integer(bytes2) {
  return BigInt(`0x${Buffer.from(bytes2).toString("hex")}`);
}

// sandbox/rekor/verifier-key.ts
var acceptedKeyDetails = [
  ecdsa3("PKIX_ECDSA_P256_SHA_256", 5, curves["P-256"]),
  ecdsa3("PKIX_ECDSA_P384_SHA_384", 12, curves["P-384"]),
  ecdsa3("PKIX_ECDSA_P521_SHA_512", 13, curves["P-521"]),
  rsa2("PKIX_RSA_PKCS1V15_2048_SHA256", 9, 2048),
  rsa2("PKIX_RSA_PKCS1V15_3072_SHA256", 10, 3072),
  rsa2("PKIX_RSA_PKCS1V15_4096_SHA256", 11, 4096),
  {
    name: "PKIX_ED25519_PH",
    number: 8,
    hash: "sha512",
    matches: (key) => key.asymmetricKeyType === "ed25519",
    verifies: accepting(
      (key, signature2, digest2) => ed25519OfDigest.verify(signature2, digest2, keyBits(subjectPublicKeyInfo(key)))
    )
  }
];
function readVerifierKey(kind, bytes2) {
  try {
    if (kind === "x509Certificate") return new X509Certificate3(bytes2).publicKey;
    return createPublicKey7({ key: Buffer.from(bytes2), format: "der", type: "spki" });
  } catch {
    return void 0;
  }
}
function ecdsa3(name, number3, curve) {
  return {
    name,
    number: number3,
    hash: curve.hash,
    matches: (key) => key.asymmetricKeyType === "ec" && key.asymmetricKeyDetails?.namedCurve === curve.name,
    verifies: accepting((key, signature2, digest2) => verifyDigest(curve, key, signature2, digest2))
  };
}
function rsa2(name, number3, modulusLength) {
  return {
    name,
    number: number3,
    hash: "sha256",
    matches: (key) => key.asymmetricKeyType === "rsa" && key.asymmetricKeyDetails?.modulusLength === modulusLength,
    verifies: accepting((key, signature2, digest2) => {
      const signed = publicDecrypt({ key, padding: constants2.RSA_PKCS1_PADDING }, signature2);
      const sha2563 = der.sequence(der.oid("2.16.840.1.101.3.4.2.1"), der.null());
      return equalBytes(signed, der.sequence(sha2563, der.octetString(digest2)));
    })
  };
}
var ed25519OfDigest = eddsa2(ed25519.Point, sha512, {
  domain: (data) => concatBytes(utf8("SigEd25519 no Ed25519 collisions"), new Uint8Array([1, 0]), data)
});
function accepting(verify6) {
  return (...signed) => {
    try {
      return verify6(...signed);
    } catch {
      return false;
    }
  };
}

// sandbox/rekor/hashed-rekord.ts
var scalar = {};
var unread = {};
var verifierShape = {
  publicKey: { rawBytes: scalar },
  x509Certificate: { rawBytes: scalar },
  keyDetails: scalar
};
var requestShape = {
  hashedRekordRequestV002: { digest: scalar, signature: { content: scalar, verifier: verifierShape } },
  dsseRequestV002: unread
};
function readHashedRekord(body) {
  try {
    refuseUnknown(parseJson(body), requestShape);
    return check(ProtoField.parse(body, "JSON_INVALID", "request"));
  } catch (error) {
    if (error instanceof CountersignError) refuse2("invalidArgument", error.message);
    throw error;
  }
}
function encodeHashedRekord({ digest: digest2, signature: signature2, keyDetails: keyDetails2, verifier: verifier2, rawBytes }) {
  const rekord2 = {
    data: { algorithm: keyDetails2.hash.replace("sha", "SHA2_"), digest: encodeBase64(digest2) },
    signature: {
      content: encodeBase64(signature2),
      verifier: { keyDetails: keyDetails2.name, [verifier2]: { rawBytes: encodeBase64(rawBytes) } }
    }
  };
  return utf8(canonicalJson({ apiVersion: "0.0.2", kind: "hashedrekord", spec: { hashedRekordV002: rekord2 } }));
}
function check(request) {
  const rekord2 = request.field("hashedRekordRequestV002");
  if (request.field("dsseRequestV002").present || !rekord2.present) {
    refuse2("invalidArgument", "invalid type, must be hashedrekord");
  }
  const digest2 = rekord2.field("digest").data();
  const signature2 = rekord2.field("signature").field("content").data();
  const verifierField = rekord2.field("signature").field("verifier");
  const verifier2 = verifierKind(verifierField);
  const rawBytes = verifierField.field(verifier2).field("rawBytes").data();
  const keyDetails2 = readKeyDetails(verifierField.field("keyDetails"));
  const key = readVerifierKey(verifier2, rawBytes) ?? reject("parsing public key or certificate failed");
  if (!keyDetails2.matches(key)) reject(`the key is not of the kind ${keyDetails2.name}`);
  if (digest2.length !== hashLengths[keyDetails2.hash])
    reject(`a digest of ${digest2.length} bytes for ${keyDetails2.name}`);
  if (!keyDetails2.verifies(key, signature2, digest2)) reject("verifying signature: invalid signature");
  return { digest: digest2, signature: signature2, keyDetails: keyDetails2, verifier: verifier2, rawBytes };
}
function verifierKind(field) {
  const [kind, other] = ["publicKey", "x509Certificate"].filter((one) => field.field(one).present);
  if (kind === void 0 || other !== void 0) reject("one of public key and certificate is needed");
  return kind;
}
function readKeyDetails(field) {
  const table2 = Object.fromEntries(acceptedKeyDetails.map(({ name: name2, number: number3 }) => [name2, number3]));
  const name = field.enum(table2);
  return acceptedKeyDetails.find((details) => details.name === name) ?? reject("unsupported entry algorithm");
}
function reject(reason) {
  refuse2("invalidArgument", "invalid hashedrekord request", { "x-sandbox-reason": reason });
}
function refuseUnknown(value, shape) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  for (const [name, member2] of Object.entries(value)) {
    const camel = name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
    const known = Object.hasOwn(shape, camel) ? shape[camel] : void 0;
    if (known === void 0) refuse2("invalidArgument", `proto: unknown field ${JSON.stringify(name)}`);
    if (known !== unread) refuseUnknown(member2, known);
  }
}

// sandbox/rekor/rekor-service.ts
var readPaths = ["/api/v2", ""];
var textType = "text/plain; charset=utf-8";
var RekorService = class {
  log;
  constructor(log) {
    this.log = log;
  }
  /**
   * Adds the entry of a CreateEntryRequest, JSON. It is in the log, and under its checkpoint, when this returns.
   *
   * @throws Refusal `invalidArgument`; `alreadyExists` with the index of the existing entry in `x-log-index`; 405 for a frozen log
   */
  add(request) {
    if (this.log.frozen !== void 0) {
      const text2 = "This log has been frozen, please switch to the latest log.\n";
      throw new Refusal(text2, { status: 405, headers: { "content-type": textType }, body: utf8(text2) });
    }
    const body = encodeHashedRekord(readHashedRekord(request));
    if (body.length > maxEntryLength) refuse2("invalidArgument", "invalid hashedrekord request");
    const existing = this.log.store.findLeaf(leafHash(body));
    if (existing !== void 0) {
      const message2 = `an equivalent entry already exists in the transparency log with index ${existing}`;
      refuse2("alreadyExists", message2, { "x-log-index": String(existing) });
    }
    return this.log.entry(this.log.append(body));
  }
  routes() {
    return [
      { method: "POST", path: "/api/v2/log/entries", handle: ({ body }) => jsonResponse(201, this.add(body)) },
      ...readPaths.flatMap((path) => this.#readRoutes(path))
    ];
  }
  #readRoutes(path) {
    const tiles = `${path}/tile/`;
    return [
      { method: "GET", path: `${path}/checkpoint`, handle: () => this.#checkpoint() },
      { method: "GET", path: `${tiles}*`, handle: ({ url }) => this.#tile(url.pathname.slice(tiles.length)) }
    ];
  }
  #checkpoint() {
    const headers = { "content-type": textType, "cache-control": "no-cache" };
    return { status: 200, headers, body: utf8(this.log.checkpoint()) };
  }
  #tile(path) {
    const body = tileAt(this.log.store, path, { name: "entries", encode: encode3 }) ?? refuse2("notFound", "Not Found");
    const headers = { "content-type": "application/octet-stream", "cache-control": "max-age=31536000, immutable" };
    return { status: 200, headers, body };
  }
};
function encode3(entry2) {
  return concatBytes(uintBytes(entry2.length, 2), entry2);
}

// sandbox/rekor-v1/hashed-rekord.ts
function checkHashedRekord(spec) {
  const signatureText = textAt(spec, "signature", "content") ?? refuseEntry("missing signature");
  const keyText = textAt(spec, "signature", "publicKey", "content") ?? refuseEntry("missing public key");
  const value = textAt(spec, "data", "hash", "value") ?? refuseEntry("missing hash value");
  const algorithm = readAlgorithm(textAt(spec, "data", "hash", "algorithm"));
  const signature2 = readBase64(signatureText, "signature content");
  const { key, canonical, hash: keyHash, subjects } = readVerifier(keyText);
  const digest2 = readDigest(value, algorithm);
  const details = acceptedKeyDetails.find(({ matches: matches2, hash }) => hash === algorithm && matches2(key));
  if (details === void 0) refuseEntry("entry algorithms are not allowed");
  if (!details.verifies(key, signature2, digest2)) refuseEntry("verifying signature: invalid signature");
  return {
    spec: {
      data: { hash: { algorithm, value } },
      signature: { content: encodeBase64(signature2), publicKey: { content: canonical } }
    },
    keys: [keyHash, ...subjects, `${algorithm}:${value}`]
  };
}
function readAlgorithm(text2) {
  const known = Object.keys(hashLengths).find((name) => name === text2);
  const names = "data.hash.algorithm in body should be one of [sha256 sha384 sha512]";
  return known ?? refuseEntry(`validation failure list:
${names}`);
}
function readDigest(text2, algorithm) {
  if (text2.length !== hashLengths[algorithm] * 2) refuseEntry("invalid value for hash");
  try {
    return decodeHex(text2);
  } catch {
    return refuseEntry("encoding/hex: invalid byte");
  }
}

// sandbox/rekor-v1/proposed-entry.ts
var kinds2 = { hashedrekord: checkHashedRekord, dsse: checkDsse };
function readProposedEntry(request) {
  if (request.length === 0) refuseParameter(602, "proposedEntry in body is required");
  return checkProposedEntry(
    readJson(request, () => refuseProposal("invalid character looking for beginning of value"))
  );
}
function checkProposedEntry(proposed) {
  const kind = textAt(proposed, "kind") ?? refuseProposal('invalid kind value: ""');
  const check2 = Object.hasOwn(kinds2, kind) ? kinds2[kind] : void 0;
  if (check2 === void 0) refuseProposal(`invalid kind value: ${JSON.stringify(kind)}`);
  const apiVersion = textAt(proposed, "apiVersion") ?? "";
  if (apiVersion !== "0.0.1") {
    const reason = `${kind} implementation for version '${apiVersion}' not found`;
    refuseEntry(`fetching ${kind} version implementation: ${reason}`);
  }
  const { spec, keys: keys2 } = check2(memberAt2(proposed, "spec") ?? {});
  const distinct = new Set(keys2.map((key) => key.toLowerCase()));
  return { body: utf8(canonicalJson({ apiVersion, kind, spec })), keys: [...distinct] };
}
function refuseProposal(reason) {
  refuseRekor(400, `parsing proposedEntry body from "" failed, because ${reason}`);
}

// sandbox/rekor-v1/queries.ts
var maxQueries = 10;
var uuidForm = /^(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{80})$/;
var hashForm = /^(?:(?:sha512:)?[0-9a-fA-F]{128}|(?:sha256:)?[0-9a-fA-F]{64}|(?:sha1:)?[0-9a-fA-F]{40})$/;
var hashNames = { 40: "sha1", 64: "sha256", 128: "sha512" };
function readEntryQuery(request) {
  const query = readQuery(request, "entry");
  const uuids = listOf(query, "entryUUIDs").map(
    (uuid) => typeof uuid === "string" && uuidForm.test(uuid) ? uuid : refuseForm("entryUUIDs", "a UUID")
  );
  const indices = listOf(query, "logIndexes").map(
    (index) => typeof index === "number" && Number.isSafeInteger(index) && index >= 0 ? index : refuseForm("logIndexes", "an index")
  );
  const entries = listOf(query, "entries");
  if (uuids.length + indices.length + entries.length > maxQueries) {
    refuseRekor(422, `more than max allowed ${maxQueries} entries in request`);
  }
  return { uuids, indices, bodies: entries.map((entry2) => checkProposedEntry(entry2).body) };
}
function readIndexQuery(request) {
  const query = readQuery(request, "query");
  const operator = textOf3(query, "operator", /^(?:and|or)$/, "one of [and or]") === "and" ? "and" : "or";
  const hash = textOf3(query, "hash", hashForm, "a hash");
  const subject = textOf3(query, "subject", /^.{0,512}$/s, "at most 512 chars long");
  const email = textOf3(query, "email", /^[^@\s]+@[^@\s]+$/, "of type email");
  const named = hash === void 0 || hash.includes(":") ? hash : `${hashNames[hash.length]}:${hash}`;
  const keys2 = [named, publicKeyHash(query), email, subject];
  return { operator, keys: keys2.flatMap((key) => key === void 0 ? [] : [key.toLowerCase()]) };
}
function publicKeyHash(query) {
  const key = memberAt2(query, "publicKey");
  if (key === void 0) return void 0;
  if (textOf3(key, "format") !== "x509") refuseForm("publicKey.format", "x509: the sandbox knows no other");
  return readVerifier(textOf3(key, "content") ?? "").hash;
}
function readQuery(request, name) {
  if (request.length === 0) refuseParameter(602, `${name} in body is required`);
  return readJson(request, () => refuseRekor(400, `parsing ${name} body from "" failed, because invalid character`));
}
function listOf(query, name) {
  const list = memberAt2(query, name);
  if (list === void 0) return [];
  return Array.isArray(list) && list.length > 0 ? list : refuseForm(name, "a list of at least 1 item");
}
function textOf3(value, name, form = /^/, described = "") {
  const text2 = memberAt2(value, name);
  if (text2 === void 0 || text2 === "") return void 0;
  if (typeof text2 !== "string") refuseForm(name, "of type string");
  return form.test(text2) ? text2 : refuseForm(name, described);
}
function refuseForm(name, form) {
  return refuseParameter(605, `${name} in body should be ${form}`);
}

// sandbox/rekor-v1/rekor-v1-service.ts
var entriesPath = "/api/v1/log/entries";
var uuidPattern = "^([0-9a-fA-F]{64}|[0-9a-fA-F]{80})$";
var RekorV1Service = class {
  log;
  constructor(log) {
    this.log = log;
  }
  /**
   * Adds the entry of a ProposedEntry, JSON. It is in the log, and under its checkpoint, when this returns.
   *
   * @throws Refusal 400, 422; 409 with the path of the existing entry in `location`
   */
  add(request) {
    const { body, keys: keys2 } = readProposedEntry(request);
    if (body.length > maxEntryLength) refuseEntry(`it has ${body.length} bytes`);
    const existing = this.log.findActive(body);
    if (existing !== void 0) {
      const uuid = this.log.uuid(existing);
      const message2 = `an equivalent entry already exists in the transparency log with UUID ${uuid}`;
      refuseRekor(409, message2, { location: `${entriesPath}/${uuid}` });
    }
    return this.log.answer(this.log.append(body, keys2));
  }
  routes() {
    const get = (path, handle) => ({
      method: "GET",
      path,
      handle: ({ url }) => handle(url)
    });
    const post = (path, handle) => ({
      method: "POST",
      path,
      handle: ({ body }) => handle(body)
    });
    return [
      post(entriesPath, (body) => this.#create(body)),
      post(`${entriesPath}/retrieve`, (body) => jsonResponse(200, this.#retrieve(body))),
      post("/api/v1/index/retrieve", (body) => jsonResponse(200, this.#search(body))),
      get(entriesPath, ({ searchParams }) => this.#entryAt(searchParams.get("logIndex"))),
      get(`${entriesPath}/*`, ({ pathname }) => this.#entryOf(pathname.slice(entriesPath.length + 1))),
      get("/api/v1/log", () => jsonResponse(200, this.#state())),
      get("/api/v1/log/publicKey", () => this.#publicKey()),
      get("/api/v1/log/proof", ({ searchParams }) => jsonResponse(200, this.#proof(searchParams)))
    ];
  }
  #create(body) {
    const { uuid, entry: entry2 } = this.add(body);
    return jsonResponse(201, { [uuid]: entry2 }, { etag: uuid, location: `${entriesPath}/${uuid}` });
  }
  #entryAt(parameter) {
    if (parameter === null) refuseParameter(602, "logIndex in query is required");
    return this.#entry(wholeNumber3(parameter, "logIndex"));
  }
  #entryOf(uuid) {
    if (!new RegExp(uuidPattern).test(uuid)) refuseParameter(605, `entryUUID in path should match '${uuidPattern}'`);
    return this.#entry(this.log.find(uuid));
  }
  #entry(index) {
    const [entry2] = this.#existing([index]);
    if (entry2 === void 0) throw new Refusal("no such entry", { status: 404, headers: {}, body: new Uint8Array() });
    return jsonResponse(200, entry2);
  }
  /** Returns the entries that exist. The others are left out. */
  #retrieve(body) {
    const { uuids, bodies, indices } = readEntryQuery(body);
    const hashes = bodies.map((one) => encodeHex(leafHash(one)));
    return this.#existing([...[...uuids, ...hashes].map((uuid) => this.log.find(uuid)), ...indices]);
  }
  #existing(indices) {
    return indices.flatMap((index) => {
      if (index === void 0 || index >= this.log.size) return [];
      const { uuid, entry: entry2 } = this.log.answer(index);
      return [{ [uuid]: entry2 }];
    });
  }
  /** Returns the UUIDs of the entries under any of the keys, or under all of them. */
  #search(body) {
    const { keys: keys2, operator } = readIndexQuery(body);
    const found = keys2.map((key) => new Set(this.log.search(key)));
    const any = [...new Set(found.flatMap((indices2) => [...indices2]))];
    const indices = operator === "or" ? any : any.filter((index) => found.every((some) => some.has(index)));
    return indices.sort((a, b) => a - b).map((index) => this.log.uuid(index));
  }
  #state() {
    const { active, shards } = this.log;
    return { ...shardState(active), inactiveShards: shards.filter((shard) => shard !== active).map(shardState) };
  }
  #publicKey() {
    const pem = encodePem("PUBLIC KEY", this.log.key.publicKey);
    return { status: 200, headers: { "content-type": "application/x-pem-file" }, body: utf8(pem) };
  }
  #proof(query) {
    const { log } = this.#shardOf(query.get("treeID"));
    const first = wholeNumber3(query.get("firstSize") ?? "1", "firstSize");
    const lastText = query.get("lastSize") ?? refuseParameter(602, "lastSize in query is required");
    const last = wholeNumber3(lastText, "lastSize");
    if (first > last) refuseRekor(400, `firstSize(${first}) must be less than lastSize(${last})`);
    if (last > log.size) {
      const observable = `what is currently observable(${log.size})`;
      refuseRekor(400, `the tree size requested(${last}) was greater than ${observable}`);
    }
    return { rootHash: encodeHex(log.root()), hashes: log.consistencyProof(first, last).map(encodeHex) };
  }
  #shardOf(treeId) {
    if (treeId === null) return this.log.active;
    const shard = this.log.shards.find((candidate) => String(candidate.treeId) === treeId);
    if (shard === void 0) refuseRekor(400, `could not find log range for treeID ${treeId}`);
    return shard;
  }
};
function shardState({ log, treeId }) {
  return {
    rootHash: encodeHex(log.root()),
    treeSize: log.size,
    signedTreeHead: log.checkpoint(),
    treeID: String(treeId)
  };
}
function wholeNumber3(text2, name) {
  if (/^\d{1,15}$/.test(text2)) return Number(text2);
  return refuseParameter(601, `${name} in query must be of type int64: ${JSON.stringify(text2)}`);
}

// sandbox/rekor-v1/sharded-log.ts
var maxLeafLength = 4 * 1024 * 1024;
var shardsName = "shards";
var ShardedLog = class _ShardedLog {
  host;
  key;
  #sources;
  #storage;
  #answers;
  #shards;
  constructor({ host, sources, storage = new MemoryStorage(), answers = {}, shards = [] }) {
    this.host = host;
    this.key = keptSigningKey(storage, "log", "P-256");
    this.#sources = sources;
    this.#storage = storage;
    this.#answers = answers;
    this.#shards = [...shards];
    if (shards.length > 0) return;
    const lines = decodeUtf8(storage.read(shardsName) ?? new Uint8Array())?.split("\n") ?? [];
    for (const line of lines) if (line !== "") this.#open(BigInt(line));
    if (this.#shards.length === 0) this.newShard();
  }
  get shards() {
    return this.#shards;
  }
  /** The shard that takes new entries. */
  get active() {
    return this.#shards.at(-1);
  }
  /** The number of entries in all shards. */
  get size() {
    return this.active.offset + this.active.log.size;
  }
  /** Ends the active shard and begins another. */
  newShard() {
    const treeId = BigInt(`0x${encodeHex(this.#sources.random(8))}`) >> 1n;
    const treeIds = [...this.#shards.map((shard) => shard.treeId), treeId];
    this.#storage.write(shardsName, utf8(treeIds.map((id2) => `${id2}
`).join("")));
    this.#open(treeId);
  }
  /** Appends an entry, which can be found by these keys too. Returns its index. */
  append(body, keys2 = []) {
    return this.active.offset + this.active.log.append(body, keys2.map(hashOfKey2));
  }
  /** Returns the indices of the entries under a key, in all shards. */
  search(key) {
    return this.#shards.flatMap(({ log, offset }) => log.store.find(hashOfKey2(key)).map((index) => offset + index));
  }
  /** Returns the index of an entry by its UUID, which is the hash of its leaf, with or without the id of its tree in front. */
  find(uuid) {
    const hash = decodeHex(uuid.slice(-64));
    const treeId = uuid.length > 64 ? BigInt(`0x${uuid.slice(0, -64)}`) : void 0;
    const shards = this.#shards.filter((shard) => treeId === void 0 || shard.treeId === treeId);
    return shards.map((shard) => indexOf(shard, hash)).findLast((index) => index !== void 0);
  }
  /** Returns the index of an entry of the active shard by its body. Entries of earlier shards may be added again. */
  findActive(body) {
    return indexOf(this.active, leafHash(body));
  }
  uuid(index) {
    const { treeId, log, offset } = this.#shardOf(index);
    return encodeHex(uintBytes(treeId, 8)) + encodeHex(log.store.leafHash(index - offset));
  }
  /** Returns an entry with its promise and its proof in the current tree. */
  answer(index, changes = {}) {
    const { log, offset } = this.#shardOf(index);
    const local = index - offset;
    const unchanged = { integratedTime: Math.floor(log.store.time(local).getTime() / 1e3), logIndex: index };
    const { integratedTime, logIndex, signingKey: signingKey2, checkpoint } = { ...unchanged, ...this.#answers, ...changes };
    const body = encodeBase64(log.body(local));
    const promised = { body, integratedTime, logID: encodeHex(log.logId), logIndex };
    const promise = (signingKey2 ?? this.key).sign(utf8(canonicalJson(promised)));
    const inclusionProof = {
      checkpoint: log.checkpoint(checkpoint),
      hashes: log.inclusionProof(local).map(encodeHex),
      logIndex: local,
      rootHash: encodeHex(log.root()),
      treeSize: log.size
    };
    const verification = { inclusionProof, signedEntryTimestamp: encodeBase64(promise) };
    return { uuid: this.uuid(index), entry: { ...promised, verification } };
  }
  /** Returns a log of the same name and key of which one shard, by default the active one, shows something else, or whose answers are changed. */
  showing({
    answers = {},
    shard = this.active,
    ...shown
  }) {
    const shards = this.#shards.map((one) => one === shard ? { ...one, log: one.log.showing(shown) } : one);
    return new _ShardedLog({ host: this.host, sources: this.#sources, storage: this.#storage, answers, shards });
  }
  #open(treeId) {
    const { host, key } = this;
    const store = new LogStore(this.#storage.folder(String(treeId)));
    const { clock } = this.#sources;
    const log = new TransparencyLog({
      origin: `${host} - ${treeId}`,
      signerName: host,
      key,
      store,
      clock,
      maxEntryLength: maxLeafLength
    });
    this.#shards.push({ treeId, log, offset: this.#shards.length === 0 ? 0 : this.size });
  }
  #shardOf(index) {
    const shard = this.#shards.findLast(({ offset }) => index >= offset);
    if (shard === void 0 || index >= this.size) throw new RangeError(`no entry ${index} in a log of ${this.size}`);
    return shard;
  }
};
function indexOf({ log, offset }, hash) {
  const index = log.store.findLeaf(hash);
  return index === void 0 ? void 0 : offset + index;
}
function hashOfKey2(key) {
  return hashOf("sha256", utf8(key));
}

// sandbox/seed.ts
var earlierShardSize = 7;
function seed(rekor, size) {
  while (rekor.log.size < size) rekor.add(seedRequest(rekor.log.size));
  return rekor;
}
function seedV1(rekor) {
  const { log } = rekor;
  while (log.shards.length === 1 && log.size < earlierShardSize) rekor.add(seedProposal(log.size));
  if (log.shards.length === 1) log.newShard();
  if (log.active.log.size === 0) rekor.add(seedProposal(log.size));
  return rekor;
}
function signDigest(number3) {
  const message2 = utf8(`entry ${number3} of a countersign sandbox`);
  const key = generateSigningKey("P-256");
  return { publicKey: key.publicKey, digest: hashOf("sha256", message2), signature: encodeBase64(key.sign(message2)) };
}
function seedRequest(number3) {
  const { publicKey, digest: digest2, signature: signature2 } = signDigest(number3);
  const verifier2 = { publicKey: { rawBytes: encodeBase64(publicKey) }, keyDetails: "PKIX_ECDSA_P256_SHA_256" };
  const rekord2 = { digest: encodeBase64(digest2), signature: { content: signature2, verifier: verifier2 } };
  return utf8(JSON.stringify({ hashedRekordRequestV002: rekord2 }));
}
function seedProposal(number3) {
  const { publicKey, digest: digest2, signature: signature2 } = signDigest(number3);
  const pem = utf8(encodePem("PUBLIC KEY", publicKey));
  const spec = {
    data: { hash: { algorithm: "sha256", value: encodeHex(digest2) } },
    signature: { content: signature2, publicKey: { content: encodeBase64(pem) } }
  };
  return utf8(JSON.stringify({ apiVersion: "0.0.1", kind: "hashedrekord", spec }));
}

// sandbox/misbehaviour/rekor-v1.ts
var entriesPath2 = "/api/v1/log/entries";
var rekorV1Misbehaviours = {
  ...rekorMisbehaviours("rekor-v1", servedLog2),
  "rekor-v1:wrong-consistency-proof": (parts2) => wrongConsistencyProof2(servedLog2(parts2)),
  "rekor-v1:changed-inactive-shard": (parts2) => {
    const { log } = parts2.rekorV1;
    const inactive = log.shards[0] ?? log.active;
    const store = new LyingStore(inactive.log.store, { replaced: strangeAt(0, servedLog2(parts2)) });
    const routes = new RekorV1Service(log.showing({ shard: inactive, store })).routes();
    return asWith(
      () => routes,
      (request) => !submits(request)
    );
  },
  "rekor-v1:without-checkpoint": () => withMembers(["checkpoint", "signedTreeHead"], () => void 0),
  "rekor-v1:another-entry": ({ rekorV1: { log } }) => (request, right) => {
    if (!submits(request)) return right();
    const { uuid, entry: entry2 } = log.answer(log.active.offset);
    return jsonResponse(201, { [uuid]: entry2 });
  },
  "rekor-v1:promise-by-another-key": answering(() => ({ signingKey: generateSigningKey("P-256") })),
  "rekor-v1:stale-integrated-time": answering((now) => ({ integratedTime: now - oneDay })),
  "rekor-v1:future-integrated-time": answering((now) => ({ integratedTime: now + oneDay }))
};
function answering(changes) {
  return ({ rekorV1: { log }, sources }) => asWith(() => {
    const answers = changes(Math.floor(sources.clock().getTime() / 1e3));
    return new RekorV1Service(log.showing({ answers })).routes();
  });
}
function servedLog2({ rekorV1: { log }, storage, sources }) {
  return {
    store: log.active.log.store,
    signer: log.active.log.signer,
    showing: (store) => new RekorV1Service(log.showing({ store })).routes(),
    changed: (checkpoints) => new RekorV1Service(log.showing({ checkpoints })).routes(),
    strange: () => {
      const strange = new RekorV1Service(
        new ShardedLog({ host: log.host, sources, storage: storage.folder("rekor-v1") })
      );
      if (strange.log.size === 0) strange.add(seedProposal(0));
      return strange.log.active.log.store;
    },
    spoilEntry: withOtherCharacter,
    submits,
    head: /^\/api\/v1\/log$/,
    readsEntries: (request) => request.url.pathname.startsWith(entriesPath2) && !submits(request)
  };
}
function submits(request) {
  return isPost(request) && request.url.pathname === entriesPath2;
}

// sandbox/misbehaviour/rekor-v2.ts
var checkpointPath = /^(?:\/api\/v2)?\/checkpoint$/;
var rekorV2Misbehaviours = {
  ...rekorMisbehaviours("rekor-v2", servedLog3),
  "rekor-v2:altered-tile": () => withBody((body) => flipped(body, 0), /\/tile\/\d/),
  "rekor-v2:collected-partials": (parts2) => collectedPartials2(servedLog3(parts2)),
  "rekor-v2:thawed-log": (parts2) => {
    const { log } = parts2.frozenRekor;
    const store = new LyingStore(log.store, { forgets: true });
    store.append(strangeAt(log.size, servedLog3(parts2)));
    const routes = new RekorService(log.showing({ store })).routes();
    return {
      "rekor-v2-frozen": asWith(
        () => routes,
        (request) => !isPost(request)
      )
    };
  },
  "rekor-v2:hundred-signatures": (parts2) => {
    const { signer, changed } = servedLog3(parts2);
    const strangers = Array.from(
      { length: 99 - parts2.witnesses.length },
      (_, at) => noteSigner(`stranger-${at + 1}.countersign.sandbox`, generateSigningKey("Ed25519"))
    );
    return always(changed({ signers: [signer, ...parts2.witnesses, ...strangers] }));
  },
  "rekor-v2:without-cosignatures": (parts2) => {
    const { signer, changed } = servedLog3(parts2);
    return always(changed({ signers: [signer] }));
  },
  "rekor-v2:cosignatures-by-another-key": cosigning(({ name, keyHash }, clock) => ({
    ...witness(name, generateSigningKey("Ed25519"), clock),
    keyHash
  })),
  "rekor-v2:stale-cosignatures": cosigning(
    ({ name, key }, clock) => witness(name, key, () => secondsAfter(clock(), -oneDay))
  ),
  "rekor-v2:future-cosignatures": cosigning(
    ({ name, key }, clock) => witness(name, key, () => secondsAfter(clock(), oneDay))
  ),
  "rekor-v2:without-checkpoint": () => {
    const without = withMembers(["checkpoint"], () => void 0);
    return (request, right) => checkpointPath.test(request.url.pathname) ? notFound2 : without(request, right);
  },
  "rekor-v2:another-entry": ({ rekor: { log } }) => (request, right) => isPost(request) ? jsonResponse(201, log.entry(0)) : right()
};
function cosigning(replace) {
  return (parts2) => {
    const { signer, changed } = servedLog3(parts2);
    const witnesses = parts2.witnesses.map((one) => replace(one, parts2.sources.clock));
    return always(changed({ signers: [signer, ...witnesses] }));
  };
}
function servedLog3({ rekor: { log }, storage }) {
  return {
    store: log.store,
    signer: log.signer,
    showing: (store) => new RekorService(log.showing({ store })).routes(),
    changed: (checkpoints) => new RekorService(log.showing({ checkpoints })).routes(),
    strange: () => {
      const store = new LogStore(storage.folder("rekor-v2"));
      const strange = new RekorService(new TransparencyLog({ origin: log.origin, store }));
      if (store.size === 0) strange.add(seedRequest(0));
      return store;
    },
    spoilEntry: withOtherCharacter,
    head: checkpointPath,
    readsEntries: ({ url }) => /\/tile\/entries\//.test(url.pathname)
  };
}

// sandbox/timestamp/query.ts
var hashOids = {
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3"
};
function readTimestampQuery(bytes2) {
  return readSequence(bytes2, (query) => {
    query.unsigned();
    const messageImprint = query.sequence();
    const hashOid = messageImprint.sequence().oid();
    const imprint = messageImprint.octetString();
    messageImprint.end();
    const policy = query.nextTag === tags.objectIdentifier ? query.oid() : void 0;
    const nonce = query.nextTag === tags.integer ? query.integerBytes() : void 0;
    const certificatesRequested = query.nextTag === tags.boolean ? query.boolean() : false;
    const hasExtensions = query.optional(contextTag(0, "constructed")) !== void 0;
    return { hashOid, imprint, policy, nonce, certificatesRequested, hasExtensions };
  });
}
function hashOfOid(oid) {
  return Object.keys(hashOids).find((hash) => hashOids[hash] === oid);
}

// sandbox/timestamp/token.ts
var oids = {
  signedData: "1.2.840.113549.1.7.2",
  timestampInfo: "1.2.840.113549.1.9.16.1.4",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47"
};
function encodeToken(profile) {
  const content = encodeTimestampInfo(profile);
  const signerInfo = encodeSignerInfo(profile, content);
  const { certificates } = profile;
  const signedData = der.sequence(
    der.integer(profile.signedDataVersion),
    der.set(hashAlgorithm(profile.digestHash)),
    der.sequence(der.oid(profile.contentType), der.context(0, der.octetString(content))),
    ...certificates === void 0 ? [] : [der.context(0, ...certificates)],
    der.set(...Array.from({ length: profile.signerInfos }, () => signerInfo))
  );
  return der.sequence(der.oid(oids.signedData), der.context(0, signedData));
}
function encodeTimestampInfo(profile) {
  const { accuracySeconds, nonce, authorityName } = profile;
  const hash = der.sequence(der.oid(hashOids[profile.imprintHash]), der.null());
  return der.sequence(
    der.integer(profile.version),
    der.oid(profile.policy),
    der.sequence(hash, der.octetString(profile.imprint)),
    der.unsigned(profile.serialNumber),
    generalizedTime(profile.genTime),
    ...accuracySeconds === void 0 ? [] : [der.sequence(der.integer(accuracySeconds))],
    ...nonce === void 0 ? [] : [der.element(tags.integer, nonce)],
    ...authorityName === void 0 ? [] : [der.context(0, encodeGeneralName({ kind: "directoryName", value: authorityName }))]
  );
}
function encodeSignerInfo(profile, content) {
  const attributes = profile.amendSignedAttributes?.(signedAttributes(profile, content));
  const attributeSet = attributes === void 0 ? void 0 : der.set(...attributes);
  const signature2 = profile.amendSignature(profile.signingKey.sign(attributeSet ?? content, profile.digestHash));
  return der.sequence(
    der.integer(1),
    der.sequence(encodeName(profile.signerIssuer), der.unsigned(profile.signerSerialNumber)),
    hashAlgorithm(profile.digestHash),
    ...attributeSet === void 0 ? [] : [attributeSet.with(0, 160)],
    signatureAlgorithm(profile.signingKey, profile.digestHash),
    der.octetString(signature2)
  );
}
function signedAttributes(profile, content) {
  const { signingTime, messageDigest, signingCertificate } = profile;
  return [
    signedAttribute(oids.contentType, der.oid(profile.contentType)),
    ...signingTime === void 0 ? [] : [signedAttribute(oids.signingTime, der.time(signingTime))],
    signedAttribute(oids.messageDigest, der.octetString(messageDigest ?? hashOf(profile.digestHash, content))),
    ...signingCertificate === void 0 ? [] : [signingCertificateAttribute(profile, signingCertificate)]
  ];
}
function signedAttribute(oid, ...values2) {
  return der.sequence(der.oid(oid), der.set(...values2));
}
function signingCertificateAttribute(profile, certificate) {
  const issuer = encodeGeneralName({ kind: "directoryName", value: profile.signerIssuer });
  const issuerSerial = der.sequence(der.sequence(issuer), der.unsigned(profile.signerSerialNumber));
  const certificateId = der.sequence(der.octetString(hashOf("sha256", certificate)), issuerSerial);
  return signedAttribute(oids.signingCertificateV2, der.sequence(der.sequence(certificateId)));
}
function hashAlgorithm(hash) {
  return der.sequence(der.oid(hashOids[hash]));
}
function generalizedTime(time2) {
  const [, whole = "", fraction = ""] = /^(.{14})(\d*)Z$/.exec(time2.toISOString().replace(/[-:T.]/g, "")) ?? [];
  const digits = fraction.replace(/0+$/, "");
  return der.element(tags.generalizedTime, utf8(`${whole}${digits === "" ? "" : `.${digits}`}Z`));
}

// sandbox/timestamp/timestamp-authority.ts
var failures = { badAlg: 0, badRequest: 2, badDataFormat: 5, unacceptedPolicy: 15, unacceptedExtension: 16 };
var policyOid = "1.3.6.1.4.1.57264.2";
var granted = 0;
var rejection = 2;
var TimestampAuthority = class {
  root;
  signer;
  #sources;
  #precision;
  constructor(options) {
    const { sources, kind = "P-384", precision = "second", root = {}, signer = {} } = options;
    const { certificates, subject } = authorityDefaults(options);
    this.#sources = sources;
    this.#precision = precision;
    const rootRole = { name: "timestamp-root", subject: subject("timestamp-root"), pathLength: 0, codeSigning: false };
    this.root = certifyAuthority({ ...certificates, ...rootRole, overrides: root }, sources);
    const role = { name: "timestamp", subject: subject("timestamp"), kind, issuer: this.root };
    this.signer = certifyTimestampSigner({ ...certificates, ...role, overrides: signer }, sources);
  }
  /** The certificates of the authority, DER, in the order of a trusted root: the root last. */
  get chain() {
    return [this.signer.certificate, this.root.certificate];
  }
  /** Returns a granted TimeStampResp, DER, which is a bundle's `signedTimestamp`. */
  timestamp(request) {
    const { signer } = this;
    const now = this.#sources.clock();
    const genTime = request.genTime ?? (this.#precision === "second" ? wholeSecond(now) : now);
    const token = encodeToken({
      version: 1,
      policy: policyOid,
      imprintHash: "sha256",
      serialNumber: freshSerialNumber(this.#sources.random),
      genTime,
      accuracySeconds: 1,
      nonce: void 0,
      authorityName: signer.profile.subject,
      signedDataVersion: 3,
      contentType: oids.timestampInfo,
      certificates: [],
      signerInfos: 1,
      signerIssuer: signer.profile.issuer,
      signerSerialNumber: signer.profile.serialNumber,
      digestHash: "sha256",
      signingTime: genTime,
      messageDigest: void 0,
      signingCertificate: signer.certificate,
      amendSignedAttributes: (attributes) => attributes,
      signingKey: signer.key,
      amendSignature: (signature2) => signature2,
      ...request
    });
    return timestampResponse(granted, token);
  }
  /**
   * Answers a TimeStampReq with a token, perhaps changed, or with a rejection and its reason.
   *
   * @throws CountersignError `DER_INVALID` if it is not a TimeStampReq
   */
  respond(query, overrides = {}) {
    const request = readTimestampQuery(query);
    const imprintHash = hashOfOid(request.hashOid);
    const failure = this.#failureOf(request, imprintHash);
    if (imprintHash === void 0 || failure !== void 0) return rejectionOf(failure ?? "badAlg");
    return this.timestamp({
      imprint: request.imprint,
      imprintHash,
      nonce: request.nonce,
      certificates: request.certificatesRequested ? [this.signer.certificate] : [],
      ...overrides
    });
  }
  routes(path) {
    return [{ method: "POST", path, handle: ({ headers, body }) => this.#answer(headers["content-type"], body) }];
  }
  #answer(contentType, body) {
    if (contentType !== "application/timestamp-query") {
      return jsonResponse(415, { code: 415, message: `unsupported media type "${String(contentType)}"` });
    }
    try {
      return { status: 200, headers: { "content-type": "application/timestamp-reply" }, body: this.respond(body) };
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      return jsonResponse(400, { code: 400, message: `Error parsing timestamp request: ${error.message}` });
    }
  }
  #failureOf(request, hash) {
    if (hash === void 0) return "badAlg";
    if (request.imprint.length !== hashLengths[hash]) return "badDataFormat";
    if (request.policy !== void 0 && request.policy !== policyOid) return "unacceptedPolicy";
    return request.hasExtensions ? "unacceptedExtension" : void 0;
  }
};
function timestampResponse(status, token) {
  return der.sequence(der.sequence(der.integer(status)), ...token === void 0 ? [] : [token]);
}
function rejectionOf(failure) {
  const text2 = der.sequence(der.utf8String(failure));
  return der.sequence(der.sequence(der.integer(rejection), text2, der.namedBits(failures[failure])));
}

// sandbox/misbehaviour/timestamp.ts
var rejection2 = 2;
var timestampMisbehaviours = {
  "timestamp:stale-time": stamping(({ sources }) => ({ genTime: secondsAfter(sources.clock(), -oneDay) })),
  "timestamp:future-time": stamping(({ sources }) => ({ genTime: secondsAfter(sources.clock(), oneDay) })),
  "timestamp:another-nonce": stamping(() => ({ nonce: new Uint8Array([42]) })),
  "timestamp:without-nonce": stamping(() => ({ nonce: void 0 })),
  "timestamp:another-imprint": stamping(() => ({ imprint: new Uint8Array(32).fill(42) })),
  "timestamp:another-key": stamping(({ timestampAuthority: { signer } }) => ({
    signingKey: generateSigningKey(signer.key.kind)
  })),
  "timestamp:certificate-without-usage": certified2({ extendedKeyUsage: void 0 }),
  "timestamp:certificate-of-wrong-usage": certified2({
    extendedKeyUsage: { critical: true, purposes: [keyPurposes.codeSigning] }
  }),
  "timestamp:rejected": () => () => reply(timestampResponse(rejection2, void 0))
};
function stamping(changes) {
  return (parts2) => ({ body }) => reply(parts2.timestampAuthority.respond(body, changes(parts2)));
}
function certified2(overrides) {
  return ({ timestampAuthority, sources }) => {
    const { root, signer } = timestampAuthority;
    const { subject, notBefore, notAfter } = signer.profile;
    const options = { subject, kind: signer.key.kind, issuer: root, notBefore, notAfter, overrides };
    const { key, profile, certificate } = certifyTimestampSigner(options, sources);
    const changes = {
      signingKey: key,
      signerSerialNumber: profile.serialNumber,
      signingCertificate: certificate,
      certificates: [certificate]
    };
    return ({ body }) => reply(timestampAuthority.respond(body, changes));
  };
}
function reply(body) {
  return { status: 200, headers: { "content-type": "application/timestamp-reply" }, body };
}

// sandbox/tuf/tuf-key.ts
function tufKey(key) {
  const listed = listedKey(key);
  return { id: encodeHex(hashOf("sha256", utf8(olpcJson(listed)))), key, listed };
}
function listedKey({ kind, publicKey }) {
  if (kind === "P-256") {
    const keyval = { public: encodePem("PUBLIC KEY", publicKey) };
    return { keytype: "ecdsa", scheme: "ecdsa-sha2-nistp256", keyval };
  }
  if (kind !== "Ed25519") throw new RangeError(`TUF has no scheme for ${kind} that all clients know`);
  return { keytype: "ed25519", scheme: "ed25519", keyval: { public: encodeHex(keyBits(publicKey)) } };
}
function olpcJson(value) {
  if (typeof value === "string") return `"${value.replace(/["\\]/g, "\\$&")}"`;
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new RangeError(`${value} is not an integer`);
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(olpcJson).join(",")}]`;
  const members2 = Object.entries(value).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))).map(([name, member2]) => `${olpcJson(name)}:${olpcJson(member2)}`);
  return `{${members2.join(",")}}`;
}

// sandbox/tuf/metadata.ts
var thresholds = { root: 2, targets: 2, snapshot: 1, timestamp: 1 };
var specificationVersion = "1.0.31";
function encodeMetadata(metadata, { amend, spoil, ...changes } = {}) {
  const { role, version, expires, content, signers } = { ...metadata, ...changes };
  const common = { _type: role, spec_version: specificationVersion, version, expires: metadataTime(expires) };
  const plain3 = { ...common, ...content };
  const file = signMetadata(amend?.(plain3) ?? plain3, signers);
  return spoil?.(file) ?? file;
}
function metadataTime(time2) {
  return wholeSecond(time2).toISOString().replace(".000Z", "Z");
}
function signMetadata(signed, signers) {
  const text2 = utf8(olpcJson(signed));
  const signatures = signers.map(({ id: id2, key }) => ({ keyid: id2, sig: encodeHex(key.sign(text2)) }));
  return utf8(JSON.stringify({ signatures, signed }, void 0, 1));
}
function rootContent(keysOf) {
  const names = Object.keys(thresholds);
  const roles = names.map((name) => [name, { keyids: keysOf(name).map(({ id: id2 }) => id2), threshold: thresholds[name] }]);
  const keys2 = names.flatMap(keysOf).map(({ id: id2, listed }) => [id2, listed]);
  return { consistent_snapshot: true, keys: Object.fromEntries(keys2), roles: Object.fromEntries(roles) };
}
function fileInfo(bytes2) {
  return { length: bytes2.length, hashes: { sha256: encodeHex(hashOf("sha256", bytes2)) } };
}

// sandbox/tuf/tuf-repository.ts
var oneWeek = 7 * 24 * 3600;
var oneYear = 365 * 24 * 3600;
var keyNames = { offline: ["offline-1", "offline-2", "offline-3"], online: ["online"] };
var TufRepository = class {
  /** The served files by their paths. Any file can be put here. */
  files;
  #sources;
  #storage;
  #kind;
  #timestampLifetime;
  #targets;
  #versions;
  #keys;
  #current;
  constructor(options) {
    const { sources, targets = {}, storage = new MemoryStorage() } = options;
    this.#sources = sources;
    this.#storage = storage;
    this.#kind = options.kind ?? "P-256";
    this.#timestampLifetime = options.timestampLifetimeSeconds ?? oneWeek;
    this.#targets = new Map(Object.entries(targets));
    this.files = readFiles(storage);
    this.#versions = readVersions(this.files);
    if (this.rootVersion === 0) {
      this.#keys = { offline: this.#keysOfRoot(1, "offline"), online: this.#keysOfRoot(1, "online") };
      this.#publishRoot();
    } else {
      const names = storage.folder("keys").names();
      const known = names.filter((name) => name.endsWith(".key")).map((name) => this.#key(name.slice(0, -4)));
      const { roles, expires } = JSON.parse(this.root(this.rootVersion)).signed;
      this.#keys = {
        offline: known.filter(({ id: id2 }) => roles.root.keyids.includes(id2)),
        online: known.filter(({ id: id2 }) => roles.timestamp.keyids.includes(id2))
      };
      if (new Date(expires) < secondsAfter(sources.clock(), oneYear / 2)) this.#publishRoot();
    }
    this.publish();
  }
  /** The first root, from which clients start. */
  get rootJson() {
    return this.root(1);
  }
  get rootVersion() {
    return this.#versions.root;
  }
  /** @throws RangeError if there is no such version */
  root(version) {
    const text2 = decodeUtf8(this.files.get(`${version}.root.json`) ?? new Uint8Array());
    if (!text2) throw new RangeError(`no root ${version}`);
    return text2;
  }
  /** Returns the current keys of a role. */
  keysOf(role) {
    return this.#keys[role === "root" || role === "targets" ? "offline" : "online"];
  }
  /** Replaces all keys, or all but the online one, by a root that the old and the new keys sign. */
  rotateRoot(changes = {}, { online = true } = {}) {
    const old = this.#keys;
    const next = this.rootVersion + 1;
    const offline = this.#keysOfRoot(next, "offline");
    this.#keys = { offline, online: online ? this.#keysOfRoot(next, "online") : old.online };
    this.#publishRoot({ signers: [...old.offline, ...offline], ...changes });
    this.publish();
  }
  /** Adds or replaces a target, and publishes it. */
  setTarget(name, bytes2) {
    this.#targets.set(name, bytes2);
    this.publish();
  }
  /** Publishes the next versions of targets, snapshot and timestamp. */
  publish(changes = {}) {
    for (const [name, bytes2] of this.#targets) this.#put(hashedPath(name, bytes2), bytes2);
    const targets = { targets: Object.fromEntries([...this.#targets].map(([name, bytes2]) => [name, fileInfo(bytes2)])) };
    const targetsFile = this.#publish("targets", oneYear, targets, changes.targets);
    const snapshot = { meta: { "targets.json": { version: this.#versions.targets, ...fileInfo(targetsFile) } } };
    const snapshotFile = this.#publish("snapshot", oneYear, snapshot, changes.snapshot);
    this.#publishTimestamp(snapshotFile, changes.timestamp);
  }
  routes(path) {
    const handle = ({ url }) => this.#serve(url.pathname.slice(path.length + 1));
    return [{ method: "GET", path: `${path}/*`, handle }];
  }
  #serve(path) {
    if (path === "timestamp.json") this.#renew();
    const body = this.files.get(path) ?? refuse2("notFound", "Not Found");
    return { status: 200, headers: { "content-type": "application/json" }, body };
  }
  #publishRoot(changes) {
    this.#publish(
      "root",
      oneYear,
      rootContent((role) => this.keysOf(role)),
      changes
    );
  }
  #publish(role, lifetime2, content, changes = {}) {
    this.#versions[role] += 1;
    const version = this.#versions[role];
    const expires = secondsAfter(this.#sources.clock(), lifetime2);
    const file = encodeMetadata({ role, version, expires, content, signers: this.keysOf(role) }, changes);
    this.#put(role === "timestamp" ? "timestamp.json" : `${version}.${role}.json`, file);
    return file;
  }
  #publishTimestamp(snapshotFile, changes) {
    const content = { meta: { "snapshot.json": { version: this.#versions.snapshot, ...fileInfo(snapshotFile) } } };
    const lifetime2 = this.#timestampLifetime;
    const timestamp = this.#publish("timestamp", lifetime2, content, changes);
    this.#current = lifetime2 < 0 ? void 0 : { timestamp, until: secondsAfter(this.#sources.clock(), lifetime2 / 2) };
  }
  /** Signs the timestamp again if half of its lifetime is over, unless the file was replaced. */
  #renew() {
    const current = this.#current;
    if (current === void 0 || this.files.get("timestamp.json") !== current.timestamp) return;
    const snapshot = this.files.get(`${this.#versions.snapshot}.snapshot.json`);
    if (snapshot !== void 0 && this.#sources.clock() > current.until) this.#publishTimestamp(snapshot);
  }
  #put(path, bytes2) {
    this.files.set(path, bytes2);
    const [, folder2, name = path] = /^(?:(.*)\/)?([^/]*)$/.exec(path) ?? [];
    (folder2 === void 0 ? this.#storage : this.#storage.folder(folder2)).write(name, bytes2);
  }
  /** Returns the keys of a version of the root, which are generated if they are not in the storage. */
  #keysOfRoot(version, role) {
    return keyNames[role].map((name) => this.#key(`root-${version}-${name}`));
  }
  #key(name) {
    return tufKey(keptSigningKey(this.#storage.folder("keys"), name, this.#kind));
  }
};
function readFiles(storage) {
  const filesIn = (folder2, path) => folder2.names().map((name) => [path + name, folder2.read(name) ?? new Uint8Array()]);
  return new Map([...filesIn(storage, ""), ...filesIn(storage.folder("targets"), "targets/")]);
}
function readVersions(files) {
  const names = [...files.keys()].map((path) => path.split("."));
  const latest = (role) => Math.max(0, ...names.map(([version, name, type]) => name === role && type === "json" ? Number(version) : 0));
  const file = files.get("timestamp.json");
  const timestamp = file === void 0 ? 0 : JSON.parse(decodeUtf8(file) ?? "").signed.version;
  return { root: latest("root"), targets: latest("targets"), snapshot: latest("snapshot"), timestamp };
}
function hashedPath(name, bytes2) {
  return `targets/${name}`.replace(/[^/]*$/, (last) => `${encodeHex(hashOf("sha256", bytes2))}.${last}`);
}

// sandbox/misbehaviour/tuf.ts
var tufMisbehaviours = {
  "tuf:expired-timestamp": ({ tuf, sources }) => timestampRole({ expires: metadataTime(secondsAfter(sources.clock(), -oneDay)) }, () => tuf.keysOf("timestamp")),
  "tuf:rolled-back-timestamp": ({ tuf }) => timestampRole({ version: 1 }, () => tuf.keysOf("timestamp")),
  "tuf:timestamp-by-another-key": () => {
    const stranger = tufKey(generateSigningKey("P-256"));
    return timestampRole({}, () => [stranger]);
  },
  "tuf:altered-target": () => withBody((body) => flipped(body, -2), /\/targets\//)
};
function timestampRole(changes, signers) {
  return withBody((body) => {
    const { signed } = JSON.parse(decodeUtf8(body) ?? "");
    return signMetadata({ ...signed, ...changes }, signers());
  }, /\/timestamp\.json$/);
}

// sandbox/misbehaviour/witness.ts
var checkpointPath2 = /\/checkpoint$/;
var witnessMisbehaviours = {
  "witness:forked-tree": forking((signer) => signer),
  "witness:stale-checkpoint": () => remembering(checkpointPath2),
  "witness:checkpoint-by-another-key": forking(({ name, key, keyHash }) => ({
    ...noteSigner(name, generateSigningKey(key.kind)),
    keyHash
  })),
  "witness:without-cosignature": ({ witnesses }) => withBody((body) => {
    const names = witnesses.map(({ name }) => `\u2014 ${name} `);
    const lines = Buffer.from(body).toString().split(/(?<=\n)/);
    return utf8(lines.filter((line) => !names.some((name) => line.startsWith(name))).join(""));
  }, checkpointPath2)
};
function forking(signerOf) {
  return (parts2) => {
    const log = servedLog3(parts2);
    const { origin } = parts2.rekor.log;
    const fork = new LyingStore(log.store, { replaced: strangeAt(0, log) });
    const signer = signerOf(log.signer);
    const path = `/${encodeHex(hashOf("sha256", utf8(origin)))}/checkpoint`;
    return ({ url }, right) => {
      const witness2 = parts2.witnessServices.find(([prefix3]) => url.pathname === prefix3 + path);
      if (witness2 === void 0) return right();
      const text2 = checkpointText({ origin, size: fork.size, root: fork.tree.root(), extensionLines: [] });
      const body = utf8(signNote(text2, [signer, ...witness2[1].signers]));
      return { status: 200, headers: { "content-type": "text/plain; charset=utf-8" }, body };
    };
  };
}

// sandbox/misbehaviour/misbehaviours.ts
var misbehaviours = {
  ...oidcMisbehaviours,
  ...fulcioMisbehaviours,
  ...certificateLogMisbehaviours,
  ...timestampMisbehaviours,
  ...rekorV1Misbehaviours,
  ...rekorV2Misbehaviours,
  ...witnessMisbehaviours,
  ...tufMisbehaviours,
  ...registryMisbehaviours,
  ...transportMisbehaviours
};
var Misbehaviours = class {
  #faults;
  #parts;
  #begun = [];
  constructor(faults, parts2) {
    this.#faults = faults;
    this.#parts = parts2;
  }
  /** The misbehaviours that are on, in the order in which they began. */
  get names() {
    return this.#begun.map(({ name }) => name);
  }
  /** Begins a misbehaviour. If several change the same answer, the latest is applied last. */
  begin(name, times = Number.POSITIVE_INFINITY) {
    demandCompatible([...this.names, name]);
    this.#begun = [...this.#begun, { name, times, answers: this.#answersOf(name, times) }];
  }
  /** Begins the misbehaviours of a service again, whose parts have changed. */
  renew(service) {
    this.#begun = this.#begun.map(
      (one) => serviceOf(one.name) === service && one.answers.length > 0 ? { ...one, answers: this.#answersOf(one.name, one.times) } : one
    );
  }
  #answersOf(name, times) {
    const misbehaviour = misbehaviours[name];
    if (typeof misbehaviour === "object") {
      this.#faults.set(serviceOf(name), misbehaviour.fault(), times);
      return [];
    }
    const begun = misbehaviour(this.#parts);
    const answers = typeof begun === "function" ? { [serviceOf(name)]: begun } : begun;
    return Object.entries(answers).map(([place, answer]) => [place, counted(answer, times)]);
  }
  /** Ends all misbehaviours, and all faults. */
  end() {
    this.#faults.clear();
    this.#begun = [];
  }
  /** Returns the routes of a service, or of another place, with the misbehaviours that are on when a request comes. */
  over(place, routes) {
    return routes.map((route) => ({
      ...route,
      handle: (request) => {
        let handle = async () => route.handle(request);
        for (const [name, answer] of this.#begun.flatMap(({ answers }) => answers)) {
          const right = handle;
          if (name === place) handle = async () => answer(request, right);
        }
        return handle();
      }
    }));
  }
};
function counted(answer, times) {
  let { skip = 0, times: left = Number.POSITIVE_INFINITY } = typeof times === "number" ? { times } : times;
  return (request, right) => {
    if (skip-- > 0 || left <= 0) return right();
    left -= 1;
    return answer(request, right);
  };
}

// sandbox/releases/release-authority.ts
import { createHash as createHash4 } from "node:crypto";

// sandbox/trust/trusted-root.ts
var keyDetails = {
  "P-256": "PKIX_ECDSA_P256_SHA_256",
  "P-384": "PKIX_ECDSA_P384_SHA_384",
  "P-521": "PKIX_ECDSA_P521_SHA_512",
  Ed25519: "PKIX_ED25519"
};
function trustedRoot(trusted) {
  const {
    certificateAuthorities = [],
    certificateLogs = [],
    transparencyLogs = [],
    timestampAuthorities = []
  } = trusted;
  return {
    mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
    tlogs: transparencyLogs.map((log) => logInstance(log, log.service.signer.key)),
    certificateAuthorities: certificateAuthorities.map(authority),
    ctlogs: certificateLogs.map((log) => logInstance(log, log.service.key)),
    timestampAuthorities: timestampAuthorities.map(authority)
  };
}
function logInstance(log, { publicKey, kind }) {
  return {
    baseUrl: log.url,
    hashAlgorithm: "SHA2_256",
    publicKey: { rawBytes: encodeBase64(publicKey), keyDetails: keyDetails[kind], validFor: validFor(log) },
    logId: { keyId: encodeBase64(log.service.logId) }
  };
}
function authority({ service, url, ...window }) {
  return {
    subject: { organization: "countersign-sandbox", commonName: "countersign-sandbox" },
    uri: url,
    certChain: { certificates: service.chain.map((certificate) => ({ rawBytes: encodeBase64(certificate) })) },
    validFor: validFor(window)
  };
}
function validFor({ start: start2, end }) {
  return { start: start2.toISOString(), ...end === void 0 ? {} : { end: end.toISOString() } };
}

// sandbox/trust/signing-config.ts
function signingConfig(urls, logs, start2) {
  const service = ({ url, majorApiVersion, end }) => ({
    url,
    majorApiVersion,
    validFor: validFor(end === void 0 ? { start: start2 } : { start: start2, end }),
    operator: "countersign-sandbox"
  });
  return {
    mediaType: "application/vnd.dev.sigstore.signingconfig.v0.2+json",
    caUrls: [service({ url: urls.fulcio, majorApiVersion: 1 })],
    oidcUrls: [service({ url: urls.personIssuer, majorApiVersion: 1 })],
    rekorTlogUrls: logs.map(service),
    rekorTlogConfig: { selector: "ANY" },
    tsaUrls: [service({ url: urls.timestamp, majorApiVersion: 1 })],
    tsaConfig: { selector: "ANY" }
  };
}

// sandbox/releases/release-authority.ts
var exampleRelease = {
  repository: "example-org/example-repo",
  tag: "v1.2.3",
  commit: "c0ffee".padEnd(40, "0"),
  ownerId: "6000001",
  repositoryId: "700000001",
  assets: { "app.tar.gz": utf8("an app"), "app.zip": utf8("the same app") }
};
var day = 24 * 3600;
var statementType = "application/vnd.in-toto+json";
var ReleaseAuthority = class {
  root;
  /** The issuer of the release service's certificate, and of the issuer of job certificates. */
  intermediate;
  /** The issuer of job certificates. */
  jobs;
  timestampAuthority;
  #key;
  #sources;
  #notBefore;
  constructor(options) {
    const { sources, storage = new MemoryStorage() } = options;
    const { certificates, subject } = authorityDefaults({ ...options, storage });
    this.#sources = sources;
    this.#notBefore = certificates.notBefore;
    const certify2 = (role, issuer, pathLength, codeSigning) => certifyAuthority(
      { ...certificates, name: role, subject: subject(role), pathLength, codeSigning, ...issuer && { issuer } },
      sources
    );
    this.root = certify2("github-root", void 0, 2, false);
    this.intermediate = certify2("github-l1", this.root, 1, false);
    this.jobs = certify2("github-l2", this.intermediate, 0, true);
    this.timestampAuthority = new TimestampAuthority({ ...options, storage });
    this.#key = keptSigningKey(storage, "github-releases", "P-256");
  }
  /** The certificates of the authority, DER, in the order of a trusted root: the root last. */
  get chain() {
    return [this.jobs, this.intermediate, this.root].map(({ certificate }) => certificate);
  }
  /** The trusted root of this instance, which has no logs. */
  get trustedRoot() {
    const start2 = this.#notBefore;
    return trustedRoot({
      certificateAuthorities: [{ service: this, url: "fulcio.github.sandbox", start: start2 }],
      timestampAuthorities: [{ service: this.timestampAuthority, url: "timestamp.github.sandbox", start: start2 }]
    });
  }
  /** Returns the bundle about a release. */
  attest(release, { statement = (same) => same, leaf = {}, timestamp = {} } = {}) {
    const payload = utf8(JSON.stringify(statement(statementOf(release))));
    const signature2 = this.#key.sign(
      utf8(`DSSEv1 ${statementType.length} ${statementType} ${payload.length} ${Buffer.from(payload).toString()}`)
    );
    const imprint = new Uint8Array(createHash4("sha256").update(signature2).digest());
    const signedTimestamp = this.timestampAuthority.timestamp({ imprint, ...timestamp });
    return {
      mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
      verificationMaterial: {
        certificate: { rawBytes: encodeBase64(this.#certificate(leaf)) },
        timestampVerificationData: { rfc3161Timestamps: [{ signedTimestamp: encodeBase64(signedTimestamp) }] }
      },
      dsseEnvelope: {
        payload: encodeBase64(payload),
        payloadType: statementType,
        signatures: [{ sig: encodeBase64(signature2) }]
      }
    };
  }
  #certificate(overrides) {
    const { key, profile } = this.intermediate;
    const { publicKey } = this.#key;
    return signCertificate({
      serialNumber: freshSerialNumber(this.#sources.random),
      issuer: profile.subject,
      subject: { organization: "countersign-sandbox", commonName: "Attester" },
      notBefore: this.#notBefore,
      notAfter: secondsAfter(this.#notBefore, 365 * day),
      publicKey,
      keyUsage: ["digitalSignature"],
      extendedKeyUsage: { critical: false, purposes: [keyPurposes.codeSigning] },
      basicConstraints: { authority: false },
      subjectKeyIdentifier: keyIdentifierOf(publicKey),
      authorityKeyIdentifier: key.keyIdentifier,
      subjectAlternativeNames: {
        critical: false,
        names: [{ kind: "uniformResourceIdentifier", value: "https://dotcom.releases.github.com" }]
      },
      additionalExtensions: [],
      signingKey: key,
      signatureHash: void 0,
      ...overrides
    });
  }
};
function statementOf({ repository, tag: tag2, commit: commit4, ownerId, repositoryId, assets }) {
  const purl = `pkg:github/${repository}@${encodeURIComponent(tag2)}`;
  const sha2563 = (bytes2) => createHash4("sha256").update(bytes2).digest("hex");
  return {
    _type: "https://in-toto.io/Statement/v1",
    subject: [
      { uri: purl, digest: { sha1: commit4 } },
      ...Object.entries(assets).map(([name, bytes2]) => ({ name, digest: { sha256: sha2563(bytes2) } }))
    ],
    predicateType: "https://in-toto.io/attestation/release/v0.2",
    predicate: { databaseId: "1", ownerId, packageId: repositoryId, purl, repository, repositoryId, tag: tag2 }
  };
}

// sandbox/runner/run-action.ts
import { basename, resolve } from "node:path";

// sandbox/runner/action-reference.ts
function parseActionReference(uses, self) {
  if (uses.startsWith("./") || uses === ".") return { kind: "local", uses, path: uses };
  if (uses.startsWith("$/")) {
    if (uses.includes("@")) fail("USAGE", `A reference to the same repository has no ref: ${uses}`);
    if (self === void 0) fail("USAGE", `Unable to resolve self-reference '${uses}'`);
    const path2 = uses.slice(2);
    return { kind: "remote", uses, repository: self.repository, path: path2, ref: self.sha };
  }
  const [, repository, path = "", ref] = /^([^./@][^/@]*\/[^/@]+)(?:\/([^@]*))?@(.+)$/.exec(uses) ?? [];
  if (repository === void 0 || ref === void 0) {
    fail("USAGE", `This runner supports ./path, owner/repository@ref and $/path, not ${uses}`);
  }
  if (`${path}/${ref}`.split("/").includes("..")) fail("USAGE", `${uses} points outside of its repository`);
  return { kind: "remote", uses, repository, path, ref };
}

// sandbox/runner/caseless-map.ts
var CaselessMap = class extends Map {
  set(name, value) {
    return super.set(this.#spelling(name), value);
  }
  get(name) {
    return super.get(this.#spelling(name));
  }
  has(name) {
    return super.has(this.#spelling(name));
  }
  delete(name) {
    return super.delete(this.#spelling(name));
  }
  #spelling(name) {
    if (super.has(name)) return name;
    for (const known of this.keys()) if (known.toLowerCase() === name.toLowerCase()) return known;
    return name;
  }
};

// sandbox/runner/environment.ts
import { arch, platform } from "node:os";
import { dirname, join as join3 } from "node:path";

// sandbox/runner/manifest.ts
var import_yaml = __toESM(require_dist(), 1);
import { readFileSync as readFileSync2, statSync } from "node:fs";
import { join as join2 } from "node:path";
var manifestNames = ["action.yml", "action.yaml"];
var runsKeys = /* @__PURE__ */ new Set(["using", "main", "pre", "pre-if", "post", "post-if"]);
function readManifest2(actionDirectory) {
  for (const name of manifestNames) {
    const path = join2(actionDirectory, name);
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) return parseManifest(readFileSync2(path, "utf8"));
  }
  return fail("USAGE", `No ${manifestNames.join(" or ")} in ${actionDirectory}`);
}
function parseManifest(text2) {
  const document = (0, import_yaml.parseDocument)(text2);
  const [problem2] = document.errors;
  if (problem2 !== void 0) fail("USAGE", `The action manifest is not valid YAML: ${problem2.message}`);
  const root = asMap(document.contents, "The action manifest");
  const runs = asMap(member(root, "runs"), "The action manifest's runs");
  const using = runtime(scalarText(member(runs, "using"), "runs.using"));
  for (const key of keys(runs)) {
    if (!runsKeys.has(key)) fail("USAGE", `runs in the action manifest has an unknown key: ${key}`);
  }
  const main = scalarText(member(runs, "main"), "runs.main");
  if (main === void 0 || main === "") fail("USAGE", "runs in the action manifest has no main");
  return {
    name: scalarText(member(root, "name"), "name"),
    inputs: readInputs(member(root, "inputs")),
    outputs: (0, import_yaml.isMap)(member(root, "outputs")) ? keys(asMap(member(root, "outputs"), "outputs")) : [],
    using,
    main,
    pre: readStage(runs, "pre"),
    post: readStage(runs, "post")
  };
}
function readStage(runs, stage) {
  const script = scalarText(member(runs, stage), `runs.${stage}`);
  if (script === void 0 || script === "") return void 0;
  return { script, condition: scalarText(member(runs, `${stage}-if`), `runs.${stage}-if`) || "always()" };
}
function runtime(using) {
  const name = using?.toLowerCase();
  if (name === "node20" || name === "node24") return name;
  return fail("USAGE", `The action runs using ${using ?? "nothing"}; this runner supports node20 and node24`);
}
function readInputs(node) {
  if (node === void 0 || (0, import_yaml.isScalar)(node) && node.value === null) return [];
  const inputs = asMap(node, "The action manifest's inputs");
  return keys(inputs).map((name) => {
    const value = member(inputs, name);
    if (!(0, import_yaml.isMap)(value)) return { name, default: void 0, deprecationMessage: void 0 };
    return {
      name,
      default: scalarText(member(value, "default"), `inputs.${name}.default`),
      deprecationMessage: scalarText(
        member(value, "deprecationMessage"),
        `inputs.${name}.deprecationMessage`
      )
    };
  });
}
function asMap(node, what) {
  return (0, import_yaml.isMap)(node) ? node : fail("USAGE", `${what} is not a mapping`);
}
function keys(map) {
  return map.items.map(({ key }) => (0, import_yaml.isScalar)(key) ? String(key.value) : String(key));
}
function member(map, name) {
  const value = map.get(name, true);
  return value === null || value === void 0 ? void 0 : value;
}
function scalarText(node, what) {
  if (node === void 0) return void 0;
  if (!(0, import_yaml.isScalar)(node)) return fail("USAGE", `The action manifest's ${what} is not a scalar`);
  return node.value === null ? "" : String(node.value);
}
function resolveInputs(manifest, given, context) {
  const values2 = new Map(Object.entries(given));
  const namesGiven = new Set([...values2.keys()].map((name) => name.toLowerCase()));
  const declared = new Set(manifest.inputs.map(({ name }) => name.toLowerCase()));
  const warnings = [];
  for (const input of manifest.inputs) {
    if (!namesGiven.has(input.name.toLowerCase())) {
      values2.set(input.name, evaluateDefault(input.name, input.default ?? "", context));
    } else if (input.deprecationMessage !== void 0) {
      warnings.push(`Input '${input.name}' has been deprecated with message: ${input.deprecationMessage}`);
    }
  }
  const unexpected = Object.keys(given).filter((name) => !declared.has(name.toLowerCase()));
  if (unexpected.length > 0) {
    const valid = manifest.inputs.map(({ name }) => `'${name}'`).join(", ");
    warnings.push(`Unexpected input(s) '${unexpected.join("', '")}', valid inputs are [${valid}]`);
  }
  return { values: values2, warnings };
}
function evaluateDefault(input, text2, context) {
  return text2.replace(/\$\{\{([\s\S]*?)\}\}/g, (_, expression) => {
    const [, name] = /^\s*github\.([a-z_][a-z0-9_-]*)\s*$/i.exec(expression) ?? [];
    if (name === void 0 || name.toLowerCase() === "event") {
      fail(
        "USAGE",
        `The default of the input ${input} is the expression \${{${expression}}}; this runner evaluates github.NAME alone`
      );
    }
    return context.get(name.toLowerCase()) ?? "";
  });
}
function inputVariable(name) {
  return `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`;
}

// sandbox/runner/environment.ts
function repositoryContext(given = {}) {
  return { ...pushToMain2(given), ...given };
}
function pushToMain2({
  repository = "octo-org/octo-repo",
  ref = "refs/heads/main",
  sha = "0123456789abcdef0123456789abcdef01234567",
  actor = "octocat"
}) {
  return {
    // For an action of the repository itself, the runner sets both to the empty string.
    action_ref: "",
    action_repository: "",
    actor,
    actor_id: "583231",
    // Clients take any other server for an enterprise server, and refuse to work with it; only the service URLs may be redirected.
    api_url: "https://api.github.com",
    base_ref: "",
    event_name: "push",
    graphql_url: "https://api.github.com/graphql",
    head_ref: "",
    job: "sandbox",
    ref,
    ref_name: ref.replace(/^refs\/(?:heads|tags|pull)\//, ""),
    ref_protected: "false",
    ref_type: ref.startsWith("refs/tags/") ? "tag" : "branch",
    repository,
    repository_id: "1296269",
    repository_owner: repository.split("/")[0] ?? "",
    repository_owner_id: "9919",
    retention_days: "90",
    run_attempt: "1",
    run_id: "1",
    run_number: "1",
    server_url: "https://github.com",
    sha,
    triggering_actor: actor,
    workflow: "sandbox",
    workflow_ref: `${repository}/.github/workflows/sandbox.yml@${ref}`,
    workflow_sha: sha
  };
}
function defaultEvent(context) {
  const [owner = "", name = ""] = (context.repository ?? "").split("/");
  return {
    ref: context.ref,
    after: context.sha,
    repository: {
      id: Number(context.repository_id),
      name,
      full_name: context.repository,
      owner: { login: owner, id: Number(context.repository_owner_id) },
      private: false,
      visibility: "public"
    },
    sender: { login: context.actor, id: Number(context.actor_id) }
  };
}
function runnerContext(workspace, temporaryDirectory) {
  const systems = { linux: "Linux", darwin: "macOS", win32: "Windows" };
  const architectures = { x64: "X64", arm64: "ARM64", arm: "ARM", ia32: "X86" };
  return {
    os: systems[platform()] ?? platform(),
    arch: architectures[arch()] ?? arch(),
    name: "sandbox",
    environment: "github-hosted",
    tool_cache: join3(temporaryDirectory, "_tool"),
    workspace: dirname(workspace),
    temp: temporaryDirectory
  };
}
function buildEnvironment(layers) {
  const { windows: windows3, idToken } = layers;
  const variables = windows3 ? new CaselessMap() : /* @__PURE__ */ new Map();
  const setAll = (entries, prefix3 = "") => {
    for (const [name, value] of entries) if (value !== void 0) variables.set(prefix3 + name, value);
  };
  const upper = (values2) => Object.entries(values2).map(([name, value]) => [name.toUpperCase(), value]);
  setAll(Object.entries(layers.service));
  setAll(Object.entries(layers.env));
  setAll(layers.state, "STATE_");
  setAll([...layers.inputs].map(([name, value]) => [inputVariable(name), value]));
  if (layers.pathAdditions.length > 0) {
    const path = [...layers.pathAdditions.toReversed(), variables.get("PATH") ?? ""];
    variables.set("PATH", path.filter((part) => part !== "").join(windows3 ? ";" : ":"));
  }
  setAll(upper(layers.github), "GITHUB_");
  setAll(upper(layers.runner), "RUNNER_");
  if (layers.debug) variables.set("RUNNER_DEBUG", "1");
  setAll(Object.entries(layers.actions));
  if (idToken !== void 0) {
    variables.set("ACTIONS_ID_TOKEN_REQUEST_URL", idToken.requestUrl);
    variables.set("ACTIONS_ID_TOKEN_REQUEST_TOKEN", idToken.requestToken);
  }
  variables.delete("NODE_ICU_DATA");
  variables.set("GITHUB_ACTIONS", "true");
  if (variables.get("CI") === void 0) variables.set("CI", "true");
  return Object.fromEntries(variables);
}
var inherited = {
  posix: ["PATH", "HOME"],
  windows: [
    "PATH",
    "PATHEXT",
    "SystemRoot",
    "SystemDrive",
    "windir",
    "ComSpec",
    "TEMP",
    "TMP",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "ProgramData",
    "ProgramFiles",
    "ProgramFiles(x86)"
  ]
};
function serviceEnvironment(own, windows3) {
  return Object.fromEntries(inherited[windows3 ? "windows" : "posix"].map((name) => [name, own[name]]));
}

// sandbox/runner/masks.ts
var utf82 = new TextEncoder();
var SecretMasker = class {
  #values = /* @__PURE__ */ new Set();
  #forms = /* @__PURE__ */ new Set();
  constructor(secrets = []) {
    for (const secret of secrets) this.addWithLines(secret);
  }
  /** Returns the secrets as they were added, without their encoded forms. */
  get values() {
    return [...this.#values];
  }
  add(secret) {
    if (secret === "" || this.#values.has(secret)) return;
    this.#values.add(secret);
    for (const form of encodedForms(secret)) this.#forms.add(form);
  }
  /** Adds a secret and each of its lines, since output is masked line by line. */
  addWithLines(secret) {
    this.add(secret);
    for (const line of secret.split(/[\r\n]/)) this.add(line.trim());
  }
  /** Replaces every secret in a text. Secrets that overlap or touch are replaced together. */
  mask(text2) {
    const ranges = this.#occurrences(text2).sort((a, b) => a.start - b.start);
    let masked = "";
    let end = 0;
    for (const range of ranges) {
      if (range.start > end || masked === "") masked += `${text2.slice(end, range.start)}***`;
      end = Math.max(end, range.end);
    }
    return masked + text2.slice(end);
  }
  #occurrences(text2) {
    const found = [];
    for (const form of this.#forms) {
      for (let start2 = text2.indexOf(form); start2 >= 0; start2 = text2.indexOf(form, start2 + 1)) {
        found.push({ start: start2, end: start2 + form.length });
      }
    }
    return found;
  }
};
function encodedForms(secret) {
  const bytes2 = utf82.encode(secret);
  return [
    secret,
    // Base64 encodes groups of three bytes: a prefix of unknown length shifts the secret by zero, one or two bytes.
    ...[0, 1, 2].map((shift) => Buffer.from(bytes2.length > shift ? bytes2.subarray(shift) : bytes2).toString("base64")),
    secret.replaceAll('"', '\\"'),
    secret.replaceAll("'", "''"),
    jsonForm(secret),
    uriForm(bytes2),
    xmlForm(secret),
    withoutQuotes(secret),
    ...powershellForms(secret)
  ].filter((form) => form !== "");
}
function jsonForm(secret) {
  return JSON.stringify(secret).slice(1, -1).replace(/[\u0085\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
function uriForm(bytes2) {
  let text2 = "";
  for (const byte of bytes2) {
    const char = String.fromCharCode(byte);
    text2 += /[A-Za-z0-9\-_.~]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return text2;
}
var xmlEntities = /* @__PURE__ */ new Map([
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&apos;"],
  ["&", "&amp;"]
]);
function xmlForm(secret) {
  return secret.replace(/[<>"'&]/g, (char) => xmlEntities.get(char) ?? char);
}
function withoutQuotes(secret) {
  return secret.length > 8 && secret.startsWith('"') && secret.endsWith('"') ? secret.slice(1, -1) : "";
}
function powershellForms(secret) {
  const last = secret.lastIndexOf("&");
  if (last < 0) return [];
  const joined = secret.indexOf("&+");
  const parts2 = joined >= 0 ? [secret.slice(0, joined + 2), secret.slice(joined + 3)] : [secret.slice(0, last + 1), secret.slice(last + 1)];
  return parts2.filter((part) => part.length >= 6);
}

// sandbox/runner/run-stage.ts
import { mkdirSync as mkdirSync3, statSync as statSync4, writeFileSync as writeFileSync3 } from "node:fs";
import { dirname as dirname2, join as join6 } from "node:path";

// sandbox/runner/command-files.ts
import { randomUUID } from "node:crypto";
import { mkdirSync as mkdirSync2, readFileSync as readFileSync3, statSync as statSync2, writeFileSync as writeFileSync2 } from "node:fs";
import { join as join4 } from "node:path";

// sandbox/runner/lines.ts
var LineReader = class {
  #partial = "";
  #afterCarriageReturn = false;
  /** Adds a piece, and returns the lines that it completes. */
  push(piece) {
    if (piece.length === 0) return [];
    const text2 = this.#afterCarriageReturn && piece.startsWith("\n") ? piece.slice(1) : piece;
    this.#afterCarriageReturn = piece.endsWith("\r");
    const lines = (this.#partial + text2).split(/\r\n|\r|\n/);
    this.#partial = lines.pop() ?? "";
    return lines;
  }
  /** Returns the last line, if the stream did not end with a line end. */
  end() {
    const last = this.#partial;
    this.#partial = "";
    return last === "" ? [] : [last];
  }
};
function splitLines(text2) {
  const reader = new LineReader();
  return [...reader.push(text2), ...reader.end()];
}

// sandbox/runner/file-commands.ts
var fileCommands = {
  path: "add_path_",
  env: "set_env_",
  step_summary: "step_summary_",
  state: "save_state_",
  output: "set_output_",
  // A runner without the feature has these two variables, too: it ignores the first file, and the second one is empty.
  artifacts: "artifacts_",
  artifacts_list: "artifacts_list_"
};
var summaryLimit = 1024 * 1024;
function decodeFileCommand(bytes2) {
  const [first, second] = bytes2;
  const encoding = first === 255 && second === 254 ? "utf-16le" : first === 254 && second === 255 ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes2);
}
function* parseNameValuePairs(text2, windows3) {
  const lines = new FileLines(text2, windows3);
  for (let line = lines.next(); line !== void 0; line = lines.next()) {
    if (line.text === "") continue;
    const equals = line.text.indexOf("=");
    const heredoc = line.text.indexOf("<<");
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      yield [line.text.slice(0, equals), line.text.slice(equals + 1)];
    } else if (heredoc >= 0) {
      yield readHeredoc(line.text, heredoc, lines);
    } else {
      fail("USAGE", `Invalid format '${line.text}'`);
    }
  }
}
function readHeredoc(line, at, lines) {
  const name = line.slice(0, at);
  const delimiter = line.slice(at + 2);
  if (name === "" || delimiter === "") {
    fail("USAGE", `Invalid format '${line}'. Name must not be empty and delimiter must not be empty`);
  }
  const start2 = lines.position;
  let end = start2;
  for (; ; ) {
    const next = lines.next() ?? fail("USAGE", `Invalid value. Matching delimiter not found '${delimiter}'`);
    if (next.text === delimiter) return [name, lines.text.slice(start2, end)];
    if (next.lineEnd === "") fail("USAGE", "Invalid value. EOF marker missing new line.");
    end = lines.position - next.lineEnd.length;
  }
}
var FileLines = class {
  text;
  #windows;
  #position = 0;
  constructor(text2, windows3) {
    this.text = text2;
    this.#windows = windows3;
  }
  get position() {
    return this.#position;
  }
  next() {
    const start2 = this.#position;
    if (start2 >= this.text.length) return void 0;
    const lineFeed = this.text.indexOf("\n", start2);
    if (lineFeed < 0) {
      this.#position = this.text.length;
      return { text: this.text.slice(start2), lineEnd: "" };
    }
    this.#position = lineFeed + 1;
    const carriageReturn = this.#windows && lineFeed > start2 && this.text[lineFeed - 1] === "\r";
    return carriageReturn ? { text: this.text.slice(start2, lineFeed - 1), lineEnd: "\r\n" } : { text: this.text.slice(start2, lineFeed), lineEnd: "\n" };
  }
};
function parsePathAdditions(text2) {
  const paths = /* @__PURE__ */ new Set();
  for (const line of splitLines(text2)) {
    if (line === "") continue;
    paths.delete(line);
    paths.add(line);
  }
  return [...paths];
}

// sandbox/runner/command-files.ts
function createCommandFiles(temporaryDirectory, artifacts) {
  const directory = join4(temporaryDirectory, "_runner_file_commands");
  mkdirSync2(directory, { recursive: true });
  const suffix = randomUUID();
  const files = Object.entries(fileCommands).map(([command, prefix3]) => [command, join4(directory, prefix3 + suffix)]);
  const contents = { artifacts_list: artifacts?.toJson() };
  for (const [command = "", path = ""] of files) writeFileSync2(path, contents[command] ?? "", { flag: "wx" });
  return Object.fromEntries(files);
}
function readCommandFiles(files, reader) {
  const { recorder, masker, workspace, artifacts, windows: windows3 } = reader;
  const environment = /* @__PURE__ */ new Map();
  let pathAdditions = [];
  let summary = "";
  let rawSummary = "";
  const handle = (command, act) => {
    try {
      const bytes2 = readIfThere(files[command]);
      if (bytes2 !== void 0) act(bytes2);
    } catch (cause) {
      recorder.fail(`Unable to process file command '${command}' successfully.`, cause);
    }
  };
  const pairs2 = (bytes2) => parseNameValuePairs(decodeFileCommand(bytes2), windows3);
  handle("path", (bytes2) => {
    pathAdditions = parsePathAdditions(decodeFileCommand(bytes2));
  });
  handle("env", (bytes2) => {
    for (const [name, value] of pairs2(bytes2)) {
      if (name.toUpperCase() === "NODE_OPTIONS") {
        recorder.annotate("error", "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
      } else {
        environment.set(name, value);
      }
    }
  });
  handle("step_summary", (bytes2) => {
    rawSummary = decodeFileCommand(bytes2);
    if (bytes2.length > summaryLimit) {
      const size = (length) => `${Math.floor(length / 1024)}k`;
      recorder.annotate(
        "error",
        `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${size(summaryLimit)}, got ${size(bytes2.length)}.`
      );
      return;
    }
    summary = splitLines(rawSummary).map((line) => `${masker.mask(line)}
`).join("");
  });
  handle("state", (bytes2) => {
    for (const [name, value] of pairs2(bytes2)) recorder.state.set(name, value);
  });
  handle("output", (bytes2) => {
    for (const [name, value] of pairs2(bytes2)) recorder.setOutput(name, value);
  });
  handle("artifacts", (bytes2) => {
    const added = artifacts?.declare(bytes2, workspace) ?? 0;
    if (added > 0) {
      recorder.output(`Captured ${added} artifact subject(s) from this step (job total: ${artifacts?.size}).`);
    }
  });
  return { environment, pathAdditions, summary, rawSummary };
}
function readIfThere(path) {
  return statSync2(path, { throwIfNoEntry: false }) === void 0 ? void 0 : readFileSync3(path);
}

// sandbox/runner/stage-script.ts
import { statSync as statSync3 } from "node:fs";

// sandbox/runner/step-process.ts
import { execFile, spawn } from "node:child_process";
import { closeSync as closeSync2, constants as constants3, mkdtempSync, openSync as openSync2, rmSync as rmSync2 } from "node:fs";
import { Socket } from "node:net";
import { constants as osConstants, tmpdir } from "node:os";
import { join as join5 } from "node:path";
import { promisify } from "node:util";
var cancellationSchedule = {
  interrupt: 7500,
  terminate: 2500,
  drain: 5e3,
  minute: 6e4
};
var windows = process.platform === "win32";
async function runStepProcess(request) {
  const running = await start(request);
  const { child, exited } = running;
  let failure;
  const read = (name, stream) => readLines(stream, (line) => {
    if (failure !== void 0) return;
    try {
      request.onLine(name, line);
    } catch (cause) {
      failure = { cause };
      killTree(child);
    }
  });
  const drained2 = Promise.all([read("stdout", running.stdout), read("stderr", running.stderr)]);
  let over = false;
  let cancellation;
  const cancel = () => {
    if (!over) cancellation ??= stop(child, exited, request.schedule);
  };
  request.cancellation?.addEventListener("abort", cancel, { once: true });
  if (request.cancellation?.aborted === true) cancel();
  try {
    const end = await exited;
    over = true;
    if (!await settles(drained2, request.schedule.drain)) {
      killTree(child);
      running.stdout.destroy();
      running.stderr.destroy();
      await drained2;
    }
    await cancellation;
    if (failure !== void 0) throw failure.cause;
    return { ...end, cancelled: cancellation !== void 0 };
  } finally {
    request.cancellation?.removeEventListener("abort", cancel);
  }
}
async function start(request) {
  const pipes = windows ? void 0 : await openPipes();
  try {
    const child = spawn(request.command, request.arguments, {
      cwd: request.directory,
      env: request.environment,
      stdio: ["pipe", pipes?.stdout.write ?? "pipe", pipes?.stderr.write ?? "pipe"],
      // A process group of its own, so that its descendants can be killed with it. Signals before that go to it alone.
      detached: !windows,
      windowsHide: true
    });
    const exited = new Promise((resolve2, reject2) => {
      child.once("error", reject2);
      child.once(
        "exit",
        (code, signal) => resolve2({
          exitCode: code ?? 128 + (signal === null ? 0 : osConstants.signals[signal]),
          signal: signal ?? void 0
        })
      );
    });
    exited.catch(() => void 0);
    child.stdin?.on("error", () => void 0).end();
    await spawned(child);
    const stdout = pipes === void 0 ? child.stdout : readingEnd(pipes.stdout);
    const stderr = pipes === void 0 ? child.stderr : readingEnd(pipes.stderr);
    if (stdout === null || stderr === null) throw new Error("the process has no output to read");
    return { child, stdout, stderr, exited };
  } catch (cause) {
    if (pipes !== void 0) for (const pipe of [pipes.stdout, pipes.stderr]) closeSync2(pipe.read);
    throw cause;
  } finally {
    if (pipes !== void 0) for (const pipe of [pipes.stdout, pipes.stderr]) closeSync2(pipe.write);
  }
}
function spawned(child) {
  return new Promise((resolve2, reject2) => {
    child.once("spawn", resolve2);
    child.once("error", reject2);
  });
}
async function openPipes() {
  const folder2 = mkdtempSync(join5(tmpdir(), "countersign-runner-"));
  try {
    const paths = [join5(folder2, "stdout"), join5(folder2, "stderr")];
    await promisify(execFile)("mkfifo", ["-m", "600", ...paths]);
    return { stdout: openPipe(paths[0]), stderr: openPipe(paths[1]) };
  } finally {
    rmSync2(folder2, { recursive: true });
  }
}
function openPipe(path) {
  const read = openSync2(path, constants3.O_RDONLY | constants3.O_NONBLOCK);
  return { read, write: openSync2(path, constants3.O_WRONLY) };
}
function readingEnd(pipe) {
  return new Socket({ fd: pipe.read, readable: true, writable: false });
}
function readLines(stream, onLine) {
  return new Promise((resolve2) => {
    const decoder4 = new TextDecoder();
    const lines = new LineReader();
    const deliver = (completed) => {
      for (const line of completed) onLine(line);
    };
    stream.on("data", (bytes2) => deliver(lines.push(decoder4.decode(bytes2, { stream: true }))));
    stream.on("error", () => void 0);
    stream.once("close", () => {
      deliver([...lines.push(decoder4.decode()), ...lines.end()]);
      resolve2();
    });
  });
}
async function stop(child, exited, schedule) {
  child.kill("SIGINT");
  if (await settles(exited, schedule.interrupt)) return;
  child.kill("SIGTERM");
  if (await settles(exited, schedule.terminate)) return;
  killTree(child);
}
function settles(promise, milliseconds) {
  return new Promise((resolve2) => {
    const timer = setTimeout(() => resolve2(false), milliseconds);
    const settled = () => {
      clearTimeout(timer);
      resolve2(true);
    };
    promise.then(settled, settled);
  });
}
function killTree(child) {
  if (child.pid === void 0) return;
  if (windows) {
    execFile("taskkill", ["/T", "/F", "/PID", String(child.pid)], () => void 0);
    return;
  }
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
  }
}

// sandbox/runner/stage-script.ts
var notStarted = { exitCode: void 0, signal: void 0, cancelled: false, timedOut: false };
async function runScript(recorder, host, run, environment) {
  var _stack = [];
  try {
    const cancelled = () => run.signal?.aborted === true;
    if (cancelled()) {
      recorder.annotate("error", "The operation was canceled.");
      return { ...notStarted, cancelled: true };
    }
    const target = joinUnchanged(run.actionDirectory, run.script);
    if (statSync3(target, { throwIfNoEntry: false })?.isFile() !== true) {
      recorder.fail("The script of the action is missing.", `File not found: '${target}'`);
      return notStarted;
    }
    const schedule = { ...cancellationSchedule, ...host.schedule };
    const timeout = __using(_stack, new Timeout(run.timeoutMinutes * schedule.minute));
    const command = host.nodeBinaries[run.manifest.using] ?? process.execPath;
    try {
      const end = await runStepProcess({
        command,
        arguments: [target],
        directory: host.workspace,
        environment,
        cancellation: AbortSignal.any([timeout.signal, ...run.signal === void 0 ? [] : [run.signal]]),
        schedule,
        onLine: (stream, line) => recorder.line(stream, line)
      });
      const timedOut = end.cancelled && !cancelled();
      if (timedOut) {
        const minutes = run.timeoutMinutes;
        recorder.annotate("error", `The action '${run.displayName}' has timed out after ${minutes} minutes.`);
      } else if (end.cancelled) recorder.annotate("error", "The operation was canceled.");
      else recorder.debug(`Node Action run completed with exit code ${end.exitCode}`);
      return { ...end, cancelled: end.cancelled && !timedOut, timedOut };
    } catch (cause) {
      const { code, syscall } = cause;
      if (syscall === void 0 || !syscall.startsWith("spawn")) throw cause;
      if (code === "ENOENT") fail("USAGE", `Node was not found at ${command}`, { cause });
      recorder.fail("The process could not be started.", cause);
      return notStarted;
    }
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    __callDispose(_stack, _error, _hasError);
  }
}
var Timeout = class {
  #controller = new AbortController();
  #timer;
  constructor(milliseconds) {
    this.#timer = milliseconds > 0 ? setTimeout(() => this.#controller.abort(), milliseconds) : void 0;
  }
  get signal() {
    return this.#controller.signal;
  }
  [Symbol.dispose]() {
    clearTimeout(this.#timer);
  }
};
function joinUnchanged(directory, path) {
  return /[\\/]$/.test(directory) ? `${directory}${path}` : `${directory}/${path}`;
}

// sandbox/runner/annotations.ts
var annotationsPerLevel = 10;
var annotationMessageLimit = 4096;
function annotationPlace(command, workspace) {
  const properties = new Map(command.properties);
  const text2 = (name) => properties.get(name);
  const whole = (name) => parseWhole(text2(name));
  const drop = (...names) => {
    for (const name of names) properties.delete(name);
  };
  const given = {
    line: whole("line"),
    endLine: whole("endline"),
    column: whole("col"),
    endColumn: whole("endcolumn")
  };
  const hasColumn = given.column !== void 0 || given.endColumn !== void 0;
  const copy2 = (from, to) => void properties.set(to, text2(from) ?? "");
  if (given.endLine !== void 0 && given.line === void 0) copy2("endline", "line");
  if (given.endColumn !== void 0 && given.column === void 0) copy2("endcolumn", "col");
  if (given.line === void 0 && given.endLine === void 0 && hasColumn) drop("col", "endcolumn");
  if (given.endLine !== void 0 && text2("line") !== text2("endline") && hasColumn) drop("col", "endcolumn");
  if (isBefore(given.endLine, given.line)) drop("line", "endline");
  if (isBefore(given.endColumn, given.column)) drop("col", "endcolumn");
  const title = text2("title");
  const file = text2("file");
  return {
    ...title === void 0 ? {} : { title },
    ...file === void 0 ? {} : { file: relativeFile(file, workspace) },
    ...present("line", whole("line")),
    ...present("endLine", whole("endline")),
    ...present("column", whole("col")),
    ...present("endColumn", whole("endcolumn"))
  };
}
function present(name, value) {
  return value === void 0 ? {} : { [name]: value };
}
function isBefore(end, start2) {
  return end !== void 0 && start2 !== void 0 && end < start2;
}
function parseWhole(text2) {
  return text2 !== void 0 && /^\s*[+-]?\d{1,9}\s*$/.test(text2) ? Number(text2) : void 0;
}
function relativeFile(file, workspace) {
  const folder2 = workspace.replace(/[\\/]+$/, "");
  const inside = file.startsWith(`${folder2}/`) || file.startsWith(`${folder2}\\`);
  return inside && file.length > folder2.length + 1 ? file.slice(folder2.length + 1).replaceAll("\\", "/") : file;
}

// sandbox/runner/workflow-commands.ts
var dataEscapes = [
  ["%0D", "\r"],
  ["%0A", "\n"],
  ["%25", "%"]
];
var propertyEscapes = [
  ["%0D", "\r"],
  ["%0A", "\n"],
  ["%3A", ":"],
  ["%2C", ","],
  ["%25", "%"]
];
var legacyEscapes = [
  ["%3B", ";"],
  ["%0D", "\r"],
  ["%0A", "\n"],
  ["%5D", "]"],
  ["%25", "%"]
];
function parseWorkflowCommand(line, known) {
  return parseCommand(line, known) ?? parseLegacyCommand(line, known);
}
var leadingBlanks = /^(?:(?!\uFEFF)\s|\u0085)+/;
function parseCommand(line, known) {
  const text2 = line.replace(leadingBlanks, "");
  if (!text2.startsWith("::")) return void 0;
  const end = text2.indexOf("::", 2);
  if (end < 0) return void 0;
  const [name, properties] = splitHead(text2.slice(2, end));
  if (!known.has(name)) return void 0;
  return {
    name,
    properties: parseProperties(properties.trim().split(","), propertyEscapes),
    data: decode2(text2.slice(end + 2), dataEscapes)
  };
}
function parseLegacyCommand(line, known) {
  const start2 = line.indexOf("##[");
  if (start2 < 0) return void 0;
  const end = line.indexOf("]", start2);
  if (end < 0) return void 0;
  const [name, properties] = splitHead(line.slice(start2 + 3, end));
  if (!known.has(name)) return void 0;
  return {
    name,
    properties: parseProperties(properties.split(";"), legacyEscapes),
    data: decode2(line.slice(end + 1), legacyEscapes)
  };
}
function splitHead(head) {
  const space = head.indexOf(" ");
  return space < 0 ? [head.toLowerCase(), ""] : [head.slice(0, space).toLowerCase(), head.slice(space + 1)];
}
function parseProperties(parts2, escapes) {
  const properties = /* @__PURE__ */ new Map();
  for (const part of parts2) {
    const [, name, value] = /^=*([^=]+)=+([\s\S]+)$/.exec(part) ?? [];
    if (name !== void 0 && value !== void 0) properties.set(name.toLowerCase(), decode2(value, escapes));
  }
  return properties;
}
function decode2(text2, escapes) {
  return escapes.reduce((decoded2, [escaped, char]) => decoded2.replaceAll(escaped, char), text2);
}

// sandbox/runner/step-recorder.ts
var unechoed = /* @__PURE__ */ new Set(["add-mask", "debug", "error", "warning", "notice"]);
var commands = [
  ...unechoed,
  ...["group", "endgroup", "echo", "add-matcher", "remove-matcher", "set-output", "save-state", "set-env", "add-path"],
  "stop-commands"
];
var StepRecorder = class {
  outputs = new CaselessMap();
  state;
  annotations = [];
  log = [];
  rawLog = [];
  /**
   * The lines in which a secret is a leak. Commands that mask a value are not among them, and in debug messages, the values that the step
   * had masked are masked: GitHub's own clients repeat them there.
   */
  printed = [];
  #maskedByStep = new SecretMasker();
  #options;
  #known = new Set(commands);
  #stopToken;
  #echo;
  #failed = false;
  constructor(options) {
    this.#options = options;
    this.#echo = options.debug;
    this.state = options.state ?? new CaselessMap();
  }
  /** Returns the values that the step asked the runner to mask. */
  get maskedByStep() {
    return this.#maskedByStep.values;
  }
  /** Reports whether a command or a file command failed. The step then fails whatever its exit code is. */
  get failed() {
    return this.#failed;
  }
  /** Handles a line that the process printed. */
  line(stream, text2) {
    this.rawLog.push({ stream, text: text2 });
    const command = parseWorkflowCommand(text2, this.#known);
    if (command !== void 0 && this.#command(command, text2)) {
      if (command.name === "debug") this.printed.push({ stream, text: this.#maskedByStep.mask(text2) });
      else if (command.name !== "add-mask") this.printed.push({ stream, text: text2 });
      return;
    }
    this.printed.push({ stream, text: text2 });
    this.output(text2.replaceAll("##[start-action", "##[\\start-action").replaceAll("##[end-action", "##[\\end-action"));
  }
  /** Writes a masked text to the log. */
  output(text2) {
    for (const line of this.#options.masker.mask(text2).split("\n")) {
      this.log.push(line);
      this.#options.onOutput?.(line);
    }
  }
  debug(text2) {
    if (!this.#options.debug) return;
    for (const line of text2.replaceAll("\r\n", "\n").split("\n")) this.output(`##[debug]${line}`);
  }
  /** Adds an annotation, and its line in the log. */
  annotate(level, text2, place = {}) {
    const message2 = this.#options.masker.mask(text2).slice(0, annotationMessageLimit);
    if (this.annotations.filter((other) => other.level === level).length < annotationsPerLevel) {
      this.annotations.push({ level, message: message2, ...place });
    }
    if (message2 !== "") this.output(`##[${level}]${message2}`);
  }
  /** Reports an error of the runner itself, which fails the step. */
  fail(what, cause) {
    this.annotate("error", what);
    this.annotate("error", cause instanceof Error ? cause.message : String(cause));
    this.#failed = true;
  }
  setOutput(name, value) {
    if (name === "") fail("USAGE", "The name of an output must not be empty");
    this.outputs.set(name, value);
    this.debug(`Set output ${name} = ${value}`);
  }
  /** Acts on a command. Returns false if commands are stopped, so that it is ordinary output. */
  #command(command, text2) {
    if (this.#stopToken !== void 0) {
      if (command.name !== this.#stopToken) return false;
      this.#known.delete(this.#stopToken);
      this.#stopToken = void 0;
      this.output(text2);
      return true;
    }
    if (command.name === "stop-commands") {
      this.#stop(command, text2);
      return true;
    }
    const omitEcho = unechoed.has(command.name);
    if (this.#echo && !omitEcho) this.output(text2);
    try {
      this.#process(command);
    } catch (cause) {
      if (!(cause instanceof CountersignError)) throw cause;
      this.fail(`Unable to process command '${omitEcho ? command.name : text2}' successfully.`, cause);
    }
    return true;
  }
  #stop(command, text2) {
    const token = command.data.toLowerCase();
    if (token === "" || token === "pause-logging" || this.#known.has(token)) {
      this.fail(
        "Unable to process command 'stop-commands' successfully.",
        "The token must not be empty, the string 'pause-logging', or another workflow command."
      );
      return;
    }
    this.#stopToken = token;
    this.#known.add(token);
    if (command.data.length > 6) this.#options.masker.add(command.data);
    this.output(text2);
  }
  #process(command) {
    const { name, data } = command;
    switch (name) {
      case "add-mask":
        if (data.trim() === "") {
          this.annotate("warning", "Can't add secret mask for empty string in ##[add-mask] command.");
          return;
        }
        if (this.#echo) this.output("::add-mask::***");
        this.#options.masker.addWithLines(data);
        this.#maskedByStep.addWithLines(data);
        return;
      case "debug":
        this.debug(data);
        return;
      case "error":
      case "warning":
      case "notice":
        this.annotate(name, data, annotationPlace(command, this.#options.workspace));
        return;
      case "group":
        this.output(`##[group]${data}`);
        return;
      case "endgroup":
        this.output("##[endgroup]");
        return;
      case "echo":
        this.#setEcho(data);
        return;
      case "set-output":
        this.#deprecated(name);
        this.setOutput(requiredName(command), data);
        return;
      case "save-state":
        this.#deprecated(name);
        this.state.set(requiredName(command), data);
        return;
      case "set-env":
      case "add-path":
        fail("USAGE", `The \`${name}\` command is disabled. Please upgrade to using Environment Files.`);
        break;
      default:
        this.debug(`${name} is accepted and has no effect in the sandbox`);
    }
  }
  #setEcho(data) {
    const value = data.trim().toLowerCase();
    if (value !== "on" && value !== "off") {
      fail("USAGE", `Invalid echo command value. Possible values can be: 'on', 'off'. Current value is: '${data}'.`);
    }
    this.#echo = value === "on";
  }
  #deprecated(name) {
    this.annotate(
      "warning",
      `The \`${name}\` command is deprecated and will be disabled soon. Please upgrade to using Environment Files.`
    );
  }
};
function requiredName(command) {
  return command.properties.get("name") ?? fail("USAGE", `Required field 'name' is missing in ##[${command.name}] command.`);
}

// sandbox/runner/run-stage.ts
var windows2 = process.platform === "win32";
async function runStage(host, run) {
  const files = createCommandFiles(host.temporaryDirectory, host.artifacts);
  const github2 = stageContext(host, run, files);
  const inputs = resolveInputs(
    run.manifest,
    run.inputs,
    new Map([...Object.entries(github2), ["token", host.token ?? ""]])
  );
  writeEvent(host.event, github2);
  const recorder = new StepRecorder({
    masker: host.masker,
    workspace: host.workspace,
    debug: host.debug,
    state: run.state,
    ...host.onOutput === void 0 ? {} : { onOutput: host.onOutput }
  });
  for (const warning of [...run.warnings, ...inputs.warnings]) recorder.annotate("warning", warning);
  writeHeader(recorder, run, inputs.values);
  const endWatch = host.watch?.();
  const environment = buildEnvironment({
    service: serviceEnvironment(process.env, windows2),
    env: run.env,
    state: new Map(run.state),
    inputs: inputs.values,
    pathAdditions: run.pathAdditions,
    github: github2,
    runner: host.runner,
    debug: host.debug,
    actions: host.actionsVariables,
    idToken: host.idToken,
    windows: windows2
  });
  const end = await runScript(recorder, host, run, environment);
  const { masker, workspace, artifacts } = host;
  const written = readCommandFiles(files, { recorder, masker, workspace, artifacts, windows: windows2 });
  const { printed, outputs, state, annotations, maskedByStep: masked } = recorder;
  const { rawSummary: summary, ...added } = written;
  const leaks = endWatch?.({ ...added, printed, summary, outputs, state, annotations, masked }) ?? [];
  return stageResult(host, run, { recorder, written, end, leaks });
}
function stageResult(host, run, { recorder, written, end, leaks }) {
  const nameless = run.stepId.startsWith("__") || run.stage !== "main";
  const leaked = host.failOnLeak && leaks.length > 0;
  const failed = recorder.failed || leaked || end.timedOut;
  return {
    conclusion: end.cancelled && !leaked ? "cancelled" : failed || end.exitCode !== 0 ? "failure" : "success",
    exitCode: end.exitCode,
    signal: end.signal,
    outputs: nameless ? /* @__PURE__ */ new Map() : recorder.outputs,
    exportedEnvironment: written.environment,
    pathAdditions: written.pathAdditions,
    state: new Map(recorder.state),
    summary: written.summary,
    annotations: recorder.annotations,
    log: recorder.log,
    rawLog: recorder.rawLog,
    masks: host.masker.values,
    leaks
  };
}
function folder(path, what) {
  if (statSync4(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    fail("USAGE", `The ${what} is not a folder: ${path}`);
  }
  return path;
}
function stageContext(host, run, files) {
  return {
    ...host.github,
    ...run.source === void 0 ? {} : { action_repository: run.source.repository, action_ref: run.source.ref },
    action: run.stepId,
    ...files,
    workspace: host.workspace,
    event_path: join6(host.temporaryDirectory, "_github_workflow", "event.json")
  };
}
function writeEvent(event, github2) {
  const path = github2.event_path ?? fail("USAGE", "The event has no path");
  mkdirSync3(dirname2(path), { recursive: true });
  writeFileSync3(path, JSON.stringify(event));
}
function writeHeader(recorder, run, inputs) {
  if (run.stage === "post") {
    recorder.output("Post job cleanup.");
    return;
  }
  recorder.output(`##[group]Run ${run.uses}`);
  const given = [...inputs].filter(([, value]) => value !== "");
  if (given.length > 0) recorder.output("with:");
  for (const [name, value] of given) recorder.output(`  ${name}: ${value}`);
  const env = Object.entries(run.env);
  if (env.length > 0) recorder.output("env:");
  for (const [name, value] of env) recorder.output(`  ${name}: ${value}`);
  recorder.output("##[endgroup]");
}

// sandbox/runner/run-action.ts
async function runAction(run) {
  const actionDirectory = resolve(run.actionDirectory);
  const workspace = folder(resolve(run.workspace), "workspace");
  const temporaryDirectory = folder(resolve(run.temporaryDirectory), "temporary folder");
  checkActionsVariables(run.actionsVariables ?? {});
  const manifest = readManifest2(actionDirectory);
  for (const stage of ["pre", "post"]) {
    if (manifest[stage] !== void 0)
      fail("USAGE", `The action declares runs.${stage}, which this runner supports only in jobs`);
  }
  const uses = run.uses ?? `./${basename(actionDirectory)}`;
  const reference = parseActionReference(uses);
  const github2 = repositoryContext(run.github);
  const { nodeBinary, token = "", idToken, actionsVariables } = run;
  const secrets = [
    ...run.secrets ?? [],
    token,
    idToken?.requestToken ?? "",
    actionsVariables?.ACTIONS_RUNTIME_TOKEN ?? ""
  ];
  return runStage(
    {
      workspace,
      temporaryDirectory,
      github: github2,
      event: run.event ?? defaultEvent(github2),
      token: run.token,
      runner: { ...runnerContext(workspace, temporaryDirectory), ...run.runner, temp: temporaryDirectory },
      idToken: run.idToken,
      actionsVariables: run.actionsVariables ?? {},
      masker: new SecretMasker(secrets),
      artifacts: void 0,
      watch: run.watch,
      failOnLeak: run.failOnLeak ?? true,
      debug: run.debug ?? false,
      nodeBinaries: nodeBinary === void 0 ? {} : { node20: nodeBinary, node24: nodeBinary },
      schedule: run.schedule ?? {},
      onOutput: run.onOutput
    },
    {
      stage: "main",
      actionDirectory,
      manifest,
      script: manifest.main,
      uses,
      displayName: `Run ${uses}`,
      stepId: run.stepId ?? "step",
      source: reference.kind === "remote" ? reference : void 0,
      inputs: run.inputs ?? {},
      env: run.env ?? {},
      pathAdditions: run.pathAdditions ?? [],
      state: new CaselessMap(),
      warnings: [],
      signal: run.signal,
      timeoutMinutes: run.timeoutMinutes ?? 0
    }
  );
}
function checkActionsVariables(variables) {
  for (const name of Object.keys(variables)) {
    if (!name.startsWith("ACTIONS_")) fail("USAGE", `${name} is not an ACTIONS_ variable; set it in env`);
    if (name.startsWith("ACTIONS_ID_TOKEN_")) fail("USAGE", `${name} can only be set by the permission idToken`);
  }
}

// sandbox/origins.ts
var originNames = [
  "main",
  "rekor",
  "rekorV1",
  "frozenRekor",
  "artifacts",
  "blobs",
  "registry",
  "registryWithoutReferrers",
  "github",
  "githubUploads",
  "githubWeb"
];
var laterOriginNames = [
  "registry",
  "registryWithoutReferrers",
  "github",
  "githubUploads",
  "githubWeb"
];
async function openOrigins(ports, traffic) {
  const opened = await Promise.allSettled(originNames.map((name) => HttpListener.listen(ports[name], traffic)));
  const listeners = opened.flatMap((result) => result.status === "fulfilled" ? [result.value] : []);
  const failure = opened.find((result) => result.status === "rejected");
  if (failure !== void 0) {
    await Promise.all(listeners.map((listener) => listener.close()));
    failPort(failure.reason);
  }
  return Object.fromEntries(originNames.map((name, at) => [name, listeners[at]]));
}
var keepable = { from: 2e4, count: 1e4 };
var attempts = 20;
async function openFurther(traffic, random, port) {
  for (let attempt2 = 1; ; attempt2++) {
    try {
      return await HttpListener.listen(port ?? keepable.from + Number(readUint(random(4))) % keepable.count, traffic);
    } catch (error) {
      if (port !== void 0 || attempt2 === attempts) failPort(error);
    }
  }
}
async function openKeepable(traffic, random) {
  for (let attempt2 = 1; ; attempt2++) {
    const offset = Number(readUint(random(4))) % (keepable.count - originNames.length);
    try {
      return await openOrigins(
        portsBy((_, at) => keepable.from + offset + at),
        traffic
      );
    } catch (error) {
      if (!(error instanceof CountersignError) || attempt2 === attempts) throw error;
    }
  }
}
function portsOf(origins) {
  return portsBy((name) => Number(new URL(origins[name].origin).port));
}
function portsBy(port) {
  return Object.fromEntries(originNames.map((name, at) => [name, port(name, at)]));
}
async function closeOrigins(origins) {
  await Promise.all(Object.values(origins).map((listener) => listener.close()));
}
function failPort(cause) {
  if (!(typeof cause === "object" && cause !== null && "code" in cause && "port" in cause)) throw cause;
  const { code, port } = cause;
  if (code === "EADDRINUSE")
    fail("USAGE", `port ${port} is already in use`, {
      cause,
      remedy: "If a sandbox with this state folder is already running, stop it. Otherwise, use a new folder, with another --port."
    });
  fail("USAGE", `cannot listen on port ${port}: ${code}`, {
    cause,
    remedy: "Use a new state folder, with another --port."
  });
}

// sandbox/shards.ts
var fileName = "rekor-v2-shards";
var Shards = class _Shards {
  #options;
  #shards = [];
  constructor(options) {
    this.#options = options;
  }
  /** Opens the shards in the storage, with new ones for those that are missing. */
  static async open(options) {
    const shards = new _Shards(options);
    const [frozen, active] = options.listeners;
    shards.#add(frozen, "P-256", earlierShardSize);
    shards.#begin(active, options.created);
    for (const line of decodeUtf8(options.storage.read(fileName) ?? new Uint8Array())?.split("\n") ?? []) {
      const [port, time2] = line.split(" ");
      if (time2 !== void 0) shards.#begin(await options.listen(Number(port)), new Date(time2), new Date(time2));
    }
    return shards;
  }
  /** All shards, the active one last. */
  get all() {
    return this.#shards;
  }
  get active() {
    return this.#shards.at(-1);
  }
  get first() {
    return this.#shards[0];
  }
  /** Freezes the active shard, and begins another. */
  async rotate() {
    const { clock, storage, listen } = this.#options;
    const listener = await listen();
    const time2 = clock();
    const line = `${new URL(listener.origin).port} ${time2.toISOString()}
`;
    storage.write(fileName, utf8((decodeUtf8(storage.read(fileName) ?? new Uint8Array()) ?? "") + line));
    this.#begin(listener, time2, time2);
  }
  #begin(listener, frozen, start2) {
    this.active.log.freeze(frozen);
    this.#add(listener, "Ed25519", 1, start2);
  }
  #add(listener, kind, size, start2) {
    const { storage, clock, witnesses, portInOrigin } = this.#options;
    const folder2 = storage.folder(`rekor-v2-shard-${this.#shards.length + 1}`);
    const { host, hostname } = new URL(listener.origin);
    const log = new TransparencyLog({
      origin: portInOrigin ? host : hostname,
      key: keptSigningKey(folder2, "log", kind),
      clock,
      witnesses,
      store: new LogStore(folder2)
    });
    const service = seed(new RekorService(log), size);
    this.#shards.push({ url: listener.origin, log, service, listener, start: start2 });
  }
};

// sandbox/state.ts
var fileName2 = "sandbox.json";
var format = "countersign-sandbox/1";
function readState(storage) {
  const bytes2 = storage.read(fileName2);
  if (bytes2 === void 0) return void 0;
  const file = ProtoField.parse(bytes2, "USAGE", fileName2);
  const found = file.field("format").string();
  if (found !== format)
    fail("USAGE", `the format ${found} of the state folder is not supported; this version reads ${format}`, {
      remedy: "Use a new state folder."
    });
  const created = file.field("created").time() ?? file.field("created").fail("is missing");
  const ports = portsBy((name) => {
    const port = file.field("ports").field(name);
    return laterOriginNames.includes(name) && !port.present ? 0 : readPort(port);
  });
  return { created, name: file.field("name").text(), ports };
}
function readPort(field) {
  const port = Number(field.uint64());
  return port > 0 && port < 65536 ? port : field.fail("is not a port number");
}
function createState(storage, ports, sources) {
  const state = { created: sources.clock(), name: encodeHex(sources.random(4)), ports };
  const text2 = JSON.stringify({ format, ...state }, void 0, 1);
  if (!storage.create(fileName2, utf8(`${text2}
`)))
    fail("USAGE", "another sandbox has just been started with this state folder");
  return state;
}
function choosePorts(state, first) {
  if (state !== void 0 && first !== void 0 && state.ports.main !== first) {
    fail("USAGE", `the sandbox in this state folder has the port ${state.ports.main}, not ${first}`, {
      remedy: "Remove --port, or use another folder. The port cannot change, since it is part of the issuer in existing signatures."
    });
  }
  return state?.ports ?? portsBy((_, at) => first === void 0 ? 0 : first + at);
}

// sandbox/witness/witness-service.ts
import { createPublicKey as createPublicKey8, verify as verify5 } from "node:crypto";
var maxProofLength = 63;
var WitnessService = class {
  #makeSigners;
  #signers;
  #logs = /* @__PURE__ */ new Map();
  #witnessed = /* @__PURE__ */ new Map();
  /** @param signers makes the keys of the witness when they are needed: an ML-DSA-44 key takes a while */
  constructor(signers) {
    this.#makeSigners = signers;
  }
  /** The keys of the witness, each of which cosigns. */
  get signers() {
    this.#signers ??= this.#makeSigners();
    return this.#signers;
  }
  /** Adds a log. A witness knows a log by its origin: another log of the same origin is replaced, with all that was seen of it. */
  follow(log) {
    this.#logs.set(log.origin, log);
    this.#witnessed.delete(log.origin);
  }
  /**
   * Cosigns a submitted checkpoint, and returns the lines of the cosignatures.
   *
   * @throws Refusal 400, 403, 404, 409, 422
   */
  add(request) {
    const { oldSize, proof, checkpoint } = readSubmission(request);
    return this.#cosign(oldSize, proof, checkpoint);
  }
  /** Returns the latest checkpoint of a log by the SHA-256 of its origin, in hexadecimal. */
  latest(originHash) {
    const log = [...this.#logs.values()].find(({ origin }) => encodeHex(hashOf("sha256", utf8(origin))) === originHash);
    if (log === void 0) return void 0;
    const { size = 0 } = this.#witnessed.get(log.origin) ?? {};
    const observed = log.observe?.(size);
    if (observed !== void 0) this.#cosign(size, observed.proof, observed.checkpoint);
    return this.#witnessed.get(log.origin)?.note;
  }
  /** @param path the submission prefix, which is the monitoring prefix too */
  routes(path) {
    return [
      {
        method: "POST",
        path: `${path}/add-checkpoint`,
        handle: ({ body }) => plain2(200, this.add(body))
      },
      {
        method: "GET",
        path: `${path}/*`,
        handle: ({ url }) => {
          const [, originHash = ""] = /^\/([0-9a-f]{64})\/checkpoint$/.exec(url.pathname.slice(path.length)) ?? [];
          return plain2(200, this.latest(originHash) ?? refuse4(404, "no checkpoint of this log"));
        }
      }
    ];
  }
  #cosign(oldSize, proof, checkpoint) {
    const { text: text2, lines } = understood(() => readNote(checkpoint));
    const { origin, size, root } = understood(() => readCheckpointText(utf8(text2)));
    const log = this.#logs.get(origin) ?? refuse4(404, "unknown log");
    const own = lines.filter(({ name, keyId }) => name === log.signer.name && isStart(keyId, log.signer.keyHash));
    if (own.length === 0) refuse4(403, "the checkpoint is not signed by the log");
    if (!own.every(({ signature: signature2 }) => isSigned(log.signer.key, text2, signature2)))
      refuse4(403, "the signature of the log is invalid");
    if (oldSize > size) refuse4(400, "the old size is larger than that of the checkpoint");
    const known = this.#witnessed.get(origin) ?? { size: 0, root: emptyRoot };
    if (oldSize !== known.size) refuse4(409, `${known.size}`, "text/x.tlog.size");
    if (size === 0 && !equalBytes(root, emptyRoot)) refuse4(422, "the root is not that of an empty tree");
    if (!isConsistent(known, { size, root }, proof)) refuse4(422, "the consistency proof is invalid");
    const cosignatures = this.signers.map((one) => signatureLine(one, one.sign(utf8(text2)))).join("");
    const signatures = own.map(
      ({ name, signature: signature2 }) => signatureLine({ name, keyHash: log.signer.keyHash }, signature2)
    );
    this.#witnessed.set(origin, { size, root, note: `${text2}
${signatures.join("")}${cosignatures}` });
    return cosignatures;
  }
};
var emptyRoot = hashOf("sha256");
function readSubmission(body) {
  const text2 = decodeUtf8(body) ?? refuse4(400, "the request is not UTF-8");
  const end = text2.indexOf("\n\n");
  const [old = "", ...hashes] = text2.slice(0, end).split("\n");
  const [, oldSize] = /^old (0|[1-9]\d{0,14})$/.exec(old) ?? [];
  if (end < 0 || oldSize === void 0) refuse4(400, "the request does not begin with the old size");
  if (hashes.length > maxProofLength) refuse4(400, `the proof has more than ${maxProofLength} hashes`);
  const proof = understood(() => hashes.map(decodeBase64));
  if (proof.some((hash) => hash.length !== emptyRoot.length)) refuse4(400, "a hash of the proof has another length");
  return { oldSize: Number(oldSize), proof, checkpoint: text2.slice(end + 2) };
}
function isStart(start2, bytes2) {
  return equalBytes(start2, bytes2.subarray(0, start2.length));
}
function isSigned({ kind, publicKey }, text2, signature2) {
  const key = createPublicKey8({ key: Buffer.from(publicKey), format: "der", type: "spki" });
  return verify5(kind === "Ed25519" ? null : "sha256", utf8(text2), key, signature2);
}
function understood(read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError || error instanceof CountersignError) refuse4(400, error.message);
    throw error;
  }
}
function plain2(status, text2, contentType = "text/plain; charset=utf-8") {
  return { status, headers: { "content-type": contentType }, body: utf8(text2) };
}
function refuse4(status, reason, contentType) {
  throw new Refusal(reason, plain2(status, `${reason}
`, contentType));
}

// sandbox/sandbox.ts
var trustedBeforeStart = 300;
var witnessNames = {
  "/witness-1": "witness-1.countersign.sandbox",
  "/witness-2": "witness-2.countersign.sandbox"
};
async function startSandbox(options = {}) {
  const sources = {
    clock: options.clock ?? systemSources.clock,
    random: options.random ?? systemSources.random
  };
  const { storage = new MemoryStorage() } = options;
  const traffic = new Traffic(options.recordRequests ?? true);
  const kept = readState(storage);
  const isAnywhere = kept === void 0 && options.port === void 0 && options.storage !== void 0;
  const origins = isAnywhere ? await openKeepable(traffic, sources.random) : await openOrigins(choosePorts(kept, options.port), traffic);
  const listeners = { origins, further: [] };
  try {
    const state = kept ?? createState(storage, portsOf(origins), sources);
    return await assemble(options, storage, state, sources, listeners, traffic);
  } catch (error) {
    await closeAll(listeners);
    throw error;
  }
}
async function closeAll({ origins, further }) {
  await Promise.all([closeOrigins(origins), ...further.map((listener) => listener.close())]);
}
async function assemble({ marked = true, portInOrigin = false, postQuantum = false, misbehaviours: misbehaviours2 = [] }, storage, state, sources, listeners, traffic) {
  const { origins, further } = listeners;
  const { clock, random } = sources;
  const start2 = secondsAfter(state.created, -trustedBeforeStart);
  const keys2 = storage.folder("keys");
  const logs = storage.folder("logs");
  const { main } = origins;
  const urls = {
    jobIssuer: `${main.origin}/gha`,
    gitlabIssuer: `${main.origin}/gitlab`,
    buildkiteIssuer: `${main.origin}/buildkite`,
    circleciIssuer: `${main.origin}/circleci`,
    forgejoIssuer: `${main.origin}/forgejo/api/actions`,
    kubernetesIssuer: `${main.origin}/kubernetes`,
    spiffeIssuer: `${main.origin}/spiffe`,
    usernameIssuer: `${main.origin}/username`,
    personIssuer: `${main.origin}/email`,
    fulcio: `${main.origin}/fulcio`,
    certificateLog: `${main.origin}/ct`,
    timestamp: `${main.origin}/tsa/api/v1/timestamp`,
    rekor: origins.rekor.origin,
    frozenRekor: origins.frozenRekor.origin,
    rekorV1: origins.rekorV1.origin,
    witness1: `${main.origin}/witness-1`,
    witness2: `${main.origin}/witness-2`,
    tuf: `${main.origin}/tuf`,
    results: `${origins.artifacts.origin}/`,
    registry: origins.registry.origin,
    registryWithoutReferrers: origins.registryWithoutReferrers.origin,
    github: origins.github.origin
  };
  const blobs = new BlobStore(origins.blobs.origin, sources);
  const artifactService = await ArtifactService.create({ origin: origins.artifacts.origin, blobs, sources });
  const [registry, registryWithoutReferrers] = [
    new RegistryService({ origin: urls.registry, sources }),
    new RegistryService({ origin: urls.registryWithoutReferrers, sources, referrersApi: false })
  ];
  const github2 = new GitHubService({
    origin: urls.github,
    uploads: origins.githubUploads.origin,
    web: origins.githubWeb.origin,
    artifacts: artifactService,
    blobs,
    sources,
    attestRelease: (release) => releaseService().attest(release)
  });
  const requestToken = encodeHex(keep(keys2, "request-token", () => random(32)));
  const issuer = (name) => createTokenIssuer(urls[`${name}Issuer`], { storage: keys2, name: `${name}-issuer` });
  const tokensLike = (name, provider) => new JobTokens(issuer(name), sources, { provider, requestToken });
  const jobTokens = new JobTokens(issuer("job"), sources, { requestToken });
  const gitlabTokens = tokensLike("gitlab", gitlab);
  const buildkiteTokens = tokensLike("buildkite", buildkite);
  const circleciTokens = tokensLike("circleci", circleci);
  const forgejoTokens = tokensLike("forgejo", forgejo);
  const kubernetesTokens = tokensLike("kubernetes", kubernetes);
  const spiffeTokens = tokensLike("spiffe", spiffe);
  const usernameTokens = tokensLike("username", username);
  const personTokens = new PersonTokens(issuer("person"), sources);
  const workloadTokens = [circleciTokens, forgejoTokens, kubernetesTokens, spiffeTokens, usernameTokens];
  const tokens = [jobTokens, gitlabTokens, buildkiteTokens, ...workloadTokens, personTokens];
  const authorizationServer = new AuthorizationServer(personTokens, sources);
  const origin = urls.certificateLog.replace("http://", "");
  const certificateLog = new CertificateLog(clock, { origin, storage: logs.folder("certificates") });
  const authority2 = { sources, marked, storage: keys2, name: state.name, notBefore: secondsAfter(state.created, -3600) };
  const certificateAuthority = new CertificateAuthority({ ...authority2, log: certificateLog });
  const certificateLogService = new CertificateLogService(certificateLog, [certificateAuthority.root.certificate]);
  const timestampAuthority = new TimestampAuthority(authority2);
  const issuers = [
    { issuer: jobTokens.issuer, kind: "github-workflow" },
    { issuer: gitlabTokens.issuer, kind: "gitlab-pipeline" },
    { issuer: buildkiteTokens.issuer, kind: "buildkite-job" },
    { issuer: circleciTokens.issuer, kind: "circleci-job" },
    {
      issuer: forgejoTokens.issuer,
      kind: "forgejo-workflow",
      url: urls.forgejoIssuer.replace(/\/api\/actions$/, "")
    },
    { issuer: kubernetesTokens.issuer, kind: "kubernetes" },
    { issuer: spiffeTokens.issuer, kind: "spiffe", spiffeTrustDomain },
    { issuer: usernameTokens.issuer, kind: "username", subjectDomain: userDomain },
    { issuer: personTokens.issuer, kind: "email" }
  ];
  const fulcio = new CertificationService(certificateAuthority, issuers, clock);
  const witnessed = Object.entries(witnessNames).map(([path, name]) => {
    const ed255192 = witness(name, keptSigningKey(keys2, name, "Ed25519"), clock);
    const signers = () => [ed255192, witness(name, keptMlDsaKey(keys2, name), clock)];
    return { path, ed25519: ed255192, service: new WitnessService(signers) };
  });
  const witnesses = witnessed.flatMap(({ ed25519: ed255192, service: service2 }) => postQuantum ? service2.signers : [ed255192]);
  const shards = await Shards.open({
    storage: logs,
    clock,
    witnesses,
    created: state.created,
    listeners: [origins.frozenRekor, origins.rekor],
    listen: async (port) => {
      const listener = await openFurther(traffic, random, port);
      further.push(listener);
      return listener;
    },
    portInOrigin
  });
  const rekorV1Log = new ShardedLog({
    host: new URL(urls.rekorV1).hostname,
    sources,
    storage: logs.folder("rekor-v1")
  });
  const rekorV1 = seedV1(new RekorV1Service(rekorV1Log));
  const follow = (log) => {
    const observe = (size) => ({ checkpoint: log.checkpoint(), proof: log.consistencyProof(size) });
    for (const { service: service2 } of witnessed) service2.follow({ origin: log.origin, signer: log.signer, observe });
  };
  for (const { log } of [...shards.all, ...rekorV1Log.shards]) follow(log);
  const publication = () => {
    const { active, all } = shards;
    const startOf = (shard) => shard.start === void 0 ? start2 : secondsAfter(shard.start, -trustedBeforeStart);
    const frozen = all.slice(0, -1).map((shard) => ({ shard, end: shard.log.frozen ?? state.created }));
    const trust = trustedRoot({
      certificateAuthorities: [{ service: certificateAuthority, url: urls.fulcio, start: start2 }],
      certificateLogs: [{ service: certificateLog, url: urls.certificateLog, start: start2 }],
      transparencyLogs: [
        { service: active.log, url: active.url, start: startOf(active) },
        ...frozen.map(({ shard, end }) => ({ service: shard.log, url: shard.url, start: startOf(shard), end })),
        { service: rekorV1Log.active.log, url: urls.rekorV1, start: start2 }
      ],
      timestampAuthorities: [{ service: timestampAuthority, url: urls.timestamp, start: start2 }]
    });
    const v1 = { url: urls.rekorV1, majorApiVersion: 1 };
    const v2 = { url: active.url, majorApiVersion: 2 };
    const ended = frozen.map(({ shard, end }) => ({ url: shard.url, majorApiVersion: 2, end }));
    const configs = {
      signingConfig: signingConfig(urls, [v2, ...ended], start2),
      signingConfigRekorV1: signingConfig(urls, [v1], start2),
      signingConfigBothLogs: signingConfig(urls, [v2, ...ended, v1], start2)
    };
    return { trustedRoot: trust, ...configs };
  };
  let published = publication();
  const targets = () => ({
    "trusted_root.json": utf8(JSON.stringify(published.trustedRoot)),
    "signing_config.v0.2.json": utf8(JSON.stringify(published.signingConfigRekorV1)),
    "signing_config_rekor_v2.v0.2.json": utf8(JSON.stringify(published.signingConfigBothLogs))
  });
  const tuf = new TufRepository({ sources, storage: storage.folder("tuf"), targets: targets() });
  const conduct = new Misbehaviours(traffic.faults, {
    sources,
    // Created only when a misbehaviour needs it.
    get storage() {
      return storage.folder("misbehaviour");
    },
    tokenIssuers: issuers.map((one) => one.issuer),
    fulcio,
    certificateLog: certificateLogService,
    certificateLogPath: "/ct",
    timestampAuthority,
    rekorV1,
    get rekor() {
      return shards.active.service;
    },
    frozenRekor: shards.first.service,
    witnesses,
    witnessServices: witnessed.map(({ path, service: service2 }) => [path, service2]),
    tuf,
    registries: [registry, registryWithoutReferrers],
    blobs
  });
  for (const name of misbehaviours2) conduct.begin(name);
  const service = (name, ...routes) => ({
    name,
    routes: conduct.over(name, routes.flat())
  });
  main.serve([
    service("oidc", ...[...tokens, authorizationServer].map((one) => one.routes())),
    // At the root too, as sigstore-python leaves out the path of a base URL.
    service("fulcio", fulcio.routes("/fulcio"), fulcio.routes("")),
    service("ct", certificateLogService.routes("/ct")),
    service("timestamp", timestampAuthority.routes("/tsa/api/v1/timestamp")),
    service("tuf", tuf.routes("/tuf")),
    service("witness", ...witnessed.map(({ path, service: service2 }) => service2.routes(path)))
  ]);
  const serveShards = () => {
    for (const shard of shards.all) {
      const routes = shard.service.routes();
      const isFirst = shard === shards.first;
      const place = isFirst ? "rekor-v2-frozen" : "rekor-v2";
      const misbehaves = isFirst || shard === shards.active;
      shard.listener.serve([{ name: "rekor-v2", routes: misbehaves ? conduct.over(place, routes) : routes }]);
    }
  };
  serveShards();
  origins.rekorV1.serve([service("rekor-v1", rekorV1.routes())], rekorStray);
  origins.artifacts.serve([service("artifacts", artifactService.routes())], twirpStray);
  origins.blobs.serve([service("blobs", blobs.routes())]);
  origins.registry.serve([service("registry", registry.routes())], registryStray);
  origins.registryWithoutReferrers.serve([service("registry", registryWithoutReferrers.routes())], registryStray);
  origins.github.serve([service("github", github2.routes())], gitHubStray);
  origins.githubUploads.serve([service("github", github2.uploadRoutes())], gitHubStray);
  origins.githubWeb.serve([service("github", github2.releases.webRoutes())], gitHubStray);
  const rotateRekor = async () => {
    await shards.rotate();
    published = publication();
    for (const [name, bytes2] of Object.entries(targets())) tuf.setTarget(name, bytes2);
    conduct.renew("rekor-v2");
    serveShards();
    follow(shards.active.log);
  };
  let releaseAuthority;
  const releaseService = () => {
    releaseAuthority ??= new ReleaseAuthority({ ...authority2, storage: storage.folder("releases") });
    return releaseAuthority;
  };
  const close = () => closeAll(listeners);
  return {
    get urls() {
      return { ...urls, rekor: shards.active.url };
    },
    jobTokens,
    gitlabTokens,
    buildkiteTokens,
    circleciTokens,
    forgejoTokens,
    kubernetesTokens,
    spiffeTokens,
    usernameTokens,
    personTokens,
    certificateAuthority,
    certificateLog,
    timestampAuthority,
    get transparencyLog() {
      return shards.active.log;
    },
    frozenLog: shards.first.log,
    get rekorShards() {
      return [...shards.all];
    },
    witnesses,
    witnessServices: witnessed.map(({ service: service2 }) => service2),
    rekorV1Log,
    artifactService,
    registry,
    registryWithoutReferrers,
    github: github2,
    get releaseAuthority() {
      return releaseService();
    },
    tuf,
    get trustedRoot() {
      return published.trustedRoot;
    },
    get signingConfig() {
      return published.signingConfig;
    },
    get signingConfigRekorV1() {
      return published.signingConfigRekorV1;
    },
    get signingConfigBothLogs() {
      return published.signingConfigBothLogs;
    },
    requests: traffic.requests,
    faults: traffic.faults,
    get misbehaviours() {
      return conduct.names;
    },
    rotateRekor,
    misbehave: (name, times) => conduct.begin(name, times),
    behave: () => conduct.end(),
    close,
    [Symbol.asyncDispose]: close
  };
}

// sandbox/settings.ts
import { join as join7 } from "node:path";
function writeSettings(storage, path, sandbox) {
  writeTrust(storage.folder("trust"), sandbox);
  storage.write("stack.env", utf8(shellExports(sandboxVariables(sandbox, join7(path, "trust")))));
}
function writeTrust(folder2, sandbox) {
  const write = (name, json2) => folder2.write(name, utf8(`${JSON.stringify(json2, void 0, 1)}
`));
  write("trusted_root.json", sandbox.trustedRoot);
  folder2.write("tuf_root.json", utf8(sandbox.tuf.rootJson));
  folder2.write("witness_policy.txt", utf8(witnessPolicy(sandbox)));
  folder2.write("witnesses.txt", utf8(sandbox.witnesses.map((witness2) => `${verifierKey(witness2)}
`).join("")));
  for (const [suffix, signingConfig2] of [
    ["", sandbox.signingConfig],
    [".rekor1tsa", sandbox.signingConfigRekorV1]
  ]) {
    write(`signing_config${suffix}.json`, signingConfig2);
    write(`trust_config${suffix}.json`, {
      mediaType: "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json",
      trustedRoot: sandbox.trustedRoot,
      signingConfig: signingConfig2
    });
  }
}
function witnessPolicy({ rekorShards, witnesses, urls }) {
  const names = witnesses.map((_, at) => `witness-${at + 1}`);
  return [
    ...rekorShards.map(({ log, url }) => `log ${verifierKey(log.signer)} ${url}`),
    ...witnesses.map((one, at) => {
      const prefix3 = one.name === witnesses[0]?.name ? urls.witness1 : urls.witness2;
      return `witness ${names[at]} ${verifierKey(one)} ${prefix3}`;
    }),
    `group all all ${names.join(" ")}`,
    "quorum all"
  ].map((line) => `${line}
`).join("");
}
function sandboxVariables({ urls, jobTokens, artifactService }, trust) {
  return {
    ACTIONS_ID_TOKEN_REQUEST_URL: jobTokens.requestUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: jobTokens.requestToken,
    ACTIONS_RESULTS_URL: artifactService.resultsUrl,
    ACTIONS_RUNTIME_TOKEN: artifactService.job.token,
    OIDC_GHA: urls.jobIssuer,
    OIDC_GITLAB: urls.gitlabIssuer,
    OIDC_BUILDKITE: urls.buildkiteIssuer,
    OIDC_CIRCLECI: urls.circleciIssuer,
    OIDC_FORGEJO: urls.forgejoIssuer,
    OIDC_KUBERNETES: urls.kubernetesIssuer,
    OIDC_SPIFFE: urls.spiffeIssuer,
    OIDC_USERNAME: urls.usernameIssuer,
    OIDC_EMAIL: urls.personIssuer,
    FULCIO_URL: urls.fulcio,
    CT_URL: urls.certificateLog,
    REKOR1_URL: urls.rekorV1,
    REKOR2_URL: urls.rekor,
    WITNESS_URL: urls.witness1,
    TSA_URL: urls.timestamp,
    TUF_URL: urls.tuf,
    GITHUB_API_URL: urls.github,
    // The host alone, as image names begin with it.
    REGISTRY: new URL(urls.registry).host,
    REGISTRY_NOREF: new URL(urls.registryWithoutReferrers).host,
    TRUST: trust
  };
}
function shellExports(variables) {
  const lines = Object.entries(variables).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'
`
  );
  return lines.join("");
}
export {
  ArtifactService,
  AuthorizationServer,
  BlobStore,
  CertificateAuthority,
  CertificateLog,
  DiskStorage,
  GitHubService,
  JobTokens,
  LogStore,
  MemoryStorage,
  MerkleTree,
  PersonTokens,
  RegistryService,
  RekorService,
  RekorV1Service,
  ReleaseAuthority,
  SandboxRepository,
  ShardedLog,
  TimestampAuthority,
  TransparencyLog,
  TufRepository,
  WitnessService,
  addExampleRun,
  buildkite,
  checkpointText,
  circleci,
  compressSnappy,
  createTokenIssuer,
  describeMisbehaviours,
  encodeSctList,
  exampleBuildkiteJob,
  exampleCircleciJob,
  exampleForgejoJob,
  exampleGitlabJob,
  exampleJob,
  exampleRelease,
  fault,
  forgejo,
  fulcioExtension,
  generateMlDsaKey,
  generateSigningKey,
  gitlab,
  hostileCertificates,
  hostileEntries,
  hostileEntriesV1,
  interruptedUpload,
  isConsistent,
  jobIdentity,
  jobSubject,
  keyPurposes,
  leafHash,
  lieNames,
  listMisbehaviours,
  misbehaviourNames,
  misbehaviourOf,
  nodeHash,
  noteSigner,
  personIdentity,
  readCheckpointText,
  readMisbehaviourNames,
  readNote,
  registryLieNames,
  runAction,
  sandboxMarker,
  sandboxMarkerOid,
  sandboxVariables,
  secondaryRateLimit,
  serviceNames,
  serviceOf,
  signCertificate,
  signNote,
  signatureLine,
  signedAttribute,
  startSandbox,
  systemSources,
  oids as timestampOids,
  timestampResponse,
  transportFaults,
  trustedRoot,
  tufKey,
  verifierKey,
  witness,
  writeSettings
};
//# sourceMappingURL=sandbox.mjs.map
