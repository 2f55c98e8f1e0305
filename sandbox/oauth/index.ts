/** How a person gets a token: OAuth 2.0 with a page where one types an e-mail address. */

export { AuthorizationServer, accessTokenHash } from './authorization-server.ts';
