import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{inspect as s}from"node:util";var t=class{#t;constructor(r){this.#t=r}reveal(){return this.#t}toString(){return"[secret]"}toJSON(){return"[secret]"}[s.custom](){return"[secret]"}};export{t as a};
