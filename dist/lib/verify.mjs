var __defProp = Object.defineProperty;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __esm = (fn, res, err) => function __init() {
  if (err) throw err[0];
  try {
    return fn && (res = (0, fn[__getOwnPropNames(fn)[0]])(fn = 0)), res;
  } catch (e) {
    throw err = [e], e;
  }
};
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};

// node_modules/@noble/hashes/_u64.js
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
function setU64FromNum(view, byteOffset, n, isLE2) {
  const h = fromNumH(n);
  const l = fromNumL(n);
  view.setUint32(byteOffset, isLE2 ? l : h, isLE2);
  view.setUint32(byteOffset + 4, isLE2 ? h : l, isLE2);
}
function add(Ah, Al, Bh, Bl) {
  const l = (Al >>> 0) + (Bl >>> 0);
  return { h: Ah + Bh + (l / 2 ** 32 | 0) | 0, l: l | 0 };
}
var U32_MASK64, _32n, fromNumH, fromNumL, shrSH, shrSL, rotrSH, rotrSL, rotrBH, rotrBL, add3L, add3H, add4L, add4H, add5L, add5H;
var init_u64 = __esm({
  "node_modules/@noble/hashes/_u64.js"() {
    U32_MASK64 = /* @__PURE__ */ (() => BigInt(2 ** 32 - 1))();
    _32n = /* @__PURE__ */ BigInt(32);
    fromNumH = (n) => n / 2 ** 32 | 0;
    fromNumL = (n) => n >>> 0;
    shrSH = (h, _l, s) => h >>> s;
    shrSL = (h, l, s) => h << 32 - s | l >>> s;
    rotrSH = (h, l, s) => h >>> s | l << 32 - s;
    rotrSL = (h, l, s) => h << 32 - s | l >>> s;
    rotrBH = (h, l, s) => h << 64 - s | l >>> s - 32;
    rotrBL = (h, l, s) => h >>> s - 32 | l << 64 - s;
    add3L = (Al, Bl, Cl) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0);
    add3H = (low, Ah, Bh, Ch) => Ah + Bh + Ch + (low / 2 ** 32 | 0) | 0;
    add4L = (Al, Bl, Cl, Dl) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0) + (Dl >>> 0);
    add4H = (low, Ah, Bh, Ch, Dh) => Ah + Bh + Ch + Dh + (low / 2 ** 32 | 0) | 0;
    add5L = (Al, Bl, Cl, Dl, El) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0) + (Dl >>> 0) + (El >>> 0);
    add5H = (low, Ah, Bh, Ch, Dh, Eh) => Ah + Bh + Ch + Dh + Eh + (low / 2 ** 32 | 0) | 0;
  }
});

