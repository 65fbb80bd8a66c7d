import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';
import jwt from 'jsonwebtoken';
import { type Certificate, makeCertificate } from './certificate.js';

const host = 'login.microsoftonline.com';

export interface TokenEndpoint {
  /** What it accepts, from now on. */
  accept(accepted: { readonly secrets?: string[]; readonly certificates?: Certificate[] }): void;
  /** What it was asked for, and what it answered. */
  readonly asked: { readonly path: string; readonly form: URLSearchParams; readonly status: number }[];
  close(): Promise<void>;
}

/**
 * Microsoft's token endpoint, doubled: a server of our own with a certificate for its name, to which the connections of
 * this process for that name go. All that the framework and MSAL do is done, but for the network's way to Microsoft.
 */
export async function startTokenEndpoint(): Promise<TokenEndpoint> {
  const own = makeCertificate(host);
  const asked: TokenEndpoint['asked'] = [];
  let accepted: Parameters<TokenEndpoint['accept']>[0] = {};

  const isAccepted = (form: URLSearchParams, address: string): boolean => {
    const assertion = form.get('client_assertion');
    if (!assertion) return Boolean(accepted.secrets?.includes(form.get('client_secret') ?? ''));
    const { x5t } = (jwt.decode(assertion, { complete: true })?.header ?? {}) as { x5t?: string };
    const named = accepted.certificates?.find(
      ({ x509 }) => Buffer.from(x509.fingerprint.replaceAll(':', ''), 'hex').toString('base64url') === x5t,
    );
    if (!named) return false;
    const id = form.get('client_id') ?? '';
    const claims = { audience: address, issuer: id, subject: id };
    try {
      jwt.verify(assertion, named.x509.publicKey, { ...claims, algorithms: ['RS256'], clockTolerance: 300 });
      return true;
    } catch {
      return false;
    }
  };

  const server = https.createServer({ cert: own.certificate, key: own.key }, async (request, response) => {
    const form = new URLSearchParams(await text(request));
    const path = request.url ?? '';
    const isGiven = isAccepted(form, `https://${host}${path.split('?')[0]}`);
    const status = isGiven ? 200 : 401;
    asked.push({ path, form, status });
    response.writeHead(status, { 'content-type': 'application/json' });
    const token = { token_type: 'Bearer', expires_in: 3_599, access_token: `token-${asked.length}` };
    const refusal = { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid client secret.' };
    response.end(JSON.stringify(isGiven ? token : refusal));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const { port } = server.address() as AddressInfo;
  const { globalAgent } = https;
  const agent = new https.Agent();
  Object.assign(agent, {
    createConnection: (options: { readonly host?: string }) => {
      if (options.host !== host) throw new Error(`no connection to ${options.host} was expected`);
      return connect({ port, host: '127.0.0.1', servername: host, ca: own.certificate });
    },
  });
  https.globalAgent = agent;

  return {
    accept: (next) => {
      accepted = next;
    },
    asked,
    close: async () => {
      https.globalAgent = globalAgent;
      agent.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Where Azure tells a managed identity its tokens (App Service), doubled; gives what to set in the environment. */
export async function startIdentityEndpoint() {
  const asked: { readonly query: URLSearchParams; readonly header: unknown }[] = [];
  const server = createHttpServer((request, response) => {
    const query = new URL(request.url ?? '', 'http://127.0.0.1').searchParams;
    asked.push({ query, header: request.headers['x-identity-header'] });
    response.writeHead(200, { 'content-type': 'application/json' });
    const expires = String(Math.floor(Date.now() / 1_000) + 3_600);
    const token = { access_token: 'token-of-the-identity', expires_on: expires, token_type: 'Bearer' };
    response.end(JSON.stringify({ ...token, resource: query.get('resource') }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    env: { IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/msi/token`, IDENTITY_HEADER: 'header-of-the-host' },
    asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
