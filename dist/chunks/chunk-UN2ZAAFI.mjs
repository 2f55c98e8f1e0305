import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{d as e}from"./chunk-URDK6TKK.mjs";function a(t){return t.kind==="image"?m(t):t.name}function m({name:t,digest:r}){return`${t}@${e(r)}`}export{a,m as b};