// node_modules/@noble/hashes/utils.js
function isBytes(a) {
  return a instanceof Uint8Array || ArrayBuffer.isView(a) && a.constructor.name === "Uint8Array" && "BYTES_PER_ELEMENT" in a && a.BYTES_PER_ELEMENT === 1;
}
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
  const bytes = isBytes(value);
  const ofLen = length !== void 0 ? ` of length ${length}` : "";
  const got = bytes ? `length=${value.length}` : `type=${typeof value}`;
  const message = atitle(title) + "expected Uint8Array" + ofLen + ", got " + got;
  if (!bytes)
    throw new TypeError(message);
  throw new RangeError(message);
}
function ahash(h) {
  if (typeof h !== "function" || typeof h.create !== "function")
    throw new TypeError("expected hash wrapped by utils.createHasher");
  anumber(h.outputLen);
  anumber(h.blockLen);
  if (h.outputLen < 1 || h.blockLen < 1)
    throw new Error("hash blockLen / outputLen must be >= 1");
}
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
function byteSwap(word) {
  return word << 24 & 4278190080 | word << 8 & 16711680 | word >>> 8 & 65280 | word >>> 24 & 255;
}
function byteSwap32(arr) {
  for (let i = 0; i < arr.length; i++) {
    arr[i] = byteSwap(arr[i]);
  }
  return arr;
}
function bytesToHex(bytes) {
  abytes(bytes);
  if (hasHexBuiltin)
    return bytes.toHex();
  let hex = "";
  for (let i = 0; i < bytes.length; i++) {
    hex += hexes[bytes[i]];
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
function concatBytes(...arrays) {
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
function randomBytes(bytesLength = 32) {
  anumber(bytesLength, "bytesLength");
  const cr = typeof globalThis === "object" ? globalThis.crypto : null;
  if (typeof cr?.getRandomValues !== "function")
    throw new Error("crypto.getRandomValues must be defined");
  if (bytesLength > 65536)
    throw new RangeError(`"bytesLength" expected <= 65536, got ${bytesLength}`);
  return cr.getRandomValues(new Uint8Array(bytesLength));
}
var atitle, aobject, aopts, isLE, swap32IfBE, hasHexBuiltin, hexes, oidNist;
var init_utils = __esm({
  "node_modules/@noble/hashes/utils.js"() {
    atitle = (title) => title ? `"${title}" ` : "";
    aobject = (value, label) => {
      if (value === null || typeof value !== "object" || Array.isArray(value))
        throw new TypeError((label === "object" ? "" : `"${label}" `) + "expected object, got type=" + typeof value);
    };
    aopts = (value, label) => {
      aobject(value, label);
      const proto = Object.getPrototypeOf(value);
      if (proto !== Object.prototype && proto !== null)
        throw new TypeError(`"${label}" expected plain object`);
      if (Object.hasOwn(value, "__proto__"))
        throw new TypeError(`"${label}.__proto__" is not allowed`);
    };
    isLE = /* @__PURE__ */ (() => new Uint8Array(new Uint32Array([287454020]).buffer)[0] === 68)();
    swap32IfBE = isLE ? (u) => u : byteSwap32;
    hasHexBuiltin = /* @__PURE__ */ (() => (
      // @ts-ignore
      typeof Uint8Array.from([]).toHex === "function" && typeof Uint8Array.fromHex === "function"
    ))();
    hexes = /* @__PURE__ */ Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));
    oidNist = (suffix) => ({
      // Current NIST hashAlgs suffixes used here fit in one DER subidentifier octet.
      // Larger suffix values would need base-128 OID encoding and a different length byte.
      oid: Uint8Array.from([6, 9, 96, 134, 72, 1, 101, 3, 4, 2, suffix])
    });
  }
});

// node_modules/@noble/hashes/_md.js
function Chi(a, b, c) {
  return a & b ^ ~a & c;
}
function Maj(a, b, c) {
  return a & b ^ a & c ^ b & c;
}
var HashMD, SHA256_IV, SHA384_IV, SHA512_IV;
var init_md = __esm({
  "node_modules/@noble/hashes/_md.js"() {
    init_u64();
    init_utils();
    HashMD = class {
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
    SHA256_IV = /* @__PURE__ */ Uint32Array.from([
      1779033703,
      3144134277,
      1013904242,
      2773480762,
      1359893119,
      2600822924,
      528734635,
      1541459225
    ]);
    SHA384_IV = /* @__PURE__ */ Uint32Array.from([
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
    SHA512_IV = /* @__PURE__ */ Uint32Array.from([
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
  }
});

// node_modules/@noble/hashes/sha2.js
var SHA256_K, SHA256_W, SHA2_32B, _SHA256, K512, SHA512_Kh, SHA512_Kl, SHA512_W_H, SHA512_W_L, SHA2_64B, _SHA512, _SHA384, sha256, sha512, sha384;
var init_sha2 = __esm({
  "node_modules/@noble/hashes/sha2.js"() {
    init_md();
    init_u64();
    init_utils();
    SHA256_K = /* @__PURE__ */ Uint32Array.from([
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
    SHA256_W = /* @__PURE__ */ new Uint32Array(64);
    SHA2_32B = class extends HashMD {
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
    _SHA256 = class extends SHA2_32B {
      constructor() {
        super(32, SHA256_IV);
      }
    };
    K512 = /* @__PURE__ */ (() => split([
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
    SHA512_Kh = /* @__PURE__ */ (() => K512[0])();
    SHA512_Kl = /* @__PURE__ */ (() => K512[1])();
    SHA512_W_H = /* @__PURE__ */ new Uint32Array(80);
    SHA512_W_L = /* @__PURE__ */ new Uint32Array(80);
    SHA2_64B = class extends HashMD {
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
    _SHA512 = class extends SHA2_64B {
      constructor() {
        super(64, SHA512_IV);
      }
    };
    _SHA384 = class extends SHA2_64B {
      constructor() {
        super(48, SHA384_IV);
      }
    };
    sha256 = /* @__PURE__ */ createHasher(
      () => new _SHA256(),
      /* @__PURE__ */ oidNist(1)
    );
    sha512 = /* @__PURE__ */ createHasher(
      () => new _SHA512(),
      /* @__PURE__ */ oidNist(3)
    );
    sha384 = /* @__PURE__ */ createHasher(
      () => new _SHA384(),
      /* @__PURE__ */ oidNist(2)
    );
  }
});

// src/core/errors/codes.ts
var exitCodes, kinds;
var init_codes = __esm({
  "src/core/errors/codes.ts"() {
    "use strict";
    exitCodes = {
      usage: 2,
      absent: 3,
      mismatch: 4,
      invalid: 5,
      unavailable: 6,
      local: 9
    };
    kinds = {
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
  }
});

// src/core/errors/index.ts
function isCountersignError(error) {
  if (!(error instanceof Error) || error.name !== "CountersignError") return false;
  return "code" in error && typeof error.code === "string" && Object.hasOwn(kinds, error.code);
}
function fail(code, message, details) {
  throw new CountersignError(code, message, details);
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
function inContext(code, what, cause) {
  const outer = encodingCodes.has(cause.code) ? code : cause.code;
  return new CountersignError(outer, `${what}: ${cause.message}`, {
    cause,
    ...cause.remedy === void 0 ? {} : { remedy: cause.remedy }
  });
}
var CountersignError, encodingCodes;
var init_errors = __esm({
  "src/core/errors/index.ts"() {
    "use strict";
    init_codes();
    CountersignError = class extends Error {
      name = "CountersignError";
      code;
      remedy;
      constructor(code, message, details = {}) {
        super(message, details.cause === void 0 ? void 0 : { cause: details.cause });
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
    encodingCodes = /* @__PURE__ */ new Set([
      "BASE64_INVALID",
      "HEX_INVALID",
      "PEM_INVALID",
      "DER_INVALID",
      "JSON_INVALID",
      "KEY_INVALID",
      "DIGEST_INVALID"
    ]);
  }
});

// src/core/encoding/bytes.ts
function utf8(text3) {
  return encoder.encode(text3);
}
function isWellFormed(text3) {
  return !/[\ud800-\udfff]/.test(text3) || !/\p{Surrogate}/u.test(text3);
}
function decodeUtf8(bytes) {
  try {
    return decoder.decode(bytes);
  } catch {
    return void 0;
  }
}
function concatBytes2(...parts) {
  let length = 0;
  for (const part of parts) length += part.length;
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
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
  const bytes = new Uint8Array(width);
  let rest = BigInt(value);
  for (let i = width - 1; i >= 0; i--) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  if (rest !== 0n) throw new RangeError(`${value} does not fit in ${width} bytes`);
  return bytes;
}
function readUint(bytes) {
  let hex = "";
  for (let at = 0; at < bytes.length; at += 4096)
    hex += Array.from(bytes.subarray(at, at + 4096), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex === "" ? 0n : BigInt(`0x${hex}`);
}
var encoder, decoder;
var init_bytes = __esm({
  "src/core/encoding/bytes.ts"() {
    "use strict";
    encoder = new TextEncoder();
    decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  }
});

// src/core/encoding/base64.ts
function encodeBase64(bytes) {
  const text3 = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  for (let i = 0, out = 0; i < bytes.length; i += 3, out += 4) {
    const left = bytes.length - i;
    const group = (bytes[i] ?? 0) << 16 | (bytes[i + 1] ?? 0) << 8 | (bytes[i + 2] ?? 0);
    text3[out] = digit(group >> 18);
    text3[out + 1] = digit(group >> 12);
    text3[out + 2] = left > 1 ? digit(group >> 6) : padding;
    text3[out + 3] = left > 2 ? digit(group) : padding;
  }
  return decoder2.decode(text3);
}
function digit(bits) {
  return alphabet[bits & 63] ?? padding;
}
function decodeBase64(text3) {
  const digits = text3.length - paddingOf(text3);
  const bytes = new Uint8Array(Math.floor(digits * 3 / 4));
  let [group, bits, at] = [0, 0, 0];
  for (let index = 0; index < digits; index++) {
    const value = values[text3.charCodeAt(index)] ?? foreign;
    if (value === foreign) refuse(text3);
    group = (group << 6 | value) & 65535;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = group >> bits;
  }
  if (text3.length % 4 !== 0 || (group & (1 << bits) - 1) !== 0) refuse(text3);
  return bytes;
}
function paddingOf(text3) {
  return text3.endsWith("==") ? 2 : text3.endsWith("=") ? 1 : 0;
}
function refuse(text3) {
  if (text3.length % 4 !== 0) fail("BASE64_INVALID", "the length of the base64 text is not a multiple of 4");
  const at = text3.slice(0, text3.length - paddingOf(text3)).search(/[^A-Za-z0-9+/]/);
  if (at !== -1) fail("BASE64_INVALID", `invalid base64 character at position ${at}`);
  return fail("BASE64_INVALID", "the unused bits of the base64 text are not zero");
}
var alphabet, padding, foreign, values, decoder2;
var init_base64 = __esm({
  "src/core/encoding/base64.ts"() {
    "use strict";
    init_errors();
    init_bytes();
    alphabet = utf8("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    padding = 61;
    foreign = 255;
    values = new Uint8Array(256).fill(foreign);
    for (const [value, character] of alphabet.entries()) values[character] = value;
    decoder2 = new TextDecoder();
  }
});

// src/core/encoding/canonical-json.ts
function canonicalJson(value) {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members2 = Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1).map(([name, member]) => `${quoted(name)}:${canonicalJson(member)}`);
    return `{${members2.join(",")}}`;
  }
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError("JSON has no infinities");
  return JSON.stringify(value);
}
function quoted(text3) {
  if (!isWellFormed(text3)) throw new RangeError("JSON has no lone surrogates");
  return JSON.stringify(text3);
}
var init_canonical_json = __esm({
  "src/core/encoding/canonical-json.ts"() {
    "use strict";
    init_bytes();
  }
});

// src/core/encoding/der.ts
function contextTag(number2, form) {
  return (form === "constructed" ? 160 : 128) | number2;
}
function nextArc(arc2, bits) {
  return typeof arc2 === "number" && arc2 < 2 ** 40 ? arc2 * 128 + bits : BigInt(arc2) * 128n + BigInt(bits);
}
function readDer(bytes, read) {
  const reader = new DerReader(bytes);
  const value = read(reader);
  reader.end();
  return value;
}
function readSequence(bytes, read) {
  return readDer(
    readDer(bytes, (der2) => der2.element(tags.sequence).contents),
    read
  );
}
function ascii(bytes) {
  return bytes.length > 64 ? "" : String.fromCharCode(...bytes);
}
var tags, maxObjectIdentifierLength, maxNumberLength, maxNamedBitsLength, DerReader;
var init_der = __esm({
  "src/core/encoding/der.ts"() {
    "use strict";
    init_errors();
    init_bytes();
    tags = {
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
    maxObjectIdentifierLength = 64;
    maxNumberLength = 4096;
    maxNamedBitsLength = 9;
    DerReader = class _DerReader {
      #bytes;
      #offset = 0;
      constructor(bytes) {
        this.#bytes = bytes;
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
        const start = this.#offset;
        const tag = this.#byte("tag");
        if ((tag & 31) === 31) this.#fail(start, "multi-byte tags are not supported");
        const length = this.#length();
        const from = this.#offset;
        if (length > this.#bytes.length - from)
          this.#fail(start, `the length ${length} exceeds the remaining ${this.#bytes.length - from} bytes`);
        this.#offset = from + length;
        return { tag, der: this.#bytes.subarray(start, this.#offset), contents: this.#bytes.subarray(from, this.#offset) };
      }
      /** Reads the next element, which must have this tag. */
      element(tag) {
        const start = this.#offset;
        const found = this.nextTag;
        if (found !== tag) {
          this.#fail(
            start,
            `expected tag 0x${tag.toString(16)}, found ${found === void 0 ? "nothing" : `0x${found.toString(16)}`}`
          );
        }
        return this.any();
      }
      /** Reads the next element if it has this tag. */
      optional(tag) {
        return this.nextTag === tag ? this.any() : void 0;
      }
      sequence() {
        return new _DerReader(this.element(tags.sequence).contents);
      }
      set() {
        return new _DerReader(this.element(tags.set).contents);
      }
      boolean() {
        const start = this.#offset;
        const { contents } = this.element(tags.boolean);
        if (contents.length !== 1 || contents[0] !== 0 && contents[0] !== 255)
          this.#fail(start, "a BOOLEAN is neither 00 nor ff");
        return contents[0] === 255;
      }
      /** Reads the contents of an INTEGER: two's complement, minimal. */
      integerBytes() {
        const start = this.#offset;
        const { contents } = this.element(tags.integer);
        const [first, second] = contents;
        if (first === void 0) this.#fail(start, "an INTEGER is empty");
        const padded = second !== void 0 && (first === 0 && second < 128 || first === 255 && second >= 128);
        if (padded) this.#fail(start, "an INTEGER is not minimally encoded");
        return contents;
      }
      /** Reads a non-negative INTEGER. */
      unsigned() {
        const start = this.#offset;
        const contents = this.integerBytes();
        if ((contents[0] ?? 0) >= 128) this.#fail(start, "an INTEGER is negative");
        if (contents.length > maxNumberLength)
          this.#fail(start, `an INTEGER has ${contents.length} bytes; the limit is ${maxNumberLength}`);
        return readUint(contents);
      }
      /** Reads an OBJECT IDENTIFIER, in dotted form. */
      oid() {
        const start = this.#offset;
        const { contents } = this.element(tags.objectIdentifier);
        if (contents.length === 0 || contents.length > maxObjectIdentifierLength)
          this.#fail(start, "an OBJECT IDENTIFIER is empty or too long");
        const arcs = [];
        let arc2 = 0;
        let fresh = true;
        for (const byte of contents) {
          if (fresh && byte === 128) this.#fail(start, "an OBJECT IDENTIFIER is not minimally encoded");
          arc2 = nextArc(arc2, byte & 127);
          fresh = byte < 128;
          if (fresh) {
            arcs.push(arc2);
            arc2 = 0;
          }
        }
        if (!fresh) this.#fail(start, "an OBJECT IDENTIFIER is truncated");
        const [head = 0, ...rest] = arcs;
        const first = head < 40 ? 0 : head < 80 ? 1 : 2;
        return [first, BigInt(head) - BigInt(first) * 40n, ...rest].join(".");
      }
      octetString() {
        return this.element(tags.octetString).contents;
      }
      /** Reads the bytes of a BIT STRING of whole bytes. */
      bitString() {
        const start = this.#offset;
        const { contents } = this.element(tags.bitString);
        if (contents[0] !== 0) this.#fail(start, "a BIT STRING does not consist of whole bytes");
        return contents.subarray(1);
      }
      /** Reads the numbers of the bits that are set in a named-bit BIT STRING (X.690, 11.2.2: no trailing zero bits). */
      namedBits() {
        const start = this.#offset;
        const { contents } = this.element(tags.bitString);
        if (contents.length > maxNamedBitsLength)
          this.#fail(start, `a named bit list has ${contents.length} bytes; the limit is ${maxNamedBitsLength}`);
        const [unused, ...bytes] = contents;
        const last = bytes.at(-1);
        if (unused === void 0 || unused > 7) this.#fail(start, "a BIT STRING has an invalid number of unused bits");
        if (last === void 0 ? unused !== 0 : (last & (2 << unused) - 1) !== 1 << unused) {
          this.#fail(start, "a named bit list is not minimally encoded");
        }
        const set = /* @__PURE__ */ new Set();
        for (const [index, byte] of bytes.entries()) {
          for (let bit = 0; bit < 8; bit++) if (byte & 128 >> bit) set.add(index * 8 + bit);
        }
        return set;
      }
      utf8String() {
        const start = this.#offset;
        return decodeUtf8(this.element(tags.utf8String).contents) ?? this.#fail(start, "a UTF8String is not valid UTF-8");
      }
      null() {
        const start = this.#offset;
        if (this.element(tags.null).contents.length !== 0) this.#fail(start, "a NULL is not empty");
      }
      /** Reads a `Time` of X.509 (RFC 5280, section 4.1.2.5): UTCTime from 1950 to 2049, else GeneralizedTime, whole seconds, `Z`. */
      time() {
        const start = this.#offset;
        if (this.nextTag === tags.generalizedTime) {
          const digits2 = ascii(this.any().contents);
          if (!/^\d{14}Z$/.test(digits2)) this.#fail(start, "a GeneralizedTime does not have the form YYYYMMDDHHMMSSZ");
          if (/^(?:19[5-9]|20[0-4])/.test(digits2))
            this.#fail(start, "a GeneralizedTime has a year for which UTCTime is required");
          return this.#date(start, digits2);
        }
        const digits = ascii(this.element(tags.utcTime).contents);
        if (!/^\d{12}Z$/.test(digits)) this.#fail(start, "a UTCTime does not have the form YYMMDDHHMMSSZ");
        return this.#date(start, `${Number(digits.slice(0, 2)) < 50 ? "20" : "19"}${digits}`);
      }
      /** Reads a GeneralizedTime: `YYYYMMDDHHMMSS[.fraction]Z`, the fraction without trailing zeros. */
      generalizedTime() {
        const start = this.#offset;
        const digits = ascii(this.element(tags.generalizedTime).contents);
        if (!/^\d{14}(?:\.\d*[1-9])?Z$/.test(digits))
          this.#fail(start, "a GeneralizedTime does not have the form YYYYMMDDHHMMSSZ");
        return this.#date(start, digits);
      }
      /** Demands that nothing follows. */
      end() {
        if (!this.done) this.#fail(this.#offset, "unexpected data after the end");
      }
      #date(start, text3) {
        const [, year, month, day, hour, minute, second, fraction = ""] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(text3) ?? this.#fail(start, "the time is malformed");
        const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
        const date = /* @__PURE__ */ new Date(`${iso}${fraction}Z`);
        if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(iso))
          this.#fail(start, `the time ${text3} does not exist`);
        return date;
      }
      #byte(what) {
        const byte = this.#bytes[this.#offset];
        if (byte === void 0) this.#fail(this.#offset, `expected a ${what}, found the end`);
        this.#offset++;
        return byte;
      }
      #length() {
        const start = this.#offset;
        const first = this.#byte("length");
        if (first < 128) return first;
        const width = first & 127;
        if (width === 0) this.#fail(start, "indefinite lengths are not allowed");
        if (width > 4) this.#fail(start, "a length has more than 4 bytes");
        let length = 0;
        for (let i = 0; i < width; i++) length = length * 256 + this.#byte("length");
        if (length < 128 || length < 256 ** (width - 1)) this.#fail(start, "a length is not minimally encoded");
        return length;
      }
      #fail(offset, problem) {
        fail("DER_INVALID", `${problem}, at byte ${offset}`);
      }
    };
  }
});

// src/core/encoding/der-writer.ts
function element(tag, ...contents) {
  let length = 0;
  for (const part of contents) length += part.length;
  return concatBytes2(new Uint8Array([tag]), lengthBytes(length), ...contents);
}
function lengthBytes(length) {
  if (length < 128) return new Uint8Array([length]);
  const width = length < 256 ? 1 : length < 65536 ? 2 : length < 16777216 ? 3 : 4;
  return concatBytes2(new Uint8Array([128 | width]), uintBytes(length, width));
}
function unsigned(bytes) {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const digits = bytes.subarray(start);
  return (digits[0] ?? 128) >= 128 ? element(tags.integer, new Uint8Array([0]), digits) : element(tags.integer, digits);
}
function oidContents(oid) {
  const [first = 0n, second = 0n, ...rest] = oid.split(".").map(BigInt);
  const bytes = [];
  for (const arc2 of [first * 40n + second, ...rest]) {
    const groups = [Number(arc2 & 0x7fn)];
    for (let high = arc2 >> 7n; high > 0n; high >>= 7n) groups.unshift(Number(high & 0x7fn) | 128);
    bytes.push(...groups);
  }
  return new Uint8Array(bytes);
}
function timeDigits(time) {
  return `${time.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`;
}
function compareBytes(a, b) {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
var der;
var init_der_writer = __esm({
  "src/core/encoding/der-writer.ts"() {
    "use strict";
    init_bytes();
    init_der();
    der = {
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
      octetString: (bytes) => element(tags.octetString, bytes),
      bitString: (bytes) => element(tags.bitString, new Uint8Array([0]), bytes),
      /** A named-bit BIT STRING of the bits with these numbers, trailing zero bits left out. */
      namedBits: (...bits) => {
        if (bits.length === 0) return element(tags.bitString, new Uint8Array([0]));
        const last = Math.max(...bits);
        const bytes = new Uint8Array(Math.floor(last / 8) + 1);
        for (const bit of bits) {
          const index = Math.floor(bit / 8);
          bytes[index] = (bytes[index] ?? 0) | 128 >> bit % 8;
        }
        return element(tags.bitString, new Uint8Array([7 - last % 8]), bytes);
      },
      null: () => element(tags.null),
      utf8String: (text3) => element(tags.utf8String, utf8(text3)),
      printableString: (text3) => element(tags.printableString, utf8(text3)),
      /** UTCTime from 1950 to 2049, else GeneralizedTime (RFC 5280, section 4.1.2.5). */
      time: (time) => time.getUTCFullYear() >= 1950 && time.getUTCFullYear() < 2050 ? element(tags.utcTime, utf8(timeDigits(time).slice(2))) : element(tags.generalizedTime, utf8(timeDigits(time))),
      generalizedTime: (time) => element(tags.generalizedTime, utf8(timeDigits(time))),
      /** `[number] EXPLICIT`, or an implicitly tagged constructed element. */
      context: (number2, ...contents) => element(contextTag(number2, "constructed"), ...contents),
      /** An implicitly tagged primitive element. */
      contextPrimitive: (number2, contents) => element(contextTag(number2, "primitive"), contents)
    };
  }
});

// src/core/encoding/go-url.ts
function goUrl(text3) {
  if (/[\x00-\x1f\x7f]/.test(text3)) return void 0;
  const [, origin, path = "", query = "", fragment] = /^(https?:\/\/[\w.:-]+)(\/[^?#]*)?(\?[^#]*)?(?:#(.*))?$/s.exec(text3) ?? [];
  if (origin === void 0) return void 0;
  const writtenPath = encodePart(path, "path");
  const writtenFragment = encodePart(fragment ?? "", "fragment");
  if (writtenPath === void 0 || writtenFragment === void 0) return void 0;
  return `${origin}${writtenPath}${query}${fragment ? `#${writtenFragment}` : ""}`;
}
function plainUrl(url) {
  if (!url.includes("%")) return void 0;
  const bytes = percentDecode(url);
  const text3 = bytes === void 0 ? void 0 : decodeUtf8(bytes);
  return text3 === void 0 || text3.includes("%") || goUrl(text3) !== url ? void 0 : text3;
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
function percentDecode(text3) {
  const bytes = [];
  const written = utf8(text3);
  for (let at = 0; at < written.length; at++) {
    const byte = written[at] ?? 0;
    if (byte !== 37) {
      bytes.push(byte);
      continue;
    }
    const digits = decodeUtf8(written.subarray(at + 1, at + 3)) ?? "";
    if (!/^[0-9a-fA-F]{2}$/.test(digits)) return void 0;
    bytes.push(Number.parseInt(digits, 16));
    at += 2;
  }
  return Uint8Array.from(bytes);
}
var plain, allowed;
var init_go_url = __esm({
  "src/core/encoding/go-url.ts"() {
    "use strict";
    init_bytes();
    plain = { path: /[\w\-.~$&+,/:;=@]/, fragment: /[\w\-.~$&+,/:;=?@!()*]/ };
    allowed = {
      path: /^[\w\-.~$&+,/:;=@!'()*[\]%]*$/,
      fragment: /^[\w\-.~$&+,/:;=?@!()*'[\]%]*$/
    };
  }
});

// src/core/encoding/hex.ts
function encodeHex(bytes) {
  let text3 = "";
  for (const byte of bytes) text3 += pairs[byte];
  return text3;
}
function decodeHex(text3) {
  if (text3.length % 2 !== 0 || foreign2.test(text3))
    fail("HEX_INVALID", "the text is not lower-case hexadecimal with an even number of digits");
  const bytes = new Uint8Array(text3.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text3.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}
var foreign2, pairs;
var init_hex = __esm({
  "src/core/encoding/hex.ts"() {
    "use strict";
    init_errors();
    foreign2 = /[^0-9a-f]/;
    pairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
  }
});

// src/core/encoding/json.ts
function parseJson(input, limits = {}) {
  return parserOf(input, limits).document();
}
function parseJsonObject(input, limits = {}) {
  return parserOf(input, limits).objectOfDocument();
}
function parseJsonMembers(input, names, limits = {}) {
  return parserOf(input, limits).membersOfDocument(new Set(names));
}
function parserOf(input, limits) {
  const all = { ...defaults, ...limits };
  const { maxLength: maxLength6 } = all;
  if (input.length > maxLength6)
    fail("LIMIT_EXCEEDED", `the JSON document has ${input.length} bytes; the limit is ${maxLength6}`);
  const text3 = typeof input === "string" ? input : decodeUtf8(input) ?? fail("JSON_INVALID", "the JSON document is not valid UTF-8");
  return new Parser(text3, all);
}
var defaults, maxNames, longText, number, control, escapeSequence, Parser, words;
var init_json = __esm({
  "src/core/encoding/json.ts"() {
    "use strict";
    init_errors();
    init_bytes();
    defaults = { maxLength: 16 * 1024 * 1024, maxDepth: 64, maxValues: 25e4 };
    maxNames = 5e5;
    longText = 64 * 1024;
    number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
    control = /[\u0000-\u001f]/;
    escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
    Parser = class {
      #text;
      #limits;
      #offset = 0;
      #values = 0;
      #names = 0;
      constructor(text3, limits) {
        this.#text = text3;
        this.#limits = limits;
      }
      document() {
        const value = this.#value(0);
        this.#end();
        return value;
      }
      objectOfDocument() {
        const isObject = this.#next(0) === "{";
        const object3 = isObject ? this.#object(0) : void 0;
        if (!isObject) this.#check(0);
        this.#end();
        return object3;
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
        const { maxValues: maxValues3 } = this.#limits;
        if (++this.#values > maxValues3)
          fail("LIMIT_EXCEEDED", `the JSON document has more than ${maxValues3} values, at character ${this.#offset}`);
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
      #members(member) {
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
          member(name);
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
        const start = this.#offset;
        const contents = this.#contents();
        if (!contents.includes("\\")) return this.#detached(contents);
        try {
          return JSON.parse(`"${contents}"`);
        } catch {
          return this.#failEscape(start);
        }
      }
      /** Copies a short piece of a long text: engines keep the whole text as long as a piece of it. */
      #detached(piece) {
        const isSmall = this.#text.length > longText && piece.length > 12 && piece.length < this.#text.length / 4;
        return isSmall ? decodeUtf8(utf8(piece)) ?? piece : piece;
      }
      #checkString() {
        const start = this.#offset;
        const contents = this.#contents();
        for (let at = contents.indexOf("\\"); at !== -1; at = contents.indexOf("\\", at)) {
          escapeSequence.lastIndex = at;
          if (!escapeSequence.test(contents)) this.#failEscape(start);
          at = escapeSequence.lastIndex;
        }
      }
      #failEscape(start) {
        this.#offset = start;
        this.#fail("invalid escape in a JSON string");
      }
      /** Returns the text between the quotes, as it is written. */
      #contents() {
        const start = this.#offset;
        let end = this.#text.indexOf('"', start + 1);
        while (end !== -1 && this.#escaped(end)) end = this.#text.indexOf('"', end + 1);
        if (end === -1) this.#fail("unterminated JSON string");
        const contents = this.#text.slice(start + 1, end);
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
      #fail(problem) {
        fail("JSON_INVALID", `${problem}, at character ${this.#offset}`);
      }
    };
    words = /* @__PURE__ */ new Map([
      ["t", true],
      ["f", false],
      ["n", null]
    ]);
  }
});

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
var init_json_reader = __esm({
  "src/core/encoding/json-reader.ts"() {
    "use strict";
  }
});

// src/core/encoding/pem.ts
function decodePem(label, text3) {
  const blocks = [];
  const trimmed = text3.trim();
  block.lastIndex = 0;
  while (block.lastIndex < trimmed.length) {
    const offset = block.lastIndex;
    const match = block.exec(trimmed);
    if (match === null) fail("PEM_INVALID", `expected a PEM block at character ${offset}`);
    if (match[1] !== label) fail("PEM_INVALID", `expected a PEM block "${label}", found another kind`);
    blocks.push(decodeBase64((match[2] ?? "").replace(/[\r\n]/g, "")));
  }
  const [first, ...others] = blocks;
  return first === void 0 ? fail("PEM_INVALID", "the text contains no PEM block") : [first, ...others];
}
var block;
var init_pem = __esm({
  "src/core/encoding/pem.ts"() {
    "use strict";
    init_errors();
    init_base64();
    block = /-----BEGIN ([A-Z0-9 ]+)-----\r?\n([A-Za-z0-9+/=\r\n]+?)\r?\n-----END \1-----(?:\r?\n|$)/y;
  }
});

// src/core/encoding/pre-authentication-encoding.ts
function preAuthenticationEncoding(payloadType, payload) {
  const type = utf8(payloadType);
  return concatBytes2(utf8(`DSSEv1 ${type.length} `), type, utf8(` ${payload.length} `), payload);
}
var init_pre_authentication_encoding = __esm({
  "src/core/encoding/pre-authentication-encoding.ts"() {
    "use strict";
    init_bytes();
  }
});

// src/core/encoding/proto-json.ts
function snakeCase(name) {
  const snake = snakeNames.get(name) ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  snakeNames.set(name, snake);
  return snake;
}
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
var maxMessages, ProtoField, snakeNames, shapeNames;
var init_proto_json = __esm({
  "src/core/encoding/proto-json.ts"() {
    "use strict";
    init_errors();
    init_base64();
    init_bytes();
    init_json();
    init_json_reader();
    maxMessages = 1024;
    ProtoField = class _ProtoField {
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
          const integer = BigInt(value);
          if (integer < 2n ** 63n) return integer;
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
        const text3 = written.replace(/\r?\n/g, "");
        if (/[-_]/.test(text3) && /[+/]/.test(text3)) this.fail("mixes the standard and the URL-safe base64 alphabet");
        const standard = text3.replaceAll("-", "+").replaceAll("_", "/");
        const padding2 = standard.endsWith("=") ? 0 : (4 - standard.length % 4) % 4;
        return this.#decoded(standard + "=".repeat(padding2));
      }
      #decoded(text3) {
        return reading(this.#code, this.path, () => decodeBase64(text3));
      }
      /** Returns bytes that must be present and not empty. */
      data() {
        const bytes = this.bytes();
        return bytes.length > 0 ? bytes : this.fail("is missing");
      }
      /** Returns an enum value, written as its name or number; `undefined` for one that is not in the table. */
      enum(table) {
        const value = this.#value ?? 0;
        for (const name of Object.keys(table)) if (name === value || table[name] === value) return name;
        return typeof value === "string" || typeof value === "number" ? void 0 : this.fail("is not an enum value");
      }
      /** Returns a point in time (RFC 3339), or `undefined` if absent. */
      time() {
        if (this.#value === void 0) return void 0;
        const text3 = this.string();
        const shape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;
        const [, local = ""] = shape.exec(text3) ?? [];
        const date = new Date(text3);
        const there = /* @__PURE__ */ new Date(`${local}Z`);
        const exists = !Number.isNaN(date.getTime()) && !Number.isNaN(there.getTime()) && there.toISOString().startsWith(local);
        return local !== "" && exists ? date : this.fail("is not a valid time (RFC 3339)");
      }
      fail(problem) {
        fail(this.#code, `${this.path} ${problem}`);
      }
      #object() {
        return asObject(this.#value) ?? this.fail("is not an object");
      }
    };
    snakeNames = /* @__PURE__ */ new Map();
    shapeNames = /* @__PURE__ */ new WeakMap();
  }
});

// src/core/encoding/index.ts
var init_encoding = __esm({
  "src/core/encoding/index.ts"() {
    "use strict";
    init_base64();
    init_bytes();
    init_canonical_json();
    init_der();
    init_der_writer();
    init_go_url();
    init_hex();
    init_json();
    init_json_reader();
    init_pem();
    init_pre_authentication_encoding();
    init_proto_json();
  }
});

// src/core/crypto/digest.ts
function toDigest(algorithm, bytes) {
  const length = digestLengths[algorithm];
  if (bytes.length !== length)
    fail("DIGEST_INVALID", `a ${algorithm} digest must have ${length} bytes, not ${bytes.length}`);
  return { algorithm, bytes };
}
function toCommit(bytes) {
  if (bytes.length !== 20 && bytes.length !== 32)
    fail("DIGEST_INVALID", `a gitCommit digest must have 20 or 32 bytes, not ${bytes.length}`);
  return { algorithm: "gitCommit", bytes };
}
function parseCommit(text3) {
  const [, hex = ""] = /^gitCommit:([0-9a-fA-F]+)$/.exec(text3) ?? [];
  return reading("DIGEST_INVALID", "the commit", () => toCommit(decodeHex(hex.toLowerCase())));
}
function parseDigest(text3) {
  const [, algorithm = "", hex = ""] = /^(sha(?:256|384|512)):([0-9a-fA-F]+)$/.exec(text3) ?? [];
  if (!isHashAlgorithm(algorithm))
    fail("DIGEST_INVALID", "the digest must have the form sha256:<hex>, sha384:<hex> or sha512:<hex>");
  return reading("DIGEST_INVALID", "the digest", () => toDigest(algorithm, decodeHex(hex.toLowerCase())));
}
function formatDigest(digest2) {
  return `${digest2.algorithm}:${encodeHex(digest2.bytes)}`;
}
function isHash(digest2) {
  return digest2.algorithm !== "gitCommit";
}
function isHashAlgorithm(name) {
  return Object.hasOwn(digestLengths, name);
}
function digest(algorithm, bytes) {
  return toDigest(algorithm, hashes[algorithm](bytes));
}
function equalDigests(a, b) {
  return a.algorithm === b.algorithm && equalBytes(a.bytes, b.bytes);
}
function sharedDigests(known, stated) {
  const shared = known.filter(({ algorithm }) => stated.some((one) => one.algorithm === algorithm));
  const agrees = (digest2) => stated.every((one) => one.algorithm !== digest2.algorithm || equalDigests(one, digest2));
  return shared.every(agrees) ? shared : [];
}
var digestLengths, hashes;
var init_digest = __esm({
  "src/core/crypto/digest.ts"() {
    "use strict";
    init_sha2();
    init_encoding();
    init_errors();
    digestLengths = { sha256: 32, sha384: 48, sha512: 64 };
    hashes = { sha256, sha384, sha512 };
  }
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
function astring(value, title = "") {
  if (typeof value !== "string") {
    const prefix = title && `"${title}" `;
    throw new TypeError(prefix + "expected string, got type=" + typeof value);
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
    const prefix = title && `"${title}" `;
    throw new TypeError(prefix + "expected number, got type=" + typeof value);
  }
  if (!Number.isSafeInteger(value)) {
    const prefix = title && `"${title}" `;
    throw new RangeError(prefix + "expected safe integer, got " + value);
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
function bytesToNumberBE(bytes) {
  return hexToNumber(bytesToHex(bytes));
}
function bytesToNumberLE(bytes) {
  return hexToNumber(bytesToHex(copyBytes(abytes(bytes)).reverse()));
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
function copyBytes(bytes) {
  return Uint8Array.from(abytes2(bytes));
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
  const reseed = (seed = NULL) => {
    k = h(byte0, seed);
    v = h();
    if (seed.length === 0)
      return;
    k = h(byte1, seed);
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
  const genUntil = (seed, pred) => {
    reset();
    reseed(seed);
    let res = void 0;
    while ((res = pred(gen())) === void 0)
      reseed();
    reset();
    return res;
  };
  return genUntil;
}
function validateObject(object3, fields = {}, optFields = {}, title = "object") {
  aobject2(object3, title);
  aobject2(fields, "fields");
  aobject2(optFields, "optFields");
  function checkField(fieldName, expectedType, isOpt) {
    const label = title === "object" ? `param "${String(fieldName)}"` : `"${title}.${String(fieldName)}"`;
    const val = object3[fieldName];
    if (!Object.hasOwn(object3, fieldName) && (isOpt ? val !== void 0 : expectedType !== "function")) {
      throw new TypeError(`${label} is invalid: expected own property`);
    }
    if (isOpt && val === void 0)
      return;
    const current = typeof val;
    if (current !== expectedType || val === null)
      throw new TypeError(`${label} is invalid: expected ${expectedType}, got ${current}`);
  }
  const iter = (f, isOpt) => Object.entries(f).forEach(([k, v]) => checkField(k, v, isOpt));
  iter(fields, false);
  iter(optFields, true);
}
var abytes2, anumber2, bytesToHex2, concatBytes3, hexToBytes2, isBytes2, randomBytes2, _0n, _1n, atitle2, bitMask;
var init_utils2 = __esm({
  "node_modules/@noble/curves/utils.js"() {
    init_utils();
    abytes2 = (value, length, title) => abytes(value, length, title);
    anumber2 = anumber;
    bytesToHex2 = bytesToHex;
    concatBytes3 = (...arrays) => concatBytes(...arrays);
    hexToBytes2 = (hex) => hexToBytes(hex);
    isBytes2 = isBytes;
    randomBytes2 = (bytesLength) => randomBytes(bytesLength);
    _0n = /* @__PURE__ */ BigInt(0);
    _1n = /* @__PURE__ */ BigInt(1);
    atitle2 = (title) => title ? `"${title}" ` : "";
    bitMask = (n) => {
      asafenumber(n, "n");
      return (_1n << BigInt(n)) - _1n;
    };
  }
});

// node_modules/@noble/curves/abstract/modular.js
function mod(a, b) {
  if (b <= _0n2)
    throw new Error("mod: expected positive modulus, got " + b);
  const result = a % b;
  return result >= _0n2 ? result : b + result;
}
function pow(num, power, modulo) {
  if (modulo <= _1n2)
    throw new Error("pow: expected modulus > 1, got " + modulo);
  if (typeof power !== "bigint")
    throw new TypeError("invalid exponent: expected bigint, got " + typeof power);
  if (power < _0n2)
    throw new Error("invalid exponent, negatives unsupported");
  if (power === _0n2)
    return _1n2;
  if (power === _1n2)
    return num;
  let d = num % modulo;
  if (d < _0n2)
    d += modulo;
  if (power < POW_WINDOWED_MIN) {
    let p2 = _1n2;
    while (power > _0n2) {
      if (power & _1n2)
        p2 = p2 * d % modulo;
      d = d * d % modulo;
      power >>= _1n2;
    }
    return p2;
  }
  const digits = [];
  while (power > _0n2) {
    digits.push(Number(power & _15n));
    power >>= _4n;
  }
  const table = new Array(16);
  table[0] = _1n2;
  table[1] = d;
  for (let i = 2; i < 16; i++)
    table[i] = table[i - 1] * d % modulo;
  let p = table[digits[digits.length - 1]];
  for (let w = digits.length - 2; w >= 0; w--) {
    p = p * p % modulo;
    p = p * p % modulo;
    p = p * p % modulo;
    p = p * p % modulo;
    const digit2 = digits[w];
    if (digit2 !== 0)
      p = p * table[digit2] % modulo;
  }
  return p;
}
function pow2(x, power, modulo) {
  if (modulo <= _1n2)
    throw new Error("pow2: expected modulus > 1, got " + modulo);
  if (power < _0n2)
    throw new Error("pow2: expected non-negative exponent, got " + power);
  let res = x;
  while (power-- > _0n2) {
    res *= res;
    res %= modulo;
  }
  return res;
}
function invert(number2, modulo) {
  if (number2 === _0n2)
    throw new Error("invert: expected non-zero number");
  if (modulo <= _1n2)
    throw new Error("invert: expected modulus > 1, got " + modulo);
  let a = mod(number2, modulo);
  let b = modulo;
  let x = _0n2, u = _1n2;
  while (a !== _0n2) {
    const q = b / a;
    const r = b - a * q;
    const m = x - u * q;
    b = a, a = r, x = u, u = m;
  }
  const gcd = b;
  if (gcd !== _1n2)
    throw new Error("invert: does not exist");
  return mod(x, modulo);
}
function invertCt(a, prime2) {
  if (prime2 <= _1n2)
    throw new Error("invertCt: expected prime modulus > 1, got " + prime2);
  const an = mod(a, prime2);
  if (an === _0n2)
    throw new Error("invertCt: expected non-zero number");
  const inverse = pow(an, prime2 - _2n, prime2);
  if (mod(an * inverse, prime2) !== _1n2)
    throw new Error("invertCt: does not exist");
  return inverse;
}
function assertIsSquare(Fp2, root, n) {
  const F2 = Fp2;
  if (!F2.eql(F2.sqr(root), n))
    throw new Error("Cannot find square root");
}
function aoddModulus(order, fnName) {
  if ((order & _1n2) === _0n2)
    throw new Error(fnName + ": expected odd modulus, got " + order);
}
function sqrt3mod4(Fp2, n) {
  const F2 = Fp2;
  const p1div4 = (F2.ORDER + _1n2) / _4n;
  const root = F2.pow(n, p1div4);
  assertIsSquare(F2, root, n);
  return root;
}
function sqrt5mod8(Fp2, n) {
  const F2 = Fp2;
  const p5div8 = (F2.ORDER - _5n) / _8n;
  const n2 = F2.mul(n, _2n);
  const v = F2.pow(n2, p5div8);
  const nv = F2.mul(n, v);
  const i = F2.mul(F2.mul(nv, _2n), v);
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
  const c4 = (P + _7n) / _16n;
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
  let Q2 = P - _1n2;
  let S = 0;
  while (Q2 % _2n === _0n2) {
    Q2 /= _2n;
    S++;
  }
  let Z = _2n;
  const _Fp = Field(P);
  while (FpLegendre(_Fp, Z) === 1) {
    if (Z++ > 1e3)
      throw new Error("Cannot find square root: probably non-prime P");
  }
  if (S === 1)
    return sqrt3mod4;
  let cc = _Fp.pow(Z, Q2);
  const Q1div2 = (Q2 + _1n2) / _2n;
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
      const exponent = _1n2 << BigInt(M - i - 1);
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
  if (field.ORDER <= _1n2)
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
  const p1mod2 = (F2.ORDER - _1n2) / _2n;
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
  if (n <= _0n2)
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
function Field(ORDER, opts = {}) {
  Object.freeze(_Field.prototype);
  return new _Field(ORDER, opts);
}
function getFieldBytesLength(fieldOrder) {
  if (typeof fieldOrder !== "bigint")
    throw new Error("field order must be bigint");
  if (fieldOrder <= _1n2)
    throw new Error("field order must be greater than 1");
  const bitLength2 = bitLen(fieldOrder - _1n2);
  return Math.ceil(bitLength2 / 8);
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
  const reduced = mod(num, fieldOrder - _1n2) + _1n2;
  return isLE2 ? numberToBytesLE(reduced, fieldLen) : numberToBytesBE(reduced, fieldLen);
}
var _0n2, _1n2, _2n, _3n, _4n, _5n, _7n, _8n, _9n, _15n, _16n, POW_WINDOWED_MIN, isNegativeLE, FIELD_FIELDS, FIELD_SQRT, _Field;
var init_modular = __esm({
  "node_modules/@noble/curves/abstract/modular.js"() {
    init_utils2();
    _0n2 = /* @__PURE__ */ BigInt(0);
    _1n2 = /* @__PURE__ */ BigInt(1);
    _2n = /* @__PURE__ */ BigInt(2);
    _3n = /* @__PURE__ */ BigInt(3);
    _4n = /* @__PURE__ */ BigInt(4);
    _5n = /* @__PURE__ */ BigInt(5);
    _7n = /* @__PURE__ */ BigInt(7);
    _8n = /* @__PURE__ */ BigInt(8);
    _9n = /* @__PURE__ */ BigInt(9);
    _15n = /* @__PURE__ */ BigInt(15);
    _16n = /* @__PURE__ */ BigInt(16);
    POW_WINDOWED_MIN = /* @__PURE__ */ BigInt("0x10000000000000000");
    isNegativeLE = (num, modulo) => (mod(num, modulo) & _1n2) === _1n2;
    FIELD_FIELDS = [
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
    FIELD_SQRT = /* @__PURE__ */ new WeakMap();
    _Field = class {
      ORDER;
      BITS;
      BYTES;
      isLE;
      ZERO = _0n2;
      ONE = _1n2;
      _lengths;
      _mod;
      constructor(ORDER, opts = {}) {
        if (ORDER <= _1n2)
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
        return _0n2 <= num && num < this.ORDER;
      }
      is0(num) {
        return num === _0n2;
      }
      // is valid and invertible
      isValidNot0(num) {
        return !this.is0(num) && this.isValid(num);
      }
      isOdd(num) {
        return (num & _1n2) === _1n2;
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
      fromBytes(bytes, skipValidation = false) {
        abytes2(bytes);
        const { _lengths: allowedLengths, BYTES, isLE: isLE2, ORDER, _mod: modFromBytes } = this;
        if (allowedLengths) {
          if (bytes.length < 1 || !allowedLengths.includes(bytes.length) || bytes.length > BYTES) {
            throw new Error("Field.fromBytes: expected " + allowedLengths + " bytes, got " + bytes.length);
          }
          const padded = new Uint8Array(BYTES);
          padded.set(bytes, isLE2 ? 0 : padded.length - bytes.length);
          bytes = padded;
        }
        if (bytes.length !== BYTES)
          throw new Error("Field.fromBytes: expected " + BYTES + " bytes, got " + bytes.length);
        let scalar = isLE2 ? bytesToNumberLE(bytes) : bytesToNumberBE(bytes);
        if (modFromBytes)
          scalar = mod(scalar, ORDER);
        if (!skipValidation) {
          if (!this.isValid(scalar))
            throw new Error("invalid field element: outside of range 0..ORDER");
        }
        return scalar;
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
  }
});

// node_modules/@noble/curves/abstract/curve.js
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
  const bytes = numPoints * (4 * fpBytes + 128);
  if (bytes > TABLE_BYTES_MAX)
    throw new Error("invalid window size: table would need ~" + Math.ceil(bytes / 2 ** 20) + " MiB, max " + TABLE_BYTES_MAX / 2 ** 20 + " MiB");
}
function probeRandomBytes(randomBytes4, length) {
  if (randomBytes4 === void 0)
    return void 0;
  afunction(randomBytes4, "randomBytes");
  try {
    const probe = randomBytes4(length);
    if (!isBytes2(probe) || probe.length !== length)
      return void 0;
  } catch {
    return void 0;
  }
  return randomBytes4;
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
  const half = size / 2;
  const mask = BigInt(size - 1);
  const d = [];
  while (n > _0n3) {
    let w = 0;
    if (n & _1n3) {
      w = Number(n & mask);
      if (w >= half)
        w -= size;
      n -= BigInt(w);
    }
    d.push(w);
    n >>= _1n3;
  }
  return d;
}
function signedWindowDigits(n, W, windows) {
  const size = 2 ** W;
  const half = size / 2;
  const mask = BigInt(size - 1);
  const shiftBy = BigInt(W);
  const d = [];
  for (let w = 0; w < windows; w++) {
    let v = Number(n & mask);
    n >>= shiftBy;
    if (v > half) {
      v -= size;
      n += _1n3;
    }
    d.push(v);
  }
  if (n !== _0n3)
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
    if (!(isPosBig(val) && val !== _0n3))
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
  return function keygen(seed) {
    const secretKey = randomSecretKey(seed);
    return { secretKey, publicKey: getPublicKey(secretKey) };
  };
}
var _0n3, _1n3, _4n2, BLIND_BYTES, BLIND_BITS, FW_WINDOW, TABLE_BYTES_MAX, pointWindowSizes, ScalarMultiplier;
var init_curve = __esm({
  "node_modules/@noble/curves/abstract/curve.js"() {
    init_utils2();
    init_modular();
    _0n3 = /* @__PURE__ */ BigInt(0);
    _1n3 = /* @__PURE__ */ BigInt(1);
    _4n2 = /* @__PURE__ */ BigInt(4);
    BLIND_BYTES = 16;
    BLIND_BITS = 128;
    FW_WINDOW = 5;
    TABLE_BYTES_MAX = /* @__PURE__ */ (() => 2 ** 31)();
    pointWindowSizes = /* @__PURE__ */ new WeakMap();
    ScalarMultiplier = class {
      Point;
      BASE;
      ZERO;
      randomBytes;
      wnafPrecomputes = /* @__PURE__ */ new WeakMap();
      baseCanBeBlinded;
      bits;
      // Parametrized with a given Point class (not individual point)
      constructor(Point, randomBytes4) {
        validatePointCons(Point);
        this.randomBytes = probeRandomBytes(randomBytes4, BLIND_BYTES);
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
        const windows = Math.ceil(bits / W) + 1;
        const half = 2 ** (W - 1);
        const comp = [];
        let base = point;
        for (let w = 0; w < windows; w++) {
          let acc = base;
          for (let i = 0; i < half; i++) {
            comp.push(acc);
            acc = acc.add(base);
          }
          base = comp[comp.length - 1].double();
        }
        return { W, bits, windows, comp };
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
        const { W, windows, comp } = precomputes;
        const half = 2 ** (W - 1);
        const digits = signedWindowDigits(n, W, windows);
        let p = this.ZERO;
        let f = this.BASE;
        for (let w = 0; w < windows; w++) {
          const digit2 = digits[w];
          const start = w * half;
          const idx = Math.abs(digit2) - 1;
          let sel = comp[start];
          for (let i = 1; i < half; i++)
            sel = i === idx ? comp[start + i] : sel;
          const neg = sel.negate();
          if (digit2 === 0)
            f = f.add(comp[start]);
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
        let comp = entries?.find((entry) => entry.W === W && entry.bits === bits);
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
      validateMulInput(point, scalar) {
        this.assertPoint(point);
        if (!inRange(scalar, _1n3, this.Point.Fn.ORDER))
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
      mulCT(point, scalar, transform) {
        this.validateMulInput(point, scalar);
        return this.runCT(point, scalar, this.bits, transform);
      }
      mulCTBlinded(point, scalar, transform) {
        this.validateMulInput(point, scalar);
        if (this.randomBytes === void 0)
          throw new Error("randomBytes is required for scalar blinding");
        const bits = this.Point.Fn.BITS + BLIND_BITS;
        const blind = this.randomBytes(BLIND_BYTES);
        if (!isBytes2(blind) || blind.length !== BLIND_BYTES)
          throw new Error("randomBytes returned invalid byte array");
        blind[0] = blind[0] & 63 | 128;
        const n = scalar + bytesToNumberBE(blind) * this.Point.Fn.ORDER;
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
        const table = new Array(size);
        table[0] = this.ZERO;
        for (let i = 1; i < size; i++)
          table[i] = table[i - 1].add(point);
        const windows = Math.ceil(bits / W);
        let acc = this.ZERO;
        for (let window = windows - 1; window >= 0; window--) {
          if (window !== windows - 1)
            for (let d = 0; d < W; d++)
              acc = acc.double();
          const digit2 = Number(n >> BigInt(window * W) & mask);
          let sel = table[0];
          for (let i = 1; i < size; i++)
            sel = i === digit2 ? table[i] : sel;
          acc = acc.add(sel);
        }
        return { p: acc, f: acc };
      }
      shouldBlind(point, cofactor) {
        if (this.randomBytes === void 0)
          return false;
        if (cofactor === _1n3)
          return true;
        if (point !== this.BASE)
          return false;
        if (this.baseCanBeBlinded === void 0)
          this.baseCanBeBlinded = this.mulUnsafe(this.BASE, this.Point.Fn.ORDER).is0();
        return this.baseCanBeBlinded;
      }
      mulSecret(point, scalar, cofactor, transform) {
        return this.shouldBlind(point, cofactor) ? this.mulCTBlinded(point, scalar, transform) : this.mulCT(point, scalar, transform);
      }
      mulUnsafe(point, scalar, transform) {
        this.assertPoint(point);
        if (!isPosBig(scalar))
          throw new Error("invalid scalar");
        const W = getWindowSize(point);
        if (W === 1 || scalar >= this.Point.Fn.ORDER)
          return mulAddUnsafe(this.Point, [point], [scalar], true);
        const precomputes = this.getWnafPrecomputes(W, point, this.bits, transform);
        return this.wnafCachedCT(precomputes, scalar).p;
      }
      // Remembers the window size used for precomputed wNAF multiplication of the given point
      // and drops any previously built tables. Usually only the base point is precomputed.
      // W=1 resets the point to the un-precomputed (table-less) paths.
      // W is additionally capped so tables stay under ~2 GiB ({@link TABLE_BYTES_MAX}).
      setWindowSize(point, W) {
        this.assertPoint(point);
        validateW(W, this.bits);
        const windows = Math.ceil((this.bits + BLIND_BITS) / W) + 1;
        validateTableBytes(windows * 2 ** (W - 1), this.Point.Fp.BYTES);
        pointWindowSizes.set(point, W);
        this.wnafPrecomputes.delete(point);
      }
      // True when a window size is set: tables themselves are built lazily on first multiply.
      hasWindowSize(point) {
        return getWindowSize(point) !== 1;
      }
    };
  }
});

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
var FFTCore;
var init_fft = __esm({
  "node_modules/@noble/curves/abstract/fft.js"() {
    init_utils2();
    FFTCore = (F2, coreOpts) => {
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
  }
});

// node_modules/@noble/hashes/hmac.js
var _HMAC, hmac;
var init_hmac = __esm({
  "node_modules/@noble/hashes/hmac.js"() {
    init_utils();
    _HMAC = class {
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
    hmac = /* @__PURE__ */ (() => {
      const hmac_ = ((hash, key, message) => new _HMAC(hash, key).update(message).digest());
      hmac_.create = (hash, key) => new _HMAC(hash, key);
      return hmac_;
    })();
  }
});

// node_modules/@noble/curves/abstract/der.js
var _0n4, DERErr, _DER, DER;
var init_der2 = __esm({
  "node_modules/@noble/curves/abstract/der.js"() {
    init_utils2();
    _0n4 = /* @__PURE__ */ BigInt(0);
    DERErr = class extends Error {
      constructor(m = "") {
        super(m);
      }
    };
    _DER = {
      // asn.1 DER encoding utils
      Err: DERErr,
      // Basic building block is TLV (Tag-Length-Value)
      _tlv: {
        encode: (tag, data) => {
          const { Err: E } = _DER;
          asafenumber(tag, "tag");
          if (tag < 0 || tag > 255)
            throw new E("tlv.encode: wrong tag");
          astring(data, "data");
          if (data.length & 1)
            throw new E("tlv.encode: unpadded data");
          const dataLen = data.length / 2;
          const len = numberToHexUnpadded(dataLen);
          if (len.length / 2 & 128)
            throw new E("tlv.encode: long form length too big");
          const lenLen = dataLen > 127 ? numberToHexUnpadded(len.length / 2 | 128) : "";
          const t = numberToHexUnpadded(tag);
          return t + lenLen + len + data;
        },
        // v - value, l - left bytes (unparsed)
        decode(tag, data) {
          const { Err: E } = _DER;
          data = abytes2(data, void 0, "DER data");
          let pos = 0;
          if (tag < 0 || tag > 255)
            throw new E("tlv.decode: wrong tag");
          if (data.length < 2 || data[pos++] !== tag)
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
          if (num < _0n4)
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
      toSig(bytes, maxScalarBytes) {
        const { Err: E, _int: int, _tlv: tlv } = _DER;
        if (maxScalarBytes !== void 0) {
          asafenumber(maxScalarBytes, "maxScalarBytes");
          if (maxScalarBytes < 1)
            throw new E("invalid signature: maxScalarBytes must be positive");
        }
        const data = abytes2(bytes, void 0, "signature");
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
      hexFromSig(sig) {
        const { _tlv: tlv, _int: int } = _DER;
        validateObject(sig, { r: "bigint", s: "bigint" }, {}, "sig");
        const rs = tlv.encode(2, int.encode(sig.r));
        const ss = tlv.encode(2, int.encode(sig.s));
        const seq = rs + ss;
        return tlv.encode(48, seq);
      }
    };
    DER = /* @__PURE__ */ (() => {
      Object.freeze(_DER._tlv);
      Object.freeze(_DER._int);
      return Object.freeze(_DER);
    })();
  }
});

// node_modules/@noble/curves/abstract/weierstrass.js
function _splitEndoScalar(k, basis, n) {
  aInRange("scalar", k, _0n5, n);
  const [[a1, b1], [a2, b2]] = basis;
  const c1 = divNearest(b2 * k, n);
  const c2 = divNearest(-b1 * k, n);
  let k1 = k - c1 * a1 - c2 * a2;
  let k2 = -c1 * b1 - c2 * b2;
  const k1neg = k1 < _0n5;
  const k2neg = k2 < _0n5;
  if (k1neg)
    k1 = -k1;
  if (k2neg)
    k2 = -k2;
  const MAX_NUM = bitMask(Math.ceil(bitLen(n) / 2)) + _1n4;
  if (k1 < _0n5 || k1 >= MAX_NUM || k2 < _0n5 || k2 >= MAX_NUM) {
    throw new Error("splitScalar (endomorphism): failed for k");
  }
  return { k1neg, k1, k2neg, k2 };
}
function validateSigFormat(format) {
  if (!["compact", "recovered", "der"].includes(format))
    throw new Error('Signature format must be "compact", "recovered", or "der"');
  return format;
}
function validateSigOpts(opts, def) {
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
  const randomBytes4 = extraOpts.randomBytes === void 0 ? randomBytes2 : extraOpts.randomBytes;
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
  function pointFromBytes(bytes) {
    abytes2(bytes, void 0, "Point");
    const { publicKey: comp, publicKeyUncompressed: uncomp } = lengths;
    const length = bytes.length;
    const head = bytes[0];
    const tail = bytes.subarray(1);
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
  const _4a3 = Fp2.mul(Fp2.pow(CURVE.a, _3n2), _4n3);
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
    static fromBytes(bytes) {
      const P = Point.fromAffine(decodePoint(abytes2(bytes, void 0, "point")));
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
    multiply(scalar) {
      if (!Fn.isValidNot0(scalar))
        throw new RangeError("invalid scalar: out of range");
      const { p, f } = wnaf.mulSecret(this, scalar, cofactor, normalize);
      return normalize([p, f])[0];
    }
    /**
     * Non-constant-time multiplication. Uses width-4 wNAF with GLV endomorphism splitting
     * when available (two half-width scalars sharing one halved doubling chain).
     * It's faster, but should only be used when you don't care about
     * an exposed secret key e.g. sig verification, which works over *public* keys.
     */
    multiplyUnsafe(scalar) {
      const p = this;
      const sc = scalar;
      if (!Fn.isValid(sc))
        throw new RangeError("invalid scalar: out of range");
      if (sc === _0n5 || p.is0())
        return Point.ZERO;
      if (sc === _1n4)
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
      if (cofactor === _1n4)
        return true;
      if (isTorsionFree)
        return isTorsionFree(Point, this);
      return wnaf.mulUnsafe(this, CURVE_ORDER).is0();
    }
    clearCofactor() {
      if (cofactor === _1n4)
        return this;
      if (clearCofactor)
        return clearCofactor(Point, this);
      return this.multiplyUnsafe(cofactor);
    }
    isSmallOrder() {
      if (cofactor === _1n4)
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
  const wnaf = new ScalarMultiplier(Point, randomBytes4);
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
function ecdh(Point, ecdhOpts = {}) {
  validatePointCons(Point);
  const { Fn } = Point;
  const randomBytes_ = ecdhOpts.randomBytes === void 0 ? randomBytes2 : ecdhOpts.randomBytes;
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
  function randomSecretKey(seed) {
    seed = seed === void 0 ? randomBytes_(lengths.seed) : seed;
    return mapHashToField(abytes2(seed, lengths.seed, "seed"), Fn.ORDER);
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
function ecdsa(Point, hash, ecdsaOpts = {}) {
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
  const randomBytes4 = opts.randomBytes === void 0 ? randomBytes2 : opts.randomBytes;
  const hmac2 = opts.hmac === void 0 ? (key, msg) => hmac(hash_, key, msg) : opts.hmac;
  const { Fp: Fp2, Fn } = Point;
  const { ORDER: CURVE_ORDER, BITS: fnBits } = Fn;
  const blindLength = getMinHashLength(CURVE_ORDER);
  const csprng = probeRandomBytes(randomBytes4, blindLength);
  const { keygen, getPublicKey, getSharedSecret, utils, lengths } = ecdh(Point, opts);
  const defaultSigOpts = {
    prehash: true,
    lowS: typeof opts.lowS === "boolean" ? opts.lowS : true,
    format: "compact",
    extraEntropy: false
  };
  const hasLargeRecoveryLifts = CURVE_ORDER * _2n2 + _1n4 < Fp2.ORDER;
  function isBiggerThanHalfOrder(number2) {
    const HALF = CURVE_ORDER >> _1n4;
    return number2 > HALF;
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
  function validateSigLength(bytes, format) {
    validateSigFormat(format);
    const size = lengths.signature;
    const sizer = format === "compact" ? size : format === "recovered" ? size + 1 : void 0;
    return abytes2(bytes, sizer);
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
    static fromBytes(bytes, format = defaultSigOpts.format) {
      validateSigLength(bytes, format);
      let recid;
      if (format === "der") {
        if (bytes.length > 2 * Fn.BYTES + 16)
          throw new DER.Err("invalid signature: DER signature too long");
        const { r: r2, s: s2 } = DER.toSig(abytes2(bytes), Fn.BYTES + 1);
        return new Signature(r2, s2);
      }
      if (format === "recovered") {
        recid = bytes[0];
        format = "compact";
        bytes = bytes.subarray(1);
      }
      const L = lengths.signature / 2;
      const r = bytes.subarray(0, L);
      const s = bytes.subarray(L, L * 2);
      return new Signature(Fn.fromBytes(r), Fn.fromBytes(s), recid);
    }
    static fromHex(hex, format) {
      return this.fromBytes(hexToBytes2(hex), format);
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
    toBytes(format = defaultSigOpts.format) {
      validateSigFormat(format);
      if (format === "der")
        return hexToBytes2(DER.hexFromSig(this));
      const { r, s } = this;
      const rb = Fn.toBytes(r);
      const sb = Fn.toBytes(s);
      if (format === "recovered") {
        assertRecoverableCurve();
        return concatBytes3(Uint8Array.of(this.assertRecovery()), rb, sb);
      }
      return concatBytes3(rb, sb);
    }
    toHex(format) {
      return bytesToHex2(this.toBytes(format));
    }
  }
  Object.freeze(Signature.prototype);
  Object.freeze(Signature);
  const bits2int = opts.bits2int === void 0 ? function bits2int_def(bytes) {
    if (bytes.length > 8192)
      throw new Error("input is too large");
    const num = bytesToNumberBE(bytes);
    const delta = bytes.length * 8 - fnBits;
    return delta > 0 ? num >> BigInt(delta) : num;
  } : opts.bits2int;
  const bits2int_modN = opts.bits2int_modN === void 0 ? function bits2int_modN_def(bytes) {
    return Fn.create(bits2int(bytes));
  } : opts.bits2int_modN;
  const ORDER_MASK = bitMask(fnBits);
  function int2octets(num) {
    aInRange("num < 2^" + fnBits, num, _0n5, ORDER_MASK);
    return Fn.toBytes(num);
  }
  function validateMsgAndHash(message, prehash) {
    abytes2(message, void 0, "message");
    return prehash ? abytes2(hash_(message), void 0, "prehashed message") : message;
  }
  function prepSig(message, secretKey, opts2) {
    const { lowS, prehash, extraEntropy } = validateSigOpts(opts2, defaultSigOpts);
    message = validateMsgAndHash(message, prehash);
    const h1int = bits2int_modN(message);
    const d = Fn.fromBytes(secretKey);
    if (!Fn.isValidNot0(d))
      throw new Error("invalid private key");
    const seedArgs = [int2octets(d), int2octets(h1int)];
    if (extraEntropy != null && extraEntropy !== false) {
      const e = extraEntropy === true ? randomBytes4(lengths.secretKey) : extraEntropy;
      seedArgs.push(abytes2(e, void 0, "extraEntropy"));
    }
    const seed = concatBytes3(...seedArgs);
    const m = h1int;
    function k2sig(kBytes) {
      const k = bits2int(kBytes);
      if (!Fn.isValidNot0(k))
        return;
      const q = Point.BASE.multiply(k).toAffine();
      const r = Fn.create(q.x);
      if (r === _0n5)
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
      if (s === _0n5)
        return;
      let recovery = getRecoveryBit(q.x, q.y, r);
      let normS = s;
      if (lowS && isBiggerThanHalfOrder(s)) {
        normS = Fn.neg(s);
        recovery ^= 1;
      }
      return new Signature(r, normS, hasLargeRecoveryLifts ? void 0 : recovery);
    }
    return { seed, k2sig };
  }
  function sign(message, secretKey, opts2 = {}) {
    const { seed, k2sig } = prepSig(message, secretKey, opts2);
    const drbg = createHmacDrbg(hash_.outputLen, Fn.BYTES, hmac2);
    const sig = drbg(seed, k2sig);
    return sig.toBytes(opts2.format);
  }
  function verify2(signature, message, publicKey, opts2 = {}) {
    const { lowS, prehash, format } = validateSigOpts(opts2, defaultSigOpts);
    publicKey = abytes2(publicKey, void 0, "publicKey");
    message = validateMsgAndHash(message, prehash);
    if (!isBytes2(signature)) {
      const end = signature instanceof Signature ? ", use sig.toBytes()" : "";
      throw new Error("verify expects Uint8Array signature" + end);
    }
    validateSigLength(signature, format);
    try {
      const sig = Signature.fromBytes(signature, format);
      const P = Point.fromBytes(publicKey);
      if (P.is0())
        return false;
      if (lowS && sig.hasHighS())
        return false;
      const { r, s } = sig;
      const h = bits2int_modN(message);
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
      if (format === "recovered" && sig.recovery !== getRecoveryBit(q.x, q.y, r))
        return false;
      return true;
    } catch (e) {
      return false;
    }
  }
  function recoverPublicKey(signature, message, opts2 = {}) {
    const { prehash } = validateSigOpts(opts2, defaultSigOpts);
    message = validateMsgAndHash(message, prehash);
    return Signature.fromBytes(signature, "recovered").recoverPublicKey(message).toBytes();
  }
  return Object.freeze({
    keygen,
    getPublicKey,
    getSharedSecret,
    utils,
    lengths,
    Point,
    sign,
    verify: verify2,
    recoverPublicKey,
    Signature,
    hash: hash_
  });
}
var divNearest, _0n5, _1n4, _2n2, _3n2, _4n3;
var init_weierstrass = __esm({
  "node_modules/@noble/curves/abstract/weierstrass.js"() {
    init_hmac();
    init_utils();
    init_utils2();
    init_curve();
    init_der2();
    init_modular();
    divNearest = (num, den) => (num + (num >= 0 ? den : -den) / _2n2) / den;
    _0n5 = /* @__PURE__ */ BigInt(0);
    _1n4 = /* @__PURE__ */ BigInt(1);
    _2n2 = /* @__PURE__ */ BigInt(2);
    _3n2 = /* @__PURE__ */ BigInt(3);
    _4n3 = /* @__PURE__ */ BigInt(4);
  }
});

// node_modules/@noble/curves/nist.js
var p256_CURVE, p384_CURVE, p521_CURVE, p256_Point, p256, p384_Point, p384, p521_Point, p521;
var init_nist = __esm({
  "node_modules/@noble/curves/nist.js"() {
    init_sha2();
    init_weierstrass();
    p256_CURVE = /* @__PURE__ */ (() => ({
      p: BigInt("0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff"),
      n: BigInt("0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"),
      h: BigInt(1),
      a: BigInt("0xffffffff00000001000000000000000000000000fffffffffffffffffffffffc"),
      b: BigInt("0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"),
      Gx: BigInt("0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
      Gy: BigInt("0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")
    }))();
    p384_CURVE = /* @__PURE__ */ (() => ({
      p: BigInt("0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff"),
      n: BigInt("0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973"),
      h: BigInt(1),
      a: BigInt("0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000fffffffc"),
      b: BigInt("0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef"),
      Gx: BigInt("0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7"),
      Gy: BigInt("0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f")
    }))();
    p521_CURVE = /* @__PURE__ */ (() => ({
      p: BigInt("0x1ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"),
      n: BigInt("0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409"),
      h: BigInt(1),
      a: BigInt("0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc"),
      b: BigInt("0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00"),
      Gx: BigInt("0x00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66"),
      Gy: BigInt("0x011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650")
    }))();
    p256_Point = /* @__PURE__ */ weierstrass(p256_CURVE);
    p256 = /* @__PURE__ */ ecdsa(p256_Point, sha256);
    p384_Point = /* @__PURE__ */ weierstrass(p384_CURVE);
    p384 = /* @__PURE__ */ ecdsa(p384_Point, sha384);
    p521_Point = /* @__PURE__ */ weierstrass(p521_CURVE);
    p521 = /* @__PURE__ */ ecdsa(p521_Point, sha512);
  }
});

// src/core/crypto/public-key.ts
function readPublicKey(spki) {
  return reading(
    "KEY_INVALID",
    "the public key",
    () => readSequence(spki, (key) => {
      const algorithm = key.sequence();
      const raw = key.bitString();
      const name = algorithm.oid();
      switch (name) {
        case ecPublicKey:
          return { spki, raw, kind: readCurve(algorithm, raw) };
        case ed25519Key:
          algorithm.end();
          checkEd25519(raw);
          return { spki, raw, kind: "ed25519" };
        case rsaEncryption:
          algorithm.null();
          algorithm.end();
          checkRsa(readRsaNumbers(raw));
          return { spki, raw, kind: "rsa" };
        default:
          return fail("KEY_UNSUPPORTED", `the key type ${name} is not supported`);
      }
    })
  );
}
function readPublicKeyPem(pem) {
  const [spki, ...others] = reading("KEY_INVALID", "the public key", () => decodePem("PUBLIC KEY", pem));
  if (others.length > 0) fail("KEY_INVALID", "the public key file has more than one PUBLIC KEY block");
  return readPublicKey(spki);
}
function countKeys(keys) {
  return new Set(keys.map(keyText)).size;
}
function keyText({ kind, raw }) {
  return `${kind} ${encodeHex(raw)}`;
}
function readRsaNumbers(raw) {
  return readDer(raw, (reader) => {
    const numbers2 = reader.sequence();
    const modulus = numbers2.unsigned();
    const exponent = numbers2.unsigned();
    numbers2.end();
    return { modulus, exponent, bits: modulus.toString(2).length };
  });
}
function checkRsa({ exponent, bits }) {
  if (bits < rsaBits.least || bits > rsaBits.most || bits % 8 !== 0)
    fail("KEY_UNSUPPORTED", `RSA keys of ${bits} bits are not supported`);
  if (exponent !== 65537n) fail("KEY_UNSUPPORTED", "the RSA public exponent is not 65537");
}
function checkEd25519(raw) {
  if (raw.length !== 32) fail("KEY_INVALID", `an Ed25519 key must have 32 bytes, not ${raw.length}`);
  if (isSmallOrder(raw)) fail("KEY_INVALID", "the Ed25519 key has small order");
}
function isSmallOrder(raw) {
  const y = readUint(raw.toReversed()) & 2n ** 255n - 1n;
  return smallOrders.has(y % prime);
}
function readCurve(algorithm, point) {
  const name = algorithm.oid();
  algorithm.end();
  const curve = Object.hasOwn(curves, name) ? curves[name] : void 0;
  if (curve === void 0) fail("KEY_UNSUPPORTED", `the elliptic curve ${name} is not supported`);
  if (point[0] !== 4 || point.length !== curve.pointLength)
    fail("KEY_INVALID", "the elliptic curve point is not in uncompressed form");
  return curve.kind;
}
var ecPublicKey, ed25519Key, rsaEncryption, curves, rsaBits, prime, yOfOrder8, smallOrders;
var init_public_key = __esm({
  "src/core/crypto/public-key.ts"() {
    "use strict";
    init_encoding();
    init_errors();
    ecPublicKey = "1.2.840.10045.2.1";
    ed25519Key = "1.3.101.112";
    rsaEncryption = "1.2.840.113549.1.1.1";
    curves = {
      "1.2.840.10045.3.1.7": { kind: "ecdsa-p256", pointLength: 65 },
      "1.3.132.0.34": { kind: "ecdsa-p384", pointLength: 97 },
      "1.3.132.0.35": { kind: "ecdsa-p521", pointLength: 133 }
    };
    rsaBits = { least: 2048, most: 8192 };
    prime = 2n ** 255n - 19n;
    yOfOrder8 = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
    smallOrders = /* @__PURE__ */ new Set([0n, 1n, prime - 1n, yOfOrder8, prime - yOfOrder8]);
  }
});

// src/core/crypto/ecdsa-signature.ts
function readEcdsaSignature(signature, kind) {
  const scalarLength = scalarLengths[kind];
  try {
    return readSequence(signature, (der2) => {
      const scalars = [der2.integerBytes(), der2.integerBytes()].map((scalar) => {
        const digits = scalar[0] === 0 ? scalar.subarray(1) : scalar;
        if ((scalar[0] ?? 128) >= 128 || digits.length > scalarLength)
          fail("DER_INVALID", "a scalar of the signature is out of range");
        return concatBytes2(new Uint8Array(scalarLength - digits.length), digits);
      });
      return concatBytes2(...scalars);
    });
  } catch (error) {
    if (error instanceof CountersignError) return void 0;
    throw error;
  }
}
var scalarLengths;
var init_ecdsa_signature = __esm({
  "src/core/crypto/ecdsa-signature.ts"() {
    "use strict";
    init_encoding();
    init_errors();
    scalarLengths = { "ecdsa-p256": 32, "ecdsa-p384": 48, "ecdsa-p521": 66 };
  }
});

// src/core/crypto/rsa.ts
function verifyRsaDigest(key, signature, digest2, padding2) {
  const { modulus, bits } = readRsaNumbers(key.raw);
  const length = bits / 8;
  if (signature.length !== length) return false;
  const value = BigInt(`0x${encodeHex(signature)}`);
  if (value >= modulus) return false;
  const encoded2 = decodeHex(
    power65537(value, modulus).toString(16).padStart(2 * length, "0")
  );
  return padding2 === "pkcs1" ? isPkcs1(encoded2, digest2) : isPss(encoded2, digest2);
}
function power65537(base, modulus) {
  let power = base;
  for (let i = 0; i < 16; i++) power = power * power % modulus;
  return power * base % modulus;
}
function isPkcs1(encoded2, { algorithm, bytes }) {
  const info = concatBytes2(digestInfos[algorithm], bytes);
  const padding2 = new Uint8Array(encoded2.length - info.length - 3).fill(255);
  return equalBytes(encoded2, concatBytes2(new Uint8Array([0, 1]), padding2, new Uint8Array([0]), info));
}
function isPss(encoded2, { algorithm, bytes }) {
  const hash = hashes2[algorithm];
  const hashLength = bytes.length;
  const maskedLength = encoded2.length - hashLength - 1;
  const masked = encoded2.subarray(0, maskedLength);
  const stated = encoded2.subarray(maskedLength, maskedLength + hashLength);
  if (encoded2.at(-1) !== 188 || ((masked[0] ?? 128) & 128) !== 0) return false;
  const mask = mgf1(stated, maskedLength, hash);
  const block2 = masked.map((byte, at) => byte ^ (mask[at] ?? 0));
  block2[0] = (block2[0] ?? 0) & 127;
  const paddingLength = maskedLength - hashLength - 1;
  if (block2.subarray(0, paddingLength).some((byte) => byte !== 0) || block2[paddingLength] !== 1) return false;
  const salt = block2.subarray(paddingLength + 1);
  return equalBytes(stated, hash(concatBytes2(new Uint8Array(8), bytes, salt)));
}
function mgf1(seed, length, hash) {
  const blocks = [];
  for (let counter = 0, made = 0; made < length; counter++) {
    const block2 = hash(concatBytes2(seed, uintBytes(counter, 4)));
    blocks.push(block2);
    made += block2.length;
  }
  return concatBytes2(...blocks).subarray(0, length);
}
var hashes2, digestInfos;
var init_rsa = __esm({
  "src/core/crypto/rsa.ts"() {
    "use strict";
    init_sha2();
    init_encoding();
    init_public_key();
    hashes2 = { sha256, sha384, sha512 };
    digestInfos = {
      sha256: decodeHex("3031300d060960864801650304020105000420"),
      sha384: decodeHex("3041300d060960864801650304020205000430"),
      sha512: decodeHex("3051300d060960864801650304020305000440")
    };
  }
});

// node_modules/@noble/curves/abstract/edwards.js
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
  const randomBytes4 = opts.randomBytes === void 0 ? randomBytes2 : opts.randomBytes;
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
      return { isValid: false, value: _0n6 };
    }
  } : opts.uvRatio;
  if (!isEdValidXY(Fp2, CURVE, CURVE.Gx, CURVE.Gy))
    throw new Error("bad curve params: generator point");
  const mulA = Fp2.eql(CURVE.a, Fp2.neg(Fp2.ONE)) ? (x) => Fp2.neg(x) : Fp2.eql(CURVE.a, Fp2.ONE) ? (x) => x : (x) => Fp2.mul(CURVE.a, x);
  function acoord(title, n, banZero = false) {
    const min = banZero ? _1n5 : _0n6;
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
    static fromBytes(bytes, zip215 = false) {
      const len = Fp2.BYTES;
      const { a, d } = CURVE;
      bytes = copyBytes(abytes2(bytes, len, "point"));
      abool2(zip215, "zip215");
      const normed = copyBytes(bytes);
      const lastByte = bytes[len - 1];
      normed[len - 1] = lastByte & ~128;
      const y = bytesToNumberLE(normed);
      const max = zip215 ? MASK : Fp2.ORDER;
      aInRange("point.y", y, _0n6, max);
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
    multiply(scalar) {
      if (!Fn.isValidNot0(scalar))
        throw new RangeError("invalid scalar: expected 1 <= sc < curve.n");
      const { p, f } = wnaf.mulSecret(this, scalar, cofactor, normalize);
      return normalize([p, f])[0];
    }
    // Non-constant-time multiplication. Uses double-and-add algorithm.
    // It's faster, but should only be used when you don't care about
    // an exposed private key e.g. sig verification.
    // Keeps the same subgroup-scalar contract: 0 is allowed for public-scalar callers, but
    // n and larger values are rejected instead of being reduced mod n to the identity point.
    multiplyUnsafe(scalar) {
      if (!Fn.isValid(scalar))
        throw new RangeError("invalid scalar: expected 0 <= sc < curve.n");
      if (scalar === _0n6)
        return Point.ZERO;
      if (this.is0() || scalar === _1n5)
        return this;
      return wnaf.mulUnsafe(this, scalar, normalize);
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
      if (cofactor === _4n4)
        return this.double().double();
      if (cofactor === _8n2)
        return this.double().double().double();
      return this.multiplyUnsafe(cofactor);
    }
    toBytes() {
      const { x, y } = this.toAffine();
      const bytes = Fp2.toBytes(y);
      bytes[bytes.length - 1] |= isOdd(x) ? 128 : 0;
      return bytes;
    }
    toHex() {
      return bytesToHex2(this.toBytes());
    }
    toString() {
      return `<Point ${this.is0() ? "ZERO" : this.toHex()}>`;
    }
  }
  const normalize = (points) => normalizeZ(Point, points);
  const wnaf = new ScalarMultiplier(Point, randomBytes4);
  if (wnaf.bits >= 6)
    Point.BASE.precompute(6);
  Object.freeze(Point.prototype);
  Object.freeze(Point);
  return Point;
}
function eddsa(Point, cHash, eddsaOpts = {}) {
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
  const randomBytes4 = opts.randomBytes === void 0 ? randomBytes2 : opts.randomBytes;
  const toMontgomery2 = opts.toMontgomery;
  const toMontgomerySecret2 = opts.toMontgomerySecret;
  const adjustScalarBytes2 = opts.adjustScalarBytes === void 0 ? (bytes) => bytes : opts.adjustScalarBytes;
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
    const prefix = hashed.slice(len, 2 * len);
    const scalar = modN_LE(head);
    return { head, prefix, scalar };
  }
  function getExtendedPublicKey(secretKey) {
    const { head, prefix, scalar } = getPrivateScalar(secretKey);
    const point = BASE.multiply(scalar);
    const pointBytes = point.toBytes();
    return { head, prefix, scalar, point, pointBytes };
  }
  function getPublicKey(secretKey) {
    return getExtendedPublicKey(secretKey).pointBytes;
  }
  function hashDomainToScalar(context = Uint8Array.of(), ...msgs) {
    const msg = concatBytes3(...msgs);
    return modN_LE(hash(domain(msg, abytes2(context, void 0, "context"), !!prehash)));
  }
  function sign(msg, secretKey, options = {}) {
    validateObject(options, {}, {}, "options");
    msg = copyBytes(abytes2(msg, void 0, "message"));
    if (prehash)
      msg = prehash(msg);
    const { prefix, scalar, pointBytes } = getExtendedPublicKey(secretKey);
    const r = hashDomainToScalar(options.context, prefix, msg);
    const R = BASE.multiply(r).toBytes();
    const k = hashDomainToScalar(options.context, R, pointBytes, msg);
    const s = Fn.create(r + k * scalar);
    if (!Fn.isValid(s))
      throw new Error("sign failed: invalid s");
    const rs = concatBytes3(R, Fn.toBytes(s));
    return abytes2(rs, lengths.signature, "result");
  }
  const verifyOpts = {
    zip215: opts.zip215
  };
  function verify2(sig, msg, publicKey, options = verifyOpts) {
    validateObject(options);
    const { context } = options;
    const zip215 = options.zip215 === void 0 ? !!verifyOpts.zip215 : options.zip215;
    const len = lengths.signature;
    sig = abytes2(sig, len, "signature");
    msg = abytes2(msg, void 0, "message");
    publicKey = abytes2(publicKey, lengths.publicKey, "publicKey");
    if (zip215 !== void 0)
      abool2(zip215, "zip215");
    if (prehash)
      msg = prehash(msg);
    const mid = len / 2;
    const r = sig.subarray(0, mid);
    const s = bytesToNumberLE(sig.subarray(mid, len));
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
  function randomSecretKey(seed) {
    seed = seed === void 0 ? randomBytes4(lengths.seed) : seed;
    return abytes2(seed, lengths.seed, "seed");
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
    sign,
    verify: verify2,
    utils,
    Point,
    lengths
  });
}
var _0n6, _1n5, _2n3, _4n4, _8n2;
var init_edwards = __esm({
  "node_modules/@noble/curves/abstract/edwards.js"() {
    init_utils2();
    init_curve();
    init_modular();
    _0n6 = /* @__PURE__ */ BigInt(0);
    _1n5 = /* @__PURE__ */ BigInt(1);
    _2n3 = /* @__PURE__ */ BigInt(2);
    _4n4 = /* @__PURE__ */ BigInt(4);
    _8n2 = /* @__PURE__ */ BigInt(8);
  }
});

// node_modules/@noble/curves/ed25519.js
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
function adjustScalarBytes(bytes) {
  bytes[0] &= 248;
  bytes[31] &= 127;
  bytes[31] |= 64;
  return bytes;
}
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
  return eddsa(ed25519_Point, sha512, Object.assign({ adjustScalarBytes, toMontgomery, toMontgomerySecret, zip215: true }, opts));
}
var _1n6, _2n4, _5n2, _8n3, ed25519_CURVE_p, ed25519_CURVE, ED25519_SQRT_M1, ed25519_Point, Fp, ed25519;
var init_ed25519 = __esm({
  "node_modules/@noble/curves/ed25519.js"() {
    init_sha2();
    init_utils();
    init_edwards();
    init_modular();
    _1n6 = /* @__PURE__ */ BigInt(1);
    _2n4 = /* @__PURE__ */ BigInt(2);
    _5n2 = /* @__PURE__ */ BigInt(5);
    _8n3 = /* @__PURE__ */ BigInt(8);
    ed25519_CURVE_p = /* @__PURE__ */ BigInt("0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed");
    ed25519_CURVE = /* @__PURE__ */ (() => ({
      p: ed25519_CURVE_p,
      n: BigInt("0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed"),
      h: _8n3,
      a: BigInt("0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec"),
      d: BigInt("0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3"),
      Gx: BigInt("0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51a"),
      Gy: BigInt("0x6666666666666666666666666666666666666666666666666666666666666658")
    }))();
    ED25519_SQRT_M1 = /* @__PURE__ */ BigInt("19681161376707505956807079304988542015446066515923890162744021073123829784752");
    ed25519_Point = /* @__PURE__ */ edwards(ed25519_CURVE, { uvRatio });
    Fp = /* @__PURE__ */ (() => ed25519_Point.Fp)();
    ed25519 = /* @__PURE__ */ ed({});
  }
});

// src/core/crypto/verify-on-curve.ts
var verify_on_curve_exports = {};
__export(verify_on_curve_exports, {
  verifyEcdsa: () => verifyEcdsa,
  verifyEd25519ph: () => verifyEd25519ph
});
function verifyEcdsa(kind, point, signature, digest2) {
  const scalars = readEcdsaSignature(signature, kind);
  if (scalars === void 0) return false;
  const options = { prehash: false, lowS: false, format: "compact" };
  return accepted(() => curves2[kind].verify(scalars, digest2.bytes, point, options));
}
function verifyEd25519ph(key, signature, digest2) {
  if (digest2.algorithm !== "sha512") {
    fail("KEY_UNSUPPORTED", `a ${digest2.algorithm} digest is not enough to verify an Ed25519 signature`, {
      remedy: "Verify the artifact itself, or its SHA-512 digest."
    });
  }
  return accepted(() => ed25519OfDigest.verify(signature, digest2.bytes, key.raw, { zip215: false }));
}
function accepted(verify2) {
  try {
    return verify2();
  } catch {
    return false;
  }
}
var curves2, ed25519OfDigest;
var init_verify_on_curve = __esm({
  "src/core/crypto/verify-on-curve.ts"() {
    "use strict";
    init_edwards();
    init_ed25519();
    init_nist();
    init_sha2();
    init_encoding();
    init_errors();
    init_ecdsa_signature();
    curves2 = { "ecdsa-p256": p256, "ecdsa-p384": p384, "ecdsa-p521": p521 };
    ed25519OfDigest = eddsa(ed25519.Point, sha512, {
      domain: (data) => concatBytes2(utf8("SigEd25519 no Ed25519 collisions"), new Uint8Array([1, 0]), data)
    });
  }
});

// src/core/crypto/verify-signature.ts
function signingHashes({ kind }) {
  switch (kind) {
    case "ecdsa-p384":
      return ["sha384", "sha256"];
    case "ecdsa-p521":
      return ["sha512", "sha256"];
    case "ed25519":
      return ["sha512"];
    default:
      return ["sha256"];
  }
}
async function verifySignature(key, signature, message, hash, paddings = eitherPadding) {
  if (!latestValid.has(key) || message.length > maxRemembered)
    return verifyAnew(key, signature, message, hash, paddings);
  const latest2 = latestValid.get(key);
  const use = [hash, ...paddings].join(" ");
  if (latest2?.use === use && equalBytes(latest2.signature, signature) && equalBytes(latest2.message, message))
    return true;
  const copy = { use, signature: new Uint8Array(signature), message: new Uint8Array(message) };
  const isValid = await verifyAnew(key, copy.signature, copy.message, hash, paddings);
  if (isValid) latestValid.set(key, copy);
  return isValid;
}
async function verifyAnew(key, signature, message, hash, paddings) {
  const { kind } = key;
  if (kind === "rsa") return verifyRsa(key, signature, message, hash, paddings);
  if (kind === "ed25519") {
    const imported2 = await importKey(key, "Ed25519", "raw", "Ed25519");
    return crypto.subtle.verify("Ed25519", imported2, plain2(signature), plain2(message));
  }
  const name = curveNames[kind];
  const imported = await importKey(key, name, "raw", { name: "ECDSA", namedCurve: name });
  const scalars = readEcdsaSignature(signature, kind);
  if (scalars === void 0) return false;
  return crypto.subtle.verify({ name: "ECDSA", hash: hashNames[hash] }, imported, scalars, plain2(message));
}
async function verifyRsa(key, signature, message, hash, paddings) {
  for (const padding2 of paddings) {
    const name = rsaNames[padding2];
    const imported = await importKey(key, `${name} ${hash}`, "spki", { name, hash: hashNames[hash] });
    const algorithm = { name, saltLength: digestLengths[hash] };
    if (await crypto.subtle.verify(algorithm, imported, plain2(signature), plain2(message))) return true;
  }
  return false;
}
async function verifyDigestSignature(key, signature, digest2) {
  if (key.kind === "rsa") return eitherPadding.some((padding2) => verifyRsaDigest(key, signature, digest2, padding2));
  const curves3 = await Promise.resolve().then(() => (init_verify_on_curve(), verify_on_curve_exports));
  return key.kind === "ed25519" ? curves3.verifyEd25519ph(key, signature, digest2) : curves3.verifyEcdsa(key.kind, key.raw, signature, digest2);
}
function importKey(key, use, form, algorithm) {
  const uses = importedKeys.get(key) ?? /* @__PURE__ */ new Map();
  importedKeys.set(key, uses);
  let imported = uses.get(use);
  if (imported === void 0) {
    imported = crypto.subtle.importKey(form, plain2(key[form]), algorithm, false, ["verify"]).catch((cause) => {
      throw new CountersignError("KEY_INVALID", "the public key is not valid for its key type", { cause });
    });
    uses.set(use, imported);
  }
  return imported;
}
function plain2(bytes) {
  return isPlain(bytes) ? bytes : new Uint8Array(bytes);
}
function isPlain(bytes) {
  return bytes.buffer instanceof ArrayBuffer;
}
var curveNames, hashNames, rsaNames, eitherPadding, latestValid, maxRemembered, importedKeys;
var init_verify_signature = __esm({
  "src/core/crypto/verify-signature.ts"() {
    "use strict";
    init_encoding();
    init_errors();
    init_digest();
    init_ecdsa_signature();
    init_rsa();
    curveNames = { "ecdsa-p256": "P-256", "ecdsa-p384": "P-384", "ecdsa-p521": "P-521" };
    hashNames = { sha256: "SHA-256", sha384: "SHA-384", sha512: "SHA-512" };
    rsaNames = { pkcs1: "RSASSA-PKCS1-v1_5", pss: "RSA-PSS" };
    eitherPadding = ["pkcs1", "pss"];
    latestValid = /* @__PURE__ */ new WeakMap();
    maxRemembered = 16 * 1024;
    importedKeys = /* @__PURE__ */ new WeakMap();
  }
});

// src/core/crypto/index.ts
var init_crypto = __esm({
  "src/core/crypto/index.ts"() {
    "use strict";
    init_digest();
    init_public_key();
    init_verify_signature();
  }
});

// src/core/log/signed-note.ts
function readSignedNote(note) {
  if (note.length > maxLength)
    fail("LIMIT_EXCEEDED", `the checkpoint has ${note.length} characters; the limit is ${maxLength}`);
  if (forbidden.test(note) || !isWellFormed(note))
    fail("CHECKPOINT_INVALID", "the checkpoint contains control characters");
  const split2 = note.lastIndexOf("\n\n");
  if (split2 === -1 || !note.endsWith("\n") || note.length === split2 + 2)
    fail("CHECKPOINT_INVALID", "the checkpoint has no signatures");
  const lines = note.slice(split2 + 2, -1).split("\n");
  if (lines.length > maxSignatures)
    fail("LIMIT_EXCEEDED", `the checkpoint has ${lines.length} signatures; the limit is ${maxSignatures}`);
  return { text: note.slice(0, split2 + 1), signatures: [...new Set(lines)].map(readSignatureLine) };
}
function readSignatureLine(line) {
  const [, name = "", encoded2 = ""] = signatureLine.exec(line) ?? fail("CHECKPOINT_INVALID", "the checkpoint has a malformed signature line");
  const bytes = reading("CHECKPOINT_INVALID", `the checkpoint's signature by ${name}`, () => decodeBase64(encoded2));
  if (bytes.length < 5) fail("CHECKPOINT_INVALID", `the checkpoint's signature by ${name} is too short`);
  return { name, keyHint: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}
function signedBytes(note) {
  return utf8(note.text);
}
var maxLength, maxSignatures, forbidden, signatureLine;
var init_signed_note = __esm({
  "src/core/log/signed-note.ts"() {
    "use strict";
    init_encoding();
    init_errors();
    maxLength = 1024 * 1024;
    maxSignatures = 100;
    forbidden = /[\u0000-\u0009\u000b-\u001f\u007f\ufffd]/;
    signatureLine = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)$/u;
  }
});

// src/core/log/checkpoint.ts
function readCheckpoint(envelope) {
  const note = readSignedNote(envelope);
  const [origin = "", size = "", root = "", ...extensions] = note.text.slice(0, -1).split("\n");
  if (origin === "") fail("CHECKPOINT_INVALID", "the checkpoint has no origin");
  if (!/^(?:0|[1-9]\d{0,18})$/.test(size))
    fail("CHECKPOINT_INVALID", "the second line of the checkpoint is not a tree size");
  const rootHash = reading("CHECKPOINT_INVALID", "the root hash of the checkpoint", () => decodeBase64(root));
  if (rootHash.length !== 32)
    fail("CHECKPOINT_INVALID", `the root hash of the checkpoint has ${rootHash.length} bytes, not 32`);
  if (extensions.includes("")) fail("CHECKPOINT_INVALID", "the checkpoint has an empty line");
  return { origin, size: BigInt(size), rootHash, note };
}
async function verifyCheckpoint(checkpoint, key) {
  const [host = ""] = key.names;
  const name = key.names.find((candidate) => isOriginOf(checkpoint.origin, candidate));
  if (name === void 0) {
    fail(
      "CHECKPOINT_INVALID",
      `the checkpoint's origin is ${JSON.stringify(checkpoint.origin)}; expected ${JSON.stringify(host)}`
    );
  }
  const hint = key.keyId.subarray(0, 4);
  const lines = checkpoint.note.signatures.filter((line) => line.name === name && equalBytes(line.keyHint, hint));
  if (lines.length === 0) fail("CHECKPOINT_INVALID", `the checkpoint is not signed by ${name}`);
  const bytes = signedBytes(checkpoint.note);
  for (const line of lines) {
    if (!await verifySignature(key.publicKey, line.signature, bytes, "sha256", ["pkcs1"])) {
      fail("CHECKPOINT_INVALID", `the checkpoint's signature by ${name} is invalid`);
    }
  }
}
function isOriginOf(origin, name) {
  return origin === name || origin.startsWith(`${name} - `) && /^\d+$/.test(origin.slice(name.length + 3));
}
var init_checkpoint = __esm({
  "src/core/log/checkpoint.ts"() {
    "use strict";
    init_crypto();
    init_encoding();
    init_errors();
    init_signed_note();
  }
});

// src/core/log/merkle.ts
function leafHash(entry) {
  return sha256(concatBytes2(leafPrefix, entry));
}
function nodeHash(left, right) {
  return sha256(concatBytes2(nodePrefix, left, right));
}
function verifyInclusion(leaf, proof, root) {
  const { index, size, hashes: hashes4 } = proof;
  if (index < 0n || index >= size)
    fail("INCLUSION_PROOF_INVALID", `the index ${index} is outside of the tree of size ${size}`);
  const inner = bitLength(index ^ size - 1n);
  const border = onesOf(index >> BigInt(inner));
  if (hashes4.length !== inner + border) {
    fail(
      "INCLUSION_PROOF_INVALID",
      `the proof has ${hashes4.length} hashes; index ${index} in a tree of size ${size} needs ${inner + border}`
    );
  }
  let hash = leaf;
  for (const [level, sibling] of hashes4.entries()) {
    if (sibling.length !== 32)
      fail("INCLUSION_PROOF_INVALID", `a hash of the proof has ${sibling.length} bytes, not 32`);
    const isRight = level >= inner || (index >> BigInt(level) & 1n) === 1n;
    hash = isRight ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
  }
  if (!equalBytes(hash, root)) fail("INCLUSION_PROOF_INVALID", "the computed root hash does not match the checkpoint");
}
function bitLength(value) {
  return value === 0n ? 0 : value.toString(2).length;
}
function onesOf(value) {
  let ones = 0;
  for (let rest = value; rest > 0n; rest >>= 1n) ones += Number(rest & 1n);
  return ones;
}
var leafPrefix, nodePrefix;
var init_merkle = __esm({
  "src/core/log/merkle.ts"() {
    "use strict";
    init_sha2();
    init_encoding();
    init_errors();
    leafPrefix = new Uint8Array([0]);
    nodePrefix = new Uint8Array([1]);
  }
});

// node_modules/@noble/hashes/sha3.js
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
var _0n7, _1n7, _2n5, _7n2, _256n, _0x71n, SHA3_PI, SHA3_ROTL, _SHA3_IOTA, IOTAS, SHA3_IOTA_H, SHA3_IOTA_L, rotlSH, rotlSL, rotlBH, rotlBL, rotlH, rotlL, B, Keccak, genShake, shake128, shake256;
var init_sha3 = __esm({
  "node_modules/@noble/hashes/sha3.js"() {
    init_u64();
    init_utils();
    _0n7 = BigInt(0);
    _1n7 = BigInt(1);
    _2n5 = BigInt(2);
    _7n2 = BigInt(7);
    _256n = BigInt(256);
    _0x71n = BigInt(113);
    SHA3_PI = [];
    SHA3_ROTL = [];
    _SHA3_IOTA = [];
    for (let round = 0, R = _1n7, x = 1, y = 0; round < 24; round++) {
      [x, y] = [y, (2 * x + 3 * y) % 5];
      SHA3_PI.push(2 * (5 * y + x));
      SHA3_ROTL.push((round + 1) * (round + 2) / 2 % 64);
      let t = _0n7;
      for (let j = 0; j < 7; j++) {
        R = (R << _1n7 ^ (R >> _7n2) * _0x71n) % _256n;
        if (R & _2n5)
          t ^= _1n7 << (_1n7 << BigInt(j)) - _1n7;
      }
      _SHA3_IOTA.push(t);
    }
    IOTAS = split(_SHA3_IOTA, true);
    SHA3_IOTA_H = IOTAS[0];
    SHA3_IOTA_L = IOTAS[1];
    rotlSH = (h, l, s) => h << s | l >>> 32 - s;
    rotlSL = (h, l, s) => l << s | h >>> 32 - s;
    rotlBH = (h, l, s) => l << s - 32 | h >>> 64 - s;
    rotlBL = (h, l, s) => h << s - 32 | l >>> 64 - s;
    rotlH = (h, l, s) => s > 32 ? rotlBH(h, l, s) : rotlSH(h, l, s);
    rotlL = (h, l, s) => s > 32 ? rotlBL(h, l, s) : rotlSL(h, l, s);
    B = new Uint32Array(5 * 2);
    Keccak = class _Keccak {
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
      xof(bytes) {
        anumber(bytes);
        return this.xofInto(new Uint8Array(bytes));
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
    genShake = (suffix, blockLen, outputLen, info = {}) => createHasher((opts = {}) => {
      opts = checkOpts({}, opts);
      return new Keccak(blockLen, suffix, opts.dkLen === void 0 ? outputLen : opts.dkLen, true);
    }, info);
    shake128 = /* @__PURE__ */ genShake(31, 168, 16, /* @__PURE__ */ oidNist(11));
    shake256 = /* @__PURE__ */ genShake(31, 136, 32, /* @__PURE__ */ oidNist(12));
  }
});

// node_modules/@noble/post-quantum/utils.js
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
function validateSigOpts2(opts, allowed2 = SIG_OPT_KEYS) {
  const normalized = checkOptKeys(opts, allowed2);
  if (normalized.context !== void 0)
    abytes(normalized.context, void 0, "opts.context");
  if (normalized.extraEntropy !== false && normalized.extraEntropy !== void 0)
    abytes(normalized.extraEntropy, void 0, "opts.extraEntropy");
  return normalized;
}
function splitCoder(label, ...lengths) {
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
        abytes(b, l, label);
        res.set(b, pos);
        if (typeof c !== "number")
          b.fill(0);
        pos += l;
      }
      return res;
    },
    decode: (buf) => {
      abytes(buf, bytesLen, label);
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
function cleanBytes(...list3) {
  for (const t of list3) {
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
function getMessage(msg, ctx = EMPTY) {
  abytes(msg, void 0, "msg");
  abytes(ctx, void 0, "ctx");
  if (ctx.length > 255)
    throw new RangeError("context should be 255 bytes or less");
  return concatBytes(new Uint8Array([0, ctx.length]), ctx, msg);
}
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
  return concatBytes(new Uint8Array([1, ctx.length]), ctx, hash.oid, hashed);
}
var abytesDoc, randomBytes3, VER_OPT_KEYS, SIG_OPT_KEYS, EMPTY, oidNistP, XOF_OID_OUTPUT_LEN;
var init_utils3 = __esm({
  "node_modules/@noble/post-quantum/utils.js"() {
    init_utils();
    abytesDoc = abytes;
    randomBytes3 = randomBytes;
    VER_OPT_KEYS = /* @__PURE__ */ Object.freeze([
      "context"
    ]);
    SIG_OPT_KEYS = /* @__PURE__ */ Object.freeze([
      "context",
      "extraEntropy"
    ]);
    EMPTY = /* @__PURE__ */ Uint8Array.of();
    oidNistP = /* @__PURE__ */ Uint8Array.from([6, 9, 96, 134, 72, 1, 101, 3, 4, 2]);
    XOF_OID_OUTPUT_LEN = /* @__PURE__ */ (() => ({
      "060960864801650304020b": 32,
      // id-shake128, SHAKE128(M, 256)
      "060960864801650304020c": 64
      // id-shake256, SHAKE256(M, 512)
    }))();
  }
});

// node_modules/@noble/post-quantum/_crystals.js
var genCrystals, createXofShake, XOF128, XOF256;
var init_crystals = __esm({
  "node_modules/@noble/post-quantum/_crystals.js"() {
    init_fft();
    init_sha3();
    init_utils3();
    genCrystals = (opts) => {
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
          decode: (bytes) => {
            const r = newPoly2(N2);
            for (let i = 0, buf = 0, bufLen = 0, pos = 0; i < bytes.length; i++) {
              buf |= bytes[i] << bufLen;
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
    createXofShake = (shake) => (seed, blockLen) => {
      if (!blockLen)
        blockLen = shake.blockLen;
      const _seed = new Uint8Array(seed.length + 2);
      _seed.set(seed);
      const seedLen = seed.length;
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
    XOF128 = /* @__PURE__ */ createXofShake(shake128);
    XOF256 = /* @__PURE__ */ createXofShake(shake256);
  }
});

// node_modules/@noble/post-quantum/ml-dsa.js
function validateInternalOpts(opts, allowed2) {
  const normalized = checkOptKeys(opts, allowed2);
  if (normalized.externalMu !== void 0)
    abool2(normalized.externalMu, "opts.externalMu");
  return normalized;
}
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
  const SampleInBall = (seed) => {
    const pre = newPoly(N);
    const s = shake256.create({}).update(seed);
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
    keygen: (seed) => {
      const seedDst = new Uint8Array(32 + 2);
      const randSeed = seed === void 0;
      if (randSeed)
        seed = randomBytes3(32);
      abytesDoc(seed, 32, "seed");
      seedDst.set(seed);
      if (randSeed)
        cleanBytes(seed);
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
      opts2 = validateSigOpts2(opts2, INTERNAL_SIG_OPT_KEYS);
      opts2 = validateInternalOpts(opts2, INTERNAL_SIG_OPT_KEYS);
      const { extraEntropy: random, externalMu = false } = opts2;
      if (externalMu)
        abytesDoc(msg, CRH_BYTES, "mu");
      const ownRnd = random === false || random === void 0;
      const rnd = random === false ? new Uint8Array(32) : random === void 0 ? randomBytes3(signRandBytes) : random;
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
    verify: (sig, msg, publicKey, opts2 = {}) => {
      opts2 = validateInternalOpts(opts2, INTERNAL_VER_OPT_KEYS);
      const { externalMu = false } = opts2;
      if (externalMu)
        abytesDoc(msg, CRH_BYTES, "mu");
      const [rho, t1] = publicCoder.decode(publicKey);
      const tr = shake256(publicKey, { dkLen: TR_BYTES });
      if (sig.length !== sigCoder.bytesLen)
        return false;
      const [cTilde, z, h] = sigCoder.decode(sig);
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
      opts2 = validateSigOpts2(opts2);
      const M = getMessage(msg, opts2.context);
      const res = internal.sign(M, secretKey, {
        extraEntropy: opts2.extraEntropy,
        externalMu: false
      });
      cleanBytes(M);
      return res;
    },
    verify: (sig, msg, publicKey, opts2 = {}) => {
      opts2 = validateVerOpts(opts2);
      abytesDoc(sig, void 0, "signature");
      return internal.verify(sig, getMessage(msg, opts2.context), publicKey, { externalMu: false });
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
          opts2 = validateSigOpts2(opts2);
          const M = getMessagePrehash(rawHash, msg, opts2.context);
          const res = internal.sign(M, secretKey, {
            extraEntropy: opts2.extraEntropy,
            externalMu: false
          });
          cleanBytes(M);
          return res;
        },
        verify: (sig, msg, publicKey, opts2 = {}) => {
          opts2 = validateVerOpts(opts2);
          abytesDoc(sig, void 0, "signature");
          return internal.verify(sig, getMessagePrehash(rawHash, msg, opts2.context), publicKey, {
            externalMu: false
          });
        }
      });
    }
  });
}
var INTERNAL_SIG_OPT_KEYS, INTERNAL_VER_OPT_KEYS, N, Q, ROOT_OF_UNITY, F, D, GAMMA2_1, GAMMA2_2, PARAMS, newPoly, crystals, id, polyCoder, polyAdd, polySub, polyShiftl, polyChknorm, MultiplyNTTs, ml_dsa44;
var init_ml_dsa = __esm({
  "node_modules/@noble/post-quantum/ml-dsa.js"() {
    init_utils2();
    init_sha3();
    init_crystals();
    init_utils3();
    INTERNAL_SIG_OPT_KEYS = /* @__PURE__ */ Object.freeze([
      "extraEntropy",
      "externalMu"
    ]);
    INTERNAL_VER_OPT_KEYS = /* @__PURE__ */ Object.freeze(["externalMu"]);
    N = 256;
    Q = 8380417;
    ROOT_OF_UNITY = 1753;
    F = 8347681;
    D = 13;
    GAMMA2_1 = Math.floor((Q - 1) / 88) | 0;
    GAMMA2_2 = Math.floor((Q - 1) / 32) | 0;
    PARAMS = /* @__PURE__ */ (() => Object.freeze({
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
    newPoly = (n) => new Int32Array(n);
    crystals = /* @__PURE__ */ genCrystals({
      N,
      Q,
      F,
      ROOT_OF_UNITY,
      newPoly,
      isKyber: false,
      brvBits: 8
    });
    id = (n) => n;
    polyCoder = (d, compress = id, verify2 = id) => crystals.bitsCoder(d, {
      encode: (i) => compress(verify2(i)),
      decode: (i) => verify2(compress(i))
    });
    polyAdd = (a_, b_) => {
      const a = a_;
      const b = b_;
      for (let i = 0; i < a.length; i++)
        a[i] = crystals.mod(a[i] + b[i]);
      return a;
    };
    polySub = (a_, b_) => {
      const a = a_;
      const b = b_;
      for (let i = 0; i < a.length; i++)
        a[i] = crystals.mod(a[i] - b[i]);
      return a;
    };
    polyShiftl = (p_) => {
      const p = p_;
      for (let i = 0; i < N; i++)
        p[i] <<= D;
      return p;
    };
    polyChknorm = (p_, B2) => {
      const p = p_;
      for (let i = 0; i < N; i++)
        if (Math.abs(crystals.smod(p[i])) >= B2)
          return true;
      return false;
    };
    MultiplyNTTs = (a_, b_) => {
      const a = a_;
      const b = b_;
      const c = newPoly(N);
      for (let i = 0; i < a.length; i++)
        c[i] = crystals.mod(a[i] * b[i]);
      return c;
    };
    ml_dsa44 = /* @__PURE__ */ (() => getDilithium({
      ...PARAMS[2],
      CRH_BYTES: 64,
      TR_BYTES: 64,
      C_TILDE_BYTES: 32,
      XOF128,
      XOF256,
      securityLevel: 128
    }))();
  }
});

// src/core/log/ml-dsa.ts
var ml_dsa_exports = {};
__export(ml_dsa_exports, {
  isSignedByMlDsa: () => isSignedByMlDsa
});
function isSignedByMlDsa(checkpoint, { name, raw }, cosignature) {
  const message = cosignedMessage(checkpoint, name, cosignature.subarray(0, 8));
  return message !== void 0 && ml_dsa44.verify(cosignature.subarray(8), message, raw);
}
function cosignedMessage({ origin, size, rootHash }, witness, time) {
  const [name, log] = [utf8(witness), utf8(origin)];
  if (name.length > 255 || log.length > 255) return void 0;
  return concatBytes2(
    utf8("subtree/v1\n\0"),
    uintBytes(name.length, 1),
    name,
    time,
    uintBytes(log.length, 1),
    log,
    uintBytes(0, 8),
    uintBytes(size, 8),
    rootHash
  );
}
var init_ml_dsa2 = __esm({
  "src/core/log/ml-dsa.ts"() {
    "use strict";
    init_ml_dsa();
    init_encoding();
  }
});

// src/core/log/cosignature.ts
function countWitnesses(witnesses) {
  const parties = [];
  for (const key of witnesses) {
    const marks = [`name ${key.name}`, `key ${key.type === "ml-dsa-44" ? encodeHex(key.raw) : keyText(key.publicKey)}`];
    const same = parties.filter((party) => marks.some((mark) => party.has(mark)));
    for (const party of same) parties.splice(parties.indexOf(party), 1);
    parties.push(/* @__PURE__ */ new Set([...marks, ...same.flatMap((party) => [...party])]));
  }
  return parties.length;
}
function splitVerifierKey(text3, owner) {
  const [, name = "", keyId = "", encoded2 = ""] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text3) ?? fail("KEY_INVALID", `a ${owner} key must have the form <name>+<8 hexadecimal digits>+<base64>`);
  const bytes = reading("KEY_INVALID", `the key of the ${owner} ${name}`, () => decodeBase64(encoded2));
  return { name, keyId, bytes };
}
function checkKeyId({ name, keyId }, hashed, owner) {
  const keyHint = sha256(hashed).subarray(0, 4);
  if (!equalBytes(keyHint, decodeHex(keyId)))
    fail("KEY_INVALID", `the key of the ${owner} ${name} does not match its key ID ${keyId}`);
  return keyHint;
}
function readEd25519Key(raw) {
  return readPublicKey(der.sequence(der.sequence(der.oid("1.3.101.112")), der.bitString(raw)));
}
function readMlDsaKey(raw) {
  if (raw.length !== mlDsaKeyLength)
    fail("KEY_INVALID", `an ML-DSA-44 key must have ${mlDsaKeyLength} bytes, not ${raw.length}`);
  return raw;
}
function readWitnessKey(text3) {
  const parts = splitVerifierKey(text3, "witness");
  const { name, bytes } = parts;
  if (bytes[0] !== ed25519Type && bytes[0] !== mlDsaType)
    fail("KEY_UNSUPPORTED", `the key of the witness ${name} is not a cosignature key of Ed25519 or ML-DSA-44`);
  const keyHint = checkKeyId(parts, concatBytes2(utf8(`${name}
`), bytes), "witness");
  const raw = bytes.subarray(1);
  return bytes[0] === mlDsaType ? { type: "ml-dsa-44", name, keyHint, raw: readMlDsaKey(raw) } : { type: "ed25519-cosignature", name, keyHint, publicKey: readEd25519Key(raw) };
}
async function isCosignedBy(checkpoint, witness) {
  const lines = checkpoint.note.signatures.filter(
    (line) => line.name === witness.name && equalBytes(line.keyHint, witness.keyHint)
  );
  for (const { signature } of lines) {
    if (!await isSigned(checkpoint, witness, signature))
      fail("CHECKPOINT_INVALID", `the cosignature of ${witness.name} is invalid`);
  }
  return lines.length > 0;
}
async function isSigned(checkpoint, witness, cosignature) {
  if (witness.type === "ml-dsa-44")
    return (await Promise.resolve().then(() => (init_ml_dsa2(), ml_dsa_exports))).isSignedByMlDsa(checkpoint, witness, cosignature);
  const { publicKey } = witness;
  return verifySignature(publicKey, cosignature.subarray(8), cosignedText(checkpoint, cosignature), "sha512");
}
function cosignedText({ note }, cosignature) {
  const time = readUint(cosignature.subarray(0, 8));
  return concatBytes2(utf8(`cosignature/v1
time ${time}
`), signedBytes(note));
}
var ed25519Type, mlDsaType, mlDsaKeyLength;
var init_cosignature = __esm({
  "src/core/log/cosignature.ts"() {
    "use strict";
    init_sha2();
    init_crypto();
    init_encoding();
    init_errors();
    init_signed_note();
    ed25519Type = 4;
    mlDsaType = 6;
    mlDsaKeyLength = 1312;
  }
});

// src/core/log/rekor-v1.ts
function hashedRekordV1({ digest: digest2, signature, verifier }) {
  return {
    apiVersion: "0.0.1",
    kind: "hashedrekord",
    spec: {
      data: { hash: { algorithm: digest2.algorithm, value: encodeHex(digest2.bytes) } },
      signature: { content: encodeBase64(signature), publicKey: { content: encodeBase64(utf8(verifier)) } }
    }
  };
}
function dsseV1({ envelopeHash, payloadHash, signature, verifier }) {
  return {
    apiVersion: "0.0.1",
    kind: "dsse",
    spec: {
      envelopeHash: { algorithm: "sha256", value: envelopeHash },
      payloadHash: { algorithm: payloadHash.algorithm, value: encodeHex(payloadHash.bytes) },
      signatures: [{ signature: encodeBase64(signature), verifier: encodeBase64(utf8(verifier)) }]
    }
  };
}
function canonicalBody(entry) {
  return utf8(canonicalJson(entry));
}
function intotoV2({
  payloadType,
  payload,
  envelopeHash,
  signature,
  keyId,
  verifier,
  holdsPayload
}) {
  const signed2 = {
    ...keyId === void 0 ? {} : { keyid: keyId },
    publicKey: encodeBase64(utf8(verifier)),
    sig: twice(signature)
  };
  const held = holdsPayload ? { payload: twice(payload) } : {};
  return {
    apiVersion: "0.0.2",
    kind: "intoto",
    spec: {
      content: {
        envelope: { ...held, payloadType, signatures: [signed2] },
        hash: { algorithm: "sha256", value: envelopeHash },
        payloadHash: { algorithm: "sha256", value: encodeHex(digest("sha256", payload).bytes) }
      }
    }
  };
}
function intotoV1(envelope, verifier, hasPayloadHash) {
  const payloadHash = { algorithm: "sha256", value: encodeHex(digest("sha256", envelope.payload).bytes) };
  return writtenEnvelopes(envelope).map((text3) => ({
    apiVersion: "0.0.1",
    kind: "intoto",
    spec: {
      content: {
        hash: { algorithm: "sha256", value: encodeHex(digest("sha256", utf8(text3)).bytes) },
        ...hasPayloadHash ? { payloadHash } : {}
      },
      publicKey: encodeBase64(utf8(verifier))
    }
  }));
}
function writtenEnvelopes({ payloadType, payload, signature }) {
  const body = encodeBase64(payload);
  const sig = encodeBase64(signature);
  return [[{ keyid: "", sig }], [{ sig }]].flatMap((signatures) => [
    JSON.stringify({ payloadType, payload: body, signatures }),
    JSON.stringify({ payload: body, payloadType, signatures })
  ]);
}
function twice(bytes) {
  return encodeBase64(utf8(encodeBase64(bytes)));
}
var init_rekor_v1 = __esm({
  "src/core/log/rekor-v1.ts"() {
    "use strict";
    init_crypto();
    init_encoding();
  }
});

// src/core/log/rekor-v2.ts
function hashAlgorithmOf(field) {
  const name = field.string();
  for (const [algorithm, known] of Object.entries(hashAlgorithmNames)) {
    if (known === name) return algorithm;
  }
  return field.fail("is not SHA2_256, SHA2_384 or SHA2_512");
}
function keyDetailsNames(key) {
  switch (key.kind) {
    case "ecdsa-p256":
      return ["PKIX_ECDSA_P256_SHA_256"];
    case "ecdsa-p384":
      return ["PKIX_ECDSA_P384_SHA_384"];
    case "ecdsa-p521":
      return ["PKIX_ECDSA_P521_SHA_512"];
    case "ed25519":
      return ["PKIX_ED25519_PH"];
    case "rsa": {
      const { bits } = readRsaNumbers(key.raw);
      return [`PKIX_RSA_PKCS1V15_${bits}_SHA256`, `PKIX_RSA_PSS_${bits}_SHA256`];
    }
  }
}
function hashedRekordV2({ digest: digest2, signature, ...verifier }) {
  return {
    apiVersion: "0.0.2",
    kind: "hashedrekord",
    spec: {
      hashedRekordV002: {
        data: { algorithm: hashAlgorithmNames[digest2.algorithm], digest: encodeBase64(digest2.bytes) },
        signature: { content: encodeBase64(signature), verifier: verifierJson(verifier) }
      }
    }
  };
}
function dsseV2({ payloadHash, signature, ...verifier }) {
  const { algorithm, bytes } = payloadHash;
  return {
    apiVersion: "0.0.2",
    kind: "dsse",
    spec: {
      dsseV002: {
        payloadHash: { algorithm: hashAlgorithmNames[algorithm], digest: encodeBase64(bytes) },
        signatures: [{ content: encodeBase64(signature), verifier: verifierJson(verifier) }]
      }
    }
  };
}
function verifierJson({ keyDetails: keyDetails2, verifier, rawBytes }) {
  return { keyDetails: keyDetails2, [verifier]: { rawBytes: encodeBase64(rawBytes) } };
}
var hashAlgorithmNames;
var init_rekor_v2 = __esm({
  "src/core/log/rekor-v2.ts"() {
    "use strict";
    init_crypto();
    init_encoding();
    hashAlgorithmNames = {
      sha256: "SHA2_256",
      sha384: "SHA2_384",
      sha512: "SHA2_512"
    };
  }
});

// src/core/log/signed-entry-timestamp.ts
async function verifySignedEntryTimestamp(entry, signature, logKey) {
  const { integratedTime, logIndex } = entry;
  if (integratedTime <= 0n || integratedTime > 253402300799n) {
    fail("LOG_ENTRY_INVALID", `the integrated time ${integratedTime} of the log entry is out of range`);
  }
  if (logIndex > BigInt(Number.MAX_SAFE_INTEGER))
    fail("LOG_ENTRY_INVALID", `the index ${logIndex} of the log entry is out of range`);
  const payload = canonicalJson({
    body: encodeBase64(entry.canonicalizedBody),
    integratedTime: Number(integratedTime),
    logID: encodeHex(entry.logKeyId),
    logIndex: Number(logIndex)
  });
  if (!await verifySignature(logKey, signature, utf8(payload), "sha256")) {
    fail("LOG_ENTRY_INVALID", "the signed entry timestamp of the log is invalid");
  }
  return new Date(Number(integratedTime) * 1e3);
}
var init_signed_entry_timestamp = __esm({
  "src/core/log/signed-entry-timestamp.ts"() {
    "use strict";
    init_crypto();
    init_encoding();
    init_errors();
  }
});

// src/core/log/index.ts
var init_log = __esm({
  "src/core/log/index.ts"() {
    "use strict";
    init_checkpoint();
    init_cosignature();
    init_merkle();
    init_rekor_v1();
    init_rekor_v2();
    init_signed_entry_timestamp();
  }
});

// src/core/certificate/oids.ts
var oids;
var init_oids = __esm({
  "src/core/certificate/oids.ts"() {
    "use strict";
    oids = {
      subjectKeyIdentifier: "2.5.29.14",
      keyUsage: "2.5.29.15",
      subjectAlternativeName: "2.5.29.17",
      basicConstraints: "2.5.29.19",
      nameConstraints: "2.5.29.30",
      authorityKeyIdentifier: "2.5.29.35",
      policyConstraints: "2.5.29.36",
      extendedKeyUsage: "2.5.29.37",
      inhibitAnyPolicy: "2.5.29.54",
      codeSigning: "1.3.6.1.5.5.7.3.3",
      timeStamping: "1.3.6.1.5.5.7.3.8",
      anyExtendedKeyUsage: "2.5.29.37.0",
      /** RFC 6962, section 3.3 */
      signedCertificateTimestamps: "1.3.6.1.4.1.11129.2.4.2",
      precertificatePoison: "1.3.6.1.4.1.11129.2.4.3",
      /** Marks the CA certificates of Countersign's sandbox, so that they cannot pass for those of another authority. Below the arc for examples. */
      sandboxMarker: "2.999.305821105.408246119"
    };
  }
});

// src/core/certificate/signature-algorithm.ts
function readSignatureAlgorithm(der2) {
  return readSequence(der2, (reader) => {
    const oid = reader.oid();
    if (oid === rsaPss) return readPss(reader) ?? unsupported(oid);
    const algorithm = algorithms.get(oid);
    if (algorithm?.kind === "rsa" && reader.nextTag === tags.null) reader.null();
    if (algorithm !== void 0) reader.end();
    while (!reader.done) reader.any();
    return algorithm ?? unsupported(oid);
  });
}
function unsupported(oid) {
  return { kind: "unsupported", oid };
}
function readPss(algorithm) {
  if (algorithm.done) return void 0;
  const parameters = algorithm.sequence();
  const explicit = (number2, read) => {
    const element2 = parameters.optional(contextTag(number2, "constructed"));
    return element2 === void 0 ? void 0 : readDer(element2.contents, read);
  };
  const hash = explicit(0, readHash);
  const mask = explicit(1, (reader) => {
    const generator2 = reader.sequence();
    const oid = generator2.oid();
    const ofHash = readHash(generator2);
    generator2.end();
    return oid === mgf12 ? ofHash : void 0;
  });
  const saltLength = explicit(2, (reader) => reader.unsigned());
  const trailer = explicit(3, (reader) => reader.unsigned());
  parameters.end();
  if (hash === void 0 || mask !== hash || saltLength !== BigInt(digestLengths[hash])) return void 0;
  if (trailer !== void 0 && trailer !== 1n) return void 0;
  return { kind: "rsa", padding: "pss", hash };
}
function readHash(reader) {
  const algorithm = reader.sequence();
  const oid = algorithm.oid();
  if (algorithm.nextTag === tags.null) algorithm.null();
  algorithm.end();
  return hashes3.get(oid);
}
async function verifyWithAlgorithm(algorithm, key, signature, message, hash) {
  if (algorithm.kind === "unsupported")
    fail("KEY_UNSUPPORTED", `the signature algorithm ${algorithm.oid} is not supported`);
  if (algorithm.kind !== keyFamily(key.kind)) return false;
  if (algorithm.kind === "ed25519") return verifySignature(key, signature, message, "sha512");
  const used = algorithm.hash ?? hash ?? fail("KEY_UNSUPPORTED", "the signature algorithm does not specify a hash");
  const paddings = algorithm.kind === "rsa" ? [algorithm.padding] : void 0;
  return verifySignature(key, signature, message, used, paddings);
}
function keyFamily(kind) {
  return kind === "ed25519" || kind === "rsa" ? kind : "ecdsa";
}
var algorithms, rsaPss, mgf12, hashes3;
var init_signature_algorithm = __esm({
  "src/core/certificate/signature-algorithm.ts"() {
    "use strict";
    init_crypto();
    init_encoding();
    init_errors();
    algorithms = /* @__PURE__ */ new Map([
      ["1.2.840.10045.4.3.2", { kind: "ecdsa", hash: "sha256" }],
      ["1.2.840.10045.4.3.3", { kind: "ecdsa", hash: "sha384" }],
      ["1.2.840.10045.4.3.4", { kind: "ecdsa", hash: "sha512" }],
      ["1.2.840.113549.1.1.1", { kind: "rsa", padding: "pkcs1", hash: void 0 }],
      ["1.2.840.113549.1.1.11", { kind: "rsa", padding: "pkcs1", hash: "sha256" }],
      ["1.2.840.113549.1.1.12", { kind: "rsa", padding: "pkcs1", hash: "sha384" }],
      ["1.2.840.113549.1.1.13", { kind: "rsa", padding: "pkcs1", hash: "sha512" }],
      ["1.3.101.112", { kind: "ed25519" }]
    ]);
    rsaPss = "1.2.840.113549.1.1.10";
    mgf12 = "1.2.840.113549.1.1.8";
    hashes3 = /* @__PURE__ */ new Map([
      ["2.16.840.1.101.3.4.2.1", "sha256"],
      ["2.16.840.1.101.3.4.2.2", "sha384"],
      ["2.16.840.1.101.3.4.2.3", "sha512"]
    ]);
  }
});

// src/core/certificate/subject-alternative-name.ts
function readSubjectAlternativeNames(value) {
  return readSequence(value, (der2) => {
    const names = [];
    while (!der2.done) {
      if (names.length === maxNames2)
        fail("LIMIT_EXCEEDED", `the certificate has more than ${maxNames2} subject alternative names`);
      const { tag, contents } = der2.any();
      names.push(readName(tag, contents));
    }
    return names;
  });
}
function readName(tag, contents) {
  if (tag === contextTag(1, "primitive")) return { kind: "email", value: ia5(contents) };
  if (tag === contextTag(6, "primitive")) return { kind: "uri", value: ia5(contents) };
  if (tag === contextTag(0, "constructed")) {
    const other = new DerReader(contents);
    if (other.oid() === usernameOid) {
      const wrapped = other.element(contextTag(0, "constructed")).contents;
      other.end();
      return { kind: "username", value: readDer(wrapped, (der2) => der2.utf8String()) };
    }
  }
  return { kind: "unknown", tag };
}
function ia5(contents) {
  if (contents.length === 0 || contents.some((byte) => byte < 32 || byte > 126)) {
    fail("DER_INVALID", `a name (tag ${tags.ia5String}) is not printable ASCII`);
  }
  return decodeUtf8(contents) ?? "";
}
var usernameOid, maxNames2;
var init_subject_alternative_name = __esm({
  "src/core/certificate/subject-alternative-name.ts"() {
    "use strict";
    init_encoding();
    init_errors();
    usernameOid = "1.3.6.1.4.1.57264.1.7";
    maxNames2 = 16;
  }
});

// src/core/certificate/certificate.ts
function readCertificate(der2, what = "the certificate") {
  if (der2.length > maxCertificateLength)
    fail("LIMIT_EXCEEDED", `${what} has ${der2.length} bytes; the limit is ${maxCertificateLength}`);
  return reading(
    "CERTIFICATE_INVALID",
    what,
    () => readSequence(der2, (certificate2) => {
      const tbs = certificate2.element(tags.sequence);
      const outerAlgorithm = certificate2.element(tags.sequence).der;
      const signature = certificate2.bitString();
      const body = readTbs(tbs);
      if (!equalBytes(body.algorithm, outerAlgorithm))
        fail("CERTIFICATE_INVALID", "the inner and outer signature algorithms differ");
      return {
        der: der2,
        tbs: tbs.der,
        signature,
        signatureAlgorithm: readSignatureAlgorithm(outerAlgorithm),
        ...body.fields,
        ...readKnownExtensions(body.fields.extensions)
      };
    })
  );
}
function readTbs(tbs) {
  const reader = new DerReader(tbs.contents);
  const version = reader.optional(contextTag(0, "constructed"));
  if (version === void 0 || readDer(version.contents, (der2) => der2.unsigned()) !== 2n) {
    fail("CERTIFICATE_INVALID", "the X.509 version is not 3");
  }
  const serialNumber = reader.integerBytes();
  const algorithm = reader.element(tags.sequence).der;
  const issuer2 = reader.element(tags.sequence).der;
  const validity = reader.sequence();
  const notBefore = validity.time();
  const notAfter = validity.time();
  validity.end();
  const subject = reader.element(tags.sequence).der;
  const publicKey = readPublicKey(reader.element(tags.sequence).der);
  const extensions = reader.optional(contextTag(3, "constructed"));
  reader.end();
  return {
    algorithm,
    fields: {
      serialNumber,
      issuer: issuer2,
      subject,
      notBefore,
      notAfter,
      publicKey,
      extensions: readExtensions(extensions?.contents)
    }
  };
}
function readExtensions(list3) {
  const extensions = /* @__PURE__ */ new Map();
  if (list3 === void 0) return extensions;
  const items = new DerReader(readDer(list3, (der2) => der2.element(tags.sequence).contents));
  while (!items.done) {
    const extension = items.sequence();
    const oid = extension.oid();
    const critical = extension.nextTag === tags.boolean && (extension.boolean() || fail("DER_INVALID", "a default FALSE is encoded"));
    const value = extension.octetString();
    extension.end();
    if (extensions.has(oid)) fail("CERTIFICATE_INVALID", `the extension ${oid} occurs twice`);
    if (extensions.size === maxExtensions) fail("LIMIT_EXCEEDED", `there are more than ${maxExtensions} extensions`);
    extensions.set(oid, { oid, critical, value });
  }
  return extensions;
}
function readKnownExtensions(extensions) {
  const read = (oid, reader) => {
    const extension = extensions.get(oid);
    return extension === void 0 ? void 0 : reading("CERTIFICATE_INVALID", `the extension ${oid}`, () => reader(extension.value));
  };
  return {
    basicConstraints: read(oids.basicConstraints, readBasicConstraints),
    keyUsage: read(oids.keyUsage, readKeyUsage),
    extendedKeyUsage: read(oids.extendedKeyUsage, readExtendedKeyUsage),
    subjectAlternativeNames: read(oids.subjectAlternativeName, readSubjectAlternativeNames) ?? [],
    subjectKeyIdentifier: read(oids.subjectKeyIdentifier, (value) => readDer(value, (der2) => der2.octetString())),
    authorityKeyIdentifier: read(oids.authorityKeyIdentifier, readAuthorityKeyIdentifier)
  };
}
function readBasicConstraints(value) {
  return readSequence(value, (der2) => {
    const isAuthority = der2.nextTag === tags.boolean && (der2.boolean() || fail("DER_INVALID", "a default FALSE is encoded"));
    const pathLength = der2.nextTag === tags.integer ? Number(der2.unsigned()) : void 0;
    return { isAuthority, pathLength };
  });
}
function readKeyUsage(value) {
  const bits = readDer(value, (der2) => der2.namedBits());
  const names = [
    [0, "digitalSignature"],
    [5, "keyCertSign"],
    [6, "cRLSign"]
  ];
  return new Set(names.filter(([bit]) => bits.has(bit)).map(([, name]) => name));
}
function readExtendedKeyUsage(value) {
  return readSequence(value, (der2) => {
    const purposes = [];
    while (!der2.done) purposes.push(der2.oid());
    return purposes;
  });
}
function readAuthorityKeyIdentifier(value) {
  return readSequence(value, (der2) => {
    const keyIdentifier = der2.optional(contextTag(0, "primitive"));
    while (!der2.done) der2.any();
    return keyIdentifier?.contents;
  });
}
var maxCertificateLength, maxExtensions;
var init_certificate = __esm({
  "src/core/certificate/certificate.ts"() {
    "use strict";
    init_crypto();
    init_encoding();
    init_errors();
    init_oids();
    init_signature_algorithm();
    init_subject_alternative_name();
    maxCertificateLength = 64 * 1024;
    maxExtensions = 64;
  }
});

// src/core/certificate/fulcio-extensions.ts
function claimName(claim) {
  return claim.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
function readFulcioClaims(certificate2) {
  const claims = {};
  for (const [claim, number2] of Object.entries(fulcioExtensionArcs)) {
    const oid = `${arc}.${number2}`;
    const extension = certificate2.extensions.get(oid);
    if (extension === void 0) continue;
    claims[claim] = reading(
      "CERTIFICATE_INVALID",
      `the extension ${oid}`,
      () => readDer(extension.value, (der2) => der2.utf8String())
    );
  }
  const rawIssuer = certificate2.extensions.get(`${arc}.1`);
  if (rawIssuer !== void 0) {
    const issuer2 = decodeUtf8(rawIssuer.value) ?? fail("CERTIFICATE_INVALID", `the extension ${arc}.1 is not UTF-8`);
    if (claims.issuer !== void 0 && claims.issuer !== issuer2)
      fail("CERTIFICATE_INVALID", "the certificate has two different OIDC issuers");
    claims.issuer = issuer2;
  }
  return claims;
}
var fulcioExtensionArcs, arc;
var init_fulcio_extensions = __esm({
  "src/core/certificate/fulcio-extensions.ts"() {
    "use strict";
    init_encoding();
    init_errors();
    fulcioExtensionArcs = {
      issuer: 8,
      buildSignerUri: 9,
      buildSignerDigest: 10,
      runnerEnvironment: 11,
      sourceRepositoryUri: 12,
      sourceRepositoryDigest: 13,
      sourceRepositoryRef: 14,
      sourceRepositoryIdentifier: 15,
      sourceRepositoryOwnerUri: 16,
      sourceRepositoryOwnerIdentifier: 17,
      buildConfigUri: 18,
      buildConfigDigest: 19,
      buildTrigger: 20,
      runInvocationUri: 21,
      sourceRepositoryVisibility: 22,
      deploymentEnvironment: 23,
      tokenSubject: 24
    };
    arc = "1.3.6.1.4.1.57264.1";
  }
});

// src/core/certificate/path.ts
async function verifyPath(leaf, chain, times, purpose, supplied = []) {
  if (times.length === 0) fail("TIMESTAMP_MISSING", "there is no verified time for the signature");
  const root = chain.at(-1) ?? fail("CERTIFICATE_UNTRUSTED", "the certificate authority has no certificates in the trusted root");
  checkCertificate(leaf, times, "the leaf certificate");
  checkLeaf(leaf, purpose);
  const authorities = [...chain, ...supplied];
  const nameOf2 = (index) => index < chain.length ? `certificate ${index + 1} of the authority` : `intermediate certificate ${index - chain.length + 1} of the bundle`;
  let problem;
  const reached = /* @__PURE__ */ new Set();
  const paths = [{ certificate: leaf, name: "the leaf certificate", issuers: [] }];
  for (const { certificate: certificate2, name, issuers } of paths) {
    const candidates2 = [...authorities.entries()].filter(
      ([, issuer2]) => !reached.has(issuer2) && equalBytes(certificate2.issuer, issuer2.subject)
    );
    if (candidates2.length === 0)
      problem = new CountersignError("CERTIFICATE_UNTRUSTED", `${name} was issued by another authority`);
    for (const [index, issuer2] of candidates2) {
      try {
        await checkIssued(certificate2, issuer2, name);
        checkCertificate(issuer2, times, nameOf2(index));
        checkAuthority(issuer2, issuers.length, purpose, nameOf2(index));
      } catch (cause) {
        problem = cause;
        continue;
      }
      const [first = issuer2, ...others] = [...issuers, issuer2];
      if (issuer2 === root) return [first, ...others];
      reached.add(issuer2);
      paths.push({ certificate: issuer2, name: nameOf2(index), issuers: [first, ...others] });
    }
  }
  throw problem;
}
function checkCertificate(certificate2, times, name) {
  for (const time of times) checkValidity(certificate2, time, name);
  checkExtensions(certificate2, name);
}
function checkValidity(certificate2, time, name) {
  if (time < certificate2.notBefore || time > certificate2.notAfter) {
    const window = `${certificate2.notBefore.toISOString()} to ${certificate2.notAfter.toISOString()}`;
    fail("CERTIFICATE_OUTSIDE_VALIDITY", `${name} is valid from ${window} but was used at ${time.toISOString()}`);
  }
}
function checkExtensions(certificate2, name) {
  for (const { oid, critical } of certificate2.extensions.values()) {
    if (oid === oids.precertificatePoison) fail("CERTIFICATE_UNTRUSTED", `${name} is a precertificate`);
    const constraint = constraints.get(oid);
    if (constraint !== void 0)
      fail("CERTIFICATE_UNTRUSTED", `${name} has ${constraint} (${oid}), which Countersign does not support`);
    if (critical && !understood.has(oid))
      fail("CERTIFICATE_UNTRUSTED", `${name} has the unknown critical extension ${oid}`);
  }
}
function checkLeaf(leaf, purpose) {
  if (leaf.basicConstraints?.isAuthority) fail("CERTIFICATE_PURPOSE", "the leaf certificate is a CA certificate");
  if (!leaf.keyUsage?.has("digitalSignature"))
    fail("CERTIFICATE_PURPOSE", "the leaf certificate lacks the key usage digitalSignature");
  if (leaf.keyUsage.has("keyCertSign"))
    fail("CERTIFICATE_PURPOSE", "the leaf certificate has the key usage keyCertSign");
  if (leaf.basicConstraints?.pathLength !== void 0)
    fail("CERTIFICATE_PURPOSE", "the leaf certificate has a path length constraint but is not a CA certificate");
  if (!leaf.extendedKeyUsage?.includes(purpose))
    fail("CERTIFICATE_PURPOSE", `the leaf certificate lacks the extended key usage ${purpose}`);
}
function checkAuthority(certificate2, authoritiesBelow, purpose, name) {
  const { basicConstraints, keyUsage, extendedKeyUsage } = certificate2;
  if (!basicConstraints?.isAuthority) fail("CERTIFICATE_UNTRUSTED", `${name} is not a CA certificate`);
  if (keyUsage !== void 0 && !keyUsage.has("keyCertSign"))
    fail("CERTIFICATE_UNTRUSTED", `${name} lacks the key usage keyCertSign`);
  if (basicConstraints.pathLength !== void 0 && authoritiesBelow > basicConstraints.pathLength) {
    fail(
      "CERTIFICATE_UNTRUSTED",
      `${name} allows ${basicConstraints.pathLength} CA certificates below it, but there are ${authoritiesBelow}`
    );
  }
  if (extendedKeyUsage !== void 0 && !extendedKeyUsage.some((allowed2) => allowed2 === purpose || allowed2 === oids.anyExtendedKeyUsage)) {
    fail("CERTIFICATE_PURPOSE", `${name} does not allow the extended key usage ${purpose}`);
  }
}
function isSigned2(certificate2, issuer2) {
  const known = signed.get(certificate2) ?? /* @__PURE__ */ new WeakMap();
  signed.set(certificate2, known);
  const { signatureAlgorithm, signature, tbs } = certificate2;
  const result = known.get(issuer2) ?? verifyWithAlgorithm(signatureAlgorithm, issuer2.publicKey, signature, tbs);
  known.set(issuer2, result);
  result.catch(() => known.delete(issuer2));
  return result;
}
function anticipateSignature(certificate2, issuer2) {
  void isSigned2(certificate2, issuer2);
}
function mayHaveIssued(issuer2, certificate2) {
  return equalBytes(certificate2.issuer, issuer2.subject) && !namesOtherKey(certificate2, issuer2);
}
function namesOtherKey({ authorityKeyIdentifier }, { subjectKeyIdentifier }) {
  return authorityKeyIdentifier !== void 0 && subjectKeyIdentifier !== void 0 && !equalBytes(authorityKeyIdentifier, subjectKeyIdentifier);
}
async function checkIssued(certificate2, issuer2, name) {
  if (namesOtherKey(certificate2, issuer2))
    fail("CERTIFICATE_UNTRUSTED", `the authority key identifier of ${name} does not match its issuer`);
  if (!await isSigned2(certificate2, issuer2)) fail("CERTIFICATE_UNTRUSTED", `${name} was not signed by its issuer`);
}
var understood, constraints, signed;
var init_path = __esm({
  "src/core/certificate/path.ts"() {
    "use strict";
    init_encoding();
    init_errors();
    init_oids();
    init_signature_algorithm();
    understood = /* @__PURE__ */ new Set([
      oids.keyUsage,
      oids.subjectAlternativeName,
      oids.basicConstraints,
      oids.extendedKeyUsage
    ]);
    constraints = /* @__PURE__ */ new Map([
      [oids.nameConstraints, "name constraints"],
      [oids.policyConstraints, "policy constraints"],
      [oids.inhibitAnyPolicy, "an inhibitAnyPolicy extension"]
    ]);
    signed = /* @__PURE__ */ new WeakMap();
  }
});

// src/core/certificate/signed-certificate-timestamp.ts
function readSignedCertificateTimestamps(certificate2) {
  const extension = certificate2.extensions.get(oids.signedCertificateTimestamps);
  if (extension === void 0) return [];
  return reading("SCT_INVALID", "the list of signed certificate timestamps", () => {
    const list3 = new TlsReader(readDer(extension.value, (reader) => reader.octetString()));
    const items = new TlsReader(list3.vector(2));
    list3.end();
    const timestamps = [];
    while (!items.done) {
      if (timestamps.length === maxTimestamps2)
        fail("LIMIT_EXCEEDED", `the certificate has more than ${maxTimestamps2} signed certificate timestamps`);
      timestamps.push(readTimestamp(items.vector(2)));
    }
    return timestamps;
  });
}
function readTimestamp(bytes) {
  const reader = new TlsReader(bytes);
  const [version] = reader.take(1);
  if (version !== 0) fail("SCT_INVALID", `version ${version} of signed certificate timestamps is not supported`);
  const logId = reader.take(32);
  const milliseconds = readUint(reader.take(8));
  const extensions = reader.vector(2);
  const [hash, code = 0] = reader.take(2);
  const algorithm = hash === sha256Code ? algorithmKinds[code] : void 0;
  if (algorithm === void 0)
    fail("SCT_INVALID", `the signature algorithm ${hash}/${code} of a signed certificate timestamp is not supported`);
  const signature = reader.vector(2);
  reader.end();
  if (milliseconds > 8640000000000000n)
    fail("SCT_INVALID", "the time of a signed certificate timestamp is out of range");
  return { logId, milliseconds, timestamp: new Date(Number(milliseconds)), extensions, signature, algorithm };
}
function verifySignedCertificateTimestamp(timestamp, certificate2, issuer2, logKey) {
  const family = logKey.kind === "rsa" || logKey.kind === "ed25519" ? logKey.kind : "ecdsa";
  if (family !== timestamp.algorithm) return Promise.resolve(false);
  const signed2 = promisedLeaf(timestamp, certificate2, issuer2);
  return verifySignature(logKey, timestamp.signature, signed2, "sha256", ["pkcs1"]);
}
function promisedLeaf(timestamp, certificate2, issuer2) {
  const tbs = precertificateTbs(certificate2);
  return concatBytes2(
    uintBytes(0, 1),
    // version 1
    uintBytes(0, 1),
    // certificate_timestamp, or timestamped_entry
    uintBytes(timestamp.milliseconds, 8),
    uintBytes(1, 2),
    // precert_entry
    sha256(issuer2.publicKey.spki),
    uintBytes(tbs.length, 3),
    tbs,
    uintBytes(timestamp.extensions.length, 2),
    timestamp.extensions
  );
}
function precertificateTbs(certificate2) {
  const extensionsTag = contextTag(3, "constructed");
  const fields = new DerReader(readDer(certificate2.tbs, (reader) => reader.element(tags.sequence).contents));
  const kept = [];
  while (!fields.done) {
    const field = fields.any();
    if (field.tag !== extensionsTag) {
      kept.push(field.der);
      continue;
    }
    const extensions = new DerReader(readDer(field.contents, (reader) => reader.element(tags.sequence).contents));
    const others = [];
    while (!extensions.done) {
      const extension = extensions.element(tags.sequence);
      const oid = new DerReader(extension.contents).oid();
      if (oid !== oids.signedCertificateTimestamps) others.push(extension.der);
    }
    if (others.length > 0) kept.push(der.context(3, der.sequence(...others)));
  }
  return der.sequence(...kept);
}
var maxTimestamps2, sha256Code, algorithmKinds, TlsReader;
var init_signed_certificate_timestamp = __esm({
  "src/core/certificate/signed-certificate-timestamp.ts"() {
    "use strict";
    init_sha2();
    init_crypto();
    init_encoding();
    init_errors();
    init_oids();
    maxTimestamps2 = 32;
    sha256Code = 4;
    algorithmKinds = { 1: "rsa", 3: "ecdsa" };
    TlsReader = class {
      #bytes;
      #offset = 0;
      constructor(bytes) {
        this.#bytes = bytes;
      }
      get done() {
        return this.#offset === this.#bytes.length;
      }
      take(length) {
        const end = this.#offset + length;
        if (end > this.#bytes.length) fail("SCT_INVALID", "unexpected end of data");
        const bytes = this.#bytes.subarray(this.#offset, end);
        this.#offset = end;
        return bytes;
      }
      vector(lengthBytes2) {
        return this.take(Number(readUint(this.take(lengthBytes2))));
      }
      end() {
        if (!this.done) fail("SCT_INVALID", "unexpected data after the end");
      }
    };
  }
});

// src/core/certificate/index.ts
var init_certificate2 = __esm({
  "src/core/certificate/index.ts"() {
    "use strict";
    init_certificate();
    init_fulcio_extensions();
    init_oids();
    init_path();
    init_signature_algorithm();
    init_signed_certificate_timestamp();
  }
});

// src/core/policy/demand.ts
function checkExpectation(expectation) {
  demandMembers(expectation, expectationMembers, "an expectation");
  const { kind, value } = expectation;
  if (!["exact", "path", "glob"].includes(kind))
    fail("POLICY_INVALID", `${JSON.stringify(kind)} is not a kind of expectation`);
  if (typeof value !== "string" || value === "") fail("POLICY_INVALID", "an expected value is empty");
}
function list(items, what) {
  return Array.isArray(items) ? items : fail("POLICY_INVALID", `${what} must be a list`);
}
function demandObject(object3, what) {
  if (typeof object3 !== "object" || object3 === null) fail("POLICY_INVALID", `${what} is not an object`);
}
function demandMembers(object3, members2, what) {
  demandObject(object3, what);
  for (const name of Object.keys(object3)) {
    if (!Object.hasOwn(members2, name)) fail("POLICY_INVALID", `${what} has the unknown member ${JSON.stringify(name)}`);
  }
}
var expectationMembers;
var init_demand = __esm({
  "src/core/policy/demand.ts"() {
    "use strict";
    init_errors();
    expectationMembers = { kind: true, value: true };
  }
});

// src/core/policy/expectation.ts
function exactly(value) {
  return { kind: "exact", value: demand(value) };
}
function pathWithin(value) {
  const path = value.replace(/\/+$/, "");
  if (/^[A-Za-z][A-Za-z0-9+.-]*:$/.test(path)) fail("POLICY_INVALID", `the URL ${JSON.stringify(value)} has no host`);
  return { kind: "path", value: demand(path) };
}
function matching(value) {
  return demand(value).includes("*") ? { kind: "glob", value } : { kind: "exact", value };
}
function meets({ kind, value }, text3) {
  switch (kind) {
    case "exact":
      return text3 === value;
    case "path":
      return text3 === value || text3.startsWith(`${value}/`);
    case "glob":
      return matchesGlob(value, text3);
  }
}
function describeExpectation({ kind, value }) {
  return kind === "exact" ? value : kind === "path" ? `${value} or a path below it` : `${value} (a pattern)`;
}
function demand(value) {
  return value === "" ? fail("POLICY_INVALID", "an expected value is empty") : value;
}
function matchesGlob(pattern, text3) {
  let ends = new Uint8Array(text3.length + 1);
  ends[0] = 1;
  for (const piece of pattern.split(/(\*+)/)) {
    if (piece.startsWith("*")) spread(text3, ends, piece.length > 1);
    else if (piece !== "") ends = afterText(text3, ends, piece);
  }
  return ends[text3.length] === 1;
}
function afterText(text3, ends, piece) {
  const after = new Uint8Array(ends.length);
  for (let at = piece.length; at < ends.length; at++) {
    const start = at - piece.length;
    if (ends[start] === 1 && text3.startsWith(piece, start)) after[at] = 1;
  }
  return after;
}
function spread(text3, ends, overSlashes) {
  for (let at = 1; at < ends.length; at++) {
    if (ends[at - 1] === 1 && (overSlashes || text3[at - 1] !== "/")) ends[at] = 1;
  }
}
var init_expectation = __esm({
  "src/core/policy/expectation.ts"() {
    "use strict";
    init_errors();
  }
});

// src/core/policy/open-pattern.ts
function leavesOpen(what, expected) {
  const patterns = expected.filter(({ kind }) => kind !== "exact");
  return patterns.some((one) => isOpen(what, one)) || isMetByAll(what, patterns);
}
function isOpen(what, { kind, value }) {
  if (kind === "path") return (owned.has(what) || workflows.has(what)) && namesHostAlone.test(value);
  if (/^[*/:.@-]+$/.test(value)) return true;
  if (what === "identity") return !namesOwner.test(fixedPart(value)) && !namesDomain.test(value);
  if (owned.has(what)) return isAddress(fixedPart(value)) && !namesOwner.test(fixedPart(value));
  return numbers.has(what) && /^[\d*]*$/.test(value);
}
function fixedPart(pattern) {
  return pattern.split("*", 1)[0] ?? "";
}
function isAddress(fixed) {
  return /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(fixed) || ["https://", "http://"].some((each) => each.startsWith(fixed));
}
function strangers(what, host) {
  switch (what) {
    case "issuer":
      return [
        ["https://a.stranger.example", "https://b.another.test"],
        ["https://a.stranger.example/x", "https://b.another.test/y"]
      ];
    case "buildSignerUri":
    case "buildConfigUri":
      return [
        [
          `https://${host}/stranger-1/one/.github/workflows/a.yml@refs/heads/x`,
          `https://${host}/stranger-2/two/.github/workflows/b.yaml@refs/tags/y`,
          `https://${host}/another/three/.github/workflows/c.yml@refs/pull/7/merge`
        ]
      ];
    case "runInvocationUri":
      return [[`https://${host}/stranger-1/one/actions/runs/1/attempts/2`, `https://${host}/another/two/-/jobs/345`]];
    case "sourceRepositoryRef":
      return [["refs/heads/x", "refs/tags/y", "refs/pull/7/merge"]];
    case "sourceRepositoryDigest":
    case "buildSignerDigest":
    case "buildConfigDigest":
      return [["0123456789", "fedcba9876", "5af05af05a"].map((digits) => digits.repeat(4))];
    case "buildTrigger":
      return [["push", "pull_request_target", "workflow_dispatch", "schedule", "release", "merge_group"]];
    case "runnerEnvironment":
      return [["github-hosted", "self-hosted"]];
    case "sourceRepositoryVisibility":
      return [["public", "private", "internal"]];
    case "deploymentEnvironment":
      return [["production", "staging", "a b", "x/y"]];
    case "tokenSubject":
      return [
        [
          "repo:stranger-1/one:ref:refs/heads/x",
          "repo:stranger-2/two:environment:production",
          "repo:another/three:pull_request"
        ]
      ];
    default:
      return [];
  }
}
function isMetByAll(what, patterns) {
  return patterns.some(
    ({ value }) => strangers(what, /^https:\/\/([^/*\s]+)\//.exec(value)?.[1] ?? "github.com").some(
      (group) => group.every((one) => patterns.some((pattern) => meets(pattern, one)))
    )
  );
}
var owned, numbers, namesOwner, namesDomain, namesHostAlone, workflows;
var init_open_pattern = __esm({
  "src/core/policy/open-pattern.ts"() {
    "use strict";
    init_expectation();
    owned = /* @__PURE__ */ new Set(["identity", "sourceRepositoryUri", "sourceRepositoryOwnerUri"]);
    numbers = /* @__PURE__ */ new Set([
      "sourceRepositoryIdentifier",
      "sourceRepositoryOwnerIdentifier"
    ]);
    namesOwner = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/*\s]+\/[^/*\s]+\//;
    namesDomain = /^(?:[^@/]*@[^@*/\s]+|[^@!/]*![^@!*/\s]+)$/;
    namesHostAlone = /^[A-Za-z][A-Za-z0-9+.-]*:(?:\/\/[^/]*)?$/;
    workflows = /* @__PURE__ */ new Set(["buildSignerUri", "buildConfigUri", "runInvocationUri"]);
  }
});

// src/core/policy/check-policy.ts
function checkPolicy(policy) {
  demandMembers(policy, policyMembers, "the policy");
  checkSigner(policy.signer);
  const { content, thresholds, timestampOnly = "refuse", sandbox } = policy;
  demandMembers(content, contentMembers, "policy.content");
  const { predicate = [], provenance = "compare", release, ...texts } = content;
  for (const expectation of Object.values(texts)) if (expectation !== void 0) checkExpectation(expectation);
  for (const expectation of list(predicate, "policy.content.predicate"))
    demandObject(expectation, "an entry of policy.content.predicate");
  if (provenance !== "compare" && provenance !== "ignore")
    fail("POLICY_INVALID", 'policy.content.provenance is neither "compare" nor "ignore"');
  if (release !== void 0) demandObject(release, "policy.content.release");
  demandMembers(thresholds, thresholdMembers, "policy.thresholds");
  for (const [name, threshold] of Object.entries(thresholds)) checkThreshold(threshold, `policy.thresholds.${name}`);
  checkWitnesses(policy.witnesses);
  checkAge(policy);
  if (timestampOnly !== "refuse" && timestampOnly !== "accept")
    fail("POLICY_INVALID", 'policy.timestampOnly is neither "refuse" nor "accept"');
  if (sandbox !== "refuse" && sandbox !== "accept")
    fail("POLICY_INVALID", 'policy.sandbox is neither "refuse" nor "accept"');
}
function checkSigner(signer) {
  demandObject(signer, "policy.signer");
  if (signer.kind === "key") {
    demandMembers(signer, keyMembers, "policy.signer");
    demandObject(signer.publicKey, "policy.signer.publicKey");
    return;
  }
  demandMembers(signer, identityMembers, "policy.signer");
  const { identity, issuer: issuer2 } = signer;
  if (identity !== "any") checkName("identity", identity);
  if (issuer2 !== "any" && issuer2 !== "none") checkName("issuer", issuer2);
  if (issuer2 === "none" && (identity === "any" || identity.kind !== "exact"))
    fail("POLICY_INVALID", 'policy.signer.issuer is "none", which requires an exact identity');
  for (const expectation of list(signer.claims, "policy.signer.claims")) checkClaim(expectation);
}
function checkName(what, expected) {
  checkExpectation(expected);
  checkBinding(what, [expected]);
}
function checkClaim(expectation) {
  demandMembers(expectation, claimMembers, "an entry of policy.signer.claims");
  const { claim, expected, refused = [] } = expectation;
  if (!isClaim(claim)) fail("POLICY_INVALID", `${JSON.stringify(claim)} is not a certificate claim`);
  const expectations = [
    ...list(expected, `the expected values of the claim ${claim}`),
    ...list(refused, `the refused values of the claim ${claim}`)
  ];
  if (expectations.length === 0) fail("POLICY_INVALID", `the claim ${claim} has neither expected nor refused values`);
  for (const one of expectations) checkExpectation(one);
  checkBinding(claim, expected);
}
function checkBinding(what, expected) {
  if (leavesOpen(what, expected)) {
    const patterns = expected.map(describeExpectation).join(" or ");
    fail("POLICY_INVALID", `the ${what} pattern ${JSON.stringify(patterns)} is too broad: it does not fix an owner`, {
      remedy: "Spell out the host and the owner, or the domain of an email address."
    });
  }
}
function isClaim(name) {
  return Object.hasOwn(fulcioExtensionArcs, name);
}
function checkWitnesses(witnesses) {
  demandMembers(witnesses, witnessMembers, "policy.witnesses");
  const { keys, threshold } = witnesses;
  checkThreshold(threshold, "policy.witnesses.threshold");
  for (const key of list(keys, "policy.witnesses.keys")) {
    demandObject(key, "an entry of policy.witnesses.keys");
    const isMlDsa = key.type === "ml-dsa-44";
    demandObject(
      isMlDsa ? key.raw : key.publicKey,
      `the ${isMlDsa ? "raw" : "publicKey"} of an entry of policy.witnesses.keys`
    );
  }
  const known = countWitnesses(keys);
  if (threshold > known)
    fail("POLICY_INVALID", `the policy requires ${threshold} witnesses but has keys for only ${known}`);
}
function checkAge({ maxAge, signer }) {
  if (maxAge === void 0) return;
  if (!Number.isSafeInteger(maxAge) || maxAge < 1) fail("POLICY_INVALID", "policy.maxAge is not a positive integer");
  if (signer.kind === "key")
    fail(
      "POLICY_INVALID",
      "policy.maxAge requires a certificate: the age of a signature of a long-lived key is not proven"
    );
}
function checkThreshold(threshold, what) {
  if (!Number.isSafeInteger(threshold) || threshold < 0)
    fail("POLICY_INVALID", `${what} is not a non-negative integer`);
}
var policyMembers, identityMembers, keyMembers, claimMembers, contentMembers, thresholdMembers, witnessMembers;
var init_check_policy = __esm({
  "src/core/policy/check-policy.ts"() {
    "use strict";
    init_certificate2();
    init_errors();
    init_log();
    init_demand();
    init_expectation();
    init_open_pattern();
    policyMembers = {
      signer: true,
      content: true,
      thresholds: true,
      witnesses: true,
      timestampOnly: true,
      maxAge: true,
      sandbox: true
    };
    identityMembers = {
      kind: true,
      identity: true,
      issuer: true,
      claims: true
    };
    keyMembers = { kind: true, publicKey: true };
    claimMembers = { claim: true, expected: true, refused: true };
    contentMembers = {
      predicateType: true,
      subjectName: true,
      predicate: true,
      release: true,
      provenance: true
    };
    thresholdMembers = {
      signedCertificateTimestamps: true,
      logEntries: true,
      timestamps: true
    };
    witnessMembers = { keys: true, threshold: true };
  }
});

// src/core/statement/provenance.ts
function provenanceVersion(predicateType) {
  return versions2.find(([type]) => type.test(predicateType))?.[1];
}
function readProvenance(statement) {
  const version = provenanceVersion(statement.predicateType);
  if (version === void 0) return void 0;
  const { predicate } = statement;
  const isV1 = version === "v1";
  const builder = isV1 ? ["runDetails", "builder", "id"] : ["builder", "id"];
  const buildType2 = isV1 ? ["buildDefinition", "buildType"] : ["buildType"];
  return {
    version,
    builderId: statedText(predicate, ...builder),
    buildType: statedText(predicate, ...buildType2),
    predicate
  };
}
function statedText(predicate, ...path) {
  const value = memberAt(predicate, ...path) ?? void 0;
  if (value === void 0) return void 0;
  return asText(value) ?? fail("STATEMENT_INVALID", `${path.join(".")} in the predicate is not a text`);
}
function statedList(predicate, ...path) {
  const value = memberAt(predicate, ...path) ?? void 0;
  if (value === void 0) return [];
  return asList(value) ?? fail("STATEMENT_INVALID", `${path.join(".")} in the predicate is not a list`);
}
var versions2;
var init_provenance = __esm({
  "src/core/statement/provenance.ts"() {
    "use strict";
    init_encoding();
    init_errors();
    versions2 = [
      [/^https:\/\/slsa\.dev\/provenance\/v1(?:\.\d+)?$/, "v1"],
      [/^https:\/\/slsa\.dev\/provenance\/v0\.2$/, "v0.2"]
    ];
  }
});

// src/core/statement/simple-signing.ts
function readSimpleSigning(document) {
  return reading("STATEMENT_INVALID", "the simple signing document", () => {
    const { critical: stated } = object(parseJson(document, { maxLength: maxLength2 }), "it");
    const critical = object(stated, "critical", ["identity", "image", "type"]);
    if (!types.includes(critical.type))
      fail("STATEMENT_INVALID", "critical.type is not the type of an image signature");
    const identity = object(critical.identity, "critical.identity", ["docker-reference"]);
    const image = object(critical.image, "critical.image", ["docker-manifest-digest"]);
    const digest2 = image["docker-manifest-digest"];
    const reference = identity["docker-reference"];
    if (typeof digest2 !== "string" || !/^[a-z0-9]+:[0-9a-f]+$/.test(digest2))
      fail("STATEMENT_INVALID", "critical.image.docker-manifest-digest is not a digest");
    if (typeof reference !== "string") fail("STATEMENT_INVALID", "critical.identity.docker-reference is not a string");
    return { dockerReference: reference, manifestDigest: parseDigest(digest2) };
  });
}
function object(value, place, known) {
  const members2 = asObject(value) ?? fail("STATEMENT_INVALID", `${place} is not an object`);
  const unknown = known && Object.keys(members2).find((name) => !known.includes(name));
  if (unknown !== void 0)
    fail("STATEMENT_INVALID", `${place} has an unknown member ${JSON.stringify(unknown.slice(0, 100))}`);
  return members2;
}
var maxLength2, types;
var init_simple_signing = __esm({
  "src/core/statement/simple-signing.ts"() {
    "use strict";
    init_crypto();
    init_encoding();
    init_errors();
    maxLength2 = 1024 * 1024;
    types = ["cosign container image signature", "atomic container signature"];
  }
});

// src/core/statement/slsa-result.ts
function unevaluated(track) {
  return `SLSA_${track}_LEVEL_UNEVALUATED`;
}
function trackOf(result) {
  return /^SLSA_(.+)_LEVEL_[^_]+$/.exec(result)?.[1];
}
function levelOf(result) {
  const [, track = "", digits = ""] = /^SLSA_([A-Z]+)_LEVEL_(\d)$/.exec(result) ?? [];
  const highest = Object.hasOwn(highestLevels, track) ? highestLevels[track] : void 0;
  return highest !== void 0 && Number(digits) <= highest ? Number(digits) : void 0;
}
function includesResult(results, demanded) {
  const level = levelOf(demanded);
  if (level === void 0) return results.includes(demanded);
  return results.some((one) => trackOf(one) === trackOf(demanded) && (levelOf(one) ?? -1) >= level);
}
function repeatedTrack(results) {
  const tracks = results.flatMap((one) => trackOf(one) ?? []);
  return tracks.find((track, at) => tracks.indexOf(track) !== at);
}
function readResult(text3, name) {
  const isDefined = levelOf(text3) !== void 0 || properties.has(text3) || Object.keys(highestLevels).some((track) => text3 === unevaluated(track));
  const isOthers = /^[^\s\p{Cc}]+$/u.test(text3) && !text3.startsWith("SLSA_") && text3 !== failedResult;
  if (isDefined || isOthers) return text3;
  return fail(
    "POLICY_INVALID",
    `\`${name}\` is ${JSON.stringify(text3)}, which is not a level or property of SLSA 1.2`,
    {
      remedy: "Specify a level such as `SLSA_BUILD_LEVEL_2` or `SLSA_SOURCE_LEVEL_3`, a property such as `SLSA_BUILD_REPRODUCED`, or a name of your own without the prefix `SLSA_`."
    }
  );
}
var verificationSummaryType, highestLevels, properties, failedResult;
var init_slsa_result = __esm({
  "src/core/statement/slsa-result.ts"() {
    "use strict";
    init_errors();
    verificationSummaryType = "https://slsa.dev/verification_summary/v1";
    highestLevels = { BUILD: 3, SOURCE: 4 };
    properties = /* @__PURE__ */ new Set(["SLSA_SOURCE_TWO_PARTY_REVIEWED", "SLSA_BUILD_REPRODUCED"]);
    failedResult = "FAILED";
  }
});

// src/core/statement/statement.ts
function readStatement(payload) {
  return reading("STATEMENT_INVALID", "the statement", () => {
    const parsed = parseJsonMembers(payload, ["_type", "subject", "predicateType"], { maxLength: maxLength3, maxValues });
    const { members: members2, others } = parsed ?? fail("STATEMENT_INVALID", "it is not an object");
    const type = text(members2._type, "_type");
    if (type !== statementType && type !== olderStatementType)
      fail("STATEMENT_INVALID", `the type ${JSON.stringify(type)} is not supported`);
    const subjects = list2(members2.subject, "subject");
    if (subjects.length === 0 || subjects.length > maxSubjects)
      fail("STATEMENT_INVALID", `it has ${subjects.length} subjects; between 1 and ${maxSubjects} are allowed`);
    const kind = others.get("predicate") ?? "null";
    if (kind !== "object" && kind !== "null") fail("STATEMENT_INVALID", "predicate is not an object");
    return {
      subjects: subjects.map((subject, index) => readSubject(object2(subject, `subject[${index}]`), index)),
      predicateType: text(members2.predicateType, "predicateType"),
      get predicate() {
        return kind === "null" ? {} : readPredicate(payload);
      }
    };
  });
}
function readPredicate(payload) {
  return reading("STATEMENT_INVALID", "the predicate", () => {
    const parsed = parseJsonMembers(payload, ["predicate"], { maxLength: maxLength3, maxValues: maxPredicateValues });
    return object2(parsed?.members.predicate, "predicate");
  });
}
function readSubject(subject, index) {
  const place = `subject[${index}].digest`;
  const digests = Object.entries(object2(subject.digest, place));
  if (digests.length === 0 || digests.length > maxDigests)
    fail("STATEMENT_INVALID", `${place} has ${digests.length} digests; between 1 and ${maxDigests} are allowed`);
  const uri = asText(subject.uri);
  const commit3 = digests.find(([algorithm]) => algorithm === "sha1" || algorithm === "gitCommit")?.[1];
  const annotations = asObject(subject.annotations);
  return {
    ...annotations !== void 0 && { annotations },
    name: asText(subject.name) ?? "",
    digests: digests.flatMap(([algorithm, hex]) => {
      if (algorithm === "gitCommit") return readCommit(hex);
      return isHashAlgorithm(algorithm) ? [readDigest2(algorithm, text(hex, `${place}.${algorithm}`))] : [];
    }),
    ...uri !== void 0 && { uri },
    ...typeof commit3 === "string" && commitId.test(commit3) && { commit: commit3.toLowerCase() }
  };
}
function readCommit(id3) {
  const hex = asText(id3) ?? "";
  return commitId.test(hex) ? [toCommit(decodeHex(hex.toLowerCase()))] : [];
}
function readDigest2(algorithm, hex) {
  return toDigest(algorithm, decodeHex(hex.toLowerCase()));
}
function findSubject(statement, artifact) {
  const known = [...artifact].sort((a, b) => b.bytes.length - a.bytes.length);
  for (const subject of statement.subjects) {
    const [strongest] = sharedDigests(known, subject.digests);
    if (strongest !== void 0) return { subject, digest: strongest };
  }
  const { length } = statement.subjects;
  const others = length === 1 ? "a different artifact, not" : `${length} artifacts, none of which is`;
  return fail("ARTIFACT_MISMATCH", `the statement is about ${others} ${artifact.map(formatDigest).join(", ")}`);
}
function object2(value, place) {
  return asObject(value) ?? fail("STATEMENT_INVALID", `${place} is not an object`);
}
function list2(value, place) {
  return asList(value) ?? fail("STATEMENT_INVALID", `${place} is not a list`);
}
function text(value, place) {
  return asText(value) || fail("STATEMENT_INVALID", `${place} is missing`);
}
var statementPayloadType, statementType, olderStatementType, maxSubjects, maxDigests, maxLength3, maxValues, maxPredicateValues, commitId;
var init_statement = __esm({
  "src/core/statement/statement.ts"() {
    "use strict";
    init_crypto();
    init_encoding();
    init_errors();
    statementPayloadType = "application/vnd.in-toto+json";
    statementType = "https://in-toto.io/Statement/v1";
    olderStatementType = "https://in-toto.io/Statement/v0.1";
    maxSubjects = 1024;
    maxDigests = 32;
    maxLength3 = 17 * 1024 * 1024;
    maxValues = 1e5;
    maxPredicateValues = 5e5;
    commitId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;
  }
});

// src/core/statement/index.ts
var init_statement2 = __esm({
  "src/core/statement/index.ts"() {
    "use strict";
    init_provenance();
    init_simple_signing();
    init_slsa_result();
    init_statement();
  }
});

// src/core/policy/contents/provenance-check.ts
function provenanceCheck(expectation, what, statedIn, matches) {
  const { kind, expected } = expectation;
  demandMembers(expectation, { kind: true, expected: true }, `the expectation ${kind}`);
  if (list(expected, `the expected values of ${kind}`).length === 0)
    fail("POLICY_INVALID", `${kind} has no expected values`);
  for (const one of expected) checkExpectation(one);
  const described = expected.map(describeExpectation).join(" or ");
  return {
    name: kind,
    expected: described,
    judge: (statement) => {
      const provenance = readProvenance(statement) ?? fail(
        "PREDICATE_TYPE_MISMATCH",
        `the predicate type is ${JSON.stringify(statement.predicateType)}; a ${what} is only in SLSA provenance v1 and v0.2`
      );
      const found = statedIn(provenance) ?? fail("PREDICATE_MISMATCH", `the provenance states no ${what}; expected ${JSON.stringify(described)}`);
      if (!expected.some((one) => matches(one, found)))
        fail(
          "PREDICATE_MISMATCH",
          `the ${what} is ${JSON.stringify(found.slice(0, 300))}; expected ${JSON.stringify(described)}`
        );
      return found;
    }
  };
}
var init_provenance_check = __esm({
  "src/core/policy/contents/provenance-check.ts"() {
    "use strict";
    init_errors();
    init_statement2();
    init_demand();
    init_expectation();
  }
});

// src/core/policy/contents/build-type.ts
function buildType(expectation) {
  return provenanceCheck(expectation, "build type", (provenance) => provenance.buildType, meets);
}
var init_build_type = __esm({
  "src/core/policy/contents/build-type.ts"() {
    "use strict";
    init_expectation();
    init_provenance_check();
  }
});

// src/core/policy/workflow-address.ts
function meetsAddress(expectation, address) {
  const plain3 = plainUrl(address);
  return meetsText(expectation, address) || plain3 !== void 0 && meetsText(expectation, plain3);
}
function meetsInAnyForm(expectation, value) {
  return [value, plainUrl(value), goUrl(value)].some((form) => form !== void 0 && meets(expectation, form));
}
function meetsText(expectation, address) {
  const { kind, value } = expectation;
  const pattern = splitAtRef(value);
  if (kind !== "glob" || pattern === void 0) return meets(expectation, address);
  const found = splitAtRef(address);
  return found !== void 0 && (found.ref.startsWith("refs/") || commit.test(found.ref)) && meets({ kind, value: pattern.path }, found.path) && meets({ kind, value: pattern.ref }, found.ref);
}
function splitAtRef(address) {
  const at = address.indexOf("@");
  return at === -1 ? void 0 : { path: address.slice(0, at), ref: address.slice(at + 1) };
}
var commit;
var init_workflow_address = __esm({
  "src/core/policy/workflow-address.ts"() {
    "use strict";
    init_encoding();
    init_expectation();
    commit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
  }
});

// src/core/policy/contents/builder-id.ts
function builderId(expectation) {
  return provenanceCheck(expectation, "builder ID", (provenance) => provenance.builderId, meetsAddress);
}
var init_builder_id = __esm({
  "src/core/policy/contents/builder-id.ts"() {
    "use strict";
    init_workflow_address();
    init_provenance_check();
  }
});

// src/core/policy/contents/verification-summary.ts
function verificationSummary(expectation) {
  demandMembers(
    expectation,
    { kind: true, verifiers: true, resourceUri: true, levels: true, sourceRefs: true, maxAge: true },
    "the expectation verification-summary"
  );
  const { kind, resourceUri, sourceRefs = [], maxAge } = expectation;
  const verifiers = list(expectation.verifiers, "the verifiers of verification-summary");
  const levels = list(expectation.levels, "the levels of verification-summary");
  const refs = list(sourceRefs, "the source refs of verification-summary");
  if (verifiers.length === 0) fail("POLICY_INVALID", "verification-summary names no verifier");
  if (levels.length === 0) fail("POLICY_INVALID", "verification-summary requires no level");
  for (const text3 of [...verifiers, resourceUri, ...refs])
    if (typeof text3 !== "string" || text3 === "")
      fail("POLICY_INVALID", "an expected value of verification-summary is empty");
  for (const level of levels) readResult(level, "require-level");
  if (maxAge !== void 0 && !(maxAge >= 0)) fail("POLICY_INVALID", "the age of verification-summary is not a number");
  return {
    name: kind,
    expected: [`PASSED for ${resourceUri} by ${verifiers.join(" or ")}`, ...levels, ...refs].join(", "),
    judge: (statement, now) => {
      const stated = readSummary(statement);
      demandOneOf("verifier", stated.verifier, verifiers);
      demandOneOf("resource", stated.resourceUri, [resourceUri]);
      demandOneOf("result", stated.result, ["PASSED"]);
      demandLevels(stated.levels, levels);
      if (refs.length > 0) demandSourceRefs(statement, refs);
      if (maxAge !== void 0) demandAge(stated.time, maxAge, now);
      return `${stated.result} for ${stated.resourceUri} by ${stated.verifier}, ${stated.levels.join(", ") || "no level"}`;
    }
  };
}
function readSummary({ predicateType, predicate }) {
  if (predicateType !== verificationSummaryType)
    fail(
      "PREDICATE_TYPE_MISMATCH",
      `the predicate type is ${JSON.stringify(predicateType)}; expected a verification summary, ${JSON.stringify(verificationSummaryType)}`
    );
  const time = statedText(predicate, "timeVerified");
  return {
    verifier: statedText(predicate, "verifier", "id"),
    resourceUri: statedText(predicate, "resourceUri"),
    result: statedText(predicate, "verificationResult"),
    levels: statedList(predicate, "verifiedLevels").map(
      (level) => asText(level) ?? fail("STATEMENT_INVALID", "an entry of verifiedLevels in the predicate is not a text")
    ),
    time: time === void 0 ? void 0 : readTime(time)
  };
}
function readTime(text3) {
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text3);
  const time = new Date(isTime ? text3 : Number.NaN);
  if (Number.isNaN(time.getTime()))
    fail(
      "STATEMENT_INVALID",
      `timeVerified in the predicate is ${JSON.stringify(text3.slice(0, 100))}, which is not a time`
    );
  return time;
}
function demandOneOf(what, found, expected) {
  const wanted = JSON.stringify(expected.join(" or "));
  if (found === void 0) fail("PREDICATE_MISMATCH", `the verification summary states no ${what}; expected ${wanted}`);
  if (!expected.includes(found))
    fail(
      "PREDICATE_MISMATCH",
      `the ${what} of the verification summary is ${JSON.stringify(found.slice(0, 300))}; expected ${wanted}`
    );
}
function demandLevels(stated, demanded) {
  const track = repeatedTrack(stated);
  if (track !== void 0)
    fail("STATEMENT_INVALID", `the verification summary states several levels of the track ${JSON.stringify(track)}`);
  if (stated.includes(failedResult))
    fail("STATEMENT_INVALID", "the verification summary states both the result PASSED and the level FAILED");
  const missing = demanded.find((level) => !includesResult(stated, level));
  if (missing !== void 0)
    fail(
      "PREDICATE_MISMATCH",
      `the verification summary states ${JSON.stringify(stated.join(", ").slice(0, 300))}; expected ${missing}`
    );
}
function demandSourceRefs({ subjects }, expected) {
  for (const { annotations } of subjects) {
    const found = statedList(annotations, "sourceRefs");
    if (found.some((ref2) => expected.some((one) => one === ref2))) continue;
    fail(
      "PREDICATE_MISMATCH",
      `the verification summary is not about ${expected.join(" or ")}, but about ${JSON.stringify(found).slice(0, 300)}`
    );
  }
}
function demandAge(time, maxAge, now) {
  if (time === void 0) fail("PREDICATE_MISMATCH", "the verification summary does not state when it was made");
  if (now.getTime() - time.getTime() > maxAge)
    fail(
      "PREDICATE_MISMATCH",
      `the verification was at ${time.toISOString()}, which is longer ago than the policy allows`
    );
}
var init_verification_summary = __esm({
  "src/core/policy/contents/verification-summary.ts"() {
    "use strict";
    init_encoding();
    init_errors();
    init_statement2();
    init_demand();
  }
});

// src/core/policy/contents/kinds.ts
var kinds_exports = {};
__export(kinds_exports, {
  predicateCheck: () => predicateCheck
});
function predicateCheck(expectation) {
  switch (expectation.kind) {
    case "builder-id":
      return builderId(expectation);
    case "build-type":
      return buildType(expectation);
    case "verification-summary":
      return verificationSummary(expectation);
    default:
      return unknownKind(expectation);
  }
}
function unknownKind(expectation) {
  const { kind } = expectation;
  return fail("POLICY_INVALID", `${JSON.stringify(kind)} is not a kind of expectation of a predicate`);
}
var init_kinds = __esm({
  "src/core/policy/contents/kinds.ts"() {
    "use strict";
    init_errors();
    init_build_type();
    init_builder_id();
    init_verification_summary();
  }
});

// src/core/policy/contents/index.ts
async function predicateChecks(expectations) {
  if (expectations.length === 0) return [];
  const { predicateCheck: predicateCheck2 } = await Promise.resolve().then(() => (init_kinds(), kinds_exports));
  return expectations.map(predicateCheck2);
}
var init_contents = __esm({
  "src/core/policy/contents/index.ts"() {
    "use strict";
  }
});

// src/core/policy/policy.ts
function acceptsNoIssuer({ identity, issuer: issuer2 }) {
  return issuer2 === "any" && identity !== "any" && identity.kind === "exact";
}
function policyFor(signer, options = {}) {
  return {
    signer,
    content: {},
    thresholds: defaultThresholds,
    witnesses: { keys: [], threshold: 0 },
    sandbox: "refuse",
    ...options
  };
}
function exactIdentity(certificateIdentity, certificateOidcIssuer, options = {}) {
  if (certificateIdentity === "") fail("POLICY_INVALID", "the expected certificate identity is empty");
  if (certificateOidcIssuer === "") fail("POLICY_INVALID", "the expected issuer is empty");
  const [identity, issuer2] = [exactly(certificateIdentity), exactly(certificateOidcIssuer)];
  return policyFor({ kind: "identity", identity, issuer: issuer2, claims: [] }, options);
}
function managedKey(publicKey, options = {}) {
  const thresholds = { ...defaultThresholds, signedCertificateTimestamps: 0, timestamps: 0 };
  return policyFor({ kind: "key", publicKey }, { thresholds, ...options });
}
var defaultThresholds;
var init_policy = __esm({
  "src/core/policy/policy.ts"() {
    "use strict";
    init_errors();
    init_expectation();
    defaultThresholds = { signedCertificateTimestamps: 1, logEntries: 1, timestamps: 1 };
  }
});

// src/core/policy/repository.ts
function repository(name, { refs, ...options } = {}) {
  if (!/^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/.test(name))
    fail("POLICY_INVALID", `the repository ${JSON.stringify(name)} does not have the form owner/name`, {
      remedy: "Use the form `owner/name`."
    });
  const address = `${server}/${name}`;
  return policyFor(
    {
      kind: "identity",
      identity: pathWithin(address),
      issuer: exactly(issuer),
      claims: [
        { claim: "sourceRepositoryUri", expected: [exactly(address)] },
        ...refs === void 0 ? [] : [{ claim: "sourceRepositoryRef", expected: refs.map(matching) }]
      ]
    },
    options
  );
}
var server, issuer;
var init_repository = __esm({
  "src/core/policy/repository.ts"() {
    "use strict";
    init_errors();
    init_expectation();
    init_policy();
    server = "https://github.com";
    issuer = "https://token.actions.githubusercontent.com";
  }
});

// src/core/policy/index.ts
var init_policy2 = __esm({
  "src/core/policy/index.ts"() {
    "use strict";
    init_check_policy();
    init_contents();
    init_demand();
    init_expectation();
    init_policy();
    init_repository();
    init_workflow_address();
  }
});

// src/core/verify/steps/provenance.ts
var provenance_exports = {};
__export(provenance_exports, {
  compareProvenance: () => compareProvenance
});
function compareProvenance(provenance, claims) {
  const compared = readerOf(provenance)(provenance, claims).flatMap(({ what, stated, certified }) => {
    const known = certified.filter((value) => value !== void 0);
    return stated === void 0 || stated === "" || known.length === 0 ? [] : [{ what, stated, known }];
  });
  const differences = compared.flatMap(
    ({ what, stated, known }) => known.includes(stated) ? [] : [`the ${what} ${JSON.stringify(stated.slice(0, 300))}, and the certificate ${JSON.stringify(known[0])}`]
  );
  if (differences.length > 0)
    fail("PROVENANCE_MISMATCH", `the provenance contradicts the certificate: it states ${differences.join("; ")}`, {
      remedy: "Do not use the artifact. Ask the publisher how the statement was made."
    });
  return [...new Set(compared.map(({ what }) => what))];
}
function readerOf({ buildType: buildType2 = "", version }) {
  const known = readers.find(([type, of]) => of === version && type.test(buildType2));
  if (known !== void 0) return known[2];
  return version === "v1" ? workflowOf : () => [];
}
function workflowOf({ predicate }, claims) {
  const workflow = memberAt(predicate, "buildDefinition", "externalParameters", "workflow");
  const config = configOf(claims);
  return [
    repository2(textAt(workflow, "repository"), claims),
    // npm states the ref of the workflow file, and GitHub the ref that was built.
    ref(textAt(workflow, "ref"), claims, config?.ref),
    { what: "workflow", stated: textAt(workflow, "path"), certified: [config?.path] }
  ];
}
function workflowJob(provenance, claims) {
  const { predicate } = provenance;
  const parameters = memberAt(predicate, "buildDefinition", "internalParameters");
  const job = memberAt(parameters, "github") ?? memberAt(parameters, "forgejo");
  return [
    ...workflowOf(provenance, claims),
    ...source(firstDependency(predicate), claims),
    ...ids(job, ["repository_id", "repository_owner_id", "event_name", "runner_environment"], claims),
    ...workflowBuilder(provenance, claims),
    ...run(textAt(predicate, "runDetails", "metadata", "invocationId"), claims)
  ];
}
function gitlabJob(provenance, claims) {
  const { predicate, builderId: builderId2 } = provenance;
  const parameters = memberAt(predicate, "buildDefinition", "externalParameters");
  const job = memberAt(predicate, "buildDefinition", "internalParameters", "gitlab");
  return [
    repository2(textAt(parameters, "project"), claims),
    ref(textAt(parameters, "ref"), claims),
    { what: "workflow", stated: textAt(parameters, "config"), certified: [claims.buildConfigUri] },
    ...source(firstDependency(predicate), claims),
    ...ids(job, ["project_id", "namespace_id", "pipeline_source", "runner_environment"], claims),
    { what: "builder", stated: builderId2, certified: [claims.buildSignerUri] },
    ...run(textAt(predicate, "runDetails", "metadata", "invocationId"), claims)
  ];
}
function gitlabRunner(provenance, claims) {
  const { predicate } = provenance;
  const definition = memberAt(predicate, "buildDefinition");
  return [
    repository2(textAt(definition, "externalParameters", "source"), claims),
    ...source(firstDependency(predicate), claims),
    ...runnerOf(provenance, claims),
    ...run(textAt(definition, "internalParameters", "job"), claims),
    ...run(textAt(predicate, "runDetails", "metadata", "invocationId"), claims)
  ];
}
function generator(provenance, claims) {
  const { predicate } = provenance;
  const parameters = memberAt(predicate, "buildDefinition", "externalParameters");
  const stated = memberAt(parameters, "source");
  const cloned = statedList(predicate, "buildDefinition", "resolvedDependencies").find(
    (one) => textAt(one, "uri")?.startsWith("git+")
  );
  return [
    ...workflowOf(provenance, claims),
    ...source(memberAt(stated, "artifact") ?? stated, claims),
    ...source(cloned, claims),
    workflowFile(valueAt(parameters, "workflowPath"), claims),
    ...environment(memberAt(predicate, "buildDefinition", "internalParameters"), claims),
    ...workflowBuilder(provenance, claims),
    ...run(textAt(predicate, "runDetails", "metadata", "invocationId"), claims)
  ];
}
function generatorV0(provenance, claims) {
  return [...environmentV0(provenance, claims), ...workflowBuilder(provenance, claims)];
}
function environmentV0(provenance, claims) {
  const { predicate } = provenance;
  const config = memberAt(predicate, "invocation", "configSource");
  return [
    ...source(config, claims),
    ...source(statedList(predicate, "materials")[0], claims),
    workflowFile(textAt(config, "entryPoint"), claims),
    ...environment(memberAt(predicate, "invocation", "environment"), claims),
    ...runner(provenance, claims),
    ...invocation(predicate, claims)
  ];
}
function npmOnGitlab(provenance, claims) {
  const { predicate } = provenance;
  const variables = memberAt(predicate, "invocation", "parameters");
  return [
    ...source(memberAt(predicate, "invocation", "configSource"), claims),
    ...source(statedList(predicate, "materials")[0], claims),
    commit2(textAt(variables, "CI_COMMIT_SHA"), claims),
    repository2(textAt(variables, "CI_PROJECT_URL"), claims),
    {
      what: "repository ID",
      stated: textAt(variables, "CI_PROJECT_ID"),
      certified: [claims.sourceRepositoryIdentifier]
    },
    { what: "trigger", stated: textAt(variables, "CI_PIPELINE_SOURCE"), certified: [claims.buildTrigger] },
    ...runnerOf(provenance, claims),
    ...invocation(predicate, claims)
  ];
}
function environment(variables, claims) {
  const variable = (name) => valueAt(variables, `GITHUB_${name}`) ?? valueAt(variables, `github_${name.toLowerCase()}`);
  const [id3, attempt2] = [variable("RUN_ID"), variable("RUN_ATTEMPT")];
  return [
    { ...repository2(variable("REPOSITORY"), claims), certified: [pathOf(claims.sourceRepositoryUri)?.toLowerCase()] },
    ref(variable("REF"), claims),
    commit2(variable("SHA"), claims),
    commit2(variable("SHA1"), claims),
    { what: "repository ID", stated: variable("REPOSITORY_ID"), certified: [claims.sourceRepositoryIdentifier] },
    { what: "owner ID", stated: variable("REPOSITORY_OWNER_ID"), certified: [claims.sourceRepositoryOwnerIdentifier] },
    { what: "trigger", stated: variable("EVENT_NAME"), certified: [claims.buildTrigger] },
    { what: "workflow", stated: variable("WORKFLOW_REF"), certified: [pathOf(claims.buildConfigUri)] },
    { what: "workflow commit", stated: variable("WORKFLOW_SHA"), certified: [claims.buildConfigDigest] },
    ...run(id3 === void 0 || attempt2 === void 0 ? id3 : `${id3}-${attempt2}`, claims)
  ];
}
function source(artifact, claims) {
  const uri = textAt(artifact, "uri") ?? "";
  const [, address, at] = /^(?:git\+)?(https?:\/\/[^@#]+)(?:[@#](.*))?$/.exec(uri) ?? [];
  const isCommit = at !== void 0 && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(at);
  return [
    repository2(address ?? (uri === "" ? void 0 : uri), claims),
    isCommit ? commit2(at, claims) : ref(at, claims),
    // GitLab's runner states a commit as a SHA-256.
    ...["gitCommit", "sha1", "sha256"].map((algorithm) => commit2(textAt(artifact, "digest", algorithm), claims))
  ];
}
function firstDependency(predicate) {
  return statedList(predicate, "buildDefinition", "resolvedDependencies")[0];
}
function repository2(stated, { sourceRepositoryUri }) {
  const plain3 = (address) => address?.replace(/^git\+/, "").replace(/\.git$/, "").toLowerCase();
  return { what: "repository", stated: plain3(stated), certified: [plain3(sourceRepositoryUri)] };
}
function ref(stated, { sourceRepositoryRef }, other) {
  const certified = sourceRepositoryRef === void 0 ? [] : [sourceRepositoryRef, other];
  return { what: "ref", stated, certified };
}
function workflowFile(stated, claims) {
  const path = stated !== void 0 && /\.ya?ml$/.test(stated) ? stated : void 0;
  return { what: "workflow", stated: path, certified: [configOf(claims)?.path] };
}
function commit2(stated, { sourceRepositoryDigest }) {
  return { what: "commit", stated, certified: [sourceRepositoryDigest] };
}
function ids(job, [repositoryId, ownerId, trigger, environment2], claims) {
  return [
    { what: "repository ID", stated: textAt(job, repositoryId), certified: [claims.sourceRepositoryIdentifier] },
    { what: "owner ID", stated: textAt(job, ownerId), certified: [claims.sourceRepositoryOwnerIdentifier] },
    { what: "trigger", stated: textAt(job, trigger), certified: [claims.buildTrigger] },
    { what: "runner", stated: textAt(job, environment2), certified: [claims.runnerEnvironment] }
  ];
}
function workflowBuilder(provenance, claims) {
  const { builderId: builderId2 = "" } = provenance;
  const { buildSignerUri } = claims;
  const isRunner = /^https:\/\/github\.com\/actions\/runner(?:\/|$)/.test(builderId2);
  if (isRunner || buildSignerUri !== void 0 && delegator.test(buildSignerUri)) return runner(provenance, claims);
  return [{ what: "builder", stated: builderId2, certified: [buildSignerUri] }];
}
function runner({ builderId: builderId2 = "" }, { runnerEnvironment }) {
  const [, kind] = /^https:\/\/github\.com\/actions\/runner\/(.+)$/.exec(builderId2) ?? [];
  return [{ what: "runner", stated: kind, certified: [runnerEnvironment] }];
}
function runnerOf({ builderId: builderId2 = "" }, claims) {
  const [, project] = /^(.+)\/-\/runners\/\d+$/.exec(builderId2) ?? [];
  return [repository2(project, claims)];
}
function invocation(predicate, claims) {
  return ["buildInvocationId", "buildInvocationID"].flatMap((name) => run(textAt(predicate, "metadata", name), claims));
}
function run(stated, { runInvocationUri }) {
  if (runInvocationUri === void 0) return [];
  const [, id3, attempt2] = /\/actions\/runs\/(\d+)\/attempts\/(\d+)$/.exec(runInvocationUri) ?? [];
  const [, job] = /\/-\/jobs\/(\d+)$/.exec(runInvocationUri) ?? [];
  const isAddress2 = stated?.includes("/") ?? false;
  const numbers2 = id3 === void 0 ? job : stated?.includes("-") ? `${id3}-${attempt2}` : id3;
  return [{ what: "run", stated, certified: [isAddress2 ? runInvocationUri : numbers2] }];
}
function configOf(claims) {
  const { buildConfigUri = "", sourceRepositoryUri } = claims;
  const isOwn = sourceRepositoryUri !== void 0 && buildConfigUri.startsWith(`${sourceRepositoryUri}/`);
  const relative = isOwn ? buildConfigUri.slice(sourceRepositoryUri.length + 1) : pathOf(buildConfigUri);
  const [, path, ref2] = /^(.+?\.ya?ml)@(.+)$/.exec(relative ?? "") ?? [];
  return path === void 0 || ref2 === void 0 ? void 0 : { path, ref: ref2 };
}
function pathOf(address) {
  return address === void 0 ? void 0 : /^https?:\/\/[^/]+\/(.+)$/.exec(address)?.[1];
}
function textAt(value, ...path) {
  const found = memberAt(value, ...path) ?? void 0;
  if (found === void 0) return void 0;
  if (typeof found === "number") return String(found);
  return asText(found) ?? fail("STATEMENT_INVALID", `${path.join(".")} in the predicate is not a text`);
}
function valueAt(value, name) {
  const found = memberAt(value, name);
  return asObject(found) === void 0 ? textAt(value, name) : textAt(found, "value");
}
var readers, delegator;
var init_provenance2 = __esm({
  "src/core/verify/steps/provenance.ts"() {
    "use strict";
    init_encoding();
    init_errors();
    init_statement2();
    readers = [
      [
        /^https:\/\/(?:actions\.github\.io\/buildtypes|slsa-framework\.github\.io\/github-actions-buildtypes)\/workflow\/v1$/,
        "v1",
        workflowJob
      ],
      [/^urn:countersign:build-type:forgejo-workflow:v1$/, "v1", workflowJob],
      [/^urn:countersign:build-type:gitlab-job:v1$/, "v1", gitlabJob],
      [/^https:\/\/docs\.gitlab\.com\/.*\/slsa\/provenance_v1$/, "v1", gitlabRunner],
      [/^https:\/\/gitlab\.com\/gitlab-org\/gitlab-runner\/-\/blob\/[^/]+\/PROVENANCE\.md$/, "v1", gitlabRunner],
      [/^https:\/\/github\.com\/slsa-framework\/slsa-github-generator\//, "v1", generator],
      [/^https:\/\/github\.com\/slsa-framework\/slsa-github-generator\//, "v0.2", generatorV0],
      [/^https:\/\/github\.com\/npm\/cli\/gha[@/]/, "v0.2", environmentV0],
      [/^https:\/\/github\.com\/npm\/cli\/gitlab[@/]/, "v0.2", npmOnGitlab]
    ];
    delegator = /^https:\/\/github\.com\/slsa-framework\/slsa-github-generator\/\.github\/workflows\/delegator_[\w-]+\.yml@/;
  }
});

// src/core/verify/criterion.ts
function atLeast(count, one, several) {
  if (count === 0) return `no ${one} required`;
  return `at least ${count} ${count === 1 ? one : several}`;
}
async function check({ name, about, expected }, basis, prove, found) {
  const checked = (outcome, what, failure) => [
    { name, about, outcome, expected, found: what, failure }
  ];
  const missing = Object.entries(basis).find(([, part]) => part === void 0);
  if (missing !== void 0) return { criteria: checked("not-checked", `no ${missing[0]}`), proven: void 0 };
  try {
    const proven = await prove(basis);
    return { criteria: checked("pass", found(proven)), proven };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return { criteria: checked("fail", error.message, error), proven: void 0 };
  }
}
var criterionNames;
var init_criterion = __esm({
  "src/core/verify/criterion.ts"() {
    "use strict";
    init_errors();
    criterionNames = [
      "time",
      "certificate",
      "certificate-transparency",
      "issuer",
      "identity",
      "claim",
      "key",
      "signature",
      "image",
      "predicate-type",
      "subject-name",
      "log",
      "provenance",
      "builder-id",
      "build-type",
      "release",
      "verification-summary",
      "age",
      "attestation"
    ];
  }
});

// src/core/verify/release.ts
var release_exports = {};
__export(release_exports, {
  examineRelease: () => examineRelease
});
function checkRelease(expected) {
  demandMembers(expected, members, "policy.content.release");
  const { repository: repository3, tag, commits = [], repositoryIds = [], ownerIds = [] } = expected;
  for (const list3 of [commits, repositoryIds, ownerIds])
    if (!Array.isArray(list3)) fail("POLICY_INVALID", "a list of policy.content.release is not a list");
  const texts = [repository3, tag, ...commits, ...repositoryIds, ...ownerIds];
  if (texts.some((one) => typeof one !== "string" || one === ""))
    fail("POLICY_INVALID", "a value of policy.content.release is empty");
}
function describeRelease({ repository: repository3, tag, commits = [] }) {
  return `${repository3}@${tag}${commits.length === 0 ? "" : `, commit ${commits.join(" or ")}`}`;
}
function readRelease({ predicateType, predicate, subjects: [first, ...others] }) {
  if (!releasePredicateTypes.some((type) => type === predicateType))
    fail(
      "PREDICATE_TYPE_MISMATCH",
      `the predicate type is ${JSON.stringify(predicateType)}; expected that of a release, ${JSON.stringify(releasePredicateTypes.join(" or "))}`
    );
  const [repository3, tag] = [text2(predicate.repository, "repository"), text2(predicate.tag, "tag")];
  const purl = text2(predicate.purl, "purl");
  if (!isPackageUrl(purl, repository3, tag))
    fail("STATEMENT_INVALID", `the predicate is about ${repository3}@${tag}, but its purl is ${JSON.stringify(purl)}`);
  return {
    repository: repository3,
    tag,
    commit: commitOf(first, purl),
    repositoryId: id2(predicate.repositoryId, "repositoryId"),
    ownerId: id2(predicate.ownerId, "ownerId"),
    assets: assetsOf(others)
  };
}
async function examineRelease(signature, expected) {
  checkRelease(expected);
  return check(
    { name: "release", expected: describeRelease(expected) },
    { signature },
    (basis) => matchRelease(basis.signature.statement, expected),
    ({ repository: repository3, tag, commit: commit3 }) => `${repository3}@${tag}, commit ${commit3}`
  );
}
function matchRelease(statement, expected) {
  if (statement === void 0) fail("PREDICATE_TYPE_MISMATCH", "the signature is not over a statement about a release");
  const release = readRelease(statement);
  const { repository: repository3, tag } = release;
  if (repository3 !== expected.repository || tag !== expected.tag)
    fail(
      "RELEASE_MISMATCH",
      `the attestation is of the release ${JSON.stringify(`${repository3}@${tag}`)}; expected ${JSON.stringify(`${expected.repository}@${expected.tag}`)}`
    );
  demandOneOf2(expected.commits, release.commit, "commit of the tag");
  demandOneOf2(expected.repositoryIds, release.repositoryId, "ID of the repository");
  demandOneOf2(expected.ownerIds, release.ownerId, "ID of the owner");
  return release;
}
function demandOneOf2(expected, found, what) {
  if (expected !== void 0 && !expected.includes(found))
    fail("RELEASE_MISMATCH", `the ${what} is ${found}; expected ${expected.join(" or ")}`);
}
function commitOf(subject, purl) {
  if (subject?.uri !== purl || subject.name !== "")
    fail("STATEMENT_INVALID", `the first subject is not the tag of the release, ${JSON.stringify(purl)}`);
  return subject.commit ?? fail("STATEMENT_INVALID", "the tag of the release has no commit");
}
function assetsOf(subjects) {
  const names = /* @__PURE__ */ new Set();
  return subjects.map(({ name, digests, uri }, index) => {
    const digest2 = digests.filter(isHash).find(({ algorithm }) => algorithm === "sha256");
    if (name === "" || uri !== void 0 || digest2 === void 0)
      fail(
        "STATEMENT_INVALID",
        `subject[${index + 1}] is not a file of the release: it needs a name and a sha256 digest`
      );
    if (names.has(name)) fail("STATEMENT_INVALID", `the statement names the file ${JSON.stringify(name)} twice`);
    names.add(name);
    return { name, digest: digest2 };
  });
}
function isPackageUrl(purl, repository3, tag) {
  const [, path = "", version = ""] = /^pkg:github\/([^/@?#]+\/[^/@?#]+)@([^?#]+)$/.exec(purl) ?? [];
  return (path === repository3 || path === lowerCase(repository3)) && (version === tag || decoded(version) === tag);
}
function lowerCase(text3) {
  return text3.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
function decoded(text3) {
  try {
    return decodeURIComponent(text3);
  } catch {
    return void 0;
  }
}
function text2(value, member) {
  return asText(value) || fail("STATEMENT_INVALID", `predicate.${member} is missing`);
}
function id2(value, member) {
  const found = text2(value, member);
  return /^\d+$/.test(found) ? found : fail("STATEMENT_INVALID", `predicate.${member} is not a numeric ID`);
}
var releasePredicateTypes, members;
var init_release = __esm({
  "src/core/verify/release.ts"() {
    "use strict";
    init_crypto();
    init_encoding();
    init_errors();
    init_policy2();
    init_criterion();
    releasePredicateTypes = [
      "https://in-toto.io/attestation/release/v0.1",
      "https://in-toto.io/attestation/release/v0.2"
    ];
    members = {
      repository: true,
      tag: true,
      commits: true,
      repositoryIds: true,
      ownerIds: true
    };
  }
});

// src/core/bundle/read-bundle.ts
init_crypto();
init_encoding();
init_errors();

// src/core/bundle/shape.ts
var certificate = { rawBytes: true };
var logEntry = {
  logIndex: true,
  logId: { keyId: true },
  kindVersion: { kind: true, version: true },
  integratedTime: true,
  inclusionPromise: { signedEntryTimestamp: true },
  inclusionProof: { logIndex: true, rootHash: true, treeSize: true, hashes: true, checkpoint: { envelope: true } },
  canonicalizedBody: true
};
var bundleShape = {
  mediaType: true,
  verificationMaterial: {
    certificate,
    x509CertificateChain: { certificates: certificate },
    publicKey: { hint: true },
    tlogEntries: logEntry,
    timestampVerificationData: { rfc3161Timestamps: { signedTimestamp: true } }
  },
  messageSignature: { messageDigest: { algorithm: true, digest: true }, signature: true },
  dsseEnvelope: { payload: true, payloadType: true, signatures: { sig: true, keyid: true } }
};

// src/core/bundle/read-bundle.ts
var versions = /* @__PURE__ */ new Map([
  ["application/vnd.dev.sigstore.bundle+json;version=0.1", "0.1"],
  ["application/vnd.dev.sigstore.bundle+json;version=0.2", "0.2"],
  ["application/vnd.dev.sigstore.bundle+json;version=0.3", "0.3"],
  ["application/vnd.dev.sigstore.bundle.v0.3+json", "0.3"]
]);
var maxBundleLength = 24 * 1024 * 1024;
var maxLogEntries = 32;
var maxTimestamps = 32;
var maxProofHashes = 64;
var maxEnvelopeSignatures = 32;
var maxChainLength = 8;
var hashAlgorithms = { HASH_ALGORITHM_UNSPECIFIED: 0, SHA2_256: 1, SHA2_384: 2, SHA2_512: 3 };
var hashNames2 = {
  SHA2_256: "sha256",
  SHA2_384: "sha384",
  SHA2_512: "sha512"
};
function readBundle(json) {
  const bundle = ProtoField.parse(json, "BUNDLE_INVALID", "bundle", { maxLength: maxBundleLength });
  const mediaType = bundle.field("mediaType").text();
  const version = versions.get(mediaType) ?? fail("BUNDLE_UNSUPPORTED", `the bundle's media type ${JSON.stringify(mediaType.slice(0, 100))} is not supported`);
  bundle.demandShape(bundleShape);
  const material = bundle.field("verificationMaterial");
  const logEntries = material.field("tlogEntries").list(maxLogEntries);
  return {
    mediaType,
    version,
    signer: readSigner(material),
    logEntries: logEntries.map((entry) => readBundledEntry(entry, version)),
    timestamps: material.field("timestampVerificationData").field("rfc3161Timestamps").list(maxTimestamps).map((timestamp) => timestamp.field("signedTimestamp").data()),
    content: readContent(bundle)
  };
}
function readSigner(material) {
  const kinds2 = ["certificate", "x509CertificateChain", "publicKey"].filter((kind2) => material.field(kind2).present);
  const [kind] = kinds2;
  if (kind === void 0 || kinds2.length > 1)
    return material.fail("must have exactly one of certificate, x509CertificateChain and publicKey");
  const field = material.field(kind);
  if (kind === "publicKey") return { kind: "public-key", hint: field.field("hint").string() };
  if (kind === "certificate") return { kind: "certificate", certificate: field.field("rawBytes").data() };
  return { kind: "certificate", ...readChain(field.field("certificates")) };
}
function readChain(field) {
  const [certificate2, ...others] = field.list(maxChainLength).map((one) => one.field("rawBytes").data());
  if (certificate2 === void 0) return field.fail("is empty");
  for (const [index, other] of others.entries())
    reading(
      "CERTIFICATE_INVALID",
      `${field.path}[${index + 1}]`,
      () => readDer(other, (der2) => der2.element(tags.sequence))
    );
  return others.length === 0 ? { certificate: certificate2 } : { certificate: certificate2, others };
}
function readBundledEntry(field, version) {
  const entry = readLogEntry(field);
  if (version === "0.1" && entry.signedEntryTimestamp === void 0) field.field("inclusionPromise").fail("is missing");
  if (version !== "0.1" && entry.inclusionProof === void 0) field.field("inclusionProof").fail("is missing");
  return entry;
}
function readContent(bundle) {
  const envelope = bundle.field("dsseEnvelope");
  const message = bundle.field("messageSignature");
  if (envelope.present && message.present) bundle.fail("has both a messageSignature and a dsseEnvelope");
  return envelope.present ? readEnvelope(envelope) : readMessageSignature(message);
}
function readMessageSignature(message) {
  const messageDigest = message.field("messageDigest");
  return {
    kind: "message-signature",
    messageDigest: readDigest(messageDigest),
    signature: message.field("signature").data()
  };
}
function readEnvelope(envelope) {
  const [signature, ...others] = envelope.field("signatures").list(maxEnvelopeSignatures);
  if (signature === void 0 || others.length > 0)
    return envelope.field("signatures").fail("must contain exactly one signature");
  signature.field("keyid").string();
  return {
    kind: "dsse-envelope",
    payloadType: envelope.field("payloadType").text(),
    payload: envelope.field("payload").data(),
    signature: signature.field("sig").data()
  };
}
function readDigest(field) {
  const name = field.field("algorithm");
  if (name.enum(hashAlgorithms) === "HASH_ALGORITHM_UNSPECIFIED" && field.field("digest").bytes().length === 0)
    return void 0;
  const algorithm = hashNames2[name.enum(hashAlgorithms) ?? ""] ?? name.fail("is not SHA2_256, SHA2_384 or SHA2_512");
  return reading("BUNDLE_INVALID", field.path, () => toDigest(algorithm, field.field("digest").data()));
}
function readLogEntry(entry) {
  const proof = entry.field("inclusionProof");
  const promise = entry.field("inclusionPromise");
  return {
    logIndex: entry.field("logIndex").uint64(),
    logKeyId: entry.field("logId").field("keyId").data(),
    kind: entry.field("kindVersion").field("kind").text(),
    version: entry.field("kindVersion").field("version").text(),
    integratedTime: entry.field("integratedTime").uint64(),
    signedEntryTimestamp: promise.present ? promise.field("signedEntryTimestamp").data() : void 0,
    inclusionProof: proof.present ? readInclusion(proof) : void 0,
    canonicalizedBody: entry.field("canonicalizedBody").data()
  };
}
function readInclusion(proof) {
  return {
    logIndex: proof.field("logIndex").uint64(),
    rootHash: proof.field("rootHash").data(),
    treeSize: proof.field("treeSize").uint64(),
    hashes: proof.field("hashes").list(maxProofHashes).map((hash) => hash.data()),
    checkpoint: proof.field("checkpoint").field("envelope").text()
  };
}

// src/core/verify/index.ts
init_certificate2();
init_crypto();
init_errors();
init_log();
init_policy2();

// src/core/trust/shown-url.ts
function shownUrl(url) {
  const text3 = String(url);
  if (!URL.canParse(text3)) return text3.replace(/^.*@/s, "").replace(/[?#].*$/s, "");
  if (!/[?#@]/.test(text3)) return text3;
  const { protocol, host, pathname } = new URL(text3);
  return host === "" ? protocol : `${protocol}//${host}${pathname}`;
}

// src/core/trust/validity-window.ts
function readValidityWindow(field) {
  const start = field.field("start").time() ?? field.field("start").fail("is missing");
  const end = field.field("end").time();
  if (end !== void 0 && end < start) field.fail("has an end before its start");
  return { start, end };
}
function covers(window, time) {
  return window.start <= time && (window.end === void 0 || time <= window.end);
}

// src/core/trust/trusted-root.ts
init_certificate2();
init_crypto();
init_encoding();
init_errors();
var mediaTypes = /* @__PURE__ */ new Set([
  "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
  "application/vnd.dev.sigstore.trustedroot.v0.1+json",
  "application/vnd.dev.sigstore.trustedroot.v0.2+json"
]);
var keyDetails = {
  PKIX_RSA_PKCS1V5: 3,
  PKIX_RSA_PSS: 4,
  PKIX_ECDSA_P256_SHA_256: 5,
  PKIX_ED25519: 7,
  PKIX_RSA_PKCS1V15_2048_SHA256: 9,
  PKIX_RSA_PKCS1V15_3072_SHA256: 10,
  PKIX_RSA_PKCS1V15_4096_SHA256: 11,
  PKIX_ECDSA_P384_SHA_384: 12,
  PKIX_ECDSA_P521_SHA_512: 13,
  PKIX_RSA_PSS_2048_SHA256: 16,
  PKIX_RSA_PSS_3072_SHA256: 17,
  PKIX_RSA_PSS_4096_SHA256: 18
};
var keyKinds = {
  PKIX_ECDSA_P256_SHA_256: "ecdsa-p256",
  PKIX_ED25519: "ed25519",
  PKIX_ECDSA_P384_SHA_384: "ecdsa-p384",
  PKIX_ECDSA_P521_SHA_512: "ecdsa-p521"
};
var maxLength4 = 4 * 1024 * 1024;
var maxItems = 64;
function readTrustedRoot(json) {
  const root = ProtoField.parse(json, "TRUSTED_ROOT_INVALID", "trustedRoot", { maxLength: maxLength4 });
  const mediaType = root.field("mediaType").text();
  if (!mediaTypes.has(mediaType))
    root.field("mediaType").fail(`is ${JSON.stringify(mediaType)}, which is not a supported trusted root type`);
  return {
    certificateAuthorities: supported(root.field("certificateAuthorities").list(maxItems), readAuthority),
    certificateTransparencyLogs: supported(root.field("ctlogs").list(maxItems), readLog),
    transparencyLogs: supported(root.field("tlogs").list(maxItems), readTransparencyLog),
    timestampAuthorities: supported(root.field("timestampAuthorities").list(maxItems), readAuthority)
  };
}
function readTrustedRoots(json) {
  return splitTrustedRoots(json).map((text3) => readTrustedRoot(text3));
}
function splitTrustedRoots(json) {
  const text3 = typeof json === "string" ? json : decodeUtf8(json) ?? fail("TRUSTED_ROOT_INVALID", "the trusted root is not valid UTF-8");
  const lines = text3.split("\n").filter((line) => line.trim() !== "");
  const isOneEach = lines.every((line) => line.trim().startsWith("{"));
  if (lines.length <= 1 || !isOneEach) return [text3];
  if (lines.length > maxItems)
    fail("LIMIT_EXCEEDED", `the file has ${lines.length} trusted roots; the limit is ${maxItems}`);
  return lines;
}
function supported(items, read) {
  return items.flatMap((item) => {
    try {
      return [read(item)];
    } catch (error) {
      if (error instanceof CountersignError && error.code === "KEY_UNSUPPORTED") return [];
      throw error;
    }
  });
}
function readAuthority(authority) {
  const certificates = authority.field("certChain").field("certificates").list(maxItems);
  const [first, ...others] = certificates.map((one) => readCertificate(one.field("rawBytes").data(), one.path));
  return {
    uri: shownUrl(authority.field("uri").string()),
    chain: [first ?? authority.field("certChain").fail("has no certificates"), ...others],
    validFor: readValidityWindow(authority.field("validFor"))
  };
}
function readLog(log) {
  const key = log.field("publicKey");
  return {
    baseUrl: shownUrl(log.field("baseUrl").text()),
    keyId: log.field("logId").field("keyId").data(),
    // Reads the window first: a log without a start is refused whatever its key.
    validFor: readValidityWindow(key.field("validFor")),
    publicKey: readLogKey(key)
  };
}
function readLogKey(field) {
  const details = field.field("keyDetails").enum(keyDetails) ?? fail("KEY_UNSUPPORTED", `${field.path} has an unsupported key type`);
  const key = reading("TRUSTED_ROOT_INVALID", field.path, () => readPublicKey(field.field("rawBytes").data()));
  if (key.kind !== (keyKinds[details] ?? "rsa")) field.fail(`is a key of type ${key.kind}, not ${details}`);
  return key;
}
function readTransparencyLog(field) {
  const log = readLog(field);
  if (!URL.canParse(log.baseUrl)) field.field("baseUrl").fail("is not a URL");
  const { hostname, host } = new URL(log.baseUrl);
  return { ...log, checkpointKey: { names: [hostname, host], keyId: log.keyId, publicKey: log.publicKey } };
}

// src/core/verify/artifact.ts
init_crypto();
init_errors();
function artifactOfDigest(...digests) {
  return { digests };
}
function artifactOfBytes(bytes) {
  return { digests: ["sha256", "sha384", "sha512"].map((algorithm) => digest(algorithm, bytes)), bytes };
}
function digestOf(artifact, algorithm) {
  return artifact.digests.find((one) => one.algorithm === algorithm) ?? fail(
    "DIGEST_UNAVAILABLE",
    `the signature is over the ${algorithm} digest of the artifact; only ${describeArtifact(artifact)} is known`,
    {
      remedy: `Verify the artifact itself, or its ${algorithm} digest.`
    }
  );
}
function artifactOfRelease() {
  return { digests: [], isRelease: true };
}
function describeArtifact({ digests, isRelease }) {
  if (isRelease) return "the statement about the release";
  return digests.map(formatDigest).join(", ");
}

// src/core/verify/compare-statement.ts
init_statement2();
async function compareStatement(statement, claims) {
  if (provenanceVersion(statement.predicateType) === void 0) return [];
  const { compareProvenance: compareProvenance2 } = await Promise.resolve().then(() => (init_provenance2(), provenance_exports));
  const provenance = readProvenance(statement);
  return provenance === void 0 ? [] : compareProvenance2(provenance, claims);
}

// src/core/verify/index.ts
init_criterion();

// src/core/verify/examine-attested-image.ts
init_crypto();
init_errors();
init_policy2();
init_statement2();
init_criterion();

// src/core/verify/examination.ts
init_errors();
var noVerdict = {
  signer: void 0,
  times: void 0,
  signedCertificateTimestamps: void 0,
  logEntries: void 0
};
function conclude(criteria, proven) {
  const failure = criteria.find((criterion) => criterion.failure !== void 0)?.failure;
  if (failure === void 0 && isComplete(proven)) return { criteria, verdict: proven, failure };
  const incomplete = () => new CountersignError("BUNDLE_INVALID", "the verification is incomplete");
  return { criteria, verdict: void 0, failure: failure ?? incomplete() };
}
function isComplete(proven) {
  const { signer, times, signedCertificateTimestamps, logEntries, content } = proven;
  return [signer, times, signedCertificateTimestamps, logEntries, content].every((part) => part !== void 0);
}

// src/core/verify/examine-simple-signing.ts
init_crypto();
init_errors();
init_statement2();
init_criterion();

// src/core/verify/needed-digests.ts
init_certificate2();
init_crypto();
init_encoding();
init_errors();
init_statement2();
function neededDigests({ content, signer, logEntries }, policy) {
  const needed = /* @__PURE__ */ new Set(["sha256"]);
  const add2 = (algorithms2 = []) => {
    for (const algorithm of algorithms2) needed.add(algorithm);
  };
  if (content.kind === "dsse-envelope") {
    const { payload, payloadType } = content;
    if (payloadType === statementPayloadType) add2(attempt(() => statedDigests(payload)));
    return [...needed];
  }
  const key = policy.signer.kind === "key" ? policy.signer.publicKey : attemptKey(signer);
  if (content.messageDigest !== void 0) add2([content.messageDigest.algorithm]);
  if (key !== void 0 && (content.messageDigest === void 0 || key.kind === "ed25519")) add2(signingHashes(key));
  for (const { canonicalizedBody } of logEntries) add2(attempt(() => loggedDigests(canonicalizedBody)));
  return [...needed];
}
function needsBytes({ content, signer }, policy) {
  if (content.kind !== "message-signature") return false;
  const key = policy.signer.kind === "key" ? policy.signer.publicKey : attemptKey(signer);
  return key?.kind === "ed25519";
}
function statedDigests(payload) {
  return readStatement(payload).subjects.flatMap(
    ({ digests }) => digests.filter(isHash).map(({ algorithm }) => algorithm)
  );
}
function loggedDigests(body) {
  const text3 = JSON.stringify(parseJson(body, { maxValues: 1e3 }));
  return [...text3.matchAll(/"algorithm":"(?:SHA2_|sha)(256|384|512)"/g)].map(([, bits]) => `sha${bits}`).filter(isHashAlgorithm);
}
function attemptKey(signer) {
  return signer.kind === "certificate" ? attempt(() => readCertificate(signer.certificate).publicKey) : void 0;
}

// src/core/verify/steps/content.ts
init_crypto();
init_encoding();
init_errors();
init_policy2();
init_statement2();
init_criterion();

// src/core/verify/remember.ts
function remember(work) {
  const started = /* @__PURE__ */ new Map();
  return (key) => {
    const result = started.get(key) ?? work(key);
    started.set(key, result);
    result.catch(() => void 0);
    return result;
  };
}

// src/core/verify/steps/content.ts
function contentStep({ content }, { content: policy }, claimed) {
  if (content.kind === "message-signature") {
    return (artifact) => {
      const signedBy2 = remember((publicKey) => verifyMessageSignature(content, artifact, publicKey));
      if (claimed !== void 0) signedBy2(claimed.publicKey);
      return (signer) => examineContent(signer, artifact, policy, signedBy2);
    };
  }
  const signedBy = remember((publicKey) => verifyEnvelope(content, publicKey));
  if (claimed !== void 0) signedBy(claimed.publicKey);
  return (artifact) => (signer) => examineContent(signer, artifact, policy, async (publicKey) => {
    const statement = await signedBy(publicKey);
    return artifact.isRelease ? { kind: "statement", statement } : aboutArtifact(statement, artifact);
  });
}
async function examineContent(signer, artifact, { release, ...texts }, signedBy) {
  const signature = await check(
    { name: "signature", expected: `over ${describeArtifact(artifact)}` },
    { signer },
    (basis) => signedBy(basis.signer.publicKey),
    describeContent
  );
  const content = signature.proven;
  const statement = content === void 0 ? void 0 : statementIn(content);
  const criteria = [...signature.criteria, ...await checkTexts("signature", content, texts)];
  let proven = content?.kind === "statement" ? void 0 : content;
  if (release !== void 0) {
    const { examineRelease: examineRelease2 } = await Promise.resolve().then(() => (init_release(), release_exports));
    const named = await examineRelease2(content && { statement }, release);
    criteria.push(...named.criteria);
    if (content?.kind === "statement")
      proven = named.proven && { kind: "release", statement: content.statement, release: named.proven };
  }
  return { criteria, proven };
}
async function checkTexts(by, content, { predicateType, subjectName }) {
  const demand3 = async (name, expected, match, textIn) => {
    if (expected === void 0) return [];
    const { criteria } = await check(
      { name, expected: describeExpectation(expected) },
      { [by]: content },
      () => match(content ?? fail("BUNDLE_INVALID", `there is no ${by}`), expected),
      () => (content && textIn(content)) ?? ""
    );
    return criteria;
  };
  return [
    ...await demand3("predicate-type", predicateType, matchPredicateType, (one) => statementIn(one)?.predicateType),
    ...await demand3("subject-name", subjectName, matchSubjectName, nameIn)
  ];
}
function describeContent(content) {
  switch (content.kind) {
    case "dsse-envelope":
      return `over a statement about ${formatDigest(content.digest)}, ${JSON.stringify(content.subject.name)}`;
    case "message-signature":
      return `over ${formatDigest(content.digest)}`;
    case "statement":
      return `over a statement of the type ${content.statement.predicateType}`;
  }
}
function statementIn(content) {
  return "statement" in content ? content.statement : void 0;
}
async function verifyMessageSignature({ messageDigest, signature }, artifact, publicKey) {
  if (artifact.isRelease) fail("ARTIFACT_MISMATCH", "the bundle is for a file, not for a release");
  if (messageDigest !== void 0 && !equalDigests(messageDigest, digestOf(artifact, messageDigest.algorithm))) {
    fail(
      "ARTIFACT_MISMATCH",
      `the bundle is for the artifact ${formatDigest(messageDigest)}, not ${describeArtifact(artifact)}`
    );
  }
  for (const algorithm of candidates(messageDigest, publicKey)) {
    const known = artifact.digests.find((one) => one.algorithm === algorithm);
    if (known !== void 0 && await isOver(known, publicKey, signature, artifact))
      return { kind: "message-signature", digest: known };
  }
  const [first] = artifact.digests.filter(isHash);
  if (first !== void 0 && await isPure(publicKey, signature, artifact))
    return { kind: "message-signature", digest: first };
  const [wanted] = candidates(messageDigest, publicKey);
  digestOf(artifact, wanted);
  return fail(
    "SIGNATURE_INVALID",
    `the signature does not verify for ${describeArtifact(artifact)} with the signer's key`
  );
}
function candidates(messageDigest, key) {
  return messageDigest === void 0 || key.kind === "ed25519" ? signingHashes(key) : [messageDigest.algorithm];
}
var worthHashing = 4 * 1024 * 1024;
async function isOver(known, key, signature, { bytes }) {
  return bytes !== void 0 && bytes.length <= worthHashing && key.kind !== "ed25519" ? verifySignature(key, signature, bytes, known.algorithm) : verifyDigestSignature(key, signature, known);
}
async function isPure(key, signature, { bytes }) {
  return key.kind === "ed25519" && bytes !== void 0 && verifySignature(key, signature, bytes, "sha512");
}
async function verifyEnvelope({ payloadType, payload, signature }, publicKey) {
  if (!await isSigned3(publicKey, signature, preAuthenticationEncoding(payloadType, payload))) {
    fail("SIGNATURE_INVALID", "the signature of the envelope does not verify with the signer's key");
  }
  if (payloadType !== statementPayloadType) {
    fail(
      "BUNDLE_UNSUPPORTED",
      `the envelope's payload type is ${JSON.stringify(payloadType.slice(0, 100))}; only in-toto statements are supported`
    );
  }
  return readStatement(payload);
}
function aboutArtifact(statement, artifact) {
  const { subject, digest: digest2 } = findSubject(statement, artifact.digests);
  return { kind: "dsse-envelope", digest: digest2, statement, subject };
}
async function isSigned3(key, signature, encoded2) {
  for (const hash of signingHashes(key)) if (await verifySignature(key, signature, encoded2, hash)) return true;
  return false;
}
function matchPredicateType(content, expected) {
  const found = statementIn(content)?.predicateType;
  if (found === void 0 || !meets(expected, found)) {
    const is = found === void 0 ? `the signature is over ${content.kind === "simple-signing" ? "a simple signing document" : "the artifact itself"}, not a statement` : `the predicate type is ${JSON.stringify(found)}`;
    fail("PREDICATE_TYPE_MISMATCH", `${is}; expected ${JSON.stringify(describeExpectation(expected))}`);
  }
}
function nameIn(content) {
  if (content.kind === "dsse-envelope") return content.subject.name;
  return content.kind === "simple-signing" ? content.dockerReference : void 0;
}
function matchSubjectName(content, expected) {
  const found = nameIn(content);
  if (found === void 0 || !meets(expected, found)) {
    const is = found === void 0 ? "the signature has no subject name" : `the subject name is ${JSON.stringify(found)}`;
    fail("SUBJECT_NAME_MISMATCH", `${is}; expected ${JSON.stringify(describeExpectation(expected))}`);
  }
}

// src/core/verify/verify.ts
init_policy2();

// src/core/verify/steps/age.ts
init_errors();
init_criterion();
function ageStep({ maxAge }, now) {
  return async (identity) => {
    if (maxAge === void 0) return [];
    const { criteria } = await check(
      { name: "age", expected: `at most ${describeAge(maxAge)}` },
      { identity },
      (basis) => demandAge2(basis.identity, maxAge, now),
      describeAge
    );
    return criteria;
  };
}
function demandAge2(signer, maxAge, now) {
  if (signer.kind === "key") fail("SIGNATURE_TOO_OLD", "the age of a signature of a long-lived key is not proven");
  const { notBefore } = signer.certificateValidity;
  const age = now.getTime() - notBefore.getTime();
  if (!(age <= maxAge))
    fail(
      "SIGNATURE_TOO_OLD",
      `the certificate was issued at ${notBefore.toISOString()}, ${describeAge(age)} ago; expected at most ${describeAge(maxAge)}`
    );
  return age;
}
function describeAge(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1e3));
  const parts = [
    [Math.floor(seconds / 86400), "d"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "m"],
    [seconds % 60, "s"]
  ];
  const first = parts.findIndex(([count]) => count > 0);
  const shown = parts.slice(first, first + 2).filter(([count]) => count > 0);
  return first === -1 ? "0s" : shown.map(([count, unit]) => `${count}${unit}`).join(" ");
}

// src/core/verify/steps/certificate.ts
init_certificate2();
init_encoding();
init_errors();
init_policy2();
init_criterion();
function claimedSigner({ signer }, trust, policy) {
  if (policy.signer.kind === "key")
    return signer.kind === "public-key" ? { publicKey: policy.signer.publicKey, paths: [], supplied: [] } : void 0;
  if (signer.kind !== "certificate") return void 0;
  const certificate2 = attempt(() => readLeaf(signer.certificate));
  if (certificate2 === void 0) return void 0;
  const supplied = suppliedBy(signer, policy);
  const issuers = [...trust.certificateAuthorities.flatMap(({ chain }) => chain), ...supplied];
  const paths = issuers.flatMap((issuer2) => mayHaveIssued(issuer2, certificate2) ? [{ certificate: certificate2, issuer: issuer2 }] : []);
  return paths.length === 0 ? void 0 : { publicKey: certificate2.publicKey, paths, supplied };
}
function suppliedBy({ others = [] }, { signer }) {
  if (signer.kind !== "identity" || !acceptsNoIssuer(signer)) return [];
  return others.flatMap((der2) => attempt(() => readCertificate(der2)) ?? []);
}
function signerStep(bundle, trust, policy, claimed) {
  for (const { certificate: certificate2, issuer: issuer2 } of claimed?.paths ?? []) anticipateSignature(certificate2, issuer2);
  const { signer, sandbox } = policy;
  if (signer.kind === "key") return remember(() => examineKey(bundle, signer.publicKey));
  return remember(
    (times) => check(
      { name: "certificate", expected: "issued by a trusted CA, valid at signing time, for code signing" },
      { time: times },
      async ({ time }) => {
        const leaf = claimed?.paths[0]?.certificate ?? leafOf(bundle);
        const moments = time.map((each) => each.time);
        const verified = await verifyLeaf(leaf, trust, moments, sandbox, claimed?.supplied);
        return { kind: "certificate", publicKey: leaf.publicKey, ...verified };
      },
      ({ authority }) => authority.uri
    )
  );
}
function examineKey({ signer }, publicKey) {
  return check(
    { name: "key", expected: `the given ${publicKey.kind} key` },
    {},
    () => {
      if (signer.kind !== "public-key")
        fail("KEY_MISMATCH", "the bundle was signed with a certificate; expected the given key");
      return { kind: "key", publicKey };
    },
    () => publicKey.kind
  );
}
function leafOf({ signer }) {
  if (signer.kind !== "certificate")
    fail("IDENTITY_MISMATCH", "the bundle was signed with a long-lived key; expected a certificate");
  return readLeaf(signer.certificate);
}
var latest;
function readLeaf(der2) {
  if (latest === void 0 || !equalBytes(latest.der, der2))
    latest = readCertificate(der2.slice(), "the signer's certificate");
  return latest;
}
async function verifyCertificate(der2, trust, times, sandbox) {
  return verifyLeaf(readLeaf(der2), trust, times, sandbox);
}
async function verifyLeaf(certificate2, trust, times, sandbox, supplied = []) {
  let problem;
  for (const authority of trust.certificateAuthorities) {
    const { chain } = authority;
    const intermediates = chain.length === 1 ? supplied : [];
    if (![...chain, ...intermediates].some(({ subject }) => equalBytes(subject, certificate2.issuer))) continue;
    if (certificate2.basicConstraints?.isAuthority && !equalBytes(chain[0].subject, certificate2.issuer)) continue;
    try {
      checkWindow(authority, times);
      const path = await verifyPath(certificate2, chain, times, oids.codeSigning, intermediates);
      checkSandbox([...chain, ...path], sandbox);
      return { certificate: certificate2, issuer: path[0], authority };
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      problem = error;
    }
  }
  throw problem ?? new CountersignError(
    "CERTIFICATE_UNTRUSTED",
    "the certificate was not issued by a certificate authority of the trusted root"
  );
}
function checkWindow(authority, times) {
  for (const time of times) {
    if (!covers(authority.validFor, time)) {
      fail(
        "CERTIFICATE_UNTRUSTED",
        `the certificate authority ${authority.uri} was not trusted at ${time.toISOString()}`
      );
    }
  }
}
function checkSandbox(authorities, sandbox) {
  if (sandbox !== "accept" && authorities.some(({ extensions }) => extensions.has(oids.sandboxMarker))) {
    fail("CERTIFICATE_SANDBOX", "the certificate was issued by a sandbox, which is for testing only", {
      remedy: "Sign with a production instance. To test with the sandbox, set `instance: sandbox`."
    });
  }
}

// src/core/verify/steps/identity.ts
init_certificate2();
init_errors();
init_policy2();
init_criterion();
function identityStep({
  signer: policy
}) {
  return remember(async (signer) => {
    if (policy.kind === "key") return { criteria: [], proven: signer?.kind === "key" ? signer : void 0 };
    const certificate2 = signer?.kind === "certificate" ? signer.certificate : void 0;
    const { criteria, proven: identity } = await examineIdentity(certificate2, policy);
    if (certificate2 === void 0 || identity === void 0) return { criteria, proven: void 0 };
    const { notBefore, notAfter } = certificate2;
    return { criteria, proven: { kind: "identity", identity, certificateValidity: { notBefore, notAfter } } };
  });
}
async function examineIdentity(certificate2, policy) {
  const expected = (one) => typeof one === "string" ? one : describeExpectation(one);
  const issuer2 = await check(
    { name: "issuer", expected: expected(policy.issuer) },
    { certificate: certificate2 },
    (basis) => {
      const identity2 = readIdentity(basis.certificate);
      matchIssuer(identity2, policy);
      return identity2;
    },
    (identity2) => identity2.issuer ?? "none in the certificate"
  );
  const identity = issuer2.proven;
  const name = await check(
    { name: "identity", expected: expected(policy.identity) },
    { issuer: identity },
    (basis) => matchName(basis.issuer, policy),
    () => identity?.subjectAlternativeName ?? ""
  );
  const claims = await Promise.all(
    policy.claims.map(
      (expectation) => check(
        { name: "claim", about: expectation.claim, expected: describeClaim(expectation) },
        { issuer: identity },
        (basis) => matchClaim(basis.issuer, expectation),
        () => identity?.claims[expectation.claim] ?? ""
      )
    )
  );
  return { criteria: [issuer2, name, ...claims].flatMap(({ criteria }) => criteria), proven: identity };
}
function readIdentity(certificate2) {
  const claims = readFulcioClaims(certificate2);
  const [name, ...others] = certificate2.subjectAlternativeNames;
  if (name === void 0 || name.kind === "unknown" || others.length > 0) {
    fail("CERTIFICATE_INVALID", "the certificate must contain exactly one identity");
  }
  return { subjectAlternativeName: name.value, nameKind: name.kind, issuer: claims.issuer, claims };
}
function matchIssuer({ issuer: issuer2, claims }, policy) {
  if (policy.issuer === "none") {
    matchNoIssuer(claims);
    return;
  }
  if (issuer2 === void 0) {
    if (acceptsNoIssuer(policy)) return;
    fail("CERTIFICATE_INVALID", "the certificate has no OIDC issuer", {
      remedy: "If it comes from a private PKI or a GitHub release, set `certificate-identity` and `any-issuer`."
    });
  }
  const { issuer: expected } = policy;
  if (expected !== "any") demand2([expected], issuer2, "ISSUER_MISMATCH", "the OIDC issuer is", meets);
}
function matchNoIssuer(claims) {
  const [claim] = Object.keys(claims);
  if (claim === void 0) return;
  const what = claim === "issuer" ? `the OIDC issuer is ${JSON.stringify(claims.issuer)}` : `it has the claim ${claimName(claim)}`;
  fail("ISSUER_MISMATCH", `${what}; expected a certificate without an OIDC issuer`);
}
function matchName({ subjectAlternativeName, nameKind }, { identity: expected }) {
  if (expected === "any") return;
  const meant = meantKind(expected);
  if (meant !== nameKind && meets(expected, subjectAlternativeName)) {
    const found = `${JSON.stringify(subjectAlternativeName)}, which is ${nameKinds[nameKind]} in the certificate`;
    fail("IDENTITY_MISMATCH", `signed by ${found}; expected ${meant ? nameKinds[meant] : "a name of an unknown kind"}`);
  }
  const matches = nameKind === "uri" ? meetsAddress : meets;
  demand2([expected], subjectAlternativeName, "IDENTITY_MISMATCH", "signed by", matches);
}
var nameKinds = {
  uri: "a URI",
  email: "an email address",
  username: "a user name"
};
function meantKind({ value }) {
  if (/^[A-Za-z*][A-Za-z0-9+.*-]*:\/\//.test(value)) return "uri";
  const hasScheme = /^[A-Za-z][A-Za-z0-9+.-]*:/.test(value);
  if (value.includes("@")) return hasScheme ? "uri" : "email";
  if (value.includes("!")) return "username";
  return hasScheme ? "uri" : void 0;
}
var workflowClaims = /* @__PURE__ */ new Set(["buildSignerUri", "buildConfigUri"]);
function matchClaim({ claims }, expectation) {
  const { claim, expected, refused = [] } = expectation;
  const found = claims[claim];
  if (found === void 0)
    fail("CLAIM_MISMATCH", `the certificate has no claim ${claimName(claim)}; expected ${describeClaim(expectation)}`);
  const matches = workflowClaims.has(claim) ? meetsAddress : meets;
  if (expected.length > 0)
    demand2(expected, found, "CLAIM_MISMATCH", `the certificate claim ${claimName(claim)} is`, matches);
  if (refused.some((one) => meetsInAnyForm(one, found))) {
    fail(
      "CLAIM_MISMATCH",
      `the certificate claim ${claimName(claim)} is ${JSON.stringify(found)}, which the policy refuses`
    );
  }
}
function matchIdentity(certificate2, policy) {
  const identity = readIdentity(certificate2);
  matchIssuer(identity, policy);
  matchName(identity, policy);
  for (const expectation of policy.claims) matchClaim(identity, expectation);
  return identity;
}
function describeClaim({ expected, refused = [] }) {
  const not = refused.length === 0 ? [] : [`not ${describeAll(refused)}`];
  return [...expected.length === 0 ? [] : [describeAll(expected)], ...not].join(", ");
}
function describeAll(expected) {
  return expected.map(describeExpectation).join(" or ");
}
function demand2(expected, found, code, what, matches) {
  if (!expected.some((one) => matches(one, found))) {
    fail(code, `${what} ${JSON.stringify(found)}; expected ${JSON.stringify(describeAll(expected))}`);
  }
}

// src/core/verify/steps/log.ts
init_crypto();
init_encoding();
init_errors();
init_log();
init_criterion();

// src/core/verify/entry-body.ts
init_crypto();
init_encoding();
init_errors();
init_log();
var maxValues2 = 1e3;
function isRekorV2({ version, kind }) {
  return version === "0.0.2" && kind !== "intoto";
}
var bodies = {
  "hashedrekord 0.0.1": hashedRekordV1Bodies,
  "hashedrekord 0.0.2": hashedRekordV2Bodies,
  "dsse 0.0.1": dsseV1Bodies,
  "dsse 0.0.2": dsseV2Bodies,
  "intoto 0.0.1": intotoV1Bodies,
  "intoto 0.0.2": intotoV2Bodies
};
function checkEntryBody(entry, logged) {
  const kind = `${entry.kind} ${entry.version}`;
  const make = Object.hasOwn(bodies, kind) ? bodies[kind] : void 0;
  if (make === void 0) {
    fail("LOG_ENTRY_INVALID", `the log entry type ${JSON.stringify(kind.slice(0, 100))} is not supported`);
  }
  const body = ProtoField.parse(entry.canonicalizedBody, "LOG_ENTRY_INVALID", "the log entry", { maxValues: maxValues2 });
  if (!make(body, logged).some((expected) => equalBytes(expected, entry.canonicalizedBody))) {
    fail("LOG_ENTRY_MISMATCH", "the log entry is for a different artifact, signature or signer");
  }
}
function hashedRekordV1Bodies(body, { content, artifact, signer }) {
  if (content.kind !== "message-signature") {
    fail(
      "LOG_ENTRY_MISMATCH",
      "the log entry is for a file signature (hashedrekord 0.0.1), but the bundle contains an envelope",
      {
        remedy: "Do not trust this bundle. Rekor v1 records attestations as dsse or intoto entries, so this attestation may have been forged from a signed file."
      }
    );
  }
  const { signature } = content;
  const spec = body.field("spec");
  const algorithm = spec.field("data").field("hash").field("algorithm");
  const name = algorithm.string();
  if (!isHashAlgorithm(name)) return algorithm.fail("is not sha256, sha384 or sha512");
  const signed2 = digestOf(artifact, name);
  const verifier = submittedVerifier(spec.field("signature").field("publicKey").field("content"), signer);
  return [canonicalBody(hashedRekordV1({ digest: signed2, signature, verifier }))];
}
function hashedRekordV2Bodies(body, { content, artifact, signer }) {
  const { signature } = content;
  const algorithm = hashAlgorithmOf(body.field("spec").field("hashedRekordV002").field("data").field("algorithm"));
  const signed2 = content.kind === "message-signature" ? digestOf(artifact, algorithm) : digest(algorithm, encoded(content));
  const { publicKey } = signer;
  return keyDetailsNames(publicKey).map(
    (keyDetails2) => canonicalBody(hashedRekordV2({ digest: signed2, signature, keyDetails: keyDetails2, ...verifierOf(signer) }))
  );
}
function dsseV1Bodies(body, { content, signer }) {
  const { payload, signature } = envelopeOf(content);
  const spec = body.field("spec");
  const [first] = spec.field("signatures").list(1);
  const verifier = submittedVerifier(first?.field("verifier") ?? spec.field("signatures").fail("is empty"), signer);
  const envelopeHash = hexDigest(spec.field("envelopeHash").field("value"));
  return [canonicalBody(dsseV1({ envelopeHash, payloadHash: digest("sha256", payload), signature, verifier }))];
}
function dsseV2Bodies(_body, { content, signer }) {
  const { payload, signature } = envelopeOf(content);
  const payloadHash = digest("sha256", payload);
  return keyDetailsNames(signer.publicKey).map(
    (keyDetails2) => canonicalBody(dsseV2({ payloadHash, signature, keyDetails: keyDetails2, ...verifierOf(signer) }))
  );
}
function intotoV2Bodies(body, { content, signer }) {
  const { payload, payloadType, signature } = envelopeOf(content);
  const stored = body.field("spec").field("content");
  const [first] = stored.field("envelope").field("signatures").list(1);
  const field = first ?? stored.field("envelope").field("signatures").fail("is empty");
  const keyId = field.field("keyid").string();
  return [
    canonicalBody(
      intotoV2({
        payloadType,
        payload,
        holdsPayload: stored.field("envelope").field("payload").present,
        envelopeHash: hexDigest(stored.field("hash").field("value")),
        signature,
        keyId: keyId === "" ? void 0 : keyId,
        verifier: submittedVerifier(field.field("publicKey"), signer)
      })
    )
  ];
}
function intotoV1Bodies(body, { content, signer }) {
  const envelope = envelopeOf(content);
  const spec = body.field("spec");
  const verifier = submittedVerifier(spec.field("publicKey"), signer);
  const hasPayloadHash = spec.field("content").field("payloadHash").present;
  const written = { ...envelope, keyId: void 0 };
  return intotoV1(written, verifier, hasPayloadHash).map(canonicalBody);
}
function envelopeOf(content) {
  return content.kind === "dsse-envelope" ? content : fail("LOG_ENTRY_MISMATCH", "the log entry is for an envelope, but the bundle contains none");
}
function encoded({ payloadType, payload }) {
  return preAuthenticationEncoding(payloadType, payload);
}
function verifierOf(signer) {
  return signer.kind === "certificate" ? { verifier: "x509Certificate", rawBytes: signer.certificate.der } : { verifier: "publicKey", rawBytes: signer.publicKey.spki };
}
function submittedVerifier(field, signer) {
  const pem = decodeUtf8(field.data()) ?? field.fail("is not valid UTF-8");
  const label = signer.kind === "certificate" ? "CERTIFICATE" : "PUBLIC KEY";
  const { rawBytes } = verifierOf(signer);
  const blocks = reading("LOG_ENTRY_MISMATCH", "the log entry's signer", () => decodePem(label, pem));
  if (blocks.length !== 1 || !blocks.every((block2) => equalBytes(block2, rawBytes))) {
    fail("LOG_ENTRY_MISMATCH", "the log entry is for a different signer");
  }
  return pem;
}
function hexDigest(field) {
  const text3 = field.string();
  return /^[0-9a-f]{64}$/.test(text3) ? text3 : field.fail("is not a SHA-256 digest");
}

// src/core/verify/find-log.ts
init_encoding();
init_errors();
function findLog({ logKeyId }, { transparencyLogs }) {
  const log = transparencyLogs.find(({ keyId }) => equalBytes(keyId, logKeyId));
  return log ?? fail("LOG_UNKNOWN", "the transparency log of the entry is not in the trusted root");
}

// src/core/verify/repeats.ts
function findRepeat(items, saying) {
  const seen = /* @__PURE__ */ new Set();
  return items.find((item) => {
    const text3 = saying(item);
    const repeated = seen.has(text3);
    seen.add(text3);
    return repeated;
  });
}

// src/core/verify/steps/log.ts
var howToComplete = "The log may have been down when this was signed. Anyone who has the bundle can add the entry with `countersign complete`. To accept signatures with a timestamp alone, set `accept-timestamp-only`.";
function logStep(bundle, trust, policy) {
  const { content, logEntries } = bundle;
  const proofOf = remember((entry) => verifyCheckpointOf(entry, trust));
  for (const entry of logEntries) proofOf(entry);
  const examineFor = (artifact) => (signer, times) => check(
    {
      name: "log",
      expected: expectedEntries(policy)
    },
    { signer, time: times },
    (basis) => verifyLogEntries(bundle, { content, artifact, signer: basis.signer }, trust, basis.time, policy, proofOf),
    (found) => found.map(({ log, logIndex }) => `${log.baseUrl} ${logIndex}`).join(", ") || "none"
  );
  if (content.kind === "message-signature") return examineFor;
  let shared;
  return (artifact) => (signer, times) => {
    shared ??= examineFor(artifact)(signer, times);
    return shared;
  };
}
function expectedEntries({ thresholds, timestampOnly }) {
  const entries = atLeast(thresholds.logEntries, "log entry", "log entries");
  return timestampOnly === "accept" ? `${entries}, or none and a timestamp` : entries;
}
async function verifyCheckpointOf(entry, trust) {
  const { inclusionProof } = entry;
  if (inclusionProof === void 0) return void 0;
  const checkpoint = readCheckpoint(inclusionProof.checkpoint);
  await verifyCheckpoint(checkpoint, findLog(entry, trust).checkpointKey);
  return { ...inclusionProof, checkpoint };
}
async function verifyLogEntries({ logEntries, version }, logged, trust, times, { thresholds, witnesses, timestampOnly }, proofOf) {
  const isTimestampOnly = logEntries.length === 0 && times.some(({ kind }) => kind === "timestamp-authority");
  if (isTimestampOnly && timestampOnly === "accept" && witnesses.threshold === 0) return [];
  const moments = times.map(({ time }) => time);
  const verified = [];
  const leaves = [];
  for (const entry of logEntries) {
    checkEntryBody(entry, logged);
    if (entry.inclusionProof === void 0 && version !== "0.1")
      fail("LOG_ENTRY_INVALID", `the log entry has no inclusion proof, which bundles of version ${version} require`);
    const { log, ...proven } = await verifyIncluded(entry, trust, moments, witnesses, proofOf);
    verified.push({ log, ...proven });
    const body = encodeHex(leafHash(entry.canonicalizedBody));
    leaves.push({ log: keyText(log.publicKey), index: entry.logIndex, body });
  }
  const logs = countKeys(verified.map(({ log }) => log.publicKey));
  if (!(logs >= thresholds.logEntries))
    fail(
      "LOG_ENTRY_MISSING",
      `the bundle has trusted entries from ${logs} of ${thresholds.logEntries} required transparency logs`,
      isTimestampOnly ? { remedy: howToComplete } : {}
    );
  const repeat = findRepeat(leaves, ({ log, body }) => `${log} ${body}`) ?? findRepeat(leaves, ({ log, index }) => `${log} ${index}`);
  if (repeat !== void 0)
    fail("LOG_ENTRY_INVALID", `the bundle contains the log entry ${repeat.index} twice`, {
      remedy: "Ask the publisher for a bundle without the repeated entry."
    });
  return verified;
}
async function verifyIncluded(entry, trust, times, witnesses, proofOf) {
  const log = findLog(entry, trust);
  for (const time of times) {
    if (!covers(log.validFor, time))
      fail("LOG_UNKNOWN", `the transparency log ${log.baseUrl} was not trusted at ${time.toISOString()}`);
  }
  const { logIndex } = entry;
  const proof = await proofOf(entry);
  if (proof === void 0) {
    if (entry.signedEntryTimestamp === void 0) {
      fail("LOG_ENTRY_INVALID", "the log entry has neither an inclusion proof nor an inclusion promise");
    }
    if (witnesses.threshold > 0)
      fail("WITNESS_MISSING", "the log entry has no checkpoint, so no witness can have cosigned it");
    return { log, logIndex, treeSize: void 0, witnesses: [] };
  }
  return { log, logIndex, ...await verifyProof(entry, proof, witnesses) };
}
async function verifyProof(entry, { checkpoint, ...proof }, { keys, threshold }) {
  if (proof.treeSize !== checkpoint.size || !equalBytes(proof.rootHash, checkpoint.rootHash)) {
    fail("INCLUSION_PROOF_INVALID", "the tree size or root hash of the inclusion proof does not match the checkpoint");
  }
  if (isRekorV2(entry) && entry.logIndex !== proof.logIndex) {
    fail("INCLUSION_PROOF_INVALID", "the index of the inclusion proof does not match the log entry");
  }
  const path = { index: proof.logIndex, size: checkpoint.size, hashes: proof.hashes };
  verifyInclusion(leafHash(entry.canonicalizedBody), path, checkpoint.rootHash);
  const cosigned = [];
  for (const key of keys) if (await isCosignedBy(checkpoint, key)) cosigned.push(key);
  const distinct = countWitnesses(cosigned);
  if (!(distinct >= threshold))
    fail("WITNESS_MISSING", `the checkpoint has cosignatures from ${distinct} of ${threshold} required witnesses`);
  return { treeSize: checkpoint.size, witnesses: cosigned.map(({ name }) => name) };
}

// src/core/verify/steps/predicate.ts
init_errors();
init_statement2();
init_criterion();
function predicateStep({ content: { provenance = "compare" } }, checks, now) {
  const judged = remember(
    (signature) => Promise.all(
      checks.map(
        ({ name, expected, judge }) => check(
          { name, expected },
          { signature },
          (basis) => judge(statementOf(basis.signature), now),
          (found) => found
        )
      )
    )
  );
  const comparedWith = remember(
    async ({ claims }) => remember((statement) => compare(statement, claims))
  );
  return async (content, signer) => {
    const statement = content?.kind === "dsse-envelope" ? content.statement : void 0;
    const criteria = (await judged(statement ?? content?.kind)).flatMap((checked) => checked.criteria);
    const isProvenance = statement !== void 0 && provenanceVersion(statement.predicateType) !== void 0;
    if (provenance === "ignore" || !isProvenance || signer?.kind !== "identity") return criteria;
    const compared = await comparedWith(signer.identity);
    return [...await compared(statement), ...criteria];
  };
}
async function compare(statement, claims) {
  const { criteria, proven } = await check(
    { name: "provenance", expected: "the values of the certificate" },
    {},
    () => compareStatement(statement, claims),
    (compared) => `the same ${compared.join(", ")}`
  );
  return proven?.length === 0 ? [] : criteria;
}
function statementOf(signature) {
  return typeof signature === "object" ? signature : fail("PREDICATE_TYPE_MISMATCH", "the signature is over the artifact itself, and not a statement");
}

// src/core/verify/steps/times.ts
init_crypto();
init_errors();
init_log();

// src/core/timestamp/algorithm.ts
init_encoding();
init_errors();

// src/core/timestamp/oids.ts
var oids2 = {
  signedData: "1.2.840.113549.1.7.2",
  timestampInfo: "1.2.840.113549.1.9.16.1.4",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47"
};
var hashOids = {
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3"
};

// src/core/timestamp/algorithm.ts
function readHashAlgorithm(reader) {
  const algorithm = reader.sequence();
  const oid = algorithm.oid();
  if (algorithm.nextTag === tags.null) algorithm.null();
  algorithm.end();
  for (const [name, known] of Object.entries(hashOids)) if (known === oid) return name;
  return fail("TIMESTAMP_INVALID", `the hash algorithm ${oid} is not SHA-256, SHA-384 or SHA-512`);
}

// src/core/timestamp/token.ts
init_certificate2();
init_crypto();
init_encoding();
init_errors();
var maxLength5 = 64 * 1024;
var granted = /* @__PURE__ */ new Set([0n, 1n]);
var maxCertificates = 16;
function readTimestampResponse(bytes) {
  if (bytes.length > maxLength5)
    fail("LIMIT_EXCEEDED", `the timestamp has ${bytes.length} bytes; the limit is ${maxLength5}`);
  return reading(
    "TIMESTAMP_INVALID",
    "the timestamp",
    () => readSequence(bytes, (response) => {
      const info = response.sequence();
      const status = info.unsigned();
      info.optional(tags.sequence);
      info.optional(tags.bitString);
      info.end();
      if (!granted.has(status)) fail("TIMESTAMP_INVALID", `the timestamp was not granted (status ${status})`);
      const content = response.sequence();
      if (content.oid() !== oids2.signedData) fail("TIMESTAMP_INVALID", "the timestamp token is not CMS signed data");
      const signedData = content.element(contextTag(0, "constructed")).contents;
      content.end();
      return readSequence(signedData, readSignedData);
    })
  );
}
function readSignedData(signedData) {
  if (signedData.unsigned() !== 3n) fail("TIMESTAMP_INVALID", "the CMS version is not 3");
  const digestAlgorithms = signedData.set();
  while (!digestAlgorithms.done) digestAlgorithms.any();
  const encapsulated = signedData.sequence();
  if (encapsulated.oid() !== oids2.timestampInfo)
    fail("TIMESTAMP_INVALID", "the signed content is not timestamp information");
  const info = readDer(encapsulated.element(contextTag(0, "constructed")).contents, (der2) => der2.octetString());
  encapsulated.end();
  const certificates = readCertificates(signedData.optional(contextTag(0, "constructed"))?.contents);
  signedData.optional(contextTag(1, "constructed"));
  const signers = signedData.set();
  const signer = readSigner2(signers.sequence());
  signers.end();
  return { info, ...readInfo(info), signer, certificates };
}
function readCertificates(set) {
  const reader = new DerReader(set ?? new Uint8Array());
  const certificates = [];
  while (!reader.done) {
    if (certificates.length === maxCertificates)
      fail("LIMIT_EXCEEDED", `the timestamp has more than ${maxCertificates} certificates`);
    certificates.push(reader.element(tags.sequence).der);
  }
  return certificates;
}
function readInfo(info) {
  return readSequence(info, (reader) => {
    if (reader.unsigned() !== 1n) fail("TIMESTAMP_INVALID", "the timestamp version is not 1");
    reader.oid();
    const messageImprint = reader.sequence();
    const imprint = toDigest(readHashAlgorithm(messageImprint), messageImprint.octetString());
    messageImprint.end();
    reader.integerBytes();
    const time = reader.generalizedTime();
    reader.optional(tags.sequence);
    if (reader.nextTag === tags.boolean && !reader.boolean()) fail("DER_INVALID", "a default FALSE is encoded");
    const nonce = reader.nextTag === tags.integer ? reader.integerBytes() : void 0;
    reader.optional(contextTag(0, "constructed"));
    if (reader.optional(contextTag(1, "constructed")))
      fail("TIMESTAMP_INVALID", "timestamps with extensions are not supported");
    return { imprint, time, nonce };
  });
}
function readSigner2(signer) {
  const version = signer.unsigned();
  const identifier = readSignerIdentifier(signer);
  if (version !== (identifier.kind === "key" ? 3n : 1n))
    fail("TIMESTAMP_INVALID", `the signer information has the wrong version ${version}`);
  const digestAlgorithm = readHashAlgorithm(signer);
  const attributes = signer.element(contextTag(0, "constructed"));
  const signatureAlgorithm = readSignatureAlgorithm(signer.element(tags.sequence).der);
  const signature = signer.octetString();
  signer.optional(contextTag(1, "constructed"));
  signer.end();
  const signedAttributes = new Uint8Array(attributes.der);
  signedAttributes[0] = tags.set;
  return {
    identifier,
    digestAlgorithm,
    signatureAlgorithm,
    signature,
    signedAttributes,
    ...readAttributes(new DerReader(attributes.contents))
  };
}
function readSignerIdentifier(signer) {
  const key = signer.optional(contextTag(0, "primitive"));
  if (key !== void 0) return { kind: "key", subjectKeyIdentifier: key.contents };
  const identifier = signer.sequence();
  const issuer2 = identifier.element(tags.sequence).der;
  const serialNumber = identifier.integerBytes();
  identifier.end();
  return { kind: "issuer-and-serial", issuer: issuer2, serialNumber };
}
function readAttributes(reader) {
  const values2 = /* @__PURE__ */ new Map();
  while (!reader.done) {
    const attribute = reader.sequence();
    const oid = attribute.oid();
    if (values2.has(oid)) fail("TIMESTAMP_INVALID", `the signed attribute ${oid} occurs twice`);
    const set = attribute.set();
    values2.set(oid, set.any().der);
    set.end();
    attribute.end();
  }
  const value = (oid) => values2.get(oid) ?? fail("TIMESTAMP_INVALID", `the signed attribute ${oid} is missing`);
  const signingCertificate = values2.get(oids2.signingCertificateV2);
  return {
    contentType: readDer(value(oids2.contentType), (der2) => der2.oid()),
    messageDigest: readDer(value(oids2.messageDigest), (der2) => der2.octetString()),
    certificateDigest: signingCertificate === void 0 ? void 0 : readSigningCertificate(signingCertificate)
  };
}
function readSigningCertificate(value) {
  return readSequence(value, (signingCertificate) => {
    const first = signingCertificate.sequence().sequence();
    signingCertificate.optional(tags.sequence);
    const algorithm = first.nextTag === tags.sequence ? readHashAlgorithm(first) : "sha256";
    return toDigest(algorithm, first.octetString());
  });
}

// src/core/timestamp/verify-timestamp.ts
init_certificate2();
init_crypto();
init_encoding();
init_errors();
function namesSigner(token, certificate2) {
  const { identifier } = token.signer;
  if (identifier.kind === "key") {
    const { subjectKeyIdentifier } = certificate2;
    return subjectKeyIdentifier !== void 0 && equalBytes(identifier.subjectKeyIdentifier, subjectKeyIdentifier);
  }
  return equalBytes(identifier.issuer, certificate2.issuer) && equalBytes(identifier.serialNumber, certificate2.serialNumber);
}
async function verifyTimestamp(token, stamped, chain) {
  const [leaf] = chain;
  if (leaf === void 0 || !namesSigner(token, leaf))
    fail("TIMESTAMP_UNTRUSTED", "the timestamp was signed by a different authority");
  if (!equalDigests(token.imprint, digest(token.imprint.algorithm, stamped))) {
    fail("TIMESTAMP_MISMATCH", "the timestamp is for a different signature");
  }
  checkCertificates(token, leaf);
  checkAttributes(token, leaf);
  await verifyPath(leaf, chain.slice(1), [token.time], oids.timeStamping);
  checkPurpose(leaf);
  await checkSignature(token.signer, leaf);
  return token.time;
}
function checkCertificates(token, leaf) {
  if (token.certificates.length > 0 && !token.certificates.some((certificate2) => equalBytes(certificate2, leaf.der))) {
    fail("TIMESTAMP_UNTRUSTED", "the timestamp contains the certificate of a different authority");
  }
}
function checkAttributes(token, leaf) {
  const { signer } = token;
  if (signer.contentType !== oids2.timestampInfo)
    fail("TIMESTAMP_INVALID", `the signed content type ${signer.contentType} is not a timestamp`);
  if (!equalBytes(signer.messageDigest, digest(signer.digestAlgorithm, token.info).bytes)) {
    fail("TIMESTAMP_INVALID", "the signed message digest does not match the timestamp information");
  }
  const { certificateDigest } = signer;
  if (certificateDigest && !equalDigests(certificateDigest, digest(certificateDigest.algorithm, leaf.der))) {
    fail("TIMESTAMP_UNTRUSTED", "the timestamp is bound to a different certificate");
  }
}
function checkPurpose(leaf) {
  const purposes = leaf.extendedKeyUsage ?? [];
  if (purposes.length !== 1 || !leaf.extensions.get(oids.extendedKeyUsage)?.critical) {
    fail(
      "CERTIFICATE_PURPOSE",
      "the extended key usage of the timestamp authority's certificate is not limited to timestamping"
    );
  }
}
async function checkSignature(signer, leaf) {
  const { signatureAlgorithm, digestAlgorithm } = signer;
  const named = "hash" in signatureAlgorithm ? signatureAlgorithm.hash : void 0;
  if (named !== void 0 && named !== digestAlgorithm) {
    fail("TIMESTAMP_INVALID", "the signature algorithm of the timestamp does not match its digest algorithm");
  }
  const { signature, signedAttributes } = signer;
  if (!await verifyWithAlgorithm(signatureAlgorithm, leaf.publicKey, signature, signedAttributes, digestAlgorithm)) {
    fail("TIMESTAMP_INVALID", "the signature of the timestamp is invalid");
  }
}

// src/core/verify/steps/times.ts
init_criterion();

// src/core/verify/future.ts
var clockSkewMilliseconds = 6e4;
function isFuture(time, now) {
  return !(time.getTime() <= now.getTime() + clockSkewMilliseconds);
}

// src/core/verify/steps/times.ts
function timesStep(bundle, trust, { thresholds }, now) {
  const step = remember(
    (_) => check(
      {
        name: "time",
        expected: atLeast(thresholds.timestamps, "trusted timestamp", "trusted timestamps")
      },
      {},
      () => verifyTimes(bundle, trust, thresholds.timestamps, now),
      (found) => found.map(({ time }) => time.toISOString()).join(", ") || "none"
    )
  );
  return () => step(void 0);
}
async function verifyTimes(bundle, trust, needed, now) {
  const times = [];
  const { signature } = bundle.content;
  const isLogged = bundle.logEntries.some(({ signedEntryTimestamp }) => signedEntryTimestamp !== void 0);
  for (const timestamp of bundle.timestamps) times.push(await timestampedAt(timestamp, signature, trust, isLogged));
  for (const entry of bundle.logEntries) {
    const { signedEntryTimestamp } = entry;
    if (signedEntryTimestamp !== void 0) times.push(await integratedAt(entry, signedEntryTimestamp, trust));
  }
  for (const { time } of times) checkPast(time, now);
  const sources = countKeys(times.map(keyOf));
  if (!(sources >= needed)) {
    fail("TIMESTAMP_MISSING", `the signature has trusted times from ${sources} of ${needed} required sources`);
  }
  checkRepeats(times);
  return times;
}
function keyOf(time) {
  return time.kind === "log" ? time.source.publicKey : time.source.chain[0].publicKey;
}
function checkRepeats(times) {
  const timestamps = times.filter(({ kind }) => kind === "timestamp-authority");
  const repeat = findRepeat(timestamps, (one) => `${keyText(keyOf(one))} ${one.time.getTime()}`);
  if (repeat !== void 0)
    fail(
      "TIMESTAMP_INVALID",
      `the bundle contains the timestamp of ${repeat.time.toISOString()} from ${nameOf(repeat)} twice`,
      {
        remedy: "Ask the publisher for a bundle without the repeated timestamp."
      }
    );
}
function nameOf(time) {
  return time.kind === "log" ? time.source.baseUrl : time.source.uri || "an authority without a URI";
}
async function timestampedAt(timestamp, signature, trust, isLogged) {
  const token = readTimestampResponse(timestamp);
  const source2 = trust.timestampAuthorities.find(
    ({ chain: [leaf], validFor }) => namesSigner(token, leaf) && covers(validFor, token.time)
  );
  if (source2 === void 0) {
    const when = token.time.toISOString();
    fail(
      "TIMESTAMP_UNTRUSTED",
      `the timestamp was not signed by a timestamp authority of the trusted root that was valid at ${when}`,
      {
        remedy: `Use a trusted root that contains this authority, such as a newer one.${isLogged ? " Or ask the publisher for a bundle without the timestamp; the time in the log entry is enough." : ""}`
      }
    );
  }
  return { kind: "timestamp-authority", time: await verifyTimestamp(token, signature, source2.chain), source: source2 };
}
async function integratedAt(entry, signature, trust) {
  const source2 = findLog(entry, trust);
  if (isRekorV2(entry)) fail("LOG_ENTRY_INVALID", "the log entry is of Rekor v2 but has a signed entry timestamp");
  return { kind: "log", time: await verifySignedEntryTimestamp(entry, signature, source2.publicKey), source: source2 };
}
function checkPast(time, now) {
  if (isFuture(time, now)) {
    fail(
      "TIMESTAMP_INVALID",
      `the timestamp ${time.toISOString()} is in the future; the clock of this machine shows ${now.toISOString()}`,
      { remedy: "Check the clock of this machine." }
    );
  }
}

// src/core/verify/steps/transparency.ts
init_certificate2();
init_crypto();
init_encoding();
init_errors();
init_criterion();
function transparencyStep(trust, { signer: { kind }, thresholds }, now, claimed) {
  if (kind === "key") return async () => ({ criteria: [], proven: [] });
  const needed = thresholds.signedCertificateTimestamps;
  const sctsOf = remember((path) => verifySCTs(path, trust, needed));
  for (const path of claimed?.paths ?? []) sctsOf(path);
  return remember(
    (signer) => check(
      {
        name: "certificate-transparency",
        expected: atLeast(needed, "certificate transparency log", "certificate transparency logs")
      },
      { certificate: claimed?.paths.find(({ issuer: issuer2 }) => signer?.kind === "certificate" && issuer2 === signer.issuer) },
      async ({ certificate: certificate2 }) => {
        const scts = await sctsOf(certificate2);
        checkNotInFuture(scts, now);
        return scts;
      },
      (found) => found.map(({ log }) => log.baseUrl).join(", ") || "none"
    )
  );
}
async function verifySCTs({ certificate: certificate2, issuer: issuer2 }, trust, needed) {
  const verified = [];
  const timestamps = readSignedCertificateTimestamps(certificate2).map((sct) => ({
    sct,
    log: certificateLogOf(sct, trust)
  }));
  for (const { sct, log } of timestamps) {
    if (log === void 0) continue;
    if (!covers(log.validFor, sct.timestamp)) {
      fail(
        "SCT_INVALID",
        `the certificate transparency log ${log.baseUrl} was not trusted at ${sct.timestamp.toISOString()}, when it logged the certificate`
      );
    }
    if (!await verifySignedCertificateTimestamp(sct, certificate2, issuer2, log.publicKey)) {
      fail("SCT_INVALID", `the signed certificate timestamp of the log ${log.baseUrl} is invalid`);
    }
    verified.push({ log, timestamp: sct.timestamp });
  }
  const logs = countKeys(verified.map(({ log }) => log.publicKey));
  if (!(logs >= needed))
    fail(
      "SCT_MISSING",
      `the certificate has trusted timestamps from ${logs} of ${needed} required certificate transparency logs`
    );
  const repeat = findRepeat(timestamps, ({ sct, log }) => log ? keyText(log.publicKey) : encodeHex(sct.logId));
  if (repeat !== void 0)
    fail(
      "SCT_INVALID",
      `the certificate has two signed certificate timestamps of the log ${repeat.log?.baseUrl ?? encodeHex(repeat.sct.logId)}`
    );
  return verified;
}
function certificateLogOf({ logId }, trust) {
  return trust.certificateTransparencyLogs.find(({ keyId }) => equalBytes(keyId, logId));
}
function checkNotInFuture(timestamps, now) {
  for (const { log, timestamp } of timestamps) {
    if (isFuture(timestamp, now)) {
      fail(
        "SCT_INVALID",
        `the signed certificate timestamp ${timestamp.toISOString()} of the log ${log.baseUrl} is in the future; the clock of this machine shows ${now.toISOString()}`,
        {
          remedy: "Check the clock of this machine."
        }
      );
    }
  }
}

// src/core/verify/verify.ts
async function verify(bundle, artifact, trust, policy, now) {
  const { verdict, failure } = await examine(bundle, artifact, trust, policy, now);
  if (failure !== void 0) throw failure;
  return verdict;
}
function examine(bundle, artifact, trust, policy, now) {
  return examiner(bundle, trust, policy, now)(artifact);
}
function examiner(bundle, trust, policy, now) {
  let stepsFor;
  return async (artifact) => {
    checkPolicy(policy);
    stepsFor ??= prepare(bundle, trust, policy, now, await predicateChecks(policy.content.predicate ?? []));
    const step = stepsFor(artifact);
    const times = await step.times();
    const signer = await step.signer(times.proven);
    const transparency = await step.transparency(signer.proven);
    const identity = await step.identity(signer.proven);
    const content = await step.content(signer.proven);
    const log = await step.log(signer.proven, times.proven);
    const predicate = await step.predicate(content.proven, identity.proven);
    const proofs = [times, signer, transparency, identity, content, log].flatMap((checked) => checked.criteria);
    const criteria = [...proofs, ...predicate, ...await step.age(identity.proven)];
    return conclude(criteria, {
      signer: identity.proven,
      times: times.proven,
      signedCertificateTimestamps: transparency.proven,
      logEntries: log.proven,
      content: content.proven
    });
  };
}
function prepare(bundle, trust, policy, now, checks) {
  const claimed = claimedSigner(bundle, trust, policy);
  const shared = {
    times: timesStep(bundle, trust, policy, now),
    signer: signerStep(bundle, trust, policy, claimed),
    transparency: transparencyStep(trust, policy, now, claimed),
    identity: identityStep(policy),
    age: ageStep(policy, now),
    predicate: predicateStep(policy, checks, now)
  };
  const content = contentStep(bundle, policy, claimed);
  const log = logStep(bundle, trust, policy);
  return (artifact) => ({ ...shared, content: content(artifact), log: log(artifact) });
}

// src/core/verify/examine-simple-signing.ts
async function examineSimpleSigning(bundle, document, image, trust, policy, now) {
  const { subjectName, ...content } = policy.content;
  const digests = neededDigests(bundle, policy).map((algorithm) => digest(algorithm, document));
  const signed2 = await examine(bundle, { digests, bytes: document }, trust, { ...policy, content }, now);
  const signature = signed2.criteria.find(({ name, outcome }) => name === "signature" && outcome === "pass");
  const named = await check(
    { name: "image", expected: formatDigest(image) },
    { signature },
    () => namedImage(bundle, document, image),
    (found) => formatDigest(found.digest)
  );
  const texts = await checkTexts("image", named.proven, { subjectName });
  const criteria = [...signed2.criteria, ...named.criteria, ...texts];
  criteria.sort((a, b) => criterionNames.indexOf(a.name) - criterionNames.indexOf(b.name));
  return conclude(criteria, { ...noVerdict, ...signed2.verdict, content: named.proven });
}
function namedImage({ content }, document, image) {
  if (content.kind !== "message-signature")
    fail("BUNDLE_INVALID", "the bundle contains a statement; expected the signature of a simple signing document");
  const { manifestDigest, dockerReference } = readSimpleSigning(document);
  if (!equalDigests(manifestDigest, image)) {
    fail(
      "ARTIFACT_MISMATCH",
      `the signature is for the image ${formatDigest(manifestDigest)}, not ${formatDigest(image)}`
    );
  }
  return { kind: "simple-signing", digest: image, dockerReference };
}

// src/core/verify/examine-attested-image.ts
var signatureType = "https://sigstore.dev/cosign/sign/v1";
function readAttestedStatements({ digest: digest2, statements }, image) {
  const remedy = "Check that the index lists each attestation manifest for its own image. Otherwise, build the image again.";
  const name = `the attestation manifest ${formatDigest(digest2)}`;
  const read = statements.map((bytes, index) => {
    try {
      const statement = readStatement(bytes);
      return { kind: "dsse-envelope", statement, ...findSubject(statement, [image]) };
    } catch (cause) {
      if (!(cause instanceof CountersignError)) throw cause;
      return fail(cause.code, `statement ${index + 1} of ${name}: ${cause.message}`, { cause, remedy });
    }
  });
  if (read.length === 0)
    fail("ARTIFACT_MISMATCH", `${name} contains no statement about ${formatDigest(image)}`, { remedy });
  return read;
}
async function examineAttestedImage(bundle, document, manifest, image, trust, policy, now) {
  checkPolicy(policy);
  const { predicateType, subjectName, predicate = [], ...content } = policy.content;
  const outer = { ...policy, content };
  const signed2 = document === void 0 ? await examine(bundle, artifactOfDigest(manifest.digest), trust, outer, now) : await examineSimpleSigning(bundle, document, manifest.digest, trust, outer, now);
  const attested = await check(
    { name: "image", expected: formatDigest(image) },
    // Statements that nobody signed are not parsed.
    { signature: signed2.verdict },
    (basis) => {
      demandSignature(basis.signature.content);
      return readAttestedStatements(manifest, image);
    },
    ({ length }) => `${length === 1 ? "one statement" : `${length} statements`} in the attestation manifest ${formatDigest(manifest.digest)}`
  );
  const judge = predicateStep(policy, await predicateChecks(predicate), now);
  const statements = await Promise.all(
    (attested.proven ?? [void 0]).map(async (statement) => {
      const criteria2 = await checkTexts("image", statement, policy.content);
      return { criteria: [...criteria2, ...await judge(statement, signed2.verdict?.signer)], proven: statement };
    })
  );
  const best = bestStatement(statements);
  const criteria = [...signed2.criteria, ...attested.criteria, ...best.criteria, ...contradictions(statements, best)];
  criteria.sort((a, b) => criterionNames.indexOf(a.name) - criterionNames.indexOf(b.name));
  return conclude(criteria, { ...noVerdict, ...signed2.verdict, content: best.proven });
}
function demandSignature(content) {
  if (content.kind !== "simple-signing") matchPredicateType(content, exactly(signatureType));
}
function bestStatement(statements) {
  const [best] = [...statements].sort((a, b) => failures(a) - failures(b));
  return best ?? { criteria: [], proven: void 0 };
}
function contradictions(statements, best) {
  return statements.filter((statement) => statement !== best).flatMap(({ criteria }) => criteria.filter(({ name, outcome }) => name === "provenance" && outcome === "fail"));
}
function failures({ criteria }) {
  return criteria.reduce((sum, { failure, outcome }) => {
    if (failure?.code === "PREDICATE_TYPE_MISMATCH") return sum + criteria.length + 1;
    return outcome === "pass" ? sum : sum + 1;
  }, 0);
}

// src/core/verify/examine-under-roots.ts
init_errors();
async function examineUnderRoots(roots, examine2) {
  let best;
  for (const root of roots) {
    const examination = await examine2(root);
    if (examination.verdict !== void 0) return examination;
    if (best === void 0 || passes(examination) > passes(best)) best = examination;
  }
  if (best === void 0) throw new CountersignError("TRUSTED_ROOT_MISSING", "no trusted root specified");
  return best;
}
function passes({ criteria }) {
  return criteria.filter(({ outcome }) => outcome === "pass").length;
}
export {
  CountersignError,
  artifactOfBytes,
  artifactOfDigest,
  artifactOfRelease,
  checkNotInFuture,
  compareStatement,
  criterionNames,
  defaultThresholds,
  digest,
  exactIdentity,
  exactly,
  examine,
  examineAttestedImage,
  examineSimpleSigning,
  examineUnderRoots,
  examiner,
  fulcioExtensionArcs,
  isCountersignError,
  managedKey,
  matchIdentity,
  matching,
  neededDigests,
  needsBytes,
  parseCommit,
  parseDigest,
  pathWithin,
  policyFor,
  readAttestedStatements,
  readBundle,
  readPublicKeyPem,
  readTrustedRoot,
  readTrustedRoots,
  readWitnessKey,
  repository,
  toDigest,
  verify,
  verifyCertificate,
  verifySCTs
};
//# sourceMappingURL=verify.mjs.map
