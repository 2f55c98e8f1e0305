import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
function t(e){return/^[a-z0-9][a-z0-9._:/-]*(?::\w[\w.-]*|@sha\d{3}:[0-9a-f]+)$/i.test(e)}function a(e){return/^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+|[a-z0-9.-]+:\d+)(?:\/[\w-]+)+$/i.test(e)}export{t as a,a as b};
