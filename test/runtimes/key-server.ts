// The key server of the run: a set as an issuer publishes it, and what a server may do instead.
import type { ServerResponse } from 'node:http';
import { SERVED_KEY } from './conformance/served-keys.ts';

const { d: _, ...published } = SERVED_KEY;
const SET = JSON.stringify({ keys: [{ ...published, kid: 'served', alg: 'ES256', use: 'sig' }] });

/** Where the runner mounts it. */
export const KEYS = '/keys/';

export function serveKeys(path: string, response: ServerResponse): void {
  // The pages of the browsers come from another origin.
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('content-type', 'application/json');
  switch (path.slice(KEYS.length)) {
    case 'jwks.json':
      response.end(SET);
      break;
    case 'redirect':
      response.writeHead(302, { location: `${KEYS}jwks.json` }).end();
      break;
    case 'error':
      response.writeHead(503).end(SET);
      break;
    case 'text':
      response.end('<p>not here</p>');
      break;
    case 'endless':
      response.write(' ');
      break;
    default:
      response.writeHead(404).end();
  }
}
