import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{b as t,d as o}from"./chunk-SBATJ6Q3.mjs";function c(e,n){try{return n()}catch(r){if(!(r instanceof t))throw r;let i=r.code==="LIMIT_EXCEEDED"?r.code:"SERVICE_RESPONSE_INVALID";return o(i,`${e} is not the JSON that is expected`)}}export{c as a};
