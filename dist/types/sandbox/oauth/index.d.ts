/** Tokens for people, by OAuth 2.0, with a page on which one types an e-mail address. */
export { AuthorizationServer, accessTokenHash } from './authorization-server.ts';
