import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{b as e}from"./chunk-IUPYNMY2.mjs";import{b as s}from"./chunk-SBATJ6Q3.mjs";var i=1;function c(n){if(!(n instanceof s))return process.stderr.write(e(`${n instanceof Error?n.stack??n.message:String(n)}
`)),i;let t=n.remedy===void 0?"":`${n.remedy}
`;return process.stderr.write(e(`${n.code}: ${n.message}
${t}`)),n.exitCode}export{c as a};
