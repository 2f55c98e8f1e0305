import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
function n({protocol:t,hostname:e}){return t==="https:"||t==="http:"&&["127.0.0.1","[::1]","localhost"].includes(e)}export{n as a};
