/** The HTML page of a watch. */

export { watchPage } from './watch-page.ts';
