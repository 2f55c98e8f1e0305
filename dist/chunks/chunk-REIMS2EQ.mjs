import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
async function c(t){let n=new AbortController,o=()=>n.abort();process.once("SIGINT",o).once("SIGTERM",o);try{await t(n.signal)}finally{process.off("SIGINT",o).off("SIGTERM",o)}}export{c as a};
