import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
function i(n){return{reveal:()=>n}}function t(n,e,r){return n.includes(":")?r():{kind:"password",user:n,password:i(e)}}export{i as a,t as b};
