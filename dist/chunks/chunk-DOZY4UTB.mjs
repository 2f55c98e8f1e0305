import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{d as i}from"./chunk-SBATJ6Q3.mjs";function n({signer:e}){return e.kind==="identity"?e:i("IDENTITY_MISMATCH","the bundle was signed with a key that is kept")}function d({times:e}){return new Date(Math.min(...e.map(({time:t})=>t.getTime())))}export{n as a,d as b};
